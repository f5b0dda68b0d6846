"""How a plan is doing: its health, what is late, what comes next. What a manager asks first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from acctplan import rules
from acctplan.analysis.overdue import dated
from acctplan.analysis.relationships import key_players
from acctplan.analysis.signs import Sign, signs, spoken
from acctplan.health import health
from acctplan.render.view.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acctplan.analysis.overdue import Due
    from acctplan.config import Config
    from acctplan.health import Score
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_SOON = timedelta(days=30)

_BAND = signs(good=("good", "✓"), fair=("fair", "△"), poor=("poor", "!"))
_KIND = {
    "action": "action",
    "next_step": "next step",
    "close_date": "close date",
    "objective": "objective",
    "meeting": "relationship meeting",
    "review": "review by the manager",
}


@dataclass(frozen=True, slots=True)
class HealthScore:
    """One of the four scores of a plan: so many good of so many."""

    name: str
    good: int
    of: int
    percent: int | None
    """None where nothing applies."""
    band: Sign
    lacking: tuple[str, ...]
    """What is not good, in words."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that should be done by a day."""

    kind: str
    what: str
    """Empty of a meeting and of a review."""
    owner: str | None
    due: date
    days_late: int
    """0 where it is not."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan is doing on a day."""

    health: tuple[HealthScore, ...] = ()
    late: tuple[Deadline, ...] = ()
    """What should have been done, the longest late first."""
    soon: tuple[Deadline, ...] = ()
    """What is due within 30 days, the next first."""
    key_players: tuple[str, ...] = ()
    """The ids of those who decide, those who speak for us, and everybody of high influence; in the order of the plan."""


def standing(loaded: Loaded, plan: Plan, config: Config, today: date) -> Standing:
    """How a plan is doing.

    Args:
        loaded: the plan with its file, which has its waivers.
        plan: the same plan.
        config: the book's settings, and what is checked.
        today: the day it is.
    """
    names = Names(plan, config)
    due = sorted(dated(plan, config.limits, today), key=lambda one: one.due)
    return Standing(
        health=tuple(_health(loaded, plan, config, today)),
        late=tuple(_deadline(one, plan, names, today) for one in due if one.due < today),
        soon=tuple(_deadline(one, plan, names, today) for one in due if today <= one.due <= today + _SOON),
        key_players=tuple(identifier for identifier, _ in key_players(plan)),
    )


def _health(loaded: Loaded, plan: Plan, config: Config, today: date) -> Iterator[HealthScore]:
    chosen = rules.configured(config.check)
    checkup = rules.check(loaded, chosen, rules.Context(config, today))
    return map(_score, health(plan, checkup, chosen, config.limits, today).scores)


def _score(score: Score) -> HealthScore:
    return HealthScore(
        name=spoken(score.name),
        good=score.good,
        of=len(score.items),
        percent=score.percent,
        band=_BAND[score.band.value if score.band else None],
        lacking=tuple(item.words for item in score.items if not item.is_good),
    )


def _deadline(one: Due, plan: Plan, names: Names, today: date) -> Deadline:
    step = plan.opportunities[str(one.pointer[1])].next_step if one.kind == "next_step" else None
    what = f"{step} ({one.what})" if step else one.what
    return Deadline(_KIND[one.kind], what, names.member(one.owner), one.due, max(0, one.days_late(today)))
