"""Rules about the plan as a whole: that it is reviewed, shared and carried by everybody named, and safe to hand on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from acctplan.analysis.actions import placed_actions
from acctplan.analysis.overdue import last_review
from acctplan.diagnostic import Severity
from acctplan.model.editions import customer_edition
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.texts import Mark, marked, shareable, texts, written
from acctplan.rules.words import days, quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan

_SECRETS = (
    Mark("passw", r"(?i)\bpassw(?:ords?|ort|d)\s*[:=]\s*\S", "a password"),
    Mark("mot de passe", r"(?i)\bmot de passe\s*[:=]\s*\S", "a password"),
    Mark("key:", r"(?i)\b(?:api|access|secret)[ _-]?key:\s*\S", "an access key"),
    Mark("key=", r"(?i)\b(?:api|access|secret)[ _-]?key=\s*\S", "an access key"),
    Mark("token:", r"(?i)\b(?:api|access|auth|bearer)[ _-]?token:\s*\S", "an access token"),
    Mark("token=", r"(?i)\b(?:api|access|auth|bearer)[ _-]?token=\s*\S", "an access token"),
    Mark("private key-----", r"-----BEGIN [A-Z ]*PRIVATE KEY-----", "a private key"),
)
"""What a secret looks like: its name with a value behind it. A plan may well speak about passwords."""

_BEGINS = r"(?i)(?:\A|[.!?;:([–-])\s*(?:please |strictly |highly |streng )?"
_ENDS = r"\s*(?:[.!?;:)\],–-]|\Z)"
_NOT_FOR_SHARING = (
    Mark("confidential", rf"{_BEGINS}confidential{_ENDS}"),
    Mark("vertraulich", rf"{_BEGINS}vertraulich{_ENDS}"),
    Mark("t share", rf"{_BEGINS}(?:do not|don.t) share\b"),
    Mark("t show", rf"{_BEGINS}(?:do not|don.t) show\b"),
    Mark("t tell", rf"{_BEGINS}(?:do not|don.t) tell\b"),
    Mark("not for sharing", r"(?i)\bnot for sharing\b"),
    Mark("not to be shared", r"(?i)\bnot to be shared\b"),
    Mark("internal only", r"(?i)\binternal only\b"),
    Mark("internal use", r"(?i)\binternal use\b"),
    Mark("off the record", r"(?i)\boff the record\b"),
)
"""How people mark what is not for others. Words such as "confidential" inside a sentence may be what the customer wants."""

_LEFT_OVER = (
    Mark("todo", r"\bTODO\b"),
    Mark("tbd", r"\bTBD\b"),
    Mark("fixme", r"\bFIXME\b"),
    Mark("xxx", r"(?i)\bx{3,}\b"),
    Mark("lorem ipsum", r"(?i)\blorem ipsum\b"),
    Mark("our best opportunity", r"(?i)\AOur best opportunity\Z"),
    Mark("what helps them", r"(?i)\AWhat helps them\Z"),
    Mark("what hurts them", r"(?i)\AWhat hurts them\Z"),
    Mark("where we meet", r"(?i)\AWhere we meet\Z"),
    Mark("anything else", r"(?i)\AAnything else\Z"),
)
"""Placeholders, and what the templates of new plans say where something is to be written."""


@rule("plan/secret", severity=Severity.WARNING, level=Level.START, weight=1, shows_line=False)
def secret(plan: Plan, _: Context) -> Iterator[Finding]:
    """There is something in the plan that looks like a password or an access key.

    Why: Everybody who can read the plan can use it, and git keeps it even after it has been deleted here.

    Fix: Take it out, and change it wherever it is used. Keep it in a password safe, and say in the plan only who has it.
    """
    yield from _report(plan, _SECRETS, "this looks like {means}")


@rule("plan/left-over-words", severity=Severity.ADVICE, level=Level.START, weight=1)
def left_over_words(plan: Plan, _: Context) -> Iterator[Finding]:
    """Words stand in the plan that were to be replaced: TODO, TBD, xxx, lorem ipsum, or those of the template.

    Why: Readers cannot tell what is meant from what was forgotten, and trust the rest less.

    Fix: Write what belongs there, or delete the field: left out means unknown, which is an honest answer.
    """
    yield from _report(plan, _LEFT_OVER, "{text} was meant to be replaced")


@rule("plan/not-for-sharing", severity=Severity.WARNING, level=Level.START, weight=1)
def not_for_sharing(plan: Plan, _: Context) -> Iterator[Finding]:
    """Something that the customer may come to see is marked as not for others.

    Why: Needs, goals, what was agreed and what they gain are worked on together with the customer. What stands there is
    read out one day.

    Fix: Move it to `notes`, which stay with us, and keep here what both sides may read. If it is not meant as a mark,
    say it in other words.
    """
    found = list(shareable(plan))
    inside = "\n".join(text for _, text in found).lower().encode()
    wrong = {pointer: text for pointer, text, _ in marked(found, _NOT_FOR_SHARING, inside)}
    for pointer, _text in found:
        yield pointer, "the customer may come to see this, and it is marked as not for others" if pointer in wrong else None


@rule("plan/shared-names-competitor", severity=Severity.WARNING, level=Level.START, weight=2)
def shared_names_competitor(plan: Plan, _: Context) -> Iterator[Finding]:
    """A text that is shared with the customer names a competitor.

    Why: The mutual plan and the agenda are made of what is shared. A competitor's name in them tells the customer how we see the race, and
    one day the competitor too.

    Fix: Say it without the name, or keep it in a field that stays with us, such as `competition` or `notes`.
    """
    told = {key: one.name for key, one in plan.competitors.items() if len(one.name) >= _TELLING}
    inside = written(plan) if told else b""
    # A name stands once among the competitors themselves.
    elsewhere = {key: name for key, name in told.items() if inside.count(name.encode().lower()) > 1}
    shared = list(texts(customer_edition(plan))) if elsewhere else []
    for key, name in told.items():
        pattern = rf"(?i)(?<!\w){re.escape(name)}(?!\w)"
        naming = [(pointer, text) for pointer, text in shared if re.search(pattern, text)] if key in elsewhere else []
        for pointer, text in naming:
            yield pointer, f"{quoted(text)} is shared with the customer and names a competitor"
        if not naming:
            yield ("competitors", key), None


_TELLING = 3
"""Letters that a name has at least to be looked for."""


@rule("plan/review-overdue", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def review_overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """The last review of the plan is longer ago than the limit. Does not apply to a plan that was never reviewed.

    Why: A plan that nobody asks about is soon nobody's plan. A quarter is long enough for half of it to have changed.

    Fix: Go through the plan with your manager, and note the day, the verdict and what was said under `reviews`. How many
    days are too many stands in `limits.review_days`.
    """
    if (last := last_review(plan, context.today)) is not None:
        limit = context.config.limits.review_days
        ago = (context.today - last).days
        asked = " and asked for changes" if plan.reviews[last].verdict == "changes_wanted" else ""
        message = f"the last review was on {last}, {days(ago)} ago{asked}; the limit is {days(limit)}"
        yield ("reviews", last.isoformat()), message if ago > limit else None


@rule("plan/not-approved", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def not_approved(plan: Plan, context: Context) -> Iterator[Finding]:
    """The last review asked for changes, or the plan has run for longer than the limit and was never reviewed.

    Why: As long as the manager has not agreed, the time and the people that the plan counts on are not there.

    Fix: Show your manager what has changed, and note the verdict under `reviews`. What you do not want to change is best
    said openly, in the same talk.
    """
    today, limit = context.today, context.config.limits.review_days
    if (last := last_review(plan, today)) is not None:
        if (today - last).days <= limit:  # else plan/review-overdue says it
            review = plan.reviews[last]
            message = f"{short(plan.team[review.by].name)} asked for changes on {last}, and nobody has reviewed the plan since"
            yield ("reviews", last.isoformat()), message if review.verdict == "changes_wanted" else None
    elif (starts := plan.profile.starts) is not None and (today - starts).days > limit:
        yield ("reviews",), f"the plan began on {starts}, and nobody has reviewed it"


@rule("plan/not-shared", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def not_shared(plan: Plan, context: Context) -> Iterator[Finding]:
    """No relationship meeting of the plan's period notes goals agreed with the customer: they have hardly seen what we plan.

    Why: A plan about a customer, made without them, is about us. What they have helped to write they will help to
    carry out. That goals were agreed on is the best sign there is that both sides have talked about it.

    Fix: Bring your goals to the next relationship meeting, ask for theirs, and note what both agree on in its `goals`.
    The charter in `profile.mutual_value` is a good page to begin with.
    """
    if plan.meetings is not None:
        starts, today = plan.profile.starts, context.today
        held = [day for day in plan.meetings.held if day <= today and (starts is None or day >= starts)]
        if held:  # else the rules about meetings speak
            agreed = any(plan.meetings.held[day].goals for day in held)
            message = f"no relationship meeting notes goals agreed with {short(plan.profile.name)}: have they seen what we plan?"
            yield ("meetings", "held", max(held).isoformat()), None if agreed else message


@rule("plan/no-part-in-it", severity=Severity.ADVICE, level=Level.REVIEW, weight=1)
def no_part_in_it(plan: Plan, _: Context) -> Iterator[Finding]:
    """Somebody on our team has no part in the plan: they own nothing, hold no relationship, and attended no meeting.

    Why: Either they could help and nobody has asked, or they do help and the plan does not show it.

    Fix: Give them an action that suits them, or a relationship to hold. Who has left the account is best taken out.
    """
    busy = set(_taking_part(plan))
    for identifier, member in plan.team.items():
        yield ("team", identifier), None if identifier in busy else f"{short(member.name)} is on our team and has no part in the plan"


def _report(plan: Plan, marks: tuple[Mark, ...], message: str) -> Iterator[Finding]:
    """The texts in which a mark stands. The plan as a whole passes where there is none."""
    found = list(marked(texts(plan), marks, written(plan)))
    for pointer, text, mark in found:
        yield pointer, message.format(text=quoted(text), means=mark.means)
    if not found:
        yield (), None


def _taking_part(plan: Plan) -> Iterator[str | None]:
    """The ids of those who have a part in the plan; None and ids of contacts may be among them."""
    yield plan.profile.account_manager
    yield from (contact.relationship.with_ for contact in plan.contacts.values() if contact.relationship is not None)
    yield from (opportunity.owner for opportunity in plan.opportunities.values())
    yield from (objective.owner for objective in plan.objectives.values())
    yield from (risk.owner for risk in plan.risks.values())
    yield from (placed.action.owner for placed in placed_actions(plan))
    yield from (review.by for review in plan.reviews.values())
    if plan.meetings is not None:
        yield from (attendee for meeting in plan.meetings.held.values() for attendee in meeting.attended)
