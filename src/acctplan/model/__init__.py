"""The shape of an account plan: `Plan` and its sections. No opinions here: what a good plan has is for the rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acctplan.model.fields import (
    ON_REQUEST,
    SHAREABLE,
    Day,
    Id,
    Period,
    Section,
    SolutionId,
    UnitId,
)
from acctplan.model.governance import HeldMeeting, Meetings, PeriodRevenue, Review, Risk
from acctplan.model.insights import Insight
from acctplan.model.market import Cell, Competitor, Solution
from acctplan.model.objectives import Action, Objective, Strategy
from acctplan.model.opportunities import Answer, Buyer, Competition, Criterion, Opportunity
from acctplan.model.people import Contact, TeamMember, Unit
from acctplan.model.profile import Profile
from acctplan.model.questions import Question

__all__ = [
    "Action",
    "Answer",
    "Buyer",
    "Cell",
    "Competition",
    "Competitor",
    "Contact",
    "Criterion",
    "HeldMeeting",
    "Insight",
    "Meetings",
    "Objective",
    "Opportunity",
    "PeriodRevenue",
    "Plan",
    "Profile",
    "Question",
    "Review",
    "Risk",
    "Section",
    "Solution",
    "Strategy",
    "TeamMember",
    "Unit",
]


class Plan(Section):
    """An account plan. Every section but `profile` is optional."""

    acctplan: Annotated[Literal["1"], Field(description="Version of this format.")] = "1"
    profile: Annotated[Profile, SHAREABLE]
    insights: Annotated[dict[Id, Insight], Field(description="What drives the customer."), ON_REQUEST] = Field(default_factory=dict)
    team: Annotated[dict[Id, TeamMember], Field(description="Our side."), SHAREABLE] = Field(default_factory=dict)
    units: Annotated[dict[Id, Unit], Field(description="Plan units: the parts of the customer that buy."), SHAREABLE] = Field(
        default_factory=dict
    )
    solutions: Annotated[
        dict[Id, Solution], Field(description="What we could sell here; usually kept once in acctplan.toml."), SHAREABLE
    ] = Field(default_factory=dict)
    contacts: Annotated[dict[Id, Contact], Field(description="The people at the customer."), SHAREABLE] = Field(default_factory=dict)
    competitors: Annotated[dict[Id, Competitor], Field(description="Who else sells here.")] = Field(default_factory=dict)
    white_space: Annotated[dict[UnitId, dict[SolutionId, Cell]], Field(description="Unit by solution.")] = Field(default_factory=dict)
    opportunities: Annotated[dict[Id, Opportunity], Field(description="What we could win."), ON_REQUEST] = Field(default_factory=dict)
    objectives: Annotated[dict[Id, Objective], Field(description="Objectives, strategies, actions."), ON_REQUEST] = Field(
        default_factory=dict
    )
    revenue: Annotated[dict[Period, PeriodRevenue], Field(description="Ours, by fiscal period.")] = Field(default_factory=dict)
    meetings: Annotated[Meetings | None, Field(description="Relationship management meetings."), SHAREABLE] = None
    risks: Annotated[dict[Id, Risk], Field(description="What could go wrong.")] = Field(default_factory=dict)
    questions: Annotated[dict[Id, Question], Field(description="What we still have to ask.")] = Field(default_factory=dict)
    reviews: Annotated[dict[Day, Review], Field(description="The manager's reviews of this plan.")] = Field(default_factory=dict)
