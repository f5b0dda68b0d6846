"""Nothing in a plan can move the cursor, hide or turn a line round."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acctplan.report import columns, visible

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "blns.json"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lena Vos, 4 % [net]", "Lena Vos, 4 % [net]"),
        ("\x1b[31mred\x07", "<U+001B>[31mred<U+0007>"),
        ("\x9b31m\x7f", "<U+009B>31m<U+007F>"),
        ("a\tb\r\nc", "a<U+0009>b<U+000D><U+000A>c"),
        ("\u202egnp.exe\u2066x\u2069\u200e\u061c", "<U+202E>gnp.exe<U+2066>x<U+2069><U+200E><U+061C>"),
        ("one\u2028two\u2029", "one<U+2028>two<U+2029>"),
        ("zero\u200bwidth\ufeff\u00ad", "zero<U+200B>width<U+FEFF><U+00AD>"),
        ("half \ud800", "half <U+D800>"),
        ("tag \U000e0041", "tag <U+E0041>"),
        ("no \ufffe\uffff\ufdd0\ufdef\U0001fffe\U0010ffff", "no <U+FFFE><U+FFFF><U+FDD0><U+FDEF><U+1FFFE><U+10FFFF>"),
        ("\ufdcf\ufdf0\ufffd\U0001fffd\n", "\ufdcf\ufdf0\ufffd\U0001fffd<U+000A>"),
        # What is no threat stays as it is: letters of every script, accents, emoji, fixed spaces, joiners of Persian and Hindi.
        ("Zoë 東京 Ωmega e\u0301 12\u00a0000 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", None),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, expected: str | None):
    assert visible(text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("Lena Vos", 8),
        ("Zoë", 3),
        ("Zoe\u0308", 3),
        ("東京", 4),
        ("\uff21\uff71", 3),
        ("\u0645\u06cc\u200c\u062e", 3),
        ("a\u20dd", 1),
        ("\u0e19\u0e31\u0e49\u0e19", 2),
    ],
)
def test_columns_of_a_terminal(text: str, expected: int):
    assert columns(text) == expected


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of naughty strings is not beside the project")
def test_naughty_strings_come_out_harmless():
    controls = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    shown = [visible(text) for text in json.loads(CORPUS.read_text("utf-8"))]
    assert [text for text in shown if controls.intersection(text)] == []
    assert "".join(shown).encode("utf-8")
