"""`acctplan interview`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from acctplan.cli.options import Diff, Json, Today, complete_plans, day_asked_for

if TYPE_CHECKING:
    from pathlib import Path

    from acctplan.book import Book


def interview(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="A plan, by name or path; or a new customer's name.",
            show_default=False,
            autocompletion=complete_plans,
        ),
    ],
    level: Annotated[
        Literal["start", "working"],
        typer.Option(help="How far to ask: start is the ten-minute plan, working what a plan that people work with should say too."),
    ] = "working",
    most: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after so many questions.", show_default=False)] = None,
    minutes: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Ask nothing new after so many minutes.", show_default=False)
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List what would be asked, in order, with why; ask nothing.")] = False,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Answers instead of a terminal, each on a line: POINTER: VALUE. - is standard input.",
            show_default=False,
        ),
    ] = None,
    is_new: Annotated[bool, typer.Option("--new", help="Start the plan if there is none, without asking.")] = False,
    as_json: Json = False,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Talk a plan into shape: the most valuable missing answer first, in the order of a conversation, and why it is asked.

    Each answer is saved at once, so stop whenever you like: q, Ctrl-D or Ctrl-C. Enter skips. ? is "don't know": it is noted in the plan,
    and becomes a question for the customer (acctplan questions). Days may be said as people do, choices by number or word, and a name
    that the plan does not have yet becomes a new entry.

    \b
    Examples:
      acctplan interview meridian
      acctplan interview meridian --minutes 5
      acctplan interview "Meridian Foods" --new --level start
      acctplan interview meridian --list --json
      acctplan interview meridian --answers notes.txt --diff
    """
    from acctplan.book import find_for
    from acctplan.cli.asking import can_ask
    from acctplan.cli.interview.given import answered_from
    from acctplan.cli.interview.listed import listed
    from acctplan.cli.interview.session import Session
    from acctplan.cli.interview.talk import talk
    from acctplan.errors import UserError

    if answers is not None and (most or minutes):
        raise UserError("--most and --minutes go with a conversation", "leave them out: every line of the answers is taken")
    if (listing or as_json) and (answers is not None or show_diff):
        raise UserError("--list asks nothing, so there is nothing to answer", "leave out --list")
    if answers is None and not listing and not as_json and not can_ask():
        raise UserError(
            "an interview needs a terminal",
            "see what it would ask with --list, and answer with --answers FILE: a POINTER: VALUE on each line",
        )
    book = find_for([plan])
    session = Session(book, _path(book, plan, is_new=is_new, writes=not (show_diff or listing or as_json)), day_asked_for(today), show_diff)
    is_short = level == "start"
    if listing or as_json:
        listed(session, is_short=is_short, most=most, as_json=as_json)
    elif answers is not None:
        answered_from(session, answers)
    else:
        talk(session, is_short=is_short, most=most, minutes=minutes)


def _path(book: Book, plan: str, *, is_new: bool, writes: bool) -> Path:
    """The plan's path; of a customer who has none yet, a new plan's, where that is wanted."""
    from acctplan.cli.asking import can_ask
    from acctplan.errors import UserError

    try:
        paths = book.resolve([plan])
    except UserError as error:
        if not writes or error.hint.startswith("did you mean") or "/" in plan:
            raise
        if not is_new and not can_ask():
            raise UserError(error.message, f'start one with --new, or: acctplan new "{plan}"') from None
        if not is_new and not _agreed(plan):
            raise
        return _started(plan)
    if len(paths) > 1:
        raise UserError(f"{plan} holds {len(paths)} plans", "name one of them")
    return paths[0]


def _agreed(name: str) -> bool:
    from acctplan.cli.asking import ask

    answer = ask(f"There is no plan {name} yet. Start one? [Y/n]", "say --new")
    return (answer or "y").casefold() in ("y", "yes")


def _started(name: str) -> Path:
    from acctplan.book import Change
    from acctplan.cli import console
    from acctplan.cli.loading import writable_book
    from acctplan.cli.new import first_plan
    from acctplan.errors import UserError

    book = writable_book()
    path, text = first_plan(book, name, None)
    if path.exists():
        raise UserError(f"{book.display(path)} is already there", f"acctplan interview {path.stem}")
    with book.lock():
        book.write([Change(path, None, text)])
    console.say(f"wrote {book.display(path)}")
    return path
