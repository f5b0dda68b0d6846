"""Where a command's document goes: a file, written safely, or standard output."""

from __future__ import annotations

from pathlib import Path

from acctplan.cli import console


def deliver(text: str, output: str | None, fallback: Path | None = None) -> None:
    """Write a text to the file that was asked for, to `fallback` where none was, or to standard output (`-`, or neither).

    A standing file is replaced.

    Raises:
        UserError: it cannot be written.
    """
    path = fallback if output is None else Path(output)
    if output == "-" or path is None:
        console.write(text)
        return
    from acctplan.book import Change, write

    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write([Change(target, standing(path), text)], target.parent)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    console.say(f"wrote {shown}" if written else f"{shown} is up to date")


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
