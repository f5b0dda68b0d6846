"""Every command that edits leaves what it was not asked to change as it is, in plans as people really write them."""

from __future__ import annotations

import difflib
import re
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from acctplan import loader
from acctplan.analysis.actions import placed_actions
from acctplan.config import parse
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
LATER = ("--today", "2099-01-01")

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
questions: {   # for Tom
  who-signs: { what: "Who signs?", asked: 2026-11-01 }}
reviews:
 2026-10-01: {by: ines, "notes": 'Go, but slowly'}   # on the phone
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
    "move": Edit(("move", "acme", "sensors", "proposal"), (r"opportunities.sensors.(status|stage|stage_since)",)),
    "close": Edit(
        ("move", "acme", "service", "won", "--because", "Best price"),
        (r"opportunities.service.(status|stage|probability|close_date|closed_because|notes)",),
    ),
    "score": Edit(
        ("score", "acme", "sensors", "--card", "tas", "--answer", "event=+", "--evidence", "Tom said so"),
        (r"opportunities.sensors.scorecards.*",),
    ),
    "note": Edit(("note", "acme", "win", "Went well: #1"), ("objectives.win.notes",)),
    "note in braces": Edit(("note", "acme", "plan-b", "He's late"), (r"meetings.held.2026-09-10.actions.plan-b.notes",)),
    "hold": Edit(
        (
            *("meeting", "hold", "acme", "--attended", "lena-vos,ines", "--idea", "Nights: yes", "--next", "+3m", "--done", "plan-b"),
            *("--action", "Send it; ines; fri"),
        ),
        (
            *(r"contacts.lena-vos.(last_contact|coverage)", r"meetings.held.2026-11-21.*", "meetings.next"),
            r"meetings.held.2026-09-10.actions.plan-b.(status|done)",
        ),
    ),
    "hold, noted already": Edit(
        ("meeting", "hold", "acme", "--on", "2026-09-10", "--attended", "ines", "--ours", "Well", "--action", "Send it; ines; fri"),
        (r"meetings.held.2026-09-10.(attended.1|ours.notes|actions.send-it.*)",),
    ),
    "carry over": Edit(("actions", "--carry-over", "+2w"), (r"meetings.held.2026-09-10.actions.plan-b.(due|notes)",)),
    "answers": Edit(
        ("interview", "acme", "--answers", "answers.txt"),
        (
            *(r"opportunities.yard.(value|need)", r"opportunities.sensors.(status|stage)", r"contacts.lena-vos.stance", r"insights.*"),
            r"questions.opportunities-yard-close-date.*",
        ),
    ),
    "an answer of theirs": Edit(("questions", "acme", "--answer", "who-signs", "Tom: he does"), (r"questions.who-signs.(status|answer)",)),
    "sign": Edit(("review", "acme", "--sign", "Go: #1", "--by", "jo", "--verdict", "approved"), (r"reviews.2026-11-21.*",)),
    "sign again": Edit(
        ("review", "acme", "--sign", "Now", "--by", "ines", "--today", "2026-10-01"), (r"reviews.2026-10-01.(notes|fingerprint)",)
    ),
}

ANSWERS = """\
opportunities.yard.value: 400k
opportunities.yard.need = "One yard: no waiting"
opportunities.yard.close_date: ?
opportunities.sensors.stage: proposal
contacts.lena-vos.stance: neutral
insights: Fewer stops
"""


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
    assert len(gone) <= max(3, len(touched)), gone


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_plan_written_by_hand_keeps_its_layout(run: Run, plan: Callable[..., Path], edit: Edit, layout: Callable[[str], str]):
    path = plan("profile: {name: Acme}\n", "acme")
    text = layout(BY_HAND)
    path.write_bytes(text.encode())
    (path.parent.parent / "answers.txt").write_text(ANSWERS, "utf-8")
    words = edit.words if "--today" in edit.words else (*edit.words, *TODAY)
    shown = run(*words, "--diff")
    assert (shown.status, path.read_bytes()) == (0, text.encode()), shown.err
    answer = run(*words)
    assert answer.status == 0, answer.err
    check_kept(text, path.read_bytes().decode(), edit)


@pytest.mark.parametrize("layout", ["as it is", "line ends of Windows", "no newline at the end"])
def test_what_is_confirmed_keeps_the_layout(run: Run, plan: Callable[..., Path], layout: str):
    """What was reviewed is what git has."""
    path = plan("profile: {name: Acme}\n", "acme")

    def commit(text: str) -> None:
        path.write_bytes(LAYOUTS[layout](text).encode())
        for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "x")):
            subprocess.run(["git", *words], check=True, cwd=path.parent)

    before = BY_HAND.replace("reviews:\n", "reviews:\n 2026-11-20: {by: ines,   fingerprint: p1-0}  # me\n")
    before = before.replace("    stage: proposal\n", "    stage: proposal\n    buying_roles: {tom: {}}   # he alone\n")
    commit(before)
    changed = LAYOUTS[layout](before.replace("coverage: none,", "coverage: none, stance: negative,"))
    path.write_bytes(changed.encode())
    answer = run("review", "acme", "--confirm", "opportunities.yard", *LATER)
    assert answer.status == 0, answer.err
    check_kept(changed, path.read_bytes().decode(), Edit((), (r"reviews.2026-11-20.confirmed.*",)))


SAMPLES = sorted((ROOT / "plans").glob("*.yaml"))
SAMPLE_EDITS = {
    "set": Edit(("set", "{plan}", "opportunities.{opportunity}.value", "123_456"), ("opportunities.{opportunity}.value",)),
    "add a contact": Edit(("add", "contact", "{plan}", "Zoe Zander", "title=New: CEO"), ("contacts.zoe-zander.*",)),
    "add an action": Edit(
        ("add", "action", "{plan}", "Call them #1", "to={objective}", "due=fri"), (r"objectives.{objective}.*.call-them-1.*",)
    ),
    "done": Edit(("done", "{plan}", "{action}", "--note", "Well"), (r".*\.actions\.{action}\.(status|done|notes)",)),
    "log": Edit(("log", "{plan}", "{contact}", "Called"), ("contacts.{contact}.(last_contact|coverage|notes)",)),
    "move": Edit(
        ("move", "{plan}", "{opportunity}", "lost", "--because", "Too dear: #2"),
        ("opportunities.{opportunity}.(status|close_date|closed_because)",),
    ),
    "note": Edit(("note", "{plan}", "opportunities.{opportunity}", "Hm"), ("opportunities.{opportunity}.notes",)),
    "hold": Edit(
        ("meeting", "hold", "{plan}", "--attended", "{contact}", "--goal", "Grow", "--action", "Send it; ; fri", "--next", "+3m"),
        ("contacts.{contact}.(last_contact|coverage)", "meetings.held.2026-11-21.*", "meetings.next"),
    ),
    "carry over": Edit(("actions", "{plan}", "--carry-over", "eom"), (r".*\.actions\.[^.]+\.(due|notes)",)),
    "sign": Edit(("review", "{plan}", "--sign", "Go", "--by", "{member}"), ("reviews.2026-11-21.*",)),
}


@pytest.mark.parametrize("edit", SAMPLE_EDITS.values(), ids=SAMPLE_EDITS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_plan_keeps_its_layout(run: Run, book: Path, sample: Path, edit: Edit):
    text = sample.read_bytes().decode()
    found = loader.load(text, sample.name, parse((book / "acctplan.toml").read_text("utf-8"))).plan
    assert found is not None
    to_do = [one for one in placed_actions(found) if one.action.is_open]
    names = {
        "plan": sample.stem,
        "member": next(iter(found.team), ""),
        "contact": next(iter(found.contacts), ""),
        "opportunity": next((key for key, one in found.opportunities.items() if one.is_live), ""),
        "objective": next((key for key, one in found.objectives.items() if one.strategies), ""),
        "action": str(to_do[0].pointer[-1]) if to_do else "",
    }
    if any(not name and f"{{{key}}}" in " ".join(edit.words) for key, name in names.items()):
        pytest.skip("the plan has nothing of that kind")
    if "--carry-over" in edit.words and not any(one.action.due and one.action.due < date(2026, 11, 21) for one in to_do):
        pytest.skip("nothing is late")
    answer = run(*(word.format(**names) for word in edit.words), *TODAY)
    assert answer.status == 0, answer.err
    check_kept(text, (book / "plans" / sample.name).read_bytes().decode(), Edit((), tuple(one.format(**names) for one in edit.may_change)))
