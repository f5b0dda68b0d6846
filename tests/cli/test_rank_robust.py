"""`acctplan rank --robust`: how far the order holds, for people and for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

COMPETITION = "competition: {position: locked_out}"


def said(run: Run, *arguments: str) -> dict[str, Any]:
    return json.loads(run("rank", "--robust", *arguments, "--json").out)


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    titles, *lines = [line.split("\t") for line in run("rank", "--robust", *arguments).out.splitlines()]
    return [dict(zip(titles, line, strict=True)) for line in lines]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def person(terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A person with a terminal of so many columns, without colours."""
    monkeypatch.setenv("NO_COLOR", "1")
    return terminal


def opportunities(plan: Callable[..., Path], **fields: str) -> None:
    listed = "".join(f"  {name}: {{name: {name.upper()}{', ' * bool(inside)}{inside}}}\n" for name, inside in fields.items())
    plan(f"profile: {{name: Acme}}\nopportunities:\n{listed}" if fields else "profile: {name: Acme}\n")


ONLY_STAGE = [argument for name in ("value", "access", "importance_to_customer", "importance_to_us") for argument in ("-w", f"{name}=0")]
"""Stage, competition and lead-in are left to count."""


def known(probability: float) -> str:
    return f"probability: {probability}, {COMPETITION}"


def test_json_has_what_was_drawn_and_what_came_of_it(run: Run, book: Path):
    answer = said(run)
    robust = answer["robust"]
    assert {name: robust[name] for name in ("draws", "seed", "concentration", "first_n", "is_cut_sure")} == {
        "draws": 10_000,
        "seed": 1,
        "concentration": 45,
        "first_n": 5,
        "is_cut_sure": True,
    }
    assert [one["opportunity"] for one in robust["opportunities"]] == [one["opportunity"] for one in answer["opportunities"]]
    assert sum(one["first"] for one in robust["opportunities"]) == pytest.approx(1)
    assert sum(one["within_first"] for one in robust["opportunities"]) == pytest.approx(5)
    assert robust["unsure"][0] == {
        "upper": {"plan": "plans/brannhaven-terminals.yaml", "opportunity": "bulk-full-service"},
        "lower": {"plan": "plans/brannhaven-terminals.yaml", "opportunity": "crane-full-service"},
        "call": "reversed",
        "lower_ahead": robust["unsure"][0]["lower_ahead"],
    }


def test_piped_and_json_say_the_same(run: Run, book: Path):
    robust = said(run)["robust"]
    assert [
        (
            row["rank"],
            row["plan"],
            row["opportunity"],
            row["first"],
            row["within_first"],
            row["rank_low"],
            row["rank_high"],
            row["topsis_rank"],
        )
        for row in rows(run)
    ] == [
        (
            str(one["rank"]),
            one["plan"],
            one["opportunity"],
            f"{one['first']:.4f}",
            f"{one['within_first']:.4f}",
            str(one["ranks"]["low"]),
            str(one["ranks"]["high"]),
            str(one["topsis"]["rank"]),
        )
        for one in robust["opportunities"]
    ]
    calls = {one["lower"]["opportunity"]: (one["call"], f"{one['lower_ahead']:.4f}") for one in robust["unsure"]}
    found = {row["opportunity"]: (row["call_with_previous"], row["ahead_of_previous"]) for row in rows(run) if row["call_with_previous"]}
    assert found == calls


def test_the_same_answer_again(run: Run, book: Path):
    assert run("rank", "--robust", "--json") == run("rank", "--robust", "--json")


def test_a_limit_is_where_the_list_is_cut(run: Run, book: Path):
    robust = said(run, "-n", "3")["robust"]
    assert robust["first_n"] == 3
    assert len(robust["opportunities"]) == 9
    assert robust["is_cut_sure"] is False  # 3 and 4 change places more often than not
    assert said(run, "-n", "100")["robust"]["first_n"] == 9


def test_other_weights_are_drawn_around(run: Run, book: Path):
    usual, other = (said(run, *weights)["robust"]["opportunities"] for weights in ((), ("-w", "access=0")))
    assert usual != other


def test_a_table_for_people(run: Run, book: Path, person: Callable[[int], None]):
    person(160)
    answer = run("rank", "--robust")
    sure, (titles, _, first, *_) = (part.splitlines() for part in answer.out.split("\n\n")[:2])
    assert one_line(" ".join(sure)) == (
        "Sure: 1 (first in 79 %). Open: 3 against 4: find out the stage of 4; 6 against 7: find out more about who decides on 7."
    )
    assert titles.split() == ["Score", "Opportunity", "Account", "First", "In", "first", "5", "Ranks", "Second", "method"]
    assert first.startswith("1   70.7  Monitoring of all quay and yard cranes")
    assert first.split()[-7:] == ["%", "100", "%", "1", "to", "2", "1"]
    words = one_line(answer.out)
    assert "1 other comes first or among the first 5 in less than 1 % of the tries. 3 and 4 change places" in words
    assert "3 and 4 change places in 71 % of the tries: more is unknown about 4, and its score counts that as nothing. 6 and 7" in words
    assert "Tried 10,000 times: " in words
    assert "8 and 9" not in words  # 8 is not in the table
    assert "8" not in words.partition("Open:")[2].partition(".")[0]
    assert "Who " not in words


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(run: Run, book: Path, person: Callable[[int], None], width: int):
    person(width)
    assert max(map(len, run("rank", "--robust").out.splitlines())) <= width


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"a": known(0.5), "b": known(0.5)}, r"Both at 1 are level in every try: nothing that counts tells them apart\."),
        (dict.fromkeys("abc", known(0.5)), r"All at 1 are level in every try"),
        (
            {"a": known(0.52), "b": "probability: 0.0, competition: {position: level}"},
            r"1 and 2 are too close to call: 2 is ahead in 4\d % of the tries\.",
        ),
        (dict.fromkeys("ab", ""), r"Both at 1 are too close to call: the second is ahead in (49|50|51) % of the tries\."),
        (dict.fromkeys("abc", ""), r"All at 1 are too close to call, each with the next: the lower one is ahead in [^.]* % of the tries\."),
        ({"a": known(0.1), "b": ""}, r"1 and 2 change places in > 99 % of the tries: more is unknown about 2, "),
        (
            {"a": known(0.5), "b": known(0.1), "c": "", "d": ""},
            r"^(?!.*\b2 and 3).* Both at 3 are too close to call",
        ),  # B is not in the table
    ],
)
def test_whose_order_is_not_sure_in_words(
    run: Run, plan: Callable[..., Path], person: Callable[[int], None], fields: dict[str, str], sentence: str
):
    opportunities(plan, **fields)
    person(160)
    assert re.search(sentence, one_line(run("rank", "--robust", *ONLY_STAGE, "-n", "2").out))


def test_two_may_change_places_though_all_is_known(run: Run, plan: Callable[..., Path], person: Callable[[int], None]):
    # A weight of 1 in 100 is most often drawn as less than that, and now and then as much more.
    opportunities(plan, a="value: 0, importance: {customer: 5}", b="value: 950, margin: 1, importance: {customer: 1}")
    person(160)
    unused = [argument for name in ("access", "stage", "competition", "importance_to_us", "lead_in") for argument in ("-w", f"{name}=0")]
    words = one_line(run("rank", "--robust", *unused, "-w", "value=99", "-w", "importance_to_customer=1").out)
    assert re.search(r"1 and 2 change places in 6\d % of the tries\. ", words)


def test_seldom_is_not_never(run: Run, book: Path, person: Callable[[int], None]):
    firsts = {one["opportunity"]: one["first"] for one in said(run)["robust"]["opportunities"]}
    assert 0 < firsts["bulk-full-service"] < 0.005
    assert firsts["inland-energy"] == 0
    person(160)
    lines = run("rank", "--robust").out.splitlines()
    assert [" < 1 % " in line for line in lines if line.split()[1:2] in (["56.8"], ["21.6"])] == [True, False]


def test_among_the_first_of_all_is_nothing_to_tell(run: Run, plan: Callable[..., Path], person: Callable[[int], None]):
    opportunities(plan, a=known(0.5), b=known(0.1), c="")
    person(160)
    assert "In first 2" in run("rank", "--robust", "-n", "2").out
    assert "In first" not in run("rank", "--robust", "-n", "3").out
    assert "In first" not in run("rank", "--robust", "-n", "1").out


@pytest.mark.parametrize(
    ("lower", "said"),
    [
        (known(0.5), "Who comes first is too close to call."),
        ("probability: 0.49", "Who comes first is not sure: the next one is ahead more often."),
    ],
)
def test_the_cut_may_not_be_sure(run: Run, plan: Callable[..., Path], person: Callable[[int], None], lower: str, said: str):
    opportunities(plan, a=known(0.5), b=lower)
    person(160)
    assert said in run("rank", "--robust", *ONLY_STAGE, "-n", "1").out


def test_the_cut_is_named_by_how_many_make_it(run: Run, book: Path, person: Callable[[int], None]):
    person(160)
    assert "Who just makes the first 3 is not sure: the next one is ahead more often." in one_line(run("rank", "--robust", "-n", "3").out)


def test_where_all_is_known_and_clear_nothing_is_in_doubt(run: Run, plan: Callable[..., Path], person: Callable[[int], None]):
    opportunities(plan, a=known(0.9), b=known(0.5), c=known(0.1))
    person(160)
    answer = run("rank", "--robust", *ONLY_STAGE, "-n", "2").out
    assert "Sure: 1 (first in 100 %).\n" in answer
    assert [line.split()[:3] for line in answer.splitlines()[6:8]] == [["1", "33.8", "A"], ["2", "18.8", "B"]]
    assert "1 other comes first or among the first 2 in less than 1 % of the tries." in answer
    assert "close to call" not in answer


@pytest.mark.parametrize("columns", [0, 100], ids=["piped", "terminal"])
def test_one_opportunity_always_comes_first(run: Run, plan: Callable[..., Path], person: Callable[[int], None], columns: int):
    opportunities(plan, a="")
    (one,) = said(run)["robust"]["opportunities"]
    assert (one["first"], one["within_first"], one["ranks"]) == (1, 1, {"low": 1, "high": 1})
    if columns:
        person(columns)
        assert "In first" not in run("rank", "--robust").out


def test_no_opportunity(run: Run, plan: Callable[..., Path], person: Callable[[int], None]):
    opportunities(plan)
    assert (said(run)["robust"]["opportunities"], said(run)["opportunities"]) == ([], [])
    assert rows(run) == []
    person(100)
    answer = run("rank", "--robust")
    assert (answer.status, answer.out, answer.err) == (0, "", "no opportunity is potential or open\n")


def test_plan_text_is_shown_as_it_is(run: Run, plan: Callable[..., Path], person: Callable[[int], None]):
    plan('profile: {name: "[red]Acme"}\nopportunities: {a: {name: "A[/]\\u001b[31m"}, b: {name: B}}\n')
    person(120)
    answer = run("rank", "--robust").out
    assert "[red]Acme" in answer
    assert "\x1b[31m" not in answer


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"a": known(0.5), "b": COMPETITION}, r"Not sure who comes first: 1 in 5\d %\. Open: 1 against 2: find out the stage of 2\."),
        ({"a": known(0.3), "b": ""}, r"Not sure who comes first: 1 in \d+ %, 2 in \d\d %\."),
        (
            {"a": known(0.9), "b": known(0.52), "c": "probability: 0.0, competition: {position: level}"},
            r"Open: 2 against 3: the weights alone",
        ),
        (dict.fromkeys("ab", known(0.5)), r"^Weights: [^.]*\. ?Sure|Sure: 1 \(first in 100 %\)\. Score"),
        (dict.fromkeys("abcdef", COMPETITION), r"Open: (1 against 1: find out the stage of 1; ){3}and 2 more, see below\."),
    ],
)
def test_it_begins_with_what_is_sure_and_what_to_find_out(
    run: Run, plan: Callable[..., Path], person: Callable[[int], None], fields: dict[str, str], sentence: str
):
    opportunities(plan, **fields)
    person(160)
    assert re.search(sentence, one_line(run("rank", "--robust", *ONLY_STAGE, "-n", "6").out))


def test_a_question_of_a_scorecard_may_be_what_to_find_out(run: Run, book: Path, person: Callable[[int], None]):
    person(160)
    unused = [argument for name in ("access", "stage", "competition", "importance_to_customer") for argument in ("-w", f"{name}=0")]
    assert re.search(r"answer [a-z-]+ of \d \(meddpicc\)", one_line(run("rank", "--robust", *unused, "-w", "meddpicc=900").out))
