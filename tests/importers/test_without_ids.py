"""Records of sources that have no ids, or that only say how often we met: whatever an importer may give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from exports import Book, whats
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.config import parse
from acctplan.errors import UserError
from acctplan.importers import Extract, Outcome, Preference, Source, System, summary
from acctplan.importers.records import (
    Account,
    Activity,
    Contact,
    File,
    Link,
    Opportunity,
    Role,
    StageChange,
    Words,
    YearFigures,
)

CARDS = System("cards", "Cards", words=Words(stages={"Signed off": "won", "Talks": "qualification"}, roles={"Boss": "decision_maker"}))
MERIDIAN = Link(name="Meridian Foods")
TODAY = date(2026, 11, 22)
PLAN = """\
profile: {name: Meridian Foods, currency: EUR}
contacts:
  lena: {name: Lena Vos, email: lena@meridian.example, last_contact: 2026-01-01}
  tom: {name: Tom Bakker}
opportunities:
  cold: {name: Cold stores, status: open, stage: qualification}
"""
KINDS = {
    "accounts": "account",
    "contacts": "contact",
    "opportunities": "opportunity",
    "roles": "role",
    "activities": "activity",
    "stage_changes": "stage_change",
    "figures": "year",
}


def at(row: int, kind: str = "x") -> Source:
    return Source(f"{kind}.csv", row)


def extract(**records) -> Extract:
    """Records as an importer gives them, numbered from row 2 of a file a kind."""
    placed = {kind: tuple(replace(each, source=at(row, kind)) for row, each in enumerate(given, 2)) for kind, given in records.items()}
    return Extract(CARDS, tuple(File(f"{kind}.csv", len(given), 0, KINDS[kind]) for kind, given in placed.items()), **placed)


def person(name: str, **said) -> Contact:
    return Contact(at(0), name, **{"account": MERIDIAN, **said})


def deal(name: str, **said) -> Opportunity:
    return Opportunity(at(0), name, **{"account": MERIDIAN, **said})


def talk(name: str, day: date, **said) -> Activity:
    return Activity(at(0), Link(name=name), day, **{"account": MERIDIAN, **said})


@pytest.fixture
def book() -> Book:
    return Book({"plans/meridian.yaml": PLAN})


def data(book: Book):
    return book.data("plans/meridian.yaml")


def outcomes(imported) -> list[str]:
    return [str(row.outcome) for row in imported.rows]


def reasons(imported) -> list[str]:
    return [row.reason for row in imported.rows if row.reason]


def test_contacts_find_their_plan_and_their_entry_by_name(book):
    export = extract(contacts=[person("Vos, Lena", title="CFO", account=Link(name="MERIDIAN FOODS, Inc.")), person("Eva Smit")])
    imported = book.bring_in(export, today=TODAY)
    assert outcomes(imported) == ["changed", "new"]
    assert data(book)["contacts"]["lena"]["title"] == "CFO"
    assert data(book)["contacts"]["eva-smit"] == {"name": "Eva Smit", "source": "Cards", "as_of": "2026-11-22"}
    before = dict(book.texts)
    assert set(outcomes(book.bring_in(export, today=date(2027, 5, 1)))) <= {"same", "conflict"}
    assert book.texts == before


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (Link(), "it names no account"),
        (
            Link(name="Halden Rail"),
            (
                "its account is in no plan and in none of these files; import the file of accounts too, "
                "make plans with --new, or name theirs with --plan"
            ),
        ),
        (
            Link(id="77"),
            (
                "its account is in no plan and in none of these files; import the file of accounts too, "
                "make plans with --new, or name theirs with --plan"
            ),
        ),
        (Link(name="Meridian Goods"), "its account Meridian Goods may be one that there is"),
    ],
)
def test_a_contact_whose_account_is_not_clear_is_left_out(book, link, reason):
    imported = book.bring_in(extract(contacts=[person("Eva Smit", account=link)]))
    assert (reasons(imported), book.texts["plans/meridian.yaml"]) == ([reason], PLAN)


def test_with_a_plan_named_what_says_no_account_is_about_its(book):
    book.texts["plans/halden.yaml"] = "profile: {name: Halden Rail}\n"
    people = [person("Eva Smit", account=Link()), person("Odd Berg", account=Link(name="Halden Rail"))]
    imported = book.bring_in(extract(contacts=people), plan="plans/meridian.yaml")
    assert outcomes(imported) == ["new", "skipped"]
    assert "eva-smit" in data(book)["contacts"]


@pytest.mark.parametrize(
    "link", [Link(name="Foods of the Meridian"), Link(id="77"), Link(name="Meridian Goods"), Link(domain="foods.example")]
)
def test_with_a_plan_named_all_that_is_of_one_account_which_leads_nowhere_is_about_its(book, link):
    people = [person(name, account=link) for name in ("Eva Smit", "Odd Berg")]
    assert outcomes(book.bring_in(extract(contacts=people), plan="plans/meridian.yaml")) == ["new", "new"]


@pytest.mark.parametrize(
    "people",
    [
        [person("Eva Smit", account=Link(name="Halden Rail")), person("Odd Berg", account=Link(name="Corvus"))],
        [person("Eva Smit", account=Link(name="Halden Rail")), person("Odd Berg", account=Link())],
    ],
)
def test_with_a_plan_named_what_is_of_another_account_stays_out(book, people):
    imported = book.bring_in(extract(contacts=people), plan="plans/meridian.yaml")
    assert "Eva Smit" not in book.texts["plans/meridian.yaml"]
    assert reasons(imported)[0] == "its account was not asked for" or "import the file of accounts too" in reasons(imported)[0]


def test_with_a_plan_named_an_account_with_another_id_is_another_one(book):
    book.texts["plans/meridian.yaml"] = PLAN.replace("profile: {", "profile: {crm: {cards: '5'}, ")
    imported = book.bring_in(extract(contacts=[person("Eva Smit", account=Link(id="77", name="Meridian"))]), plan="plans/meridian.yaml")
    assert outcomes(imported) == ["skipped"]


@pytest.mark.parametrize(
    ("ticker", "name", "theirs", "expected"),
    [
        ("MRDN", "Meridian International Holdings", "mrdn", ["changed"]),
        ("NYSE: MRDN", "Meridian International Holdings", "MRDN", ["changed"]),
        ("MRDN", "Entirely Else", "MRDN", ["unsure"]),
        ("MRDN", "Meridian International Holdings", "MRD", ["new"]),
    ],
)
def test_the_stock_symbol_tells_where_the_names_are_near(book, ticker, name, theirs, expected):
    book.texts["plans/meridian.yaml"] = f"profile: {{name: Meridian Foods, ticker: '{ticker}'}}\n"
    account = Account(at(0), name, id="0001", ticker=theirs)
    assert outcomes(book.bring_in(extract(accounts=[account]))) == expected


def test_a_stock_symbol_of_two_accounts_tells_nothing(book):
    book.texts["plans/meridian.yaml"] = "profile: {name: Meridian Foods, ticker: MRDN}\n"
    accounts = [Account(at(row), f"Meridian {what}", id=what, ticker="MRDN") for row, what in enumerate(("Holding", "Trading"))]
    assert set(outcomes(book.bring_in(extract(accounts=accounts)))) == {"new"}


@pytest.mark.parametrize(
    ("brings", "reason"),
    [
        ("", "its account has no plan; make one first: acctplan new"),
        (
            "the submissions",
            (
                "its account is in no plan and in none of these files; import the submissions too, "
                "make plans with --new, or name theirs with --plan"
            ),
        ),
    ],
)
def test_what_brings_the_accounts_is_the_sources_own(book, brings, reason):
    export = extract(contacts=[person("Eva Smit", account=Link(name="Halden Rail"))])
    assert reasons(book.bring_in(replace(export, system=replace(export.system, accounts_in=brings)))) == [reason]


def test_what_was_decided_of_an_account_holds_for_all_that_is_of_it(book):
    export = extract(contacts=[person(name, account=Link(name="Meridian Goods")) for name in ("Eva Smit", "Odd Berg")])
    (undecided,) = book.dry_run(export).unsure
    assert (undecided.kind, undecided.name, [each.key for each in undecided.candidates]) == ("account", "Meridian Goods", ["meridian"])
    assert outcomes(book.bring_in(export, decisions={"Meridian Goods": "meridian"})) == ["new", "new"]


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ({"Nobody": "lena"}, "nothing in these files is called Nobody"),
        ({"Lena Voss": "nobody"}, "Lena Voss cannot be nobody"),
        ({"Eva Smit": "tom"}, "2 rows are called Eva Smit"),
    ],
)
def test_a_decision_about_nothing_or_about_several_is_refused(book, decisions, message):
    export = extract(contacts=[person("Lena Voss"), person("Eva Smit", email="a@x.example"), person("Eva Smit", email="b@x.example")])
    with pytest.raises(UserError, match=message):
        book.dry_run(export, decisions=decisions)


def test_an_entry_that_a_person_has_renamed_is_known_again(book):
    book.bring_in(extract(contacts=[person("Eva Smit", title="CEO")]))
    text = book.texts["plans/meridian.yaml"]
    book.texts["plans/meridian.yaml"] = text.replace("name: Eva Smit", "name: Eva Jansen-Smit")
    imported = book.bring_in(extract(contacts=[person("Eva Smit", title="Chair")]))
    assert list(data(book)["contacts"]) == ["lena", "tom", "eva-smit"]
    assert (data(book)["contacts"]["eva-smit"]["name"], data(book)["contacts"]["eva-smit"]["title"]) == ("Eva Jansen-Smit", "Chair")
    assert outcomes(imported) == ["changed"]


def test_two_people_of_one_name_are_never_one(book):
    imported = book.bring_in(extract(contacts=[person("Tom Bakker", title="CIO"), person("Tom Bakker", title="COO")]))
    assert (outcomes(imported), book.texts["plans/meridian.yaml"]) == (["unsure", "unsure"], PLAN)


def test_one_e_mail_for_all_merges_nobody(book):
    people = [person(name, email="office@meridian.example") for name in ("Eva Smit", "Odd Berg", "Lena Vos")]
    book.bring_in(extract(contacts=people))
    assert list(data(book)["contacts"]) == ["lena", "tom", "eva-smit", "odd-berg"]


def test_links_between_people_and_deals_are_names_too(book):
    export = extract(
        contacts=[person("Eva Smit", reports_to=Link(name="Lena Vos")), person("Odd Berg", reports_to=Link(name="Nobody"))],
        opportunities=[deal("Plants", account=Link(), contact=Link(email="lena@meridian.example"), stage="Talks")],
        roles=[
            Role(at(0), Link(name="Plants"), Link(name="Eva Smit"), "Boss"),
            Role(at(0), Link(name="Cold stores"), Link(name="Tom Bakker"), "Gatekeeper", MERIDIAN),
            Role(at(0), Link(name="Cold stores"), Link(name="Nobody"), None, MERIDIAN),
            Role(at(0), Link(name="Nothing"), Link(name="Eva Smit"), None, MERIDIAN),
        ],
    )
    imported = book.bring_in(export)
    made = data(book)
    assert made["contacts"]["eva-smit"]["reports_to"] == "lena"
    assert made["opportunities"]["plants"]["buying_roles"] == {"eva-smit": {"role": "decision_maker"}}
    assert made["opportunities"]["cold"]["buying_roles"] == {"tom": {}}
    assert reasons(imported) == [
        "its contact is not in the export, nor in the plan",
        "its opportunity is not in the export, nor in the plan",
    ]
    assert "reports to somebody who is not in the export, nor in the plan; the line was left out" in whats(imported)
    assert "the role 'Gatekeeper' is none that a plan knows; left out" in whats(imported)
    assert set(outcomes(book.bring_in(export))) <= {"same", "skipped"}


def test_a_role_that_a_person_took_out_stays_out(book):
    export = extract(roles=[Role(at(0), Link(name="Cold stores"), Link(name="Tom Bakker"), "Boss", MERIDIAN)])
    book.bring_in(export)
    book.texts["plans/meridian.yaml"] = PLAN
    imported = book.bring_in(export)
    assert (reasons(imported), book.texts["plans/meridian.yaml"]) == (["it was taken out of the plan; it stays out"], PLAN)


@pytest.mark.parametrize(
    ("status", "stage", "expected"),
    [
        (None, "Talks", ("open", "qualification")),
        (None, "Signed off", ("won", None)),
        ("open", "Signed off", ("won", None)),
        ("Lost", "Talks", ("lost", None)),
        ("dropped", None, ("dropped", None)),
        (None, None, ("open", None)),
        (None, "negotiation", ("open", "negotiation")),
        ("Abgesagt", "Talks", ("dropped", None)),
        (None, "Hot", ("open", "proposal")),
    ],
)
def test_status_and_stage_are_the_plans_words(book, status, stage, expected):
    book.config = parse('[import.cards.stages]\n"HOT!" = "proposal"\n[import.cards.statuses]\n"abgesagt" = "dropped"\n')
    book.bring_in(extract(opportunities=[deal("Plants", status=status, stage=stage, probability=Decimal("0.3"), next_step="Call")]))
    made = data(book)["opportunities"]["plants"]
    assert (made["status"], made.get("stage")) == expected
    assert ("probability" in made, "next_step" in made) == (expected[0] == "open",) * 2


def test_words_that_nobody_has_explained_are_told_with_the_line_to_write(book):
    imported = book.bring_in(extract(opportunities=[deal("Plants", status="Hm", stage="Cooling", kind="Odd")]))
    hints = [note.hint for note in imported.notes]
    assert [f'under [import.cards.{field}]: "{word}" = "…"' in hint for (field, word), hint in zip(
        [("statuses", "Hm"), ("stages", "Cooling"), ("kinds", "Odd")], hints, strict=True
    )] == [True] * 3  # fmt: skip


def test_talks_move_the_last_contact_on_and_never_back(book):
    export = extract(
        activities=[
            talk("Lena Vos", date(2025, 6, 1)),
            talk("Lena Vos", date(2026, 9, 1)),
            talk("Lena Vos", date(2027, 1, 1)),
            talk("Tom Bakker", date(2026, 8, 1), done=False),
            talk("Nobody", date(2026, 8, 1)),
            Activity(at(0), Link(email="lena@meridian.example"), date(2026, 9, 3)),
        ]
    )
    imported = book.bring_in(export, today=TODAY)
    people = data(book)["contacts"]
    assert (people["lena"]["last_contact"], people["tom"].get("last_contact")) == ("2026-09-03", None)
    assert reasons(imported) == ["its day is still to come", "it is not done yet", "its contact is not in the export, nor in the plan"]
    before = dict(book.texts)
    book.bring_in(export, today=TODAY)
    assert book.texts == before


def test_a_talk_with_a_contact_of_the_same_export_goes_into_its_entry(book):
    imported = book.bring_in(extract(contacts=[person("Eva Smit")], activities=[talk("Eva Smit", date(2026, 9, 1))]), today=TODAY)
    assert data(book)["contacts"]["eva-smit"]["last_contact"] == "2026-09-01"
    assert outcomes(imported) == ["new", "new"]


@pytest.mark.parametrize(
    ("stages", "since"),
    [
        (["prospecting", "qualification"], "2026-02-01"),
        (["qualification", "prospecting", "qualification", "Talks"], "2026-03-01"),
        (["qualification", "prospecting"], None),
        (["Unheard of"], None),
    ],
)
def test_the_history_says_since_when_it_is_in_its_stage(book, stages, since):
    changes = [StageChange(at(0), Link(name="Cold stores"), stage, date(2026, month, 1), MERIDIAN) for month, stage in enumerate(stages, 1)]
    for export in (extract(stage_changes=changes), extract(opportunities=[deal("Cold stores", stage="Talks")], stage_changes=changes)):
        trial = Book(dict(book.texts))
        trial.bring_in(export, today=TODAY)
        assert data(trial)["opportunities"]["cold"].get("stage_since") == since
        before = dict(trial.texts)
        trial.bring_in(export, today=date(2027, 1, 1))
        assert trial.texts == before


def test_figures_of_years_come_with_their_source_and_day(book):
    figures = YearFigures(at(0), MERIDIAN, "2025", revenue=Decimal(1000), currency="EUR", reported_in="10-K", as_of=date(2026, 3, 1))
    dollars = YearFigures(at(0), MERIDIAN, "2024", revenue=Decimal(1000), currency="USD")
    imported = book.bring_in(extract(figures=[figures, dollars, replace(figures, revenue=Decimal(1), as_of=date(2026, 2, 1))]))
    assert data(book)["profile"]["revenue_history"] == {"2025": {"revenue": "1000", "source": "10-K", "as_of": "2026-03-01"}}
    assert reasons(imported) == [
        "its figures are in USD, the plan in EUR: they stay out, unless the plan is begun in USD (acctplan new NAME --currency USD)",
        "the figures of 2025 stand in row 2 already",
    ]
    restated = replace(figures, revenue=Decimal(1100), reported_in="10-K/A", as_of=date(2026, 6, 1))
    assert outcomes(book.bring_in(extract(figures=[restated]))) == ["changed"]
    assert data(book)["profile"]["revenue_history"] == {
        "2025": {"revenue": "1_100".replace("_", ""), "source": "10-K/A", "as_of": "2026-06-01"}
    }


def test_an_account_without_an_id_becomes_a_plan_once(book):
    export = extract(
        accounts=[Account(at(0), "Halden Rail"), Account(at(0), "Halden Rail AS")],
        contacts=[person("Odd Berg", account=Link(name="Halden Rail"))],
    )
    imported = book.bring_in(export, today=TODAY)
    assert list(book.texts) == ["plans/meridian.yaml", "plans/halden-rail.yaml"]
    assert outcomes(imported) == ["new", "skipped", "new"]
    assert outcomes(book.bring_in(export, today=TODAY)) == ["same", "skipped", "same"]


def test_the_day_of_an_entry_moves_on_with_what_it_brings_and_stays_otherwise(book):
    def row(title, as_of=None):
        return extract(contacts=[person("Eva Smit", title=title, as_of=as_of)])

    def day():
        return data(book)["contacts"]["eva-smit"]["as_of"]

    book.bring_in(row("CEO", date(2026, 1, 5)), today=TODAY)
    assert day() == "2026-01-05"
    book.bring_in(row("CEO"), today=date(2027, 1, 1))
    assert day() == "2026-01-05"
    book.bring_in(row("CEO", date(2026, 3, 5)), today=TODAY)
    assert day() == "2026-03-05"
    book.bring_in(row("Chair"), today=date(2027, 1, 1))
    assert (day(), data(book)["contacts"]["eva-smit"]["title"]) == ("2027-01-01", "Chair")


def test_an_older_export_takes_nothing_back(book):
    def row(title, as_of):
        return extract(contacts=[person("Eva Smit", title=title, as_of=as_of)])

    book.bring_in(row("Chair", date(2026, 6, 1)))
    before = dict(book.texts)
    assert outcomes(book.bring_in(row("CEO", date(2026, 1, 1)))) == ["same"]
    assert book.texts == before


def test_what_the_source_no_longer_has_is_told_and_stays(book):
    book.bring_in(extract(contacts=[person("Eva Smit"), person("Odd Berg")]))
    imported = book.bring_in(extract(contacts=[person("Eva Smit")]))
    assert "odd-berg" in data(book)["contacts"]
    assert [plan.absent for plan in imported.plans] == [(("contacts", "odd-berg"),)]
    assert "Not in these files, and nothing happens to them: 1 contact of earlier imports (--json names them)" in summary(imported)


PEOPLE = st.lists(
    st.builds(
        person,
        st.sampled_from(["Lena Vos", "Lena Voss", "Tom Bakker", "Eva Smit", "eva smit", "", "田中"]),
        title=st.sampled_from([None, "CFO", "CEO"]),
        email=st.sampled_from([None, "lena@meridian.example", "e@x.example"]),
        reports_to=st.sampled_from([None, Link(name="Lena Vos"), Link(name="Eva Smit"), Link(email="e@x.example")]),
        account=st.sampled_from([MERIDIAN, Link(), Link(name="Meridian Goods")]),
    ),
    max_size=5,
)


@settings(max_examples=150)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_rows_in_another_order_say_the_same(people, shuffled):
    one, other = Book({"plans/meridian.yaml": PLAN}), Book({"plans/meridian.yaml": PLAN})
    first = one.bring_in(extract(contacts=people), today=TODAY)
    again = list(people)
    shuffled.shuffle(again)
    second = other.bring_in(extract(contacts=again), today=TODAY)
    assert sorted(outcomes(first)) == sorted(outcomes(second))
    assert data(one)["contacts"].keys() == data(other)["contacts"].keys()
    before = dict(one.texts)
    third = one.bring_in(extract(contacts=people), today=date(2027, 3, 1), prefer=Preference())
    assert one.texts == before
    assert {row.outcome for row in third.rows} <= {Outcome.SAME, Outcome.CONFLICT, Outcome.UNSURE, Outcome.SKIPPED}
