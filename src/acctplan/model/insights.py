"""What drives the customer: goal, pressure, initiative, obstacle."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acctplan.model.fields import (
    SHAREABLE,
    ContactId,
    Day,
    Flag,
    InsightId,
    OpportunityId,
    Section,
    Text,
)


class Insight(Section):
    """One thing that drives the customer, and what it leads to."""

    kind: Annotated[Literal["goal", "pressure", "initiative", "obstacle"], SHAREABLE]
    what: Annotated[Text, SHAREABLE]
    owner: Annotated[ContactId | None, Field(description="Whose it is: an id in `contacts`.")] = None
    source: Text | None = None
    as_of: Day | None = None
    confirmed: Annotated[Flag | None, Field(description="Did the customer tell us that?")] = None
    shared: Annotated[Flag | None, Field(description="Agreed with the customer: it goes into their edition."), SHAREABLE] = None
    leads_to: Annotated[tuple[InsightId, ...], Field(description="Other insights.")] = ()
    blocks: Annotated[tuple[InsightId, ...], Field(description="Insights that this one stands in the way of.")] = ()
    answered_by: Annotated[tuple[OpportunityId, ...], Field(description="Opportunities that answer it.")] = ()
