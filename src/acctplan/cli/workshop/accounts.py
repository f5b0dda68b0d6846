"""What a workshop needs to know of each account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan import rules
from acctplan.analysis.questions import missing
from acctplan.analysis.questions.customer import to_ask
from acctplan.analysis.ranking import rank
from acctplan.cli.loading import load_sound
from acctplan.diagnostic import plan_name
from acctplan.health import health

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.questions import Missing
    from acctplan.analysis.questions.customer import ToAsk
    from acctplan.book import Book
    from acctplan.health import Health
    from acctplan.model import Plan


@dataclass(frozen=True)
class Account:
    """A plan that a workshop is about."""

    plan_id: str
    """What commands call it."""
    plan: Plan
    health: Health
    missing: Missing
    to_ask: tuple[ToAsk, ...]
    findings: tuple[str, ...]
    """What the checks say, the gravest first."""
    ranked: tuple[tuple[str, float, float], ...]
    """Its opportunities, best first: name, score and ceiling."""

    @property
    def name(self) -> str:
        """What the customer is called."""
        return self.plan.profile.name

    @property
    def team(self) -> tuple[str, ...]:
        """Whom to invite: the account manager first, with what each does."""
        first = self.plan.profile.account_manager
        in_order = sorted(self.plan.team.items(), key=lambda one: one[0] != first)
        return tuple(f"{member.name} ({member.role})" if member.role else member.name for _, member in in_order)


def accounts(book: Book, paths: Sequence[Path], today: date) -> list[Account]:
    """The accounts of the plans that have no errors; of the others standard error says so."""
    chosen, context = rules.configured(book.config.check), rules.Context(book.config, today)
    found = []
    for path, loaded in load_sound(book, paths):
        plan = loaded.plan
        if plan is None:
            continue
        checkup = rules.check(loaded, chosen, context)
        waived = [(one.rule, one.pointer) for one, _ in checkup.waived]
        gravest = sorted(checkup.diagnostics, key=lambda one: one.severity.rank)
        found.append(
            Account(
                plan_id=plan_name(path.name),
                plan=plan,
                health=health(plan, checkup, chosen, book.config.limits, today),
                missing=missing(plan, book.config, today, waived=waived),
                to_ask=tuple(to_ask(plan, book.config, today, waived)),
                findings=tuple(one.message for one in gravest),
                ranked=tuple(
                    (plan.opportunities[score.id].name, score.score, score.ceiling) for score in rank([(loaded.path, plan)], book.config)
                ),
            )
        )
    return found
