"""`acctplan actions`: the command, and what it was asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from acctplan.cli.options import Diff, Json, Plans, Today, day_asked_for
from acctplan.cli.people import Mine, Owner

if TYPE_CHECKING:
    from datetime import date


class Statuses(StrEnum):
    """How far an action is."""

    not_started = "not_started"
    in_progress = "in_progress"
    deferred = "deferred"
    done = "done"
    cancelled = "cancelled"


def actions(
    plans: Plans = None,
    mine: Mine = False,
    owner: Owner = None,
    late: Annotated[bool, typer.Option("--late", help="Only what is late.")] = False,
    within: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only what is due within 14d, 3w or 2m, or late.", show_default=False)
    ] = None,
    status: Annotated[
        list[Statuses] | None,
        typer.Option(help="Only of this status. May be repeated. Left out: whatever is still to be done.", show_default=False),
    ] = None,
    origin: Annotated[
        Literal["meeting", "objective"] | None,
        typer.Option("--from", help="Only what a relationship meeting agreed on, or what serves an objective.", show_default=False),
    ] = None,
    by: Annotated[Literal["owner", "plan", "due"], typer.Option("--by", help="What they are grouped by.")] = "owner",
    carry_over: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Give what is late this day instead; the day that was is kept in the notes. +2w, fri, eom.",
            show_default=False,
        ),
    ] = None,
    show_diff: Diff = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What is to be done, by whom and by when: of all objectives and relationship meetings, over the whole book or some plans.

    Nobody's actions are the account manager's. With --carry-over, every late action that fits the rest of what you ask for gets another
    day; --diff shows it first.

    \b
    Examples:
      acctplan actions --mine
      acctplan actions meridian --late
      acctplan actions --within 2w --by due
      acctplan actions --from meeting --status done
      acctplan actions --owner bram --carry-over +2w --diff
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.actions.found import OPEN, Wanted, items
    from acctplan.cli.loading import load_sound
    from acctplan.cli.people import whose
    from acctplan.errors import UserError

    if show_diff and carry_over is None:
        raise UserError("--diff goes with --carry-over", "without it nothing is written")
    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    sound = [(path, loaded.path, loaded.plan) for path, loaded in load_sound(book, paths) if loaded.plan]
    day = day_asked_for(today)
    wanted = Wanted(
        whose=whose(book, {name: plan for _, name, plan in sound}, owner, mine=mine),
        late=late or carry_over is not None,
        until=None if within is None else _until(within, day),
        statuses=[one.value for one in status] if status else OPEN,
        origin=origin,
    )
    found = [item for _, name, plan in sound for item in items(name, plan, day) if wanted.takes(item)]
    if carry_over is not None:
        from acctplan.cli.actions.carrying import carry

        carry(
            book,
            [path for path, name, _ in sound if any(item.name == name for item in found)],
            wanted,
            carry_over,
            day,
            show_diff=show_diff,
        )
    elif as_json:
        from acctplan.cli.actions import shown

        console.write(shown.document(found, by, day))
    else:
        from acctplan.cli.actions import shown

        shown.show(found, by)
    raise typer.Exit(0 if len(sound) == len(paths) else 1)


def _until(said: str, today: date) -> date:
    """The last day of a time ahead."""
    from acctplan.cli.days import day_said
    from acctplan.errors import UserError

    step = said.strip().removeprefix("+")
    day = day_said(f"+{step}d" if step.isdecimal() else f"+{step}", today)
    if day is None:
        raise UserError(f"'{said}' is no time to look ahead", "write 14d, 3w or 2m")
    return day
