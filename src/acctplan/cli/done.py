"""`acctplan done`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Diff, OnDay, Today, complete_actions, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit
    from acctplan.loader import Loaded


def done(
    action: Annotated[
        list[str],
        typer.Argument(
            metavar="[PLAN] ACTION",
            help="The id of an action, with its plan where several have it.",
            show_default=False,
            autocompletion=complete_actions,
        ),
    ],
    on: OnDay = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="It will not be done any more.")] = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What came of it.", show_default=False)] = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """An action is done: its status, and the day.

    \b
    Examples:
      acctplan done pilot-page
      acctplan done meridian pilot-page --on yesterday --note "Tobias asked for the second page"
      acctplan done crew-training --cancel
    """
    from acctplan.cli.editing import change
    from acctplan.cli.entries import locate
    from acctplan.cli.values import day_given, noted
    from acctplan.edit import Delete, Set
    from acctplan.errors import UserError

    now = day_asked_for(today)
    found = locate(action, "action")
    pointer = found.entry.pointer
    day = day_given(on, now)
    if cancel and on is not None:
        raise UserError("--on has no meaning with --cancel", "leave it out")
    if day > now:
        raise UserError(f"{day} is still to come", "note it when it is done")

    def edits(loaded: Loaded) -> Iterator[Edit]:
        entry = _action(loaded, pointer)
        yield Set((*pointer, "status"), "cancelled" if cancel else "done")
        if not cancel:
            yield Set((*pointer, "done"), day)
        elif entry.get("done"):
            yield Delete((*pointer, "done"))
        if note is not None:
            yield noted(loaded, (*pointer, "notes"), entry.get("notes"), note, now)

    said = f"{found.entry.name}: {'cancelled' if cancel else f'done on {day}'}"
    change(found.book, [found.path], edits, show_diff=show_diff, said=said)


def _action(loaded: Loaded, pointer: Pointer) -> dict[str, str]:
    """What the plan says of an action as it is under the lock."""
    from acctplan.analysis.actions import placed_actions
    from acctplan.errors import UserError

    placed = {} if loaded.plan is None else {one.pointer: one.action for one in placed_actions(loaded.plan)}
    if pointer not in placed:
        raise UserError(f"{loaded.path} has no such action any more", "see what changed in the plan")
    action = placed[pointer]
    return {key: str(value) for key, value in (("done", action.done), ("notes", action.notes)) if value}
