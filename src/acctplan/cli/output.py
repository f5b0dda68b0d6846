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
    from acctplan.book import Change, read, write

    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    before = read(target) if target.exists() else None
    written = write([Change(target, before, text)], target.parent)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    console.say(f"wrote {shown}" if written else f"{shown} is up to date")
