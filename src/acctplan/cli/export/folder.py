"""Many files that are written to one folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan.book import replace
from acctplan.cli import console
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_files(output: str, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files into a folder, which is made where it is missing. Those that stand there under these names are replaced.

    Args:
        output: the folder.
        files: the name of each, and what it is to hold.

    Raises:
        UserError: it is no folder, or cannot be written to.
    """
    if output == "-":
        raise UserError("these are many files", "name a folder for them: -o FOLDER")
    path = Path(output)
    real = Path(os.path.realpath(path))
    if real.exists() and not real.is_dir():
        raise UserError(f"{path} is a file", "name a folder")
    made = list(files)  # all of them, before the first is written
    try:
        real.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"{path} cannot be made a folder", "check its permissions, or name another") from None
    is_new = [replace(real / name, content, real) for name, content in made]
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    written = sum(is_new)
    same = f"; {len(made) - written} were up to date" if written < len(made) else ""
    console.say(f"wrote {shown}/: {written} file{'' if written == 1 else 's'}{same}" if written else f"{shown}/ is up to date")
