"""Texts that went wrong: what hypothesis does to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKS = "a·b: ·- ·: ·\n·\n  ·\n    ·\r\n·'·\"·[·]·{·}·, ·#· # ·|·>-·|2·? ·\t·\\·~·---\n·...\n·%·@·!·&a·*a·<<"
_WORDS = "é·😀·\u2028·\ufeff·\\x41·\\ud800·2026·x y"
PIECES = [*_MARKS.split("·"), *_WORDS.split("·")]
"""What means something in YAML, and a few words."""


@st.composite
def damaged(draw: Callable[[Any], Any], text: str) -> str:
    """A text with a few slices deleted, doubled or moved, or with something put in between."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        place = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(st.just(""), st.just(text[start:end]), st.sampled_from(PIECES), st.text(max_size=3)))
        if draw(st.booleans()):
            text = text[:start] + text[end:]
        text = text[:place] + piece + text[place:]
    return text
