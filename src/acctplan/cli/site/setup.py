"""What every page of a book is made with, and what pages are called."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain, count
from typing import TYPE_CHECKING
from urllib.parse import quote

from acctplan import __version__, portfolio, render, rules
from acctplan.cli.loading import load
from acctplan.diagnostic import Severity
from acctplan.render.site import INDEX_FILE, PAGE, Broken, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.loader import Loaded
    from acctplan.portfolio import Line
    from acctplan.rules import Context, Rule


@dataclass(frozen=True)
class Setup:
    """A book, its own templates, and the day it is."""

    book: Book
    own: Mapping[str, str]
    """Templates that differ from the shipped ones of the same name."""
    checks: tuple[Rule, ...]
    """What the completeness of plans is counted by."""
    context: Context

    @classmethod
    def of(cls, book: Book, today: date) -> Setup:
        """What is needed to make the pages of a book.

        Raises:
            UserError: its templates cannot be read, or the settings name a rule that there is not.
        """
        return cls(
            book=book,
            own={name: text for name, text in book.templates().items() if render.shipped().get(name) != text},
            checks=rules.configured(book.config.check),
            context=rules.Context(book.config, today),
        )

    @property
    def today(self) -> date:
        """The day that pages are made as of."""
        return self.context.today

    @cached_property
    def fingerprint(self) -> str:
        """Changes with whatever all pages depend on: program, day, settings, templates."""
        parts = [__version__, str(self.today), self.book.config.model_dump_json(), dict(render.shipped()), dict(self.own)]
        return digest(json.dumps(parts))

    def path_of(self, path: Path) -> str:
        """A plan's path from the book's folder, wherever somebody stands; with its whole path where it lies elsewhere."""
        return path.relative_to(self.book.root).as_posix() if path.is_relative_to(self.book.root) else path.as_posix()

    def page(self, loaded: Loaded, document: str = PAGE) -> str:
        """The page of a plan that has no errors.

        Raises:
            UserError: an own template has a fault, or there is no rate for the plan's currency.
        """
        return render.render_plan(loaded, self.book.config, self.today, "html", self.own, document=document)

    def summed_up(self, path: Path, loaded: Loaded | None = None) -> Line | Broken:
        """A plan as the index shows it: one without errors, or one with.

        Raises:
            UserError: the settings have no rate for the plan's currency.
        """
        loaded = loaded or load(self.book, path)
        if loaded.plan is None:
            return self.broken(path, loaded)
        return portfolio.line(loaded, loaded.plan, self.checks, self.context)

    def broken(self, path: Path, loaded: Loaded) -> Broken:
        """What is wrong with a plan that has errors."""
        errors = [one for one in loaded.diagnostics if one.severity is Severity.ERROR]
        found = (Problem(f"line {one.location.line}", one.message, one.hint, one.source.strip()) for one in errors)
        return Broken(self.path_of(path), tuple(found))


def digest(text: str) -> str:
    """A text in so few characters that two texts never have the same. Half characters, as in the names of some files, may be in it."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def page_files(paths: Iterable[Path]) -> dict[Path, str]:
    """What the page of each plan is called: as the plan, and with the folder's name before it or a number after it where that is taken."""
    names: dict[Path, str] = {}
    taken = {INDEX_FILE}
    for path in paths:
        candidates = chain([path.stem, f"{path.parent.name}-{path.stem}"], (f"{path.stem}-{number}" for number in count(2)))
        names[path] = next(name for name in (f"{one}.html" for one in candidates) if name.casefold() not in taken)
        taken.add(names[path].casefold())
    return names


def address(file: str) -> str:
    """A page's name as a relative address, whatever is in it."""
    return quote(file.encode(errors="surrogateescape"), safe="")
