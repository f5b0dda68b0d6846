"""What matters to the customer, to us, to both or to neither: a drawing of two by two, and lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.analysis.ranking.segments import SEGMENTS, pointer, segment
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.heading import heading
from acctplan.cli.rank.ranked import accounts
from acctplan.diagnostic import format_pointer
from acctplan.report.visible import columns as wide_as
from acctplan.report.visible import visible
from acctplan.report.wrapping import words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.segments import Placed, Segment, Side
    from acctplan.cli.rank.ranked import Ranked

_MATTERS: Mapping[Segment, str] = {
    "A": "matters to both",
    "B": "matters to the customer",
    "C": "matters to us",
    "D": "matters to neither",
}
_MEANS: Mapping[Segment, str] = {
    "A": "Invest: here both sides gain.",
    "B": "Serve it well: it builds trust.",
    "C": "Only if it is cheap, or find a reason for the customer.",
    "D": "Let it go, unless it comes by itself.",
}
_ROWS: tuple[tuple[Segment, Segment], ...] = (("B", "A"), ("D", "C"))
"""The customer's grade rises upwards, ours to the right."""
_WIDEST = 120
_NARROWEST = 50
"""Columns of the drawing. A narrower terminal gets the lists alone."""
_HIGHEST = 12
"""Lines of a quadrant."""


class _One(NamedTuple):
    score: Score
    placed: Placed


def show(ranked: Ranked, scores: Sequence[Score], *, as_json: bool) -> None:
    """The two by two, and beneath it what had no room there and what has no grades; elsewhere than on a terminal one table of all."""
    placed = [_One(score, segment(score.opportunity)) for score in scores]
    if as_json:
        console.write(_json(ranked, placed))
    elif console.is_terminal():
        _draw(ranked, placed)
    else:
        console.table([Column(title) for title in _TITLES], [_row(ranked, one) for one in placed])


def _draw(ranked: Ranked, placed: Sequence[_One]) -> None:
    if not placed:
        return
    names = accounts([one.score for one in placed])
    found: dict[Segment | None, list[_One]] = {name: [one for one in placed if one.placed.segment == name] for name in (*SEGMENTS, None)}
    has_room: set[Segment] = set()
    if console.width() >= _NARROWEST and any(found[name] for name in SEGMENTS):
        has_room = _two_by_two(ranked, found, names)
    for name in SEGMENTS:
        if found[name] and name not in has_room:
            console.write("\n")
            heading(f"{name}: {_MATTERS[name]}. {_MEANS[name]}")
            rows = [[*_identity(ranked, one, names), str(one.placed.customer), str(one.placed.us)] for one in found[name]]
            console.table([*_COLUMNS, Column("Customer", is_number=True), Column("Us", is_number=True)], rows)
    if found[None]:
        console.write("\n")
        heading("Not graded on both sides: these have no place yet")
        console.table(
            [*_COLUMNS, Column("Grade missing", wraps=True)], [[*_identity(ranked, one, names), _needs(one)] for one in found[None]]
        )
        console.hint("\ngrade them in the plan, from 1 (nothing) to 5 (vital): importance: {customer: 4, us: 3}")


_COLUMNS = (
    Column("Rank", is_number=True),
    Column("Opportunity", wraps=True),
    Column("Account", wraps=True),
)


def _identity(ranked: Ranked, one: _One, names: Mapping[str, str]) -> list[str]:
    score = one.score
    return [str(ranked.place(score)), score.opportunity.name, names[score.plan]]


def _needs(one: _One) -> str:
    if one.placed.customer is None:
        return "importance to the customer" if one.placed.us is not None else "both"
    return "importance to us"


def _two_by_two(ranked: Ranked, found: Mapping[Segment | None, Sequence[_One]], names: Mapping[str, str]) -> set[Segment]:
    """Draw the four quadrants.

    Returns:
        Those that show all that is in them.
    """
    room = (min(console.width(), _WIDEST) - 7) // 2
    has_many_accounts = len({one.score.plan for some in found.values() for one in some}) > 1
    has_room: set[Segment] = set()
    ends = ("─" * (room + 2), "─" * (room + 2))
    lines = ["┌{}┬{}┐".format(*ends)]
    for number, pair in enumerate(_ROWS):
        if number:
            lines.append("├{}┼{}┤".format(*ends))
        cells = []
        for name in pair:
            entries = [_entry(ranked, one, names if has_many_accounts else {}) for one in found[name]]
            cell, is_whole = _cell(name, entries, room)
            cells.append(cell)
            if is_whole:
                has_room.add(name)
        height = max(map(len, cells))
        left, right = (_filled(cell, room, height) for cell in cells)
        lines += [f"│ {one} │ {other} │" for one, other in zip(left, right, strict=True)]
    lines.append("└{}┴{}┘".format(*ends))
    above = f"{'matters to the customer ↑':<{room + 4}}{'matters to us →':>{room + 3}}"
    console.write("\n".join((above, *lines)) + "\n")
    return has_room


def _entry(ranked: Ranked, one: _One, names: Mapping[str, str]) -> str:
    account = names.get(one.score.plan)
    return f"{ranked.place(one.score)}. {visible(one.score.opportunity.name)}" + (f" · {visible(account)}" if account else "")


def _cell(name: Segment, entries: Sequence[str], room: int) -> tuple[list[str], bool]:
    """The lines of a quadrant, and whether all entries have room."""
    count = f"{len(entries)}" if entries else "none"
    lines = [*wrap(words(f"{name}  {_MATTERS[name]}: {count}"), room), *wrap(words(_MEANS[name]), room), ""]
    wrapped = [list(wrap(words(entry), room, hanging=3)) for entry in entries]
    shown, rest = 0, _HIGHEST
    for number, each in enumerate(wrapped):
        is_last = number == len(wrapped) - 1
        if len(each) > rest - (not is_last):
            break
        lines += each
        rest -= len(each)
        shown += 1
    if shown < len(wrapped):
        lines += wrap(words(f"and {len(wrapped) - shown} more: all of {name} beneath"), room)
    return lines, shown == len(wrapped)


def _filled(cell: Sequence[str], room: int, height: int) -> list[str]:
    """The lines of a quadrant, as wide and as high as it is drawn; the first is the heading."""
    painter = console.painter()
    lines = [line + " " * (room - wide_as(line)) for line in (*cell, *[""] * (height - len(cell)))]
    return [painter("path", lines[0]), *lines[1:]]


_TITLES = ("segment", "matters", "rank", "score", "plan", "account", "opportunity", "name", "importance_to_customer", "importance_to_us")


def _row(ranked: Ranked, one: _One) -> list[str]:
    score, (name, customer, us) = one
    return [
        *(name or "unknown", _MATTERS[name] if name else "", str(ranked.place(score)), f"{score.score:.2f}"),
        *(score.plan, score.account, score.id, score.opportunity.name),
        *("" if grade is None else str(grade) for grade in (customer, us)),
    ]


def _json(ranked: Ranked, placed: Sequence[_One]) -> str:
    answer = {
        "version": 1,
        "segments": [
            {
                "segment": name,
                "matters": _MATTERS[name] if name else "unknown",
                "means": _MEANS[name] if name else None,
                "opportunities": [_opportunity(ranked, one) for one in placed if one.placed.segment == name],
            }
            for name in (*SEGMENTS, None)
        ],
    }
    return json.dumps(answer, indent=2) + "\n"


def _opportunity(ranked: Ranked, one: _One) -> dict[str, Any]:
    score = one.score
    return {
        "rank": ranked.place(score),
        "plan": score.plan,
        "account": score.account,
        "opportunity": score.id,
        "name": score.opportunity.name,
        "score": score.score,
        "ceiling": score.ceiling,
        "terms": list(_terms(ranked, one)),
    }


def _terms(ranked: Ranked, one: _One) -> Iterator[dict[str, Any]]:
    score = one.score
    grades: tuple[tuple[Side, int | None], ...] = (("customer", one.placed.customer), ("us", one.placed.us))
    for side, grade in grades:
        where = pointer(score.opportunity, score.id, side)
        line = {"line": ranked.line(score.plan, where)} if len(ranked.plans) == 1 else {}
        yield {"factor": f"importance_to_{side}", "grade": grade, "pointer": format_pointer(where), **line}
