"""What changed in a plan since somebody last looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis.differences import grouped
from acctplan.analysis.overdue import last_review
from acctplan.analysis.reviewing import unreviewed
from acctplan.render import text
from acctplan.render.view.words import Sign

if TYPE_CHECKING:
    from datetime import date

    from acctplan.analysis.differences import Group
    from acctplan.config import Config
    from acctplan.model import Plan

KIND = {
    "added": Sign("added", "new", "+"),
    "removed": Sign("removed", "gone", "–"),
    "changed": Sign("changed", "changed", "~"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed."""

    kind: Sign
    words: str
    """Of a whole entry with its name, else to be read below it: `stage survey → proposal`."""


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """What changed in one entry of the plan."""

    section: str
    """As in the plan's file."""
    id: str
    """Empty where the section has no entries."""
    name: str
    is_whole: bool
    """It came or went as a whole: the one change says its name."""
    changes: tuple[Change, ...]
    """The most telling first."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that may no longer hold, because what it relied on changed, and nobody has confirmed it."""

    name: str
    why: str
    """`relies on Lena Vos: stance neutral → negative`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day."""

    since: date
    count: int
    entries: tuple[ChangedEntry, ...]
    """The most telling first; none where nothing changed."""
    suspects: tuple[Suspect, ...]
    """In the order of the plan."""


def changes(plan: Plan, config: Config, today: date, earlier: tuple[date, Plan] | None) -> Changes | None:
    """What changed in a plan since an earlier state of it, which was as it was on a day; None where there is none.

    Reviews are no change of what they are about; the last one says what was confirmed since.
    """
    if earlier is None:
        return None
    since, before = earlier
    reviewed = last_review(plan, today)
    review = None if reviewed is None else plan.reviews[reviewed]
    found = unreviewed(before, plan, config, review, lambda day: text.day(day.isoformat()))
    entries = tuple(_entry(group) for group in grouped(found.changes))
    return Changes(since, len(found.changes), entries, tuple(Suspect(one.name, one.why) for one in found.suspects))


def _entry(group: Group) -> ChangedEntry:
    is_whole = group.changes[0].is_entry
    said = tuple(Change(KIND[one.kind], one.sentence if is_whole else one.phrase) for one in group.changes)
    return ChangedEntry(group.section, group.id, group.entry, is_whole, said)
