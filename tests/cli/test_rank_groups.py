"""`acctplan rank --group-by`: one list for each unit, solution, owner or account."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run


def grouped(run: Run, by: str, *arguments: str) -> dict[str, Any]:
    return json.loads(run("rank", "--group-by", by, "--json", *arguments).out)


def test_units_of_several_plans_are_named_with_their_account(run: Run, book: Path):
    names = [group["name"] for group in grouped(run, "unit")["groups"]]
    assert "Container terminal · Brannhaven Terminals" in names
    assert names[-1] is None
    assert grouped(run, "unit", "brannhaven-terminals")["groups"][0]["name"] == "Bulk terminal"


def test_json_has_sums_and_the_terms_that_they_are_made_of(run: Run, book: Path):
    answer = grouped(run, "solution", "brannhaven-terminals")
    assert (answer["version"], answer["currency"], answer["group_by"]) == (1, "EUR", "solution")
    for group in answer["groups"]:
        members = group["opportunities"]
        assert group["count"] == len(members)
        for sum_of, term in (("value", "book_value"), ("weighted", "weighted")):
            assert Decimal(group[sum_of]) == sum(Decimal(one[term]) for one in members if one[term] is not None)
            assert group[f"without_{sum_of}"] == sum(one[term] is None for one in members)
        assert group["best_rank"] == min(one["rank"] for one in members)
        assert all(one["line"] > 1 for one in members)
    service = next(group for group in answer["groups"] if group["id"] == "full-service")
    assert (service["name"], service["value"], service["weighted"]) == ("Full-service maintenance contract", "4240000", "268000")


def test_amounts_of_other_currencies_are_turned_into_the_books(run: Run, book: Path):
    (one,) = [group for group in grouped(run, "account")["groups"] if group["name"] == "Tallmo Bruk"]
    renewal = next(each for each in one["opportunities"] if each["opportunity"] == "km2-renewal")
    assert renewal["currency"] == "SEK"
    assert Decimal(renewal["book_value"]) == Decimal(renewal["value"]) * Decimal("0.0905")


@pytest.mark.parametrize("by", ["unit", "solution", "owner", "account"])
def test_piped_it_is_one_table_of_all(run: Run, book: Path, by: str):
    titles, *lines = [line.split("\t") for line in run("rank", "--group-by", by).out.splitlines()]
    rows = [dict(zip(titles, line, strict=True)) for line in lines]
    said = [(group["name"] or "", one["opportunity"]) for group in grouped(run, by)["groups"] for one in group["opportunities"]]
    assert [(row["group"], row["opportunity"]) for row in rows] == said
    assert len(rows) == 9


def test_people_read_what_each_group_is_worth(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    answer = run("rank", "--group-by", "owner")
    assert answer.out.startswith("Ines Carvalho\n2 opportunities · value 1.95 M EUR · weighted 574 k EUR · best rank 1\n")
    assert "1 opportunity · value 2.9 M EUR · weighted unknown · best rank 4\n" in answer.out
    assert "weighted 86.4 k EUR (1 unknown)" in answer.out
    assert answer.out.index("No owner\n") > answer.out.index("Gesa Thomsen\n")
    assert "The group with the most of it stands first" in answer.err


def test_accounts_of_the_same_name_are_told_apart(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    for name in ("north", "south"):
        plan(f"profile: {{name: Acme}}\nunits: {{u: {{name: Plant}}}}\nopportunities: {{{name}: {{name: A, unit: u}}}}\n", name)
    assert [group["name"] for group in grouped(run, "account")["groups"]] == ["Acme (north)", "Acme (south)"]
    assert [group["name"] for group in grouped(run, "unit")["groups"]] == ["Plant · Acme (north)", "Plant · Acme (south)"]
