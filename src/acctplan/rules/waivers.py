"""Findings that somebody has decided to live with: always with a reason, until a day or for good, and never forgotten.

In a plan, at the end of the line or on a line of its own above it:

    # acctplan: ignore[contacts/no-decision-maker] until 2026-12-31: the new CFO starts in January

It covers what is found on that line, and inside the entry that begins there. In acctplan.toml, under `check.waivers`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from acctplan.diagnostic import Diagnostic, Location, Pointer, Severity, closest, plan_name
from acctplan.document import Mapping, Node
from acctplan.document import Sequence as Items

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from acctplan import config
    from acctplan.document import Comment, Document
    from acctplan.loader import Loaded
    from acctplan.rules.base import Rule

_MARKS = ("# acctplan:", "#acctplan:")
_FORM = re.compile(r"# *acctplan: *ignore\[([a-z/, -]+)\](?: until ([0-9]{4}-[0-9]{2}-[0-9]{2}))?: *(\S.*)\Z")
_MAX_ABOUT = 100
"""More findings about the waivers of one plan are only counted."""


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


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings after waivers."""

    standing: tuple[Diagnostic, ...]
    """What is to be reported, findings about the waivers themselves among it."""
    waived: tuple[tuple[Diagnostic, Waiver], ...]
    used: frozenset[Waiver]
    """The waivers that covered something, expired ones too."""


class Names:
    """Names of rules and of their families. Made when a waiver asks: most plans have none.

    Args:
        listed: all the rules there are.
        ran: those that were run.
    """

    def __init__(self, listed: Iterable[Rule], ran: Iterable[Rule]) -> None:
        self._listed, self._ran = listed, ran

    @cached_property
    def known(self) -> frozenset[str]:
        """All there are."""
        return frozenset(name for rule in self._listed for name in (rule.name, rule.family))

    @cached_property
    def run(self) -> frozenset[str]:
        """Those that were run: of others nobody can say whether a waiver is still needed."""
        return frozenset(name for rule in self._ran for name in (rule.name, rule.family))


def sift(loaded: Loaded, found: Iterable[Diagnostic], waivers: Iterable[Waiver], names: Names, today: date) -> Sifted:
    """Take out what is waived. An expired waiver waives nothing, and one that waives nothing is a finding.

    Args:
        loaded: the plan that the findings are about; its comments hold waivers too.
        found: what the rules found in it.
        waivers: those of the settings that are about this plan.
        names: of the rules.
        today: the day it is.
    """
    inline, about = _inline(loaded, names)
    every = [*inline, *waivers]
    if not every and not about:  # as in most plans
        return Sifted(tuple(found), (), frozenset())
    index = _Index(every)
    standing, waived, used = [], [], set()
    for diagnostic in found:
        covering = index.covering(diagnostic)
        if covering is None:
            standing.append(diagnostic)
            continue
        used.add(covering)
        if covering.until is not None and covering.until < today:
            standing.append(diagnostic)
        else:
            waived.append((diagnostic, covering))
    for waiver in inline:
        is_used = waiver in used
        is_expired = waiver.until is not None and waiver.until < today
        if is_expired if is_used else not names.run.isdisjoint(waiver.rules):
            about.append(partial(_about, loaded, waiver, is_used=is_used))
    standing += [described() for described in about[:_MAX_ABOUT]]
    if len(about) > _MAX_ABOUT:
        standing.append(_hidden(loaded, len(about) - _MAX_ABOUT))
    return Sifted(tuple(standing), tuple(waived), frozenset(used))


def of_settings(waivers: Iterable[config.Waiver], path: str) -> list[Waiver]:
    """The waivers of the settings that are about the plan at a path."""
    name = plan_name(path)
    return [
        Waiver((waiver.rule,), waiver.reason, waiver.until, pointer=tuple(waiver.at.split(".")) if waiver.at else (), number=number)
        for number, waiver in enumerate(waivers)
        if waiver.plan is None or waiver.plan == name
    ]


class _Index:
    """Waivers by what they cover: each finding looks up its own line and the entries that it is inside of."""

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self._waivers = waivers
        # The position of the first waiver of a rule or family on a line, and inside an entry.
        self._on_line: dict[tuple[str, int], int] = {}
        self._inside: dict[tuple[str, Pointer], int] = {}
        for position, waiver in enumerate(waivers):
            for name in waiver.rules:
                if waiver.line is not None:
                    self._on_line.setdefault((name, waiver.line), position)
                if waiver.line is None or waiver.pointer:
                    self._inside.setdefault((name, waiver.pointer), position)

    def covering(self, diagnostic: Diagnostic) -> Waiver | None:
        """The first waiver of a finding, whatever the day."""
        pointer = diagnostic.pointer
        positions = []
        for name in (diagnostic.rule, diagnostic.rule.partition("/")[0]):
            positions.append(self._on_line.get((name, diagnostic.location.line)))
            positions += [self._inside.get((name, pointer[:length])) for length in range(len(pointer) + 1)]
        first = min((position for position in positions if position is not None), default=None)
        return None if first is None else self._waivers[first]


def _malformed(loaded: Loaded, comment: Comment) -> Diagnostic:
    hint = "write '# acctplan: ignore[family/rule] until 2026-12-31: reason'; the day may be left out, the reason not"
    return _diagnostic(loaded, comment, "waivers/malformed", "this comment is not understood", hint)


def _unknown(loaded: Loaded, comment: Comment, name: str, names: Names) -> Diagnostic:
    near = closest(name, names.known)
    hint = f"did you mean {near}?" if near else "acctplan explain lists them all"
    return _diagnostic(loaded, comment, "waivers/malformed", f"no rule or family '{name}'", hint)


def _about(loaded: Loaded, waiver: Waiver, *, is_used: bool) -> Diagnostic:
    assert waiver.comment is not None
    if not is_used:
        message = f"nothing is left for this to waive: {', '.join(waiver.rules)}"
        return _diagnostic(loaded, waiver.comment, "waivers/unused", message, "delete the comment")
    message = f"this held until {waiver.until}: what it waived is reported again"
    return _diagnostic(loaded, waiver.comment, "waivers/expired", message, "settle the finding, or give the comment a new day and reason")


def _hidden(loaded: Loaded, count: int) -> Diagnostic:
    end = len(loaded.read().text)
    message = f"{count:,} more findings about waivers are not shown"
    hint = "mend those that are shown, then check again"
    return Diagnostic(loaded.place(end, end)[0], "waivers/too-many", Severity.WARNING, message, hint)


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


def _inline(loaded: Loaded, names: Names) -> tuple[list[Waiver], list[partial[Diagnostic]]]:
    """The waivers in a plan's comments, and what is wrong with others. That is put into words only if it is shown."""
    document = loaded.document
    if document is None or not any(mark in document.text for mark in _MARKS):
        return [], []
    waivers, problems = [], []
    covered = _Covered(document)
    for comment in document.comments():
        if not comment.text.startswith(_MARKS):
            continue
        waiver = _read(covered, comment)
        if waiver is None:
            problems.append(partial(_malformed, loaded, comment))
        elif unknown := [name for name in waiver.rules if name not in names.known]:
            problems.append(partial(_unknown, loaded, comment, unknown[0], names))
        else:
            waivers.append(waiver)
    return waivers, problems


def _read(covered: _Covered, comment: Comment) -> Waiver | None:
    match = _FORM.match(comment.text)
    if match is None:
        return None
    try:
        until = date.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    rules = tuple(name for part in match[1].split(",") if (name := part.strip()))
    line = covered.line(comment)
    return Waiver(rules, match[3], until, line, covered.entries.get(line, ()), comment) if rules else None


class _Covered:
    """What the comments of a document are about."""

    def __init__(self, document: Document) -> None:
        self._lines = document.lines
        self._last = document.lines.place(len(document.text))[0]
        self._written = [line for line in range(1, self._last + 1) if self._lines.line(line).strip()[:1] not in ("", "#")]
        """The lines with more than a comment."""
        self.entries: dict[int, Pointer] = {}
        """By line: the outermost entry whose key, or item whose start, is on it."""
        for pointer, start in _entries(document.root, ()):
            self.entries.setdefault(document.lines.place(start)[0], pointer)

    def line(self, comment: Comment) -> int:
        """The comment's own line, or the next one with more than a comment where it stands alone."""
        line, column = self._lines.place(comment.start)
        if self._lines.line(line)[: column - 1].strip():
            return line
        place = bisect_right(self._written, line)
        return self._written[place] if place < len(self._written) else self._last


def _entries(node: Node, pointer: Pointer) -> Iterator[tuple[Pointer, int]]:
    """Every entry and item with its start, the outer ones first."""
    children: list[tuple[Pointer, int, Node]] = []
    if isinstance(node, Mapping):
        children = [((*pointer, name), entry.key.start, entry.value) for name, entry in node.entries.items()]
    elif isinstance(node, Items):
        children = [((*pointer, position), item.start, item) for position, item in enumerate(node.items)]
    for child, start, value in children:
        yield child, start
        yield from _entries(value, child)


def _diagnostic(loaded: Loaded, comment: Comment, rule: str, message: str, hint: str) -> Diagnostic:
    location, source = loaded.place(comment.start, comment.start + len(comment.text))
    return Diagnostic(location, rule, Severity.WARNING, message, hint, (), source)
