"""What makes rows of documents: the same program makes the same rows."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_APP = Path(__file__).parent.parent
_LIBRARIES = ("pydantic", "snowballstemmer", "textstat")
"""What is not ours, and what rows hang on: how documents are written, stems, grades."""


@cache
def identify_renderer() -> str:
    """Return the digest of the code, and of the versions of what it uses."""
    digest = sha256()
    for path in sorted(_APP.rglob("*.py")):
        digest.update(f"{path.relative_to(_APP).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    digest.update(",".join(map(version, _LIBRARIES)).encode())
    return f"sha256:{digest.hexdigest()}"
