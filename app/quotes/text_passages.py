"""The sentences that short and medium texts have beside those of their items."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from app.library.bundle import Bundle
from app.library.plain_text import to_plain
from app.quotes.brief_texts import BriefTexts, compose_briefly
from app.quotes.folding import read_sentences
from app.quotes.library_passage import WHOLE_ITEM, LibraryPassage, Sources
from app.quotes.units import join_sentences, list_units
from app.render.framing import finish
from app.render.plain_writer import write_plain_body
from app.render.rendering import Rendering, list_passages


def list_text_passages(
    bundle: Bundle, known: Collection[str]
) -> Iterator[LibraryPassage]:
    """Yield the sentences of texts, given those that are known to be the library's.

    A name alone, and that an answer is not known, is no sentence: each would make the
    next sentence one of whatever stands before it.
    """
    for texts in compose_briefly(bundle):
        yield from _list_of_item(texts, known)


def _list_of_item(
    texts: BriefTexts, known: Collection[str]
) -> Iterator[LibraryPassage]:
    sources = _find_sources(texts.renderings)
    leads = _find_leads(texts, known)
    units = dict.fromkeys(
        unit
        for told in _list_parts(texts.renderings)
        for unit in list_units(read_sentences(told), leads)
    )
    for unit in units:
        text = join_sentences(unit)
        named = chain.from_iterable(sources.get(one, ()) for one in unit)
        carried = tuple(dict.fromkeys(named))
        yield LibraryPassage(texts.kind, texts.slug, WHOLE_ITEM, text, carried)


def _list_parts(renderings: Collection[Rendering]) -> Iterator[str]:
    """Yield each title with its body, and each line of safety once."""
    for rendering in renderings:
        yield f"{_title(rendering)}\n\n{write_plain_body(rendering)}"
    yield from dict.fromkeys(line for one in renderings for line in one.safety)


def _title(rendering: Rendering) -> str:
    return finish(to_plain(rendering.title))


def _find_sources(renderings: Collection[Rendering]) -> Mapping[str, Sources]:
    passages = (one for told in renderings for one in list_passages(told.body))
    return {
        sentence: passage.sources
        for passage in dict.fromkeys(passages)
        for sentence in read_sentences(passage.text)
    }


def _find_leads(texts: BriefTexts, known: Collection[str]) -> frozenset[str]:
    """Return the sentences that say nothing alone: names, and "Not known."."""
    leads: set[str] = set()
    for unanswered in texts.unanswered:
        leads.update(read_sentences(unanswered)[:1])
    for rendering in texts.renderings:
        named = read_sentences(_title(rendering))
        body = write_plain_body(rendering)
        leads.update(named)
        if body.startswith(to_plain(rendering.title)):
            leads.update(set(read_sentences(body)[: len(named)]).difference(known))
    return frozenset(leads)
