"""What `diff` found out about a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from acctplan.analysis.differences import Change, Renamed
    from acctplan.cli.diff.earlier import Earlier
    from acctplan.loader import Loaded


class Compared(NamedTuple):
    """A plan beside what it said earlier."""

    loaded: Loaded
    account: str
    earlier: Earlier
    changes: tuple[Change, ...]
    renamed: tuple[Renamed, ...]
    """Entries that have another id now, and are told under it."""

    @property
    def name(self) -> str:
        """The account, with the plan's file."""
        return f"{self.account} ({self.loaded.path})"
