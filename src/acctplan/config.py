"""A book's settings: the text of `acctplan.toml` to a frozen `Config`. What is left out has the default given here."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE_NAME = "acctplan.toml"
MAX_CHARACTERS = 256 << 10
_MAX_DOTS = 1000
"""In a line: the time to read TOML grows with the square of the parts of a key."""

_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_CURRENCY = r"^[A-Z]{3}$"
_FOLDER = r"^[^/\\:.\x00-\x1f\x7f-\x9f][^/\\:\x00-\x1f\x7f-\x9f]*(?:/[^/\\:.\x00-\x1f\x7f-\x9f][^/\\:\x00-\x1f\x7f-\x9f]*)*/?$"
_RULE = r"^[a-z-]+(?:/[a-z-]+)?$"
_Id = Annotated[str, Field(pattern=_ID)]
_PLACES = 12
_Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=_PLACES)]
_Anchor = Annotated[Decimal, Field(ge=-(10**15), le=10**15, decimal_places=_PLACES)]
_Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_Currency = Annotated[str, Field(pattern=_CURRENCY)]
_Days = Annotated[int, Field(strict=True, ge=1, le=3650)]


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

    rate: Annotated[Decimal, Field(ge=Decimal("1e-9"), le=10**9, decimal_places=_PLACES)]
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
            msg = "must have at least one weight above 0"
            raise ValueError(msg)
        return self


class Ranking(_Settings):
    """How opportunities are ranked."""

    weights: Weights = Weights()
    value_scale: Annotated[tuple[tuple[_Anchor, _Score], ...], Field(min_length=2)] = (
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

    @field_validator("value_scale")
    @classmethod
    def _scale_rises(cls, scale: tuple[tuple[Decimal, float], ...]) -> tuple[tuple[Decimal, float], ...]:
        if not all(low[0] < high[0] and low[1] <= high[1] for low, high in itertools.pairwise(scale)):
            msg = "must rise from anchor to anchor: [[0, 0], [50_000, 0.3], [1_000_000, 1]]"
            raise ValueError(msg)
        return scale


class Limits(_Settings):
    """After how many days something is late or stale."""

    contact_days: _Days = 90
    """A key player should be contacted at least this often."""
    meeting_months: Annotated[int, Field(strict=True, ge=1, le=24)] = 3
    """The cadence of relationship meetings where a plan names none."""
    fact_days: _Days = 365
    """After this time a dated fact (`as_of`) should be looked up again."""
    review_days: _Days = 90
    """A plan should be reviewed by the manager at least this often."""
    contract_days: _Days = 180
    """How long before a competitor's contract ends an opportunity should be there."""
    pipeline_cover: Annotated[Decimal, Field(ge=1, le=100)] = Decimal("2.5")
    """Potential opportunities should add up to this many times the gap to the goal."""


_RuleName = Annotated[str, Field(pattern=_RULE)]


class Waiver(_Settings):
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


class Checks(_Settings):
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
    plans: Annotated[str, Field(pattern=_FOLDER, max_length=200)] = "plans"
    """The folder of the plans, below the book's own."""
    stages: Annotated[dict[_Id, Stage], Field(min_length=1)] = Field(default_factory=lambda: dict(_DEFAULT_STAGES))
    solutions: dict[_Id, SolutionSettings] = Field(default_factory=dict)
    rates: dict[_Currency, Rate] = Field(default_factory=dict)
    ranking: Ranking = Ranking()
    limits: Limits = Limits()
    check: Checks = Checks()

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
        UserError: too long, not TOML, an unknown key or a value out of bounds, with file and line.
    """
    text = text.removeprefix("\ufeff")  # Windows' Notepad puts it there
    if len(text) > MAX_CHARACTERS:
        raise UserError(f"{name}: more than {MAX_CHARACTERS:,} characters", _SEE)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MAX_DOTS:
            raise UserError(f"{name}:{number}: more than {_MAX_DOTS:,} dots in a line", _SEE)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name}: {error}", "see https://toml.io for the format") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise UserError(f"{name}: a number is too long, or brackets are nested too deep", _SEE) from None
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]  # often why another one is missing
    raise _config_error(text, name, (unknown or problems)[0])


def _config_error(text: str, name: str, problem: ErrorDetails) -> UserError:
    keys = tuple(str(key) for key in problem["loc"] if key != "[key]")
    where = f"{name}:{line}" if (line := _line_of(text, keys)) else name
    key = ".".join(keys)
    if problem["type"] == "extra_forbidden":
        near = closest(keys[-1], _known_keys(keys[:-1]))
        return UserError(f"{where}: unknown key {key}", f"did you mean {near}?" if near else _SEE)
    return UserError(f"{where}: {key} {_wrong(problem)}", _SEE)


def _wrong(problem: ErrorDetails) -> str:
    context: dict[str, Any] = problem.get("ctx", {})
    if "pattern" in context:
        return f"should be {_PATTERNS[context['pattern']]}"
    bounds: dict[str, Any] = {key: f"{Decimal(str(context[key])).normalize():f}" for key in ("ge", "le") if key in context}
    return _WRONG.get(problem["type"], "cannot be used").format_map(context | bounds)


_SEE = "see the commented file that `acctplan init` writes"
_PATTERNS = {
    _ID: "an id: lower-case letters, digits and hyphens",
    _CURRENCY: "a currency code, such as EUR",
    _FOLDER: "a folder below this file, such as plans",
    _RULE: "a rule or a family of rules, such as contacts/not-contacted or contacts",
}
_WRONG = {
    "missing": "is missing",
    "literal_error": "should be {expected}",
    "greater_than_equal": "should be at least {ge}",
    "less_than_equal": "should be at most {le}",
    "too_short": "has too few entries: at least {min_length}",
    "too_long": "has too many entries: at most {max_length}",
    "value_error": "{error}",
    "string_type": "should be text in quotes",
    "string_too_long": "should have at most {max_length} characters",
    "decimal_max_places": "should have at most {decimal_places} decimal places",
    "string_too_short": "should not be empty",
    "int_type": "should be a whole number",
    "dict_type": "should be a table",
    "model_type": "should be a table",
    "tuple_type": "should be a list",
    **dict.fromkeys(("decimal_type", "decimal_parsing", "float_type", "float_parsing", "finite_number"), "should be a number"),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), "should be a date, like 2026-12-31"
    ),
}
"""What is wrong, by the type of pydantic's error."""


def _known_keys(parents: tuple[str, ...]) -> list[str]:
    shape: Any = Config
    for parent in parents:
        inside = {dict: 1, tuple: 0}.get(get_origin(shape))  # the values of a table, the entries of a list
        shape = shape.model_fields[parent].annotation if inside is None else get_args(shape)[inside]
    return list(shape.model_fields)


_NAMES = r"""(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*"""
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]\]?\s*(?:#|$)")
_SETTING = re.compile(rf"\s*({_NAMES})\s*=")
_NAME = re.compile(r"[\w-]+")


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """The line of a setting, else of the nearest table that it is in; None if no line names either in plain letters."""
    found, depth = None, 0
    table: tuple[str, ...] = ()
    entries: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _TABLE.match(line):
            names = table = tuple(_NAME.findall(header[2]))
            if header[1] == "[[":
                names = table = (*table, str(entries[table]))
                entries[table[:-1]] += 1
        elif setting := _SETTING.match(line):
            names = (*table, *_NAME.findall(setting[1]))
        else:
            continue
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(names, keys, strict=False)))
        if shared > depth:
            found, depth = number, shared
    return found
