from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from exports import HEADERS, account_id, contact_id, csv_file, extract, opportunity_id, short_id

from acctplan.config import Config
from acctplan.errors import UserError
from acctplan.importers.records import Account, Column, Contact, Link, Opportunity, Role, Source
from acctplan.importers.salesforce import SYSTEM, identify, ids
from acctplan.importers.vocabulary import Vocabulary

ACCOUNT = {"Name": "Meridian Foods"}
CONTACT = {"AccountId": account_id(1), "Name": "Lena Vos"}
DEAL = {"AccountId": account_id(1), "Name": "Cold stores", "StageName": "Prospecting"}


def account(**cells) -> Account:
    (found,) = extract(accounts=[{**ACCOUNT, **cells}]).accounts
    return found


def contact(today=None, **cells) -> Contact:
    (found,) = extract(contacts=[{**CONTACT, **cells}], today=today).contacts
    return found


def deal(**cells) -> Opportunity:
    (found,) = extract(opportunities=[{**DEAL, **cells}]).opportunities
    return found


def meaning(field, word: str) -> str | None:
    """A plan's word for one of Salesforce's."""
    return Vocabulary(SYSTEM, Config()).word(field, word)


def notes(**kinds) -> list[str]:
    return [note.what for note in extract(**kinds).notes]


def skipped(**kinds) -> list[tuple[Source, str]]:
    return [(row.source, row.reason) for row in extract(**kinds).skipped]


@pytest.mark.parametrize(
    ("crm_id", "letters"),
    [
        ("001f4000009wJD7", "AAM"),
        ("001bm00001ZL8U9", "AAL"),
        ("003bm00000zapth", "AAA"),
        ("001f4000003NkdR", "AAS"),
        ("ABCDEABCDEABCDE", "555"),
    ],
)
def test_the_last_letters_of_an_id_say_which_of_the_others_are_capitals(crm_id, letters):
    assert ids.check_letters(crm_id) == letters


@pytest.mark.parametrize(
    ("header", "name", "expected"),
    [
        (HEADERS["Account.csv"], "Account.csv", "Account"),
        (HEADERS["Account.csv"], "1.csv", "Account"),
        (HEADERS["Contact.csv"], "export.csv", "Contact"),
        (HEADERS["Opportunity.csv"], "Account.csv", "Opportunity"),
        (HEADERS["OpportunityContactRole.csv"], "x", "OpportunityContactRole"),
        (HEADERS["Opportunity.csv"].upper(), "x.csv", "Opportunity"),
        ("Id,Name,Website,Industry,Type,BillingCity,OwnerId,Tier__c", "x.csv", "Account"),
        ("Id,AccountId,FirstName,LastName,Title,Department,Email,Phone,ReportsToId,OwnerId", "x.csv", "Contact"),
        ("Id,OpportunityId,ContactId,Role", "x.csv", "OpportunityContactRole"),
        ("Id,Name", "Account.csv", "Account"),
        ("Id,Name", "data/Accounts.CSV", "Account"),
        ("Id,Name", "Product2.csv", None),
        ("Id,Name,Type,ParentId,Status", "Campaign.csv", None),
        ("Id,OpportunityId,StageName,Amount,CloseDate,Probability,IsDeleted", "OpportunityHistory.csv", None),
        ("Id,OpportunityId,CreatedDate,StageName,Amount", "OpportunityHistory.csv", "OpportunityHistory"),
        ("Id,IsDeleted,OpportunityId,CreatedDate,Field,OldValue,NewValue", "x.csv", "OpportunityFieldHistory"),
        ("Opportunity Name,From Stage,To Stage,Last Modified", "report.csv", "OpportunityHistory"),
        ("Id,WhoId,WhatId,Subject,ActivityDate,Status,TaskSubtype", "x.csv", "Task"),
        ("Id,WhoId,Subject,StartDateTime,EndDateTime", "x.csv", "Event"),
        ("Subject,Date,Status,Contact,Company / Account", "report.csv", "Task"),
        ("Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Probability (%),Close Date", "report.csv", "Opportunity"),
        ("Opportunity Name,Contact Name,Role,Primary", "report.csv", "OpportunityContactRole"),
        ("First Name,Last Name,Title,Account Name,Phone,Email,Account Owner", "report.csv", "Contact"),
        ("Account: Account Name,Account: Type,Contact: First Name,Contact: Last Name", "x.csv", "Contact"),
        ("First Name,Last Name,Title,Account Name,Phone,Email", "x.csv", None),
        ("Account.Name,FirstName,LastName,ReportsTo.$$Email$LastName$FirstName", "x.csv", "Contact"),
        ("Id,LastName", "export.xlsx, sheet Contacts", "Contact"),
        ("Id,Name", "WE_1.ZIP: Account.csv", "Account"),
        ("NAME,TYPE,PHONE,WEBSITE,ANNUALREVENUE", "x.csv", "Account"),
        ("NAME", "x.csv", None),
        ("id,who_id,what_id,activity_date,status,subject", "x.csv", "Task"),
        ("id,name,billing_city,is_deleted", "x.csv", "Account"),
        ("Id,IsDeleted,LastName,FirstName,Name,Title,Company,Email,Website,Industry,IsConverted", "Lead.csv", "Lead"),
        ("Id,Username,LastName,FirstName,Name,Email,Title,AccountId,ContactId", "User.csv", "User"),
        ("Id,AccountId,ContactId,Subject,Status,Email", "Case.csv", None),
        ("Id,Subject,ActivityDate,Status,WhatId,Description", "Task.csv", "Task"),
        ("Account Name,Account Owner,Industry", "report.csv", "Account"),
        ("id,account_id,amount,stage_name,name", "warehouse.csv", "Opportunity"),
        ("id,name,industry,website,is_deleted", "Account.csv", None),
    ],
)
def test_a_file_is_known_by_its_columns(header, name, expected):
    assert identify(header.split(","), name) == expected


def test_an_account_as_it_comes():
    found = account(
        Industry="Chilled food",
        BillingCity="Utrecht",
        BillingState="",
        BillingCountry="NL",
        Website="https://meridian.example",
        NumberOfEmployees="5200.0",
        Ownership="Public",
        TickerSymbol="AMS: MRDF",
        Description="First. \r\n\r\n\r\n\r\nSecond.",
        CurrencyIsoCode="eur",
        LastModifiedDate="2026-10-01T09:09:50.000+0000",
    )
    assert found == Account(
        Source("Account.csv", 2),
        "Meridian Foods",
        id=account_id(1),
        as_of=date(2026, 10, 1),
        currency="EUR",
        industry="Chilled food",
        website="https://meridian.example",
        headquarters="Utrecht, NL",
        employees=5200,
        ownership="Public",
        ticker="AMS: MRDF",
        background="First.\n\nSecond.",
    )


def test_a_contact_as_it_comes():
    found = contact(
        Title="CFO",
        ReportsToId=short_id("003", 9),
        Email="lena@meridian.example",
        Phone="+31 30 1",
        LastActivityDate="2026-09-30",
        Description="Met in Ghent.",
    )
    assert found == Contact(
        Source("Contact.csv", 2),
        "Lena Vos",
        account=Link(id=account_id(1)),
        id=contact_id(1),
        title="CFO",
        reports_to=Link(id=short_id("003", 9)),
        email="lena@meridian.example",
        phone="+31 30 1",
        last_contact=date(2026, 9, 30),
        notes="Met in Ghent.",
    )


def test_an_opportunity_as_it_comes():
    found = deal(
        Amount="$420,000.00 ",
        Probability="40",
        CloseDate="2027-01-31",
        Type="Existing Customer - Upgrade",
        NextStep="Send  offer",
        Description="Big.",
        CurrencyIsoCode="USD",
    )
    assert found == Opportunity(
        Source("Opportunity.csv", 2),
        "Cold stores",
        account=Link(id=account_id(1)),
        id=opportunity_id(1),
        status="open",
        stage="Prospecting",
        probability=Decimal("0.4"),
        kind="Existing Customer - Upgrade",
        value=Decimal(420000),
        currency="USD",
        close_date=date(2027, 1, 31),
        next_step="Send offer",
        notes="Big.",
    )


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"StageName": "Prospecting"}, "open"),
        ({"StageName": "Closed Won"}, "won"),
        ({"StageName": "closed lost"}, "lost"),
        ({"StageName": "Signed", "IsClosed": "1", "IsWon": "1"}, "won"),
        ({"StageName": "Stopped", "IsClosed": "TRUE", "IsWon": "FALSE"}, "lost"),
        ({"StageName": "Prospecting", "IsClosed": "0", "IsWon": ""}, "open"),
    ],
)
def test_the_outcome_stands_in_the_flags_or_in_the_stage(cells, status):
    assert deal(**cells).status == status


def test_a_closed_opportunity_has_no_stage_probability_or_next_step():
    closed = {**DEAL, "StageName": "Closed Won", "Probability": "100", "NextStep": "Paperwork"}
    found = extract(opportunities=[closed])
    (won,) = found.opportunities
    assert (won.stage, won.probability, won.next_step) == (None, None, None)
    assert [note.what for note in found.notes] == ["NextStep of an opportunity that is closed; left out"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("New Customer", "new"),
        ("New Business", "new"),
        ("Cross-Sell", "cross_sell"),
        ("Existing Customer - Upgrade", "up_sell"),
        ("Upsell", "up_sell"),
        ("Renewal", "renewal"),
    ],
)
def test_usual_types_are_kinds(written, kind):
    assert meaning("kinds", deal(Type=written).kind) == kind


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Decision Maker", "decision_maker"),
        ("Economic Decision Maker", "decision_maker"),
        ("Economic Buyer", "decision_maker"),
        ("Executive Sponsor", "sponsor"),
        ("Technical Buyer", "evaluator"),
        ("Evaluator", "evaluator"),
        ("Influencer", "influencer"),
        ("Procurement", "purchaser"),
        ("Business User", "user"),
        ("", None),
    ],
)
def test_usual_roles_are_buying_roles(written, role):
    found = extract(roles=[{"OpportunityId": opportunity_id(1), "ContactId": contact_id(1), "Role": written}])
    links = Link(id=opportunity_id(1)), Link(id=contact_id(1))
    assert found.roles == (Role(Source("OpportunityContactRole.csv", 2), *links, written or None),)
    assert (meaning("roles", written) if written else None) == role


@pytest.mark.parametrize(
    ("kinds", "what"),
    [
        ({"accounts": [{**ACCOUNT, "NumberOfEmployees": "many"}]}, "NumberOfEmployees is not a number; left out"),
        ({"accounts": [{**ACCOUNT, "NumberOfEmployees": "1,234"}]}, "NumberOfEmployees can be read as thousands or as decimals; left out"),
        ({"accounts": [{**ACCOUNT, "NumberOfEmployees": "0.5"}]}, "NumberOfEmployees is not a whole number; left out"),
        ({"opportunities": [{**DEAL, "Amount": "-5"}]}, "Amount is negative; left out"),
        ({"opportunities": [{**DEAL, "Probability": "1000"}]}, "Probability is above 100 %; left out"),
        ({"opportunities": [{**DEAL, "CloseDate": "soon"}]}, "CloseDate is not a date; left out"),
        ({"opportunities": [{**DEAL, "CloseDate": "2026-02-30"}]}, "CloseDate is not a date that exists; left out"),
        ({"opportunities": [{**DEAL, "IsWon": "perhaps"}]}, "IsWon is neither yes nor no; left out"),
        (
            {"contacts": [{**CONTACT, "Phone": "1", "MobilePhone": "2"}]},
            "there are several phone numbers, and a plan has one; the first was taken",
        ),
        ({"accounts": [{"Name": "CafÃ©"}]}, "Name looks as if it had been read in the wrong encoding; it was kept"),
        ({"accounts": [{"Name": "Mer\x1bidian"}]}, "Name held invisible characters; they were taken out"),
        (
            {"accounts": [{**ACCOUNT, "Id": short_id("001", 1) + "AAB"}]},
            "the last three letters of Id do not fit the others; it was taken as it is",
        ),
    ],
)
def test_what_is_not_understood_is_noted_and_the_row_goes_on(kinds, what):
    found = extract(**kinds)
    assert [note.what for note in found.notes] == [what]
    assert {note.source.row for note in found.notes if note.source} == {2}
    assert not found.skipped


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ({"accounts": [{**ACCOUNT, "IsDeleted": "1"}]}, "it is deleted in Salesforce"),
        ({"accounts": [{**ACCOUNT, "IsDeleted": "TRUE"}]}, "it is deleted in Salesforce"),
        ({"accounts": [{"Name": " "}]}, "it has no name"),
        ({"accounts": [{"Name": "#N/A"}]}, "it has no name"),
        ({"accounts": [{**ACCOUNT, "Id": "17"}]}, "its Id is not a Salesforce id (15 or 18 letters and digits)"),
        ({"contacts": [{**CONTACT, "Name": ""}]}, "it has no name"),
        ({"opportunities": [{**DEAL, "Name": ""}]}, "it has no name"),
        ({"roles": [{"ContactId": contact_id(1)}]}, "it names no opportunity"),
        ({"roles": [{"OpportunityId": opportunity_id(1)}]}, "it names no contact"),
    ],
)
def test_a_row_that_cannot_be_used_is_skipped_with_a_reason(kinds, reason):
    (name,) = {"accounts": "Account", "contacts": "Contact", "opportunities": "Opportunity", "roles": "OpportunityContactRole"}[
        next(iter(kinds))
    ].split()
    assert skipped(**kinds) == [(Source(f"{name}.csv", 2), reason)]


def test_a_row_of_an_id_that_was_there_is_skipped():
    found = extract(accounts=[ACCOUNT, {"Id": short_id("001", 1), "Name": "Again"}])
    assert [each.name for each in found.accounts] == ["Meridian Foods"]
    assert [row.reason for row in found.skipped] == ["its id stands in Account.csv, row 2 already"]


def test_an_id_whose_last_letters_do_not_fit_is_taken_as_it_is():
    assert account(Id="0015g00000XyZabAAA").id == "0015g00000XyZabAAA"


def test_a_role_needs_no_id():
    found = extract(roles=[{"Id": "", "OpportunityId": opportunity_id(1), "ContactId": contact_id(number)} for number in (1, 2)])
    assert [(each.contact, each.role) for each in found.roles] == [(Link(id=contact_id(1)), None), (Link(id=contact_id(2)), None)]


def test_ids_that_differ_in_case_only_are_two():
    rows = [{"Id": "0015g00000XyZab", "Name": "One"}, {"Id": "0015g00000Xyzab", "Name": "Other"}]
    assert [each.id for each in extract(accounts=rows).accounts] == ["0015g00000XyZabAAF", "0015g00000XyzabAAB"]


def test_a_name_that_looks_like_nothing_is_a_name():
    assert account(Name="N/A").name == "N/A"


def test_first_and_last_name_do_where_there_is_no_name():
    assert contact(Name="", FirstName="Lena", LastName="Vos").name == "Lena Vos"
    assert contact(Name="", LastName="Vos").name == "Vos"


def test_the_mobile_number_does_where_there_is_no_other():
    assert contact(MobilePhone="+31 6 1").phone == "+31 6 1"


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 9, 30), date(2026, 9, 30)), (date(2026, 9, 29), None)])
def test_nobody_was_met_on_a_day_still_to_come(today, expected):
    assert contact(today=today, LastActivityDate="2026-09-30").last_contact == expected


def deals(*dates: str) -> list[dict[str, str]]:
    return [{**DEAL, "CloseDate": date} for date in dates]


def test_one_date_tells_the_order_of_its_column():
    found = extract(opportunities=deals("02/03/24", "", "03/31/26"))
    assert [each.close_date for each in found.opportunities] == [date(2024, 2, 3), None, date(2026, 3, 31)]
    (note,) = found.notes
    assert note.what == "the dates in CloseDate are read as month/day/year, all that this row allows"
    assert note.source == Source("Opportunity.csv", 4)


def test_an_order_that_nothing_tells_is_asked_for():
    with pytest.raises(UserError) as caught:
        extract(opportunities=deals("2024-05-05", "02/03/24"))
    assert caught.value.message == "Opportunity.csv: the dates in CloseDate can be read as day/month or as month/day, as in row 3"
    assert caught.value.hint == "say which it is: --date-format d/m/y or --date-format m/d/y"


def test_orders_that_contradict_each_other_are_asked_for():
    with pytest.raises(UserError) as caught:
        extract(opportunities=deals("31/03/24", "03/31/24"))
    expected = "Opportunity.csv: the dates in CloseDate contradict each other: row 2 is day/month/year, row 3 is month/day/year"
    assert caught.value.message == expected


def test_the_order_that_was_given_goes_first():
    found = extract(opportunities=deals("02/03/24", "03/31/26", "2026-12-31"), date_format="d/m/y")
    assert [each.close_date for each in found.opportunities] == [date(2024, 3, 2), None, date(2026, 12, 31)]
    assert [note.what for note in found.notes] == ["CloseDate is not a date that exists; left out"]


def test_each_file_has_an_order_of_its_own():
    one = csv_file("Opportunity.csv", deals("31/03/24"))
    other = ("more.csv", csv_file("Opportunity.csv", [{"Id": opportunity_id(2), **deals("03/31/24")[0]}])[1])
    assert [each.close_date for each in extract(one, other).opportunities] == [date(2024, 3, 31)] * 2


def test_an_amount_is_read_as_its_column_writes_decimals():
    rows = [{**DEAL, "Amount": "1.234"}, {**DEAL, "Amount": "12,50"}]
    assert [each.value for each in extract(opportunities=rows).opportunities] == [Decimal(1234), Decimal("12.5")]


def test_files_of_other_things_are_left_out_with_a_reason():
    found = extract(("Lead.csv", b"Id,LastName,Company\n1,Vos,Meridian\n2,Smit,Meridian\n"), accounts=[ACCOUNT])
    lead, accounts = found.files
    assert (lead.kind, lead.rows, accounts.kind, accounts.rows) == (None, 2, "account", 1)
    assert lead.reason == "it holds leads: they belong to no account until they are converted"


def test_with_nothing_to_import_there_is_an_error():
    with pytest.raises(UserError, match="none of these files is a Salesforce export"):
        extract(("Lead.csv", b"Id,LastName,Company\n1,Vos,Meridian\n"))


def test_columns_that_say_something_and_are_not_used_are_listed():
    header = "Id,Name,Industry,AnnualRevenue,Tier__c,Empty__c,"
    name, content = csv_file("Account.csv", [ACCOUNT | {"AnnualRevenue": "5", "Tier__c": "1", "Empty__c": "N/A", "": "x"}] * 2, header)
    assert extract((name, content)).unused == (
        Column(name, "AnnualRevenue", 2, "it does not say of which year; write it in the plan's revenue_history"),
        Column(name, "Tier__c", 2),
        Column(name, "(column 7, without a name)", 2),
    )


def test_headers_in_capitals_are_read():
    name, content = csv_file("Account.csv", [{**ACCOUNT, "Industry": "Food"}])
    (found,) = extract((name, content.replace(HEADERS[name].encode(), HEADERS[name].upper().encode()))).accounts
    assert (found.name, found.industry) == ("Meridian Foods", "Food")


def test_a_bad_row_is_skipped_and_the_others_go_on():
    name, content = csv_file("Account.csv", [ACCOUNT])
    found = extract((name, content + b'x,"y\n' + content.splitlines()[1].replace(account_id(1).encode(), account_id(2).encode())))
    assert [each.source.row for each in found.accounts] == [2, 4]
    assert [(row.source.row, row.kind, row.reason) for row in found.skipped] == [(3, "account", "a quote is opened and never closed")]
