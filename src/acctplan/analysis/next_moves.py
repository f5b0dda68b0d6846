"""What to do next: everything in a plan that presses, with how much and why.

Urgency is a weighted sum out of 100 that shows its terms: how the day stands (late, soon), what kind of thing it is, and the money that
hangs on it. A move knows the place in the plan that it follows from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import fsum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis import overdue, ranking
from acctplan.analysis.actions import live_actions
from acctplan.analysis.amounts import short
from acctplan.analysis.factors import Account, contribution, on_scale
from acctplan.analysis.meetings import executive_words, executives
from acctplan.analysis.ranking import what_would
from acctplan.analysis.relationships import called, key_players
from acctplan.analysis.white_space import is_ours, renews, white_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.what_would import Step
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

Kind: TypeAlias = Literal[
    "action", "next_step", "close_date", "objective", "meeting", "review", "minutes", "contact", "contract", "fact", "no_action", "question"
]

_TIME, _KIND, _MONEY = 50, 30, 20
"""The points of a full reading."""
_WEIGHT: dict[Kind, float] = {
    "meeting": 1.0,
    "contract": 0.9,
    "close_date": 0.9,
    "next_step": 0.8,
    "minutes": 0.7,
    "action": 0.7,
    "no_action": 0.6,
    "contact": 0.5,
    "review": 0.5,
    "objective": 0.4,
    "question": 0.4,
    "fact": 0.1,
}
"""How much a kind of thing presses by itself: what the customer waits for most, what only we would miss least."""
_DUE = 0.6
"""What `time` reads on the day itself; it rises to 1 where something is late by `_VERY_LATE` days."""
_VERY_LATE = 30
_RANKED_HIGH = 5
"""So many of the first opportunities should have an open action."""


class Term(NamedTuple):
    """A part of an urgency."""

    name: Literal["time", "kind", "money"]
    points: float
    out_of: int
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """Something to do next."""

    plan: str
    """What the plan was handed in as."""
    kind: Kind
    pointer: Pointer
    """What it follows from."""
    subject: Pointer
    """What it is about: an action, an opportunity, a contact, a cell."""
    what: str
    """What to do, in the plan's words where it has them. It quotes the plan: not for customers' eyes."""
    why: str
    owner: str | None
    """The id of who should see to it, in `team`; None: nobody in particular, so the account manager."""
    day: date | None
    """By when."""
    terms: tuple[Term, ...]
    step: Step | None = None
    """Of a question: the step that the answer is."""

    @property
    def urgency(self) -> float:
        """0 to 100."""
        return round(fsum(term.points for term in self.terms), 9)


def next_moves(plans: Iterable[tuple[str, Plan]], config: Config, today: date, within: int) -> list[Move]:
    """What presses in some plans, the most pressing first.

    Args:
        plans: each with what to call it, a different name for each.
        config: the book's settings.
        today: the day it is.
        within: days ahead that are looked at: what is due later does not press yet.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    plans = list(plans)
    scores = ranking.rank(plans, config)
    moves = [move for name, plan in plans for move in _Account(name, plan, config, today, within).moves()]
    by_plan = dict(plans)
    moves += _without_action(scores, by_plan, config, today)
    moves += _question(plans, scores, config)
    return sorted(moves, key=lambda move: (-move.urgency, move.day is None, move.day or today, move.plan, _key(move.pointer)))


def _key(pointer: Pointer) -> tuple[str, ...]:
    return tuple(map(str, pointer))


class _Account:
    """A plan that is looked through."""

    def __init__(self, name: str, plan: Plan, config: Config, today: date, within: int) -> None:
        self.name, self.plan, self.config, self.today = name, plan, config, today
        self.last = today + timedelta(days=within)
        self.within = within
        self.account = Account(plan, config)

    def moves(self) -> Iterator[Move]:
        """Everything that presses in it, but for what needs a look at all plans."""
        yield from self._dated()
        yield from self._minutes()
        yield from self._contacts()
        yield from self._contracts()
        yield from self._facts()

    def _dated(self) -> Iterator[Move]:
        for due in overdue.dated(self.plan, self.config.limits, self.today):
            if due.due > self.last:
                continue
            subject = due.pointer if due.kind in ("meeting", "review") else due.pointer[:-1]
            opportunities = self._behind(subject)
            what = {"meeting": "Hold the relationship meeting", "review": "Review the plan with the manager"}.get(due.kind, due.what)
            if due.kind == "next_step":
                step = self.plan.opportunities[str(subject[1])].next_step
                what = f"{step} ({due.what})" if step else f"Agree on a next step: {due.what}"
            elif due.kind == "close_date":
                what = f"Won, lost, or another close date? {due.what}"
            terms = self._terms(due.kind, due.due, opportunities)
            why = _when(due.due, self.today)
            yield Move(self.name, due.kind, due.pointer, subject, what, why, due.owner, due.due, terms)

    def _minutes(self) -> Iterator[Move]:
        meetings = self.plan.meetings
        last = None if meetings is None else overdue.last_meeting(meetings, self.today)
        if meetings is not None and last is not None and not meetings.held[last].actions:
            pointer = ("meetings", "held", last.isoformat())
            why = f"held on {last}, and nothing was agreed to be done"
            what = "Note what the relationship meeting agreed on"
            yield Move(self.name, "minutes", pointer, pointer, what, why, None, last, self._terms("minutes", last, ()))

    def _contacts(self) -> Iterator[Move]:
        yield from self._executives()
        limit = self.config.limits.contact_days
        for identifier, contact in key_players(self.plan):
            has_own_cadence = contact.relationship is not None and contact.relationship.every_months is not None
            if contact.name is None or contact.last_contact is None or has_own_cadence:
                continue
            day = contact.last_contact + timedelta(days=limit)
            if day <= self.last:
                pointer = ("contacts", identifier, "last_contact")
                why = f"key player, last contact {contact.last_contact}, {(self.today - contact.last_contact).days} days ago"
                owner = contact.relationship.with_ if contact.relationship else None
                what = f"Speak with {called(self.plan, identifier)}"
                terms = self._terms("contact", day, self._deciding(identifier))
                yield Move(self.name, "contact", pointer, pointer[:2], what, why, owner, day, terms)

    def _executives(self) -> Iterator[Move]:
        """Contacts with a cadence of their own."""
        for one in executives(self.plan, self.today):
            if one.due is None or one.due <= self.last:
                subject = ("contacts", one.contact)
                terms = self._terms("contact", one.due, self._deciding(one.contact))
                what = f"Speak with {called(self.plan, one.contact)}"
                why = executive_words(self.plan, one, self.today)
                yield Move(self.name, "contact", one.pointer, subject, what, why, one.with_, one.due, terms)

    def _contracts(self) -> Iterator[Move]:
        matrix = white_space(self.plan, self.config)
        for (unit, solution), cell in matrix.cells.items():
            ends = cell.entry.contract_ends if cell.entry else None
            if ends is None or not self.today <= ends <= self.today + timedelta(days=self.config.limits.contract_days):
                continue
            pointer = ("white_space", unit, solution, "contract_ends")
            where = f"{matrix.solutions[solution]}, {self.plan.units[unit].name}"
            ours = is_ours(self.plan, cell)
            what = f"Renew before somebody else does: {where}" if ours else f"Be there when their contract ends: {where}"
            live = tuple(key for key in cell.opportunities if self.plan.opportunities[key].is_live)
            if ours and any(renews(self.plan.opportunities[key], ends, self.config.limits.contract_days) for key in cell.opportunities):
                what = f"Renewed: write down when the new contract ends: {where}"
            why = f"{'our' if ours else 'the'} contract ends on {ends}, in {(ends - self.today).days} days"
            why += f"; pursued: {self.plan.opportunities[live[0]].name}" if live else "; no opportunity yet"
            terms = self._terms("contract", ends, live)
            yield Move(self.name, "contract", pointer, pointer[:-1], what, why, None, ends, terms)

    def _facts(self) -> Iterator[Move]:
        limit = self.config.limits.fact_days
        for identifier, insight in self.plan.insights.items():
            if insight.as_of is not None and (self.today - insight.as_of).days > limit:
                pointer = ("insights", identifier, "as_of")
                why = f"noted on {insight.as_of}, {(self.today - insight.as_of).days} days ago"
                what = f"Does it still hold? {insight.what}"
                terms = self._terms("fact", None, insight.answered_by)
                yield Move(self.name, "fact", pointer, pointer[:2], what, why, None, None, terms)

    def _behind(self, subject: Pointer) -> Sequence[str]:
        """The opportunities that something is for."""
        if subject[0] == "opportunities":
            return (str(subject[1]),)
        if subject[0] == "objectives":
            return self.plan.objectives[str(subject[1])].opportunities
        return ()

    def _deciding(self, contact: str) -> tuple[str, ...]:
        return tuple(key for key, one in self.plan.opportunities.items() if one.is_live and contact in one.buying_roles)

    def _terms(self, kind: Kind, day: date | None, opportunities: Iterable[str]) -> tuple[Term, ...]:
        return _time(day, self.today, self.within), _of_kind(kind), _money(self.account, opportunities)


def _without_action(scores: Sequence[Score], plans: dict[str, Plan], config: Config, today: date) -> Iterator[Move]:
    """The first opportunities for which nobody has anything to do."""
    for place, score in enumerate(scores[:_RANKED_HIGH], 1):
        plan = plans[score.plan]
        busy = {
            key
            for _, action, objective, _ in live_actions(plan)
            if action.is_open and objective is not None
            for key in plan.objectives[objective].opportunities
        }
        upcoming = score.opportunity.next_step_due
        if score.id not in busy and (upcoming is None or upcoming < today):
            pointer = ("opportunities", score.id)
            terms = (_time(None, today, 0), _of_kind("no_action"), _money(Account(plan, config), (score.id,)))
            why = f"ranked {place}, and nobody has an open action for it"
            what = f"Plan an action: {score.opportunity.name}"
            yield Move(score.plan, "no_action", pointer, pointer, what, why, score.opportunity.owner, None, terms)


def _question(plans: Sequence[tuple[str, Plan]], scores: Sequence[Score], config: Config) -> Iterator[Move]:
    """The best question to ask over all plans."""
    best = what_would.best_question(what_would.steps(plans, config, scores=scores))
    if best is None:
        return
    plan = dict(plans)[best.plan]
    opportunity = plan.opportunities[best.opportunity]
    pointer = ("opportunities", best.opportunity)
    terms = (Term("time", 0.0, _TIME, "no day"), _of_kind("question"), _money(Account(plan, config), (best.opportunity,)))
    why = f"the question whose answer could move most: up to {best.total_gain:.0f} points"
    what = f"{best.words[:1].upper()}{best.words[1:]}: {opportunity.name}"
    yield Move(best.plan, "question", pointer, pointer, what, why, opportunity.owner, None, terms, best)


def _when(day: date, today: date) -> str:
    late = (today - day).days
    if late > 0:
        return f"due {day}, {late} day{'s' if late > 1 else ''} late"
    if not late:
        return f"due today, {day}"
    return f"due {day}, in {-late} day{'s' if late < -1 else ''}"


def _time(day: date | None, today: date, within: int) -> Term:
    """0 at the end of what is looked at, rising to the day itself, then on while it is late."""
    if day is None:
        return Term("time", 0.0, _TIME, "no day")
    late = (today - day).days
    rest = (1 - _DUE) * min(late, _VERY_LATE) / _VERY_LATE if late >= 0 else max(-_DUE, _DUE * late / max(within, 1))
    share = _DUE + rest
    return Term("time", _TIME * share, _TIME, _when(day, today))


def _of_kind(kind: Kind) -> Term:
    return Term("kind", _KIND * _WEIGHT[kind], _KIND, kind.replace("_", " "))


def _money(account: Account, opportunities: Iterable[str]) -> Term:
    """What hangs on it, on the scale of the ranking: the contribution of the opportunities that it is for."""
    found = [brings.amount for key in dict.fromkeys(opportunities) if (brings := contribution(account, key)) is not None]
    if not found:
        return Term("money", 0.0, _MONEY, "no amount hangs on it that is known")
    total: Decimal = sum(found[1:], found[0])
    share = on_scale(total, account.config.ranking.value_scale)
    return Term("money", _MONEY * share, _MONEY, f"{short(total)} {account.config.currency} of margin")
