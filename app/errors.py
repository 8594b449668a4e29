"""The errors of whatnext.

WhatnextError
├── NotFoundError        no such item
├── NoReleaseError       nothing has been published yet
├── StaleReleaseError    somebody else published meanwhile
├── LowSignificanceError a release that matters more than it says
├── InUseError           an item that others refer to
├── UnauthenticatedError no API key came with a request, or none that is good
├── ForbiddenError       the role of the API key is not enough
├── NameTakenError       another API key has this name
├── StoreError           where the counts of rate limits are held cannot be used
├── InvalidRequestError  a request with mistakes that only the library can tell
└── ContentError         a library that cannot be read or published, with its problems
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Step = int | str
"""A key or an index on the way into a document."""


def to_pointer(steps: Iterable[Step]) -> str:
    """Write steps as an RFC 6901 pointer."""
    return "".join([f"/{_escape(str(step))}" for step in steps])


def _escape(step: str) -> str:
    if "~" in step or "/" in step:
        return step.replace("~", "~0").replace("/", "~1")
    return step


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake: where it stands (RFC 6901 pointer) and what is wrong."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True, order=True)
class ContentProblem:
    """One mistake in a content file; line 0 means the file as a whole."""

    file: str
    line: int
    pointer: str
    detail: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.pointer or '/'}: {self.detail}"


class WhatnextError(Exception):
    """Everything that whatnext raises on purpose."""


class NotFoundError(WhatnextError):
    """No item of this kind has this slug."""

    def __init__(self, kind: str, slug: str) -> None:
        super().__init__(f"There is no such {kind}.")
        self.kind = kind
        self.slug = slug


class NoReleaseError(WhatnextError):
    """The database holds no release yet: run `whatnext publish`."""

    def __init__(self) -> None:
        super().__init__("Nothing has been published yet. Run `whatnext publish`.")


class StaleReleaseError(WhatnextError):
    """The release that a change was prepared against is no longer the present one.

    `changed` says what has changed since, if that was looked up.
    """

    def __init__(
        self, *, prepared_against: int, present: int, changed: Sequence[Fault] = ()
    ) -> None:
        super().__init__(
            f"Prepared against release {prepared_against}, but {present} is out now."
        )
        self.prepared_against = prepared_against
        self.present = present
        self.changed = tuple(changed)


class LowSignificanceError(WhatnextError):
    """A release that matters more than its publisher says."""

    def __init__(self, *, chosen: str, suggested: str | None) -> None:
        super().__init__(f"It is {suggested}, which is more than {chosen}.")


class InUseError(WhatnextError):
    """An item that cannot be removed: `users` are the places that refer to it."""

    def __init__(self, users: Sequence[Fault]) -> None:
        super().__init__("Other items refer to it.")
        self.users = tuple(users)


class UnauthenticatedError(WhatnextError):
    """No API key came with a request, or none that is good; the message says which."""


class ForbiddenError(WhatnextError):
    """The role of the API key is not enough for what is asked."""

    def __init__(self, *, needed: str) -> None:
        super().__init__(f"This needs a key with the role {needed}.")
        self.needed = needed


class NameTakenError(WhatnextError):
    """Another API key, perhaps a revoked one, has this name."""

    def __init__(self) -> None:
        super().__init__("Another key has this name, or had it. Choose a new one.")


class StoreError(WhatnextError):
    """Where the counts of rate limits are held is not there, or cannot be used."""


class InvalidRequestError(WhatnextError):
    """A request that does not fit the library, with every fault in it.

    The faults never repeat what was sent: it may be a profile.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"The request has {len(faults)} mistakes.")
        self.faults = tuple(faults)


class ContentError(WhatnextError):
    """Content with mistakes, all of them at once, in order of place."""

    def __init__(self, problems: Sequence[ContentProblem]) -> None:
        super().__init__(f"{len(problems)} problems in the content.")
        self.problems = tuple(sorted(problems))
