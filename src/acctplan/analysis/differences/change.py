"""One difference between two states of a plan, told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from acctplan.analysis.differences.comparing import Value
    from acctplan.diagnostic import Pointer

Kind: TypeAlias = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two states of a plan say differently."""

    pointer: Pointer
    before: Value
    """What stood there; None where nothing did."""
    after: Value
    """What stands there now; None where nothing does."""
    id: str
    """Of the entry that it is in; empty in sections that have no entries."""
    entry: str
    """What to call that entry."""
    phrase: str
    """What changed, to be read below the entry's name: `stage survey → proposal`."""
    sentence: str
    """The same with the name."""
    importance: int
    """How telling it is, 100 for most."""
    is_implied: bool
    """Another change of the entry says it too: an action that is done on a day also has the status done."""

    @property
    def kind(self) -> Kind:
        """Whether it came, went, or is another one now."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def section(self) -> str:
        """The section of the plan that it is in."""
        return str(self.pointer[0])

    @property
    def is_entry(self) -> bool:
        """Whether the whole entry came or went."""
        return self.pointer == (self.section, self.id)
