"""What we could win, ranked; what is not known about it; what was won and lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.ranking import weigh
from acctplan.analysis.relationships import coverage, stance
from acctplan.analysis.revenue import probability_of
from acctplan.render.view.origin import Origin, origin
from acctplan.render.view.scorecards import cards
from acctplan.render.view.words import COMPARISON, COVERAGE, OPPORTUNITY, POSITION, STANCE, Sign, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan import model
    from acctplan.analysis.ranking import Score, Term
    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names
    from acctplan.render.view.scorecards import Card


@dataclass(frozen=True, slots=True)
class Reason:
    """What one factor gives to a score, and why."""

    factor: str
    question: str
    """What the factor asks."""
    known: bool
    points: int
    out_of: int
    width: int
    """The reading in percent; 0 where it is unknown."""
    why: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """A contact's part in an opportunity."""

    id: str
    name: str
    title: str | None
    roles: tuple[str, ...]
    """For this opportunity; else the contact's own."""
    stance: Sign
    coverage: Sign


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that the customer decides by."""

    what: str
    mandatory: bool
    held_by: tuple[str, ...]
    position: Sign


@dataclass(frozen=True, slots=True)
class Competition:
    """How we stand against the others."""

    position: Sign
    competitors: tuple[str, ...]
    incumbent: str | None
    strategy: str | None


@dataclass(frozen=True, slots=True)
class Importance:
    """Strategic value on both sides, 1 to 5."""

    customer: int | None
    us: int | None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that the customer could buy from us."""

    id: str
    rank: int
    """1 for the most worthwhile; 0 where it is closed."""
    score: int
    """0 to 100, unknown counted as 0."""
    ceiling: int
    """0 to 100, unknown counted as 1."""
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    """The factors that are not known."""
    name: str
    status: Sign
    stage: str | None
    probability: Decimal | None
    """Its own, else its stage's."""
    kind: str | None
    unit: str | None
    solution: str | None
    value: Decimal | None
    margin: Decimal | None
    close_date: date | None
    close_is_past: bool
    effort_days: int | None
    owner: str | None
    need: str | None
    approach: str | None
    customer_impact: str | None
    importance: Importance | None
    buyers: tuple[Buyer, ...]
    criteria: tuple[Criterion, ...]
    competition: Competition | None
    penetration: str | None
    scorecards: tuple[Card, ...]
    leads_to: tuple[str, ...]
    next_step: str | None
    next_step_due: date | None
    next_step_is_past: bool
    closed_because: str | None
    shared: bool
    """Agreed with the customer, so that it stands in their edition too."""
    notes: str | None
    origin: Origin | None


def live(plan: Plan, scores: Sequence[Score], config: Config, names: Names, today: date) -> tuple[Opportunity, ...]:
    """What can still be won, in the order of its scores."""
    asks = {factor.name: factor.summary for factor, _, _ in weigh(config)}
    ranks = (_Ranked(place, score, asks) for place, score in enumerate(scores, 1))
    return tuple(_opportunity(ranked.score.id, plan, config, names, today, ranked) for ranked in ranks)


class _Ranked(NamedTuple):
    """What a ranking says about an opportunity."""

    place: int
    score: Score
    asks: Mapping[str, str]
    """What each factor asks, by its name."""


def closed(plan: Plan, config: Config, names: Names, today: date) -> tuple[Opportunity, ...]:
    """What was won, lost or dropped, in the order of the plan."""
    identifiers = [identifier for identifier, entry in plan.opportunities.items() if not entry.is_live]
    return tuple(_opportunity(identifier, plan, config, names, today) for identifier in identifiers)


def _opportunity(identifier: str, plan: Plan, config: Config, names: Names, today: date, ranked: _Ranked | None = None) -> Opportunity:
    entry = plan.opportunities[identifier]
    reasons = tuple(_reason(term, ranked.asks) for term in ranked.score.terms if term.out_of) if ranked else ()
    is_live = entry.is_live
    return Opportunity(
        id=identifier,
        rank=ranked.place if ranked else 0,
        score=round(ranked.score.score) if ranked else 0,
        ceiling=round(ranked.score.ceiling) if ranked else 0,
        reasons=reasons,
        unknown=tuple(reason.factor for reason in reasons if not reason.known),
        name=entry.name,
        status=OPPORTUNITY[entry.status],
        stage=None if entry.stage is None else spoken(entry.stage),
        probability=probability_of(entry, config),
        kind=None if entry.kind is None else entry.kind.replace("_", "-"),
        unit=names.unit(entry.unit),
        solution=names.solution(entry.solution),
        value=entry.value,
        margin=entry.margin,
        close_date=entry.close_date,
        close_is_past=is_live and entry.close_date is not None and entry.close_date < today,
        effort_days=entry.effort_days,
        owner=names.member(entry.owner),
        need=entry.need,
        approach=entry.approach,
        customer_impact=entry.customer_impact,
        importance=None if entry.importance is None else Importance(entry.importance.customer, entry.importance.us),
        buyers=tuple(_buyer(contact, entry, plan, names) for contact in entry.buying_roles),
        criteria=tuple(
            Criterion(criterion.what, bool(criterion.mandatory), names.contacts(criterion.held_by), COMPARISON[criterion.position])
            for criterion in entry.decision_criteria
        ),
        competition=_competition(entry, names),
        penetration=entry.penetration,
        scorecards=cards(identifier, plan, config, names),
        leads_to=tuple(names.opportunity(key) for key in entry.leads_to),
        next_step=entry.next_step,
        next_step_due=entry.next_step_due,
        next_step_is_past=is_live and entry.next_step_due is not None and entry.next_step_due < today,
        closed_because=entry.closed_because,
        shared=bool(entry.shared),
        notes=entry.notes,
        origin=origin(entry),
    )


def _reason(term: Term, asks: Mapping[str, str]) -> Reason:
    return Reason(
        factor=spoken(term.factor),
        question=asks[term.factor],
        known=term.value is not None,
        points=round(term.points),
        out_of=round(term.out_of),
        width=round(100 * (term.value or 0)),
        why=term.reason,
    )


def _buyer(identifier: str, entry: model.Opportunity, plan: Plan, names: Names) -> Buyer:
    """What the opportunity leaves out comes from the contact."""
    contact, own = plan.contacts[identifier], entry.buying_roles[identifier].role
    return Buyer(
        id=identifier,
        name=names.contact(identifier),
        title=contact.title if contact.name else None,
        roles=tuple(spoken(role) for role in ((own,) if own else contact.roles)),
        stance=STANCE[stance(plan, entry, identifier)],
        coverage=COVERAGE[coverage(plan, entry, identifier)],
    )


def _competition(entry: model.Opportunity, names: Names) -> Competition | None:
    competition = entry.competition
    if competition is None:
        return None
    return Competition(
        position=POSITION[competition.position],
        competitors=tuple(names.competitor(key) or "" for key in competition.competitors),
        incumbent=names.competitor(competition.incumbent),
        strategy=competition.strategy,
    )
