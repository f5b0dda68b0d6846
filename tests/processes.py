"""Programs run from outside, where a test is about processes: pipes, terminals, what is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import acctplan

PROGRAM = [sys.executable, "-m", "acctplan"]


def surroundings(**environment: str) -> dict[str, str]:
    """The environment of a process that finds the package wherever it runs, and prints as it does for everybody."""
    return {**os.environ, "PYTHONPATH": str(Path(acctplan.__file__).parents[1]), "PYTHONUNBUFFERED": "", **environment}


def process(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, to its end."""
    return subprocess.run(
        command, cwd=folder, env=surroundings(**environment), capture_output=True, encoding="utf-8", timeout=30, check=False
    )
