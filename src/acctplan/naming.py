"""Names to ids and file names: ASCII, readable, safe on every disk, and each only once."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_LONGEST = 60
"""Leaves room for a suffix below the 80 characters that an id may have."""
_TAIL = 8
# What falling apart into letter and accent does not give. Umlauts as German spells them out; elsewhere one reads that as well.
_SPELT_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "å": "aa",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "'": "",
        "\u2019": "",
        "\u02bc": "",
    }
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
"""Names that Windows keeps for devices, whatever the suffix."""


def slug(text: str) -> str:
    """A name in lower-case ASCII letters, digits and single hyphens; empty where less than half of it could be kept."""
    made = re.sub(r"[^a-z0-9]+", "-", spelt_out(text)).strip("-")
    if 2 * sum(letter != "-" for letter in made) < sum(letter.isalnum() for letter in text):
        return ""
    if len(made) > _LONGEST:
        made = made[: _LONGEST + 1].rpartition("-")[0] or made[:_LONGEST]
    return made.strip("-")


def spelt_out(text: str) -> str:
    """A text in small letters without accents, umlauts as German spells them out: `Müller` is `mueller`."""
    return without_accents(unicodedata.normalize("NFC", text.casefold()).translate(_SPELT_OUT))


def without_accents(text: str) -> str:
    """A text in small letters without accents: `Müller` is `muller`."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(letter))


def is_part(part: str, name: str) -> bool:
    """Whether a plan's name begins with some letters, or has them as a word or a few: both as ids are written."""
    return bool(part) and (name.startswith(part) or f"-{part}-" in f"-{name}-")


def identifier(name: str, kind: str, crm_id: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """An id for an entry: from its name, else its kind and the end of its CRM id; with a number where that is taken.

    Args:
        name: what it is called.
        kind: what it is, for one whose name gives no id.
        crm_id: its id in the CRM.
        taken: ids that there are.
        numbers: the last number of each name, kept here from one call to the next while `taken` only grows: thousands may have one name.
    """
    return free(slug(name) or _from_id(kind, crm_id), taken, numbers)


def file_name(name: str, crm_id: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """A plan's file name, without the suffix. See `identifier`; what Windows keeps for devices is avoided."""
    made = slug(name) or _from_id("account", crm_id)
    return free(f"{made}-account" if _RESERVED.match(made) else made, taken, numbers)


def _from_id(kind: str, crm_id: str) -> str:
    return f"{kind}-{slug(crm_id)[-_TAIL:].strip('-')}".strip("-")


def free(base: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """A name, with a number where it is taken; `numbers` as in `identifier`."""
    if base not in taken:
        return base
    number = 2 if numbers is None else numbers.get(base, 2)
    while (name := f"{base}-{number}") in taken:
        number += 1
    if numbers is not None:
        numbers[base] = number
    return name
