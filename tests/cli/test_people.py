"""Who of our side somebody means: the same for every command that asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from acctplan.cli.people import Person, meant

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
TEAM = [
    Person("acme", "tom", "Tom Bakker", "tom@ours.example"),
    Person("acme", "amira", "Amira Haddad", "a.haddad@ours.example"),
    Person("acme", "tomas", "Tomas Tomasson", None),
    Person("other", "tb", "Tom Bakker", None),
    Person("third", "bakker", "T. Bakker", "Tom@Ours.example"),
    Person("third", "tom", "Tom Other", None),
]


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("amira", ["acme.amira"]),
        ("HADDAD", ["acme.amira"]),
        ("a.haddad@ours.example", ["acme.amira"]),
        ("tom@ours.example", ["acme.tom", "other.tb", "third.bakker"]),
        ("Tom Bakker", ["acme.tom", "other.tb", "third.bakker"]),
        ("tomas", ["acme.tomas"]),
        ("tom", ["acme.tom", "other.tb", "third.bakker", "third.tom"]),
        ("nobody", []),
        ("", []),
        (" ", []),
    ],
)
def test_by_id_name_or_address_in_every_plan(word: str, ids: list[str]):
    assert [f"{one.plan}.{one.id}" for one in meant(word, TEAM)] == ids


PLAN = """\
profile: {name: Acme, account_manager: boss}
team:
  amira: {name: Amira Haddad, email: amira@ours.example}
  boss: {name: The Boss, email: boss@ours.example}
opportunities:
  mine: {name: Mine, status: open, close_date: 2026-11-01, owner: amira}
  yours: {name: Yours, status: open, close_date: 2026-11-01}
objectives:
  win: {category: revenue, what: Win, owner: amira, due: 2026-11-01,
    strategies: {s: {what: So, actions: {call: {what: Call, owner: amira}}}}}
  grow: {category: revenue, what: Grow, due: 2026-11-01, strategies: {s: {what: So, actions: {mail: {what: Mail}}}}}
"""


def asked(run: Run, command: str, *arguments: str) -> set[str]:
    """What of somebody a command finds, by id."""
    answer = json.loads(run(command, *arguments, "--json", *TODAY).out)
    if command == "next":
        return {move["subject"].split(".")[1] for move in answer["moves"]}
    return {one["id"] for one in answer[command]}


COMMANDS = pytest.mark.parametrize(
    ("command", "hers", "others"),
    [("next", {"mine", "win"}, {"yours", "grow"}), ("objectives", {"win"}, {"grow"}), ("actions", {"call"}, {"mail"})],
)


@COMMANDS
@pytest.mark.parametrize("who", ["amira", "Amira Haddad", "AMIRA@ours.example"])
def test_somebody_is_found_in_the_same_ways_everywhere(
    run: Run, plan: Callable[..., Path], command: str, hers: set[str], others: set[str], who: str
):
    plan(PLAN)
    assert asked(run, command, "--owner", who) == hers
    assert asked(run, command, "--owner", "boss") == others
    assert asked(run, command) >= hers | others


def working_here(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """Has git say who works here."""
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for number, (key, said) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", f"user.{key}")
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", said)


@pytest.mark.parametrize(("name", "email"), [("amira haddad", "somebody@else.example"), ("Somebody Else", "amira@ours.example")])
def test_mine_is_what_git_says_by_name_or_by_address(
    run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, name: str, email: str
):
    plan(PLAN)
    working_here(monkeypatch, name=name, email=email)
    assert asked(run, "next", "--mine") == {"mine", "win"}
    assert asked(run, "objectives", "--mine") == {"win"}
    assert asked(run, "actions", "--mine") == {"call"}


def test_whoever_is_in_no_team_has_nothing(run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    plan(PLAN)
    working_here(monkeypatch, name="Somebody Else", email="somebody@else.example")
    assert run("actions", "--mine").err.startswith("acctplan: nobody in these plans is Somebody Else\n")


@pytest.mark.parametrize("command", ["next", "objectives", "actions"])
@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--owner", "amra"], "nobody in these plans is amra", "did you mean amira?"),
        (["--owner", "xyz"], "nobody in these plans is xyz", "the team: Amira Haddad, The Boss"),
        (["--owner", "amira", "--mine"], "--mine and --owner are different people", "give one of them"),
    ],
)
def test_nobody(run: Run, plan: Callable[..., Path], command: str, arguments: list[str], message: str, hint: str):
    plan(PLAN)
    assert run(command, *arguments) == (2, "", f"acctplan: {message}\n  {hint}\n")


def test_the_accounts_of_a_manager_are_found_by_address(run: Run, plan: Callable[..., Path]):
    plan(PLAN)
    plan("profile: {name: Other}\n", "other")
    answer = json.loads(run("book", "--owner", "boss@ours.example", "--json", *TODAY).out)
    assert [account["account"] for account in answer["accounts"]] == ["Acme"]
    assert run("book", "--owner", "amira").status == 2
