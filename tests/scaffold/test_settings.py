"""The settings of a new book: every one explained, each at its default."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from pydantic import BaseModel

from acctplan.config import Config, ImportSettings, Question, Scorecard, Waiver, parse
from acctplan.scaffold import settings_file
from paths import ROOT

_COMMENTED = re.compile(r"# (?=\[|\]|[\w.-]+ = )|#   (?=\{)")


def uncommented(text: str) -> str:
    return "".join(_COMMENTED.sub("", line, count=1) for line in text.splitlines(keepends=True))


def without_examples(config: Config) -> Config:
    check = config.check.model_copy(update={"severities": {}, "waivers": ()})
    ranking = config.ranking.model_copy(update={"weight_sets": {}})
    examples: dict[str, Any] = {"solutions": {}, "rates": {}, "scorecards": {}, "imports": {}}
    return config.model_copy(update={**examples, "currency": "EUR", "check": check, "ranking": ranking})


@pytest.mark.parametrize("currency", ["EUR", "USD"])
def test_a_new_book_has_the_normal_values(currency: str):
    assert parse(settings_file(currency)) == Config(currency=currency)


def test_uncommented_it_says_the_normal_values():
    config = parse(uncommented(settings_file("EUR")))
    assert without_examples(config) == Config()
    assert config.solutions
    assert config.rates
    assert all(any(getattr(each, setting) for each in config.imports.values()) for setting in ImportSettings.model_fields)
    assert config.check.waivers
    assert config.check.severities
    assert config.ranking.weight_sets
    assert {card.answers for card in config.scorecards.values()} == {"signs", "grades"}


def test_the_sample_book_uncommented_says_the_same():
    text = (ROOT / "acctplan.toml").read_text("utf-8")
    assert without_examples(parse(uncommented(text))) == without_examples(parse(text))


def lines_to_uncomment() -> list[str]:
    """Every commented setting on one line. `stages` go together, a list of several lines as a whole."""
    lines = settings_file("EUR").splitlines()
    return [line for line in lines if re.match(r"# [\w-]+ = (?!\[$)", line) and "probability" not in line]


@pytest.mark.parametrize("line", lines_to_uncomment())
def test_any_one_line_can_be_uncommented(line: str):
    text = settings_file("EUR")
    changed = text.replace(f"\n{line}\n", f"\n{line.removeprefix('# ')}\n")
    assert changed != text
    assert without_examples(parse(changed)) == Config()


def test_the_stages_can_be_uncommented_alone():
    text = re.sub(r"^# (?=\[stages\]|.*probability = )", "", settings_file("EUR"), flags=re.MULTILINE)
    assert parse(text) == Config()
    assert "stages" in tomllib.loads(text)


def names(model: type[BaseModel], prefix: str = "") -> set[str]:
    found = set()
    for name, info in model.model_fields.items():
        found.add(prefix + (info.alias or name))
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            found |= names(info.annotation, f"{prefix}{name}.")
    return found


def names_in(data: dict[str, Any], prefix: str = "") -> set[str]:
    nested = {name: value for name, value in data.items() if isinstance(value, dict)}
    return {prefix + name for name in data} | {found for name, value in nested.items() for found in names_in(value, f"{prefix}{name}.")}


@pytest.mark.parametrize("text", [settings_file("EUR"), (ROOT / "acctplan.toml").read_text("utf-8")], ids=["new", "sample"])
def test_every_setting_is_shown(text: str):
    assert names(Config) - names_in(tomllib.loads(uncommented(text))) == set()


def test_every_setting_of_a_scorecard_is_shown():
    cards = tomllib.loads(uncommented(settings_file("EUR")))["scorecards"].values()
    assert set().union(*cards) == set(Scorecard.model_fields)
    assert set().union(*(question for card in cards for question in card["questions"].values())) == set(Question.model_fields)


def test_every_setting_of_an_example_is_shown():
    (waiver,) = tomllib.loads(uncommented(settings_file("EUR")))["check"]["waivers"]
    assert set(waiver) == set(Waiver.model_fields)
