"""The types that a plan's fields are made of.

A plan's scalars arrive as text, so each type says which texts it takes. What pydantic's lax mode would take besides (a
number as a date, "yes" as a boolean, "1e3" as an amount) is refused: it is more often a slip than a wish.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import core_schema

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


class Section(BaseModel):
    """A part of a plan: frozen, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, regex_engine="rust-regex")


class Ref:
    """Marks a field (or the keys of a mapping) as ids of entries in other sections of the same plan.

    Args:
        sections: the sections that the id may stand in.
    """

    def __init__(self, *sections: str) -> None:
        self.sections = sections


class Shareable:
    """Marks a field that the customer's edition of a plan keeps. A field without a mark is internal.

    Args:
        on_request: of a mapping of entries: keeps those that say `shared: true`, instead of all but those that say `shared: false`.
        instead: what stands there in the customer's edition, where a section needs the field and its own words are internal.
    """

    def __init__(self, *, on_request: bool = False, instead: str | None = None) -> None:
        self.on_request, self.instead = on_request, instead


SHAREABLE = Shareable()
ON_REQUEST = Shareable(on_request=True)


class _Written:
    """A scalar written in one way only: text that matches a pattern, then made into a value by `then`.

    Args:
        pattern: what the text must look like.
        expected: what to call it in a message, such as "a date like 2026-12-31".
        json_schema: how editors are told.
    """

    def __init__(self, pattern: str, then: core_schema.CoreSchema, expected: str, json_schema: dict[str, Any]) -> None:
        self.pattern, self.then, self.expected, self.json_schema = pattern, then, expected, json_schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Text of the pattern first, the value after; one error of one type, whichever step fails."""
        steps = core_schema.chain_schema([core_schema.str_schema(pattern=self.pattern, max_length=_LONGEST), self.then])
        return core_schema.custom_error_schema(
            steps,
            custom_error_type="not_written_so",
            custom_error_message="expected {expected}",
            custom_error_context={"expected": self.expected},
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What an editor sees: YAML's own numbers and booleans, or the same as text."""
        return dict(self.json_schema)


def _number(pattern: str, then: core_schema.CoreSchema, expected: str, **limits: Any) -> _Written:
    """A number. Editors read `420_000` as text, hence both types in the JSON Schema."""
    kind = "integer" if then["type"] == "int" else "number"
    return _Written(pattern, then, expected, {"type": [kind, "string"], "pattern": pattern, **limits})


_LONGEST = 24
"""Characters of a written number: more digits than any amount has, and few enough to calculate with."""
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_decimal = core_schema.decimal_schema

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
"""A short id: lower-case letters, digits and hyphens."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words. Empty is refused: leave the field out instead."""
Day = Annotated[
    date,
    _Written(
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        core_schema.date_schema(),
        "a date that exists, like 2026-12-31",
        {"type": "string", "format": "date"},
    ),
]
Flag = Annotated[bool, _Written(r"^(?:true|false)$", core_schema.bool_schema(), "true or false", {"type": "boolean"})]
Amount = Annotated[
    Decimal,
    _number(rf"^{_DIGITS}(?:\.[0-9]+)?$", _decimal(), "an amount without currency sign or commas, like 420_000 or 1250.50", minimum=0),
]
"""Money, not negative, in the plan's currency."""
SignedAmount = Annotated[
    Decimal, _number(rf"^-?{_DIGITS}(?:\.[0-9]+)?$", _decimal(), "an amount without currency sign or commas, like -420_000 or 1250.50")
]
Share = Annotated[
    Decimal, _number(r"^(?:0(?:\.[0-9]+)?|1(?:\.0+)?)$", _decimal(), "a share from 0 to 1, like 0.38 for 38 %", minimum=0, maximum=1)
]
Count = Annotated[int, _number(rf"^{_DIGITS}$", core_schema.int_schema(), "a whole number, like 5_200", minimum=0)]
Grade = Annotated[int, _number(r"^[1-5]$", core_schema.int_schema(), "a whole number from 1 to 5", minimum=1, maximum=5)]
Mark = Annotated[
    str,
    _Written(
        r"^(?:[-+?]|[0-3])$",
        core_schema.str_schema(),
        "an answer: '+', '-' or '?' in quotes, or 0 to 3",
        {"type": ["integer", "string"], "pattern": r"^(?:[-+?]|[0-3])$", "minimum": 0, "maximum": 3},
    ),
]
"""The answer to a question of a scorecard; `?` is unknown."""
Month = Annotated[int, _number(r"^(?:[1-9]|1[0-2])$", core_schema.int_schema(), "a month from 1 to 12", minimum=1, maximum=12)]
Months = Annotated[int, _number(r"^[1-9][0-9]?$", core_schema.int_schema(), "a number of months, like 3", minimum=1, maximum=99)]
Year = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Period = Annotated[str, StringConstraints(pattern=r"^FY[0-9]{4}(?:-(?:Q[1-4]|H[12]|M(?:0[1-9]|1[0-2])))?$")]
"""A fiscal period: FY2026, FY2026-H1, FY2026-Q3 or FY2026-M07."""

Place = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(?:\.[a-z0-9_-]+)+$")]
"""A pointer to something in the plan, such as opportunities.sensors."""

StageName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
"""A stage of the settings. Any text fits, so that a CRM's own name for a stage can be answered with ours."""

ContactId = Annotated[Id, Ref("contacts")]
TeamId = Annotated[Id, Ref("team")]
UnitId = Annotated[Id, Ref("units")]
SolutionId = Annotated[Id, Ref("solutions")]
CompetitorId = Annotated[Id, Ref("competitors")]
OpportunityId = Annotated[Id, Ref("opportunities")]
InsightId = Annotated[Id, Ref("insights")]
AttendeeId = Annotated[Id, Ref("contacts", "team")]

CrmIds = Annotated[dict[Id, Text], Field(description="Ids of the same thing elsewhere, by system; imports match on them.")]
