"""Differences put into words, as people would say them over the plan."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from acctplan.analysis.amounts import currency_of, money
from acctplan.analysis.differences.change import Change
from acctplan.analysis.differences.comparing import ENTRIES, fields_of
from acctplan.analysis.differences.weighing import importance
from acctplan.analysis.relationships import called
from acctplan.analysis.revenue import EXACT
from acctplan.analysis.signs import spoken
from acctplan.analysis.white_space import solution_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from acctplan.analysis.differences.comparing import Difference, Form, Value
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

MONEY = frozenset(("value", "spend", "goal", "actual", "revenue", "net_income"))
SHARES = frozenset(("margin", "probability"))
_LONGEST, _BRIEF = 60, 30
"""Characters of a plan's text in a sentence, and of one that may stand beside another."""
_ENTRIES = {
    "insights": "insight",
    "team": "colleague",
    "units": "unit",
    "solutions": "solution",
    "contacts": "contact",
    "competitors": "competitor",
    "white_space": "unit in the white space",
    "opportunities": "opportunity",
    "objectives": "objective",
    "revenue": "fiscal period",
    "risks": "risk",
    "questions": "question",
    "reviews": "review",
}
_INSIDE = {
    "strategies": "strategy",
    "actions": "action",
    "held": "relationship meeting",
    "scorecards": "scorecard",
    "revenue_history": "figures of the year",
    "revenue_objectives": "aims for the year",
}
"""What to call the entries that stand inside others, by the field that holds them."""
_HOLDING = frozenset((*_INSIDE, "buying_roles", "decision_criteria", "crm", "confirmed"))
"""Fields that an entry or value below them is not told with."""
_LABELS = {
    "every_months": "months between meetings",
    "next": "next meeting",
    "with": "taking part",
    "relationship.with": "held by",
    "what": "wording",
    "as_of": "known as of",
    "now": "what we are to them",
    "relationship.target": "what we want to be to them",
    "shared": "shared with the customer",
    "mandatory": "a must",
    "us": "to us",
    "customer": "to the customer",
}
_DETAILS = ("value", "stage", "title", "owner", "by", "due", "goal", "actual", "status", "verdict", "answer", "spend", "competitor")
"""What is worth saying of an entry that is new."""
_NAMELESS = frozenset(("value", "stage", "title", "owner", "by", "status", "verdict", "answer", "competitor"))
"""Those that are understood without their label."""
_OBVIOUS = ("potential", "not_started", "open")
"""The status of what is new, unless it is another one."""
_JUDGED = frozenset(
    (
        *("value", "spend", "margin", "probability", "influence", "coverage", "threat", "likelihood", "impact", "position"),
        *("customer", "us", "confirmed", "expectations_met"),
    )
)
"""What is unknown where nothing is said. Anything else is merely not there."""
_CLOSING = ("done", "achieved", "won", "lost", "dropped", "cancelled", "closed")


class Telling:
    """Two states of a plan, and how to speak of what differs.

    Args:
        before: the earlier state.
        after: the later state.
        config: names the solutions that the book shares, and the currency of plans that name none.
        day: how a date is written.
    """

    def __init__(self, before: Plan, after: Plan, config: Config, day: Callable[[date], str]) -> None:
        self._plans, self._day = (after, before), day
        self._solutions = solution_names(before, config) | solution_names(after, config)
        self._currencies = (currency_of(before, config), currency_of(after, config))

    def told(self, difference: Difference) -> Change:
        """A difference with everything that can be said of it."""
        pointer = difference.pointer
        section = str(pointer[0])
        identifier = str(pointer[1]) if section in ENTRIES else ""
        entry = self._entry(section, identifier)
        if pointer == (section, identifier):
            word, detail = _ENTRIES[section], self._details(difference)
            came = difference.before is None
            phrase = f"new {word}{detail}" if came else f"{word} removed"
            sentence = f"new {word}: {entry}{detail}" if came else f"{word} removed: {entry}"
        else:
            phrase = ": ".join([*self._around(pointer, 2 if identifier else 1), self._difference(difference)])
            sentence = f"{entry}: {phrase}"
        return Change(
            pointer=pointer,
            before=difference.before,
            after=difference.after,
            id=identifier,
            entry=entry,
            phrase=phrase,
            sentence=sentence,
            importance=importance(difference),
            is_implied=self._is_implied(difference),
        )

    def _entry(self, section: str, identifier: str) -> str:
        """What people call the entry that a difference is in."""
        if section == "reviews":
            return f"Review of {self._day(date.fromisoformat(identifier))}"
        if section == "meetings":
            return "Relationship meetings"
        if section in ("profile", "acctplan"):
            return self._plans[0].profile.name
        return self._name("units" if section == "white_space" else section, identifier)

    def _name(self, section: str, identifier: str) -> str:
        """What people call an entry, as it is now where it still stands."""
        if section == "solutions":
            return self._solutions.get(identifier, identifier)
        for plan in self._plans:
            entry = getattr(plan, section).get(identifier)
            if entry is not None:
                return called(plan, identifier) if section == "contacts" else _title(entry, identifier)
        return identifier

    def _around(self, pointer: Pointer, start: int) -> Iterator[str]:
        """What a value stands in, between its entry and itself."""
        place, end = start, len(pointer) - 1
        if pointer[0] == "white_space" and start < end:
            yield self._name("solutions", str(pointer[start]))
            place += 1
        while place < end:
            field = str(pointer[place])
            inside = pointer[: place + 2]
            match field:
                case "strategies" if place + 2 < end and pointer[place + 2] == "actions":
                    pass
                case _ if field in _HOLDING and place + 1 == end:
                    pass
                case "buying_roles":
                    yield self._name("contacts", str(inside[-1]))
                case "held":
                    yield f"meeting of {self._day(date.fromisoformat(str(inside[-1])))}"
                case "strategies" | "actions" | "decision_criteria":
                    yield f"'{_title(self._at(inside), str(inside[-1]))}'"
                case "scorecards":
                    yield " ".join(spoken(str(step)) for step in pointer[place + 1 : end])
                    return
                case "revenue_history" | "revenue_objectives":
                    yield f"{spoken(field)} {inside[-1]}"
                case _:
                    yield spoken(field)
                    place -= 1
            place += 2

    def _at(self, pointer: Pointer) -> Any:
        """What stands at a pointer now, or stood there."""
        for plan in self._plans:
            found: Any = plan
            for step in pointer:
                if isinstance(found, dict):
                    found = {str(key): entry for key, entry in found.items()}.get(str(step))
                elif isinstance(found, tuple):
                    found = found[step] if isinstance(step, int) and step < len(found) else None
                else:
                    found = getattr(found, str(step), None)
            if found is not None:
                return found
        return None

    def _difference(self, difference: Difference) -> str:
        """What changed at a place, in words that name its field."""
        pointer, before, after, form = difference
        field = str(pointer[-1])
        if form.section is not None or form.is_mapping:
            return self._inside(difference)
        if pointer[0] == "reviews" and (told := self._signed(difference)):
            return told
        if form.is_list:
            return self._list(_label(field), before, after, form)
        if field == "done":
            return "no longer done" if after is None else f"done on {self._word(field, after, form)}"
        if field == "name" and pointer[0] == "contacts" and before is None:
            return f"the seat is now held by {self._word(field, after, form)}"
        if field == "status" and after in _CLOSING:
            return f"now {spoken(str(after))}, before {spoken(str(before))}"
        label = "" if field == "stance" else f"id in {field} " if pointer[-2:-1] == ("crm",) else f"{_label(field, pointer[-2])} "
        return label + self._moved(difference, field)

    def _signed(self, difference: Difference) -> str:
        """What somebody signed or confirmed, without the fingerprint of it; empty of the rest of a review."""
        before, after = difference.before, difference.after
        if difference.pointer[2:] == ("fingerprint",):
            return "signed" if before is None else "no longer signed" if after is None else "signed again"
        if difference.pointer[2] != "confirmed":
            return ""
        place = tuple(str(after or before).split("."))
        entry = self._at(place)
        name = self._name("contacts", place[1]) if place[0] == "contacts" and entry else _title(entry, ".".join(place))
        return f"{'no longer confirmed' if after is None else 'confirmed'}: {name}"

    def _moved(self, difference: Difference, field: str) -> str:
        """From what to what."""
        before, after, form = difference.before, difference.after, difference.form
        if isinstance(before, date) and isinstance(after, date):
            days = abs((after - before).days)
            way = "later" if after > before else "earlier"
            return f"{self._day(before)} → {self._day(after)} ({days} {'day' if days == 1 else 'days'} {way})"
        if field in MONEY and isinstance(before, Decimal) and isinstance(after, Decimal):
            return self._amounts(before, after, field)
        is_judged = field in _JUDGED or form.is_word
        if before is None:
            return f"{'unknown → ' if is_judged else 'now '}{self._word(field, after, form, currency=self._currencies[1])}"
        if after is None:
            was = self._word(field, before, form, currency=self._currencies[0])
            return f"{was} → unknown" if is_judged else f"taken out, was {was}"
        was, now = self._word(field, before, form), self._word(field, after, form)
        return f"{was} → {now}" if form.is_word or form.ref or max(len(was), len(now)) <= _BRIEF else f"now {now}"

    def _amounts(self, before: Decimal, after: Decimal, field: str) -> str:
        was, now = self._currencies
        if was != now:
            return f"{money(before, was)} → {money(after, now)}"
        verb = "" if field != "goal" else "raised " if after > before else "lowered "
        share = ""
        if before:
            with localcontext(EXACT):
                percent = ((after - before) * 100 / abs(before)).quantize(Decimal(1), ROUND_HALF_UP)
            share = f" ({percent:+,f} %)" if percent else ""
        return f"{verb}{money(before, was).rpartition(' ')[0]} → {money(after, now)}{share}"

    def _list(self, label: str, before: Value, after: Value, form: Form) -> str:
        inside = form.inside
        assert inside is not None
        old, new = ([self._item(item, inside) for item in each] if isinstance(each, tuple) else [] for each in (before, after))
        came, went = [one for one in new if one not in old], [one for one in old if one not in new]
        parts = [f"also {_listed(came)}"] if came else []
        if went:
            parts.append(f"no longer {_listed(went)}")
        return f"{label}: {'; '.join(parts) or 'in another order'}"

    def _item(self, item: Value, form: Form) -> str:
        if isinstance(item, dict):
            return f"'{short(str(item.get('what', '')))}'"
        return self._word("", item, form)

    def _inside(self, difference: Difference) -> str:
        """An entry inside another that came or went."""
        *_, field, identifier = map(str, difference.pointer)
        came = difference.before is None
        if field == "buying_roles":
            return f"{self._name('contacts', identifier)} {'joined' if came else 'left'} the buying group{self._details(difference)}"
        if difference.pointer[0] == "white_space":
            name = self._name("solutions", identifier)
            return f"{name}{self._details(difference)}" if came else f"{name}: cell removed"
        data = difference.after if came else difference.before
        what = str(data["what"]) if isinstance(data, dict) and "what" in data else spoken(identifier)
        if field == "held":
            day = self._day(date.fromisoformat(identifier))
            return f"met on {day}" if came else f"meeting of {day} removed"
        if difference.pointer[-3] == "scorecards":
            return f"{what} answered{self._details(difference)}" if came else f"answer to {what} removed"
        word = _INSIDE[field]
        return f"new {word}: {short(what)}{self._details(difference)}" if came else f"{word} removed: {short(what)}"

    def _details(self, difference: Difference) -> str:
        """What is worth saying of an entry that is new, in brackets."""
        if difference.form.section is None or not isinstance(difference.after, dict):
            return ""
        said = []
        for _, name, form in fields_of(difference.form.section):
            value = difference.after.get(name)
            is_told = name == "title" and "name" not in difference.after
            if name in _DETAILS and value is not None and value not in _OBVIOUS and not is_told:
                word = short(value) if name == "title" and isinstance(value, str) else self._word(name, value, form)
                said.append((_DETAILS.index(name), word if name in _NAMELESS else f"{_label(name)} {word}"))
        return f" ({', '.join(word for _, word in sorted(said))})" if said else ""

    def _word(self, field: str, value: Value, form: Form, *, currency: str | None = None) -> str:
        """A value as people write it."""
        match value:
            case bool():
                return "yes" if value else "no"
            case date():
                return self._day(value)
            case Decimal() if field in MONEY:
                return money(value, currency or self._currencies[1])
            case Decimal() if field in SHARES:
                return f"{(value * 100).normalize():f} %"
            case Decimal() | int():
                return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        text = str(value)
        if form.ref:
            known = (section for section in form.ref if any(text in getattr(plan, section, ()) for plan in self._plans))
            return self._name(next(known, form.ref[0]), text)
        if form.is_word or field == "stage":
            return spoken(text)
        return f"'{short(text)}'" if " " in text else short(text)

    def _is_implied(self, difference: Difference) -> bool:
        """A status that says no more than the day on which it was done."""
        pointer = difference.pointer
        return pointer[-1] == "status" and difference.after == "done" and getattr(self._at(pointer[:-1]), "done", None) is not None


def _title(entry: Any, identifier: str) -> str:
    return short(getattr(entry, "name", None) or getattr(entry, "what", None) or identifier)


def _label(field: str, parent: str | int = "") -> str:
    return _LABELS.get(f"{parent}.{field}") or _LABELS.get(field, spoken(field))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def short(text: str) -> str:
    """A text on one line, cut where it grows too long for a sentence."""
    line = " ".join(text.split())
    return f"{line[: _LONGEST - 1].rstrip()}…" if len(line) > _LONGEST else line
