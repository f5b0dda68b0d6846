"""Rules about the people at the customer: who decides, where they stand, whether we talk, and what we do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from acctplan.analysis.relationships import buying_roles, deciders, is_known, key_players, known, planned_with, stance
from acctplan.diagnostic import Severity
from acctplan.model.people import Standing
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, listed, person, quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.model import Contact, Opportunity, Plan

_ENOUGH_FOR_A_CHART = 3
_MOST_NAMED = 3
"""Of more people than this a message counts the rest."""
_ENOUGH_PEOPLE = 2
_STANDINGS = {standing: rank for rank, standing in enumerate(get_args(Standing))}


@rule("contacts/no-decision-maker", severity=Severity.ADVICE, level=Level.START, weight=5)
def no_decision_maker(plan: Plan, _: Context) -> Iterator[Finding]:
    """Nobody at the customer is known as a decision maker.

    Why: Somebody signs. Until you know who, you are working for people who can say no but not yes.

    Fix: Give the person who can say yes `roles: [decision_maker]`. If you do not know the name, add the seat with
    its title and leave the name out: an empty seat is worth more than no seat.
    """
    known = any("decision_maker" in roles for roles in buying_roles(plan).values())
    yield ("contacts",), None if known else "nobody here is known as a decision maker"


@rule("contacts/unknown-stance", severity=Severity.ADVICE, level=Level.WORKING, weight=4)
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


@rule("contacts/not-contacted", severity=Severity.WARNING, level=Level.WORKING, weight=4)
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


@rule("contacts/no-last-contact", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def no_last_contact(plan: Plan, _: Context) -> Iterator[Finding]:
    """We know a key player, and the plan does not say when we last talked to them.

    Why: Everybody remembers their last talk as more recent than it was. Only a date shows who has gone quiet.

    Fix: Write the day of the last talk in `last_contact`. If you have to look it up, call them today and write today.
    """
    known_ids = known(plan)
    for identifier, contact in key_players(plan):
        if contact.name is not None and identifier in known_ids:
            message = None
            if contact.last_contact is None:
                message = f"we know {person(identifier, contact)}, a key player, and the plan does not say when we last talked to them"
            yield ("contacts", identifier, "last_contact"), message


@rule("contacts/single-threaded", severity=Severity.WARNING, level=Level.WORKING, weight=5)
def single_threaded(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity hangs on one person: of those who have a part in it, we know fewer than two.

    Why: People change jobs, lose arguments, fall ill. With one person the deal goes too, and until then you hear
    only one side of the story.

    Fix: Ask the person you know to introduce you to a second one, and add them to `buying_roles`. Somebody is known with
    a `coverage` of at least brief or, where that is left out, with a `last_contact`.
    """
    for identifier, opportunity in _open_deals(plan):
        people = [contact for contact in opportunity.buying_roles if is_known(plan, opportunity, contact)]
        message = None
        if len(people) < _ENOUGH_PEOPLE:
            name = quoted(opportunity.name)
            message = f"{name} hangs on one person: {_named(plan, people)}" if people else f"we know nobody who has a part in {name}"
        yield ("opportunities", identifier, "buying_roles"), message


@rule("contacts/decider-alone-with-us", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def decider_alone_with_us(plan: Plan, _: Context) -> Iterator[Finding]:
    """Whoever decides on an open opportunity is for us, but of the others who have a part in it nobody is known to be.

    Why: Few people decide alone. They ask those who will have to live with it, and a clear no from there weighs more
    than their own yes.

    Fix: Win one more person in its `buying_roles`, first of all whoever evaluates or will use it. If somebody is
    for us already, write their `stance`.
    """
    for identifier, opportunity in _open_deals(plan):
        decide = deciders(plan, opportunity)
        others = [contact for contact in opportunity.buying_roles if contact not in decide]
        if decide and others and all(stance(plan, opportunity, contact) == "supportive" for contact in decide):
            message = None
            if all(stance(plan, opportunity, contact) != "supportive" for contact in others):
                message = f"{_named(plan, decide)} would decide {quoted(opportunity.name)} for us, but nobody else is known to be for us"
            yield ("opportunities", identifier, "buying_roles"), message


@rule("contacts/no-opponent", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def no_opponent(plan: Plan, _: Context) -> Iterator[Finding]:
    """Others compete for an open opportunity, and of those who have a part in it nobody is known to be against us.

    Why: Every competitor has friends in the house. If you cannot name one, you do not know who is talking
    against you.

    Fix: Ask your sponsor who would rather buy from the others, and write `stance: negative`. Look first at whoever chose
    what they have today.
    """
    for identifier, opportunity in _open_deals(plan):
        if opportunity.competition is not None and opportunity.competition.competitors:
            message = None
            if all(stance(plan, opportunity, contact) != "negative" for contact in opportunity.buying_roles):
                rivals = listed([short(plan.competitors[competitor].name) for competitor in opportunity.competition.competitors])
                message = f"{quoted(opportunity.name)} is contested ({rivals}), and nobody in it is known to be against us"
            yield ("opportunities", identifier, "buying_roles"), message


@rule("contacts/opponent-left-alone", severity=Severity.WARNING, level=Level.WORKING, weight=4)
def opponent_left_alone(plan: Plan, _: Context) -> Iterator[Finding]:
    """A key player, or somebody in a deal that we can still win, is against us, and no open action or objective names them.

    Why: Nobody is won over by being avoided. An opponent talks when we are not in the room, and is the one who will be
    asked what could go wrong.

    Fix: Plan a talk to hear their reasons: an action with their id in `contact`, or an objective with it in `contacts`.
    Often the reason can be answered; if not, you know what the others will hear.
    """
    if against := _opponents(plan):
        addressed = planned_with(plan)
        for identifier, pointer in against.items():
            message = f"{person(identifier, plan.contacts[identifier])} is against us, and no open action or objective names them"
            yield pointer, None if identifier in addressed else message


@rule("contacts/key-player-unknown", severity=Severity.ADVICE, level=Level.WORKING, weight=4)
def key_player_unknown(plan: Plan, _: Context) -> Iterator[Finding]:
    """We do not know a key player, as far as the plan says, and no open action or objective names them.

    Why: They will judge us by what others tell them. A first talk is easy while nothing is at stake, and late once
    the decision is near.

    Fix: Plan how to meet them: an action with their id in `contact`, or a relationship objective with it in `contacts`.
    If you know them already, write how well in `coverage`.
    """
    known_ids, addressed = known(plan), planned_with(plan)
    for identifier, contact in key_players(plan):
        if contact.name is not None:
            message = None
            if identifier not in known_ids and identifier not in addressed:
                believed = "we do not know" if contact.coverage else "the plan does not say that we know"
                message = f"{believed} {person(identifier, contact)}, a key player, and no open action or objective names them"
            yield ("contacts", identifier, "coverage"), message


@rule("contacts/no-relationship-target", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def no_relationship_target(plan: Plan, _: Context) -> Iterator[Finding]:
    """The plan does not say what we want to be to a key player whom we know, or who of us sees to it; or it is no more than today.

    Why: A vendor is called for a price, an adviser before there is one. Nobody becomes the second without meaning to,
    and without one person on our side who does.

    Fix: Write in `relationship` what we want to be to them (`target`), and who of us sees to it (`with`). One step up in
    a year is a good target, and the person who fits them best is not always the account manager.
    """
    known_ids = known(plan)
    for identifier, contact in key_players(plan):
        if contact.name is not None and (identifier in known_ids or contact.relationship):  # first one gets to know somebody
            yield ("contacts", identifier, "relationship"), _aimless(identifier, contact)


@rule("contacts/empty-seat", severity=Severity.ADVICE, level=Level.START, weight=2)
def empty_seat(plan: Plan, _: Context) -> Iterator[Finding]:
    """We do not know who sits on a seat, and neither a note nor an open action says that somebody is finding out.

    Why: The seat has a say, whoever sits on it. A name is the cheapest thing to find out, and the first that shows
    whether we look.

    Fix: Write the `name`, or add an action with the seat's id in `contact` to find out. If the seat is vacant, say so
    in `notes`, and who decides meanwhile.
    """
    if seats := {identifier: contact for identifier, contact in plan.contacts.items() if contact.name is None}:
        addressed = planned_with(plan)
        for identifier, seat in seats.items():
            message = f"{person(identifier, seat)} is not known, and nothing says that somebody is finding out"
            yield ("contacts", identifier, "name"), None if seat.notes or identifier in addressed else message


@rule("contacts/nobody-in-unit", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def nobody_in_unit(plan: Plan, _: Context) -> Iterator[Finding]:
    """Nobody is known in a unit that we want to sell to: it is a target, or there is an opportunity in it.

    Why: You sell to people, not to a box on a chart. Without anybody there the unit is a hope.

    Fix: Ask somebody in the next unit who runs this one, and add them with `unit`. A seat with its title will do
    to begin with.
    """
    wanted = {opportunity.unit for opportunity in plan.opportunities.values() if opportunity.is_live}
    peopled = {contact.unit for contact in plan.contacts.values()}
    for identifier, unit in plan.units.items():
        if unit.target or identifier in wanted:
            reason = "a target" if unit.target else "where there is an opportunity"
            yield ("units", identifier), None if identifier in peopled else f"nobody is known in {quoted(unit.name)}, {reason}"


@rule("contacts/no-org-chart", severity=Severity.ADVICE, level=Level.WORKING, weight=2)
def no_org_chart(plan: Plan, _: Context) -> Iterator[Finding]:
    """There are three contacts or more, and not one line between them: nobody reports to anybody or influences anybody.

    Why: A list of names does not show who can open the door to whom, or past whom you cannot go.

    Fix: Write `reports_to` for those of whom you know it. Ask one friendly person for the rest: nobody minds drawing their
    own org chart.
    """
    if len(plan.contacts) >= _ENOUGH_FOR_A_CHART:
        drawn = any(contact.reports_to or contact.influences for contact in plan.contacts.values())
        yield ("contacts",), None if drawn else f"there are {len(plan.contacts)} contacts, and nothing says who reports to whom"


@rule("contacts/no-unit", severity=Severity.ADVICE, level=Level.REVIEW, weight=1)
def no_unit(plan: Plan, _: Context) -> Iterator[Finding]:
    """Some contacts belong to no unit. Applies where the plan has units.

    Why: How well we know a unit is counted by the people in it. Who belongs nowhere counts nowhere.

    Fix: Write `unit` with each of them. For those above all units add one, such as `group`, that the others have
    as `parent`.
    """
    if plan.units and plan.contacts:
        without = [identifier for identifier, contact in plan.contacts.items() if contact.unit is None]
        if without:
            yield ("contacts", without[0]), f"{_named(plan, without)} {'belongs' if len(without) == 1 else 'belong'} to no unit"
        else:
            yield ("contacts",), None


@rule("contacts/no-part", severity=Severity.ADVICE, level=Level.REVIEW, weight=1)
def no_part(plan: Plan, _: Context) -> Iterator[Finding]:
    """A contact has neither a role nor influence, so the plan does not say what part they play.

    Why: Everybody on the chart is there for a reason. If nobody remembers it, it will be found out too late.

    Fix: Give them `roles` or `influence`; low is an answer too. Who plays no part at all can be left out.
    """
    roles = buying_roles(plan)
    for identifier, contact in plan.contacts.items():
        has_part = contact.influence or roles[identifier]
        yield ("contacts", identifier), None if has_part else f"{person(identifier, contact)} has neither a role nor influence"


@rule("contacts/same-person-twice", severity=Severity.WARNING, level=Level.START, weight=1)
def same_person_twice(plan: Plan, _: Context) -> Iterator[Finding]:
    """Two contacts have the same e-mail address, or the same id in a CRM, so they are probably one person.

    Why: Half of what we know stands with each of them, and both halves look like somebody whom we hardly know.

    Fix: Put both into one entry, and change the ids that refer to the other. If they share an address, such as that
    of an office, take it out of one.
    """
    seen: dict[tuple[str, str], str] = {}
    for identifier, contact in plan.contacts.items():
        for pointer, kind, value in _identities(contact):
            message = None
            if (first := seen.setdefault((kind, value), identifier)) != identifier:
                message = f"{_named(plan, [first, identifier])} have the same {kind}: probably one person"
            yield ("contacts", identifier, *pointer), message


def _open_deals(plan: Plan) -> Iterator[tuple[str, Opportunity]]:
    """The open opportunities that name who has a part in them; of the others opportunities/no-decision-maker speaks."""
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.status == "open" and opportunity.buying_roles:
            yield identifier, opportunity


def _named(plan: Plan, identifiers: list[str]) -> str:
    names = [person(identifier, plan.contacts[identifier]) for identifier in identifiers[:_MOST_NAMED]]
    more = len(identifiers) - len(names)
    return listed([*names, f"{more} more"] if more else names)


def _opponents(plan: Plan) -> dict[str, Pointer]:
    """Those who matter and are against us, and where the plan says so."""
    against: dict[str, Pointer] = {
        identifier: ("contacts", identifier, "stance") for identifier, contact in key_players(plan) if contact.stance == "negative"
    }
    for opportunity_id, opportunity in plan.opportunities.items():
        if opportunity.is_live:
            for identifier, buyer in opportunity.buying_roles.items():
                if stance(plan, opportunity, identifier) == "negative":
                    here: Pointer = ("opportunities", opportunity_id, "buying_roles", identifier, "stance")
                    against.setdefault(identifier, here if buyer.stance else ("contacts", identifier, "stance"))
    return against


def _aimless(identifier: str, contact: Contact) -> str | None:
    """What the relationship with a key player lacks."""
    name, relationship = f"{person(identifier, contact)}, a key player", contact.relationship
    if relationship is None:
        return f"the plan does not say what we want to be to {name}, or who of us sees to it"
    now, target = relationship.now, relationship.target
    if target is None:
        return f"the plan does not say what we want to be to {name}"
    if relationship.with_ is None:
        return f"nobody on our side holds the relationship with {name}"
    if now is not None and now != "trusted_advisor" and _STANDINGS[target] <= _STANDINGS[now]:
        wanted, today = target.replace("_", " "), now.replace("_", " ")
        return f"to {name}, we want to be no more than today: {wanted}, and we are {today}"
    return None


def _identities(contact: Contact) -> Iterator[tuple[Pointer, str, str]]:
    """What no two people should have in common: where it stands, what it is, and its value."""
    if contact.email is not None:
        yield ("email",), "e-mail address", contact.email.casefold()
    for system, value in contact.crm.items():
        yield ("crm", system), f"id in {system}", value
