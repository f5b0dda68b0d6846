from __future__ import annotations

import pytest

from acctplan.importers.linking import Index, Nowhere
from acctplan.importers.records import Link


@pytest.fixture
def index() -> Index:
    made = Index("person", str.upper, "not here")
    made.add("lena", ["Lena Vos"], crm_id="a1", email="lena@x.example")
    made.add("tom", ["Tom Bakker"], email="all@x.example")
    made.add("eva", ["Eva Smit", "Eva Bakker"], email="all@x.example")
    made.add("tom-2", ["Tom  bakker"], crm_id="a2")
    return made


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (Link(id="A1"), "lena"),
        (Link(id="A1", name="Tom Bakker"), "lena"),
        (Link(email="LENA@x.example"), "lena"),
        (Link(name="Vos, Lena"), "lena"),
        (Link(name="Eva Bakker"), "eva"),
        (Link(name="Eva", email="all@x.example"), None),
        (Link(name="Eva Smit", email="all@x.example"), "eva"),
        (Link(name="Tom Bakker"), None),
        (Link(name="Tom Bakker", email="all@x.example"), "tom"),
        (Link(id="a9", name="Tom Bakker"), "tom"),
        (Link(id="a9", name="Lena Vos"), "not here"),
        (Link(name="Lena Vos", email="all@x.example"), None),
        (Link(name="Nobody"), "not here"),
        (Link(), "not here"),
    ],
)
def test_a_link_means_one_thing_or_nothing(index, link, expected):
    found = index.find(link)
    if expected is None:
        assert found == Nowhere("can be one of several", is_several=True)
    else:
        assert found == (Nowhere(expected) if expected == "not here" else expected)


def test_a_domain_tells_a_company():
    index = Index("company", str, "not here")
    index.add("meridian", ["Meridian Foods B.V."], website="https://www.meridian.example")
    assert index.find(Link(domain="meridian.example")) == "meridian"
    assert index.find(Link(domain="other.example", name="Meridian Foods")) == "meridian"
