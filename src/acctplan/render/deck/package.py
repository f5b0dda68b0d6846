"""The file that a deck is: guarded as it comes in, the same to the byte as it goes out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from datetime import date

MAX_BYTES = 50 << 20
"""Of a template."""
MAX_UNPACKED = 400 << 20
MAX_PARTS = 5_000
MAX_PART = 100 << 20
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_MAIN = "ppt/presentation.xml"
_MACROS = "vbaproject.bin"
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_CORE = "docProps/core.xml"


def guarded(template: bytes) -> io.BytesIO:
    """A template that is fit to be opened.

    Raises:
        UserError: it is no PowerPoint file, too large, or brings macros.
    """
    if len(template) > MAX_BYTES:
        raise UserError(f"the template has more than {MAX_BYTES >> 20} MB", "take out its pictures and films")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise unusable() from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or any(part.file_size > MAX_PART for part in parts):
        raise UserError("the template unpacks to far more than it should", "save a fresh copy in PowerPoint")
    names = [part.filename for part in parts]
    if _MAIN not in names or len(set(names)) != len(names):
        raise unusable()
    if any(name.lower().endswith(_MACROS) for name in names):
        raise UserError("the template has macros", "save it in PowerPoint as .pptx")
    return io.BytesIO(template)


def unusable() -> UserError:
    """It is no PowerPoint file, or a broken one."""
    return UserError("the template is not a PowerPoint file that can be read", "save it in PowerPoint as .pptx")


def settled(package: bytes, day: date) -> bytes:
    """The same package without anything that says when it was written.

    `day` stands in its properties, also in those of the workbooks behind its charts.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for part in read.infolist():
            content = read.read(part)
            if part.filename.endswith(".xlsx"):
                content = settled(content, day)
            elif part.filename == _CORE:
                content = _DATED.sub(rb"\g<1>" + day.isoformat().encode() + rb"T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(part.filename, _FIRST_MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            entry.create_system = 3
            written.writestr(entry, content)
    return out.getvalue()
