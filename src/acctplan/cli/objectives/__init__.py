"""`acctplan objectives`: the command, and the choice of what it shows."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for
from acctplan.cli.people import Mine, Owner


class Categories(StrEnum):
    """What an objective is about."""

    marketing = "marketing"
    business_development = "business_development"
    revenue = "revenue"
    cross_account = "cross_account"


def objectives(
    plans: Plans = None,
    mine: Mine = False,
    owner: Owner = None,
    late: Annotated[bool, typer.Option("--late", help="Only what is late, or has actions that are.")] = False,
    category: Annotated[list[Categories] | None, typer.Option(help="Only of this kind. May be repeated.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all/--open", help="All of it, or only what is still to be reached.")] = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What we want to reach, how, and how far it is: objectives, their strategies and actions, over the whole book or some plans.

    An objective is late once its day is past; at risk where an action is late, falls after its day, or nobody has anything left to do.
    Its measure is computed where the plan has the figures: a metric called revenue (or orders booked), contacts covered, opportunities
    qualified, meetings held or supporters. Any other is what the plan says. --owner finds who owns it or has an action in it.

    \b
    Examples:
      acctplan objectives
      acctplan objectives meridian --late
      acctplan objectives --mine --category revenue
      acctplan objectives --all --json
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.cli.objectives import shown
    from acctplan.cli.objectives.found import Wanted, entries
    from acctplan.cli.people import whose

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    sound = [(loaded.path, loaded.plan) for _, loaded in load_sound(book, paths) if loaded.plan]
    day = day_asked_for(today)
    wanted = Wanted(whose(book, dict(sound), owner, mine=mine), late, [one.value for one in category or ()], is_open=not everything)
    found = [one for name, plan in sound for one in entries(name, plan, book.config, day) if wanted.takes(one)]
    if as_json:
        console.write(shown.document(found, day))
    else:
        shown.show(found)
    raise typer.Exit(0 if len(sound) == len(paths) else 1)
