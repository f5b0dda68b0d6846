"""How many days there are, as people write it: `120d`, `24w`, `ines=60d`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from acctplan.analysis.ranking.focus import Capacity
from acctplan.cli.entries import alike, say_which
from acctplan.cli.people import people
from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.model import Plan

_DAYS = re.compile(r"([0-9]{1,9})(d|w|)", re.IGNORECASE)
_WEEK = 5
"""Days of work."""
_WRITE = "write days or weeks: 120d, 24w, or ines=60d for one person"


def capacity_of(texts: Sequence[str], plans: Iterable[Plan], *, by_owner: bool) -> Capacity:
    """What was asked for, each of one text: `120d` for all together or, by owner, for everybody; `ines=60d` for one person.

    A person is named by the id in a plan's team, a name or a part of it, or an e-mail.

    Raises:
        UserError: a text says nothing of the kind, names nobody or several people, or two of them contradict each other.
    """
    plans = list(plans)
    shared: int | None = None
    named: dict[str, int] = {}
    for text in texts:
        name, equals, amount = text.rpartition("=")
        days = _days(text, amount)
        if not equals:
            if shared is not None:
                raise UserError("two capacities for everybody", _WRITE)
            shared = days
            continue
        owner = _named(name, plans)
        if owner in named:
            raise UserError(f"two capacities for {name}", "give one for each person")
        named[owner] = days
    if by_owner:
        return Capacity(None, shared, named)
    if shared is not None and named:
        raise UserError(
            "a capacity for all together and one for a person at once",
            "with --by-owner everybody has the first, and who is named has their own",
        )
    return Capacity(shared, None, named)


def _days(text: str, amount: str) -> int:
    found = _DAYS.fullmatch(amount.strip())
    if found is None:
        raise UserError(f"no capacity '{text}'", _WRITE)
    return int(found[1]) * (_WEEK if found[2].lower() == "w" else 1)


def _named(name: str, plans: Iterable[Plan]) -> str:
    """The name of whoever has that id, name or e-mail in a team."""
    team = list(dict.fromkeys(one for plan in plans for one in people("", plan.team)))
    found = {one.name for one in alike(name, team, lambda one: one.called)}
    if not found:
        near = closest(name, sorted(one.id for one in team))
        if team and not near:
            say_which(sorted({(one.id, one.name) for one in team}))
        raise UserError(f"nobody in these plans is {name}", f"did you mean {near}?" if near else "use an id or a name from a plan's team")
    if len(found) > 1:
        raise UserError(f"{name} may be {len(found)} people", "name one plan, or give the person's full name")
    return found.pop()
