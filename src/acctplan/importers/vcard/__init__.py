"""vCards: people out of an address book or a phone, any number in a file, in version 2.1, 3.0 or 4.0."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from acctplan.errors import UserError
from acctplan.importers import texts
from acctplan.importers.records import Column, Extract, File, Importer, Note, Skipped, Source, System
from acctplan.importers.vcard import cards
from acctplan.importers.vcard.people import USED, Reading, own_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.importers.records import Contact, Options
    from acctplan.importers.vcard.cards import Card

__all__ = ["IMPORTER", "SYSTEM", "extract", "identify", "sniff"]


def identify(columns: Sequence[str], file_name: str) -> str | None:
    """None: a vCard is no table."""
    del columns, file_name
    return None


def sniff(name: str, content: bytes) -> bool:
    """Whether a file begins as a card does."""
    del name
    return cards.begins(content)


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some files with cards say.

    Args:
        files: name and content of each.
        options: what day it is.

    Raises:
        UserError: a file cannot be read at all, or none of them is a vCard.
    """
    read = [(name, cards.read(name, content) if sniff(name, content) else []) for name, content in files]
    if not any(found for _, found in read):
        raise UserError("none of these files is a vCard", "export contacts as vCard (.vcf): it begins with BEGIN:VCARD")
    contacts: list[Contact] = []
    skipped: list[Skipped] = []
    notes: list[Note] = []
    for name, found in read:
        names = {uid: who for card in found for uid in _uids(card) if (who := _name(card))}
        for number, card in enumerate(found, 1):
            source = Source(name, number)
            contact = Reading(card, source, names, options, notes).contact()
            if isinstance(contact, str):
                skipped.append(Skipped(source, "contact", contact))
            else:
                contacts.append(contact)
    return Extract(
        SYSTEM,
        files=tuple(File(name, len(found), 0, "contact" if found else None, "" if found else "it is no vCard") for name, found in read),
        contacts=tuple(contacts),
        skipped=tuple(skipped),
        notes=tuple(notes),
        unused=tuple(column for name, found in read for column in _unused(name, found)),
    )


def _name(card: Card) -> str:
    full = card.first("FN")
    return texts.line(full.text if full else "") or own_name(card)


def _uids(card: Card) -> Iterator[str]:
    """How other cards of the file may refer to one."""
    uid = card.first("UID")
    if uid:
        text = texts.line(uid.text)
        yield text
        yield f"urn:uuid:{text}"


def _unused(name: str, found: Sequence[Card]) -> Iterator[Column]:
    """What cards say besides, and how many say it. Properties that only one program knows are not listed: there are hundreds."""
    for what, filled in Counter(what for card in found for what in dict.fromkeys(each.name for each in card.properties)).items():
        if what not in USED and not what.startswith("X-"):
            yield Column(name, what, filled)
    departments = sum(any(len(each.parts) > 1 and any(map(texts.is_name, each.parts[1:])) for each in card.all("ORG")) for card in found)
    if departments:
        yield Column(name, "ORG (department)", departments, "a contact's unit is one of the plan's own: write it there")


SYSTEM = System("vcard", "vCard", accounts_in="")
IMPORTER = Importer(SYSTEM, identify, extract, sniff)
