"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

# Tests import `paths` from here, wherever pytest is started.
sys.path.append(str(Path(__file__).parent))

settings.register_profile("acctplan", derandomize=True, deadline=None, database=None)
settings.load_profile("acctplan")


@pytest.fixture(scope="session")
def full_plan() -> str:
    """The text of a plan that uses every field of the model."""
    return (Path(__file__).parent / "data" / "full-plan.yaml").read_text(encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew. Read what changed before you keep it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, byte by byte."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text, "if this is as it should be, run pytest --update-golden and read what changed"

    return compare
