"""`acctplan meeting agenda`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from acctplan.cli.options import OnePlan, Output, Today, day_asked_for

_ENDINGS = {".md": "md", ".html": "html"}


def agenda(
    plan: OnePlan,
    output_format: Annotated[
        Literal["text", "md", "html"] | None,
        typer.Option("--format", help="Left out: from the name of FILE, else text for a terminal.", show_default=False),
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="For our own preparation: with figures, notes and what nobody outside may see.")
    ] = False,
    output: Output = None,
    today: Today = None,
) -> None:
    """The agenda of the next relationship meeting, in six parts, safe to show to the customer.

    Since we last met, for both sides; finances; what is new with them and with us; ideas; goals; next steps, with what was agreed the
    last time and is still to do. It is made from what the plan shares, and from nothing else. A page (--format html) goes to site/ in
    the book if -o does not say where.

    \b
    Examples:
      acctplan meeting agenda meridian
      acctplan meeting agenda meridian --internal
      acctplan meeting agenda meridian -o agenda.html
    """
    from acctplan.book import find_for
    from acctplan.cli.loading import load_one
    from acctplan.cli.meeting.ours import for_us
    from acctplan.cli.meeting.theirs import for_them
    from acctplan.cli.output import deliver
    from acctplan.errors import UserError

    chosen = output_format or _ENDINGS.get(Path(output or "").suffix, "text")
    if internal and chosen == "html":
        raise UserError("our own preparation is no page", "leave --format out for a text, or take --format md")
    book = find_for([plan])
    loaded = load_one(book, plan)
    day = day_asked_for(today)
    if chosen == "html":
        from acctplan.cli.render import render

        render(plan, document="agenda", output_format="html", output=output, today=day)
        return
    written = for_us if internal else for_them
    text = written(loaded, book, day, chosen, to_file=output not in (None, "-"))
    deliver(text, output, source=Path(loaded.path))
