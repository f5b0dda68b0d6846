"""Which to pick where not all can be done: exact, with what every other choice would cost.

Each candidate takes whole days and has a worth. Chosen are those that fit and are worth most together; of equal choices the one that
takes fewest days, then the one that has the earliest candidate that the other has not. The best for every number of days up to the
capacity is worked out at once (dynamic programming), so that what it would cost to take in one that was left out is exact too.
"""

from __future__ import annotations

from functools import cache
from heapq import heappop, heappush
from operator import ge
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Candidate(NamedTuple):
    """One that could be picked."""

    days: int
    """From 0."""
    worth: int
    """From 0, in any unit that makes it a whole number."""


class Forced(NamedTuple):
    """What had to change for one that was not picked."""

    cost: int
    """How much less the best choice with it is worth than the best of all."""
    gone: tuple[int, ...]
    """The places of those that are picked otherwise, and not in that choice."""
    come: tuple[int, ...]
    """The places of those that are in that choice beside it, and not picked otherwise."""


class Pick(NamedTuple):
    """The best choice."""

    chosen: frozenset[int]
    """The places of the picked candidates in the list."""
    left_out: dict[int, Forced | None]
    """By place; None: takes more days than there are."""


def pick(candidates: Sequence[Candidate], capacity: int) -> Pick:
    """The candidates that are worth most together, and what it would cost to take in each of the others.

    Args:
        candidates: in the order in which ties are settled.
        capacity: how many days there are. Time and memory grow with it.
    """
    fitting = [place for place, one in enumerate(candidates) if one.days <= capacity]
    capacity = min(capacity, sum(candidates[place].days for place in fitting))
    table = _Table.empty(candidates, capacity).with_(_contenders(candidates, fitting, capacity))

    chosen = frozenset(table.chosen(capacity))
    left_out: dict[int, Forced | None] = {place: None for place in range(len(candidates)) if place not in chosen}

    def forced(place: int, best: _Table, beside: frozenset[int]) -> Forced:
        days, worth = candidates[place]
        cost = table.worth(capacity) - worth - best.worth(capacity - days)
        return Forced(cost, tuple(sorted(chosen - beside)), tuple(sorted(beside - chosen)))

    beside = cache(table.chosen)
    entangled = []
    for place in left_out.keys() & set(fitting):
        others = beside(capacity - candidates[place].days)
        if place in others:
            entangled.append(place)
        else:
            left_out[place] = forced(place, table, others)
    if entangled:
        apart = set(entangled)
        rest = _Table.empty(candidates, capacity).with_([place for place, _ in table.layers if place not in apart])
        for place, best in _without_each(rest, sorted(entangled)):
            left_out[place] = forced(place, best, best.chosen(capacity - candidates[place].days))
    return Pick(chosen, left_out)


_Layer: TypeAlias = tuple[int, bytes]
"""A candidate's place, and for each number of days whether the best choice takes it."""


class _Table(NamedTuple):
    """The best of some candidates, for each number of days from 0 to the capacity."""

    candidates: Sequence[Candidate]
    row: list[int]
    """Worth x (capacity + 1), less the days: so that of two choices of equal worth the one of fewer days is the larger."""
    layers: tuple[_Layer, ...]
    """The last added first."""

    @classmethod
    def empty(cls, candidates: Sequence[Candidate], capacity: int) -> _Table:
        return cls(candidates, [0] * (capacity + 1), ())

    def with_(self, places: Sequence[int]) -> _Table:
        """Add more. The earliest goes in last and is the first to be asked, so that of two equals it is the one that is taken."""
        row, layers = self.row, []
        size = len(row)
        for place in reversed(places):
            days, worth = self.candidates[place]
            adds = worth * size - days
            without = row[days:]
            taken = [rest + adds for rest in row[: size - days]]
            layers.append((place, bytes(days) + bytes(map(ge, taken, without))))
            row = row[:days] + list(map(max, taken, without))
        return _Table(self.candidates, row, (*reversed(layers), *self.layers))

    def worth(self, days: int) -> int:
        """Of the best choice of so many days."""
        return -(-self.row[days] // len(self.row))

    def chosen(self, days: int) -> frozenset[int]:
        """The best choice of so many days."""
        found = []
        for place, takes in self.layers:
            if takes[days]:
                found.append(place)
                days -= self.candidates[place].days
        return frozenset(found)


def _contenders(candidates: Sequence[Candidate], fitting: Sequence[int], capacity: int) -> list[int]:
    """Those that may be in a best choice of so many days or fewer, whichever one other is barred, in their order.

    One candidate beats another where it is worth as much and takes no longer. Where those that beat it fill all days by themselves, it is
    never picked: one of them would be there in its stead.
    """
    kept: list[int] = []
    best: list[tuple[int, int]] = []  # worth and days of the worthiest of those kept that more than fill the days; the least first
    filled = 0
    for place in sorted(fitting, key=lambda place: (candidates[place].days, -candidates[place].worth, place)):
        one = candidates[place]
        if filled > capacity and one.worth <= best[0][0]:
            continue
        kept.append(place)
        heappush(best, (one.worth, one.days))
        filled += one.days
        while filled - best[0][1] > capacity:
            filled -= heappop(best)[1]
    return sorted(kept)


def _without_each(table: _Table, places: Sequence[int]) -> Iterator[tuple[int, _Table]]:
    """For each of some candidates the table with all the others: each half is asked about after the other has been added."""
    if len(places) == 1:
        yield places[0], table
        return
    half = len(places) // 2
    for asked, added in ((places[:half], places[half:]), (places[half:], places[:half])):
        yield from _without_each(table.with_(added), asked)
