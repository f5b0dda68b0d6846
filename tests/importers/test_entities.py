"""What the importers of labelled columns share, and that no file is too damaged for them to say what became of it."""

from __future__ import annotations

import contextlib
from typing import get_args

import pytest
from crm_exports import EXPORTS, importer
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.config import Config
from acctplan.errors import UserError
from acctplan.importers import Options
from acctplan.importers.entities import Directory, columns_said
from acctplan.importers.entities.fields import parts, person
from acctplan.importers.records import NOBODY, Account, Contact, Link, Opportunity, Source
from acctplan.model.opportunities import Kind, Status
from acctplan.model.people import BuyingRole
from acctplan.model.profile import Ownership
from hostile import naughty

FILES = [(system, name) for system, files in EXPORTS.items() for name in files]
HOSTILE = [text for text in naughty() if text.isprintable() or "\n" in text]
CELLS = st.one_of(
    st.sampled_from(
        ["", "#N/A", "None", "45631", "1e999", "-3", "01/02/03", "--0203", "0000-00-00", ";", ";;a", "a@b", "(a@b)", "zcrm_", "%", "NaN"]
    ),
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize(
    ("header", "said", "expected"),
    [
        (["Deal - Title*", "Deal - Value"], {}, ("Deal - Title", "Deal - Value")),
        (["Deal - Title *", " Deal  -  Value"], {}, ("Deal - Title", "Deal - Value")),
        (["Geschäft - Titel*", "x"], {"geschäft - titel": "Deal - Title"}, ("Deal - Title", "x")),
        (["GESCHÄFT - TITEL"], {"Geschäft - Titel*": "Deal - Title"}, ("Deal - Title",)),
        (["", "*"], {}, ("", "")),
    ],
)
def test_columns_in_another_language(header, said, expected):
    assert columns_said(header, said) == expected
    assert columns_said(expected, said) == expected


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Lena Vos", Link(name="Lena Vos")),
        ("lena@okavi.example", Link(email="lena@okavi.example")),
        ("Lena Vos (lena@okavi.example)", Link(name="Lena Vos", email="lena@okavi.example")),
        ('"Vos, Lena" <lena@okavi.example>', Link(name="Vos, Lena", email="lena@okavi.example")),
        ("(lena@okavi.example)", Link(email="lena@okavi.example")),
        ("Lena Vos (Okavi)", Link(name="Lena Vos (Okavi)")),
    ],
)
def test_people_as_lists_name_them(text, link):
    assert person(text) == link


def test_parts_come_once_and_without_blanks():
    assert list(parts(" 5001; 5002;;5001 ", ";")) == ["5001", "5002"]


def test_a_directory_leads_from_whatever_is_named_to_its_account():
    here, named = Source("x.csv", 2), Directory()
    named.add(Account(here, "Okavi Oy", id="1"))
    named.add(Contact(here, "Lena Vos", account=Link("1"), id="2"))
    named.add(Opportunity(here, "Boiler", account=Link(name="Okavi Oy")))
    assert named.add("it has no name") == "it has no name"
    assert named.account(Link(name="okavi oy")) == Link("1", "Okavi Oy")
    assert named.account(Link("2", "somebody else")) == Link("1")
    assert named.account(Link(name="Boiler")) == Link(name="Okavi Oy")
    assert named.account(Link(name="Pumps")) == NOBODY
    assert (named.is_contact(Link(name="LENA VOS")), named.is_contact(Link(name="Okavi Oy")), named.is_contact(NOBODY)) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("system", EXPORTS)
def test_standard_words_mean_words_of_a_plan(system):
    words = importer(system).system.words
    assert words.stages
    assert {*words.stages.values()} <= {*Config().stages, *get_args(Status)}
    assert {*words.statuses.values()} <= {*get_args(Status)}
    assert {*words.kinds.values()} <= {*get_args(Kind)}
    assert {*words.roles.values()} <= {*get_args(BuyingRole)}
    assert {*words.ownerships.values()} <= {*get_args(Ownership)}


def accounted_for(system: str, name: str, content: bytes, options: Options) -> None:
    """Each row of a file that is used is a record or was skipped; whatever is wrong with the file is one UserError."""
    with contextlib.suppress(UserError):
        extracted = importer(system).extract([(name, content)], options)
        records = (
            extracted.accounts,
            extracted.contacts,
            extracted.opportunities,
            extracted.roles,
            extracted.activities,
            extracted.skipped,
        )
        assert len({each.source.row for kind in records for each in kind}) == sum(file.rows for file in extracted.files if file.kind)


@pytest.mark.parametrize(("system", "name"), FILES)
@settings(max_examples=25)
@given(st.data())
def test_damaged_bytes_are_a_matter_of_rows_or_of_one_error(system, name, data):
    content = EXPORTS[system][name].encode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 20)))
        content = content[:start] + data.draw(st.binary(max_size=8)) + content[end:]
    accounted_for(system, name, content, Options("d/m/y"))


@pytest.mark.parametrize(("system", "name"), FILES)
@settings(max_examples=40)
@given(st.data())
def test_whatever_stands_in_the_cells_each_row_is_accounted_for(system, name, data):
    header, _, _ = EXPORTS[system][name].partition("\n")
    width = header.count(",") + 1
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4))
    text = "\n".join([header, *(",".join(map(quoted, row)) for row in rows)])
    accounted_for(system, name, text.encode("utf-8", "surrogatepass"), data.draw(st.sampled_from([Options(), Options("d/m/y")])))
