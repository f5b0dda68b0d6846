"""The list of opportunities, best first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import short
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.ranked import Ranked, accounts, reach
from acctplan.diagnostic import plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.analysis.ranking import Score

COLUMNS = (
    Column("", is_number=True),
    Column("Score", is_number=True),
    Column("Opportunity", wraps=True),
    Column("Account", wraps=True),
    Column("Value", is_number=True),
    Column("Unknown or past", wraps=True),
)
"""Of the table that people see."""


def show(ranked: Ranked, scores: Sequence[Score], by: str | None = None) -> None:
    """A table with what is unknown or past; elsewhere than on a terminal one with every reading.

    Args:
        ranked: all that was ranked.
        scores: those to list, in their order.
        by: the factor that they are sorted by, whose readings and reasons are then shown.
    """
    place = None if by is None else [factor.name for factor, _, _ in ranked.weighing].index(by)
    if not console.is_terminal():
        reason = [] if place is None else [Column("reason")]
        reasons = [[] if place is None else [score.terms[place].reason] for score in scores]
        full = [[*full_row(ranked, score), *why] for score, why in zip(scores, reasons, strict=True)]
        console.table([*full_columns(ranked), *reason], full)
        return
    if not scores:
        return
    if place is not None:
        _readings(ranked, scores, place)
        return
    console.table(COLUMNS, rows(ranked, scores))
    if unsure := next((score for score in scores if score.score < score.ceiling), None):
        console.hint(f"\n{reach(unsure)}: the score now, and if all that is unknown turned out well")
    best = scores[0]
    console.hint(f"\nwhy is it first? acctplan rank {plan_name(best.plan)} --explain {best.id}")


def _readings(ranked: Ranked, scores: Sequence[Score], place: int) -> None:
    """The reading of one factor, and why, beside the rank."""
    names, factor = accounts(scores), ranked.weighing[place][0]
    title = factor.name.replace("_", " ")
    made = []
    for score in scores:
        term = score.terms[place]
        reading = "?" if term.value is None else f"{term.value:.2f}"
        made.append([reading, term.reason, score.opportunity.name, names[score.plan], str(ranked.place(score))])
    console.table(
        [
            *(Column(title.capitalize(), is_number=True, wraps=True), Column("Why", wraps=True)),
            *(Column("Opportunity", wraps=True), Column("Account", wraps=True), Column("Rank", is_number=True)),
        ],
        made,
    )
    console.hint(f"\n{title}: {visible(factor.summary)}, from 0 to 1; ? is unknown")


def rows(ranked: Ranked, scores: Sequence[Score]) -> list[list[str]]:
    """The cells of `COLUMNS`."""
    names = accounts(scores)
    return [_row(ranked, score, names[score.plan]) for score in scores]


def _row(ranked: Ranked, score: Score, account: str) -> list[str]:
    value = "?" if score.opportunity.value is None else f"{short(score.opportunity.value)} {score.currency}"
    return [str(ranked.place(score)), reach(score), score.opportunity.name, account, value, _unsettled(score, ranked.today)]


def _unsettled(score: Score, today: date) -> str:
    """What is unknown or past, in words."""
    unknown = Counter(_in_short(term.factor) for term in score.terms if term.value is None and term.weight)
    cards = {term.factor.partition(".")[0] for term in score.terms if "." in term.factor}
    said = [f"{name} ({count})" if name in cards else name for name, count in unknown.items()]
    closes = score.opportunity.close_date
    past = [f"close date {closes}"] if closes is not None and closes < today else []
    return ", ".join([*said, *past]) or "-"


def _in_short(factor: str) -> str:
    """A factor in a word: importance has two sides, and a scorecard many questions."""
    return factor.partition(".")[0].partition("_to_")[0].replace("_", "-")


_TITLES = ("rank", "score", "ceiling", "plan", "account", "opportunity", "name", "status", "stage", "value", "currency", "close_date")


def full_columns(ranked: Ranked) -> list[Column]:
    """The columns of the table in full, for programs."""
    return [Column(title) for title in (*_TITLES, *(f"{factor.name}_reading" for factor, _, _ in ranked.weighing))]


def full_row(ranked: Ranked, score: Score) -> list[str]:
    """The cells of `full_columns`."""
    opportunity = score.opportunity
    return [
        str(ranked.place(score)),
        f"{score.score:.2f}",
        f"{score.ceiling:.2f}",
        score.plan,
        score.account,
        score.id,
        opportunity.name,
        opportunity.status,
        opportunity.stage or "",
        "" if opportunity.value is None else format(opportunity.value, "f"),
        score.currency,
        "" if opportunity.close_date is None else opportunity.close_date.isoformat(),
        *("" if term.value is None else f"{term.value:.4f}" for term in score.terms),
    ]
