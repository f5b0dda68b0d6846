"""What a plan's fixed words about people and work read as: never by colour alone, so each has a symbol beside its word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """A fixed word of the plan as it is shown."""

    key: str
    """As in the plan's file; `unknown` where it gives none. Fit to be part of a class name."""
    word: str
    symbol: str


def signs(**words: tuple[str, str]) -> dict[str | None, Sign]:
    """Signs by key, `unknown` also for what the plan leaves out."""
    found: dict[str | None, Sign] = {key: Sign(key, word, symbol) for key, (word, symbol) in words.items()}
    return {**found, None: Sign("unknown", "unknown", "?")}


STANCE = signs(supportive=("supportive", "+"), neutral=("neutral", "○"), negative=("negative", "✕"))
INFLUENCE = signs(high=("high", "▲"), medium=("medium", "△"), low=("low", "▽"))
"""Also of threats, priorities, likelihoods and impacts."""
COVERAGE = signs(none=("none", "○○○"), brief=("brief", "●○○"), multiple=("multiple", "●●○"), in_depth=("in depth", "●●●"))
ACTION = signs(
    late=("late", "!"),
    not_started=("not started", "○"),
    in_progress=("in progress", "◐"),
    deferred=("deferred", "»"),
    done=("done", "✓"),
    cancelled=("cancelled", "–"),
)
OBJECTIVE = signs(
    late=("late", "!"),
    not_started=("not started", "○"),
    in_progress=("in progress", "◐"),
    deferred=("deferred", "»"),
    achieved=("achieved", "✓"),
    cancelled=("cancelled", "–"),
)
COMPARISON = signs(better=("better", "▲"), equal=("equal", "="), worse=("worse", "▼"))


def spoken(key: str) -> str:
    """A fixed word that needs no symbol: `decision_maker` is `decision maker`."""
    return key.replace("_", " ").replace("-", " ")
