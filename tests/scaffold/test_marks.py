"""A comment `# review: ...`, as a plan rolled forward has them, comes out as advice of its own."""

from __future__ import annotations

import pytest

from acctplan.config import Config, parse
from acctplan.diagnostic import Severity
from acctplan.loader import load
from acctplan.scaffold import roll_forward
from acctplan.scaffold.roll_forward import MARK
from paths import ROOT

NEXT = "think it through, then delete the comment"


def found(text: str) -> list[tuple[int, int, str]]:
    diagnostics = load(text, "plan.yaml", Config()).diagnostics
    return [(one.location.line, one.location.column, one.message) for one in diagnostics if one.rule == "plan/marked-for-review"]


def test_a_mark_is_advice_on_the_line_of_the_comment():
    loaded = load("profile:\n  # review: still in Utrecht?\n  name: Acme\n", "plans/acme.yaml", Config())
    assert loaded.plan is not None
    (mark,) = loaded.diagnostics
    assert (mark.rule, mark.severity) == ("plan/marked-for-review", Severity.ADVICE)
    assert (mark.message, mark.hint) == ("still in Utrecht?", NEXT)
    assert mark.location == ("plans/acme.yaml", 2, 3, 30)
    assert mark.source == "  # review: still in Utrecht?"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("profile: {name: Acme}\n", []),
        ("profile: {name: Acme}  # review: who?", [(1, 24, "who?")]),
        ("# review: one\n# review: two\nprofile: {name: Acme}\n# review: three", [(1, 1, "one"), (2, 1, "two"), (4, 1, "three")]),
        ("# review:\nprofile: {name: Acme}\n", [(1, 1, "to be thought through again")]),
        ("profile: {name: Acme, background: '# review: no'}\n", []),
        ("profile:\n  name: Acme\n  background: |\n    # review: no\n", []),
        ("# a review: no\n# Review: no\n#review: no\nprofile: {name: Acme}\n", []),
        ("\ufeff# review: one\r\nprofile: {name: Acme}\r\n", [(1, 2, "one")]),
    ],
)
def test_only_comments_that_begin_so_are_marks(text: str, marks: list[tuple[int, int, str]]):
    assert found(text) == marks


def test_marks_are_told_of_a_plan_with_errors_too_and_change_nothing_about_it():
    loaded = load("# review: who?\nprofile: {nmae: Acme}\n", "plan.yaml", Config())
    assert loaded.plan is None
    assert [one.rule for one in loaded.diagnostics] == ["plan/marked-for-review", "schema/missing-field", "schema/unknown-field"]


def test_each_mark_of_a_plan_rolled_forward_is_told():
    config = parse((ROOT / "acctplan.toml").read_text("utf-8"))
    before = load((ROOT / "plans" / "stadtwerke-auenfurt.yaml").read_text("utf-8"), "plan.yaml", config)
    assert before.document is not None
    assert before.plan is not None
    assert before.plan.profile.ends is not None
    after = roll_forward(before.document, before.plan, before.plan.profile.ends, Config())
    lines = [line.strip().removeprefix(f"# {MARK}") for line in after.splitlines() if f"# {MARK}" in line]
    assert [message for _, _, message in found(after)] == lines
    assert len(lines) == 6
