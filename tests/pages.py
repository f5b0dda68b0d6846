"""Plans to render, and pages taken apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import html5lib

from acctplan.config import Config, Rate, parse
from acctplan.loader import Loaded, load
from paths import DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from acctplan.model import Plan

TODAY = date(2026, 11, 21)
CONFIG = Config(rates={"CHF": Rate(rate=Decimal("1.05"), as_of=TODAY)})
"""The normal settings, and the rate that the full plan needs."""
BOOK = parse((ROOT / "acctplan.toml").read_text(encoding="utf-8"))
SAMPLES = sorted((ROOT / "plans").glob("*.yaml"))
"""The plans of the repository's own book, whose settings are `BOOK`."""
FULL = DATA / "full-plan.yaml"
"""Uses every field there is."""
_HTML = "{http://www.w3.org/1999/xhtml}"


def loaded(path: Path, config: Config = CONFIG) -> Loaded:
    return load(path.read_text(encoding="utf-8"), path.name, config)


def plan(text: str, config: Config = CONFIG) -> Plan:
    """The plan that a text says, which must be without fault."""
    found = load(text, "plan.yaml", config)
    assert found.plan is not None, found.diagnostics
    return found.plan


def elements(page: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every element of an HTML page in order: tag, attributes, all text in it. Comments have the tag `#comment`."""
    for element in html5lib.parse(page, namespaceHTMLElements=True).iter():
        if isinstance(element.tag, str):
            yield element.tag.removeprefix(_HTML), dict(element.attrib), "".join(element.itertext())
        else:
            yield "#comment", {}, element.text or ""


def skeleton(page: str) -> list[Any]:
    """What an HTML page is built of, without its words."""
    return [(depth, *parts) for depth, *parts in _walk(html5lib.parse(page, namespaceHTMLElements=True), 0)]


def _walk(element: Any, depth: int) -> Iterator[tuple[int, str, tuple[tuple[str, str], ...]]]:
    tag = element.tag.removeprefix(_HTML) if isinstance(element.tag, str) else "#comment"
    yield depth, tag, tuple(sorted(element.attrib.items()))
    for child in element:
        yield from _walk(child, depth + 1)
