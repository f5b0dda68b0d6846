"""Words and fields to an entry of a plan: where it goes, its id, and what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.cli.add.kinds import KINDS
from acctplan.cli.values import day_given, pointer_said, text_said, value_said
from acctplan.diagnostic import closest, format_pointer
from acctplan.edit import Edit, Set
from acctplan.errors import UserError
from acctplan.naming import slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.diagnostic import Pointer
    from acctplan.edit import Value
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_GROWING = frozenset({"action", "contact", "objective", "opportunity", "strategy"})
"""More is said of these sooner or later, so they stand on lines of their own."""
PLACES = ("to", "for", "meeting")
"""What says where an action or a strategy belongs."""


def adding(loaded: Loaded, kind: str, said: str, given: Mapping[str, str], today: date, *, identifier: str | None = None) -> Edit:
    """The edit that adds an entry to a plan.

    Args:
        loaded: the plan.
        kind: one of `KINDS`.
        said: what it is called or says; of a meeting its day.
        given: its other fields, as they were typed, and where it belongs.
        today: what days count from.
        identifier: its id; None: made from its words.

    Raises:
        UserError: something of it cannot be, or has its id already.
    """
    assert loaded.plan is not None
    fields = {key: value for key, value in given.items() if key not in PLACES}
    if kind == "meeting":
        return _meeting(loaded.plan, said, fields, today)
    above = place(loaded.plan, kind, {key: given[key] for key in PLACES if key in given})
    made = _identifier(identifier, said, _taken(loaded, above), kind)
    return Set((*above, made), _entry(above, KINDS[kind].main, said, fields, today), spread=kind in _GROWING)


def _entry(above: Pointer, main: str, said: str, given: Mapping[str, str], today: date) -> dict[str, Value]:
    """The fields of a new entry, as they are written."""
    entry: dict[str, Value] = {main: text_said(said)}
    for field, value in given.items():
        pointer = pointer_said(format_pointer((*above, "new", *field.split("."))))
        inside: dict[str, Any] = entry
        *outer, last = field.split(".")
        for step in outer:
            inside = inside.setdefault(step, {})
        inside[last] = value_said(value, pointer, today)
    return entry


def _identifier(asked_for: str | None, said: str, taken: set[str], kind: str) -> str:
    """The id that was asked for, else one made of the words. What has one already is never written over."""
    made = asked_for or slug(said)
    if not made or made in taken:
        why = f"there is a {kind} {made} already" if made else "an id cannot be made from these words"
        raise UserError(why, "give another: --id ID, in lower-case letters, digits and hyphens")
    return made


def _taken(loaded: Loaded, above: Pointer) -> set[str]:
    data: Any = loaded.read().data
    for step in above:
        data = (data or {}).get(step) if isinstance(data, dict) else None
    return set(data or {})


def place(plan: Plan, kind: str, places: Mapping[str, str]) -> Pointer:
    """Where an entry of a kind goes.

    Args:
        plan: the plan.
        kind: one of `KINDS`.
        places: what was said of that, by `to`, `for` or `meeting`.

    Raises:
        UserError: it cannot be told where, or there is no such place.
    """
    if kind not in ("action", "strategy"):
        if places:
            raise UserError(f"a {kind} has no '{next(iter(places))}'", "that says where an action belongs")
        return (KINDS[kind].section,)
    if kind == "action" and "meeting" in places:
        held = {day.isoformat() for day in plan.meetings.held} if plan.meetings else set()
        if places["meeting"] not in held:
            raise UserError(f"no meeting was held on {places['meeting']}", f"one of {', '.join(sorted(held))}" if held else "note it first")
        return ("meetings", "held", places["meeting"], "actions")
    objective, _, strategy = _objective(plan, places).partition(".")
    if objective not in plan.objectives:
        raise _no_such("objective", objective, list(plan.objectives))
    if kind == "strategy":
        return ("objectives", objective, "strategies")
    strategies = list(plan.objectives[objective].strategies)
    chosen = strategy or (strategies[0] if strategies else "")
    if not chosen:
        raise UserError(f"the objective {objective} has no strategy yet", f'acctplan add strategy PLAN "How to reach it" to={objective}')
    if chosen not in strategies:
        raise _no_such("strategy", chosen, strategies)
    return ("objectives", objective, "strategies", chosen, "actions")


def _objective(plan: Plan, places: Mapping[str, str]) -> str:
    """The objective that something is for: as it was said, or the one that serves an opportunity."""
    if "to" in places:
        return places["to"]
    if "for" in places:
        serving = [key for key, one in plan.objectives.items() if places["for"] in one.opportunities and one.is_open]
        if serving:
            return serving[0]
        if places["for"] not in plan.opportunities:
            raise _no_such("opportunity", places["for"], list(plan.opportunities))
        raise UserError(
            f"no open objective serves {places['for']}",
            f'acctplan add objective PLAN "What to reach" category=revenue opportunities={places["for"]}',
        )
    if len(plan.objectives) == 1:
        return next(iter(plan.objectives))
    there = f"to={' or to='.join(plan.objectives)}" if plan.objectives else "add an objective first"
    raise UserError("where does it belong?", f"say for=OPPORTUNITY, meeting=DAY, or {there}")


def _no_such(what: str, identifier: str, known: list[str]) -> Exception:
    near = closest(identifier, known)
    return UserError(f"no {what} {identifier}", f"did you mean {near}?" if near else f"there is {', '.join(known) or 'none yet'}")


def _meeting(plan: Plan, said: str, given: Mapping[str, str], today: date) -> Edit:
    """A relationship meeting: the next one, or one that was held."""
    day = day_given(said, today)
    if day > today:
        if given:
            raise UserError("a meeting to come has a day and no more", "its fields are noted once it was held")
        return Set(("meetings", "next"), day)
    if plan.meetings is not None and day in plan.meetings.held:
        raise UserError(f"the meeting of {day} is noted already", f"acctplan set PLAN meetings.held.{day}.FIELD VALUE")
    entry = _entry(("meetings", "held"), "notes", "held", given, today)
    return Set(("meetings", "held", day.isoformat()), {key: value for key, value in entry.items() if key != "notes" or "notes" in given})
