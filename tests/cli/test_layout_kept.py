"""Every command that edits leaves what it was not asked to change as it is, in plans as people really write them."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")

BY_HAND = """\
# Acme: last looked at by Ines

profile:   { "name" : Acme,   currency: 'EUR'  }   # two blanks, on purpose
team: {ines: {name: Ines, email: 'ines@ours.example'},
       jo: {name: "Jo"}}          # Jo left the quotes

contacts:

      # the one who signs
      lena-vos:          # met her at the fair
            name: "Lena Vos"
            title:   'CFO'      # since May
            notes: |
                  Reads contracts twice.  # not a comment


                  Likes figures.
      tom: {name: Tom Bakker, coverage: none,
            notes: Likes trains}   # and clocks
opportunities:
  # potential, as of May
  sensors:
    status: potential     # see below
    "name": Sensors
    value: 420_000   # they asked for a quote


  service: {name: >-
      Service, name: x}
  yard:
    name: >
      The yard,
      at last
    status: open
    stage: proposal
    # next_step: call them
objectives:
   win:
      category: revenue
      what: 'Win the sensors, it''s time'
      strategies:
        show: {what: Show them, actions: {visit: {what: Visit the plant, status: in_progress}}}
      # more to come
#: an odd comment
risks: {}
meetings:
  every_months: 3 # by contract
  held:
    2026-09-10:
      attended: [tom]
      actions:
      # as agreed
        plan-b: {what: "Plan B", owner: ines, due: 2026-10-01}
# the end
""".replace(
    """  service: {name: >-
      Service, name: x}
""",
    """  service: {name: Service, status: open,
      stage: "proposal",   # by hand
      probability: 0.3}
""",
)

LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "blanks at line ends": lambda text: re.sub(r"(?<=[a-z}])\n", "  \n", text),
    "no newline at the end": lambda text: text.rstrip("\n"),
    "empty lines at the end": lambda text: text + "\n\n",
}


class Edit(NamedTuple):
    """A command, and the places that it may change."""

    words: tuple[str, ...]
    may_change: tuple[str, ...]
    """Patterns of pointers."""
    takes: tuple[str, ...] = ()
    """Comments that go with a line that is taken out."""


EDITS = {
    "set a value": Edit(("set", "acme", "opportunities.sensors.value", "380000"), ("opportunities.sensors.value",)),
    "set a new field": Edit(("set", "acme", "contacts.lena-vos.stance", "supportive"), ("contacts.lena-vos.stance",)),
    "set in braces": Edit(("set", "acme", "contacts.tom.title", "CEO"), ("contacts.tom.title",)),
    "set a quoted key": Edit(("set", "acme", "profile.name", "Acme Foods"), ("profile.name",)),
    "set a folded text": Edit(("set", "acme", "opportunities.yard.name", "The whole yard"), ("opportunities.yard.name",)),
    "remove": Edit(("set", "acme", "contacts.lena-vos.title", "--remove"), ("contacts.lena-vos.title",), ("# since May",)),
    "add a contact": Edit(("add", "contact", "acme", "Sara Smit", "title=Head of plant IT"), (r"contacts.sara-smit.*",)),
    "add a risk to none": Edit(("add", "risk", "acme", "They are bought"), (r"risks.*",)),
    "add an opportunity": Edit(("add", "opportunity", "acme", "Audit service"), (r"opportunities.audit-service.*",)),
    "add an action": Edit(
        ("add", "action", "acme", "Call Lena", "to=win", "owner=ines", "due=fri"), (r"objectives.win.strategies.*.actions.call-lena.*",)
    ),
    "add an action of a meeting": Edit(
        ("add", "action", "acme", "Write to Tom", "meeting=2026-09-10"), (r"meetings.held.2026-09-10.actions.write-to-tom.*",)
    ),
    "done": Edit(("done", "acme", "visit", "--note", "Went well"), (r"objectives.win.strategies.show.actions.visit.(status|done|notes)",)),
    "done of a meeting": Edit(("done", "plan-b"), (r"meetings.held.2026-09-10.actions.plan-b.(status|done)",)),
    "log": Edit(("log", "acme", "lena-vos", "called back"), (r"contacts.lena-vos.(last_contact|coverage|notes)",)),
    "log in braces": Edit(("log", "acme", "tom", "called back"), (r"contacts.tom.(last_contact|coverage|notes)",)),
    "move": Edit(("move", "acme", "sensors", "proposal"), (r"opportunities.sensors.(status|stage)",)),
    "close": Edit(
        ("move", "acme", "service", "won", "--because", "Best price"),
        (r"opportunities.service.(status|stage|probability|close_date|closed_because|notes)",),
    ),
    "score": Edit(
        ("score", "acme", "sensors", "--card", "tas", "--answer", "event=+", "--evidence", "Tom said so"),
        (r"opportunities.sensors.scorecards.*",),
    ),
}


def flat(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every scalar of some data by its pointer, in order; an empty collection is one."""
    inside = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    if not inside:
        yield pointer, value
    for key, below in inside:
        yield from flat(below, f"{pointer}.{key}" if pointer else str(key))


def data(text: str) -> dict[str, Any]:
    """What ruamel reads in a text: another reader than ours."""
    return dict(flat(YAML(typ="safe", pure=True).load(text)))


def comments(text: str) -> list[str]:
    """Every line that says something after a #, from there on."""
    return [line[line.index("#") :].rstrip() for line in text.splitlines() if "#" in line]


def may_change(pointer: str, patterns: tuple[str, ...]) -> bool:
    """Whether a pointer is one of the places."""
    return any(re.fullmatch(pattern, pointer) for pattern in patterns)


def check_kept(before: str, after: str, edit: Edit) -> None:
    """What must hold of the text after any command."""
    was, now = data(before), data(after)
    touched = [key for key in {**was, **now} if was.get(key, ...) != now.get(key, ...)]
    assert touched, "nothing was changed"
    assert [key for key in touched if not may_change(key, edit.may_change)] == []
    untouched = [key for key in was if key in now and key not in touched]
    assert [key for key in now if key in untouched] == untouched, "the order changed"
    assert [line for line in comments(before) if line not in comments(after)] == list(edit.takes)
    ends = set(re.findall(r"\r?\n", before))
    assert set(re.findall(r"\r?\n", after)) == ends
    assert after.startswith("\ufeff") == before.startswith("\ufeff")
    gone = [line[2:] for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")]
    assert len(gone) <= 3, gone


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_plan_written_by_hand_keeps_its_layout(run: Run, plan: Callable[..., Path], edit: Edit, layout: Callable[[str], str]):
    path = plan("profile: {name: Acme}\n", "acme")
    text = layout(BY_HAND)
    path.write_bytes(text.encode())
    shown = run(*edit.words, *TODAY, "--diff")
    assert (shown.status, path.read_bytes()) == (0, text.encode()), shown.err
    answer = run(*edit.words, *TODAY)
    assert answer.status == 0, answer.err
    check_kept(text, path.read_bytes().decode(), edit)
