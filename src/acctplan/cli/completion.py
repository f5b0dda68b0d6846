"""What a Tab offers. Runs on every press, so it looks at names of files and at lines of plans, and imports next to nothing.

Lines are enough to offer by: a plan that is written in braces offers less, and what is typed is looked up properly when the command runs.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 4 << 20
"""Bytes of a plan that are looked through."""
_MOST_PLANS = 100
"""Of more plans, ids are offered once the plan is named: looking through all of them would take longer than a Tab may."""
_SECTIONS = {
    "action": ("objectives", "meetings"),
    "contact": ("contacts",),
    "opportunity": ("opportunities",),
    "noted": ("contacts", "opportunities", "objectives", "competitors", "units", "solutions"),
}
_SETTLED = re.compile(r"\bstatus: *(?:done|cancelled)\b|\bdone: *[0-9]")
"""What an action says that has not to be done any more."""
_STAGE = re.compile(r"^\[stages\.([a-z0-9-]+)\]", re.MULTILINE)
STAGES = (
    *("prospecting", "qualification", "needs-analysis", "value-proposition"),
    *("decision-makers", "perception-analysis", "proposal", "negotiation"),
)
"""The stages of a book whose settings name none."""
CLOSED = ("won", "lost", "dropped")
"""Where an opportunity can be moved to at last."""


def plan_names() -> list[str]:
    """The names of the plans in the book around the working folder, without settings read: those in `plans/`."""
    return [name.rpartition(".")[0] for name in _plan_files(_root())]


def entry_ids(kind: str, plan: str | None = None) -> list[str]:
    """The ids of a kind of entry in the book's plans; of actions those that have still to be done.

    Args:
        kind: `action`, `contact`, `opportunity`, a section, or `noted` for whatever has notes.
        plan: the plan to look into, as it was typed; None: all of them.
    """
    root = _root()
    found: dict[str, None] = {}
    names = _plan_files(root)
    if plan is None and len(names) > _MOST_PLANS:
        return []
    for name in names if plan is None else _named(plan, names):
        text = _text(os.path.join(root, "plans", name))  # noqa: PTH118  pathlib would be the largest import here
        for section in _SECTIONS.get(kind, (kind,)):
            block = _block(text, section, 0)
            entries = _open_actions(block) if kind == "action" else (identifier for identifier, _ in _entries(block))
            found.update(dict.fromkeys(entries))
    return list(found)


def entry_pointers(plan: str) -> list[str]:
    """The pointers of a plan's sections and entries, such as `contacts.lena-vos`."""
    root = _root()
    text = next((_text(os.path.join(root, "plans", name)) for name in _named(plan, _plan_files(root))), "")  # noqa: PTH118
    found = []
    for section, block in _entries(text):
        found += [section, *(f"{section}.{identifier}" for identifier, _ in _entries(block))]
    return found


def stages() -> list[str]:
    """The stages that the book's settings name, else those that come with acctplan."""
    return _STAGE.findall(_text(os.path.join(_root(), "acctplan.toml"))) or list(STAGES)  # noqa: PTH118


def _root() -> str:
    """The folder of the book around the working folder."""
    folder = os.getcwd()  # noqa: PTH109
    while not os.path.exists(os.path.join(folder, "acctplan.toml")):  # noqa: PTH110, PTH118
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            break
        folder = parent
    return folder


def _plan_files(root: str) -> list[str]:
    try:
        with os.scandir(os.path.join(root, "plans")) as entries:  # noqa: PTH118
            return sorted(entry.name for entry in entries if entry.name.endswith((".yaml", ".yml")))
    except OSError:
        return []


def _named(plan: str, names: list[str]) -> list[str]:
    """The file of a plan that was named, in full or by a part of its name that no other plan has."""
    from acctplan.naming import is_part

    exact = [name for name in names if name.rpartition(".")[0] == plan]
    found = exact or [name for name in names if is_part(plan, name.rpartition(".")[0])]
    return found if len(found) == 1 else []


def is_plan(word: str) -> bool:
    """Whether a word names one plan of the book, in full or by a part of its name."""
    return len(_named(word, _plan_files(_root()))) == 1


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:  # noqa: PTH123
            return file.read(_LARGEST)
    except OSError:
        return ""


def _block(text: str, key: str, indent: int) -> str:
    """The lines below the first key of a name at some depth."""
    if (start := re.search(rf"^ {{{indent}}}{key}:[ \t]*(?:#.*)?$", text, re.MULTILINE)) is None:
        return ""
    end = re.compile(rf"^ {{0,{indent}}}[^ #\n]", re.MULTILINE).search(text, start.end())
    return text[start.end() : end.start() if end else len(text)]


def _entries(block: str) -> Iterator[tuple[str, str]]:
    """The keys of the outermost depth of some lines, each with what is written below or beside it."""
    first = re.search(r"^( *)[a-z0-9-]+:", block, re.MULTILINE)
    if first is None:
        return
    keys = list(re.finditer(rf"^{first[1]}([a-z0-9_-]+):", block, re.MULTILINE))
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        yield key[1], block[key.end() : after.start() if after else len(block)]


def _open_actions(block: str) -> Iterator[str]:
    for start in re.finditer(r"(?:^( +)|\b)actions:[ \t]*(?:(\{)|(?:#.*)?$)", block, re.MULTILINE):
        below = _in_braces(block[start.end() :]) if start[2] else _entries(_block(block[start.start() :], "actions", len(start[1] or "")))
        for identifier, written in below:
            if _SETTLED.search(written) is None:
                yield identifier


def _in_braces(text: str) -> Iterator[tuple[str, str]]:
    """The keys of a mapping in braces whose first brace stands just before the text, each with the braces after it."""
    depth = start = 0
    for brace in re.finditer(r"[{}]", text):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return
        if depth == 0:
            if key := re.match(r"[\s,]*([a-z0-9-]+):", text[start:]):
                yield key[1], text[start : brace.end()]
            start = brace.end()
