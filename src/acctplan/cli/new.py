"""`acctplan new`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Currency, Diff, Starts, Today, complete_plans

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from acctplan.book import Book
    from acctplan.scaffold import Answers


def new(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The customer's name.", show_default=False)] = None,
    full: Annotated[bool, typer.Option("--full", help="Every section, commented and explained, instead of ten minutes' worth.")] = False,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PLAN",
            help="Roll this plan forward into a new period: what must be thought through again is marked for review.",
            show_default=False,
            autocompletion=complete_plans,
        ),
    ] = None,
    starts: Starts = None,
    manager: Annotated[str | None, typer.Option(metavar="NAME", help="The account manager. Left out: git's user.name.", show_default=False)] = None,
    currency: Currency = None,
    plan_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The file's name. Left out: made from the customer's.", show_default=False)
    ] = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Start a plan for a customer.

    The ten-minute plan asks what matters first: what they want, who decides, our best opportunity, its next step, the next meeting,
    the revenue goal. It is valid as it stands; `acctplan check` says what to find out next.

    \b
    Examples:
      acctplan new "Meridian Foods"
      acctplan new "Meridian Foods" --full --manager "Amira Haddad" --starts 2027-01-01
      acctplan new --from meridian-foods --starts 2027-04-01
    """
    from pathlib import Path

    from acctplan.book import find
    from acctplan.errors import UserError
    from acctplan.scaffold import full_plan, starter_plan

    book = find(Path.cwd())
    if source is not None:
        stem, text = _rolled(book, source, name, starts)
    elif name is not None and name.strip():
        stem, text = _scaffolded(book, name, full_plan if full else starter_plan, starts, manager, currency, today)
    else:
        raise UserError("for which customer?", 'give the name: acctplan new "Customer name"')
    _write(book, plan_id or stem, text, show_diff=show_diff)


def create(book: Book, name: str) -> None:
    """Write a ten-minute plan into a book, and say what to do with it."""
    from acctplan.scaffold import starter_plan

    _write(book, *_scaffolded(book, name, starter_plan))


def _scaffolded(
    book: Book,
    name: str,
    scaffold: Callable[[Answers], str],
    starts: date | None = None,
    manager: str | None = None,
    currency: str | None = None,
    today: date | None = None,
) -> tuple[str, str]:
    """The name of a new plan's file, and its text."""
    from datetime import date

    from acctplan.book import user_name
    from acctplan.importers.names import slug
    from acctplan.scaffold import Answers
    from acctplan.analysis.calendar import first_of_month

    who = manager or user_name(book.root)
    answers = Answers(
        name=" ".join(name.split()),
        starts=starts or first_of_month(today or date.today()),  # noqa: DTZ011  the day where the user is
        currency=currency or book.config.currency,
        manager_id=(slug(who) or "manager") if who else None,
        manager=who,
    )
    return slug(answers.name), scaffold(answers)


def _rolled(book: Book, source: str, name: str | None, starts: date | None) -> tuple[str, str]:
    """The name of the next period's file, and its text."""
    from datetime import timedelta

    from acctplan.cli.loading import load_one
    from acctplan.errors import UserError
    from acctplan.scaffold import roll_forward

    loaded = load_one(book, source)
    assert loaded.plan is not None
    assert loaded.document is not None
    ends = loaded.plan.profile.ends
    if starts is None and ends is None:
        raise UserError(f"{loaded.path} does not say when its period ends", "give the first day of the new one: --starts 2027-01-01")
    first = starts if ends is None or starts is not None else ends + timedelta(days=1)
    assert first is not None
    stem = re.sub(r"-20[0-9]{2}$", "", loaded.path.rpartition("/")[2].rpartition(".")[0])
    return f"{stem}-{first.year}", roll_forward(loaded.document, loaded.plan, first, name)


def _write(book: Book, plan_id: str, text: str, *, show_diff: bool = False) -> None:
    from acctplan.book import Change
    from acctplan.cli import console
    from acctplan.errors import UserError
    from acctplan.importers.names import file_name

    if not plan_id:
        raise UserError("this name cannot be spelt in letters from a to z", "name the file yourself: --id NAME")
    if file_name(plan_id, plan_id, ()) != plan_id:
        raise UserError(f"'{plan_id}' cannot be a plan's name", "lower-case letters, digits and hyphens, for example --id meridian-foods")
    path = book.plans_folder / f"{plan_id}.yaml"
    if path.exists():
        raise UserError(f"{book.display(path)} is already there", "choose another name: --id NAME")
    if show_diff:
        console.diff(book.display(path), None, text)
        return
    with book.lock():
        book.write([Change(path, None, text)])
    console.say(f"wrote {book.display(path)}")
    console.hint(f"next: fill in what you know, then acctplan check {plan_id}")
