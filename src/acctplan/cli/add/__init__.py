"""`acctplan add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from acctplan.cli.options import Diff, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit, Value
    from acctplan.loader import Loaded
    from acctplan.model import Plan

KINDS = {
    "action": ("actions", "what"),
    "competitor": ("competitors", "name"),
    "contact": ("contacts", "name"),
    "insight": ("insights", "what"),
    "meeting": ("meetings", ""),
    "member": ("team", "name"),
    "objective": ("objectives", "what"),
    "opportunity": ("opportunities", "name"),
    "risk": ("risks", "what"),
    "solution": ("solutions", "name"),
    "strategy": ("strategies", "what"),
    "unit": ("units", "name"),
}
"""What can be added: its section, and the field that its words go into."""
_PLACES = ("to", "for", "meeting")


def _kinds(incomplete: str) -> list[str]:
    return [kind for kind in KINDS if kind.startswith(incomplete)]


def add(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=f"What to add: {', '.join(KINDS)}.", show_default=False, autocompletion=_kinds)
    ],
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN WORDS [FIELD=VALUE]...", help="The plan, what it is called or says, then other fields.", show_default=False
        ),
    ],
    identifier: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; left out: made from its words.", show_default=False)
    ] = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Add a contact, an opportunity, an action, a meeting or anything else to a plan.

    An action says where it belongs: to=OBJECTIVE (or to=OBJECTIVE.STRATEGY), for=OPPORTUNITY, or meeting=DAY. A strategy says
    to=OBJECTIVE. A meeting that is to come becomes the next one, one that was is noted as held. Days are said as people say them.

    \b
    Examples:
      acctplan add contact meridian "Lena Vos" title=CFO roles=decision_maker stance=neutral
      acctplan add opportunity meridian "Sensors for the plants" status=open value=420_000 close_date=eoq
      acctplan add action meridian "Send the figures" for=sensors owner=amira due=fri
      acctplan add insight meridian "Cut write-offs" kind=goal as_of=today
      acctplan add meeting meridian +6w
    """
    from acctplan.book import find_for
    from acctplan.cli.editing import change
    from acctplan.cli.loading import load_one
    from acctplan.diagnostic import closest, format_pointer
    from acctplan.edit import Set
    from acctplan.errors import UserError

    if kind not in KINDS:
        near = closest(kind, KINDS)
        raise UserError(f"nothing called '{kind}' can be added", f"did you mean {near}?" if near else f"one of {', '.join(KINDS)}")
    if len(words) < 2:  # noqa: PLR2004  the plan, and what to add
        raise UserError("not enough was said", f'write acctplan add {kind} PLAN "WORDS" FIELD=VALUE')
    name, said, *fields = words
    book, day = find_for([name]), day_asked_for(today)
    load_one(book, name)  # names what is wrong before anything is asked of it
    given = _fields(fields)
    places = {key: given.pop(key) for key in _PLACES if key in given}

    def edits(loaded: Loaded) -> list[Edit]:
        assert loaded.plan is not None
        if kind == "meeting":
            return [_meeting(loaded.plan, said, given, day)]
        section, main = KINDS[kind]
        above = _above(loaded.plan, kind, section, places)
        made = _identifier(identifier, said, _taken(loaded, above), kind)
        return [Set((*above, made), _entry(above, main, said, given, day))]

    (after,) = change(book, book.resolve([name]), edits, show_diff=show_diff, said=_done(kind, said, day))
    if after.plan is not None and not show_diff and kind not in ("meeting", "action", "strategy"):
        from acctplan.cli import console

        section = KINDS[kind][0]
        console.hint(
            f"its id is {list(getattr(after.plan, section))[-1]}; change it with: acctplan set {name} {format_pointer((section,))}.…"
        )


def _done(kind: str, said: str, today: date) -> str:
    from acctplan.cli.days import day_said

    return f"noted the relationship meeting of {day_said(said, today)}" if kind == "meeting" else f"added the {kind} '{said}'"


def _fields(said: list[str]) -> dict[str, str]:
    from acctplan.errors import UserError

    found: dict[str, str] = {}
    for one in said:
        field, equals, value = one.partition("=")
        if not equals or not field or not value:
            raise UserError(f"'{one}' is no field", "write FIELD=VALUE, such as title=CFO")
        found[field.strip()] = value
    return found


def _entry(above: Pointer, main: str, said: str, given: Mapping[str, str], today: date) -> dict[str, Value]:
    """The fields of a new entry, as they are written."""
    from acctplan.cli.values import pointer_said, text_said, value_said
    from acctplan.diagnostic import format_pointer

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
    from acctplan.errors import UserError
    from acctplan.importers.names import slug

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


def _above(plan: Plan, kind: str, section: str, places: Mapping[str, str]) -> Pointer:
    """Where an entry goes."""
    from acctplan.errors import UserError

    if kind not in ("action", "strategy"):
        if places:
            raise UserError(f"a {kind} has no '{next(iter(places))}'", "that says where an action belongs")
        return (section,)
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
    from acctplan.errors import UserError

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
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    near = closest(identifier, known)
    return UserError(f"no {what} {identifier}", f"did you mean {near}?" if near else f"there is {', '.join(known) or 'none yet'}")


def _meeting(plan: Plan, said: str, given: Mapping[str, str], today: date) -> Edit:
    """A relationship meeting: the next one, or one that was held."""
    from acctplan.cli.values import day_given
    from acctplan.edit import Set
    from acctplan.errors import UserError

    day = day_given(said, today)
    if day > today:
        if given:
            raise UserError("a meeting to come has a day and no more", "its fields are noted once it was held")
        return Set(("meetings", "next"), day)
    if plan.meetings is not None and day in plan.meetings.held:
        raise UserError(f"the meeting of {day} is noted already", f"acctplan set PLAN meetings.held.{day}.FIELD VALUE")
    entry = _entry(("meetings", "held"), "notes", "held", given, today)
    return Set(("meetings", "held", day.isoformat()), {key: value for key, value in entry.items() if key != "notes" or "notes" in given})
