"""A topic: one "what next" question with its causes, options and plan."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.fields import PlanStep
from app.library.entry import (
    Entry,
    FailureCauseSlug,
    Line,
    Part,
    Rule,
    Sources,
    Text,
    TreatmentSlug,
)


class TopicOption(Part):
    """When one treatment fits this topic; its own cautions stay with the treatment."""

    treatment: TreatmentSlug
    recommend_when: tuple[Rule, ...] = ()
    consider_when: tuple[Rule, ...] = ()
    not_now_when: tuple[Rule, ...] = ()
    avoid_when: tuple[Rule, ...] = ()


class PlanStepText(Part):
    """What a step of the plan is for, and when to look again, in weeks.

    Nobody can begin everything at once: a step has `at_most` so many treatments.
    """

    because: Text
    review_after_weeks: Annotated[int, Field(ge=1, le=52)]
    at_most: Annotated[int, Field(ge=1, le=20)] = 5
    sources: Sources


class TopicEntry(Entry):
    """One failed treatment and the whole decision logic of what may come next."""

    name: Line
    failed_treatment: TreatmentSlug
    introduction: Text
    failure_causes: tuple[FailureCauseSlug, ...]
    out_of_scope_when: tuple[Rule, ...] = ()
    options: Annotated[tuple[TopicOption, ...], Field(min_length=1)]
    plan: dict[PlanStep, PlanStepText]
    questions_to_ask: tuple[Line, ...] = ()
    sources: Sources

    @model_validator(mode="after")
    def _explains_every_step(self) -> "TopicEntry":
        missing = [step.value for step in PlanStep if step not in self.plan]
        if missing:
            raise PydanticCustomError(
                "plan",
                "Plan steps without a text: {missing}.",
                {"missing": ", ".join(missing)},
            )
        return self
