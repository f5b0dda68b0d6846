"""Programs driven by keys in a terminal of their own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from processes import PROGRAM, surroundings

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 20
"""How long a program may take to say the next thing: far more than it should, so that a busy machine does no harm."""


def spawn(folder: Path, *arguments: str, program: tuple[str, ...] = (), **environment: str) -> Any:
    """Start `acctplan`, or another program, in a terminal of 100 columns. Skips the test where there are no such terminals.

    Returns:
        A `pexpect.spawn`: `expect` waits for words, `sendline` types.
    """
    pexpect = pytest.importorskip("pexpect")
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals of this kind")
    first, *rest = (*(program or PROGRAM), *arguments)
    plain = {"TERM": "dumb", "NO_COLOR": "1", "INPUTRC": "/dev/null", "COLUMNS": "", "LINES": ""}
    surrounding = {**surroundings(**plain, **environment)}
    surrounding = {key: value for key, value in surrounding.items() if value or key not in ("COLUMNS", "LINES")}
    return pexpect.spawn(first, rest, cwd=str(folder), env=surrounding, encoding="utf-8", timeout=SECONDS, dimensions=(40, 100))


def answer(child: Any, question: str, said: str) -> None:
    """Wait for a question, and answer it."""
    child.expect_exact(question)
    child.sendline(said)


def end(child: Any) -> tuple[int, str]:
    """Wait for the end: the exit status, and what was said last."""
    child.expect(pytest.importorskip("pexpect").EOF)
    child.close()
    return child.exitstatus, child.before
