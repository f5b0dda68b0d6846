"""What somebody says of a meeting, as it is typed, and what of it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from shlex import join
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.actions import placed_actions
from acctplan.cli.days import FORMS, day_said
from acctplan.cli.entries import alike
from acctplan.cli.people import meant, nobody, people
from acctplan.cli.values import text_said
from acctplan.diagnostic import closest, format_pointer
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from acctplan.analysis.actions import Placed
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

PURCHASING = ("above", "as_planned", "below")
"""What they bought, against what was planned."""


class Said(NamedTuple):
    """Of a meeting, as it was typed."""

    attended: Sequence[str] = ()
    expectations_met: str | None = None
    ours: str | None = None
    purchasing: str | None = None
    theirs: str | None = None
    overdue_invoices: str | None = None
    finances: str | None = None
    news_from_us: Sequence[str] = ()
    news_from_them: Sequence[str] = ()
    ideas: Sequence[str] = ()
    goals: Sequence[str] = ()
    actions: Sequence[str] = ()
    done: Sequence[str] = ()
    notes: str | None = None
    next: str | None = None


_OPTIONS = {name: f"--{name.replace('_', '-')}" for name in Said._fields} | {
    "ideas": "--idea",
    "goals": "--goal",
    "actions": "--action",
    "notes": "--note",
}


def command(plan: str, day: date, typed: Mapping[str, str | Sequence[str]]) -> str:
    """The command that says the same of a meeting.

    Args:
        plan: what it was called.
        day: of the meeting.
        typed: by the fields of `Said`.
    """
    said = [(name, [one] if isinstance(one, str) else one) for name, one in typed.items()]
    options = [f"{_OPTIONS[name]}={text}" for name, texts in said for text in texts]
    return join(["acctplan", "meeting", "hold", plan, "--on", day.isoformat(), *options])


class Agreed(NamedTuple):
    """Something that was agreed to be done."""

    what: str
    owner: str | None
    """An id in `team`."""
    due: date | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is written of a meeting."""

    attended: tuple[str, ...]
    """Ids of contacts and of the team."""
    facts: dict[tuple[str, str], str | int | bool] = field(default_factory=dict)
    """Answers that there is one of, by section and field."""
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Notes, by where they stand."""
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    agreed: tuple[Agreed, ...] = ()
    done: tuple[Pointer, ...] = ()
    """Actions of earlier meetings."""
    next: date | None = None


def minutes(said: Said, plan: Plan, day: date, today: date) -> Minutes:
    """What is written of a meeting.

    Args:
        said: as it was typed.
        plan: whom it names, and what earlier meetings agreed on.
        day: of the meeting.
        today: what days count from.

    Raises:
        UserError: somebody or something is named that is not there, or a text has no word.
    """
    facts: dict[tuple[str, str], str | int | bool] = {}
    if said.expectations_met is not None:
        facts["ours", "expectations_met"] = yes_or_no(said.expectations_met)
    if said.purchasing is not None:
        facts["theirs", "purchasing"] = purchasing(said.purchasing)
    if said.overdue_invoices is not None:
        facts["finances", "overdue_invoices"] = count(said.overdue_invoices)
    texts = {("ours", "notes"): said.ours, ("theirs", "notes"): said.theirs, ("finances", "notes"): said.finances, ("notes",): said.notes}
    lists = {"news_from_us": said.news_from_us, "news_from_them": said.news_from_them, "ideas": said.ideas, "goals": said.goals}
    words = [word for one in said.attended for word in one.split(",") if word.strip()]
    return Minutes(
        attended=tuple(dict.fromkeys(attendee(word, plan) for word in words)),
        facts=facts,
        texts={where: text_said(text) for where, text in texts.items() if text is not None},
        lists={name: tuple(dict.fromkeys(map(text_said, items))) for name, items in lists.items() if items},
        agreed=tuple(agreed(one, plan, today) for one in said.actions),
        done=tuple(dict.fromkeys(still_open(one, plan, day) for one in said.done)),
        next=None if said.next is None else following(said.next, day, today),
    )


def yes_or_no(text: str) -> bool:
    """Whether an answer is yes.

    Raises:
        UserError: it is neither yes nor no.
    """
    word = text.strip().casefold()
    if word not in ("yes", "y", "no", "n"):
        raise UserError(f"'{text}' is neither yes nor no", "say yes or no")
    return word.startswith("y")


def purchasing(text: str) -> str:
    """One of `PURCHASING`, also with blanks or as it begins.

    Raises:
        UserError: it is none of them.
    """
    word = "_".join(text.casefold().split())
    found = [one for one in PURCHASING if word and one.startswith(word)]
    if len(found) != 1:
        raise UserError(f"'{text}' is no answer", "say above, as planned or below")
    return found[0]


def count(text: str) -> int:
    """A whole number from 0 on.

    Raises:
        UserError: it is none.
    """
    word = text.strip()
    if not (word.isascii() and word.isdigit()):
        raise UserError(f"'{text}' is no number", "say how many: 0, 1, 2")
    return int(word)


def attendee(word: str, plan: Plan) -> str:
    """The id of somebody of either side.

    Raises:
        UserError: nobody is meant, or several are.
    """
    called = [(key, *(filter(None, (one.name or one.title, one.email)))) for key, one in plan.contacts.items()]
    called += [one.called for one in people("", plan.team) if one.id not in plan.contacts]
    found = alike(word, called, lambda one: one)
    if len(found) == 1:
        return found[0][0]
    if found:
        raise UserError(f"{len(found)} people may be meant by {word.strip()}", f"say which: {' or '.join(one[0] for one in found)}")
    near = closest(word.strip(), [name for one in called for name in one])
    raise UserError(
        f"nobody of either side is {word.strip()}", f"did you mean {near}?" if near else "use an id or a name of a contact or of our team"
    )


def agreed(text: str, plan: Plan, today: date) -> Agreed:
    """`what; owner; due`: the last two may be left out.

    Raises:
        UserError: there are more parts, the owner is nobody of our team, or the day is none.
    """
    what, *more = (part.strip() for part in text.split(";"))
    if len(more) > 2:  # noqa: PLR2004  who, by when
        raise UserError(f"'{text_said(text)}' has too many parts", "write WHAT; WHO; DAY, such as: Send the figures; amira; fri")
    owner, due = (*more, "", "")[:2]
    day = day_said(due, today) if due else None
    if due and day is None:
        raise UserError(f"'{due}' is no day", f"say {FORMS}")
    return Agreed(text_said(what), _member(owner, plan) if owner else None, day)


def who_and_when(text: str, today: date) -> tuple[str, str]:
    """`who; day`, either of them alone, with a semicolon or a comma between: what is there of each, empty where it is not.

    Raises:
        UserError: there are more parts.
    """
    parts = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
    if len(parts) > 2:  # noqa: PLR2004  who, by when
        raise UserError(f"'{text_said(text)}' has too many parts", "write WHO; DAY, such as: amira; fri")
    if len(parts) == 1:
        return ("", parts[0]) if day_said(parts[0], today) else (parts[0], "")
    return (parts[0], parts[1]) if parts else ("", "")


def _member(word: str, plan: Plan) -> str:
    team = list(people("", plan.team))
    found = meant(word, team)
    if not found:
        raise nobody(word, team)
    if len(found) > 1:
        raise UserError(f"{len(found)} people may be meant by {word}", f"say which: {' or '.join(one.id for one in found)}")
    return found[0].id


def open_before(plan: Plan, day: date) -> list[Placed]:
    """What meetings before a day agreed on and is still to be done, in the order of the plan."""
    return [one for one in placed_actions(plan) if one.meeting is not None and one.meeting < day and one.action.is_open]


def still_open(word: str, plan: Plan, day: date) -> Pointer:
    """An open action of a meeting before this one, by its id, its pointer, or words of it.

    Raises:
        UserError: there is none, or there are several.
    """
    known = open_before(plan, day)
    found = alike(word, known, lambda one: (str(one.pointer[-1]), format_pointer(one.pointer), one.action.what))
    if len(found) == 1:
        return found[0].pointer
    if found:
        raise UserError(
            f"{len(found)} actions may be meant by {word}", f"say which: {' or '.join(format_pointer(one.pointer) for one in found)}"
        )
    ids = [str(one.pointer[-1]) for one in known]
    raise UserError(
        f"no open action of an earlier meeting is {word}", f"one of {', '.join(ids)}" if ids else "what earlier meetings agreed on is done"
    )


def following(text: str, day: date, today: date) -> date:
    """When the next meeting is.

    Raises:
        UserError: it is no day, or not after this meeting.
    """
    found = day_said(text, today)
    if found is None:
        raise UserError(f"'{text}' is no day", f"say {FORMS}")
    if found <= day:
        raise UserError(f"{found} is not after the meeting of {day}", "say when you meet again")
    return found
