"""`acctplan export ics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Output, Plans, Today, day_asked_for
from acctplan.cli.people import Mine, Owner

if TYPE_CHECKING:
    from datetime import date

    from acctplan.cli.export.plans import Exported


def ics(
    plans: Plans = None,
    mine: Mine = False,
    owner: Owner = None,
    within: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="How far to look ahead: 14d, 3w, 2m. Left out: as far as the plans do.", show_default=False),
    ] = None,
    output: Output = None,
    today: Today = None,
) -> None:
    """A calendar for Outlook, Google, Apple and others: everything in the plans that has a day and is still to come or to be done.

    Relationship meetings and those that should follow, actions, next steps, close dates, objectives, contracts that end, reviews, and the
    ends of plans, each with reminders. Import a newer file and its entries replace the older ones; what is settled has left it, so
    subscribing to the file keeps a calendar cleaner than importing it. Only the entries of relationship meetings are fit to be forwarded
    to customers: the others quote the plan.

    \b
    Examples:
      acctplan export ics -o plans.ics
      acctplan export ics meridian --owner amira -o amira.ics
      acctplan export ics --mine --within 3m -o mine.ics
    """
    from acctplan.cli import console
    from acctplan.cli.export.plans import gather
    from acctplan.cli.output import deliver
    from acctplan.cli.people import whose
    from acctplan.exporters.calendar import calendar, entries
    from acctplan.report.visible import visible

    gathered = gather(plans)
    day = day_asked_for(today)
    found = {one.name: one.plan for one in gathered.plans}
    asked = whose(gathered.book, found, owner, mine=mine)
    last = None if within is None else _last(within, day)
    shown = [
        entry
        for one in gathered.plans
        for entry in entries(one.name, one.plan, gathered.book.config, day)
        if (asked is None or entry.owner in asked[one.name]) and (last is None or entry.day <= last)
    ]
    deliver(calendar(shown, day, _title(gathered.plans), visible), output)
    if not shown:
        console.say("nothing has a day to come")
    raise typer.Exit(0 if gathered.is_whole else 1)


def _last(within: str, today: date) -> date:
    """The last day that is looked at."""
    from acctplan.cli.days import day_said
    from acctplan.errors import UserError

    last = day_said(f"+{within.strip().removeprefix('+')}", today)
    if last is None:
        raise UserError(f"'{within}' is no time to look ahead", "write 14d, 3w or 2m")
    return last


def _title(plans: list[Exported]) -> str:
    return f"Account plan: {' '.join(plans[0].plan.profile.name.split())}" if len(plans) == 1 else "Account plans"
