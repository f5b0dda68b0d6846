"""`acctplan objectives`: the tree, with how far each objective is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
profile: {name: "Acme [red]", account_manager: ines, currency: CHF}
team: {ines: {name: Ines}, bram: {name: Bram}}
opportunities:
  sensors: {name: Sensors, status: won, value: 40_000}
  service: {name: Service, status: open, stage: proposal, value: 60_000}
objectives:
  win:
    category: revenue
    what: Win both
    opportunities: [sensors, service]
    due: 2026-12-31
    measure: {metric: orders booked, target: 100_000, current: 30_000}
    strategies:
      show:
        what: Show them
        actions:
          visit: {what: Visit, owner: bram, due: 2026-11-20}
          slides: {what: Slides, status: done, done: 2026-11-02}
  known: {category: cross_account, type: relationship, what: They know us}
  old: {category: marketing, what: Old one, status: achieved, owner: bram}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def found(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("objectives", *arguments, "--json", *TODAY).out)["objectives"]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["win", "known"]),
        (["--all"], ["win", "known", "old"]),
        (["--late"], ["win"]),
        (["--category", "cross_account"], ["known"]),
        (["--category", "cross_account", "--category", "marketing", "--all"], ["known", "old"]),
        (["--owner", "bram"], ["win"]),
        (["--owner", "bram", "--all"], ["win", "old"]),
        (["acme", "--owner", "ines", "--late"], ["win"]),
    ],
)
def test_what_was_asked_for(run: Run, acme: Path, arguments: list[str], ids: list[str]):
    assert [one["id"] for one in found(run, *arguments)] == ids


def test_a_program_gets_every_term(run: Run, acme: Path):
    win, known = found(run)
    assert (win["standing"], win["why"]) == ("at risk", "1 of 2 actions is late, the longest since 2026-11-20")
    assert (win["done"], win["of"], win["share"], win["days_left"]) == (1, 2, "0.5000", 40)
    assert win["late"] == ["objectives.win.strategies.show.actions.visit"]
    assert (win["owner"], win["owner_name"]) == ("ines", "Ines")
    measure = win["measure"]
    assert (measure["current"], measure["target"], measure["share"], measure["stated"]) == ("40000", "100000", "0.4000", "30000")
    assert (measure["as_of"], measure["currency"]) == ("2026-11-21", "CHF")
    assert [(term["pointer"], term["amount"]) for term in measure["terms"]] == [("opportunities.sensors.value", "40000")]
    assert [action["id"] for action in win["strategies"][0]["actions"]] == ["visit", "slides"]
    assert (known["standing"], known["measure"], known["strategies"]) == ("unknown", None, [])


def test_a_person_gets_a_tree(run: Run, acme: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(200)
    assert run("objectives", *TODAY).out == (
        "Acme [red] (acme)\n"
        "  Win both\n"
        "    △ at risk: 1 of 2 actions is late, the longest since 2026-11-20\n"
        "    revenue · Ines, as account manager · due 2026-12-31, in 40 days · 1 of 2 done · win\n"
        "    orders booked: 40,000 CHF of 100,000 CHF, 40 %; 1 of 2 opportunities is won; the plan says 30,000 CHF\n"
        "    → Show them\n"
        "        ! Visit · Bram · late, due 2026-11-20 · visit\n"
        "        ✓ Slides · Ines, as account manager · done on 2026-11-02 · slides\n"
        "  They know us\n"
        "    ? unknown: nobody has anything to do for it, and it has no day\n"
        "    cross-account, relationship · Ines, as account manager · no day · known\n"
        "\n"
        "2 objectives: 1 at risk, 1 unknown\n"
    )


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("{metric: orders, target: 60_000}", "orders: 40,000 CHF of 60,000 CHF, 66 %; 1 of 1 opportunity is won"),
        ("{metric: orders}", "orders: 40,000 CHF, no target; 1 of 1 opportunity is won"),
        ("{metric: NPS, target: 50}", "NPS: not known, target 50; the plan does not say"),
        ("{metric: NPS, target: 50, current: 12.50}", "NPS: 12.5 of 50, 25 %; as the plan states it"),
        ("{metric: supporters, target: 2}", "supporters: not known, target 2; there is no key player to count"),
    ],
)
def test_the_words_of_a_measure(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], measure: str, words: str):
    plan(PLAN.replace("[sensors, service]", "[sensors]").replace("{metric: orders booked, target: 100_000, current: 30_000}", measure))
    terminal(200)
    assert f"    {words}\n" in run("objectives", *TODAY).out


def test_a_row_an_objective_for_spreadsheets(run: Run, acme: Path):
    titles, *rows = [line.split("\t") for line in run("objectives", *TODAY).out.splitlines()]
    first = dict(zip(titles, rows[0], strict=True))
    assert (first["standing"], first["done"], first["actions"], first["late"], first["next_due"]) == (
        "at risk",
        "1",
        "2",
        "1",
        "2026-11-20",
    )
    assert (first["metric"], first["target"], first["current"], first["share"]) == ("orders booked", "100000", "40000", "0.4000")
    assert len(rows) == 2


def test_a_broken_plan_is_left_out_and_said(run: Run, acme: Path, plan: Callable[..., Path]):
    plan("profile: {nmae: X}\n", "broken")
    for command in ("objectives", "actions"):
        answer = run(command, *TODAY)
        assert answer.status == 1
        assert "win" in answer.out
        assert answer.err == "plans/broken.yaml: left out, it has errors: acctplan check plans/broken.yaml\n"


def test_nothing_of_the_kind(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\n")
    terminal(80)
    assert run("objectives").out == "No objective of that kind.\n"
    assert run("actions").out == "Nothing of that kind is to be done.\n"


@pytest.mark.parametrize(
    ("due", "arguments", "hint"),
    [
        ("2026-11-01", ["one"], "what is late of it: acctplan actions one --late"),
        ("2026-11-01", [], "what is late of it: acctplan actions --late"),
        ("2027-11-01", ["one"], ""),
    ],
)
def test_actions_that_are_late_are_pointed_to(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], due: str, arguments: list[str], hint: str
):
    for name in ("one", "two"):
        actions = f"{{call: {{what: Call them, due: {due}}}}}"
        objective = f"{{what: Win, category: revenue, strategies: {{talk: {{what: Talk, actions: {actions}}}}}}}"
        plan(f"profile: {{name: Acme}}\nobjectives: {{win: {objective}}}\n", name)
    terminal(80)
    assert hint in (said := run("objectives", *arguments, *TODAY).err)
    assert ("acctplan actions" in said) == bool(hint)
