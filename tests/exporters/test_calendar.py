"""Plans as a calendar, read back by the library and by a program that has nothing to do with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from acctplan.analysis.calendar import months_later
from acctplan.config import Config
from acctplan.exporters.calendar import Entry, Repeat, calendar, entries, uid
from acctplan.loader import load
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Event

TODAY = date(2026, 10, 1)
SMALL = """\
profile: {name: Acme, account_manager: tom, starts: 2026-01-01, ends: 2027-06-30}
team: {tom: {name: Tom Berg}, amira: {name: Amira Haddad}}
units: {north: {name: North}}
solutions: {pumps: {name: Pumps}, hoists: {name: Hoists}}
contacts:
  lena: {name: Lena Vos, title: Buyer, stance: negative, notes: Do not trust her}
  mark: {name: Mark Ode, last_contact: 2026-08-31, relationship: {with: amira, every_months: 6}}
competitors: {rival: {name: Rival}}
white_space:
  north:
    pumps: {status: competitor, competitor: rival, contract_ends: 2027-03-31}
    hoists: {status: ours, contract_ends: 2026-09-30}
opportunities:
  one: {name: One, status: open, next_step: Call, next_step_due: 2026-10-05, close_date: 2026-11-30, owner: amira}
  two: {name: Two, status: won, next_step_due: 2026-10-05, close_date: 2026-10-05}
  pumps: {name: New pumps, unit: north, solution: pumps}
objectives:
  win:
    category: revenue
    what: Win one
    due: 2026-12-15
    strategies:
      show:
        what: Show it
        actions:
          late: {what: Send figures, owner: amira, due: 2026-09-20, contact: lena}
          past: {what: Ask, due: 2026-09-01, status: done}
meetings:
  every_months: 3
  next: 2026-10-20
  with: [lena]
  held: {2026-07-20: {actions: {minutes: {what: Write it down, due: 2026-10-02}}}}
reviews: {2026-08-01: {by: amira}}
"""


def of(text: str, today: date = TODAY, name: str = "plans/acme.yaml") -> list[Entry]:
    """The entries of a plan that is written so."""
    config = Config()
    loaded = load(text, name, config)
    assert loaded.plan is not None, loaded.diagnostics
    return list(entries(name, loaded.plan, config, today))


def read(shown: list[Entry], today: date = TODAY) -> list[Event]:
    """The events of a calendar, as the library reads them."""
    return Calendar.from_ical(calendar(shown, today, "Plans", visible)).walk("VEVENT")


def the(kind: str, text: str = SMALL) -> Event:
    """The first event of a kind."""
    return read([entry for entry in of(text) if entry.kind == kind])[0]


def test_everything_that_is_still_to_come_or_to_be_done():
    assert [(entry.kind, entry.day.isoformat(), entry.owner) for entry in of(SMALL)] == [
        ("meeting", "2026-10-20", "tom"),
        ("meeting_series", "2027-01-20", "tom"),
        ("action", TODAY.isoformat(), "amira"),  # late
        ("action", "2026-10-02", "tom"),
        ("next_step", "2026-10-05", "amira"),
        ("close_date", "2026-11-30", "amira"),
        ("objective", "2026-12-15", "tom"),
        ("review", "2026-10-30", "amira"),
        ("contact", "2027-02-28", "amira"),
        ("contract_ends", "2027-03-31", "tom"),
        ("plan_ends", "2027-06-30", "tom"),
    ]


def test_what_is_late_stands_on_today_says_since_when_and_stays_the_same_entry():
    for today in (date(2026, 10, 10), date(2026, 11, 10)):
        late = [one for one in of(SMALL, today) if one.kind in ("action", "next_step", "review") and one.text.startswith("Late since")]
        assert {one.day for one in late} == {today}
        assert late[0].text.startswith("Late since 2026-09-20\nObjective: Win one\n")
        assert uid(late[0]) == uid(next(one for one in of(SMALL, date(2026, 9, 1)) if one.kind == "action"))
    assert [one.kind for one in late] == ["action", "action", "next_step", "review"]
    assert not [one for one in of(SMALL, date(2026, 9, 20)) if one.text.startswith("Late")]


def test_a_plan_that_uses_every_field_has_every_kind(full_plan: str):
    assert {entry.kind for entry in of(full_plan)} == {entry.kind for entry in of(SMALL)} - {"meeting_series"}


def test_what_a_program_reads():
    step = the("next_step")
    assert (step["dtstart"].dt, step["dtend"].dt) == (date(2026, 10, 5), date(2026, 10, 6))
    assert str(step["summary"]) == "Next step: Call · Acme"
    assert str(step["description"]).splitlines() == [
        "Opportunity: One",
        "Owner: Amira Haddad",
        "Plan: plans/acme.yaml, opportunities.one.next_step_due",
        "To settle it: acctplan set acme opportunities.one.next_step_due +2w",
        'Done? Then the next one too: acctplan set acme opportunities.one.next_step "…"',
    ]
    assert (step["class"], step["transp"], step["status"]) == ("PRIVATE", "TRANSPARENT", "CONFIRMED")
    assert step["dtstamp"].dt == step["last-modified"].dt == datetime.combine(TODAY, time(), UTC)
    assert step["categories"].cats == ["Next step"]


@pytest.mark.parametrize(
    ("kind", "title", "line"),
    [
        ("action", "Action: Send figures · Acme", "Late since 2026-09-20\nObjective: Win one\nWith: Lena Vos\nOwner: Amira Haddad\n"),
        ("close_date", "Close date: One · Acme", "Won, lost, or another close date?\n"),
        ("objective", "Objective: Win one · Acme", "Owner: Tom Berg, as account manager\n"),
        ("contract_ends", "Contract ends: Pumps, North (Rival) · Acme", "Opportunity: New pumps\n"),
        ("review", "Review of the account plan · Acme", "Last reviewed on 2026-08-01\nOwner: Amira Haddad\n"),
        ("contact", "Speak with Mark Ode · Acme", "Mark Ode, whom Amira Haddad should meet every 6 months, was last met on 2026-08-31"),
        ("plan_ends", "The account plan ends · Acme", "Carry what goes on into the next one.\n"),
    ],
)
def test_each_says_what_and_why(kind: str, title: str, line: str):
    event = the(kind)
    assert str(event["summary"]) == title
    assert str(event["description"]).startswith(line)


@pytest.mark.parametrize(
    ("kind", "days"),
    [("action", [1]), ("next_step", [1]), ("meeting", [7]), ("close_date", [7]), ("contract_ends", [180, 90]), ("plan_ends", [30])],
)
def test_reminders_ring_in_the_morning_days_before(kind: str, days: list[int]):
    event = the(kind)
    alarms = event.walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == [timedelta(hours=9) - timedelta(days=one) for one in days]
    assert {(alarm["action"], str(alarm["description"])) for alarm in alarms} == {("DISPLAY", str(event["summary"]))}


def test_the_meeting_that_is_planned_is_sure_and_those_after_it_are_not():
    meeting, series = the("meeting"), the("meeting_series")
    assert (meeting["status"], meeting["transp"], "rrule" in meeting) == ("CONFIRMED", "OPAQUE", False)
    assert (series["status"], series["transp"], "rrule" in series) == ("TENTATIVE", "TRANSPARENT", True)


def test_a_meeting_may_be_forwarded_to_the_customer():
    """Nothing that is not shared stands in it, and no command."""
    for kind in ("meeting", "meeting_series"):
        event = the(kind)
        assert str(event["summary"]) == "Relationship meeting · Acme"
        assert str(event["description"]) == "Every 3 months\nFrom Acme: Lena Vos, Buyer\nFrom our side: Tom Berg"
        written = event.to_ical().decode()
        assert not [word for word in ("acctplan ", "plans/", "negative", "trust", "meetings.") if word in written]


@pytest.mark.parametrize(
    ("meetings", "days"),
    [
        ("{every_months: 2, next: 2026-11-10}", ["2027-01-10", "2027-03-10", "2027-05-10"]),
        ("{every_months: 1, next: 2026-12-31}", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"]),
        ("{every_months: 6, held: {2026-03-10: {}}}", ["2026-09-10", "2027-03-10"]),  # late, and nobody has planned one
        ("{every_months: 12, next: 2026-10-10}", []),  # the plan ends before
        ("{every_months: 24, held: {2026-07-01: {}}}", ["2028-07-01"]),  # due, though after the plan's end
        ("{every_months: 3}", []),  # nothing says when it should begin
    ],
)
def test_the_series_goes_on_to_the_end_of_the_plan(meetings: str, days: list[str]):
    text = f"profile: {{name: Acme, ends: 2027-06-30}}\nmeetings: {meetings}\n"
    found = [event for event in read(of(text)) if event["status"] == "TENTATIVE"]
    assert [day.isoformat() for event in found for day in expanded(event)] == days


def test_a_plan_without_an_end_has_a_series_of_a_year():
    (_, series) = read(of("profile: {name: Acme}\nmeetings: {every_months: 5, next: 2026-10-10}\n"))
    assert expanded(series) == [date(2027, 3, 10), date(2027, 8, 10)]


def test_talks_with_executives_come_again():
    text = SMALL.replace("every_months: 6", "every_months: 4").replace("2026-08-31", "2026-08-30")
    talk = the("contact", text)
    assert expanded(talk) == [date(2026, 12, 30), date(2027, 4, 30)]
    assert talk["status"] == "TENTATIVE"
    assert str(talk["description"]).endswith('acctplan log acme mark "…"')


def expanded(event: Event) -> list[date]:
    """The days of an event, by the rule as it is written."""
    first = event["dtstart"].dt
    if "rrule" not in event:
        return [first]
    return [one.date() for one in rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(first, time()))]


@given(
    first=st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    months=st.integers(1, 99),
    ahead=st.integers(0, 4000),
)
def test_a_rule_means_what_the_plan_counts(first: date, months: int, ahead: int):
    until = first + timedelta(days=ahead)
    entry = Entry("plans/a.yaml", "meeting_series", ("x",), first, "T", "", None, (), Repeat(months, until))
    days = (months_later(first, months * number) for number in range(200))
    assert expanded(read([entry])[0]) == [day for day in days if day <= until]


def test_the_end_of_time_is_a_day_like_others():
    text = "profile: {name: Acme, ends: 9999-12-31}\nmeetings: {every_months: 99, next: 9999-12-31}\n"
    assert [event["dtstart"].dt for event in read(of(text))] == [date.max, date.max]


def test_other_words_and_days_are_the_same_entries():
    other = SMALL
    changes = {
        "2026-10-05": "2026-10-09",
        "Call": "Write",
        "2026-10-20": "2026-11-11",
        "2027-06-30": "2027-07-31",
        "2026-08-01": "2026-09-01",
    }
    for old, new in changes.items():
        other = other.replace(old, new)
    assert [uid(entry) for entry in of(other)] == [uid(entry) for entry in of(SMALL)]
    assert [entry.day for entry in of(other)] != [entry.day for entry in of(SMALL)]


def test_a_held_meeting_leaves_the_next_one_in_its_place():
    held = SMALL.replace("next: 2026-10-20", "next: 2027-01-15").replace("held: {", "held: {2026-10-20: {}, ")
    assert [uid(one) for one in of(held) if one.kind == "meeting"] == [uid(one) for one in of(SMALL) if one.kind == "meeting"]


def test_every_entry_has_its_own_name_that_tells_nothing(full_plan: str):
    shown = [
        entry for name in ("plans/a.yaml", "plans/b.yaml") for text in (SMALL, full_plan) for entry in of(text, name=f"{len(text)}/{name}")
    ]
    names = [uid(entry) for entry in shown]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "plan" in name.removesuffix("@acctplan") or "opportunities" in name]


def test_the_same_plans_on_the_same_day_are_the_same_bytes_and_later_ones_replace_them():
    assert calendar(of(SMALL), TODAY, "Plans", visible) == calendar(of(SMALL), TODAY, "Plans", visible)
    numbers = [read(of(SMALL), day)[0]["sequence"] for day in (date(1900, 1, 1), TODAY, TODAY + timedelta(days=1))]
    assert numbers == sorted(set(numbers))


def said(entry: Entry) -> tuple[str, ...]:
    """The title and the text of an entry, as RFC 5545 reads them: older versions of the library take `\\\\N` for the end of a line."""
    lines = calendar([entry], TODAY, "Plans", visible).replace("\r\n ", "").split("\r\n")
    found = dict(line.split(":", 1) for line in lines[: lines.index("BEGIN:VALARM") if "BEGIN:VALARM" in lines else None] if line)
    return tuple(re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], found[name]) for name in ("SUMMARY", "DESCRIPTION"))


@given(
    title=st.text(),
    text=st.text(),
    day=st.dates(),
    plan=st.text(st.characters(exclude_categories=("Cs",)), min_size=1),
)
def test_any_text_and_day_is_read_back(title: str, text: str, day: date, plan: str):
    entry = Entry(plan, "action", ("a",), day, title, text, None, (1,))
    assert said(entry) == (visible(" ".join(title.split())), "\n".join(map(visible, text.splitlines())))
    assert read([entry])[0]["dtstart"].dt == day


@pytest.mark.parametrize("text", [r"C:\New folder\nothing", r"\N", 'a;b,c:d"e"', "naïve 😀 " * 40, "BEGIN:VALARM", "\\"])
def test_nothing_is_taken_for_more_than_text(text: str):
    assert said(Entry("p", "action", ("a",), TODAY, text, text, None, ())) == (text.strip(), text)
    assert all(len(line) <= 75 for line in calendar(of(SMALL.replace("Call", "x" * 300)), TODAY, text, visible).encode().split(b"\r\n"))


KHAL = """\
[calendars]
[[plans]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = plans
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
timeformat = %H:%M
local_timezone = UTC
default_timezone = UTC
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")
def test_another_program_shows_it_and_replaces_it_by_a_later_one(tmp_path: Path):
    (tmp_path / "calendar").mkdir()
    (tmp_path / "khal.conf").write_text(KHAL.format(folder=tmp_path), "utf-8")
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(tmp_path))
    surroundings = os.environ | homes | {"TZ": "UTC", "LC_ALL": "C.UTF-8"}

    def khal(*arguments: str) -> list[str]:
        command = ["khal", "--config", str(tmp_path / "khal.conf"), *arguments]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout.splitlines()

    def listed(text: str, today: date) -> list[str]:
        file = tmp_path / "plans.ics"
        file.write_bytes(calendar(of(text), today, "Plans", visible).encode())
        khal("import", "--batch", "--include-calendar", "plans", str(file))
        return khal("list", "--day-format", "", "--format", "{start-date} {title}", "2026-09-01", "400d")

    shown = listed(SMALL, TODAY)
    assert shown == [
        "2026-10-01 Action: Send figures · Acme",
        "2026-10-02 Action: Write it down · Acme",
        "2026-10-05 Next step: Call · Acme",
        "2026-10-20 Relationship meeting · Acme",
        "2026-10-30 Review of the account plan · Acme",
        "2026-11-30 Close date: One · Acme",
        "2026-12-15 Objective: Win one · Acme",
        "2027-01-20 Relationship meeting · Acme",
        "2027-02-28 Speak with Mark Ode · Acme",
        "2027-03-31 Contract ends: Pumps, North (Rival) · Acme",
        "2027-04-20 Relationship meeting · Acme",
        "2027-06-30 The account plan ends · Acme",
    ]
    moved = listed(SMALL.replace("2026-10-05", "2026-10-09").replace("Call", "Write"), TODAY + timedelta(days=1))
    assert set(moved) ^ set(shown) == {"2026-10-05 Next step: Call · Acme", "2026-10-09 Next step: Write · Acme"}
