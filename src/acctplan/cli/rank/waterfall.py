"""Every term of a score, as a waterfall: each bar begins where the one above ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score, Term
    from acctplan.cli.rank.ranked import Ranked

_FULL = 100
_BESIDE, _BELOW = 25, 36
"""Columns that 100 points take: as a column of the table, and in a picture of their own below it."""
_ROOMY = 110
"""From this width on there is a column to spare."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_UNKNOWN = "░"


def show(ranked: Ranked, scores: Sequence[Score]) -> None:
    """A table of terms for each opportunity; elsewhere than on a terminal one for all."""
    if not console.is_terminal():
        titles = ("plan", "opportunity", "factor", "weight", "value", "points", "out_of", "reason", "line")
        console.table([Column(title) for title in titles], [_full_row(ranked, score, term) for score in scores for term in score.terms])
        return
    for number, score in enumerate(scores):
        if number:
            console.write("\n")
        header = f"{ranked.place(score)}. {visible(score.opportunity.name)} · {visible(score.account)}"
        line = ranked.line(score.plan, ("opportunities", score.id))
        console.write(f"{console.paint('path', header)}\n{console.paint('dim', f'{visible(score.plan)}:{line}')}\n")
        if console.width() >= _ROOMY:
            _with_bars(ranked, score)
        else:
            console.table(_COLUMNS, _rows(ranked, score))
            _bars_below(score)
    if any(score.score < score.ceiling for score in scores):
        console.hint(f"\n{_UNKNOWN} unknown: what it could add at most")


_COLUMNS = (
    Column("Factor"),
    Column("Reading", is_number=True),
    Column("Points", is_number=True),
    Column("Why", wraps=True),
    Column("Read from"),
)
_BEFORE_BARS = 3


def _with_bars(ranked: Ranked, score: Score) -> None:
    columns = [*_COLUMNS[:_BEFORE_BARS], Column("Waterfall"), *_COLUMNS[_BEFORE_BARS:]]
    bars = _bars(score, _BESIDE)
    rows = [[*row[:_BEFORE_BARS], bar, *row[_BEFORE_BARS:]] for row, bar in zip(_rows(ranked, score), bars, strict=True)]
    console.table(columns, rows)


def _bars_below(score: Score) -> None:
    names = [*(term.factor for term in score.terms), "score"]
    wide = max(map(len, names))
    console.write("\n" + "".join(f"{name:{wide}}  {bar}\n" for name, bar in zip(names, _bars(score, _BELOW), strict=True)))


def _rows(ranked: Ranked, score: Score) -> list[list[str]]:
    """A row for each term, and one for the score."""
    rows = [
        [
            term.factor,
            "?" if term.value is None else f"{term.value:.2f}",
            f"{term.points:.1f} of {term.out_of:>5.1f}",
            term.reason,
            f"line {ranked.line(score.plan, term.pointer)}",
        ]
        for term in score.terms
    ]
    best = f"{score.ceiling:.1f}, if all that is unknown turned out well" if score.score < score.ceiling else ""
    return [*rows, ["score", "", f"{score.score:.1f} of {_FULL:.1f}", best, ""]]


def _bars(score: Score, wide: int) -> list[str]:
    """A bar for each term, beginning where the one above ended, and one for the score, of `wide` columns for 100 points."""
    bars, reached = [], 0.0
    for term in score.terms:
        if term.value is None:
            bars.append(" " * int(reached * wide / _FULL) + _UNKNOWN * max(1, round(term.out_of * wide / _FULL)))
        else:
            bars.append(_bar(reached, term.points, wide))
            reached += term.points
    whole = _bar(0, score.score, wide)
    return [*bars, whole + _UNKNOWN * (round(score.ceiling * wide / _FULL) - len(whole))]


def _bar(start: float, points: float, wide: int) -> str:
    """A bar from the column that `start` lies in, drawn to an eighth of a column at its end."""
    if points <= 0:
        return ""
    first = int(start * wide / _FULL)
    eighths = max(1, round((start + points) * wide * 8 / _FULL) - first * 8)
    return " " * first + "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _full_row(ranked: Ranked, score: Score, term: Term) -> list[str]:
    return [
        score.plan,
        score.id,
        term.factor,
        f"{term.weight:g}",
        "" if term.value is None else f"{term.value:.4f}",
        f"{term.points:.4f}",
        f"{term.out_of:.4f}",
        term.reason,
        str(ranked.line(score.plan, term.pointer)),
    ]
