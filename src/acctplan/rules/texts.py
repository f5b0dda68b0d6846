"""The texts of a plan, which of them a customer may come to see, and a quick search for words that should not stand in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from acctplan.model import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

_EACH = "*"

SHAREABLE: tuple[tuple[str, ...], ...] = (
    ("profile", "mutual_value", "field_of_play"),
    ("profile", "mutual_value", "value_we_bring"),
    ("profile", "mutual_value", "how_they_gain"),
    ("profile", "mutual_value", "what_we_gain"),
    ("insights", _EACH, "what"),
    ("opportunities", _EACH, "need"),
    ("opportunities", _EACH, "customer_impact"),
    ("objectives", _EACH, "what"),
    ("objectives", _EACH, "relevance"),
    ("meetings", "held", _EACH, "news_from_us", _EACH),
    ("meetings", "held", _EACH, "ideas", _EACH),
    ("meetings", "held", _EACH, "goals", _EACH),
    ("meetings", "held", _EACH, "actions", _EACH, "what"),
)
"""The texts that both sides work with, so that a customer may come to see them: what they want, what they gain, what was agreed.
Everything else is ours alone. `*` stands for every entry of a mapping or a list."""

Found: TypeAlias = "tuple[Pointer, str]"
"""A text, and where it stands."""


class Mark(NamedTuple):
    """Words to look for."""

    needs: str
    """In lower case: the pattern matches no text without it. It is looked for first, which is much quicker."""
    pattern: str
    """A regular expression."""
    means: str = ""
    """What the words are, where a message says so."""


def texts(plan: Plan) -> Iterator[Found]:
    """Every text that is written in a plan, ids and choices among them; the keys of mappings are not."""
    return _texts(plan, ())


def _texts(value: Any, pointer: Pointer) -> Iterator[Found]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Section):
        for attribute in value.model_fields_set:
            yield from _texts(getattr(value, attribute), (*pointer, attribute.removesuffix("_")))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*pointer, str(key)))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _texts(item, (*pointer, position))


def shareable(plan: Plan) -> Iterator[Found]:
    """The texts that a customer may come to see."""
    for way in SHAREABLE:
        yield from _along(plan, way, ())


def _along(value: Any, way: tuple[str, ...], pointer: Pointer) -> Iterator[Found]:
    if value is None:
        return
    if not way:
        yield pointer, value
    elif way[0] != _EACH:
        yield from _along(getattr(value, way[0]), way[1:], (*pointer, way[0]))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _along(item, way[1:], (*pointer, position))
    else:
        for key, item in value.items():
            yield from _along(item, way[1:], (*pointer, str(key)))


_last: tuple[Plan, bytes] | None = None
"""What was asked for last. Rules that ask for the same plan run one after the other, and writing it out is the most that they do."""


def written(plan: Plan) -> bytes:
    """All that stands in a plan in one, to see at once that some words stand nowhere. Only ASCII letters are made lower case."""
    global _last  # noqa: PLW0603  a plan is frozen, so what it says cannot change meanwhile
    if _last is None or _last[0] is not plan:
        _last = plan, plan.model_dump_json().encode().lower()
    return _last[1]


def marked(found: Iterable[Found], marks: Iterable[Mark], inside: bytes) -> Iterator[tuple[Pointer, str, Mark]]:
    """The texts in which one of some marks stands, with the first of them.

    Args:
        found: the texts to look through; not touched where no mark can stand in any of them.
        marks: what to look for.
        inside: all the texts in one, as `written` makes it.
    """
    possible = [(re.compile(mark.pattern), mark) for mark in marks if mark.needs.encode() in inside]
    if possible:
        for pointer, text in found:
            hit = next((mark for pattern, mark in possible if pattern.search(text)), None)
            if hit is not None:
                yield pointer, text, hit
