"""Entries that have another id now and are still the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.model.references import renamed

if TYPE_CHECKING:
    from acctplan.model import Plan

_SECTIONS = ("insights", "team", "units", "solutions", "contacts", "competitors", "opportunities", "objectives", "risks", "questions")


class Renamed(NamedTuple):
    """An entry that got another id."""

    section: str
    before: str
    after: str


def aligned(before: Plan, after: Plan) -> tuple[Plan, tuple[Renamed, ...]]:
    """The earlier state under the ids of the later one, so that what was only renamed does not seem to have gone and come.

    An entry is the same if it has the same id in some other system, else the same name or words, and no other that went or came has them.
    """
    found = []
    for section in _SECTIONS:
        was, now = getattr(before, section), getattr(after, section)
        gone = {key: _known_by(entry) for key, entry in was.items() if key not in now}
        come = {key: _known_by(entry) for key, entry in now.items() if key not in was}
        for old, marks in gone.items():
            new = [key for key, others in come.items() if marks & others]
            if len(new) == 1 and sum(bool(marks & one) for one in gone.values()) == 1:
                found.append(Renamed(section, old, new[0]))
    for section, old, new_id in found:
        before = renamed(before, section, old, new_id)
    return before, tuple(found)


def _known_by(entry: Any) -> frozenset[tuple[str, str]]:
    """What tells an entry from others whatever its id is."""
    crm = frozenset(getattr(entry, "crm", {}).items())
    words = getattr(entry, "name", None) or getattr(entry, "what", None)
    return crm | ({("", " ".join(words.split()).casefold())} if words else frozenset())
