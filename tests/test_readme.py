"""The README shows what the commands really print, and says nothing of files that are not there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(\$ .*?)```", re.DOTALL)


def _shown(block: str) -> str:
    """A block with the output of each of its commands, in a plain pipe."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{command}\n{_output(command)}" for command in commands)


def _output(command: str) -> str:
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "acctplan"
    done = subprocess.run([sys.executable, "-m", "acctplan", *arguments], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_output_of_every_command_is_real(request: pytest.FixtureRequest):
    text = README.read_text(encoding="utf-8")
    expected = _BLOCK.sub(lambda match: f"```console\n{_shown(match[1])}```", text)
    if request.config.getoption("--update-golden"):
        README.write_text(expected, encoding="utf-8")
        text = expected
    assert text == expected, "run pytest --update-golden and read what changed"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))])
def test_links_lead_somewhere(page: str):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    assert missing == []
