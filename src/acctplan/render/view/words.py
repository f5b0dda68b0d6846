"""What the plan's fixed words read as: never by colour alone, so each has a symbol beside its word."""

from __future__ import annotations

from acctplan.analysis.signs import ACTION, COMPARISON, COVERAGE, INFLUENCE, OBJECTIVE, STANCE, Sign, signs, spoken

__all__ = [
    "ACTION",
    "CATEGORY",
    "CELL",
    "COMPARISON",
    "CONFIRMED",
    "COVERAGE",
    "INFLUENCE",
    "INSIGHT_GROUPS",
    "MET",
    "OBJECTIVE",
    "OPPORTUNITY",
    "POSITION",
    "PURCHASING",
    "RISK",
    "STANCE",
    "VERDICT",
    "Sign",
    "answer_sign",
    "spoken",
]

OPPORTUNITY = signs(potential=("potential", "○"), open=("open", "◐"), won=("won", "●"), lost=("lost", "✕"), dropped=("dropped", "–"))
POSITION = signs(sole=("sole", "●"), ahead=("ahead", "▲"), level=("level", "="), behind=("behind", "▼"), locked_out=("locked out", "✕"))
CELL = signs(
    ours=("ours", "●"),
    competitor=("competitor", "✕"),
    in_house=("in house", "⌂"),
    open=("open", "○"),
    blocked=("blocked", "■"),
    not_needed=("not needed", "–"),
)
PURCHASING = signs(above=("above plan", "▲"), as_planned=("as planned", "="), below=("below plan", "▼"))
VERDICT = signs(approved=("approved", "✓"), changes_wanted=("changes wanted", "!"))
RISK = signs(open=("open", "!"), closed=("closed", "✓"))
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

_ANSWERS = {
    "+": ("yes", "+"),
    "-": ("no", "\N{MINUS SIGN}"),
    "0": ("no", "○○○"),
    "1": ("brief", "●○○"),
    "2": ("multiple", "●●○"),
    "3": ("in_depth", "●●●"),
}


def answer_sign(mark: str | None, words: str) -> Sign:
    """The answer to a question of a scorecard: its mark as a symbol, what it means in words. Without a mark it is unknown."""
    if mark is None or mark not in _ANSWERS:
        return Sign("unknown", "unknown", "?")
    key, symbol = _ANSWERS[mark]
    return Sign(key, words, symbol)
