"""`acctplan new`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Currency, Diff, Starts, Today, complete_plans, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.scaffold import Answers

_LONGEST = 80
"""Characters of a plan's name, as of any id."""


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
    manager: Annotated[
        str | None, typer.Option(metavar="NAME", help="The account manager. Left out: git's user.name.", show_default=False)
    ] = None,
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
    from acctplan.cli.loading import writable_book
    from acctplan.errors import UserError
    from acctplan.scaffold import full_plan, starter_plan

    book = writable_book()
    if source is not None:
        if full or manager or currency:
            raise UserError("--full, --manager and --currency do not go with --from", "change the new plan once it is written")
        stem, text = _rolled(book, source, _readable(name or ""), starts)
        then = "next: think through what is marked, and close in the old plan what goes on in the new one. acctplan check {}"
    elif name is not None and name.strip():
        stem, text = "", _scaffolded(book, name, full_plan if full else starter_plan, starts, manager, currency, today)
        then = "next: fill in what you know, then acctplan check {}"
    else:
        raise UserError("for which customer?", 'give the name: acctplan new "Customer name"')
    _write(book, _path(book, stem or _stem(name or "") if plan_id is None else plan_id), text, then, show_diff=show_diff)


def first_plan(book: Book, name: str, currency: str | None) -> tuple[Path, str]:
    """The path and the text of a ten-minute plan for a customer.

    Raises:
        UserError: no file name can be made from the customer's.
    """
    from acctplan.scaffold import starter_plan

    return _path(book, _stem(name)), _scaffolded(book, name, starter_plan, currency=currency)


def _scaffolded(
    book: Book,
    name: str,
    scaffold: Callable[[Answers], str],
    starts: date | None = None,
    manager: str | None = None,
    currency: str | None = None,
    today: date | None = None,
) -> str:
    """The text of a new plan."""
    from pathlib import Path

    from acctplan.analysis.calendar import first_of_month
    from acctplan.book.git import user_name
    from acctplan.naming import slug
    from acctplan.scaffold import Answers

    who = manager or user_name(book.root if book.root.is_dir() else Path.cwd())
    answers = Answers(
        name=_readable(name),
        starts=starts or first_of_month(day_asked_for(today)),
        currency=currency or book.config.currency,
        fiscal_year_starts=book.config.revenue.fiscal_year_starts,
        manager_id=(slug(who) or "manager") if who else None,
        manager=_readable(who) if who else None,
    )
    return scaffold(answers)


def _readable(name: str) -> str:
    """A name on one line, without what nobody can see."""
    from acctplan.errors import UserError
    from acctplan.report.visible import visible

    one_line = " ".join(name.split())
    if visible(one_line) != one_line:
        raise UserError(f"a name with an invisible character: {visible(one_line)}", "type it again instead of pasting it")
    return one_line


def _stem(name: str) -> str:
    """The name of a customer's file."""
    from acctplan.errors import UserError
    from acctplan.naming import file_name, slug

    if not slug(name):
        raise UserError("no file name can be made from this customer's name", "choose one: acctplan new NAME --id tokyo-power")
    return file_name(name, "", ())


def _rolled(book: Book, source: str, name: str, starts: date | None) -> tuple[str, str]:
    """The name of the next period's file, and its text."""
    from datetime import timedelta

    from acctplan.cli.loading import load_one
    from acctplan.cli.options import LAST_DAY
    from acctplan.diagnostic import plan_name
    from acctplan.errors import UserError
    from acctplan.scaffold import roll_forward

    loaded = load_one(book, source)
    assert loaded.plan is not None
    assert loaded.document is not None
    ends = loaded.plan.profile.ends
    if starts is None:
        if ends is None or ends >= LAST_DAY:
            raise UserError(f"{loaded.path} does not say when its period ends", "give the first day of the new one: --starts 2027-01-01")
        starts = ends + timedelta(days=1)
    stem = _stem(name) if name else re.sub(r"-20[0-9]{2}$", "", plan_name(loaded.path))
    return f"{stem}-{starts.year}", roll_forward(loaded.document, loaded.plan, starts, book.config, name or None)


def _path(book: Book, plan_id: str) -> Path:
    """Where a plan of that name goes."""
    from acctplan.errors import UserError
    from acctplan.model.fields import ID_PATTERN
    from acctplan.naming import file_name, slug

    # `file_name` adds to what Windows keeps for devices.
    if not re.fullmatch(ID_PATTERN, plan_id) or len(plan_id) > _LONGEST or file_name(plan_id, "", ()) == f"{plan_id}-account":
        proposal = file_name(plan_id, "", ()) if slug(plan_id) else "meridian-foods"
        raise UserError(f"'{plan_id}' cannot be a plan's name", f"lower-case letters, digits and hyphens, for example --id {proposal}")
    return book.plans_folder / f"{plan_id}.yaml"


def _write(book: Book, path: Path, text: str, then: str, *, show_diff: bool) -> None:
    from acctplan.book import Change
    from acctplan.cli import console
    from acctplan.errors import UserError

    if path.exists():
        raise UserError(f"{book.display(path)} is already there", "choose another name: --id NAME")
    if show_diff:
        console.diff(book.display(path), None, text)
        return
    with book.lock():
        book.write([Change(path, None, text)])
    console.say(f"wrote {book.display(path)}")
    console.hint(then.format(path.stem))
