"""Wishes into plans: all of them that leave the plan right, each of the others with the reason why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan import edit, loader
from acctplan.diagnostic import Severity, format_pointer
from acctplan.edit import Delete, value_at
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.config import Config
    from acctplan.diagnostic import Diagnostic, Pointer
    from acctplan.edit import Edit
    from acctplan.importers.returned.wishes import Wish
    from acctplan.loader import Loaded

_MOST_AGAIN = 40
"""Refused wishes that are tried once more, each alone: beyond that it would take too long, and people mend the workbook anyway."""


class Refused(NamedTuple):
    """A wish that would make its plan wrong."""

    wish: Wish
    reason: str
    hint: str


class Settled(NamedTuple):
    """A plan with what could be done."""

    loaded: Loaded
    done: Sequence[Wish]
    refused: Sequence[Refused]


def settled(loaded: Loaded, wishes: Sequence[Wish], config: Config) -> Settled:
    """A plan after as many of some wishes as leave it right.

    Args:
        loaded: the plan, as it stands.
        wishes: for it; in their order where that matters.
        config: the settings that hold for it.
    """
    stood = {(one.rule, one.pointer, one.message) for one in loaded.diagnostics}
    work = _Work(config, stood, loaded, [], [])
    work.take(list(wishes))
    again, work.refused = work.refused, []
    for one in again[:_MOST_AGAIN]:  # what it was refused for may have been another's fault
        work.take([one.wish])
    work.refused += again[_MOST_AGAIN:]
    order = {id(wish): at for at, wish in enumerate(wishes)}
    work.done.sort(key=lambda wish: order[id(wish)])
    return Settled(work.loaded, work.done, work.refused)


class _Work:
    """A plan that wishes are made true in."""

    def __init__(
        self, config: Config, stood: set[tuple[str, Pointer, str]], loaded: Loaded, done: list[Wish], refused: list[Refused]
    ) -> None:
        self.config, self.stood, self.loaded, self.done, self.refused = config, stood, loaded, done, refused

    def take(self, wishes: list[Wish]) -> None:
        """Make wishes true: together, without those that are to blame for what is wrong then, or half by half."""
        while wishes:
            try:
                wrong = self._tried(wishes)
            except UserError as error:
                wrong = []
                if len(wishes) == 1:
                    self.refused.append(Refused(wishes[0], error.message, error.hint))
                    return
            else:
                if not wrong:
                    self.done += wishes
                    return
            blamed = {id(wish): Refused(wish, one.message, one.hint) for wish in wishes for one in wrong if _is_about(wish, one.pointer)}
            if not blamed and len(wishes) == 1:
                blamed = {id(wishes[0]): Refused(wishes[0], wrong[0].message, wrong[0].hint)}
            if not blamed:
                middle = len(wishes) // 2
                self.take(wishes[:middle])
                wishes = wishes[middle:]
            self.refused += blamed.values()
            wishes = [wish for wish in wishes if id(wish) not in blamed]

    def _tried(self, wishes: Sequence[Wish]) -> list[Diagnostic]:
        """What would be wrong; nothing, and it is done."""
        document = self.loaded.read()
        if len(wishes) == 1 and wishes[0].part_of and not isinstance(value_at(document.data, wishes[0].part_of), dict):
            raise UserError(f"the plan has no {format_pointer(wishes[0].part_of)}")
        text = edit.apply(document, edits(document.data, wishes)).text
        after = loader.load(text, self.loaded.path, self.config)
        wrong = [
            one for one in after.diagnostics if one.severity is Severity.ERROR and (one.rule, one.pointer, one.message) not in self.stood
        ]
        if not wrong:
            self.loaded = after
        return wrong


def _is_about(wish: Wish, pointer: Pointer) -> bool:
    """Whether something is wrong in what a wish writes, or because of it in what it is part of."""
    shorter = min(len(pointer), len(wish.pointer))
    return shorter > 1 and pointer[:shorter] == wish.pointer[:shorter]


def edits(data: Any, wishes: Iterable[Wish]) -> list[Edit]:
    """The edits of some wishes, made one after the other. Of a part all of whose fields go, the part goes."""
    made: list[Edit] = []
    gone: set[Pointer] = set()
    kept: set[Pointer] = set()
    for wish in wishes:
        pointer = wish.edit.pointer
        above = pointer[:-1]
        if not isinstance(wish.edit, Delete):
            kept.add(above)
            made.append(wish.edit)
            continue
        inside = value_at(data, above)
        if not isinstance(inside, dict) or pointer[-1] not in inside:
            continue
        gone.add(pointer)
        is_part = len(above) > len(wish.part_of) and above not in kept
        made.append(Delete(above if is_part and all((*above, key) in gone for key in inside) else pointer))
    return made
