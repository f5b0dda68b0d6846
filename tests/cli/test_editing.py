"""What every command that writes into a plan does: the lock, the check, the diff, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from acctplan import book as books
from acctplan.cli.editing import change
from acctplan.cli.entries import locate
from acctplan.edit import Delete, Set
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.edit import Edit
    from acctplan.loader import Loaded

PLAN = """\
profile: {name: Acme}    # the customer
contacts:
  lena: {name: Lena Vos}
opportunities:
  sensors: {name: Sensors, status: open}   # ours
objectives:
  win:
    category: revenue
    what: Win
    strategies:
      show: {what: Show it, actions: {visit: {what: Visit them}}}
      call: {what: Call them, actions: {visit: {what: Visit the board}}}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def opened(path: Path) -> Book:
    return books.find_for([str(path)])


def stage(value: str) -> Callable[[Loaded], list[Edit]]:
    return lambda _: [Set(("opportunities", "sensors", "stage"), value)]


def test_a_change_is_written_and_said(acme: Path, capsys: pytest.CaptureFixture[str]):
    (after,) = change(opened(acme), [acme], stage("proposal"), show_diff=False, said="Sensors moved to proposal")
    assert acme.read_text("utf-8") == PLAN.replace("status: open}", "status: open, stage: proposal}")
    assert after.plan is not None
    assert after.plan.opportunities["sensors"].stage == "proposal"
    assert capsys.readouterr().err.endswith("acme.yaml: Sensors moved to proposal\n")


def test_a_diff_is_shown_and_nothing_written(acme: Path, capsys: pytest.CaptureFixture[str]):
    change(opened(acme), [acme], stage("proposal"), show_diff=True)
    assert acme.read_text("utf-8") == PLAN
    assert "+  sensors: {name: Sensors, status: open, stage: proposal}   # ours" in capsys.readouterr().out


def test_what_would_make_the_plan_wrong_is_refused(acme: Path):
    with pytest.raises(UserError, match="nothing was written, the plan would not be right: unknown stage 'nowhere'"):
        change(opened(acme), [acme], stage("nowhere"), show_diff=False)
    assert acme.read_text("utf-8") == PLAN


def test_errors_that_stood_before_do_not_stop_a_change(plan: Callable[..., Path]):
    path = plan(PLAN.replace("status: open", "status: opn"), "acme")
    change(opened(path), [path], lambda _: [Set(("opportunities", "sensors", "status"), "open")], show_diff=False)
    assert path.read_text("utf-8") == PLAN


def test_an_error_is_not_set_again_because_it_stood_before(plan: Callable[..., Path]):
    path = plan(PLAN.replace("name: Sensors", "name: Sensors, value: a lot"), "wrong")
    with pytest.raises(UserError, match="'value' should be an amount"):
        change(opened(path), [path], lambda _: [Set(("opportunities", "sensors", "value"), "much more")], show_diff=False)
    change(opened(path), [path], lambda _: [Set(("opportunities", "sensors", "value"), 100)], show_diff=False)
    assert "value: 100" in path.read_text("utf-8")


def test_of_several_plans_all_are_changed_or_none(acme: Path, plan: Callable[..., Path]):
    other = plan("profile: {name: Other}\n", "other")
    with pytest.raises(UserError):
        change(opened(acme), [acme, other], lambda _: [Delete(("contacts", "lena"))], show_diff=False)
    assert acme.read_text("utf-8") == PLAN


def test_what_says_so_already_is_not_written(acme: Path, capsys: pytest.CaptureFixture[str]):
    before = acme.stat().st_mtime_ns
    change(opened(acme), [acme], lambda _: [Set(("opportunities", "sensors", "status"), "open")], show_diff=False)
    assert acme.stat().st_mtime_ns == before
    assert "nothing to change" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "kind", "pointer"),
    [
        (["sensors"], "opportunity", ("opportunities", "sensors")),
        (["acme", "lena"], "contact", ("contacts", "lena")),
        (["objectives.win.strategies.call.actions.visit"], "action", ("objectives", "win", "strategies", "call", "actions", "visit")),
    ],
)
def test_an_entry_is_found_by_its_id(acme: Path, asked: list[str], kind: str, pointer: tuple[str, ...]):
    assert locate(asked, kind).entry.pointer == pointer


@pytest.mark.parametrize(
    ("asked", "kind", "message", "hint"),
    [
        (["sensros"], "opportunity", "no opportunity sensros in ", "did you mean sensors?"),
        (["visit"], "action", "acme has 2 of the id visit", "objectives.win.strategies.show.actions.visit or "),
        (["x"], "risk", "no risk x", "there is no risk yet: acctplan add risk"),
        (["a", "b", "c"], "contact", "3 names, and one contact is wanted", "write PLAN CONTACT"),
    ],
)
def test_an_entry_that_cannot_be_told(acme: Path, asked: list[str], kind: str, message: str, hint: str):
    with pytest.raises(UserError) as error:
        locate(asked, kind)
    assert message.removesuffix(" in ") in error.value.message
    assert hint in error.value.hint


def test_an_id_that_several_plans_have_needs_the_plan(acme: Path, plan: Callable[..., Path]):
    plan(PLAN, "other")
    with pytest.raises(UserError) as error:
        locate(["sensors"], "opportunity")
    assert error.value.message == "2 plans have the opportunity sensors: acme, other"
    assert error.value.hint == "name the plan: acme sensors"
    assert locate(["other", "sensors"], "opportunity").path.stem == "other"
