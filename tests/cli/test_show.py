"""`acctplan show`: a plan at a glance."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest

from acctplan.cli.show import show
from acctplan.cli.show.sections import SECTIONS
from acctplan.render import plan_view
from acctplan.render.view import plain
from acctplan.report.visible import columns
from pages import BOOK, SAMPLES, loaded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PICTURES = re.compile("[\u2500-\u259f\x1b]")
"""Box drawing, blocks, and colours."""

ACME = """\
profile: {name: Acme, account_manager: ines, plan_type: expansion, starts: 2026-01-01, currency: EUR}
team: {ines: {name: Ines Carvalho}}
insights:
  grow: {what: Grow by a tenth, kind: goal, confirmed: true}
  rain: {what: It rains, kind: pressure}
contacts:
  ada: {name: Ada Lind, roles: [decision_maker], stance: supportive, coverage: in_depth, influence: high, last_contact: 2026-11-20}
  seat: {title: Plant manager, roles: [decision_maker]}
  uwe: {name: Uwe Stahmer, stance: negative, coverage: brief, personal_agenda: Keep his people}
  ida: {name: Ida Quiet, stance: neutral}
opportunities:
  cranes: {name: All cranes, status: open, stage: proposal, value: 612_000, next_step: Call Ada, next_step_due: 2026-11-19}
  later: {name: Later, status: potential}
  old: {name: Old, status: open, close_date: 2026-10-31, next_step: Close it}
objectives:
  win: {category: revenue, what: Win, strategies: {by: {what: By data, actions: {
    late: {what: Show figures, owner: ines, due: 2026-11-11},
    next: {what: Ask Pavel, due: 2026-12-01}, today: {what: Send it, due: 2026-11-21},
    far: {what: Far away, due: 2027-06-01}}}}}
revenue: {FY2026: {goal: 1_000_000, actual: 250_000}}
meetings: {every_months: 3, next: 2026-12-09, with: [ada], held: {2026-09-16: {}}}
risks:
  small: {what: A small one, likelihood: low, impact: low, response: Wait}
  grave: {what: A grave one, likelihood: high, impact: high}
  gone: {what: A closed one, status: closed}
reviews: {2026-10-01: {by: ines, verdict: approved}}
"""


def lines(run: Run, *arguments: str) -> list[str]:
    answer = run("show", "acme", *TODAY, *arguments)
    assert answer.status == 0
    return answer.out.splitlines()


def section(run: Run, title: str, *arguments: str) -> list[str]:
    """The lines below a title, up to the next one."""
    _, *rest = "\n".join(lines(run, *arguments)).split(f"\n{title}\n")
    return re.split(r"\n\S|\n\n", "\n" + rest[0])[0].split("\n")[1:]


def test_the_head_says_whose_it_is_and_where_the_money_stands(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    name, facts, money, health = lines(run)[:4]
    assert name == "Acme"
    assert facts == "  Ines Carvalho, expansion, 2026-01-01 to ?, reviewed 2026-10-01 (approved), as of 2026-11-21"
    assert money.startswith("  Forecast 250,000 EUR of 1,000,000 EUR (25 %), booked 250,000 EUR, gap 750,000 EUR (+ ? of ")
    assert re.fullmatch(r"  Health completeness \w+ \d+/\d+, .*execution \w+ \d/\d", health)


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ("{}", "? no revenue goal"),
        ("{FY2026: {actual: 5}}", "? no revenue goal, booked 5 EUR"),
        ("{FY2026: {goal: 100}}", "Forecast 0 EUR of 100 EUR (0 %), nothing booked, gap 100 EUR"),
        ("{FY2026: {goal: 100, actual: 120}}", "Forecast 120 EUR of 100 EUR (120 %), booked 120 EUR, 20 EUR over"),
        ("{FY2026: {goal: 100, actual: 100}}", "Forecast 100 EUR of 100 EUR (100 %), booked 100 EUR, no gap"),
    ],
)
def test_what_is_not_known_of_the_money_is_said(run: Run, plan: Callable[..., Path], periods: str, said: str):
    plan(f"profile: {{name: Acme}}\nrevenue: {periods}\n")
    assert lines(run)[2] == f"  {said}"


def test_a_terminal_draws_the_money(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 2_000_000, actual: 500_000}}\nopportunities:\n"
         "  a: {name: A, status: open, probability: 0.5, value: 1_000_000, close_date: 2026-12-01}\n")  # fmt: skip
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(90)
    assert lines(run)[2] == "  Forecast ████▒▒▒░░░░░░░ 1 M of 2 M EUR (50 %), booked 500 k, gap 1 M"


def test_who_decides_comes_first_then_who_is_against_us(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    assert section(run, "Who decides, and where they stand") == [
        "  + Ada Lind        supportive 1 day ago     in depth decision maker, high influence",
        "  ? (Plant manager) unknown    no talk noted unknown  decision maker",
        "  ✕ Uwe Stahmer     negative   no talk noted brief",
        "  ○ Ida Quiet       neutral    no talk noted unknown",
    ]


def test_a_glance_has_key_players_and_opponents_alone(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan(ACME)
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    shown = section(run, "Who decides, and where they stand")
    assert [line.split()[1] for line in shown[1:-1]] == ["Ada", "(Plant", "Uwe"]
    assert shown[-1].split(None, 2) == ["and", "1", "more (--section people)"]
    assert shown[0].split() == ["stance", "last", "contact", "coverage"]


def test_that_nobody_is_known_to_decide_is_said(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities: {a: {name: A}}\n")
    assert section(run, "Who decides, and where they stand") == ["  ? nobody is known to decide"]


def test_opportunities_stand_by_rank_with_the_next_step_of_each(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    shown = section(run, "Opportunities")
    assert [line.split()[-1] for line in shown if re.match(r"  \d\.", line)] == ["cranes", "Later", "Old"]
    assert "     612,000 EUR, proposal ! late, 2026-11-19 Call Ada" in shown
    assert "     value ?, potential ? no next step" in shown
    assert shown[shown.index("     value ?, open → Close it") + 1] == "     ! should have closed on 2026-10-31"


def test_what_is_late_comes_first_then_what_is_due_soon(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    assert section(run, "To do") == [
        "  ! 2026-10-31 21 days late close date: Old",
        "  ! 2026-11-11 10 days late Show figures (Ines Carvalho)",
        "  ! 2026-11-19 2 days late  next step: Call Ada (All cranes)",
        "    2026-11-21 today        Send it",
        "    2026-12-01 in 10 days   Ask Pavel",
    ]


def test_what_was_won_and_lost_is_told_in_full_alone(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan(
        "profile: {name: Acme}\n"
        "opportunities:\n"
        "  a: {name: A, status: won, value: 100_000, close_date: 2026-05-19, closed_because: We knew}\n"
        "  b: {name: B, status: dropped}\n"
    )
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    assert "Opportunities" not in "\n".join(lines(run))
    assert lines(run, "--section", "opportunities")[1:] == [
        "  ● won: 100 k, A (2026-05-19)",
        "     because: We knew",
        "  – dropped: value ?, B",
    ]


@pytest.mark.parametrize(
    ("meetings", "said"),
    [
        ("{next: 2026-12-09, with: [ada], held: {2026-09-16: {}}}", ["→ 2026-12-09, in 18 days, with Ada Lind", "  last one 2026-09-16"]),
        ("{next: 2026-11-21}", ["→ 2026-11-21, today"]),
        ("{next: 2026-11-01}", ["! 2026-11-01, 20 days ago, and nothing is noted of it"]),
        ("{every_months: 3, held: {2026-09-16: {}}}", ["→ none planned; one is due by 2026-12-16, in 25 days", "  last one 2026-09-16"]),
        ("{every_months: 1, held: {2026-09-16: {}}}", ["! none planned; one is due by 2026-10-16, 36 days ago", "  last one 2026-09-16"]),
        ("{every_months: 3}", ["? none planned, none held yet"]),
    ],
)
def test_the_next_meeting(run: Run, plan: Callable[..., Path], meetings: str, said: list[str]):
    plan(f"profile: {{name: Acme}}\ncontacts: {{ada: {{name: Ada Lind}}}}\nmeetings: {meetings}\n")
    assert section(run, "Next relationship meeting") == [f"  {line}" for line in said]


def test_risks_that_are_open_the_gravest_first(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    assert section(run, "Risks") == [
        "  ! A grave one (likelihood high, impact high; no answer to it)",
        "  △ A small one (likelihood low, impact low)",
    ]


def test_insights_are_one_of_each_kind_first(run: Run, plan: Callable[..., Path]):
    plan(ACME.replace("insights:\n", "insights:\n  second: {what: Second goal, kind: goal}\n"))
    assert section(run, "What drives them") == [
        "  ✓ goal     Grow by a tenth",
        "  ? pressure It rains, not known if confirmed",
        "  ? goal     Second goal, not known if confirmed",
    ]


def test_the_white_space_is_a_line(run: Run, plan: Callable[..., Path]):
    cells = "white_space: {bulk: {oil: {status: %s, spend: 100}, gas: {status: ours, spend: 100}}}\n"
    head = "profile: {name: Acme}\nunits: {bulk: {name: Bulk}}\nsolutions: {oil: {name: Oil}, gas: {name: Gas}}\n"
    head += "competitors: {halsen: {name: Halsen}}\n"
    plan(head + cells % "competitor, competitor: halsen")
    assert section(run, "White space") == ["  ○ our share of known spend 50 %; nobody is after Oil in Bulk (Halsen)"]
    plan(head + cells % "in_house")
    assert section(run, "White space") == ["  ✓ nothing known that nobody is after; our share of known spend 50 %"]
    plan(head + "white_space: {bulk: {oil: {status: open}}}\n")
    assert section(run, "White space") == ["  ○ share of wallet unknown; nobody is after Oil in Bulk"]


def test_what_to_ask_and_what_to_mend(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities: {a: {name: A, status: open, close_date: 2026-01-31}}\n")
    assert "  ? who decides, of A (up to 20 points)" in section(run, "Open questions")
    assert section(run, "What would make the plan better")[0].startswith("  ! 'A' should have closed on 2026-01-31, ")
    assert section(run, "What would make the plan better")[0].endswith(" (line 2)")


def test_a_section_without_content_leaves_no_hole(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan("profile: {name: Acme, account_manager: ines, background: Quiet}\nteam: {ines: {name: Ines}}\n")
    monkeypatch.setenv("NO_COLOR", "1")
    expected = "Acme\n  Ines, never reviewed, as of 2026-11-21\n  ? no revenue goal\n  Health"
    for width in (0, 80, 130):
        if width:
            terminal(width)
        shown = "\n".join(lines(run))
        assert shown.startswith(expected)
        assert [title for title in (one.title for one in SECTIONS.values()) if title in shown] == ["What would make the plan better"]
        assert "\n\n\n" not in shown


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [30, 60, 80, 100, 120, 130, 200])
def test_it_fits_its_terminal(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, path: Path, width: int
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(width)
    shown = run("show", path.stem, *TODAY).out.splitlines()
    assert [line for line in shown if columns(line) > width] == []
    assert [line for line in shown if line != line.rstrip()] == []
    rows = [line for line in shown if "What drives them" in line]
    assert [("Who decides" in row) for row in rows] == [width >= 120]


def test_a_glance_is_about_one_screen(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(80)
    assert len(run("show", "brannhaven-terminals", *TODAY).out.splitlines()) < 70
    terminal(130)
    assert len(run("show", "brannhaven-terminals", *TODAY).out.splitlines()) < 45


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_piped_it_is_plain_text_in_full(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, path: Path):
    monkeypatch.setenv("COLUMNS", "20")
    shown = run("show", path.stem, *TODAY)
    assert (shown.status, shown.err) == (0, "")
    assert not PICTURES.search(shown.out)
    assert "…'" not in shown.out.replace("…', and", "").replace("…' ", "")
    view = plan_view(loaded(path, BOOK).plan, BOOK, date(2026, 11, 21))
    assert [one.name for one in view.opportunities if one.name not in shown.out] == []
    assert [one.name for one in view.people if one.name and one.name not in shown.out] == []
    assert [one.what for group in view.insights for one in group.insights if one.what not in shown.out] == []


@pytest.mark.parametrize("name", SECTIONS)
def test_one_section_in_full(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    answer = run("show", "brannhaven-terminals", *TODAY, "--section", name)
    title = SECTIONS[name].title
    assert answer.out.startswith(f"Brannhaven Terminals: {title[0].lower()}{title[1:]}\n  ")
    assert "--section" not in answer.out
    assert max(columns(line) for line in answer.out.splitlines()) <= 80


def test_a_section_says_what_a_glance_leaves_out(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan(ACME)
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    assert "      in it for them: Keep his people" in lines(run, "--section", "people")
    assert "Ida Quiet" in "\n".join(lines(run, "--section", "people"))
    assert "      answer: Wait" in lines(run, "--section", "risks")
    assert "answer: Wait" not in "\n".join(lines(run))
    assert "Ida Quiet" not in "\n".join(lines(run))


def test_a_section_with_nothing_in_it_says_so(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
    assert run("show", "acme", "--section", "risks") == (0, "", "plans/acme.yaml says nothing of that yet\n")


def test_the_sections_that_can_be_asked_for_are_those_there_are(run: Run):
    annotation = get_type_hints(show)["section"]
    (choices,) = [one for one in get_args(annotation) if one is not type(None)]
    assert get_args(choices) == tuple(SECTIONS)
    (named,) = re.findall(r"in full: +(.*?)\.", " ".join(run("show", "--help").out.split()))
    assert re.split(r", | or ", named.replace("white- space", "white-space")) == list(SECTIONS)


def test_json_is_the_whole_view(run: Run, book: Path):
    said = json.loads(run("show", "tallmo-bruk", *TODAY, "--json").out)
    found = loaded(book / "plans/tallmo-bruk.yaml", BOOK).plan
    assert found is not None
    view = plain(plan_view(found, BOOK, date(2026, 11, 21)))
    assert {name: said[name] for name in view} == view
    assert {"health", "late", "soon", "key_players", "findings", "version", "plan"} == said.keys() - view.keys()
    checked = json.loads(run("check", "tallmo-bruk", *TODAY, "--json").out)["diagnostics"]
    assert sorted((one["rule"], one["line"]) for one in said["findings"]) == sorted((one["rule"], one["line"]) for one in checked)
    assert said["findings"][0]["severity"] == "warning"


def test_a_long_text_is_cut_after_its_lines(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan(f"profile: {{name: Acme}}\nopportunities: {{a: {{name: {'word ' * 60}, next_step: {'step ' * 60}}}}}\n")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    first, step = section(run, "Opportunities")
    assert (first[-1], columns(first)) == ("…", 80)
    assert (step[-1], columns(step)) == ("…", 80)
    first, second, *_ = section(run, "Open questions")
    assert (first.startswith("  ? "), second.startswith("    word "), second.endswith("…")) == (True, True, True)
    assert 70 < columns(second) <= 80


@pytest.mark.parametrize("name", ["x" * 300, "電" * 300, "電 " * 300, "x"])
@pytest.mark.parametrize("width", [12, 25, 40, 80, 121])
def test_any_name_fits_any_terminal(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, name: str, width: int
):
    head = f"profile: {{name: {name}}}\ncontacts: {{a: {{name: {name}, roles: [sponsor]}}}}\n"
    plan(f"{head}opportunities: {{a: {{name: {name}, next_step: {name}}}}}\n")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(width)
    assert [line for line in lines(run) if columns(line) > width] == []
