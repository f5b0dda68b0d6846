"""`acctplan render`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Output, Today, complete_plans, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from acctplan.loader import Loaded
    from acctplan.model import Plan

# Said here too, because a Tab and --help must not load what documents are made with. A test compares.
DOCUMENTS = ("plan", "one-page", "review", "exec", "agenda", "customer")
FORMATS = ("html", "md", "pdf", "pptx")
AUDIENCES = ("internal", "customer")


def _one_of(names: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Offers names, for a Tab."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    return complete


def render(
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="A plan, by name or path.", show_default=False, autocompletion=complete_plans)
    ] = None,
    document: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="DOCUMENT",
            help=f"What to make of it: {', '.join(DOCUMENTS[:-1])} or {DOCUMENTS[-1]}; or one of the book's own. See acctplan templates.",
            autocompletion=_one_of(DOCUMENTS),
        ),
    ] = "plan",
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="html, md, pdf or pptx. Left out: from the name of FILE, else html.",
            show_default=False,
            autocompletion=_one_of(FORMATS),
        ),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            metavar="WHO",
            help="internal or customer. Left out: whom the document is meant for.",
            show_default=False,
            autocompletion=_one_of(AUDIENCES),
        ),
    ] = None,
    house: Annotated[
        str | None,
        typer.Option("--template", metavar="FILE.pptx", help="With pptx: your own masters, fonts and colours.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every plan of the book as a page, and an index of them.")] = False,
    output: Output = None,
    today: Today = None,
) -> None:
    """A plan as a document to read: a page that needs nothing else, Markdown, PDF or PowerPoint.

    Without -o it is written to site/ in the book, which git ignores: most documents are as internal as the plan. The agenda and the
    mutual plan (--as customer) are for the customer: they are made from what the plan shares, and from nothing else. A book's own
    templates/ come before those that acctplan ships.

    \b
    Examples:
      acctplan render meridian
      acctplan render meridian --as one-page --format pdf
      acctplan render meridian --as agenda -o agenda.html
      acctplan render meridian --format md -o - | less
      acctplan render --all
    """
    from acctplan.errors import UserError

    if every:
        _everything(output, today, others=[plan, output_format, audience, house, None if document == "plan" else document])
        return
    if plan is None:
        raise UserError("which plan?", "name one, such as: acctplan render meridian; or all of them: acctplan render --all")
    from acctplan import render as pages
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_one
    from acctplan.cli.output import deliver, keep_out_of_git

    chosen = output_format or Path(output or "").suffix.removeprefix(".") or "html"
    if house is not None and chosen != "pptx":
        raise UserError("--template is for PowerPoint files", "add --format pptx; for pages see: acctplan templates")
    book = find_for([plan])
    loaded = load_one(book, plan)
    own = {name: text for name, text in book.templates().items() if pages.shipped().get(name) != text}
    whom = pages.audience_of(document, audience, own)
    day = day_asked_for(today)
    earlier = _reviewed(book.resolve([plan])[0], loaded, day) if whom == "internal" else None
    made = pages.render_file(loaded, book.config, day, pages.Asked(chosen, document, whom, _house(house), earlier), own)
    source = Path(loaded.path)
    name = pages.file_name(source.stem, document, whom, chosen)
    deliver(made, output, book.root / "site" / name, book.root, source)
    if output is None:
        keep_out_of_git(book)
    if whom == "customer":
        console.hint(_before_sending(loaded))


def _everything(output: str | None, today: date | None, others: list[str | None]) -> None:
    """All plans of the book around the working folder."""
    from acctplan.book import find
    from acctplan.cli.site.rendering import render_all
    from acctplan.errors import UserError

    if any(other is not None for other in others):
        raise UserError("--all makes the pages of all plans, and their index", "with it only -o FOLDER and --today are understood")
    raise typer.Exit(0 if render_all(find(Path.cwd()), output, day_asked_for(today)) else 1)


def _reviewed(path: Path, loaded: Loaded, today: date) -> tuple[date, Plan] | None:
    """What the plan said when it was reviewed last, as far as that can be told, and on which day that was."""
    from acctplan.cli.review.reviewed import reviewed

    found = None if loaded.plan is None else reviewed(path, loaded.plan, today)
    if found is None or found.plan is None or found.since is None:
        return None  # the page says nothing of changes
    return found.since, found.plan


def _before_sending(loaded: Loaded) -> str:
    """What to do about a customer's document before it goes out."""
    from acctplan.model.editions import customer_edition

    edition = customer_edition(loaded.plan) if loaded.plan else None
    if edition is None or edition.insights or edition.opportunities or edition.objectives:
        return "it holds only what the plan shares. Read it before you send it"
    return "no insight, opportunity or objective of this plan is shared yet: mark what was agreed with shared: true"


_MOST_HOUSE = 64 << 20
"""Bytes of a PowerPoint template."""


def _house(path: str | None) -> bytes | None:
    from acctplan.book import UnreadableError, read_bytes
    from acctplan.errors import UserError

    if path is None:
        return None
    try:
        return read_bytes(Path(path), limit=_MOST_HOUSE)
    except UnreadableError as error:
        raise UserError(f"{path}: {error.message}", error.hint) from None
