"""Data to a plan, or what keeps it from being one, in words of our own."""

from __future__ import annotations

import re
from calendar import month_name
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from acctplan.diagnostic import Pointer, closest, format_pointer
from acctplan.document import Document, Entry, Mapping, Scalar
from acctplan.loader.problems import Description, Found, meant, quoted
from acctplan.model import Plan
from acctplan.model.references import fields_at

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingType

    from pydantic_core import ErrorDetails


def validate(document: Document) -> tuple[Plan | None, list[Found]]:
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


def _schema(document: Document, problem: ErrorDetails) -> Description:
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
        choices = allowed.split(", ")
        near = closest(written, choices) or next((choice for choice in choices if choice in written.casefold()), None)
        return pointer, "schema/unknown-value", f"{name} cannot be {quoted(written)}", meant(near) + f"one of {allowed}"
    rule, name = ("schema/wrong-key", f"the key {name}") if _is_about_key(problem) else ("schema/wrong-value", name)
    if kind == "not_written_so":
        what, hint = context["expected"], _value_hint(context["expected"], written or "")
        if hint and what.startswith("a date"):
            what = "a date, like 2026-12-31"
    elif kind == "string_pattern_mismatch":
        what, hint = _PATTERNS.get(context["pattern"], _OTHER)
    else:
        what, hint = _SHAPES.get(kind, _OTHER)
    return pointer, rule, f"{name} should be {what}", hint


def _name(pointer: Pointer) -> str:
    """What to call a value: by its key, or by its place in a list."""
    *parents, last = pointer
    return f"item {last + 1} of {quoted(str(parents[-1]))}" if isinstance(last, int) else quoted(last)


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
    r"^[a-z_]+(?:\.[a-z0-9_-]+)+$": ("a place in the plan", "for example opportunities.sensors"),
    r"^[0-9]{4}$": ("a year", "for example 2026"),
    r"^[A-Z]{3}$": ("a currency code", "ISO 4217, for example EUR"),
    r"^FY[0-9]{4}(?:-(?:Q[1-4]|H[12]|M(?:0[1-9]|1[0-2])))?$": ("a fiscal period", "for example FY2026-Q3, FY2026-H1 or FY2026"),
}


_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\Z")
_MONTHS = 12


def day_first(written: str) -> date | None:
    """The day of a text such as 31.12.2026, where it can be one day only. None otherwise."""
    days = _days(written)
    return days[0] if len(days) == 1 else None


def _days(written: str) -> list[date]:
    """The days that a text such as 12.11.2026 can be: two, unless the first number shows that it is no month, or both are the same."""
    match = _DAY_FIRST.match(written)
    if match is None or int(match[2]) > _MONTHS:
        return []
    first, second, year = (int(part) for part in match.groups())
    found = []
    for day, month in dict.fromkeys(((first, second), (second, first))):
        with suppress(ValueError):
            found.append(date(year, month, day))
    return found


def _said(written: str, days: list[date]) -> str:
    return f"{written} can be {' or '.join(f'{day.day} {month_name[day.month]}' for day in days)}"


def _value_hint(expected: str, written: str) -> str:
    """What to write instead, where what is written shows what was meant."""
    if expected == "true or false":
        flags = {"yes": "true", "on": "true", "no": "false", "off": "false", "true": "true", "false": "false"}
        return f"write {flags[written.casefold()]}" if written.casefold() in flags else ""
    if expected.startswith("a date") and (days := _days(written)):
        return f"write {days[0]}" if len(days) == 1 else f"{_said(written, days)}: write {' or '.join(map(str, days))}"
    if expected.startswith("an amount") and re.search(r"[0-9] ?[kKmM]", written):
        return "write the whole number: 1_200_000 for 1.2 M"
    if not re.search(r"[0-9][,.' ][0-9]{3}", written):
        return ""
    if expected.startswith("an amount"):
        return "write 1_200_000: an underscore between thousands if you like, a point before decimals"
    return "write 5_200: an underscore between thousands if you like" if expected.startswith("a whole number, like") else ""


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
