"""Whole pages, as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from acctplan.render import FORMATS, render_plan
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, loaded

GOLDEN = Path(__file__).parent / "golden"
PAGES = [(path, BOOK) for path in SAMPLES] + [(FULL, CONFIG)]


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(("path", "config"), PAGES, ids=[path.stem for path, _ in PAGES])
def test_a_plan_is_rendered_as_before(path, config, format_name, golden):
    page = render_plan(loaded(path, config), config, TODAY, format_name)
    assert page == render_plan(loaded(path, config), config, TODAY, format_name)
    golden(GOLDEN / f"{path.stem}.{format_name}", page)


def test_no_golden_file_is_left_over():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{path.stem}.{name}" for path, _ in PAGES for name in FORMATS}
