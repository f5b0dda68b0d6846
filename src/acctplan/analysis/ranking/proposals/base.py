"""What a proposal is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from acctplan.analysis.ranking.changes import Change

Kind: TypeAlias = Literal["ask", "act"]


class Proposal(NamedTuple):
    """A step that could raise a score."""

    kind: Kind
    """ask: find out what is unknown; act: make something better."""
    factor: str
    """The term that it is meant to raise."""
    words: str
    """What to do, as an order: `ask who decides`. It quotes the plan."""
    detail: str
    """What would then be so: `coverage: brief → multiple`, `if 5 of 5`."""
    changes: tuple[Change, ...]
    is_best_case: bool
    """Whether it depends on an answer that turns out well: the gain is then the most that it can be."""


def spaced(word: str) -> str:
    """A value as people write it: `in depth`."""
    return word.replace("_", " ")
