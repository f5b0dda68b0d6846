"""Commands in a real terminal, as somebody types: what they ask there, and what a Tab offers."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from terminals import answer, end, spawn

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ("--today", "2026-11-21")


def test_add_asks_for_what_was_not_said(book: Path):
    child = spawn(book, "add", *TODAY)
    answer(child, "What do you add?", "cont")
    answer(child, "To which plan?", "tallmo")
    answer(child, "What is their name?", "Lars Ek")
    answer(child, "Title?", "Head of energy")
    answer(child, "Unit?", "")
    answer(child, "Reports to?", "eva-sandelx")
    child.expect("did you mean eva-sandell")
    answer(child, "Reports to?", "eva-sandell")
    answer(child, "Roles?", "evaluator, influencer")
    answer(child, "Stance?", "friendly")
    answer(child, "Stance?", "supportive")
    for question in ("Influence?", "Email?"):
        answer(child, question, "")
    assert end(child)[0] == 0
    text = (book / "plans" / "tallmo-bruk.yaml").read_text(encoding="utf-8")
    lines = text[text.index("  lars-ek:") :].splitlines()[:6]
    assert [line.strip() for line in lines] == [
        "lars-ek:",
        "name: Lars Ek",
        "title: Head of energy",
        "reports_to: eva-sandell",
        "roles: [evaluator, influencer]",
        "stance: supportive",
    ]


def test_add_leaves_everything_as_it_is_when_somebody_thinks_better_of_it(book: Path):
    before = (book / "plans" / "tallmo-bruk.yaml").read_bytes()
    child = spawn(book, "add", "objective", "tallmo-bruk", *TODAY)
    answer(child, "What do we want to reach?", "More")
    answer(child, "Category?", "")
    status, said = end(child)
    assert (status, said.splitlines()[-1]) == (0, "nothing was added")
    assert (book / "plans" / "tallmo-bruk.yaml").read_bytes() == before


def test_an_interrupted_question_writes_nothing(book: Path):
    before = (book / "plans" / "tallmo-bruk.yaml").read_bytes()
    child = spawn(book, "move", "km2-renewal", "won", *TODAY)
    child.expect("Why was .* won?")
    child.sendintr()
    assert end(child)[0] == 130
    assert (book / "plans" / "tallmo-bruk.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("acctplan don", "acctplan done "),
        ("acctplan done brannhaven-terminals crew", "crew-training"),
        ("acctplan log tallmo-bruk ev", "eva-sandell"),
    ],
)
def test_a_tab_completes_in_bash(book: Path, tmp_path: Path, typed: str, completed: str):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    program = tmp_path / "bin" / "acctplan"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m acctplan "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    child = spawn(book, "--norc", "-i", program=(bash,), PATH=f"{program.parent}:/usr/bin:/bin", PS1="> ")
    child.sendline('eval "$(_ACCTPLAN_COMPLETE=source_bash acctplan)"; echo rea""dy')
    child.expect("ready")
    child.send(f"{typed}\t")
    child.expect_exact(completed)
    child.sendcontrol("u")
    child.sendline("exit")
    assert end(child)[0] == 0
