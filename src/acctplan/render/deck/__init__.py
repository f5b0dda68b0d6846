"""PowerPoint: a deck for a review of the plan, of charts, tables and shapes that can be edited as if made by hand."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from acctplan.render.view import PlanView

__all__ = ["deck"]


def deck(view: PlanView, house: bytes | None = None) -> bytes:
    """The plan as a PowerPoint file for those who may see everything: each of its slides says "Internal edition".

    The same view and template give the same bytes.

    Args:
        view: what the deck says.
        house: a PowerPoint file whose masters, fonts and colours are used; its own slides are left out. None: plain ones.

    Raises:
        UserError: the template cannot be used, or python-pptx is not installed.
    """
    if find_spec("pptx") is None:
        raise UserError("a PowerPoint file needs python-pptx", "pip install 'acctplan[pptx]'")
    from acctplan.render.deck.slides import drawn  # noqa: PLC0415  what it stands on is not always installed

    return drawn(view, house)
