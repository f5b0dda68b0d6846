"""What a scorecard says about an opportunity: for us, and for those we stand against.

Unknown is never a minus. An answer that nobody has given adds no points, and the ceiling says how many it could still add; the band
is that of what is known, from half of the weight on, and beside it stand all those that are still possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis import ranking
from acctplan.analysis.factors import Account
from acctplan.analysis.factors.answers import answer_to, in_words, shares, worth
from acctplan.config import DERIVED, Scorecard, Weights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from acctplan.config import Config, Question
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

__all__ = ["DERIVED", "Against", "Result", "Term", "competitors", "decided_against", "in_use", "probability", "result"]

_FULL = 100.0
_ENOUGH = 50.0
"""Points that have to be known before a word says how it goes."""
# Floats that should be equal differ in their last digits, by the scale of the weights. Cut off there, equal results are equal.
_DIGITS = 9


class Term(NamedTuple):
    """What one question gives to a result, and why."""

    question: str
    """Its id; the name of a factor where the card is read off the plan."""
    ask: str
    part: str | None
    """The heading that it stands under."""
    weight: float
    """As configured: only the proportions matter."""
    out_of: float
    """The points of the best answer. Those of all terms add up to 100."""
    mark: str | None
    """The answer as the plan has it; None where there is none, and where the card is read off the plan."""
    value: float | None
    """What it is worth, 0 to 1; None where it is unknown."""
    points: float
    """value x out_of; 0 where it is unknown."""
    words: str
    """What the answer means."""
    evidence: str | None
    as_of: date | None
    is_gate: bool
    """Whether a plain no decides against the opportunity."""
    least: int | None
    """The least answer, 1 to 3, at the opportunity's probability; None where none is asked for."""
    pointer: Pointer

    @property
    def fails_gate(self) -> bool:
        """Whether this answer alone decides against the opportunity."""
        return self.is_gate and self.value == 0

    @property
    def misses_minimum(self) -> bool:
        """Whether less is known or settled than is asked for by now."""
        return self.least is not None and (self.value is None or self.value < (worth(str(self.least)) or 0))


@dataclass(frozen=True, slots=True)
class Result:
    """How an opportunity does on a scorecard, with the terms that the number is made of."""

    card: str
    name: str
    """The scorecard's, for people."""
    opportunity: str
    competitor: str | None
    """Whose result it is; None: ours."""
    probability: Decimal | None
    """What the minima were chosen by; None where neither the opportunity nor its stage names one."""
    points: float
    """0 to 100, unknown counted as 0."""
    ceiling: float
    """0 to 100, unknown counted as the best answer: never below the points."""
    known: float
    """The points that the questions which are answered could have given, 0 to 100."""
    band: str | None
    """The word for the points among what is known; None where that is less than half of the weight: it is too early to say."""
    possible: tuple[str, ...]
    """Every word that could still hold in the end, the worst first. Never empty."""
    terms: tuple[Term, ...]
    """One for each question, in the card's order."""

    @property
    def answered(self) -> int:
        """How many questions have an answer other than unknown."""
        return sum(term.value is not None for term in self.terms)

    @property
    def is_settled(self) -> bool:
        """Whether no answer that is still to come could change the word."""
        return len(self.possible) == 1

    @property
    def gates_failed(self) -> tuple[Term, ...]:
        """The answers that decide against the opportunity."""
        return tuple(term for term in self.terms if term.fails_gate)

    @property
    def minima_missed(self) -> tuple[Term, ...]:
        """The questions of which more should be known or settled by now."""
        return tuple(term for term in self.terms if term.misses_minimum)

    @property
    def open(self) -> tuple[Term, ...]:
        """The questions still to be answered, the most valuable first: what can decide alone, what is due by now, what weighs most."""
        unknown = (term for term in self.terms if term.value is None)
        return tuple(sorted(unknown, key=lambda term: (not term.is_gate, term.least is None, -term.out_of)))


def result(plan: Plan, opportunity_id: str, card_id: str, config: Config, competitor: str | None = None) -> Result:
    """What a scorecard says about an opportunity.

    Args:
        plan: the account's.
        opportunity_id: an opportunity of it.
        card_id: a scorecard of `config.cards`, or `DERIVED`: the factors of the ranking, read off the plan.
        config: the scorecards, the stages, and the weights of the factors.
        competitor: whose answers to look at. None: ours. Gates and minima are about us alone.

    Raises:
        UserError: the configuration has no rate for the plan's currency; of `DERIVED` only.
        ValueError: `DERIVED` was asked about a competitor: a plan is about us.
    """
    if card_id == DERIVED:
        if competitor is not None:
            msg = f"the scorecard {DERIVED} is read off the plan, which is about us"
            raise ValueError(msg)
        return _derived(plan, opportunity_id, config)
    card, opportunity = config.cards[card_id], plan.opportunities[opportunity_id]
    share, odds = shares(card), probability(opportunity, config)
    terms = []
    for key, question in card.questions.items():
        given, pointer = answer_to(opportunity, opportunity_id, card_id, key)
        ours = competitor is None
        mark = None if given is None else given.answer if ours else given.competitors.get(str(competitor))
        value = None if mark is None else worth(mark)
        out_of = _FULL * share[key]
        terms.append(
            Term(
                question=key,
                ask=question.ask,
                part=question.part,
                weight=question.weight,
                out_of=out_of,
                mark=mark,
                value=value,
                points=out_of * (value or 0),
                words="not answered" if mark is None else in_words(question, mark),
                evidence=given.evidence if given and ours else None,
                as_of=given.as_of if given and mark is not None else None,
                is_gate=question.gate and ours,
                least=_least(question, odds) if ours else None,
                pointer=pointer if mark is None else (*pointer, "answer") if ours else (*pointer, "competitors", str(competitor)),
            )
        )
    return _summed(card_id, card.name, opportunity_id, competitor=competitor, odds=odds, terms=terms, bands=card.bands)


def competitors(opportunity: Opportunity, card_id: str) -> tuple[str, ...]:
    """Those we stand against of whom the card says something, in the order of its answers."""
    return tuple(dict.fromkeys(rival for answer in opportunity.scorecards.get(card_id, {}).values() for rival in answer.competitors))


def in_use(opportunity: Opportunity, config: Config) -> tuple[str, ...]:
    """The scorecards that an opportunity has answers to, and those that the ranking counts, in the order of `config.cards`."""
    weighed: Mapping[str, float] = config.ranking.weights.scorecards
    return tuple(card for card in config.cards if opportunity.scorecards.get(card) or weighed.get(card))


class Against(NamedTuple):
    """An answer that decides against an opportunity."""

    card: str
    term: Term


def decided_against(plan: Plan, opportunity_id: str, config: Config) -> tuple[Against, ...]:
    """The answers that decide against an opportunity: a plain no to a gate, on any card in use.

    Args:
        plan: the account's.
        opportunity_id: an opportunity of it.
        config: the scorecards, and which of them the ranking counts.
    """
    used = in_use(plan.opportunities[opportunity_id], config)
    return tuple(Against(card, term) for card in used for term in result(plan, opportunity_id, card, config).gates_failed)


def probability(opportunity: Opportunity, config: Config) -> Decimal | None:
    """How likely an opportunity is to be won: its own word, else its stage's; None where it has neither."""
    if opportunity.probability is not None or opportunity.stage is None:
        return opportunity.probability
    return config.stages[opportunity.stage].probability


def _least(question: Question, odds: Decimal | None) -> int | None:
    if odds is None:
        return None
    return max((least for share, least in question.needed if share <= odds), default=None)


def _derived(plan: Plan, opportunity_id: str, config: Config) -> Result:
    """The factors of the ranking as a card of its own, without the scorecards that the ranking may count."""
    factors = config.ranking.weights.model_copy(update={"scorecards": {}})
    weighing = ranking.weigh(config, factors if any(factors.by_name.values()) else Weights())
    score = ranking.score("", Account(plan, config), opportunity_id, weighing)
    asks = {factor.name: factor.summary for factor, _, _ in weighing}
    terms = [
        Term(
            question=term.factor,
            ask=asks[term.factor],
            part=None,
            weight=term.weight,
            out_of=term.out_of,
            mark=None,
            value=term.value,
            points=term.points,
            words=term.reason,
            evidence=None,
            as_of=None,
            is_gate=False,
            least=None,
            pointer=term.pointer,
        )
        for term in score.terms
    ]
    bands = Scorecard.model_fields["bands"].default
    odds = probability(plan.opportunities[opportunity_id], config)
    return _summed(DERIVED, "The factors of the ranking", opportunity_id, odds=odds, terms=terms, bands=bands)


def _summed(
    card_id: str,
    name: str,
    opportunity_id: str,
    *,
    competitor: str | None = None,
    odds: Decimal | None,
    terms: list[Term],
    bands: tuple[tuple[float, str], ...],
) -> Result:
    points = round(fsum(term.points for term in terms), _DIGITS)
    weighed = fsum(term.out_of for term in terms if term.value is not None)
    known = _FULL if all(term.value is not None for term in terms) else min(round(weighed, _DIGITS), _FULL)
    ceiling = max(points, min(round(points + _FULL - known, _DIGITS), _FULL))
    worst, best = _band(bands, points / _FULL), _band(bands, ceiling / _FULL)
    return Result(
        card=card_id,
        name=name,
        opportunity=opportunity_id,
        competitor=competitor,
        probability=odds,
        points=points,
        ceiling=ceiling,
        known=known,
        band=bands[_band(bands, points / known)][1] if known >= _ENOUGH else None,
        possible=tuple(dict.fromkeys(bands[place][1] for place in range(worst, best - 1, -1))),
        terms=tuple(term._replace(out_of=round(term.out_of, _DIGITS), points=round(term.points, _DIGITS)) for term in terms),
    )


def _band(bands: tuple[tuple[float, str], ...], share: float) -> int:
    """The place of the band that a share of the points lies in."""
    return next(place for place, (least, _) in enumerate(bands) if round(least, _DIGITS) <= round(share, _DIGITS))
