"""The plan in a minute: a few exact sentences, made of what the plan says and of what follows from it, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.overdue import dated, overdue
from acctplan.analysis.relationships import coverage, deciders, stance
from acctplan.render.text import day, days, money, percent
from acctplan.render.view.words import CONFIRMED, COVERAGE, INFLUENCE, STANCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan import model
    from acctplan.analysis.overdue import Due
    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names
    from acctplan.render.view.pipeline import Opportunity
    from acctplan.render.view.revenue import Revenue

_DRIVERS = 2
_FIRST = 3
_REASONS = 2
_DECIDERS = 6
_LATE = 3
_RISKS = 3
_ENDS = (".", "!", "?", "…", "。", "！", "？")  # noqa: RUF001  the full-width ones end sentences too
_LATE_WORDS = {
    "next_step": "the next step of ",
    "close_date": "the close date of ",
    "meeting": "the relationship meeting",
    "review": "the review",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that the summary says."""

    lead: str | None
    """What it is about, to be set off from the rest."""
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """What the summary says about one thing."""

    about: str
    sentences: tuple[Sentence, ...]
    missing: tuple[str, ...]
    """What matters here and is not in the plan."""


def summary(plan: Plan, live: Sequence[Opportunity], found: Revenue | None, config: Config, names: Names, today: date) -> tuple[Point, ...]:
    """The points of the summary; none where the plan has nothing to sum up.

    Args:
        plan: the plan.
        live: what can still be won, by rank.
        found: goal, booked and forecast; None where the plan has no periods.
        config: the book's settings.
        names: of the plan's entries.
        today: what is late is late on this day.
    """
    currency = currency_of(plan, config)
    points = (
        _wants(plan),
        _standing(found, currency),
        _first(live, currency),
        _who_decides(plan, live, names),
        _late_or_at_risk(plan, config, names, today),
        _next_meeting(plan, names, today),
    )
    return points if any(point.sentences for point in points) else ()


def _wants(plan: Plan) -> Point:
    value = plan.profile.mutual_value
    gain = value.how_they_gain if value else None
    sentences = [
        *_drivers(plan, "goal", "Goals:"),
        *_drivers(plan, "pressure", "Pressures:"),
        *([Sentence("What they gain with us:", _ended(gain))] if gain else []),
    ]
    kinds = {insight.kind for insight in plan.insights.values()}
    missing = [*([] if "goal" in kinds else ["a goal of theirs"]), *([] if gain else ["what they gain with us"])]
    return Point("What they want", tuple(sentences), tuple(missing))


def _drivers(plan: Plan, kind: str, lead: str) -> Iterator[Sentence]:
    """The first of a kind, those that the customer has confirmed before others."""
    found = sorted((entry for entry in plan.insights.values() if entry.kind == kind), key=lambda entry: not entry.confirmed)
    if found:
        yield Sentence(lead, _listed([f"{entry.what} ({CONFIRMED[entry.confirmed].word})" for entry in found], _DRIVERS))


def _standing(found: Revenue | None, currency: str) -> Point:
    about = "Where we stand"
    if found is None or found.goal is None:
        booked = found.booked if found else None
        return Point(about, () if booked is None else (Sentence(None, f"{_money(booked, currency)} booked."),), ("a revenue goal",))
    goal = _money(found.goal, currency)
    if found.booked is None:
        sentences = [Sentence(None, f"Nothing is booked yet of the goal of {goal}.")]
    else:
        share = "" if found.achieved is None else f", {_percent(found.achieved)}"
        sentences = [Sentence(None, f"{_money(found.booked, currency)} of the goal of {goal} booked{share}.")]
    if found.gap is not None:
        forecast = _money(found.forecast, currency)
        far = _money(abs(found.gap), currency)
        where = f"{far} short of the goal" if found.gap > 0 else f"{far} past the goal" if found.gap < 0 else "just the goal"
        sentences.append(Sentence(None, f"With the open pipeline, weighted by probability, the forecast is {forecast}: {where}."))
        if found.gap > 0 and found.pipeline_to_create is not None:
            rate = found.win_rate
            basis = f"{rate.won} of {rate.closed} closed were won" if rate.known else f"assuming that {_percent(rate.assumed)} are won"
            sentences.append(Sentence(None, f"Pipeline to create for that: {_money(found.pipeline_to_create, currency)} ({basis})."))
    if found.left_out:
        sentences.append(Sentence(None, f"{_counted(len(found.left_out), 'opportunity', 'opportunities')} could not be counted in full."))
    return Point(about, tuple(sentences), ())


def _first(live: Sequence[Opportunity], currency: str) -> Point:
    about = "What to win first"
    if not live:
        return Point(about, (), ("an opportunity that can still be won",))
    without = [one.name for one in live[:_FIRST] if one.next_step is None]
    missing = [f"the next step of {name}" for name in without]
    return Point(about, tuple(_opportunity(one, currency) for one in live[:_FIRST]), tuple(missing))


def _opportunity(one: Opportunity, currency: str) -> Sentence:
    facts = [
        f"{one.score} of 100" + (f", up to {one.ceiling}" if one.ceiling != one.score else ""),
        "value unknown" if one.value is None else _money(one.value, currency),
        *([] if one.probability is None else [f"{_percent(one.probability)} likely"]),
        *([] if one.close_date is None else [f"{'was to close' if one.close_is_past else 'closes'} on {_day(one.close_date)}"]),
    ]
    best = sorted((reason for reason in one.reasons if reason.points), key=lambda reason: -reason.points)[:_REASONS]
    why = " and ".join(f"{reason.factor} ({reason.why})" for reason in best)
    step = "" if one.next_step is None else f" Next: {_ended(one.next_step)}"
    return Sentence(f"{one.rank}. {one.name}:", f"{', '.join(facts)}." + (f" Most of it from {why}." if why else "") + step)


def _who_decides(plan: Plan, live: Sequence[Opportunity], names: Names) -> Point:
    about = "Who decides"
    deciding: dict[str, model.Opportunity | None] = {}
    for one in live:
        opportunity = plan.opportunities[one.id]
        for contact in deciders(plan, opportunity):
            deciding.setdefault(contact, opportunity)
    for key, person in plan.contacts.items():  # who decides in general may be in no buying group yet
        if "decision_maker" in person.roles:
            deciding.setdefault(key, None)
    nobody = [one.name for one in live if not deciders(plan, plan.opportunities[one.id])]
    missing = [f"who decides on {name}" for name in nobody[:_FIRST]]
    if len(nobody) > _FIRST:
        missing.append(f"who decides on {len(nobody) - _FIRST} more")
    if not live and not deciding:
        missing.append("who decides")
    stances = {contact: stance(plan, opportunity, contact) for contact, opportunity in deciding.items()}
    people = [
        f"{names.contact(contact)} ({STANCE[stances[contact]].word if stances[contact] else 'stance unknown'}, "
        f"{_known_how(coverage(plan, deciding[contact], contact))})"
        for contact in deciding
    ]
    sentences = []
    if people:
        sentences.append(Sentence(None, _listed(people, _DECIDERS)))
    against = [
        f"{names.contact(key)}{_influence(contact)}"
        for key, contact in plan.contacts.items()
        if contact.stance == "negative" and stances.get(key) != "negative"
    ]
    if against:
        sentences.append(Sentence("Against us, without deciding:", f"{', '.join(against)}."))
    return Point(about, tuple(sentences), tuple(missing))


def _known_how(level: model.people.Coverage | None) -> str:
    return (
        "coverage unknown" if level is None else f"{COVERAGE[level].word.replace(' ', '-')} coverage" if level != "none" else "no coverage"
    )


def _influence(contact: model.Contact) -> str:
    return f" ({INFLUENCE[contact.influence].word} influence)" if contact.influence else ""


def _late_or_at_risk(plan: Plan, config: Config, names: Names, today: date) -> Point:
    late = overdue(plan, config.limits, today)
    planned = any(True for _ in dated(plan, config.limits, today))
    sentences = []
    if late:
        sentences.append(Sentence("Late:", _listed([_late(one, names, today) for one in late], _LATE)))
    elif planned:
        sentences.append(Sentence(None, "Nothing that has a date is late."))
    risks = [entry for entry in plan.risks.values() if entry.status == "open" and "high" in (entry.impact, entry.likelihood)]
    if risks:
        told = [f"{entry.what} ({_chance(entry)})" for entry in risks]
        sentences.append(Sentence("Great risk:" if len(risks) == 1 else "Great risks:", _listed(told, _RISKS)))
    undated = any(True for objective in plan.objectives.values() for strategy in objective.strategies.values() for _ in strategy.actions)
    return Point("What is late or at risk", tuple(sentences), () if undated or planned else ("anything to do, by a day",))


def _late(one: Due, names: Names, today: date) -> str:
    what = _LATE_WORDS.get(one.kind, "") + one.what
    owner = names.member(one.owner)
    by = f"by {days(one.days_late(today))}"
    return f"{what} ({f'{owner}, ' if owner else ''}{by})"


def _chance(entry: model.Risk) -> str:
    return f"likelihood {INFLUENCE[entry.likelihood].word}, impact {INFLUENCE[entry.impact].word}"


def _next_meeting(plan: Plan, names: Names, today: date) -> Point:
    about = "When we meet next"
    meetings = plan.meetings
    if meetings is None or meetings.next is None:
        last = max(meetings.held, default=None) if meetings else None
        ago = None if last is None else f"The last relationship meeting was on {_day(last)}, {days((today - last).days)} ago."
        said = () if ago is None else (Sentence(None, ago),)
        return Point(about, said, ("the day of the next relationship meeting",))
    away = (meetings.next - today).days
    when = "today" if not away else f"in {days(away)}" if away > 0 else f"{days(-away)} ago, and nothing is noted of it"
    people = f", with {', '.join(names.contacts(meetings.with_))}" if meetings.with_ else ""
    verb = "is" if away >= 0 else "was to be"
    return Point(about, (Sentence(None, f"The next relationship meeting {verb} on {_day(meetings.next)} ({when}){people}."),), ())


def _ended(words: str) -> str:
    """With a full stop, unless the words bring their own."""
    words = words.rstrip()
    return words if words.endswith(_ENDS) else f"{words}."


def _counted(count: int, one: str, several: str | None = None) -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"


def _listed(items: Sequence[str], most: int) -> str:
    """Some of them in a row, and how many more there are."""
    more = f"; and {len(items) - most} more" if len(items) > most else ""
    return f"{'; '.join(items[:most])}{more}."


def _money(amount: Decimal, currency: str) -> str:
    return money(f"{amount:f}", currency)


def _percent(share: Decimal) -> str:
    return percent(f"{share:f}").replace(" ", "\N{NO-BREAK SPACE}")


def _day(moment: date) -> str:
    return day(moment.isoformat())
