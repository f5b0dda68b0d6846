"""What the program says about itself, and how little it loads for that."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
import typer

from acctplan import __version__, render, report
from acctplan.cli.app import COMMANDS, app
from processes import process

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

HEAVY = ("pydantic", "ruamel", "_ruamel_yaml", "jinja2", "rich", "acctplan.model", "acctplan.config")


def command_lines() -> list[tuple[str, ...]]:
    """Every command, with those below groups."""
    found = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", {})
        found += [(name, inner) for inner in below] or [(name,)]
    return found


EVERY_COMMAND = pytest.mark.parametrize("command", command_lines(), ids=" ".join)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@EVERY_COMMAND
def test_every_command_explains_itself(run: Run, command: tuple[str, ...], flag: str):
    answer = run(*command, flag)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: acctplan {' '.join(command)} ")


@EVERY_COMMAND
def test_every_command_has_examples_with_options_that_it_has(run: Run, command: tuple[str, ...]):
    text = run(*command, "--help").out
    examples = re.findall(rf"^    acctplan {' '.join(command)}.*", text, re.MULTILINE)
    assert len(examples) >= 2
    known = re.findall(r"^  (?:(-\w), )?(--[\w-]+)", text, re.MULTILINE)
    used = {option for example in examples for option in re.findall(r"(?<= )--?[a-z][\w-]*", example.partition("#")[0].partition(" | ")[0])}
    assert used - {option for pair in known for option in pair} == set()


@EVERY_COMMAND
def test_help_fits_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]):
    monkeypatch.setenv("COLUMNS", "80")
    lines = [line for line in run(*command, "--help").out.splitlines() if not line.startswith("    acctplan ")]
    assert [line for line in lines if len(line) > 80] == []


def test_the_help_lists_every_command_with_its_whole_first_sentence(run: Run):
    answer = run("--help")
    assert answer.status == 0
    assert "..." not in answer.out.replace("[ARGS]...", "")
    positions = [answer.out.index(f"\n{job}:") for job in COMMANDS]
    assert positions == sorted(positions)
    for command in command_lines():
        assert re.search(rf"^  {command[0]} +\w", answer.out, re.MULTILINE)


def test_the_formats_that_help_names_are_those_there_are(run: Run):
    (named,) = re.findall(r"--format FORMAT +(.*?)\. ", " ".join(run("check", "--help").out.split()))
    assert re.split(r", | or ", named) == list(report.FORMATS)
    (named,) = re.findall(r"--format FORMAT +(.*?)\. ", " ".join(run("render", "--help").out.split()))
    assert re.split(r", | or ", named) == list(render.FILE_FORMATS)


def test_no_command_shows_the_help_and_is_a_slip(run: Run):
    answer = run()
    assert answer.status == 2
    assert "Usage: acctplan " in answer.out + answer.err


def test_the_version_is_one_line(run: Run):
    assert run("--version") == (0, f"acctplan {__version__}\n", "")


def test_the_version_goes_with_other_options(run: Run):
    assert run("--debug", "--version").out == f"acctplan {__version__}\n"


def in_a_process(arguments: list[str], folder: Path, **environment: str) -> tuple[str, list[str]]:
    """What a new process prints, and which of the heavy modules it had loaded by its end."""
    code = (
        "import sys\n"
        "from acctplan.cli import main\n"
        "try:\n    main()\n"
        f"finally:\n    print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = process([sys.executable, "-c", code, *arguments], folder, **environment)
    return done.stdout, done.stderr.split()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"], ["rank", "-h"], ["init", "-h"]], ids=" ".join)
def test_talking_about_itself_loads_nothing_heavy(tmp_path: Path, arguments: list[str]):
    out, heavy = in_a_process(arguments, tmp_path)
    assert out
    assert heavy == []


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("acctplan ch", ["check"]),
        ("acctplan check t", ["tallmo-bruk"]),
        ("acctplan rank ", ["brannhaven-terminals", "stadtwerke-auenfurt", "tallmo-bruk"]),
        ("acctplan new --from b", ["brannhaven-terminals"]),
        ("acctplan render --f", ["--format"]),
        ("acctplan check --level r", ["review"]),
        ("acctplan done cr", ["crew-training"]),
        ("acctplan log tallmo-bruk e", ["eva-sandell"]),
        ("acctplan move crane-rollout pr", ["proposal"]),
        ("acctplan set tallmo-bruk contacts.e", ["contacts.eva-sandell"]),
    ],
)
def test_a_tab_offers_what_fits_and_loads_nothing_heavy(book: Path, words: str, offered: list[str]):
    below = book / "plans"
    out, heavy = in_a_process([], below, _ACCTPLAN_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(words.count(" ")))
    assert out.split() == offered
    assert heavy == []
