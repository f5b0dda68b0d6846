"""`acctplan meeting next`."""

from __future__ import annotations

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for
from acctplan.cli.people import Mine, Owner


def next_(plans: Plans = None, mine: Mine = False, owner: Owner = None, as_json: Json = False, today: Today = None) -> None:
    """When the next relationship meeting is, with whom, and why: of one plan in full, of several in a line each.

    As planned, else as often as there should be one (meetings.every_months, or the book's meeting_months). A contact can have a cadence
    of their own: relationship: {with: gesa, every_months: 6}. Where nobody met for longer than that, it says so. --owner finds the
    accounts of a manager.

    \b
    Examples:
      acctplan meeting next
      acctplan meeting next meridian
      acctplan meeting next --mine
    """
    from acctplan.analysis.meetings import upcoming
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.cli.meeting import shown
    from acctplan.cli.people import whose

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    sound = [(loaded.path, loaded.plan) for _, loaded in load_sound(book, paths) if loaded.plan]
    day = day_asked_for(today)
    asked = whose(book, dict(sound), owner, mine=mine)
    chosen = [(name, plan) for name, plan in sound if asked is None or plan.profile.account_manager in asked[name]]
    found = [shown.Found(name, plan, upcoming(plan, book.config, day), day) for name, plan in chosen]
    if as_json:
        console.write(shown.document(found, day))
    elif plans and len(paths) == 1 and console.is_terminal():
        for one in found:
            shown.in_full(one)
    else:
        shown.table(found)
    raise typer.Exit(0 if len(sound) == len(paths) else 1)
