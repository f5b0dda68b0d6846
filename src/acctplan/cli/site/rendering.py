"""`acctplan render --all`: a page for every plan of the book, and an index of them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from acctplan.book import UnreadableError, lock, read, replace
from acctplan.cli import console
from acctplan.cli.loading import load, say_left_out, spread
from acctplan.cli.site.index import index
from acctplan.cli.site.made import Made, content_digest, record, recorded, stands
from acctplan.cli.site.setup import Setup, address, digest, page_files
from acctplan.errors import UserError
from acctplan.render.site import INDEX_FILE, Broken, render_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from acctplan.book import Book
    from acctplan.portfolio import Line

_WEIGHT = 20
"""A page with its pictures is about so many times as much work as reading its plan."""
_OURS = '<meta name="generator" content="acctplan">'


class _Folder(NamedTuple):
    """Where a site goes."""

    path: Path
    root: Path
    """What links in it must not leave."""
    shown: str
    """What to call it."""
    is_ours: bool
    """Whether it is the book's own for this, and not one that somebody named."""


class _Task(NamedTuple):
    """A plan to do something about."""

    path: Path
    file: str
    """What its page is called."""
    is_stale: bool
    """Whether the page has to be made."""


class _Done(NamedTuple):
    """What came of it."""

    line: Line | Broken
    content: str | None
    """The fingerprint of the page that was written."""


def render_all(book: Book, output: str | None, today: date) -> bool:
    """Write a book as a site: a page for every plan without errors, and an index. Only what changed is made again.

    Files of plans that are gone are removed where we made them and nobody touched them since.

    Args:
        book: whose plans and settings.
        output: the folder that was asked for; None: `site` in the book.
        today: the day that pages are made as of.

    Returns:
        Whether every plan has a page; standard error says which ones have none.

    Raises:
        UserError: there are no plans, the folder cannot be written to, an own template has a fault, or a rate is missing.
    """
    paths = book.resolve([])
    setup = Setup.of(book, today)
    folder = _folder(book, output)
    with lock(folder.path):
        return _render(setup, paths, folder)


def _render(setup: Setup, paths: Sequence[Path], folder: _Folder) -> bool:
    before = recorded(folder.path)
    files = page_files(paths)
    _keep_foreign(folder, before, [INDEX_FILE, *files.values()])
    sources = {files[path]: digest(f"{setup.fingerprint}\0{setup.path_of(path)}\0{_text(setup.book, path)}") for path in paths}
    index_source = digest("".join(f"{file}\0{source}\0" for file, source in sources.items()))

    def is_stale(file: str, source: str) -> bool:
        return file not in before or before[file].source != source or not stands(folder.path, file, before[file])

    has_stale_index = is_stale(INDEX_FILE, index_source)
    tasks = [_Task(path, files[path], is_stale(files[path], sources[files[path]])) for path in paths]
    todo = tasks if has_stale_index else [task for task in tasks if task.is_stale]
    with console.progress("Pages", len(todo)) as step:
        done = spread(partial(_do, setup, folder), todo, weight=_WEIGHT, done=step)

    answers = dict(zip((task.path for task in todo), done, strict=True))
    broken = {task.path: answer.line for task, answer in zip(todo, done, strict=True) if isinstance(answer.line, Broken)}
    after = {files[path]: before[files[path]] for path in paths if files[path] in before and path not in broken}
    after |= {files[path]: Made(sources[files[path]], answer.content) for path, answer in answers.items() if answer.content}
    if has_stale_index:
        lines = [answer.line for answer in done if not isinstance(answer.line, Broken)]
        addresses = {task.path: address(task.file) for task in tasks}
        by_plan = {answer.line.plan: addresses[path] for path, answer in answers.items() if not isinstance(answer.line, Broken)}
        content = _write(folder, INDEX_FILE, render_index(index(setup, lines, list(broken.values()), by_plan), setup.own))
        after[INDEX_FILE] = Made(index_source, content)
    else:
        after[INDEX_FILE] = before[INDEX_FILE]
    removed = _remove(folder, before, after)
    if after != before:
        record(folder.path, after, folder.root)
    written = sum(answer.content is not None for answer in done)
    _say(folder, len(after) - 1, written + has_stale_index, removed)
    for one in broken.values():
        say_left_out(one.path)
    return not broken


def _do(setup: Setup, folder: _Folder, task: _Task) -> _Done:
    """What the index says of a plan, and its page where it is stale."""
    loaded = load(setup.book, task.path)
    line = setup.summed_up(task.path, loaded)
    if isinstance(line, Broken) or not task.is_stale:
        return _Done(line, None)
    return _Done(line, _write(folder, task.file, setup.page(loaded)))


def _write(folder: _Folder, file: str, page: str) -> str:
    replace(folder.path / file, page, folder.root)
    return content_digest(page.encode())


def _text(book: Book, path: Path) -> str:
    """A plan's text; of one that cannot be read, what is wrong with it."""
    try:
        return book.read(path)
    except UnreadableError as error:
        return error.message


def _folder(book: Book, output: str | None) -> _Folder:
    """The folder of the site, made where it is missing.

    Raises:
        UserError: it is no folder, or a link out of the book that nobody asked for.
    """
    if output == "-":
        raise UserError("a site is many files", "name a folder for it: acctplan render --all -o site/")
    path = book.root / "site" if output is None else Path(output)
    real = Path(os.path.realpath(path))
    if output is None and not real.is_relative_to(book.root.resolve()):
        raise UserError(f"{path.name} is a link that leads out of the book", "name a folder: acctplan render --all -o FOLDER")
    if real.exists() and not real.is_dir():
        raise UserError(f"{path} is a file", "name a folder for the site")
    real.mkdir(parents=True, exist_ok=True)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return _Folder(real, real, f"{shown.as_posix()}/", is_ours=output is None)


def _keep_foreign(folder: _Folder, before: Mapping[str, Made], files: Iterable[str]) -> None:
    """Refuse to write over what somebody else put into a folder that was named, before anything is written.

    Raises:
        UserError: a file of a name that a page needs is none of ours.
    """
    for file in files:
        path = folder.path / file
        if folder.is_ours or file in before or not os.path.lexists(path):
            continue
        try:
            is_ours = _OURS in read(path, folder.path)
        except UnreadableError:
            is_ours = False
        if not is_ours:
            raise UserError(f"{folder.shown}{file} is of something else; nothing was written", "name another folder, or move it away")


def _remove(folder: _Folder, before: Mapping[str, Made], after: Mapping[str, Made]) -> int:
    """Delete the pages that we made of plans that have none any more. Returns how many."""
    removed = 0
    for file, made in before.items():
        path = folder.path / file
        if file in after or not os.path.lexists(path):
            continue
        if stands(folder.path, file, made):
            path.unlink()
            removed += 1
        else:
            console.say(f"{folder.shown}{file}: no plan has this page any more, but somebody changed it, so it was left")
    return removed


def _say(folder: _Folder, pages: int, written: int, removed: int) -> None:
    counted = "1 account" if pages == 1 else f"{pages} accounts"
    gone = f", {removed} removed" if removed else ""
    if not written and not removed:
        console.say(f"{folder.shown}{INDEX_FILE} and the pages of {counted} are up to date")
    else:
        console.say(f"wrote {folder.shown}{INDEX_FILE}: {counted}; {written} written, {pages + 1 - written} as they were{gone}")
