from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.importers.matching import NEW, Named, Unsure, domain, forms, is_same, match


def people(*names: str) -> list[Named]:
    """People by name, or by name and e-mail: `Lena Vos <lena@a.example>`."""
    made = []
    for number, text in enumerate(names):
        name, _, email = text.rstrip(">").partition(" <")
        made.append(Named(f"{number}", name, email or None))
    return made


def found(records, standing, sort="person", **known):
    """What records are: the name of what stands, `new`, or `unsure`."""
    names = {each.key: each.name for each in standing}
    matches = match(records, standing, sort, known)
    return [
        "unsure" if isinstance(matches[each.key], Unsure) else "new" if matches[each.key] is NEW else names[matches[each.key]]
        for each in records
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meridian Foods", "MERIDIAN FOODS, Inc."),
        ("Meridian Foods B.V.", "Meridian Foods"),
        ("Société Générale S.A.", "Societe Generale"),
        ("Müller GmbH & Co. KG", "Mueller"),
        ("Müller AG", "Muller"),
        ("The Kestrand Company", "Kestrand Ltd."),
        ("Smith & Sons", "Smith and Sons LLC"),
        ("Nordhavn ApS", "nordhavn"),
        ("Ærø Færge A/S", "Aeroe Faerge A/S"),
        ("株式会社トヨタ", "株式会社トヨタ"),
    ],
)
def test_what_says_nothing_about_a_company_is_set_aside(one, other):
    assert is_same(one, other, "company")


@pytest.mark.parametrize(
    ("one", "other"), [("Acme", "Acme Robotics"), ("Company", "Inc"), ("Nissan Motors", "Nissan Chemical"), ("Plant 1", "Plant 2")]
)
def test_other_companies_are_other_companies(one, other):
    assert not is_same(one, other, "company")


@pytest.mark.parametrize(("one", "other"), [("Vos, Lena", "Lena Vos"), ("Dr. Lena Vos", "lena vos"), ("José O'Neill", "Jose ONeill")])
def test_people_are_the_same_however_they_are_written(one, other):
    assert is_same(one, other, "person")


def test_a_legal_form_alone_is_a_name():
    assert forms("GmbH", "company") == ("gmbh",)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.Meridian.example/about?x=1", "meridian.example"),
        ("meridian.example", "meridian.example"),
        ("lena@meridian.example", "meridian.example"),
        ("meridian", None),
        ("", None),
        (None, None),
        ("http://", None),
    ],
)
def test_the_domain_of_an_address(address, expected):
    assert domain(address) == expected


@pytest.mark.parametrize(
    ("records", "standing", "expected"),
    [
        pytest.param(["Lena Vos"], ["Tom Bakker", "Lena Vos"], ["Lena Vos"], id="one of the name"),
        pytest.param(["Lena Vos"], ["Tom Bakker"], ["new"], id="none of the name"),
        pytest.param(["Lena Vos"], ["Lena Vos", "Lena  VOS"], ["unsure"], id="two stand"),
        pytest.param(["Lena Vos", "Lena Vos"], ["Lena Vos"], ["unsure", "unsure"], id="two come, one stands"),
        pytest.param(["Lena Vos", "Lena Vos"], [], ["unsure", "unsure"], id="two come without ids"),
        pytest.param(["Lena Vos <a@x.example>", "Lena Vos <b@x.example>"], [], ["new", "new"], id="two come with e-mails of their own"),
        pytest.param(["Christopher Vandenbergh"], ["Christopher Vandenberg"], ["Christopher Vandenberg"], id="a slip in a long name"),
        pytest.param(["Lena Voss"], ["Lena Vos"], ["unsure"], id="a slip in a short name is asked"),
        pytest.param(["Jan Bakker"], ["Jane Bakker"], ["unsure"], id="brother and sister are asked"),
        pytest.param(["Jan Bakker"], ["Jane Bakker", "Jan Bakker"], ["Jan Bakker"], id="the very name goes before one alike"),
        pytest.param(["Alexandra Papadopoulos"], ["Alexandre Papadopoulos"], ["unsure"], id="another first name"),
        pytest.param(
            ["Christopher Vandenberg"], ["Christopher Vandenbergh", "Christopher Vandenbergs"], ["unsure"], id="two as much alike"
        ),
        pytest.param(["L. Vos <lena@x.example>"], ["Lena Vos <LENA@x.example>"], ["Lena Vos"], id="by e-mail"),
        pytest.param(["Office <info@x.example>"], ["Lena Vos <info@x.example>"], ["unsure"], id="the office's e-mail"),
        pytest.param(
            ["Lena Vos <all@x.example>", "Tom Bakker <all@x.example>"],
            ["Eva Smit <all@x.example>", "Tom Bakker"],
            ["new", "Tom Bakker"],
            id="everybody's e-mail",
        ),
        pytest.param(["!!!"], ["???"], ["new"], id="signs are no name"),
    ],
)
def test_who_is_who(records, standing, expected):
    assert found(people(*records), people(*standing)) == expected


@pytest.mark.parametrize(
    ("record", "standing", "expected"),
    [
        ("Framework agreement renewal 2026", "Framework agreement renewal 2025", "new"),
        ("Framework agreement renewal 2026", "Framework agreement renewal, 2026", "Framework agreement renewal, 2026"),
        ("Cold stores", "Cold stores, all", "new"),
        ("Cold stores all", "Cold store all", "Cold store all"),
    ],
)
def test_deals_with_other_numbers_are_other_deals(record, standing, expected):
    assert found([Named("1", record)], [Named("a", standing)], "deal") == [expected]


def test_ids_go_first_and_two_that_differ_are_never_the_same():
    standing = [Named("a", "Lena Vos", None, "1"), Named("b", "Tom Bakker", None, "2"), Named("c", "Lena Vos", None, None)]
    records = [Named("2", "Lena Vos", None, "2"), Named("3", "Tom Bakker", None, "3"), Named("4", "Lena Vos", None, "4")]
    assert match(records, standing, "person") == {"2": "b", "3": NEW, "4": "c"}


def test_what_was_decided_goes_before_names_and_never_before_ids():
    standing = [Named("a", "Lena Vos"), Named("b", "Lena Smit"), Named("c", "Eva", None, "9")]
    records = [Named("x", "Lena Vos", None, "1")]
    assert match(records, standing, "person", {"x": "b"}) == {"x": "b"}
    assert match(records, standing, "person", {"x": NEW}) == {"x": NEW}
    assert match(records, standing, "person", {"x": "c"}) == {"x": "a"}


def test_what_is_unsure_names_the_candidates():
    unsure = match([Named("x", "Lena Voss")], [Named("a", "Lena Vos"), Named("b", "Tom")], "person")["x"]
    assert [each.key for each in unsure.candidates] == ["a"]


NAMES = st.sampled_from(["Lena Vos", "lena vos", "Lena Voss", "Jan Bakker", "Jane Bakker", "田中", "", "!", "Tom B. Smit", "Tom Smit"])
SIDES = st.lists(
    st.tuples(NAMES, st.sampled_from([None, "a@x.example", "b@x.example"]), st.sampled_from([None, "1", "2", "3"])), max_size=6
)


def side(rows) -> list[Named]:
    seen = set()
    return [
        Named(f"{number}", name, email, crm_id)
        for number, (name, email, crm_id) in enumerate(rows)
        if crm_id is None or not (crm_id in seen or seen.add(crm_id))
    ]


@given(SIDES, SIDES, st.randoms(use_true_random=False))
def test_nobody_is_claimed_twice_and_the_order_of_rows_is_of_no_matter(first, second, shuffled):
    records, standing = side(first), side(second)
    matches = match(records, standing, "person")
    claimed = [each for each in matches.values() if isinstance(each, str)]
    assert len(claimed) == len(set(claimed))
    by_key = {each.key: each for each in standing}
    for each in records:
        if isinstance(matches[each.key], str):
            other = by_key[matches[each.key]]
            assert each.crm_key is None or other.crm_key in (None, each.crm_key)
    shuffled.shuffle(records)
    shuffled.shuffle(standing)
    again = match(records, standing, "person")
    assert {key: type(found) for key, found in again.items()} == {key: type(found) for key, found in matches.items()}
    assert {key: found for key, found in again.items() if isinstance(found, str)} == {
        key: found for key, found in matches.items() if isinstance(found, str)
    }
