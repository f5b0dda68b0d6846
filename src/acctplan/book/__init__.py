"""A book of business: a folder with plans, its settings and its templates. All work with the disk is here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan import config as settings
from acctplan.book.reading import UnreadableError, read, read_bytes
from acctplan.book.writing import Change, lock, write
from acctplan.config import Config
from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

__all__ = ["Book", "Change", "UnreadableError", "find", "find_for", "lock", "read", "read_bytes", "user_name", "write"]

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Book:
    """A folder of plans with its settings."""

    root: Path
    config: Config
    is_configured: bool
    """Whether there is an acctplan.toml."""

    @property
    def plans_folder(self) -> Path:
        """Where new plans go."""
        return self.root / self.config.plans

    def plans(self) -> list[Path]:
        """Every plan's path, by name; those in folders below too. Hidden files and folders are left out."""
        return list(_plans_below(self.plans_folder))

    def resolve(self, names: Iterable[str]) -> list[Path]:
        """The plans that somebody named: a path, a folder of plans, or the name of a plan of this book. None named: all.

        Raises:
            UserError: there is no such plan, or the book has none at all.
        """
        paths = [path for name in names for path in self._resolve(name)] or self.plans()
        if not paths:
            raise UserError(f"no plans in {self.display(self.plans_folder)}", "start one: acctplan new 'Customer name'")
        return list(dict.fromkeys(paths))

    def _resolve(self, name: str) -> list[Path]:
        path = Path(name)
        if path.is_dir():
            found = list(_plans_below(find(path).plans_folder if (path / settings.FILE_NAME).exists() else path))
            if not found:
                raise UserError(f"no plans in {name}", "plans are files that end in .yaml")
            return found
        if path.exists() or path.is_symlink():
            return [path]
        plans = {plan.stem: plan for plan in self.plans()}
        if name in plans:
            return [plans[name]]
        near = closest(path.stem, plans)
        raise UserError(
            f"no plan {name}", f"did you mean {near}?" if near else f"plans are looked for in {self.display(self.plans_folder)}"
        )

    def read(self, path: Path) -> str:
        """The text of a plan. See `reading.read`."""
        return read(path, self.root if path.is_relative_to(self.root) else None)

    def lock(self) -> AbstractContextManager[None]:
        """Hold this around reading, editing and writing plans of this book."""
        return lock(self.root)

    def write(self, changes: Iterable[Change]) -> list[Path]:
        """Write plans; the caller holds the lock. See `writing.write`."""
        return write(list(changes), self.root)

    def templates(self) -> dict[str, str]:
        """The book's own templates: path below its templates folder to text. They come before those that acctplan ships."""
        folder = self.root / "templates"
        paths = sorted(path for path in folder.rglob("*.j2") if not path.name.startswith("."))
        return {path.relative_to(folder).as_posix(): read(path, self.root) for path in paths}

    def display(self, path: Path) -> str:
        """A path as people want to read it: from where they stand, if it lies below."""
        absolute = Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links
        here = Path.cwd()
        return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else str(path)


def find(start: Path) -> Book:
    """The book around a folder: the nearest one upwards with an acctplan.toml, else the folder itself with default settings.

    Raises:
        UserError: the settings cannot be read.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        file = folder / settings.FILE_NAME
        if file.is_file():
            try:
                text = read(file, folder)
            except UnreadableError as error:
                raise UserError(f"{file}: {error.message}", error.hint) from None
            return Book(folder, settings.parse(text, settings.FILE_NAME), is_configured=True)
    return Book(start, Config(), is_configured=False)


def find_for(names: Iterable[str]) -> Book:
    """The book of the plans that somebody named: of the first one that is a path, else the one around the working folder.

    Raises:
        UserError: the plans are of several books, whose settings may differ.
    """
    paths = [path for name in names if (path := Path(name)).exists()]
    books = {book.root: book for book in (find(folder) for folder in dict.fromkeys(_folder(path) for path in paths))}
    configured = [book for book in books.values() if book.is_configured]
    if len(configured) > 1:
        raise UserError("these plans are of different books", "name the plans of one book at a time")
    return configured[0] if configured else next(iter(books.values()), None) or find(Path.cwd())


def user_name(folder: Path) -> str | None:
    """What git calls whoever works here (`user.name`); None where there is no git or it does not say."""
    import subprocess  # noqa: PLC0415  only a new plan asks

    try:
        asked = subprocess.run(
            ["git", "-C", str(folder), "config", "user.name"],  # noqa: S607  the git that the user has
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return asked.stdout.strip() or None


def _folder(path: Path) -> Path:
    return path.resolve() if path.is_dir() else path.resolve().parent


def _plans_below(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _plans_below(Path(entry.path))
        elif entry.name.endswith(SUFFIXES):
            yield Path(entry.path)
