"""What to ask the customer: under whom, in which words, and where the answer goes."""

from __future__ import annotations

from itertools import pairwise
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


ABOUT = """\
  stance: {what: Where does Lena stand, about: contacts.lena-vos.stance, asked: 2026-11-20}
  need: {what: What for, about: opportunities.push.need, asked: 2026-11-20}
  owner: {what: Whose is it, about: insights.grow.owner, asked: 2026-11-20}
  due: {what: By when, about: opportunities.push.close_date, asked: 2026-11-20}
  site: {what: Where are they, about: profile.headquarters, asked: 2026-11-20}
  plan: {what: What do we want, about: opportunities.push.objective, asked: 2026-11-20}
"""


@pytest.mark.parametrize(
    ("identifier", "said", "written"),
    [
        ("stance", "negative", "stance: negative"),
        ("need", "To waste less", "need: To waste less"),
        ("due", "2027-03", "close_date: 2027-03-31"),
        ("due", "End of March", "close_date: 2027-03-31"),
        ("goal", "250k", "goal: 250_000"),
        ("site", "Utrecht", "headquarters: Utrecht"),
        ("plan", "Win it by spring", "win-it-by-spring:"),
    ],
)
def test_an_answer_goes_into_the_field_that_it_is_about(run: Run, acme: Path, identifier: str, said: str, written: str):
    acme.write_text(PLAN + ABOUT, "utf-8")
    answer = run("questions", "acme", "--answer", identifier, said, *TODAY)
    text = acme.read_text("utf-8")
    assert answer.status == 0
    assert written in text
    assert text.count("status: answered") == 1
    assert f"answer: {said}" in text
    assert "is now" in answer.err or "added objectives.win-it-by-spring" in answer.err
    assert "kept with the question alone" not in answer.err


@pytest.mark.parametrize(
    ("identifier", "said", "why"),
    [
        ("stance", "He would start with one plant", "is none of the answers; one of supportive, neutral, negative"),
        ("due", "when the snow is gone", "'when the snow is gone' is no day"),
    ],
)
def test_what_cannot_be_read_as_the_field_is_kept_and_it_is_said_how_to_fill_it_in(
    run: Run, acme: Path, identifier: str, said: str, why: str, terminal: Callable[[int], None]
):
    acme.write_text(PLAN + ABOUT, "utf-8")
    terminal(200)
    answer = run("questions", "acme", "--answer", identifier, said, *TODAY)
    assert why in answer.err
    about = ABOUT.partition(f"{identifier}: ")[2].partition("about: ")[2].partition(",")[0]
    assert f"acctplan set acme {about} VALUE" in answer.err
    assert f"answer: {said}" in acme.read_text("utf-8")
    assert acme.read_text("utf-8").replace(f", status: answered, answer: {said}", "") == PLAN + ABOUT


def test_a_sentence_is_nobodys_name(run: Run, acme: Path):
    text = (PLAN + ABOUT).replace(", owner: lena-vos}", "}")
    acme.write_text(text, "utf-8")
    assert "does not look like a name" in run("questions", "acme", "--answer", "owner", "Their new board, they say", *TODAY).err
    assert "their-new-board" not in acme.read_text("utf-8")
    acme.write_text(text, "utf-8")
    run("questions", "acme", "--answer", "owner", "Eva Sandell", *TODAY)
    assert "owner: eva-sandell" in acme.read_text("utf-8")


def test_the_end_says_where_answers_go(run: Run, acme: Path, terminal: Callable[[int], None]):
    terminal(200)
    said = run("questions", "acme", *TODAY)
    assert '--answer budget "…"' in said.out + said.err
    assert "the answers to the others: acctplan interview acme" in said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--answer", "budget", "dunno"], "'dunno' is no answer"),
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


DEALS = """\
profile: {name: Acme}
units: {west: {name: West}}
solutions: {sensors: {name: Sensors}}
contacts: {tom: {name: Tom Bakker, roles: [sponsor], stance: supportive, coverage: multiple, last_contact: 2026-11-19}}
opportunities:
  push: {name: Push Knarr out, status: open}
  trick: {name: Trick them, status: open}
  probes: {name: Twist, status: open, solution: sensors, unit: west}
  agreed: {name: The new plant, status: open, shared: true}
"""


def test_which_deal_a_question_is_about_is_said(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(DEALS, "acme")
    rows = [line.split("\t") for line in run("questions", "acme", *TODAY).out.splitlines()]
    assert {row[-1] for row in rows} >= {"opportunity", "push", "trick", "probes", "agreed"}
    terminal(200)
    lines = run("questions", "acme", *TODAY).out.splitlines()
    asked = [(one, after) for one, after in pairwise(lines) if "on this project" in one]
    assert {next((name for name in ("Push Knarr out", "Trick them") if name in after), "") for _, after in asked} == {
        "Push Knarr out",
        "Trick them",
    }


def test_a_list_to_take_along_keeps_deals_apart_and_their_names_for_ourselves(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]
):
    plan(DEALS, "acme")
    terminal(200)
    answer = run("questions", "acme", "--markdown", *TODAY)
    heads = [line for line in answer.out.splitlines() if line.startswith("###")]
    assert sorted(heads) == ["### Project (1)", "### Project (2)", "### Sensors for West", "### The new plant"]
    assert not any(words in answer.out for words in ("Knarr", "Trick", "Twist"))
    assert "'Project (1)' is Push Knarr out" in answer.err
    assert "acctplan set acme opportunities." in answer.err
