"""Findings that somebody has decided to live with: always with a reason, until a day or for good, and never forgotten.

In a plan, at the end of the line or on a line of its own above it:

    # acctplan: ignore[contacts/no-decision-maker] until 2026-12-31: the new CFO starts in January

It covers what is found on that line, and inside the entry that begins there. In acctplan.toml, under `check.waivers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from acctplan.diagnostic import Diagnostic, Location, Pointer, Severity, closest
from acctplan.document import Mapping, Node
from acctplan.document import Sequence as Items

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from acctplan import config
    from acctplan.document import Comment, Document
    from acctplan.loader import Loaded

_MARKS = ("# acctplan:", "#acctplan:")
_FORM = re.compile(r"# *acctplan: *ignore\[([a-z/, -]+)\](?: until ([0-9]{4}-[0-9]{2}-[0-9]{2}))?: *(\S.*)\Z")


@dataclass(frozen=True, slots=True)
class Waiver:
    """What is waived, and where."""

    rules: tuple[str, ...]
    """Names and families."""
    reason: str
    until: date | None
    """The last day on which it holds; None: for good."""
    line: int | None = None
    """The line that it covers; None: every line."""
    pointer: Pointer = ()
    """The entry that it covers."""
    comment: Comment | None = None
    """In the plan; None: in the settings."""
    number: int | None = None
    """Its position in the settings; None: in the plan."""

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is waived by it, whatever the day."""
        if diagnostic.rule not in self.rules and diagnostic.rule.partition("/")[0] not in self.rules:
            return False
        inside = diagnostic.pointer[: len(self.pointer)] == self.pointer
        if self.line is None:
            return inside
        return diagnostic.location.line == self.line or (bool(self.pointer) and inside)


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings after waivers."""

    standing: tuple[Diagnostic, ...]
    """What is to be reported, findings about the waivers themselves among it."""
    waived: tuple[tuple[Diagnostic, Waiver], ...]
    used: frozenset[Waiver]
    """The waivers that covered something, expired ones too."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of rules and of their families."""

    known: frozenset[str]
    """All there are."""
    run: frozenset[str]
    """Those that were run: of others nobody can say whether a waiver is still needed."""


def sift(loaded: Loaded, found: Iterable[Diagnostic], waivers: Iterable[Waiver], names: Names, today: date) -> Sifted:
    """Take out what is waived. An expired waiver waives nothing, and one that waives nothing is a finding.

    Args:
        loaded: the plan that the findings are about; its comments hold waivers too.
        found: what the rules found in it.
        waivers: those of the settings that are about this plan.
        names: of the rules.
        today: the day it is.
    """
    inline, problems = _inline(loaded, names)
    every = [*inline, *waivers]
    standing, waived, used = [*problems], [], set()
    for diagnostic in found:
        covering = next((waiver for waiver in every if waiver.covers(diagnostic)), None)
        if covering is None:
            standing.append(diagnostic)
            continue
        used.add(covering)
        if covering.until is not None and covering.until < today:
            standing.append(diagnostic)
        else:
            waived.append((diagnostic, covering))
    for waiver in inline:
        if waiver in used or not names.run.isdisjoint(waiver.rules):
            standing += _about(loaded, waiver, today, is_used=waiver in used)
    return Sifted(tuple(standing), tuple(waived), frozenset(used))


def of_settings(waivers: Iterable[config.Waiver], path: str) -> list[Waiver]:
    """The waivers of the settings that are about the plan at a path."""
    name = path.rpartition("/")[2].rpartition(".")[0]
    return [
        Waiver((waiver.rule,), waiver.reason, waiver.until, pointer=tuple(waiver.at.split(".")) if waiver.at else (), number=number)
        for number, waiver in enumerate(waivers)
        if waiver.plan is None or waiver.plan == name
    ]


def _about(loaded: Loaded, waiver: Waiver, today: date, *, is_used: bool) -> Iterator[Diagnostic]:
    assert waiver.comment is not None
    if not is_used:
        message = f"nothing is left for this to waive: {', '.join(waiver.rules)}"
        yield _diagnostic(loaded, waiver.comment, "waivers/unused", message, "delete the comment")
    elif waiver.until is not None and waiver.until < today:
        message = f"this held until {waiver.until}: what it waived is reported again"
        yield _diagnostic(
            loaded, waiver.comment, "waivers/expired", message, "settle the finding, or give the comment a new day and reason"
        )


def of_no_use(waivers: Sequence[config.Waiver], used: Container[int], text: str, path: str, today: date) -> Iterator[Diagnostic]:
    """The waivers of the settings that have expired, or that cover nothing in the whole book.

    Args:
        waivers: those of the settings.
        used: the positions of those that covered something.
        text: of the settings, to find their lines.
        path: of the settings.
        today: the day it is.
    """
    for number, waiver in enumerate(waivers):
        line = next((place for place, words in enumerate(text.splitlines(), 1) if waiver.reason in words), 1)
        location = Location(path, line, 1, 1)
        if number not in used:
            message = f"nothing is left for this to waive: {waiver.rule}"
            yield Diagnostic(location, "waivers/unused", Severity.WARNING, message, "delete the waiver", ("check", "waivers", number))
        elif waiver.until is not None and waiver.until < today:
            message = f"this held until {waiver.until}: what it waived is reported again"
            hint = "settle the finding, or give the waiver a new day and reason"
            yield Diagnostic(location, "waivers/expired", Severity.WARNING, message, hint, ("check", "waivers", number))


def _inline(loaded: Loaded, names: Names) -> tuple[list[Waiver], list[Diagnostic]]:
    document = loaded.document
    if document is None or not any(mark in document.text for mark in _MARKS):
        return [], []
    waivers, problems = [], []
    for comment in document.comments():
        if not comment.text.startswith(_MARKS):
            continue
        waiver = _read(document, comment)
        if waiver is None:
            hint = "write '# acctplan: ignore[family/rule] until 2026-12-31: reason'; the day may be left out, the reason not"
            problems.append(_diagnostic(loaded, comment, "waivers/malformed", "this comment is not understood", hint))
        elif unknown := [name for name in waiver.rules if name not in names.known]:
            near = closest(unknown[0], names.known)
            hint = f"did you mean {near}?" if near else "acctplan explain lists them all"
            problems.append(_diagnostic(loaded, comment, "waivers/malformed", f"no rule or family '{unknown[0]}'", hint))
        else:
            waivers.append(waiver)
    return waivers, problems


def _read(document: Document, comment: Comment) -> Waiver | None:
    match = _FORM.match(comment.text)
    if match is None:
        return None
    try:
        until = date.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    rules = tuple(name for part in match[1].split(",") if (name := part.strip()))
    line = _covered_line(document, comment)
    return Waiver(rules, match[3], until, line, _entry_on(document, line), comment) if rules else None


def _covered_line(document: Document, comment: Comment) -> int:
    """The comment's own line, or the next one with more than a comment where it stands alone."""
    line, column = document.lines.place(comment.start)
    last = document.lines.place(len(document.text))[0]
    alone = not document.lines.line(line)[: column - 1].strip()
    while alone and line < last:
        line += 1
        text = document.lines.line(line).strip()
        alone = not text or text.startswith("#")
    return line


def _entry_on(document: Document, line: int) -> Pointer:
    """The outermost entry whose key, or item whose start, is on a line; the root where there is none."""
    return next(_entries_on(document, document.root, (), line), ())


def _entries_on(document: Document, node: Node, pointer: Pointer, line: int) -> Iterator[Pointer]:
    children: list[tuple[Pointer, int, Node]] = []
    if isinstance(node, Mapping):
        children = [((*pointer, name), entry.key.start, entry.value) for name, entry in node.entries.items()]
    elif isinstance(node, Items):
        children = [((*pointer, position), item.start, item) for position, item in enumerate(node.items)]
    for child, start, value in children:
        if document.lines.place(start)[0] == line:
            yield child
        yield from _entries_on(document, value, child, line)


def _diagnostic(loaded: Loaded, comment: Comment, rule: str, message: str, hint: str) -> Diagnostic:
    location, source = loaded.place(comment.start, comment.start + len(comment.text))
    return Diagnostic(location, rule, Severity.WARNING, message, hint, (), source)
