"""`acctplan add`: the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.add.kinds import KINDS
from acctplan.cli.options import Diff, Today, complete_added, day_asked_for

if TYPE_CHECKING:
    from datetime import date

    from acctplan.cli.add.adding import Added
    from acctplan.cli.add.asked import Said
    from acctplan.loader import Loaded


def _kinds(incomplete: str) -> list[str]:
    return [kind for kind in KINDS if kind.startswith(incomplete)]


def add(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help=f"What to add: {', '.join(KINDS)}.", show_default=False, autocompletion=_kinds)
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLAN WORDS FIELD=VALUE...]",
            help="The plan, what it is called or says, then other fields. On a terminal, what is left out is asked for.",
            show_default=False,
            autocompletion=complete_added,
        ),
    ] = None,
    identifier: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; left out: made from its words.", show_default=False)
    ] = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Add a contact, an opportunity, an action, a meeting or anything else to a plan.

    An action says where it belongs: to=OBJECTIVE (or to=OBJECTIVE.STRATEGY), for=OPPORTUNITY, or meeting=DAY; an objective and a
    strategy that it needs are made with it. A strategy says to=OBJECTIVE. A meeting that is to come becomes the next one, one that was
    is noted as held. Days are said as people say them, and entries of the plan by their id, their name or a part of it.

    \b
    Examples:
      acctplan add contact meridian "Lena Vos" title=CFO roles=decision_maker stance=neutral
      acctplan add opportunity meridian "Sensors for the plants" status=open value=420_000 close_date=eoq
      acctplan add action meridian "Send the figures" for=sensors owner=amira due=fri
      acctplan add insight meridian "Cut write-offs" kind=goal as_of=today
      acctplan add role meridian sensors "Lena Vos" role=evaluator
      acctplan add meeting meridian +6w
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.add.adding import adding
    from acctplan.cli.add.asked import Said, asked
    from acctplan.cli.editing import change
    from acctplan.cli.loading import load_one
    from acctplan.diagnostic import closest, format_pointer
    from acctplan.errors import UserError

    if kind is not None and kind not in KINDS:
        near = closest(kind, KINDS)
        raise UserError(f"nothing called '{kind}' can be added", f"did you mean {near}?" if near else f"one of {', '.join(KINDS)}")
    day, words = day_asked_for(today), words or []
    book = find_for(words[:1])
    if kind is not None and len(words) > 1:
        with_contact = kind == "role" and len(words) > 2 and "=" not in words[2]  # noqa: PLR2004  plan, opportunity, contact
        said = Said(kind, words[0], words[1], _fields([f"contact={words[2]}", *words[3:]] if with_contact else words[2:]))
    elif (answers := asked(book, kind, words, day)) is not None:
        said = answers
    else:
        console.say("nothing was added")
        return

    def added(loaded: Loaded) -> Added:
        return adding(loaded, said.kind, said.words, said.fields, day, book.config, identifier=identifier)

    loaded = load_one(book, said.plan)
    made = added(loaded)
    (after,) = change(
        book,
        book.resolve([said.plan]),
        lambda loaded: added(loaded).edits,
        show_diff=show_diff,
        said=_done(said, day, made, loaded),
    )
    if after.plan is not None and not show_diff and said.kind not in ("meeting", "action", "strategy", "role"):
        section = KINDS[said.kind].section
        made = list(getattr(after.plan, section))[-1]
        console.hint(f"its id is {made}; change it with: acctplan set {said.plan} {format_pointer((section, made))}.FIELD VALUE")


def _done(said: Said, today: date, made: Added, loaded: Loaded) -> str:
    from acctplan.cli.days import day_said

    if said.kind == "meeting":
        return f"noted the relationship meeting of {day_said(said.words, today)}"
    if said.kind == "role":
        assert loaded.plan is not None
        _, opportunity, _, contact = map(str, made.edits[-1].pointer)
        return f"{loaded.plan.contacts[contact].name or contact} has a part in '{loaded.plan.opportunities[opportunity].name}' now"
    besides = f", with {' and '.join(made.besides)}" if made.besides else ""
    return f"added the {said.kind} '{said.words}'{besides}"


def _fields(said: list[str]) -> dict[str, str]:
    from acctplan.errors import UserError

    found: dict[str, str] = {}
    for one in said:
        field, equals, value = one.partition("=")
        if not equals or not field or not value:
            raise UserError(f"'{one}' is no field", "write FIELD=VALUE, such as title=CFO")
        found[field.strip()] = value
    return found
