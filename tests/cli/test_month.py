"""A month in the life of an account: three people, twenty-odd commands, and a commit after each of them.

What each command did to the file is kept as a diff that somebody has read: it must show what was done and nothing else.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest

from paths import DATA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

PLAN = "norrland-dairy"


class Step(NamedTuple):
    """What somebody did on a day."""

    day: str
    who: str
    words: tuple[str, ...]
    status: int = 0


MONTH = (
    Step("2026-11-02", "Amira Haddad", ("set", PLAN, "profile.industry", "Dairy")),
    Step("2026-11-02", "Amira Haddad", ("add", "member", PLAN, "Jonas Weber", "role=Solution engineer", "email=jonas@ours.example")),
    Step("2026-11-02", "Amira Haddad", ("add", "member", PLAN, "Petra Lind", "role=Executive sponsor", "email=petra@ours.example")),
    Step("2026-11-03", "Amira Haddad", ("add", "contact", PLAN, "Maj Lindqvist", "title=CFO", "roles=decision_maker", "influence=high")),
    Step(
        "2026-11-03", "Amira Haddad", ("add", "contact", PLAN, "Olle Berg", "title=Plant manager", "reports_to=maj-lindqvist", "roles=user")
    ),
    Step("2026-11-04", "Jonas Weber", ("log", PLAN, "olle", "walked the plant with him: two old compressors")),
    Step(
        "2026-11-04",
        "Jonas Weber",
        ("add", "insight", PLAN, "Cut energy per litre by a fifth until 2029", "kind=goal", "owner=maj-lindqvist"),
    ),
    Step(
        "2026-11-05",
        "Amira Haddad",
        ("add", "opportunity", PLAN, "Compressor monitoring", "status=potential", "value=180,000", "close_date=2027-Q1"),
    ),
    Step(
        "2026-11-05",
        "Amira Haddad",
        (
            "add",
            "objective",
            PLAN,
            "Win the compressor monitoring",
            "category=revenue",
            "opportunities=compressor-monitoring",
            "owner=amira-haddad",
            "due=2027-Q1",
        ),
    ),
    Step("2026-11-05", "Amira Haddad", ("add", "strategy", PLAN, "Prove the saving in one plant", "to=win-the-compressor-monitoring")),
    Step(
        "2026-11-05",
        "Amira Haddad",
        ("add", "action", PLAN, "Measure for a week", "for=compressor-monitoring", "owner=jonas-weber", "due=fri"),
    ),
    Step("2026-11-09", "Jonas Weber", ("done", "measure-for-a-week", "--note", "31 % of the load is leaks")),
    Step("2026-11-10", "Jonas Weber", ("set", PLAN, "contacts.olle-berg.stance", "supportive")),
    Step("2026-11-10", "Amira Haddad", ("move", "compressor-monitoring", "qualification")),
    Step(
        "2026-11-12",
        "Petra Lind",
        ("review", PLAN, "--sign", "Get to the CFO before Christmas", "--by", "petra-lind", "--verdict", "changes_wanted"),
    ),
    Step("2026-11-16", "Petra Lind", ("log", PLAN, "maj", "lunch: the board wants the saving in writing")),
    Step("2026-11-16", "Petra Lind", ("set", PLAN, "contacts.maj-lindqvist.stance", "neutral")),
    Step(
        "2026-11-18",
        "Amira Haddad",
        (
            *("meeting", "hold", PLAN, "--attended", "maj, olle, amira, petra", "--expectations-met", "yes", "--purchasing", "as_planned"),
            *("--news-from-them", "A second plant is for sale", "--goal", "Decide on the pilot before the budget"),
            *("--action", "Send the saving in writing; jonas; +1w", "--next", "+3m"),
        ),
    ),
    Step("2026-11-19", "Amira Haddad", ("note", PLAN, "compressor-monitoring", "Maj decides up to 200,000 alone")),
    Step(
        "2026-11-20",
        "Jonas Weber",
        ("score", PLAN, "compressor-monitoring", "--card", "tas", "--answer", "event=+", "--evidence", "Budget round in December"),
    ),
    Step("2026-11-27", "Amira Haddad", ("actions", PLAN, "--late", "--carry-over", "+3d")),
    Step("2026-11-30", "Jonas Weber", ("done", PLAN, "send-the-saving-in-writing")),
    Step("2026-11-30", "Amira Haddad", ("move", "compressor-monitoring", "won", "--because", "The saving in writing")),
)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture
def by(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Has git know who works, and when."""

    def by(who: str, day: str) -> None:
        settings = {
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "user.name",
            "GIT_CONFIG_VALUE_0": who,
            "GIT_CONFIG_KEY_1": "user.email",
            "GIT_CONFIG_VALUE_1": f"{who.split(maxsplit=1)[0].lower()}@ours.example",
            "GIT_AUTHOR_DATE": f"{day}T12:00:00+0000",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00+0000",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return by


def changed_lines(folder: Path) -> str:
    """What the last commit did to the plan: the lines that went and those that came."""
    shown = git(folder, "show", "--format=", "--unified=0", "--", f"plans/{PLAN}.yaml")
    return "".join(f"{line}\n" for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def test_a_month_leaves_a_plan_whose_history_shows_what_was_done(
    run: Run, tmp_path: Path, by: Callable[[str, str], None], golden: Callable[[Path, str], None]
):
    by("Amira Haddad", "2026-11-02")
    git(tmp_path, "init", "-q", "-b", "main")
    assert run("init", "--currency", "EUR").status == 0
    assert run("new", "Norrland Dairy", "--starts", "2026-11-01").status == 0
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "a book")
    told = []
    for step in MONTH:
        by(step.who, step.day)
        answer = run(*step.words, "--today", step.day)
        assert answer.status == step.status, f"{step.words}: {answer.err}"
        git(tmp_path, "commit", "-q", "-a", "-m", " ".join(step.words))
        assert run("check", PLAN, "--fail-on", "error", "--today", step.day).status == 0, step.words
        told.append(f"{step.day} {step.who}: acctplan {' '.join(step.words)}\n{changed_lines(tmp_path)}")
    golden(DATA / "month.diff", "\n".join(told))
    golden(DATA / "month.yaml", (tmp_path / "plans" / f"{PLAN}.yaml").read_text(encoding="utf-8"))
