"""What to pursue with so many days: the opportunities that fit and bring most, and what the others would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import short
from acctplan.analysis.ranking.focus import focus
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.amounts import exact
from acctplan.cli.rank.capacities import capacity_of
from acctplan.cli.rank.focus_as_json import document, per_day_of
from acctplan.cli.rank.heading import heading
from acctplan.cli.rank.ranked import accounts, why_not
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.focus import Choice, Focus, Later, Missing, MoreDays, Unweighed, Weighed
    from acctplan.cli.rank.ranked import Ranked

_MISSING: Mapping[Missing, str] = {
    "value": "value",
    "probability": "stage or probability",
    "effort_days": "effort in days",
    "owner": "owner",
    "capacity": "capacity of its owner",
}
_FIELDS: Mapping[Missing, str] = {"probability": "stage"}
"""What to write into the plan, where it is called otherwise."""
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
        _choice(ranked, choice, names, [one for one in found.unweighed if one.owner and one.owner == choice.owner])
    if len(found.choices) > 1:
        console.write("\n")
        heading(f"Together ({_sums(found, ranked.config.currency)})")
    _apart(ranked, found, names)
    weighed = [one for choice in found.choices for one in (*choice.pursue, *(later.weighed for later in choice.later))]
    _footnotes(ranked, weighed)
    if weighed:
        console.hint(
            "\nexpected: probability \N{MULTIPLICATION SIGN} value \N{MULTIPLICATION SIGN} margin,\n"
            "and the same of what it leads to, times its own probability (lead-in)"
        )
    if any("effort_days" in one.missing for one in found.unweighed):
        console.hint("\nsay in the plan what it will cost to pursue it, such as effort_days: 12")


def _apart(ranked: Ranked, found: Focus, names: Mapping[str, str]) -> None:
    """What no choice was made about, and why."""
    lacking = [one for one in found.unweighed if "capacity" not in one.missing]
    others = [one for one in found.unweighed if "capacity" in one.missing]
    tables = (
        ("Cannot be weighed", "Needs", [(one.score, _lacks(one)) for one in lacking]),
        ("Not asked about (other owners)", "Owner", [(one.score, one.owner or "") for one in others]),
        ("Decided against", "Because", [(score, "; ".join(map(why_not, ranked.against(score)))) for score in found.against]),
    )
    for title, last, rows in tables:
        if not rows:
            continue
        console.write("\n")
        heading(title)
        columns = [
            Column("Rank", is_number=True),
            Column("Opportunity", wraps=True),
            Column("Account", wraps=True),
            Column(last, wraps=True),
        ]
        console.table(columns, [[str(ranked.place(score)), score.opportunity.name, names[score.plan], why] for score, why in rows])


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


def _choice(ranked: Ranked, choice: Choice, names: Mapping[str, str], unweighed: Sequence[Unweighed]) -> None:
    """The tables of one person's days, or of everybody's.

    Args:
        ranked: all that was ranked.
        choice: of those days.
        names: of the accounts, by plan.
        unweighed: what the person owns that cannot be weighed.
    """
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
    elif choice.later:
        console.write("nothing fits\n")
    elif unweighed:
        console.paragraph(visible(_needed(str(choice.owner), unweighed)))
    else:
        console.write("nothing to choose from\n")
    if choice.more is not None:
        console.paragraph(visible(_more(choice.more)))
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


def _more(more: MoreDays) -> str:
    """`10 more days would let Ripening rooms in`."""
    instead = f", instead of {_listed(more.gone)}" if more.gone else ""
    return f"{more.days:,} more {'day' if more.days == 1 else 'days'} would let {_listed(more.come)} in{instead}"


def _needed(owner: str, unweighed: Sequence[Unweighed]) -> str:
    """`Mats has 1 deal, without days: add effort_days to km2-renewal`."""
    count = "1 deal" if len(unweighed) == 1 else f"{len(unweighed)} deals"
    without = "without days" if all(one.missing == ("effort_days",) for one in unweighed) else "which cannot be weighed yet"
    fields = [" and ".join(_FIELDS.get(missing, missing) for missing in one.missing) + f" to {one.score.id}" for one in unweighed]
    return f"{owner} has {count}, {without}: add {'; '.join(fields)}"


def _lacks(one: Unweighed) -> str:
    return ", ".join(_MISSING[missing] for missing in one.missing)


def _of_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


_TITLES = (
    *("advice", "whose_days", "capacity", "rank", "plan", "account", "opportunity", "name", "owner", "days", "expected", "lead_in"),
    *("per_day", "margin_assumed", "cost", "instead_of", "then_too", "missing", "because"),
)


def _rows(ranked: Ranked, found: Focus) -> Iterator[list[str]]:
    for choice in found.choices:
        whose = [choice.owner or "", str(choice.capacity)]
        for one in choice.pursue:
            yield ["pursue", *whose, *_cells(ranked, one), "", "", "", "", ""]
        for later in choice.later:
            cost = "" if later.cost is None else exact(later.cost)
            yield ["later", *whose, *_cells(ranked, later.weighed), cost, _ids(later.instead_of), _ids(later.then_too), "", ""]
    for apart in found.unweighed:
        days = apart.score.opportunity.effort_days
        cells = [*_identity(ranked, apart.score), "" if days is None else str(days)]
        advice = "not_asked_about" if "capacity" in apart.missing else "not_weighed"
        yield [advice, "", "", *cells, *[""] * 7, ",".join(apart.missing), ""]
    for score in found.against:
        days = score.opportunity.effort_days
        because = "; ".join(map(why_not, ranked.against(score)))
        yield ["decided_against", "", "", *_identity(ranked, score), "" if days is None else str(days), *[""] * 8, because]


def _identity(ranked: Ranked, score: Score) -> list[str]:
    return [str(ranked.place(score)), score.plan, score.account, score.id, score.opportunity.name, score.opportunity.owner or ""]


def _cells(ranked: Ranked, one: Weighed) -> list[str]:
    per_day = per_day_of(one)
    amounts = [exact(one.expected.amount), exact(one.expected.ahead), "" if per_day is None else exact(per_day)]
    return [*_identity(ranked, one.score), str(one.days), *amounts, str(one.expected.margin_assumed).lower()]


def _ids(some: Sequence[Weighed]) -> str:
    return ",".join(one.score.id for one in some)
