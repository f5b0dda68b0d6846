"""Results of scorecards for people, and as rows for programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from acctplan.analysis.factors.base import percent
from acctplan.analysis.scorecards import DERIVED
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.heading import heading
from acctplan.cli.rank.ranked import in_words
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.scorecards import Result, Term
    from acctplan.cli.score.scored import Scored

_SHORT = 67
"""A command of so few characters has room behind what it is for."""
_NEXT = 5
"""Questions that are named as the next ones to ask."""


def show(scored: Scored, card: str | None) -> None:
    """The card that was asked for, else each that has answers; elsewhere than on a terminal a row for each answer.

    Raises:
        UserError: there is no such card.
    """
    results = scored.cards(card)
    if not console.is_terminal():
        rows = [_full_row(scored, one, term) for result in results for one in (result, *scored.rivals(result.card)) for term in one.terms]
        console.table([Column(title) for title in _FULL], rows)
    else:
        for number, result in enumerate(results):
            console.write("\n" if number else "")
            _result(scored, result)
    if not results:
        _begin(scored)


def _begin(scored: Scored) -> None:
    found = scored.found
    console.say(
        f"no scorecard has answers for {found.opportunity.name} yet\n"
        f"  begin with one of {', '.join(found.config.cards)}: {found.command} --card {next(iter(found.config.cards))} --ask\n"
        f"  or see what the plan itself says: {found.command} --card {DERIVED}"
    )


def _result(scored: Scored, result: Result) -> None:
    found = scored.found
    rivals = scored.rivals(result.card)
    place = f"{found.loaded.path}:{scored.line(('opportunities', found.id))}"
    title = f"{found.opportunity.name} · {found.plan.profile.name}"
    console.write(f"{console.paint('path', visible(title))}\n{console.paint('dim', visible(place))}\n{visible(result.name)}\n\n")
    _table(scored, result, rivals)
    console.write("\n")
    _sums(result)
    for rival in rivals:
        name = found.plan.competitors[str(rival.competitor)].name
        console.paragraph(f"{visible(name)}: {_points(rival)}")
    _warnings(result)
    _next(result)
    if result.open and result.card == DERIVED:
        console.hint("\nread off the plan: fill in there what is unknown")
    elif result.open:
        again = f"{found.command} --card {result.card} --ask"
        gap = " " if len(again) <= _SHORT else "\n"
        console.hint(f"\nanswer them:{gap}{again}")


def _table(scored: Scored, result: Result, rivals: Sequence[Result]) -> None:
    """The answers; a card in parts has a table for each, under its heading."""
    wide = max(len(_question(result, term)) for term in result.terms)
    places = range(len(result.terms))
    for part, some in groupby(places, lambda place: result.terms[place].part):
        part_of_it = list(some)
        if part is not None:
            console.write("\n" if part_of_it[0] else "")
            heading(f"{part}  {_part_points([result.terms[place] for place in part_of_it])}")
        _answers(scored, result, rivals, part_of_it, wide)


def _answers(scored: Scored, result: Result, rivals: Sequence[Result], places: Sequence[int], wide: int) -> None:
    # Where every grade says in words what it means, the words of the question would say it twice.
    card = scored.found.config.cards.get(result.card)
    has_words = card is not None and all(question.grades for question in card.questions.values())
    names = scored.found.plan.competitors
    columns = [Column("Question"), *(() if has_words else (Column("Asks", wraps=True),)), Column("Answer", wraps=has_words)]
    columns += [Column(visible(names[str(rival.competitor)].name)) for rival in rivals]
    columns += [Column("How we know", wraps=True), Column("Points", is_number=True)]
    rows: list[list[str]] = []
    for place in places:
        term = result.terms[place]
        asks = [] if has_words else [term.ask]
        theirs = [_theirs(rival.terms[place]) for rival in rivals]
        known = _how_we_know(scored, result, term)
        rows.append([_question(result, term).ljust(wide), *asks, _answer(result, term), *theirs, known, _term_points(term)])
    console.table(columns, rows)


def _part_points(terms: Sequence[Term]) -> str:
    """`0 so far, of 25`."""
    sure, whole = (f"{round(sum(some), 1):g}" for some in ([term.points for term in terms], [term.out_of for term in terms]))
    return f"{sure} so far, of {whole}" if any(term.value is None for term in terms) else f"{sure} of {whole}"


def _question(result: Result, term: Term) -> str:
    return in_words(term.question) if result.card == DERIVED else term.question


def _answer(result: Result, term: Term) -> str:
    """By symbol and word; what is read off the plan by its reading."""
    if result.card != DERIVED:
        return f"{term.mark or '?'} {term.words}"
    return "? unknown" if term.value is None else f"{term.value:.2f}"


def _theirs(term: Term) -> str:
    if term.mark is None or term.value is None:
        return "? unknown"
    return f"{term.mark} {term.words}" if term.mark in ("+", "-") else f"{term.mark} of 3"


def _how_we_know(scored: Scored, result: Result, term: Term) -> str:
    if result.card == DERIVED:
        return term.words
    if term.value is None and not term.evidence and (said := scored.plan_says(result, term)):
        return f"the plan says: {said}"
    if term.as_of is None:
        return term.evidence or ""
    day = f"{term.as_of}, stale" if scored.is_stale(term) else str(term.as_of)
    return f"{term.evidence} ({day})" if term.evidence else day


def _term_points(term: Term) -> str:
    return f"up to {term.out_of:.1f}" if term.value is None else f"{term.points:.1f} of {term.out_of:.1f}"


def _points(result: Result) -> str:
    best = f", {result.ceiling:.1f} if all that is unknown turned out well" if result.ceiling > result.points else ""
    return f"{result.points:.1f} of 100 points so far{best}; {result.answered} of {len(result.terms)} answered"


def _sums(result: Result) -> None:
    if not result.answered:
        console.paragraph(f"0 of {len(result.terms)} answered: all points are still open")
        return
    console.paragraph(_points(result))
    against = ", but a deciding question has a no" if result.gates_failed else ""
    if result.is_settled:
        word = result.possible[0]
        band = f"Band: {word}{', and no answer still to come can change that' if result.open else ''}"
    elif not result.known:
        band = "Too early to say: nothing that counts is known yet"
    elif result.band is None:
        band = f"Too early to say: {result.answered} of {len(result.terms)} answered"
    else:
        *others, last = result.possible
        band = f"Band: {result.band} so far; it could still end as {', '.join(others)} or {last}"
    console.paragraph(f"{visible(band)}{against}")


def _warnings(result: Result) -> None:
    for term in result.gates_failed:
        console.paragraph(f"✗ decides against it: {visible(term.ask)} {term.mark} {visible(term.words)}")
    if result.probability is None or not result.minima_missed:
        return
    due = f"at {percent(result.probability)}"
    if unknown := [term.question for term in result.minima_missed if term.value is None]:
        console.paragraph(visible(f"! {due} these should be known: {', '.join(unknown)}"))
    if short := [f"{term.question} ({_short_of(term)})" for term in result.minima_missed if term.value is not None]:
        console.paragraph(visible(f"! {due} these should be better: {', '.join(short)}"))


def _short_of(term: Term) -> str:
    return f"{term.mark}, + is needed" if term.mark == "-" else f"{term.mark}, at least {term.least} is needed"


def _next(result: Result) -> None:
    if not result.open:
        return
    console.write("\n")
    rows = [[str(number), term.ask, f"up to {term.out_of:.1f}", _why(term)] for number, term in enumerate(result.open[:_NEXT], 1)]
    if len(result.open) > _NEXT:
        rows.append(["", f"and {len(result.open) - _NEXT} more", "", ""])
    columns = [Column("", is_number=True), Column("Find out next", wraps=True), Column("Points", is_number=True), Column("Why now")]
    kept = columns if any(row[-1] for row in rows) else columns[:-1]
    console.table(kept, [row[: len(kept)] for row in rows])


def _why(term: Term) -> str:
    return "a no decides" if term.is_gate else "needed by now" if term.least is not None else ""


_FULL = (
    *("plan", "account", "opportunity", "card", "competitor", "question", "ask", "part", "weight", "answer", "value", "points", "out_of"),
    *("words", "evidence", "plan_says", "as_of", "stale", "gate", "least", "line"),
)


def _full_row(scored: Scored, result: Result, term: Term) -> list[str]:
    found = scored.found
    return [
        found.loaded.path,
        found.plan.profile.name,
        found.id,
        result.card,
        result.competitor or "",
        term.question,
        term.ask,
        term.part or "",
        f"{term.weight:g}",
        term.mark or "",
        "" if term.value is None else f"{term.value:.4f}",
        f"{term.points:.4f}",
        f"{term.out_of:.4f}",
        term.words,
        term.evidence or "",
        scored.plan_says(result, term) or "",
        "" if term.as_of is None else term.as_of.isoformat(),
        "yes" if scored.is_stale(term) else "no",
        "yes" if term.is_gate else "no",
        "" if term.least is None else str(term.least),
        str(scored.line(term.pointer)),
    ]
