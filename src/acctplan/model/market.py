"""What we could sell, who else sells it, and what the customer has already."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acctplan.model.fields import (
    SHAREABLE,
    Amount,
    CompetitorId,
    Day,
    Section,
    Text,
)
from acctplan.model.people import Influence


class Solution(Section):
    """Something that we could sell here."""

    name: Annotated[Text, SHAREABLE]
    notes: Text | None = None


class Competitor(Section):
    """Somebody else who sells here."""

    name: Text
    threat: Influence | None = None
    strengths: tuple[Text, ...] = ()
    weaknesses: tuple[Text, ...] = ()
    notes: Text | None = None


class Cell(Section):
    """One unit by one solution. A cell left out is unknown."""

    status: Literal["ours", "competitor", "in_house", "open", "blocked", "not_needed"]
    competitor: CompetitorId | None = None
    spend: Annotated[Amount | None, Field(description="What the customer spends here in a year.")] = None
    contract_ends: Day | None = None
    reason: Annotated[Text | None, Field(description="Why it is blocked.")] = None
    notes: Text | None = None
