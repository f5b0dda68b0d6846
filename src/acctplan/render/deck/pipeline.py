"""What could be won: the matrix, the ranking, and a slide for each of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.render.deck.graphs import matrix_graph
from acctplan.render.deck.paper import SMALL, TEXT, Line, as_large_as_fits
from acctplan.render.deck.tables import Cell, Column, table_slides
from acctplan.render.deck.wording import LEADING
from acctplan.render.pictures.placing import Area
from acctplan.render.text import UNKNOWN, day, days, money, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from acctplan.render.deck.paper import Paper
    from acctplan.render.view import PlanView
    from acctplan.render.view.pipeline import Opportunity

_FIRST = 5
"""So many get a slide of their own."""
_MOST_SPOTS = 20
"""More bubbles than that hide each other."""
_MOST_BUYERS = 7
_MOST_COMPARED = 5
_SIZES = (14.0, 12.5, 11.0, 10.0)
_GAP = 24.0
_FACTS = 44.0


def pipeline_slides(paper: Paper, view: PlanView) -> None:
    """Everything that can still be won; no slide where there is nothing."""
    if not view.opportunities:
        return
    _matrix(paper, view)
    _ranking(paper, view)
    for opportunity in view.opportunities[:_FIRST]:
        _one(paper, opportunity, view.currency)


def _matrix(paper: Paper, view: PlanView) -> None:
    spots = view.charts.spots[:_MOST_SPOTS]
    all_of_them = len(view.charts.spots)
    part = f", the first {len(spots)} of {all_of_them}" if all_of_them > len(spots) else ""
    notes = [
        f"{opportunity.rank}. {opportunity.name}: {opportunity.score} of 100, up to {opportunity.ceiling}"
        + (f"; unknown: {', '.join(opportunity.unknown)}" if opportunity.unknown else "")
        for opportunity in view.opportunities
    ]
    sheet = paper.slide(f"Opportunities{part}: how attractive, how well placed", ["What is unknown counts as 0 here.", *notes])
    room = sheet.room
    wide = room.width * 0.62
    matrix_graph(sheet, Area(room.x, room.y, wide, room.height), spots)
    left = Area(room.x + wide + _GAP, room.y + 4, room.width - wide - _GAP, room.height - 4)
    most = int((left.height - SMALL * LEADING) / (TEXT * 2 * LEADING + SMALL * LEADING + 5))
    lines = []
    for spot in spots[:most]:
        lines.append(Line(f"{spot.rank}  {spot.name}", TEXT, bold=True, gap=5, most=2))
        lines.append(Line(spot.value_in_words, SMALL, soft=True))
    if all_of_them > most:
        lines.append(Line(f"{all_of_them - most:,} more: see the ranking.", SMALL, soft=True, gap=2))
    sheet.text(left, lines)


def _ranking(paper: Paper, view: PlanView) -> None:
    columns = (
        Column("", 0.5, is_number=True),
        Column("Opportunity", 4.6),
        Column("Status", 1.9),
        Column(f"Value, {view.currency}", 1.7, is_number=True),
        Column("Close date", 2),
        Column("Score of 100", 1.8),
        Column("Not known", 3.2),
    )
    rows = [
        [
            Cell(str(one.rank), bold=True),
            Cell(one.name, _joined(one.unit, one.solution), bold=True, most=2),
            Cell(
                f"{one.status.symbol} {one.status.word}", _joined(one.stage, None if one.probability is None else _percent(one.probability))
            ),
            Cell(_number(one.value)),
            Cell(_day(one.close_date), "! past" if one.close_is_past else ""),
            Cell(_score(one), ""),
            Cell(", ".join(one.unknown) or "–", most=2),
        ]
        for one in view.opportunities
    ]
    notes = [
        "The score is what is known; “up to” is what it could be if everything unknown turned out well.",
        *(
            line
            for one in view.opportunities[:_FIRST]
            for line in (
                f"{one.rank}. {one.name}",
                *(f"  {reason.points} of {reason.out_of} {reason.factor}: {reason.why}" for reason in one.reasons),
            )
        ),
    ]
    table_slides(paper, "Opportunities, the most worthwhile first", columns, rows, notes, sizes=_SIZES)


def _one(paper: Paper, one: Opportunity, currency: str) -> None:
    sheet = paper.slide(f"{one.rank}. {one.name}", _reasons(one))
    room = sheet.room
    facts = (
        ("Value", money(_plain(one.value), currency)),
        ("Probability", _percent(one.probability) + (f", {one.stage}" if one.stage else "")),
        ("Close date", _day(one.close_date) + (" (! past)" if one.close_is_past else "")),
        ("Score of 100", _score(one)),
        ("Owner", one.owner or UNKNOWN),
    )
    step = room.width / len(facts)
    for place, (name, said) in enumerate(facts):
        area = Area(room.x + place * step, room.y, step - 8, _FACTS)
        sheet.text(area, [Line(name, SMALL, soft=True), Line(said, TEXT + 1, bold=True)])
    wide = (room.width - _GAP) / 2
    top = room.y + _FACTS
    columns = list(_why(one)), list(_who(one))
    tall = room.height - _FACTS
    for place, lines in enumerate(as_large_as_fits(columns, wide, tall)):
        sheet.text(Area(room.x + place * (wide + _GAP), top, wide, tall), lines)


def _headed(heading: str, text: str | None, most: int) -> Iterator[Line]:
    if text:
        yield Line(heading, SMALL, soft=True, gap=8)
        yield Line(text, TEXT, most=most)


def _why(one: Opportunity) -> Iterator[Line]:
    due = "" if one.next_step_due is None else f" · by {_day(one.next_step_due)}{' (! past)' if one.next_step_is_past else ''}"
    yield Line("Next step", SMALL, soft=True)
    yield Line((one.next_step or "none yet") + due, TEXT, bold=True, most=3)
    yield from _headed("Need", one.need, 5)
    yield from _headed("Approach", one.approach, 5)
    yield from _headed("What it does for them", one.customer_impact, 4)
    if one.unknown:
        yield from _headed("Not known", ", ".join(one.unknown), 2)


def _who(one: Opportunity) -> Iterator[Line]:
    yield Line("Who decides", SMALL, soft=True)
    if not one.buyers:
        yield Line("? unknown", TEXT)
    for buyer in one.buyers[:_MOST_BUYERS]:
        yield Line(_joined(buyer.name, ", ".join(buyer.roles)), TEXT, bold=True, gap=3)
        signs = f"{buyer.stance.symbol} {buyer.stance.word} · coverage {buyer.coverage.symbol} {buyer.coverage.word}"
        yield Line(signs, SMALL + 1)
    if len(one.buyers) > _MOST_BUYERS:
        yield Line(f"and {len(one.buyers) - _MOST_BUYERS} more, in the notes", SMALL, soft=True)
    if one.competition:
        position = one.competition.position
        others = ", ".join(one.competition.competitors)
        incumbent = f"; {one.competition.incumbent} is in place" if one.competition.incumbent else ""
        yield from _headed("Competition", f"{position.symbol} {position.word}{f' against {others}' if others else ''}{incumbent}", 2)
        if one.competition.strategy:
            yield Line(one.competition.strategy, SMALL + 1, most=3)
    for place, criterion in enumerate(one.criteria[:_MOST_COMPARED]):
        if place == 0:
            yield Line("What they decide by", SMALL, soft=True, gap=8)
        required = " (required)" if criterion.mandatory else ""
        yield Line(f"{criterion.position.symbol} {criterion.position.word}: {criterion.what}{required}", SMALL + 1, most=2)


def _reasons(one: Opportunity) -> list[str]:
    """What the speaker may be asked: why it scores as it does, what is unknown, and everything that the slide may have cut."""
    notes = [f"Scores {one.score} of 100, up to {one.ceiling} if everything unknown turned out well."]
    notes += [f"{reason.points} of {reason.out_of} {reason.factor}: {reason.why}" for reason in one.reasons]
    if one.effort_days is not None:
        notes.append(f"Effort: {days(one.effort_days)}")
    named = (("Need", one.need), ("Approach", one.approach), ("What it does for them", one.customer_impact), ("Next step", one.next_step))
    notes += [f"{name}: {text}" for name, text in named if text]
    notes += [
        f"{_joined(buyer.name, buyer.title)}: {', '.join(buyer.roles) or 'part in buying unknown'}, stance {buyer.stance.word}, "
        f"coverage {buyer.coverage.word}"
        for buyer in one.buyers
    ]
    notes += [
        f"Decides: {criterion.what}{' (required)' if criterion.mandatory else ''}: we are {criterion.position.word}"
        for criterion in one.criteria
    ]
    if one.competition and one.competition.strategy:
        notes.append(f"Against the others: {one.competition.strategy}")
    if one.leads_to:
        notes.append(f"Leads to: {', '.join(one.leads_to)}")
    return [*notes, *([one.notes] if one.notes else [])]


def _score(one: Opportunity) -> str:
    return str(one.score) if one.ceiling == one.score else f"{one.score}, up to {one.ceiling}"


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _number(amount: Decimal | None) -> str:
    return "? unknown" if amount is None else number(_plain(amount))


def _percent(share: Decimal | None) -> str:
    return percent(_plain(share))


def _day(when: object) -> str:
    return day(None if when is None else str(when))
