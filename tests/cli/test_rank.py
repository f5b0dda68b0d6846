"""`acctplan rank`: whose ranking it is that is shown, and how it may be asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run


def ranking(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("rank", *arguments, "--json").out)["opportunities"]


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    titles, *lines = [line.split("\t") for line in run("rank", *arguments).out.splitlines()]
    return [dict(zip(titles, line, strict=True)) for line in lines]


def test_every_plan_of_the_book_is_ranked_in_one_list(run: Run, book: Path):
    found = ranking(run)
    assert [one["rank"] for one in found] == list(range(1, 10))
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert {one["account"] for one in found} == {"Brannhaven Terminals", "Stadtwerke Auenfurt", "Tallmo Bruk"}


def test_piped_and_json_say_the_same(run: Run, book: Path):
    piped, said = rows(run), ranking(run)
    assert [(row["rank"], row["opportunity"], row["score"]) for row in piped] == [
        (str(one["rank"]), one["opportunity"], f"{one['score']:.2f}") for one in said
    ]
    for row, one in zip(piped, said, strict=True):
        readings = {term["factor"]: term["value"] for term in one["terms"]}
        assert {name: row[f"{name}_reading"] for name in readings} == {
            name: "" if value is None else f"{value:.4f}" for name, value in readings.items()
        }


@pytest.mark.parametrize("plan_name", ["tallmo-bruk", "plans/tallmo-bruk.yaml"])
def test_a_plan_is_ranked_alone_where_it_is_named(run: Run, book: Path, plan_name: str):
    assert [(one["rank"], one["opportunity"]) for one in ranking(run, plan_name)] == [
        (1, "km2-renewal"),
        (2, "pulp-line-monitoring"),
        (3, "debarker-gearboxes"),
    ]


def test_the_first_ones_may_do(run: Run, book: Path):
    assert [row["rank"] for row in rows(run, "-n", "2")] == ["1", "2"]


def test_one_opportunity_is_explained_with_its_rank_among_all(run: Run, book: Path):
    (one,) = ranking(run, "--explain", "km2-renewal")
    assert one["rank"] == 5
    assert sum(term["points"] for term in one["terms"]) == pytest.approx(one["score"])
    assert sum(term["out_of"] for term in one["terms"]) == pytest.approx(100)


def test_a_plan_and_an_opportunity_may_be_named_together(run: Run, book: Path):
    (one,) = ranking(run, "tallmo-bruk", "--explain", "km2-renewal")
    assert one["rank"] == 1


def test_an_explanation_says_where_each_term_is_read_from(run: Run, book: Path):
    titles, *lines = [line.split("\t") for line in run("rank", "--explain", "km2-renewal").out.splitlines()]
    terms = {line[titles.index("factor")]: dict(zip(titles, line, strict=True)) for line in lines}
    text = (book / "plans/tallmo-bruk.yaml").read_text("utf-8").splitlines()
    assert text[int(terms["stage"]["line"]) - 1].strip() == "stage: negotiation"
    assert text[int(terms["importance_to_us"]["line"]) - 1].strip() == "importance: {customer: 4, us: 5}"


def test_an_explanation_for_people_adds_up(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    lines = run("rank", "--explain", "crane-full-service").out.splitlines()
    assert lines[0] == "4. Full service for the quay cranes from 2028 · Brannhaven Terminals"
    points = [float(line.split(" of ")[0].split()[-1]) for line in lines[4:]]
    assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.4)
    assert "67.8, if all that is unknown turned out well" in lines[-1]


def test_weights_may_be_others_for_one_answer(run: Run, book: Path):
    (usual,) = ranking(run, "--explain", "km2-renewal")
    (other,) = ranking(run, "--explain", "km2-renewal", "-w", "access=0", "--weight", "lead_in=0")
    assert other["score"] > usual["score"]
    assert {term["factor"]: term["weight"] for term in other["terms"]}["access"] == 0


def test_what_weighs_nothing_is_not_missed(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(160)
    assert "access" in run("rank", "tallmo-bruk").out
    assert "access" not in run("rank", "tallmo-bruk", "-w", "access=0").out


def test_a_missing_rate_is_told_once(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme, currency: SEK}\nopportunities: {a: {name: A, value: 5}}\n")
    answer = run("rank")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: no rate from SEK to EUR\n")


SETS = """
[ranking.weight_sets.hunting]
stage = 0
[ranking.weight_sets.defending]
value = 0
access = 0
competition = 0
importance_to_customer = 0
importance_to_us = 0
lead_in = 0
"""


@pytest.fixture
def sets(book: Path) -> Path:
    settings = book / "acctplan.toml"
    settings.write_text(settings.read_text("utf-8") + SETS, encoding="utf-8")
    return book


def test_a_set_of_weights_is_chosen_by_its_name(run: Run, sets: Path):
    for name, counts in (("hunting", False), ("defending", True)):
        terms = {term["factor"]: term for term in ranking(run, "--weights", name)[0]["terms"]}
        assert (terms["stage"]["out_of"] > 0) is counts
    assert terms["stage"]["out_of"] == 100


def test_a_set_may_be_changed_for_one_answer(run: Run, sets: Path):
    terms = {term["factor"]: term["weight"] for term in ranking(run, "--weights", "hunting", "-w", "stage=7")[0]["terms"]}
    assert (terms["stage"], terms["value"]) == (7, 20)


def test_a_set_that_there_is_not(run: Run, sets: Path):
    answer = run("rank", "--weights", "hunt")
    assert (answer.status, answer.err) == (2, "acctplan: no set of weights 'hunt'\n  did you mean hunting?\n")


def test_without_any_set_one_is_told_where_to_write_it(run: Run, book: Path):
    assert "  name one in acctplan.toml: [ranking.weight_sets]\n" in run("rank", "--weights", "hunting").err


def test_one_answer_at_a_time(run: Run, book: Path):
    answer = run("rank", "--explain", "--what-would", "--segment")
    assert answer.status == 2
    assert "--explain and --what-would and --segment are different answers" in answer.err


def test_the_waterfall_begins_each_bar_where_the_last_one_ended(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    bars = [line[24:] for line in run("rank", "--explain", "pump-study").out.split("\n\n")[1].splitlines()]
    starts = [len(bar) - len(bar.lstrip(" ")) for bar in bars[:-1] if bar]
    assert starts == [0, 0, 3, 3, 3, 3]
    assert bars[-1].startswith("███")
    assert bars[-1].endswith("░░░")
    assert set(bars[3].strip()) == {"░"}


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["--by-owner"], "--by-owner"),
        (["--capacity", "60d", "-n", "3"], "--limit"),
        (["--capacity", "60d", "--by", "value"], "--by"),
        (["--robust", "--by", "value"], "--by"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(run: Run, book: Path, arguments: list[str], option: str):
    answer = run("rank", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"acctplan: {option} has no meaning here\n")


def test_open_questions_of_a_scorecard_are_counted_not_listed(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(160)
    assert "meddpicc (8)" in run("rank", "tallmo-bruk", "-w", "meddpicc=30").out
