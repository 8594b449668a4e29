"""How tests compare treatments as they are served."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hypothesis import strategies as st

from app.engine.recommendation import Recommendation
from app.fields import Kind
from app.library.bundle import Bundle
from app.render.comparison import compare
from app.render.comparison_shapes import ComparedTreatment, Comparison
from app.render.documents import render_document
from app.render.framing import Names
from app.render.shapes import TopicOut, TreatmentOut
from tests.factories import Data, make_bundle
from tests.render.texts import names_in


class Served(NamedTuple):
    """A library as readers get it."""

    bundle: Bundle
    treatments: Mapping[str, TreatmentOut]
    topics: Mapping[str, TopicOut]
    names: Names

    def compare(
        self,
        slugs: Iterable[str],
        *,
        topic: str | None = None,
        advice: Recommendation | None = None,
    ) -> Comparison:
        return compare(
            [self.treatments[slug] for slug in slugs],
            self.bundle.library,
            names=self.names,
            topic=self.topics[topic] if topic else None,
            advice=advice,
        )


def serve(bundle: Bundle) -> Served:
    treatments = {
        slug: TreatmentOut.model_validate(
            render_document(Kind.TREATMENTS, entry, bundle)
        )
        for slug, entry in bundle.treatments.items()
    }
    topics = {
        slug: TopicOut.model_validate(render_document(Kind.TOPICS, entry, bundle))
        for slug, entry in bundle.topics.items()
    }
    return Served(bundle, treatments, topics, names_in(bundle))


def draw_group(data: st.DataObject, served: Served) -> list[str]:
    """Return two to six treatments of a library, in any order."""
    slugs = st.sampled_from(sorted(served.treatments))
    return data.draw(st.lists(slugs, min_size=2, max_size=6, unique=True))


def compare_own(
    own: Mapping[Kind, Iterable[Data]], *slugs: str, topic: str | None = None
) -> Comparison:
    """Compare treatments of the small library with these entries."""
    return serve(make_bundle(own)).compare(slugs, topic=topic)


def column_of(comparison: Comparison, slug: str) -> ComparedTreatment:
    [column] = [one for one in comparison.treatments if one.slug == slug]
    return column
