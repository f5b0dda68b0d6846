"""What `rank` was asked about: the plans, their scores, and where each term stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from acctplan.analysis import ranking
from acctplan.cli.loading import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.ranking import Score, Weighing
    from acctplan.book import Book
    from acctplan.config import Config, Weights
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.model import Plan


@dataclass(frozen=True)
class Ranked:
    """All that was ranked."""

    book: Book
    plans: dict[str, Plan]
    """By the name that scores have for them."""
    paths: Mapping[str, Path]
    """By the same name."""
    weights: Weights
    weighing: Weighing
    scores: list[Score]
    """Every live opportunity, by rank."""
    places: Mapping[tuple[str, str], int]
    """The rank of each, by plan and id."""
    today: date
    _texts: dict[str, Loaded] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, book: Book, sound: Mapping[str, tuple[Path, Plan]], weights: Weights, today: date) -> Ranked:
        """Rank the opportunities of some plans.

        Args:
            book: whose settings hold.
            sound: the path and the plan, by what to call it.
            weights: what counts how much.
            today: for what is past.

        Raises:
            UserError: the settings have no rate for a plan's currency.
        """
        plans = {name: plan for name, (_, plan) in sound.items()}
        scores = ranking.rank(plans.items(), book.config, weights)
        return cls(
            book=book,
            plans=plans,
            paths={name: path for name, (path, _) in sound.items()},
            weights=weights,
            weighing=ranking.weigh(book.config, weights),
            scores=scores,
            places=ranking.places(scores),
            today=today,
        )

    @property
    def config(self) -> Config:
        """The book's settings."""
        return self.book.config

    def place(self, score: Score) -> int:
        """The rank of an opportunity among all."""
        return self.places[score.plan, score.id]

    def line(self, plan: str, pointer: Pointer) -> int:
        """The line that something stands on, from 1. The plan is read again, once, where this is asked for."""
        if plan not in self._texts:
            self._texts[plan] = load(self.book, self.paths[plan])
        return self._texts[plan].locate(pointer)[0].line


def accounts(scores: Sequence[Score]) -> dict[str, str]:
    """What to call the account of each plan: its name, with the plan's where several accounts have it."""
    from collections import Counter

    from acctplan.diagnostic import plan_name

    names = {score.plan: score.account for score in scores}
    often = Counter(names.values())
    return {plan: f"{name} ({plan_name(plan)})" if often[name] > 1 else name for plan, name in names.items()}


def reach(score: Score) -> str:
    """The score, and the ceiling where something is unknown: `52.8 … 67.8`."""
    return f"{score.score:.1f}" if score.score == score.ceiling else f"{score.score:.1f} … {score.ceiling:.1f}"
