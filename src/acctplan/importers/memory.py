"""What a source said of an account when it was last imported, so that the next import knows who has changed what since.

Kept as JSON beside the plans, one value a line and in order, so that git shows what changed and merges it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.edit.emit import as_data

if TYPE_CHECKING:
    from acctplan.edit import Value

VERSION = 1
_LONGEST = 200
"""Characters of a text that is kept whole."""
_SHOWN = 40
FOLDER = ".acctplan/imports"
"""Below the book's own folder."""


class Said(NamedTuple):
    """What was said of one thing."""

    entry: str
    """The plan's id of it."""
    fields: Mapping[str, str]
    """As text, by the plan's names of the fields; see `text_of`."""
    as_of: str | None = None
    """The row's own stamp, if it had one."""
    since: str | None = None
    """On which day an import first brought it so."""


@dataclass(frozen=True)
class Memory:
    """All that a source said of an account."""

    entries: Mapping[tuple[str, str], Said] = field(default_factory=dict)
    """By section of the plan and key of the thing in the source."""

    def of(self, section: str, key: str) -> Said | None:
        """What was said of one thing; None where nothing is known of it."""
        return self.entries.get((section, key))

    def keys(self, section: str) -> dict[str, str]:
        """The things of a section: their keys in the source, to their ids in the plan."""
        return {key: said.entry for (where, key), said in self.entries.items() if where == section}

    def text(self) -> str:
        """As it is kept."""
        sections: dict[str, dict[str, Any]] = {}
        for (section, key), said in self.entries.items():
            facts = {name: value for name, value in (("as_of", said.as_of), ("since", said.since)) if value is not None}
            sections.setdefault(section, {})[key] = {"entry": said.entry, **facts, "said": dict(said.fields)}
        return json.dumps({"version": VERSION, "sections": sections}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def path(system: str, plan: str) -> str:
    """Where the memory of a plan is kept, below the book's folder.

    Args:
        system: the key of the source.
        plan: the plan's path below the folder of plans.
    """
    return PurePath(FOLDER, system, PurePath(plan).with_suffix(".json")).as_posix()


def parse(text: str) -> Memory | None:
    """A memory that was kept; None where the text is none, or one of another version. What is odd in it is left out."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    sections = data.get("sections") if isinstance(data, dict) and data.get("version") == VERSION else None
    if not isinstance(sections, dict):
        return None
    entries = {}
    for section, things in sections.items():
        for key, thing in things.items() if isinstance(things, dict) else ():
            if (said := _said(thing)) is not None:
                entries[section, key] = said
    return Memory(entries)


def _said(thing: Any) -> Said | None:
    if not isinstance(thing, dict) or not isinstance(thing.get("entry"), str) or not isinstance(thing.get("said"), dict):
        return None
    fields = {name: value for name, value in thing["said"].items() if isinstance(value, str)}
    return Said(thing["entry"], fields, _day(thing.get("as_of")), _day(thing.get("since")))


def _day(text: Any) -> str | None:
    """A day that is one."""
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        return None


def text_of(value: Value) -> str:
    """A value as text that is the same whenever the value is: how a text is broken into lines and `1.50` says nothing.

    Of long texts a fingerprint does: nobody has to read them twice in the history of a book.
    """
    if isinstance(value, str):
        text = " ".join(value.split())
        return text if len(text) <= _LONGEST else f"{text[:_SHOWN]}… {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _number_text(value)
    if isinstance(value, Mapping):
        return json.dumps(as_data(value), sort_keys=True)
    return text_of(str(value if isinstance(value, int) else as_data(value)))


@lru_cache(maxsize=8192)
def _number_text(value: Decimal) -> str:
    return format(value.normalize() + 0, "f") if value else "0"
