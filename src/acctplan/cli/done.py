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
    """An action is done: its status, and the day. One that was done already keeps its day, unless --on names another.

    \b
    Examples:
      acctplan done pilot-page
      acctplan done meridian pilot-page --on yesterday --note "Tobias asked for the second page"
      acctplan done crew-training --cancel
    """
    from acctplan.cli import console
    from acctplan.cli.editing import change
    from acctplan.cli.entries import locate
    from acctplan.cli.values import day_given, noted
    from acctplan.edit import Delete, Set
    from acctplan.errors import UserError

    now = day_asked_for(today)
    found = locate(action, "action")
    pointer = found.entry.pointer
    day = day_given(on, now, is_past=True)
    if cancel and on is not None:
        raise UserError("--on has no meaning with --cancel", "leave it out")
    if day > now:
        raise UserError(f"{day} is still to come", "note it when it is done")

    stood = _action(found.loaded, pointer)
    keeps_its_day = not cancel and on is None and _is_done(stood)
    if keeps_its_day:
        known = f"on {stood['done']} already: name another day" if "done" in stood else "already, on a day that nobody noted: name it"
        console.say(f"{found.entry.name} was done {known} with --on")
        if note is None:
            return

    def edits(loaded: Loaded) -> Iterator[Edit]:
        entry = _action(loaded, pointer)
        if cancel:
            yield Set((*pointer, "status"), "cancelled")
            if "done" in entry:
                yield Delete((*pointer, "done"))
        elif not keeps_its_day:
            yield Set((*pointer, "status"), "done")
            yield Set((*pointer, "done"), day)
        if note is not None:
            yield noted(loaded, (*pointer, "notes"), entry.get("notes"), note, now)

    said = f"{found.entry.name}: {'cancelled' if cancel else 'noted' if keeps_its_day else f'done on {day}'}"
    change(found.book, [found.path], edits, show_diff=show_diff, said=said)


def _is_done(action: dict[str, str]) -> bool:
    return action["status"] == "done" or ("done" in action and action["status"] != "cancelled")


def _action(loaded: Loaded, pointer: Pointer) -> dict[str, str]:
    """What the plan says of an action as it is under the lock."""
    from acctplan.analysis.actions import placed_actions
    from acctplan.errors import UserError

    placed = {} if loaded.plan is None else {one.pointer: one.action for one in placed_actions(loaded.plan)}
    if pointer not in placed:
        raise UserError(f"{loaded.path} has no such action any more", "see what changed in the plan")
    action = placed[pointer]
    return {key: str(value) for key, value in (("status", action.status), ("done", action.done), ("notes", action.notes)) if value}
