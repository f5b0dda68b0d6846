"""The fields of the model, found a second way: straight from the annotations, so that tests do not lean on the code that they test."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from acctplan.model import Plan
from acctplan.model.fields import Ref, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer


class Place(NamedTuple):
    """A value that a plan may have, and the sections that it may name an entry of."""

    pattern: tuple[str, ...]
    """The pointer to it, with `*` for any id, date or position."""
    refers_to: tuple[str, ...]
    is_key: bool


def places(annotation: Any = Plan, pattern: tuple[str, ...] = (), refers_to: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every scalar and every key that refers to something, at any depth."""
    if get_origin(annotation) is Annotated:
        annotation, *marks = get_args(annotation)
        refers_to = next((mark.sections for mark in marks if isinstance(mark, Ref)), refers_to)
    inside = [argument for argument in get_args(annotation) if argument not in (type(None), ...)]
    if isinstance(annotation, type) and issubclass(annotation, Section):
        hints = get_type_hints(annotation, include_extras=True)
        for name, info in annotation.model_fields.items():
            yield from places(hints[name], (*pattern, info.alias or name))
    elif get_origin(annotation) in (Union, types.UnionType):
        assert len(inside) == 1
        yield from places(inside[0], pattern, refers_to)
    elif get_origin(annotation) is tuple:
        yield from places(inside[0], (*pattern, "*"))
    elif get_origin(annotation) is dict:
        yield from (Place(place.pattern, place.refers_to, is_key=True) for place in places(inside[0], (*pattern, "*")) if place.refers_to)
        yield from places(inside[1], (*pattern, "*"))
    else:
        yield Place(pattern, refers_to, is_key=False)


def matches(data: Any, pattern: tuple[str, ...], pointer: Pointer = ()) -> Iterator[Pointer]:
    """The pointers in the data of a plan that fit a pattern."""
    if not pattern:
        yield pointer
        return
    step, *rest = pattern
    entries = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    for key, value in entries:
        if step in ("*", key):
            yield from matches(value, tuple(rest), (*pointer, key))


def sections(section: type[Section] = Section) -> Iterator[type[Section]]:
    """Every class of the model."""
    for child in section.__subclasses__():
        yield child
        yield from sections(child)
