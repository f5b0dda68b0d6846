from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from acctplan.model import fields


def read(kind: Any, text: Any) -> Any:
    return TypeAdapter(kind).validate_python(text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (fields.Id, "lena-vos", "lena-vos"),
        (fields.Id, "4", "4"),
        (fields.Id, "a" * 80, "a" * 80),
        (fields.Text, "  two words\n", "two words"),
        (fields.Text, "0", "0"),
        (fields.Day, "2028-02-29", date(2028, 2, 29)),
        (fields.Flag, "true", True),
        (fields.Flag, "false", False),
        (fields.Amount, "0", Decimal(0)),
        (fields.Amount, "1_200_000.50", Decimal("1200000.50")),
        (fields.Amount, "0.1", Decimal("0.1")),
        (fields.Amount, "007", Decimal(7)),
        (fields.SignedAmount, "-420_000", Decimal(-420000)),
        (fields.SignedAmount, "12.30", Decimal("12.30")),
        (fields.Share, "0", Decimal(0)),
        (fields.Share, "0.38", Decimal("0.38")),
        (fields.Share, "1", Decimal(1)),
        (fields.Share, "1.00", Decimal(1)),
        (fields.Count, "5_200", 5200),
        (fields.Count, "0", 0),
        (fields.Grade, "1", 1),
        (fields.Grade, "5", 5),
        (fields.Month, "1", 1),
        (fields.Month, "12", 12),
        (fields.Months, "3", 3),
        (fields.Year, "2026", "2026"),
        (fields.Currency, "CHF", "CHF"),
        (fields.Period, "FY2026", "FY2026"),
        (fields.Period, "FY2026-H2", "FY2026-H2"),
        (fields.Period, "FY2026-Q4", "FY2026-Q4"),
        (fields.Period, "FY2026-M12", "FY2026-M12"),
    ],
)
def test_what_each_type_of_field_takes(kind: Any, text: str, value: object):
    assert read(kind, text) == value
    assert type(read(kind, text)) is type(value)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (fields.Id, ["", "Lena", "lena_vos", "lena vos", "-lena", "lena-", "lena--vos", "lénà", "lena\n", "a" * 81]),
        (fields.Text, ["", " ", "\n\t", "\u00a0"]),
        (
            fields.Day,
            [
                "2026-02-30",
                "2026-13-01",
                "2027-02-29",
                "0000-01-01",
                "26-01-31",
                "2026-1-31",
                "2026/01/31",
                "31.01.2026",
                "20260131",
                "2026-01-31T00:00",
                "1767225600",
                "2026-01-31\n",
                "today",
            ],
        ),
        (fields.Flag, ["yes", "no", "on", "off", "True", "TRUE", "1", "0", "y", "", "true "]),
        (
            fields.Amount,
            [
                "-1",
                "+1",
                "1,000",
                "1.000,50",
                "1 000",
                "1'000",
                "€1",
                "1 EUR",
                "1k",
                "1e3",
                "1_",
                "_1",
                "1__0",
                ".5",
                "5.",
                "1.5_0",
                "NaN",
                "inf",
                "0x10",
                "١٢",
                "",
                "9" * 25,
            ],
        ),
        (fields.SignedAmount, ["--1", "- 1", "(100)", "\u22121", "1-"]),
        (fields.Share, ["38", "38%", "38 %", "1.1", "-0.1", "0,38", ".38", "0.", "2", "0.38.1"]),
        (fields.Count, ["-1", "1.0", "1,000", "1e3", "", "one", "9" * 25]),
        (fields.Grade, ["0", "6", "10", "1.5", "5/5", ""]),
        (fields.Month, ["0", "13", "01", "Jan", ""]),
        (fields.Months, ["0", "100", "03", "quarterly"]),
        (fields.Year, ["26", "20260", "FY26", "MMXX", "\uff12\uff10\uff12\uff16"]),
        (fields.Currency, ["eur", "EURO", "€", "EU", ""]),
        (
            fields.Period,
            ["2026", "FY26", "FY2026-Q5", "FY2026-Q0", "FY2026-H3", "FY2026-M13", "FY2026-M1", "fy2026", "FY2026-Q1 ", "Q1 2026"],
        ),
    ],
)
def test_what_each_type_of_field_refuses(kind: Any, texts: list[str]):
    for text in texts:
        with pytest.raises(ValidationError):
            read(kind, text)


@pytest.mark.parametrize("kind", [fields.Id, fields.Text, fields.Day, fields.Flag, fields.Amount, fields.Share, fields.Count, fields.Year])
@pytest.mark.parametrize("value", [None, [], {}, ["a"], {"a": "b"}])
def test_no_scalar_takes_a_collection_or_nothing(kind: Any, value: object):
    with pytest.raises(ValidationError):
        read(kind, value)


@pytest.mark.parametrize(
    ("kind", "json_type"),
    [
        (fields.Id, "string"),
        (fields.Day, "string"),
        (fields.Flag, "boolean"),
        (fields.Amount, ["number", "string"]),
        (fields.SignedAmount, ["number", "string"]),
        (fields.Share, ["number", "string"]),
        (fields.Count, ["integer", "string"]),
        (fields.Grade, ["integer", "string"]),
    ],
)
def test_what_editors_are_told(kind: Any, json_type: str | list[str]):
    assert TypeAdapter(kind).json_schema()["type"] == json_type


@given(st.decimals(min_value=0, max_value=10**15, places=2))
def test_any_amount_is_read_exactly(amount: Decimal):
    assert read(fields.Amount, f"{amount:f}") == amount
    assert read(fields.Amount, f"{int(amount):_}") == int(amount)


@given(st.dates(min_value=date(1, 1, 1)))
def test_any_day_is_read_exactly(day: date):
    assert read(fields.Day, day.isoformat()) == day


@given(st.text())
def test_any_text_is_taken_or_refused_by_every_type(text: str):
    for kind in (
        fields.Id,
        fields.Text,
        fields.Day,
        fields.Flag,
        fields.Amount,
        fields.SignedAmount,
        fields.Share,
        fields.Count,
        fields.Grade,
    ):
        with suppress(ValidationError):
            read(kind, text)
