"""What we could win, who decides on it, and how we stand."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from acctplan.model.fields import (
    SHAREABLE,
    Amount,
    CompetitorId,
    ContactId,
    Count,
    CrmIds,
    Day,
    Flag,
    Grade,
    Id,
    Mark,
    OpportunityId,
    Section,
    Share,
    SolutionId,
    StageName,
    TeamId,
    Text,
    UnitId,
)
from acctplan.model.people import BuyingRole, Coverage, Stance

Status: TypeAlias = Literal["potential", "open", "won", "lost", "dropped"]
Kind: TypeAlias = Literal["new", "cross_sell", "up_sell", "renewal"]
Position: TypeAlias = Literal["sole", "ahead", "level", "behind", "locked_out"]


class Importance(Section):
    """Strategic value on both sides, 1 (none) to 5 (vital)."""

    customer: Grade | None = None
    us: Grade | None = None


class Buyer(Section):
    """A contact's part in one opportunity. What is left out comes from the contact."""

    role: BuyingRole | None = None
    stance: Stance | None = None
    coverage: Coverage | None = None


class Criterion(Section):
    """Something that the customer decides by."""

    what: Text
    mandatory: Flag | None = None
    held_by: tuple[ContactId, ...] = ()
    position: Annotated[Literal["better", "equal", "worse"] | None, Field(description="How we compare on it.")] = None


class Competition(Section):
    """How we stand against the others."""

    position: Position | None = None
    competitors: tuple[CompetitorId, ...] = ()
    incumbent: CompetitorId | None = None
    strategy: Text | None = None


class Answer(Section):
    """The answer to one question of a scorecard."""

    answer: Annotated[Mark, Field(description="+ or -, or 0 (nothing) to 3 (settled), as the scorecard asks; ? is unknown.")]
    evidence: Annotated[Text | None, Field(description="How we know.")] = None
    as_of: Day | None = None
    competitors: Annotated[dict[CompetitorId, Mark], Field(description="The same for those we stand against.")] = Field(
        default_factory=dict
    )


class Opportunity(Section):
    """Something that the customer could buy from us."""

    name: Annotated[Text, SHAREABLE]
    status: Status = "potential"
    stage: Annotated[StageName | None, Field(description="A stage named in acctplan.toml.")] = None
    stage_since: Annotated[Day | None, Field(description="The day on which it came to this stage.")] = None
    probability: Annotated[Share | None, Field(description="Left out: the stage's own.")] = None
    kind: Kind | None = None
    unit: Annotated[UnitId | None, SHAREABLE] = None
    solution: Annotated[SolutionId | None, SHAREABLE] = None
    value: Amount | None = None
    margin: Share | None = None
    close_date: Day | None = None
    effort_days: Annotated[Count | None, Field(description="What it will cost us to pursue, in days.")] = None
    owner: Annotated[TeamId | None, SHAREABLE] = None
    crm: CrmIds = Field(default_factory=dict)
    source: Annotated[Text | None, Field(description="Where this is from: a CRM, an annual report.")] = None
    as_of: Annotated[Day | None, Field(description="The day on which it was so.")] = None
    need: Annotated[Text | None, SHAREABLE] = None
    approach: Text | None = None
    customer_impact: Annotated[Text | None, SHAREABLE] = None
    importance: Importance | None = None
    buying_roles: Annotated[dict[ContactId, Buyer], Field(description="For this opportunity; what is left out comes from the contact.")] = (
        Field(default_factory=dict)
    )
    decision_criteria: tuple[Criterion, ...] = ()
    competition: Competition | None = None
    penetration: Annotated[Text | None, Field(description="How to reach who decides.")] = None
    scorecards: Annotated[
        dict[Id, dict[Id, Answer]], Field(description="Answers by scorecard and question; both are named in acctplan.toml or shipped.")
    ] = Field(default_factory=dict)
    leads_to: Annotated[tuple[OpportunityId, ...], Field(description="Opportunities that this one is a lead-in to.")] = ()
    next_step: Text | None = None
    next_step_due: Day | None = None
    closed_because: Annotated[Text | None, Field(description="Why it was won, lost or dropped.")] = None
    shared: Annotated[Flag | None, Field(description="Agreed with the customer: it goes into their edition."), SHAREABLE] = None
    notes: Text | None = None

    @property
    def is_live(self) -> bool:
        """Whether it can still be won."""
        return self.status in ("potential", "open")
