"""Rules about the people at the customer: who decides, where they stand, whether we talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.relationships import buying_roles, key_players
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan


@rule("contacts/no-decision-maker", severity=Severity.ADVICE, level=Level.START)
def no_decision_maker(plan: Plan, _: Context) -> Iterator[Finding]:
    """Nobody at the customer is known as a decision maker.

    Why: Somebody signs. Until you know who, you are working for people who can say no but not yes.

    Fix: Give the person who can say yes `roles: [decision_maker]`. If you do not know the name, add the seat with
    its title and leave the name out: an empty seat is worth more than no seat.
    """
    known = any("decision_maker" in roles for roles in buying_roles(plan).values())
    yield ("contacts",), None if known else "nobody here is known as a decision maker"


@rule("contacts/unknown-stance", severity=Severity.ADVICE, level=Level.WORKING)
def unknown_stance(plan: Plan, _: Context) -> Iterator[Finding]:
    """We do not know where a key player stands: a decision maker, a sponsor, or somebody with high influence.

    Why: Unknown is not neutral. A key player of whom we know nothing is the likeliest surprise of a deal.

    Fix: Ask, then write `stance`: supportive, neutral or negative. Where it differs from deal to deal, write it
    with the opportunity, in `buying_roles`.
    """
    told = {
        identifier
        for opportunity in plan.opportunities.values()
        for identifier, buyer in opportunity.buying_roles.items()
        if buyer.stance is not None
    }
    for identifier, contact in key_players(plan):
        if contact.name is not None:  # of an empty seat the first question is who sits on it
            known = contact.stance is not None or identifier in told
            message = f"{person(identifier, contact)} is a key player, and we do not know their stance"
            yield ("contacts", identifier, "stance"), None if known else message


@rule("contacts/not-contacted", severity=Severity.WARNING, level=Level.WORKING)
def not_contacted(plan: Plan, context: Context) -> Iterator[Finding]:
    """We have not talked to a key player for longer than the limit. Does not apply where no last contact is noted.

    Why: Support fades in silence, and somebody else may be talking to them. How many days are too many stands in
    `limits.contact_days`.

    Fix: Get in touch, and write the day in `last_contact`. A reason to call is better than a call: look at what you
    promised them.
    """
    limit = context.config.limits.contact_days
    for identifier, contact in key_players(plan):
        if (last := contact.last_contact) is not None:
            silent = (context.today - last).days
            message = f"{person(identifier, contact)} was last contacted on {last}, {days(silent)} ago; the limit is {days(limit)}"
            yield ("contacts", identifier, "last_contact"), message if silent > limit else None
