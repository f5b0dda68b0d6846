"""The facilitator's guide as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.questions.customer import opportunity_of
from acctplan.cli.workshop.agenda import EXERCISES, clock
from acctplan.render.markdown import escape
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.analysis.questions.customer import ToAsk
    from acctplan.cli.workshop.accounts import Account
    from acctplan.cli.workshop.agenda import Slot
    from acctplan.model import Plan

_MOST = 8
"""Of many findings or questions so many are listed."""
_STEPS: dict[str, tuple[str, ...]] = {
    "What drives them": (
        "Everybody writes down, alone and for two minutes: what does this customer want to achieve this year? One goal a card.",
        "Put the cards up. Which of them did the customer say themselves? Only these count as confirmed.",
        "Write the two that matter most under `insights`, each with its owner, its source and today's date.",
    ),
    "Who decides, and where they stand": (
        "Draw the org chart on the wall from memory, then compare: `acctplan contacts PLAN`.",
        "For each key player: for us, neutral, against, or do we not know? Unknown is an answer. Neutral is not a polite word for it.",
        "Who could introduce us to whom? Name one person to meet, who arranges it, and by when.",
    ),
    "White space": (
        "Fill in unit by solution: ours, a competitor's, in house, open, not needed. What nobody knows stays blank.",
        "Mark contracts that end in the next twelve months: `acctplan whitespace PLAN`.",
        "Pick one open cell that helps with a goal from the first exercise. It is a new potential opportunity.",
    ),
    "Opportunities, ranked": (
        "Everybody puts the opportunities in order, alone. Then look: `acctplan rank PLAN --explain`. Talk about the differences only.",
        "For the first two: what would move it up? `acctplan rank PLAN --what-would`. Who asks that question, and when?",
        "What will you stop doing? Drop at least one, with its reason.",
    ),
    "Objectives and actions": (
        "One objective for each opportunity that you keep: what, by when, who owns it.",
        "At least two actions each. Somebody in the room is the owner, and the day is in their calendar before you go on.",
    ),
    "The next meeting with the customer": (
        "Fix its day, who comes from both sides, and the two questions that you will ask there.",
        "What would make it worth the customer's time? Put that first: `acctplan render PLAN --as agenda`.",
    ),
}


def guide(accounts: Sequence[Account], slots: Sequence[Slot], today: date) -> str:
    """The whole guide.

    Args:
        accounts: what the workshop is about, in order.
        slots: its agenda.
        today: the day it is made.
    """
    parts = [_purpose(accounts, today), _invited(accounts), _preparation(accounts), _agenda(slots), _materials(accounts)]
    parts += [_exercises(), *map(_account, accounts), _afterwards(accounts)]
    return "\n".join("\n".join(part) + "\n" for part in parts)


def _purpose(accounts: Sequence[Account], today: date) -> Iterator[str]:
    yield "# Planning workshop: facilitator's guide"
    yield ""
    yield f"{', '.join(_said(one.name) for one in accounts)}. Made on {today.isoformat()}. Internal: it quotes the plans."
    yield ""
    yield "## Purpose"
    yield ""
    yield "When you leave the room, each account has a plan that its team believes in: what the customer wants, who decides and where"
    yield "they stand, the opportunities worth pursuing in order, and actions with an owner and a day. What nobody knows is written down"
    yield "as a question, with who asks it. Nobody presents slides."


def _invited(accounts: Sequence[Account]) -> Iterator[str]:
    yield "## Whom to invite"
    yield ""
    yield "| Account | Who |"
    yield "| --- | --- |"
    for one in accounts:
        team = _said(", ".join(one.team)) or "nobody is named in the plan: find out who knows them"
        yield f"| {_said(one.name)} | {team} |"
    yield ""
    yield "And one person who does not work on these accounts and asks why. You facilitate: you have no opinion on the deals."


def _preparation(accounts: Sequence[Account]) -> Iterator[str]:
    yield "## Preparation"
    yield ""
    yield "Two weeks before, each account manager spends ten minutes with `acctplan interview PLAN`. What is missing today:"
    yield ""
    yield "| Account | Ten-minute plan | Completeness | Freshness | Coverage | Execution | Worth asking |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in accounts:
        scores = " | ".join("none" if score.percent is None else f"{score.percent} %" for score in one.health.scores)
        yield f"| {_said(one.name)} | {one.missing.settled} of {one.missing.counted} | {scores} | {len(one.missing.questions)} |"
    yield ""
    yield "- Ask each account manager to bring what was last agreed with the customer, and the invoices of the last twelve months."
    yield "- Commit the plans before you begin, so that afterwards `acctplan diff` shows what the workshop changed."


def _agenda(slots: Sequence[Slot]) -> Iterator[str]:
    first, last = slots[0], slots[-1]
    yield "## Agenda"
    yield ""
    yield f"{first.time} to {clock(last.start + last.minutes)}, {sum(slot.minutes for slot in slots)} minutes."
    yield ""
    yield "| Time | Minutes | What |"
    yield "| --- | ---: | --- |"
    for slot in slots:
        yield f"| {slot.time} | {slot.minutes} | {f'{_said(slot.account)}: ' if slot.account else ''}{slot.what} |"


def _materials(accounts: Sequence[Account]) -> Iterator[str]:
    yield "## Materials, and what to hand out"
    yield ""
    yield "- A wall for the org chart, cards, pens, a timer that everybody sees, a screen for one terminal and one scribe."
    yield "- For each account its page on paper, and the one-pager for whoever does not know it:"
    yield ""
    yield "```sh"
    for one in accounts:
        yield f"acctplan render {one.plan_id}"
        yield f"acctplan render {one.plan_id} --as one-page"
    yield "```"


def _exercises() -> Iterator[str]:
    yield "## The exercises"
    yield ""
    yield "The scribe writes into the plan as you go: `acctplan add`, `acctplan set`, or the interview's questions one by one."
    for name in EXERCISES:
        yield ""
        yield f"### {name}"
        yield ""
        yield from (f"{number}. {step}" for number, step in enumerate(_STEPS[name], 1))


def _account(account: Account) -> Iterator[str]:
    yield f"## {_said(account.name)}"
    yield ""
    if account.ranked:
        yield "Opportunities today, best first:"
        yield ""
        yield from (
            f"{number}. {_said(name)}, score {score:.0f} (up to {ceiling:.0f} once all is known)"
            for number, (name, score, ceiling) in enumerate(account.ranked[:_MOST], 1)
        )
        yield ""
    yield "What is missing, in the order to ask:"
    yield ""
    yield from _some([question.asks for question in account.missing.questions], "nothing that is worth asking: spend the time on actions")
    yield ""
    yield "What the checks say:"
    yield ""
    yield from _some(account.findings, "nothing")
    yield ""
    yield "To ask the customer afterwards:"
    yield ""
    yield from _some([_asked(account.plan, one) for one in account.to_ask if not one.is_ours], "nothing is open")


def _asked(plan: Plan, question: ToAsk) -> str:
    """What to ask, whom, and about which deal: the words that the customer hears do not always say."""
    key = opportunity_of(plan, question.about)
    name = None if key is None else plan.opportunities[key].name
    deal = f" ({name})" if name and name not in question.what else ""
    whom = f"{plan.contacts[question.contact].name or question.contact}: " if question.contact else ""
    return f"{whom}{question.what}{deal}"


def _afterwards(accounts: Sequence[Account]) -> Iterator[str]:
    yield "## Afterwards"
    yield ""
    yield "The same day, while everybody still remembers:"
    yield ""
    yield "```sh"
    for one in accounts:
        yield f"acctplan check {one.plan_id}"
        yield f"acctplan diff {one.plan_id}"
        yield f"acctplan questions {one.plan_id} --markdown"
    yield f"acctplan next {' '.join(one.plan_id for one in accounts)}"
    yield "```"
    yield ""
    yield "Commit the plans, and send everybody their actions. Five minutes a week keep a plan: `acctplan interview PLAN --minutes 5`."
    yield "Meet again for half an hour in four weeks, with `acctplan next` on the screen and nothing else."


def _some(texts: Sequence[str], otherwise: str) -> Iterator[str]:
    yield from (f"- {_said(text)}" for text in texts[:_MOST])
    if len(texts) > _MOST:
        yield f"- and {len(texts) - _MOST} more"
    if not texts:
        yield f"- {otherwise}"


def _said(text: str) -> str:
    return str(escape(visible(" ".join(text.split()))))
