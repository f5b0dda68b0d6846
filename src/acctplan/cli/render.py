"""`acctplan render`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from acctplan.cli.options import OnePlan, Output, Today, day_asked_for


def render(
    plan: OnePlan,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="html or md. Left out: from the name of FILE, else html.", show_default=False),
    ] = None,
    output: Output = None,
    today: Today = None,
) -> None:
    """A plan as a page to read: one HTML file that needs nothing else, or Markdown.

    Without -o it is written to site/ in the book, which git ignores: the page is as internal as the plan. A book's own templates/
    come before those that acctplan ships.

    \b
    Examples:
      acctplan render meridian
      acctplan render meridian -o review.md
      acctplan render meridian --format md -o - | less
    """
    from acctplan import render as pages
    from acctplan.book import find_for
    from acctplan.cli.loading import load_one
    from acctplan.cli.output import deliver

    book = find_for([plan])
    loaded = load_one(book, plan)
    chosen = output_format or Path(output or "").suffix.removeprefix(".") or "html"
    own = {name: text for name, text in book.templates().items() if pages.shipped().get(name) != text}
    page = pages.render_plan(loaded, book.config, day_asked_for(today), chosen, own)
    source = Path(loaded.path)
    deliver(page, output, book.root / "site" / f"{source.stem}.{chosen}", book.root, source)
