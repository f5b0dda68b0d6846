"""`acctplan note`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Diff, OnDay, Today, complete_noted, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.cli.entries import Named
    from acctplan.edit import Edit
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_KINDS = ("contact", "opportunity", "objective", "action", "unit", "solution", "competitor")
"""What has notes, as `entries` calls it."""
_OTHERS = {"risk": ("a risk", "response"), "insight": ("an insight", "source")}
"""What has none, and the field that says most like it."""


def note(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[PLAN] ENTRY TEXT",
            help="The id of anything that has notes, or a part of its name, with its plan where several have it; and what to write down.",
            show_default=False,
            autocompletion=complete_noted,
        ),
    ],
    on: OnDay = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Write down a note of today, above those that stand there.

    Of a contact, an opportunity, an objective, an action, a unit, a solution or a competitor. Notes stay with us: no document for the
    customer has them. That you spoke with somebody is better said with acctplan log.

    \b
    Examples:
      acctplan note sensors "budget is in the plant's plan for next year"
      acctplan note meridian kestrel "hired two people for service" --on -3d
    """
    from acctplan.cli.editing import change
    from acctplan.cli.values import day_given, noted
    from acctplan.diagnostic import format_pointer
    from acctplan.errors import UserError

    *named, text = map(str, words)
    if not 1 <= len(named) <= 2:  # noqa: PLR2004  an entry, or a plan and that
        raise UserError("an entry and a note are wanted", 'write acctplan note [PLAN] ENTRY "what to write down"')
    day = day_given(on, day_asked_for(today), is_past=True)
    book, path, kind, entry = _found(named)

    def edits(loaded: Loaded) -> Iterator[Edit]:
        found = None if loaded.plan is None else {one.pointer: one for one in _entries(loaded.plan, (kind,)).get(kind, ())}
        if loaded.plan is None or found is None or entry.pointer not in found:
            raise UserError(f"{loaded.path} has no {format_pointer(entry.pointer)} any more", "see what changed in the plan")
        pointer = (*entry.pointer, "notes")
        yield noted(loaded, pointer, _standing(loaded, pointer), text, day)

    change(book, [path], edits, show_diff=show_diff, said=f"noted on {entry.name}")


def _found(named: Sequence[str]) -> tuple[Book, Path, str, Named]:
    """The one entry that somebody named, over all kinds: by its id, else by its name or a part of one."""
    from acctplan.book import find_for
    from acctplan.cli.entries import alike, plan_meant, say_which
    from acctplan.cli.loading import load_one, load_sound
    from acctplan.diagnostic import closest, format_pointer, plan_name
    from acctplan.errors import UserError

    *plans, word = named
    book = find_for(plans)
    paths = book.resolve(plans)
    sound = [(paths[0], load_one(book, plans[0]))] if plans else list(load_sound(book, paths))
    known = [
        (path, loaded, kind, one)
        for path, loaded in sound
        if loaded.plan
        for kind, found in _entries(loaded.plan, (*_KINDS, *_OTHERS)).items()
        for one in found
    ]
    found = [one for one in known if word in (one[3].id, format_pointer(one[3].pointer))]
    found = found or alike(word, known, lambda one: (one[3].id, one[3].name))
    noting = [one for one in found if one[2] in _KINDS]
    if len(noting) == 1:
        path, _, kind, entry = noting[0]
        return book, path, kind, entry
    if noting:
        say_which([(format_pointer(one[3].pointer), one[3].name, plan_name(one[1].path)) for one in noting])
        raise UserError(f"{len(noting)} may be meant by {word}", "name the plan, and the entry as the first column has it")
    if found:
        what, field = _OTHERS[found[0][2]]
        pointer = format_pointer((*found[0][3].pointer, field))
        raise UserError(f"{what} has no notes", f"its {field}: acctplan set {plan_name(found[0][1].path)} {pointer} '…'")
    if not plans and plan_meant(book, word) is not None:
        raise UserError(f"a note on what of {word}?", f'name an entry: acctplan note {word} ENTRY "…"')
    near = closest(word, [one[3].id for one in known])
    where = f" in {sound[0][1].path}" if plans else ""
    raise UserError(f"nothing is called {word}{where}", f"did you mean {near}?" if near else "give an id, or a part of a name")


def _entries(plan: Plan, kinds: Sequence[str]) -> dict[str, list[Named]]:
    from acctplan.cli.entries import entries

    return {kind: list(entries(plan, kind)) for kind in kinds}


def _standing(loaded: Loaded, pointer: Sequence[str | int]) -> str | None:
    """The notes that stand there so far."""
    data = loaded.read().data
    for step in pointer:
        data = data.get(str(step)) if isinstance(data, dict) else None
    return data if isinstance(data, str) else None
