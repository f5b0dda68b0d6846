"""Pages beside those that pandoc makes of the same plans' Markdown. `run.py` starts it with the interpreter that has acctplan installed.

    python benchmarks/rendering.py BOOK ROUNDS [PANDOC]

prints seconds per plan, by contestant and round, in JSON.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from timing import interleaved

from acctplan import loader, render
from acctplan.book import find
from acctplan.render.pictures import pictures
from acctplan.render.view import plan_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TODAY = date(2026, 11, 21)
PLANS = 25
"""As many a round takes."""


def contestants(folder: Path, pages: Path, pandoc: str | None) -> dict[str, Callable[[], float]]:
    """A file to its page; the parts of that; and Markdown to HTML, a process for each plan, since pandoc makes one page at a time."""
    book = find(folder)
    paths = book.plans()[:PLANS]
    loaded = [loader.load(book.read(path), path.stem, book.config) for path in paths]
    views = [plan_view(one.plan, book.config, TODAY) for one in loaded if one.plan is not None]
    assert len(views) == len(paths), "the generated plans have problems"
    texts = [pages / f"{path.stem}.md" for path in paths]
    for path, one in zip(texts, loaded, strict=True):
        path.write_text(render.render_plan(one, book.config, TODAY, "md"), encoding="utf-8")

    def page(path: Path) -> None:
        made = render.render_plan(loader.load(book.read(path), path.stem, book.config), book.config, TODAY, "html")
        (pages / f"{path.stem}.html").write_text(made, encoding="utf-8")

    def peer(path: Path) -> None:
        command = [str(pandoc), "--from=gfm", "--to=html5", "--standalone", "--metadata=title:Plan", f"--output={path}.html", str(path)]
        subprocess.run(command, check=True, capture_output=True)

    def peer_together() -> float:
        command = [str(pandoc), "--from=gfm", "--to=html5", "--standalone", "--metadata=title:Plans", f"--output={pages / 'all'}", *texts]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return (time.perf_counter() - started) / len(texts)

    measured = {
        "page": _each(page, paths),
        "reading": _each(lambda path: loader.load(book.read(path), path.stem, book.config), paths),
        "view": _each(lambda one: plan_view(one.plan, book.config, TODAY), loaded),
        "health": _each(lambda one: render.standing(one, one.plan, book.config, TODAY), loaded),
        "pictures": _each(lambda view: pictures(view.charts), views),
        "template": _each(lambda view: render.render(view, "html"), views),
    }
    return measured | ({} if pandoc is None else {"pandoc": _each(peer, texts), "pandoc, together": peer_together})


def _each(function: Callable[[Any], object], items: Sequence[Any]) -> Callable[[], float]:
    """Measures seconds per item."""

    def measure() -> float:
        gc.collect()
        started = time.perf_counter()
        for item in items:
            function(item)
        return (time.perf_counter() - started) / len(items)

    return measure


def main() -> None:
    folder, rounds, pandoc = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None
    with TemporaryDirectory() as pages:
        made = contestants(folder, Path(pages), pandoc)
        for measure in made.values():
            measure()  # compiles the templates, fills the disk cache
        seconds = interleaved(made, rounds)
    # To fill a template a view is asked for its pictures too.
    seconds["template"] = [max(both - drawn, 1e-9) for both, drawn in zip(seconds["template"], seconds["pictures"], strict=True)]
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
