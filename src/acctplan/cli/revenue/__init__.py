"""`acctplan revenue`: the command, and the choice of what it shows."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for


def revenue(
    plans: Plans = None,
    by: Annotated[
        Literal["account", "period"] | None,
        typer.Option(help="One row for each. Left out: one plan by period, several by both.", show_default=False),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Where each figure comes from: every term of it, with its line.")] = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Where revenue stands against the goals: booked, forecast, best case, gap, and the pipeline to create.

    The forecast is what is booked, and the value of each open opportunity times its probability. The best case counts everything open in
    full. The pipeline to create is the gap divided by the win rate. One plan is told by its fiscal periods and in its own currency;
    several by account and by fiscal year, in the book's.

    \b
    Examples:
      acctplan revenue
      acctplan revenue meridian
      acctplan revenue meridian --explain
      acctplan revenue --by period
      acctplan revenue --json
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.cli.revenue.found import Found
    from acctplan.errors import UserError

    if by and explain:
        raise UserError("--by and --explain are different answers", "ask for one at a time")
    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    found = Found.of(load_sound(book, paths), book.config, day_asked_for(today), is_one=len(paths) == 1)
    if as_json:
        from acctplan.cli.revenue.as_json import document

        console.write(document(found))
    elif explain:
        from acctplan.cli.revenue import explained

        explained.show(found)
    elif len(paths) == 1 and by != "account":
        from acctplan.cli.revenue import periods

        periods.show(found)
    else:
        from acctplan.cli.revenue import rolled_up

        rolled_up.show(found, by)
    raise typer.Exit(0 if len(found.plans) == len(paths) else 1)
