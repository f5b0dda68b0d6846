"""Bytes to text, in whichever encoding they come."""

from __future__ import annotations

import codecs
import re

from acctplan.errors import UserError
from acctplan.importers.tables.table import Remark

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 512
"""How many bytes show whether every other one is zero: Western letters in UTF-16."""
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")


def decoded(name: str, content: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text of a file: UTF-8, UTF-16, or what Windows wrote before them (cp1252), with a remark on the last.

    Bytes in a text of UTF-8 that are none stay in it as what `is_damaged` finds: they cost their rows, not the file.

    Raises:
        UserError: it begins as UTF-16 and goes on as something else.
    """
    if encoding := _utf_16(content):
        try:
            return content.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeDecodeError:
            raise UserError(
                f"{name} is damaged: it begins as UTF-16 text and does not go on so", "export it again as 'CSV UTF-8'"
            ) from None
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _mended(content)


def _utf_16(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return "utf-16"
    head = content[:_HEAD]
    first, second = (head[start::2].count(0) for start in (0, 1))
    most = len(head) // 4
    if max(first, second) <= most or min(first, second):
        return ""
    return "utf-16-le" if second else "utf-16-be"


def _mended(content: bytes) -> tuple[str, tuple[Remark, ...]]:
    escaped = content.decode("utf-8-sig", "surrogateescape")
    wrong = len(_NOT_UTF_8.findall(escaped))
    if sum(not letter.isascii() for letter in escaped) - wrong <= wrong:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return escaped, ()
        return text, (
            Remark(
                "it is not in UTF-8 and was read as Western European text of Windows (cp1252)",
                "look at the names with accents; if they are wrong, export it again as 'CSV UTF-8'",
            ),
        )
    return escaped, ()


def is_damaged(text: str) -> bool:
    """Whether a text holds bytes that are not of its encoding."""
    return _NOT_UTF_8.search(text) is not None
