"""`acctplan score`: what people see, what programs get, and what is written into plans."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.config import SHIPPED
from acctplan.document import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run


TODAY = ("--today", "2026-11-21")
ACME = """\
profile: {name: Acme}
competitors:
  rival: {name: Rival Ltd}
opportunities:
  first:                      # the one that matters
    name: First project
    status: open
    stage: value-proposition
    scorecards:
      meddpicc:
        metrics: {answer: 2, evidence: Their own count, as_of: 2026-10-01, competitors: {rival: 1}}   # seen by Ines
        champion: {answer: 3, evidence: She showed us the minutes, as_of: 2025-01-31}
        identify-pain: {answer: '?'}
  second: {name: Second project}
"""
FIT = """\
[scorecards.fit]
name = "Does it suit us?"
questions.near = {ask = "Is it near?", gate = true, part = "Can we do it?"}
questions.people = {ask = "Have we the people?", weight = 3, needed = [[0.5, 3]], part = "Can we do it?"}
questions.liked = {ask = "Do we like it?"}
"""


@pytest.fixture
def acme(plan: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with answers, in a book with a scorecard of its own."""
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "acctplan.toml").write_text(FIT, encoding="utf-8")
    return plan(ACME)


def answers(path: Path, opportunity: str = "first") -> dict[str, Any]:
    data: Any = parse(path.read_text("utf-8")).data
    return data["opportunities"][opportunity].get("scorecards", {})


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, terminal: Callable[[int], None]) -> Callable[..., None]:
    """Somebody at a terminal who types lines; at their end Ctrl-D, or whatever else is raised."""

    def typed(*lines: str, then: type[BaseException] = EOFError) -> None:
        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

            def readline(self, size: int | None = -1, /) -> str:
                if line := super().readline(-1 if size is None else size):
                    return line
                raise then

        terminal(80)
        monkeypatch.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in lines)))

    return typed


# What is shown


@pytest.mark.usefixtures("acme")
def test_for_people(run: Run, terminal: Callable[[int], None]):
    terminal(80)
    answer = run("score", "first", *TODAY)
    assert answer.status == 0
    shown = " ".join(answer.out.split())
    assert "First project · Acme plans/acme.yaml:5 MEDDPICC" in shown
    assert "Rival Ltd" in shown
    assert "2 they gave us" in answer.out
    assert "? not answered" in answer.out
    assert "? unknown" in answer.out
    assert "1 of 3" in answer.out
    assert "stale)" in shown
    assert "20.8 of 100 points so far, 95.8 if all that is unknown turned out well; 2 of 8 answered" in shown
    assert "Too early to say: 2 of 8 answered" in shown
    assert "Rival Ltd: 4.2 of 100 points so far, 91.7 if" in shown
    assert "! at 50 % these should be known: economic-buyer, decision-criteria, decision-process, identify-pain, competition" in shown
    assert "Find out next" in shown
    assert "acctplan score first --card meddpicc --ask" in answer.err
    assert all(len(line) <= 80 for line in answer.out.splitlines())


@pytest.mark.usefixtures("acme")
def test_only_what_is_old_is_stale(run: Run):
    def stale(*arguments: str) -> list[str]:
        (card,) = json.loads(run("score", "first", "--json", *arguments).out)["cards"]
        return [term["question"] for term in card["terms"] if term["stale"]]

    assert stale("--today", "2026-01-31") == []
    assert stale("--today", "2026-02-01") == ["champion"]
    assert stale("--today", "2027-10-02") == ["metrics", "champion"]


@pytest.mark.usefixtures("acme")
def test_for_programs(run: Run):
    answer = run("score", "first", "--json", *TODAY)
    data = json.loads(answer.out)
    assert (data["version"], data["plan"], data["account"], data["opportunity"], data["line"]) == (1, "plans/acme.yaml", "Acme", "first", 5)
    assert (data["stage"], data["probability"]) == ("value-proposition", "0.50")
    (card,) = data["cards"]
    assert (card["card"], card["answered"], card["of"], card["band"], card["settled"]) == ("meddpicc", 2, 8, None, False)
    assert sum(term["points"] for term in card["terms"]) == pytest.approx(card["points"])
    assert card["possible_bands"] == ["not qualified", "weak", "workable", "strong"]
    assert card["open"][:2] == ["economic-buyer", "decision-criteria"]
    assert card["minima_missed"] == ["economic-buyer", "decision-criteria", "decision-process", "identify-pain", "competition"]
    metrics = card["terms"][0]
    assert (metrics["answer"], metrics["least"], metrics["as_of"], metrics["evidence"]) == ("2", 1, "2026-10-01", "Their own count")
    assert (metrics["pointer"], metrics["line"]) == ("opportunities.first.scorecards.meddpicc.metrics.answer", 11)
    (rival,) = card["competitors"]
    assert (rival["competitor"], rival["name"], rival["answered"], rival["terms"][0]["answer"]) == ("rival", "Rival Ltd", 1, "1")


@pytest.mark.usefixtures("acme")
def test_piped_there_is_a_row_for_each_answer(run: Run):
    answer = run("score", "first", *TODAY)
    titles, *rows = (line.split("\t") for line in answer.out.splitlines())
    table = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [row["competitor"] for row in table] == [""] * 8 + ["rival"] * 8
    assert (table[0]["question"], table[0]["answer"], table[0]["points"], table[0]["line"]) == ("metrics", "2", "8.3333", "11")
    assert answer.err == ""


@pytest.mark.usefixtures("acme")
def test_a_no_that_decides_is_said(run: Run, terminal: Callable[[int], None]):
    run("score", "second", "--card", "fit", "--answer", "near=-", "--answer", "people=+", *TODAY)
    terminal(80)
    shown = " ".join(run("score", "second", *TODAY).out.split())
    assert "✗ decides against it: Is it near? - no" in shown
    assert "60.0 of 100 points so far, 80.0 if" in shown
    assert "but a deciding question has a no" in shown
    assert "Band: good so far; it could still end as fair or good, but a deciding question has a no" in shown
    run("score", "second", "--card", "fit", "--answer", "near=?", *TODAY)
    assert "Can we do it? 60 so far, of 80" in " ".join(run("score", "second", *TODAY).out.split())


@pytest.mark.usefixtures("acme")
def test_a_part_of_a_card_has_its_heading_at_the_edge(run: Run, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    terminal(80)
    lines = run("score", "second", "--card", "tas", *TODAY).out.splitlines()
    headings = [line for line in lines if "so far" in line]
    assert headings == [
        f"{part}  0 so far, of 25" for part in ("Is there an opportunity?", "Can we compete?", "Can we win?", "Is it worth winning?")
    ]
    assert len({line.index("Asks") for line in lines if "Asks" in line}) == 1
    run("score", "second", "--card", "fit", "--answer", "near=+", "--answer", "people=-", *TODAY)
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[1mCan\x1b[0m" in run("score", "second", "--card", "fit", *TODAY).out
    assert "\nCan we do it?  20 of 80\n" in "\n" + re.sub(r"\x1b\[\d+m", "", run("score", "second", "--card", "fit", *TODAY).out)


@pytest.mark.usefixtures("acme")
def test_a_band_is_told_from_half_of_the_weight_on(run: Run, terminal: Callable[[int], None]):
    def shown(*given: str) -> tuple[str, str | None]:
        run("score", "first", *(argument for one in given for argument in ("--answer", f"{one}=2")), *TODAY)
        (card,) = json.loads(run("score", "first", "--json", *TODAY).out)["cards"]
        return " ".join(run("score", "first", *TODAY).out.split()), card["band"]

    _, band = shown("competition")
    assert band is None
    _, band = shown("economic-buyer")
    assert band == "strong"
    terminal(200)
    assert "Band: strong so far; it could still end as weak, workable or strong" in " ".join(run("score", "first", *TODAY).out.split())


@pytest.mark.usefixtures("acme")
def test_a_band_that_can_change_no_more(run: Run, terminal: Callable[[int], None]):
    terminal(80)
    two = run("score", "second", "--card", "fit", "--answer", "near=+", "--answer", "people=+", *TODAY).out
    assert "Band: good, and no answer still to come can change that" in two
    three = run("score", "second", "--card", "fit", "--answer", "liked=-", *TODAY).out
    assert "Band: good\n" in three
    assert "Find out next" not in three


def test_an_answer_that_does_not_count_makes_no_band(run: Run, acme: Path, terminal: Callable[[int], None]):
    settings = acme.parent.parent / "acctplan.toml"
    settings.write_text(FIT.replace("weight = 3", "weight = 0"), encoding="utf-8")
    terminal(80)
    answer = run("score", "second", "--card", "fit", "--answer", "people=+", *TODAY)
    assert "Too early to say: nothing that counts is known yet" in answer.out


@pytest.mark.usefixtures("acme")
def test_what_is_below_a_minimum_is_said(run: Run, terminal: Callable[[int], None]):
    run("score", "first", "--card", "fit", "--answer", "people=-", *TODAY)
    run("score", "first", "--card", "meddpicc", "--answer", "champion=1", *TODAY)
    terminal(120)
    shown = run("score", "first", *TODAY).out
    assert "! at 50 % these should be better: people (-, + is needed)" in shown
    assert "! at 50 % these should be better: champion (1, at least 2 is needed)" in shown


@pytest.mark.usefixtures("acme")
def test_the_factors_are_read_off_the_plan(run: Run, terminal: Callable[[int], None]):
    terminal(80)
    answer = run("score", "second", "--card", "factors", *TODAY)
    assert "? unknown" in answer.out
    assert "fill in there what is unknown" in answer.err
    assert "importance to us" in answer.out
    assert "importance_to_us" not in answer.out + run("score", "--card", "factors").out
    data = json.loads(run("score", "second", "--card", "factors", "--json").out)
    ranked = json.loads(run("rank", "--json").out)["opportunities"]
    (same,) = [one for one in ranked if one["opportunity"] == "second"]
    assert (data["cards"][0]["points"], data["cards"][0]["ceiling"]) == (same["score"], same["ceiling"])


@pytest.mark.usefixtures("acme")
def test_without_answers_one_is_told_how_to_begin(run: Run):
    answer = run("score", "second")
    assert answer.status == 0
    assert answer.out.startswith("plan\taccount\t")
    assert answer.err == (
        "no scorecard has answers for Second project yet\n"
        "  begin with one of meddpicc, tas, fit: acctplan score second --card meddpicc --ask\n"
        "  or see what the plan itself says: acctplan score second --card factors\n"
    )


# The scorecards themselves


@pytest.mark.usefixtures("acme")
def test_the_scorecards_are_listed(run: Run):
    rows = [line.split("\t") for line in run("score", "--cards").out.splitlines()]
    assert [(row[0], row[2], row[4]) for row in rows[1:]] == [
        ("factors", "7", "acctplan"),
        ("meddpicc", "8", "acctplan"),
        ("tas", "20", "acctplan"),
        ("fit", "3", "this book"),
    ]
    data = json.loads(run("score", "--cards", "--json").out)
    assert (data["version"], [card["card"] for card in data["cards"]]) == (1, ["factors", "meddpicc", "tas", "fit"])


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("card", "told"),
    [
        ("meddpicc", ["2  they gave us the figures", "needed: at least 1 from 50 % on, at least 2 from 75 % on"]),
        ("tas", ["Is there an opportunity?", "a plain no decides against the opportunity"]),
        ("factors", ["how well we reach whoever decides"]),
    ],
)
def test_a_card_says_what_it_asks(run: Run, terminal: Callable[[int], None], card: str, told: list[str]):
    terminal(80)
    out = run("score", "--card", card).out
    assert [text for text in told if text not in out] == []


@pytest.mark.usefixtures("acme")
def test_a_card_for_programs(run: Run):
    titles, *rows = (line.split("\t") for line in run("score", "--card", "meddpicc").out.splitlines())
    (first, *_) = (dict(zip(titles, row, strict=True)) for row in rows)
    assert (first["question"], first["2"], first["needed"]) == ("metrics", "they gave us the figures", "0.5 1, 0.75 2")
    (card,) = json.loads(run("score", "--card", "meddpicc", "--json").out)["cards"]
    assert card["questions"][0]["needed"] == [{"from": "0.5", "least": 1}, {"from": "0.75", "least": 2}]
    assert len(card["questions"][0]["grades"]) == 4


# Which opportunity


def test_the_opportunity_is_found_over_the_book(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    plan("profile: {name: Bolt}\nopportunities: {other: {name: Other}}\n", "bolt")
    assert json.loads(run("score", "other", "--json").out)["plan"] == "plans/bolt.yaml"
    assert json.loads(run("score", "bolt", "other", "--json").out)["plan"] == "plans/bolt.yaml"
    assert json.loads(run("score", "other", "--plan", "bolt", "--json").out)["plan"] == "plans/bolt.yaml"


def test_the_same_id_in_several_plans(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    plan(ACME.replace("Acme", "Bolt"), "bolt")
    assert run("score", "first") == (
        2,
        "",
        "acctplan: 2 plans have the opportunity first: acme, bolt\n  name the plan: acme first\n",
    )
    assert json.loads(run("score", "bolt", "first", "--json").out)["account"] == "Bolt"
    for number in range(5):
        plan(ACME, f"copy-{number}")
    assert run("score", "first").err.splitlines()[0] == (
        "acctplan: 7 plans have the opportunity first: acme, bolt, copy-0, copy-1, copy-2, copy-3 and 1 more"
    )


def test_a_plan_with_errors_that_may_have_it_is_said(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    plan("profile: {name: Bolt}\nopportunities: {first: {name: []}}\n", "bolt")
    answer = run("score", "first", "--json")
    assert (answer.status, json.loads(answer.out)["plan"]) == (1, "plans/acme.yaml")
    assert answer.err == "plans/bolt.yaml: left out, it has errors: acctplan check plans/bolt.yaml\n"
    assert run("score", "bolt", "first").err.startswith("acctplan: plans/bolt.yaml:2: ")


def test_it_may_be_in_a_plan_that_cannot_be_read(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    plan("", "latin").write_bytes(b"profile: {name: Caf\xe9}\n")
    assert run("score", "other") == (
        2,
        "",
        "acctplan: no opportunity other in the plans that can be read\n  it may be in plans/latin.yaml: acctplan check plans/latin.yaml\n",
    )


@pytest.mark.usefixtures("acme")
def test_competitors_stand_beside_us(run: Run, terminal: Callable[[int], None]):
    run("score", "second", "--card", "fit", "--answer", "near=+", "--answer", "liked=-", "--competitor", "rival", *TODAY)
    terminal(100)
    lines = [line.split() for line in run("score", "second", *TODAY).out.splitlines()]
    (near,) = [line for line in lines if line[:1] == ["near"]]
    (liked,) = [line for line in lines if line[:1] == ["liked"]]
    assert " ".join(near[1:]) == "Is it near? ? unknown + yes up to 20.0"
    assert " ".join(liked[1:]) == "Do we like it? ? unknown - no up to 20.0"


HOSTILE = """\
profile: {name: "[red]Acme[/red]"}
competitors:
  rival: {name: "R\\e[31mival \\u202e[b]"}
opportunities:
  first:
    name: "[/red] \\e[31m"
    scorecards:
      meddpicc: {metrics: {answer: 0, evidence: "[link=x]a[/link] \\e]0;title\\a \\t", competitors: {rival: 1}}}
"""


@pytest.mark.parametrize("columns", [0, 80, 300])
def test_plan_text_does_nothing_to_a_terminal(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, columns: int
):
    plan(HOSTILE)
    monkeypatch.setenv("NO_COLOR", "1")
    if columns:
        terminal(columns)
    answer = run("score", "first")
    assert [one for one in answer.out + answer.err if not one.isprintable() and one not in "\n\t"] == []
    assert "[link=x]a[/link] <U+001B>]0;title<U+0007>" in answer.out or columns == 80
    assert columns == 0 or "R<U+001B>[31mival <U+202E>[b]" in answer.out


# Answers with the command


def test_an_answer_is_written_where_it_stands_and_nothing_else(run: Run, acme: Path):
    answer = run("score", "first", "--answer", "metrics=3", "--evidence", "The CFO said so", *TODAY)
    assert answer.status == 0
    assert answer.err == "wrote plans/acme.yaml: metrics\n"
    old = "metrics: {answer: 2, evidence: Their own count, as_of: 2026-10-01, competitors: {rival: 1}}   # seen by Ines"
    new = "metrics: {answer: 3, evidence: The CFO said so, as_of: 2026-11-21, competitors: {rival: 1}}   # seen by Ines"
    assert acme.read_text("utf-8") == ACME.replace(old, new)
    assert "\tmetrics\t" in answer.out


def test_several_answers_share_evidence_and_date(run: Run, acme: Path):
    given = ("--answer", "project=+", "--answer", "event=-", "--answer", "fit=?")
    assert run("score", "second", "--card", "tas", *given, "--evidence", "Seen", "--as-of", "2026-11-20").status == 0
    assert answers(acme, "second") == {
        "tas": {
            "project": {"answer": "+", "evidence": "Seen", "as_of": "2026-11-20"},
            "event": {"answer": "-", "evidence": "Seen", "as_of": "2026-11-20"},
            "fit": {"answer": "?", "evidence": "Seen", "as_of": "2026-11-20"},
        }
    }


def test_what_competitors_get(run: Run, acme: Path):
    theirs = ("--competitor", "rival", *TODAY)
    assert run("score", "first", "--answer", "metrics=2", "--answer", "competition=0", *theirs).status == 0
    meddpicc = answers(acme)["meddpicc"]
    assert meddpicc["metrics"] == {"answer": "2", "evidence": "Their own count", "as_of": "2026-10-01", "competitors": {"rival": "2"}}
    assert meddpicc["competition"] == {"answer": "?", "competitors": {"rival": "0"}}


def test_old_evidence_for_a_new_answer_is_said(run: Run, acme: Path):
    said = "the evidence noted with metrics is that of the answer before: --evidence notes the new one"
    assert said not in run("score", "first", "--answer", "metrics=2", *TODAY).err
    assert said in run("score", "first", "--answer", "metrics=1", *TODAY).err
    assert answers(acme)["meddpicc"]["metrics"]["evidence"] == "Their own count"


def test_what_is_unknown_again_loses_its_evidence_and_its_date(run: Run, acme: Path):
    given = ("score", "first", "--answer", "champion=?", "--card", "meddpicc", *TODAY)
    old = "champion: {answer: 3, evidence: She showed us the minutes, as_of: 2025-01-31}"
    diff = run(*given, "--diff").out
    assert f"-        {old}" in diff
    assert "+        champion: {answer: '?'}" in diff
    answer = run(*given)
    assert answer.err == ("wrote plans/acme.yaml: champion\nthe evidence noted with champion went with the answer before, and its date\n")
    assert acme.read_text("utf-8") == ACME.replace(old, "champion: {answer: '?'}")
    assert run(*given).err == "nothing to change: the plan says so already\n"


def test_a_day_that_is_still_to_come(run: Run, acme: Path):
    answer = run("score", "first", "--answer", "champion=1", "--as-of", "2030-01-01", *TODAY)
    assert (answer.status, acme.read_text("utf-8")) == (2, ACME)
    assert "2030-01-01 is still to come" in answer.err


def test_what_is_unknown_with_evidence_keeps_that(run: Run, acme: Path):
    run("score", "first", "--answer", "champion=?", "--evidence", "She left", *TODAY)
    assert answers(acme)["meddpicc"]["champion"] == {"answer": "?", "evidence": "She left", "as_of": "2026-11-21"}
    run("score", "first", "--answer", "paper-process=?", *TODAY)
    assert answers(acme)["meddpicc"]["paper-process"] == {"answer": "?"}


def test_only_the_card_that_was_written_to_is_shown(run: Run, acme: Path):
    run("score", "first", "--answer", "near=+", *TODAY)  # beside meddpicc, which has answers
    assert list(answers(acme)) == ["meddpicc", "fit"]
    data = json.loads(run("score", "first", "--answer", "liked=-", "--json", *TODAY).out)
    assert [card["card"] for card in data["cards"]] == ["fit"]
    assert [card["card"] for card in json.loads(run("score", "first", "--json", *TODAY).out)["cards"]] == ["meddpicc", "fit"]


# What the plan itself says

KNOWN = """\
profile: {name: Acme}
opportunities:
  first:
    name: First
    status: open
    need: "Fewer stops \\e[31m"
    decision_criteria: [{what: A, position: better}, {what: B, position: worse}, {what: C}]
"""


def test_what_the_plan_says_stands_beside_what_is_not_answered(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan(KNOWN)
    (card,) = json.loads(run("score", "first", "--card", "meddpicc", "--json").out)["cards"]
    said = {term["question"]: term["plan_says"] for term in card["terms"] if term["plan_says"]}
    assert said == {"decision-criteria": "3 criteria: 1 better, 1 worse, 1 unknown", "identify-pain": "Fewer stops \x1b[31m"}
    assert (card["answered"], card["points"]) == (0, 0)
    titles, *rows = (line.split("\t") for line in run("score", "first", "--card", "meddpicc").out.splitlines())
    assert [row[titles.index("plan_says")] for row in rows][2] == said["decision-criteria"]
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(200)
    shown = run("score", "first", "--card", "meddpicc").out
    assert "? not answered  the plan says: 3 criteria: 1 better, 1 worse, 1 unknown" in shown
    run("score", "first", "--answer", "decision-criteria=1")
    assert "3 criteria" not in run("score", "first", "--card", "meddpicc").out


def test_what_the_plan_says_stands_under_the_question_that_is_asked(
    run: Run, plan: Callable[..., Path], typed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
):
    plan(KNOWN)
    monkeypatch.setenv("NO_COLOR", "1")
    typed("", "", "", "", "", "", "", "")
    out = run("score", "first", "--card", "meddpicc", "--ask").out
    assert "3 of 8: Decision criteria: what will they decide by?\n  the plan says: 3 criteria: 1 better, 1 worse, 1 unknown\n" in out
    assert "  the plan says: Fewer stops <U+001B>[31m\n" in out
    assert out.count("the plan says") == 4  # and in the card, at the end
    typed("", "", "", "", "", "", "", "")
    plan(KNOWN.replace("opportunities:", "competitors: {rival: {name: Rival}}\nopportunities:"))
    before = run("score", "first", "--card", "meddpicc", "--ask", "--competitor", "rival").out.partition("Question")[0]
    assert "the plan says" not in before


# Without an opportunity


@pytest.mark.usefixtures("acme")
def test_without_an_opportunity_those_that_there_are_are_listed(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    ranked = json.loads(run("rank", "--json").out)["opportunities"]
    said = json.loads(run("score", "--json").out)
    assert said == {
        "version": 1,
        "opportunities": [
            {"rank": one["rank"], "id": one["opportunity"], "opportunity": one["name"], "account": "Acme", "plan": "plans/acme.yaml"}
            for one in ranked
        ],
    }
    assert run("score").out.splitlines()[0] == "rank\tid\topportunity\taccount\tplan"
    plan("profile: {name: Bolt}\nopportunities:\n" + "".join(f"  o{number}: {{name: N}}\n" for number in range(12)), "bolt")
    terminal(100)
    answer = run("score")
    assert answer.status == 0
    assert "first" in answer.out
    assert "and 4 more: acctplan rank\n" in answer.out
    assert "acctplan score 1 --card meddpicc --ask" in answer.err
    assert "acctplan score --cards" in answer.err


def test_a_plan_with_errors_is_left_out_of_them(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    plan("profile: {name: Bolt}\nopportunities: {first: {name: []}}\n", "bolt")
    answer = run("score", "--json")
    assert (answer.status, len(json.loads(answer.out)["opportunities"])) == (1, 2)


def test_there_may_be_none(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
    assert run("score") == (0, "rank\tid\topportunity\taccount\tplan\n", "no opportunity is potential or open\n")


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("asked", [["acme"], ["--plan", "acme"]])
def test_a_plan_alone_is_answered_with_what_is_in_it(run: Run, asked: list[str]):
    assert run("score", *asked) == (
        2,
        "",
        "first   First project   Acme\nsecond  Second project  Acme\nacctplan: which opportunity of acme?\n  give the id of one\n",
    )


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("asked", "found"), [(["1"], "first"), (["acme", "2"], "second"), (["second pro"], "second"), (["SECOND"], "second")]
)
def test_it_is_found_by_its_rank_or_a_part_of_its_name(run: Run, asked: list[str], found: str):
    assert json.loads(run("score", *asked, "--json").out)["opportunity"] == found


def test_how_to_ask_again_names_what_was_found(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    assert "acctplan score acme second --card meddpicc --ask" in run("score", "second proj").err
    assert "acctplan score second --card meddpicc --ask" in run("score", "second").err


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(("asked", "message"), [("zzz", "no opportunity zzz"), ("project", "2 may be meant by project")])
def test_what_cannot_be_told_is_answered_with_a_list(run: Run, asked: str, message: str):
    answer = run("score", asked)
    assert (answer.status, answer.err.splitlines()[:2]) == (2, ["first   First project   Acme", "second  Second project  Acme"])
    assert f"acctplan: {message}\n  give the id of one" in answer.err


@pytest.mark.parametrize(
    ("then", "message"),
    [
        ("profile: {name: Acme}\n", "plans/acme.yaml has no opportunity first any more"),
        (
            "profile: {name: Acme}\nopportunities: {first: {name: First}}\n",
            "nothing was written, the plan would not be right: 'rival' is not in competitors",
        ),
    ],
)
@pytest.mark.usefixtures("acme")
def test_what_is_gone_by_then_is_said(run: Run, typed: Callable[..., None], monkeypatch: pytest.MonkeyPatch, then: str, message: str):
    typed("2", "Seen")
    plan, readline = Path("plans/acme.yaml"), sys.stdin.readline

    def while_somebody_else_deletes_it(size: int = -1) -> str:
        plan.write_text(then, encoding="utf-8")
        return readline(size)

    monkeypatch.setattr(sys.stdin, "readline", while_somebody_else_deletes_it)
    answer = run("score", "first", "--card", "meddpicc", "--ask", "--competitor", "rival", *TODAY)
    assert answer.status == 2
    assert f"acctplan: {message}\n" in answer.err
    assert plan.read_text("utf-8") == then


def test_a_diff_writes_nothing(run: Run, acme: Path):
    answer = run("score", "first", "--answer", "paper-process=1", "--diff", *TODAY)
    assert answer.status == 0
    assert "+        paper-process: {answer: 1, as_of: 2026-11-21}" in answer.out.splitlines()
    assert acme.read_text("utf-8") == ACME


def test_the_card_may_be_left_out_where_there_is_one(run: Run, acme: Path):
    assert run("score", "first", "--answer", "champion=1", *TODAY).status == 0
    assert run("score", "second", "--answer", "liked=+", *TODAY).status == 0  # no other card asks that
    assert list(answers(acme, "second")) == ["fit"]


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["score", "--answer", "metrics=1"], "which opportunity?", "give its id: acctplan score OPPORTUNITY --ask"),
        (["score", "frist"], "no opportunity frist", "did you mean first?"),
        (["score", "acme", "frist"], "no opportunity frist in plans/acme.yaml", "did you mean first?"),
        (["score", "acne", "first"], "no plan acne", "did you mean acme?"),
        (["score", "a", "b", "c"], "3 names, and one opportunity is wanted", "write PLAN OPPORTUNITY"),
        (["score", "first", "--card", "medpicc"], "no scorecard medpicc", "did you mean meddpicc?"),
        (["score", "--card", "zzz"], "no scorecard zzz", "there is factors, meddpicc, tas, fit"),
        (
            ["score", "second", "--answer", "metrics"],
            "no answer 'metrics'",
            "write QUESTION=ANSWER, such as --answer metrics=2 or --answer 'fit=?'",
        ),
        (["score", "first", "--answer", "metric=1", "--card", "meddpicc"], "meddpicc has no question metric", "did you mean metrics?"),
        (["score", "first", "--answer", "metrics=4"], "meddpicc does not take the answer '4'", "it takes 0, 1, 2, 3, ?"),
        (["score", "first", "--answer", "near=1", "--card", "fit"], "fit does not take the answer '1'", "it takes +, -, ?"),
        (["score", "first", "--answer", "metrics=1", "--answer", "metrics=2"], "two answers to one question", "give each question once"),
        (["score", "second", "--answer", "metric=1"], "no card asks 'metric'", "did you mean metrics?"),
        (
            ["score", "first", "--answer", "zzz=1"],
            "no card asks 'zzz'",
            f"meddpicc asks {', '.join(SHIPPED['meddpicc'].questions)}",
        ),
        (
            ["score", "second", "--answer", "metrics=1", "--answer", "near=+"],
            "no card asks all of metrics, near",
            "write the answers to one card at a time",
        ),
        (
            ["score", "first", "--answer", "value=1", "--card", "factors"],
            "no answers are kept for factors: it is read off the plan",
            "fill in the plan what is unknown",
        ),
        (
            ["score", "first", "--answer", "metrics=1", "--competitor", "rivel"],
            "no competitor rivel in plans/acme.yaml",
            "did you mean rival?",
        ),
        (
            ["score", "first", "--answer", "metrics=1", "--competitor", "rival", "--evidence", "Seen"],
            "evidence and its day are kept for our own answers",
            "leave out --evidence and --as-of, or --competitor",
        ),
        (["score", "first", "--competitor", "rival"], "--competitor goes with --answer or --ask", "what is known of them is always shown"),
        (["score", "first", "--evidence", "Seen"], "--evidence goes with --answer", "for example --answer metrics=2"),
        (["score", "first", "--diff"], "--diff goes with --answer", "for example --answer metrics=2"),
        (["score", "first", "--answer", "metrics=1", "--evidence", " "], "evidence without a word", "leave it out, or say how we know"),
        (
            ["score", "first", "--answer", "metrics=1", "--evidence", "a\u202eb"],
            "evidence with an invisible character: a<U+202E>b",
            "type it again instead of pasting it",
        ),
        (["score", "first", "--ask"], "--ask needs a terminal", "give the answers: --answer QUESTION=ANSWER --evidence TEXT"),
        (
            ["score", "first", "--ask", "--answer", "metrics=1"],
            "--ask goes with --card and --competitor alone",
            "it asks for answers and evidence, and saves each at once",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for(run: Run, arguments: list[str], message: str, hint: str):
    assert run(*arguments) == (2, "", f"acctplan: {message}\n  {hint}\n")


# Answers that are asked for


def test_what_is_unknown_is_asked_for_and_saved(run: Run, acme: Path, typed: Callable[..., None]):
    typed("y", "It is in the next street", "", "n", "")
    answer = run("score", "second", "--card", "fit", "--ask", *TODAY)
    assert answer.status == 0
    assert "3 questions are open. Enter skips" in answer.out
    assert "1 of 3: Is it near?\n  a plain no decides against the opportunity\n  +  yes\n  -  no\n" in answer.out
    assert answers(acme, "second")["fit"] == {
        "near": {"answer": "+", "evidence": "It is in the next street", "as_of": "2026-11-21"},
        "liked": {"answer": "-", "as_of": "2026-11-21"},
    }
    assert "saved 2 of 3 in plans/acme.yaml" in answer.err
    assert "20.0 of 100 points so far" in answer.out


@pytest.mark.parametrize("end", [KeyboardInterrupt, EOFError])
def test_whoever_ends_it_keeps_what_was_said(run: Run, acme: Path, typed: Callable[..., None], end: type[BaseException]):
    typed("2", then=end)  # it ends where evidence is asked for
    answer = run("score", "first", "--ask", *TODAY)
    assert answer.status == 0
    assert answers(acme)["meddpicc"]["economic-buyer"] == {"answer": "2", "as_of": "2026-11-21"}
    assert "saved 1 of 6 in plans/acme.yaml" in answer.err


def test_an_answer_that_the_card_does_not_take_is_asked_again(run: Run, acme: Path, typed: Callable[..., None]):
    typed("5", "+", "?")
    answer = run("score", "first", "--ask", *TODAY)
    assert answer.out.count("one of 0, 1, 2, 3, ?; Enter skips") == 2
    assert "  needed by now: at least 1\n  0  we do not know who it is\n" in answer.out
    assert answers(acme)["meddpicc"]["economic-buyer"] == {"answer": "?"}


def test_evidence_that_nobody_can_read_is_asked_again(run: Run, acme: Path, typed: Callable[..., None]):
    typed("2", "a\u202eb", "Seen")
    answer = run("score", "first", "--ask", *TODAY)
    assert "evidence with an invisible character: a<U+202E>b" in answer.out
    assert answers(acme)["meddpicc"]["economic-buyer"]["evidence"] == "Seen"


def test_competitors_are_asked_about_without_evidence(run: Run, acme: Path, typed: Callable[..., None]):
    typed("1", "2")
    run("score", "first", "--ask", "--competitor", "rival", *TODAY)
    meddpicc = answers(acme)["meddpicc"]
    assert [meddpicc[key]["competitors"] for key in ("economic-buyer", "decision-criteria")] == [{"rival": "1"}, {"rival": "2"}]
    assert meddpicc["economic-buyer"]["answer"] == "?"


@pytest.mark.usefixtures("acme")
def test_where_all_is_answered_nothing_is_asked(run: Run, typed: Callable[..., None]):
    run("score", "second", "--card", "fit", "--answer", "near=+", "--answer", "people=+", "--answer", "liked=+", *TODAY)
    typed()
    assert "every question has an answer" in run("score", "second", "--card", "fit", "--ask", *TODAY).err


def test_what_others_write_meanwhile_stays(run: Run, acme: Path, typed: Callable[..., None], monkeypatch: pytest.MonkeyPatch):
    typed("2", "Seen")
    readline = sys.stdin.readline

    def while_somebody_else_writes(size: int = -1) -> str:
        acme.write_text(acme.read_text("utf-8").replace("Second project", "Another name"), encoding="utf-8")
        return readline(size)

    monkeypatch.setattr(sys.stdin, "readline", while_somebody_else_writes)
    run("score", "first", "--ask", *TODAY)
    assert "Another name" in acme.read_text("utf-8")
    assert answers(acme)["meddpicc"]["economic-buyer"]["evidence"] == "Seen"


# In the ranking


@pytest.mark.usefixtures("acme")
def test_a_scorecard_joins_the_ranking_by_its_weight(run: Run):
    def terms(*arguments: str) -> dict[str, Any]:
        (first, *_) = [one for one in json.loads(run("rank", "--json", *arguments).out)["opportunities"] if one["opportunity"] == "first"]
        return {term["factor"]: term for term in first["terms"] if "." in term["factor"]}

    assert terms() == {}
    weighed = terms("--weight", "meddpicc=100")
    assert len(weighed) == 8
    assert sum(term["out_of"] for term in weighed.values()) == pytest.approx(50)
    assert weighed["meddpicc.champion"]["points"] == pytest.approx(6.25)
    assert weighed["meddpicc.identify-pain"]["value"] is None


def test_a_set_of_weights_brings_its_scorecards(run: Run, acme: Path):
    assert acme.exists()
    settings = acme.parent.parent / "acctplan.toml"
    settings.write_text(FIT + "[ranking.weight_sets.hunting]\nscorecards = {fit = 25}\n", encoding="utf-8")
    first = json.loads(run("rank", "--weights", "hunting", "--json").out)["opportunities"][0]
    assert [(term["factor"], term["out_of"]) for term in first["terms"] if "." in term["factor"]] == [
        ("fit.near", 4),
        ("fit.people", 12),
        ("fit.liked", 4),
    ]
