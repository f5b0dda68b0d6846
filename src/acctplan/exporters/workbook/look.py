"""How a workbook looks: the colours and formats of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook

INK, SOFT, RULE, PANEL, ACCENT = "#1B2430", "#56616F", "#DFE4EA", "#F3F5F7", "#1D5AA8"
GOAL, HOPE, GOOD, WARN, BAD = "#9AA5B1", "#B9D2EF", "#19703F", "#8A5300", "#B0261C"
TINTS = {"good": "#E3F2E9", "fair": "#FDF1DC", "poor": "#FBE6E4"}
"""Behind the words of health, which say the same."""
_FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
_HEADING = {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "valign": "vcenter", "border": 1, "border_color": ACCENT}
_LEFT, _RIGHT = {"align": "left", "indent": 1}, {"align": "right", "indent": 1}
_OURS = {"font_color": SOFT, "bg_color": PANEL, "text_wrap": False}
"""What is not for editing: grey on grey, and never in the way."""
_OURS_HEADING = {"bg_color": SOFT, "border_color": SOFT}
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, **_LEFT},
    "integer": {"num_format": "0", **_RIGHT},
    "decimal": {"num_format": "General", **_RIGHT},
    "points": {"num_format": "0.0", **_RIGHT},
    "money": {"num_format": "#,##0", **_RIGHT},
    "share": {"num_format": "0 %", **_RIGHT},
    "date": {"num_format": "yyyy-mm-dd", **_LEFT},
    "boolean": {**_LEFT},
    "heading": {**_HEADING, **_LEFT},
    "heading of numbers": {**_HEADING, **_RIGHT},
    "title": {"bold": True, "font_size": 20},
    "subtitle": {"font_color": SOFT},
    "good": {"font_color": GOOD, "bg_color": TINTS["good"], **_LEFT},
    "fair": {"font_color": WARN, "bg_color": TINTS["fair"], **_LEFT},
    "poor": {"font_color": BAD, "bg_color": TINTS["poor"], **_LEFT},
    "late": {"font_color": BAD, "bold": True, "num_format": "yyyy-mm-dd", **_LEFT},
}


NUMBERS = frozenset({"integer", "decimal", "points", "money", "share"})
"""The formats of numbers, whose headings stand to the right."""


class Look:
    """The formats of a workbook, each made once, when it is asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def heading(self, of: str, *, is_ours: bool = False) -> Any:
        """The format of the heading above cells of a format."""
        return self[f"heading{' of numbers' if of in NUMBERS else ''}{', ours' if is_ours else ''}"]

    def __getitem__(self, name: str) -> Any:
        """A format by its name; with `, ours` behind it, for cells that are not for editing."""
        if name not in self._made:
            bare = name.removesuffix(", ours")
            ours = {} if bare == name else _OURS_HEADING if bare.startswith("heading") else _OURS
            self._made[name] = self._book.add_format({**_FONT, **_FORMATS[bare], **ours})
        return self._made[name]
