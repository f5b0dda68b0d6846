"""A book of business: a folder with plans, its settings and its templates. All work with the disk is here."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan import config as settings
from acctplan.book.reading import UnreadableError, inside, read, read_bytes, reason
from acctplan.book.writing import Change, lock, replace, write
from acctplan.config import Config
from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.naming import is_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

__all__ = ["Book", "Change", "UnreadableError", "find", "find_for", "lock", "read", "read_bytes", "replace", "write"]

SUFFIXES = (".yaml", ".yml")
MAX_DEPTH = 32
"""How many folders deep plans and templates may lie."""
_MOST_NAMED = 6
"""Of many plans that may be meant, so many are named."""
MAX_TEMPLATES = 200
MAX_TEMPLATE_BYTES = 8 << 20
"""Of all of a book's own templates together."""


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
        """Every plan's path, by name; those in folders below too. Hidden files and folders are left out.

        A link to another plan of the book is that plan, and counts once.

        Raises:
            UserError: the folder cannot be looked into, or is a link out of the book.
        """
        return self._each_once(self._plans())

    def _plans(self) -> list[Path]:
        self._keep_inside(self.plans_folder)
        return list(_files_below(self.plans_folder, SUFFIXES))

    def _keep_inside(self, folder: Path) -> None:
        """Refuse to walk through a folder that is a link out of the book."""
        if _mode(folder):
            try:
                inside(folder, self.root)
            except UnreadableError as error:
                raise UserError(f"{self.display(folder)}: {error.message}", error.hint) from None

    def _each_once(self, paths: Iterable[Path]) -> list[Path]:
        """Plans without those that are reached twice; a link gives way to the plan itself."""
        chosen: dict[str, Path] = {}
        folders: dict[Path, str] = {}
        for path in paths:
            is_link = path.is_symlink()
            real = self._real(path, folders, is_link=is_link)
            if real not in chosen or not is_link:
                chosen[real] = path
        return list(chosen.values())

    def _real(self, path: Path, folders: dict[Path, str], *, is_link: bool) -> str:
        """What tells plans apart: where a path leads if that is in the book, else where it stands."""
        absolute = _absolute(path)
        folder = absolute.parent
        if folder not in folders:  # most plans share theirs, and following links takes time
            folders[folder] = os.path.realpath(folder)
        if is_link and Path(real := os.path.realpath(absolute)).is_relative_to(self.root.resolve()):
            return real
        return os.path.join(folders[folder], absolute.name)  # noqa: PTH118  thousands of these

    def resolve(self, names: Iterable[str], *, in_full: bool = False) -> list[Path]:
        """The plans that somebody named: a path, a folder of plans, or the name of a plan of this book. None named: all.

        A part will do where only one plan's name begins with it or has it as a whole word; a whole name goes first.

        Args:
            names: as they were typed.
            in_full: takes no part of a name, for words that may mean something else.

        Raises:
            UserError: there is no such plan, several may be meant, or the book has none at all.
        """
        paths = [path for name in names for path in self._resolve(name, in_full=in_full)] or self.plans()
        if not paths:
            if not self.is_configured:
                raise UserError("this is no book of plans", "cd into your book, or start one here: acctplan init")
            raise UserError(f"no plans in {self.display(self.plans_folder)}", "start one: acctplan new 'Customer name'")
        return self._each_once(paths)

    def _resolve(self, name: str, *, in_full: bool) -> list[Path]:
        path = Path(name)
        if stat.S_ISDIR(_mode(path)):
            found = find(path).plans() if _mode(path / settings.FILE_NAME) else list(_files_below(path, SUFFIXES))
            if not found:
                raise UserError(f"no plans in {name}", "plans are files that end in .yaml")
            return found
        if _mode(path, follow_symlinks=False):
            return [path]
        plans = self._plans()
        spelt = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")  # "Bank of America" is bank-of-america.yaml
        named = self._each_once([plan for plan in plans if plan.stem == name] or [plan for plan in plans if plan.stem == spelt])
        if len(named) > 1:
            raise UserError(f"{name} is the name of {len(named)} plans", f"give the path: {' or '.join(map(self.display, named))}")
        if not named and not in_full:
            named = self._each_once([plan for plan in plans if is_part(spelt, plan.stem) and "/" not in name])
        if len(named) > 1:
            some = ", ".join(plan.stem for plan in named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "")
            raise UserError(f"{name} may be {len(named)} plans: {some}", "say more of the name")
        if named:
            return named
        near = closest(path.stem, [plan.stem for plan in plans])
        raise UserError(
            f"no plan {name}", f"did you mean {near}?" if near else f"plans are looked for in {self.display(self.plans_folder)}"
        )

    def read(self, path: Path) -> str:
        """The text of a plan, which must not be a link out of the book. See `reading.read`."""
        return read(path, self.root if _absolute(path).is_relative_to(self.root) else None)

    def lock(self) -> AbstractContextManager[None]:
        """Hold this around reading, editing and writing plans of this book."""
        return lock(self.root)

    def write(self, changes: Iterable[Change]) -> list[Path]:
        """Write plans; the caller holds the lock. See `writing.write`."""
        return write(list(changes), self.root)

    def templates(self) -> dict[str, str]:
        """The book's own templates: path below its templates folder to text. They come before those that acctplan ships.

        Raises:
            UserError: one of them cannot be read, or is a link out of the book; or there are too many.
        """
        folder = self.root / "templates"
        self._keep_inside(folder)
        paths = list(islice(_files_below(folder, (".j2",)), MAX_TEMPLATES + 1))
        if len(paths) > MAX_TEMPLATES:
            raise UserError(f"more than {MAX_TEMPLATES} templates in {self.display(folder)}", "keep there only what the book's pages need")
        texts: dict[str, str] = {}
        size = 0
        for path in paths:
            text = self._own(path)
            size += len(text.encode())
            if size > MAX_TEMPLATE_BYTES:
                raise UserError(f"the templates in {self.display(folder)} are more than {MAX_TEMPLATE_BYTES:,} bytes", "make them smaller")
            texts[path.relative_to(folder).as_posix()] = text
        return dict(sorted(texts.items()))

    def _own(self, path: Path) -> str:
        try:
            return read(path, self.root)
        except UnreadableError as error:
            raise UserError(f"{self.display(path)}: {error.message}", error.hint) from None

    def display(self, path: Path) -> str:
        """A path as people want to read it: from where they stand, if it lies below."""
        absolute = _absolute(path)
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
        if stat.S_ISREG(_mode(file)):
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
    paths = [path for name in names if _mode(path := Path(name), follow_symlinks=False)]
    books = {book.root: book for book in (find(folder) for folder in dict.fromkeys(_folder(path) for path in paths))}
    configured = [book for book in books.values() if book.is_configured]
    if len(configured) > 1:
        raise UserError("these plans are of different books", "name the plans of one book at a time")
    return configured[0] if configured else next(iter(books.values()), None) or find(Path.cwd())


def _folder(path: Path) -> Path:
    """The folder that is, or holds, a path. A link to a plan is a plan of the book that the link lies in."""
    return path.resolve() if stat.S_ISDIR(_mode(path)) else _absolute(path).parent


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links


def _mode(path: Path, *, follow_symlinks: bool = True) -> int:
    """What stands at a path, as in `stat`; 0 where there is nothing that we can see."""
    try:
        return path.stat(follow_symlinks=follow_symlinks).st_mode
    except (OSError, ValueError):  # a name may be too long, or no name at all
        return 0


def _files_below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The files with one of some endings, by name; linked folders are not entered."""
    if not stat.S_ISDIR(_mode(folder)):
        return
    ahead: list[tuple[Path, bool, int]] = [(folder, True, 0)]
    while ahead:
        path, is_folder, depth = ahead.pop()
        if not is_folder:
            yield path
            continue
        if depth > MAX_DEPTH:
            raise UserError(f"folders more than {MAX_DEPTH} deep in {folder}", "move what lies in them further up")
        entries = [(Path(entry.path), entry.is_dir(follow_symlinks=False), depth + 1) for entry in _entries(path)]
        ahead.extend(entry for entry in reversed(entries) if entry[1] or entry[0].name.endswith(suffixes))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name, without what is hidden."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        raise UserError(f"cannot look into {folder}: {reason(error)}", "check its permissions") from None
