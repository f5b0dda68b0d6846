"""Salesforce's ids: 15 letters and digits in which case counts, or the same with three more for programs to which it does not."""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 15
"""How long the short form is."""
PATTERN = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\Z")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


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
    fives = (crm_id[start : start + 5] for start in (0, 5, 10))
    return "".join(_CHECK[sum(1 << place for place, letter in enumerate(five) if "A" <= letter <= "Z")] for five in fives)
