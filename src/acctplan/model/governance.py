"""What keeps a plan alive: revenue by period, relationship meetings, risks, reviews."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acctplan.model.fields import (
    SHAREABLE,
    Amount,
    AttendeeId,
    ContactId,
    Count,
    Day,
    Flag,
    Id,
    Months,
    Place,
    Section,
    SignedAmount,
    TeamId,
    Text,
)
from acctplan.model.objectives import Action
from acctplan.model.people import Influence


class PeriodRevenue(Section):
    """Ours, of one fiscal period. The forecast is computed."""

    goal: Amount | None = None
    actual: SignedAmount | None = None


class OurSide(Section):
    """The prior period as the customer saw us."""

    expectations_met: Flag | None = None
    notes: Text | None = None


class TheirSide(Section):
    """The prior period as we saw the customer."""

    purchasing: Annotated[Literal["above", "as_planned", "below"] | None, Field(description="Against what was planned.")] = None
    notes: Text | None = None


class Finances(Section):
    """How they pay."""

    overdue_invoices: Count | None = None
    notes: Text | None = None


class HeldMeeting(Section):
    """A relationship meeting that took place."""

    attended: Annotated[tuple[AttendeeId, ...], SHAREABLE] = ()
    ours: OurSide | None = None
    theirs: TheirSide | None = None
    finances: Finances | None = None
    news_from_us: Annotated[tuple[Text, ...], SHAREABLE] = ()
    news_from_them: Annotated[tuple[Text, ...], SHAREABLE] = ()
    ideas: Annotated[tuple[Text, ...], SHAREABLE] = ()
    goals: Annotated[tuple[Text, ...], SHAREABLE] = ()
    actions: Annotated[dict[Id, Action], SHAREABLE] = Field(default_factory=dict)
    notes: Text | None = None


class Meetings(Section):
    """Relationship management meetings: the cadence, the next one, and those held (by date)."""

    every_months: Annotated[Months | None, SHAREABLE] = None
    with_: Annotated[tuple[ContactId, ...], Field(alias="with", description="Who of the customer takes part."), SHAREABLE] = ()
    next: Annotated[Day | None, SHAREABLE] = None
    held: Annotated[dict[Day, HeldMeeting], SHAREABLE] = Field(default_factory=dict)


class Risk(Section):
    """Something that could go wrong."""

    what: Text
    likelihood: Influence | None = None
    impact: Influence | None = None
    response: Text | None = None
    owner: TeamId | None = None
    status: Literal["open", "closed"] = "open"


class Review(Section):
    """A manager's review of this plan."""

    by: TeamId
    verdict: Literal["approved", "changes_wanted"] | None = None
    notes: Text | None = None
    fingerprint: Annotated[
        Id | None, Field(description="Of what was reviewed: `acctplan review --sign` writes it. By hand it says nothing.")
    ] = None
    confirmed: Annotated[
        dict[Id, Place],
        Field(description="What was confirmed since, by a fingerprint of it and of what it relied on: where it stands in the plan."),
    ] = Field(default_factory=dict)
