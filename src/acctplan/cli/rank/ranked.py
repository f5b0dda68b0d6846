"""What `rank` was asked about: the plans, their scores, and where each term stands."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from acctplan.analysis import ranking
from acctplan.analysis.scorecards import decided_against
from acctplan.cli.loading import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.ranking import Score, Weighing
    from acctplan.analysis.scorecards import Against
    from acctplan.book import Book
    from acctplan.config import Config, Weights
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan


@dataclass(frozen=True)
class Ranked:
    """All that was ranked."""

    book: Book
    plans: dict[str, Plan]
    """By the name that scores have for them."""
    weights: Weights
    weighing: Weighing
    scores: list[Score]
    """Every live opportunity, by rank."""
    places: Mapping[tuple[str, str], int]
    """The rank of each, by plan and id."""
    usual_places: Mapping[tuple[str, str], int]
    """The same by the weights of the book."""
    today: date
    options: str
    """How the weights were asked for, to ask again: ` --weights hunting`."""
    _texts: Texts

    @classmethod
    def of(cls, book: Book, sound: Mapping[str, tuple[Path, Plan]], weights: Weights, today: date, options: Sequence[str] = ()) -> Ranked:
        """Rank the opportunities of some plans.

        Args:
            book: whose settings hold.
            sound: the path and the plan, by what to call it.
            weights: what counts how much.
            today: for what is past.
            options: how the weights were asked for.

        Raises:
            UserError: the settings have no rate for a plan's currency.
        """
        plans = {name: plan for name, (_, plan) in sound.items()}
        scores = ranking.rank(plans.items(), book.config, weights)
        places = ranking.places(scores)
        is_usual = weights == book.config.ranking.weights
        return cls(
            book=book,
            plans=plans,
            weights=weights,
            weighing=ranking.weigh(book.config, weights),
            scores=scores,
            places=places,
            usual_places=places if is_usual else ranking.places(ranking.rank(plans.items(), book.config)),
            today=today,
            options="".join(f" {quote(option)}" for option in options),
            _texts=Texts(book, {name: path for name, (path, _) in sound.items()}),
        )

    @property
    def config(self) -> Config:
        """The book's settings."""
        return self.book.config

    def place(self, score: Score) -> int:
        """The rank of an opportunity among all."""
        return self.places[score.plan, score.id]

    def usual_place(self, score: Score) -> int:
        """Its rank by the weights of the book."""
        return self.usual_places[score.plan, score.id]

    def against(self, score: Score) -> tuple[Against, ...]:
        """The answers that decide against an opportunity."""
        return decided_against(self.plans[score.plan], score.id, self.config)

    def line(self, plan: str, pointer: Pointer) -> int:
        """The line that something stands on, from 1."""
        return self._texts.line(plan, pointer)


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


def in_words(factor: str) -> str:
    """What people call a factor: `importance to us`."""
    return "lead-in" if factor == "lead_in" else factor.replace("_", " ")


def why_not(against: Against) -> str:
    """What was answered: `fit: Is the site within two hours? no`."""
    return f"{against.card}: {against.term.ask} {against.term.words}"


def short_name(config: Config, card: str) -> str:
    """What people call a scorecard: the first word or so of its name, `MEDDPICC: ...`; its id where the name is one sentence."""
    name, colon, _ = config.cards[card].name.partition(":")
    return name if colon else card
