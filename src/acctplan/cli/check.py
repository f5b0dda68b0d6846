"""`acctplan check`."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json, Plans, Today

if TYPE_CHECKING:
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.diagnostic import Diagnostic
    from acctplan.rules import Context, Level


class Levels(StrEnum):
    """How much to expect of a plan."""

    start = "start"
    working = "working"
    review = "review"


class Severities(StrEnum):
    """How grave a finding is."""

    error = "error"
    warning = "warning"
    advice = "advice"


def check(
    plans: Plans = None,
    level: Annotated[
        Levels | None, typer.Option(help="How much to expect: start (ten minutes' work), working, review. Left out: acctplan.toml's.")
    ] = None,
    fail_on: Annotated[Severities, typer.Option(help="Exit with 1 where something is at least this grave.")] = Severities.warning,
    output_format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What is wrong, missing, stale or risky in plans, and why that matters.

    Errors keep a plan from being used, warnings are risks, advice is what would help most. Exits with 1 where something is found.

    \b
    Examples:
      acctplan check
      acctplan check meridian --level review
      acctplan check plans/meridian.yaml --json
      acctplan check --fail-on error        # in CI, where advice and warnings may stand
    """
    from datetime import date

    from acctplan import report
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import spread
    from acctplan.diagnostic import Severity
    from acctplan.rules import Context, Level

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    context = Context(book.config, today or date.today())  # noqa: DTZ011  the day where the user is
    checked = spread(partial(_check, book, context, Level(level or book.config.level)), paths)
    found = report.Checked(len(paths), tuple(diagnostic for diagnostics in checked for diagnostic in diagnostics))
    console.write(report.render("json" if as_json else output_format, found, console.paint))
    gravest = min((diagnostic.severity.rank for diagnostic in found.diagnostics), default=len(Severity))
    raise typer.Exit(1 if gravest <= Severity(fail_on).rank else 0)


def _check(book: Book, context: Context, level: Level, path: Path) -> tuple[Diagnostic, ...]:
    from acctplan import rules
    from acctplan.cli.loading import load

    loaded = load(book, path)
    return loaded.diagnostics + rules.run(loaded, rules.ALL, context, level).diagnostics
