"""The sentences that texts and advice say of no item in particular."""

from collections.abc import Iterator

from app.fields import Kind
from app.library.bundle import Bundle
from app.quotes.folding import read_sentences
from app.quotes.headlines import write_open
from app.quotes.library_passage import WHOLE_ITEM, LibraryPassage
from app.render.framing import HOW_FAST, SIGNS_FIRST
from app.render.markdown_writer import write_markdown
from app.render.plain_writer import write_plain
from app.render.rendering import Rendering
from app.render.section_questions import SECTION_QUESTIONS


def list_fixed_passages(bundle: Bundle) -> Iterator[LibraryPassage]:
    """Yield them, each once, as sentences of the library as a whole.

    That there are no warning signs is said to one person and of nobody else: it is not
    among them.
    """
    texts = (
        *_list_frames(),
        *SECTION_QUESTIONS.values(),
        *map(write_open, bundle.warning_signs.values()),
    )
    sentences = (sentence for text in texts for sentence in read_sentences(text))
    for sentence in dict.fromkeys(sentences):
        yield LibraryPassage(Kind.LIBRARY, bundle.library.slug, WHOLE_ITEM, sentence)


def _list_frames() -> Iterator[str]:
    """Yield what texts begin what must be said with, and the disclaimer."""
    for first in (SIGNS_FIRST, *HOW_FAST.values()):
        frame = Rendering(title="", body=(), safety=(first,), is_numbered=False)
        yield first
        yield write_plain(frame, {})
        yield write_markdown(frame, {})
