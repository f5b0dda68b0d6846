"""What lies below what, laid out from the top down: units and their parts, people and those who report to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DEEPEST = 8
"""Where guides stop to grow: deeper levels stand below each other."""


class Place(NamedTuple):
    """Where an entry stands."""

    id: str
    depth: int
    """0 at the top."""
    guides: tuple[str, ...]
    """What to draw in each column left of it: `line`, `blank`, `tee` or `corner`."""


def descend(parents: Mapping[str, str | None], deepest: int = DEEPEST) -> Iterator[Place]:
    """Every entry, each before what lies below it, else in the order given.

    Args:
        parents: by id, what the entry lies below; None at the top. There is no circle.
        deepest: guides that an entry has at most, at least 1.
    """
    below: dict[str | None, list[str]] = {}
    for identifier, parent in parents.items():
        below.setdefault(parent, []).append(identifier)
    pending = [Place(top, 0, ()) for top in reversed(below.get(None, []))]
    while pending:
        place = pending.pop()
        yield place
        pending.extend(reversed(_below(place, below.get(place.id, []), deepest)))


def _below(above: Place, identifiers: Sequence[str], deepest: int) -> list[Place]:
    """The places right below another. A column goes on as a line until its last entry, then stays blank."""
    passed = tuple({"tee": "line", "corner": "blank"}.get(guide, guide) for guide in above.guides)[: deepest - 1]
    return [
        Place(identifier, above.depth + 1, (*passed, "tee" if position < len(identifiers) else "corner"))
        for position, identifier in enumerate(identifiers, 1)
    ]
