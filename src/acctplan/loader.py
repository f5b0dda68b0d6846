"""Text to a loaded plan. The only maker of syntax and schema diagnostics, and of those about references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from acctplan.diagnostic import Diagnostic, Location, Pointer, Severity, closest, format_pointer
from acctplan.document import Document, Entry, MalformedError, Mapping, Scalar, TextLines, parse
from acctplan.model import Plan
from acctplan.model.references import Reference, circles, fields_at, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as MappingType

    from pydantic_core import ErrorDetails

    from acctplan.config import Config

MAX_DIAGNOSTICS = 100
_MAX_SOURCE = 200
_MARK = "# review:"
_MAX_CIRCLE = 8


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
    plan, found = _validate(document)
    if plan is not None:
        found = [*_references(plan, config), *_stages(plan, config), *_circles(plan)]
    diagnostics = [_diagnostic(path, document, *describe()) for describe in found[:MAX_DIAGNOSTICS]]
    diagnostics += _hidden(path, "schema/too-many", len(found))
    diagnostics += _marks(path, document)
    return Loaded(path, document, None if found else plan, tuple(sorted(diagnostics, key=lambda one: one.sort_key)))


def unreadable(path: str, message: str, hint: str, line: int = 1) -> Loaded:
    """What stands for a file whose text could not even be had."""
    diagnostic = Diagnostic(Location(path, line, 1, 1), "file/unreadable", Severity.ERROR, message, hint)
    return Loaded(path, None, None, (diagnostic,))


_ABOUT_KEYS = frozenset(("schema/unknown-field", "schema/wrong-key"))
_Description: TypeAlias = tuple[Pointer, str, str, str]
"""Pointer, rule, message, hint."""
_Found: TypeAlias = "Callable[[], _Description]"
"""Something wrong. It is put into words only if it is shown: the search for what was meant takes its time."""


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


def _marks(path: str, document: Document) -> Iterator[Diagnostic]:
    """Comments that ask for something to be thought through again, as a plan rolled forward has them. They keep no plan from loading."""
    if _MARK not in document.text:
        return
    for start, text in document.comments():
        if text.startswith(_MARK):
            location, source = _place(path, document.lines, start, start + len(text))
            asked = text.removeprefix(_MARK).strip() or "to be thought through again"
            yield Diagnostic(
                location, "plan/marked-for-review", Severity.ADVICE, asked, "think it through, then delete the comment", (), source
            )


def _validate(document: Document) -> tuple[Plan | None, list[_Found]]:
    """The plan, or what keeps the data from being one. An empty section or list (`contacts:`) has no entries."""
    data = document.data
    if not isinstance(data, dict):
        hint = "start with 'profile: {name: The customer}'"
        return None, [lambda: ((), "schema/not-a-plan", "a plan is a mapping of sections such as profile and contacts", hint)]
    try:
        return Plan.model_validate(data), []
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
    if empty := {_pointer(problem): problem["type"] for problem in problems if _is_about_nothing(document, problem)}:
        try:
            return Plan.model_validate(_filled(data, empty)), []
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False)
    return None, [partial(_schema, document, problem) for problem in problems]


def _pointer(problem: ErrorDetails) -> Pointer:
    return tuple(step for step in problem["loc"] if step != "[key]")


def _is_about_key(problem: ErrorDetails) -> bool:
    return problem["type"] == "extra_forbidden" or problem["loc"][-1:] == ("[key]",)


def _is_about_nothing(document: Document, problem: ErrorDetails) -> bool:
    return not _is_about_key(problem) and _is_empty(document, _pointer(problem))


def _is_empty(document: Document, pointer: Pointer) -> bool:
    node = document.node(pointer)
    return isinstance(node, Scalar) and node.value is None


_FILLED: dict[str, dict[str, Any]] = {"dict_type": {}, "model_type": {}}
"""What an empty value stands for, by the type of the error that it makes. Any other field is left out."""


def _filled(data: dict[str, Any], empty: MappingType[Pointer, str]) -> dict[str, Any]:
    """A copy of the data without empty values; what is not touched is shared.

    Args:
        data: of the whole plan.
        empty: where they stand, with the type of the error that each makes.
    """
    copy = data.copy()
    copies: dict[Pointer, Any] = {(): copy}  # each collection on the way is copied once, however many of its values are empty
    for pointer, kind in empty.items():
        target: Any = copy
        for length, step in enumerate(pointer[:-1], 1):
            if pointer[:length] not in copies:
                copies[pointer[:length]] = target[step] = target[step].copy()
            target = target[step]
        if kind in _FILLED:
            target[pointer[-1]] = _FILLED[kind]
        elif isinstance(target, dict):
            del target[pointer[-1]]
    return copy


def _schema(document: Document, problem: ErrorDetails) -> _Description:
    """A message in our own words, keyed by the type of pydantic's error."""
    pointer, kind = _pointer(problem), problem["type"]
    context: MappingType[str, Any] = problem.get("ctx", {})
    name = _name(pointer)
    written = _scalar(document, pointer)
    if kind == "extra_forbidden":
        return pointer, "schema/unknown-field", f"unknown field {name}", _unknown_hint(document, pointer)
    if _is_about_nothing(document, problem):
        return pointer, "schema/missing-field", f"{name} is empty", "write a value"
    if kind == "missing":
        parent = format_pointer(pointer[:-1]) or "the plan"
        return pointer, "schema/missing-field", f"{name} is missing", f"add {name} to {parent}"
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        if written is None:
            return pointer, "schema/unknown-value", f"{name} is one value, not a list or a mapping", f"one of {allowed}"
        near = closest(written, allowed.split(", "))
        return pointer, "schema/unknown-value", f"{name} cannot be {_quoted(written)}", _meant(near) + f"one of {allowed}"
    rule, name = ("schema/wrong-key", f"the key {name}") if _is_about_key(problem) else ("schema/wrong-value", name)
    if kind == "not_written_so":
        what, hint = context["expected"], _value_hint(context["expected"], written or "")
    elif kind == "string_pattern_mismatch":
        what, hint = _PATTERNS.get(context["pattern"], _OTHER)
    else:
        what, hint = _SHAPES.get(kind, _OTHER)
    return pointer, rule, f"{name} should be {what}", hint


def _name(pointer: Pointer) -> str:
    """What to call a value: by its key, or by its place in a list."""
    *parents, last = pointer
    return f"item {last + 1} of {_quoted(str(parents[-1]))}" if isinstance(last, int) else _quoted(last)


_OTHER = ("something else", "")
_SHAPES = {
    "string_type": ("text", "write one value here, not a list or a mapping"),
    "string_too_short": ("text that is not blank", ""),
    "string_too_long": ("at most 80 characters", ""),
    "dict_type": ("a mapping of ids to entries", "write 'id: {...}', or the id and a colon with the fields indented below"),
    "model_type": ("a mapping of fields", "write the fields indented below, or {field: value}"),
    "tuple_type": ("a list", "write [one, two], or one '- entry' a line"),
}
_PATTERNS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": ("an id: lower-case letters, digits and hyphens", "for example lena-vos"),
    r"^[0-9]{4}$": ("a year", "for example 2026"),
    r"^[A-Z]{3}$": ("a currency code", "ISO 4217, for example EUR"),
    r"^FY[0-9]{4}(?:-(?:Q[1-4]|H[12]|M(?:0[1-9]|1[0-2])))?$": ("a fiscal period", "for example FY2026-Q3, FY2026-H1 or FY2026"),
}


def _value_hint(expected: str, written: str) -> str:
    """What to write instead, where what is written shows what was meant."""
    if expected == "true or false":
        meant = {"yes": "true", "on": "true", "no": "false", "off": "false", "true": "true", "false": "false"}
        return f"write {meant[written.casefold()]}" if written.casefold() in meant else ""
    if not re.search(r"[0-9][,.' ][0-9]{3}", written):
        return ""
    if expected.startswith("an amount"):
        return "write 1_200_000.50: an underscore between thousands if you like, a point before decimals"
    return "write 5_200: an underscore between thousands if you like" if expected.startswith("a whole number, like") else ""


def _quoted(word: str) -> str:
    return f"'{word[:60]}…'" if len(word) > 60 else f"'{word}'"  # noqa: PLR2004


def _meant(near: str | None) -> str:
    return f"did you mean {near}? " if near else ""


def _scalar(document: Document, pointer: Pointer) -> str | None:
    """What is written at a pointer; None for nothing, and for a list or a mapping."""
    node = document.node(pointer)
    return node.value if isinstance(node, Scalar) else None


def _unknown_hint(document: Document, pointer: Pointer) -> str:
    parent, entry = document.node(pointer[:-1]), document.entry(pointer)
    has_colon = isinstance(entry, Entry) and document.text.startswith(":", entry.key.end)
    if isinstance(parent, Mapping) and parent.flow and not has_colon:
        return "inside { } a comma ends a value: put quotes around a text with a comma"
    known = fields_at(pointer[:-1])
    if near := closest(str(pointer[-1])[:60], known):
        return f"did you mean {near}?"
    return f"known here: {', '.join(known)}" if known else ""


def _references(plan: Plan, config: Config) -> Iterator[_Found]:
    candidates: dict[tuple[str, ...], list[MappingType[str, Any]]] = {}
    for reference in references(plan):
        sections = reference.sections
        if sections not in candidates:
            shared = [config.solutions] if "solutions" in sections else []
            candidates[sections] = [*shared, *(getattr(plan, section) for section in sections)]
        if not any(reference.id in entries for entries in candidates[sections]):
            yield partial(_unknown, reference, candidates[sections])


def _unknown(reference: Reference, candidates: list[MappingType[str, Any]]) -> _Description:
    near = closest(reference.id, chain.from_iterable(candidates))
    where = " or ".join(reference.sections) + (" (nor in acctplan.toml)" if reference.sections == ("solutions",) else "")
    hint = f"did you mean {near}?" if near else f"add {reference.id} to {reference.sections[0]}, or correct the id"
    return reference.pointer, "reference/unknown", f"{_quoted(reference.id)} is not in {where}", hint


def _stages(plan: Plan, config: Config) -> Iterator[_Found]:
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.stage is not None and opportunity.stage not in config.stages:
            yield partial(_unknown_stage, identifier, opportunity.stage, config)


def _unknown_stage(opportunity: str, stage: str, config: Config) -> _Description:
    hint = _meant(closest(stage, config.stages)) + f"stages are named in acctplan.toml: {', '.join(config.stages)}"
    return ("opportunities", opportunity, "stage"), "reference/unknown-stage", f"unknown stage {_quoted(stage)}", hint


def _circles(plan: Plan) -> Iterator[_Found]:
    for pointer, circle in circles(plan):
        yield partial(_circle, pointer, circle)


def _circle(pointer: Pointer, circle: list[str]) -> _Description:
    way = circle if len(circle) <= _MAX_CIRCLE else [*circle[: _MAX_CIRCLE - 2], "…", circle[-1]]
    return pointer, "reference/circle", "goes round in a circle: " + " → ".join(way), "take one of these lines out"
