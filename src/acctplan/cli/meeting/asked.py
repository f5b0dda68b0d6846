"""The minutes of a meeting, asked part by part. Enter leaves a part out; an answer that will not do is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

_ELSEWHERE = "give it as an option: acctplan meeting hold --help"


def asked(name: str, plan: Plan, config: Config, day: date, today: date) -> Said:
    """What somebody says of a meeting.

    Args:
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
    attended = _one("Who was there, of both sides? Names or ids, with commas:", lambda text: _everybody(text, plan))
    done = _ticked(name, plan, day, today)
    console.say("\n1. Since the last time")
    met = _one("Did we do what they expected of us? yes or no:", minutes.yes_or_no)
    ours = _one("How did they see us?", text_said)
    bought = _one("Did they buy above, as planned or below?", minutes.purchasing)
    theirs = _one("How did we see them?", text_said)
    console.say("\n2. Finances")
    invoices = _one("How many invoices are overdue?", minutes.count)
    finances = _one("Anything about payments?", text_said)
    console.say("\n3. What is new. One at a time; Enter when there is no more")
    from_them = _several("With them:")
    from_us = _several("With us:")
    console.say("\n4. Ideas. One at a time")
    ideas = _several("Idea:")
    console.say("\n5. Goals until you meet again. One at a time")
    goals = _several("Goal:")
    console.say("\n6. Next steps. One at a time: WHAT; WHO OF US; DAY\n   such as: Send the figures; ines; fri")
    actions = _several("Agreed:", lambda text: minutes.agreed(text, plan, today))
    suggested = months_later(day, found.every_months)
    following = _one(
        f"When do you meet again? {rhythm(found.every_months)} would be {suggested}:", lambda text: minutes.following(text, day, today)
    )
    return Said(
        attended=[attended] if attended else [],
        expectations_met=met,
        ours=ours,
        purchasing=bought,
        theirs=theirs,
        overdue_invoices=invoices,
        finances=finances,
        news_from_us=from_us,
        news_from_them=from_them,
        ideas=ideas,
        goals=goals,
        actions=actions,
        done=done,
        notes=_one("Anything else, for us alone?", text_said),
        next=following,
    )


def _one(question: str, accept: Callable[[str], object]) -> str | None:
    """An answer that will do, as it was typed; None where it was left out."""
    while (answer := ask(question, _ELSEWHERE)) is not None:
        try:
            accept(answer)
        except UserError as error:
            console.say(f"{error.message}; {error.hint}")
        else:
            return answer
    return None


def _several(question: str, accept: Callable[[str], object] = text_said) -> list[str]:
    found: list[str] = []
    while (answer := _one(question, accept)) is not None:
        found.append(answer)
    return found


def _everybody(text: str, plan: Plan) -> None:
    for word in text.split(","):
        if word.strip():
            minutes.attendee(word, plan)


def _ticked(name: str, plan: Plan, day: date, today: date) -> list[str]:
    """What earlier meetings agreed on and is done, by number."""
    found = minutes.open_before(plan, day)
    if not found:
        return []
    console.say("\nStill to do of earlier meetings:")
    for number, placed in enumerate(found, 1):
        console.say(f"  {number}. {todo_words(Item(name, plan, placed, today))}")
    answer = _one("Which of them are done? Numbers, with commas:", lambda text: _numbers(text, len(found)))
    return [format_pointer(found[number - 1].pointer) for number in _numbers(answer or "", len(found))]


def _numbers(text: str, last: int) -> list[int]:
    words = text.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
    if len(numbers) < len(words) or any(not 1 <= number <= last for number in numbers):
        raise UserError(f"'{text}' are no numbers of these", f"say numbers from 1 to {last}")
    return numbers
