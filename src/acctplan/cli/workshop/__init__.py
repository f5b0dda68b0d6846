"""`acctplan workshop`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Output, Plans, Today, day_asked_for


def _time(said: str) -> int:
    import re

    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", said.strip())
    if found is None:
        raise typer.BadParameter("a time like 09:00 is wanted")
    return int(found[1]) * 60 + int(found[2])


def workshop(
    plans: Plans = None,
    hours: Annotated[float, typer.Option(min=0.5, max=12, metavar="H", help="How long it takes, breaks included.")] = 4,
    start: Annotated[str, typer.Option(metavar="HH:MM", help="When it begins.")] = "09:00",
    output: Output = None,
    today: Today = None,
) -> None:
    """The facilitator's guide of a planning workshop, with a timed agenda, for some accounts of the book. In Markdown.

    Purpose, whom to invite, what to prepare, an agenda to the minute, the exercises, and for each account what is open and what to ask.
    The guide quotes the plans: it is for us, not for customers.

    \b
    Examples:
      acctplan workshop meridian
      acctplan workshop meridian acme --hours 6 --start 08:30 -o workshop.md
    """
    from acctplan.book import find_for
    from acctplan.cli.output import deliver
    from acctplan.cli.workshop.accounts import accounts
    from acctplan.cli.workshop.agenda import agenda
    from acctplan.cli.workshop.guide import guide

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    day = day_asked_for(today)
    found = accounts(book, paths, day)
    slots = agenda([one.name for one in found], round(hours * 60), _time(start))
    deliver(guide(found, slots, day), output)
    raise typer.Exit(0 if len(found) == len(paths) else 1)
