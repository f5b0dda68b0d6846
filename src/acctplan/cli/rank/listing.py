"""The list of opportunities, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import short
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.ranked import Ranked, accounts, in_words, reach, short_name
from acctplan.diagnostic import plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score

_SHORT = 26
"""A command of so few characters has room behind what is said of it."""
_ROOMY = 110
"""From this width on there is room for ids."""


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
    _table(ranked, scores)
    if questions := _open_questions(ranked, scores):
        console.write("\n")
        console.paragraph(visible(questions))
    if unsure := next((score for score in scores if score.score < score.ceiling), None):
        console.hint(f"\n{reach(unsure)}: the score now, and if all that is unknown turned out well")
    best = scores[0]
    console.hint(f"\nwhy is it first? acctplan rank {plan_name(best.plan)} --explain {best.id}{ranked.options}")
    if len(scores) > 1:
        plan = f" {plan_name(best.plan)}" if len(ranked.plans) == 1 else ""
        again = f"acctplan rank{plan} --explain {ranked.place(scores[-1])}{ranked.options}"
        gap = " " if len(again) <= _SHORT else "\n"
        console.hint(f"any other by its rank, its id or a part of its name:{gap}{again}")


def _readings(ranked: Ranked, scores: Sequence[Score], place: int) -> None:
    """The reading of one factor, and why, beside the rank."""
    names, factor = accounts(scores), ranked.weighing[place][0]
    title = in_words(factor.name)
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


def _table(ranked: Ranked, scores: Sequence[Score]) -> None:
    names = accounts(scores)
    was = [f"was {usual}" if (usual := ranked.usual_place(score)) != ranked.place(score) else "" for score in scores]
    has_moved = any(was)
    has_room = console.width() >= _ROOMY + 10 * has_moved
    columns = [
        Column("", is_number=True),
        *([Column("")] if has_moved else ()),
        Column("Score", is_number=True),
        Column("Opportunity", wraps=True),
        Column("Account", wraps=True),
        Column("Value", is_number=True),
        Column("Unknown or past", wraps=True),
    ]
    made = []
    for score, before in zip(scores, was, strict=True):
        opportunity = score.opportunity
        value = "?" if opportunity.value is None else f"{short(opportunity.value)} {score.currency}"
        name = f"{opportunity.name} ({score.id})" if has_room else opportunity.name
        rank = [str(ranked.place(score)), *([before] if has_moved else ())]
        made.append([*rank, reach(score), name, names[score.plan], value, _unsettled(ranked, score)])
    console.table(columns, made)


def _unsettled(ranked: Ranked, score: Score) -> str:
    """What decides against it, and what is unknown or past, in words. The open questions of scorecards are counted apart."""
    against = ", ".join(dict.fromkeys(one.card for one in ranked.against(score)))
    unknown = dict.fromkeys(_in_short(term.factor) for term in score.terms if term.value is None and term.weight and "." not in term.factor)
    closes = score.opportunity.close_date
    past = [f"close date {closes}"] if closes is not None and closes < ranked.today else []
    return ", ".join([*([f"✗ no: {against}"] if against else []), *unknown, *past]) or "-"


def _in_short(factor: str) -> str:
    """A factor in a word: importance has two sides."""
    return factor.partition("_to_")[0].replace("_", "-")


def _open_questions(ranked: Ranked, scores: Sequence[Score]) -> str:
    """How many questions of scorecards that count are open: `Open too for each: 8 MEDDPICC questions`."""
    said = []
    for card in dict.fromkeys(term.factor.partition(".")[0] for term in scores[0].terms if "." in term.factor):
        counts = [
            sum(term.value is None and term.weight > 0 for term in score.terms if term.factor.startswith(f"{card}.")) for score in scores
        ]
        least, most = min(counts), max(counts)
        if most:
            often = f"{most}" if least == most else f"{least} to {most}"
            said.append(f"{often} {short_name(ranked.config, card)} question{'s' if most > 1 else ''}")
    return f"Open too{' for each' if len(scores) > 1 else ''}: {' and '.join(said)}." if said else ""


_TITLES = (
    "rank",
    "usual_rank",
    "score",
    "ceiling",
    "plan",
    "account",
    "opportunity",
    "name",
    "status",
    "stage",
    "value",
    "currency",
    "close_date",
    "decided_against",
)


def full_columns(ranked: Ranked) -> list[Column]:
    """The columns of the table in full, for programs."""
    return [Column(title) for title in (*_TITLES, *(f"{factor.name}_reading" for factor, _, _ in ranked.weighing))]


def full_row(ranked: Ranked, score: Score) -> list[str]:
    """The cells of `full_columns`."""
    opportunity = score.opportunity
    return [
        str(ranked.place(score)),
        str(ranked.usual_place(score)),
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
        ",".join(f"{one.card}.{one.term.question}" for one in ranked.against(score)),
        *("" if term.value is None else f"{term.value:.4f}" for term in score.terms),
    ]
