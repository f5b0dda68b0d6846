"""Pages in a real browser: readable for everybody at every width, and nothing in them does anything.

Skipped, with a reason, where there is no Chromium.
"""

from __future__ import annotations

import shutil
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.render import DOCUMENTS, render, render_plan
from acctplan.render.view import plan_view
from hostile import naughty, with_texts
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from acctplan.config import Config

pytestmark = pytest.mark.slow
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
WIDTHS = (390, 820, 1280)
PLANS = [pytest.param(path, BOOK, id=path.stem) for path in SAMPLES] + [pytest.param(FULL, CONFIG, id="full")]
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


class Seen:
    """What a page did that it should not."""

    def __init__(self, page: Page, own: str) -> None:
        self.faults: list[str] = []
        page.on("dialog", self._dialog)
        page.on("request", lambda request: None if request.url == own else self.faults.append(f"request {request.url[:80]}"))
        page.on("console", lambda message: self.faults.append(f"console {message.text[:200]}"))
        page.on("pageerror", lambda error: self.faults.append(f"error {str(error)[:200]}"))

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog {dialog.message[:80]}")
        dialog.dismiss()


def opened(browser: Browser, folder: Path, text: str, **options: Any) -> tuple[Page, Seen]:
    """A page as somebody sees it who opens the file."""
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    page = browser.new_context(**options).new_page()
    seen = Seen(page, path.as_uri())
    page.goto(path.as_uri())
    return page, seen


def document(path: Path, config: Config, name: str = "plan") -> str:
    return render_plan(loaded(path, config), config, TODAY, "html", document=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "config"), PLANS)
def test_a_page_fits_every_width_in_every_light(browser: Browser, tmp_path: Path, path: Path, config: Config, scheme: Any):
    text = document(path, config)
    for width in WIDTHS:
        page, seen = opened(browser, tmp_path, text, viewport={"width": width, "height": 900}, color_scheme=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.context.close()
        assert wide <= width
        assert seen.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_serious_keeps_anybody_from_reading_a_document(browser: Browser, tmp_path: Path, name: str, scheme: Any):
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe is not installed")
    path = next(path for path in SAMPLES if path.stem == "brannhaven-terminals")
    # The check runs inside the page, which itself allows no script.
    page, _ = opened(browser, tmp_path, document(path, BOOK, name), color_scheme=scheme, bypass_csp=True)
    found = axe.Axe().run(page)["violations"]
    page.context.close()
    grave = [(one["id"], one["help"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found if one["impact"] in GRAVE]
    assert grave == []


def test_every_hostile_text_in_every_field_does_nothing(browser: Browser, tmp_path: Path):
    plan = loaded(FULL).plan
    assert plan is not None
    texts = naughty()
    left = len(texts)
    endless = cycle(texts)
    while left > 0:
        used: list[str] = []
        hostile = with_texts(plan, partial(_take, endless, used))
        view = plan_view(hostile, CONFIG, TODAY)
        page, seen = opened(browser, tmp_path, render(view, "html"))
        page.mouse.move(300, 300)
        page.context.close()
        assert seen.faults == []
        left -= len(used)


def _take(endless: Iterator[str], used: list[str]) -> str:
    used.append(next(endless))
    return used[-1]
