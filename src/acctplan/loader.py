"""Text to a loaded plan. The only maker of syntax and schema diagnostics, and of those about references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from acctplan.diagnostic import Diagnostic, Location, Pointer, Severity, closest, format_pointer
from acctplan.document import Document, MalformedError, Mapping, Scalar, TextLines, parse
from acctplan.model import Plan
from acctplan.model.references import circles, fields_at, references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingType

    from pydantic_core import ErrorDetails

    from acctplan.config import Config

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
        if self.document is None:
            msg = "a file that could not be read has no places"
            raise ValueError(msg)
        return _place(self.path, self.document.lines, *self.document.span(pointer))


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
    plan, found = _validate(document)
    if plan is not None:
        found = [*_references(plan, config), *_stages(plan, config), *_circles(plan)]
    diagnostics = [_diagnostic(path, document, *problem) for problem in found[:MAX_DIAGNOSTICS]]
    if len(found) > MAX_DIAGNOSTICS:
        diagnostics.append(
            _diagnostic(path, document, (), "schema/too-many", f"{len(found) - MAX_DIAGNOSTICS} more problems are not shown", "")
        )
    return Loaded(path, document, None if found else plan, tuple(sorted(diagnostics, key=lambda one: one.sort_key)))


def unreadable(path: str, message: str, hint: str, line: int = 1) -> Loaded:
    """What stands for a file whose text could not even be had."""
    diagnostic = Diagnostic(Location(path, line, 1, 1), "file/unreadable", Severity.ERROR, message, hint)
    return Loaded(path, None, None, (diagnostic,))


_ABOUT_KEYS = frozenset(("schema/unknown-field",))
_Found = tuple[Pointer, str, str, str]
"""Pointer, rule, message, hint."""


def _place(path: str, lines: TextLines, start: int, end: int) -> tuple[Location, str]:
    line, column = lines.place(start)
    source = lines.line(line)
    last = min(column + max(0, end - start), len(source) + 1)
    if len(source) > _MAX_SOURCE:  # a window around the place would need its own columns; a long line is shown cut
        source = source[:_MAX_SOURCE] + "…"
    return Location(path, line, column, last), source


def _diagnostic(path: str, document: Document, pointer: Pointer, rule: str, message: str, hint: str) -> Diagnostic:
    location, source = _place(path, document.lines, *document.span(pointer, key=rule in _ABOUT_KEYS))
    return Diagnostic(location, rule, Severity.ERROR, message, hint, pointer, source)


def _syntax(text: str, path: str, error: MalformedError) -> Iterator[Diagnostic]:
    lines = TextLines(text)
    for problem in error.problems:
        location, source = _place(path, lines, problem.offset, problem.offset + 1)
        other = "" if problem.related is None else f", on line {lines.place(problem.related)[0]}"
        yield Diagnostic(location, problem.code, Severity.ERROR, problem.message + other, problem.hint, (), source)


def _validate(document: Document) -> tuple[Plan | None, list[_Found]]:
    """The plan, or what keeps the data from being one. An empty section or list (`contacts:`) has no entries."""
    data = document.data
    if not isinstance(data, dict):
        hint = "start with 'profile: {name: The customer}'"
        return None, [((), "schema/not-a-plan", "a plan is a mapping of sections such as profile and contacts", hint)]
    try:
        return Plan.model_validate(data), []
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
    empty = {_pointer(problem): problem["type"] for problem in problems if _is_empty(document, _pointer(problem))}
    if fillable := {pointer: _FILLED[kind] for pointer, kind in empty.items() if kind in _FILLED}:
        try:
            return Plan.model_validate(_filled(data, fillable)), []
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False)
    return None, [_schema(document, problem) for problem in problems[: MAX_DIAGNOSTICS * 2]]


def _pointer(problem: ErrorDetails) -> Pointer:
    return tuple(step for step in problem["loc"] if step != "[key]")


def _is_empty(document: Document, pointer: Pointer) -> bool:
    node = document.node(pointer)
    return isinstance(node, Scalar) and node.value is None


_FILLED: dict[str, tuple[()] | dict[str, Any]] = {"dict_type": {}, "model_type": {}, "tuple_type": ()}
"""What an empty value stands for, by the type of the error that it makes."""


def _filled(data: dict[str, Any], values: MappingType[Pointer, Any]) -> dict[str, Any]:
    """A copy of the data with other values at some pointers; what is not touched is shared."""
    copy = dict(data)
    for pointer, value in values.items():
        target: Any = copy
        for step in pointer[:-1]:
            target[step] = target[step].copy()
            target = target[step]
        target[pointer[-1]] = value
    return copy


def _schema(document: Document, problem: ErrorDetails) -> _Found:
    """A message in our own words, keyed by the type of pydantic's error."""
    pointer, kind = _pointer(problem), problem["type"]
    context: MappingType[str, Any] = problem.get("ctx", {})
    name = str(pointer[-1]) if pointer else ""
    is_key = problem["loc"][-1:] == ("[key]",)
    if kind == "extra_forbidden":
        return pointer, "schema/unknown-field", f"unknown field {_quoted(name)}", _unknown_hint(document, pointer)
    if kind == "missing":
        return (
            pointer,
            "schema/missing-field",
            f"{_quoted(name)} is missing",
            f"add {_quoted(name)} to {format_pointer(pointer[:-1]) or 'the plan'}",
        )
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        written = _scalar(document, pointer)
        near = closest(written, allowed.split(", ")) if written else None
        return pointer, "schema/unknown-value", f"{_quoted(name)} cannot be {_quoted(written)}", _meant(near) + f"one of {allowed}"
    if kind == "not_written_so":
        return pointer, "schema/wrong-value", f"{_quoted(name)} should be {context['expected']}", _number_hint(_scalar(document, pointer))
    if kind == "string_pattern_mismatch":
        what, hint = _PATTERNS.get(str(context["pattern"]), ("text of another form", ""))
        subject = f"the key {_quoted(name)}" if is_key else _quoted(name)
        return pointer, "schema/wrong-value", f"{subject} should be {what}", hint
    if kind in ("string_too_short", "string_type") and _is_empty(document, pointer):
        return pointer, "schema/missing-field", f"{_quoted(name)} is empty", "write a value, or delete the line"
    return pointer, "schema/wrong-value", f"{_quoted(name)} should be {_KINDS.get(kind, 'something else')}", _shape_hint(kind)


_KINDS = {
    "string_type": "text",
    "string_too_short": "text that is not blank",
    "string_too_long": "at most 80 characters",
    "dict_type": "a mapping of ids to entries",
    "model_type": "a mapping of fields",
    "tuple_type": "a list",
}
_PATTERNS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": ("an id: lower-case letters, digits and hyphens", "for example lena-vos"),
    r"^[0-9]{4}$": ("a year", "for example 2026"),
    r"^[A-Z]{3}$": ("a currency code", "ISO 4217, for example EUR"),
    r"^FY[0-9]{4}(?:-(?:Q[1-4]|H[12]|M(?:0[1-9]|1[0-2])))?$": ("a fiscal period", "for example FY2026-Q3, FY2026-H1 or FY2026"),
}


def _shape_hint(kind: str) -> str:
    return {
        "tuple_type": "write [one, two], or one '- entry' a line",
        "dict_type": "write 'id: {...}', or the id and a colon with the fields indented below",
        "model_type": "write the fields indented below, or {field: value}",
        "string_type": "write one value here, not a list or a mapping",
    }.get(kind, "")


def _number_hint(written: str) -> str:
    if written.casefold() in ("yes", "no", "on", "off"):
        return "write true or false"
    if "," in written:
        return "write 1_200_000.50: an underscore between thousands if you like, a point before decimals"
    if written.endswith("%"):
        return "write 0.38 for 38 %"
    return ""


def _quoted(word: str) -> str:
    return f"'{word[:60]}…'" if len(word) > 60 else f"'{word}'"  # noqa: PLR2004


def _meant(near: str | None) -> str:
    return f"did you mean {near}? " if near else ""


def _scalar(document: Document, pointer: Pointer) -> str:
    node = document.node(pointer)
    return node.value or "" if isinstance(node, Scalar) else ""


def _unknown_hint(document: Document, pointer: Pointer) -> str:
    known = fields_at(pointer[:-1])
    if near := closest(str(pointer[-1])[:60], known):
        return f"did you mean {near}?"
    parent = document.node(pointer[:-1])
    if isinstance(parent, Mapping) and parent.flow and _is_empty(document, pointer):
        return "inside { } a comma ends a value: put quotes around a text with a comma"
    return f"known here: {', '.join(known)}" if known else ""


def _references(plan: Plan, config: Config) -> Iterator[_Found]:
    known: dict[str, Any] = {"solutions": {**config.solutions, **plan.solutions}}
    for pointer, sections, identifier in references(plan):
        candidates = [known.get(section, getattr(plan, section)) for section in sections]
        if any(identifier in entries for entries in candidates):
            continue
        near = closest(identifier, [key for entries in candidates for key in entries])
        where = " or ".join(sections) + (" (nor in acctplan.toml)" if sections == ("solutions",) else "")
        hint = f"did you mean {near}?" if near else f"add {identifier} to {sections[0]}, or correct the id"
        yield pointer, "reference/unknown", f"{_quoted(identifier)} is not in {where}", hint


def _stages(plan: Plan, config: Config) -> Iterator[_Found]:
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.stage is not None and opportunity.stage not in config.stages:
            near = closest(opportunity.stage, config.stages)
            hint = _meant(near) + f"stages are named in acctplan.toml: {', '.join(config.stages)}"
            yield ("opportunities", identifier, "stage"), "reference/unknown-stage", f"unknown stage {_quoted(opportunity.stage)}", hint


def _circles(plan: Plan) -> Iterator[_Found]:
    for pointer, circle in circles(plan):
        yield pointer, "reference/circle", "goes round in a circle: " + " → ".join(circle), "take one of these lines out"
