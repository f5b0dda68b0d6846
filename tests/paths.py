"""Where test data stands: the project's own, and public collections that may stand beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared"
"""Collections that others have made and that are too large or not ours to copy. Tests of them are skipped where they are not."""


def shared(*parts: str) -> Path:
    """A file or folder of the collections. Skips the test that asks, or the whole module, where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the repository", allow_module_level=True)
    return path


def corpus(name: str) -> list[Any]:
    """The entries of a JSON file of the collections; none where it is not there, so that a table of them is empty."""
    path = SHARED / "corpora" / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
