"""A guide with one option, and what would lift it."""

from collections.abc import Sequence
from typing import Any

from app.engine.guide import Guide
from app.engine.recommendation import WouldChange
from app.fields import Kind
from tests.factories import (
    Data,
    advise,
    make_finding,
    make_guide,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
    option_of,
)

ALWAYS = make_rule("always")
FOR_ALL = {"recommend_when": [ALWAYS]}
WALKED = {"tried": {"treatment": "walking", "outcome": ["no-help", "worse"]}}
BLOCK = {"measures.block-relief-percent": {"at_least": 80}}


def when(condition: Data, **more: Any) -> Data:
    slug = "-".join(str(one) for one in condition).replace(".", "-").replace("_", "-")
    return make_rule(f"when-{slug}", when=condition, **more)


def has(finding: str, **more: Any) -> Data:
    return make_rule(f"if-{finding}", when={"has": finding}, **more)


def guide_of(
    *,
    signs: Sequence[Data] = (),
    scope: Sequence[Data] = (),
    caution_when: Sequence[Data] = (),
    **lists: list[Data],
) -> Guide:
    """Return a guide with one option, `ibuprofen`, a part of `nsaids`."""
    option = make_option("ibuprofen", **lists)
    treatments = [
        make_treatment("nsaids", caution_when=caution_when),
        make_treatment("ibuprofen", part_of="nsaids"),
    ]
    return make_guide(
        {
            Kind.TOPICS: [make_topic(options=[option], out_of_scope_when=scope)],
            Kind.TREATMENTS: treatments,
            Kind.WARNING_SIGNS: signs,
            Kind.FINDINGS: [make_finding("headache"), make_finding("cough")],
        }
    )


def lift_of(guide: Guide, **profile: Any) -> WouldChange | None:
    return option_of(advise(guide, **profile), "ibuprofen").would_change


def old(finding: str, **test: Any) -> Data:
    return {"has": {"finding": finding, **test}}
