"""A book's settings: the text of `acctplan.toml` to a frozen `Config`. What is left out has the default given here."""

from __future__ import annotations

import itertools
import tomllib
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from acctplan.diagnostic import closest
from acctplan.errors import UserError

FILE_NAME = "acctplan.toml"

_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_Id = Annotated[str, Field(pattern=_ID)]
_Share = Annotated[Decimal, Field(ge=0, le=1)]
_Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
_Days = Annotated[int, Field(ge=1, le=3650)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Stage(_Settings):
    """A step of the sales process."""

    probability: _Share
    """How likely it is that an opportunity in this stage is won."""
    salesforce: tuple[str, ...] = ()
    """What Salesforce calls it."""


class Rate(_Settings):
    """What one unit of a currency is worth in the book's currency, on a day."""

    rate: Annotated[Decimal, Field(gt=0)]
    as_of: date


class Weights(_Settings):
    """How much each factor of the ranking counts. Only the proportions matter."""

    value: _Weight = 20
    access: _Weight = 20
    stage: _Weight = 15
    competition: _Weight = 15
    importance_to_customer: _Weight = 10
    importance_to_us: _Weight = 10
    lead_in: _Weight = 10

    @model_validator(mode="after")
    def _something_counts(self) -> Weights:
        if not sum(self.model_dump().values()):
            msg = "at least one weight must be above 0"
            raise ValueError(msg)
        return self


class Ranking(_Settings):
    """How opportunities are ranked."""

    weights: Weights = Weights()
    value_scale: Annotated[tuple[tuple[Decimal, float], ...], Field(min_length=2)] = (
        (Decimal(0), 0.0),
        (Decimal(10_000), 0.1),
        (Decimal(50_000), 0.3),
        (Decimal(250_000), 0.6),
        (Decimal(1_000_000), 0.9),
        (Decimal(2_500_000), 1.0),
    )
    """Anchors from contribution (value x margin, in the book's currency) to 0..1, linear between them."""
    assumed_margin: _Share = Decimal("0.4")
    """The margin of an opportunity that names none; the reason says that it was assumed."""

    @model_validator(mode="after")
    def _scale_rises(self) -> Ranking:
        amounts = [amount for amount, _ in self.value_scale]
        values = [value for _, value in self.value_scale]
        rises = all(left < right for left, right in itertools.pairwise(amounts))
        if not rises or values != sorted(values) or not 0 <= values[0] <= values[-1] <= 1:
            msg = "the anchors must rise: [[0, 0], [50_000, 0.3], [1_000_000, 1]]"
            raise ValueError(msg)
        return self


class Limits(_Settings):
    """After how many days something is late or stale."""

    contact_days: _Days = 90
    """A key player should be contacted at least this often."""
    meeting_months: Annotated[int, Field(ge=1, le=24)] = 3
    """The cadence of relationship meetings where a plan names none."""


class SolutionSettings(_Settings):
    """Something that the book's owner sells."""

    name: str


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


class Config(_Settings):
    """The settings of a book of business."""

    currency: _Currency = "EUR"
    """The currency that ranks and totals over several plans are in."""
    plans: Annotated[str, Field(pattern=r"^[^/\\.][^\\]*$")] = "plans"
    """The folder of the plans, below the book's own."""
    level: Literal["start", "working", "review"] = "working"
    """How much `check` expects of a plan."""
    stages: Annotated[dict[_Id, Stage], Field(min_length=1)] = Field(default_factory=lambda: dict(_DEFAULT_STAGES))
    solutions: dict[_Id, SolutionSettings] = Field(default_factory=dict)
    rates: dict[_Currency, Rate] = Field(default_factory=dict)
    ranking: Ranking = Ranking()
    limits: Limits = Limits()

    def rate(self, currency: str | None) -> Decimal:
        """What one unit of `currency` (None: the book's own) is worth in the book's currency.

        Raises:
            UserError: the configuration has no rate for it.
        """
        if currency is None or currency == self.currency:
            return Decimal(1)
        if currency not in self.rates:
            raise UserError(
                f"no rate from {currency} to {self.currency}",
                f"add to {FILE_NAME}: [rates] {currency} = {{rate = ..., as_of = 2026-12-31}}",
            )
        return self.rates[currency].rate


def parse(text: str, name: str = FILE_NAME) -> Config:
    """The settings that a text in TOML says.

    Args:
        text: the content of the file.
        name: what to call the file in an error.

    Raises:
        UserError: not TOML, an unknown key or a value out of bounds, with file and line.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name}: {error}", "see https://toml.io for the format") from None
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise _config_error(text, name, first["loc"], first["type"], first["msg"]) from None


def _config_error(text: str, name: str, keys: tuple[int | str, ...], kind: str, message: str) -> UserError:
    where = f"{name}:{line}" if (line := _line_of(text, keys)) else name
    key = ".".join(str(key) for key in keys if key != "[key]")
    if kind == "extra_forbidden":
        near = closest(str(keys[-1]), _known_keys(keys[:-1]))
        return UserError(
            f"{where}: unknown key {key}", f"did you mean {near}?" if near else "see the commented file that `acctplan init` writes"
        )
    return UserError(f"{where}: {key}: {message.removeprefix('Value error, ')}", "see the commented file that `acctplan init` writes")


def _known_keys(parents: tuple[int | str, ...]) -> list[str]:
    model: Any = Config
    for parent in parents:
        if isinstance(model, type) and issubclass(model, BaseModel) and parent in model.model_fields:
            annotation: Any = model.model_fields[str(parent)].annotation
            model = getattr(annotation, "__args__", (annotation,))[-1]
    return list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _line_of(text: str, keys: tuple[int | str, ...]) -> int | None:
    """The line that most likely holds a key: the last one that names it, its table or its parent. None if none does."""
    lines = text.splitlines()
    for key in reversed(keys):
        for number, line in enumerate(lines, 1):
            names = line.split("#")[0].partition("=")[0].strip(" []").replace('"', "").split(".")
            if str(key) in [name.strip() for name in names]:
                return number
    return None
