"""How far the order holds: with other weights, with the unknown filled in, and by another method."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.analysis.ranking.robust import CLOSE, CONCENTRATION, DRAWS, SEED, Call, robustness
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.as_json import document
from acctplan.cli.rank.ranked import Ranked, accounts
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.robust import Pair, Robustness

_SELDOM = 0.01
_FEW = 3
"""So many that are open are named at once."""
_ASK: Mapping[str, str] = {
    "value": "find out the value of {}",
    "access": "find out more about who decides on {}",
    "stage": "find out the stage of {}",
    "competition": "find out how we stand against others in {}",
    "importance_to_customer": "find out how important {} is to the customer",
    "importance_to_us": "agree on how important {} is to us",
    "lead_in": "find out the value of what {} leads to",
}
"""What to do about a factor that is unknown of the opportunity at a rank."""
_WIDEST = 100
"""Columns of a line that is easily read."""
_TRIED = (
    f"Tried {DRAWS:,} times: with other weights around yours (20 of 100 lies between 10 and 33 in 19 of 20 tries), and with every reading "
    "that is unknown anywhere from 0 to 1. Ranks: where it lands in 9 of 10 tries. Second method: its rank by the distance to an ideal "
    "opportunity (TOPSIS)."
)


def show(ranked: Ranked, first: int | None, *, as_json: bool) -> None:
    """A table, and in words whose order is not sure; elsewhere than on a terminal the table in full.

    Args:
        ranked: all that was ranked.
        first: how many are "the first so many"; None: 5.
        as_json: answer in JSON.
    """
    found = robustness(ranked.scores, first)
    if as_json:
        console.write(document(ranked, ranked.scores, robust=_document(ranked, found)))
    elif not console.is_terminal():
        _full(ranked, found)
    elif ranked.scores:
        console.paragraph(visible(_in_short(ranked, found)), widest=_WIDEST)
        console.write("\n")
        _table(ranked, found)
        _words(ranked, found)
        console.paragraph(f"\n{_TRIED}", widest=_WIDEST)


def _table(ranked: Ranked, found: Robustness) -> None:
    # Among the first of one is to come first, and among the first of all is everybody.
    has_within = 1 < found.first < len(ranked.scores)
    within = [Column(f"In first {found.first}", is_number=True)] * has_within
    names, listed = accounts(ranked.scores), _listed(ranked, found)
    console.table(
        [
            Column("", is_number=True),
            Column("Score", is_number=True),
            Column("Opportunity", wraps=True),
            Column("Account", wraps=True),
            Column("First", is_number=True),
            *within,
            Column("Ranks", is_number=True),
            Column("Second method", is_number=True, wraps=True),
        ],
        [
            [
                str(ranked.place(score)),
                f"{score.score:.1f}",
                score.opportunity.name,
                names[score.plan],
                _percent(standing.first),
                *([_percent(standing.within)] * has_within),
                f"{standing.low} to {standing.high}" if standing.low < standing.high else f"{standing.low}",
                str(standing.place),
            ]
            for number, (score, standing) in enumerate(zip(ranked.scores, found.standings, strict=True))
            if number in listed
        ],
    )
    seldom = len(found.standings) - len(listed)
    if seldom:
        others = "1 other comes" if seldom == 1 else f"{seldom} others come"
        among = f" or among the first {found.first}" if has_within else ""
        console.paragraph(f"{others} first{among} in less than 1 % of the tries.", widest=_WIDEST)


def _listed(ranked: Ranked, found: Robustness) -> set[int]:
    """Where in the ranking those stand who are in the table: not seldom first or among the first, or at one rank with such a one."""
    often = [max(standing.first, standing.within) >= _SELDOM for standing in found.standings]
    ranks = {ranked.place(score) for score, is_often in zip(ranked.scores, often, strict=True) if is_often}
    return {number for number, score in enumerate(ranked.scores) if ranked.place(score) in ranks}


def _percent(share: float) -> str:
    """A share in whole percent. Seldom is not never."""
    if 0 < share < _SELDOM:
        return "< 1 %"
    return "> 99 %" if 1 - _SELDOM < share < 1 else f"{100 * share:.0f} %"


class _Run(NamedTuple):
    """Neighbours in a row that the tries say the same about."""

    call: Call
    upper: int
    lower: int


def _runs(pairs: Sequence[Pair]) -> Iterator[_Run]:
    """Pairs that follow on each other taken together, but for those that change places: each has reasons of its own."""
    for _, group in groupby(
        enumerate(pairs), lambda one: (one[1].call, one[1].upper if one[1].call is Call.REVERSED else one[1].upper - one[0])
    ):
        run = [pair for _, pair in group]
        yield _Run(run[0].call, run[0].upper, run[-1].upper + 1)


def _words(ranked: Ranked, found: Robustness) -> None:
    """Whose order is not sure, of those that are listed."""
    runs = list(_runs(_listed_pairs(ranked, found)))
    if runs:
        console.write("\n")
    for run in runs:
        console.paragraph(_sentence(ranked, found, run), widest=_WIDEST)
    if found.cut is not None and found.cut in _listed_pairs(ranked, found):
        who = "Who comes first" if found.first == 1 else f"Who just makes the first {found.first}"
        said = "is not sure: the next one is ahead more often" if found.cut.call is Call.REVERSED else "is too close to call"
        console.paragraph(f"{who} {said}.", widest=_WIDEST)


def _listed_pairs(ranked: Ranked, found: Robustness) -> list[Pair]:
    """The neighbours whose order is not sure, both of whom are in the table: of others nothing is said."""
    listed = _listed(ranked, found)
    return [pair for pair in found.unsure if {pair.upper, pair.upper + 1} <= listed]


def _in_short(ranked: Ranked, found: Robustness) -> str:
    """What is sure and what is not: `Sure: 1 (first in 79 %). Open: 3 against 4: find out the stage of 4`."""
    first = found.standings[0].first
    if first > 1 - CLOSE:
        said = f"Sure: 1 (first in {_percent(first)})."
    else:
        likely = max(range(len(found.standings)), key=lambda number: found.standings[number].first)
        other = f", {ranked.place(ranked.scores[likely])} in {_percent(found.standings[likely].first)}" if likely else ""
        said = f"Not sure who comes first: 1 in {_percent(first)}{other}."
    pairs = [pair for pair in _listed_pairs(ranked, found) if pair.call is not Call.LEVEL]
    open_ = [_to_find_out(ranked, ranked.scores[pair.upper], ranked.scores[pair.upper + 1]) for pair in pairs[:_FEW]]
    more = f"; and {len(pairs) - _FEW} more, see below" if len(pairs) > _FEW else ""
    return f"{said} Open: {'; '.join(open_)}{more}." if open_ else said


def _to_find_out(ranked: Ranked, upper: Score, lower: Score) -> str:
    """Two whose order is not sure, and which answer of theirs could tell most about it."""
    who = f"{ranked.place(upper)} against {ranked.place(lower)}"
    unknown = [(term, ranked.place(score)) for score in (lower, upper) for term in score.terms if term.value is None and term.out_of]
    if not unknown:
        return f"{who}: the weights alone decide it"
    term, place = max(unknown, key=lambda one: one[0].out_of)
    card, dot, question = term.factor.partition(".")
    return f"{who}: answer {question} of {place} ({card})" if dot else f"{who}: {_ASK[term.factor].format(place)}"


def _sentence(ranked: Ranked, found: Robustness, run: _Run) -> str:
    upper, lower = ranked.scores[run.upper], ranked.scores[run.lower]
    first, last = ranked.place(upper), ranked.place(lower)
    shares = [_percent(standing.ahead) for standing in sorted(found.standings[run.upper + 1 : run.lower + 1], key=lambda one: one.ahead)]
    is_pair = len(shares) == 1
    if first == last:
        who = f"Both at {first}" if is_pair else f"All at {first}"
    else:
        who = f"{first} and {last}" if is_pair else f"{first} to {last}"
    if run.call is Call.LEVEL:
        return f"{who} are level in every try: nothing that counts tells them apart."
    if run.call is Call.REVERSED:
        why = f": more is unknown about {last}, and its score counts that as nothing" if _unknown(lower) > _unknown(upper) else ""
        return f"{who} change places in {shares[0]} of the tries{why}."
    if is_pair:
        which = "the second" if first == last else str(last)
        return f"{who} are too close to call: {which} is ahead in {shares[0]} of the tries."
    between = shares[0] if shares[0] == shares[-1] else f"{shares[0].removesuffix(' %')} to {shares[-1]}"
    return f"{who} are too close to call, each with the next: the lower one is ahead in {between} of the tries."


def _unknown(score: Score) -> float:
    """The points that are unknown."""
    return score.ceiling - score.score


_TITLES = ("rank", "score", "plan", "account", "opportunity", "name", "first", "within_first", "first_n", "rank_low", "rank_high")


def _full(ranked: Ranked, found: Robustness) -> None:
    """The table for programs."""
    titles = (*_TITLES, "ahead_of_previous", "call_with_previous", "topsis_rank", "topsis_closeness")
    calls = {pair.upper + 1: pair.call for pair in found.unsure}
    console.table(
        [Column(title) for title in titles],
        [
            [
                str(ranked.place(score)),
                f"{score.score:.2f}",
                score.plan,
                score.account,
                score.id,
                score.opportunity.name,
                f"{standing.first:.4f}",
                f"{standing.within:.4f}",
                str(found.first),
                str(standing.low),
                str(standing.high),
                f"{standing.ahead:.4f}" if number else "",
                calls.get(number, ""),
                str(standing.place),
                f"{standing.closeness:.4f}",
            ]
            for number, (score, standing) in enumerate(zip(ranked.scores, found.standings, strict=True))
        ],
    )


def _document(ranked: Ranked, found: Robustness) -> dict[str, Any]:
    return {
        "draws": DRAWS,
        "seed": SEED,
        "concentration": CONCENTRATION,
        "first_n": found.first,
        "is_cut_sure": found.cut is None,
        "opportunities": [
            {
                "rank": ranked.place(score),
                "plan": score.plan,
                "opportunity": score.id,
                "first": standing.first,
                "within_first": standing.within,
                "ranks": {"low": standing.low, "high": standing.high},
                "topsis": {"rank": standing.place, "closeness": standing.closeness},
            }
            for score, standing in zip(ranked.scores, found.standings, strict=True)
        ],
        "unsure": [
            {
                "upper": _named(ranked.scores[pair.upper]),
                "lower": _named(ranked.scores[pair.upper + 1]),
                "call": pair.call,
                "lower_ahead": found.standings[pair.upper + 1].ahead,
            }
            for pair in found.unsure
        ],
    }


def _named(score: Score) -> dict[str, str]:
    return {"plan": score.plan, "opportunity": score.id}
