"""Runs commands in this process, in folders of their own."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from acctplan.cli import main
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., "Answer"]


class Answer(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """An empty working folder, no colours, and a git that knows who works here."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    settings = {"COUNT": "1", "KEY_0": "user.name", "VALUE_0": "Amira Haddad"}
    for name, value in settings.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `acctplan` with some arguments."""

    def run(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["acctplan", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        return Answer(status, *capsys.readouterr())

    return run


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes a person with a terminal of that many columns read what is said."""

    def terminal(columns: int) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", str(columns))

    return terminal


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The sample book, as the working folder."""
    shutil.copy(ROOT / "acctplan.toml", tmp_path)
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    return tmp_path


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan into the working folder's plans."""

    def plan(text: str, name: str = "acme") -> Path:
        path = tmp_path / "plans" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return plan
