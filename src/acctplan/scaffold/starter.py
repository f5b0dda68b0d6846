"""The ten-minute plan: what they want, who decides, our best opportunity, its next step, the next meeting, the revenue goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import fiscal
from acctplan.analysis.calendar import end_of_year_from
from acctplan.edit import emit

if TYPE_CHECKING:
    from datetime import date

SCHEMA_LINE = "# yaml-language-server: $schema=../.acctplan/plan.schema.json"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known before the first line is written."""

    name: str
    """The customer's name."""
    starts: date
    """First day of the plan's period, which is twelve months long."""
    currency: str
    """ISO 4217."""
    manager_id: str | None = None
    """Short id of the account manager."""
    manager: str | None = None
    """The account manager's name."""
    fiscal_year_starts: int = 1
    """The month in which the book's fiscal years start."""

    @property
    def ends(self) -> date:
        """Last day of the plan's period."""
        return end_of_year_from(self.starts)

    @property
    def years(self) -> tuple[str, ...]:
        """The fiscal years that revenue goals are asked for: every one that the plan's period touches."""
        return fiscal.years(self.starts, self.ends, self.fiscal_year_starts)


def starter_plan(answers: Answers) -> str:
    """The text of a plan that is valid at once and useful after ten minutes."""
    return f"""{SCHEMA_LINE}
#
# A ten-minute plan. Fill in what you know and leave the rest empty: `acctplan check` says what to find out next.
acctplan: 1

{profile(answers)}
  background:                   # what do they do, and what do they want to achieve this year?

{team(answers)}

contacts:
  decision-maker:               # who decides; acctplan rename PLAN contacts.decision-maker jane-doe
    name:                       # left empty: a seat whose holder we do not know yet
    title:
    roles: [decision_maker]     # decision_maker | sponsor | evaluator | influencer | purchaser | user
    stance:                     # supportive | neutral | negative; empty is unknown
    coverage:                   # none | brief | multiple | in_depth: how well we know them
    last_contact:

opportunities:
  best-opportunity:             # acctplan rename PLAN opportunities.best-opportunity cold-stores
    name: Our best opportunity
    status: potential           # potential | open | won | lost | dropped
    need:                       # what do they need it for?
    value:
    close_date:
    importance: {{customer: , us: }}   # 1 (little) to 5 (vital), for them and for us
    buying_roles:
      decision-maker: {{role: decision_maker}}
    competition: {{position: }}   # sole | ahead | level | behind | locked_out
    next_step:
    next_step_due:

revenue:
{goals(answers)}

meetings:
  every_months: 3
  with: [decision-maker]
  next:                         # the day of the next relationship meeting
"""


def profile(answers: Answers) -> str:
    """The lines of the profile that are known."""
    manager = (
        f"\n  account_manager: {emit.scalar(answers.manager_id, flow=False)}"
        if answers.manager_id
        else "\n  account_manager:              # your short id in `team`"
    )
    return f"""profile:
  name: {emit.scalar(answers.name, flow=False)}{manager}
  starts: {answers.starts.isoformat()}
  ends: {answers.ends.isoformat()}
  currency: {answers.currency}"""


def goals(answers: Answers) -> str:
    """A line for the goal of each fiscal year."""
    return "\n".join(f"  {year}: {{goal: }}" for year in answers.years)


def team(answers: Answers) -> str:
    """The team's section: the account manager alone, where one is known."""
    if not answers.manager_id:
        return "team:                           # our side"
    entry = {"name": answers.manager or answers.manager_id, "role": "Account manager"}
    return f"team:\n  {emit.key(answers.manager_id, flow=False)}: {emit.flow(entry)}"
