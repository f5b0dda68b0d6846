"""Pictures of a plan for Markdown: Mermaid that GitHub and GitLab draw, the same to the byte for the same input.

Every line says one thing and is made from that thing alone, so that a comparison of two versions shows only what changed. Nothing of
a plan can be more than a label: letters pass, marks that mean something to Mermaid, Markdown or HTML become their full-width twins, and
the names of nodes are made here. Whatever a colour says, a sign and a word say too.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from functools import lru_cache
from string import ascii_letters, digits
from typing import TYPE_CHECKING
from unicodedata import category, combining

from acctplan.render import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from acctplan.render.pictures.opportunity_matrix import Spot
    from acctplan.render.pictures.org_chart import Seat
    from acctplan.render.pictures.timeline import Event, Step, Track
    from acctplan.render.view.charts import Charts

MOST_CHARACTERS = 50_000
"""Mermaid draws no longer chart. Characters as JavaScript counts them."""
MOST_LINES = 500
"""Mermaid draws no chart with more lines between boxes."""
MOST_INFORMAL = 24
"""More informal lines than that would hide the reporting lines. The page says them in words as well."""
LONGEST = 40
"""Characters of a label. What is cut stands in full elsewhere on the page."""

_NOT_SHOWN = "\N{REPLACEMENT CHARACTER}"
_NOTHING = "\N{ZERO WIDTH NON-JOINER}"
_AS_IT_IS = frozenset(ascii_letters + digits + f" '(),./+-!?%{_NOTHING}\N{ZERO WIDTH JOINER}")
_FULL_WIDTH = 0xFEE0
"""From a mark to the one that looks like it and means nothing."""
_MERMAIDS_OWN = {"\N{LATIN SMALL LIGATURE FL}": "fl", "\N{PILCROW SIGN}": "\N{REVERSED PILCROW SIGN}"}
"""What Mermaid writes entities with on its way."""
_TURNS = re.compile(r"(?<=direction)(?=\s)", re.IGNORECASE)
"""Between `direction` and what it would turn a flowchart to: Mermaid finds the two anywhere in a line, even in a label."""
_OPENS = re.compile(r"[-+](?![0-9])|(?<=[0-9])[.)](?=\s|$)|%(?=%)|(?<=www)\.", re.IGNORECASE)
_LONGEST_HEADING, _HEADINGS_WIDE = 32, 190
"""Characters of a heading left of bars, and what it takes at most in px."""
_WEEK = timedelta(days=6)
"""From the first day of a week to its last."""
_BROAD = 5
"""People side by side below one manager, from which on a chart that runs down would become too small to read."""

# Light boxes with dark letters, so that they read on a light page and on a dark one.
_COLOURS = {
    "supportive": "fill:#d9f2e0,stroke:#1f7a3f,color:#10381f",
    "neutral": "fill:#e8ebef,stroke:#5c6773,color:#1f2830",
    "negative": "fill:#fbdcd9,stroke:#b3261e,color:#4a1210",
    "unknown": "fill:#ffffff,stroke:#8a939c,color:#1f2830",
}


def pictures(charts: Charts) -> dict[str, str]:
    """The pictures of a plan by name, as fenced blocks of Mermaid. One that has nothing to show, or too much, is empty."""
    drawn = {
        "org_chart": org_chart(charts.seats),
        "opportunity_matrix": opportunity_matrix(charts.spots),
        "timeline": timeline(charts.tracks, charts.events),
    }
    return {name: f"```mermaid\n{chart}\n```" if 0 < _length(chart) <= MOST_CHARACTERS else "" for name, chart in drawn.items()}


def label(words: str, most: int = LONGEST) -> str:
    """Words that Mermaid shows and never reads as anything else, in one line of at most about `most` characters."""
    shown = " ".join("".join(map(_letter, text.clean(words))).split())
    line = _TURNS.sub(_NOTHING, _cut(shown or _NOT_SHOWN, most))
    return _OPENS.sub(lambda found: _wide(found[0]) if _is_lead(line, found) else found[0], line)


def _is_lead(line: str, found: re.Match[str]) -> bool:
    """Marks of lists count at the start of a line only; all others anywhere."""
    if found[0] in "-+":
        return found.start() == 0
    return found[0] not in ".)" or line[: found.start()].isdecimal() or line[: found.start()].lower().endswith("www")


def _cut(line: str, most: int) -> str:
    if len(line) <= most:
        return line
    end = most - 1
    while end and combining(line[end]):
        end -= 1  # a letter keeps its accents
    return line[:end].rstrip() + "…"


@lru_cache(4096)
def _letter(letter: str) -> str:
    if letter in _AS_IT_IS:
        return letter
    if letter.isspace():
        return " "
    if letter.isascii():
        return _wide(letter)
    if letter in _MERMAIDS_OWN:
        return _MERMAIDS_OWN[letter]
    kind = category(letter)
    return "" if kind == "Cf" else letter if kind[0] in "LMNPS" else _NOT_SHOWN


def _wide(letter: str) -> str:
    return chr(ord(letter) + _FULL_WIDTH)


def _length(chart: str) -> int:
    return len(chart.encode("utf-16-le")) // 2


def org_chart(seats: Sequence[Seat]) -> str:
    """Who reports to whom, dashed who has whose ear, and where each stands. Empty where no line joins two, or too many do.

    Args:
        seats: all of them; whom they report to and whose ear they have is among them.
    """
    reporting = [(seat.reports_to, seat.id) for seat in seats if seat.reports_to is not None]
    informal = [(seat.id, other) for seat in seats for other in seat.influences]
    shown = informal if len(informal) <= MOST_INFORMAL else []
    if not reporting + shown or len(reporting) + len(shown) > MOST_LINES:
        return ""
    return "\n".join(
        (
            '%%{init: {"flowchart": {"curve": "linear", "nodeSpacing": 20, "rankSpacing": 40}}}%%',
            f"flowchart {_direction(reporting)}",
            "    accTitle: Org chart",
            *(f"    {_seat(seat)}" for seat in seats),
            *(f"    {_node(above)} --- {_node(below)}" for above, below in reporting),
            *(f"    {_node(who)} -.-> {_node(whom)}" for who, whom in shown),
            *(f"    classDef {stance} {colours}" for stance, colours in _COLOURS.items()),
            *(f"    style {_node(seat.id)} stroke:#5c6773,stroke-width:2px,stroke-dasharray:6 4" for seat in seats if not seat.name),
        )
    )


def _direction(reporting: Iterable[tuple[str, str]]) -> str:
    """Down, or to the right where many report to the same person."""
    reports = Counter(above for above, _ in reporting)
    return "LR" if max(reports.values(), default=0) > _BROAD else "TB"


def _seat(seat: Seat) -> str:
    name = label(seat.name) if seat.name else "? holder not known"
    told = (name, label(seat.title) if seat.title else "", seat.part, f"{label(seat.stance.symbol)} {seat.stance.word}")
    return f'{_node(seat.id)}["{"<br>".join(filter(None, told))}"]:::{seat.stance.key}'


def _node(identifier: str) -> str:
    """The name of a box: an id of the plan has no underscore, so no two ids have the same."""
    return f"p_{identifier.replace('-', '_')}"


def timeline(tracks: Sequence[Track], events: Sequence[Event]) -> str:
    """What is to be done by when and what is done, by objective, and when both sides meet. Empty where no action has a day.

    A bar is the week up to the day, a diamond the day on which an objective is due or a meeting is held.
    """
    placed = [(track, [(step, day) for step in track.steps if (day := step.done or step.due)]) for track in tracks]
    if not any(steps for _, steps in placed):
        return ""
    return "\n".join(
        (
            f'%%{{init: {{"gantt": {{"leftPadding": {_HEADINGS_WIDE}}}}}}}%%',
            "gantt",
            "    accTitle: Actions and meetings",
            "    dateFormat YYYY-MM-DD",
            "    axisFormat %b %Y",
            "    todayMarker off",
            *(line for track, steps in placed if steps or track.due for line in _track(track, steps)),
            *_meetings(events),
        )
    )


def _track(track: Track, steps: Iterable[tuple[Step, date]]) -> Iterator[str]:
    yield f"    section {label(track.heading, _LONGEST_HEADING)}"
    for step, day in steps:
        # Not `active` for what is in progress: on a dark page Mermaid letters that in black.
        tag = "crit, " if step.is_late else "done, " if step.status.key == "done" else ""
        start = max(day, day.min + _WEEK) - _WEEK
        yield f"    {step.status.symbol} {label(step.what)} ({step.status.word}) :{tag}{start.isoformat()}, 7d"
    if track.due is not None:
        yield f"    {_diamond('Objective due', track.due)}"


def _meetings(events: Iterable[Event]) -> Iterator[str]:
    for place, event in enumerate(events):
        if place == 0:
            yield "    section Relationship meetings"
        yield f"    {_diamond(f'Meeting {event.what}', event.day)}"


def _diamond(words: str, day: date) -> str:
    return f"{words} :milestone, {day.isoformat()}, 0d"


def opportunity_matrix(spots: Sequence[Spot]) -> str:
    """How attractive against how well placed, of the opportunities where both are known. Empty of less than two.

    Each has its rank for a name: whole names would cover each other, and the page's table has them by rank.
    """
    known = [spot for spot in spots if spot.position.low == spot.position.high and spot.attraction.low == spot.attraction.high]
    if len(known) < 2:  # noqa: PLR2004  one alone is compared with nothing
        return ""
    return "\n".join(
        (
            "quadrantChart",
            "    accTitle: Opportunities by attraction and position",
            '    x-axis "Badly placed" --> "Well placed"',
            '    y-axis "Less attractive" --> "More attractive"',
            '    quadrant-1 "Pursue now"',
            '    quadrant-2 "Invest to win"',
            '    quadrant-3 "Let go"',
            '    quadrant-4 "Quick wins"',
            *(f'    "{spot.rank}": [{_share(spot.position.low)}, {_share(spot.attraction.low)}]' for spot in known),
        )
    )


def _share(value: float) -> str:
    """As quadrant charts take it: the whole is `1` and nothing else."""
    return f"{value:.2f}".replace("1.00", "1")
