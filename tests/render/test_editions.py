"""Nothing internal reaches a customer, whatever the plan says, whichever document it is and whoever wrote its template."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from acctplan import render as pages_of
from acctplan.document import parse
from acctplan.errors import UserError
from acctplan.loader import load
from acctplan.model import Section
from acctplan.model.editions import customer_edition
from acctplan.render import DOCUMENTS, FORMATS, CustomerView, PlanView, Standing, render_plan
from acctplan.render.editions import internal_in, leaves
from hostile import with_texts
from pages import CONFIG, FULL, TODAY, loaded, plan
from shape import matches, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan

FOR_CUSTOMERS = [name for name, document in DOCUMENTS.items() if "customer" in document.audiences]
EVERYTHING = "\n".join(
    f"{{% if {name} is defined %}}{{{{ {name} }}}}{{% endif %}}"
    for name in (
        *(field.name for view in (PlanView, CustomerView, Standing) for field in fields(view)),
        *("pictures", "plan", "loaded", "config", "view", "edition", "values", "range", "dict", "namespace", "cycler", "joiner"),
    )
)
"""A template that prints all that it can reach."""


_MONTHS = 100
"""Whole numbers below are months and grades, which have to stay what they are."""


def canaries(value: Any, numbers: Iterator[int], *, shared: bool) -> Any:
    """A section in which each number is like no other, and which shares all that it can or nothing."""
    if isinstance(value, Section):
        updated = {name: canaries(item, numbers, shared=shared) for name, item in value.__dict__.items()}
        addresses = {name: f"canary{next(numbers)}" for name in ("website", "email", "phone") if updated.get(name)}
        return value.model_copy(update=updated | addresses | ({"shared": True} if shared and "shared" in updated else {}))
    if isinstance(value, dict):
        return {key: canaries(item, numbers, shared=shared) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(canaries(item, numbers, shared=shared) for item in value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or (isinstance(value, int) and value < _MONTHS):
        return value
    return type(value)(next(numbers))


def canary_plan(*, shared: bool) -> Plan:
    found = loaded(FULL).plan
    assert found is not None
    numbers = count(7_000_001, 13)
    made: Plan = canaries(with_texts(found, lambda: f"canary{next(numbers)}"), numbers, shared=shared)
    return made


def secrets(of: Plan) -> list[str]:
    """The canaries that are not in the customer's edition."""
    known = {leaf.value for leaf in leaves(customer_edition(of))}
    values = [leaf.value for leaf in leaves(of) if leaf.value not in known]
    return [str(value) for value in values if "canary" in str(value) or (isinstance(value, (int, Decimal)) and value > 7_000_000)]


def test_the_canary_plan_has_a_value_in_every_field():
    data = parse(FULL.read_text(encoding="utf-8")).data
    assert [place.pattern for place in places() if not list(matches(data, place.pattern))] == []


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("document", [*FOR_CUSTOMERS, "everything"])
def test_a_customers_document_says_nothing_internal(document: str, format_name: str, shared: bool):
    of = canary_plan(shared=shared)
    internal = secrets(of)
    assert len(internal) > 60
    own = {f"everything.{name}.j2": EVERYTHING for name in FORMATS} if document == "everything" else {}
    page = render_plan(replace(loaded(FULL), plan=of), CONFIG, TODAY, format_name, own, document=document, audience="customer")
    assert of.profile.name in page
    plain = page.replace(",", "")
    assert [secret for secret in internal if secret in plain] == []
    words = re.sub("<style>.*?</style>", "", page, flags=re.DOTALL).casefold()
    assert not any(word in words for word in ("supportive", "score", "rank", "stance", "influence"))


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_is_shared_is_all_in_the_mutual_plan(format_name: str):
    of = canary_plan(shared=True)
    page = render_plan(replace(loaded(FULL), plan=of), CONFIG, TODAY, format_name, document="customer")
    shared = {str(leaf.value) for leaf in leaves(customer_edition(of)) if str(leaf.value).startswith("canary")}
    hidden = {of.profile.website, of.profile.headquarters}
    assert len(shared) > 20
    assert sorted(text for text in shared - hidden if text not in page) == []


def test_an_internal_template_sees_what_a_customers_does_not():
    of = canary_plan(shared=True)
    page = render_plan(replace(loaded(FULL), plan=of), CONFIG, TODAY, "md", {"everything.md.j2": EVERYTHING}, document="everything")
    assert len([secret for secret in secrets(of) if secret in page]) > 60


PLAN = plan("""
profile: {name: Brannhaven, background: They owe the bank a lot of money and nobody there may know it, employees: 21_380}
opportunities:
  all-cranes: {name: All cranes, shared: true, need: Warning of two weeks, value: 612_000, margin: 0.4, close_date: 2027-02-26,
    notes: "Ask for *more* & wait; 3.1 <maybe>"}
contacts: {jo-doe: {name: Jo Doe, notes: weak, personal_agenda: Warning}}
competitors: {knarr: {name: Knarr}}
""")
EDITION = customer_edition(PLAN)


@pytest.mark.parametrize(
    ("page", "pointer"),
    [
        ("They owe the bank a lot of money and nobody there may know it", "profile.background"),
        ("THEY OWE THE BANK A LOT", "profile.background"),
        ("they owe\n  the\tbank\n a lot", "profile.background"),
        ("<b>They</b> o<i>w</i>e the bank a<br> lot", "profile.background"),
        ('<p title="They owe the bank a lot">', "profile.background"),
        ("<!-- they owe the bank a lot -->", "profile.background"),
        ("&#84;hey owe &#x74;he bank a lot", "profile.background"),
        ("They o**w**e the bank a lot", "profile.background"),
        ("They o\u00adwe the\u200b bank a lot", "profile.background"),
        ("Ask for \\*more\\* & wait; 3\\.1 \\<maybe\\>", "opportunities.all-cranes.notes"),
        ("Ask for *more* &amp; wait; 3.1 &lt;maybe&gt;", "opportunities.all-cranes.notes"),
        ("worth 612,000 EUR", "opportunities.all-cranes.value"),
        ("worth 612000", "opportunities.all-cranes.value"),
        ("worth 612 000", "opportunities.all-cranes.value"),
        ("worth 612'000", "opportunities.all-cranes.value"),
        ("worth 612.000,00", "opportunities.all-cranes.value"),
        ("21380 people", "profile.employees"),
        ("26 Feb 2027", "opportunities.all-cranes.close_date"),
        ("on 2027-02-26", "opportunities.all-cranes.close_date"),
        ("against Knarr", "competitors.knarr"),
        ("jo-doe", "contacts.jo-doe"),
        ("Jo Doe", "contacts.jo-doe"),
        ("weak", "contacts.jo-doe.notes"),
    ],
)
def test_whatever_is_internal_is_found_however_it_is_written(page: str, pointer: str):
    found = internal_in(f"<p>Brannhaven: {page}</p>", PLAN, EDITION, ["of the templates"])
    assert ".".join(map(str, found or ())) == pointer


@pytest.mark.parametrize(
    "page",
    [
        "Brannhaven: All cranes, Warning of two weeks",
        "they owe the bank",  # fewer words than tell anything
        "0.4",
        "Warning",  # shared by another field
        "weakness and knarrs",  # other words
        "1612,000 or 612,0001",
        "2027",
        "",
    ],
)
def test_what_is_shared_short_or_something_else_is_not(page: str):
    assert internal_in(page, PLAN, EDITION, []) is None


def test_what_a_template_says_itself_is_no_leak():
    assert internal_in("<h2>weak</h2>", PLAN, EDITION, ["<h2>weak</h2>"]) is None


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("document", FOR_CUSTOMERS)
def test_what_a_page_says_of_itself_is_no_leak(document: str, format_name: str):
    """An internal id can be one of the page's own words, and an internal day the day that it is."""
    words = ["pressures", "goals", "initiatives", "obstacles", "not-started", "late", "done", "customer", "edition", "status", "next-steps"]
    internal = "".join(f"  {word}: {{name: W, last_contact: 2026-11-21}}\n" for word in words)
    of = load(
        f"""
profile: {{name: X, starts: 2026-01-01, background: 9 Mar 2027}}
contacts:
{internal}
insights: {{one: {{kind: pressure, what: Such, shared: true}}, two: {{kind: goal, what: Other, shared: true}}}}
meetings: {{every_months: 3, next: 2026-12-09, held: {{2026-09-16: {{actions: {{a: {{what: Act, due: 2026-10-01}}, b: {{what: Bet}}}}}}}}}}
""",
        "plan.yaml",
        CONFIG,
    )
    assert "X" in render_plan(of, CONFIG, TODAY, format_name, document=document)


def test_a_leak_is_told_by_its_place_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch):
    of = loaded(FULL)
    assert of.plan is not None
    secret = next(contact.personal_agenda for contact in of.plan.contacts.values() if contact.personal_agenda)
    true_view = pages_of.customer_view
    monkeypatch.setattr(pages_of, "customer_view", lambda *given: replace(true_view(*given), manager=secret))
    with pytest.raises(UserError) as caught:
        render_plan(of, CONFIG, TODAY, "html", document="customer")
    told = f"{caught.value.message} {caught.value.hint}"
    assert ".personal_agenda is internal, and the document customer would say it; nothing was written" in told
    assert told.startswith("full-plan.yaml:")
    assert secret not in told


@pytest.mark.parametrize(
    "note", ["with Lena Vos", "Lena Vos, Head of Purchasing", "every 3 months", "As of 21 Nov 2026", "next time: 15 Dec 2026"]
)
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("document", FOR_CUSTOMERS)
def test_what_a_page_puts_together_of_what_is_shared_is_no_leak(document: str, format_name: str, note: str):
    of = load(
        f"profile: {{name: Acme}}\ncontacts: {{lena: {{name: Lena Vos, title: Head of Purchasing, notes: '{note}'}}}}\n"
        "meetings: {every_months: 3, with: [lena], next: 2026-12-15}\n",
        "plan.yaml",
        CONFIG,
    )
    assert "Lena Vos" in render_plan(of, CONFIG, TODAY, format_name, document=document)
