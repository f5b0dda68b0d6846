"""A card to a contact, or to the reason why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

from acctplan.importers import texts
from acctplan.importers.records import NOBODY, Contact, Link, Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acctplan.importers.records import Options, Source
    from acctplan.importers.vcard.cards import Card, Property

_MANAGERS = ("X-MS-MANAGER", "X-MANAGER", "X-EVOLUTION-MANAGER", "X-KADDRESSBOOK-X-MANAGERSNAME")
USED = frozenset(
    (
        *("BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "KIND", "FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "NOTE", "RELATED"),
        *("X-ABRELATEDNAMES", "X-ABLABEL", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", *_MANAGERS),
    )
)
"""The properties that are read, or that only say something about the card."""

_REASONS = {
    "group": "it is a list of people, not a person",
    "org": "it is a company's card, not a person's",
    "location": "it is a place's card",
}
_NO_PHONE = frozenset(("fax", "pager", "modem", "bbs", "isdn", "textphone"))
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")
_OWN_ADDRESS = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|freenet|posteo|proton|protonmail|pm|fastmail|zoho"
    r"|orange|wanadoo|free|laposte|libero|virgilio|seznam|mail|yandex|qq|163|126|naver|hey|bluewin|telia|comcast|verizon|btinternet)"
    r"\.(?:com?\.)?[a-z]{2,3}\Z"
)
"""Where people have addresses of their own: what stands after the @ says nothing about where they work."""
_LAST_OF_RANK = 101


@dataclass
class Reading:
    """What is read of one card."""

    card: Card
    source: Source
    names: Mapping[str, str]
    """Who has which UID in the file."""
    options: Options
    notes: list[Note]

    def contact(self) -> Contact | str:
        """The contact, or the reason why the card is none."""
        if reason := self._not_a_person():
            return reason
        name = self._line(self.card.all("FN")[:1]) or own_name(self.card)
        if not name:
            return "it has no name"
        if meant := texts.ungarbled(name):
            self._note(
                f"a name was probably '{meant}' before it was read in the wrong encoding; it was kept as it is", "correct it in the plan"
            )
        if self.card.unread:
            self._note("some lines of the card cannot be read; left out")
        if not self.card.is_whole:
            self._note("the card has no end; what there is of it was read", "the file may have been cut off: export it again")
        if self.card.is_guessed:
            self._note("some letters are neither in the encoding that the card says nor in UTF-8", "look at the words with accents")
        email = self._best("EMAIL", "e-mail")
        return Contact(
            self.source,
            name,
            account=self._account(email),
            as_of=self._as_of(),
            title=self._line(_ranked(self.card.all("TITLE"))) or self._line(_ranked(self.card.all("ROLE"))),
            reports_to=self._manager(),
            email=_address(email) if email else None,
            phone=_number(phone) if (phone := self._best("TEL", "phone number")) else None,
            notes="\n\n".join(filter(None, (texts.paragraphs(each.text) for each in self.card.all("NOTE")))) or None,
        )

    def _note(self, what: str, hint: str = "") -> None:
        self.notes.append(Note(what, hint, self.source))

    def _not_a_person(self) -> str:
        kinds = [each.text.strip().casefold() for name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") for each in self.card.all(name)]
        if any(each.text.strip().casefold() == "company" for each in self.card.all("X-ABSHOWAS")):
            return _REASONS["org"]
        return next((_REASONS[kind] for kind in kinds if kind in _REASONS), "")

    def _line(self, found: Sequence[Property]) -> str | None:
        """The first of some lines, on one line and with nothing invisible in it."""
        text = found[0].text if found else ""
        if texts.has_invisible(text.strip()):
            self._note(f"{found[0].name} held invisible characters; they were taken out")
        return texts.line(text) or None if texts.is_name(text) else None

    def _best(self, name: str, what: str) -> Property | None:
        """The one of several that a plan takes: of work before any other, then what the card prefers, then the first."""
        labels = _labels(self.card)
        found = [
            each
            for each in _ranked(self.card.all(name))
            if not each.types & _NO_PHONE and "assistant" not in labels.get(each.group, "") and re.search(r"\w", each.text)
        ]
        if len({texts.line(each.text) for each in found}) > 1:
            self._note(f"a card has several {what}s, and a plan one: that of work, or else the preferred one, was taken")
        return found[0] if found else None

    def _account(self, email: Property | None) -> Link:
        organisations = _ranked(self.card.all("ORG"))
        name = texts.line(organisations[0].parts[0]) if organisations else ""
        host = _address(email).rpartition("@")[2].casefold() if email is not None and "home" not in email.types else ""
        is_their_own = not host or "." not in host or _OWN_ADDRESS.match(host)
        return Link(name=name or None, domain=None if is_their_own else host) if name or not is_their_own else NOBODY

    def _manager(self) -> Link | None:
        labels = _labels(self.card)
        named = [each for name in _MANAGERS for each in self.card.all(name)]
        named += [each for each in self.card.all("X-ABRELATEDNAMES") if labels.get(each.group) == "manager"]
        named += [each for each in self.card.all("RELATED") if each.types & {"manager", "x-manager"}]
        for each in named:
            text = texts.line(each.text)
            if text in self.names:
                return Link(name=self.names[text])
            if text.casefold().startswith("mailto:"):
                return Link(email=unquote(text[7:]))
            if not re.match(r"[a-z][a-z0-9+.-]*:\S", text, re.IGNORECASE):
                return Link(name=text)
            self._note("whom somebody reports to is said by an address that leads to no card; left out")
        return None

    def _as_of(self) -> date | None:
        rev = self.card.first("REV")
        match = _DAY.match(rev.text.strip()) if rev else None
        try:
            day = date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if rev and day is None:
            self._note("REV is not a date; left out")
        if day and self.options.today and day > self.options.today:
            self._note("REV is a day still to come; left out")
            return None
        return day


def own_name(card: Card) -> str:
    """The name that the parts of N make: given, further, family."""
    found = card.first("N")
    parts = [*(found.parts if found else ()), "", "", ""]
    return texts.line(" ".join(part for part in (parts[1], parts[2].replace(",", " "), parts[0]) if texts.is_name(part)))


def _labels(card: Card) -> dict[str, str]:
    """What Apple calls the lines of a group, without the marks round the words that it translates: `_$!<Manager>!$_`."""
    return {each.group: re.sub(r"\A_\$!<|>!\$_\Z", "", each.text.strip()).casefold() for each in card.all("X-ABLABEL") if each.group}


def _ranked(found: Sequence[Property]) -> list[Property]:
    """Of work first, home last; then by what is preferred."""
    return sorted(found, key=lambda each: ("work" not in each.types, "home" in each.types, _preference(each)))


def _preference(each: Property) -> int:
    if "pref" in each.types:
        return 1
    said = next(iter(each.params.get("PREF", ())), "")
    return int(said) if re.fullmatch("[0-9]{1,3}", said, re.ASCII) else _LAST_OF_RANK


def _address(found: Property) -> str:
    return re.sub(r"\Amailto:", "", texts.line(found.text), flags=re.IGNORECASE)


def _number(found: Property) -> str:
    text = texts.line(found.text)
    if not text.casefold().startswith("tel:"):
        return text
    number, *params = text[4:].split(";")
    extension = next((param[4:] for param in params if param.casefold().startswith("ext=")), "")
    return unquote(number) + (f" ext. {extension}" if extension else "")
