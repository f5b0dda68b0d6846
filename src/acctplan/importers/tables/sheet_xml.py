"""What has to be known of a workbook's XML before anything else reads it, and what nothing else tells of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ATTRIBUTE = re.compile(rb"""([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COUNT = re.compile(rb"""\buniqueCount\s*=\s*["']\s*\+?0*([0-9]+)""")
_NO_RESULT = re.compile(
    rb"<(?:[\w.-]+:)?f(?:\s[^>]*?)?(?:/>|>[^<]*+</(?:[\w.-]+:)?f>)\s*+(?:<(?:[\w.-]+:)?v\s*(?:/>|>\s*</(?:[\w.-]+:)?v>)\s*)?</(?:[\w.-]+:)?c>"
)


# As nearly every program writes a cell, and whatever may begin one.
_PLAIN_CELL, _ANY_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"'), re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_MANY = 1_000_000


def _tag(names: bytes) -> re.Pattern[bytes]:
    """Opening tags of these names, in whichever namespace: the name, and what stands behind it."""
    return re.compile(rb"<(?:[\w.-]+:)?(" + names + rb""")((?:[\s/](?:[^>"']++|"[^"]*+"|'[^']*+')*+)?)>""")


_ROW_OR_CELL, _SHEET, _LINK = _tag(b"row|c"), _tag(b"sheet"), _tag(b"Relationship")


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {found[1]: found[2] or found[3] or b"" for found in _ATTRIBUTE.finditer(tag)}


def extent(xml: bytes) -> tuple[int, int]:
    """How many rows and columns lie between the first and the last cell of a sheet with something in it; 0 and 0 of what is no sheet.

    Raises:
        ValueError: it says what no program writes: entities, counts of more than there is, cells where no sheet has any.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("entities")
    # So much memory is set aside for texts, each of which takes more than one byte.
    if any(int(found[1][:20]) > len(xml) for found in _COUNT.finditer(xml)):
        raise ValueError("counts")
    if b"sheetData" not in xml:
        return 0, 0
    return _extent_of_plain(xml) or _extent(xml)


def _extent_of_plain(xml: bytes) -> tuple[int, int] | None:
    """The same, counted from the first row and column, in a fraction of the time; None where that could be wrong or is much."""
    if xml.count(b"<c") > _MANY:
        return None
    places = _PLAIN_CELL.findall(xml)
    if not places or len(places) < len(_ANY_CELL.findall(xml)):
        return None
    rows, columns = (max(map(one, {place[part] for place in places})) for part, one in ((1, int), (0, _column)))
    return (rows, columns) if rows * columns <= _MANY else None


def _extent(xml: bytes) -> tuple[int, int]:
    row = column = 0
    top, left, bottom, right = _LAST_ROW, _LAST_COLUMN, 0, 0
    for match in _ROW_OR_CELL.finditer(xml):
        kind, tag = match.groups()
        if kind == b"row":
            number = _reference(tag)
            row, column = row + 1 if number is None else int(number), 0
            continue
        place = _place(tag)
        row, column = (row, column + 1) if place is None else place
        if row > _LAST_ROW or column > _LAST_COLUMN:
            raise ValueError("a cell beyond all sheets")
        if not tag.endswith(b"/"):
            top, left, bottom, right = min(top, row), min(left, column), max(bottom, row), max(right, column)
    return max(0, bottom - top + 1), max(0, right - left + 1)


def _place(tag: bytes) -> tuple[int, int] | None:
    """Row and column of a cell, from 1; None where it does not say."""
    reference = _reference(tag)
    if reference is None:
        return None
    letters = reference.rstrip(b"0123456789")
    if not letters.isalpha() or not letters.isascii():
        raise ValueError("a place that is none")
    return int(reference[len(letters) :][:8]), _column(letters)


def _reference(tag: bytes) -> bytes | None:
    """The attribute `r`; None where there is none."""
    if tag.startswith(b' r="'):  # how nearly every program writes it
        return tag[4 : tag.index(b'"', 4)]
    return _attributes(tag).get(b"r") if tag else None


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + letter - 64
    return column


def not_calculated(xml: bytes) -> Iterator[tuple[int, int]]:
    """Row, from 1, and column, from 0, of each formula of a sheet whose result does not stand in it."""
    for match in _NO_RESULT.finditer(xml if b"<f" in xml or b":f" in xml else b""):
        cell = _ROW_OR_CELL.match(xml, xml.rfind(b"<", 0, match.start()))
        if cell and (place := _place(cell[2])):
            yield place[0], place[1] - 1


def parts_of_sheets(parts: Mapping[str, bytes], count: int) -> list[str]:
    """Which part each sheet of a workbook is, in their order; empty where that cannot be told."""
    named = {part.casefold(): content for part, content in parts.items()}
    targets = {}
    for link in _LINK.findall(named.get("xl/_rels/workbook.xml.rels", b"")):
        about = _attributes(link[1])
        path = about.get(b"Target", b"").decode("utf-8", "replace")
        targets[about.get(b"Id")] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    sheets = [_attributes(sheet[1]) for sheet in _SHEET.findall(named.get("xl/workbook.xml", b""))]
    found = [next((targets.get(value, "") for key, value in sheet.items() if key.endswith(b":id")), "") for sheet in sheets]
    return found if len(found) == count else [""] * count
