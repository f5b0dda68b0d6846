"""The last look at a customer's file before it is written: whether something internal stands in it after all.

The customer's edition is made from a plan without anything internal, so there should be nothing to find. This looks at the text itself,
whatever templates made of it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from acctplan.model import Section
from acctplan.render import text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

_SHORTEST = 4
"""Letters and digits that a text has at least to be looked for: shorter ones stand everywhere."""
_LONGEST = 6
"""So many words in a row of a long text are as telling as all of it."""
_YEAR = re.compile("(?:19|2[0-9])[0-9]{2}")
_SHORT = 40
"""Letters of what a page says of its own, such as a day: longer known texts are templates."""

_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"[\\*_~`\u00ad\u200b-\u200d\u2060\ufeff]")
"""What stands between the letters of a word and is not seen: marks of Markdown, breaks that could be."""
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,.'\u2019_ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])")
_WORD = re.compile(r"[^\W_]+")


class Leaf(NamedTuple):
    """A value of a plan, or the key of an entry, and where it stands."""

    pointer: Pointer
    value: object


def internal_in(page: str, plan: Plan, edition: Plan, known: Iterable[str]) -> Pointer | None:
    """The first text, number or day that is internal and stands in a page. None where there is none, as it should be.

    Not looked for: what is too short to tell anything, years, and what is known to stand there for another reason.

    Args:
        page: HTML or Markdown for the customer.
        plan: what it was made from.
        edition: the customer's edition of the plan.
        known: texts that may stand there: those of the templates, days that were worked out.
    """
    shared = {form for leaf in leaves(edition) for form in _written(leaf.value)}
    said = set(_runs([page], range(1, _LONGEST + 1)))
    found: dict[tuple[str, ...], Pointer] = {}
    for leaf in leaves(plan):
        for form in _written(leaf.value):
            if form not in shared:
                found.update((run, leaf.pointer) for run in _telling(form) if run in said and run not in found)
    if found:
        known = list(known)
        for run in _runs([*known, *shared], {len(run) for run in found}):
            found.pop(run, None)
        whole = {_words(form) for form in shared} | {_words(one) for one in known if len(one) <= _SHORT}
        words = set(_runs(known, {1}))
        found = {run: pointer for run, pointer in found.items() if not _is_put_together(run, whole, words)}
    return next(iter(found.values()), None)


def _is_put_together(run: tuple[str, ...], whole: Collection[tuple[str, ...]], words: Collection[tuple[str, ...]]) -> bool:
    """Whether words in a row are whole shared values and words of templates between them: `with Lena Vos, CFO`."""
    reached = {0}
    for end in range(1, len(run) + 1):
        if any(start in reached and (run[start:end] in whole or run[start:end] in words) for start in range(end)):
            reached.add(end)
    return len(run) in reached and any(run[start:end] in whole for start in range(len(run)) for end in range(start + 1, len(run) + 1))


def leaves(value: object, pointer: Pointer = ()) -> Iterator[Leaf]:
    """Every value of a plan at any depth, and the keys of its entries; without what is left out and what is only true or false."""
    match value:
        case None | bool():
            return
        case Section():
            for name, info in type(value).model_fields.items():
                yield from leaves(getattr(value, name), (*pointer, info.alias or name))
        case dict():
            for key, item in value.items():
                place = (*pointer, str(key))
                yield Leaf(place, key)
                yield from leaves(item, place)
        case tuple():
            for position, item in enumerate(value):
                yield from leaves(item, (*pointer, position))
        case _:
            yield Leaf(pointer, value)


def _written(value: object) -> tuple[str, ...]:
    """The ways in which a page could write a value."""
    match value:
        case date():
            return (value.isoformat(), text.day(value.isoformat()))
        case Decimal() | int():
            return (f"{value:f}", text.number(f"{value:f}"))
        case _:
            return (text.clean(str(value)),)


def _telling(written: str) -> Iterator[tuple[str, ...]]:
    """What to look for: the whole of a short text, each run of words of a long one; nothing where it tells nothing."""
    words = _words(written)
    if len("".join(words)) < _SHORTEST or (len(words) == 1 and _YEAR.fullmatch(words[0])):
        return
    for first in range(max(1, len(words) - _LONGEST + 1)):
        yield words[first : first + _LONGEST]


def _runs(texts: Iterable[str], lengths: Collection[int]) -> Iterator[tuple[str, ...]]:
    """All runs of so many words that stand in some texts, as seen and as written."""
    for one in texts:
        # As written, tags and their attributes are words too; as seen, a tag inside a word does not break it.
        for form in {html.unescape(one), html.unescape(_MARKS.sub("", _TAG.sub("", one)))}:
            words = _words(form)
            for length in lengths:
                yield from zip(*(words[first:] for first in range(length)), strict=False)


def _words(written: str) -> tuple[str, ...]:
    """A text as its words and numbers, the same however it is set: capitals, line breaks, thousands, punctuation."""
    plain = unicodedata.normalize("NFKC", written).casefold()
    return tuple(_WORD.findall(_THOUSANDS.sub(lambda number: re.sub("[^0-9]", "", number[0]), plain)))
