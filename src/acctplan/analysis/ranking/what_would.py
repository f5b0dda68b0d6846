"""What would move an opportunity up: the single steps that gain most, and the best question to ask next.

A step is a concrete change of the plan, and what it is said to give is what ranking again gives after that change: same scores, same
places, of the opportunity and of every other that the change touches. A question is taken to turn out well, so its gain is the most
that the answer can give; what is done is counted one level at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.factors import Account, contribution
from acctplan.analysis.factors.money import led_to
from acctplan.analysis.ranking import order, places, rank, weigh
from acctplan.analysis.ranking import score as scored
from acctplan.analysis.ranking.changes import Change, applied
from acctplan.analysis.ranking.expected import EXACT
from acctplan.analysis.ranking.proposals import Kind, Proposal, proposals
from acctplan.analysis.relationships import deciders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from acctplan.analysis.ranking import Score, Weighing
    from acctplan.config import Config, Weights
    from acctplan.model import Plan


class Effect(NamedTuple):
    """What a step does to one opportunity."""

    opportunity: str
    """Its id, in the plan of the step."""
    gain: float
    """Points: the new score less the old one. Below 0 where the step costs this one something."""
    score: float
    ceiling: float
    place: int
    """The new rank among all, from 1."""
    place_before: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask or to do for an opportunity, and what it would give."""

    plan: str
    """What the plan was handed in as."""
    opportunity: str
    """The id of the one that it is a step for."""
    kind: Kind
    """ask: find out what is unknown; act: make something better."""
    factor: str
    """The term that rises."""
    words: str
    """What to do, as an order: `ask who decides`. It quotes the plan: not for customers' eyes."""
    detail: str
    """What would then be so: `coverage: brief → multiple`, `if 5 of 5`."""
    why: str
    """The reason of the term as it is now."""
    changes: tuple[Change, ...]
    """Made to the plan, and everything ranked again, they give the same scores and places."""
    is_best_case: bool
    """Whether the gain hangs on an answer that turns out well: it is then the most that the step can give."""
    gain: float
    """Points, above 0: the new score less the old one."""
    score: float
    """The new one, 0 to 100."""
    ceiling: float
    """The new one, 0 to 100."""
    place: int
    """The new rank among all, from 1."""
    place_before: int
    also: tuple[Effect, ...]
    """What it does to others of the same plan whose score or ceiling it moves, the greatest gain first."""
    at_stake: Decimal | None
    """What the opportunity and the others that it helps would bring us (value x margin), in the book's currency, as far as that is known
    today; None where it is of none."""

    @property
    def question(self) -> str:
        """What a step that asks wants to know, without the verb: `who decides`."""
        verb = next((verb for verb in ("answer: ", "find out ", "ask ", "note ", "grade ") if self.words.startswith(verb)), "")
        return self.words.removeprefix(verb)

    @property
    def also_helps(self) -> tuple[Effect, ...]:
        """The others whose score rises."""
        return tuple(effect for effect in self.also if effect.gain > 0)

    @property
    def total_gain(self) -> float:
        """Points that it gives to all the opportunities that it helps."""
        return self.gain + sum(effect.gain for effect in self.also_helps)


def steps(
    plans: Iterable[tuple[str, Plan]], config: Config, weights: Weights | None = None, scores: Sequence[Score] | None = None
) -> dict[tuple[str, str], list[Step]]:
    """The single steps that raise the score of each opportunity that can still be won, by plan and id: the greatest gain first.

    Args:
        plans: each with what to call it, a different name for each.
        config: as for `ranking.rank`.
        weights: instead of the configured ones.
        scores: what `rank` gives for the same plans, settings and weights, if that is known already.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    plans = list(plans)
    ranked = rank(plans, config, weights) if scores is None else scores
    if not ranked:
        return {}
    standings, weighing = _Standings(ranked), weigh(config, weights)
    in_plan: defaultdict[str, list[Score]] = defaultdict(list)
    for score in ranked:
        in_plan[score.plan].append(score)
    found: dict[tuple[str, str], list[Step]] = {(score.plan, score.id): [] for score in ranked}
    for name, plan in plans:
        trial = _Trial(name, Account(plan, config), weighing, standings)
        for score in in_plan[name]:
            found[name, score.id] = trial.steps(score)
    return found


def best_question(found: Mapping[tuple[str, str], Sequence[Step]]) -> Step | None:
    """The question with the greatest promise over a whole list; None where nothing is unknown that could raise a score.

    In this order: what the best answer would give, in whole points, to all the opportunities that it helps together (the weights are a
    judgement: tenths of a point decide nothing); then the money that hangs on it, unknown last; then how high it could lift its
    opportunity; then which stands higher today. So most is learnt, and where most is to be had: many deals lack the same answer, and
    of those the small ones can wait. A question that several opportunities share is put for the one that it lifts highest.

    Args:
        found: what `steps` gave.
    """
    return min(_questions(found), key=_promise, default=None)


def as_promising(found: Mapping[tuple[str, str], Sequence[Step]], step: Step) -> int:
    """How many other questions could add as many points, in whole ones, as that of a step.

    Args:
        found: what `steps` gave.
        step: one of them, of kind ask.
    """
    equal = {(other.plan, other.changes) for other in _questions(found) if round(other.total_gain) == round(step.total_gain)}
    return len(equal - {(step.plan, step.changes)})


def _questions(found: Mapping[tuple[str, str], Sequence[Step]]) -> Iterator[Step]:
    return (step for some in found.values() for step in some if step.kind == "ask")


def _promise(step: Step) -> tuple[int, bool, Decimal | int, int, float, int, str, str, str]:
    stake = step.at_stake
    return (
        -round(step.total_gain),
        stake is None,
        0 if stake is None else -stake,
        step.place,
        -step.gain,
        step.place_before,
        step.plan,
        step.opportunity,
        step.factor,
    )


class _Standings:
    """Where scores stand in the whole list, and where they would stand if some of them were others."""

    def __init__(self, scores: Sequence[Score]) -> None:
        self.before = {(score.plan, score.id): score for score in scores}
        self.places = places(scores)
        self._ordered = [_standing(score) for score in scores]

    def places_after(self, moved: Sequence[Score]) -> dict[str, int]:
        """The rank of each of the scores that take the place of their old ones, by id. All are of one plan."""
        gone = [_standing(self.before[score.plan, score.id]) for score in moved]
        come = [_standing(score) for score in moved]
        return {
            score.id: 1 + bisect_left(self._ordered, new) - sum(old < new for old in gone) + sum(other < new for other in come)
            for score, new in zip(moved, come, strict=True)
        }


def _standing(score: Score) -> tuple[float, float, bool, Decimal | int]:
    """What decides on a rank: all that scores are sorted by, without the ids."""
    return order(score)[:4]


@dataclass(frozen=True)
class _Trial:
    """One plan, to try changes on."""

    name: str
    account: Account
    weighing: Weighing
    standings: _Standings
    _effects: dict[tuple[Change, ...], dict[str, Effect]] = field(default_factory=dict)
    """What each change that was tried does, by the ids of the opportunities: several may share a step."""

    def steps(self, score: Score) -> list[Step]:
        """Those that raise a score, the greatest gain first; of equal ones those that lift it higher, then those that are sure."""
        terms = {term.factor: term for term in score.terms}
        rank_of_factor = {factor: number for number, factor in enumerate(terms)}
        found = []
        for proposal in proposals(self.account, score, self._valueless(score.id)):
            effects = self._try(proposal.changes)
            if score.id in effects and effects[score.id].gain > 0:
                found.append(self._step(proposal, effects, score.id, terms[proposal.factor].reason))
        return sorted(found, key=lambda step: (-step.gain, step.place, step.is_best_case, rank_of_factor[step.factor], step.words))

    def _step(self, proposal: Proposal, effects: Mapping[str, Effect], identifier: str, why: str) -> Step:
        effect = effects[identifier]
        also = sorted(
            (other for other in effects.values() if other.opportunity != identifier), key=lambda other: (-other.gain, other.place)
        )
        helped = [identifier, *(other.opportunity for other in also if other.gain > 0)]
        amounts = [brings.amount for key in helped if (brings := contribution(self.account, key))]
        return Step(
            plan=self.name,
            opportunity=identifier,
            kind=proposal.kind,
            factor=proposal.factor,
            words=proposal.words,
            detail=proposal.detail,
            why=why,
            changes=proposal.changes,
            is_best_case=proposal.is_best_case,
            gain=effect.gain,
            score=effect.score,
            ceiling=effect.ceiling,
            place=effect.place,
            place_before=effect.place_before,
            also=tuple(also),
            at_stake=reduce(EXACT.add, amounts) if amounts else None,
        )

    def _try(self, changes: tuple[Change, ...]) -> dict[str, Effect]:
        """What some changes do to each opportunity whose score or ceiling they move."""
        if changes in self._effects:
            return self._effects[changes]
        same_amounts = not any(pointer[-1] in ("value", "margin") for pointer, _ in changes)
        account = self.account.with_plan(applied(self.account.plan, changes), same_amounts=same_amounts)
        touched = self._touched(changes)
        before = {key: self.standings.before[self.name, key] for key in touched}
        after = [scored(self.name, account, key, self.weighing) for key in touched]
        moved = [score for score in after if _standing(score) != _standing(before[score.id])]
        ranks = self.standings.places_after(moved)
        effects = {
            score.id: Effect(
                score.id,
                round(score.score - before[score.id].score, 9),
                score.score,
                score.ceiling,
                ranks[score.id],
                self.standings.places[self.name, score.id],
            )
            for score in moved
        }
        self._effects[changes] = effects
        return effects

    def _touched(self, changes: Iterable[Change]) -> list[str]:
        """The opportunities whose score some changes can move, in alphabetical order."""
        touched = set[str]()
        for (section, identifier, *rest), _ in changes:
            if section == "contacts":
                touched |= self._reached_through.get(str(identifier), set())
                continue
            touched.add(str(identifier))
            if rest == ["value"]:
                touched |= self._leading_to.get(str(identifier), set())
        return sorted(key for key in touched if (self.name, key) in self.standings.before)

    @cached_property
    def _reached_through(self) -> Mapping[str, AbstractSet[str]]:
        """By contact, the opportunities that they decide on, or are one step away from somebody who does."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key, opportunity in self.account.plan.opportunities.items():
            if opportunity.is_live:
                for decider in deciders(self.account.plan, opportunity):
                    for contact in (decider, *self.account.one_step_away.get(decider, ())):
                        found[contact].add(key)
        return found

    @cached_property
    def _leading_to(self) -> Mapping[str, AbstractSet[str]]:
        """By opportunity that could be won, those that lead to it, over all steps, through others that could."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key, opportunity in self.account.plan.opportunities.items():
            if opportunity.is_live:
                for after in led_to(self.account, key):
                    found[after].add(key)
        return found

    def _valueless(self, identifier: str) -> Iterator[str]:
        """What an opportunity leads to, over all steps, that has no value."""
        opportunities = self.account.plan.opportunities
        yield from (key for key in led_to(self.account, identifier) if opportunities[key].value is None)
