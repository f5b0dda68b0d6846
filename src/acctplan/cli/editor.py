"""A text in somebody's editor: a copy that nobody else can read, away from the book and from git."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from acctplan.errors import UserError

_CHOOSE = "say which in EDITOR, for example: export EDITOR=nano"
_USUAL = ("nano", "vim", "vi")
"""Where nobody has said which, the first of these that is there."""
_AT_LINE = {
    **dict.fromkeys(("vi", "vim", "nvim", "gvim", "view", "nano", "emacs", "emacsclient", "micro", "kak", "hx", "joe"), "+{line}"),
    "gedit": "+{line}",
}
_WITH_PLACE = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "code-insiders": ("--wait", "--goto"), "subl": ("--wait",)}
"""Editors that take the line behind the file's name, and what makes them wait until the file is closed."""


def command() -> list[str]:
    """The editor that somebody has chosen (`VISUAL`, then `EDITOR`), else a usual one.

    Raises:
        UserError: there is none, or it cannot be read as a command.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if chosen:
        try:
            parts = shlex.split(chosen, posix=sys.platform != "win32")
        except ValueError:
            parts = []
        if not parts:
            raise UserError(f"the editor '{chosen}' is no command", _CHOOSE)
        return parts
    usual = ("notepad",) if sys.platform == "win32" else _USUAL
    found = next((name for name in usual if shutil.which(name)), None)
    if found is None:
        raise UserError("no editor is known", _CHOOSE)
    return [found]


def at_line(editor: list[str], file: str, line: int | None) -> list[str]:
    """The command that opens a file, at a line where the editor is known to take one."""
    name = Path(editor[0]).stem.casefold()
    if name in _WITH_PLACE:
        more = [option for option in _WITH_PLACE[name] if option not in editor and not (option == "--wait" and "-w" in editor)]
        goto = more if line else [option for option in more if option != "--goto"]
        return [*editor, *goto, f"{file}:{line}" if line else file]
    return [*editor, *([_AT_LINE[name].format(line=line)] if line and name in _AT_LINE else ()), file]


def private_copy(name: str, text: str) -> Path:
    """A file with a text that only its owner can read, in a folder of its own for whatever the editor puts beside it."""
    path = Path(tempfile.mkdtemp(prefix="acctplan-")) / name
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode())
    return path


def remove(copy: Path) -> None:
    """Take away a private copy, and what the editor left beside it."""
    shutil.rmtree(copy.parent, ignore_errors=True)


def run(editor: list[str], copy: Path, line: int | None) -> None:
    """Open a file in an editor, and wait until somebody is done.

    Raises:
        UserError: the editor cannot be started, or says that something went wrong.
    """
    try:
        ended = subprocess.run(at_line(editor, str(copy), line), check=False).returncode  # noqa: S603  the editor that the user has chosen
    except OSError as error:
        raise UserError(f"the editor {editor[0]} cannot be started: {(error.strerror or '').lower()}", _CHOOSE) from None
    if ended:
        raise UserError(f"the editor {editor[0]} ended with {ended}: nothing was written", _CHOOSE)
