#!/usr/bin/env python3
"""Sets up everything from a clean clone with nothing but Python and git, then does one of these jobs.

python3 dev.py demo            the main job on the sample book: check, rank, render
python3 dev.py test [ARGS]     the tests; ARGS go to pytest
python3 dev.py lint            format, lint, types, import contracts
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)
TODAY = "2026-11-21"  # the day on which the sample book is set


def main(arguments: list[str]) -> int:
    """Do the job that the first argument names. Returns its exit status."""
    if sys.version_info < OLDEST:
        print(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    jobs = {"demo": demo, "test": test, "lint": lint}
    if not arguments or arguments[0] not in jobs:
        print(__doc__)
        return 2
    os.chdir(ROOT)
    set_up("." if arguments[0] == "demo" else ".[dev]")
    return jobs[arguments[0]](arguments[1:])


def set_up(what: str) -> None:
    """Make the virtual environment and install into it, once for each state of pyproject.toml."""
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "installed"
    installed = stamp.read_text().split() if stamp.exists() else []
    if installed[:1] == [state] and {what, ".[dev]"} & set(installed):
        return
    print(f"setting up {VENV.name}, which takes a minute the first time ...", flush=True)
    venv.create(VENV, with_pip=True, clear=installed[:1] != [state])
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what)
    stamp.write_text(f"{state} {what}")


def demo(_: list[str]) -> int:
    """Check, rank and render the sample book."""
    commands = (
        ("check", "--today", TODAY),
        ("rank",),
        ("rank", "--explain", "crane-rollout"),
        ("render", "brannhaven-terminals", "--today", TODAY),
    )
    for command in commands:
        print(f"\n$ acctplan {' '.join(command)}", flush=True)
        if subprocess.run([SCRIPTS / "acctplan", *command], check=False).returncode > 1:
            return 1
    print(f"\nacctplan is installed in {VENV.name}: run it as {(SCRIPTS / 'acctplan').relative_to(ROOT)}")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests, the slow ones only where they are asked for."""
    chosen = arguments or ["-m", "not slow"]
    return subprocess.run([SCRIPTS / "python", "-m", "pytest", "-n", "auto", "-q", *chosen], check=False).returncode


def lint(_: list[str]) -> int:
    """Everything that is checked without running the program."""
    checks = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("lint-imports",),
    )
    return max(subprocess.run([SCRIPTS / check[0], *check[1:]], check=False).returncode for check in checks)


def run(program: str, *arguments: str) -> None:
    """Run a program of the virtual environment, or stop here."""
    status = subprocess.run([SCRIPTS / program, *arguments], check=False).returncode
    if status:
        sys.exit(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
