"""Sets of questions that an opportunity is scored by."""

from __future__ import annotations

import itertools
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from acctplan.config.base import Id, Reading, Settings, Share, Weight

DERIVED = "factors"
"""The card whose answers are read off the plan: nothing is stored for it, and a book cannot name its own so."""

_Words = Annotated[str, Field(min_length=1)]
_GRADES = 4


class Question(Settings):
    """One question of a scorecard."""

    ask: _Words
    """What is asked, in words."""
    part: _Words | None = None
    """The heading that it stands under. Questions of one part stand together."""
    weight: Weight = 1
    """How much it counts among the questions of its card. Only the proportions matter."""
    gate: bool = False
    """Whether a plain no here (`-` or 0) decides against the opportunity, whatever the rest says."""
    grades: tuple[_Words, ...] = ()
    """What 0, 1, 2 and 3 mean here, so that two people grade alike."""
    needed: tuple[tuple[Share, Annotated[int, Field(strict=True, ge=1, le=3)]], ...] = ()
    """From a probability on, the least answer, 1 to 3 (`+` is 3): what has to be settled by that stage."""

    @field_validator("grades")
    @classmethod
    def _four_or_none(cls, grades: tuple[str, ...]) -> tuple[str, ...]:
        if len(grades) not in (0, _GRADES):
            msg = "must say what each of 0, 1, 2 and 3 means: four texts"
            raise ValueError(msg)
        return grades


class Scorecard(Settings):
    """A set of questions, each answered with a sign or a grade."""

    name: _Words
    answers: Literal["signs", "grades"] = "signs"
    """signs: `+` or `-`; grades: 0 (nothing) to 3 (settled). `?` is unknown, in both."""
    questions: Annotated[dict[Id, Question], Field(min_length=1, max_length=100)]
    bands: Annotated[tuple[tuple[Reading, _Words], ...], Field(min_length=1)] = ((0.67, "good"), (0.34, "fair"), (0.0, "poor"))
    """From which share of the points on which word holds, the highest first."""

    @field_validator("bands")
    @classmethod
    def _bands_fall(cls, bands: tuple[tuple[float, str], ...]) -> tuple[tuple[float, str], ...]:
        if bands[-1][0] or not all(high[0] > low[0] for high, low in itertools.pairwise(bands)):
            msg = "must fall from band to band, down to 0: [[0.67, 'good'], [0.34, 'fair'], [0, 'poor']]"
            raise ValueError(msg)
        return bands

    @field_validator("questions")
    @classmethod
    def _something_counts(cls, questions: dict[str, Question]) -> dict[str, Question]:
        if not any(question.weight for question in questions.values()):
            msg = "must have at least one question with a weight above 0"
            raise ValueError(msg)
        return questions

    @model_validator(mode="after")
    def _signs_have_no_grades(self) -> Scorecard:
        if self.answers == "signs" and any(question.grades for question in self.questions.values()):
            msg = "has grades in words, so it needs answers = 'grades'"
            raise ValueError(msg)
        return self

    @property
    def marks(self) -> tuple[str, ...]:
        """The answers that it takes, the best first, unknown last."""
        return ("+", "-", "?") if self.answers == "signs" else ("3", "2", "1", "0", "?")
