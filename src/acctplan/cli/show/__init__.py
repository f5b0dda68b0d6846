"""`acctplan show`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from acctplan.cli.options import Json, OnePlan, Today, day_asked_for


def show(
    plan: OnePlan,
    section: Annotated[
        Literal["insights", "people", "opportunities", "due", "meeting", "risks", "white-space", "questions", "findings"] | None,
        typer.Option(
            metavar="SECTION",
            help="Only this section, in full: insights, people, opportunities, due, meeting, risks, white-space, questions or findings.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """A plan at a glance, before a call: money, who decides, what to win, what is due, what could go wrong, what to ask.

    A terminal of 120 columns or more shows two columns. --json is the whole plan as a page shows it, with everything worked out.

    \b
    Examples:
      acctplan show meridian
      acctplan show meridian --section people
      acctplan show meridian --json
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_one
    from acctplan.cli.show.shown import Shown

    book = find_for([plan])
    loaded = load_one(book, plan)
    assert loaded.plan is not None, "load_one refuses plans with errors"
    shown = Shown(loaded, loaded.plan, book.config, day_asked_for(today))
    if as_json:
        from acctplan.cli.show.as_json import document

        console.write(document(shown))
        return
    from acctplan.cli.show import screen

    if section is None:
        screen.show(shown)
    else:
        screen.show_section(shown, section)
