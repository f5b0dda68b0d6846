"""A file's bytes to tables of text, carefully: what is odd about one row never costs the others.

`read_all` reads CSV files in whatever encoding and with whatever delimiter, workbooks (a table a sheet), and archives of CSV files.
"""

from __future__ import annotations

from acctplan.errors import UserError
from acctplan.importers.tables import archive, encodings, layout, separated, workbook
from acctplan.importers.tables.table import MAX_CELLS, Aside, BadRow, Remark, Row, Table

__all__ = ["MAX_BYTES", "MAX_CELLS", "Aside", "BadRow", "Remark", "Row", "Table", "read", "read_all"]

MAX_BYTES = 64 << 20
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_PAGE = (b"<html", b"<!doc", b"<tabl", b"<?xml")


def read(name: str, content: bytes) -> Table:
    """Read a file that holds one table.

    Args:
        name: what to call the file in messages.
        content: a CSV file or a workbook.

    Raises:
        UserError: see `read_all`; or there are several tables in it.
    """
    found = read_all(name, content)
    if len(found) > 1:
        what = ", ".join(table.sheet or table.name for table in found)
        raise UserError(f"{name} holds {len(found)} tables: {what}", "save the one to read in a file of its own")
    return found[0]


def read_all(name: str, content: bytes) -> tuple[Table, ...]:
    """Read every table of a file: one of a CSV file, one of each sheet of a workbook, one of each CSV file in a ZIP archive.

    What was left out, such as hidden sheets, is in the remarks of the first table.

    Args:
        name: what to call the file in messages.
        content: its bytes. Text is in UTF-8, UTF-16 or cp1252; between cells stand commas, semicolons, tabs, bars, carets or backquotes.

    Raises:
        UserError: too large, no table, no header, or damaged as a whole.
    """
    if len(content) > MAX_BYTES:
        raise UserError(f"{name}: {len(content):,} bytes; at most {MAX_BYTES:,} are read", "export fewer columns, or in several files")
    if content.startswith(archive.MAGIC):
        return _of_archive(name, content)
    if content.startswith(archive.EMPTY):
        raise UserError(f"{name} is an empty ZIP archive", "export it again")
    if content.startswith(_OLD_EXCEL):
        if _WITH_PASSWORD in content:
            raise UserError(f"{name} is a workbook with a password", "save it without one")
        raise UserError(f"{name} is a workbook of an old kind (.xls)", "open it in Excel and save it as .xlsx or as CSV")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower().startswith(_PAGE):
        raise UserError(f"{name} is a web page or XML, not a table", "export it again as CSV or .xlsx; some .xls exports are web pages")
    return (_of_text(name, content),)


def _of_text(name: str, content: bytes) -> Table:
    text, remarks = encodings.decoded(name, content)
    shape = layout.Shape(may_be_damaged="\0" in text or encodings.is_damaged(text))
    return layout.table(name, separated.records(name, text), shape, remarks)


def _of_archive(name: str, content: bytes) -> tuple[Table, ...]:
    parts = archive.members(name, content, lambda part: workbook.is_wanted(part) or part.casefold().endswith(".csv"))
    names = set(parts)
    if workbook.is_workbook(names):
        return _of_workbook(name, {part: inside for part, inside in parts.items() if workbook.is_wanted(part)})
    workbook.refuse_others(name, names)
    texts = {part: inside for part, inside in parts.items() if part.casefold().endswith(".csv")}
    if not texts:
        raise UserError(f"{name} is a ZIP archive without a workbook or a CSV file in it", "give the files that are in it")
    if (size := sum(map(len, texts.values()))) > MAX_BYTES:
        raise UserError(f"{name}: {size:,} bytes, unpacked; at most {MAX_BYTES:,} are read", "unpack it and give the files that are needed")
    found = []
    cells = 0
    for part, inside in texts.items():
        found.append(_of_text(f"{name}: {part}", inside))
        cells += len(found[-1].columns) * len(found[-1].rows)
        if cells > MAX_CELLS:
            raise UserError(f"{name} has more cells than can be read at once", "unpack it and give the files that are needed")
    return tuple(found)


def _of_workbook(name: str, parts: dict[str, bytes]) -> tuple[Table, ...]:
    left_out = []
    sheets = []
    for sheet in workbook.sheets(name, parts):
        if isinstance(sheet, workbook.NotRead):
            left_out.append(Remark(f"the sheet '{sheet.name}' was not read: {sheet.reason}"))
        elif rows := list(sheet.rows):
            sheets.append(sheet._replace(rows=iter(rows)))
        else:
            left_out.append(Remark(f"the sheet '{sheet.name}' was not read: it is empty"))
    if not sheets:
        raise UserError(f"{name} has no sheet with a table", "export it again")
    found: list[Table] = []
    for sheet in sheets:
        shape = layout.Shape(sheet.name, sheet.merged, sheet.first_column, not_calculated=sheet.not_calculated)
        called = name if len(sheets) == 1 else f"{name}, sheet {sheet.name}"
        found.append(layout.table(called, sheet.rows, shape, () if found else tuple(left_out)))
    return tuple(found)
