"""What scorecards say about an opportunity, question by question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import scorecards as analysis
from acctplan.render.view.words import answer_sign

if TYPE_CHECKING:
    from datetime import date

    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names
    from acctplan.render.view.words import Sign


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, and what is known of the same for those we stand against."""

    ask: str
    part: str | None
    """The heading that it stands under."""
    answer: Sign
    points: int
    out_of: int
    evidence: str | None
    as_of: date | None
    decides_against: bool
    """It is a plain no to a question that decides alone."""
    is_due: bool
    """More should be known or settled at the opportunity's probability."""
    rivals: tuple[Sign, ...]
    """The competitors' answers, in the order of the card's rivals."""


@dataclass(frozen=True, slots=True)
class Rival:
    """What the same questions say about somebody we stand against."""

    name: str
    points: int
    ceiling: int
    band: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard with at least one answer."""

    name: str
    points: int
    """0 to 100, unknown counted as 0."""
    ceiling: int
    """0 to 100, unknown counted as the best answer."""
    band: str | None
    """The word for what is known; None where nothing that counts is."""
    possible: tuple[str, ...]
    """Every word that could still hold in the end, the worst first."""
    rivals: tuple[Rival, ...]
    answers: tuple[Answer, ...]
    """Of the questions that the plan says something to, in the card's order."""
    unanswered: tuple[str, ...]
    """What it asks beside that."""


def cards(identifier: str, plan: Plan, config: Config, names: Names) -> tuple[Card, ...]:
    """The scorecards of an opportunity to which it has answers."""
    answered = plan.opportunities[identifier].scorecards
    return tuple(_card(identifier, card, plan, config, names) for card in config.cards if answered.get(card))


def _card(identifier: str, card: str, plan: Plan, config: Config, names: Names) -> Card:
    ours = analysis.result(plan, identifier, card, config)
    rivals = {
        rival: analysis.result(plan, identifier, card, config, rival)
        for rival in analysis.competitors(plan.opportunities[identifier], card)
    }
    given = plan.opportunities[identifier].scorecards[card]
    rows = zip(ours.terms, *(found.terms for found in rivals.values()), strict=True)
    return Card(
        name=ours.name,
        points=round(ours.points),
        ceiling=round(ours.ceiling),
        band=ours.band,
        possible=ours.possible,
        rivals=tuple(
            Rival(names.competitor(rival) or "", round(found.points), round(found.ceiling), found.band) for rival, found in rivals.items()
        ),
        answers=tuple(_answer(*row) for row in rows if row[0].question in given),
        unanswered=tuple(term.ask for term in ours.terms if term.question not in given),
    )


def _answer(ours: analysis.Term, *theirs: analysis.Term) -> Answer:
    return Answer(
        ask=ours.ask,
        part=ours.part,
        answer=answer_sign(ours.mark, ours.words),
        points=round(ours.points),
        out_of=round(ours.out_of),
        evidence=ours.evidence,
        as_of=ours.as_of,
        decides_against=ours.fails_gate,
        is_due=ours.misses_minimum,
        rivals=tuple(answer_sign(term.mark, term.words) for term in theirs),
    )
