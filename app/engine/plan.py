"""The stepped-care plan: what to discuss together, step by step."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter

from app.engine.guide import Guide, GuideOption
from app.engine.options import JudgedOption
from app.engine.recommendation import PlannedStep
from app.fields import Category, PlanStep

STEP_OF = {
    Category.SELF_CARE: PlanStep.NOW,
    Category.ASSESSMENT: PlanStep.CHECK,
    Category.REHABILITATION: PlanStep.REBUILD,
    Category.PSYCHOLOGICAL: PlanStep.REBUILD,
    Category.COMPLEMENTARY: PlanStep.REBUILD,
    Category.MEDICATION: PlanStep.MEDICINES,
    Category.INJECTION: PlanStep.PROCEDURES,
    Category.PROCEDURE: PlanStep.PROCEDURES,
    Category.SURGERY: PlanStep.PROCEDURES,
}


Plan = Mapping[PlanStep, Sequence[GuideOption]]
"""The options to try together, by step; a step may have none."""


def plan_options(guide: Guide, options: Iterable[JudgedOption]) -> Plan:
    """Return by step the offered options that go together, in the options' order.

    Of two that exclude each other, and of a whole and its part, the first stays. What
    a clinician must be asked about first is no step to plan on.
    """
    kept: set[str] = set()
    planned: dict[PlanStep, list[GuideOption]] = {step: [] for step in PlanStep}
    for judged in takewhile(attrgetter("is_offered"), options):
        option = judged.option
        step = STEP_OF[option.treatment.category]
        has_room = len(planned[step]) < guide.topic.plan[step].at_most
        goes_with = option.excludes.isdisjoint(kept)
        if has_room and goes_with and not judged.is_asked_first:
            kept.add(option.slug)
            planned[step].append(option)
    return planned


def plan_steps(guide: Guide, planned: Plan) -> tuple[PlannedStep, ...]:
    """Describe the steps of stepped care that have anything to try."""
    return tuple(
        PlannedStep(
            step=step,
            treatments=tuple(option.slug for option in planned[step]),
            because=(guide.topic.plan[step].because,),
            review_after_weeks=guide.topic.plan[step].review_after_weeks,
        )
        for step in PlanStep
        if planned[step]
    )
