"""Whatever an export says: each row is accounted for, each new plan loads, a second import changes nothing, and human words stay."""

from __future__ import annotations

import pytest
from exports import Book, account_id, contact_id, extract, opportunity_id
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.edit import Set, apply
from acctplan.importers import FIELDS, Outcome, Preference
from hostile import naughty

# What no file in UTF-8 can hold is left out, and NUL, which costs a row its place.
HOSTILE = list(filter(None, (text.encode("utf-8", "ignore").decode().replace("\0", "") for text in naughty())))
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
NAMES = st.one_of(st.sampled_from(["Lena Vos", "lena vos", "Łena Vos", "田中", "N/A", ""]), WORDS)
MAYBE = st.one_of(st.just(""), WORDS)


def ids(make, most: int = 3):
    return st.sampled_from([make(number) for number in range(1, most + 1)] + [make(1)[:15], "", "000000000000000AAA", "nonsense"])


def rows(**cells):
    return st.lists(st.fixed_dictionaries(cells), max_size=4)


EXPORTS = st.fixed_dictionaries(
    {
        "accounts": rows(
            Id=ids(account_id),
            Name=NAMES,
            IsDeleted=st.sampled_from(["", "1", "x"]),
            Industry=MAYBE,
            Website=MAYBE,
            BillingCity=MAYBE,
            Ownership=st.sampled_from(["", "Public", "Listed"]),
            NumberOfEmployees=st.sampled_from(["", "70.0", "1,234", "-1", "1E9"]),
            Description=MAYBE,
            CurrencyIsoCode=st.sampled_from(["", "EUR", "USD", "?"]),
        ),
        "contacts": rows(
            Id=ids(contact_id),
            AccountId=ids(account_id),
            Name=NAMES,
            Title=MAYBE,
            ReportsToId=ids(contact_id),
            Email=MAYBE,
            LastActivityDate=st.sampled_from(["", "2026-01-31", "31.12.2026", "never"]),
            Description=MAYBE,
        ),
        "opportunities": rows(
            Id=ids(opportunity_id),
            AccountId=ids(account_id),
            Name=NAMES,
            StageName=st.sampled_from(["Prospecting", "Proposal/Price Quote", "Legal", "Closed Won", ""]),
            Amount=st.sampled_from(["", "420000", "$7,450,000.00 ", "1,234", "1e99", "-3"]),
            Probability=st.sampled_from(["", "10", "75", "33.3", "1000"]),
            CloseDate=st.sampled_from(["", "2027-01-31", "31/12/2027"]),
            Type=st.sampled_from(["", "Renewal", "Other"]),
            NextStep=MAYBE,
            Description=MAYBE,
            CurrencyIsoCode=st.sampled_from(["", "EUR", "USD"]),
        ),
        "roles": rows(
            OpportunityId=ids(opportunity_id),
            ContactId=ids(contact_id),
            Role=st.sampled_from(["", "Decision Maker", "Gatekeeper", "Influencer"]),
        ),
    }
)


@settings(max_examples=150)
@given(EXPORTS, EXPORTS, st.sets(st.sampled_from(FIELDS)))
def test_whatever_comes_twice_changes_once(first, second, fields):
    book = Book()
    for kinds in (first, second):
        export = extract(**kinds)
        imported = book.bring_in(export, prefer=Preference(crm=frozenset(fields)))
        assert sum(imported.counts.values()) == sum(file.rows for file in imported.files)
        assert all(loaded.plan is not None for loaded in book.plans().values())
        before = dict(book.texts)
        again = book.bring_in(export, prefer=Preference(crm=frozenset(fields)))
        assert book.texts == before
        assert not any(plan.changes for plan in again.plans)
        assert {row.outcome for row in again.rows} <= {Outcome.SAME, Outcome.KEPT, Outcome.UNSURE, Outcome.SKIPPED}


@settings(max_examples=60)
@given(EXPORTS, EXPORTS, st.booleans(), st.data())
def test_what_people_write_survives_every_import(first, second, is_remembered, data):
    book = Book()
    book.bring_in(extract(**first))
    if not is_remembered:
        book.memory.clear()
    written = {}
    for path, loaded in book.plans().items():
        plan = loaded.plan
        pointers = [("profile", "industry"), ("profile", "background"), *(("contacts", key, "title") for key in plan.contacts)]
        pointers += [("opportunities", key, "name") for key in plan.opportunities]
        written[path] = {pointer: data.draw(st.sampled_from(["ours", "It's: ours", "1 # 2"])) for pointer in pointers}
        book.texts[path] = "# by hand\n" + apply(loaded.read(), [Set(pointer, value) for pointer, value in written[path].items()]).text
    before = {path: book.data(path) for path in written}
    book.bring_in(extract(**second))
    for path, values in written.items():
        after = book.data(path)
        assert book.texts[path].startswith("# by hand\n")
        assert {pointer: said(after, pointer) for pointer in values} == values
        assert keys(before[path]) <= keys(after)
        if not is_remembered:
            assert_kept(before[path], after)


def said(data, pointer):
    for step in pointer:
        data = data[step]
    return data


def keys(data, above=()) -> set:
    """Every place where something stands."""
    if not isinstance(data, dict):
        return {above}
    return {above}.union(*(keys(value, (*above, key)) for key, value in data.items()))


def assert_kept(before, after):
    """Whatever stood in a plan stands in it still, but for days that have moved on."""
    for key, value in before.items():
        if isinstance(value, dict):
            assert_kept(value, after[key])
        elif key == "last_contact":
            assert value <= after[key]
        else:
            assert value == after[key]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_words_are_words(name):
    book = Book()
    account = {"Name": name, "Description": f"{name}\n{name}", "Industry": name}
    contact = {"AccountId": account_id(1), "Name": name, "Title": name}
    deal = {"AccountId": account_id(1), "Name": name, "StageName": name, "NextStep": name}
    export = extract(accounts=[account], contacts=[contact], opportunities=[deal])
    imported = book.bring_in(export)
    for loaded in book.plans().values():
        assert not loaded.diagnostics
        entry = next(iter(loaded.plan.contacts.values()))
        assert entry.name.split() == export.contacts[0].name.split()
        assert loaded.plan.profile.industry in (export.accounts[0].industry, None)
    assert sum(imported.counts.values()) == 3
    assert len(book.texts) == len(export.accounts)
    assert not any(plan.changes for plan in book.dry_run(export).plans)
