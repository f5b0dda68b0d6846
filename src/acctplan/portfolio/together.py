"""Several accounts: ranked over all, added up, in an order."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.revenue import roll_up
from acctplan.health import Band

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from acctplan.analysis.revenue import Amounts
    from acctplan.config import Config
    from acctplan.portfolio.lines import Line

_NOTHING = Decimal(0)


class Total(NamedTuple):
    """What several accounts come to."""

    accounts: int
    amounts: Amounts | None
    """In the book's currency. What accounts without a goal forecast is a part of it. None where no plan has periods."""
    without_goal: int
    """Accounts that have no goal."""
    late: int
    """Things that are overdue."""
    at_risk: int
    """Accounts that are at risk."""
    act_now: int
    """Those of them where something is overdue or ends soon."""


def ranks(lines: Sequence[Line]) -> dict[str, int]:
    """By plan, the rank of its best opportunity among those of all accounts, as `ranking.places` gives it."""
    first: dict[tuple[object, ...], int] = {}
    for number, (*standing, _, _) in enumerate(sorted(one for line in lines for one in line.standings), 1):
        first.setdefault(tuple(standing), number)
    return {line.plan: first[line.standings[0][:-2]] for line in lines if line.standings}


def total(lines: Sequence[Line], config: Config) -> Total:
    """What accounts come to together, in the book's currency."""
    known = [one.money for one in lines if one.amounts is not None]
    return Total(
        accounts=len(lines),
        amounts=roll_up.roll_up(known, config).total if known else None,
        without_goal=sum(one.amounts is None or one.amounts.goal is None for one in lines),
        late=sum(len(one.late) for one in lines),
        at_risk=sum(bool(one.reasons) for one in lines),
        act_now=sum(one.grade == "act now" for one in lines),
    )


Order: TypeAlias = Literal["attention", "gap", "forecast", "health", "overdue", "account"]
"""What accounts can be sorted by."""


def in_order(lines: Iterable[Line], by: Order) -> list[Line]:
    """Accounts in an order, what has to be looked at first first.

    attention: where something is overdue or ends soon first, then by the number of reasons for being at risk, then by the gap; gap: the
    largest first; forecast: the largest first; health: by how many scores are poor, then fair; overdue: by how much is, then for how
    long. Where an amount is not known it comes last. What is left equal goes by the account's name.
    """
    key = _KEYS[by]
    return sorted(lines, key=lambda one: (*key(one), one.account.casefold(), one.plan))


def by_hour(lines: Iterable[Line]) -> list[Line]:
    """The accounts where an hour could move something: the most money first, those without a known value last, by points."""

    def key(one: Line) -> tuple[float | Decimal | str, ...]:
        best = max(move.gain for move in one.hour.best)
        return (*_largest(one.hour.amount), -best, one.account.casefold(), one.plan)

    return sorted((one for one in lines if one.hour.best), key=key)


def _largest(amount: Decimal | None) -> tuple[bool, Decimal]:
    return amount is None, _NOTHING if amount is None else -amount


_KEYS: Mapping[Order, Callable[[Line], tuple[float | Decimal, ...]]] = {
    "attention": lambda one: (one.grade != "act now", -len(one.reasons), *_largest(one.gap)),
    "gap": lambda one: _largest(one.gap),
    "forecast": lambda one: _largest(one.forecast),
    "health": lambda one: (-one.bands(Band.POOR), -one.bands(Band.FAIR)),
    "overdue": lambda one: (-len(one.late), -max((late.days for late in one.late), default=0)),
    "account": lambda _: (),
}
