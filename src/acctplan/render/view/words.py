"""What the plan's fixed words read as: never by colour alone, so each has a symbol beside its word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """A fixed word of the plan as it is shown."""

    key: str
    """As in the plan's file; `unknown` where it gives none. Fit to be part of a class name."""
    word: str
    symbol: str


def _signs(**signs: tuple[str, str]) -> dict[str | None, Sign]:
    """Signs by key, `unknown` also for what the plan leaves out."""
    found: dict[str | None, Sign] = {key: Sign(key, word, symbol) for key, (word, symbol) in signs.items()}
    return {**found, None: Sign("unknown", "unknown", "?")}


STANCE = _signs(supportive=("supportive", "+"), neutral=("neutral", "○"), negative=("negative", "✕"))
INFLUENCE = _signs(high=("high", "▲"), medium=("medium", "△"), low=("low", "▽"))
"""Also of threats, priorities, likelihoods and impacts."""
COVERAGE = _signs(none=("none", "○○○"), brief=("brief", "●○○"), multiple=("multiple", "●●○"), in_depth=("in depth", "●●●"))
ACTION = _signs(
    late=("late", "!"),
    not_started=("not started", "○"),
    in_progress=("in progress", "◐"),
    deferred=("deferred", "»"),
    done=("done", "✓"),
    cancelled=("cancelled", "–"),
)
OBJECTIVE = _signs(
    late=("late", "!"),
    not_started=("not started", "○"),
    in_progress=("in progress", "◐"),
    deferred=("deferred", "»"),
    achieved=("achieved", "✓"),
    cancelled=("cancelled", "–"),
)
OPPORTUNITY = _signs(potential=("potential", "○"), open=("open", "◐"), won=("won", "●"), lost=("lost", "✕"), dropped=("dropped", "–"))
POSITION = _signs(sole=("sole", "●"), ahead=("ahead", "▲"), level=("level", "="), behind=("behind", "▼"), locked_out=("locked out", "✕"))
COMPARISON = _signs(better=("better", "▲"), equal=("equal", "="), worse=("worse", "▼"))
CELL = _signs(
    ours=("ours", "●"),
    competitor=("competitor", "✕"),
    in_house=("in house", "⌂"),
    open=("open", "○"),
    blocked=("blocked", "■"),
    not_needed=("not needed", "–"),
)
PURCHASING = _signs(above=("above plan", "▲"), as_planned=("as planned", "="), below=("below plan", "▼"))
VERDICT = _signs(approved=("approved", "✓"), changes_wanted=("changes wanted", "!"))
RISK = _signs(open=("open", "!"), closed=("closed", "✓"))
CONFIRMED = {
    True: Sign("yes", "confirmed by the customer", "✓"),
    False: Sign("no", "our own reading", "○"),
    None: Sign("unknown", "not known if confirmed", "?"),
}
MET = {True: Sign("yes", "expectations met", "✓"), False: Sign("no", "expectations not met", "✕"), None: Sign("unknown", "unknown", "?")}

CATEGORY = {
    "marketing": "marketing",
    "business_development": "business development",
    "revenue": "revenue",
    "cross_account": "cross-account",
}
INSIGHT_GROUPS = {"goal": "Goals", "pressure": "Pressures", "initiative": "Initiatives", "obstacle": "Obstacles"}
"""In the order in which one drives the next."""


def spoken(key: str) -> str:
    """A fixed word that needs no symbol: `decision_maker` is `decision maker`."""
    return key.replace("_", " ").replace("-", " ")
