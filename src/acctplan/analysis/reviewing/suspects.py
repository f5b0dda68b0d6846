"""What relied on something that is no longer as it was when the plan was reviewed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from acctplan.analysis.actions import live_actions
from acctplan.analysis.relationships import called
from acctplan.analysis.reviewing.fingerprints import of_data
from acctplan.diagnostic import format_pointer
from acctplan.model.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.analysis.differences import Change
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

_TELLING = {
    "contacts": ("name", "title", "roles", "stance", "influence", "coverage", "reports_to"),
    "competitors": ("name", "threat", "strengths", "weaknesses"),
    "insights": ("kind", "what", "confirmed"),
    "white_space": ("status", "competitor", "contract_ends"),
    "buying_roles": ("role", "stance", "coverage"),
}
"""The fields that others rely on."""
_COVERAGE = ("none", "brief", "multiple", "in_depth")


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something in a plan that may no longer hold, because what it relied on has changed since the review."""

    pointer: Pointer
    name: str
    """What people call it."""
    changes: tuple[Change, ...]
    """What it relied on, as it changed. Never empty."""

    @property
    def key(self) -> str:
        """What to write down where somebody confirms it: a fingerprint of it and of what it relies on, as that is now."""
        return of_data([format_pointer(self.pointer), *([format_pointer(change.pointer), change.after] for change in self.changes)])

    @property
    def why(self) -> str:
        """The reason, for people: `relies on Lena Vos: stance neutral → negative`."""
        told = [f"{source}: {'; '.join(map(_said, found))}" for source, found in groupby(self.changes, key=self._source)]
        return f"relies on {', and on '.join(told)}"

    def _source(self, change: Change) -> str:
        return "who buys" if change.pointer[:2] == self.pointer else change.entry


def suspects(before: Plan, after: Plan, changes: Sequence[Change]) -> tuple[Suspect, ...]:
    """What relied on something that changed, in the order of the plan.

    Opportunities that can still be won, objectives and actions that are open, insights and lines between contacts count, as far as they
    were there before: what is new has never been reviewed anyway. They are found by the ids that they name, one step far.

    Args:
        before: the plan as it was reviewed.
        after: the plan as it is.
        changes: from one to the other, see `differences`.
    """
    relying = _Relying(before, after)
    names, stood = _entries(after), _entries(before)
    found: defaultdict[Pointer, list[Change]] = defaultdict(list)
    for change in changes:
        for pointer in relying.on(change):
            if pointer in names and pointer in stood:
                found[pointer].append(change)
    return tuple(Suspect(pointer, name, tuple(found[pointer])) for pointer, name in names.items() if pointer in found)


def _said(change: Change) -> str:
    """What changed. A stance is the one thing that is told without the name of its field."""
    is_bare = change.section == "contacts" and change.pointer[-1] == "stance"
    return f"stance {change.phrase}" if is_bare else change.phrase


def _entries(plan: Plan) -> dict[Pointer, str]:
    """Whatever may rely on something, with its name."""
    return {
        **{("insights", key): insight.what for key, insight in plan.insights.items()},
        **{("contacts", key): called(plan, key) for key in plan.contacts},
        **{("opportunities", key): one.name for key, one in plan.opportunities.items() if one.is_live},
        **{("objectives", key): one.what for key, one in plan.objectives.items() if one.is_open},
        **{placed.pointer: placed.action.what for placed in live_actions(plan) if placed.action.is_open},
    }


class _Relying:
    """Who relies on whom, before or now: what somebody has taken out since may still have been counted on."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self._plans = (before, after)
        self._named: defaultdict[tuple[str, str], dict[Pointer, bool]] = defaultdict(dict)
        """By whom they name, the entries that do; with whether they only report to them."""
        for plan in self._plans:
            for pointer, sections, identifier in references(plan):
                entry, is_line = _relying_entry(pointer), pointer[0] == "contacts" and pointer[2] == "reports_to"
                for section in sections if entry else ():
                    known = self._named[section, identifier]
                    known[entry] = is_line and known.get(entry, True)

    def on(self, change: Change) -> Iterator[Pointer]:
        """What relies on something that changed."""
        if not _is_telling(change):
            return
        section, identifier = change.section, change.id
        if section == "white_space":
            yield from self._on_cells(change)
        elif section == "insights":
            yield from self._on_insight(identifier)
        elif section == "opportunities":
            yield ("opportunities", identifier)
            yield from (entry for entry in self._named[section, identifier] if entry[0] == "objectives")
        else:
            is_person = change.is_entry or change.pointer[-1] == "name"
            # Whoever reports to somebody does so whatever that one thinks.
            yield from (entry for entry, is_line in self._named[section, identifier].items() if is_person or not is_line)

    def _on_cells(self, change: Change) -> Iterator[Pointer]:
        """The opportunities of that cell; where a whole unit came or went, of its cells."""
        _, unit, *more = change.pointer
        inside = change.after or change.before
        solutions = more[:1] or (list(inside) if isinstance(inside, dict) else [])
        for key, one in self._plans[1].opportunities.items():
            if one.unit == unit and one.solution in solutions:
                yield ("opportunities", key)

    def _on_insight(self, identifier: str) -> Iterator[Pointer]:
        found: dict[Pointer, None] = {}
        for plan in self._plans:
            if (insight := plan.insights.get(identifier)) is not None:
                found |= dict.fromkeys(("opportunities", key) for key in insight.answered_by)
                found |= dict.fromkeys(("insights", key) for key in insight.leads_to)
        yield from found


def _relying_entry(pointer: Pointer) -> Pointer:
    """The entry that a reference is of; empty where nothing that is said there hangs on whom it names."""
    match pointer:
        case ("objectives", _, "strategies", _, "actions", _, *_):
            return pointer[:6]
        case ("meetings", "held", _, "actions", _, *_):
            return pointer[:5]
        case ("opportunities" | "objectives" | "insights", *_) | ("contacts", _, "reports_to" | "influences", *_):
            return pointer[:2]
    return ()


def _is_telling(change: Change) -> bool:
    pointer, field = change.pointer, str(change.pointer[-1])
    if field == "coverage" and _rises(change):
        return False
    match pointer:
        case ("contacts" | "insights", _):
            return change.kind == "removed"
        case ("competitors", _) | ("white_space", _) | ("white_space", _, _):
            return True
        case ("contacts" | "competitors" | "insights", _, _):
            return field in _TELLING[change.section]
        case ("white_space", _, _, _):
            return field in _TELLING["white_space"]
        case ("opportunities", _, "buying_roles", _, _):
            return field in _TELLING["buying_roles"]
    return False


def _rises(change: Change) -> bool:
    """Whether we know somebody better than before. That coverage is unknown now is worse than what it was."""
    known: Mapping[object, int] = {word: number for number, word in enumerate(_COVERAGE)}
    return known.get(change.after, -1) > known.get(change.before, -1)
