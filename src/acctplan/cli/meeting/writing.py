"""The minutes of a meeting as edits of its plan: a new meeting whole, a noted one added to and never replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.edit import Append, Set, in_flow
from acctplan.errors import UserError
from acctplan.naming import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acctplan.cli.meeting.minutes import Agreed, Minutes
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit, Value
    from acctplan.loader import Loaded
    from acctplan.model import HeldMeeting, Plan

_ORDER = ("attended", "ours", "theirs", "finances", "news_from_us", "news_from_them", "ideas", "goals", "actions", "notes")
"""The fields of a meeting, as they are written."""


def edits(loaded: Loaded, day: date, held: Minutes, called: str) -> Iterator[Edit]:
    """What changes in a plan where a meeting is noted.

    Args:
        loaded: the plan as it is under the lock.
        day: of the meeting.
        held: what is written of it.
        called: what the plan was called, for a hint.

    Raises:
        UserError: the meeting is noted already, with another answer.
    """
    plan = loaded.plan
    if plan is None:
        raise UserError(f"{loaded.path} has errors now", f"see them: acctplan check {called}")
    above = ("meetings", "held", day.isoformat())
    standing = plan.meetings.held.get(day) if plan.meetings is not None else None
    if standing is None:
        yield Set(above, _entry(held))
    else:
        yield from _added(loaded, above, standing, held, called)
    yield from _ticked(held, day)
    yield from _spoken_with(plan, held, day)
    if held.next is not None and (plan.meetings is None or plan.meetings.next != held.next):
        yield Set(("meetings", "next"), held.next)


def summary(held: Minutes, day: date) -> str:
    """What was noted, in a line."""
    facts = [f"relationship meeting of {day} noted"]
    if held.attended:
        facts.append(f"{len(held.attended)} {'was' if len(held.attended) == 1 else 'were'} there")
    if held.agreed:
        facts.append(f"{len(held.agreed)} {'action' if len(held.agreed) == 1 else 'actions'} agreed")
    if held.done:
        facts.append(f"{len(held.done)} done")
    if held.next is not None:
        facts.append(f"the next on {held.next}")
    return ", ".join(facts)


def _entry(held: Minutes) -> dict[str, Value]:
    """A meeting that is new in the plan."""
    entry: dict[str, Any] = {"attended": list(held.attended)}
    for (section, name), fact in held.facts.items():
        entry.setdefault(section, {})[name] = fact
    for (*outer, last), text in held.texts.items():
        inside = entry
        for step in outer:
            inside = inside.setdefault(step, {})
        inside[last] = text
    entry |= {name: list(items) for name, items in held.lists.items()}
    entry["actions"] = dict(_actions(held.agreed, ()))
    return {name: entry[name] for name in _ORDER if entry.get(name)}


def _actions(agreed: Iterable[Agreed], taken: Iterable[str]) -> Iterator[tuple[str, dict[str, Value]]]:
    """What was agreed, by a new id made of its words."""
    ids = set(taken)
    for one in agreed:
        key = identifier(one.what, "action", "", ids)
        ids.add(key)
        fields: dict[str, Value] = {"what": one.what, "owner": one.owner, "due": one.due}
        yield key, {name: value for name, value in fields.items() if value is not None}


def _added(loaded: Loaded, above: Pointer, standing: HeldMeeting, held: Minutes, called: str) -> Iterator[Edit]:
    """What a meeting that is noted already gets besides."""
    lists: dict[str, tuple[str, ...]] = {"attended": held.attended, **held.lists}
    for name, items in lists.items():
        there: tuple[str, ...] = getattr(standing, name)
        yield from (Append((*above, name), item) for item in items if item not in there)
    for (section, name), fact in held.facts.items():
        said = getattr(getattr(standing, section), name, None)
        if said is None:
            yield Set((*above, section, name), fact)
        elif said != fact:
            pointer = f"{'.'.join(map(str, above))}.{section}.{name}"
            words = {True: "yes", False: "no"}.get(said, said) if isinstance(said, bool) else said
            raise UserError(
                f"the meeting of {above[-1]} is noted already, and {name} is {words} there",
                f"to change that: acctplan set {called} {pointer} …",
            )
    for where, text in held.texts.items():
        before: Any = standing
        for step in where:
            before = getattr(before, step, None)
        if before is None:
            yield Set((*above, *where), text)
        elif text not in before:
            between, end = (" | ", "") if in_flow(loaded.read(), (*above, *where)) else ("\n", "\n")
            yield Set((*above, *where), f"{before.rstrip()}{between}{text}{end}")
    known = {action.what for action in standing.actions.values()}
    for key, fields in _actions((one for one in held.agreed if one.what not in known), standing.actions):
        yield Set((*above, "actions", key), fields)


def _ticked(held: Minutes, day: date) -> Iterator[Edit]:
    for pointer in held.done:
        yield Set((*pointer, "status"), "done")
        yield Set((*pointer, "done"), day)


def _spoken_with(plan: Plan, held: Minutes, day: date) -> Iterator[Edit]:
    """Whoever was there has been spoken with."""
    for key in held.attended:
        contact = plan.contacts.get(key)
        if contact is None:
            continue
        if contact.last_contact is None or contact.last_contact < day:
            yield Set(("contacts", key, "last_contact"), day)
        if contact.coverage in (None, "none"):
            yield Set(("contacts", key, "coverage"), "brief")
