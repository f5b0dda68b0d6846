"""The best cells of white space, each with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.whitespace.asked import glued, points, why
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, wrap

if TYPE_CHECKING:
    from acctplan.analysis.white_space.book import Place
    from acctplan.analysis.white_space.openings import Opening
    from acctplan.cli.whitespace.asked import Asked


def show(asked: Asked, limit: int) -> None:
    """The first ones, with every term of their score. Nothing where there is no white space."""
    if not asked.best:
        return
    painter, width = console.painter(), console.width()
    console.write(f"\n{painter('path', 'White space, best first')}\n")
    console.paragraph("spend a year, points, what and where; below: why", indent=4)
    amounts = [asked.amount(place) for place in asked.best[:limit]]
    widest = max(map(len, amounts))
    for number, (amount, place) in enumerate(zip(amounts, asked.best, strict=False), 1):
        head = f"{number:>2}. {amount:>{widest}}  {_score(place)}  {visible(_name(asked, place))}"
        console.write("".join(f"{line}\n" for line in wrap([Word(one) for one in head.split(" ")], width, hanging=4)))
        console.write("".join(f"{line}\n" for line in wrap(glued(visible(why(asked, place))), width, painter, indent=4, hanging=4)))
    if len(asked.best) > limit:
        console.hint(f"    and {len(asked.best) - limit} more: -n {len(asked.best)}")


def reach(opening: Opening) -> str:
    """The score, and the ceiling where something is unknown: `64.1 … 74.1`."""
    low = points(opening.score)
    return low if opening.score == opening.ceiling else f"{low} … {points(opening.ceiling)}"


def _score(place: Place) -> str:
    return reach(place.opening) if place.opening else ""


def _name(asked: Asked, place: Place) -> str:
    account = f" · {asked.accounts[place.plan]}" if len(asked.found.accounts) > 1 else ""
    return f"{place.solution.name} · {asked.unit(place)}{account}"
