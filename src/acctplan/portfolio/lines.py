"""One account in one line: plain values, so that plans can be worked on in processes of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from acctplan import rules
from acctplan.analysis import overdue, ranking
from acctplan.analysis.revenue import roll_up
from acctplan.health import health
from acctplan.portfolio.hours import Expiring, Hour, expiring, hour
from acctplan.portfolio.reasons import Late, Reason, ending, reasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.revenue import Amounts, Figures
    from acctplan.diagnostic import Pointer
    from acctplan.health import Band
    from acctplan.loader import Loaded
    from acctplan.model import Plan
    from acctplan.portfolio.reasons import Grade
    from acctplan.rules import Context, Rule


class Mark(NamedTuple):
    """One of the four scores of health."""

    name: str
    good: int
    of: int
    percent: int | None
    """None where nothing applies."""
    band: str | None


class Top(NamedTuple):
    """The best opportunity of an account."""

    id: str
    name: str
    score: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Line:
    """An account at a glance."""

    plan: str
    """The plan's path."""
    account: str
    plan_type: str | None
    manager_id: str | None
    manager: str | None
    """The account manager's name."""
    money: roll_up.Account
    """Its revenue, and what it is in the book's currency."""
    health: tuple[Mark, ...]
    top: Top | None
    """None where nothing can be won."""
    standings: tuple[tuple[float, float, bool, Decimal | int, str, str], ...]
    """Of every live opportunity: what `ranking.order` says."""
    late: tuple[Late, ...]
    """What is overdue, the latest first."""
    meeting: Due | None
    """The next relationship meeting; None where none was held or planned."""
    review: Due | None
    """The manager's next review; None where there was none and the plan does not say when it began."""
    reasons: tuple[Reason, ...]
    """Why it is at risk."""
    hour: Hour
    lines: Mapping[Pointer, int]
    """Where in the file stands what the figures, the steps and the next days were read from, from 1."""
    expiring: tuple[Expiring, ...]
    """What cannot wait: contracts of ours that end, renewals that are late; the earliest first."""

    @property
    def grade(self) -> Grade | None:
        """How urgent it is: `act now` where something is overdue or ends soon, else `watch`. None where it is not at risk."""
        if not self.reasons:
            return None
        return "act now" if any(reason.grade == "act now" for reason in self.reasons) else "watch"

    @property
    def figures(self) -> Figures | None:
        """Goal, forecast and the rest over all periods, in the plan's currency; None where it has no periods."""
        return self.money.revenue.plan if self.money.revenue.periods else None

    @property
    def amounts(self) -> Amounts | None:
        """The same in the book's currency."""
        return self.money.amounts if self.money.revenue.periods else None

    @property
    def goal(self) -> Decimal | None:
        """Over all periods, in the book's currency; None where there is none."""
        return None if self.amounts is None else self.amounts.goal

    @property
    def forecast(self) -> Decimal | None:
        """Booked and weighted pipeline, in the same way; None where the plan has no periods."""
        return None if self.amounts is None else self.amounts.forecast

    @property
    def gap(self) -> Decimal | None:
        """Goal less forecast, in the same way; None without a goal."""
        return None if self.amounts is None else self.amounts.gap

    @property
    def is_booked_known(self) -> bool:
        """Whether anything is known of what is booked, so that 0 is 0."""
        return self.money.revenue.plan.is_booked_known

    @property
    def is_uncertain(self) -> bool:
        """Whether more could be forecast if more were known of open or won opportunities."""
        return self.amounts is not None and any(one.lacks and one.term.kind != "potential" for one in self.money.revenue.left_out)

    def bands(self, band: Band) -> int:
        """How many of the four scores are as good as that."""
        return sum(mark.band == band for mark in self.health)


def line(loaded: Loaded, plan: Plan, checks: tuple[Rule, ...], context: Context) -> Line:
    """Sum up one account.

    Args:
        loaded: the plan's file.
        plan: the plan that was read from it.
        checks: the rules that its completeness is counted by.
        context: the settings, and the day it is.

    Raises:
        UserError: the settings have no rate for the plan's currency.
    """
    config, today, profile = context.config, context.today, plan.profile
    money = roll_up.Account.of(loaded.path, plan, config)
    money = replace(money, rate=config.rate(money.revenue.currency))
    scores = health(plan, rules.check(loaded, checks, context), checks, config.limits, today)
    ranked = ranking.rank([(loaded.path, plan)], config)
    late = [Late(due, due.days_late(today), loaded.locate(due.pointer)[0].line) for due in overdue.overdue(plan, config.limits, today)]
    manager = profile.account_manager
    meeting = overdue.next_meeting(plan, config.limits, today)
    review = overdue.next_review(plan, config.limits, today)
    moves = hour(loaded.path, plan, config, ranked)
    pointers = {one.pointer for one in (*money.revenue.plan.terms, *moves.best, meeting, review) if one is not None}
    pointers.update(one.term.pointer for one in money.revenue.left_out)
    return Line(
        plan=loaded.path,
        account=profile.name,
        plan_type=profile.plan_type,
        manager_id=manager,
        manager=None if manager is None else plan.team[manager].name,
        money=money,
        health=tuple(Mark(one.name, one.good, len(one.items), one.percent, one.band) for one in scores.scores),
        top=Top(ranked[0].id, ranked[0].opportunity.name, ranked[0].score, ranked[0].ceiling) if ranked else None,
        standings=tuple(map(ranking.order, ranked)),
        late=tuple(late),
        meeting=meeting,
        review=review,
        reasons=tuple(reasons(loaded, plan, context, money.revenue, scores, late)),
        hour=moves,
        lines={pointer: loaded.locate(pointer)[0].line for pointer in pointers},
        expiring=tuple(expiring(loaded, plan, today, money.rate, [*ending(plan, context)])),
    )
