"""What git knows about a book: who works here, what changed, what a plan said before."""

from __future__ import annotations

import os
import subprocess
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SECONDS = 60
_NO_PROGRAMS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""A repository may come from anywhere, and its own settings may name programs for git to run."""
_PLAIN = ("--no-ext-diff", "--no-textconv")
_SURROUNDINGS = {
    "GIT_ALLOW_PROTOCOL": "none",  # what a partial clone lacks is not fetched: the way there may be a program too
    "GIT_LITERAL_PATHSPECS": "1",  # a file is what its name says
}


class _FailedError(UserError):
    """Git ran, and said no."""


class Version(NamedTuple):
    """A state that git keeps."""

    commit: str
    """Its full name."""
    day: date
    """The day on which it was committed, where the user is."""


def user_name(folder: Path) -> str | None:
    """What git calls whoever works here (`user.name`); None where there is no git or it does not say."""
    return _setting(folder, "user.name")


def user_email(folder: Path) -> str | None:
    """The address under which whoever works here commits (`user.email`); None where there is no git or it does not say."""
    return _setting(folder, "user.email")


def _setting(folder: Path, name: str) -> str | None:
    try:
        return _git(folder, "config", name).decode().strip() or None
    except (UserError, UnicodeDecodeError):
        return None


def changed_since(folder: Path, revision: str) -> set[Path]:
    """The files below a folder that differ from a revision: changed, staged, new, and those that git does not track yet.

    Raises:
        UserError: no repository, or no such revision.
    """
    commit = _commit(folder, revision)
    arguments = (*_PLAIN, "--ignore-submodules=all", "--name-only", "--relative", "--no-renames", "-z", commit, "--", ".")
    changed = _git(folder, "diff", *arguments, unset=_filters(folder))
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


def version(folder: Path, revision: str) -> Version:
    """The state that a revision names.

    Raises:
        UserError: no repository, or no such revision.
    """
    return _versions(folder, "--no-walk", _commit(folder, revision))[0]


def version_on(folder: Path, day: date) -> Version | None:
    """The state of the branch that is checked out at the end of a day; None where it is younger.

    Raises:
        UserError: no repository, or nothing is committed in it.
    """
    head = _commit(folder, "HEAD")
    ends = datetime.combine(day + timedelta(days=1), time()).astimezone().timestamp() - 1
    found = _versions(folder, "--first-parent", "--max-count=1", f"--min-age={max(0, int(ends))}", head)
    return found[0] if found else None


def first_version(path: Path) -> Version | None:
    """The oldest state of the branch that is checked out that has a file; None where git does not know the file.

    Raises:
        UserError: no repository, or nothing is committed in it.
    """
    found = versions_of(path)
    return found[-1] if found else None


def versions_of(path: Path) -> list[Version]:
    """The states of the branch that is checked out in which a file changed, the youngest first. Its earlier names are not known.

    Raises:
        UserError: no repository, or nothing is committed in it.
    """
    return _versions(path.parent, "--first-parent", _commit(path.parent, "HEAD"), "--", f"./{path.name}")


class Commit(NamedTuple):
    """What git says of a commit."""

    id: str
    """Its short name."""
    day: date
    """The day on which it was committed, where the user is."""
    author: str
    subject: str
    """The first line of its message."""
    parents: int
    """How many it comes after: none of the first one, several of a merge."""
    files: int
    """How many files it changed; of a merge, against the branch that it went into."""


def last_commit(path: Path) -> Commit | None:
    """The youngest commit of the branch that is checked out in which a file changed; None where git does not know the file.

    Raises:
        UserError: no repository, or nothing is committed in it.
    """
    found = versions_of(path)
    if not found:
        return None
    commit = found[0].commit
    said = _git(path.parent, "show", *_PLAIN, "--no-patch", "--no-show-signature", "--format=%h%x00%an%x00%s%x00%P", commit)
    short, author, subject, parents = said.decode("utf-8", "replace").removesuffix("\n").split("\0")
    above = parents.split()
    trees = ("-r", "-z", "--name-only", *((above[0], commit) if above else ("--root", "--no-commit-id", commit)))
    files = _git(path.parent, "diff-tree", *_PLAIN, *trees).split(b"\0")
    return Commit(short, found[0].day, author, subject, len(above), len([name for name in files if name]))


def files_at(folder: Path, revision: str) -> list[Path]:
    """The files below a folder at a revision.

    Raises:
        UserError: no repository, or no such revision.
    """
    names = _git(folder, "ls-tree", "-r", "-z", "--name-only", _commit(folder, revision))
    return [folder / name.decode("utf-8", "surrogateescape") for name in names.split(b"\0") if name]


def _versions(folder: Path, *arguments: str) -> list[Version]:
    """What git lists, the youngest first."""
    lines = _git(folder, "rev-list", "--timestamp", *arguments).decode().splitlines()
    return [Version(commit, datetime.fromtimestamp(int(second)).astimezone().date()) for second, commit in map(str.split, lines)]


def _commit(folder: Path, revision: str) -> str:
    """The full name of a revision, which no option can be mistaken for."""
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except UserError:
        try:
            _git(folder, "rev-parse", "--git-dir")
        except _FailedError:
            raise UserError(f"git knows no repository around {folder}", "start one there: git init, git add . and git commit") from None
        if revision == "HEAD":
            raise UserError("nothing is committed here yet", "commit the book first: git add . and git commit") from None
        raise UserError(f"git knows no revision '{revision}'", "name a branch, a tag or a commit: main, HEAD~1, v2026-10") from None


def _filters(folder: Path) -> list[str]:
    """The settings that name programs for files to pass through on their way into the repository."""
    try:
        names = _git(folder, "config", "--null", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$")
    except UserError:
        return []
    return [name.decode("utf-8", "surrogateescape") for name in names.split(b"\0") if name]


def _git(folder: Path, *arguments: str, unset: Sequence[str] = ()) -> bytes:
    """What git answers.

    Args:
        folder: where it works.
        arguments: the command and what belongs to it.
        unset: settings that are to say nothing.
    """
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    settings = {"GIT_CONFIG_COUNT": str(first + len(unset))} if unset else {}
    for number, name in enumerate(unset, first):
        settings |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": ""}
    try:
        done = subprocess.run(  # noqa: S603  fixed commands, without a shell
            ["git", *_NO_PROGRAMS, "-C", str(folder), *arguments],  # noqa: S607  the git that the user has
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=os.environ | _SURROUNDINGS | settings,
        )
    except FileNotFoundError:
        raise UserError("git is not installed", "install git, or leave out what needs it") from None
    except (OSError, subprocess.SubprocessError):
        raise UserError("git did not answer", f"try it by hand: git {arguments[0]}") from None
    if done.returncode:
        raise _FailedError(f"git {arguments[0]} failed in {folder}", "is the book in a git repository?")
    return done.stdout
