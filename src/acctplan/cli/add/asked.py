"""What was not said of an entry that is to be added, asked for one by one. Every answer is tried at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args, get_origin

from acctplan.cli import console
from acctplan.cli.add.adding import adding
from acctplan.cli.add.kinds import KINDS
from acctplan.cli.asking import ask
from acctplan.cli.editing import edited
from acctplan.cli.loading import load_one
from acctplan.diagnostic import plan_name
from acctplan.errors import UserError
from acctplan.model.references import type_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from acctplan.book import Book
    from acctplan.loader import Loaded

_ELSEWHERE = 'write acctplan add KIND PLAN "WORDS" FIELD=VALUE'
_MOST = 20
"""So many ids are listed below a question."""


class Said(NamedTuple):
    """What is to be added, and to which plan."""

    kind: str
    plan: str
    words: str
    fields: dict[str, str]


def asked(book: Book, kind: str | None, words: Sequence[str], today: date) -> Said | None:
    """What is to be added, with questions for what was not said; None where somebody thinks better of it.

    Args:
        book: whose plans there are.
        kind: one of `KINDS`; None: is asked for.
        words: the plan, as far as it was said.
        today: what days count from.

    Raises:
        UserError: nobody can be asked, or the plan has errors.
    """
    chosen = kind or _one_of("What do you add?", list(KINDS))
    plan = words[0] if words else _one_of("To which plan?", [plan_name(book.display(path)) for path in book.plans()])
    if chosen is None or plan is None:
        return None
    loaded = load_one(book, plan)
    said = ask(KINDS[chosen].question, _ELSEWHERE)
    if said is None:
        return None
    fields: dict[str, str] = {}
    for field in KINDS[chosen].fields:
        if not _field(book, loaded, chosen, said, fields, field, today):
            return None
    return Said(chosen, plan, said, fields)


def _one_of(question: str, known: Sequence[str]) -> str | None:
    """One of some names; None where there are none or Enter leaves it."""
    if len(known) == 1:
        return known[0]
    while (answer := ask(question, _ELSEWHERE, known)) is not None:
        if found := [name for name in known if name == answer] or [name for name in known if name.startswith(answer)]:
            if len(found) == 1:
                return found[0]
            console.say(f"{answer} may be {' or '.join(found)}")
        else:
            console.say(f"there is no {answer}")
    return None


def _field(book: Book, loaded: Loaded, kind: str, said: str, fields: dict[str, str], field: str, today: date) -> bool:
    """Ask for a field until it fits or Enter leaves it out. False where it cannot be left out and was."""
    assert loaded.plan is not None
    is_needed = field in KINDS[kind].needed
    known = _choices(loaded, kind, field)
    if field == "to" and len(known) == 1:
        return True  # where else
    question = f"{field.replace('_', ' ').capitalize()}?"
    if field == "to":
        question = "For which objective?" if known else "What do we want to reach with it? In a few words; it becomes the first objective."
    while (answer := ask(question if is_needed else f"{question} [Enter: leave out]", _ELSEWHERE, known)) is not None:
        try:
            _tried(book, loaded, kind, said, {**fields, field: answer}, today)
        except UserError as error:
            console.say(f"{error.message.removeprefix('nothing was written, the plan would not be right: ')}\n  {error.hint}")
            continue
        fields[field] = answer
        return True
    return not is_needed


def _tried(book: Book, loaded: Loaded, kind: str, said: str, fields: Mapping[str, str], today: date) -> None:
    """Whether the plan would be right; nothing is written."""
    if all(needed in fields for needed in KINDS[kind].needed if needed != "to"):
        edited(book, loaded, adding(loaded, kind, said, fields, today, book.config).edits)


def _choices(loaded: Loaded, kind: str, field: str) -> list[str]:
    """What may be answered, where that is a list."""
    assert loaded.plan is not None
    plan = loaded.plan
    section = {"to": "objectives", "owner": "contacts" if kind == "insight" else "team", "reports_to": "contacts", "contact": "contacts"}
    section |= {"unit": "units", "parent": "units", "solution": "solutions", "opportunities": "opportunities"}
    if field in section:
        return list(getattr(plan, section[field]))[:_MOST]
    shape = type_at((*_ABOVE.get(kind, (KINDS[kind].section,)), "new", field))
    inner = get_args(shape)[0] if get_origin(shape) is tuple else shape
    return [str(word) for word in get_args(inner)] if get_origin(inner) is Literal else []


_ABOVE = {
    "action": ("objectives", "x", "strategies", "x", "actions"),
    "role": ("opportunities", "x", "buying_roles"),
    "strategy": ("objectives", "x", "strategies"),
}
"""Where kinds stand that have no section of their own."""
