"""Every term of a score, as a waterfall: each bar begins where the one above ended."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.ranked import in_words
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score, Term
    from acctplan.cli.rank.ranked import Ranked
    from acctplan.diagnostic import Pointer

_FULL = 100
_TO_CARD = 4
"""Steps of a pointer to the answers of a scorecard."""
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
        _say_against(ranked, score)
    if scores:
        unknown = f"; {_UNKNOWN} unknown: what it could add at most" if any(score.score < score.ceiling for score in scores) else ""
        console.hint(f"\neach bar starts where the last one ended{unknown}")


def _say_against(ranked: Ranked, score: Score) -> None:
    """The answers that decide against it: no number of points outweighs them."""
    for one in ranked.against(score):
        line = ranked.line(score.plan, one.term.pointer)
        console.write("\n")
        console.paragraph(visible(f"✗ This question decides against the deal: {one.term.ask} {one.term.words} ({one.card}, line {line})"))


class _Part(NamedTuple):
    """A factor, or a scorecard with all of its questions."""

    name: str
    reading: str
    points: float
    out_of: float
    unknown: float
    """Points that it could still add."""
    why: str
    pointer: Pointer


def _parts(score: Score) -> list[_Part]:
    found = []
    for (card, dot), some in groupby(score.terms, lambda term: term.factor.partition(".")[:2]):
        terms = list(some)
        points, out_of = sum(term.points for term in terms), sum(term.out_of for term in terms)
        unknown = sum(term.out_of for term in terms if term.value is None)
        if dot:
            open_ = sum(term.value is None for term in terms)
            why = f"{f'{open_} open' if open_ else 'all answered'}: acctplan score {score.id} --card {card}"
            deepest = max((term.pointer for term in terms), key=len)
            found.append(_Part(card, "", points, out_of, unknown, why, deepest[:_TO_CARD]))
            continue
        (term,) = terms
        reading = "?" if term.value is None else f"{term.value:.2f}"
        found.append(_Part(in_words(term.factor), reading, points, out_of, unknown, term.reason, term.pointer))
    return found


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
    names = [*(part.name for part in _parts(score)), "score"]
    wide = max(map(len, names))
    console.write("\n" + "".join(f"{name:{wide}}  {bar}\n" for name, bar in zip(names, _bars(score, _BELOW), strict=True)))


def _rows(ranked: Ranked, score: Score) -> list[list[str]]:
    """A row for each factor and each scorecard, and one for the score."""
    rows = [
        [part.name, part.reading, f"{part.points:.1f} of {part.out_of:>5.1f}", part.why, f"line {ranked.line(score.plan, part.pointer)}"]
        for part in _parts(score)
    ]
    best = f"{score.ceiling:.1f}, if all that is unknown turned out well" if score.score < score.ceiling else ""
    return [*rows, ["score", "", f"{score.score:.1f} of {_FULL:.1f}", best, ""]]


def _bars(score: Score, wide: int) -> list[str]:
    """A bar for each part, beginning where the one above ended, and one for the score, of `wide` columns for 100 points."""
    bars, reached = [], 0.0
    for part in _parts(score):
        known = _bar(reached, part.points, wide)
        start = known or " " * int(reached * wide / _FULL)
        bars.append(start + _UNKNOWN * max(1, round(part.unknown * wide / _FULL)) if part.unknown else known)
        reached += part.points
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
