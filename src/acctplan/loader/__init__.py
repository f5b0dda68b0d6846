"""Text to a loaded plan. The only maker of diagnostics about syntax, schema, references and comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.diagnostic import Diagnostic, Location, Pointer, Severity
from acctplan.document import Document, MalformedError, TextLines, parse
from acctplan.loader.comments import remarks
from acctplan.loader.links import broken_links
from acctplan.loader.schema import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Config
    from acctplan.model import Plan

MAX_DIAGNOSTICS = 100
_MAX_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file: a document if it could be read, a plan if it also fits the schema, and what is wrong."""

    path: str
    document: Document | None
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]

    def locate(self, pointer: Pointer) -> tuple[Location, str]:
        """The place of a pointer and the text of its line; the nearest parent's where nothing stands at it.

        Raises:
            ValueError: the file could not be read, so nothing stands anywhere.
        """
        return self.place(*self.read().span(pointer))

    def place(self, start: int, end: int) -> tuple[Location, str]:
        """The place of a stretch of the text, and the text of its line.

        Raises:
            ValueError: the file could not be read.
        """
        return _place(self.path, self.read().lines, start, end)

    def read(self) -> Document:
        """The document.

        Raises:
            ValueError: the file could not be read.
        """
        if self.document is None:
            msg = "a file that could not be read has no places"
            raise ValueError(msg)
        return self.document


def load(text: str, path: str, config: Config) -> Loaded:
    """Read a plan's text.

    Args:
        text: the file's content.
        path: what to call the file in diagnostics.
        config: names the stages and the shared solutions.
    """
    try:
        document = parse(text)
    except MalformedError as error:
        return Loaded(path, None, None, tuple(_syntax(text, path, error)))
    plan, found = validate(document)
    if plan is not None:
        found = list(broken_links(plan, config))
    diagnostics = [_diagnostic(path, document, *describe()) for describe in found[:MAX_DIAGNOSTICS]]
    diagnostics += _hidden(path, "schema/too-many", len(found))
    for comment, severity, rule, message, hint in remarks(document):
        location, source = _place(path, document.lines, comment.start, comment.start + len(comment.text))
        diagnostics.append(Diagnostic(location, rule, severity, message, hint, (), source))
    return Loaded(path, document, None if found else plan, tuple(sorted(diagnostics, key=lambda one: one.sort_key)))


def unreadable(path: str, message: str, hint: str, line: int = 1) -> Loaded:
    """What stands for a file whose text could not even be had."""
    diagnostic = Diagnostic(Location(path, line, 1, 1), "file/unreadable", Severity.ERROR, message, hint)
    return Loaded(path, None, None, (diagnostic,))


_ABOUT_KEYS = frozenset(("schema/unknown-field", "schema/wrong-key"))


def _hidden(path: str, rule: str, problems: int) -> Iterator[Diagnostic]:
    """How many problems are not shown."""
    if problems > MAX_DIAGNOSTICS:
        message = f"{problems - MAX_DIAGNOSTICS:,} more problems are not shown"
        yield Diagnostic(Location(path, 1, 1, 1), rule, Severity.ERROR, message, "mend those that are shown, then check again")


def _place(path: str, lines: TextLines, start: int, end: int) -> tuple[Location, str]:
    line, column = lines.place(start)
    source = lines.around(start)
    last = min(column + max(0, end - start), len(source) + 1)
    if len(source) > _MAX_SOURCE:  # a window around the place would need its own columns; a long line is shown cut
        source = source[:_MAX_SOURCE] + "…"
    return Location(path, line, column, last), source


def _diagnostic(path: str, document: Document, pointer: Pointer, rule: str, message: str, hint: str) -> Diagnostic:
    location, source = _place(path, document.lines, *document.span(pointer, key=rule in _ABOUT_KEYS))
    return Diagnostic(location, rule, Severity.ERROR, message, hint, pointer, source)


def _syntax(text: str, path: str, error: MalformedError) -> Iterator[Diagnostic]:
    lines = TextLines(text)
    yield from _hidden(path, "syntax/too-many", len(error.problems))
    for problem in error.problems[:MAX_DIAGNOSTICS]:
        location, source = _place(path, lines, problem.offset, problem.offset + 1)
        other = "" if problem.related is None else f", on line {lines.place(problem.related)[0]}"
        yield Diagnostic(location, problem.code, Severity.ERROR, problem.message + other, problem.hint, (), source)
