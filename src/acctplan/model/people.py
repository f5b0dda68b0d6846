"""The people on both sides, and the parts of the customer that buy."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from acctplan.model.fields import (
    SHAREABLE,
    ContactId,
    CrmIds,
    Day,
    Flag,
    Months,
    Section,
    TeamId,
    Text,
    UnitId,
)

BuyingRole: TypeAlias = Literal["decision_maker", "sponsor", "evaluator", "influencer", "purchaser", "user"]
Stance: TypeAlias = Literal["supportive", "neutral", "negative"]
Influence: TypeAlias = Literal["high", "medium", "low"]
Coverage: TypeAlias = Literal["none", "brief", "multiple", "in_depth"]
Standing: TypeAlias = Literal["vendor", "credible_source", "problem_solver", "trusted_advisor"]


class TeamMember(Section):
    """Somebody on our side."""

    name: Annotated[Text, SHAREABLE]
    role: Annotated[Text | None, SHAREABLE] = None
    email: Annotated[Text | None, SHAREABLE] = None
    phone: Annotated[Text | None, SHAREABLE] = None


class Unit(Section):
    """A plan unit: a part of the customer that buys."""

    name: Annotated[Text, SHAREABLE]
    parent: UnitId | None = None
    target: Annotated[Flag | None, Field(description="Do we want to sell here?")] = None
    notes: Text | None = None


class Relationship(Section):
    """What we are to a contact, and what we want to be."""

    now: Standing | None = None
    target: Standing | None = None
    with_: Annotated[TeamId | None, Field(alias="with", description="Who on our side holds it: an id in `team`.")] = None
    every_months: Annotated[
        Months | None, Field(description="How often they should meet: months from one talk to the next. A dry spell is flagged.")
    ] = None


class Contact(Section):
    """Somebody at the customer, or a seat whose holder we do not know yet (no name)."""

    name: Annotated[Text | None, Field(description="Left out: a seat whose holder we do not know yet."), SHAREABLE] = None
    title: Annotated[Text | None, SHAREABLE] = None
    unit: UnitId | None = None
    reports_to: ContactId | None = None
    influences: Annotated[tuple[ContactId, ...], Field(description="Informal lines, beside `reports_to`.")] = ()
    roles: tuple[BuyingRole, ...] = ()
    stance: Annotated[Stance | None, Field(description="Left out is unknown, which is not neutral.")] = None
    influence: Influence | None = None
    coverage: Annotated[Coverage | None, Field(description="How well we know them.")] = None
    relationship: Relationship | None = None
    email: Text | None = None
    phone: Text | None = None
    crm: CrmIds = Field(default_factory=dict)
    source: Annotated[Text | None, Field(description="Where this is from: a CRM, an annual report.")] = None
    as_of: Annotated[Day | None, Field(description="The day on which it was so.")] = None
    last_contact: Day | None = None
    personal_agenda: Annotated[Text | None, Field(description="What is in it for them.")] = None
    notes: Text | None = None
