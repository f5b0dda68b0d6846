"""The README shows what the commands really print, and says nothing of files that are not there."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from acctplan.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(\$ acctplan .*?)```", re.DOTALL)


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[[str], str]:
    """What a person sees who runs a command on the sample book for the first time, on a terminal without colours."""

    def output(command: str) -> str:
        program, *arguments = shlex.split(command.removeprefix("$ "))
        monkeypatch.setattr(sys, "argv", [program, *arguments])
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code in (0, 1)
        said = capsys.readouterr()
        lines = [line.rstrip() for line in (said.out + said.err).splitlines()]
        return "\n".join(lines).strip("\n") + "\n"

    for name, value in {"NO_COLOR": "1", "COLUMNS": "100", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shutil.copy(ROOT / "acctplan.toml", tmp_path)
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    return output


def test_the_output_of_every_command_is_real(output: Callable[[str], str], request: pytest.FixtureRequest):
    def shown(match: re.Match[str]) -> str:
        commands = [line for line in match[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "\n".join(f"{command}\n{output(command)}" for command in commands) + "```"

    text = README.read_text(encoding="utf-8")
    expected = _BLOCK.sub(shown, text)
    if request.config.getoption("--update-golden"):
        README.write_text(expected, encoding="utf-8")
        text = expected
    assert text == expected, "run pytest --update-golden and read what changed"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))])
def test_links_lead_somewhere(page: str):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    assert missing == []
