"""The minutes of a meeting, asked part by part. Enter leaves a part out; an answer that will not do is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.analysis.calendar import months_later
from acctplan.analysis.meetings import rhythm, upcoming
from acctplan.analysis.relationships import called
from acctplan.cli import console
from acctplan.cli.actions.found import Item
from acctplan.cli.asking import ask
from acctplan.cli.meeting import minutes
from acctplan.cli.meeting.minutes import Said
from acctplan.cli.meeting.shown import todo_words
from acctplan.cli.values import text_said
from acctplan.diagnostic import format_pointer
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from acctplan.config import Config
    from acctplan.model import Plan

    Typed = dict[str, Any]
    """Answers by the fields of `Said`."""

_NOT_AGREED = ("n", "no", "none", "-")
_ELSEWHERE = "give it as an option: acctplan meeting hold --help"


def asked(typed: Typed, name: str, plan: Plan, config: Config, day: date, today: date) -> Said:
    """What somebody says of a meeting.

    Args:
        typed: gets each answer as soon as it is there, so that none is lost where somebody breaks off.
        name: what the plan is called.
        plan: whom they may name.
        config: how often there should be meetings.
        day: of the meeting.
        today: what days count from.
    """
    found = upcoming(plan, config, today)
    usual = [called(plan, one.contact) for one in found.guests if one.part != "not met"] + [plan.team[one].name for one in found.ours]
    console.say(f"The relationship meeting of {day} with {plan.profile.name}.\nEnter leaves a part out.")
    if usual:
        console.say(f"Expected: {', '.join(usual)}")

    def one(field: str, question: str, accept: Callable[[str], str]) -> None:
        if (answer := _one(question, accept)) is not None:
            typed[field] = answer

    def several(field: str, question: str, accept: Callable[[str], str] = text_said) -> None:
        while (answer := _one(question, accept)) is not None:
            typed[field] = [*typed.get(field, ()), answer]

    if (there := _one("Who was there, of both sides? Names or ids, with commas:", lambda text: _everybody(text, plan))) is not None:
        typed["attended"] = [there]
    if done := _ticked(name, plan, day, today):
        typed["done"] = done
    console.say("\n1. Since the last time")
    one("expectations_met", "Did we do what they expected of us? yes or no:", lambda text: "yes" if minutes.yes_or_no(text) else "no")
    one("ours", "How did they see us?", text_said)
    one("purchasing", "Did they buy above, as planned or below?", minutes.purchasing)
    one("theirs", "How did we see them?", text_said)
    console.say("\n2. Finances")
    one("overdue_invoices", "How many invoices are overdue?", lambda text: str(minutes.count(text)))
    one("finances", "Anything about payments?", text_said)
    console.say("\n3. What is new. One at a time; Enter when there is no more")
    several("news_from_them", "With them:")
    several("news_from_us", "With us:")
    console.say("\n4. Ideas. One at a time")
    several("ideas", "Idea:")
    console.say("\n5. Goals until you meet again. One at a time")
    several("goals", "Goal:")
    console.say("\n6. Next steps. One at a time: WHAT; WHO OF US; DAY\n   such as: Send the figures; ines; fri")
    several("actions", "Agreed:", lambda text: _completed(text, plan, today))
    if (again := _again(plan, found.every_months, day, today, can_be_left=not typed)) is not None:
        typed["next"] = again
    one("notes", "Anything else, for us alone?", text_said)
    return Said(**typed)


def _one(question: str, accept: Callable[[str], str]) -> str | None:
    """An answer that will do, as it is kept; None where it was left out."""
    while (answer := ask(question, _ELSEWHERE)) is not None:
        try:
            return accept(answer)
        except UserError as error:
            console.say(f"{error.message}; {error.hint}")
    return None


def _everybody(text: str, plan: Plan) -> str:
    for word in text.split(","):
        if word.strip():
            minutes.attendee(word, plan)
    return text


def _again(plan: Plan, months: int, day: date, today: date, *, can_be_left: bool) -> str | None:
    """When the next meeting is. Enter takes the day that is planned or usual, unless nothing was said of this meeting either."""
    planned = None if plan.meetings is None else plan.meetings.next
    usual = planned if planned is not None and planned > max(day, today) else months_later(day, months)
    if can_be_left or usual <= today:
        return _one("When do you meet again? (Enter: not agreed yet)", lambda text: minutes.following(text, day, today).isoformat())
    said = "as planned" if usual == planned else rhythm(months)
    question = f"When do you meet again? (Enter: {usual}, {said}; n: not agreed yet)"
    while (answer := ask(question, _ELSEWHERE)) is not None:
        if answer.casefold() in _NOT_AGREED:
            return None
        try:
            return minutes.following(answer, day, today).isoformat()
        except UserError as error:
            console.say(f"{error.message}; {error.hint}")
    return usual.isoformat()


def _completed(text: str, plan: Plan, today: date) -> str:
    """What was agreed, with who sees to it and by when: asked for once where that was not said."""
    found = minutes.agreed(text, plan, today)
    if found.owner is not None and found.due is not None:
        return _agreed(text, plan, today)
    lacks = "By when?" if found.owner is not None else "Who of us?" if found.due is not None else "Who of us, and by when? WHO; DAY"

    def whole(more: str) -> str:
        who, due = minutes.who_and_when(more, today)
        return _agreed(f"{found.what}; {who or found.owner or ''}; {due or found.due or ''}", plan, today)

    return _one(f"  {lacks} (Enter: not settled yet)", whole) or _agreed(text, plan, today)


def _agreed(text: str, plan: Plan, today: date) -> str:
    """As it was meant on that day: a weekday is another one tomorrow."""
    found = minutes.agreed(text, plan, today)
    return f"{found.what}; {found.owner or ''}; {found.due or ''}".rstrip("; ")


def _ticked(name: str, plan: Plan, day: date, today: date) -> list[str]:
    """What earlier meetings agreed on and is done, by number."""
    found = minutes.open_before(plan, day)
    if not found:
        return []
    console.say("\nStill to do of earlier meetings:")
    for number, placed in enumerate(found, 1):
        console.say(f"  {number}. {todo_words(Item(name, plan, placed, today))}")

    def pointers(text: str) -> str:
        return ",".join(format_pointer(found[number - 1].pointer) for number in _numbers(text, len(found)))

    answer = _one("Which of them are done? Numbers, with commas:", pointers)
    return answer.split(",") if answer else []


def _numbers(text: str, last: int) -> list[int]:
    words = text.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
    if len(numbers) < len(words) or any(not 1 <= number <= last for number in numbers):
        raise UserError(f"'{text}' are no numbers of these", f"say numbers from 1 to {last}")
    return numbers
