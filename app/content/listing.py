"""Where items stand in the lists of their kinds: one row for each filter they pass."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from app.fields import Certainty, Kind, Urgency
from app.library.bundle import Bundle, ancestors
from app.queries.filters import INVASIVENESS_MAX
from app.render.documents import cause_topics, sign_topics, treatment_topics
from app.tables import (
    Item,
    Listed,
    ListedFailureCause,
    ListedFinding,
    ListedTreatment,
    ListedWarningSign,
)
from app.tables.listed import ALL, write_filter, write_position

_CERTAINTIES, _URGENCIES = list(Certainty), list(Urgency)


def list_places(kind: Kind, row: Item, bundle: Bundle) -> Iterator[Listed]:
    """Yield the rows of an item, those that every list has included."""
    if kind in _LISTED:
        yield from _LISTED[kind](bundle, row.slug, row.name)


def _say(name: str, values: Iterable[object]) -> Iterator[str]:
    yield from (write_filter(name, value) for value in values)


def _list_treatment(bundle: Bundle, slug: str, name: str) -> Iterator[Listed]:
    treatment = bundle.treatments[slug]
    certainty = _CERTAINTIES.index(treatment.evidence.certainty)
    positions = {
        (str(one.stance), str(bundle.guidelines[one.guideline].jurisdiction))
        for one in treatment.positions
    }
    among = [
        ALL,
        *_say("topic", treatment_topics(bundle, slug)),
        write_filter("category", treatment.category),
        *_say("part_of", ancestors(bundle.treatments, slug)),
        write_filter("setting", treatment.setting),
        *_say("max_invasiveness", range(treatment.invasiveness, INVASIVENESS_MAX + 1)),
        *_say("min_certainty", _CERTAINTIES[certainty:]),
        write_filter("benefit", treatment.evidence.benefit),
        *_say("stance", sorted({stance for stance, _ in positions})),
        *_say("jurisdiction", sorted({where for _, where in positions})),
        *(write_position(*one) for one in sorted(positions)),
        *_say("addresses", bundle.causes_pointing_to.get(slug, ())),
    ]
    for one in among:
        yield ListedTreatment(
            among=one,
            slug=slug,
            name=name,
            invasiveness=treatment.invasiveness,
            certainty_rank=certainty,
            last_reviewed_on=treatment.last_reviewed_on,
        )


def _list_cause(bundle: Bundle, slug: str, name: str) -> Iterator[Listed]:
    points_to = bundle.failure_causes[slug].points_to
    pointed_to = sorted({one.treatment for one in points_to})
    topics = cause_topics(bundle, slug)
    for among in (ALL, *_say("topic", topics), *_say("points_to", pointed_to)):
        yield ListedFailureCause(among=among, slug=slug, name=name)


def _list_sign(bundle: Bundle, slug: str, name: str) -> Iterator[Listed]:
    sign = bundle.warning_signs[slug]
    rank = _URGENCIES.index(sign.urgency)
    topics = sign_topics(bundle, slug)
    urgency = write_filter("urgency", sign.urgency)
    for among in (ALL, *_say("topic", topics), urgency):
        yield ListedWarningSign(among=among, slug=slug, name=name, urgency_rank=rank)


def _list_finding(bundle: Bundle, slug: str, name: str) -> Iterator[Listed]:
    for among in (ALL, write_filter("kind", bundle.findings[slug].kind)):
        yield ListedFinding(among=among, slug=slug, name=name)


_LISTED: Mapping[Kind, Callable[[Bundle, str, str], Iterator[Listed]]] = (
    MappingProxyType(
        {
            Kind.TREATMENTS: _list_treatment,
            Kind.FAILURE_CAUSES: _list_cause,
            Kind.WARNING_SIGNS: _list_sign,
            Kind.FINDINGS: _list_finding,
        }
    )
)
