"""What to type to settle what presses, wherever a plan's duties are told: in a list, on a page, in a calendar."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Settling(NamedTuple):
    """What settles something, ready to be typed; `…` stands for words of one's own."""

    command: str
    also: str = ""
    """What to type besides, once it is done and something else follows; empty where nothing does."""


_COMMANDS: Mapping[str, Settling] = MappingProxyType(
    {
        "action": Settling("acctplan done {name} {subject}"),
        "next_step": Settling("acctplan set {name} {subject}.next_step_due +2w", 'acctplan set {name} {subject}.next_step "…"'),
        "close_date": Settling("acctplan set {name} {subject}.close_date +4w"),
        "objective": Settling("acctplan set {name} {subject}.status achieved"),
        "contact": Settling('acctplan log {name} {entry} "…"'),
        "fact": Settling("acctplan set {name} {subject}.as_of today"),
        "review": Settling("acctplan review {name}"),
        "contract_ends": Settling("acctplan show {name} --section white-space"),
        "minutes": Settling('acctplan add action {name} "…" meeting={entry}'),
        "question": Settling("acctplan rank {name} --what-would {entry}"),
        "plan_ends": Settling("acctplan new --from {name}"),
    }
)


def settling(kind: str, name: str, subject: str, entry: str) -> Settling:
    """What settles something of a kind.

    Args:
        kind: a kind of what is due, or `fact`, `contact`, `contract_ends`, `minutes`, `question`, `plan_ends`.
        name: the plan, as it is typed.
        subject: the pointer of the entry that it is about, as it is typed: an opportunity, an action.
        entry: the id or the day of that entry.
    """
    command, also = _COMMANDS[kind]
    words = {"name": name, "subject": subject, "entry": entry}
    return Settling(command.format(**words), also.format(**words))
