"""The next relationship meeting: when, with whom, why; and dry spells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acctplan.analysis.meetings import Upcoming, dry_spells, executives, last_spoken, upcoming
from acctplan.config import Config, Limits
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
CONFIG = Config()


def plan_of(**sections: Any) -> Plan:
    profile = {"name": "Acme", **sections.pop("profile", {})}
    team = {"amira": {"name": "Amira"}, "gesa": {"name": "Gesa"}, "tom": {"name": "Tom"}}
    return Plan.model_validate({"profile": profile, "team": team, **sections})


def held(*days: str, **fields: Any) -> dict[str, Any]:
    return {"held": {day: {} for day in days}, **fields}


def found(**sections: Any) -> Upcoming:
    return upcoming(plan_of(**sections), CONFIG, TODAY)


@pytest.mark.parametrize(
    ("sections", "day", "is_planned", "why"),
    [
        ({"meetings": held("2026-09-01", next="2026-12-01")}, "2026-12-01", True, "it is planned for 2026-12-01, in 10 days"),
        ({"meetings": {"next": "2026-11-21"}}, "2026-11-21", True, "it is planned for 2026-11-21, today"),
        (
            {"meetings": held("2026-09-01", next="2026-11-18")},
            "2026-11-18",
            True,
            "it was planned for 2026-11-18, 3 days ago, and is not noted as held",
        ),
        (
            {"meetings": held("2026-09-01", next="2026-09-01", every_months="2")},
            "2026-11-01",
            False,
            "the last one was on 2026-09-01; with one every 2 months the next is due on 2026-11-01, and no day is agreed",
        ),
        (
            {"profile": {"starts": "2026-11-01"}},
            "2027-02-01",
            False,
            "none was held yet, and no day is agreed; there should be one every 3 months",
        ),
        (
            {"profile": {"starts": "2027-11-01"}},
            "2027-02-21",
            False,
            "none was held yet, and no day is agreed; there should be one every 3 months",
        ),
        ({}, None, False, "none was held yet, and no day is agreed; there should be one every 3 months"),
        (
            {"contacts": {"lena": {"name": "Lena", "last_contact": "2026-11-01", "relationship": {"every_months": "1"}}}},
            "2026-12-01",
            False,
            "none was held yet, and no day is agreed; there should be one every 3 months",
        ),
    ],
)
def test_when_and_why(sections: dict[str, Any], day: str | None, is_planned: bool, why: str):
    answer = found(**sections)
    assert (None if answer.day is None else answer.day.isoformat(), answer.is_planned, answer.why[0]) == (day, is_planned, why)


def test_the_cadence_is_the_plans_else_the_books():
    assert (found(meetings={"every_months": "2"}).every_months, found(meetings={"every_months": "2"}).is_own_cadence) == (2, True)
    config = Config(limits=Limits(meeting_months=5))
    answer = upcoming(plan_of(meetings={}), config, TODAY)
    assert (answer.every_months, answer.is_own_cadence) == (5, False)


CONTACTS: dict[str, Any] = {
    "usual": {"name": "Usual", "last_contact": "2026-11-20"},
    "soon": {"name": "Soon", "last_contact": "2026-06-01", "relationship": {"with": "gesa", "every_months": "6"}},
    "later": {"name": "Later", "last_contact": "2026-11-01", "relationship": {"with": "tom", "every_months": "12"}},
    "never": {"name": "Never", "relationship": {"every_months": "3"}},
    "key": {"name": "Key", "influence": "high", "last_contact": "2026-01-01"},
    "key-met": {"name": "Key, met", "influence": "high", "last_contact": "2026-11-01"},
    "key-unmet": {"name": "Key, unmet", "roles": ["decision_maker"]},
    "seat": {"title": "CFO", "roles": ["decision_maker"]},
}


def test_with_whom_and_who_of_us():
    answer = found(
        profile={"account_manager": "amira"},
        contacts=CONTACTS,
        meetings={"with": ["usual"], "next": "2026-12-01", "held": {"2026-09-01": {"attended": ["usual", "amira", "tom"]}}},
    )
    assert [(guest.contact, guest.part) for guest in answer.guests] == [
        ("usual", "takes part"),
        ("soon", "cadence"),
        ("never", "cadence"),
        ("key", "not met"),
        ("key-unmet", "not met"),
    ]
    why = {guest.contact: guest.why for guest in answer.guests}
    assert why["soon"] == "meets every 6 months with Gesa, due on 2026-12-01, in 10 days"
    assert why["never"] == "meets every 3 months, never met"
    assert why["key"] == "key player, last contact 2026-01-01, 324 days ago"
    assert answer.ours == ("amira", "gesa", "tom")


def test_where_the_plan_names_nobody_those_of_the_last_time_are_asked():
    answer = found(
        contacts=CONTACTS, meetings={"held": {"2026-09-01": {"attended": ["key-met", "amira"]}, "2026-03-01": {"attended": ["usual"]}}}
    )
    assert (answer.guests[0].contact, answer.guests[0].why) == ("key-met", "was there the last time")


def test_what_earlier_meetings_agreed_on_follows_into_the_next():
    actions = {
        "done": {"what": "Done", "status": "done"},
        "no-day": {"what": "No day"},
        "soon": {"what": "Soon", "due": "2026-12-01"},
    }
    older = {"late": {"what": "Late", "due": "2026-11-01", "status": "in_progress"}}
    objectives = {"win": {"category": "revenue", "what": "Win", "strategies": {"s": {"what": "S", "actions": {"x": {"what": "X"}}}}}}
    answer = found(
        objectives=objectives,
        meetings={"next": "2026-12-01", "held": {"2026-09-01": {"actions": actions}, "2026-06-01": {"actions": older}}},
    )
    assert [one.action.what for one in answer.still_open] == ["Late", "Soon", "No day"]
    assert answer.why[-1] == "3 things that earlier meetings agreed on are still to do, 1 late"
    assert answer.last == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"meetings": held("2026-08-21")}, []),
        (
            {"meetings": held("2026-08-20")},
            ["no relationship meeting since 2026-08-20, 93 days ago; there should be one every 3 months"],
        ),
        ({"meetings": held("2026-01-01", "2026-08-21", every_months="3")}, []),
        (
            {"meetings": held("2026-10-20", "2027-01-01", every_months="1")},
            ["no relationship meeting since 2026-10-20, 32 days ago; there should be one every month"],
        ),
        ({}, ["no relationship meeting was held; there should be one every 3 months"]),
        ({"profile": {"starts": "2026-08-21"}}, []),
        (
            {"profile": {"starts": "2026-08-20"}},
            ["no relationship meeting was held since the plan began on 2026-08-20; there should be one every 3 months"],
        ),
        ({"profile": {"starts": "9999-12-31"}}, []),
        ({"meetings": {"next": "9999-12-31"}, "profile": {"starts": "2026-11-01"}}, []),
    ],
)
def test_a_dry_spell_of_the_account(sections: dict[str, Any], expected: list[str]):
    assert [one.why for one in dry_spells(plan_of(**sections), CONFIG, TODAY)] == expected
    assert found(**sections).dry_spells == tuple(dry_spells(plan_of(**sections), CONFIG, TODAY))


def test_what_is_said_already_is_not_said_twice():
    dry = "no relationship meeting since 2026-08-20, 93 days ago; there should be one every 3 months"
    assert dry in found(meetings=held("2026-08-20", next="2026-12-01")).why
    overdue = found(meetings=held("2026-08-20"))
    assert (len(overdue.why), len(overdue.dry_spells)) == (1, 1)


def test_a_dry_spell_of_an_executive():
    plan = plan_of(meetings=held("2026-11-01"), contacts={**CONTACTS, "soon": {**CONTACTS["soon"], "last_contact": "2026-05-01"}})
    dry = list(dry_spells(plan, CONFIG, TODAY))
    assert [(one.contact, one.since, one.pointer) for one in dry] == [
        ("soon", date(2026, 5, 1), ("contacts", "soon", "relationship", "every_months")),
        ("never", None, ("contacts", "never", "relationship", "every_months")),
    ]
    assert dry[0].why == "Soon, whom Gesa should meet every 6 months, was last met on 2026-05-01, 204 days ago"


@pytest.mark.parametrize(
    ("last_contact", "attended", "last"),
    [
        (None, [], None),
        ("2026-05-01", [], "2026-05-01"),
        ("2026-05-01", ["2026-09-01"], "2026-09-01"),
        ("2026-10-01", ["2026-09-01"], "2026-10-01"),
        ("2027-01-01", ["2027-02-01"], None),
    ],
)
def test_a_talk_counts_as_well_as_a_meeting(last_contact: str | None, attended: list[str], last: str | None):
    lena = {"name": "Lena", "relationship": {"every_months": "1"}} | ({"last_contact": last_contact} if last_contact else {})
    meetings = {"held": {day: {"attended": ["lena"]} for day in attended}}
    plan = plan_of(contacts={"lena": lena}, meetings=meetings)
    expected = None if last is None else date.fromisoformat(last)
    assert last_spoken(plan, "lena", TODAY) == expected
    (one,) = executives(plan, TODAY)
    assert one.last == expected
