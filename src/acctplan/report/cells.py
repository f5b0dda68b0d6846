"""Texts as cells of tab-separated values, for spreadsheets and scripts."""

from __future__ import annotations

import re

from acctplan.report.visible import visible

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell that begins so for a formula."""
_QUOTE = '"'
"""A cell that begins so goes on to the next quote: over tabs and line ends, so that other cells are swallowed."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def cell(text: str) -> str:
    """The text made visible, so that it holds no tab or line end, with `'` before what a spreadsheet would not take for text.

    Numbers stay numbers, those below zero too.
    """
    shown = visible(text)
    return f"'{shown}" if shown.startswith((*_FORMULA, _QUOTE)) and not _NUMBER.fullmatch(shown) else shown
