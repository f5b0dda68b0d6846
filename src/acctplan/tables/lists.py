"""The tables of what stands in many parts of a plan: lists of words, and what other systems call things."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer
from acctplan.model import Section
from acctplan.tables.base import PLACE, STAMP, Column, Table
from acctplan.tables.fields import lists_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.tables.base import Row
    from acctplan.tables.source import Source


def _parts(part: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Section]]:
    """Every part of a plan that has fields."""
    if isinstance(part, Section):
        yield pointer, part
        for attribute, info in type(part).model_fields.items():
            yield from _parts(getattr(part, attribute), (*pointer, info.alias or attribute))
    elif isinstance(part, dict):
        for key, inside in part.items():
            yield from _parts(inside, (*pointer, key.isoformat() if isinstance(key, date) else key))
    elif isinstance(part, tuple):
        for position, inside in enumerate(part):
            yield from _parts(inside, (*pointer, position))


def _words(source: Source) -> Iterator[Row]:
    for account in source.accounts:
        for pointer, part in _parts(account.plan, ()):
            for attribute, info in type(part).model_fields.items():
                texts, name = getattr(part, attribute), info.alias or attribute
                if not isinstance(texts, tuple) or not texts or isinstance(texts[0], Section) or lists_ids(pointer, (name,)):
                    continue
                for position, text in enumerate(texts):
                    at = format_pointer((*pointer, name, position))
                    yield account.name, account.plan.profile.name, str(position), at, format_pointer(pointer), name, position + 1, text


def _crm_ids(source: Source) -> Iterator[Row]:
    for account in source.accounts:
        for pointer, part in _parts(account.plan, ()):
            for system, identifier in getattr(part, "crm", {}).items():
                at = format_pointer((*pointer, "crm", system))
                yield account.name, account.plan.profile.name, system, at, format_pointer(pointer), identifier


WORDS = Table(
    "words",
    "Lists of words: strengths, threats, ideas and the like, a row a line.",
    (
        *PLACE,
        Column("part", "text", "The pointer of what has the list."),
        Column("field", "text", "The name of the list."),
        Column("position", "integer", "From 1."),
        Column("text", "text", field=()),
        *STAMP,
    ),
    ("plan", "pointer"),
    _words,
)
CRM_IDS = Table(
    "crm_ids",
    "What other systems call accounts, contacts and opportunities.",
    (
        *PLACE,
        Column("part", "text", "The pointer of what is called so."),
        Column("crm_id", "text", "The id there; the system stands in id.", field=()),
        *STAMP,
    ),
    ("plan", "pointer"),
    _crm_ids,
)
