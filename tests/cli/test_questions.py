"""What to ask the customer: under whom, in which words, and where the answer goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
profile: {name: Acme, account_manager: ines, background: They sell anvils}
team: {ines: {name: Ines Kolb}}
insights: {grow: {kind: goal, what: Grow in *Asia*, owner: lena-vos}}
contacts:
  lena-vos: {name: Lena Vos, title: CFO, roles: [decision_maker], coverage: brief, last_contact: 2026-11-19}
  tom: {name: Tom Bakker, roles: [sponsor], stance: supportive, coverage: multiple, last_contact: 2026-11-19}
opportunities: {push: {name: Push Knarr out, status: open, value: 420_000, owner: ines, buying_roles: {lena-vos: {role: decision_maker}}}}
questions:
  budget: {what: Who holds the budget, contact: tom, asked: 2026-11-20}
  goal: {what: What do we want to earn, about: revenue.FY2026.goal, asked: 2026-11-20}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def test_under_each_contact_the_most_valuable_first(run: Run, acme: Path, terminal: Callable[[int], None]):
    terminal(100)
    out = run("questions", "acme", *TODAY).out
    places = [
        out.index(words) for words in ("Lena Vos, CFO", "Is it right that: Grow", "Tom Bakker", "Who holds the budget", "How does Lena Vos")
    ]
    assert places == sorted(places)
    assert out.index("For ourselves to find out") < out.index("What do we want to earn")


def test_a_list_to_take_along_says_nothing_of_ours(run: Run, acme: Path):
    out = run("questions", "acme", "--markdown", *TODAY).out
    assert out.startswith("# Questions for Acme\n\n2026-11-21\n\n## Lena Vos, CFO\n\n- [ ] ")
    assert "- [ ] Is it right that: Grow in \\*Asia\\*?\n" in out
    assert "- [ ] Who holds the budget\n" in out
    assert not any(words in out for words in ("Knarr", "earn", "Unknown is not neutral", "stance", "420"))


def test_for_one_contact(run: Run, acme: Path):
    out = run("questions", "--contact", "lena", "--markdown", *TODAY).out
    assert "## Lena Vos, CFO" in out
    assert "Tom" not in out
    wrong = run("questions", "acme", "--contact", "tomm")
    assert (wrong.status, wrong.err) == (2, "acctplan: no contact tomm\n  did you mean tom?\n")


def test_an_answer_is_noted_and_no_longer_asked(run: Run, acme: Path):
    answer = run("questions", "acme", "--answer", "budget", "Lena does")
    assert answer.err == "plans/acme.yaml: answered: Who holds the budget\n"
    assert "asked: 2026-11-20, status: answered, answer: Lena does}" in acme.read_text("utf-8")
    assert "Who holds the budget" not in run("questions", "acme", *TODAY).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--answer", "budgt", "x"], "no question budgt in plans/acme.yaml\n  did you mean budget?"),
        (["--answer", "budget", " "], "a text without a word"),
        (["--answer", "budget", "x", "--json"], "--json, --markdown and --answer are different things"),
        (["--diff"], "--diff goes with --answer"),
    ],
)
def test_what_cannot_be_done(run: Run, acme: Path, arguments: list[str], message: str):
    answer = run("questions", "acme", *arguments)
    assert answer.status == 2
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_a_diff_writes_nothing(run: Run, acme: Path):
    assert "+" in run("questions", "acme", "--answer", "budget", "Lena does", "--diff").out
    assert acme.read_text("utf-8") == PLAN


def test_a_plan_with_errors_is_left_out(run: Run, acme: Path, plan: Callable[..., Path]):
    plan("profile: {nmae: X}", "broken")
    answer = run("questions", *TODAY)
    assert answer.status == 1
    assert "Who holds the budget" in answer.out


def test_nobody_to_ask(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}", "bare")
    terminal(80)
    assert "Whoever we meet" in run("questions", "bare", *TODAY).out
