"""Who the customer is, and what both sides should gain."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from acctplan.model.fields import (
    ON_REQUEST,
    SHAREABLE,
    Count,
    CrmIds,
    Currency,
    Day,
    Flag,
    Month,
    Section,
    SignedAmount,
    TeamId,
    Text,
    Year,
)

Ownership: TypeAlias = Literal["public", "private", "subsidiary", "government", "other"]


class MarketDynamics(Section):
    """What moves the customer's own markets."""

    opportunities: tuple[Text, ...] = ()
    threats: tuple[Text, ...] = ()


class YearFigures(Section):
    """The customer's own figures of a year, in the plan's currency."""

    revenue: SignedAmount | None = None
    net_income: SignedAmount | None = None
    source: Text | None = None
    as_of: Day | None = None


class MutualValue(Section):
    """The charter: why both sides should want this."""

    shared: Annotated[Flag | None, Field(description="Agreed with the customer: it goes into their edition."), SHAREABLE] = None

    field_of_play: Annotated[Text | None, SHAREABLE] = None
    value_we_bring: Annotated[Text | None, SHAREABLE] = None
    how_they_gain: Annotated[Text | None, SHAREABLE] = None
    what_we_gain: Annotated[Text | None, SHAREABLE] = None


class Profile(Section):
    """The account: background, markets, figures. Only the name is required."""

    name: Annotated[Text, Field(description="The customer's name."), SHAREABLE]
    account_manager: Annotated[TeamId | None, Field(description="Who owns this plan: an id in `team`."), SHAREABLE] = None
    plan_type: Literal["acquisition", "expansion", "retention"] | None = None
    level: Annotated[
        Literal["start", "working", "review"] | None,
        Field(description="How far along this plan is meant to be; left out: what it has grown to. `check` expects no more."),
    ] = None
    starts: Annotated[Day | None, Field(description="First day of the plan's period."), SHAREABLE] = None
    ends: Annotated[Day | None, Field(description="Last day of the plan's period."), SHAREABLE] = None
    currency: Annotated[Currency | None, Field(description="ISO 4217; every amount in the plan is in it.")] = None
    fiscal_year_starts: Annotated[Month | None, Field(description="The month in which our fiscal year starts, 1-12.")] = None
    crm: CrmIds = Field(default_factory=dict)
    source: Annotated[Text | None, Field(description="Where this is from: a CRM, an annual report.")] = None
    as_of: Annotated[Day | None, Field(description="The day on which it was so.")] = None
    industry: Text | None = None
    website: Annotated[Text | None, SHAREABLE] = None
    headquarters: Annotated[Text | None, SHAREABLE] = None
    employees: Count | None = None
    ownership: Ownership | None = None
    ticker: Text | None = None
    background: Text | None = None
    target_markets: tuple[Text, ...] = ()
    product_lines: tuple[Text, ...] = ()
    market_dynamics: MarketDynamics | None = None
    revenue_history: Annotated[dict[Year, YearFigures], Field(description="The customer's own figures, by year.")] = Field(
        default_factory=dict
    )
    revenue_objectives: Annotated[dict[Year, YearFigures], Field(description="What the customer aims at, by year.")] = Field(
        default_factory=dict
    )
    mutual_value: Annotated[MutualValue | None, ON_REQUEST] = None
