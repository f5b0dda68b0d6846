"""What two states of a plan say differently, by meaning: entries matched by id, fields by pointer, lists of ids and words as sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from acctplan.analysis.differences.change import Change, Kind
from acctplan.analysis.differences.comparing import SECTIONS, Value, compare
from acctplan.analysis.differences.renames import Renamed, aligned
from acctplan.analysis.differences.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from acctplan.config import Config
    from acctplan.model import Plan

__all__ = ["Change", "Group", "Kind", "Renamed", "Value", "aligned", "differences", "grouped"]


@dataclass(frozen=True, slots=True)
class Group:
    """What changed in one entry of a plan."""

    section: str
    id: str
    """Empty in sections that have no entries: the profile and the meetings."""
    entry: str
    """What to call it: a name, as it is now where it still stands."""
    changes: tuple[Change, ...]
    """The most telling first."""


def differences(before: Plan, after: Plan, config: Config, day: Callable[[date], str] = date.isoformat) -> tuple[Change, ...]:
    """Every change from one state of a plan to another, entry by entry, the most telling first.

    The values before and after are complete: with them, either state can be made of the other. The order of keys says nothing, nor does
    that of ids and fixed words in a list; lists of texts and of criteria have an order. An entry under another id is another entry:
    see `aligned`.

    Args:
        before: the earlier state.
        after: the later state.
        config: names the solutions that the book shares, and the currency of plans that name none.
        day: how sentences write a date.
    """
    telling = Telling(before, after, config, day)
    changes = [telling.told(difference) for difference in compare(before, after)]
    most = {_entry(change): 0 for change in changes}
    for change in changes:
        most[_entry(change)] = max(most[_entry(change)], change.importance)
    order = {section: number for number, section in enumerate(SECTIONS)}
    return tuple(
        sorted(
            changes,
            key=lambda one: (-most[_entry(one)], order[one.section], one.id, -one.importance, tuple(map(str, one.pointer))),
        )
    )


def grouped(changes: Iterable[Change]) -> tuple[Group, ...]:
    """Changes as `differences` gives them, by the entry that they are of."""
    groups = ((key, tuple(found)) for key, found in groupby(changes, _entry))
    return tuple(Group(section, identifier, found[0].entry, found) for (section, identifier), found in groups)


def _entry(change: Change) -> tuple[str, str]:
    return change.section, change.id
