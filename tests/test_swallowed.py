"""Words that became a comment because of a blank and a `#`."""

from __future__ import annotations

import pytest

from acctplan.config import Config
from acctplan.loader import load


def swallowed(text: str) -> list[tuple[int, int]]:
    loaded = load(text, "x.yaml", Config())
    assert loaded.plan is not None
    return [(one.location.line, one.location.column) for one in loaded.diagnostics if one.rule == "syntax/swallowed"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("profile: {name: X}\nrisks:\n  a:\n    what: Ask about PO #4711 and then\n", [(4, 24)]),
        ("profile:\n  name: X\n  industry: #1 in dairy\n", [(3, 13)]),
        ("profile: {name: X}\nrisks: {a: {what: Why}} #why\n", [(2, 25)]),
        ("profile: {name: X}  # a comment\n", []),
        ("profile: {name: X}  #: a sign\n", []),
        ("#commented: out\nprofile: {name: X}\n", []),
        ("profile: {name: X}\n  #industry: Food\n", []),
        ("profile:\n  name: 'Order #4711'\n", []),
        ("profile:\n  name: X\n  background: |\n    Order #4711\n", []),
        ("profile:\n  name: Order#4711\n", []),
        ("profile: {name: X}  #acctplan: ignore[contacts]: why\n", []),
    ],
)
def test_a_comment_glued_to_its_sign_behind_a_value_is_told(text, places):
    assert swallowed(text) == places
