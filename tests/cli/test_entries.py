"""Finding an entry by what somebody calls it: an opportunity, a contact, an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from acctplan.cli.entries import alike, locate, say_which
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN = """\
profile: {name: Acme}
contacts:
  lena-vos: {name: Lena Vos}
  lena: {name: Magdalena Rau}
opportunities:
  sensors: {name: Sensors for the mill, value: 5}
  energy: {name: Energy study}
objectives:
  win: {category: revenue, what: Win, strategies: {show: {what: Show, actions: {visit: {what: Visit the board}, letter: {what: Write}}}}}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


@pytest.mark.parametrize(
    ("asked", "kind", "found"),
    [
        (["lena"], "contact", "lena"),
        (["Lena Vos"], "contact", "lena-vos"),
        (["magdalena"], "contact", "lena"),
        (["acme", "rau"], "contact", "lena"),
        (["the  board"], "action", "visit"),
        (["MILL"], "opportunity", "sensors"),
    ],
)
def test_it_is_found_by_its_name_or_a_part_of_it(acme: Path, asked: list[str], kind: str, found: str):
    assert locate(asked, kind).entry.id == found


def test_a_rank_counts_only_where_that_is_wanted(acme: Path):
    assert locate(["2"], "opportunity", by_rank=True).entry.id == "energy"
    with pytest.raises(UserError, match="no opportunity 2"):
        locate(["2"], "opportunity")


def test_several_are_listed(acme: Path, plan: Callable[..., Path], capsys: pytest.CaptureFixture[str]):
    plan(PLAN.replace("Acme", "Bolt"), "bolt")
    with pytest.raises(UserError, match="2 may be meant by magdalena"):
        locate(["magdalena"], "contact")
    assert capsys.readouterr().err == "lena  Magdalena Rau  Acme\nlena  Magdalena Rau  Bolt\n"
    with pytest.raises(UserError, match="2 plans have the contact lena"):
        locate(["lena"], "contact")


def test_a_broken_plan_that_may_have_the_id_is_not_passed_over_for_a_part_of_another(acme: Path, plan: Callable[..., Path]):
    plan("profile: {}\nopportunities: {mill: {name: Mill}}\n", "broken")
    with pytest.raises(UserError, match="no opportunity mill in the plans that can be read"):
        locate(["mill"], "opportunity")
    assert locate(["energy st"], "opportunity").left_out


def test_nothing_is_not_a_part_of_everything(acme: Path):
    with pytest.raises(UserError, match="no contact"):
        locate([" "], "contact")
    assert alike("", ["a"], lambda one: (one,)) == []


def test_the_name_of_a_plan_is_asked_which_of_it(acme: Path, plan: Callable[..., Path], capsys: pytest.CaptureFixture[str]):
    plan("profile: {name: Empty}\n", "empty")
    for name, hint in (("acme", "give the id of one"), ("empty", "it has none yet")):
        with pytest.raises(UserError, match=f"which opportunity of {name}") as error:
            locate([name], "opportunity")
        assert error.value.hint == hint
    assert capsys.readouterr().err.startswith("sensors  Sensors for the mill  Acme\n")


def test_of_many_ten_are_listed_and_made_visible(capsys: pytest.CaptureFixture[str]):
    say_which([(f"o{number}", "\x1b[31m宽" if number == 1 else "Name", "Acme") for number in range(12)])
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (11, "and 2 more")
    assert lines[:2] == ["o0  Name            Acme", "o1  <U+001B>[31m宽  Acme"]
