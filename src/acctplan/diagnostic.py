"""What can be wrong with a plan, and where: plain values that every layer speaks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Pointer: TypeAlias = tuple[str | int, ...]
"""The way from a plan's root to a value: mapping keys and list positions (from 0)."""


def format_pointer(pointer: Pointer) -> str:
    """A pointer as people write it: `contacts.lena-vos.stance`."""
    return ".".join(map(str, pointer))


def plan_name(path: str) -> str:
    """What people call the plan at a path: the name of its file."""
    return path.rpartition("/")[2].rpartition(".")[0]


_MAX_CANDIDATES = 1000
"""More are not compared: a hint is not worth seconds."""


_TELLING = 3
"""From so many letters on, the beginning of a word says which is meant."""


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was most likely meant to be, or None if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  needed only once something is wrong

    folded = {candidate.casefold(): candidate for candidate in islice(candidates, _MAX_CANDIDATES)}
    begun = [candidate for candidate in folded if len(word) >= _TELLING and candidate.startswith(word.casefold())]
    matches = begun if len(begun) == 1 else get_close_matches(word.casefold().replace(" ", "_"), folded, n=1, cutoff=0.6)
    matches = matches or get_close_matches(word.casefold().replace(" ", "-"), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


class Severity(StrEnum):
    """How much a diagnostic weighs. From error down: `rank` gives the order."""

    ERROR = "error"
    """The plan cannot be used as it stands."""
    WARNING = "warning"
    """Something is risky, stale or contradicts itself."""
    ADVICE = "advice"
    """Something is missing that would make the plan more useful."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Location(NamedTuple):
    """A stretch of one line of a file. Lines and columns count from 1, columns in characters."""

    path: str
    line: int
    column: int
    end_column: int
    """The column after the last character; equals `column` where the stretch is empty."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, missing, stale or risky, on its line."""

    location: Location
    rule: str
    """Family and name, such as `schema/unknown-field` or `contacts/no-decision-maker`."""
    severity: Severity
    message: str
    hint: str = ""
    """What to do about it."""
    pointer: Pointer = ()
    source: str = ""
    """The text of the line, for an excerpt."""

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines move: file, rule and pointer; the words of the line where nothing is pointed at. In hex."""
        from hashlib import sha256  # noqa: PLC0415  only some reports ask

        identity = (self.location.path, self.rule, format_pointer(self.pointer) or self.source.strip())
        # The name of a file need not be UTF-8: its bytes are then in the text as halves of characters.
        return sha256("\0".join(identity).encode(errors="surrogateescape")).hexdigest()[:32]

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reading: by file, then down the page."""
        return (*self.location[:3], self.rule, self.message)
