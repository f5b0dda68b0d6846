from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from exports import Book, account_id, contact_id, csv_file, extract, opportunity_id, short_id, whats

from acctplan.config import Config, Stage
from acctplan.diagnostic import format_pointer
from acctplan.errors import UserError
from acctplan.importers import FIELDS, Outcome, Preference

ACCOUNT = {"Name": "Meridian Foods"}
LENA = {"AccountId": account_id(1), "Name": "Lena Vos"}
TOM = {"AccountId": account_id(1), "Name": "Tom Bakker"}
DEAL = {"AccountId": account_id(1), "Name": "Cold stores", "StageName": "Proposal/Price Quote", "Probability": "75"}
STAMP = {"LastModifiedDate": "2026-10-01T09:09:50.000+0000"}
ROLE = {"OpportunityId": opportunity_id(1), "ContactId": contact_id(1), "Role": "Decision Maker"}

PLAN = f"""\
acctplan: 1
profile:
  name: Meridian Foods
  crm: {{salesforce: {short_id("001", 1)}}}   # as the browser shows it
contacts:
  lena:                                # ours since 2019
    name: Lena Vos
    title: CFO
    crm: {{salesforce: {contact_id(1)}}}
opportunities:
  cold: {{name: Cold stores, status: open, stage: proposal, value: 500_000, crm: {{salesforce: {opportunity_id(1)}}}}}
"""


def standing(text: str = PLAN, path: str = "plans/meridian.yaml") -> Book:
    return Book({path: text})


def pairs(differences) -> list[tuple[str, str | None, str]]:
    return [(format_pointer(each.pointer), each.plan, each.export) for each in differences]


def preferred(fields) -> Preference:
    """The CRM's word goes first in some fields."""
    return Preference.parse(["crm" if field == "all" else f"crm:{field}" for field in fields], FIELDS)


def outcomes(imported) -> list[str]:
    return [str(row.outcome) for row in imported.rows]


def test_an_account_that_nobody_has_a_plan_for_becomes_one():
    book = Book()
    book.bring_in(
        extract(
            accounts=[
                {
                    **ACCOUNT,
                    "Industry": "Chilled food",
                    "BillingCity": "Utrecht",
                    "BillingCountry": "NL",
                    "NumberOfEmployees": "52000",
                    "Ownership": "Public",
                    "TickerSymbol": "AMS: MRDF",
                    "Description": "Family-founded.\n\nListed since 2009.",
                }
            ],
            contacts=[
                {
                    **LENA,
                    "Title": "CFO",
                    "ReportsToId": contact_id(2),
                    "Email": "lena@meridian.example",
                    "LastActivityDate": "2026-09-30",
                    **STAMP,
                },
                {**TOM, "Title": "VP, Logistics", "Phone": "+31 30 1"},
            ],
            opportunities=[
                {
                    **DEAL,
                    "Amount": "420000",
                    "CloseDate": "2027-01-31",
                    "Type": "New Customer",
                    "NextStep": "Offer: send",
                    "Description": "Big.",
                },
                {**DEAL, "Name": "Pilot", "StageName": "Closed Lost", "Probability": "0"},
            ],
            roles=[ROLE, {**ROLE, "ContactId": contact_id(2), "Role": ""}],
        ),
        today=date(2026, 11, 22),
    )
    assert book.texts == {
        "plans/meridian-foods.yaml": f"""\
# yaml-language-server: $schema=../.acctplan/plan.schema.json
acctplan: 1

profile:
  name: Meridian Foods
  crm: {{salesforce: {account_id(1)}}}
  source: Salesforce
  as_of: 2026-11-22
  industry: Chilled food
  headquarters: Utrecht, NL
  employees: 52_000
  ownership: public
  ticker: 'AMS: MRDF'
  background: |-
    Family-founded.

    Listed since 2009.

contacts:
  lena-vos:
    name: Lena Vos
    title: CFO
    reports_to: tom-bakker
    email: lena@meridian.example
    crm: {{salesforce: {contact_id(1)}}}
    source: Salesforce
    as_of: 2026-10-01
    last_contact: 2026-09-30
  tom-bakker:
    name: Tom Bakker
    title: VP, Logistics
    phone: '+31 30 1'
    crm: {{salesforce: {contact_id(2)}}}
    source: Salesforce
    as_of: 2026-11-22

opportunities:
  cold-stores:
    name: Cold stores
    status: open
    stage: proposal
    kind: new
    value: 420_000
    close_date: 2027-01-31
    crm: {{salesforce: {opportunity_id(1)}}}
    source: Salesforce
    as_of: 2026-11-22
    buying_roles:
      lena-vos: {{role: decision_maker}}
      tom-bakker: {{}}
    next_step: 'Offer: send'
    notes: Big.
  pilot:
    name: Pilot
    status: lost
    crm: {{salesforce: {opportunity_id(2)}}}
    source: Salesforce
    as_of: 2026-11-22
"""
    }


def test_an_id_of_15_characters_is_written_in_its_long_form():
    book = Book()
    book.bring_in(extract(accounts=[{**ACCOUNT, "Id": "0015g00000XyZab"}]))
    assert book.data("plans/meridian-foods.yaml")["profile"]["crm"] == {"salesforce": "0015g00000XyZabAAF"}


def test_what_a_plan_lacks_is_filled_in_and_every_other_byte_stays():
    book = standing()
    imported = book.bring_in(
        extract(
            accounts=[{**ACCOUNT, "Industry": "Food"}],
            contacts=[{**LENA, "Email": "lena@meridian.example"}],
            opportunities=[{**DEAL, "Amount": "500000.00", "CloseDate": "2027-01-31"}],
        )
    )
    added = {
        f"salesforce: {short_id('001', 1)}}}   # as the browser shows it\n": "  industry: Food\n",
        f"    crm: {{salesforce: {contact_id(1)}}}\n": "    email: lena@meridian.example\n",
    }
    expected = PLAN
    for line, new in added.items():
        expected = expected.replace(line, line + new)
    expected = expected.replace(f"{opportunity_id(1)}}}}}", f"{opportunity_id(1)}}}, close_date: 2027-01-31}}")
    assert book.texts["plans/meridian.yaml"] == expected
    assert outcomes(imported) == ["changed", "changed", "changed"]
    assert pairs(imported.plans[0].taken) == [
        ("profile.industry", None, "Food"),
        ("contacts.lena.email", None, "lena@meridian.example"),
        ("opportunities.cold.close_date", None, "2027-01-31"),
    ]


def test_a_field_that_is_there_and_empty_is_filled_in():
    book = standing(PLAN.replace("    title: CFO\n", "    title:\n"))
    book.bring_in(extract(contacts=[{**LENA, "Title": "CFO"}]))
    assert book.texts["plans/meridian.yaml"] == PLAN


MOVED = {**DEAL, "Name": "Cold stores, all", "Amount": "420000", "StageName": "Negotiation/Review", "Probability": "90"}


def test_where_plan_and_crm_differ_the_plans_word_stays_and_is_reported():
    book = standing()
    imported = book.bring_in(extract(contacts=[{**LENA, "Title": "Chief Financial Officer"}], opportunities=[MOVED]))
    assert book.texts["plans/meridian.yaml"] == PLAN
    assert outcomes(imported) == ["conflict", "conflict"]
    (plan,) = imported.plans
    assert pairs(plan.conflicts) == [
        ("contacts.lena.title", "CFO", "Chief Financial Officer"),
        ("opportunities.cold.name", "Cold stores", "Cold stores, all"),
        ("opportunities.cold.stage", "proposal", "negotiation"),
        ("opportunities.cold.value", "500_000", "420_000"),
    ]
    assert {each.source.row for each in plan.conflicts} == {2}


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        (["value"], {"value": "420_000"}),
        (["stage", "value"], {"stage": "negotiation", "value": "420_000"}),
        (["probability", "value"], {"value": "420_000"}),
        (["all"], {"name": "Cold stores, all", "stage": "negotiation", "value": "420_000"}),
    ],
)
def test_fields_in_which_the_crm_goes_first_are_brought_over(fields, taken):
    book = standing()
    before = book.data("plans/meridian.yaml")["opportunities"]["cold"]
    imported = book.bring_in(extract(opportunities=[MOVED]), prefer=preferred(fields))
    assert book.data("plans/meridian.yaml")["opportunities"]["cold"] == before | taken
    assert outcomes(imported) == ["changed"]


def test_an_opportunity_won_in_the_crm_is_reported_and_brought_over_when_asked():
    won = extract(opportunities=[{**DEAL, "StageName": "Closed Won", "Probability": "100"}])
    book = standing()
    assert pairs(book.dry_run(won).plans[0].conflicts) == [("opportunities.cold.status", "open", "won")]
    book.bring_in(won, prefer=preferred(["status", "stage", "probability"]))
    assert book.texts["plans/meridian.yaml"] == PLAN.replace("status: open", "status: won")


@pytest.mark.parametrize("fields", [["values"], ["crm"], [""]])
def test_a_field_that_no_crm_gives_is_refused(fields):
    with pytest.raises(UserError, match="comes from a CRM"):
        standing().dry_run(extract(opportunities=[DEAL]), prefer=preferred(fields))


def test_a_field_that_is_misspelt_is_guessed_at():
    with pytest.raises(UserError) as caught:
        standing().dry_run(extract(opportunities=[DEAL]), prefer=preferred(["vlaue"]))
    assert caught.value.hint == "did you mean value?"


@pytest.mark.parametrize(
    ("own", "stage", "percent", "expected"),
    [
        pytest.param("", "Proposal/Price Quote", "75", {}, id="the stage's own says nothing"),
        pytest.param("", "Proposal/Price Quote", "40", {"probability": "0.4"}, id="another in the same stage is news"),
        pytest.param("", "Proposal/Price Quote", "", {}, id="none"),
        pytest.param(", probability: 0.5", "Proposal/Price Quote", "40", {"probability": "0.5"}, id="the plan's own stays"),
        pytest.param(", probability: 0.40", "Proposal/Price Quote", "40", {"probability": "0.40"}, id="the same stays as it is written"),
        pytest.param("", "Qualification", "30", {}, id="in another stage the plan's stage goes on to tell"),
        pytest.param("", "Unheard of", "30", {}, id="of an unknown stage too"),
    ],
)
def test_a_probability_is_filled_in_only_where_the_stage_does_not_tell_it(own, stage, percent, expected):
    book = standing(PLAN.replace("stage: proposal", f"stage: proposal{own}"))
    book.bring_in(extract(opportunities=[{**DEAL, "StageName": stage, "Probability": percent}]))
    made = book.data("plans/meridian.yaml")["opportunities"]["cold"]
    assert {key: made[key] for key in made if key == "probability"} == expected
    assert made["stage"] == "proposal"


def test_without_a_stage_the_probability_is_filled_in():
    book = standing(PLAN.replace(" stage: proposal,", ""))
    book.bring_in(extract(opportunities=[{**DEAL, "StageName": "Unheard of", "Probability": "30"}]))
    assert book.data("plans/meridian.yaml")["opportunities"]["cold"]["probability"] == "0.3"


def test_the_probability_of_an_opportunity_that_the_plan_has_closed_is_left_alone():
    book = standing(PLAN.replace("status: open", "status: lost"))
    imported = book.bring_in(extract(opportunities=[{**DEAL, "Probability": "40"}]))
    assert pairs(imported.plans[0].conflicts) == [("opportunities.cold.status", "lost", "open")]
    assert not imported.plans[0].changes


@pytest.mark.parametrize(
    ("stage", "percent", "expected"),
    [("Proposal/Price Quote", "75", None), ("Proposal/Price Quote", "0.0", "0"), ("Unheard of", "75", "0.75"), ("Prospecting", "", None)],
)
def test_a_new_opportunity_has_a_probability_only_where_its_stage_has_another(stage, percent, expected):
    book = Book()
    book.bring_in(extract(accounts=[ACCOUNT], opportunities=[{**DEAL, "StageName": stage, "Probability": percent}]))
    assert book.data("plans/meridian-foods.yaml")["opportunities"]["cold-stores"].get("probability") == expected


def test_an_unknown_stage_is_left_out_and_told_with_what_to_do():
    imported = Book().dry_run(extract(accounts=[ACCOUNT], opportunities=[{**DEAL, "StageName": 'Legal "Q"'}] * 1))
    assert "stage:" not in imported.plans[0].text
    (note,) = [note for note in imported.notes if "stage" in note.what]
    assert note.what == "the stage 'Legal \"Q\"' is none of the settings' stages; left out"
    assert note.hint == ('say in acctplan.toml which it is, under [import.salesforce.stages]: "Legal \\"Q\\"" = "…", then import again')


def test_stages_are_those_of_the_settings_whatever_their_case():
    config = Config(stages={"talks": Stage(probability=Decimal("0.75"), salesforce=("proposal/price quote ",))})
    book = Book(config=config)
    book.bring_in(extract(accounts=[ACCOUNT], opportunities=[DEAL]))
    assert book.data("plans/meridian-foods.yaml")["opportunities"]["cold-stores"]["stage"] == "talks"


def test_new_entries_go_into_a_standing_plan():
    book = standing()
    imported = book.bring_in(extract(accounts=[ACCOUNT], contacts=[LENA, TOM], opportunities=[DEAL, {**DEAL, "Name": "Plants"}]))
    data = book.data("plans/meridian.yaml")
    assert list(data["contacts"]) == ["lena", "tom-bakker"]
    assert list(data["opportunities"]) == ["cold", "plants"]
    assert outcomes(imported) == ["same", "same", "new", "same", "new"]
    assert "# ours since 2019" in book.texts["plans/meridian.yaml"]


def test_sections_that_a_standing_plan_does_not_have_are_added():
    book = standing(f"profile: {{name: Meridian Foods, crm: {{salesforce: {account_id(1)}}}}}\ncontacts:   # nobody yet\n")
    imported = book.bring_in(extract(contacts=[LENA, TOM], opportunities=[DEAL]))
    assert [edit.pointer for edit in imported.plans[0].edits] == [("contacts",), ("opportunities",)]
    data = book.data("plans/meridian.yaml")
    assert [list(data["contacts"]), list(data["opportunities"])] == [["lena-vos", "tom-bakker"], ["cold-stores"]]
    assert "# nobody yet" in book.texts["plans/meridian.yaml"]


def test_of_two_entries_with_one_id_the_first_is_meant():
    text = PLAN.replace("opportunities:", f"  other: {{name: Somebody else, crm: {{salesforce: {contact_id(1)}}}}}\nopportunities:")
    assert outcomes(standing(text).dry_run(extract(contacts=[{**LENA, "Title": "CFO"}]))) == ["same"]


def test_entries_that_are_not_in_the_export_stay():
    book = standing()
    imported = book.bring_in(extract(accounts=[ACCOUNT]))
    assert book.texts["plans/meridian.yaml"] == PLAN
    assert outcomes(imported) == ["same"]


def test_a_second_import_changes_nothing():
    book = standing()
    export = extract(
        accounts=[ACCOUNT, {"Name": "Other"}],
        contacts=[{**LENA, "ReportsToId": contact_id(2)}, {**TOM, "Description": "One.\n\nTwo."}],
        opportunities=[{**DEAL, "Amount": "1"}, {**DEAL, "Name": "Plants", "Description": "=cmd()"}],
        roles=[ROLE, {**ROLE, "ContactId": contact_id(2), "Role": "Gatekeeper"}],
    )
    book.bring_in(export)
    before = dict(book.texts)
    again = book.bring_in(export)
    assert book.texts == before
    assert not any(plan.changes for plan in again.plans)
    assert {row.outcome for row in again.rows} == {Outcome.SAME, Outcome.CONFLICT}


def value_of(book: Book) -> int:
    return int(book.data("plans/meridian.yaml")["opportunities"]["cold"]["value"])


def with_value(value: int, **more: str):
    deal = {"AccountId": account_id(1), "Name": "Cold stores", "StageName": "Proposal/Price Quote", "CurrencyIsoCode": "EUR"}
    return extract(opportunities=[{**deal, "Amount": str(value), **more}])


@pytest.mark.parametrize(("stamp", "after"), [({}, 700_000), (STAMP, 500_000)])
def test_what_a_person_wrote_is_no_word_of_the_source_when_it_comes_back_from_the_plan(stamp, after):
    book = standing()
    book.bring_in(with_value(500_000), today=date(2026, 9, 1))
    book.texts["plans/meridian.yaml"] = book.texts["plans/meridian.yaml"].replace("500_000", "700_000")
    assert outcomes(book.bring_in(with_value(700_000, **stamp))) == ["same"]
    book.bring_in(with_value(500_000))
    assert value_of(book) == after


def test_a_conflict_is_told_until_it_is_settled():
    book = standing()
    book.bring_in(with_value(500_000))
    book.texts["plans/meridian.yaml"] = book.texts["plans/meridian.yaml"].replace("500_000", "700_000")
    for _ in range(3):
        imported = book.bring_in(with_value(600_000))
        assert outcomes(imported) == ["conflict"]
        assert [each.changed for each in imported.plans[0].conflicts] == ["both"]
        remembered = imported.plans[0].memory
        assert book.bring_in(with_value(600_000)).plans[0].memory == remembered
    assert value_of(book) == 700_000
    assert outcomes(book.bring_in(with_value(600_000), prefer=Preference(plan=frozenset(["value"])))) == ["kept"]
    assert outcomes(book.bring_in(with_value(600_000))) == ["kept"]


def test_a_conflict_of_which_nothing_is_known_is_told_until_both_say_the_same():
    book = standing()
    for _ in range(2):
        imported = book.bring_in(with_value(600_000))
        assert (outcomes(imported), [each.changed for each in imported.plans[0].conflicts]) == (["conflict"], [None])
    book.texts["plans/meridian.yaml"] = book.texts["plans/meridian.yaml"].replace("500_000", "600_000")
    assert outcomes(book.bring_in(with_value(600_000))) == ["same"]
    assert outcomes(book.bring_in(with_value(650_000))) == ["changed"]


def test_how_a_text_is_broken_into_lines_is_no_difference():
    book = standing(PLAN.replace("    title: CFO\n", "    title: CFO\n    notes: |\n      Met in Ghent.\n      Likes data.\n"))
    imported = book.bring_in(extract(contacts=[{**LENA, "Title": "CFO", "Description": "Met in Ghent. Likes  data."}]))
    assert outcomes(imported) == ["same"]


def test_one_e_mail_for_everybody_merges_nobody():
    book = Book()
    book.bring_in(
        extract(accounts=[ACCOUNT], contacts=[{**LENA, "Email": "demo@ours.example"}, {**TOM, "Email": "demo@ours.example"}, TOM])
    )
    assert list(book.data("plans/meridian-foods.yaml")["contacts"]) == ["lena-vos", "tom-bakker", "tom-bakker-2"]


def test_two_accounts_of_one_name_are_two_plans():
    book = Book()
    imported = book.bring_in(extract(accounts=[{"Name": "Nissan"}, {"Name": "NISSAN "}]))
    assert list(book.texts) == ["plans/nissan.yaml", "plans/nissan-2.yaml"]
    assert whats(imported) == ["nissan.yaml has the same name and another Salesforce id; nissan-2.yaml was made besides"]


def test_ids_are_matched_in_either_form_and_case_counts():
    book = Book({"plans/a.yaml": "profile: {name: A, crm: {salesforce: 0015g00000XyZabAAF}}\n"})
    imported = book.dry_run(extract(accounts=[{"Id": "0015g00000XyZab", "Name": "A"}, {"Id": "0015g00000XyzAb", "Name": "B"}]))
    assert [plan.path for plan in imported.plans] == ["plans/a.yaml", "b.yaml"]


@pytest.mark.parametrize("name", ["Meridian  foods", "Méridian Foods B.V.", "Meridian Foods, Inc."])
def test_a_plan_of_the_same_name_without_an_id_is_the_accounts_and_gets_its_id(name):
    book = Book({"plans/old/Meridian-Foods.yml": f"profile: {{name: '{name}'}}\n"})
    imported = book.bring_in(extract(accounts=[ACCOUNT]))
    assert list(book.texts) == ["plans/old/Meridian-Foods.yml"]
    assert book.data("plans/old/Meridian-Foods.yml")["profile"]["crm"] == {"salesforce": account_id(1)}
    assert not imported.notes


def test_a_plan_that_has_another_id_is_never_the_same_whatever_its_name():
    book = Book({"plans/meridian-foods.yaml": f"profile: {{name: Meridian Foods, crm: {{salesforce: {account_id(9)}}}}}\n"})
    imported = book.bring_in(extract(accounts=[ACCOUNT]))
    assert list(book.texts) == ["plans/meridian-foods.yaml", "plans/meridian-foods-2.yaml"]
    assert whats(imported) == [
        "plans/meridian-foods.yaml has the same name and another Salesforce id; meridian-foods-2.yaml was made besides"
    ]


def test_an_entry_of_the_same_name_without_an_id_is_the_same_and_gets_its_id():
    book = standing(PLAN.replace(f"    crm: {{salesforce: {contact_id(1)}}}\n", ""))
    imported = book.bring_in(extract(contacts=[LENA]))
    assert list(book.data("plans/meridian.yaml")["contacts"]) == ["lena"]
    assert book.texts["plans/meridian.yaml"] == PLAN
    assert outcomes(imported) == ["changed"]


def test_an_entry_that_stands_in_another_plan_is_told():
    book = standing()
    imported = book.bring_in(extract(accounts=[{"Id": account_id(2), "Name": "Other"}], contacts=[{**LENA, "AccountId": account_id(2)}]))
    assert whats(imported) == ["stands in plans/meridian.yaml as well, by its Salesforce id"]
    assert book.texts["plans/meridian.yaml"] == PLAN


@pytest.mark.parametrize("accounts", [["Meridian Foods"], ["meridian  foods"], [account_id(1)], [short_id("001", 1)]])
def test_only_the_accounts_that_were_asked_for_come_in(accounts):
    export = extract(accounts=[ACCOUNT, {"Name": "Other"}], contacts=[LENA, {"AccountId": account_id(2), "Name": "Eve"}])
    imported = Book().dry_run(export, accounts=accounts)
    assert [plan.path for plan in imported.plans] == ["meridian-foods.yaml"]
    assert [(row.source.row, row.reason) for row in imported.rows if row.outcome is Outcome.SKIPPED] == [
        (3, "its account was not asked for")
    ] * 2


def test_of_rows_that_are_left_out_nothing_else_is_told():
    deals = [{**DEAL, "CloseDate": "01/02/26"}, {**DEAL, "AccountId": account_id(2), "CloseDate": "01/31/26", "Type": "Odd"}]
    export = extract(accounts=[ACCOUNT, {"Name": "Other", "Ownership": "Listed"}], opportunities=deals)
    assert whats(Book().dry_run(export, accounts=["Meridian Foods"])) == [
        "the dates in CloseDate are read as month/day/year, all that this row allows"
    ]


def test_an_account_can_be_asked_for_by_the_name_that_its_plan_has():
    book = standing(PLAN.replace("name: Meridian Foods", "name: Meridian Group"))
    assert [plan.path for plan in book.dry_run(extract(accounts=[ACCOUNT]), accounts=["Meridian Group"]).plans] == ["plans/meridian.yaml"]


def test_an_account_that_is_not_there_is_refused():
    with pytest.raises(UserError) as caught:
        Book().dry_run(extract(accounts=[ACCOUNT]), accounts=["Meridian Food"])
    assert (caught.value.message, caught.value.hint) == ("no account Meridian Food in these files", "did you mean Meridian Foods?")


def reasons(imported) -> list[str]:
    return [row.reason for row in imported.rows if row.outcome is Outcome.SKIPPED]


FLOW = f"{{profile: {{name: M, crm: {{salesforce: {account_id(1)}}}}}, contacts: {{a: {{name: A}}}}}}  # all in one\n"


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        pytest.param({"plans/m.yaml": PLAN + "nonsense: 1\n"}, "plans/m.yaml has mistakes; correct them first", id="not a good plan"),
        pytest.param(
            {"plans/meridian-foods.yaml": "profile: ["},
            "plans/meridian-foods.yaml cannot be read and may be its account's plan; correct it first",
            id="not readable",
        ),
        pytest.param(
            {"plans/a.yaml": PLAN, "plans/b.yaml": PLAN},
            "its account's id stands in several plans, and no period is the latest: plans/a.yaml, plans/b.yaml; "
            "take the id out of all but one",
            id="two of one account",
        ),
        pytest.param({"plans/m.yaml": FLOW}, "", id="unusual but fine"),
    ],
)
def test_a_plan_that_cannot_be_trusted_is_left_alone(texts, reason):
    book = Book(dict(texts))
    imported = book.bring_in(extract(accounts=[ACCOUNT], contacts=[LENA], opportunities=[DEAL]))
    assert reasons(imported) == ([reason] * 3 if reason else [])
    assert (book.texts == texts) is bool(reason)


def test_a_plan_that_cannot_be_edited_is_left_alone_and_the_others_go_on():
    odd = f"? profile\n: ? name\n  : Meridian Foods\n  ? crm\n  : ? salesforce\n    : {account_id(1)}\n"
    book = Book({"plans/odd.yaml": odd})
    imported = book.bring_in(extract(accounts=[{**ACCOUNT, "Industry": "Food"}, {"Name": "Other"}]))
    assert [reason.split(":")[0] for reason in reasons(imported)] == ["plans/odd.yaml"]
    assert book.texts["plans/odd.yaml"] == odd
    assert "plans/other.yaml" in book.texts


def test_an_unreadable_plan_of_who_knows_whom_is_mentioned():
    imported = Book({"plans/zzz.yaml": "a: ["}).dry_run(extract(accounts=[ACCOUNT]))
    assert whats(imported) == ["plans/zzz.yaml cannot be read, so nobody knows which account it is of; it was left alone"]
    assert [plan.path for plan in imported.plans] == ["meridian-foods.yaml"]


def test_a_new_plan_that_would_be_too_large_to_read_is_not_made():
    long = [{**DEAL, "Description": "x " * 65_000}] * 9
    imported = Book().dry_run(extract(accounts=[ACCOUNT], opportunities=long))
    assert not imported.plans
    assert len(reasons(imported)) == 10
    assert reasons(imported)[0].startswith("meridian-foods.yaml could not be read afterwards: the file has 1,")


def test_rows_of_an_account_that_is_nowhere_are_skipped():
    imported = Book().dry_run(extract(contacts=[LENA], opportunities=[DEAL], roles=[{**ROLE, "OpportunityId": opportunity_id(9)}]))
    *accounts, opportunity = reasons(imported)
    hint = "import the file of accounts too, make plans with --new, or name theirs with --plan"
    said = f"its account is in no plan and in none of these files; {hint}"
    assert accounts == [said, said]
    assert opportunity == "its opportunity is in no plan, and Opportunity.csv does not bring it"


def test_who_reports_to_whom():
    people = [
        {**LENA, "ReportsToId": contact_id(2)},
        {**TOM, "ReportsToId": contact_id(1)},
        {**TOM, "Name": "Self", "ReportsToId": contact_id(3)},
        {**TOM, "Name": "Away", "ReportsToId": contact_id(9)},
        {**TOM, "Name": "Astray", "ReportsToId": contact_id(6)},
        {"AccountId": account_id(2), "Name": "Eve"},
    ]
    book = Book()
    imported = book.bring_in(extract(accounts=[ACCOUNT, {"Name": "Other"}], contacts=people))
    lines = {key: entry.get("reports_to") for key, entry in book.data("plans/meridian-foods.yaml")["contacts"].items()}
    assert lines == {"lena-vos": "tom-bakker", "tom-bakker": None, "self": None, "away": None, "astray": None}
    assert whats(imported) == [
        "reports to somebody who is not in the export, nor in the plan; the line was left out",
        "reports to a contact of another account; the line was left out",
        "reports to somebody who reports to them; the line was left out",
        "reports to somebody who reports to them; the line was left out",
    ]


TWO = PLAN.replace("opportunities:", f"  tom: {{name: Tom Bakker, reports_to: lena, crm: {{salesforce: {contact_id(2)}}}}}\nopportunities:")


def test_a_reporting_line_never_closes_a_circle_with_the_plans_own():
    book = standing(TWO)
    imported = book.bring_in(extract(contacts=[{**LENA, "ReportsToId": contact_id(2)}]))
    assert book.texts["plans/meridian.yaml"] == TWO
    assert whats(imported) == ["reports to somebody who reports to them; the line was left out"]


def test_a_reporting_line_can_be_turned_round_where_the_crm_goes_first():
    book = standing(TWO)
    rows = [
        {**LENA, "Id": contact_id(1), "ReportsToId": contact_id(2)},
        {**TOM, "Id": contact_id(2), "ReportsToId": contact_id(3)},
        {**LENA, "Id": contact_id(3), "Name": "Henk"},
    ]
    export = extract(contacts=rows)
    assert pairs(book.dry_run(export).plans[0].conflicts) == [("contacts.tom.reports_to", "lena", "henk")]
    book.bring_in(export, prefer=preferred(["reports_to"]))
    people = book.data("plans/meridian.yaml")["contacts"]
    assert [people[key].get("reports_to") for key in ("lena", "tom", "henk")] == ["tom", "henk", None]
    assert not book.dry_run(export, prefer=preferred(["reports_to"])).plans[0].changes


@pytest.mark.parametrize(
    ("buyers", "role", "expected", "outcome"),
    [
        ("", "Decision Maker", {"lena": {"role": "decision_maker"}}, "new"),
        ("", "Gatekeeper", {"lena": {}}, "new"),
        (", buying_roles: {lena: {}}", "Decision Maker", {"lena": {"role": "decision_maker"}}, "changed"),
        (", buying_roles: {lena: {stance: negative}}", "Influencer", {"lena": {"stance": "negative", "role": "influencer"}}, "changed"),
        (", buying_roles: {lena: {role: user}}", "Decision Maker", {"lena": {"role": "user"}}, "conflict"),
        (", buying_roles: {lena: {role: user}}", "Business User", {"lena": {"role": "user"}}, "same"),
        (", buying_roles: {lena: {role: user}}", "", {"lena": {"role": "user"}}, "same"),
    ],
)
def test_roles_in_a_standing_opportunity(buyers, role, expected, outcome):
    book = standing(PLAN.replace("value: 500_000", f"value: 500_000{buyers}"))
    imported = book.bring_in(extract(roles=[{**ROLE, "Role": role}]))
    assert book.data("plans/meridian.yaml")["opportunities"]["cold"]["buying_roles"] == expected
    assert outcomes(imported) == [outcome]


def test_roles_that_fit_nowhere_are_skipped():
    book = Book()
    imported = book.bring_in(
        extract(
            accounts=[ACCOUNT, {"Name": "Other"}],
            contacts=[LENA, {"AccountId": account_id(2), "Name": "Eve"}],
            opportunities=[DEAL],
            roles=[ROLE, {**ROLE, "Role": "Influencer"}, {**ROLE, "ContactId": contact_id(2)}, {**ROLE, "ContactId": contact_id(9)}],
        )
    )
    assert book.data("plans/meridian-foods.yaml")["opportunities"]["cold-stores"]["buying_roles"] == {
        "lena-vos": {"role": "decision_maker"}
    }
    assert reasons(imported) == [
        "its contact has a role in this opportunity already, by row 2",
        "its contact is of another account",
        "its contact is not in the export, nor in the plan",
    ]


@pytest.mark.parametrize(
    ("account", "deals", "currency", "values", "told"),
    [
        ("", ["", ""], None, ["1", "1"], ["the amount names no currency; taken to be EUR"] * 2),
        ("USD", ["USD", "EUR"], "USD", ["1", None], ["the amount is in EUR, the plan in USD; left out"]),
        ("USD", ["", ""], "USD", ["1", "1"], []),
        ("", ["USD", "USD"], "USD", ["1", "1"], []),
        ("", ["USD", "EUR"], None, [None, "1"], ["the amount is in USD, the plan in EUR; left out"]),
    ],
)
def test_amounts_of_another_currency_are_left_out(account, deals, currency, values, told):
    book = Book()
    rows = [{**DEAL, "Name": f"Deal {number}", "Amount": "1", "CurrencyIsoCode": code} for number, code in enumerate(deals)]
    imported = book.bring_in(extract(accounts=[{**ACCOUNT, "CurrencyIsoCode": account}], opportunities=rows))
    data = book.data("plans/meridian-foods.yaml")
    assert data["profile"].get("currency") == currency
    assert [entry.get("value") for entry in data["opportunities"].values()] == values
    assert whats(imported) == told


def test_a_standing_plan_keeps_the_currency_that_it_does_not_name():
    book = standing()
    imported = book.bring_in(
        extract(accounts=[{**ACCOUNT, "CurrencyIsoCode": "USD"}], opportunities=[{**DEAL, "Amount": "420000", "CurrencyIsoCode": "USD"}])
    )
    assert book.texts["plans/meridian.yaml"] == PLAN
    assert whats(imported) == ["the amount is in USD, the plan in EUR; left out"]


def test_amounts_without_a_currency_are_said_to_be_taken_as_the_plans():
    book = standing(PLAN.replace("name: Meridian Foods", "name: Meridian Foods\n  currency: SEK"))
    assert whats(book.dry_run(extract(opportunities=[{**DEAL, "Amount": "1"}]))) == ["the amount names no currency; taken to be SEK"]


def test_every_row_is_accounted_for():
    export = extract(
        csv_file("Opportunity.csv", []),
        ("Lead.csv", b"Id,Company\n1,x\n"),
        accounts=[ACCOUNT, {"Name": "Other", "IsDeleted": "1"}, {"Name": ""}],
        contacts=[LENA, TOM, {**TOM, "AccountId": account_id(7)}, {**TOM, "AccountId": ""}, {**TOM, "Id": contact_id(1)}],
        roles=[ROLE, {**ROLE, "OpportunityId": ""}],
    )
    for terms in ({}, {"accounts": ["Meridian Foods"]}, {"prefer": preferred(["all"])}):
        for book in (Book(), standing()):
            imported = book.dry_run(export, **terms)
            assert len(imported.rows) == sum(file.rows for file in imported.files if file.kind) == 10
            assert len({row.source for row in imported.rows}) == 10
            order = [file.name for file in imported.files]
            assert [row.source for row in imported.rows] == sorted(
                (row.source for row in imported.rows), key=lambda each: (order.index(each.file), each.row)
            )
            assert sum(imported.counts.values()) == 10
            assert all(row.reason for row in imported.rows if row.outcome is Outcome.SKIPPED)


# Plans of several periods.

OLD = f"""\
profile: {{name: Meridian Foods, starts: 2026-01-01, crm: {{salesforce: {account_id(1)}}}}}
contacts:
  lena-2026: {{name: Lena Vos, crm: {{salesforce: {contact_id(1)}}}}}
opportunities:
  cold-2026: {{name: Cold stores, status: open, crm: {{salesforce: {opportunity_id(1)}}}}}
  done: {{name: Done, status: won, crm: {{salesforce: {opportunity_id(2)}}}}}
"""
NEW = f"""\
profile: {{name: Meridian Foods, starts: 2027-01-01, crm: {{salesforce: {account_id(1)}}}}}
contacts:
  lena: {{name: Lena Vos, crm: {{salesforce: {contact_id(1)}}}}}
opportunities:
  cold: {{name: Cold stores, status: open, stage: proposal, crm: {{salesforce: {opportunity_id(1)}}}}}
"""
WON = {**DEAL, "Name": "Done", "StageName": "Closed Won", "IsClosed": "1", "IsWon": "1"}


@pytest.mark.parametrize("paths", [("plans/a.yaml", "plans/b.yaml"), ("plans/b.yaml", "plans/a.yaml")], ids=["old first", "new first"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(OLD, NEW, id="both start"),
        pytest.param(OLD.replace("starts: 2026-01-01, ", ""), NEW, id="the old one does not say when"),
        pytest.param(OLD + "nonsense: 1\n", NEW, id="the old one has mistakes"),
    ],
)
def test_of_plans_of_several_periods_the_latest_gets_the_data(paths, old, new):
    before, latest = paths
    book = Book(dict(sorted({before: old, latest: new}.items())))
    export = extract(
        accounts=[{**ACCOUNT, "Industry": "Food"}], contacts=[{**LENA, "Title": "CFO"}, TOM], opportunities=[DEAL], roles=[ROLE]
    )
    imported = book.bring_in(export)
    assert outcomes(imported) == ["changed", "changed", "new", "same", "new"]
    assert book.texts[before] == old
    data = book.data(latest)
    assert data["profile"]["industry"] == "Food"
    assert {key: contact.get("title") for key, contact in data["contacts"].items()} == {"lena": "CFO", "tom-bakker": None}
    assert list(data["opportunities"]["cold"]["buying_roles"]) == ["lena"]
    assert whats(imported) == [f"{before}: of an earlier period and left alone; {latest} is the account's latest plan"]
    assert set(outcomes(book.dry_run(export))) == {"same"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(OLD.replace("2026-01-01", "2027-01-01"), NEW, "several plans", id="of one period"),
        pytest.param(OLD.replace("starts: 2026-01-01, ", ""), NEW.replace("starts: 2027-01-01, ", ""), "several plans", id="of no period"),
        pytest.param(OLD, NEW + "nonsense: 1\n", "plans/new.yaml has mistakes; correct them first", id="mistakes in the latest"),
        pytest.param(OLD, NEW.replace("2027-01-01", "soon"), "plans/new.yaml has mistakes; correct them first", id="no date"),
    ],
)
def test_where_periods_do_not_tell_or_the_latest_plan_has_mistakes_nothing_is_touched(old, new, reason):
    texts = {"plans/new.yaml": new, "plans/old.yaml": old}
    book = Book(dict(texts))
    assert [reason in each for each in reasons(book.bring_in(extract(accounts=[ACCOUNT], contacts=[TOM])))] == [True, True]
    assert book.texts == texts


def test_what_was_over_before_the_period_stays_in_the_plan_of_its_own():
    book = Book({"plans/new.yaml": NEW, "plans/old.yaml": OLD})
    roles = [{**ROLE, "OpportunityId": opportunity_id(2)}]
    imported = book.bring_in(extract(opportunities=[DEAL, WON, {**WON, "Name": "Fresh"}], roles=roles))
    assert list(book.data("plans/new.yaml")["opportunities"]) == ["cold", "fresh"]
    assert reasons(imported) == [
        "it is over and stands in plans/old.yaml, the plan of an earlier period",
        "its opportunity stands in the plan of an earlier period",
    ]
    assert reasons(book.bring_in(extract(roles=roles))) == reasons(imported)[1:]


@pytest.mark.parametrize("paths", [("plans/a.yaml", "plans/b.yaml"), ("plans/b.yaml", "plans/a.yaml")], ids=["old first", "new first"])
def test_what_stands_in_both_plans_and_is_over_by_now_is_over_in_the_latest(paths):
    before, latest = paths
    book = Book({before: OLD, latest: NEW})
    won = {**WON, "Id": opportunity_id(1), "Name": "Cold stores"}
    assert outcomes(book.bring_in(extract(opportunities=[won]), prefer=preferred(["status"]))) == ["changed"]
    assert book.data(latest)["opportunities"]["cold"]["status"] == "won"
    assert book.texts[before] == OLD


def test_what_is_open_again_comes_into_the_latest_plan_without_ado():
    book = Book({"plans/new.yaml": NEW, "plans/old.yaml": OLD})
    imported = book.bring_in(extract(opportunities=[DEAL, {**DEAL, "Name": "Done"}]))
    assert outcomes(imported) == ["same", "new"]
    assert len(whats(imported)) == 1
    assert "left alone" in whats(imported)[0]


def test_new_plans_go_where_they_are_asked_to():
    imported = Book().dry_run(extract(accounts=[ACCOUNT]), folder="plans")
    assert [plan.path for plan in imported.plans] == ["plans/meridian-foods.yaml"]


def test_rows_that_nobody_asked_for_are_not_counted_as_left_out():
    imported = Book().dry_run(extract(accounts=[ACCOUNT, {"Name": "Other"}], contacts=[{**LENA, "IsDeleted": "1"}]), accounts=["Other"])
    assert (len(imported.rows), len(imported.asked_for), imported.left_out) == (3, 2, 1)


def test_a_row_whose_account_the_export_lacks_says_which_file_to_look_at():
    imported = Book().dry_run(extract(accounts=[{"Id": account_id(2), "Name": "Other"}], contacts=[LENA]))
    assert reasons(imported) == ["its account is in no plan, and Account.csv does not bring it"]


def test_a_file_about_another_account_than_the_plan_that_was_named_says_so():
    book = standing()
    imported = book.dry_run(extract(accounts=[{"Id": account_id(9), "Name": "Tesla"}]), plan="plans/meridian.yaml")
    assert [row.reason for row in imported.rows] == ["it is about Tesla, and plans/meridian.yaml was asked for"]
    assert (imported.left_out, len(imported.asked_for)) == (1, 1)


def test_rows_about_other_accounts_beside_those_of_the_plan_that_was_named_are_not_wanted():
    book = standing()
    imported = book.dry_run(extract(accounts=[ACCOUNT, {"Name": "Tesla"}]), plan="plans/meridian.yaml")
    assert (imported.left_out, len(imported.asked_for)) == (0, 1)


def deal_of(book: Book, old: str, new: str) -> None:
    book.texts["plans/meridian.yaml"] = book.texts["plans/meridian.yaml"].replace(old, new)


@pytest.mark.parametrize("prefer", [[], ["probability"]])
def test_a_probability_goes_with_its_stage(prefer):
    book = standing()
    export = extract(opportunities=[DEAL])
    book.bring_in(export)
    deal_of(book, "stage: proposal", "stage: negotiation")
    before = dict(book.texts)
    imported = book.bring_in(export, prefer=preferred(prefer))
    assert pairs((*imported.plans[0].kept, *imported.plans[0].conflicts)) == [("opportunities.cold.stage", "negotiation", "proposal")]
    assert book.texts == before


@pytest.mark.parametrize("prefer", [[], ["probability"]])
def test_a_probability_that_a_plan_writes_is_compared_and_stays_while_the_stages_differ(prefer):
    book = standing(PLAN.replace("stage: proposal", "stage: negotiation, probability: 0.8"))
    imported = book.bring_in(extract(opportunities=[DEAL]), prefer=preferred(prefer))
    assert pairs(imported.plans[0].kept) == [("opportunities.cold.probability", "0.8", "0.75")]
    assert "probability: 0.8" in book.texts["plans/meridian.yaml"]
    both = book.bring_in(extract(opportunities=[DEAL]), prefer=preferred(["stage", "probability"]))
    assert len(both.plans[0].taken) == 2
