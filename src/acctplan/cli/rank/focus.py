"""What to pursue with so many days: the opportunities that fit and bring most, and what the others would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import short
from acctplan.analysis.focus import focus
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.amounts import exact
from acctplan.cli.rank.capacities import capacity_of
from acctplan.cli.rank.focus_as_json import document, per_day_of
from acctplan.cli.rank.heading import heading
from acctplan.cli.rank.ranked import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.analysis.focus import Choice, Focus, Later, Missing, Unweighed, Weighed
    from acctplan.cli.rank.ranked import Ranked

_MISSING: Mapping[Missing, str] = {
    "value": "value",
    "probability": "stage or probability",
    "effort_days": "effort in days",
    "owner": "owner",
    "capacity": "capacity of its owner",
}
_FEW = 2
"""So many others are named in a cell: more are not a simple exchange."""


def show(ranked: Ranked, capacity: Sequence[str], *, by_owner: bool, as_json: bool) -> None:
    """What to pursue, what to leave for later and what cannot be weighed; elsewhere than on a terminal one table of all.

    Raises:
        UserError: a capacity cannot be read, or is too large.
    """
    asked = capacity_of(capacity, ranked.plans.values(), by_owner=by_owner)
    found = focus(ranked.scores, ranked.plans, ranked.config, asked)
    if as_json:
        console.write(document(ranked, found))
    elif console.is_terminal():
        _tables(ranked, found)
    else:
        console.table([Column(title) for title in _TITLES], _rows(ranked, found))


def _tables(ranked: Ranked, found: Focus) -> None:
    names = accounts(ranked.scores)
    for number, choice in enumerate(found.choices):
        if number:
            console.write("\n")
        _choice(ranked, choice, names)
    if len(found.choices) > 1:
        console.write("\n")
        heading(f"Together ({_sums(found, ranked.config.currency)})")
    if found.unweighed:
        console.write("\n")
        heading("Cannot be weighed")
        rows = [[str(ranked.place(one.score)), one.score.opportunity.name, names[one.score.plan], _lacks(one)] for one in found.unweighed]
        columns = [Column("Rank", is_number=True), Column("Opportunity", wraps=True), Column("Account", wraps=True)]
        console.table([*columns, Column("Needs", wraps=True)], rows)
    weighed = [one for choice in found.choices for one in (*choice.pursue, *(later.weighed for later in choice.later))]
    _footnotes(ranked, weighed)
    if weighed:
        console.hint(
            "\nexpected: probability \N{MULTIPLICATION SIGN} value \N{MULTIPLICATION SIGN} margin,\n"
            "and the same of what it leads to, times its own probability (lead-in)"
        )
    if any("effort_days" in one.missing for one in found.unweighed):
        console.hint("\nsay in the plan what it will cost to pursue it, such as effort_days: 12")


def _footnotes(ranked: Ranked, weighed: Sequence[Weighed]) -> None:
    """What the signs behind amounts mean."""
    notes = []
    if any(one.expected.margin_assumed for one in weighed):
        margin = (ranked.config.ranking.assumed_margin * 100).normalize()
        notes.append(f"* a part of it names no margin: {margin:f} % are assumed")
    if any(one.expected.not_counted for one in weighed):
        notes.append("+ and more: it leads to something that has no value or no probability yet")
    for note in notes:
        console.write("\n")
        console.paragraph(note)


def _choice(ranked: Ranked, choice: Choice, names: Mapping[str, str]) -> None:
    """The tables of one person's days, or of everybody's."""
    whose = f"{choice.owner}: pursue" if choice.owner else "Pursue"
    heading(f"{whose} ({_sums(choice, ranked.config.currency)})")
    has_ahead = any(one.expected.ahead for one in choice.pursue)
    columns = [
        *(Column("Rank", is_number=True), Column("Opportunity", wraps=True), Column("Account", wraps=True), Column("Days", is_number=True)),
        *(
            Column("Expected", is_number=True),
            *([Column("Lead-in", is_number=True)] if has_ahead else ()),
            Column("Per day", is_number=True),
        ),
    ]
    rows = []
    for one in choice.pursue:
        ahead = [short(one.expected.ahead) if one.expected.ahead else ""] if has_ahead else []
        per_day = per_day_of(one)
        rows.append([*_names(ranked, one, names), *ahead, "free" if per_day is None else short(per_day)])
    if rows:
        console.table(columns, rows)
    else:
        console.write("nothing fits\n" if choice.later else "nothing to choose from\n")
    if choice.later:
        console.write("\n")
        heading("Leave for later")
        console.table([*columns[:5], Column("To take it in", wraps=True)], [_left(ranked, choice, later, names) for later in choice.later])


def _sums(days: Choice | Focus, currency: str) -> str:
    """`113 of 120 days, 7 unused; 742 k EUR expected`."""
    unused = days.capacity - days.used
    left = f", {unused:,} unused" if unused else ""
    return f"{days.used:,} of {_of_days(days.capacity)}{left}; {short(days.expected)} {currency} expected"


def _names(ranked: Ranked, one: Weighed, names: Mapping[str, str]) -> list[str]:
    amount = short(one.expected.amount) + "+" * bool(one.expected.not_counted) + "*" * one.expected.margin_assumed
    return [str(ranked.place(one.score)), one.score.opportunity.name, names[one.score.plan], str(one.days), amount]


def _left(ranked: Ranked, choice: Choice, later: Later, names: Mapping[str, str]) -> list[str]:
    row = _names(ranked, later.weighed, names)
    if later.cost is None:
        return [*row, f"takes more than {_of_days(choice.capacity)}"]
    cost = f"would cost {short(later.cost)}" if later.cost else "would cost nothing"
    if not later.weighed.expected.amount:
        return [*row, "brings nothing"]
    if later.instead_of and len(later.instead_of) + len(later.then_too) <= _FEW:
        cost += f": instead of {_listed(later.instead_of)}"
        cost += f", and {_listed(later.then_too)} would fit too" if later.then_too else ""
    return [*row, cost]


def _listed(some: Sequence[Weighed]) -> str:
    return " and ".join(one.score.opportunity.name for one in some)


def _lacks(one: Unweighed) -> str:
    return ", ".join(_MISSING[missing] for missing in one.missing)


def _of_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


_TITLES = (
    *("advice", "whose_days", "capacity", "rank", "plan", "account", "opportunity", "name", "owner", "days", "expected", "lead_in"),
    *("per_day", "margin_assumed", "cost", "instead_of", "then_too", "missing"),
)


def _rows(ranked: Ranked, found: Focus) -> Iterator[list[str]]:
    for choice in found.choices:
        whose = [choice.owner or "", str(choice.capacity)]
        for one in choice.pursue:
            yield ["pursue", *whose, *_cells(ranked, one), "", "", "", ""]
        for later in choice.later:
            cost = "" if later.cost is None else exact(later.cost)
            yield ["later", *whose, *_cells(ranked, later.weighed), cost, _ids(later.instead_of), _ids(later.then_too), ""]
    for apart in found.unweighed:
        days = apart.score.opportunity.effort_days
        cells = [*_identity(ranked, apart), "" if days is None else str(days)]
        yield ["not_weighed", "", "", *cells, *[""] * 7, ",".join(apart.missing)]


def _identity(ranked: Ranked, one: Weighed | Unweighed) -> list[str]:
    score = one.score
    return [str(ranked.place(score)), score.plan, score.account, score.id, score.opportunity.name, score.opportunity.owner or ""]


def _cells(ranked: Ranked, one: Weighed) -> list[str]:
    per_day = per_day_of(one)
    amounts = [exact(one.expected.amount), exact(one.expected.ahead), "" if per_day is None else exact(per_day)]
    return [*_identity(ranked, one), str(one.days), *amounts, str(one.expected.margin_assumed).lower()]


def _ids(some: Sequence[Weighed]) -> str:
    return ",".join(one.score.id for one in some)
