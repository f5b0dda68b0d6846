"""An entry that somebody named by its id, its name or a part of them, alone or with its plan: an opportunity, a contact, an action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from acctplan.analysis.actions import placed_actions
from acctplan.analysis.ranking import places, rank
from acctplan.book import UnreadableError, find_for
from acctplan.cli import console
from acctplan.cli.loading import load, load_one, load_sound, say_left_out
from acctplan.diagnostic import closest, format_pointer, plan_name
from acctplan.errors import UserError
from acctplan.report.visible import columns as wide_as
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_MOST = 6
"""Of many plans, so many are named."""
_MOST_LISTED = 10
"""Of many entries, so many are listed."""
_Known = TypeVar("_Known")


class Named(NamedTuple):
    """An entry of a plan."""

    id: str
    pointer: Pointer
    name: str
    """What people call it."""


def entries(plan: Plan, kind: str) -> Iterator[Named]:
    """The entries of a kind, in the order of the plan.

    Args:
        plan: the plan.
        kind: `action`, or the singular of a section: `opportunity`, `contact`, `objective`, `risk`, `insight`, `unit`.
    """
    if kind == "action":
        for placed in placed_actions(plan):
            yield Named(str(placed.pointer[-1]), placed.pointer, placed.action.what)
        return
    section = "opportunities" if kind == "opportunity" else f"{kind}s"
    for identifier, entry in getattr(plan, section).items():
        name = getattr(entry, "name", None) or getattr(entry, "title", None) or getattr(entry, "what", None) or identifier
        yield Named(identifier, (section, identifier), name)


@dataclass(frozen=True)
class Found:
    """An entry, and the plan that it is in."""

    book: Book
    path: Path
    loaded: Loaded
    plan: Plan
    entry: Named
    left_out: bool
    """Whether a plan that may have such an entry could not be looked into."""


def locate(asked: Sequence[str], kind: str, *, by_rank: bool = False) -> Found:
    """The entry that somebody named: by its id or a part of its id or name, where that is unique, or by a plan and that.

    A whole id counts before a whole name, and both before a part. An action is found by its whole pointer too.

    Args:
        asked: an id or a part of a name, or a plan and that.
        kind: see `entries`.
        by_rank: whether an opportunity is found by its number in `acctplan rank` too.

    Raises:
        UserError: there is none, there are several, or the plan has errors.
    """
    *named, word = asked
    if len(named) > 1:
        raise UserError(f"{len(asked)} names, and one {kind} is wanted", f"write PLAN {kind.upper()}")
    book = find_for(named)
    if named:
        loaded = load_one(book, named[0])
        known = _known(book, [(book.resolve(named)[0], loaded)], kind)
        return _one(_by_id(known, word) or _by_name(known, word, by_rank=by_rank), known, word, kind, where=f" in {loaded.path}")
    every = [(path, load(book, path)) for path in book.resolve(()) if _mentions(book, path, word.rpartition(".")[2])]
    broken = [loaded.path for _, loaded in every if loaded.plan is None]
    known = _known(book, [one for one in every if one[1].plan], kind, left_out=bool(broken))
    if found := _by_id(known, word):
        chosen = _one(found, known, word, kind)
        for name in broken:
            say_left_out(name)
        return chosen
    if broken:
        raise UserError(f"no {kind} {word} in the plans that can be read", f"it may be in {broken[0]}: acctplan check {broken[0]}")
    paths = book.resolve(())
    sound = list(load_sound(book, paths))
    known = _known(book, sound, kind, left_out=len(sound) < len(paths))
    for path, loaded in sound:
        if plan_name(loaded.path) == word:
            raise _which([one for one in known if one.path == path], kind, word)
    found = _by_name(known, word, by_rank=by_rank)
    if not found and (part := plan_meant(book, word)) is not None:
        raise _which([one for one in known if one.path == part], kind, plan_name(part.name))
    return _one(found, known, word, kind)


def plan_meant(book: Book, word: str, *, in_full: bool = False) -> Path | None:
    """The one plan that a word names, where it could be something else too; None where it names none, or several.

    Args:
        book: whose plans there are.
        word: as it was typed.
        in_full: takes no part of a name.
    """
    try:
        paths = book.resolve([word], in_full=in_full)
    except UserError:
        return None
    return paths[0] if len(paths) == 1 else None


def which_of(book: Book, plan: str, kind: str = "opportunity") -> UserError:
    """What to ask where a plan was named and no entry of it. What there is has been said then.

    Raises:
        UserError: no such plan, several, or one with errors.
    """
    return _which(_known(book, [(book.resolve([plan])[0], load_one(book, plan))], kind), kind, plan)


def _which(known: Sequence[Found], kind: str, plan: str) -> UserError:
    if known:
        _list(known)
    return UserError(f"which {kind} of {plan}?", "give the id of one" if known else "it has none yet")


def alike(word: str, known: Sequence[_Known], names: Callable[[_Known], Iterable[str]]) -> list[_Known]:
    """Those that somebody may mean by a word or a few: whose name it is; if it is nobody's, in whose name it stands."""
    wanted = " ".join(word.split()).casefold()
    called = [(one, [name.casefold() for name in names(one)]) for one in known if wanted]
    return [one for one, all_names in called if wanted in all_names] or [
        one for one, all_names in called if any(wanted in name for name in all_names)
    ]


def say_which(rows: Sequence[Sequence[str]]) -> None:
    """Say what there is to choose from, of many the first ones: id, name and account below each other."""
    shown = [[visible(text) for text in row] for row in rows[:_MOST_LISTED]]
    wide = [max(map(wide_as, texts)) for texts in zip(*shown, strict=True)]
    lines = ["  ".join(text + " " * (room - wide_as(text)) for text, room in zip(row, wide, strict=True)).rstrip() for row in shown]
    more = [f"and {len(rows) - len(shown)} more"] if len(rows) > len(shown) else []
    console.say("\n".join([*lines, *more]))


def _known(book: Book, loaded: Sequence[tuple[Path, Loaded]], kind: str, *, left_out: bool = False) -> list[Found]:
    return [Found(book, path, one, one.plan, entry, left_out) for path, one in loaded if one.plan for entry in entries(one.plan, kind)]


def _by_id(known: Sequence[Found], word: str) -> list[Found]:
    return [one for one in known if word in (one.entry.id, format_pointer(one.entry.pointer))]


def _by_name(known: Sequence[Found], word: str, *, by_rank: bool) -> list[Found]:
    """By rank, or by what its id or name says."""
    if by_rank and word.isdecimal() and known:
        plans = {one.loaded.path: one.plan for one in known}
        scores = rank(plans.items(), known[0].book.config)
        ranks = places(scores)
        if found := [one for one in known if ranks.get((one.loaded.path, one.entry.id)) == int(word)]:
            return found
    return alike(word, known, lambda one: (one.entry.id, one.entry.name))


def _one(found: Sequence[Found], known: Sequence[Found], word: str, kind: str, *, where: str = "") -> Found:
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(found, word, kind)
    near = closest(word, [one.entry.id for one in known])
    if known and not near:
        _list(known)
    there = "give the id of one" if known else f"there is no {kind} yet: acctplan add {kind}"
    raise UserError(f"no {kind} {word}{where}", f"did you mean {near}?" if near else there)


def _several(found: Sequence[Found], word: str, kind: str) -> UserError:
    plans = list(dict.fromkeys(plan_name(one.loaded.path) for one in found))
    if any(word not in (one.entry.id, format_pointer(one.entry.pointer)) for one in found):
        _list(found)
        return UserError(f"{len(found)} may be meant by {word}", "give the id of one, or more of its name")
    if len(plans) == 1:
        pointers = [format_pointer(one.entry.pointer) for one in found]
        return UserError(f"{plans[0]} has {len(found)} of the id {word}", f"say which: {' or '.join(pointers)}")
    return UserError(f"{len(plans)} plans have the {kind} {word}: {_some(plans)}", f"name the plan: {plans[0]} {word}")


def _list(found: Sequence[Found]) -> None:
    say_which([(one.entry.id, one.entry.name, one.plan.profile.name) for one in found])


def _mentions(book: Book, path: Path, word: str) -> bool:
    """Whether a plan may have an entry of this id, so that only few are loaded."""
    try:
        return word in book.read(path)
    except UnreadableError:
        return True


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
