"""What somebody typed as the value of a field, as what is to be written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_origin

from acctplan.cli.days import FORMS, day_said
from acctplan.diagnostic import closest, format_pointer
from acctplan.edit import Set, in_flow
from acctplan.errors import UserError
from acctplan.model.fields import Section
from acctplan.model.references import fields_at, type_at
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Value
    from acctplan.loader import Loaded

_NUMBER = re.compile(r"-?[0-9][0-9_]*(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
"""Thousands apart: `1,5` is none, so that nobody's one and a half becomes fifteen."""
_EITHER = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""Thousands to some, decimals to others."""
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) ?%")


def pointer_said(text: str) -> Pointer:
    """A pointer as people write it, such as `contacts.lena-vos.stance`.

    Raises:
        UserError: a plan has no such field.
    """
    pointer = tuple(text.split("."))
    for length in range(1, len(pointer) + 1):
        if type_at(pointer[:length]) is None:
            known = fields_at(pointer[: length - 1])
            near = closest(pointer[length - 1], known)
            where = format_pointer(pointer[: length - 1]) or "a plan"
            hint = f"did you mean {format_pointer((*pointer[: length - 1], near))}?" if near else f"{where} has {', '.join(known)}"
            raise UserError(f"{where} has no field '{pointer[length - 1]}'", hint if known else f"{where} is a value by itself")
    return tuple(_step(pointer, number) for number in range(len(pointer)))


def _step(pointer: Pointer, number: int) -> str | int:
    """Positions in a list are numbers."""
    step = str(pointer[number])
    is_position = get_origin(type_at(pointer[:number])) is tuple
    return int(step) if is_position and step.isdigit() else step


def value_said(text: str, pointer: Pointer, today: date) -> Value:
    """What to write for a field, as its type asks: days as people say them, shares also in percent, lists separated by commas.

    Whether the value is right is for the loader to say.

    Args:
        text: as it was typed.
        pointer: of the field.
        today: what days count from.

    Raises:
        UserError: it holds what nobody can see, a day that cannot be told, or the field is a section of its own.
    """
    if visible(text.replace("\n", "")) != text.replace("\n", ""):
        raise UserError(f"an invisible character: {visible(text)}", "type it again instead of pasting it")
    kind = type_at(pointer)
    if get_origin(kind) is tuple:
        inside = [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",")]
        return [_scalar(part, get_args(kind)[0], today) for part in inside if part]
    if get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, Section)):
        fields = fields_at(pointer)
        hint = f"name one of its fields: {', '.join(fields)}" if fields else f"name one of its entries: {format_pointer(pointer)}.ID"
        raise UserError(f"{format_pointer(pointer)} is a section, not a value", hint)
    return _scalar(text, kind, today)


def _scalar(text: str, kind: Any, today: date) -> Value:
    text = text.strip()
    if kind is date:
        day = day_said(text, today)
        if day is None:
            raise UserError(f"'{text}' is no day", f"say {FORMS}")
        return day
    if kind is bool and text.casefold() in ("true", "yes", "false", "no"):
        return text.casefold() in ("true", "yes")
    if kind in (int, Decimal):
        if percent := _PERCENT.fullmatch(text):
            return (Decimal(percent[1]) / 100).normalize()
        if kind is Decimal and _EITHER.fullmatch(text):
            grouped, number = text.replace(".", "_"), Decimal(text).normalize()
            raise UserError(f"'{text}' may be {grouped} or {number:f}", "write the one that you mean")
        bare = re.sub("[, ]", "", text) if _GROUPED.fullmatch(text) else text
        if _NUMBER.fullmatch(bare):
            number = Decimal(bare.replace("_", ""))
            return int(number) if number == number.to_integral_value() else number
    return text


def day_given(said: str | None, today: date) -> date:
    """The day of an option; today where it was left out.

    Raises:
        UserError: it cannot be told which.
    """
    day = today if said is None else day_said(said, today)
    if day is None:
        raise UserError(f"'{said}' is no day", f"say {FORMS}")
    return day


def text_said(text: str) -> str:
    """Words that somebody typed, on one line.

    Raises:
        UserError: there are none, or what nobody can see is among them.
    """
    one_line = " ".join(text.split())
    if visible(one_line) != one_line:
        raise UserError(f"an invisible character: {visible(one_line)}", "type it again instead of pasting it")
    if not one_line:
        raise UserError("a text without a word", "leave it out, or say something")
    return one_line


def noted(loaded: Loaded, pointer: Pointer, standing: str | None, text: str, day: date) -> Set:
    """A note of a day, before those that stand already: the latest is read first.

    Args:
        loaded: the plan.
        pointer: of the notes; what they are notes of is there.
        standing: what they say so far.
        text: as it was typed.
        day: the day of it.

    Raises:
        UserError: there is no word in it, or what nobody can see.
    """
    line = f"{day.isoformat()}: {text_said(text)}"
    if not standing:
        return Set(pointer, line)
    if in_flow(loaded.read(), pointer):  # where everything stands on one line
        return Set(pointer, f"{line} | {standing}")
    return Set(pointer, f"{line}\n{standing.rstrip()}\n")


def missing_entry(data: object, pointer: Pointer) -> Pointer:
    """The entry on the way to a field that a plan does not have, such as `contacts.lena`; empty where all are there.

    Entries with an id of their own are added on purpose, never by a slip of the fingers. Periods, days, cells and the like may be new.
    """
    for length, step in enumerate(pointer, 1):
        is_there = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int) and step < len(data)
        inside: Any = data
        data = inside[step] if is_there else None
        if not is_there and _has_own_ids(pointer[: length - 1]):
            return pointer[:length]
    return ()


def entry_meant(data: object, missing: Pointer) -> str | None:
    """The entry that somebody may have meant by one that is missing, see `missing_entry`; None where none is like it."""
    inside: Any = data
    for step in missing[:-1]:
        inside = inside.get(step) if isinstance(inside, dict) else None
    near = closest(str(missing[-1]), inside) if isinstance(inside, dict) else None
    return None if near is None else format_pointer((*missing[:-1], near))


def _has_own_ids(pointer: Pointer) -> bool:
    """Whether what stands there is a mapping of entries that other entries may refer to."""
    return bool(pointer) and pointer[-1] in _WITH_IDS and pointer[0] != "white_space"


_WITH_IDS = (
    *("insights", "team", "units", "solutions", "contacts", "competitors", "opportunities", "objectives", "strategies", "actions", "risks"),
    "questions",
)
