"""New plans are valid as they stand: in ten minutes' worth, and with every section."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.config import Config
from acctplan.document import parse
from acctplan.loader import load
from acctplan.model import Plan
from acctplan.rules import ALL, Context, check
from acctplan.scaffold import Answers, full_plan, starter_plan
from acctplan.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acctplan.loader import Loaded

TODAY = date(2026, 11, 21)
CONFIG = Config()
ANSWERS = Answers("Meridian Foods", date(2026, 4, 1), "EUR", "amira", "Amira Haddad")
KINDS = {"starter": starter_plan, "full": full_plan}
EVERY_KIND = pytest.mark.parametrize("scaffold", KINDS.values(), ids=KINDS)
HOSTILE = [
    "O'Neil",
    'The "Big" Co',
    "'",
    "Meridian: Foods",
    "Meridian #1",
    "- Meridian",
    "# Meridian",
    "{Meridian}",
    "[Meridian]",
    "*Meridian",
    "&Meridian",
    "!Meridian",
    "@Meridian",
    "%Meridian",
    "| Meridian",
    "> Meridian",
    "null",
    "~",
    "true",
    "No",
    "012",
    "2026-12-31",
    "1e3",
    "=1+1",
    "---",
    "...",
    "a\\nb",
    "Ωmega & Söhne",
    "東京電力",
    "\U0001f389",
    "\U0001f469\u200d\U0001f680",
    "bell\x07",
    "esc\x1b[31m",
    "del\x7f",
    "two\nlines",
    "tab\there",
    "next\x85line",
    "line\u2028separator",
    "bidi \u202e",
    "mark \ufeff",
    "no\xa0break",
    "x" * 300,
]


def loaded(text: str) -> Loaded:
    return load(text, "plans/meridian.yaml", CONFIG)


def uncommented(text: str) -> str:
    """With every example taken out of its comment, as the file's first lines say."""
    return re.sub(r"^# (?=  |[a-z_]+:)", "", text, flags=re.MULTILINE)


@EVERY_KIND
def test_a_new_plan_loads_without_a_diagnostic(scaffold: Callable[[Answers], str]):
    found = loaded(scaffold(ANSWERS))
    assert found.diagnostics == ()
    assert found.plan is not None
    profile = found.plan.profile
    assert (profile.name, profile.account_manager, profile.currency) == ("Meridian Foods", "amira", "EUR")
    assert (profile.starts, profile.ends) == (date(2026, 4, 1), date(2027, 3, 31))
    assert {key: member.name for key, member in found.plan.team.items()} == {"amira": "Amira Haddad"}
    assert list(found.plan.revenue) == ["FY2026", "FY2027"]


@EVERY_KIND
@pytest.mark.parametrize(("month", "years"), [(1, ["FY2026", "FY2027"]), (4, ["FY2026"]), (7, ["FY2025", "FY2026"])])
def test_a_new_plan_asks_for_the_goal_of_each_fiscal_year_that_it_touches(scaffold: Callable[[Answers], str], month: int, years: list[str]):
    found = loaded(scaffold(replace(ANSWERS, fiscal_year_starts=month)))
    assert found.plan is not None
    assert found.plan.profile.fiscal_year_starts is None
    assert list(found.plan.revenue) == years


@EVERY_KIND
def test_a_new_plan_may_have_no_account_manager_yet(scaffold: Callable[[Answers], str]):
    found = loaded(scaffold(Answers("Meridian Foods", date(2026, 4, 1), "EUR")))
    assert found.diagnostics == ()
    assert found.plan is not None
    assert found.plan.profile.account_manager is None
    assert found.plan.team == {}


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
@EVERY_KIND
def test_any_name_comes_back_as_it_was_given(scaffold: Callable[[Answers], str], name: str):
    found = loaded(scaffold(Answers(name, date(2026, 4, 1), "EUR", "null", name)))
    assert found.diagnostics == ()
    assert found.plan is not None
    assert found.plan.profile.name == name.strip()
    assert found.plan.team["null"].name == name.strip()


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    manager=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    manager_id=st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,3})?", fullmatch=True),
    starts=st.dates(date(1900, 1, 1), date(2998, 12, 31)),
)
@EVERY_KIND
def test_any_answers_make_a_plan(scaffold: Callable[[Answers], str], name: str, manager: str, manager_id: str, starts: date):
    found = loaded(scaffold(Answers(name, starts, "EUR", manager_id, manager)))
    assert found.diagnostics == ()
    assert found.plan is not None
    assert found.plan.team.keys() == {manager_id}


@EVERY_KIND
def test_a_new_plan_gets_advice_and_nothing_worse(scaffold: Callable[[Answers], str]):
    checkup = check(loaded(scaffold(ANSWERS)), ALL, Context(CONFIG, TODAY))
    assert {diagnostic.severity for diagnostic in checkup.diagnostics} == {"advice"}


def test_the_full_plan_loads_with_its_examples_uncommented():
    text = uncommented(full_plan(ANSWERS))
    assert loaded(text).diagnostics == ()
    assert text.count("\n#") < full_plan(ANSWERS).count("\n#") / 4  # what is left explains


def test_the_full_plan_shows_every_field():
    schema = json_schema()
    data = parse(uncommented(full_plan(ANSWERS))).data
    every = {(name, field) for name, body in {"Plan": schema, **schema["$defs"]}.items() for field in body["properties"]}
    assert every - set(fields(data, schema, "Plan", schema["$defs"])) == set()


def fields(data: Any, schema: dict[str, Any], section: str, definitions: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that data of a schema use, as section and name."""
    for option in schema.get("anyOf", ()):
        yield from fields(data, option, section, definitions)
    if "$ref" in schema:
        section = schema["$ref"].rpartition("/")[2]
        yield from fields(data, definitions[section], section, definitions)
    elif isinstance(data, list):
        for item in data:
            yield from fields(item, schema.get("items", {}), section, definitions)
    elif isinstance(data, dict):
        known = schema.get("properties", {})
        inside = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties") or {}]
        for name, value in data.items():
            if name in known:
                yield section, name
            yield from fields(value, known.get(name) or inside[0], section, definitions)


def test_the_walk_over_fields_sees_what_is_there():
    found = set(fields({"profile": {"name": "A"}, "team": {"a": {"role": "B"}}}, json_schema(), "Plan", json_schema()["$defs"]))
    assert found == {("Plan", "profile"), ("Plan", "team"), ("Profile", "name"), ("TeamMember", "role")}


def test_every_section_of_the_model_stands_in_the_full_plan():
    assert set(Plan.model_fields) == set(parse(uncommented(full_plan(ANSWERS))).data)
