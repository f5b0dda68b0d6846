"""What a review writes into the plan: who signed, and what somebody confirmed."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.reviewing import fingerprint, unreviewed
from acctplan.book import git
from acctplan.cli import console
from acctplan.cli.asking import ask
from acctplan.cli.editing import change
from acctplan.cli.entries import alike, say_which
from acctplan.cli.loading import load_one
from acctplan.cli.review.reviewed import reviewed
from acctplan.cli.values import text_said
from acctplan.diagnostic import closest, format_pointer
from acctplan.edit import Delete, Set, in_flow
from acctplan.errors import UserError
from acctplan.rules.levels import level_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.book import Book
    from acctplan.edit import Edit
    from acctplan.loader import Loaded
    from acctplan.model import Plan


class Signature(NamedTuple):
    """What somebody says of a plan when they sign it."""

    notes: str
    by: str | None
    """An id in the plan's team, a name or a part of one; None: whoever git says works here."""
    verdict: str | None


def sign(book: Book, path: Path, said: Signature, today: date, *, show_diff: bool) -> None:
    """Write a review of today, with the fingerprint of what the plan says.

    Raises:
        UserError: it cannot be told who signs, or somebody else has signed today.
    """
    notes = text_said(said.notes)
    plan = _sound(load_one(book, str(path)))
    who = _who(book, path, plan, said.by)
    name = plan.team[who].name
    is_again = today in plan.reviews

    def edits(loaded: Loaded) -> Iterator[Edit]:
        now = _sound(loaded)
        standing = now.reviews.get(today)
        pointer = ("reviews", today.isoformat())
        if standing is None:
            written = {"by": who, "verdict": said.verdict, "notes": notes, "fingerprint": fingerprint(now)}
            yield Set(pointer, {key: value for key, value in written.items() if value is not None})
            return
        if standing.by != who:
            other = now.team[standing.by].name
            raise UserError(
                f"{loaded.path}: {other} has reviewed it today, and a day has one review",
                f"sign tomorrow, or add to theirs with --by {standing.by}",
            )
        if said.verdict is not None:
            yield Set((*pointer, "verdict"), said.verdict)
        if notes not in (standing.notes or ""):
            yield Set((*pointer, "notes"), _together(loaded, pointer, standing.notes, notes))
        yield Set((*pointer, "fingerprint"), fingerprint(now))

    verdict = f", {said.verdict.replace('_', ' ')}" if said.verdict else ""
    done = (
        f"signed again by {name}{verdict}: the review of today now covers what the plan says" if is_again else f"signed by {name}{verdict}"
    )
    (after,) = change(book, [path], edits, show_diff=show_diff, said=done)
    if who == plan.profile.account_manager:
        console.say(f"{name} is this plan's account manager: a review by somebody else is worth more")
    if not show_diff:
        level = level_of(_sound(after), book.config.check)
        if level is not level_of(plan, book.config.check):
            console.say(f"the plan is at level {level} now: acctplan check {path.stem} asks more of it")
        console.hint(_to_keep(book, path))


def _to_keep(book: Book, path: Path) -> str:
    """What keeps the plan as it was signed."""
    real = Path(os.path.realpath(path))
    try:
        is_known = bool(git.versions_of(real))
    except UserError as error:
        return f"what was reviewed cannot be found again, once the plan has changed: {error.message}; {error.hint}"
    name = quote(book.display(path))
    first = "" if is_known else f"git add {name}, then "
    return f"commit it, so that what changes from now on can be told: {first}git commit -m Reviewed {name}"


def _together(loaded: Loaded, pointer: tuple[str, str], standing: str | None, notes: str) -> str:
    """Notes of the same day, one after the other."""
    if standing is None:
        return notes
    if in_flow(loaded.read(), (*pointer, "notes")):
        return f"{standing} | {notes}"
    return f"{standing.rstrip()}\n{notes}\n"


def confirm(book: Book, path: Path, wanted: Sequence[str], today: date, *, show_diff: bool) -> None:
    """Write down that what may no longer hold does, in the last review.

    Args:
        book: of the plan.
        path: of the plan.
        wanted: pointers of suspects; `all` for every one.
        today: reviews of later days do not count.
        show_diff: shows what would be written.

    Raises:
        UserError: there is no review, what has changed cannot be told, or something is not suspect.
    """
    asked = list(dict.fromkeys(part.strip() for one in wanted for part in one.split(",") if part.strip()))
    if not asked:
        raise UserError("nothing to confirm was named", "--confirm POINTER, or --confirm all")

    def edits(loaded: Loaded) -> Iterator[Edit]:
        plan = _sound(loaded)
        then = reviewed(path, plan, today)
        if then.plan is None or then.day is None:
            raise UserError(f"{loaded.path}: {then.remark}", f"to sign it as it stands: acctplan review {path.stem} --sign '…'")
        found = unreviewed(then.plan, plan, book.config, then.review)
        known = {format_pointer(one.pointer): one for one in found.suspects}
        done = {format_pointer(one.pointer) for one in found.confirmed}
        for pointer in known if asked == ["all"] else asked:
            if pointer in known:
                place = ("reviews", then.day.isoformat(), "confirmed")
                yield Set((*place, known[pointer].key), pointer)
                yield from (Delete((*place, key)) for key, earlier in plan.reviews[then.day].confirmed.items() if earlier == pointer)
            elif pointer not in done:
                near = closest(pointer, known)
                hint = f"did you mean {near}?" if near else f"suspect: {', '.join(known)}" if known else "nothing in this plan is suspect"
                raise UserError(f"{pointer} is not suspect", hint)

    told = "every suspect" if asked == ["all"] else ", ".join(asked)
    change(book, [path], edits, show_diff=show_diff, said=f"confirmed: {told}")


def _who(book: Book, path: Path, plan: Plan, by: str | None) -> str:
    """The id in the team of whoever signs: as they said, else as git knows them, else as they answer.

    Raises:
        UserError: it cannot be told.
    """
    team = plan.team
    if not team:
        raise UserError("nobody can sign: the plan names nobody under 'team'", f"acctplan add member {path.stem} 'Your Name'")
    if by is None:
        email, name = git.user_email(book.root), git.user_name(book.root)
        known = [
            key
            for key, one in team.items()
            if (email and one.email and email.casefold() == one.email.casefold()) or (name and name.casefold() == one.name.casefold())
        ]
        if len(known) == 1:
            return known[0]
        listed = ", ".join(f"{key} ({one.name})" for key, one in team.items())
        by = ask(f"Who signs? {listed}:", "say who: --by ID, one of the plan's team")
        if by is None:
            raise UserError("nobody signed", "say who: --by ID")
    if by in team:
        return by
    found = alike(by, list(team), lambda key: (key, team[key].name))
    if len(found) != 1:
        near = None if found else closest(by, team)
        if near is None:
            say_which([(key, team[key].name, plan.profile.name) for key in found or team])
        hint = "give an id: --by ID" if near is None else f"did you mean {near}?"
        raise UserError(f"{len(found) or 'nobody'} in the team may be meant by {by}", hint)
    return found[0]


def _sound(loaded: Loaded) -> Plan:
    if loaded.plan is None:
        first = loaded.diagnostics[0]
        raise UserError(f"{first.location.path}:{first.location.line}: {first.message}", f"see all of it: acctplan check {loaded.path}")
    return loaded.plan
