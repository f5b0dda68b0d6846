"""`acctplan review`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from acctplan.cli.options import Diff, Json, Plans, Today, complete_team, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.cli.review.signing import Signature


def review(
    plans: Plans = None,
    sign: Annotated[
        str | None, typer.Option("--sign", metavar="NOTES", help="Record a review of today: what was said.", show_default=False)
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHO",
            help="With --sign: an id in team; left out, who git says you are.",
            show_default=False,
            autocompletion=complete_team,
        ),
    ] = None,
    verdict: Annotated[
        Literal["approved", "changes_wanted"] | None, typer.Option("--verdict", help="With --sign.", show_default=False)
    ] = None,
    confirm: Annotated[
        list[str] | None,
        typer.Option("--confirm", metavar="POINTER", help="This still holds, whatever changed; all: every suspect.", show_default=False),
    ] = None,
    show_diff: Diff = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """The pack for a one-on-one about a plan: what changed since the last review, what that puts in doubt, and what to ask.

    What changed since then is not yet reviewed. When a contact, a competitor, a stance, a contract or an insight has changed, whatever
    relied on it is suspect, until somebody confirms it or signs again. --sign writes down who reviewed the plan, with a fingerprint of
    what it said. Without a plan: a table over the book. As a page or a document: acctplan render PLAN --as review.

    \b
    Examples:
      acctplan review meridian
      acctplan review meridian --sign "go for the survey first" --verdict approved
      acctplan review meridian --confirm opportunities.sensors
      acctplan review
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_one, load_sound
    from acctplan.cli.review.pack import pack, standing

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    day = day_asked_for(today)
    _refuse(sign, by, verdict, confirm, show_diff=show_diff)
    if sign is not None or confirm:
        from acctplan.cli.review.signing import Signature

        _write(book, paths, None if sign is None else Signature(sign, by, verdict), confirm or (), day, show_diff=show_diff)
        return
    if plans and len(paths) == 1:
        loaded = load_one(book, str(paths[0]))
        assert loaded.plan is not None
        found = pack(book, standing(book, paths[0], loaded, loaded.plan, day))
        if as_json:
            from acctplan.cli.review.as_json import of_pack

            console.write(of_pack(found))
        else:
            from acctplan.cli.review.screen import show

            show(found)
        return
    from acctplan.cli.review import rows

    every = rows.in_order([standing(book, path, one, one.plan, day) for path, one in load_sound(book, paths) if one.plan])
    if as_json:
        from acctplan.cli.review.as_json import of_book

        console.write(of_book(every))
    else:
        rows.show(every)
    raise typer.Exit(0 if len(every) == len(paths) else 1)


def _refuse(sign: str | None, by: str | None, verdict: str | None, confirm: list[str] | None, *, show_diff: bool) -> None:
    """Options that mean nothing alone, or not together."""
    from acctplan.errors import UserError

    if sign is not None and confirm:
        raise UserError("--sign and --confirm are different things", "a signed review covers everything: sign alone")
    if sign is None and (by or verdict):
        raise UserError(
            f"{'--by' if by else '--verdict'} goes with --sign", 'acctplan review PLAN --sign "what was said" --verdict approved'
        )
    if sign is None and not confirm and show_diff:
        raise UserError("--diff goes with --sign or --confirm", "what changed in a plan: acctplan diff PLAN")


def _write(book: Book, paths: Sequence[Path], said: Signature | None, confirm: Sequence[str], day: date, *, show_diff: bool) -> None:
    from acctplan.cli.review import signing
    from acctplan.errors import UserError

    if len(paths) != 1:
        raise UserError("one plan at a time is reviewed", "name it: acctplan review PLAN --sign '…'")
    if said is None:
        signing.confirm(book, paths[0], confirm, day, show_diff=show_diff)
    else:
        signing.sign(book, paths[0], said, day, show_diff=show_diff)
