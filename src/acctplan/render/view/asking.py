"""What we do not know and would like to: each question once, with what a good answer would lift."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis.ranking.what_would import steps
from acctplan.render.view.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names


@dataclass(frozen=True, slots=True)
class Lifted:
    """An opportunity that an answer would lift."""

    id: str
    name: str
    points: int
    """What its score would gain, at most."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the plan does not say, and that a score hangs on."""

    question: str
    """What to find out, without a verb: `who decides`."""
    factor: str
    at_best: str
    """The answer that the points are counted for: `if nobody else competes`."""
    lifts: tuple[Lifted, ...]
    """The opportunities that share it, the greatest gain first. Never empty."""
    points: int
    """What they would gain together, at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that the plan notes as still to be asked, or as answered."""

    what: str
    whom: str | None
    """The contact who would know."""
    about: str | None
    """The place in the plan that the answer goes to."""
    asked: date | None
    """When it was noted."""
    answer: str | None


def noted_questions(plan: Plan, names: Names) -> tuple[Asked, ...]:
    """What the plan notes as questions: those without an answer first, in its own order."""
    found = [
        Asked(entry.what, None if entry.contact is None else names.contact(entry.contact), entry.about, entry.asked, entry.answer)
        for entry in plan.questions.values()
    ]
    return tuple(sorted(found, key=lambda one: one.answer is not None))


def questions(plan: Plan, scores: Sequence[Score], config: Config, names: Names) -> tuple[Question, ...]:
    """The open questions of a plan: those first that could add most points in all.

    Args:
        plan: the plan.
        scores: of its live opportunities, by rank.
        config: the book's settings.
        names: of the plan's entries.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    asked = [step for found in steps([(plan.profile.name, plan)], config, scores=scores).values() for step in found if step.kind == "ask"]
    alike: defaultdict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for step in asked:
        gains = alike[step.question, step.factor, step.detail]
        for key, gain in ((step.opportunity, step.gain), *((effect.opportunity, effect.gain) for effect in step.also_helps)):
            gains[key] = max(gain, gains.get(key, 0.0))
    ranks = {score.id: place for place, score in enumerate(scores)}
    found = (_question(asked_for, gains, ranks, names) for asked_for, gains in alike.items())
    return tuple(sorted(found, key=lambda question: (-question.points, ranks[question.lifts[0].id])))


def _question(asked_for: tuple[str, str, str], gains: Mapping[str, float], ranks: Mapping[str, int], names: Names) -> Question:
    question, factor, at_best = asked_for
    by_gain = sorted(gains.items(), key=lambda one: (-one[1], ranks[one[0]]))
    return Question(
        question=question,
        factor=spoken(factor),
        at_best=at_best,
        lifts=tuple(Lifted(key, names.opportunity(key), round(gain)) for key, gain in by_gain),
        points=round(sum(gains.values())),
    )
