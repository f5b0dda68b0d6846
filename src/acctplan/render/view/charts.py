"""What the pictures of a page are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import revenue
from acctplan.analysis.amounts import short
from acctplan.analysis.signs import COVERAGE, INFLUENCE, STANCE
from acctplan.render.pictures.opportunity_matrix import Range, Spot
from acctplan.render.pictures.org_chart import Seat
from acctplan.render.pictures.revenue_chart import Period
from acctplan.render.pictures.timeline import Event, Step, Track
from acctplan.render.view.words import ACTION, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan import model
    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names

_ATTRACTION = ("value", "importance_to_customer", "importance_to_us", "lead_in")
"""The factors that say how attractive an opportunity is. All others say how well we are placed."""


@dataclass(frozen=True, slots=True)
class Charts:
    """The pictures of a plan, before they are drawn. An empty one is not."""

    seats: tuple[Seat, ...]
    spots: tuple[Spot, ...]
    periods: tuple[Period, ...]
    currency: str
    tracks: tuple[Track, ...]
    events: tuple[Event, ...]
    today: date


def charts(plan: Plan, scores: Sequence[Score], config: Config, names: Names, today: date) -> Charts:
    """What a plan's pictures show.

    Args:
        plan: the plan.
        scores: of its live opportunities, by rank.
        config: the book's settings.
        names: of the plan's entries.
        today: what is late is late on this day.
    """
    figures = revenue.revenue(plan, config)
    return Charts(
        seats=tuple(_seat(identifier, contact) for identifier, contact in plan.contacts.items()),
        spots=tuple(_spot(rank, score) for rank, score in enumerate(scores, 1)),
        periods=tuple(_period(entry, today) for entry in figures.periods),
        currency=figures.currency,
        tracks=tuple(_tracks(plan, names, today)),
        events=tuple(_events(plan)),
        today=today,
    )


def _seat(identifier: str, contact: model.Contact) -> Seat:
    return Seat(
        id=identifier,
        reports_to=contact.reports_to,
        name=contact.name,
        title=contact.title,
        part=", ".join(spoken(role) for role in contact.roles),
        stance=STANCE[contact.stance],
        influence=INFLUENCE[contact.influence],
        coverage=COVERAGE[contact.coverage],
        influences=contact.influences,
    )


def _spot(rank: int, score: Score) -> Spot:
    value = score.opportunity.value
    return Spot(
        rank=rank,
        name=score.opportunity.name,
        position=_range(score, of_attraction=False),
        attraction=_range(score, of_attraction=True),
        value=None if value is None else float(value),
        value_in_words="value unknown" if value is None else f"{short(value)} {score.currency}",
    )


def _range(score: Score, *, of_attraction: bool) -> Range:
    """The weighted mean of some factors: of what is known, and with all that is unknown turned out well."""
    terms = [term for term in score.terms if (term.factor in _ATTRACTION) is of_attraction]
    whole = sum(term.out_of for term in terms)
    if not whole:
        return Range(0.0, 0.0)
    sure = sum(term.points for term in terms)
    unknown = sum(term.out_of for term in terms if term.value is None)
    return Range(min(sure / whole, 1.0), min((sure + unknown) / whole, 1.0))


def _period(entry: revenue.PeriodFigures, today: date) -> Period:
    period, figures = entry.period, entry.figures
    return Period(
        label=period.key.replace("-", " "),
        goal=figures.goal,
        booked=figures.booked,
        forecast=figures.forecast,
        is_current=period.phase(today) == "current",
    )


def _tracks(plan: Plan, names: Names, today: date) -> Iterator[Track]:
    for objective in plan.objectives.values():
        actions = [action for strategy in objective.strategies.values() for action in strategy.actions.values()]
        yield Track(objective.what, objective.due, tuple(_step(action, names, today) for action in actions))
    agreed = [action for meeting in plan.meetings.held.values() for action in meeting.actions.values()] if plan.meetings else []
    if agreed:
        yield Track("Agreed in relationship meetings", None, tuple(_step(action, names, today) for action in agreed))


def _step(action: model.Action, names: Names, today: date) -> Step:
    is_late = action.is_open and action.due is not None and action.due < today
    return Step(
        what=action.what,
        owner=names.member(action.owner),
        due=action.due,
        done=action.done,
        status=ACTION["late" if is_late else action.status],
        is_late=is_late,
        is_open=action.is_open,
    )


def _events(plan: Plan) -> Iterator[Event]:
    if plan.meetings is not None:
        for held in sorted(plan.meetings.held):
            yield Event(held, "held")
        if plan.meetings.next is not None:
            yield Event(plan.meetings.next, "planned")
