"""Salesforce's ids: 15 letters and digits in which case counts, or the same with three more for programs to which it does not."""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 15
"""How long the short form is."""
PATTERN = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\Z")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
_CHECK = {f"{place:05b}"[::-1]: letter for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")}
"""By which of five characters are capitals: 1 for one that is."""
_CAPITALS = {letter: str(int(chr(letter).isupper())) for letter in range(128)}


def is_id(text: str) -> bool:
    """Whether a text is an id, or a Guid as some programs write instead."""
    return bool(PATTERN.match(text) or _GUID.match(text))


@lru_cache(maxsize=65_536)
def id_key(crm_id: str) -> str:
    """What counts of an id: the first 15 characters, case and all. The other three only say which of them are capitals."""
    return crm_id[:SHORT] if PATTERN.match(crm_id) else crm_id


@lru_cache(maxsize=65_536)
def check_letters(crm_id: str) -> str:
    """The last three characters of an id's long form."""
    capitals = crm_id[:SHORT].translate(_CAPITALS)
    return _CHECK[capitals[:5]] + _CHECK[capitals[5:10]] + _CHECK[capitals[10:]]
