"""WeasyPrint: the extra `pdf`."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"<svg\b[^>]*>")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_ON_A_PICTURE = re.compile(r"(?:fill|stroke|font|text|paint|opacity|visibility|letter-spacing|dominant-baseline|display)(?:-|$)")
_SELECTOR = re.compile(r"[\w\s.,*>#-]+")
_GRID = re.compile(r"repeat\(\s*auto-fi(?:t|ll)\s*,\s*minmax\(([^;{}]*?),\s*1fr\s*\)\s*\)")
_REM = re.compile(r"([\d.]+)rem")
_SHEET = 53.0
"""The width of a sheet of A4 between its margins, in the letters of the page's print style."""
_DEEPEST = 8
"""Variables made of variables made of ..."""


def print_page(html: str) -> bytes | None:
    """The page as PDF; None where WeasyPrint or what it needs is not installed.

    Raises:
        UserError: it failed.
    """
    with _silent():
        try:
            import weasyprint  # noqa: PLC0415  takes most of a second, and is not always there
            from weasyprint.urls import URLFetcher  # noqa: PLC0415
        except (ImportError, OSError):  # OSError: Pango or another library that it stands on is missing
            return None
        page = weasyprint.HTML(string=_styled(html), url_fetcher=URLFetcher(allowed_protocols=("data",)))
        try:
            pdf: bytes = page.write_pdf(pdf_tags=True)
        except Exception as error:  # noqa: BLE001  whatever the page of a book's own template makes it do, the page is at fault
            raise UserError(
                f"WeasyPrint could not print the page ({type(error).__name__})", "render html, and print that from a browser"
            ) from None
    return pdf


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """It says on the standard output what it lacks, and warns of what is ours to know."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _styled(html: str) -> str:
    """The page without what WeasyPrint would not understand in its style."""
    return _with_styled_pictures(_STYLE.sub(lambda style: _GRID.sub(_counted, style[0]), html))


def _counted(grid: re.Match[str]) -> str:
    """As many columns as fit a sheet of paper. WeasyPrint does not count for itself, and would make one."""
    least = _REM.search(grid[1])
    return f"repeat({max(1, int(_SHEET / (float(least[1]) + 1)))}, 1fr)" if least else grid[0]


def _with_styled_pictures(html: str) -> str:
    """The page with its style in every picture too: WeasyPrint draws pictures by the style inside them alone, without variables."""
    if not _PICTURE.search(html):
        return html
    import tinycss2  # noqa: PLC0415  comes with WeasyPrint

    rules = [
        rule
        for style in _STYLE.findall(html)
        for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
    ]
    variables = _variables(rules, tinycss2)
    kept = "".join(_on_pictures(rule, variables, tinycss2) for rule in rules)
    return _PICTURE.sub(lambda picture: f"{picture[0]}<style>{kept}</style>", html)


def _declarations(rule: Any, css: Any) -> list[tuple[str, str]]:
    found = css.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return [(one.name, css.serialize(one.value).strip()) for one in found if one.type == "declaration"]


def _variables(rules: list[Any], css: Any) -> dict[str, str]:
    """Those of the page, as they are on paper."""
    return {
        name: value
        for rule in rules
        if css.serialize(rule.prelude).strip() == ":root"
        for name, value in _declarations(rule, css)
        if name.startswith("--")
    }


def _on_pictures(rule: Any, variables: dict[str, str], css: Any) -> str:
    """What a rule says about lines, areas and letters; empty where it says nothing of them, or is about more than tags and classes."""
    selector = css.serialize(rule.prelude).strip()
    said = [(name, _resolved(value, variables)) for name, value in _declarations(rule, css) if _ON_A_PICTURE.match(name)]
    if not said or not _SELECTOR.fullmatch(selector):
        return ""
    return f"{selector}{{{';'.join(f'{name}:{value}' for name, value in said)}}}"


def _resolved(value: str, variables: dict[str, str]) -> str:
    for _ in range(_DEEPEST):
        found = _VARIABLE.sub(lambda name: variables.get(name[1], "inherit"), value)
        if found == value:
            break
        value = found
    return value
