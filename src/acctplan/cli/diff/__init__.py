"""`acctplan diff`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for


def diff(
    plans: Plans = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|REV",
            help="The end of this day, or a revision of git. Left out: each plan's last review, else the last commit.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What changed in plans since their last review, by meaning: who changed their mind, stages, values, dates, what was done.

    The earlier state comes from git, and is compared with the file as it stands now, committed or not. The order of entries and the
    layout of the file say nothing. Most telling first.

    \b
    Examples:
      acctplan diff meridian
      acctplan diff --since 2026-10-01
      acctplan diff meridian --since HEAD~1
      acctplan diff --json
    """
    from acctplan.analysis.differences import aligned, differences
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.diff.compared import Compared
    from acctplan.cli.diff.earlier import asked, earlier, gone
    from acctplan.cli.loading import load_sound

    wanted, day = asked(since), day_asked_for(today)
    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    found: list[Compared] = []
    for path, loaded in load_sound(book, paths):
        if loaded.plan is not None:
            then = earlier(path, loaded.plan, wanted, day)
            before, renamed = aligned(then.plan, loaded.plan) if then.plan is not None else (None, ())
            changes = differences(before, loaded.plan, book.config) if before is not None else ()
            found.append(Compared(loaded, loaded.plan.profile.name, then, changes, renamed))
    lost = gone(book, wanted) if wanted is not None and not plans else []
    if as_json:
        from acctplan.cli.diff.as_json import document

        console.write(document(found, lost))
    elif console.is_terminal():
        from acctplan.cli.diff import screen

        screen.show(found, lost)
    else:
        from acctplan.cli.diff import rows

        rows.show(found, lost)
    is_whole = len(found) == len(paths) and all(one.earlier.missing != "has errors" for one in found)
    raise typer.Exit(0 if is_whole else 1)
