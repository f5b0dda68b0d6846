"""Objectives, the strategies that reach them, and the actions that carry them out."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from acctplan.model.fields import (
    ON_REQUEST,
    SHAREABLE,
    ContactId,
    Day,
    Flag,
    Id,
    OpportunityId,
    Section,
    Shareable,
    SignedAmount,
    TeamId,
    Text,
)
from acctplan.model.people import Influence

Progress: TypeAlias = Literal["not_started", "in_progress", "deferred", "achieved", "cancelled"]
ActionStatus: TypeAlias = Literal["not_started", "in_progress", "deferred", "done", "cancelled"]


class Action(Section):
    """One thing to do, by one person, by a day."""

    what: Annotated[Text, SHAREABLE]
    owner: Annotated[TeamId | None, SHAREABLE] = None
    due: Annotated[Day | None, SHAREABLE] = None
    status: Annotated[ActionStatus, SHAREABLE] = "not_started"
    done: Annotated[Day | None, Field(description="The day on which it was done."), SHAREABLE] = None
    contact: Annotated[ContactId | None, SHAREABLE] = None
    shared: Annotated[Flag | None, Field(description="Agreed with the customer: it goes into their edition."), SHAREABLE] = None
    notes: Text | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.done is None and self.status not in ("done", "cancelled")


class Strategy(Section):
    """A way to reach an objective."""

    what: Annotated[Text, Shareable(instead="Next steps")]
    actions: Annotated[dict[Id, Action], ON_REQUEST] = Field(default_factory=dict)


class Measure(Section):
    """How we will know. The current value is computed where it can be."""

    metric: Text
    target: SignedAmount | None = None
    current: SignedAmount | None = None


class Objective(Section):
    """What we want to reach at this customer."""

    category: Annotated[Literal["marketing", "business_development", "revenue", "cross_account"], Shareable(instead="cross_account")]
    what: Annotated[Text, SHAREABLE]
    type: Literal["partnering", "relationship", "research", "customer_success"] | None = None
    opportunities: Annotated[tuple[OpportunityId, ...], SHAREABLE] = ()
    contacts: Annotated[tuple[ContactId, ...], SHAREABLE] = ()
    owner: Annotated[TeamId | None, SHAREABLE] = None
    due: Annotated[Day | None, SHAREABLE] = None
    status: Annotated[Progress, SHAREABLE] = "not_started"
    priority: Influence | None = None
    relevance: Annotated[Text | None, Field(description="Why the customer should care."), SHAREABLE] = None
    measure: Measure | None = None
    strategies: Annotated[dict[Id, Strategy], SHAREABLE] = Field(default_factory=dict)
    shared: Annotated[Flag | None, Field(description="Agreed with the customer: it goes into their edition."), SHAREABLE] = None
    notes: Text | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be reached."""
        return self.status not in ("achieved", "cancelled")
