"""The shape of a book's settings. What is left out has the default given here."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from acctplan.config.base import FOLDER, PLACES, RULE, Anchor, Currency, Days, Id, Reading, Settings, Share, Weight
from acctplan.config.scorecards import DERIVED, Scorecard
from acctplan.config.shipped import SHIPPED
from acctplan.errors import UserError

FILE_NAME = "acctplan.toml"


class Stage(Settings):
    """A step of the sales process."""

    probability: Share
    """How likely it is that an opportunity in this stage is won."""
    salesforce: tuple[str, ...] = ()
    """What Salesforce calls it."""


class Rate(Settings):
    """What one unit of a currency is worth in the book's currency, on a day."""

    rate: Annotated[Decimal, Field(ge=Decimal("1e-9"), le=10**9, decimal_places=PLACES)]
    as_of: date


class Weights(Settings):
    """How much each factor of the ranking counts. Only the proportions matter."""

    value: Weight = 20
    access: Weight = 20
    stage: Weight = 15
    competition: Weight = 15
    importance_to_customer: Weight = 10
    importance_to_us: Weight = 10
    lead_in: Weight = 10
    scorecards: dict[Id, Weight] = Field(default_factory=dict)
    """Scorecards that join the factors: what each counts as a whole. Its questions share it."""

    @property
    def by_name(self) -> dict[str, float]:
        """The weight of every factor and of every scorecard that joins them."""
        factors = {name: getattr(self, name) for name in type(self).model_fields if name != "scorecards"}
        return factors | self.scorecards

    @model_validator(mode="after")
    def _something_counts(self) -> Weights:
        if not any(self.by_name.values()):
            msg = "must have at least one weight above 0"
            raise ValueError(msg)
        return self


def _changed(own: dict[str, Any], change: Any) -> Any:
    """Weights as the file has them, with what a set of them changes. What is no table stays, so that it is said."""
    if not isinstance(change, dict):
        return change
    cards, others = own.get("scorecards"), change.get("scorecards", {})
    both = {"scorecards": cards | others} if isinstance(cards, dict) and isinstance(others, dict) else {}
    return own | change | both


class Ranking(Settings):
    """How opportunities are ranked."""

    weights: Weights = Weights()
    weight_sets: dict[Id, Weights] = Field(default_factory=dict)
    """Other weights by name, such as hunting and defending. In a file each names only what it changes in `weights`."""
    value_scale: Annotated[tuple[tuple[Anchor, Reading], ...], Field(min_length=2)] = (
        (Decimal(0), 0.0),
        (Decimal(10_000), 0.1),
        (Decimal(50_000), 0.3),
        (Decimal(250_000), 0.6),
        (Decimal(1_000_000), 0.9),
        (Decimal(2_500_000), 1.0),
    )
    """Anchors from contribution (value x margin, in the book's currency) to 0..1, linear between them."""
    assumed_margin: Share = Decimal("0.4")
    """The margin of an opportunity that names none; the reason says that it was assumed."""

    @model_validator(mode="before")
    @classmethod
    def _sets_start_from_the_weights(cls, settings: Any) -> Any:
        """A set of weights changes what it names, and leaves the rest as the book has it."""
        own, sets = (settings.get(key) for key in ("weights", "weight_sets")) if isinstance(settings, dict) else (None, None)
        if not isinstance(own, dict) or not isinstance(sets, dict):
            return settings
        return settings | {"weight_sets": {name: _changed(own, one) for name, one in sets.items()}}

    @field_validator("value_scale")
    @classmethod
    def _scale_rises(cls, scale: tuple[tuple[Decimal, float], ...]) -> tuple[tuple[Decimal, float], ...]:
        if not all(low[0] < high[0] and low[1] <= high[1] for low, high in itertools.pairwise(scale)):
            msg = "must rise from anchor to anchor: [[0, 0], [50_000, 0.3], [1_000_000, 1]]"
            raise ValueError(msg)
        return scale


class Limits(Settings):
    """After how many days something is late or stale."""

    contact_days: Days = 90
    """A key player should be contacted at least this often."""
    meeting_months: Annotated[int, Field(strict=True, ge=1, le=24)] = 3
    """The cadence of relationship meetings where a plan names none."""
    fact_days: Days = 365
    """After this time a dated fact (`as_of`) should be looked up again."""
    review_days: Days = 90
    """A plan should be reviewed by the manager at least this often."""
    contract_days: Days = 180
    """How long before a competitor's contract ends an opportunity should be there."""
    stage_days: Days = 120
    """An open opportunity should not be in one stage for longer."""
    at_risk_below: Share = Decimal("0.8")
    """An account is at risk where its forecast is less than this share of the goal."""


class RevenueSettings(Settings):
    """What goals and forecasts are worked out with."""

    win_rate: Annotated[Decimal, Field(ge=Decimal("0.01"), le=1, decimal_places=PLACES)] = Decimal("0.4")
    """The share of closed opportunities that are won, assumed of a plan until enough of its own are closed."""
    fiscal_year_starts: Annotated[int, Field(strict=True, ge=1, le=12)] = 1
    """The month in which the fiscal year starts, of plans that do not say."""


_RuleName = Annotated[str, Field(pattern=RULE)]


class Waiver(Settings):
    """A finding that the book's owner lives with, and why."""

    rule: _RuleName
    """A rule, or a family of rules."""
    reason: Annotated[str, Field(min_length=1)]
    plan: str | None = None
    """The name of the plan; None: every plan."""
    at: str | None = None
    """Where in the plan, such as `contacts.lena-vos`; None: anywhere."""
    until: date | None = None
    """The last day on which it holds; None: for good."""


class Checks(Settings):
    """What `check` looks at."""

    level: Literal["auto", "start", "working", "review"] = "auto"
    """How much is expected of a plan; auto: what the plan itself has grown to."""
    select: tuple[_RuleName, ...] = ()
    """Rules or families; empty: all."""
    ignore: tuple[_RuleName, ...] = ()
    """Rules or families that are left out."""
    severities: dict[_RuleName, Literal["error", "warning", "advice"]] = Field(default_factory=dict)
    """Another severity for a rule or a family."""
    waivers: Annotated[tuple[Waiver, ...], Field(max_length=1000)] = ()


class SolutionSettings(Settings):
    """Something that the book's owner sells."""

    name: str


_Outcome = Literal["potential", "open", "won", "lost", "dropped"]


class ImportSettings(Settings):
    """What the words of a CRM, or of another source, mean here. How they are spelt in capitals, blanks and signs is of no matter.

    A word that says nothing to a plan is said to be "": then it is left out without being told.
    """

    stages: dict[str, str] = Field(default_factory=dict)
    """To stages of this file; a stage that says how it ended may also be `won`, `lost` or `dropped`."""
    statuses: dict[str, Literal["potential", "open", "won", "lost", "dropped", ""]] = Field(default_factory=dict)
    kinds: dict[str, Literal["new", "cross_sell", "up_sell", "renewal", ""]] = Field(default_factory=dict)
    roles: dict[str, Literal["decision_maker", "sponsor", "evaluator", "influencer", "purchaser", "user", ""]] = Field(default_factory=dict)
    ownerships: dict[str, Literal["public", "private", "subsidiary", "government", "other", ""]] = Field(default_factory=dict)
    name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """What a source of one's own is called: plans name it where something is from."""
    columns: dict[str, str] = Field(default_factory=dict)
    """What a column means: of a source of one's own, a field such as `account.name`; of one that is known, its own English name."""
    constants: dict[str, str] = Field(default_factory=dict)
    """Of a source of one's own: what holds for every row, by field."""
    date_format: Literal["d/m/y", "m/d/y", "y/m/d"] | None = None
    """The order in dates that do not tell it themselves."""


_DEFAULT_STAGES = {
    "prospecting": Stage(probability=Decimal("0.10"), salesforce=("Prospecting",)),
    "qualification": Stage(probability=Decimal("0.10"), salesforce=("Qualification",)),
    "needs-analysis": Stage(probability=Decimal("0.20"), salesforce=("Needs Analysis",)),
    "value-proposition": Stage(probability=Decimal("0.50"), salesforce=("Value Proposition",)),
    "decision-makers": Stage(probability=Decimal("0.60"), salesforce=("Id. Decision Makers",)),
    "perception-analysis": Stage(probability=Decimal("0.70"), salesforce=("Perception Analysis",)),
    "proposal": Stage(probability=Decimal("0.75"), salesforce=("Proposal/Price Quote",)),
    "negotiation": Stage(probability=Decimal("0.90"), salesforce=("Negotiation/Review",)),
}


class Config(Settings):
    """The settings of a book of business."""

    currency: Currency = "EUR"
    """The currency that ranks and totals over several plans are in."""
    plans: Annotated[str, Field(pattern=FOLDER, max_length=200)] = "plans"
    """The folder of the plans, below the book's own."""
    stages: Annotated[dict[Id, Stage], Field(min_length=1)] = Field(default_factory=lambda: dict(_DEFAULT_STAGES))
    solutions: dict[Id, SolutionSettings] = Field(default_factory=dict)
    rates: dict[Currency, Rate] = Field(default_factory=dict)
    scorecards: dict[Id, Scorecard] = Field(default_factory=dict)
    """The book's own. They stand before `ranking`, which is checked against them."""
    ranking: Ranking = Ranking()
    revenue: RevenueSettings = RevenueSettings()
    limits: Limits = Limits()
    check: Checks = Checks()
    imports: Annotated[dict[Id, ImportSettings], Field(alias="import")] = Field(default_factory=dict)
    """By source: what its words mean here. They stand after `stages`, which they are checked against."""

    @field_validator("imports")
    @classmethod
    def _stages_exist(cls, imports: dict[str, ImportSettings], info: ValidationInfo) -> dict[str, ImportSettings]:
        if "stages" in info.data:  # else they are wrong themselves, which is said
            known = (*info.data["stages"], *get_args(_Outcome))
            for word, stage in ((word, stage) for each in imports.values() for word, stage in each.stages.items()):
                if stage and stage not in known:
                    msg = f"takes {word} for {stage}, which is no stage: {', '.join(known)}"
                    raise ValueError(msg)
        return imports

    @property
    def cards(self) -> dict[str, Scorecard]:
        """Every scorecard: those that are shipped, then the book's own."""
        return SHIPPED | self.scorecards

    @field_validator("scorecards")
    @classmethod
    def _derived_is_taken(cls, cards: dict[str, Scorecard]) -> dict[str, Scorecard]:
        if DERIVED in cards:
            msg = f"cannot name one {DERIVED}: that is the card which is read off the plan"
            raise ValueError(msg)
        return cards

    @field_validator("ranking")
    @classmethod
    def _weighed_cards_exist(cls, ranking: Ranking, info: ValidationInfo) -> Ranking:
        if "scorecards" in info.data:  # else they are wrong themselves, which is said
            known = SHIPPED | info.data["scorecards"]
            for weights in (ranking.weights, *ranking.weight_sets.values()):
                for name in weights.scorecards:
                    if name not in known:
                        msg = f"weighs a scorecard {name} that there is not: {', '.join(known)}"
                        raise ValueError(msg)
        return ranking

    def rate_wanted(self, currency: str) -> str:
        """How to say what a currency is worth in the book's, in words."""
        line = f"{currency} = {{rate = 0.0855, as_of = 2026-11-21}}"
        return f"in {FILE_NAME}, under [rates], write {line} with your figures: what 1 {currency} is worth in {self.currency}"

    def rate(self, currency: str | None) -> Decimal:
        """What one unit of `currency` (None: the book's own) is worth in the book's currency.

        Raises:
            UserError: the configuration has no rate for it.
        """
        if currency is None or currency == self.currency:
            return Decimal(1)
        if currency not in self.rates:
            raise UserError(f"no rate from {currency} to {self.currency}", self.rate_wanted(currency))
        return self.rates[currency].rate
