"""What a ZIP archive holds, within limits that hold whatever it says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

MAGIC = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"
MAX_PARTS = 1_000
MAX_UNPACKED = 256 << 20
_ENTRY = b"PK\x01\x02"
_SPARE = 100
"""How often the mark of an entry may stand in packed data by chance."""
_ENCRYPTED = 1


def members(name: str, content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of an archive that are wanted, by their names.

    Raises:
        UserError: no archive, damaged, with a password, or larger than anyone exports.
    """
    if content.count(_ENTRY) > MAX_PARTS + _SPARE:
        raise _too_large(name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_large(name)
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise UserError(f"{name} has a password", "save it without one")
            # zipfile reads no more of a part than the archive says it has, and fails where there is more.
            return {part.filename: archive.read(part) for part in parts if wanted(part.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, OverflowError, IndexError):
        raise UserError(f"{name} is damaged, or no archive at all", "export or download it again") from None


def _too_large(name: str) -> UserError:
    return UserError(f"{name}: unpacked, it is larger than anything that is exported", "export fewer columns, or in several files")


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts and no other, not compressed: whoever reads it sees what was looked at."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
