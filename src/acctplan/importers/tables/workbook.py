"""Workbooks (.xlsx, .xlsm): each sheet's rows as the text that the same sheet has as a CSV file.

Whatever reads the cells sets aside memory for all that lie between the first and the last, and as much as the file says it needs: a
file of a few hundred bytes can ask for hundreds of gigabytes. So the extent of each sheet and such counts are looked at first, and only
the parts that were looked at are handed over: no macros, links, pictures or anything else.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from acctplan.errors import UserError
from acctplan.importers.tables import archive, sheet_xml
from acctplan.importers.tables.headers import Merged
from acctplan.importers.tables.table import MAX_CELLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from python_calamine import CalamineWorkbook

_Value: TypeAlias = "int | float | str | bool | time | date | datetime | timedelta"

_Read = TypeVar("_Read")

MAX_SHEETS = 100
_LEFT_OUT = re.compile(
    r"/(?:externalLinks|pivotCache|pivotTables|drawings|charts|media|theme|comments|printerSettings|customXml)/|\Acustom", re.IGNORECASE
)
_LISTS = re.compile(
    r"\s*(?:pick ?-?lists?|lists?|lookups?|drop ?-?downs?|(?:data )?validations?|instructions|read ?me)\s*\Z", re.IGNORECASE
)
_EXACT = 2**53
"""Whole numbers beyond it are not kept exactly in a workbook: an id of so many digits has lost some."""
_SAVE = "open it in Excel, LibreOffice or Google Sheets and save it as .xlsx or as CSV"


class Sheet(NamedTuple):
    """One sheet."""

    name: str
    rows: Iterator[tuple[int, list[str]]]
    first_column: int
    """Of what it holds, from 0."""
    merged: tuple[Merged, ...]
    not_calculated: tuple[tuple[int, int], ...]
    """Row, from 1, and column, from 0, of formulas whose result the file does not hold."""


class NotRead(NamedTuple):
    """A sheet that was left out."""

    name: str
    reason: str


def is_workbook(names: set[str]) -> bool:
    """Whether an archive with parts of these names is a workbook of Excel's."""
    return any(name.casefold().endswith("xl/workbook.xml") for name in names)


def refuse_others(name: str, names: set[str]) -> None:
    """Say of an archive that is no workbook what it is.

    Raises:
        UserError: it is a workbook of a kind that is not read, or another document.
    """
    folded = {one.casefold() for one in names}
    if "xl/workbook.bin" in folded:
        raise UserError(f"{name} is a binary workbook (.xlsb)", _SAVE)
    if "content.xml" in folded:
        raise UserError(f"{name} is a workbook of LibreOffice's (.ods)", _SAVE)


def is_wanted(part: str) -> bool:
    """Whether a part of a workbook is looked at."""
    return part.casefold().endswith((".xml", ".rels", "xl/workbook.bin")) and not _LEFT_OUT.search(part)


def sheets(name: str, parts: Mapping[str, bytes]) -> Iterator[Sheet | NotRead]:
    """The sheets of a workbook, in their order.

    Args:
        name: what to call the file in messages.
        parts: those of the archive that are wanted.

    Raises:
        UserError: too large, too many sheets, or damaged.
    """
    if sum(_cells(name, content) for content in parts.values()) > MAX_CELLS:
        raise UserError(f"{name}: its sheets have more cells than can be read at once", "save those to import as a workbook of their own")
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  only workbooks need it

    book = guarded(name, lambda: CalamineWorkbook.from_filelike(io.BytesIO(archive.packed(dict(parts)))))
    metadata = book.sheets_metadata
    if len(metadata) > MAX_SHEETS:
        raise UserError(
            f"{name}: {len(metadata):,} sheets; at most {MAX_SHEETS} are read", "save those to import as a workbook of their own"
        )
    places = sheet_xml.parts_of_sheets(parts, len(metadata))
    for position, about in enumerate(metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            yield NotRead(about.name, "it is no table but a chart or a macro")
        elif about.visible != SheetVisibleEnum.Visible:
            yield NotRead(about.name, "it is hidden")
        elif _LISTS.match(about.name):
            yield NotRead(about.name, "by its name it holds lists to choose from, or instructions")
        else:
            yield _sheet(name, book, position, parts.get(places[position], b""))


def _sheet(name: str, book: CalamineWorkbook, position: int, xml: bytes) -> Sheet:
    sheet = guarded(name, lambda: book.get_sheet_by_index(position))
    merged = guarded(name, lambda: sheet.merged_cell_ranges) or []
    return Sheet(
        sheet.name,
        ((number, [value if isinstance(value, str) else text(value) for value in row]) for number, row in enumerate(sheet.iter_rows(), 1)),
        sheet.start[1] if sheet.start else 0,
        tuple(Merged(*first, *last) for first, last in merged),
        tuple(sheet_xml.not_calculated(xml)),
    )


def guarded(name: str, read: Callable[[], _Read]) -> _Read:
    """What a reading gives, or a UserError where it fails, however it does."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415  only workbooks need it

    try:
        return read()
    except PasswordError:
        raise UserError(f"{name} has a password", "save it without one") from None
    except (CalamineError, ValueError, OSError, OverflowError):
        raise damaged(name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None


def damaged(name: str) -> UserError:
    """What to say of a workbook that cannot be read."""
    return UserError(f"{name}: the workbook is damaged", _SAVE)


def text(value: _Value) -> str:
    """A cell as a CSV file has it: dates in ISO order, no decimals where there are none, TRUE or FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(Decimal(repr(value)), "f") if abs(value) < _EXACT else repr(value).upper()


def _cells(name: str, xml: bytes) -> int:
    """How many cells lie between the first and the last of a sheet, empty or not."""
    try:
        rows, columns = sheet_xml.extent(xml)
    except ValueError:
        raise damaged(name) from None
    if rows * columns > MAX_CELLS:
        raise UserError(
            f"{name}: the cells of a sheet lie {rows:,} rows and {columns:,} columns apart; that is more than can be read at once",
            "delete what stands far away from the table, or save the table as CSV",
        )
    return rows * columns
