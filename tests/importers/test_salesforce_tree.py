"""What the Salesforce command line writes: trees of JSON, with references instead of ids."""

from __future__ import annotations

import json
from typing import Any

import pytest
from exports import Book, account_id, extract
from hypothesis import given
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import Options, Outcome
from acctplan.importers.records import Activity, Link, Role, Source
from acctplan.importers.salesforce import IMPORTER
from acctplan.importers.salesforce.tree import sniff


def record(kind: str, ref: str = "", **cells: Any) -> dict[str, Any]:
    return {"attributes": {"type": kind, **({"referenceId": ref} if ref else {})}, **cells}


def file(name: str, *records: Any) -> tuple[str, bytes]:
    return name, json.dumps({"records": records}).encode()


ACCOUNTS = file(
    "Accounts.json",
    record("Account", "A1", Name="Meridian", Website="m.example", NumberOfEmployees=5200),
    record("Account", "A2", name="Halden"),
)
CONTACTS = file(
    "Contacts.json",
    record("Contact", "C1", LastName="Vos", FirstName="Lena", AccountId="@A1", ReportsToId="@C2"),
    record("Contact", "C2", lastname="de Boer", Email="h@m.example", AccountId="@A1"),
)
PLAN = ("data-plan.json", json.dumps([{"sobject": "Account", "files": ["Accounts.json", {"file": "Contacts.json"}]}]).encode())


def test_references_lead_from_file_to_file():
    found = extract(CONTACTS, ACCOUNTS, PLAN)
    assert [(each.name, each.id, each.employees) for each in found.accounts] == [("Meridian", None, 5200), ("Halden", None, None)]
    lena, henk = found.contacts
    assert (lena.name, lena.account) == ("Lena Vos", Link(name="Meridian", domain="m.example"))
    assert (lena.reports_to, henk.reports_to) == (Link(name="de Boer", email="h@m.example"), None)
    assert [(each.name, each.kind, each.rows) for each in found.files if each.kind is None] == [("data-plan.json", None, 0)]
    book = Book()
    assert book.bring_in(found).counts[Outcome.NEW] == 4
    assert "reports_to: de-boer" in book.texts["plans/meridian.yaml"]
    assert not any(plan.changes for plan in book.dry_run(found).plans)


def test_children_stand_in_their_parents():
    account = record(
        "Account",
        Name="Meridian",
        Contacts={"records": [record("Contact", "C1", LastName="Vos", Email="v@m.example")]},
        Opportunities={
            "records": [
                record(
                    "Opportunity",
                    Name="Cold stores",
                    StageName="Prospecting",
                    OpportunityContactRoles={"records": [record("OpportunityContactRole", ContactId="@C1", Role="Evaluator")]},
                )
            ]
        },
        ChildAccounts={"records": [record("Account", Name="Benelux")]},
        Tasks={"records": [record("Task", Subject="Call", Status="Completed", ActivityDate="2026-10-01", WhoId="@C1")]},
    )
    found = extract(file("tree.json", account))
    assert [(each.name, each.ownership, each.source.row) for each in found.accounts] == [
        ("Meridian", None, 1),
        ("Benelux", "subsidiary", 5),
    ]
    assert found.contacts[0].account == found.opportunities[0].account == Link(name="Meridian")
    vos = Link(name="Vos", email="v@m.example")
    assert found.roles == (Role(Source("tree.json", 4), Link(name="Cold stores"), vos, "Evaluator"),)
    assert [type(each) for each in found.activities] == [Activity]
    assert (found.activities[0].contact, found.activities[0].account.name) == (vos, "Meridian")


def test_a_query_with_ids_is_read_by_its_ids():
    account = record(
        "Account", Id=account_id(1), Name="Meridian", Owner={"attributes": {"type": "User"}, "Name": "Jana Kuhn"}, Industry=None
    )
    account["Contacts"] = {"totalSize": 1, "records": [record("Contact", LastName="Vos")]}
    content = json.dumps({"status": 0, "result": {"records": [account], "totalSize": 1, "done": True}}).encode()
    found = extract(("query.json", content))
    assert (found.accounts[0].id, found.contacts[0].account) == (account_id(1), Link(id=account_id(1)))
    assert found.accounts[0].owner == Link(name="Jana Kuhn")


def test_a_reference_that_leads_nowhere_is_told():
    found = extract(ACCOUNTS, file("Deals.json", record("Opportunity", Name="Lost", StageName="Prospecting", AccountId="@A2000")))
    (outcome,) = [row for row in Book().bring_in(found).rows if row.kind == "opportunity"]
    assert (outcome.outcome, outcome.source) == (Outcome.SKIPPED, Source("Deals.json", 1))


def test_a_reference_of_two_files_means_the_record_of_its_own():
    one = file("one.json", record("Account", "A", Name="First"), record("Contact", LastName="Vos", AccountId="@A"))
    other = file("two.json", record("Account", "A", Name="Second"), record("Contact", LastName="Smit", AccountId="@A"))
    third = file("three.json", record("Contact", LastName="Jansen", AccountId="@A"))
    found = extract(one, other, third)
    assert [(each.name, each.account) for each in found.contacts] == [
        ("Vos", Link(name="First")),
        ("Smit", Link(name="Second")),
        ("Jansen", Link(id="@A")),
    ]


def test_a_child_may_come_before_its_parent_and_the_parents_form_a_ring():
    found = extract(
        file("a.json", record("Account", "A1", Name="Child", ParentId="@A2"), record("Account", "A2", Name="Top", ParentId="@A1"))
    )
    assert [note.what for note in found.notes] == ["its parent account is Top", "its parent account is Child"]


def test_the_records_say_what_they_are_whatever_the_plan_says():
    wrong = ("plan.json", json.dumps([{"sobject": "Account", "files": ["Contacts.json"]}]).encode())
    assert len(extract(ACCOUNTS, CONTACTS, wrong).contacts) == 2


def test_other_objects_are_left_out_by_name():
    found = extract(ACCOUNTS, file("x.json", record("Travel_Expense__c", Name="lunch"), record("Lead", LastName="Vos")))
    assert [each.reason for each in found.files[1:]] == [
        "it holds Travel_Expense__c, of which a plan takes nothing",
        "it holds leads: they belong to no account until they are converted",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"records": [{"attributes": {}}]}', "x.json: record 1 does not say what it is"),
        (b'{"records": ["attributes"], "x": "attributes"}', "x.json: record 1 does not say what it is"),
        (b'{"attributes": {"type": "Account"}}', "x.json holds no list of records, as Salesforce's exports do"),
        (b'[{"sobject": "Account", "files": []}]', "none of these files is a Salesforce export of accounts, contacts, opportunities"),
        (b'{"attributes": ', "x.json: line 1, column 16: this is no JSON"),
    ],
)
def test_what_is_no_tree_is_refused(content, message):
    with pytest.raises(UserError) as caught:
        extract(("x.json", content))
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'\xef\xbb\xbf {"records": [{"attributes": {"type": "A"}}]}', True),
        ('{"records": [{"attributes": {}}]}'.encode("utf-16"), True),
        (b'[{"sobject": "Account"}]', True),
        (b'{"cik": 1, "facts": {}}', False),
        (b"Id,Name\n", False),
        (b"", False),
    ],
)
def test_a_tree_is_known_by_how_it_starts(content, expected):
    assert sniff("x", content) is expected


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["@A", "@B", "Vos", "2026-01-01", "", "TRUE"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["attributes", "type", "records", "Name", "LastName", "AccountId", "Contacts", "ParentId"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
RECORDS = st.builds(
    lambda kind, ref, cells: {**cells, "attributes": {"type": kind, "referenceId": ref}},
    st.sampled_from(["Account", "Contact", "Opportunity", "Task", "X"]),
    st.sampled_from(["A", "B", None]),
    st.dictionaries(
        st.sampled_from(["Name", "LastName", "AccountId", "ParentId", "StageName", "Contacts", "Owner", "WhoId"]), VALUES, max_size=5
    ),
)


@given(st.one_of(VALUES, st.builds(lambda records: {"records": records}, st.lists(RECORDS, max_size=4))))
def test_no_tree_does_harm(data: Any):
    content = b'{"attributes": 1, "records": ' + json.dumps(data.get("records") if isinstance(data, dict) else data).encode() + b"}"
    try:
        found = IMPORTER.extract([("x.json", content)], Options("d/m/y"))
    except UserError:
        return
    Book().bring_in(found)
