"""The library in one page for language models, in the form of llmstxt.org."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.fields import Kind
from app.library.about import LibraryEntry
from app.library.plain_text import to_plain
from app.library.sentences import split_sentences

HEADINGS: Mapping[Kind, str] = {
    Kind.WARNING_SIGNS: "Warning signs: when to seek help, and how fast",
    Kind.TOPICS: "Topics: what next?",
    Kind.FAILURE_CAUSES: "Failure causes: why it may not have worked",
    Kind.TREATMENTS: "Treatments",
}
"""What is listed, what is urgent first."""

_ASKING = """\
- [Recommendation](/v1/recommendations): POST `{"profile": {}}` for the advice, how
  urgent it is and what to ask next; with `?format=markdown&length=short` a text of it
- [Search](/v1/search): what the words of a patient are found in, `?q=` and the words
- [Comparison](/v1/compare): two to six treatments side by side, `?treatments=` and
  their slugs, separated by commas
- [Quote check](/v1/quotes/verify): POST `{"text": "…"}` with what is to be said
- [OpenAPI](/openapi.json): everything else"""


class Listed(NamedTuple):
    """An item: what it is called, and what it says of itself."""

    kind: Kind
    slug: str
    name: str
    text: str


def write_llms_text(about: LibraryEntry, items: Iterable[Listed]) -> str:
    """Write the page; every item leads to its text in Markdown."""
    by_kind: dict[Kind, list[Listed]] = {kind: [] for kind in HEADINGS}
    for item in items:
        by_kind[item.kind].append(item)
    parts = [f"# {to_plain(about.title)}", f"> {to_plain(about.intended_use)}"]
    parts += [to_plain(about.disclaimer), f"## How to ask\n\n{_ASKING}"]
    for kind, told in by_kind.items():
        parts.append("\n".join([f"## {HEADINGS[kind]}", "", *map(_link, told)]))
    return "\n\n".join(parts) + "\n"


def _link(item: Listed) -> str:
    name = to_plain(item.name).replace("[", "(").replace("]", ")")
    address = f"/v1/{item.kind.value}/{item.slug}?format=markdown"
    first = next(iter(split_sentences(item.text)), "")
    return f"- [{name}]({address}): {first}" if first else f"- [{name}]({address})"
