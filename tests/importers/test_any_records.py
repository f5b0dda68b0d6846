"""Whatever an importer gives: nothing raises, every row is accounted for, and a second import changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exports import Book
from hypothesis import given, settings
from hypothesis import strategies as st
from test_without_ids import extract

from acctplan.importers import Outcome, summary
from acctplan.importers.records import Account, Activity, Contact, Link, Opportunity, Role, Source, StageChange, YearFigures

PLANS = {
    "plans/meridian.yaml": """\
profile: {name: Meridian Foods, website: 'https://meridian.example', crm: {cards: '1'}}
contacts:
  lena: {name: Lena Vos, email: lena@meridian.example, crm: {cards: '11'}}
  tom: {name: Tom Bakker, reports_to: lena, email: all@x.example}
  seat: {title: CIO}
opportunities:
  cold: {name: Cold stores, status: open, stage: qualification, buying_roles: {tom: {}}}
""",
    "plans/halden.yaml": "profile: {name: Halden Rail AS}\ncontacts: {lena: {name: Lena Vos}}\n",
    "plans/halden-2.yaml": "profile: {name: Halden Rail}\n",
    "plans/broken.yaml": "profile: {name: 7, nonsense: 1}\n",
}
WHERE = Source("x.csv", 2)
IDS = st.sampled_from([None, "1", "2", "11", "12", "", " "])
COMPANIES = st.sampled_from(["Meridian Foods", "MERIDIAN FOODS B.V.", "Meridian Goods", "Halden Rail", "Nordhavn", "", "株式会社", "!"])
PEOPLE = st.sampled_from(["Lena Vos", "Vos, Lena", "Lena Voss", "Tom Bakker", "Eva Smit", "eva  smit", "?", "", "田中"])
DEALS = st.sampled_from(["Cold stores", "cold stores", "Renewal 2026", "Renewal 2027", "", "≠"])
EMAILS = st.sampled_from([None, "", "lena@meridian.example", "all@x.example", "eva@halden.example", "@"])
SITES = st.sampled_from([None, "", "www.meridian.example", "halden.example", "http://", "x"])
DAYS = st.sampled_from([None, date(2026, 1, 1), date(2026, 6, 1), date(2026, 11, 1)])
WORDS = st.sampled_from([None, "", "open", "Talks", "Signed off", "Boss", "won", "whatever", "qualification", "user", "renewal"])
AMOUNTS = st.sampled_from([None, Decimal(0), Decimal("1.50"), Decimal(420_000)])
CODES = st.sampled_from([None, "EUR", "USD"])


def links(names):
    return st.builds(Link, IDS, st.one_of(st.none(), names), EMAILS, SITES)


def some(what, **said):
    return st.lists(st.builds(what, st.just(WHERE), **said), max_size=4)


EXTRACTS = st.fixed_dictionaries(
    {
        "accounts": some(Account, name=COMPANIES, id=IDS, as_of=DAYS, currency=CODES, website=SITES, ownership=WORDS, industry=WORDS),
        "contacts": some(
            Contact,
            name=PEOPLE,
            account=links(COMPANIES),
            id=IDS,
            as_of=DAYS,
            reports_to=st.one_of(st.none(), links(PEOPLE)),
            email=EMAILS,
            last_contact=DAYS,
        ),
        "opportunities": some(
            Opportunity,
            name=DEALS,
            account=links(COMPANIES),
            contact=st.one_of(st.none(), links(PEOPLE)),
            id=IDS,
            as_of=DAYS,
            status=WORDS,
            stage=WORDS,
            kind=WORDS,
            probability=st.sampled_from([None, Decimal("0.5")]),
            value=AMOUNTS,
            currency=CODES,
            next_step=WORDS,
            closed_because=WORDS,
        ),
        "roles": some(Role, opportunity=links(DEALS), contact=links(PEOPLE), role=WORDS, account=links(COMPANIES)),
        "activities": some(
            Activity, contact=links(PEOPLE), day=DAYS.filter(bool), account=links(COMPANIES), done=st.booleans(), subject=WORDS
        ),
        "stage_changes": some(
            StageChange, opportunity=links(DEALS), stage=WORDS.filter(bool), day=DAYS.filter(bool), account=links(COMPANIES)
        ),
        "figures": some(
            YearFigures,
            account=links(COMPANIES),
            year=st.sampled_from(["2024", "2025"]),
            revenue=AMOUNTS,
            currency=CODES,
            as_of=DAYS,
            reported_in=WORDS,
        ),
    }
)
TODAY = date(2026, 11, 22)


@settings(max_examples=60)
@given(EXTRACTS, EXTRACTS, st.sampled_from([None, "plans/meridian.yaml", "plans/halden.yaml"]))
def test_whatever_comes_is_accounted_for_and_a_second_time_changes_nothing(first, second, plan):
    book = Book(dict(PLANS))
    for records in (first, second):
        export = extract(**records)
        imported = book.bring_in(export, today=TODAY, plan=plan)
        assert len(imported.rows) == sum(map(len, records.values()))
        assert all(row.reason for row in imported.rows if row.outcome in (Outcome.SKIPPED, Outcome.UNSURE))
        assert summary(imported)
        assert all(loaded.plan is not None for path, loaded in book.plans().items() if path != "plans/broken.yaml")
        before, memory = dict(book.texts), dict(book.memory)
        again = book.bring_in(export, today=date(2027, 6, 1), plan=plan)
        assert book.texts == before
        assert {path: one.text() for path, one in book.memory.items()} == {path: one.text() for path, one in memory.items()}
        assert {row.outcome for row in again.rows} <= {Outcome.SAME, Outcome.KEPT, Outcome.CONFLICT, Outcome.UNSURE, Outcome.SKIPPED}
