"""What a plan said earlier: at its last review, on a day, or at a revision of git."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.overdue import last_review
from acctplan.analysis.reviewing import fingerprint, is_comparable
from acctplan.book import SUFFIXES, git
from acctplan.cli.options import FIRST_DAY, LAST_DAY
from acctplan.document import MalformedError, parse
from acctplan.errors import UserError
from acctplan.loader.schema import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.book import Book
    from acctplan.book.git import Version
    from acctplan.model import Plan

_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST = 60
"""So many states of a plan are looked at for the one that was signed."""


class Review(NamedTuple):
    """The last review of a plan."""

    day: date


class Day(NamedTuple):
    """A day that somebody asked about. What counts is how the plan was at its end."""

    day: date


class Revision(NamedTuple):
    """A revision that somebody asked about."""

    name: str


class Commit(NamedTuple):
    """The last commit: the plan has no review yet."""


Since: TypeAlias = Review | Day | Revision | Commit
Missing: TypeAlias = Literal["not there yet", "has errors", "unknown to git"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier state of a plan, or why there is none."""

    since: Since
    version: Version | None
    """What git was asked for; None where it has nothing so old, or where it need not be asked: the plan means what was signed."""
    plan: Plan | None
    missing: Missing | None = None
    is_first: bool = False
    """The review is older than what git knows of the plan: this is the first that it knows."""
    is_signed: bool = False
    """This is what was signed in the review: its fingerprint says so."""

    @property
    def words(self) -> str:
        """Since when, for people."""
        if isinstance(self.since, Review) and self.version and self.is_first:
            return f"since {self.version.day}, the first that git knows of it (the last review is of {self.since.day})"
        return f"since {self._when}"

    @property
    def remark(self) -> str:
        """Why there is nothing to compare with; empty where there is."""
        match self.missing:
            case "not there yet":
                return f"was not there yet {self._at}"
            case "has errors":
                return f"had errors {self._at}, so it cannot be compared"
            case "unknown to git":
                return "git does not know it yet: once it is committed, changes can be told"
        return ""

    @property
    def _at(self) -> str:
        return f"{'on' if isinstance(self.since, Day) else 'at'} {self._when}"

    @property
    def _when(self) -> str:
        committed = f" ({self.version.day})" if self.version else ""
        match self.since:
            case Review(day):
                return f"the review of {day}"
            case Day(day):
                return f"{day}"
            case Revision(name):
                return f"{name}{committed}"
        return f"the last commit{committed}"


def asked(since: str | None) -> Day | Revision | None:
    """What `--since` names: a day, else a revision.

    Raises:
        UserError: it looks like a day, and there is none such.
    """
    if since is None or not _A_DAY.fullmatch(since):
        return None if since is None else Revision(since)
    try:
        day = date.fromisoformat(since)
        if FIRST_DAY <= day <= LAST_DAY:
            return Day(day)
        raise UserError(f"the day {since} is out of reach", f"a day from {FIRST_DAY.year} to {LAST_DAY.year} is wanted")
    except ValueError:
        raise UserError(f"there is no day {since}", "a date like 2026-12-31, or a revision such as HEAD~1, is wanted") from None


def earlier(path: Path, plan: Plan, since: Day | Revision | None, today: date) -> Earlier:
    """What a plan said earlier; at a review what was signed in it or, where that is not to be found, what git has of the end of that day.

    Args:
        path: the plan's file.
        plan: what it says now.
        since: what somebody asked for; None: the last review, else the last commit.
        today: reviews of later days do not count.

    Raises:
        UserError: no repository, no such revision, or nothing was ever committed.
    """
    real = Path(os.path.realpath(path))
    reviewed = last_review(plan, today)
    wanted: Since = since or (Commit() if reviewed is None else Review(reviewed))
    if isinstance(wanted, Review) and (signed := _signed(real, plan, wanted)) is not None:
        return signed
    version = _version(real.parent, wanted)
    text = None if version is None else git.text_at(real.parent, version.commit, real)
    if text is None and isinstance(wanted, Review):
        first = git.first_version(real)
        if first is not None:
            return _read(wanted, first, git.text_at(real.parent, first.commit, real), is_first=True)
    if text is None:
        return Earlier(wanted, version, None, "not there yet" if since else "unknown to git")
    return _read(wanted, version, text)


def _signed(path: Path, plan: Plan, review: Review) -> Earlier | None:
    """What was signed in a review, whatever was committed later on the same day; None where it cannot be found."""
    signed = plan.reviews[review.day].fingerprint
    if signed is None or not is_comparable(signed):
        return None
    if signed == fingerprint(plan):
        return Earlier(review, None, plan, is_signed=True)
    found = ((version, old) for version, old in _states(path, review.day) if fingerprint(old) == signed)
    return next((Earlier(review, version, old, is_signed=True) for version, old in found), None)


def _states(path: Path, day: date) -> Iterator[tuple[Version, Plan]]:
    """What git has of a plan, first what was committed around a day."""
    versions = sorted(git.versions_of(path), key=lambda one: abs((one.day - day).days))
    for version in versions[:_MOST]:
        plan = _plan(git.text_at(path.parent, version.commit, path))
        if plan is not None:
            yield version, plan


def gone(book: Book, since: Day | Revision) -> list[str]:
    """The plans that a book had then and has no longer: their paths, as people read them.

    Raises:
        UserError: no repository, no such revision, or nothing was ever committed.
    """
    version = _version(book.plans_folder, since)
    files = [] if version is None else git.files_at(book.plans_folder, version.commit)
    return [book.display(file) for file in files if file.suffix in SUFFIXES and not os.path.lexists(file)]


def _version(folder: Path, since: Since) -> Version | None:
    match since:
        case Review(day) | Day(day):
            return git.version_on(folder, day)
        case Revision(name):
            return git.version(folder, name)
    return git.version(folder, "HEAD")


def _read(since: Since, version: Version | None, text: str | None, *, is_first: bool = False) -> Earlier:
    plan = _plan(text)
    return Earlier(since, version, plan, "has errors" if plan is None else None, is_first)


def _plan(text: str | None) -> Plan | None:
    """A plan as it was; None where it had errors. Ids that lead nowhere do not matter here: settings may have changed since."""
    try:
        return None if text is None else validate(parse(text))[0]
    except MalformedError:
        return None
