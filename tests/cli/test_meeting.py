"""`acctplan meeting`: the next one, its agenda, and what was agreed."""

from __future__ import annotations

import difflib
import json
import os
import shlex
import sys
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.cli import asking
from acctplan.config import Config
from acctplan.loader import load
from processes import PROGRAM, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
# Acme, by hand
profile: {name: "Acme [red]", account_manager: ines, starts: 2026-01-01}
team:
  ines: {name: Ines Carvalho, email: ines@ours.example}
  gesa: {name: Gesa Thomsen}
contacts:
  lena:              # met her at the fair
    name: Lena Vos
    title: CFO
    coverage: none
  tom: {name: Tom Bakker, coverage: multiple, last_contact: 2026-11-21}
  ruth:
    name: Ruth Ebeling
    last_contact: 2026-06-01
    relationship: {with: gesa, every_months: 3}
objectives:
  win: {category: revenue, what: Win quietly, due: 2027-01-31}
  both: {category: revenue, what: Win together, due: 2027-02-28, shared: true}
meetings:
  every_months: 3
  with: [lena]
  next: 2026-11-20   # she asked for the morning
  held:
    2026-08-20:
      attended: [lena, ines]
      ours: {expectations_met: false, notes: "We were late"}
      finances: {overdue_invoices: 2}
      ideas: ["Night shifts: yes"]
      actions:
        bench: {what: Show the bench, owner: gesa, due: 2026-10-01}
        old: {what: Old one, status: done, done: 2026-09-01}

# The end
risks: {}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def added_and_taken(path: Path, before: str = PLAN) -> tuple[list[str], list[str]]:
    """The lines that a plan got, and those that it lost."""
    lines = list(difflib.ndiff(before.splitlines(), path.read_text("utf-8").splitlines()))
    return [line[2:] for line in lines if line[:2] == "+ "], [line[2:] for line in lines if line[:2] == "- "]


def meetings(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("meeting", "next", *arguments, "--json", *TODAY).out)["meetings"]


# The next one.


def test_the_next_meeting_for_programs(run: Run, acme: Path, plan: Callable[..., Path]):
    plan("profile: {name: New}\n", "new")
    found, new = meetings(run)
    assert (found["day"], found["is_planned"], found["every_months"], found["last"]) == ("2026-11-20", True, 3, "2026-08-20")
    assert [guest["contact"] for guest in found["guests"]] == ["lena", "ruth"]
    assert found["ours"] == [{"id": "ines", "name": "Ines Carvalho"}, {"id": "gesa", "name": "Gesa Thomsen"}]
    assert [(action["id"], action["days_late"]) for action in found["still_open"]] == [("bench", 51)]
    assert [spell["contact"] for spell in found["dry_spells"]] == [None, "ruth"]
    assert (new["day"], new["still_open"], [spell["contact"] for spell in new["dry_spells"]]) == (None, [], [None])


def test_one_plan_in_full(run: Run, acme: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(200)
    assert run("meeting", "next", "acme", *TODAY).out == (
        "Acme [red]: the next relationship meeting\n"
        "  not noted as held since 2026-11-20; every 3 months\n"
        "\nWhy\n"
        "  It was planned for 2026-11-20, 1 day ago, and is not noted as held.\n"
        "  No relationship meeting since 2026-08-20, 93 days ago; there should be one every 3 months.\n"
        "  Ruth Ebeling, whom Gesa Thomsen should meet every 3 months, was last met on 2026-06-01, 173 days ago.\n"
        "  1 thing that earlier meetings agreed on is still to do, 1 late.\n"
        "\nWith\n"
        "  Lena Vos, CFO: takes part in these meetings; last spoken with on 2026-08-20\n"
        "  Ruth Ebeling: meets every 3 months with Gesa Thomsen, due on 2026-09-01, 81 days ago; last spoken with on 2026-06-01\n"
        "\nFrom us\n"
        "  Ines Carvalho\n"
        "  Gesa Thomsen\n"
        "\nStill to do of earlier meetings\n"
        "  ! Show the bench · Gesa Thomsen · late, due 2026-10-01\n"
    )


def test_a_book_in_a_line_each_the_earliest_first(run: Run, book: Path):
    titles, *rows = [line.split("\t") for line in run("meeting", "next", *TODAY).out.splitlines()]
    found = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [one["account"] for one in found] == ["Tallmo Bruk", "Brannhaven Terminals", "Stadtwerke Auenfurt"]
    assert [one["planned"] for one in found] == ["yes", "yes", "yes"]
    assert [one["account"] for one in found if one["dry_spells"]] == ["Tallmo Bruk"]
    mine = run("meeting", "next", "--owner", "ines.carvalho@kestrand.example", *TODAY).out.splitlines()
    assert len(mine) == 3


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_lines_fit_a_terminal(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, columns: int):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(columns)
    for arguments in (["next"], ["next", "tallmo-bruk"], ["agenda", "brannhaven-terminals"], ["agenda", "tallmo-bruk", "--internal"]):
        assert max(map(len, run("meeting", *arguments, *TODAY).out.splitlines())) <= columns


def test_an_executives_dry_spell_presses(run: Run, acme: Path):
    (move,) = [one for one in json.loads(run("next", "--json", *TODAY).out)["moves"] if one["subject"] == "contacts.ruth"]
    assert (move["kind"], move["owner"], move["day"]) == ("contact", "gesa", "2026-09-01")
    assert move["command"] == 'acctplan log acme ruth "…"'
    checked = json.loads(run("check", "--json", *TODAY).out)["diagnostics"]
    assert "contacts.ruth.relationship.every_months" in [one["pointer"] for one in checked if one["rule"] == "meetings/executive-dry-spell"]


# The agenda.

SIX = ("1. Since we met on", "2. Finances", "3. What is new", "4. Ideas", "5. Goals", "6. Next steps")


@pytest.mark.parametrize("internal", [[], ["--internal"]], ids=["for them", "for us"])
@pytest.mark.parametrize(("form", "mark"), [("text", ""), ("md", "## ")])
def test_the_agenda_has_its_six_parts(run: Run, acme: Path, internal: list[str], form: str, mark: str):
    lines = run("meeting", "agenda", "acme", "--format", form, *internal, *TODAY).out.splitlines()
    places = [next(number for number, line in enumerate(lines) if line.startswith(mark + title)) for title in SIX]
    assert places == sorted(places)


def test_the_agenda_carries_what_was_agreed_and_the_next_day(run: Run, acme: Path):
    acme.write_text(PLAN.replace("next: 2026-11-20", "next: 2026-12-10"))
    said = run("meeting", "agenda", "acme", *TODAY).out
    assert "When:      2026-12-10, in 19 days\nFrom you:  Lena Vos, CFO\nFrom us:   Ines Carvalho\n" in said
    assert "What we agreed then: 1 of 2 done:\n     - ! Show the bench · Gesa Thomsen · late, by 2026-10-01\n" in said
    assert "     - ✓ Old one · done on 2026-09-01\n" in said
    assert "- Night shifts: yes\n" in said
    assert said.endswith(
        "   Agreed, and still to do:\n     - ! Show the bench · Gesa Thomsen · late, by 2026-10-01 (agreed on 2026-08-20)\n"
        "   We meet again:\n     - about 2027-03-10\n"
    )


INTERNAL = ("We were late", "Win quietly", "overdue invoices: 2", "expectations not met", "Ruth Ebeling")


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_agenda_is_safe_for_the_customer(run: Run, acme: Path, form: str):
    answer = run("meeting", "agenda", "acme", "--format", form, "-o", "-", *TODAY)
    assert answer.status == 0
    assert "Win together" in answer.out
    assert [words for words in INTERNAL if words in answer.out] == []


@pytest.mark.parametrize("form", ["text", "md"])
def test_our_own_preparation_has_all_of_it(run: Run, acme: Path, form: str):
    said = run("meeting", "agenda", "acme", "--internal", "--format", form, *TODAY).out
    assert [words for words in INTERNAL if words not in said] == []
    assert run("meeting", "agenda", "acme", "--internal", "--format", "html").status == 2


def test_our_own_preparation_has_the_figures(run: Run, book: Path):
    said = run("meeting", "agenda", "brannhaven-terminals", "--internal", *TODAY).out
    assert "Overhaul of both stacker-reclaimer gearboxes, 164,000 EUR, 2026-10-08" in said
    assert "FY2026: goal 560,000 EUR, booked 454,500 EUR" in said
    assert "they bought: above plan" in said.replace("what they", "they")


def test_the_agenda_in_a_file(run: Run, acme: Path, tmp_path: Path):
    for name, begins in (("a.md", "# Acme \\[red\\]"), ("a.txt", "Acme [red]: "), ("a.html", "<!DOCTYPE html>")):
        assert run("meeting", "agenda", "acme", "-o", name, *TODAY).status == 0
        text = (tmp_path / name).read_text("utf-8")
        assert text.lower().startswith(begins.lower()) or begins in text
    assert run("meeting", "agenda", "acme", "--format", "html", *TODAY).err.startswith("wrote site/acme.agenda.customer.html")


def test_no_texts_of_a_plan_mark_up_our_own_preparation(run: Run, plan: Callable[..., Path]):
    plan('profile: {name: "<b>*x*\\e[31m"}\nmeetings: {held: {2026-08-20: {ideas: ["[a](http://b.example)"]}}}\n')
    said = run("meeting", "agenda", "acme", "--internal", "--format", "md", *TODAY).out
    assert said.startswith("# \\<b>\\*x\\*\\<U+001B>\\[31m")
    assert "\x1b" not in said
    assert "\\[a\\](" in said


# What was agreed.

HOLD = ("meeting", "hold", "acme", *TODAY)


def test_a_meeting_is_noted_as_data(run: Run, acme: Path):
    answer = run(
        *HOLD,
        *("--attended", "lena, Tom Bakker,ines", "--attended", "gesa", "--expectations-met", "yes", "--ours", "All well: # they say"),
        *("--purchasing", "above", "--theirs", "They grow", "--overdue-invoices", "0", "--finances", "Paid"),
        *("--news-from-us", "A new bench", "--news-from-them", "A new plant", "--idea", "Nights", "--idea", "no", "--goal", "Decide, soon"),
        *("--action", "Send the figures; ines@ours.example; fri", "--action", "Send the figures!; gesa", "--action", "Think"),
        *("--done", "bench", "--note", "Kind", "--next", "2027-02-18"),
    )
    assert answer == (
        0,
        "",
        "plans/acme.yaml: relationship meeting of 2026-11-21 noted, 4 were there, 3 actions agreed, 1 done, the next on 2027-02-18\n",
    )
    added, taken = added_and_taken(acme)
    assert taken == [
        "    coverage: none",
        "  next: 2026-11-20   # she asked for the morning",
        "        bench: {what: Show the bench, owner: gesa, due: 2026-10-01}",
    ]
    assert added == [
        "    coverage: brief",
        "    last_contact: 2026-11-21",
        "  next: 2027-02-18   # she asked for the morning",
        "        bench: {what: Show the bench, owner: gesa, due: 2026-10-01, status: done, done: 2026-11-21}",
        "    2026-11-21:",
        "      attended: [lena, tom, ines, gesa]",
        "      ours: {expectations_met: true, notes: 'All well: # they say'}",
        "      theirs: {purchasing: above, notes: They grow}",
        "      finances: {overdue_invoices: 0, notes: Paid}",
        "      news_from_us: [A new bench]",
        "      news_from_them: [A new plant]",
        "      ideas: [Nights, 'no']",
        "      goals: ['Decide, soon']",
        "      actions:",
        "        send-the-figures: {what: Send the figures, owner: ines, due: 2026-11-27}",
        "        send-the-figures-2: {what: Send the figures!, owner: gesa}",
        "        think: {what: Think}",
        "      notes: Kind",
    ]
    assert load(acme.read_text("utf-8"), "acme.yaml", Config()).diagnostics == ()


def test_what_was_agreed_follows_into_what_is_to_be_done(run: Run, acme: Path):
    run(*HOLD, "--action", "Send the figures; ines; +3d", "--next", "+3m")
    actions = json.loads(run("actions", "--from", "meeting", "--json", *TODAY).out)["actions"]
    assert [(one["id"], one["meeting"]) for one in actions] == [("bench", "2026-08-20"), ("send-the-figures", "2026-11-21")]
    (move,) = [one for one in json.loads(run("next", "--json", *TODAY).out)["moves"] if one["what"] == "Send the figures"]
    assert (move["day"], move["owner"]) == ("2026-11-24", "ines")
    (upcoming,) = meetings(run)
    assert (upcoming["day"], upcoming["last"]) == ("2027-02-21", "2026-11-21")
    assert [one["id"] for one in upcoming["still_open"]] == ["bench", "send-the-figures"]
    assert "Send the figures" in run("meeting", "agenda", "acme", *TODAY).out


def test_a_meeting_that_is_noted_is_added_to_and_never_replaced(run: Run, acme: Path):
    more = ("--on", "2026-08-20")
    answer = run(
        *HOLD,
        *more,
        *("--attended", "tom,lena", "--ours", "Sorry", "--purchasing", "below", "--overdue-invoices", "2", "--idea", "Night shifts: yes"),
        *("--idea", "Robots", "--goal", "Decide", "--action", "Show the bench", "--action", "Bench; gesa"),
    )
    assert answer.status == 0
    added, taken = added_and_taken(acme)
    assert taken == [
        "    coverage: none",
        "      attended: [lena, ines]",
        '      ours: {expectations_met: false, notes: "We were late"}',
        '      ideas: ["Night shifts: yes"]',
    ]
    assert added == [
        "    coverage: brief",
        "    last_contact: 2026-08-20",
        "      attended: [lena, ines, tom]",
        '      ours: {expectations_met: false, notes: "We were late | Sorry"}',
        '      ideas: ["Night shifts: yes", Robots]',
        "        bench-2: {what: Bench, owner: gesa}",
        "      goals: [Decide]",
        "      theirs: {purchasing: below}",
    ]
    again = acme.read_text("utf-8")
    assert run(*HOLD, *more, "--attended", "tom", "--ours", "Sorry", "--goal", "Decide", "--action", "Bench").err.startswith(
        "nothing to change"
    )
    assert acme.read_text("utf-8") == again
    answer = run(*HOLD, *more, "--expectations-met", "yes")
    assert answer.status == 2
    assert answer.err.splitlines() == [
        "acctplan: the meeting of 2026-08-20 is noted already, and expectations_met is no there",
        "  to change that: acctplan set acme meetings.held.2026-08-20.ours.expectations_met …",
    ]
    assert acme.read_text("utf-8") == again


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--on", "tomorrow"], "2026-11-22 is still to come", "plan it: acctplan add meeting acme 2026-11-22"),
        (["--attended", "lana"], "nobody of either side is lana", "did you mean lena?"),
        (["--attended", "en"], "2 people may be meant by en", "say which: lena or gesa"),
        (["--action", "Send; nobody-here"], "nobody in these plans is nobody-here", "the team: Gesa Thomsen, Ines Carvalho"),
        (["--action", "Send; ines; soon"], "'soon' is no day", None),
        (["--action", "Send; ines; fri; now"], "'Send; ines; fri; now' has too many parts", None),
        (["--action", ";ines"], "a text without a word", None),
        (["--done", "old"], "no open action of an earlier meeting is old", "one of bench"),
        (["--next", "2026-11-21"], "2026-11-21 is not after the meeting of 2026-11-21", None),
        (["--next", "soon"], "'soon' is no day", None),
        (["--ours", " "], "a text without a word", None),
        (["--goal", "a\u202eb"], "an invisible character: a<U+202E>b", None),
    ],
)
def test_what_cannot_be_noted(run: Run, acme: Path, arguments: list[str], message: str, hint: str | None):
    answer = run(*HOLD, *arguments)
    first, second = answer.err.splitlines()
    assert (answer.status, first) == (2, f"acctplan: {message}")
    assert hint in (None, second.strip())
    assert acme.read_text("utf-8") == PLAN


def test_a_plan_without_meetings_gets_its_first(run: Run, plan: Callable[..., Path]):
    path = plan("profile: {name: Acme}   # theirs\ncontacts: {lena: {name: Lena}}\n")
    assert run(*HOLD, "--on", "yesterday", "--attended", "lena", "--goal", "Meet again").status == 0
    loaded = load(path.read_text("utf-8"), "acme.yaml", Config())
    assert loaded.plan is not None
    assert loaded.plan.meetings is not None
    ((day, held),) = loaded.plan.meetings.held.items()
    assert (day.isoformat(), held.attended, held.goals, loaded.plan.meetings.next) == ("2026-11-20", ("lena",), ("Meet again",), None)
    assert loaded.plan.contacts["lena"].coverage == "brief"
    assert "# theirs" in path.read_text("utf-8")


def test_line_ends_stay(run: Run, plan: Callable[..., Path]):
    path = plan("")
    path.write_bytes(PLAN.replace("\n", "\r\n").encode())
    assert run(*HOLD, "--attended", "lena", "--note", "Kind", "--next", "+3m").status == 0
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") > PLAN.count("\n")


def test_a_talk_after_the_meeting_stays_the_last_one(run: Run, acme: Path):
    run(*HOLD, "--on", "2026-11-10", "--attended", "tom")
    assert "last_contact: 2026-11-21}" in acme.read_text("utf-8")


@pytest.mark.parametrize("can_ask", [False, True])
def test_a_meeting_of_which_nothing_is_said_is_not_noted(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch, *, can_ask: bool):
    """Off a terminal nobody is asked; on one, Enter leaves out every part."""
    monkeypatch.setattr(asking, "can_ask", lambda: can_ask)
    monkeypatch.setattr("builtins.input", lambda _: "")
    answer = run(*HOLD)
    assert answer.status == 2
    assert answer.err.endswith(
        "acctplan: nothing was said of the meeting of 2026-11-21\n  that it was held, and no more: acctplan add meeting acme 2026-11-21\n"
    )
    assert acme.read_text("utf-8") == PLAN


@pytest.mark.parametrize("key", [EOFError, KeyboardInterrupt])
def test_minutes_that_are_broken_off_are_not_lost(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch, key: type[BaseException]):
    parts = ["lena, ines", "1", "y", "Well: they say", "as", "", "0", "", "A new plant", "A mine", "", "", "", "", "Send; Gesa; fri"]
    typed = iter([*parts, key()])

    def types(_: str) -> str:
        said = next(typed)
        if isinstance(said, str):
            return said
        raise said

    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", types)
    answer = run(*HOLD, "--on", "2026-11-20")
    assert (answer.status, acme.read_text("utf-8")) == (130, PLAN)
    *_, said, command = answer.err.splitlines()
    assert said == "nothing was written; to go on from what was said so far:"
    program, *words = shlex.split(command)
    assert program == "acctplan"
    assert run(*words, *TODAY).status == 0
    added, _ = added_and_taken(acme)
    assert added[2:] == [
        "        bench: {what: Show the bench, owner: gesa, due: 2026-10-01, status: done, done: 2026-11-20}",
        "    2026-11-20:",
        "      attended: [lena, ines]",
        "      ours: {expectations_met: true, notes: 'Well: they say'}",
        "      theirs: {purchasing: as_planned}",
        "      finances: {overdue_invoices: 0}",
        "      news_from_them: [A new plant, A mine]",
        "      actions:",
        "        send: {what: Send, owner: gesa, due: 2026-11-27}",
    ]


def typing(monkeypatch: pytest.MonkeyPatch, said: dict[str, list[str]]) -> list[str]:
    """Answers what begins so, Enter to all else; tells what was asked."""
    asked: list[str] = []

    def types(question: str) -> str:
        asked.append(question.strip())
        there = next((some for begin, some in said.items() if question.strip().startswith(begin)), [])
        return there.pop(0) if there else ""

    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", types)
    return asked


@pytest.mark.parametrize(
    ("planned", "typed", "meets"),
    [
        ("", [], "2027-02-21"),
        ("", ["n"], None),
        ("", ["soon", "+2w"], "2026-12-05"),
        ("", ["soon"], "2027-02-21"),
        (", next: 2026-12-10", [], "2026-12-10"),
        (", next: 2026-11-20", [], "2027-02-21"),
    ],
)
def test_enter_takes_the_day_that_is_offered(
    run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, planned: str, typed: list[str], meets: str | None
):
    path = plan(f"profile: {{name: Acme}}\ncontacts: {{lena: {{name: Lena}}}}\nmeetings: {{every_months: 3{planned}}}\n")
    asked = typing(monkeypatch, {"Goal:": ["Decide"], "When do you meet again?": [*typed]})
    assert run(*HOLD).status == 0
    loaded = load(path.read_text("utf-8"), "acme.yaml", Config())
    assert loaded.plan is not None
    assert loaded.plan.meetings is not None
    assert (None if loaded.plan.meetings.next is None else loaded.plan.meetings.next.isoformat()) == meets
    if len(typed) < 2:
        assert f"(Enter: {meets or '2027-02-21'}, " in " ".join(asked)


@pytest.mark.parametrize(
    ("agreed", "asked_for", "more", "written"),
    [
        ("Send", "Who of us, and by when? WHO; DAY", ["ines; fri"], "{what: Send, owner: ines, due: 2026-11-27}"),
        ("Send", "Who of us, and by when? WHO; DAY", ["ines, fri"], "{what: Send, owner: ines, due: 2026-11-27}"),
        ("Send", "Who of us, and by when? WHO; DAY", ["fri"], "{what: Send, due: 2026-11-27}"),
        ("Send", "Who of us, and by when? WHO; DAY", [], "{what: Send}"),
        ("Send; ines", "By when?", ["soon", "fri"], "{what: Send, owner: ines, due: 2026-11-27}"),
        ("Send; ; fri", "Who of us?", ["ines"], "{what: Send, owner: ines, due: 2026-11-27}"),
        ("Send; ; fri", "Who of us?", ["ines; mon"], "{what: Send, owner: ines, due: 2026-11-23}"),
    ],
)
def test_what_an_agreed_action_lacks_is_asked_for_once(
    run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch, *, agreed: str, asked_for: str, more: list[str], written: str
):
    asked = typing(monkeypatch, {"Agreed:": [agreed], asked_for: [*more]})
    assert run(*HOLD).status == 0
    assert written in acme.read_text("utf-8")
    assert sum(one.startswith(asked_for) for one in asked) == (len(more) or 1)


def test_it_can_be_looked_at_first(run: Run, acme: Path):
    answer = run(*HOLD, "--goal", "Decide", "--diff")
    assert "+    2026-11-21:\n+      goals: [Decide]\n" in answer.out
    assert (acme.read_text("utf-8"), answer.err) == (PLAN, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_on_a_terminal_it_asks_part_by_part(acme: Path, tmp_path: Path):
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], *HOLD],
        cwd=str(tmp_path),
        env={**surroundings(), "TERM": "dumb", "NO_COLOR": "1"},
        encoding="utf-8",
        timeout=20,
        dimensions=(60, 200),
    )
    child.expect_exact("Enter leaves a part out.")
    child.expect_exact("Expected: Lena Vos, Ruth Ebeling, Ines Carvalho, Gesa Thomsen")
    conversation = [
        ("Who was there", "lana"),
        ("nobody of either side is lana; did you mean lena?", None),
        ("Who was there", "lena, ines"),
        ("1. ! Show the bench", None),
        ("Which of them are done?", "2"),
        ("say numbers from 1 to 1", None),
        ("Which of them are done?", "1"),
        ("Did we do what they expected of us?", "perhaps"),
        ("Did we do what they expected of us?", "yes"),
        ("How did they see us?", "Well"),
        ("above, as planned or below?", "as planned"),
        ("How did we see them?", ""),
        ("How many invoices are overdue?", "1"),
        ("Anything about payments?", ""),
        ("With them:", "A plant"),
        ("With them:", "A second one"),
        ("With them:", ""),
        ("With us:", ""),
        ("Idea:", ""),
        ("Goal:", "Decide"),
        ("Goal:", ""),
        ("Agreed:", "Send; ines; soon"),
        ("'soon' is no day", None),
        ("Agreed:", "Send; ines; fri"),
        ("Agreed:", ""),
        ("(Enter: 2027-02-21, every 3 months; n: not agreed yet)", "2027-02-18"),
        ("Anything else, for us alone?", ""),
    ]
    for expected, answer in conversation:
        child.expect_exact(expected)
        if answer is not None:
            child.sendline(answer)
    child.expect_exact("relationship meeting of 2026-11-21 noted, 2 were there, 1 action agreed, 1 done, the next on 2027-02-18")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == os.EX_OK
    added, _ = added_and_taken(acme)
    assert added[-9:] == [
        "    2026-11-21:",
        "      attended: [lena, ines]",
        "      ours: {expectations_met: true, notes: Well}",
        "      theirs: {purchasing: as_planned}",
        "      finances: {overdue_invoices: 1}",
        "      news_from_them: [A plant, A second one]",
        "      goals: [Decide]",
        "      actions:",
        "        send: {what: Send, owner: ines, due: 2026-11-27}",
    ]
