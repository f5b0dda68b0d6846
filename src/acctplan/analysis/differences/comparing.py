"""Two states of a plan compared, field by field as the model has them, so that a new field needs no code here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args, get_origin

from acctplan.model import Plan
from acctplan.model.fields import Ref, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer

Value: TypeAlias = "str | int | bool | Decimal | date | tuple[Value, ...] | dict[str, Value] | None"
"""What stands at a pointer, as plain data: entries and sections are mappings without what they leave out."""


class Form(NamedTuple):
    """What a field holds, as far as it matters for comparing and telling."""

    ref: tuple[str, ...] = ()
    """The sections that it names an entry of."""
    is_word: bool = False
    """One of a few fixed words."""
    section: type[Section] | None = None
    is_mapping: bool = False
    is_list: bool = False
    inside: Form | None = None
    """Of the entries of a mapping, or the items of a list."""

    @property
    def is_set(self) -> bool:
        """A list whose order says nothing: of ids, or of fixed words."""
        return self.is_list and self.inside is not None and bool(self.inside.ref or self.inside.is_word)


class Difference(NamedTuple):
    """A place at which two states differ."""

    pointer: Pointer
    before: Value
    after: Value
    form: Form


def compare(before: Plan, after: Plan) -> Iterator[Difference]:
    """Every place at which two states of a plan differ."""
    yield from _sections(before, after, Plan, ())


def _sections(before: Section | None, after: Section | None, kind: type[Section], pointer: Pointer) -> Iterator[Difference]:
    """A section that is missing says as much as one that is empty."""
    for attribute, name, form in fields_of(kind):
        yield from _values(getattr(before, attribute, None), getattr(after, attribute, None), form, (*pointer, name))


def _values(before: Any, after: Any, form: Form, pointer: Pointer) -> Iterator[Difference]:
    if before == after:
        return
    if form.section is not None:
        yield from _sections(before, after, form.section, pointer)
    elif form.is_mapping:
        yield from _entries(before or {}, after or {}, form.inside or Form(), pointer)
    elif form.is_list:
        yield from _lists(before or (), after or (), form, pointer)
    else:
        yield Difference(pointer, before, after, form)


def _entries(before: dict[Any, Any], after: dict[Any, Any], form: Form, pointer: Pointer) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        place = (*pointer, str(key))
        if key in before and key in after:
            yield from _values(before[key], after[key], form, place)
        else:
            yield Difference(place, plain(before.get(key)), plain(after.get(key)), form)


def _lists(before: tuple[Any, ...], after: tuple[Any, ...], form: Form, pointer: Pointer) -> Iterator[Difference]:
    if form.is_set and set(before) == set(after):
        return
    inside = form.inside
    if inside is not None and inside.section is not None and list(map(_said_first, before)) == list(map(_said_first, after)):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _sections(one, other, inside.section, (*pointer, number))
    else:
        yield Difference(pointer, plain(before) or None, plain(after) or None, form)


def _said_first(section: Section) -> list[Any]:
    """What an item of a list must say, by which it is known again."""
    return [getattr(section, attribute) for attribute, info in type(section).model_fields.items() if info.is_required()]


def plain(value: Any) -> Value:
    """A value of the model as plain data, without what is left out."""
    if isinstance(value, Section):
        said = ((name, plain(getattr(value, attribute))) for attribute, name, _ in fields_of(type(value)))
        return {name: inner for name, inner in said if inner not in (None, (), {})}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(inner) for inner in value)
    assert value is None or isinstance(value, str | int | Decimal | date)
    return value


@cache
def fields_of(kind: type[Section]) -> tuple[tuple[str, str, Form], ...]:
    """The fields of a section: attribute, name in the file, form."""
    return tuple(
        (attribute, info.alias or attribute, _form(info.annotation, info.metadata)) for attribute, info in kind.model_fields.items()
    )


def _form(annotation: Any, marks: Any = ()) -> Form:
    if hasattr(annotation, "__metadata__"):
        return _form(annotation.__origin__, (*marks, *annotation.__metadata__))
    ref = next((mark.sections for mark in marks if isinstance(mark, Ref)), ())
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return Form(section=annotation)
    origin, arguments = get_origin(annotation), [one for one in get_args(annotation) if one not in (type(None), ...)]
    if origin is dict:
        return Form(is_mapping=True, inside=_form(arguments[1]))
    if origin is tuple:
        return Form(is_list=True, inside=_form(arguments[0]))
    if origin is Literal:
        return Form(is_word=True)
    return _form(arguments[0], marks) if arguments else Form(ref=ref)


SECTIONS = tuple(name for _, name, _ in fields_of(Plan))
"""The sections of a plan, in the order of the model."""
ENTRIES = frozenset(name for _, name, form in fields_of(Plan) if form.is_mapping)
"""Those that hold entries by id."""
