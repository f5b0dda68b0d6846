"""Rounds side by side, their ratios, and the table of them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BEGIN = "<!-- figures: written by benchmarks/run.py -->"
END = "<!-- end of figures -->"

HEAD = """\
| what | acctplan | against | it takes | ratio (min to max) | target | |
| --- | ---: | --- | ---: | ---: | ---: | --- |"""


@dataclass(frozen=True)
class AtMost:
    """Our cost is at most so many times the other's."""

    limit: float | None = None

    def ratio(self, ours: float, theirs: float) -> float:
        """Ours as a multiple of theirs."""
        return ours / theirs

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio keeps to the limit."""
        return self.limit is None or ratio <= self.limit

    def written(self, ratio: str) -> str:
        """A ratio in words."""
        return f"{ratio} x"

    def __str__(self) -> str:
        return "" if self.limit is None else f"≤ {self.limit:g} x"


@dataclass(frozen=True)
class Faster:
    """We are at least so many times as fast as the other."""

    limit: float | None = None

    def ratio(self, ours: float, theirs: float) -> float:
        """Theirs as a multiple of ours."""
        return theirs / ours

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio reaches the limit."""
        return self.limit is None or ratio >= self.limit

    def written(self, ratio: str) -> str:
        """A ratio in words."""
        return f"{ratio} x as fast"

    def __str__(self) -> str:
        return "" if self.limit is None else f"≥ {self.limit:g} x as fast"


Target = AtMost | Faster


@dataclass(frozen=True)
class Row:
    """One comparison, ready to be printed."""

    what: str
    ours: str
    peer: str
    theirs: str = ""
    ratio: str = ""
    target: str = ""
    verdict: str = ""

    def __str__(self) -> str:
        cells = (self.what, self.ours, self.peer, self.theirs, self.ratio, self.target, self.verdict)
        return f"| {' | '.join(cells)} |"


def interleaved(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Let each contestant measure itself once a round, every other round in the opposite order. Seconds, by contestant and round."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        names = list(contestants)
        for name in reversed(names) if number % 2 else names:
            seconds[name].append(contestants[name]())
    return seconds


def compare(what: str, ours: Sequence[float], peer: str, theirs: Sequence[float], target: Target) -> Row:
    """The row of two contestants: medians of their seconds, and the median of the ratios of each round.

    One that ran in fewer rounds than the other is compared with the first rounds of the other.
    """
    ratios = [target.ratio(mine, other) for mine, other in zip(ours, theirs, strict=False)]
    middle = median(ratios)
    verdict = "" if not str(target) else "met" if target.is_met(middle) else "**missed**"
    spread = f"{target.written(_figure(middle))} ({_figure(min(ratios))} to {_figure(max(ratios))})"
    return Row(what, duration(median(ours)), peer, duration(median(theirs)), spread, str(target), verdict)


def missing(what: str, ours: Sequence[float], peer: str, target: Target) -> Row:
    """The row of a peer that is not installed."""
    return Row(what, duration(median(ours)), peer, "not installed", "", str(target), "not measured")


def duration(seconds: float) -> str:
    """Seconds in a unit that suits them."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def _figure(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def table(rows: Sequence[Row], caption: str) -> str:
    """All rows in Markdown, with what they were measured on."""
    return "\n".join([caption, "", HEAD, *map(str, rows)])


def inserted(page: str, figures: str) -> str:
    """The page with the figures between its two marker comments.

    Raises:
        ValueError: the page does not have both, in order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no figures go here: the page needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"
