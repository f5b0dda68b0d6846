"""The questions of scorecards, each a factor of its own: so unknown answers, ceilings and steps work as everywhere."""

from __future__ import annotations

from functools import partial
from math import fsum
from typing import TYPE_CHECKING

from acctplan.analysis.factors.base import Account, Factor, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Question, Scorecard
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity
    from acctplan.model.opportunities import Answer

UNKNOWN = "?"
_WORTH = {"-": 0.0, "+": 1.0, "0": 0.0, "1": 1 / 3, "2": 2 / 3, "3": 1.0}
_WORDS = {"-": "no", "+": "yes", UNKNOWN: "unknown", "0": "nothing", "1": "little", "2": "much", "3": "settled"}


def worth(mark: str) -> float | None:
    """What an answer is worth, 0 to 1; None for `?`, which is unknown."""
    return _WORTH.get(mark)


def in_words(question: Question, mark: str) -> str:
    """What an answer means: a grade in the question's own words where it has any."""
    return question.grades[int(mark)] if question.grades and mark != UNKNOWN else _WORDS[mark]


def shares(card: Scorecard) -> dict[str, float]:
    """By question, its part of the card's weight: together 1."""
    largest = max(question.weight for question in card.questions.values())
    parts = {key: question.weight / largest for key, question in card.questions.items()}  # the sum of very large weights has no float
    total = fsum(parts.values())
    return {key: part / total for key, part in parts.items()}


def answer_to(opportunity: Opportunity, identifier: str, card: str, question: str) -> tuple[Answer | None, Pointer]:
    """What the plan says to a question, and where; without an answer, the nearest thing that exists."""
    pointer: Pointer = ("opportunities", identifier)
    if not opportunity.scorecards:
        return None, pointer
    answers = opportunity.scorecards.get(card)
    if answers is None:
        return None, (*pointer, "scorecards")
    answer = answers.get(question)
    return answer, (*pointer, "scorecards", card) if answer is None else (*pointer, "scorecards", card, question)


def questions(identifier: str, card: Scorecard) -> Iterator[tuple[Factor, float]]:
    """Each question of a card as a factor, called `card.question`, with its share of the card's weight."""
    share = shares(card)
    for key, question in card.questions.items():
        yield Factor(f"{identifier}.{key}", question.ask, partial(_answer, identifier, key, question)), share[key]


def _answer(card: str, key: str, question: Question, account: Account, identifier: str) -> Reading:
    """The answer that the plan gives. 0 is a no, 1 a yes or settled. Unknown without an answer, or where it is `?`."""
    answer, pointer = answer_to(account.plan.opportunities[identifier], identifier, card, key)
    if answer is None:
        return Reading(None, "not answered", pointer)
    words = f"{answer.answer}, {in_words(question, answer.answer)}: {answer.evidence or 'no evidence noted'}"
    return Reading(worth(answer.answer), words, (*pointer, "answer"))
