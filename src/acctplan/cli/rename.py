"""`acctplan rename`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Diff, complete_pointers


def rename(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN POINTER ID",
            help="The plan, the entry such as contacts.decision-maker, and its new id.",
            show_default=False,
            autocompletion=complete_pointers,
        ),
    ],
    show_diff: Diff = False,
) -> None:
    """Give an entry another id, there and wherever the plan refers to it.

    What it says and where it stands is as before; so `diff` and `review` know it again by its name, and imports by its id in the CRM.

    \b
    Examples:
      acctplan rename meridian contacts.decision-maker lena-vos
      acctplan rename meridian opportunities.best-opportunity cold-stores --diff
    """
    from acctplan.book import find_for
    from acctplan.cli.editing import change
    from acctplan.cli.renaming import renaming
    from acctplan.cli.values import pointer_said
    from acctplan.diagnostic import format_pointer
    from acctplan.errors import UserError

    if len(words) != 3:  # noqa: PLR2004  plan, entry, id
        raise UserError("what is to be renamed, and how?", "write acctplan rename PLAN POINTER ID")
    name, said, new = words
    pointer = pointer_said(said)
    book = find_for([name])
    now = format_pointer((*pointer[:-1], new))
    change(book, book.resolve([name])[:1], lambda loaded: renaming(loaded, pointer, new), show_diff=show_diff, said=f"{said} is {now} now")
