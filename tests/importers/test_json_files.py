from __future__ import annotations

import contextlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import json_files
from paths import shared


def test_json_is_read_with_exact_numbers():
    assert json_files.read("a.json", b'\xef\xbb\xbf{"a": [1, 0.10, null, true, "\xc3\xa9"]}') == {
        "a": [1, Decimal("0.10"), None, True, "é"]
    }
    assert json_files.read("a.json", '{"a": 1}'.encode("utf-16")) == {"a": 1}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": 1,\n "b" 2}', "a.json: line 2, column 6: this is no JSON: expecting ':' delimiter"),
        (b"", "a.json: line 1, column 1: this is no JSON: expecting value"),
        (b'{"a": 1, "a": 2}', "a.json: the key 'a' stands twice in one object"),
        (b"[NaN]", "a.json: NaN is no number"),
        (b"[-Infinity]", "a.json: -Infinity is no number"),
        (b"[" * 100_000, "a.json: lists and objects lie more than 64 levels deep in each other"),
        (b"[" * 66 + b"]" * 66, "a.json: lists and objects lie more than 64 levels deep in each other"),
        (b"[" + b"1" * 10_000 + b"]", "a.json holds a number that is too long"),
        (b'{"a": "\xe9"}', "a.json is not in UTF-8, as JSON has to be"),
        ('{"ä": "ö'.encode() + b'\xff"}', "a.json is not in UTF-8, as JSON has to be"),
    ],
)
def test_what_leaves_doubt_is_refused(content, message):
    with pytest.raises(UserError) as caught:
        json_files.read("a.json", content)
    assert caught.value.message == message
    assert caught.value.hint


def test_a_file_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(json_files, "MAX_BYTES", 2)
    assert json_files.read("a.json", b"[]") == []
    with pytest.raises(UserError, match="3 bytes; at most 2 are read"):
        json_files.read("a.json", b"[1]")


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text()), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_what_json_writes_reads_back(value):
    assert json_files.read("a.json", json.dumps(value).encode()) == value


@given(st.binary())
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(UserError):
        assert json_files.read("a.json", content) == json_files.read("b.json", content)


def test_the_files_of_others_are_read():
    assert len(json_files.read("a.json", shared("data", "edgar-edgartools", "snowflake_companyfacts.json").read_bytes())["facts"]) > 1
