"""What to ask the customer, and whom: in words that can be said aloud, with nothing in them that is ours alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.questions import missing, noted_lately
from acctplan.analysis.questions.base import theme
from acctplan.analysis.questions.whom import Informants
from acctplan.analysis.relationships import called, is_known, key_players

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

_NOTED, _CONFIRM, _INTRODUCE, _STILL, _CHART = 25.0, 6.0, 5.0, 3.0, 1.0
"""What was noted comes first: somebody promised to find out. The others beside what the answers are worth in points."""
_OURS = ("account_manager", "coverage", "last_contact", "owner", "us")
"""The last steps of what only we can know."""
_OURS_ALTOGETHER = ("objectives", "revenue", "team", "risks", "competitors")


class ToAsk(NamedTuple):
    """Something to ask somebody."""

    id: str | None
    """Of the entry in `questions`; None where the plan shows it by what it lacks."""
    what: str
    """The question, as it is said."""
    why: str
    """Why we ask. For us: it may quote the plan."""
    about: str
    """What the answer fills in, as people write a pointer; empty where that is nothing in particular."""
    contact: str | None
    """Whom to ask; None: whoever we meet, or ourselves."""
    is_ours: bool
    """Whether it is for ourselves to find out, and nothing for the customer's ears."""
    asked: date | None
    """The day it was noted."""
    value: float
    """What the answer is worth: the points that it adds to scores at best, or as much as that."""


def to_ask(plan: Plan, config: Config, today: date, waived: Collection[tuple[str, Pointer]] = ()) -> list[ToAsk]:
    """Everything to ask, the most valuable question of each contact first; contacts in the order of the plan, then whoever, then ourselves.

    Args:
        plan: the plan.
        config: the book's settings.
        today: the day it is.
        waived: as for `missing`.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    found: dict[tuple[str, str | None], ToAsk] = {}
    for one in (*_noted(plan), *_missing(plan, config, today, waived), *_insights(plan, config, today), *_people(plan)):
        found.setdefault((one.what, opportunity_of(plan, one.about)), one)  # of two deals each is asked about in the same words
    order = {key: place for place, key in enumerate(plan.contacts)}
    return sorted(found.values(), key=lambda one: (one.is_ours, order.get(one.contact or "", len(order)), -one.value, one.what))


def opportunity_of(plan: Plan, about: str) -> str | None:
    """The id of the opportunity that a question is about; None of one that is about something else."""
    section, _, rest = about.partition(".")
    key = rest.partition(".")[0]
    return key if section == "opportunities" and key in plan.opportunities else None


def headings(plan: Plan, config: Config) -> dict[str, str]:
    """What to call each live opportunity where there are several, in words that the customer may read.

    Its own name where that is shared with them, else its solution and unit; alike ones are numbered in the order of the plan. Empty where
    there is one alone: it need not be told from others.
    """
    live = {key: one for key, one in plan.opportunities.items() if one.is_live}
    if len(live) < 2:  # noqa: PLR2004  one alone is meant
        return {}
    called_so: dict[str, list[str]] = {}
    for key, one in live.items():
        words = theme(plan, config, one)
        if not one.shared and one.solution is None:
            words = "Project" if one.unit is None else f"Project for {plan.units[one.unit].name}"
        called_so.setdefault(words, []).append(key)
    return {
        key: words if len(keys) == 1 else f"{words} ({number})" for words, keys in called_so.items() for number, key in enumerate(keys, 1)
    }


def _noted(plan: Plan) -> Iterator[ToAsk]:
    for key, entry in plan.questions.items():
        if entry.status == "open":
            since = "" if entry.asked is None else f", noted on {entry.asked}"
            ours = entry.contact is None and is_ours(entry.about or "")
            yield ToAsk(key, entry.what, f"nobody of us knew{since}", entry.about or "", entry.contact, ours, entry.asked, _NOTED)


def is_ours(about: str) -> bool:
    """Whether only we can answer what fills in a field: our goals, our people, our contacts with theirs."""
    steps = about.split(".")
    return steps[0] in _OURS_ALTOGETHER or "scorecards" in steps or (steps[-1] in _OURS and steps[0] != "insights")


def _missing(plan: Plan, config: Config, today: date, waived: Collection[tuple[str, Pointer]]) -> Iterator[ToAsk]:
    noted = noted_lately(plan, today)
    for question in missing(plan, config, today, waived=waived).questions:
        if question.aloud and question.key not in noted:
            value = max(question.value, _CONFIRM) if question.is_counted else question.value
            yield ToAsk(None, question.aloud, question.why, question.key, question.contact, is_ours=False, asked=None, value=value)


def _insights(plan: Plan, config: Config, today: date) -> Iterator[ToAsk]:
    oldest = today - timedelta(days=config.limits.fact_days)
    informant = Informants(plan).best()
    for key, insight in plan.insights.items():
        owner = insight.owner
        whom = owner if owner is not None and plan.contacts[owner].name is not None and is_known(plan, None, owner) else None
        what = insight.what.rstrip(" .")
        contact = whom or informant
        if insight.confirmed is not True:
            source = f", says {insight.source}" if insight.source else ""
            why = f"nobody at {plan.profile.name} has confirmed it{source}"
            about = f"insights.{key}.confirmed"
            yield ToAsk(None, f"Is it right that: {what}?", why, about, contact, is_ours=False, asked=None, value=_CONFIRM)
        elif insight.as_of is not None and insight.as_of < oldest:
            why = f"noted on {insight.as_of}, {(today - insight.as_of).days} days ago"
            yield ToAsk(
                None, f"Does this still hold: {what}?", why, f"insights.{key}.as_of", contact, is_ours=False, asked=None, value=_STILL
            )


def _people(plan: Plan) -> Iterator[ToAsk]:
    """Whom to meet: key players whom we have never met, and whoever is on no list of ours."""
    informants = Informants(plan)
    for who, contact in key_players(plan):
        if contact.name is not None and not is_known(plan, None, who):
            introducer = informants.best([who])
            why = f"{called(plan, who)} has a say, and we have not met"
            about = f"contacts.{who}.coverage"
            what = f"Could you introduce us to {contact.name}?"
            yield ToAsk(None, what, why, about, introducer, is_ours=False, asked=None, value=_INTRODUCE)
    if (best := informants.best()) is not None:
        what = "Here is how we see your organisation: who on this chart should I meet, and who is missing?"
        why = "nobody minds drawing their own org chart"
        yield ToAsk(None, what, why, "contacts", best, is_ours=False, asked=None, value=_CHART)
