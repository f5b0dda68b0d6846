"""Places for labels: near what they belong to, over nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Area(NamedTuple):
    """A rectangle of a picture, in px."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Area) -> bool:
        """Whether they have more in common than an edge."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def lies_in(self, other: Area) -> bool:
        """Whether all of it lies in the other."""
        return (
            other.x <= self.x
            and other.y <= self.y
            and self.x + self.width <= other.x + other.width
            and self.y + self.height <= other.y + other.height
        )


class Taken:
    """What of a picture is taken already."""

    def __init__(self, inside: Area) -> None:
        """Nothing yet, of an area that everything must lie in."""
        self.inside = inside
        self._areas: list[Area] = []

    def is_free(self, area: Area) -> bool:
        """Whether something could stand there."""
        return area.lies_in(self.inside) and not any(area.overlaps(other) for other in self._areas)

    def take(self, area: Area) -> None:
        """Something stands there now."""
        self._areas.append(area)

    def first_free(self, areas: Iterable[Area]) -> Area | None:
        """Take the first of some areas that is free; None if none is."""
        for area in areas:
            if self.is_free(area):
                self.take(area)
                return area
        return None
