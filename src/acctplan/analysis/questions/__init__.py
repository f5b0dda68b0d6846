"""What is missing in a plan and worth asking, in the order of a conversation.

First the ten-minute plan, then the rest. Within the rest, topic by topic, and of a topic the most valuable question first; one that is
worth much more than what the topic has comes before its turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from acctplan.analysis.questions import ten_minutes, working
from acctplan.analysis.questions.base import NEW, TOPICS, Choice, Kind, Question, Topic, kind_at
from acctplan.analysis.questions.fields import Asking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

__all__ = ["NEW", "QUIET", "Choice", "Kind", "Missing", "Question", "Topic", "kind_at", "missing", "noted_lately"]

QUIET = timedelta(days=30)
"""For so long nobody is asked again what they did not know."""
_MUCH, _WORTH_A_JUMP = 3.0, 10.0
"""A question comes before its turn where it is worth so many times what the topic has, and so many points."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a plan does not say, and how far the ten-minute plan is."""

    questions: tuple[Question, ...]
    """In the order to ask them."""
    settled: int
    """How many of the ten-minute plan are answered, or noted as unknown lately."""
    counted: int
    """How many there are."""


def missing(
    plan: Plan,
    config: Config,
    today: date,
    *,
    is_short: bool = False,
    waived: Collection[tuple[str, Pointer]] = (),
    asked: Collection[str] = (),
    again: Collection[str] = (),
) -> Missing:
    """What to ask about a plan, the next question first.

    Args:
        plan: the plan.
        config: the book's settings.
        today: the day it is.
        is_short: whether the ten-minute plan is all that is wanted.
        waived: rules with what they are waived for: what they would ask for is not asked.
        asked: keys of questions that have been put already, and are not put again.
        again: keys of questions that are put though they were noted lately.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    asking = Asking(plan, config, today)
    noted = noted_lately(plan, today).keys() - set(again)
    items = [item for item in ten_minutes.items(asking) if not _is_waived(item.question, waived)]
    first = [item.question for item in items if not item.is_known and item.question.key not in noted]
    rest = [] if is_short else _once(working.questions(asking), but=[item.question.key for item in items if not item.is_known])
    questions = [*first, *_in_turn([one for one in rest if one.key not in noted and not _is_waived(one, waived)])]
    return Missing(tuple(one for one in questions if one.key not in asked), len(items) - len(first), len(items))


def noted_lately(plan: Plan, today: date) -> dict[str, str]:
    """What nobody knew the last time they were asked, not long ago: the keys of the questions, with the ids that they were noted under."""
    return {
        entry.about: key
        for key, entry in plan.questions.items()
        if entry.status == "open" and entry.about is not None and entry.asked is not None and today - QUIET < entry.asked <= today
    }


def _once(questions: Iterable[Question], but: Sequence[str]) -> list[Question]:
    """Each key once, with the most that it is worth."""
    found: dict[str, Question] = {}
    for question in questions:
        if question.key not in but and (question.key not in found or found[question.key].value < question.value):
            found[question.key] = question
    return list(found.values())


def _is_waived(question: Question, waived: Collection[tuple[str, Pointer]]) -> bool:
    return any(rule == question.rule and pointer == question.pointer[: len(pointer)] for rule, pointer in waived)


def _in_turn(questions: Sequence[Question]) -> Iterator[Question]:
    by_value = sorted(questions, key=lambda one: (-one.value, one.key))
    waiting = {topic: [one for one in by_value if one.topic is topic] for topic in TOPICS}
    while any(waiting.values()):
        turn = next(some[0] for some in waiting.values() if some)
        best = max((some[0] for some in waiting.values() if some), key=lambda one: one.value)
        chosen = best if best.value >= max(_WORTH_A_JUMP, _MUCH * turn.value) else turn
        waiting[chosen.topic].remove(chosen)
        yield chosen
