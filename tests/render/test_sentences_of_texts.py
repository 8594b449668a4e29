"""A brief text is made of the library's own sentences and of fixed words."""

import pytest

from app.content.texts import texts_of
from app.fields import Benefit, Certainty, Kind
from app.library.about import fill_in
from app.library.bundle import Bundle
from app.library.entry import Entry
from app.library.evidence import Evidence
from app.library.sentences import split_sentences
from app.render.framing import HOW_FAST, finish, say_evidence
from app.render.rendering import Length
from tests.render.texts import WITH_TEXT, Text, brief_passages

FRAMES = ("To check it: ", "Time to benefit: ", "How long it lasts: ")


def _say(benefit: Benefit, certainty: Certainty) -> str:
    return say_evidence(
        Evidence(
            benefit=benefit, certainty=certainty, statement="It may.", sources=("a",)
        )
    )


FIXED = {
    *HOW_FAST.values(),
    *(_say(benefit, certainty) for benefit in Benefit for certainty in Certainty),
}


@pytest.mark.parametrize("length", [Length.SHORT, Length.MEDIUM])
@pytest.mark.parametrize("kind", WITH_TEXT)
def test_every_sentence_is_the_librarys_or_fixed(
    seed_bundle: Bundle, shipped_texts: list[Text], kind: Kind, length: Length
) -> None:
    entries = {(one_kind, entry.slug): entry for one_kind, entry in seed_bundle}
    for text in shipped_texts:
        if text.kind is kind and text.length is length:
            own = _sentences_of(entries[kind, text.slug])
            said = [_unframe(one) for one in brief_passages(text.rendering)]
            sentences = [one for passage in said for one in split_sentences(passage)]

            assert [one for one in sentences if one not in own | FIXED] == []


def _sentences_of(entry: Entry) -> set[str]:
    """Return the sentences of an entry, its lines too, and its name with its kind."""
    texts = [fill_in(text, None) for _, text in texts_of(entry)]
    data = entry.model_dump(mode="json")
    named = f"{data.get('name')} ({data.get('category')})."
    return {named, *(finish(one) for text in texts for one in split_sentences(text))}


def _unframe(passage: str) -> str:
    for frame in FRAMES:
        passage = passage.removeprefix(frame)
    return passage


def test_nothing_is_dropped_that_takes_back_what_is_said(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    [opioids] = [
        " ".join(brief_passages(text.rendering))
        for text in shipped_texts
        if text.slug == "supported-opioid-reduction" and text.length is Length.SHORT
    ]

    # Its second sentence says: never end it suddenly, and never do it alone.
    assert opioids == (
        "Coming down from opioids with support (assessment). "
        "It is not clear if this helps (no certainty)."
    )
