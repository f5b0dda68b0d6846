"""How messages speak of what stands in a plan: names rather than ids, on one line, at a readable length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.model import Contact

__all__ = ["days", "late", "listed", "money", "person", "quoted", "short"]

_LONGEST = 60


def short(text: str) -> str:
    """A text on one line, cut where it grows too long for a message."""
    line = " ".join(text.split())
    return f"{line[: _LONGEST - 1].rstrip()}…" if len(line) > _LONGEST else line


def quoted(text: str) -> str:
    """A text of the plan inside a sentence of ours."""
    return f"'{short(text)}'"


def person(identifier: str, contact: Contact) -> str:
    """A contact as people speak of them: `Lena Vos (CFO)`, or the title of a seat whose holder we do not know yet."""
    if contact.name is None:
        return f"the holder of the seat {quoted(contact.title or identifier)}"
    return f"{short(contact.name)} ({short(contact.title)})" if contact.title else short(contact.name)


def days(number: int) -> str:
    """A number of days: `1 day`, `17 days`."""
    return "1 day" if number == 1 else f"{number} days"


def late(due: date, today: date) -> str:
    """How late something is that was due before today: `17 days late`."""
    return f"{days((today - due).days)} late"


def listed(words: Sequence[str]) -> str:
    """Several things in a sentence: `an owner, a due date and a measure`. Empty of nothing."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
