"""What `import` and `drift` share: which files are of which source, and what bringing them in would do."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan import importers
from acctplan.book import Change, UnreadableError, read_bytes
from acctplan.cli import console
from acctplan.cli.loading import load, load_one
from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.importers import entities, mapped, tables, unknown
from acctplan.importers import memory as memories
from acctplan.report.visible import visible
from acctplan.report.wrapping import words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from acctplan.book import Book
    from acctplan.config import Config
    from acctplan.importers import Extract, Import, Importer
    from acctplan.loader import Loaded

_MOST_BYTES = 64 << 20
_HANGING = 4
_A_STEP = 20
"""Plans, each time that the bar moves on: to draw it for each would take longer than the work."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was named on the command line, read."""

    importer: Importer
    files: tuple[tuple[str, bytes], ...]
    """What each is called, and its content."""


def options(given: Given, config: Config, date_format: str | None, today: date) -> importers.Options:
    """What the files themselves do not say: what was said of them, and what the settings say of their source."""
    settings = config.imports.get(given.importer.system.key)
    if settings is None:
        return importers.Options(date_format, today)
    return importers.Options(date_format or settings.date_format, today, settings.columns)


def given(words: Sequence[str], config: Config) -> Given:
    """The files that were named, and where they are from: the source that is named first, else the one that knows them.

    Args:
        words: the source, if it is named, and the files.
        config: may explain the columns of other sources.

    Raises:
        UserError: no such file or source, none that knows the files, or several.
    """
    known = [importer.system.key for importer in importers.ALL]
    own = mapped.importers(config, known)
    formats = {importer.system.key: importer for importer in (*importers.ALL, *own)}
    first, rest = words[0], list(words[1:])
    if first in formats and not Path(first).exists():
        if not rest:
            raise UserError(f"no files of {formats[first].system.name} were named", f"acctplan import {first} FILE...")
        return Given(formats[first], _readable(_contents(rest), formats[first]))
    if first == mapped.KEY and rest and not Path(first).exists():
        contents = _contents(rest)
        return Given(_recognised(contents, config, own), contents)
    if Path(first).name == first and not Path(first).exists() and not Path(first).suffix and (near := closest(first, formats)):
        raise UserError(f"no file {first}, and nothing to import from that is called so", f"did you mean {near}?")
    contents = _contents(words)
    return Given(_recognised(contents, config, importers.ALL, own), contents)


def _contents(names: Sequence[str]) -> tuple[tuple[str, bytes], ...]:
    """What the files hold, by their bare names where those tell them apart."""
    bare = [Path(name).name for name in names]
    shown = bare if len(set(bare)) == len(bare) else _without_what_they_share(names)
    return tuple((called, _content(name)) for called, name in zip(shown, names, strict=True))


def _without_what_they_share(names: Sequence[str]) -> list[str]:
    """The paths of files below the folder that all are in; as they were named, where there is none."""
    whole = [Path(name).absolute() for name in names]
    if len(set(whole)) < len(whole) or len({path.anchor for path in whole}) > 1:
        return list(names)
    folder = os.path.commonpath(whole)
    return [path.relative_to(folder).as_posix() for path in whole]


def would_write(book: Book, changes: Iterable[Change]) -> list[dict[str, str]]:
    """What `--diff --json` says would be written: each plan, and how its lines would change."""
    said = ((book.display(change.path), change.before, change.after) for change in changes)
    return [{"path": path, "diff": "\n".join(console.diff_lines(path, before, after))} for path, before, after in said]


def tell(lines: Iterable[str]) -> None:
    """Say lines to people, on a terminal broken between words under where they begin. What is to be copied stays in one line."""
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 0
    for line in lines:
        shown = visible(line)
        indent = len(shown) - len(shown.lstrip())
        is_whole = not width or shown.lstrip().startswith(("[", '"', "#", "--"))
        console.say(shown if is_whole else "\n".join(wrap(words(shown.lstrip()), width, indent=indent, hanging=indent + _HANGING)))


def _content(name: str) -> bytes:
    try:
        return read_bytes(Path(name), limit=_MOST_BYTES)
    except UnreadableError as error:
        raise UserError(f"{name}: {error.message}", error.hint) from None


def _recognised(files: Sequence[tuple[str, bytes]], config: Config, *groups: Sequence[Importer]) -> Importer:
    """The one source that knows at least one of the files, of the first group that has one. The others are told as left out."""
    known: dict[str, tuple[Importer, str]] = {}
    unread: list[UserError] = []
    for group in groups:
        for name, content in files if not known else ():
            try:
                for importer in _knowing(name, content, config, group):
                    known.setdefault(importer.system.key, (importer, name))
            except UserError as error:
                unread.append(error)
    if not known and unread:
        raise unread[0]
    if not known:
        raise _unknown(files)
    if len(known) > 1:
        told = " and ".join(f"{name} of {importer.system.name}" for importer, name in known.values())
        raise UserError(f"these files can be of several sources: {told}", "import them one after the other, each with its source before it")
    return next(iter(known.values()))[0]


def _unknown(files: Sequence[tuple[str, bytes]]) -> UserError:
    """Why nobody knows where files are from. Raises the reason itself where one cannot be read at all."""
    reasons = [(name, unknown.reason(name, content)) for name, content in files]
    if len(reasons) == 1:
        what = "nobody knows where {} is from: {}".format(*reasons[0])
    else:
        what = f"nobody knows where these files are from: {', '.join(f'{name} ({why})' for name, why in reasons)}"
    if all(unknown.is_json(*file) for file in files):
        sources = "Salesforce (sf data export tree, sf data query --json) and of SEC EDGAR (companyfacts, submissions)"
        return UserError(what, f"JSON is read of {sources}; anything else as CSV or .xlsx")
    keys = ", ".join(importer.system.key for importer in importers.ALL)
    return UserError(
        what,
        f"say it before the files, if it is one of these: {keys}; if it is none, acctplan import --map FILE asks what the columns mean",
    )


def _readable(files: tuple[tuple[str, bytes], ...], importer: Importer) -> tuple[tuple[str, bytes], ...]:
    """The files of a source that was named.

    Raises:
        UserError: all are JSON, and none is the source's.
    """
    if all(unknown.is_json(*file) and not importer.sniff(*file) for file in files):
        raise _unknown(files)
    return files


def _knowing(name: str, content: bytes, config: Config, among: Sequence[Importer]) -> list[Importer]:
    """The sources that know a file. One that is no table is known by its content."""
    sniffed = [importer for importer in among if importer.sniff(name, content)]
    if sniffed:
        return sniffed
    found = tables.read_all(name, content)
    return [importer for importer in among if any(importer.identify(_header(table, importer, config), table.name) for table in found)]


def _header(table: tables.Table, importer: Importer, config: Config) -> tuple[str, ...]:
    """A table's columns in a source's own English, as far as the settings say what they are called there."""
    settings = config.imports.get(importer.system.key)
    known = settings is not None and settings.columns and importer in importers.ALL
    return entities.columns_said(table.columns, settings.columns) if settings is not None and known else table.columns


def decisions(matches: Sequence[str]) -> dict[str, str]:
    """What `--match` says, in pairs of what something is called in the files and what it is in the book.

    Raises:
        UserError: one is no such pair.
    """
    found = {}
    for said in matches:
        name, equals, meant = (part.strip() for part in said.rpartition("="))
        if not equals or not name or not meant:
            raise UserError(f"--match {said}: a name and what it is are wanted", "such as --match 'Lena Vos=lena-vos', or 'Lena Vos=new'")
        found[name] = meant
    return found


def check_new(system: importers.System, plan: str | None, accounts: Sequence[str]) -> None:
    """See that `--new` makes plans of accounts, not of every company that somebody whom we know works at.

    Raises:
        UserError: the rows are said to be of one plan, or the source is a list of people and no account was named.
    """
    if plan is not None:
        raise UserError("--plan says whose the rows are, and --new makes plans for others", "leave one of them out")
    if not system.accounts_in and not accounts:
        raise UserError(
            f"{system.name} names every company that anybody works at: --new would make a plan for each",
            "say which are accounts of yours: --new --account NAME",
        )


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What bringing files into a book would do, and what it takes to write it."""

    book: Book
    plans: dict[str, Loaded]
    imported: Import

    def changes(self) -> list[Change]:
        """The plans that change, and those that are new."""
        made = []
        for plan in self.imported.plans:
            if plan.text is not None:
                made.append(Change(Path.cwd() / plan.path, None, plan.text))
            elif plan.edited is not None:
                made.append(Change(Path.cwd() / plan.path, self.plans[plan.path].read().text, plan.edited))
        return [change for change in made if change.is_one]

    def memory(self) -> list[Change]:
        """What the source said, to be kept for the next import."""
        made = []
        for plan in self.imported.plans:
            path = _memory_path(self.book, self.imported.system.key, plan.path)
            made.append(Change(path, _text(path, self.book.root), plan.memory.text()))
        return [change for change in made if change.is_one]


def reconciled(book: Book, extract: Extract, wishes: importers.Wishes, today: date) -> Reconciled:
    """What bringing an extract into a book would do, as its plans are now. Nothing is written."""
    paths = book.plans()
    with console.progress("reading the plans", len(paths) // _A_STEP + 1) as step:
        plans = {}
        for number, path in enumerate(paths, 1):
            plans[book.display(path)] = load(book, path)
            if number % _A_STEP == 0:
                step()
    known, notes = _remembered(book, extract, plans)
    folder = book.display(book.plans_folder)
    imported = importers.reconcile(plans, extract, book.config, today=today, memory=known, wishes=wishes, folder=folder)
    return Reconciled(book, plans, replace(imported, notes=(*imported.notes, *notes)))


def _remembered(book: Book, extract: Extract, plans: Iterable[str]) -> tuple[dict[str, importers.Memory], list[importers.Note]]:
    """What the source said last, by the path of the plan; and what is to be said of memories that cannot be read."""
    known: dict[str, importers.Memory] = {}
    notes = []
    for path in plans:
        place = _memory_path(book, extract.system.key, path)
        text = _text(place, book.root)
        remembered = None if text is None else memories.parse(text)
        if remembered is not None:
            known[path] = remembered
        elif text is not None:
            what = f"{book.display(place)}, which says what {extract.system.name} said last, cannot be read"
            notes.append(importers.Note(what, "taken as not known: where plan and export differ, the plan's word stays"))
    return known, notes


def plan_path(book: Book, name: str | None) -> str | None:
    """The path of the plan that was named, as the standing plans are called.

    Raises:
        UserError: there is no such plan, or it has errors.
    """
    return None if name is None else load_one(book, name).path


def _memory_path(book: Book, system: str, plan: str) -> Path:
    below = (Path.cwd() / plan).relative_to(book.plans_folder)
    return book.root / memories.path(system, below.as_posix())


def _text(path: Path, root: Path) -> str | None:
    """What a memory says; None where there is none."""
    if not os.path.lexists(path):
        return None
    hint = "delete it: then nobody knows any more what was imported last, and a person's word stays wherever plan and export differ"
    try:
        return read_bytes(path, root).decode()
    except UnreadableError as error:
        raise UserError(f"{path.name}: {error.message}", hint) from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is damaged", hint) from None
