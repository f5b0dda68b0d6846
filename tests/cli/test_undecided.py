"""`acctplan import` on a terminal: who somebody is, is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminals import answer, end, spawn

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
profile: {name: Meridian Foods}
contacts:
  lena: {name: Lena Voss, title: Head of finance, email: voss@meridian.example}
"""
CONTACTS = (
    "Id,AccountId,Account Name,FirstName,LastName,Title,Email\n"
    "003A000000aaaaaIAA,001A000000aaaaaIAA,Meridian Foods,Lena,Vos,CFO,lena@meridian.example\n"
)
ASKED = "Which is it? Enter leaves it out, ? explains."


@pytest.fixture(autouse=True)
def _files(tmp_path: Path):
    (tmp_path / "plans").mkdir()
    texts = {"acctplan.toml": "", "plans/meridian.yaml": PLAN, "Contact.csv": CONTACTS}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "has_title"), [("lena", True), ("", False)], ids=["one that there is gets what it lacks", "Enter leaves it out"]
)
def test_who_somebody_is_is_asked_with_what_tells_people_apart(tmp_path: Path, said: str, has_title: bool):
    child = spawn(tmp_path, "import", "Contact.csv", "--prefer", "crm:title")
    child.expect_exact("contact Lena Vos (CFO, lena@meridian.example, Meridian Foods) in Contact.csv, row 2: it may be")
    child.expect_exact("lena: Lena Voss (Head of finance, voss@meridian.example, Meridian Foods)")
    answer(child, ASKED, "?")
    child.expect_exact("Type lena, if it is Lena Voss; new, if it is none that there is")
    answer(child, ASKED, "eva")
    child.expect_exact("eva is none of them. Type lena")
    answer(child, ASKED, said)
    status, told = end(child)
    assert ("title: CFO" in (tmp_path / "plans/meridian.yaml").read_text("utf-8")) is has_title, told
    assert (status, "left out until you say: 1" in told) == ((0, False) if has_title else (1, True))
