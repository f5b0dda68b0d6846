"""Plans as a calendar for Outlook, Google, Apple and whatever else reads iCalendar (RFC 5545).

Everything is an all-day event, since plans know days and no hours, and most calendars show no to-dos. They take up no time, but for the
relationship meeting that is planned. The same plans on the same day give the same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vText

from acctplan.diagnostic import format_pointer
from acctplan.exporters.calendar.entries import FORMS, Entry, Repeat, entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

__all__ = ["Entry", "Repeat", "calendar", "entries", "uid"]

_MORNING = timedelta(hours=9)
"""When a reminder rings on its day: one at midnight helps nobody."""
_EPOCH = date(2000, 1, 1)
_SHORT = 28
"""Days that every month has."""


class _Text(vText):
    """A text that keeps a backslash before a capital N, which the library would take for the end of a line."""

    def to_ical(self) -> bytes:
        """As RFC 5545, 3.3.11 wants it."""
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()


def calendar(shown: Iterable[Entry], today: date, title: str, visible: Callable[[str], str]) -> str:
    """An iCalendar file.

    Args:
        shown: the entries, in the order in which they are to stand.
        today: the day it is. A later day's file replaces what an earlier one said.
        title: what to call the calendar.
        visible: makes visible what is hidden in a line of a plan: no calendar can hold control characters.
    """
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//acctplan//acctplan//EN")
    made.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        made.add(name, _Text(visible(title)))
    for entry in shown:
        made.add_component(_event(entry, today, visible))
    written: bytes = made.to_ical(sorted=False)
    return written.decode()


def uid(entry: Entry) -> str:
    """What an entry is known by in every calendar: of its plan's name and its place, so that a later export replaces it.

    It says nothing of either, because who is invited can read it.
    """
    place = f"acctplan:{entry.plan}#{format_pointer(entry.place)}"
    return f"{uuid5(NAMESPACE_URL, place)}@acctplan"


def _event(entry: Entry, today: date, visible: Callable[[str], str]) -> Event:
    event = Event()
    at = datetime.combine(today, time(), UTC)
    event.add("uid", uid(entry))
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", max(0, (today - _EPOCH).days))
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        event.add("dtend", entry.day + timedelta(days=1))
    if entry.repeat is not None:
        event.add("rrule", _rule(entry.day, entry.repeat))
    title = _Text(visible(" ".join(entry.title.split())))
    event.add("summary", title)
    event.add("description", _Text("\n".join(map(visible, entry.text.splitlines()))))
    event.add("categories", [FORMS[entry.kind].category])
    event.add("class", "PRIVATE")
    event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.kind == "meeting" else "TRANSPARENT")
    for days in dict.fromkeys(entry.alarms):
        event.add_component(_alarm(title, days))
    return event


def _alarm(title: vText, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _MORNING - timedelta(days=days))
    return alarm


def _rule(first: date, repeat: Repeat) -> dict[str, Any]:
    """The same day of each month or, where a month is too short for it, its last day: a plain rule leaves such months out."""
    rule: dict[str, Any] = {"freq": "MONTHLY", "interval": repeat.months, "until": repeat.until}
    if first.day > _SHORT:
        rule |= {"bymonthday": list(range(_SHORT, first.day + 1)), "bysetpos": -1}
    return rule
