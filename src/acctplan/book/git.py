"""What git knows about a book: who works here, what changed, what a plan said before."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 60
_NO_PROGRAMS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""A repository may come from anywhere, and its own settings may name programs for git to run."""
_PLAIN = ("--no-ext-diff", "--no-textconv")


def user_name(folder: Path) -> str | None:
    """What git calls whoever works here (`user.name`); None where there is no git or it does not say."""
    try:
        return _git(folder, "config", "user.name").decode().strip() or None
    except (UserError, UnicodeDecodeError):
        return None


def changed_since(folder: Path, revision: str) -> set[Path]:
    """The files below a folder that differ from a revision: changed, staged, new, and those that git does not track yet.

    Raises:
        UserError: no repository, or no such revision.
    """
    commit = _commit(folder, revision)
    changed = _git(folder, "diff", *_PLAIN, "--ignore-submodules=all", "--name-only", "--relative", "--no-renames", "-z", commit, "--", ".")
    untracked = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return {folder / name.decode("utf-8", "surrogateescape") for name in (changed + untracked).split(b"\0") if name}


def text_at(folder: Path, revision: str, path: Path) -> str | None:
    """What a file below a folder said at a revision; None where it was not there, or was not text.

    Raises:
        UserError: no repository, or no such revision.
    """
    commit = _commit(folder, revision)
    try:
        return _git(folder, "show", *_PLAIN, f"{commit}:./{path.relative_to(folder).as_posix()}").decode()
    except (UserError, UnicodeDecodeError):
        return None


def _commit(folder: Path, revision: str) -> str:
    """The full name of a revision, which no option can be mistaken for."""
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except UserError:
        _git(folder, "rev-parse", "--git-dir")
        raise UserError(f"git knows no revision '{revision}'", "name a branch, a tag or a commit: main, HEAD~1, v2026-10") from None


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  fixed commands, without a shell
            ["git", *_NO_PROGRAMS, "-C", str(folder), *arguments],  # noqa: S607  the git that the user has
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise UserError("git is not installed", "install git, or leave out what needs it") from None
    except (OSError, subprocess.SubprocessError):
        raise UserError("git did not answer", f"try it by hand: git {arguments[0]}") from None
    if done.returncode:
        raise UserError(f"git {arguments[0]} failed in {folder}", "is the book in a git repository?")
    return done.stdout
