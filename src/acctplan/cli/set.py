"""`acctplan set`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Diff, Today, complete_pointers, day_asked_for


def set_(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN... POINTER VALUE",
            help="Plans, then the field, then its new value.",
            show_default=False,
            autocompletion=complete_pointers,
        ),
    ],
    remove: Annotated[bool, typer.Option("--remove", help="Take the field or entry out: PLAN... POINTER, without a value.")] = False,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Give a field another value, and leave everything else as it is: comments, layout, the order of lines.

    Days may be said as people do (today, +2w, fri, eom, eoq, 2027-Q1), amounts as 250k or 1.2m, shares in percent, lists with commas,
    entries of the plan by their names. What would make the plan wrong is refused.

    \b
    Examples:
      acctplan set meridian contacts.lena-vos.stance supportive
      acctplan set meridian opportunities.sensors.close_date eoq --diff
      acctplan set meridian contacts.lena-vos.roles decision_maker,sponsor
      acctplan set meridian risks.plant-it --remove
      acctplan set acme meridian profile.fiscal_year_starts 4
    """
    from acctplan.book import find_for
    from acctplan.cli.editing import change
    from acctplan.cli.values import entry_meant, missing_entry, pointer_said, value_said
    from acctplan.diagnostic import format_pointer
    from acctplan.edit import Delete, Edit, Set, Value
    from acctplan.errors import UserError
    from acctplan.loader import Loaded

    least = 2 if remove else 3
    if len(plans) < least:
        wanted = "PLAN POINTER --remove" if remove else "PLAN POINTER VALUE"
        raise UserError("not enough was said", f"write acctplan set {wanted}")
    names, (said, *value) = (plans[:-1], plans[-1:]) if remove else (plans[:-2], plans[-2:])
    pointer = pointer_said(said)
    book, day = find_for(names), day_asked_for(today)

    def written(loaded: Loaded) -> Value:
        return value_said(value[0], pointer, day, loaded.plan, book.config)

    def edits(loaded: Loaded) -> list[Edit]:
        if missing := missing_entry(loaded.read().data, pointer):
            near = entry_meant(loaded.read().data, missing)
            hint = f"did you mean {near}?" if near else "to add one: acctplan add"
            raise UserError(f"{loaded.path} has no {format_pointer(missing)}", hint)
        return [Delete(pointer)] if remove else [Set(pointer, written(loaded))]

    def done(loaded: Loaded) -> str:
        return f"{format_pointer(pointer)} {'taken out' if remove else f'is now {_in_words(written(loaded))}'}"

    change(book, book.resolve(names), edits, show_diff=show_diff, said=done)


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "empty"
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
