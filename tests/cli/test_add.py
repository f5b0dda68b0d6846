"""`acctplan add`: what is new gets an id and its place, and everything else stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
profile: {name: Acme}
team: {ines: {name: Ines}}
contacts:
  tom: {name: Tom}   # the plant
opportunities:
  sensors: {name: Sensors, status: open}
objectives:
  win: {category: revenue, what: Win, opportunities: [sensors], strategies: {show: {what: Show}, call: {what: Call}}}
  keep: {category: revenue, what: Keep}
meetings:
  held:
    2026-11-01: {}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def added(path: Path) -> list[str]:
    """The lines that are new; none may have gone but those that were added to."""
    before = PLAN.splitlines()
    return [line for line in path.read_text("utf-8").splitlines() if line not in before]


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["contact", "acme", "Lena Vos", "title=CFO"], ["  lena-vos:", "    name: Lena Vos", "    title: CFO"]),
        (["contact", "acme", "Lena Vos", "--id", "cfo"], ["  cfo:", "    name: Lena Vos"]),
        (["member", "acme", "Amira Haddad"], ["team: {ines: {name: Ines}, amira-haddad: {name: Amira Haddad}}"]),
        (
            ["insight", "acme", "Cut write-offs", "kind=goal", "as_of=today"],
            ["insights:", "  cut-write-offs: {what: Cut write-offs, kind: goal, as_of: 2026-11-21}"],
        ),
        (
            ["risk", "acme", "Plant IT blocks it", "likelihood=high"],
            ["risks:", "  plant-it-blocks-it: {what: Plant IT blocks it, likelihood: high}"],
        ),
        (
            ["question", "acme", "Who signs?", "contact=tom", "asked=today"],
            ["questions:", "  who-signs: {what: 'Who signs?', contact: tom, asked: 2026-11-21}"],
        ),
        (["meeting", "acme", "+2w"], ["  next: 2026-12-05"]),
        (["meeting", "acme", "today", "attended=tom,ines"], ["    2026-11-21:", "      attended: [tom, ines]"]),
        (
            ["action", "acme", "Send it", "meeting=2026-11-01", "due=fri"],
            ["    2026-11-01:", "      actions:", "        send-it:", "          what: Send it", "          due: 2026-11-27"],
        ),
    ],
)
def test_what_is_added(run: Run, acme: Path, arguments: list[str], lines: list[str]):
    answer = run("add", *arguments, *TODAY)
    assert (answer.status, answer.out) == (0, "")
    assert added(acme) == lines


@pytest.mark.parametrize(("place", "strategy"), [("for=sensors", "show"), ("to=win", "show"), ("to=win.call", "call")])
def test_an_action_finds_its_place(run: Run, acme: Path, place: str, strategy: str):
    assert run("add", "action", "acme", "Send it", place, "owner=ines", *TODAY).status == 0
    (line,) = added(acme)
    named = {"show": "Show", "call": "Call"}[strategy]
    assert f"{strategy}: {{what: {named}, actions: {{send-it: {{what: Send it, owner: ines}}}}}}" in line


def test_a_field_inside_a_field(run: Run, acme: Path):
    run("add", "opportunity", "acme", "Service", "importance.customer=4", "importance.us=5", "competition.position=ahead")
    assert "    importance: {customer: 4, us: 5}\n    competition: {position: ahead}\n" in acme.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["contct", "acme", "X"], "nothing called 'contct' can be added\n  did you mean contact?"),
        (["contact", "acme"], "What is their name?"),
        (["contact", "acme", "Tom"], "there is a contact tom already\n  give another: --id ID"),
        (["contact", "acme", "Lena Vos", "--id", "tom"], "there is a contact tom already\n  give another: --id ID"),
        (["contact", "acme", "Lena", "titel=CFO"], "has no field 'titel'"),
        (["contact", "acme", "Lena", "CFO"], "'CFO' is no field"),
        (["contact", "acme", "山田"], "an id cannot be made from these words"),
        (["contact", "acme", "Lena", "for=sensors"], "a contact has no 'for'"),
        (["insight", "acme", "Grow"], "'kind' is missing"),
        (["action", "acme", "Do"], "where does it belong?"),
        (["action", "acme", "Do", "for=nothing"], "no opportunity nothing"),
        (["action", "acme", "Do", "to=nothing like it"], "no objective nothing like it"),
        (["action", "acme", "Do", "to=keep.shw"], "no strategy shw"),
        (["role", "acme", "sensors"], "who has a part in sensors?"),
        (["role", "acme", "oil", "tom"], "no opportunity oil"),
        (["role", "acme", "sensors", "bob"], "no contact bob"),
        (["role", "acme", "sensors", "tom", "role=boss"], "'role' cannot be 'boss'"),
        (["action", "acme", "Do", "to=win.shw"], "no strategy shw\n  did you mean show?"),
        (["action", "acme", "Do", "meeting=2026-10-01"], "no meeting was held on 2026-10-01"),
        (["meeting", "acme", "2026-11-01"], "the meeting of 2026-11-01 is noted already"),
        (["meeting", "acme", "soon"], "'soon' is no day"),
        (["contact", "acme", "Lena", "reports_to=nobody"], "'nobody' is not in contacts"),
    ],
)
def test_what_cannot_be_added(run: Run, acme: Path, arguments: list[str], message: str):
    answer = run("add", *arguments, *TODAY)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_a_diff_writes_nothing(run: Run, acme: Path):
    assert "+  lena-vos:\n+    name: Lena Vos\n" in run("add", "contact", "acme", "Lena Vos", "--diff").out
    assert acme.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("arguments", "lines", "said"),
    [
        (
            ["to=keep", "due=fri"],
            ["first-steps:", "what: First steps", "actions:", "call-them:", "what: Call them", "due: 2026-11-27"],
            "added the action 'Call them', with the strategy 'First steps'",
        ),
        (
            ["for=service"],
            ["category: revenue", "what: Win Service", "opportunities: [service]", "what: First steps", "call-them:", "what: Call them"],
            "added the action 'Call them', with the objective 'Win Service' and the strategy 'First steps'",
        ),
        (
            ["for=belt"],
            ["category: business_development", "what: Win Belt", "opportunities: [conveyor-belt]", "what: First steps", "call-them:"],
            "added the action 'Call them', with the objective 'Win Belt' and the strategy 'First steps'",
        ),
    ],
)
def test_an_action_makes_what_it_needs(run: Run, plan: Callable[..., Path], arguments: list[str], lines: list[str], said: str):
    before = (
        "profile: {name: Acme}\nopportunities:\n  service: {name: Service, status: open}\n  conveyor-belt: {name: Belt}\n"
        "objectives:\n  keep:\n    category: revenue\n    what: Keep\n"
    )
    path = plan(before, "acme")
    shown = run("add", "action", "acme", "Call them", *arguments, "--diff", *TODAY)
    assert path.read_text("utf-8") == before
    answer = run("add", "action", "acme", "Call them", *arguments, *TODAY)
    assert (answer.status, answer.err) == (0, f"plans/acme.yaml: {said}\n")
    written = [line.strip() for line in path.read_text("utf-8").splitlines()]
    assert [line for line in lines if line not in written] == []
    assert all(f"+{line}" in shown.out.splitlines() for line in path.read_text("utf-8").splitlines() if "call-them:" in line)


def test_the_first_action_of_a_plan_says_the_one_command_that_adds_it(run: Run, plan: Callable[..., Path]):
    path = plan("profile: {name: Acme}\n", "acme")
    answer = run("add", "action", "acme", 'Call "them"', "due=fri")
    assert answer.status == 2
    assert answer.err.splitlines()[1] == """  say acctplan add action acme 'Call "them"' due=fri to="What we want to reach\""""
    assert "say in a few words what you want to reach" in run("add", "action", "acme", "Call them", "to=win").err
    assert run("add", "action", "acme", "Call them", "to=Know them well").status == 0
    assert "  know-them-well:\n    category: revenue\n    what: Know them well\n" in path.read_text("utf-8")
    plan("profile: {name: Acme}\nopportunities: {a: {name: A}, b: {name: B}, c: {name: C, status: won}}\n", "acme")
    assert "'Do it' for=a (or for=b)\n" in run("add", "action", "acme", "Do it").err
    assert "c is won, and no open objective serves it" in run("add", "action", "acme", "Do it", "for=c").err


@pytest.mark.parametrize("said", ["tom", "Tom", "to"])
def test_a_role_is_a_part_in_an_opportunity(run: Run, acme: Path, said: str):
    answer = run("add", "role", "acme", "Sens", said, "role=evaluator")
    assert (answer.status, answer.err) == (0, "plans/acme.yaml: Tom has a part in 'Sensors' now\n")
    assert added(acme) == ["  sensors: {name: Sensors, status: open, buying_roles: {tom: {role: evaluator}}}"]
    assert "tom has a part in sensors already" in run("add", "role", "acme", "sensors", "tom").err


NAMES = """\
profile: {name: Acme}
team: {nl: {name: Nora Lind}, nk: {name: Nora Kim}, bo: {name: Bo}}
contacts: {anna-l: {name: Anna Lindqvist}, eva: {name: Eva}}
opportunities:
  vil-3: {name: Vision inspection line 3, status: open}
  vision-inspection-line-5: {name: Vision inspection line 5, status: open}
objectives:
  five: {category: revenue, what: Five, opportunities: [vision-inspection-line-5], strategies: {s: {what: S}}}
"""


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["add", "contact", "acme", "Per", "reports_to=Anna Lindqvist"], "reports_to: anna-l"),
        (["add", "contact", "acme", "Per", "reports_to=lindq"], "reports_to: anna-l"),
        (["add", "opportunity", "acme", "More", "owner=nora k", "solution=oil analysis"], "owner: nk"),
        (["add", "opportunity", "acme", "More", "solution=oil analysis"], "solution: oil"),
        (["add", "action", "acme", "Do", "for=Vision inspection line 5", "contact=Anna"], "contact: anna-l"),
        (["add", "action", "acme", "Do", "for=Vision inspection line 3"], "opportunities: [vil-3]"),
        (["add", "action", "acme", "Do", "to=five", "owner=bo"], "owner: bo"),
        (["set", "acme", "opportunities.vil-3.owner", "Nora Lind"], "owner: nl"),
        (["set", "acme", "opportunities.vil-3.leads_to", "line 5"], "leads_to: [vision-inspection-line-5]"),
    ],
)
def test_entries_are_named_by_their_names(run: Run, plan: Callable[..., Path], arguments: list[str], written: str):
    path = plan(NAMES, "acme")
    (path.parents[1] / "acctplan.toml").write_text("[solutions]\noil = {name = 'Oil analysis'}\n", encoding="utf-8")
    answer = run(*arguments)
    assert answer.status == 0
    assert written in path.read_text("utf-8")
    if arguments[0] == "set":
        assert answer.err.rstrip().endswith(f"is now {written.partition(': ')[2].strip('[]')}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "opportunity", "acme", "More", "owner=nora"], "2 may be meant by nora\n  say which: nl (Nora Lind), nk (Nora Kim)\n"),
        (["set", "acme", "opportunities.vil-3.owner", "nora"], "2 may be meant by nora\n"),
        (["add", "action", "acme", "Do", "for=vision"], "2 may be meant by vision\n"),
        (["add", "action", "acme", "Do", "for=vision inspection line 4"], "no opportunity vision inspection line 4\n"),
        (["set", "acme", "opportunities.vil-3.owner", "zoe"], "'zoe' is not in team"),
    ],
)
def test_a_name_of_several_or_of_nobody(run: Run, plan: Callable[..., Path], arguments: list[str], message: str):
    path = plan(NAMES, "acme")
    answer = run(*arguments)
    assert (answer.status, path.read_text("utf-8")) == (2, NAMES)
    assert message in answer.err


@pytest.mark.parametrize(
    ("said", "written"), [("250k", "250000"), ("1.2m", "1200000"), ("1,5 M", "1500000"), ("0.4k", "400"), ("1.2345k", "1234.5")]
)
def test_amounts_in_thousands_and_millions(run: Run, acme: Path, said: str, written: str):
    assert run("add", "opportunity", "acme", "More", f"value={said}").status == 0
    assert f"value: {written}\n" in acme.read_text("utf-8").replace("_", "") or f"value: {written}}}" in acme.read_text("utf-8")


def test_counts_are_not_in_thousands_and_what_is_no_number_says_how(run: Run, acme: Path):
    assert "'effort_days'" in run("add", "opportunity", "acme", "More", "effort_days=2k").err
    answer = run("add", "opportunity", "acme", "More", "value=much")
    assert answer.err == "acctplan: 'much' is no number\n  write it like 420_000, 250k or 1.2m; a share like 0.4 or 40%\n"
