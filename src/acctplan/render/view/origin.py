"""Where something that the plan says is from, and of which day it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from acctplan.model import Contact, Opportunity, Profile


@dataclass(frozen=True, slots=True)
class Origin:
    """A source: a CRM, an annual report."""

    source: str
    as_of: date | None


def origin(entry: Contact | Opportunity | Profile) -> Origin | None:
    """Where an entry is from; None where it does not say."""
    return None if entry.source is None else Origin(entry.source, entry.as_of)
