"""`acctplan log`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Diff, OnDay, Today, complete_contacts, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.edit import Edit
    from acctplan.loader import Loaded


def log(
    contact: Annotated[
        list[str],
        typer.Argument(
            metavar="[PLAN] CONTACT [TEXT]",
            help="The id of a contact, with its plan where several have it, and what was said.",
            show_default=False,
            autocompletion=complete_contacts,
        ),
    ],
    on: OnDay = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """You spoke with somebody: their last contact is today, and what was said is noted.

    \b
    Examples:
      acctplan log lena-vos
      acctplan log lena-vos "met at the fair: wants figures before the board meets"
      acctplan log meridian lena-vos "called back" --on yesterday
    """
    from acctplan.cli.editing import change
    from acctplan.cli.entries import locate
    from acctplan.cli.values import day_given, noted
    from acctplan.edit import Set
    from acctplan.errors import UserError

    now = day_asked_for(today)
    *named, text = contact if len(contact) > 1 and _is_text(contact) else (*contact, None)
    found = locate([str(name) for name in named], "contact")
    day = day_given(on, now, is_past=True)
    if day > now:
        raise UserError(f"{day} is still to come", "plan it as an action: acctplan add action")
    pointer = found.entry.pointer

    def edits(loaded: Loaded) -> Iterator[Edit]:
        entry = None if loaded.plan is None else loaded.plan.contacts.get(found.entry.id)
        if entry is None:
            raise UserError(f"{loaded.path} has no contact {found.entry.id} any more", "see what changed in the plan")
        if entry.last_contact is None or entry.last_contact < day:  # an older talk is no later contact
            yield Set((*pointer, "last_contact"), day)
        if entry.coverage in (None, "none"):
            yield Set((*pointer, "coverage"), "brief")
        if text is not None:
            yield noted(loaded, (*pointer, "notes"), entry.notes, text, day)

    first = found.plan.contacts[found.entry.id].coverage in (None, "none")
    said = f"{found.entry.name}: spoken with on {day}" + ("; coverage is now brief" if first else "")
    change(found.book, [found.path], edits, show_diff=show_diff, said=said)


def _is_text(words: list[str]) -> bool:
    """Whether the last of two or more is what was said: of three it is, of two where the first is a contact and no plan.

    A contact's id goes before a part of a plan's name; a contact's name does where the plan has nobody whom the second word may mean.
    """
    from acctplan.book import find_for
    from acctplan.cli.entries import alike, entries, plan_meant
    from acctplan.cli.loading import load

    if len(words) > 2:  # noqa: PLR2004  plan, contact, text
        return True
    first, second = map(str, words)
    book = find_for([first])
    if plan_meant(book, first, in_full=True) is not None:
        return False
    if (path := plan_meant(book, first)) is None:
        return True
    people = {each: list(entries(plan, "contact")) for each in book.resolve(()) if (plan := load(book, each).plan)}
    if any(first == one.id for everybody in people.values() for one in everybody):
        return True
    if alike(second, people.get(path, []), lambda one: (one.id, one.name)):
        return False
    return bool(alike(first, [one for everybody in people.values() for one in everybody], lambda one: (one.id, one.name)))
