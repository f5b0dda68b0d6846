"""Objectives, the strategies that reach them, and the actions that carry them out."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from acctplan.model.fields import ContactId, Day, Id, OpportunityId, Section, SignedAmount, TeamId, Text
from acctplan.model.people import Influence

Progress: TypeAlias = Literal["not_started", "in_progress", "deferred", "achieved", "cancelled"]
ActionStatus: TypeAlias = Literal["not_started", "in_progress", "deferred", "done", "cancelled"]


class Action(Section):
    """One thing to do, by one person, by a day."""

    what: Text
    owner: TeamId | None = None
    due: Day | None = None
    status: ActionStatus = "not_started"
    done: Annotated[Day | None, Field(description="The day on which it was done.")] = None
    contact: ContactId | None = None
    notes: Text | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.done is None and self.status not in ("done", "cancelled")


class Strategy(Section):
    """A way to reach an objective."""

    what: Text
    actions: dict[Id, Action] = Field(default_factory=dict)


class Measure(Section):
    """How we will know. The current value is computed where it can be."""

    metric: Text
    target: SignedAmount | None = None
    current: SignedAmount | None = None


class Objective(Section):
    """What we want to reach at this customer."""

    category: Literal["marketing", "business_development", "revenue", "cross_account"]
    what: Text
    type: Literal["partnering", "relationship", "research", "customer_success"] | None = None
    opportunities: tuple[OpportunityId, ...] = ()
    contacts: tuple[ContactId, ...] = ()
    owner: TeamId | None = None
    due: Day | None = None
    status: Progress = "not_started"
    priority: Influence | None = None
    relevance: Annotated[Text | None, Field(description="Why the customer should care.")] = None
    measure: Measure | None = None
    strategies: dict[Id, Strategy] = Field(default_factory=dict)
    notes: Text | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be reached."""
        return self.status not in ("achieved", "cancelled")
