"""What a site's folder holds of ours: kept in the folder itself, so that only what changed is made again and only what is ours is removed.

The file may be deleted or damaged at any time: then everything is made again, and nothing is removed.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.book import UnreadableError, read, read_bytes, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = ".acctplan-site.json"
_VERSION = 1
_DIGEST = re.compile("[0-9a-f]{64}")
_MOST_BYTES = 64 << 20
"""No page is larger."""


class Made(NamedTuple):
    """A file that we made."""

    source: str
    """The fingerprint of what it was made from."""
    content: str
    """The fingerprint of its bytes."""


def recorded(folder: Path) -> dict[str, Made]:
    """The files in a folder that we made, by name; none where nothing says so that can be trusted."""
    said: Any = None
    with suppress(UnreadableError, ValueError, RecursionError):
        said = json.loads(read(folder / FILE, folder))
    if not isinstance(said, dict) or said.get("version") != _VERSION or not isinstance(said.get("files"), dict):
        return {}
    return {name: Made(*entry) for name, entry in said["files"].items() if _is_page(name) and _is_entry(entry)}


def _is_page(name: str) -> bool:
    """Whether it is the name of a file in the folder itself, as pages have."""
    return name.endswith(".html") and not name.startswith(".") and not {"/", "\\", "\0"} & set(name)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, list)
        and len(entry) == len(Made._fields)
        and all(isinstance(one, str) and _DIGEST.fullmatch(one) for one in entry)
    )


def record(folder: Path, files: Mapping[str, Made], root: Path) -> None:
    """Keep what was made."""
    said = {"version": _VERSION, "files": {name: list(files[name]) for name in sorted(files)}}
    replace(folder / FILE, json.dumps(said, indent=1) + "\n", root)


def stands(folder: Path, name: str, made: Made) -> bool:
    """Whether a file is still as we made it. A link never is."""
    path = folder / name
    with suppress(UnreadableError):
        return not path.is_symlink() and content_digest(read_bytes(path, folder, _MOST_BYTES)) == made.content
    return False


def content_digest(content: bytes) -> str:
    """The fingerprint of a file's bytes."""
    return sha256(content).hexdigest()
