"""Commands that write into a plan for somebody who has no editor open: set, done, move, log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from acctplan.cli import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
# Acme: what we know of them
profile: {name: Acme}
team: {ines: {name: Ines}}
contacts:
  lena-vos:          # met her at the fair
    name: Lena Vos
    notes: |
      Reads contracts twice.
  tom: {name: Tom Bakker, coverage: none, notes: Likes trains}
opportunities:
  sensors:
    name: Sensors
    status: potential
    value: 420_000   # they asked for a quote
  service: {name: Service, status: open, stage: proposal, probability: 0.3}
objectives:
  win:
    category: revenue
    what: Win the sensors
    strategies:
      show: {what: Show them, actions: {visit: {what: Visit the plant, status: in_progress}}}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def changed(path: Path, before: str = PLAN) -> list[tuple[str, str]]:
    """The lines that are no longer as they were, and what stands there now; only where no line came or went."""
    old, new = before.splitlines(), path.read_text("utf-8").splitlines()
    return [(was, now) for was, now in zip(old, new, strict=True) if was != now]


@pytest.mark.parametrize(
    ("pointer", "value", "was", "now"),
    [
        ("profile.name", "Acme Foods", "profile: {name: Acme}", "profile: {name: Acme Foods}"),
        (
            "opportunities.sensors.value",
            "380,000",
            "    value: 420_000   # they asked for a quote",
            "    value: 380_000   # they asked for a quote",
        ),
        ("opportunities.service.probability", "45 %", "probability: 0.3}", "probability: 0.45}"),
    ],
)
def test_set_changes_the_value_and_nothing_else(run: Run, acme: Path, pointer: str, value: str, was: str, now: str):
    assert run("set", "acme", pointer, value, *TODAY).status == 0
    ((before, after),) = changed(acme)
    assert before.endswith(was)
    assert after.endswith(now)


@pytest.mark.parametrize(
    ("value", "written"),
    [("eoq", "2026-12-31"), ("+2w", "2026-12-05"), ("2027-Q1", "2027-03-31"), ("2027-02-01", "2027-02-01")],
)
def test_set_takes_days_as_people_say_them(run: Run, acme: Path, value: str, written: str):
    run("set", "acme", "opportunities.sensors.close_date", value, *TODAY)
    assert f"    close_date: {written}\n" in acme.read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "written"), [("1,200,000", "1_200_000"), ("1 200 000", "1_200_000"), ("1,234.5", "1234.5"), ("1200.25", "1200.25")]
)
def test_set_takes_amounts_in_groups_of_three(run: Run, acme: Path, value: str, written: str):
    run("set", "acme", "opportunities.sensors.value", value)
    assert f"    value: {written}   # they asked for a quote\n" in acme.read_text("utf-8")


def test_set_takes_lists_and_truths(run: Run, acme: Path):
    run("set", "acme", "contacts.lena-vos.roles", "decision_maker, sponsor")
    run("set", "acme", "opportunities.sensors.shared", "yes")
    text = acme.read_text("utf-8")
    assert "    roles: [decision_maker, sponsor]\n" in text
    assert "    shared: true\n" in text


def test_set_several_plans_at_once(run: Run, acme: Path, plan: Callable[..., Path]):
    other = plan("profile: {name: Other}\n", "other")
    assert run("set", "acme", "other", "profile.currency", "CHF").status == 0
    assert "currency: CHF" in acme.read_text("utf-8")
    assert other.read_text("utf-8") == "profile: {name: Other, currency: CHF}\n"


def test_set_takes_an_entry_out(run: Run, acme: Path):
    assert run("set", "acme", "contacts.tom", "--remove").status == 0
    assert acme.read_text("utf-8") == "".join(line for line in PLAN.splitlines(keepends=True) if not line.startswith("  tom:"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["acme", "contacts.lena-vos.stnce", "neutral"],
            "contacts.lena-vos has no field 'stnce'\n  did you mean contacts.lena-vos.stance?",
        ),
        (["acme", "contacts.lena.stance", "neutral"], "acme.yaml has no contacts.lena\n  did you mean contacts.lena-vos?"),
        (["acme", "contacts.lena-vos.stance", "suportive"], "'stance' cannot be 'suportive'\n  did you mean supportive?"),
        (["acme", "opportunities.sensors.close_date", "soon"], "'soon' is no day\n  say 2026-12-31, today"),
        (["acme", "opportunities.sensors", "x"], "opportunities.sensors is a section, not a value"),
        (["acme", "opportunities.sensors.owner", "nobody"], "'nobody' is not in team"),
        (["acme", "opportunities.sensors.value", "1,5"], "is no number"),
        (["acme", "opportunities.sensors.value", "12,50"], "is no number"),
        (["acme", "opportunities.sensors.value", "42 000 0"], "is no number"),
        (["acme", "opportunities.sensors.value", "420.000"], "'420.000' may be 420_000 or 420\n  write the one that you mean"),
        (["acme", "questions.foo.what", "Who signs?"], "acme.yaml has no questions.foo"),
        (["acme", "contacts.tom.stance", "neu\u202etral"], "an invisible character: neu<U+202E>tral"),
        (["acme"], "not enough was said"),
        (["nowhere", "profile.name", "x"], "no plan nowhere"),
    ],
)
def test_set_refuses_what_would_be_wrong(run: Run, acme: Path, arguments: list[str], message: str):
    answer = run("set", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_done(run: Run, acme: Path):
    answer = run("done", "visit", "--on", "yesterday", "--note", "They liked it", *TODAY)
    assert answer.err == "plans/acme.yaml: Visit the plant: done on 2026-11-20\n"
    ((_, now),) = changed(acme)
    assert now.endswith("visit: {what: Visit the plant, status: done, done: 2026-11-20, notes: '2026-11-21: They liked it'}}}")


def test_what_was_done_keeps_its_day_unless_another_is_named(run: Run, acme: Path):
    run("done", "visit", "--on", "2026-11-18", *TODAY)
    before = acme.read_text("utf-8")
    answer = run("done", "visit", *TODAY)
    assert (answer.status, acme.read_text("utf-8")) == (0, before)
    assert answer.err == "Visit the plant was done on 2026-11-18 already: name another day with --on\n"
    answer = run("done", "visit", "--note", "They liked it", *TODAY)
    assert "done: 2026-11-18, notes: '2026-11-21: They liked it'" in acme.read_text("utf-8")
    assert answer.err.endswith("plans/acme.yaml: Visit the plant: noted\n")
    run("done", "visit", "--on", "yesterday", *TODAY)
    assert "done: 2026-11-20" in acme.read_text("utf-8")


def test_done_may_be_cancelled(run: Run, acme: Path):
    run("done", "acme", "visit", "--cancel", *TODAY)
    assert "status: cancelled}" in acme.read_text("utf-8")
    run("done", "visit", *TODAY)
    run("done", "visit", "--cancel", *TODAY)
    assert "done:" not in acme.read_text("utf-8")


@pytest.mark.parametrize("arguments", [["--on", "tomorrow"], ["--cancel", "--on", "today"], ["--on", "soon"]])
def test_done_on_a_day_that_cannot_be(run: Run, acme: Path, arguments: list[str]):
    assert run("done", "visit", *arguments, *TODAY).status == 2
    assert acme.read_text("utf-8") == PLAN


def test_move_to_a_stage_opens_what_was_potential(run: Run, acme: Path):
    assert run("move", "sensors", "qualification").err == "plans/acme.yaml: Sensors: qualification\n"
    assert "    status: open\n" in acme.read_text("utf-8")
    assert "    stage: qualification\n" in acme.read_text("utf-8")


def test_move_keeps_an_own_probability_and_says_so(run: Run, acme: Path):
    answer = run("move", "service", "negotiation", *TODAY)
    assert (
        "it keeps its own probability, 0.3; to use the stage's: acctplan set acme opportunities.service.probability --remove" in answer.err
    )
    assert "stage: negotiation, probability: 0.3, stage_since: 2026-11-21}" in acme.read_text("utf-8")


@pytest.mark.parametrize("outcome", ["won", "lost", "dropped"])
def test_move_closes_with_a_reason_and_a_day(run: Run, acme: Path, outcome: str):
    assert run("move", "acme", "sensors", outcome, "--because", "Nobody else came", *TODAY).status == 0
    text = acme.read_text("utf-8")
    assert f"    status: {outcome}\n" in text
    assert "    close_date: 2026-11-21\n    closed_because: Nobody else came\n" in text


def test_move_asks_why_on_a_terminal_only(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch):
    answer = run("move", "sensors", "won", *TODAY)
    assert (answer.status, answer.err) == (2, "acctplan: Why was 'Sensors' won?\n  --because TEXT says why\n")
    assert acme.read_text("utf-8") == PLAN
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "  They trust Tom  ")
    assert run("move", "sensors", "won", *TODAY).status == 0
    assert "closed_because: They trust Tom\n" in acme.read_text("utf-8")


@pytest.mark.parametrize("key", [EOFError, KeyboardInterrupt])
def test_ctrl_d_and_ctrl_c_write_nothing(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch, key: type[BaseException]):
    """Whoever hangs up has not said that it is won."""

    def hangs_up(_: str) -> str:
        raise key

    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", hangs_up)
    answer = run("move", "sensors", "won", *TODAY)
    assert (answer.status, answer.out, answer.err) == (130, "\n", "")
    assert acme.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sensors"], "where to?"),
        (["sensors", "proposl"], "no stage 'proposl'\n  did you mean proposal?"),
        (["sensros", "proposal"], "did you mean sensors?"),
        (["sensors", "proposal", "--because", "x"], "--because goes with won, lost and dropped"),
    ],
)
def test_move_refuses_what_cannot_be(run: Run, acme: Path, arguments: list[str], message: str):
    answer = run("move", *arguments)
    assert answer.status == 2
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_log_notes_the_day_and_what_was_said(run: Run, acme: Path):
    assert (
        run("log", "lena-vos", "wants figures before the board meets", *TODAY).err
        == "plans/acme.yaml: Lena Vos: spoken with on 2026-11-21; coverage is now brief\n"
    )
    text = acme.read_text("utf-8")
    assert "    notes: |\n      2026-11-21: wants figures before the board meets\n      Reads contracts twice.\n" in text
    assert "    last_contact: 2026-11-21\n" in text
    assert "  lena-vos:          # met her at the fair\n" in text


def test_log_on_one_line_stays_on_one_line(run: Run, acme: Path):
    run("log", "acme", "tom", "called", "--on", "-3d", *TODAY)
    assert "notes: '2026-11-18: called | Likes trains'" in acme.read_text("utf-8")
    assert "coverage: brief" in acme.read_text("utf-8")


def test_a_single_word_may_be_what_was_said(run: Run, acme: Path):
    run("log", "tom", "called", *TODAY)
    assert "notes: '2026-11-21: called | Likes trains'" in acme.read_text("utf-8")
    assert run("log", "acme", "tom", *TODAY).status == 0


def test_an_older_talk_is_no_later_contact(run: Run, acme: Path):
    run("log", "tom", *TODAY)
    run("log", "tom", "had called", "--on", "-1w", *TODAY)
    assert "last_contact: 2026-11-21" in acme.read_text("utf-8")


def test_every_one_of_them_shows_a_diff_and_writes_nothing(run: Run, acme: Path):
    for arguments in (
        ["set", "acme", "profile.name", "New"],
        ["done", "visit"],
        ["move", "sensors", "won"],
        ["log", "tom", "met him"],
    ):
        answer = run(*arguments, "--diff", *TODAY)
        assert answer.status == 0
        assert answer.out.startswith("--- a/plans/acme.yaml\n+++ b/plans/acme.yaml\n")
    assert acme.read_text("utf-8") == PLAN


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_and_a_missing_last_one_stay(run: Run, acme: Path, ends: str):
    text = PLAN.replace("\n", ends).removesuffix(ends)
    acme.write_bytes(text.encode())
    run("log", "lena-vos", "met her", *TODAY)
    run("move", "service", "negotiation")
    after = acme.read_bytes().decode()
    assert after.count("\n") == after.count(ends)
    assert not after.endswith("\n")


TWO = """\
profile: {name: Tom}
contacts: {ada: {name: Ada Lovat}, bea: {name: Bea Ford}}
opportunities: {sensors: {name: More, status: open}}
"""


@pytest.mark.parametrize(
    ("arguments", "who", "noted"),
    [
        (["tom", "ada"], "tom", "ada"),  # a contact's id goes before a part of a plan's name
        (["bakker", "ada"], "ada", None),
        (["bakker", "called back"], "tom", "called back"),
        (["foods", "bea"], "bea", None),
        (["foods", "bea", "ada"], "bea", "ada"),
    ],
)
def test_a_contact_or_a_part_of_a_plans_name(
    run: Run, acme: Path, plan: Callable[..., Path], arguments: list[str], who: str, noted: str | None
):
    other = plan(TWO, "tom-bakker-foods")
    assert run("log", *arguments, *TODAY).status == 0
    lines = [line for path in (acme, other) for line in path.read_text("utf-8").splitlines() if "2026-11-21" in line]
    assert len(lines) == 1
    name = {"tom": "Tom Bakker", "ada": "Ada Lovat", "bea": "Bea Ford"}[who]
    entry = lines[0][lines[0].index(name) :].split("}")[0]
    assert "last_contact: 2026-11-21" in entry
    assert (f"2026-11-21: {noted}" in entry) if noted else ("notes: '2026" not in entry)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["log", "foods", "hello"], "no contact hello in plans/tom-bakker-foods.yaml"),
        (["log", "foods"], "which contact of tom-bakker-foods?"),
        (["note", "foods", "hello"], "a note on what of foods?"),
        (["note", "foods", "hello", "what"], "nothing is called hello in plans/tom-bakker-foods.yaml"),
    ],
)
def test_a_part_of_a_plans_name_and_nobody_of_it(run: Run, acme: Path, plan: Callable[..., Path], arguments: list[str], message: str):
    plan(TWO, "tom-bakker-foods")
    answer = run(*arguments, *TODAY)
    assert answer.status == 2
    assert f"{message}\n" in answer.err


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["foods"], ["More"]),
        (["sensors"], ["Sensors", "More"]),
        (["foods", "sensors"], ["More"]),
        (["serv"], ["Service"]),  # an opportunity's name goes before a part of a plan's
        (["2"], None),
    ],
)
def test_rank_explains_a_plan_by_a_part_of_its_name(
    run: Run, acme: Path, plan: Callable[..., Path], words: list[str], names: list[str] | None
):
    plan(TWO, "tom-bakker-foods")
    plan("profile: {name: Serv}\n", "serv-24")
    plan("profile: {name: Two}\n", "2-brothers")
    answer = run("rank", "--explain", *words, "--json", *TODAY)
    assert answer.status == 0
    shown = [one["name"] for one in json.loads(answer.out)["opportunities"]]
    assert sorted(shown) == sorted(names) if names else len(shown) == 1


@pytest.mark.parametrize("arguments", [["log", "tom"], ["note", "tom", "hello"], ["done", "visit"]])
@pytest.mark.parametrize(("said", "day"), [("fri", "2026-11-20"), ("saturday", "2026-11-21"), ("last sat", "2026-11-14")])
def test_a_weekday_of_what_was_is_the_last_one(run: Run, acme: Path, arguments: list[str], said: str, day: str):
    assert run(*arguments, "--on", said, *TODAY).status == 0
    assert day in acme.read_text("utf-8")
