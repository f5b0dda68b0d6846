"""The customer, what drives them, who else sells to them, and who we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.render.view.origin import Origin, origin
from acctplan.render.view.words import CONFIRMED, INFLUENCE, INSIGHT_GROUPS, Sign, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from acctplan.model import Plan
    from acctplan.model.profile import YearFigures
    from acctplan.render.view.names import Names


@dataclass(frozen=True, slots=True)
class Year:
    """The customer's own figures of a year."""

    year: str
    revenue: Decimal | None
    net_income: Decimal | None
    source: str | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Charter:
    """Why both sides should want this."""

    field_of_play: str | None
    value_we_bring: str | None
    how_they_gain: str | None
    what_we_gain: str | None


@dataclass(frozen=True, slots=True)
class Customer:
    """Who the customer is."""

    industry: str | None
    website: str | None
    headquarters: str | None
    employees: int | None
    ownership: str | None
    ticker: str | None
    background: str | None
    target_markets: tuple[str, ...]
    product_lines: tuple[str, ...]
    market_opportunities: tuple[str, ...]
    market_threats: tuple[str, ...]
    history: tuple[Year, ...]
    """Oldest first."""
    aims: tuple[Year, ...]
    """Nearest first."""
    charter: Charter | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Insight:
    """One thing that drives the customer."""

    id: str
    what: str
    owner: str | None
    source: str | None
    as_of: date | None
    confirmed: Sign
    leads_to: tuple[str, ...]
    blocks: tuple[str, ...]
    answered_by: tuple[str, ...]
    shared: bool
    """Agreed with the customer, so that it stands in their edition too."""


@dataclass(frozen=True, slots=True)
class InsightGroup:
    """The insights of one kind."""

    kind: str
    title: str
    insights: tuple[Insight, ...]


@dataclass(frozen=True, slots=True)
class Competitor:
    """Somebody else who sells here."""

    name: str
    threat: Sign
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    notes: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on our side."""

    name: str
    role: str | None
    email: str | None
    phone: str | None


def customer(plan: Plan) -> Customer | None:
    """Who the customer is; None where the plan says nothing but the name."""
    profile = plan.profile
    dynamics, value = profile.market_dynamics, profile.mutual_value
    found = Customer(
        industry=profile.industry,
        website=profile.website,
        headquarters=profile.headquarters,
        employees=profile.employees,
        ownership=None if profile.ownership is None else spoken(profile.ownership),
        ticker=profile.ticker,
        background=profile.background,
        target_markets=profile.target_markets,
        product_lines=profile.product_lines,
        market_opportunities=dynamics.opportunities if dynamics else (),
        market_threats=dynamics.threats if dynamics else (),
        history=_years(profile.revenue_history),
        aims=_years(profile.revenue_objectives),
        charter=_charter(plan) if value else None,
        origin=origin(profile),
    )
    return found if any(getattr(found, name) not in (None, ()) for name in Customer.__slots__) else None


def _charter(plan: Plan) -> Charter | None:
    value = plan.profile.mutual_value
    if value is None:
        return None
    found = Charter(value.field_of_play, value.value_we_bring, value.how_they_gain, value.what_we_gain)
    return None if found == Charter(None, None, None, None) else found


def _years(figures: Mapping[str, YearFigures]) -> tuple[Year, ...]:
    return tuple(Year(year, entry.revenue, entry.net_income, entry.source, entry.as_of) for year, entry in sorted(figures.items()))


def insights(plan: Plan, names: Names) -> tuple[InsightGroup, ...]:
    """What drives the customer, by kind; only kinds that there are."""
    groups = []
    for kind, title in INSIGHT_GROUPS.items():
        found = tuple(
            Insight(
                id=identifier,
                what=entry.what,
                owner=None if entry.owner is None else names.contact(entry.owner),
                source=entry.source,
                as_of=entry.as_of,
                confirmed=CONFIRMED[entry.confirmed],
                leads_to=tuple(names.insight(key) for key in entry.leads_to),
                blocks=tuple(names.insight(key) for key in entry.blocks),
                answered_by=tuple(names.opportunity(key) for key in entry.answered_by),
                shared=bool(entry.shared),
            )
            for identifier, entry in plan.insights.items()
            if entry.kind == kind
        )
        if found:
            groups.append(InsightGroup(kind, title, found))
    return tuple(groups)


def competitors(plan: Plan) -> tuple[Competitor, ...]:
    """Who else sells here."""
    return tuple(
        Competitor(entry.name, INFLUENCE[entry.threat], entry.strengths, entry.weaknesses, entry.notes)
        for entry in plan.competitors.values()
    )


def team(plan: Plan) -> tuple[Member, ...]:
    """Who we are."""
    return tuple(Member(entry.name, entry.role, entry.email, entry.phone) for entry in plan.team.values())
