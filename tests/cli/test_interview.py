"""A plan from a conversation: on a terminal, and from answers that were written down."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from acctplan.cli import asking
from acctplan.cli.interview import talk
from processes import PROGRAM, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer, Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
# Acme: what we know of them
profile: {name: Acme, account_manager: ines, background: They sell anvils}
team: {ines: {name: Ines Kolb}}
contacts:
  lena-vos:          # met her at the fair
    name: Lena Vos
    title: CFO
    roles: [decision_maker]
    coverage: brief
    last_contact: 2026-11-19
  tom: {name: Tom Bakker, roles: [sponsor], stance: supportive, coverage: multiple, last_contact: 2026-11-19}
opportunities:
  sensors:
    name: Sensors
    status: potential
    value: 420_000   # they asked for a quote
    buying_roles: {lena-vos: {role: decision_maker}}
revenue: {FY2026: {goal: 50_000}}
meetings: {next: 2026-12-09}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


@pytest.fixture
def given(run: Run, acme: Path, tmp_path: Path) -> Callable[..., Answer]:
    """Takes answers that were written down."""

    def given(text: str, *more: str) -> Answer:
        (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
        return run("interview", "acme", "--answers", "notes.txt", *TODAY, *more)

    return given


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("contacts.lena-vos.stance: neutral", "    stance: neutral\n"),
        ("contacts.lena-vos.stance = 1", "    stance: supportive\n"),
        ("contacts.lena-vos.stance: neg", "    stance: negative\n"),
        ("opportunities.sensors.need: 'Less waste: a lot'", '    need: "Less waste: a lot"\n'),
        ("opportunities.sensors.close_date: eoq", "    close_date: 2026-12-31\n"),
        ("opportunities.sensors.stage: proposal", "    stage: proposal\n"),
        ("opportunities.sensors.stage: proposal", "    status: open\n"),
        ("opportunities.sensors.importance.customer: 4", "    importance: {customer: 4}\n"),
        ("opportunities.sensors.competition.position: 2", "    competition: {position: ahead}\n"),
        ("opportunities.sensors.objective: Win the sensors", "  win-the-sensors:\n"),
        ("contacts.lena-vos.last_contact: 2 weeks ago", "    last_contact: 2026-11-07\n"),
        ("contacts.lena-vos.last_contact: wed", "    last_contact: 2026-11-18\n"),
        ("opportunities.sensors.value: 1.2m", "    value: 1_200_000 "),
    ],
)
def test_answers_are_checked_and_written_as_everything_else(given: Callable[..., Answer], acme: Path, line: str, written: str):
    if "value" in line:
        acme.write_text(PLAN.replace("420_000 ", " "), "utf-8")
    if "last_contact" in line:
        acme.write_text(PLAN.replace("    last_contact: 2026-11-19\n", "", 1), "utf-8")
    answer = given(line)
    assert answer.status == 0, answer.err
    text = acme.read_text("utf-8")
    assert written.replace('"', "'") in text.replace('"', "'")
    assert all(comment in text for comment in ("# Acme: what we know", "# met her at the fair", "# they asked"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "contacts.lena-vos.stance: superb",
            "notes.txt:2: 'superb' is none of the answers\n  one of supportive, neutral, negative, or its number",
        ),
        ("opportunities.sensors.close_date: soon", "notes.txt:2: 'soon' is no day\n  say 2026-12-31, "),
        ("opportunities.sensors.close_date: yesterday", "notes.txt:2: 2026-11-20 is past\n  say a day from today on"),
        (
            "contacts.lena-vos.stnce: neutral",
            "notes.txt:2: contacts.lena-vos has no field 'stnce'\n  did you mean contacts.lena-vos.stance?",
        ),
        ("contacts.lena.stance: neutral", "notes.txt:2: the plan has no contacts.lena"),
        ("contacts.tom.stance: ?", "notes.txt:2: nothing is asked about contacts.tom.stance"),
        ("insights: They want more", "notes.txt:2: nothing is asked about insights"),
        ("contacts.lena-vos.stance", "notes.txt:2: no answer\n  write POINTER: VALUE"),
        ("contacts.tom.name: To\u202em", "notes.txt:2: an invisible character"),
    ],
)
def test_a_wrong_answer_names_its_line_and_nothing_is_written(given: Callable[..., Answer], acme: Path, line: str, message: str):
    answer = given(f"opportunities.sensors.need: Less waste\n{line}\n")
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_any_field_can_be_answered(given: Callable[..., Answer], acme: Path):
    assert given("# they moved\n\nprofile.headquarters: Utrecht\ncontacts.tom.stance = negative\n").status == 0
    assert "headquarters: Utrecht" in acme.read_text("utf-8")
    assert "stance: negative" in acme.read_text("utf-8")


def test_what_one_answer_raises_the_next_can_answer(given: Callable[..., Answer], acme: Path):
    lines = ["opportunities.sensors.next_step: Show them", "opportunities.sensors.next_step_due: +1w"]
    assert given("\n".join(lines)).status == 0
    assert "    next_step: Show them\n    next_step_due: 2026-11-28\n" in acme.read_text("utf-8")


@pytest.mark.parametrize(("said", "identifier"), [("Knarr Systems", "knarr-systems"), ("1", "knarr")])
def test_whoever_is_ahead_of_us_is_asked_for(given: Callable[..., Answer], acme: Path, said: str, identifier: str):
    if said == "1":
        acme.write_text(PLAN + "competitors: {knarr: {name: Knarr}}\n", "utf-8")
    rivalry = "opportunities.sensors.competition"
    answer = given(f"{rivalry}.position: behind\n{rivalry}.competitors: {said}")
    assert answer.status == 0, answer.err
    text = " ".join(acme.read_text("utf-8").split())
    assert f"competitors: [{identifier}]" in text
    assert ("knarr-systems: {name: Knarr Systems}" in text) is (identifier == "knarr-systems")


def test_answers_may_come_from_standard_input(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("contacts.lena-vos.stance: neutral\n"))
    assert run("interview", "acme", "--answers", "-", *TODAY).err.startswith(
        "plans/acme.yaml: took 1 answer\nanswered: 1, noted as unknown: 0"
    )
    assert "stance: neutral" in acme.read_text("utf-8")


def test_a_diff_writes_nothing(given: Callable[..., Answer], acme: Path):
    answer = given("contacts.lena-vos.stance: neutral", "--diff")
    assert "+    stance: neutral" in answer.out
    assert acme.read_text("utf-8") == PLAN


def test_what_nobody_knows_becomes_a_question_for_the_customer(given: Callable[..., Answer], run: Run, acme: Path):
    assert given("contacts.lena-vos.stance: ?").status == 0
    text = acme.read_text("utf-8")
    assert "questions:\n  contacts-lena-vos-stance:\n" in text
    assert "    contact: tom\n    asked: 2026-11-21\n" in text
    keys = [one["key"] for one in json.loads(run("interview", "acme", "--list", "--json", *TODAY).out)["questions"]]
    assert "contacts.lena-vos.stance" not in keys
    later = [one["key"] for one in json.loads(run("interview", "acme", "--json", "--today", "2026-12-21").out)["questions"]]
    assert "contacts.lena-vos.stance" in later


def test_asked_again_it_is_noted_again_and_an_answer_settles_it(given: Callable[..., Answer], run: Run, acme: Path, tmp_path: Path):
    given("contacts.lena-vos.stance: don't know")
    run("interview", "acme", "--answers", "notes.txt", "--today", "2026-12-24")
    assert acme.read_text("utf-8").count("about: contacts.lena-vos.stance") == 1
    assert "asked: 2026-12-24" in acme.read_text("utf-8")
    (tmp_path / "notes.txt").write_text("contacts.lena-vos.stance: neutral", "utf-8")
    assert run("interview", "acme", "--answers", "notes.txt", "--today", "2027-02-01").status == 0
    assert "    status: answered\n    answer: neutral\n" in acme.read_text("utf-8")


ACTION = """\
objectives:
  win: {category: revenue, what: Win, opportunities: [sensors], owner: ines, due: 2027-01-31, strategies: {s: {what: S, actions: {
    visit: {what: Visit, owner: ines, due: 2026-11-02}}}}}
"""


@pytest.mark.parametrize(
    ("said", "written"),
    [("done", "status: done, done: 2026-11-21"), ("cancelled", "status: cancelled"), ("+2w", "due: 2026-12-05")],
)
def test_what_became_of_an_action(given: Callable[..., Answer], acme: Path, said: str, written: str):
    acme.write_text(PLAN + ACTION, "utf-8")
    assert given(f"objectives.win.strategies.s.actions.visit.due: {said}").status == 0
    assert written in acme.read_text("utf-8")


def test_a_step_that_is_late_is_replaced_or_put_off_with_its_comments(interview: Callable[..., Answer], acme: Path):
    late = "    status: open\n    next_step: Ask\n    next_step_due: 2026-11-02   # before the fair\n"
    acme.write_text(PLAN.replace("    status: potential\n", late), "utf-8")
    out = interview("", "", "", "", "Call them", "+1w").out
    assert out.index("'Ask' was due on 2026-11-02. What is the next step now?") < out.index("By when: Call them?")
    assert "    next_step: Call them\n    next_step_due: 2026-11-28   # before the fair\n" in acme.read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "roles", "contact"),
    [
        ("tom", "tom: {role: decision_maker}", ""),
        ("Eva Sandell", "eva-sandell: {role: decision_maker}", "  eva-sandell: {name: Eva Sandell}\n"),
    ],
)
def test_somebody_is_named_or_new(given: Callable[..., Answer], acme: Path, said: str, roles: str, contact: str):
    text = PLAN.replace("    buying_roles: {lena-vos: {role: decision_maker}}\n", "").replace("    roles: [decision_maker]\n", "")
    acme.write_text(text, "utf-8")
    assert given(f"opportunities.sensors.buying_roles: {said}").status == 0
    after = acme.read_text("utf-8")
    assert roles in " ".join(after.split())
    assert contact in after


def test_what_would_be_asked_is_listed_in_full(run: Run, acme: Path):
    titles, *rows = [line.split("\t") for line in run("interview", "acme", "--list", *TODAY).out.splitlines()]
    assert {len(row) for row in rows} == {len(titles)}
    assert dict(zip(titles, rows[0], strict=True)) == {
        "key": "contacts.lena-vos.stance",
        "topic": "who decides, and where they stand",
        "ten_minutes": "yes",
        "value": "0.00",
        "kind": "choice",
        "choices": "supportive, neutral, negative",
        "question": "Where does Lena Vos stand?",
        "why": "Unknown is not neutral: whoever decides and is not known is the likeliest surprise of a deal.",
        "aloud": "How does Lena Vos see what we do together?",
        "contact": "tom",
        "rule": "contacts/unknown-stance",
    }


def test_a_list_on_a_terminal_says_why_and_where_the_answer_goes(run: Run, acme: Path, terminal: Callable[[int], None]):
    terminal(80)
    answer = run("interview", "acme", "--list", "--most", "1", *TODAY)
    assert "Where does Lena Vos stand?" in answer.out
    assert "contacts.lena-vos.stance" in answer.out
    assert answer.err == "ten-minute plan: 9 of 14\n"


# On a terminal.


def test_what_was_noted_as_an_answer_is_shown_beside_its_question(interview: Callable[..., Answer], acme: Path):
    noted = "questions: {who: {what: Where, about: contacts.lena-vos.stance, status: answered, answer: She is for one plant}}\n"
    acme.write_text(PLAN + noted, "utf-8")
    assert "Noted as the answer: She is for one plant" in interview().out


@pytest.fixture
def interview(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Answers one question after the other, then hangs up."""
    monkeypatch.setattr("acctplan.cli.asking.can_ask", lambda: True)

    def interview(*answers: str | Callable[[], str], more: tuple[str, ...] = ()) -> Answer:
        said = iter(answers)

        def typed(prompt: str) -> str:
            try:
                one = next(said)
            except StopIteration:
                raise EOFError from None
            return one() if callable(one) else one

        monkeypatch.setattr("builtins.input", typed)
        return run("interview", "acme", *TODAY, *more)

    return interview


def test_each_answer_is_written_before_the_next_is_asked_for(interview: Callable[..., Answer], acme: Path):
    answer = interview("neutral")
    assert "stance: neutral" in acme.read_text("utf-8")
    assert "Answered: 1. The ten-minute plan:" in answer.out
    assert "Best next time: What does Acme need Sensors for?" in answer.out
    assert answer.status == 0


def test_a_wrong_answer_is_asked_again(interview: Callable[..., Answer], acme: Path):
    answer = interview("superb", "2")
    assert "! 'superb' is none of the answers; one of supportive, neutral, negative, or its number" in answer.out
    assert answer.out.count("Where does Lena Vos stand?") == 1
    assert "stance: neutral" in acme.read_text("utf-8")


@pytest.mark.parametrize("word", ["q", "QUIT", "stop"])
def test_stop(interview: Callable[..., Answer], acme: Path, word: str):
    assert "Answered: 0. " in interview(word, "neutral").out
    assert acme.read_text("utf-8") == PLAN


def test_enter_skips_and_is_not_asked_again(interview: Callable[..., Answer], acme: Path):
    answer = interview("", "Less waste")
    assert answer.out.count("Where does Lena Vos stand?") == 1
    assert "need: Less waste" in acme.read_text("utf-8")


def test_the_first_lines_say_the_keys(interview: Callable[..., Answer]):
    assert "b goes back, h is help, q ends" in " ".join(interview().out.split())


def test_a_step_back_takes_the_answer_back_and_asks_again(interview: Callable[..., Answer], acme: Path):
    answer = interview("neutral", "b", "negative")
    assert answer.out.count("Where does Lena Vos stand?") == 2
    assert acme.read_text("utf-8") == PLAN.replace("2026-11-19\n  tom", "2026-11-19\n    stance: negative\n  tom")
    assert "Answered: 1. " in answer.out
    assert "taken back" in answer.err


def test_steps_back_go_on_and_over_what_was_skipped(interview: Callable[..., Answer], acme: Path):
    answer = interview("neutral", "", "?", "b", "back", "B", "b")
    assert acme.read_text("utf-8") == PLAN
    assert answer.out.count("Where does Lena Vos stand?") == 3  # at first, again, and as the best next time
    assert "! this is the first question of this talk" in answer.out
    assert "Answered: 0. " in answer.out


def test_a_step_back_leaves_alone_what_somebody_else_wrote(interview: Callable[..., Answer], acme: Path):
    def others() -> str:
        acme.write_text(acme.read_text("utf-8") + "# mine\n", "utf-8")
        return "b"

    answer = interview("neutral", others)
    assert "changed elsewhere" in " ".join(answer.out.split())
    assert "stance: neutral" in acme.read_text("utf-8")
    assert acme.read_text("utf-8").endswith("# mine\n")


def test_a_step_back_of_what_is_only_shown(interview: Callable[..., Answer], acme: Path):
    out = interview("neutral", "b", "negative", more=("--diff",)).out
    assert "+    stance: negative" in out
    assert "neutral\n" not in out.partition("--- ")[2]
    assert acme.read_text("utf-8") == PLAN


def test_a_question_that_was_gone_back_from_counts_once(interview: Callable[..., Answer]):
    assert interview("", "b", "", "", "", more=("--most", "2")).out.count("of the ten-minute plan ·") == 4


@pytest.mark.parametrize("word", ["h", "Help"])
def test_help_says_what_can_be_said(interview: Callable[..., Answer], acme: Path, word: str):
    out = interview(word).out
    assert "b: one question back" in out
    assert "Here: one of the words above" in out
    assert acme.read_text("utf-8") == PLAN


@pytest.mark.parametrize("word", ["?", "??", "don't know", "I don\u2019t know.", "no idea", "dunno", "IDK", "not sure", "I'm not sure yet"])
def test_nobody_has_to_know(interview: Callable[..., Answer], acme: Path, word: str):
    assert "Answered: 0, noted as unknown: 1." in interview(word).out
    assert "about: contacts.lena-vos.stance" in acme.read_text("utf-8")


def test_what_an_answer_raises_is_asked_right_after_it(interview: Callable[..., Answer], acme: Path):
    answers = ["", "", "", ""]
    out = interview(*answers, "Show them", "+1w").out
    assert out.index("What is the next step with Sensors?") < out.index("By when: Show them?")
    assert "next_step_due: 2026-11-28" in acme.read_text("utf-8")


def test_no_more_than_was_wanted(interview: Callable[..., Answer]):
    assert interview("", "", "", more=("--most", "2")).out.count("of the ten-minute plan ·") == 2


def test_a_minute_that_is_over(interview: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch):
    clock = iter((0.0, 1.0, 61.0))
    monkeypatch.setattr(talk, "monotonic", lambda: next(clock))
    assert interview("", "", "", more=("--minutes", "1")).out.count("of the ten-minute plan ·") == 1


def test_on_a_terminal_a_diff_comes_last_and_nothing_is_written(interview: Callable[..., Answer], acme: Path):
    assert "+    stance: neutral" in interview("neutral", more=("--diff",)).out
    assert acme.read_text("utf-8") == PLAN


def test_the_ten_minute_plan_alone(interview: Callable[..., Answer]):
    assert "beyond the ten-minute plan" not in interview(*[""] * 30, more=("--level", "start")).out
    assert "beyond the ten-minute plan" in interview(*[""] * 30).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "an interview needs a terminal\n  see what it would ask with --list, and answer with --answers FILE"),
        (["--answers", "x", "--most", "2"], "--most and --minutes go with a conversation"),
        (["--answers", "x", "--list"], "--list asks nothing"),
        (["--answers", "nowhere.txt"], "nowhere.txt"),
    ],
)
def test_off_a_terminal_it_says_how(run: Run, acme: Path, arguments: list[str], message: str):
    answer = run("interview", "acme", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_a_customer_without_a_plan_gets_one(run: Run, acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    answer = run("interview", "Meridian Foods", "--list")
    assert answer.status == 2
    (tmp_path / "notes.txt").write_text("insights: Waste less", "utf-8")
    without = run("interview", "Meridian Foods", "--answers", "notes.txt")
    assert without.err.endswith('start one with --new, or: acctplan new "Meridian Foods"\n')
    assert run("interview", "Meridian Foods", "--answers", "notes.txt", "--new").status == 0
    assert "waste-less" in (acme.parent / "meridian-foods.yaml").read_text("utf-8")
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: "q" if prompt.startswith("Answer") else "y")
    assert run("interview", "Tallmo Bruk").status == 0
    assert (acme.parent / "tallmo-bruk.yaml").exists()


def test_a_slip_is_no_new_customer(run: Run, acme: Path):
    assert run("interview", "acmee", "--new", "--answers", "x").err == "acctplan: no plan acmee\n  did you mean acme?\n"


SAID = (
    ("achieve this year", "Cut write-offs to 2 % by 2028"),
    ("Who at Meridian Foods decides", "Lena Vos"),
    ("Where does Lena Vos stand", "superb"),
    ("is none of the answers", "?"),
    ("title of Lena Vos", "CFO"),
    ("How well do we know", "2"),
    ("Give our best idea a name", "Sensors for the plants"),
    ("need Sensors for the plants for", "To see what is thrown away"),
    ("What is Sensors for the plants worth", "400k"),
    ("How far along", "prop"),
    ("By when could", "eoq"),
    ("What is the next step", "Show them a plant that has it"),
    ("By when: Show them", "+2w"),
    ("sit down with Meridian Foods", "+6w"),
    ("want to earn", "250_000"),
)
"""Ten minutes: what is asked, and what is answered."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_ten_minutes_make_a_plan_from_nothing(run: Run, tmp_path: Path):
    pexpect = pytest.importorskip("pexpect")
    assert run("init", ".").status == 0
    assert run("new", "Meridian Foods", *TODAY).status == 0
    path = tmp_path / "plans" / "meridian-foods.yaml"
    comments = [line.partition("#")[2] for line in path.read_text("utf-8").splitlines() if "#" in line]
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "interview", "meridian-foods", "--level", "start", *TODAY],
        cwd=str(tmp_path),
        env=surroundings(NO_COLOR="1"),
        dimensions=(50, 90),
        encoding="utf-8",
        timeout=20,
    )
    for question, answer in SAID[:-1]:
        child.expect(question)
        child.expect("Answer: ")
        child.sendline(answer)
    child.expect("want to earn")
    child.sendcontrol("d")
    child.expect("Best next time: What do we want to earn")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    (tmp_path / "last.txt").write_text(f"revenue.FY2027.goal: {SAID[-1][1]}\n", "utf-8")
    assert "ten-minute plan: 15 of 15" in run("interview", "meridian-foods", "--answers", "last.txt", *TODAY).err
    text = path.read_text("utf-8")
    assert all(comment in text for comment in comments)
    assert "  lena-vos:" in text
    assert "decision-maker:" not in text
    assert "best-opportunity:" not in text
    found = json.loads(run("check", "meridian-foods", "--level", "start", "--json", *TODAY).out)
    assert [one["rule"] for one in found["diagnostics"]] == []
    assert "How does Lena Vos see what we do together?" in run("questions", "meridian-foods", "--markdown", *TODAY).out
