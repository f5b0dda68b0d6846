"""`acctplan rank`: whose ranking it is that is shown, and how it may be asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.config import SHIPPED

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
    assert "access" not in run("rank", "tallmo-bruk", "-w", "access=0").out.partition("\n\n")[2]


def test_a_missing_rate_is_told_once(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme, currency: SEK}\nopportunities: {a: {name: A, value: 5}}\n")
    answer = run("rank")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: no rate from SEK to EUR\n")


SETS = """
[ranking.weights]
access = 40
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
    text = settings.read_text("utf-8")
    before, _, rest = text.partition("[ranking.weights]")
    settings.write_text(before + SETS + rest.partition("lead_in = 0\n")[2], encoding="utf-8")
    return book


def test_a_set_of_weights_is_chosen_by_its_name(run: Run, sets: Path):
    for name, counts in (("hunting", False), ("defending", True)):
        terms = {term["factor"]: term for term in ranking(run, "--weights", name)[0]["terms"]}
        assert (terms["stage"]["out_of"] > 0) is counts
    assert terms["stage"]["out_of"] == 100


def test_a_set_may_be_changed_for_one_answer(run: Run, sets: Path):
    terms = {term["factor"]: term["weight"] for term in ranking(run, "--weights", "hunting", "-w", "stage=7")[0]["terms"]}
    assert (terms["stage"], terms["value"], terms["access"]) == (7, 20, 40)


def test_a_set_that_there_is_not(run: Run, sets: Path):
    answer = run("rank", "--weights", "hunt")
    assert (answer.status, answer.err) == (2, "acctplan: no set of weights 'hunt'\n  did you mean hunting?\n")


def test_without_any_set_one_is_told_where_to_write_it(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
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
        (["--segment", "-n", "3"], "--limit"),
        (["--group-by", "unit", "-n", "3"], "--limit"),
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
    out = run("rank", "tallmo-bruk", "-w", "meddpicc=30").out
    assert out.partition("\n\n")[2].count("meddpicc") == 0
    assert "\nOpen too for each: 8 MEDDPICC questions.\n" in out
    run("score", "km2-renewal", "--answer", "metrics=2", "--answer", "champion=?")
    assert "\nOpen too for each: 7 to 8 MEDDPICC questions and 20 tas questions.\n" in (
        run("rank", "tallmo-bruk", "-w", "meddpicc=30", "-w", "tas=1").out
    )
    assert "Open too" not in run("rank", "tallmo-bruk").out


# By which weights


def test_the_answer_says_first_by_which_weights_it_is(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    for arguments, said in (
        (["--weights", "hunting"], "hunting (competition 10, importance to us 25, lead-in 25; the rest as in your book)"),
        (["-w", "access=30", "-w", "meddpicc=5"], "access 30, meddpicc 5; the rest as in your book"),
        (["--weights", "hunting", "-w", "lead_in=7"], "hunting (competition 10, importance to us 25, lead-in 7; the rest as in your book)"),
        (["-w", "access=20"], "all as in your book"),
    ):
        for view in ([], ["--explain"], ["--robust"], ["--what-would"], ["--segment"], ["--capacity", "60d"]):
            assert run("rank", *view, *arguments).out.startswith(f"Weights: {said}\n\n")
    assert "Weights:" not in run("rank").out


def test_what_the_weights_move_is_said_beside_the_rank(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    usual = {one["opportunity"]: one["rank"] for one in ranking(run)}
    found = ranking(run, "--weights", "hunting")
    assert {one["opportunity"]: one["usual_rank"] for one in found} == usual
    assert [one["rank"] for one in found] != [one["usual_rank"] for one in found]
    assert [row["usual_rank"] for row in rows(run, "--weights", "hunting")] == [str(one["usual_rank"]) for one in found]
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(300)
    assert "was" not in run("rank").out
    told = [line.split()[:3] for line in run("rank", "--weights", "hunting").out.splitlines()[4:13]]
    assert told == [
        [str(one["rank"]), "was", str(one["usual_rank"])] if one["rank"] != one["usual_rank"] else [str(one["rank"]), *line[1:]]
        for one, line in zip(found, told, strict=True)
    ]


# Which opportunity


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2", "oil-renewal"),
        ("km2-renewal", "km2-renewal"),
        ("KM2", "km2-renewal"),
        ("crane-roll", "crane-rollout"),
        ("from  2028", "crane-full-service"),
        ("energy study of the rail cranes", "inland-energy"),
    ],
)
def test_an_opportunity_is_found_by_its_rank_or_a_part_of_its_name(run: Run, book: Path, asked: str, found: str):
    for view in ("--explain", "--what-would"):
        assert [one["opportunity"] for one in ranking(run, view, asked)] == [found]


def test_a_rank_is_one_within_what_was_asked_about(run: Run, book: Path):
    assert [one["opportunity"] for one in ranking(run, "tallmo-bruk", "--explain", "1")] == ["km2-renewal"]
    before = ranking(run, "--explain", "2")[0]["opportunity"]
    assert ranking(run, "--explain", "2", "--weights", "hunting")[0]["opportunity"] != before


def test_a_whole_name_counts_before_a_part_of_another(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities: {a1: {name: Sensors}, b1: {name: More sensors}, '1': {name: Its id is 1, value: 1}}\n")
    assert [one["opportunity"] for one in ranking(run, "--explain", "sensors")] == ["a1"]
    assert [one["opportunity"] for one in ranking(run, "--explain", "1")] == ["1"]


def test_what_may_be_several_is_listed_and_not_guessed(run: Run, book: Path):
    answer = run("rank", "--explain", "quay")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == (
        "crane-rollout       Monitoring of all quay and yard cranes      Brannhaven Terminals\n"
        "crane-full-service  Full service for the quay cranes from 2028  Brannhaven Terminals\n"
        "acctplan: 2 may be meant by quay\n  give the id or the rank of one, or more of its name\n"
    )


def test_what_is_nobodys_name_is_answered_with_those_that_there_are(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities:\n" + "".join(f"  o{number}: {{name: N}}\n" for number in range(12)))
    *listed, more, message, hint = run("rank", "--explain", "zzz").err.splitlines()
    assert [line.split() for line in listed[:2]] == [["o0", "N", "Acme"], ["o1", "N", "Acme"]]
    assert (len(listed), more) == (10, "and 2 more")
    assert message == "acctplan: no plan and no opportunity zzz that could be won"
    assert hint == "  give the id, the rank or a part of the name of one that is potential or open"


@pytest.mark.parametrize(("columns", "shown"), [(80, False), (109, False), (110, True), (130, True)])
def test_ids_stand_beside_the_names_where_there_is_room(run: Run, book: Path, terminal: Callable[[int], None], columns: int, shown: bool):
    terminal(columns)
    answer = run("rank")
    assert ("(oil-renewal)" in answer.out) is shown
    assert "by its rank, its id or a part of its name: acctplan rank --explain 9" in answer.err


def test_how_to_ask_on_is_about_the_same_ranks(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(80)
    assert "acctplan rank tallmo-bruk --explain 3" in run("rank", "tallmo-bruk").err
    err = run("rank", "--weights", "hunting", "-w", "access=5").err
    assert "acctplan rank --explain 9 --weights hunting -w access=5" in err
    assert "--explain crane-rollout --weights hunting -w access=5" in err
    assert "any other" not in run("rank", "stadtwerke-auenfurt").err


# What an answer decides against

FIT = """
[scorecards.fit]
name = "Does it suit us?"
questions.near = {ask = "Is the site within two hours?", gate = true}
questions.people = {ask = "Have we the people?"}
"""


@pytest.fixture
def refused(run: Run, book: Path) -> Path:
    """The sample book, with a deal that a plain no decides against."""
    settings = book / "acctplan.toml"
    settings.write_text(settings.read_text("utf-8").replace("\n[scorecards]\n", FIT), encoding="utf-8")
    assert run("score", "oil-renewal", "--card", "fit", "--answer", "near=-", "--answer", "people=-").status == 0
    return book


def test_a_plain_no_is_said_in_the_list(run: Run, refused: Path, terminal: Callable[[int], None]):
    against = {one["opportunity"]: one["decided_against"] for one in ranking(run)}
    (no,) = against.pop("oil-renewal")
    assert (no["card"], no["question"], no["ask"], no["answer"], no["words"]) == ("fit", "near", "Is the site within two hours?", "-", "no")
    assert no["pointer"] == "opportunities.oil-renewal.scorecards.fit.near.answer"
    assert "near: {answer: '-'" in (refused / "plans/brannhaven-terminals.yaml").read_text("utf-8").splitlines()[no["line"] - 1]
    assert not any(against.values())
    assert {row["opportunity"]: row["decided_against"] for row in rows(run) if row["decided_against"]} == {"oil-renewal": "fit.near"}
    terminal(160)
    (line,) = [line for line in run("rank").out.splitlines() if "(oil-renewal)" in line or "Oil analysis" in line]
    assert "✗ no: fit" in line


def test_an_explanation_says_which_question_decides(run: Run, refused: Path, terminal: Callable[[int], None]):
    terminal(160)
    assert "✗ This question decides against the deal: Is the site within two hours? no (fit, line " in run("rank", "--explain", "2").out
    assert "✗" not in run("rank", "--explain", "1").out


# A scorecard in an explanation


def test_a_scorecard_is_one_row_for_people_and_all_of_it_for_programs(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    weighed = ("-w", "meddpicc=20")
    run("score", "km2-renewal", "--answer", "metrics=3")
    assert run("rank", "--explain", "km2-renewal", *weighed).out.count("\tmeddpicc.") == 8
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    answer = run("rank", "--explain", "km2-renewal", *weighed)
    (row,) = [line for line in answer.out.splitlines() if line.startswith("meddpicc")]
    assert " 2.1 of  16.7 " in row
    assert "7 open: acctplan score km2-renewal --card meddpicc" in row
    assert "importance to customer" in answer.out
    assert "_" not in answer.out
    assert "each bar starts where the last one ended; ░ unknown" in answer.err
    for question in SHIPPED["meddpicc"].questions:
        run("score", "km2-renewal", "--answer", f"{question}=1")
    assert "all answered: acctplan score km2-renewal --card meddpicc" in run("rank", "--explain", "km2-renewal", *weighed).out
