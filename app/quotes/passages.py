"""Every sentence of a library that may be quoted, and where each stands."""

from collections.abc import Iterable, Iterator

from app.library.about import fill_in
from app.library.bundle import Bundle
from app.quotes.advice_passages import list_advice_passages
from app.quotes.fixed_passages import list_fixed_passages
from app.quotes.item_passages import list_item_passages
from app.quotes.library_passage import LibraryPassage
from app.quotes.text_passages import list_text_passages


def list_bundle_passages(bundle: Bundle) -> Iterator[LibraryPassage]:
    """Yield what items say, and what short and medium texts and advice have beside it.

    What is composed of more than one answer of a profile, such as a list of options,
    is nobody's sentence.
    """
    own = [
        passage
        for kind, entry in bundle
        for passage in list_item_passages(kind, entry, bundle)
    ]
    fixed = tuple(list_fixed_passages(bundle))
    known = frozenset(fill_in(one.text, None) for one in (*own, *fixed))
    yield from own
    yield from fixed
    yield from _leave_out(known, list_text_passages(bundle, known))
    yield from _leave_out(known, list_advice_passages(bundle))


def _leave_out(
    known: frozenset[str], passages: Iterable[LibraryPassage]
) -> Iterator[LibraryPassage]:
    """Yield the passages of sentences that nothing else is known to say."""
    return (one for one in passages if one.text not in known)
