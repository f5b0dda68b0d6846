"""What a preview shows: pages by name, each with a version that changes whenever the page might."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from acctplan import book as books
from acctplan.cli import console
from acctplan.cli.loading import load, spread
from acctplan.cli.preview.files import Files
from acctplan.cli.site.index import index
from acctplan.cli.site.setup import Setup, address, digest, page_files
from acctplan.errors import UserError
from acctplan.render.site import INDEX_FILE, PAGE, Broken, Problem, render_index, render_problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from acctplan.book import Book
    from acctplan.portfolio import Line

SETTINGS = "acctplan.toml"
FIRST = ""
"""The name of the page that a preview opens with."""


class Page(NamedTuple):
    """A page as it was made."""

    html: str
    version: str


@dataclass
class Pages(ABC):
    """The pages of a preview. Several threads may ask at once."""

    root: Path
    """The book's folder."""
    day: Callable[[], date]
    """The day that pages are made as of, which may be another tomorrow."""

    def __post_init__(self) -> None:
        self._files = Files()
        self._looking, self._making = Lock(), Lock()
        self._made: dict[str, Page] = {}
        self._book: tuple[str, Book | UserError] | None = None
        self._setup: tuple[str, Setup] | None = None

    def versions(self) -> dict[str, str]:
        """The version of every page there is, by its name. Looks at the disk."""
        with self._looking:
            return self._versions(self._shared())

    def page(self, name: str) -> Page | None:
        """A page, made anew where something changed; None where there is no such page."""
        with self._making:
            version = self.versions().get(name)
            if version is None:
                return None
            if name not in self._made or self._made[name].version != version:
                self._made[name] = Page(self._make(name), version)
            return self._made[name]

    def _shared(self) -> str:
        """Changes with whatever all pages depend on."""
        folder = self.root / "templates"
        templates = sorted(folder.rglob("*.j2")) if folder.is_dir() else []
        return digest(
            "\0".join([str(self.day()), *(f"{path}\0{self._files.fingerprint(path)}" for path in (self.root / SETTINGS, *templates))])
        )

    def _make(self, name: str) -> str:
        """A page, or what keeps it from being one."""
        try:
            return self._page(self._current(), name)
        except UserError as error:
            problem = Problem("", error.message, error.hint)
        except Exception as error:  # noqa: BLE001  the preview goes on; the error's own words may be the plan's
            problem = Problem(
                "", f"a mistake in acctplan ({type(error).__name__}); your files are as they were", "acctplan check may say more"
            )
        return render_problems("No page", Broken("", (problem,)), "" if name == FIRST else INDEX_FILE)

    def _current(self) -> Setup:
        """What pages are made with now.

        Raises:
            UserError: the settings or the templates cannot be used.
        """
        with self._looking:
            shared, book = self._shared(), self._found()
        if self._setup is None or self._setup[0] != shared:
            self._setup = shared, Setup.of(book, self.day())
        return self._setup[1]

    def _found(self) -> Book:
        """The book, with its settings as they are now.

        Raises:
            UserError: they cannot be used.
        """
        written = self._files.fingerprint(self.root / SETTINGS)
        if self._book is None or self._book[0] != written:
            try:
                self._book = written, books.find(self.root)
            except UserError as error:
                self._book = written, error
        if isinstance(self._book[1], UserError):
            raise self._book[1]
        return self._book[1]

    @abstractmethod
    def _versions(self, shared: str) -> dict[str, str]:
        """The version of every page, given the part that all have in common."""

    @abstractmethod
    def _page(self, setup: Setup, name: str) -> str:
        """Make a page that there is."""


@dataclass
class PlanPage(Pages):
    """One plan."""

    path: Path

    @classmethod
    def of(cls, book: Book, plan: str, day: Callable[[], date]) -> PlanPage:
        """The page of a plan that somebody named.

        Raises:
            UserError: there is no such plan, or several.
        """
        paths = book.resolve([plan])
        if len(paths) > 1:
            raise UserError(f"{plan} holds {len(paths)} plans", "name one of them, or none for the whole book")
        return cls(book.root, day, Path(os.path.abspath(paths[0])))  # noqa: PTH100  resolve() would follow links

    def _versions(self, shared: str) -> dict[str, str]:
        return {FIRST: digest(shared + self._files.fingerprint(self.path))}

    def _page(self, setup: Setup, name: str) -> str:
        del name
        loaded = load(setup.book, self.path)
        if loaded.plan is None:
            return render_problems(setup.path_of(self.path), setup.broken(self.path, loaded))
        return setup.page(loaded, "plan")


@dataclass
class BookPages(Pages):
    """The index of a book, and the page of every plan."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._plans: dict[str, Path] = {}
        self._lines: dict[Path, tuple[str, Line | Broken]] = {}

    @classmethod
    def of(cls, book: Book, day: Callable[[], date]) -> BookPages:
        """The pages of a book, with its plans read already.

        Raises:
            UserError: it has no plans.
        """
        paths = book.resolve([])
        pages = cls(book.root, day)
        setup = Setup.of(book, day())
        versions = pages.versions()
        names = page_files(paths)
        with console.progress("Plans", len(paths)) as step:
            lines = spread(setup.summed_up, paths, done=step)
        pages._lines = {path: (versions.get(names[path], ""), line) for path, line in zip(paths, lines, strict=True)}
        return pages

    def _versions(self, shared: str) -> dict[str, str]:
        try:
            files = page_files(self._found().plans())
        except UserError:  # the settings are being written: the plans are where they were
            files = {path: name for name, path in self._plans.items()}
        self._plans = {name: path for path, name in files.items()}
        found = {name: digest(f"{shared}{path}\0{self._files.fingerprint(path)}") for name, path in self._plans.items()}
        whole = digest(shared + "".join(f"{name}\0{version}" for name, version in found.items()))
        return {FIRST: whole, INDEX_FILE: whole, **found}

    def _page(self, setup: Setup, name: str) -> str:
        return self._index(setup) if name in (FIRST, INDEX_FILE) else self._account(setup, self._plans[name])

    def _account(self, setup: Setup, path: Path) -> str:
        loaded = load(setup.book, path)
        if loaded.plan is None:
            return render_problems(setup.path_of(path), setup.broken(path, loaded), INDEX_FILE)
        return setup.page(loaded, PAGE)

    def _index(self, setup: Setup) -> str:
        versions, plans = self.versions(), self._plans
        lines, broken, addresses = [], [], {}
        for name, path in plans.items():
            line = self._line(setup, path, versions.get(name, ""))
            if isinstance(line, Broken):
                broken.append(Broken(line.path, line.problems, address(name)))
            else:
                lines.append(line)
                addresses[line.plan] = address(name)
        return render_index(index(setup, lines, broken, addresses), setup.own)

    def _line(self, setup: Setup, path: Path, version: str) -> Line | Broken:
        known = self._lines.get(path)
        if known is None or known[0] != version:
            known = self._lines[path] = version, setup.summed_up(path)
        return known[1]
