"""`acctplan rank --by FACTOR`: in the order of one factor's reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.analysis.factors import ALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run


def ranking(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("rank", "--json", *arguments).out)["opportunities"]


@pytest.mark.parametrize("factor", [factor.name for factor in ALL])
def test_the_highest_reading_comes_first_and_the_unknown_last(run: Run, book: Path, factor: str):
    found = ranking(run, "--by", factor)
    readings = [next(term["value"] for term in one["terms"] if term["factor"] == factor) for one in found]
    known = [reading for reading in readings if reading is not None]
    assert readings == sorted(known, reverse=True) + [None] * (len(readings) - len(known))
    assert sorted(one["rank"] for one in found) == list(range(1, 10))


def test_equal_readings_keep_the_order_of_the_ranking(run: Run, book: Path):
    found = ranking(run, "--by", "importance_to_us")
    assert [one["rank"] for one in found] == [3, 4, 5, 1, 2, 6, 7, 8, 9]


def test_the_question_of_a_scorecard_that_counts_is_a_factor_too(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: A}\nopportunities: {a: {name: A}, b: {name: B, scorecards: {meddpicc: {champion: {answer: 3}}}}}\n")
    found = ranking(run, "-w", "meddpicc=1", "--by", "meddpicc.champion")
    assert [one["opportunity"] for one in found] == ["b", "a"]


def test_a_factor_that_there_is_not_is_refused(run: Run, book: Path):
    answer = run("rank", "--by", "lead-in")
    assert (answer.status, answer.err) == (2, "acctplan: no factor 'lead-in'\n  did you mean lead_in?\n")
    assert "one of value, access, stage" in run("rank", "--by", "zzzzzz").err


def test_piped_the_reason_stands_beside_the_readings(run: Run, book: Path):
    titles, *lines = [line.split("\t") for line in run("rank", "--by", "competition").out.splitlines()]
    first = dict(zip(titles, lines[0], strict=True))
    assert (first["opportunity"], first["competition_reading"], first["reason"]) == ("oil-renewal", "1.0000", "sole, nobody else competes")
    assert "reason" not in run("rank").out.splitlines()[0].split("\t")


def test_people_read_the_reading_and_why(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    answer = run("rank", "--by", "competition")
    title, _, first, *_ = answer.out.splitlines()
    assert title.split() == ["Competition", "Why", "Opportunity", "Account", "Rank"]
    assert first.split()[:5] == ["1.00", "sole,", "nobody", "else", "competes"]
    assert "competition: how we stand against the others, from 0 to 1; ? is unknown" in answer.err
    assert "?  needs a position" in answer.out
