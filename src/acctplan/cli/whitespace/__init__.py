"""`acctplan whitespace`: the command, and the choice of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for
from acctplan.diagnostic import plan_name

if TYPE_CHECKING:
    from acctplan.analysis.white_space.book import AccountSpace
    from acctplan.cli.whitespace.asked import Asked

_FIELDS = ": status, competitor, spend, contract_ends"
_MOST = 10
"""Of the best cells, on a terminal."""


def whitespace(
    plans: Plans = None,
    solution: Annotated[
        str | None, typer.Option(metavar="ID", help="One solution in detail: a line for each unit of each account.", show_default=False)
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=1, metavar="N", help="Only so many of the best cells; left out: 10 on a terminal.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What each unit buys of what we sell, from whom, and where we could still sell more.

    One plan: units by solutions, our share of wallet, and the white space, best first and why. Several plans: by solution, who has it and
    who could still buy it. White space is open or a competitor's, with no opportunity over it. What is unknown is not open: ask. Piped,
    it is one line for each cell; with -n one for each of the best.

    \b
    Examples:
      acctplan whitespace meridian
      acctplan whitespace
      acctplan whitespace --solution platform
      acctplan whitespace --json
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.cli.whitespace.asked import Asked

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    sound = {one.path: (path, one.plan) for path, one in load_sound(book, paths) if one.plan}
    asked = Asked.of(book, sound, day_asked_for(today), solution)
    if as_json:
        from acctplan.cli.whitespace.as_json import document

        console.write(document(asked, limit))
    elif not console.is_terminal():
        from acctplan.cli.whitespace import rows

        rows.show(asked, limit)
    else:
        _for_people(asked, solution, limit or _MOST)
    if sound and solution is None:
        _missing(asked)
    raise typer.Exit(0 if len(sound) == len(paths) else 1)


def _for_people(asked: Asked, solution: str | None, limit: int) -> None:
    if solution is not None:
        from acctplan.cli.whitespace import one_solution

        one_solution.show(asked, limit)
    elif len(asked.found.accounts) == 1:
        from acctplan.cli.whitespace import one_plan

        one_plan.show(asked, limit)
    elif asked.found.accounts:
        from acctplan.cli.whitespace import roll_up

        roll_up.show(asked, limit)


def _missing(asked: Asked) -> None:
    """Say of plans without white space what to write first."""
    from acctplan.cli import console

    accounts = asked.found.accounts
    if len(accounts) == 1:
        if not accounts[0].openings:
            console.say(_first_step(accounts[0]))
        return
    silent = [account for account in accounts if not account.plan.white_space]
    if silent:
        some = "1 plan says" if len(silent) == 1 else f"{len(silent)} plans say"
        console.hint(f"\n{some} nothing of what units have. What to do first: acctplan whitespace {plan_name(silent[0].name)}")


def _first_step(account: AccountSpace) -> str:
    """What to write first in a plan that has no white space."""
    plan = account.plan
    if not plan.units:
        return f"no white space yet: name the parts of the customer that buy under `units`, then what each has under `white_space`{_FIELDS}"
    if not account.space.solutions:
        return "no white space yet: name what you sell under [solutions] in acctplan.toml, or under `solutions` in the plan"
    if not plan.white_space:
        return f"no white space yet: write what the units have under `white_space`, target units first{_FIELDS}"
    if unknown := sum(place.is_unknown for place in account.places):
        return f"no white space among what is known: ask about the {unknown} unknown cell{'s' * (unknown > 1)}, target units first"
    cells = [place.cell.entry for place in account.places if place.cell.entry is not None]
    wanting = ["`spend`"] if any(cell.spend is None for cell in cells) else []
    wanting += ["`contract_ends`"] if any(cell.contract_ends is None for cell in cells) else []
    next_step = f"; to see what it is worth and when, add {' and '.join(wanting)} to the cells under `white_space`" if wanting else ""
    return f"no white space: all that is open or a competitor's has an opportunity already{next_step}"
