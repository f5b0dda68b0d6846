"""Words and fields to an entry of a plan: where it goes, its id, and what is written."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.cli.add.kinds import KINDS
from acctplan.cli.values import day_given, id_said, pointer_said, text_said, value_said
from acctplan.diagnostic import closest, format_pointer, plan_name
from acctplan.edit import Set, value_at
from acctplan.errors import UserError
from acctplan.naming import identifier as identifier_of
from acctplan.naming import slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Value
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_GROWING = frozenset({"action", "contact", "objective", "opportunity", "strategy"})
"""More is said of these sooner or later, so they stand on lines of their own."""
_FIRST = "first-steps"
_MOST_NAMED = 6
"""Of many opportunities, so many are named."""
PLACES = ("to", "for", "meeting")
"""What says where an action or a strategy belongs."""


class Added(NamedTuple):
    """What adds an entry to a plan."""

    edits: list[Set]
    besides: tuple[str, ...] = ()
    """What it stands in that was not there, in words."""


def adding(
    loaded: Loaded, kind: str, said: str, given: Mapping[str, str], today: date, config: Config, *, identifier: str | None = None
) -> Added:
    """What adds an entry to a plan: the entry, and before it what it stands in where that is missing.

    Args:
        loaded: the plan.
        kind: one of `KINDS`.
        said: what it is called or says; of a meeting its day, of a role the opportunity.
        given: its other fields, as they were typed, and where it belongs.
        today: what days count from.
        config: has the solutions that all plans share.
        identifier: its id; None: made from its words.

    Raises:
        UserError: something of it cannot be, or has its id already.
    """
    plan = loaded.plan
    assert plan is not None
    fields = {key: value for key, value in given.items() if key not in PLACES}
    read = _Reading(plan, config, today)
    if kind == "meeting":
        return Added([_meeting(plan, said, fields, read)])
    if kind == "role":
        return Added([_role(plan, said, fields, read)])
    above, missing = place(loaded, kind, said, given)
    made = _identifier(identifier, said, _taken(loaded, above), kind)
    entry = Set((*above, made), _entry(above, KINDS[kind].main, said, fields, read), spread=kind in _GROWING)
    return Added([*missing, entry], tuple(_in_words(one) for one in missing))


class _Reading(NamedTuple):
    """What fields are read by."""

    plan: Plan
    config: Config
    today: date


def _in_words(made: Set) -> str:
    assert isinstance(made.value, dict)
    return f"the {'strategy' if made.pointer[-2] == 'strategies' else 'objective'} '{made.value['what']}'"


def _entry(above: Pointer, main: str, said: str, given: Mapping[str, str], read: _Reading) -> dict[str, Value]:
    """The fields of a new entry, as they are written."""
    return {main: text_said(said), **_fields(above, given, read)}


def _fields(above: Pointer, given: Mapping[str, str], read: _Reading) -> dict[str, Value]:
    entry: dict[str, Value] = {}
    for field, value in given.items():
        pointer = pointer_said(format_pointer((*above, "new", *field.split("."))))
        inside: dict[str, Any] = entry
        *outer, last = field.split(".")
        for step in outer:
            inside = inside.setdefault(step, {})
        inside[last] = value_said(value, pointer, read.today, read.plan, read.config)
    return entry


def _identifier(asked_for: str | None, said: str, taken: set[str], kind: str) -> str:
    """The id that was asked for, else one made of the words. What has one already is never written over."""
    made = asked_for or slug(said)
    if not made or made in taken:
        why = f"there is a {kind} {made} already" if made else "an id cannot be made from these words"
        raise UserError(why, "give another: --id ID, in lower-case letters, digits and hyphens")
    return made


def _taken(loaded: Loaded, above: Pointer) -> set[str]:
    entries = value_at(loaded.read().data, above)
    return set(entries) if isinstance(entries, dict) else set()


def place(loaded: Loaded, kind: str, said: str, given: Mapping[str, str]) -> tuple[Pointer, list[Set]]:
    """Where an entry of a kind goes, and what has to be made before: the objective and the strategy of an action.

    Args:
        loaded: the plan.
        kind: one of `KINDS`.
        said: what it says.
        given: what was said besides; of that, `to`, `for` or `meeting`.

    Raises:
        UserError: it cannot be told where, or there is no such place.
    """
    plan = loaded.plan
    assert plan is not None
    places = {key: given[key] for key in PLACES if key in given}
    if kind not in ("action", "strategy"):
        if places:
            raise UserError(f"a {kind} has no '{next(iter(places))}'", "that says where an action belongs")
        return (KINDS[kind].section,), []
    if kind == "action" and "meeting" in places:
        held = {day.isoformat() for day in plan.meetings.held} if plan.meetings else set()
        if places["meeting"] not in held:
            raise UserError(f"no meeting was held on {places['meeting']}", f"one of {', '.join(sorted(held))}" if held else "note it first")
        return ("meetings", "held", places["meeting"], "actions"), []
    objective, strategy, missing = _objective(loaded, kind, said, given)
    above: Pointer = ("objectives", objective, "strategies")
    if kind == "strategy":
        return above, missing
    strategies = list(plan.objectives[objective].strategies) if objective in plan.objectives else []
    if not strategies and not strategy:
        return (*above, _FIRST, "actions"), [*missing, Set((*above, _FIRST), {"what": "First steps"}, spread=True)]
    chosen = strategy or strategies[0]
    if chosen not in strategies:
        raise _no_such("strategy", chosen, strategies)
    return (*above, chosen, "actions"), missing


def _objective(loaded: Loaded, kind: str, said: str, given: Mapping[str, str]) -> tuple[str, str, list[Set]]:
    """The objective that something is for, the strategy that was said with it, and the objective where it has to be made.

    It is the one that was said, or that serves an opportunity. An opportunity that none serves gets one; in a plan without any, the words
    that were said are the first.
    """
    plan = loaded.plan
    assert plan is not None
    if "to" in given:
        first, _, strategy = given["to"].partition(".")
        if first in plan.objectives:
            return first, strategy, []
        objective = id_said(given["to"], ("objectives",), plan)
        if objective in plan.objectives:
            return objective, "", []
        if plan.objectives:
            raise _no_such("objective", objective, list(plan.objectives))
        if " " not in objective:  # an id, of an objective that somebody thought of
            raise UserError(f"no objective {objective}", "there is none yet: say in a few words what you want to reach")
        return _new_objective(plan, {"category": "revenue", "what": text_said(objective)})
    if "for" in given:
        wanted = id_said(given["for"], ("opportunities",), plan)
        if wanted not in plan.opportunities:
            raise _no_such("opportunity", wanted, list(plan.opportunities))
        serving = [key for key, one in plan.objectives.items() if wanted in one.opportunities and one.is_open]
        return (serving[0], "", []) if serving else _to_win(plan, wanted)
    if len(plan.objectives) == 1:
        return next(iter(plan.objectives)), "", []
    if plan.objectives:
        raise UserError("where does it belong?", f"say for=OPPORTUNITY, meeting=DAY, or to={' or to='.join(plan.objectives)}")
    could_be = [key for key, one in plan.opportunities.items() if one.is_live]
    where = f"for={could_be[0]}" if kind == "action" and could_be else 'to="What we want to reach"'
    others = f" (or for={', '.join(could_be[1:_MOST_NAMED])})" if where.startswith("for=") and len(could_be) > 1 else ""
    fields = "".join(f" {key}={quote(value)}" for key, value in given.items())
    command = f"acctplan add {kind} {plan_name(loaded.path)} {quote(said)}{fields} {where}"
    raise UserError("where does it belong?", f"say {command}{others}")


def _to_win(plan: Plan, opportunity: str) -> tuple[str, str, list[Set]]:
    """A new objective that serves an opportunity."""
    wanted = plan.opportunities[opportunity]
    if not wanted.is_live:
        raise UserError(f"{opportunity} is {wanted.status}, and no open objective serves it", "say to=OBJECTIVE")
    category = "business_development" if wanted.status == "potential" else "revenue"
    return _new_objective(plan, {"category": category, "what": f"Win {wanted.name}", "opportunities": [opportunity]})


def _new_objective(plan: Plan, entry: dict[str, Value]) -> tuple[str, str, list[Set]]:
    made = identifier_of(str(entry["what"]), "objective", "", plan.objectives)
    return made, "", [Set(("objectives", made), entry, spread=True)]


def _no_such(what: str, identifier: str, known: list[str]) -> Exception:
    near = closest(identifier, known)
    return UserError(f"no {what} {identifier}", f"did you mean {near}?" if near else f"there is {', '.join(known) or 'none yet'}")


def _role(plan: Plan, said: str, given: Mapping[str, str], read: _Reading) -> Set:
    """A contact's part in an opportunity."""
    opportunity = id_said(said, ("opportunities",), plan)
    if opportunity not in plan.opportunities:
        raise _no_such("opportunity", opportunity, list(plan.opportunities))
    if "contact" not in given:
        raise UserError(f"who has a part in {opportunity}?", "write acctplan add role PLAN OPPORTUNITY CONTACT role=evaluator")
    contact = id_said(given["contact"], ("contacts",), plan)
    if contact not in plan.contacts:
        raise _no_such("contact", contact, list(plan.contacts))
    above: Pointer = ("opportunities", opportunity, "buying_roles")
    if contact in plan.opportunities[opportunity].buying_roles:
        pointer = format_pointer((*above, contact))
        raise UserError(f"{contact} has a part in {opportunity} already", f"change it with: acctplan set PLAN {pointer}.role ROLE")
    fields = {key: value for key, value in given.items() if key != "contact"}
    return Set((*above, contact), _fields(above, fields, read))


def _meeting(plan: Plan, said: str, given: Mapping[str, str], read: _Reading) -> Set:
    """A relationship meeting: the next one, or one that was held."""
    day = day_given(said, read.today)
    if day > read.today:
        if given:
            raise UserError("a meeting to come has a day and no more", "its fields are noted once it was held")
        return Set(("meetings", "next"), day)
    if plan.meetings is not None and day in plan.meetings.held:
        raise UserError(f"the meeting of {day} is noted already", f"acctplan set PLAN meetings.held.{day}.FIELD VALUE")
    return Set(("meetings", "held", day.isoformat()), _fields(("meetings", "held"), given, read))
