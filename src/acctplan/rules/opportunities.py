"""Rules about what we could win: that there is something, that it moves, and that we know who decides."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan.analysis.factors import Account
from acctplan.analysis.factors.base import percent
from acctplan.analysis.factors.odds import competition
from acctplan.analysis.overdue import due_close_dates, due_next_steps
from acctplan.analysis.relationships import coverage, deciders, is_known, planned_with, stance
from acctplan.analysis.scorecards import in_use, result
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, late, listed, person, quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.scorecards import Result, Term
    from acctplan.config import Config
    from acctplan.model import Opportunity, Plan

_WIDE = Decimal("0.30")
"""How far an opportunity's own probability may be from its stage's."""


@rule("opportunities/none", severity=Severity.ADVICE, level=Level.START, weight=5)
def none(plan: Plan, _: Context) -> Iterator[Finding]:
    """There is nothing to win: no potential and no open opportunity.

    Why: A plan needs something to work towards. One good idea of what this customer could buy next is enough to
    begin with.

    Fix: Write your best idea under `opportunities`: a name is enough, a rough value is better. It starts as
    potential, so nobody will count on it yet.
    """
    some = any(opportunity.is_live for opportunity in plan.opportunities.values())
    yield ("opportunities",), None if some else "there is no opportunity to work on, neither potential nor open"


@rule("opportunities/no-next-step", severity=Severity.ADVICE, level=Level.START, weight=5)
def no_next_step(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity has no next step, or the next step has no date.

    Why: A deal without a dated next step does not move, however good it looks. It is the first thing to ask about
    any deal.

    Fix: Write what happens next in `next_step` and by when in `next_step_due`. The best next step is one that the
    customer has agreed to.
    """
    for identifier, opportunity in _open(plan):
        name = quoted(opportunity.name)
        if opportunity.next_step is None:
            yield ("opportunities", identifier, "next_step"), f"{name} is open and has no next step"
        elif opportunity.next_step_due is None:
            yield ("opportunities", identifier, "next_step_due"), f"the next step of {name} has no date"
        else:
            yield ("opportunities", identifier, "next_step"), None


@rule("opportunities/next-step-overdue", severity=Severity.WARNING, level=Level.START, weight=4)
def next_step_overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """The next step of an open opportunity is overdue.

    Why: Either it was done and the plan does not say so, or the deal has stopped. Both are worth knowing today.

    Fix: Do it, or write the new next step and its date. If the date keeps moving, ask whether the customer wants
    this as much as we do.
    """
    for _, pointer, name, _, due in due_next_steps(plan):
        message = f"the next step of {quoted(name)} was due on {due}, {late(due, context.today)}"
        yield pointer, message if due < context.today else None


@rule("opportunities/close-date-passed", severity=Severity.WARNING, level=Level.START, weight=4)
def close_date_passed(plan: Plan, context: Context) -> Iterator[Finding]:
    """An open opportunity should have closed by now.

    Why: The forecast counts it in a period that is behind us. A passed close date is the most common reason why a
    forecast is wrong.

    Fix: Set a new `close_date`, or close it with `status: won`, `lost` or `dropped`. Ask the customer for the date:
    by when do they need it, and what has to happen before?
    """
    for _, pointer, name, _, closes in due_close_dates(plan):
        ago = days((context.today - closes).days)
        message = f"{quoted(name)} should have closed on {closes}, {ago} ago, and is still open"
        yield pointer, message if closes < context.today else None


@rule("opportunities/stuck", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def stuck(plan: Plan, context: Context) -> Iterator[Finding]:
    """An open opportunity has been in the same stage for longer than `stage_days`.

    Why: Deals that are won move. One that stands still for months is usually decided already, for nobody or for
    somebody else, and still fills the forecast.

    Fix: Ask the customer what has to happen before they can go on. Then `acctplan move` it on or back, or close it
    as `dropped`. If it takes that long in your business, raise `stage_days` in acctplan.toml.
    """
    limit = context.config.limits.stage_days
    for identifier, opportunity in _open(plan):
        if opportunity.stage_since is not None:
            age = (context.today - opportunity.stage_since).days
            message = f"{quoted(opportunity.name)} has been in the same stage for {days(age)}, since {opportunity.stage_since}"
            yield ("opportunities", identifier, "stage_since"), message if age > limit else None


@rule("opportunities/no-decision-maker", severity=Severity.ADVICE, level=Level.WORKING, weight=5)
def no_decision_maker(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity does not name who decides on it.

    Why: Whoever decides on the account need not decide on this deal. Until you know who does, you cannot know how
    you stand.

    Fix: Add the person to its `buying_roles` with `role: decision_maker`. Somebody with that role in `contacts`
    needs only to be listed.
    """
    for identifier, opportunity in _open(plan):
        message = f"{quoted(opportunity.name)} is open and does not name who decides on it"
        yield ("opportunities", identifier, "buying_roles"), None if deciders(plan, opportunity) else message


@rule("opportunities/no-way-in", severity=Severity.ADVICE, level=Level.WORKING, weight=4)
def no_way_in(plan: Plan, _: Context) -> Iterator[Finding]:
    """Whoever decides on an open opportunity hardly knows us, and there is no plan how to reach them.

    Of people whom we do not know at all, contacts/key-player-unknown speaks.

    Why: Deals are lost above the people we talk to. Reached is whoever we have met more than briefly, or has met us
    once and is for us.

    Fix: Write in `penetration` who could bring us to the decision maker, with what, and by when. If we know them
    well, write their `coverage` and `stance`.
    """
    addressed = planned_with(plan)
    for identifier, opportunity in _open(plan):
        deciding = [contact for contact in deciders(plan, opportunity) if is_known(plan, opportunity, contact)]
        if deciding:
            reached = any(_is_reached(plan, opportunity, contact) for contact in deciding)
            fine = reached or opportunity.penetration or not addressed.isdisjoint(deciding)
            yield ("opportunities", identifier, "penetration"), None if fine else _not_reached(plan, opportunity, deciding)


@rule("opportunities/no-need", severity=Severity.ADVICE, level=Level.WORKING, weight=4)
def no_need(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity does not say what the customer needs it for.

    Why: Nobody buys because we want to sell. Without a need of theirs there is no reason to decide, and none to
    decide this year.

    Fix: Write in `need` what it does for them, in their own words. If you do not know it, asking is the next step.
    """
    for identifier, opportunity in _open(plan):
        message = f"{quoted(opportunity.name)} is open and does not say what they need it for"
        yield ("opportunities", identifier, "need"), None if opportunity.need else message


@rule("opportunities/not-in-forecast", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def not_in_forecast(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity cannot be forecast: it has no value, no close date, or neither stage nor probability.

    Why: What is missing counts as nothing, so the forecast looks worse than it is and the gap larger. A rough figure
    is better than none.

    Fix: Write a `value`, a `close_date` and a `stage`. Ask by when they need it: the date is theirs, not ours.
    """
    for identifier, opportunity in _open(plan):
        wanted = {
            "value": (opportunity.value, "a value"),
            "close_date": (opportunity.close_date, "a close date"),
            "stage": (opportunity.probability if opportunity.stage is None else opportunity.stage, "a stage"),
        }
        lacks = {field: words for field, (value, words) in wanted.items() if value is None}
        message = f"{quoted(opportunity.name)} is open and lacks {listed([*lacks.values()])}" if lacks else None
        yield ("opportunities", identifier, *list(lacks)[:1]), message


@rule("opportunities/no-position", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def no_position(plan: Plan, context: Context) -> Iterator[Finding]:
    """An open opportunity does not say how we stand against the competition.

    Why: There is always somebody else, if only the choice to do nothing or to do it in house. Whoever does not know
    their position is seldom ahead.

    Fix: Write `competition: {position: ...}`: sole, ahead, level, behind or locked_out. A renewal against nobody
    needs none.
    """
    account = Account(plan, context.config)
    for identifier, opportunity in _open(plan):
        unknown = competition(account, identifier).value is None
        message = f"{quoted(opportunity.name)} is open and does not say how we stand against the competition"
        yield ("opportunities", identifier, "competition"), message if unknown else None


@rule("opportunities/no-competitive-strategy", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def no_competitive_strategy(plan: Plan, _: Context) -> Iterator[Finding]:
    """A competitor has the business, or is ahead of us, and an open opportunity has no strategy against them.

    Why: Who is there stays, unless the customer has a reason to change. On the same field we lose to whoever
    is ahead.

    Fix: Write in `competition.strategy` how we change the contest, and play to what they are bad at. It may be another
    criterion, another person who decides, or another time.
    """
    for identifier, opportunity in _open(plan):
        entry = opportunity.competition
        holder = _holder(plan, opportunity)
        is_behind = entry is not None and entry.position in ("behind", "locked_out")
        if holder or is_behind:
            name = quoted(opportunity.name)
            lost = f"{holder} has what {name} is after" if holder else f"we are behind on {name}"
            planned = entry is not None and entry.strategy is not None
            yield ("opportunities", identifier, "competition"), None if planned else f"{lost}, and there is no strategy against them"


@rule("opportunities/losing-criterion", severity=Severity.WARNING, level=Level.WORKING, weight=4)
def losing_criterion(plan: Plan, _: Context) -> Iterator[Finding]:
    """On something that the customer insists on we are worse than the others.

    Why: A must that we fail ends the deal, however well we do on the rest. It is better to know that before the
    effort than after.

    Fix: Find out what would make us good enough, and make it an action. Else talk with whoever holds the criterion
    about why it matters, or drop the opportunity.
    """
    for identifier, opportunity in _open(plan):
        for position, criterion in enumerate(opportunity.decision_criteria):
            if criterion.mandatory:
                message = f"{quoted(criterion.what)} is a must for {quoted(opportunity.name)}, and we are worse at it than the others"
                yield ("opportunities", identifier, "decision_criteria", position), message if criterion.position == "worse" else None


@rule("opportunities/probability-against-stage", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def probability_against_stage(plan: Plan, context: Context) -> Iterator[Finding]:
    """The probability of an opportunity is more than 30 points away from what its stage stands for.

    Why: One of the two is wrong, and the forecast follows the probability. Hope is the usual reason for more, a
    stage that nobody moved the usual one for less.

    Fix: Move the `stage`, or correct the `probability` or take it out, so that the stage's own counts. If both are
    right, say why in `notes` and waive this.
    """
    for identifier, opportunity in plan.opportunities.items():
        own, stage = opportunity.probability, opportunity.stage
        if opportunity.is_live and own is not None and stage is not None:
            usual = context.config.stages[stage].probability
            message = f"{quoted(opportunity.name)} is given {percent(own)}, but its stage, {stage}, stands for {percent(usual)}"
            yield ("opportunities", identifier, "probability"), message if abs(own - usual) > _WIDE else None


@rule("opportunities/closes-after-plan", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def closes_after_plan(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity closes after the plan ends.

    Why: It takes effort now and adds nothing to the goals of this plan. It may still be right to pursue it, but not
    by oversight.

    Fix: Ask what would let the customer decide earlier, or make it `potential` until its time comes. If the plan
    should run longer, move `profile.ends`.
    """
    if (ends := plan.profile.ends) is not None:
        for identifier, opportunity in _open(plan):
            if (closes := opportunity.close_date) is not None:
                message = f"{quoted(opportunity.name)} closes on {closes}, after the plan ends on {ends}"
                yield ("opportunities", identifier, "close_date"), message if closes > ends else None


@rule("opportunities/no-owner", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def no_owner(plan: Plan, _: Context) -> Iterator[Finding]:
    """Nobody on our side answers for an open opportunity. Does not apply where the team is one person.

    Why: In a team, what belongs to all belongs to nobody. One person has to know tomorrow's step without
    looking it up.

    Fix: Write one id of the `team` in the opportunity's `owner`. Others can have actions in it.
    """
    if len(plan.team) > 1:
        for identifier, opportunity in _open(plan):
            message = f"nobody on our side answers for {quoted(opportunity.name)}"
            yield ("opportunities", identifier, "owner"), message if opportunity.owner is None else None


@rule("opportunities/closed-without-reason", severity=Severity.ADVICE, level=Level.WORKING, weight=2)
def closed_without_reason(plan: Plan, _: Context) -> Iterator[Finding]:
    """An opportunity was won, lost or dropped, and the plan does not say why.

    Why: The reason is what the next deal with this customer can learn from. In half a year nobody remembers it.

    Fix: Write the reason in `closed_because`, best in the words of whoever decided. Ask them: few do, and most
    customers answer.
    """
    for identifier, opportunity in plan.opportunities.items():
        if not opportunity.is_live:
            message = f"{quoted(opportunity.name)} was {opportunity.status}, and the plan does not say why"
            yield ("opportunities", identifier, "closed_because"), None if opportunity.closed_because else message


@rule("opportunities/no-approach", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def no_approach(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity does not say how we want to win it. Does not apply to renewals.

    Why: Whoever reads the plan should see in one line why they would choose us, and what we do for that. If it
    takes more, it is not clear yet.

    Fix: Write in `approach` where we start, what we show, and what makes it easy to say yes.
    """
    for identifier, opportunity in _open(plan):
        if opportunity.kind != "renewal":
            message = f"{quoted(opportunity.name)} is open and does not say how we want to win it"
            yield ("opportunities", identifier, "approach"), None if opportunity.approach else message


@rule("opportunities/not-weighed", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def not_weighed(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity does not say how important it is to both sides, or what it will cost us to pursue.

    Why: You cannot pursue everything at once. To choose, you need to know what each one is worth beyond its price,
    and how many days it will take.

    Fix: Write `importance: {customer: 1 to 5, us: 1 to 5}` and `effort_days`. A guess will do: it is the comparison
    that counts.
    """
    for identifier, opportunity in _open(plan):
        importance = opportunity.importance
        lacks = []
        if importance is None or importance.customer is None:
            lacks.append("its importance to the customer")
        if importance is None or importance.us is None:
            lacks.append("its importance to us")
        if opportunity.effort_days is None:
            lacks.append("the days it will take us")
        message = f"{quoted(opportunity.name)} is hard to weigh against the others without {listed(lacks)}" if lacks else None
        yield ("opportunities", identifier), message


@rule("opportunities/not-placed", severity=Severity.ADVICE, level=Level.REVIEW, weight=1)
def not_placed(plan: Plan, context: Context) -> Iterator[Finding]:
    """An opportunity does not say which unit it is in, or which solution it is about. Applies where there are some.

    Why: Only what is in its place on the map of units and solutions shows what is left: without it, white space looks
    open where we are already at work.

    Fix: Write its `unit` and its `solution`. If it spans several, take the one that signs, or make it several
    opportunities.
    """
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.is_live and (plan.units or plan.solutions or context.config.solutions):
            lacks = ["unit"] if plan.units and opportunity.unit is None else []
            if (plan.solutions or context.config.solutions) and opportunity.solution is None:
                lacks.append("solution")
            message = f"{quoted(opportunity.name)} names no {' and no '.join(lacks)}" if lacks else None
            yield ("opportunities", identifier, *lacks[:1]), message


@rule("opportunities/scorecard-gate", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def scorecard_gate(plan: Plan, context: Context) -> Iterator[Finding]:
    """An opportunity is still worked on although the answer to a deciding question of its scorecard is a plain no.

    Why: You agreed beforehand that a no here ends it, when nobody was in love with the deal yet. Every day after that
    no is a day that a better opportunity does not get.

    Fix: Drop the opportunity, or change what the answer stands for and note the evidence. If the question turns out not
    to decide after all, take `gate` from it in acctplan.toml, for everybody.
    """
    for _, opportunity, found in _scored(plan, context.config):
        gates = [term for term in found.terms if term.is_gate and term.value is not None]
        for term in gates:
            message = f"{quoted(opportunity.name)} goes on, though a question of {found.card} decides against it: {short(term.ask)}"
            yield term.pointer, message if term.fails_gate else None


@rule("opportunities/scorecard-minimum", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def scorecard_minimum(plan: Plan, context: Context) -> Iterator[Finding]:
    """An opportunity is further along than the answers on its scorecard allow.

    Why: A stage says how likely we are to win. Where what should be known by then is not, the stage is a hope, and the
    forecast counts on it.

    Fix: Find it out and answer it, or move the opportunity back to the stage that it is really in. `acctplan score
    OPPORTUNITY --ask` asks for each answer that is missing. What is needed from which probability on stands with the
    scorecard, in `needed`.
    """
    for identifier, opportunity, found in _scored(plan, context.config):
        if any(term.least is not None for term in found.terms):
            message = (
                f"{quoted(opportunity.name)} is at {percent(found.probability or Decimal(0))}, too far for {found.card}: {_missed(found)}"
            )
            pointer = ("opportunities", identifier, "scorecards", found.card)
            yield pointer, message if found.minima_missed else None


def _scored(plan: Plan, config: Config) -> Iterator[tuple[str, Opportunity, Result]]:
    """The results of all that can still be won, on the scorecards that are in use."""
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.is_live:
            for card in in_use(opportunity, config):
                yield identifier, opportunity, result(plan, identifier, card, config)


def _missed(found: Result) -> str:
    """What is not known or not good enough for an opportunity's probability."""
    unknown = [term.question for term in found.minima_missed if term.value is None]
    said = [f"{listed(unknown)} {'is' if len(unknown) == 1 else 'are'} unknown"] if unknown else []
    return ", ".join([*said, *(_too_low(term) for term in found.minima_missed if term.value is not None)])


def _too_low(term: Term) -> str:
    return f"{term.question} is {term.mark} and should be {'+' if term.mark == '-' else f'at least {term.least}'}"


def _open(plan: Plan) -> Iterator[tuple[str, Opportunity]]:
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.status == "open":
            yield identifier, opportunity


def _is_reached(plan: Plan, opportunity: Opportunity, contact: str) -> bool:
    known = coverage(plan, opportunity, contact)
    return known in ("multiple", "in_depth") or (known == "brief" and stance(plan, opportunity, contact) == "supportive")


def _not_reached(plan: Plan, opportunity: Opportunity, deciding: list[str]) -> str:
    people = listed([person(contact, plan.contacts[contact]) for contact in deciding])
    unknown = any(coverage(plan, opportunity, contact) is None for contact in deciding)
    decide = "decides" if len(deciding) == 1 else "decide"
    known = "nothing says how well we know them" if unknown else "we hardly know them"
    return f"{people} {decide} on {quoted(opportunity.name)}; {known}, and no way in is planned"


def _holder(plan: Plan, opportunity: Opportunity) -> str | None:
    """The competitor who has the business today: as the opportunity says, else as the white space says. None: nobody is named."""
    entry = opportunity.competition
    holder = None if entry is None else entry.incumbent
    if holder is None and opportunity.unit is not None and opportunity.solution is not None:
        cell = plan.white_space.get(opportunity.unit, {}).get(opportunity.solution)
        holder = cell.competitor if cell is not None and cell.status == "competitor" else None
    return None if holder is None else short(plan.competitors[holder].name)
