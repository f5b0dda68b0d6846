"""`acctplan rank --what-would`: the steps that gain most, for people and for programs, and the best question to ask next."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from acctplan import edit
from acctplan.document import parse
from acctplan.report.visible import columns as wide_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

HEAD = re.compile(r" {3}(?:up to|     )  *\+[0-9.]+ → +[0-9.]+, rank [0-9]+ ")
KNOWN = """\
profile: {name: Acme}
contacts: {lena: {name: Lena, roles: [decision_maker], stance: supportive, coverage: in_depth}}
opportunities:
  a: {name: A, value: 5, probability: 1, importance: {customer: 5, us: 5}, competition: {position: sole}, buying_roles: {lena: {}}}
"""


def told(run: Run, *arguments: str) -> dict[str, Any]:
    return json.loads(run("rank", "--what-would", "--json", *arguments).out)


def ranks(run: Run) -> dict[tuple[str, str], tuple[float, float, int]]:
    """What `rank` says of every opportunity: score, ceiling, rank."""
    found = json.loads(run("rank", "--json").out)["opportunities"]
    return {(one["plan"], one["opportunity"]): (one["score"], one["ceiling"], one["rank"]) for one in found}


def test_the_changes_of_every_step_can_be_made_and_give_what_was_said(run: Run, book: Path):
    before = ranks(run)
    several = told(run)["what_would"]
    assert [(one["plan"], one["opportunity"]) for one in several] == list(before)
    # Each step once: the files are read again for every one.
    trials = [(one["plan"], one["opportunity"], step) for one in several for step in one["steps"]]
    assert len(trials) > 20
    for plan, opportunity, step in trials:
        path = book / plan
        text = path.read_text("utf-8")
        changes = [edit.Set(tuple(change["pointer"].split(".")), change["value"]) for change in step["changes"]]
        path.write_text(edit.apply(parse(text), changes).text, "utf-8")
        after = ranks(run)
        path.write_text(text, "utf-8")
        assert after[plan, opportunity] == (step["score"], step["ceiling"], step["rank"])
        assert step["gain"] == pytest.approx(step["score"] - before[plan, opportunity][0], abs=1e-8)
        assert step["rank_before"] == before[plan, opportunity][2]
        for other in step["also"]:
            assert after[plan, other["opportunity"]] == (other["score"], other["ceiling"], other["rank"])
        moved = {key[1] for key in before if after[key][:2] != before[key][:2]}
        assert moved == {opportunity, *(other["opportunity"] for other in step["also"])}


def test_piped_has_every_step_in_full(run: Run, book: Path):
    titles, *lines = [line.split("\t") for line in run("rank", "--what-would").out.splitlines()]
    rows = [dict(zip(titles, line, strict=True)) for line in lines]
    said = [(one["opportunity"], step) for one in told(run)["what_would"] for step in one["steps"]]
    assert [(row["opportunity"], row["step"], row["gain"], row["new_score"], row["new_ceiling"], row["new_rank"]) for row in rows] == [
        (key, step["step"], f"{step['gain']:.2f}", f"{step['score']:.2f}", f"{step['ceiling']:.2f}", str(step["rank"]))
        for key, step in said
    ]
    assert [row["changes"] for row in rows] == [
        " ".join(f"{change['pointer']}={change['value']}" for change in step["changes"]) for _, step in said
    ]
    assert {row["best_case"] for row in rows} == {"yes", "no"}
    (row,) = [row for row in rows if row["opportunity"] == "crane-rollout" and row["factor"] == "access"]
    assert (row["kind"], row["detail"], row["also_helps"]) == ("act", "coverage: multiple → in depth", "inland-energy crane-full-service")


def test_people_see_the_first_three_steps_of_each(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(140)
    several = run("rank", "--what-would").out.replace("\N{NO-BREAK SPACE}", " ").split("\n\n")
    assert several[0].splitlines() == [
        "1. Monitoring of all quay and yard cranes · Brannhaven Terminals 70.7",
        "          +6.7 → 77.4, rank 1  get to know Karsten Moll in depth (coverage: multiple → in depth); helps 3 opportunities",
        "          +4.5 → 75.2, rank 1  bring it to the stage negotiation (proposal, 50 % → negotiation, 80 %)",
    ]
    assert several[1].splitlines()[1:] == ["   no single step would raise it"]
    assert several[6].splitlines()[1].startswith("   up to +20.0 → 33.6, rank 6  ask who decides, Göran Hellqvist or somebody else (if ")
    assert [len(HEAD.findall(one)) for one in several] == [2, 0, 2, 3, 2, 3, 3, 3, 3, 0]


def test_one_alone_has_all_of_its_steps(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(140)
    steps = told(run, "pulp-line-monitoring")["what_would"][0]["steps"]
    assert len(steps) > 3
    assert sum(" rank " in line and "→" in line for line in run("rank", "--what-would", "pulp-line-monitoring").out.splitlines()) == len(
        steps
    )


def test_the_best_question_is_of_the_whole_list(run: Run, book: Path, terminal: Callable[[int], None]):
    best = told(run, "-n", "1")["best_question"]
    assert (best["plan"], best["opportunity"]) == ("plans/tallmo-bruk.yaml", "pulp-line-monitoring")
    assert best["question"] == "who decides, Göran Hellqvist or somebody else"
    assert (best["gain"], best["total_gain"], best["as_promising"], best["at_stake"], best["currency"]) == (20, 20, 2, "152040", "EUR")
    terminal(80)
    sentence = " ".join(run("rank", "--what-would", "-n", "1").out.split("\n\n")[-1].split())
    assert sentence == (
        "The best question to ask next: who decides, Göran Hellqvist or somebody else (Monitoring of the rebuilt pulp line · Tallmo Bruk),"
        " because no answer could add more: up to 20.0 points, rank 6 instead of 7. Of the 3 that could add as much, none is known to have"
        " more money behind it: 152 k EUR of margin."
    )
    assert best["because"] in sentence


@pytest.mark.parametrize(
    ("opportunities", "because"),
    [
        ("a: {name: A, value: 5}", "no other answer could add as much: up to 20.0 points, rank 1, as today"),
        ("a: {name: A}", "no answer could add more: up to 20.0 points, rank 1, as today"),
        (
            "a: {name: A, value: 5, buying_roles: {lena: {}}}\n  b: {name: B, value: 5, buying_roles: {lena: {}}}",
            "no other answer could add as much: up to 40.0 points, over 2 opportunities, rank 1, as today",
        ),
    ],
)
def test_a_question_says_why_it_is_the_best(run: Run, plan: Callable[..., Path], opportunities: str, because: str):
    lena = "contacts: {lena: {name: Lena, roles: [decision_maker], coverage: in_depth}}"
    plan(f"profile: {{name: Acme}}\n{lena}\nopportunities:\n  {opportunities}\n")
    assert told(run)["best_question"]["because"] == because


def test_there_may_be_nothing_to_ask(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(KNOWN)
    document = told(run)
    assert (document["what_would"][0]["steps"], document["best_question"]) == ([], None)
    terminal(80)
    assert run("rank", "--what-would").out.splitlines()[1:] == ["   no single step would raise it"]


def test_nothing_to_rank(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\n")
    assert told(run) == {"version": 1, "what_would": [], "best_question": None, "opportunities": []}
    assert run("rank", "--what-would").out.startswith("rank\tplan\t")
    terminal(80)
    assert run("rank", "--what-would") == (0, "", "no opportunity is potential or open\n")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_lines_fit_the_terminal(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, width: int):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(width)
    assert max(map(wide_as, run("rank", "--what-would").out.splitlines())) <= width


def test_plan_words_are_made_visible(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(KNOWN.replace("name: Lena", 'name: "Le\\u202Ena"').replace("in_depth", "brief").replace("name: A,", 'name: "A\\e[2J",'))
    terminal(100)
    out = run("rank", "--what-would").out
    assert "meet Le<U+202E>na more than once" in out
    assert "A<U+001B>[2J" in out


def test_of_what_was_named_the_best_question_is_one_about_it(run: Run, book: Path):
    assert told(run)["best_question"]["opportunity"] == "pulp-line-monitoring"
    best = told(run, "inland-energy")["best_question"]
    assert (best["opportunity"], best["as_promising"]) == ("inland-energy", 0)
    assert told(run, "crane-rollout")["best_question"] is None


def test_of_one_plan_it_is_said_that_ranks_are_within_it(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(100)
    said = "Ranks are those within Tallmo Bruk alone."
    assert run("rank", "tallmo-bruk", "--what-would").out.endswith(f"\n\n{said}\n")
    assert said not in run("rank", "--what-would", "km2-renewal").out
    for path in (book / "plans").glob("[!t]*"):
        path.unlink()
    assert said not in run("rank", "tallmo-bruk", "--what-would").out
