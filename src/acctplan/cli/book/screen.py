"""The accounts for people: a table that gives up its least important columns where a terminal is narrow, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import percent, short
from acctplan.cli import console
from acctplan.cli.book.shown import NEVER_REVIEWED, NONE_PLANNED
from acctplan.cli.console import Column
from acctplan.report.visible import columns as wide_as
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from acctplan.cli.book.shown import Shown
    from acctplan.portfolio import Line, Total

_MOST_HOURS = 5
_MOST_EXPIRING = 3
"""The others stay for the steps."""
_GAP = 2
"""Between two columns."""
_LONGEST_NAME = 36
"""Of an opportunity: with its rank and score, two lines of the table."""
_NOTHING = "-"
_EMPTY = (_NOTHING, NONE_PLANNED, NEVER_REVIEWED)
"""Where a whole column says nothing else, it is left out."""


class _Shown(NamedTuple):
    """A column, and how much it matters."""

    column: Column
    weight: int
    """Where there is no room, the column that weighs least goes first. 0: it stays."""
    least: int
    """What it takes at least, where its text may be broken over lines."""
    cell: Callable[[Shown, Line], str]


def show(shown: Shown) -> None:
    """The table, what it comes to, why accounts are at risk where that was asked for, and where an hour pays most."""
    if not shown.lines:
        return
    _table(shown)
    console.write("\n")
    console.paragraph(_total(shown))
    if shown.shows_reasons:
        _reasons(shown)
    _hours(shown)
    if shown.total.at_risk and not shown.shows_reasons:
        console.hint("\nwhy are they at risk? acctplan book --at-risk")


_SORTED = {
    "attention": "Sorted by what needs attention: act now first, then watch; then most reasons, then the largest gap.",
    "gap": "Sorted by the gap, the largest first.",
    "forecast": "Sorted by the forecast, the largest first.",
    "health": "Sorted by health, the poorest first.",
    "overdue": "Sorted by what is overdue, most first.",
    "account": "Sorted by the name of the account.",
}


def _table(shown: Shown) -> None:
    _dim(_SORTED[shown.sort])
    console.write("\n")
    names = shown.names
    every = [[cell(shown, line) for _, _, _, cell in _COLUMNS] for line in shown.lines]
    for row, line in zip(every, shown.lines, strict=True):
        row[0] = names[line.plan]
    used = [place for place in range(len(_COLUMNS)) if any(row[place] not in _EMPTY for row in every)]
    kept = _that_fit(used, every)
    console.table([_COLUMNS[place].column for place in kept], [[row[place] for place in kept] for row in every])
    titles = [_COLUMNS[place].column.title for place in kept]
    notes = []
    if "Health" in titles:
        notes.append("Health is completeness, freshness, coverage and execution: G good, F fair, P poor, - nothing applies.")
    if {"Goal", "Forecast", "Gap"}.intersection(titles):
        notes.append(f"Amounts are in {shown.currency}{_converted(shown)}.")
    if any(line.is_uncertain for line in shown.lines):
        notes.append("+ ?: more may come of opportunities whose value, probability or close date is not known.")
    if gone := [_COLUMNS[place].column.title.lower() for place in used if place not in kept]:
        notes.append(f"A wider terminal also shows: {', '.join(gone)}.")
    if empty := [column.title.lower() for place, (column, *_) in enumerate(_COLUMNS) if place not in used]:
        notes.append(f"Not in any plan: {', '.join(empty)}.")
    if notes:
        console.write("\n")
        _dim(" ".join(notes))


def _converted(shown: Shown) -> str:
    rates = ", ".join(f"1 {currency} = {one.rate} {shown.currency} ({one.as_of})" for currency, one in shown.rates.items())
    return f", converted at {rates}" if rates else ""


def _that_fit(places: Sequence[int], rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that a terminal has room for."""

    def least(place: int) -> int:
        column, _, narrowest, _ = _COLUMNS[place]
        whole = max(wide_as(column.title), *(wide_as(visible(row[place])) for row in rows))
        return (min(narrowest, whole) if column.wraps else whole) + _GAP

    kept = list(places)
    while sum(map(least, kept)) > console.width() and (spare := [place for place in kept if _COLUMNS[place].weight]):
        kept.remove(min(spare, key=lambda place: _COLUMNS[place].weight))
    return kept


def _goal(_: Shown, line: Line) -> str:
    return _NOTHING if line.goal is None else short(line.goal)


def _forecast(_: Shown, line: Line) -> str:
    if line.amounts is None:
        return _NOTHING
    share = "" if line.amounts.expected is None else f" {percent(line.amounts.expected)}"
    return f"{short(line.amounts.forecast)}{' + ?' if line.is_uncertain else ''}{share}"


def _gap(_: Shown, line: Line) -> str:
    if line.gap is None:
        return _NOTHING
    return short(line.gap) if line.gap >= 0 else f"{short(-line.gap)} over"


def _health(_: Shown, line: Line) -> str:
    return " ".join(_NOTHING if mark.band is None else mark.band[0].upper() for mark in line.health)


def _top(shown: Shown, line: Line) -> str:
    """The best opportunity with its rank and score; a name that would take more than two lines is cut."""
    if line.top is None:
        return _NOTHING
    name = line.top.name if len(line.top.name) <= _LONGEST_NAME else f"{line.top.name[: _LONGEST_NAME - 1].rstrip()}…"
    return f"{shown.ranks[line.plan]}. {name} ({line.top.score:.1f})"


_COLUMNS = (
    _Shown(Column("Account", wraps=True), 0, 12, lambda _, line: line.account),
    _Shown(Column("At risk"), 4, 0, lambda _, line: line.grade or _NOTHING),
    _Shown(Column("Manager", wraps=True), 2, 9, lambda _, line: line.manager or _NOTHING),
    _Shown(Column("Goal", is_number=True), 2, 0, _goal),
    _Shown(Column("Forecast", is_number=True), 7, 0, _forecast),
    _Shown(Column("Gap", is_number=True), 6, 0, _gap),
    _Shown(Column("Health"), 8, 0, _health),
    _Shown(Column("Top opportunity", wraps=True), 5, 24, _top),
    _Shown(Column("Overdue", is_number=True), 0, 0, lambda _, line: str(len(line.late))),
    _Shown(Column("Next meeting", wraps=True), 3, 13, lambda shown, line: shown.meeting(line.meeting)),
    _Shown(Column("Review due", wraps=True), 1, 13, lambda shown, line: shown.review(line.review)),
)


def _total(shown: Shown) -> str:
    """What the accounts come to, in a sentence or two."""
    total, amounts = shown.total, shown.total.amounts
    accounts = "1 account" if total.accounts == 1 else f"{total.accounts} accounts"
    parts = []
    if amounts is not None:
        if amounts.goal is not None:
            parts.append(f"goal {shown.worth(amounts.goal)}")
        share = "" if amounts.expected is None else f" ({percent(amounts.expected)})"
        parts.append(f"forecast {shown.worth(amounts.forecast)}{share}")
        if amounts.gap is not None:
            parts.append(f"gap {shown.worth(amounts.gap)}" if amounts.gap >= 0 else f"{shown.worth(-amounts.gap)} over the goal")
    parts.append(f"{total.late} overdue")
    parts.append(f"{total.at_risk} at risk{_grades(total)}")
    text = f"Total of {accounts}: {', '.join(parts)}."
    if amounts is None or amounts.goal is None:
        return f"{text} No account has a revenue goal, so there is no gap."
    if total.without_goal:
        without = "1 account has" if total.without_goal == 1 else f"{total.without_goal} accounts have"
        return f"{text} {without} no goal; what is forecast there is part of the total."
    return text


def _grades(total: Total) -> str:
    """How many of those at risk cannot wait."""
    counts = (("act now", total.act_now), ("watch", total.at_risk - total.act_now))
    said = ", ".join(f"{words}: {count}" for words, count in counts if count)
    return f" ({said})" if said else ""


def _reasons(shown: Shown) -> None:
    names, painter = shown.names, console.painter()
    for line in shown.lines:
        console.write(f"\n{painter('path', visible(names[line.plan]))}: {line.grade}\n")
        for reason in sorted(line.reasons, key=lambda one: one.grade != "act now"):
            parts = [Word("!", "warning") if reason.grade == "act now" else Word("·"), *words(visible(reason.words))]
            console.write("".join(f"{each}\n" for each in wrap(parts, console.width(), painter, indent=2, hanging=4)))


def _hours(shown: Shown) -> None:
    """Where an hour pays most, in a few lines: first what cannot wait."""
    if not (shown.by_hour or shown.expiring):
        return
    names, painter = shown.names, console.painter()
    console.write(f"\n{painter('path', 'Where an hour pays most')}\n")
    late = [f"{names[line.plan]}: {shown.expiring_words(one)}" for line, one in shown.expiring]
    texts = late[:_MOST_EXPIRING]
    texts += [
        f"{names[line.plan]}, {shown.hour(line.hour)}: {shown.step(line.hour.best[0])}"
        for line in shown.by_hour[: _MOST_HOURS - len(texts)]
    ]
    for number, text in enumerate(texts, 1):
        parts = [Word(f"{number}."), *words(visible(text))]
        console.write("".join(f"{each}\n" for each in wrap(parts, console.width(), painter, indent=2, hanging=5)))
    if (more := len(late) - _MOST_EXPIRING) > 0:
        _dim(f"{more} more {'ends' if more == 1 else 'end'} soon or {'is' if more == 1 else 'are'} late: acctplan book --json")
    if shown.by_hour:
        _dim("What a step could move is the margin that hangs on it, not a promise: value × margin × points ÷ 100, over all opportunities.")


def _dim(text: str) -> None:
    """A remark, in lines that fit."""
    painter = console.painter()
    console.write("".join(f"{painter('dim', line)}\n" for line in wrap(words(text), console.width())))
