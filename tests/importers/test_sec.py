"""The SEC's files of a company. Every figure below is invented, but for those of the files beside the repository."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from exports import Book, whats
from hypothesis import given
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import ALL, Options, Outcome
from acctplan.importers.records import Link
from paths import shared

(IMPORTER,) = [each for each in ALL if each.system.key == "sec"]
REVENUES = "us-gaap:Revenues"
CONTRACTS = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
INCOME = "us-gaap:NetIncomeLoss"
PROFIT = "us-gaap:ProfitLoss"
MERIDIAN = "acctplan: 1\n\nprofile:\n  name: Meridian Foods\n  currency: USD\n"


def fact(start, end, value, filed="2026-02-20", *, form="10-K", number=1, **others):
    """One entry, as of a filing. What the filing says of its own year is wrong on purpose: nothing may rest on it."""
    return {
        "start": start,
        "end": end,
        "val": value,
        "accn": f"0000000042-26-{number:06}",
        "fy": 1999,
        "fp": "Q9",
        "form": form,
        "filed": filed,
    } | others


def year(name, value, **others):
    return fact(f"{name}-01-01", f"{name}-12-31", value, **others)


def facts_file(reported, *, cik=42, name="MERIDIAN FOODS INC."):
    """A file of facts, from entries by `taxonomy:Concept`, in dollars, or by `taxonomy:Concept/EUR`."""
    found = {}
    for key, entries in reported.items():
        concept, _, unit = key.partition("/")
        taxonomy, _, concept = concept.partition(":")
        units = found.setdefault(taxonomy, {}).setdefault(concept, {"label": concept, "description": None, "units": {}})["units"]
        units[unit or "USD"] = entries
    return "facts.json", json.dumps({"cik": cik, "entityName": name, "facts": found}).encode()


def submissions_file(**changes):
    data = {
        "cik": "0000000042",
        "entityType": "operating",
        "sic": "2000",
        "sicDescription": "Food & Kindred Products",
        "name": "Meridian Foods Inc.",
        "tickers": ["MRDN", "MRDN-P"],
        "exchanges": ["NYSE"],
        "website": "https://www.meridian.example",
        "fiscalYearEnd": "0131",
        "addresses": {
            "mailing": {"city": "ELSEWHERE", "stateOrCountryDescription": "NY"},
            "business": {
                "street1": "1 MILL ROAD",
                "city": "SAINT-OUEN D'AUNIS",
                "stateOrCountry": "I0",
                "stateOrCountryDescription": "France",
            },
        },
        "formerNames": [{"name": "MERIDIAN MILLS INC", "from": "2005-02-17T00:00:00.000Z", "to": "2017-01-27T00:00:00.000Z"}],
        "filings": {"recent": {}, "files": []},
    }
    return "submissions.json", json.dumps(data | changes).encode()


def extract(*files):
    return IMPORTER.extract(files, Options())


def years(reported):
    """Revenue and net income by year."""
    return {each.year: (each.revenue, each.net_income) for each in extract(facts_file(reported)).figures}


def revenues(*entries, concept=REVENUES):
    return {name: revenue for name, (revenue, _) in years({concept: list(entries)}).items()}


@pytest.mark.parametrize("file", [facts_file({}), submissions_file()])
@pytest.mark.parametrize(
    "change", [lambda text: text, lambda text: b"\xef\xbb\xbf\n" + text, lambda text: json.dumps(json.loads(text), indent=4).encode()]
)
def test_files_are_told_by_how_they_begin(file, change):
    assert IMPORTER.sniff("any", change(file[1]))
    assert extract((file[0], change(file[1]))).files[0].kind is not None


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"cik": 1}', b"[]", b'{"records": []}', b"cik,facts\n", b"\x89PNG", b'{"cik": 1, "fact": {}}']
)
def test_other_files_are_not_taken_for_one(content):
    assert not IMPORTER.sniff("CIK0000000042.json", content)
    assert IMPORTER.identify(("cik", "facts"), "facts.json") is None
    with pytest.raises(UserError):
        extract(("facts.json", content))


def test_a_year_with_the_filing_that_it_is_from():
    found = extract(facts_file({REVENUES: [year(2025, 420_000_000)], INCOME: [year(2025, -1_500_000)]}))
    (only,) = found.figures
    assert (only.year, only.revenue, only.net_income, only.currency) == ("2025", Decimal(420_000_000), Decimal(-1_500_000), "USD")
    assert only.account == Link(id="0000000042", name="MERIDIAN FOODS INC.")
    assert (only.reported_in, only.as_of) == ("SEC 10-K 0000000042-26-000001, filed 2026-02-20", date(2026, 2, 20))
    assert (found.files[0].rows, found.files[0].kind, found.accounts, found.notes) == (1, "year", (), ())


def test_two_filings_of_one_year_are_both_named():
    amended = year(2025, -1, form="10-K/A", filed="2026-04-01", number=2)
    (only,) = extract(facts_file({REVENUES: [year(2025, 420)], INCOME: [amended]})).figures
    assert only.reported_in == (
        "revenue: SEC 10-K 0000000042-26-000001, filed 2026-02-20; net income: SEC 10-K/A 0000000042-26-000002, filed 2026-04-01"
    )
    assert only.as_of == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2025-01-01", "2025-12-31", "2025"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-02-01", "2025-01-31", "2025"),
        ("2024-02-04", "2025-02-01", "2025"),  # 52 weeks
        ("2023-01-29", "2024-02-03", "2024"),  # 53 weeks
        ("2022-01-03", "2023-01-01", "2022"),  # 52 weeks that end a day after the year
        ("2015-01-04", "2016-01-02", "2015"),
        ("2024-07-01", "2025-06-30", "2025"),
        ("2025-10-01", "2025-12-31", None),
        ("2025-01-01", "2025-09-30", None),
        ("2024-01-01", "2025-12-31", None),
        ("2024-12-31", "2024-01-01", None),
    ],
)
def test_only_the_days_say_what_a_figure_is_of(start, end, name):
    assert revenues(fact(start, end, 7)) == ({} if name is None else {name: Decimal(7)})


def test_quarters_among_the_years_are_passed_over():
    quarters = [
        fact("2025-01-01", "2025-03-31", 90, form="10-Q"),
        fact("2025-10-01", "2025-12-31", 110),
        fact("2025-01-01", "2025-09-30", 310),
    ]
    assert revenues(*quarters, year(2025, 420)) == {"2025": Decimal(420)}


def test_twelve_months_up_to_a_quarter_are_no_fiscal_year():
    assert revenues(year(2024, 400), fact("2024-07-01", "2025-06-30", 410, form="10-Q")) == {"2024": Decimal(400)}


@pytest.mark.parametrize("form", ["10-K", "10-K/A", "10-K405", "10-KT", "20-F", "20-F/A", "40-F"])
def test_yearly_reports(form):
    assert revenues(year(2025, 7, form=form)) == {"2025": Decimal(7)}


@pytest.mark.parametrize("form", ["10-Q", "8-K", "S-1", "6-K", ""])
def test_other_filings_make_no_year(form):
    assert revenues(year(2025, 7, form=form)) == {}


@pytest.mark.parametrize(
    ("entries", "value", "filed"),
    [
        ([(420, "2026-02-20", "10-K"), (420, "2027-02-19", "10-K"), (420, "2028-02-18", "10-K")], 420, "2028-02-18"),
        ([(430, "2027-02-19", "10-K"), (420, "2026-02-20", "10-K")], 430, "2027-02-19"),
        ([(420, "2026-02-20", "10-K"), (415, "2026-05-01", "10-K/A")], 415, "2026-05-01"),
        ([(420, "2026-02-20", "10-K"), (410, "2026-09-01", "8-K")], 410, "2026-09-01"),
        # What is only rounded is no other figure, whichever filing rounds it.
        ([(592_049_000, "2026-02-20", "10-K"), (592_000_000, "2027-02-19", "10-K")], 592_049_000, "2026-02-20"),
        ([(592_000_000, "2026-02-20", "10-K"), (592_049_000, "2026-02-20", "10-K")], 592_049_000, "2026-02-20"),
        ([(592_049_000, "2026-02-20", "10-K"), (593_000_000, "2027-02-19", "10-K")], 593_000_000, "2027-02-19"),
    ],
)
def test_the_latest_filing_counts(entries, value, filed):
    reported = {REVENUES: [year(2025, amount, filed=day, form=form) for amount, day, form in entries]}
    (only,) = extract(facts_file(reported)).figures
    assert (only.revenue, only.as_of) == (Decimal(value), date.fromisoformat(filed))


def test_a_restated_year_is_said_and_a_rounded_one_is_not():
    restated = [year(2025, 420_100, filed="2026-02-20"), year(2025, 415_200, filed="2027-02-19")]
    rounded = [year(2024, 592_049_000, filed="2025-02-20"), year(2024, 592_000_000, filed="2026-02-20")]
    assert whats(extract(facts_file({REVENUES: restated + rounded}))) == [
        "2025: revenue was 420,100 as filed on 2026-02-20, and is 415,200 as filed on 2027-02-19; the later was taken"
    ]


def test_two_figures_of_one_day_are_said():
    found = extract(facts_file({REVENUES: [year(2025, 7, number=2), year(2025, 6)]}))
    assert [each.revenue for each in found.figures] == [7]
    assert len(found.notes) == 1


def test_each_year_by_the_concept_that_has_it():
    reported = {
        "us-gaap:SalesRevenueNet": [year(number, number) for number in (2016, 2017, 2018)],
        CONTRACTS: [year(number, number + 1) for number in (2018, 2019, 2020)],
        REVENUES: [year(2020, 2)],
    }
    assert {name: revenue for name, (revenue, _) in years(reported).items()} == {
        "2016": 2016,
        "2017": 2017,
        "2018": 2019,
        "2019": 2020,
        "2020": 2,
    }


@pytest.mark.parametrize(
    "concept",
    [
        *("us-gaap:Revenues", "us-gaap:RevenuesNetOfInterestExpense", "us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax"),
        *("us-gaap:SalesRevenueNet", "us-gaap:SalesRevenueGoodsNet", "ifrs-full:Revenue", "ifrs-full:RevenueFromContractsWithCustomers"),
    ],
)
def test_what_revenue_is_called(concept):
    assert revenues(year(2025, 7, form="20-F"), concept=concept) == {"2025": Decimal(7)}


def test_revenue_of_goods_alone_is_said():
    assert whats(extract(facts_file({"us-gaap:SalesRevenueGoodsNet": [year(2010, 7)]}))) == ["2010: revenue is that of goods alone"]


@pytest.mark.parametrize(
    ("first", "then"),
    [(INCOME, PROFIT), (PROFIT, "ifrs-full:ProfitLoss"), ("ifrs-full:ProfitLossAttributableToOwnersOfParent", "ifrs-full:ProfitLoss")],
)
def test_net_income_is_that_of_the_owners_where_it_is_reported(first, then):
    assert years({first: [year(2024, -8)], then: [year(2024, -9), year(2025, -7)]}) == {
        "2024": (None, Decimal(-8)),
        "2025": (None, Decimal(-7)),
    }


def test_the_currency_is_that_of_the_reports_and_never_mixed():
    found = extract(
        facts_file(
            {
                "ifrs-full:Revenue/EUR": [year(2024, 100, form="20-F"), year(2025, 110, form="20-F")],
                "ifrs-full:Revenue/USD": [year(2025, 121, form="20-F")],
                "ifrs-full:ProfitLoss/USD": [year(2024, 9, form="20-F"), year(2025, 10, form="20-F")],
                "ifrs-full:Revenue/USD/shares": [year(2025, 3, form="20-F")],
                "ifrs-full:Revenue/pure": [year(2025, 3, form="20-F")],
            }
        )
    )
    assert [(each.year, each.revenue, each.net_income, each.currency) for each in found.figures] == [
        ("2024", 100, None, "EUR"),
        ("2025", 110, None, "EUR"),
    ]
    assert whats(found) == [f"{name}: the figures stand there in USD as well; left out" for name in (2024, 2025)]


@pytest.mark.parametrize(
    ("in_euros", "in_dollars", "currencies"),
    [
        ((2023, 2024, 2025), (2025,), ["EUR", "EUR", "EUR"]),
        ((2025,), (2023, 2024, 2025), ["USD", "USD", "USD"]),
        ((2025,), (2025,), ["EUR"]),
        ((2024,), (2025,), ["EUR", "USD"]),
    ],
)
def test_which_currency_a_year_is_in(in_euros, in_dollars, currencies):
    reported = {f"{REVENUES}/USD": [year(each, 7) for each in in_dollars], f"{REVENUES}/EUR": [year(each, 6) for each in in_euros]}
    found = extract(facts_file(reported | {f"{REVENUES}/SHARES": [year(2025, 1)]})).figures
    assert [each.currency for each in found] == currencies
    assert [each.revenue for each in found] == [6 if currency == "EUR" else 7 for currency in currencies]


def test_a_year_with_parts_only_is_missing():
    parts = [fact("2026-02-01", "2026-04-30", 90, form="10-Q"), fact("2023-08-01", "2023-10-31", 80, form="10-Q")]
    old = [fact("2019-02-01", "2019-04-30", 10, form="10-Q")]
    whole = [fact("2021-02-01", "2022-01-31", 300), fact("2022-02-01", "2023-01-31", 320), fact("2024-02-01", "2025-01-31", 350)]
    found = extract(facts_file({REVENUES: [*parts, *old, *whole]}))
    assert [each.year for each in found.figures] == ["2022", "2023", "2025"]
    missing = [what for what in whats(found) if "parts" in what]
    assert missing == ["2024: only parts of the year are reported; left out", "2027: only parts of the year are reported; left out"]


@pytest.mark.parametrize(("end", "name"), [("2023-03-31", "2023"), ("2023-12-30", "2023"), ("2024-03-30", "2024")])
def test_parts_of_years_of_52_weeks(end, name):
    start = {"2023-03-31": "2023-01-02", "2023-12-30": "2023-10-01", "2024-03-30": "2024-01-01"}[end]
    found = extract(facts_file({REVENUES: [fact("2022-01-03", "2023-01-01", 300), fact(start, end, 80, form="10-Q")]}))
    assert whats(found)[0] == f"{name}: only parts of the year are reported; left out"


def test_a_last_quarter_of_53_weeks_is_of_its_own_year():
    found = extract(facts_file({REVENUES: [fact("2021-09-26", "2022-09-24", 300), fact("2023-07-02", "2023-09-30", 80, form="10-Q")]}))
    assert whats(found) == ["2023: only parts of the year are reported; left out"]


def test_nothing_but_quarters():
    found = extract(facts_file({REVENUES: [fact("2026-01-01", "2026-03-31", 90, form="10-Q")]}))
    assert found.figures == ()
    assert whats(found) == ["no figures of a whole year are reported", "2026: only parts of the year are reported; left out"]


def test_how_a_year_is_called_is_said_where_it_could_be_another():
    (note,) = extract(facts_file({REVENUES: [fact("2024-02-04", "2025-02-01", 7)]})).notes
    assert note.what == "fiscal years are called by the year in which they end: the one to 2025-02-01 is 2025"


def test_two_fiscal_years_that_end_in_one_year():
    found = extract(
        facts_file({REVENUES: [fact("2015-07-01", "2016-06-30", 6), year(2016, 7)], INCOME: [fact("2015-07-01", "2016-06-30", 1)]})
    )
    assert [(each.year, each.revenue, each.net_income) for each in found.figures] == [("2016", 7, None)]
    assert whats(found) == ["2016: two fiscal years end in it; the later one was taken"]


def test_days_that_differ_by_a_few_are_of_one_year():
    reported = {REVENUES: [fact("2025-01-01", "2025-12-31", 7)], INCOME: [fact("2024-12-29", "2025-12-27", 1)]}
    assert years(reported) == {"2025": (Decimal(7), Decimal(1))}


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        {},
        year(2025, None),
        year(2025, "420"),
        year(2025, True),
        year(2025, 10**18),
        year(2025, 7) | {"start": None},
        year(2025, 7) | {"end": "2025-02-30"},
        year(2025, 7) | {"filed": "soon"},
        year(2025, 7) | {"form": None},
        year(2025, 7) | {"accn": 42},
        {"end": "2025-12-31", "val": 7, "accn": "x", "form": "10-K", "filed": "2026-02-20"},
    ],
)
def test_entries_that_are_none_cost_nothing_else(entry):
    assert revenues(entry, year(2024, 6)) == {"2024": Decimal(6)}


def test_amounts_stay_exact():
    text = facts_file({REVENUES: [year(2025, 0)]})[1].replace(b'"val": 0', b'"val": 123456789012.345')
    assert extract(("facts.json", text)).figures[0].revenue == Decimal("123456789012.34")
    assert extract(("facts.json", text.replace(b"123456789012.345", b"1e999999999"))).figures == ()
    assert extract(("facts.json", text.replace(b"123456789012.345", b"4.2E8"))).figures[0].revenue == Decimal(420_000_000)


@pytest.mark.parametrize("cik", [42, "42", "0000000042", " 0000000042 "])
def test_a_company_s_number_in_any_form(cik):
    (only,) = extract(facts_file({REVENUES: [year(2025, 7)]}, cik=cik)).figures
    assert only.account.id == "0000000042"
    assert {IMPORTER.system.id_key(text) for text in ("42", "0000000042", "CIK0000000042", "cik 42", " 42 ")} == {"42"}


@pytest.mark.parametrize("cik", [0, -1, None, True, "", "x", 10**11, 4.2])
def test_a_company_without_a_number_is_refused(cik):
    with pytest.raises(UserError):
        extract(facts_file({REVENUES: [year(2025, 7)]}, cik=cik))


def test_who_a_company_is():
    (account,) = extract(submissions_file()).accounts
    assert (account.name, account.id, account.ticker, account.ownership) == ("Meridian Foods Inc.", "0000000042", "MRDN", "public")
    assert (account.industry, account.website) == ("Food & Kindred Products", "https://www.meridian.example")
    assert account.headquarters == "Saint-Ouen D'aunis, France"
    assert account.background == "The fiscal year ends on 31 January. Formerly MERIDIAN MILLS INC (until January 2017)."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tickers": []}, {"ticker": None, "ownership": None}),
        ({"tickers": None}, {"ticker": None, "ownership": None}),
        ({"tickers": ["", None, "MRDN"]}, {"ticker": "MRDN", "ownership": "public"}),
        ({"website": "", "sicDescription": None}, {"website": None, "industry": None}),
        ({"addresses": None}, {"headquarters": None}),
        ({"addresses": {"business": {"city": "Palo Alto", "stateOrCountry": "CA"}}}, {"headquarters": "Palo Alto, CA"}),
        ({"addresses": {"business": {"city": "ST. LOUIS", "stateOrCountryDescription": "MO"}}}, {"headquarters": "St. Louis, MO"}),
        ({"addresses": {"business": {"city": "McLean", "stateOrCountry": "VA"}}}, {"headquarters": "McLean, VA"}),
        ({"fiscalYearEnd": "9999", "formerNames": []}, {"background": None}),
        ({"fiscalYearEnd": None, "formerNames": [{"name": "OLD CO", "to": None}, None, {}]}, {"background": "Formerly OLD CO."}),
    ],
)
def test_what_a_company_does_not_say(changes, expected):
    (account,) = extract(submissions_file(**changes)).accounts
    assert {name: getattr(account, name) for name in expected} == expected


def test_a_second_file_of_a_company_is_left_out():
    _, content = facts_file({REVENUES: [year(2025, 7)]})
    found = extract(("new.json", content), ("old.json", content), submissions_file(), ("other.json", b"{}"))
    assert [(file.name, file.kind) for file in found.files] == [
        ("new.json", "year"),
        ("old.json", None),
        ("submissions.json", "account"),
        ("other.json", None),
    ]
    assert found.files[1].reason == "it is of the same company as new.json"


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff", b'{"cik": 1, "cik": 2}', b"[" * 100_000, b'{"cik": NaN}', b'{"cik": ' + b"9" * 5000 + b"}"]
)
def test_no_json_is_refused(damage):
    with pytest.raises(UserError):
        extract(facts_file({REVENUES: [year(2025, 7)]}), ("damaged.json", damage))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["us-gaap", "Revenues", "units", "USD", "business", "name"]), inner)
    ),
    max_leaves=12,
)


@given(JSON, JSON, st.binary(max_size=40), st.integers(0, 400))
def test_damage_is_never_worse_than_a_refusal(one, other, damage, place):
    entry = year(2025, 7) | {"val": one, "form": other}
    _, content = facts_file({REVENUES: [entry, other, year(2024, 6)]})
    for name, data in (
        (
            "a",
            json.dumps(
                {"cik": 42, "entityName": "x", "facts": one if isinstance(one, dict) else {"us-gaap": {"Revenues": other}}}
            ).encode(),
        ),
        (
            "b",
            json.dumps(
                {"cik": 42, "name": "x", "filings": {}, "tickers": one, "addresses": other, "formerNames": one, "website": other}
            ).encode(),
        ),
        ("c", content),
        ("d", content[:place] + damage + content[place:]),
    ):
        assert IMPORTER.sniff(name, data) in {True, False}
        try:
            extract((name, data))
        except UserError:
            continue


def test_a_second_import_changes_nothing():
    book = Book({"plans/meridian.yaml": MERIDIAN})
    export = extract(
        submissions_file(name="Meridian Foods"), facts_file({REVENUES: [year(2024, 400), year(2025, 420)], INCOME: [year(2025, -3)]})
    )
    book.bring_in(export, today=date(2026, 6, 1))
    profile = book.data("plans/meridian.yaml")["profile"]
    assert profile["crm"] == {"sec": "0000000042"}
    assert profile["revenue_history"]["2025"] == {
        "revenue": "420",
        "net_income": "-3",
        "source": "SEC 10-K 0000000042-26-000001, filed 2026-02-20",
        "as_of": "2026-02-20",
    }
    before = dict(book.texts)
    assert {row.outcome for row in book.bring_in(export, today=date(2026, 6, 1)).rows} == {Outcome.SAME}
    assert book.texts == before


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        ("  name: Meridian Foods\n", Outcome.NEW),
        ('  name: The Miller\n  crm:\n    sec: "0000000042"\n', Outcome.NEW),
        ('  name: The Miller\n  crm:\n    sec: "42"\n', Outcome.NEW),
        ("  name: The Miller\n", Outcome.SKIPPED),
        ('  name: Meridian Foods\n  crm:\n    sec: "0000000043"\n', Outcome.SKIPPED),
    ],
)
def test_whose_figures_they_are(profile, outcome):
    book = Book({"plans/a.yaml": f"acctplan: 1\n\nprofile:\n  currency: USD\n{profile}"})
    imported = book.bring_in(extract(facts_file({REVENUES: [year(2025, 420)]})))
    assert [row.outcome for row in imported.rows] == [outcome]
    assert list(book.texts) == ["plans/a.yaml"]


def test_figures_in_another_currency_than_the_plan_s_are_left_out():
    book = Book({"plans/a.yaml": MERIDIAN})
    imported = book.bring_in(extract(facts_file({"ifrs-full:Revenue/EUR": [year(2025, 420, form="20-F")]})))
    assert [(row.outcome, "EUR" in row.reason) for row in imported.rows] == [(Outcome.SKIPPED, True)]
    assert book.texts == {"plans/a.yaml": MERIDIAN}


def test_a_real_company_to_the_dollar():
    folder = shared("data", "edgar-edgartools")
    found = extract(*((path.name, path.read_bytes()) for path in sorted(folder.glob("*.json"))))
    assert [(each.year, each.revenue) for each in found.figures] == [
        ("2019", 96_666_000),
        ("2020", 264_748_000),
        ("2021", 592_049_000),
        ("2022", 1_219_327_000),
        ("2023", 2_065_659_000),
        ("2024", 2_806_489_000),
        ("2025", 3_626_396_000),
    ]
    assert {each.account.id for each in found.figures} == {"0001640147"}
    assert found.figures[-1].net_income == -1_285_640_000
    (tesla,) = found.accounts
    assert (tesla.name, tesla.ticker, tesla.headquarters) == ("Tesla, Inc.", "TSLA", "Palo Alto, CA")
