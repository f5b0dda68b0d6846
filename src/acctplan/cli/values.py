"""What somebody typed as the value of a field, as what is to be written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_origin

from acctplan.cli.days import FORMS, day_said
from acctplan.diagnostic import closest, format_pointer
from acctplan.edit import Set, in_flow, value_at
from acctplan.errors import UserError
from acctplan.model.fields import Section
from acctplan.model.references import fields_at, shape, type_at
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.document import Data
    from acctplan.edit import Value
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_NUMBER = re.compile(r"-?[0-9][0-9_]*(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
"""Thousands apart: `1,5` is none, so that nobody's one and a half becomes fifteen."""
_EITHER = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""Thousands to some, decimals to others."""
_SHORT = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?([km])", re.IGNORECASE)
"""Thousands and millions as people say them: 400k, 1.2 m."""
_MOST_MEANT = 6
"""Of many entries that may be meant, so many are named."""
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


def value_said(text: str, pointer: Pointer, today: date, plan: Plan | None = None, config: Config | None = None) -> Value:
    """What to write for a field, as its type asks.

    Days as people say them, amounts in thousands and millions too, shares also in percent, lists separated by commas, entries of the plan
    by their names too. Whether the value is right is for the loader to say.

    Args:
        text: as it was typed.
        pointer: of the field.
        today: what days count from.
        plan: whose entries may be named; None: their ids are given.
        config: has the solutions that all plans share.

    Raises:
        UserError: it holds what nobody can see, a day that cannot be told, a name that several have, or the field is a section of its own.
    """
    if visible(text.replace("\n", "")) != text.replace("\n", ""):
        raise UserError(f"an invisible character: {visible(text)}", "type it again instead of pasting it")
    kind = type_at(pointer)
    sections = () if plan is None else _referred_to(pointer)
    if get_origin(kind) is tuple:
        inside = [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",")]
        parts = [part for part in inside if part]
        if plan is not None and sections:
            return [id_said(part, sections, plan, config) for part in parts]
        return [_scalar(part, get_args(kind)[0], today) for part in parts]
    if get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, Section)):
        fields = fields_at(pointer)
        hint = f"name one of its fields: {', '.join(fields)}" if fields else f"name one of its entries: {format_pointer(pointer)}.ID"
        raise UserError(f"{format_pointer(pointer)} is a section, not a value", hint)
    return id_said(text, sections, plan, config) if plan is not None and sections else _scalar(text, kind, today)


def id_said(word: str, sections: Sequence[str], plan: Plan, config: Config | None = None) -> str:
    """The id of an entry that somebody named: by it, by its name or by a part of either; as it was typed where there is none.

    Args:
        word: as it was typed.
        sections: those that it may be an entry of.
        plan: where it is looked for.
        config: has the solutions that all plans share.

    Raises:
        UserError: several may be meant.
    """
    from acctplan.cli.entries import alike

    word = word.strip()
    shared = {} if config is None or "solutions" not in sections else config.solutions
    known = dict.fromkeys((key, _name(key, entry)) for section in sections for key, entry in getattr(plan, section).items())
    known |= dict.fromkeys((key, _name(key, entry)) for key, entry in shared.items())
    if any(word == key for key, _ in known):
        return word
    found = alike(word, list(known), lambda one: one)
    if len(found) > 1:
        which = ", ".join(f"{key} ({visible(name)})" if name != key else key for key, name in found[:_MOST_MEANT])
        raise UserError(f"{len(found)} may be meant by {word}", f"say which: {which}{' …' if len(found) > _MOST_MEANT else ''}")
    return found[0][0] if found else word


def _name(key: str, entry: object) -> str:
    return getattr(entry, "name", None) or getattr(entry, "title", None) or getattr(entry, "what", None) or key


def _referred_to(pointer: Pointer) -> tuple[str, ...]:
    """The sections that a field, or each item of its list, may name an entry of; none where it holds something else."""
    field = pointer[:-1] if isinstance(pointer[-1], int) else pointer
    above = type_at(field[:-1])
    if not (isinstance(above, type) and issubclass(above, Section)):
        return ()
    (info,) = [info for name, info in above.model_fields.items() if (info.alias or name) == field[-1]]
    form = shape(info.annotation, info)
    return form.ref or (form.inside.ref if form.inside is not None else ())


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
        if kind is Decimal and (short := _SHORT.fullmatch(text)):
            text = f"{(Decimal(short[1].replace(',', '.')) * (1000 if short[2] in 'kK' else 1_000_000)).normalize():f}"
        elif kind is Decimal and _EITHER.fullmatch(text):
            grouped, number = text.replace(".", "_"), Decimal(text).normalize()
            raise UserError(f"'{text}' may be {grouped} or {number:f}", "write the one that you mean")
        bare = re.sub("[, ]", "", text) if _GROUPED.fullmatch(text) else text
        if _NUMBER.fullmatch(bare):
            number = Decimal(bare.replace("_", ""))
            return int(number) if number == number.to_integral_value() else number
        if kind is Decimal:
            raise UserError(f"'{text}' is no number", "write it like 420_000, 250k or 1.2m; a share like 0.4 or 40%")
    return text


def day_given(said: str | None, today: date, *, is_past: bool = False) -> date:
    """The day of an option; today where it was left out.

    Args:
        said: as it was typed.
        today: what it counts from.
        is_past: whether it is the day of something that was: a weekday is the last one then.

    Raises:
        UserError: it cannot be told which.
    """
    day = today if said is None else day_said(said, today, is_past=is_past)
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


def entry_meant(data: Data, missing: Pointer) -> str | None:
    """The entry that somebody may have meant by one that is missing, see `missing_entry`; None where none is like it."""
    inside = value_at(data, missing[:-1])
    near = closest(str(missing[-1]), inside) if isinstance(inside, dict) else None
    return None if near is None else format_pointer((*missing[:-1], near))


def _has_own_ids(pointer: Pointer) -> bool:
    """Whether what stands there is a mapping of entries that other entries may refer to."""
    return bool(pointer) and pointer[-1] in _WITH_IDS and pointer[0] != "white_space"


_WITH_IDS = (
    *("insights", "team", "units", "solutions", "contacts", "competitors", "opportunities", "objectives", "strategies", "actions", "risks"),
    "questions",
)
