"""The next relationship meeting of a plan: when, with whom and why; and where nobody met for too long.

How often there should be one stands in the plan, else in the settings. A contact can have a cadence of their own, which they share with
whoever holds the relationship: a talk that is noted counts for it as well as a meeting that they attended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.actions import Placed, placed_actions
from acctplan.analysis.calendar import months_later
from acctplan.analysis.overdue import last_meeting, meeting_months, next_meeting, planned_meeting
from acctplan.analysis.progress import is_late
from acctplan.analysis.relationships import called, key_players

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

Part: TypeAlias = Literal["takes part", "cadence", "not met"]
"""Why somebody should be there: they take part in the meetings, their own cadence asks for it, or nobody has met them lately."""

_LATEST = date(9000, 1, 1)
"""There are days after every meeting up to here."""


class Executive(NamedTuple):
    """A contact with a cadence of their own."""

    contact: str
    with_: str | None
    """Who on our side holds the relationship: an id in `team`."""
    every_months: int
    last: date | None
    """When somebody of us last met them or spoke with them; None: never, as far as the plan says."""
    due: date | None
    """When they should meet again; None where that cannot be told: they never met, and the plan does not say when it began."""

    def is_dry(self, today: date) -> bool:
        """Whether it is longer than the cadence allows since they met."""
        return self.last is None if self.due is None else self.due < today

    @property
    def pointer(self) -> Pointer:
        """To the cadence."""
        return ("contacts", self.contact, "relationship", "every_months")


class Guest(NamedTuple):
    """Somebody of the customer who should be there."""

    contact: str
    part: Part
    why: str
    last: date | None
    """When somebody of us last met them or spoke with them."""


class DrySpell(NamedTuple):
    """Too long without a meeting."""

    contact: str | None
    """An executive; None: both sides as a whole."""
    since: date | None
    """The day of the last one; None: there was none."""
    why: str
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next relationship meeting."""

    day: date | None
    """As planned, else as the cadence asks; None where nothing says when."""
    is_planned: bool
    every_months: int
    is_own_cadence: bool
    """Whether the plan names its cadence; else it is the book's."""
    guests: tuple[Guest, ...]
    """Of the customer: who takes part, whose own cadence is due, then key players whom nobody met lately."""
    ours: tuple[str, ...]
    """Of us, ids in `team`: the account manager, who holds a relationship with a guest, who was there the last time."""
    why: tuple[str, ...]
    """Sentences without their full stop, the most important first."""
    last: date | None
    """The day of the last meeting that was held."""
    still_open: tuple[Placed, ...]
    """What meetings agreed on and nobody has done, the longest due first and what has no day last."""
    dry_spells: tuple[DrySpell, ...]


def upcoming(plan: Plan, config: Config, today: date) -> Upcoming:
    """The next relationship meeting of a plan.

    Args:
        plan: the plan.
        config: how often there should be meetings, and talks with key players.
        today: the day it is.
    """
    meetings = plan.meetings
    planned = None if meetings is None else planned_meeting(meetings, today)
    months = config.limits.meeting_months if meetings is None else meeting_months(meetings, config.limits)
    day = _day(plan, config, months, today)
    last = None if meetings is None else last_meeting(meetings, today)
    guests = tuple(_guests(plan, config, today, months_later(min(max(day or today, today), _LATEST), months)))
    still_open = tuple(sorted(_still_open(plan), key=lambda one: (one.action.due is None, str(one.action.due))))
    dry = tuple(dry_spells(plan, config, today))
    return Upcoming(
        day=day,
        is_planned=planned is not None,
        every_months=months,
        is_own_cadence=meetings is not None and meetings.every_months is not None,
        guests=guests,
        ours=_ours(plan, guests, last),
        why=tuple(_why(_Found(planned, day, last, still_open, dry), months, today)),
        last=last,
        still_open=still_open,
        dry_spells=dry,
    )


def last_spoken(plan: Plan, contact: str, today: date) -> date | None:
    """When somebody of us last spoke with a contact, in a relationship meeting or elsewhere; None: never, as far as the plan says."""
    held = plan.meetings.held if plan.meetings is not None else {}
    days = [day for day, meeting in held.items() if contact in meeting.attended]
    return max((day for day in (*days, plan.contacts[contact].last_contact) if day is not None and day <= today), default=None)


def executives(plan: Plan, today: date) -> Iterator[Executive]:
    """The contacts with a cadence of their own, in the order of the plan."""
    for identifier, contact in plan.contacts.items():
        relationship = contact.relationship
        if relationship is None or relationship.every_months is None:
            continue
        last = last_spoken(plan, identifier, today)
        since = _began(plan, today) if last is None else last
        due = None if since is None else months_later(since, relationship.every_months)
        yield Executive(identifier, relationship.with_, relationship.every_months, last, due)


def dry_spells(plan: Plan, config: Config, today: date) -> Iterator[DrySpell]:
    """Where it is longer than the cadence allows that both sides met: as a whole, then by executive."""
    held = plan.meetings
    months = config.limits.meeting_months if held is None else meeting_months(held, config.limits)
    last, starts = None if held is None else last_meeting(held, today), _began(plan, today)
    if last is not None and months_later(last, months) < today:
        why = f"no relationship meeting since {last}, {ago(last, today)}; there should be one {rhythm(months)}"
        yield DrySpell(None, last, why, ("meetings", "held", last.isoformat()))
    elif last is None and (starts is None or months_later(starts, months) < today):
        began = f" since the plan began on {starts}" if starts else ""
        yield DrySpell(None, None, f"no relationship meeting was held{began}; there should be one {rhythm(months)}", ("meetings",))
    for one in executives(plan, today):
        if one.is_dry(today):
            yield DrySpell(one.contact, one.last, executive_words(plan, one, today), one.pointer)


def executive_words(plan: Plan, one: Executive, today: date) -> str:
    """How it stands with an executive: `Ruth Ebeling, whom Gesa Thomsen should meet every 3 months, was last met on …, 157 days ago`."""
    whom = plan.team[one.with_].name if one.with_ is not None else "we"
    met = "was never met" if one.last is None else f"was last met on {one.last}, {ago(one.last, today)}"
    return f"{called(plan, one.contact)}, whom {whom} should meet {rhythm(one.every_months)}, {met}"


def rhythm(months: int) -> str:
    """A cadence: `every 3 months`."""
    return "every month" if months == 1 else f"every {months} months"


def ago(day: date, today: date) -> str:
    """How long a day is past or to come: `17 days ago`, `today`, `in 3 days`."""
    days = (today - day).days
    if not days:
        return "today"
    many = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{many} ago" if days > 0 else f"in {many}"


class _Found(NamedTuple):
    """What the plan says of its meetings."""

    planned: date | None
    day: date | None
    last: date | None
    still_open: tuple[Placed, ...]
    dry: tuple[DrySpell, ...]


def _day(plan: Plan, config: Config, months: int, today: date) -> date | None:
    """As planned, else so long after the last one. Where none was held: so long after the plan began, or when an executive is due."""
    if (due := next_meeting(plan, config.limits, today)) is not None:
        return due.due
    days = [one.due for one in executives(plan, today) if one.due is not None]
    if (starts := _began(plan, today)) is not None:
        days.append(months_later(starts, months))
    return min(days, default=None)


def _began(plan: Plan, today: date) -> date | None:
    """When the plan began, today where it is still to begin; None where it does not say."""
    return None if plan.profile.starts is None else min(plan.profile.starts, today)


def _guests(plan: Plan, config: Config, today: date, following: date) -> Iterator[Guest]:
    """Who should be there. An executive is, whose own cadence would not wait for the meeting after it.

    Args:
        plan: the plan.
        config: how often a key player should hear from us.
        today: the day it is.
        following: when the meeting after the next is.
    """
    asked: set[str] = set()
    for identifier, why in _usual(plan, today):
        asked.add(identifier)
        yield Guest(identifier, "takes part", why, last_spoken(plan, identifier, today))
    for one in executives(plan, today):
        if one.contact not in asked and (one.due is None or one.due < following):
            asked.add(one.contact)
            yield Guest(one.contact, "cadence", _cadence(plan, one, today), one.last)
    for identifier, contact in key_players(plan):
        last = last_spoken(plan, identifier, today)
        if identifier in asked or contact.name is None or (last is not None and last + _limit(config) >= today):
            continue
        met = "whom nobody of us has spoken with" if last is None else f"last contact {last}, {ago(last, today)}"
        yield Guest(identifier, "not met", f"key player, {met}", last)


def _usual(plan: Plan, today: date) -> Iterator[tuple[str, str]]:
    """Who of the customer takes part as a rule, and why; where the plan does not say, who was there the last time."""
    if plan.meetings is None:
        return
    last = last_meeting(plan.meetings, today)
    if plan.meetings.with_:
        yield from ((identifier, "takes part in these meetings") for identifier in plan.meetings.with_)
    elif last is not None:
        there = dict.fromkeys(plan.meetings.held[last].attended)
        yield from ((identifier, "was there the last time") for identifier in there if identifier in plan.contacts)


def _limit(config: Config) -> timedelta:
    return timedelta(days=config.limits.contact_days)


def _cadence(plan: Plan, one: Executive, today: date) -> str:
    whom = f" with {plan.team[one.with_].name}" if one.with_ is not None else ""
    due = "never met" if one.due is None else f"due on {one.due}, {ago(one.due, today)}"
    return f"meets {rhythm(one.every_months)}{whom}, {due}"


def _ours(plan: Plan, guests: Iterable[Guest], last: date | None) -> tuple[str, ...]:
    holders = [relationship.with_ for one in guests if one.part != "not met" and (relationship := plan.contacts[one.contact].relationship)]
    there = plan.meetings.held[last].attended if plan.meetings is not None and last is not None else ()
    ids = (plan.profile.account_manager, *holders, *(one for one in there if one not in plan.contacts))
    return tuple(dict.fromkeys(one for one in ids if one is not None))


def _still_open(plan: Plan) -> Iterator[Placed]:
    return (one for one in placed_actions(plan) if one.meeting is not None and one.action.is_open)


def _why(found: _Found, months: int, today: date) -> Iterator[str]:
    """The sentences that say why there should be a meeting, and when."""
    planned, last = found.planned, found.last
    if planned is not None and planned < today:
        yield f"it was planned for {planned}, {ago(planned, today)}, and is not noted as held"
    elif planned is not None:
        yield f"it is planned for {planned}, {ago(planned, today)}"
    elif last is not None:
        yield f"the last one was on {last}; with one {rhythm(months)} the next is due on {found.day}, and no day is agreed"
    else:
        yield f"none was held yet, and no day is agreed; there should be one {rhythm(months)}"
    # Without a day that is planned, the sentence before says of the account as a whole what a dry spell says.
    yield from (one.why for one in found.dry if one.contact is not None or planned is not None)
    if found.still_open:
        late = sum(is_late(one, today) for one in found.still_open)
        things = "1 thing" if len(found.still_open) == 1 else f"{len(found.still_open)} things"
        is_are = "is" if len(found.still_open) == 1 else "are"
        yield f"{things} that earlier meetings agreed on {is_are} still to do{f', {late} late' if late else ''}"
