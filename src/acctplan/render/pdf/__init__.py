"""PDF: the HTML page on paper, by whichever engine this computer has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from acctplan.errors import UserError
from acctplan.render.pdf import browser, weasy

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["to_pdf"]

_ENGINES: tuple[Callable[[str], bytes | None], ...] = (weasy.print_page, browser.print_page)
"""In the order in which they are tried. None: it is not installed."""
_LARGE = 400_000
"""Letters. WeasyPrint takes minutes for some times that, a browser seconds."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_START = re.compile(r"\A\s*<!doctype[^>]*>", re.IGNORECASE)


def to_pdf(html: str) -> bytes:
    """A page on paper: A4 unless its style says otherwise. Its margins and the numbers of its pages come from there too.

    WeasyPrint is used where it is installed, else Chrome, Edge, Chromium or Brave; of very large pages the other way round. Nothing is
    fetched from anywhere. With the same engine and the same fonts, the same page gives the same bytes.

    Raises:
        UserError: there is no engine, or those that there are failed.
    """
    page = _prepared(html)
    failure: UserError | None = None
    for print_page in _ENGINES if len(page) < _LARGE else reversed(_ENGINES):
        try:
            pdf = print_page(page)
        except UserError as error:
            failure = failure or error
            continue
        if pdf is not None:
            return pdf
    raise failure or UserError(
        "no program is installed that can write a PDF",
        "pip install 'acctplan[pdf]', or install Chrome, Edge or Chromium; or render html and print that",
    )


def _prepared(html: str) -> str:
    """The page with what holds where its own head says nothing else.

    A policy that lets it fetch nothing and run nothing, also where a book's own template left that out; and A4, of which browsers
    are not as sure as we are. A size that the page's style names comes later, and so before it.
    """
    head = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>@page {{ size: A4 }}</style>'
    start = _START.match(html)
    end = start.end() if start else 0
    return html[:end] + head + html[end:]
