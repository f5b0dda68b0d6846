"""`acctplan next`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for
from acctplan.cli.people import Mine, Owner

if TYPE_CHECKING:
    from acctplan.analysis.next_moves import Move
    from acctplan.model import Plan

_AHEAD = "14d"


def next_(
    plans: Plans = None,
    mine: Mine = False,
    owner: Owner = None,
    within: Annotated[str, typer.Option(metavar="TIME", help="How far to look ahead: 14d, 3w, 2m.")] = _AHEAD,
    why: Annotated[bool, typer.Option("--why", help="Show what each urgency is made of.")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=1, metavar="N", help="Only the first N; on a terminal 15 if left out.", show_default=False),
    ] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What to do now, most pressing first: over the whole book, or some plans.

    Actions and next steps that are late or due soon, close dates that are past, relationship meetings and reviews, key players who have
    not heard from us, contracts that end, opportunities that nobody works on, facts gone stale, and the best question to ask. Each with
    why, where it stands, and the command that settles it.

    \b
    Examples:
      acctplan next
      acctplan next --mine --within 7d
      acctplan next meridian --owner amira --why
    """
    from acctplan.analysis.next_moves import next_moves
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import Texts, load_sound
    from acctplan.cli.next.shown import Shown, document, show
    from acctplan.cli.people import whose

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    sound = {one.path: (path, one.plan) for path, one in load_sound(book, paths) if one.plan}
    found = {name: plan for name, (_, plan) in sound.items()}
    day = day_asked_for(today)
    asked = whose(book, found, owner, mine=mine)
    moves = next_moves(found.items(), book.config, day, _days(within))
    kept = [move for move in moves if asked is None or _owner(move, found[move.plan]) in asked[move.plan]]
    most = limit or (_SCREEN if console.is_terminal() and not as_json else None)
    texts = Texts(book, {name: path for name, (path, _) in sound.items()})
    shown = Shown(found, day, _again(plans or [], owner, within, mine=mine), texts)
    if as_json:
        console.write(document(shown, kept[:limit]))
    else:
        show(shown, kept[:most], left=len(kept[most:]) if most else 0, why=why)
    raise typer.Exit(0 if len(sound) == len(paths) else 1)


def _again(plans: list[str], owner: str | None, within: str, *, mine: bool) -> str:
    """The command as it was typed, but for its limit."""
    from shlex import join

    more = [
        *plans,
        *(["--mine"] if mine else ()),
        *(["--owner", owner] if owner else ()),
        *(["--within", within] if within != _AHEAD else ()),
    ]
    return join(["acctplan", "next", *more])


_SCREEN = 15
"""What a seller reads in ten seconds, and a little more."""
_LONGEST = 730


def _days(said: str) -> int:
    """A time ahead in days."""
    from re import fullmatch

    from acctplan.errors import UserError

    found = fullmatch(r"\+?([0-9]{1,4})([dwm]?)", said.strip().casefold())
    days = int(found[1]) * {"": 1, "d": 1, "w": 7, "m": 30}[found[2]] if found else -1
    if not 0 <= days <= _LONGEST:
        raise UserError(f"'{said}' is no time to look ahead", f"write 14d, 3w or 2m, up to {_LONGEST} days")
    return days


def _owner(move: Move, plan: Plan) -> str | None:
    """Who should see to it: whoever is named, else the account manager."""
    from acctplan.analysis.owners import responsible

    return responsible(plan, move.owner)
