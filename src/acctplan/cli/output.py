"""Where a command's document goes: a file, written safely, or standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan.cli import console

if TYPE_CHECKING:
    from acctplan.book import Book

_SOURCES = (".yaml", ".yml", ".toml")
"""What people write ends so; what acctplan makes does not."""


def deliver(
    text: str | bytes, output: str | None, fallback: Path | None = None, root: Path | None = None, source: Path | None = None
) -> None:
    """Write a text to the file that was asked for, to `fallback` where none was, or to standard output (`-`, or neither).

    A standing file is replaced, but never a plan or a book's settings.

    Args:
        text: the document, or the bytes of one that is no text.
        output: what the user asked for. Links are followed.
        fallback: where it goes otherwise.
        root: the book's folder, which `fallback` must not leave through a link.
        source: the plan that it was made from.

    Raises:
        UserError: it cannot be written, or must not be.
    """
    from acctplan.errors import UserError

    path = fallback if output is None else Path(output)
    if output == "-" or path is None:
        if isinstance(text, str):
            console.write(text)
        elif console.is_terminal():
            raise UserError("a terminal cannot show such a file", "name a file for it with -o, or pipe it into a program")
        else:
            sys.stdout.buffer.write(text)
        return
    from acctplan.book import replace

    real = Path(os.path.realpath(path))
    if real.is_dir():
        raise UserError(f"{path} is a folder", "name a file in it")
    _keep_sources(path, real, source)
    is_new = replace(real, text, Path(real.anchor)) if output is not None or root is None else replace(path, text, root)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    console.say(f"wrote {shown}" if is_new else f"{shown} is up to date")


def _keep_sources(path: Path, real: Path, source: Path | None) -> None:
    """Refuse to write over what people wrote."""
    from acctplan.book import find
    from acctplan.errors import UserError

    hint = "name another file, such as page.html"
    if any(one.suffix.casefold() in _SOURCES for one in (path, real)):
        raise UserError(f"{path} is named like a plan or settings; nothing was written", hint)
    linked = (plan for plan in find(real.parent).plans() if plan.is_symlink())
    kept = linked if source is None else (source, *linked)
    if any(os.path.realpath(plan) == str(real) for plan in kept):
        raise UserError(f"{path} is a plan; nothing was written", hint)


def keep_out_of_git(book: Book) -> None:
    """Have git ignore the folder that documents are written to where nobody said otherwise: most are as internal as the plans."""
    from acctplan.book import replace

    ignore = book.root / "site" / ".gitignore"
    if not os.path.lexists(ignore):
        replace(ignore, "*\n", book.root)


def standing(path: Path) -> str | None:
    """The text of a file that may stand; None where there is none.

    Raises:
        UserError: what stands there cannot be read as text, with its name.
    """
    from acctplan.book import UnreadableError, read
    from acctplan.errors import UserError

    if path.is_dir():
        raise UserError(f"{path} is a folder", "name a file in it")
    if not path.exists():
        return None
    try:
        return read(path)
    except UnreadableError as error:
        raise UserError(f"{path.name}: {error.message}", error.hint) from None
