"""Several plans: by solution, who has it and who could still buy it, then the best cells of all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import short
from acctplan.cli import console
from acctplan.cli.whitespace import best
from acctplan.cli.whitespace.asked import glued
from acctplan.render.view.words import CELL, OPPORTUNITY
from acctplan.report.visible import visible
from acctplan.report.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.white_space.book import Holding, SolutionRow
    from acctplan.cli.whitespace.asked import Asked

_NAMED = 5
"""How many units a line names."""


def show(asked: Asked, limit: int) -> None:
    """A block for each solution of which something is known, and the best cells."""
    if not asked.solutions:
        console.say("there is nothing to sell: name your solutions under [solutions] in acctplan.toml")
        return
    painter, width = console.painter(), console.width()
    _money(asked)
    told = [row for row in asked.solutions if len(row.unknown.places) < len(row.places)]
    for row in told:
        console.write(f"{painter('path', visible(row.solution.name))} ({row.solution.id})\n")
        for text in _lines(asked, row):
            console.write("".join(f"{line}\n" for line in wrap(glued(visible(text)), width, indent=2, hanging=6)))
        console.write("\n")
    if untold := [visible(row.solution.name) for row in asked.solutions if row not in told]:
        console.paragraph(f"Nothing known of: {', '.join(untold)}")
        console.write("\n")
    if told:
        soon = f" · ! contract over, or ends within {asked.soon} days" if any(place.ends_soon for place in asked.places) else ""
        console.paragraph(f"Units are counted; amounts in {asked.currency} a year, as far as known{soon}")
        best.show(asked, limit)
        first = max(told, key=lambda row: len(row.white.places))
        console.hint(f"\nwho has it, line by line: acctplan whitespace --solution {first.solution.id}")


def _money(asked: Asked) -> None:
    """How many places there are to sell into, and what they are worth as far as that is known."""
    count = len(asked.best)
    if count:
        known = asked.known_spend
        worth = "nothing is known of what they spend there" if known is None else f"{short(known)} {asked.currency} a year known"
        console.paragraph(f"{count} place{'s' * (count > 1)} to sell into, {worth}")
        console.write("\n")


def _lines(asked: Asked, row: SolutionRow) -> Iterator[str]:
    """What there is of a solution; what there is none of has no line."""
    for sign, holding, tells_who in (
        (_sign("ours"), row.ours, True),
        (_sign("competitor"), row.competitor, True),
        (_sign("in_house"), row.in_house, True),
        (_sign("open"), row.open, False),
        (f"{CELL['blocked'].symbol} blocked or not needed", row.ruled_out, False),
        (f"{OPPORTUNITY['open'].symbol} pursued already", row.pursued, False),
        ("▶ white space", row.white, False),
    ):
        if holding.places:
            spend = f", {short(holding.spend)}" if holding.spend and tells_who else ""
            yield f"{sign}: {len(holding.places)}{spend} · {_where(asked, holding, tells_who=tells_who)}"
    if row.unknown.places:
        accounts = len(row.unknown.accounts)
        yield f"{_sign(None)}: {len(row.unknown.places)} in {accounts} account{'s' * (accounts > 1)}, ask"


def _sign(key: str | None) -> str:
    sign = CELL[key]
    return f"{sign.symbol} {sign.word}"


def _where(asked: Asked, holding: Holding, *, tells_who: bool) -> str:
    """The accounts and units, with who has it there and until when; the first few of them."""
    named = []
    for place in islice(holding.places, _NAMED):
        unit = f" ({asked.unit(place)})" if place.cell.unit else ""
        ends = asked.contract(place)
        facts = [asked.competitor(place), f"ends {ends}" if ends else None] if tells_who else []
        inside = ", ".join(filter(None, facts))
        named.append(f"{asked.accounts[place.plan]}{unit}{f': {inside}' if inside else ''}")
    if (left := len(holding.places) - _NAMED) > 0:
        named.append(f"{left} more")
    return "; ".join(named)
