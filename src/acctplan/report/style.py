"""How a report asks for colour without knowing any: it names the role of a text, and whoever prints it has the paint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["error", "warning", "advice", "path", "dim"]
"""What a stretch of text is: a severity's own, a place in a file, or something that may step back."""

Style: TypeAlias = Callable[[Role, str], str]
"""Paints a text for its role. The text is visible already and holds no line end."""


def plain(_: Role, text: str) -> str:
    """No paint at all."""
    return text
