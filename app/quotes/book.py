"""Every sentence of a release, so that a quote and what is near it are found."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, replace

from app.library.about import PLACEHOLDERS, Region, fill_in
from app.library.words import stem_word
from app.quotes.folding import Token, read_template_tokens, read_tokens
from app.quotes.library_passage import LibraryPassage

Key = str
"""A sentence with one character for each token: equal for what is the same quote.

A character holds the number of the token. So a key takes little room, and is compared
with another as fast as texts are.
"""


@dataclass(frozen=True, slots=True)
class Filling:
    """Words that may stand in place of a placeholder."""

    words: tuple[str, ...]
    placeholder: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class QuoteBook:
    """The sentences of a release in order of length, numbered from 0.

    `passages` has the places of each, `numbers` the number of a token, `found` the
    number of a sentence, and `postings` the sentences that have a stem, in order.
    `fillings` are by their first word; `drugs` are stems.
    """

    keys: Sequence[Key]
    passages: Sequence[tuple[LibraryPassage, ...]]
    numbers: Mapping[str, int]
    found: Mapping[Key, int]
    postings: Mapping[str, Sequence[int]]
    fillings: Mapping[str, tuple[Filling, ...]]
    drugs: frozenset[str]


def build_book(
    passages: Iterable[LibraryPassage],
    *,
    regions: Iterable[Region] = (),
    drugs: Iterable[str] = (),
) -> QuoteBook:
    """Return the book of these passages, whatever their order.

    `drugs` are words that name medicines.
    """
    numbers: dict[str, int] = {}
    said: dict[str, list[LibraryPassage]] = {}
    for passage in _list_variants(passages):
        said.setdefault(passage.text, []).append(passage)
    places: dict[Key, list[LibraryPassage]] = {}
    for text, found in said.items():
        key = _number(read_template_tokens(text), numbers)
        if key:
            places.setdefault(key, []).extend(found)
    ordered = {
        key: tuple(sorted(set(found), key=_place)) for key, found in places.items()
    }
    keys = tuple(sorted(ordered, key=lambda key: (len(key), _place(ordered[key][0]))))
    return QuoteBook(
        keys=keys,
        passages=tuple(ordered[key] for key in keys),
        numbers=numbers,
        found={key: index for index, key in enumerate(keys)},
        postings=_list_postings(keys, list(numbers)),
        fillings=_list_fillings(regions),
        drugs=frozenset(map(stem_word, drugs)),
    )


def to_key(book: QuoteBook, tokens: Sequence[Token]) -> Key:
    """Return the key of tokens; one that no sentence has gets a number of its own."""
    known = book.numbers
    foreign: dict[str, int] = {}
    return "".join(
        chr(known[token.folded])
        if token.folded in known
        else chr(foreign.setdefault(token.folded, len(known) + len(foreign)))
        for token in tokens
    )


def put_placeholders(book: QuoteBook, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens with a placeholder wherever the words of a region stand for it."""
    changed: list[Token] = []
    at = 0
    while at < len(tokens):
        filling = _find_filling(book, tokens, at)
        end = at + (len(filling.words) if filling else 1)
        if filling:
            space = " " * tokens[at].folded.startswith(" ")
            text = "".join(token.text for token in tokens[at:end])
            changed.append(Token(text, f"{space}{filling.placeholder}"))
        else:
            changed.append(tokens[at])
        at = end
    return tuple(changed)


def _find_filling(book: QuoteBook, tokens: Sequence[Token], at: int) -> Filling | None:
    for filling in book.fillings.get(tokens[at].word, ()):
        folded = tuple(token.folded for token in tokens[at : at + len(filling.words)])
        if (tokens[at].word, *folded[1:]) == filling.words:
            return filling
    return None


def _list_variants(passages: Iterable[LibraryPassage]) -> Iterator[LibraryPassage]:
    """Yield passages, and what is near to one with a placeholder in plain words."""
    for passage in passages:
        yield passage
        plain = fill_in(passage.text, None)
        if plain != passage.text:
            yield replace(passage, text=plain)


def _number(tokens: Sequence[Token], numbers: dict[str, int]) -> Key:
    return "".join(
        chr(numbers.setdefault(token.folded, len(numbers))) for token in tokens
    )


def _place(passage: LibraryPassage) -> tuple[str, str, str, str]:
    return passage.kind.value, passage.slug, passage.pointer, passage.text


def _list_postings(
    keys: Sequence[Key], words: Sequence[str]
) -> Mapping[str, MutableSequence[int]]:
    postings: dict[str, MutableSequence[int]] = {}
    stems = [to_stem(word) for word in words]
    for index, key in enumerate(keys):
        for stem in {stems[number] for number in map(ord, key)}:
            if stem:
                postings.setdefault(stem, array("I")).append(index)
    return postings


def to_stem(folded: str) -> str:
    """Return what a sentence is found by for a folded token; nothing for a sign."""
    word = Token(folded, folded).word
    return stem_word(word) if any(sign.isalnum() for sign in word) else ""


def _list_fillings(regions: Iterable[Region]) -> dict[str, tuple[Filling, ...]]:
    """Return what stands for each placeholder anywhere, the longest first."""
    by_word: defaultdict[str, set[tuple[int, tuple[str, ...], str]]] = defaultdict(set)
    for words, placeholder in _fill_in(regions):
        by_word[words[0]].add((-len(words), words, placeholder))
    return {
        word: tuple(Filling(words, name) for _, words, name in sorted(found))
        for word, found in by_word.items()
    }


def _fill_in(regions: Iterable[Region]) -> Iterator[tuple[tuple[str, ...], str]]:
    for region in (None, *regions):
        for name in PLACEHOLDERS:
            placeholder = f"{{{name}}}"
            tokens = read_tokens(fill_in(placeholder, region))
            if tokens:
                following = [token.folded for token in tokens[1:]]
                yield (tokens[0].word, *following), placeholder
