"""The stepped-care plan: what to discuss together, step by step."""

from collections.abc import Iterable, Sequence

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


def plan_options(
    options: Sequence[JudgedOption],
) -> tuple[GuideOption, ...]:
    """Return the offered options that go together, in the options' order.

    Of two that exclude each other, and of a whole and its part, the first stays. What
    a clinician must be asked about first is no step to plan on.
    """
    kept: dict[str, GuideOption] = {}
    for judged in options:
        option = judged.option
        is_open = judged.is_offered and not judged.is_asked_first
        if is_open and option.excludes.isdisjoint(kept):
            kept[option.slug] = option
    return tuple(kept.values())


def plan_steps(guide: Guide, planned: Iterable[GuideOption]) -> tuple[PlannedStep, ...]:
    """Lay the planned options out in the steps of stepped care."""
    by_step: dict[PlanStep, list[str]] = {}
    for option in planned:
        step = STEP_OF[option.treatment.category]
        by_step.setdefault(step, []).append(option.slug)
    return tuple(
        PlannedStep(
            step=step,
            treatments=tuple(by_step[step]),
            because=(guide.topic.plan[step].because,),
            review_after_weeks=guide.topic.plan[step].review_after_weeks,
        )
        for step in PlanStep
        if step in by_step
    )
