"""Text to a loaded plan. The only maker of diagnostics about syntax, schema, references and comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.diagnostic import Diagnostic, Location, Pointer, Severity
from acctplan.document import MAX_PROBLEMS, Document, MalformedError, TextLines, parse
from acctplan.loader.comments import remarks
from acctplan.loader.links import broken_links
from acctplan.loader.schema import validate
from acctplan.model.references import fields_at

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
    if hidden := found[MAX_DIAGNOSTICS:]:
        diagnostics.append(_hidden(_end(path, document.lines, document.text), "schema/too-many", f"{len(hidden):,} more problems"))
    diagnostics += _remarks(path, document)
    return Loaded(path, document, None if found else plan, tuple(sorted(diagnostics, key=lambda one: one.sort_key)))


def unreadable(path: str, message: str, hint: str, line: int = 1) -> Loaded:
    """What stands for a file whose text could not even be had."""
    diagnostic = Diagnostic(Location(path, line, 1, 1), "file/unreadable", Severity.ERROR, message, hint)
    return Loaded(path, None, None, (diagnostic,))


_ABOUT_KEYS = frozenset(("schema/unknown-field", "schema/wrong-key"))


def _remarks(path: str, document: Document) -> Iterator[Diagnostic]:
    every = list(remarks(document))
    for comment, severity, rule, message, hint in every[:MAX_DIAGNOSTICS]:
        location, source = _place(path, document.lines, comment.start, comment.start + len(comment.text))
        yield Diagnostic(location, rule, severity, message, hint, (), source)
    if hidden := every[MAX_DIAGNOSTICS:]:
        gravest = min((one.severity for one in hidden), key=lambda severity: severity.rank)
        more = f"{len(hidden):,} more remarks on comments"
        yield _hidden(_end(path, document.lines, document.text), "plan/too-many", more, gravest)


def _hidden(end: Location, rule: str, more: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    """How much is not shown. It stands at the end of the file, behind what is shown."""
    return Diagnostic(end, rule, severity, f"{more} are not shown", "mend those that are shown, then check again")


def _end(path: str, lines: TextLines, text: str) -> Location:
    return _place(path, lines, len(text), len(text))[0]


def _place(path: str, lines: TextLines, start: int, end: int) -> tuple[Location, str]:
    line, column = lines.place(start)
    source = lines.around(start)
    last = min(column + max(0, end - start), len(source) + 1)
    if len(source) > _MAX_SOURCE:  # a window around the place would need its own columns; a long line is shown cut
        source = source[:_MAX_SOURCE] + "…"
    return Location(path, line, column, last), source


def _diagnostic(path: str, document: Document, pointer: Pointer, rule: str, message: str, hint: str) -> Diagnostic:
    about_key = rule in _ABOUT_KEYS or (rule.startswith("reference/") and _is_id(pointer))
    location, source = _place(path, document.lines, *document.span(pointer, key=about_key))
    return Diagnostic(location, rule, Severity.ERROR, message, hint, pointer, source)


def _is_id(pointer: Pointer) -> bool:
    """Whether a pointer ends in the key of an entry, not in the name of a field or a place in a list."""
    return isinstance(pointer[-1], str) and not fields_at(pointer[:-1])


def _syntax(text: str, path: str, error: MalformedError) -> Iterator[Diagnostic]:
    lines = TextLines(text)
    for problem in error.problems[:MAX_DIAGNOSTICS]:
        location, source = _place(path, lines, problem.offset, problem.offset + 1)
        other = "" if problem.related is None else f", on line {lines.place(problem.related)[0]}"
        yield Diagnostic(location, problem.code, Severity.ERROR, problem.message + other, problem.hint, (), source)
    if hidden := error.problems[MAX_DIAGNOSTICS:]:
        at_least = "at least " if len(error.problems) >= MAX_PROBLEMS else ""
        yield _hidden(_end(path, lines, text), "syntax/too-many", f"{at_least}{len(hidden):,} more problems")
