from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.model.fields import ID_PATTERN
from acctplan.naming import file_name, identifier, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Meridian Foods", "meridian-foods"),
        ("  3M  Company ", "3m-company"),
        ("Smith & Wesson", "smith-wesson"),
        ("Goldman, Sachs & Co.", "goldman-sachs-co"),
        ("Children's Hospital", "childrens-hospital"),
        ("D\u2019Cruz", "dcruz"),
        ("Stadtwerke Süd", "stadtwerke-sued"),
        ("Malte Ku\u0308hn", "malte-kuehn"),
        ("Straße", "strasse"),
        ("Ærø Øl", "aeroe-oel"),
        ("Karásek", "karasek"),
        ("Łódź", "lodz"),
        ("\u0130STANBUL I\u015f\u0131k", "istanbul-isik"),
        ("\uff26\uff55\uff4c\uff4c Width", "full-width"),
        ("../../etc/passwd", "etc-passwd"),
        ("株式会社", ""),
        ("株式会社 AB", ""),
        ("株 Abc Holdings", "abc-holdings"),
        ("\u0420\u043e\u043c\u0430\u0448\u043a\u0430 24", ""),
        ("!!!", ""),
        ("", ""),
        ("a" * 70, "a" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
    ],
)
def test_names_become_short_ascii(name, expected):
    assert slug(name) == expected


@given(st.text(), st.sets(st.sampled_from(["a", "a-2", "contact-abc", "b"])))
def test_every_id_is_one_and_free(name, taken):
    made = identifier(name, "contact", "0035g00000XyZab", taken)
    assert re.fullmatch(ID_PATTERN, made)
    assert len(made) <= 80
    assert made not in taken


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Lena Vos", set(), "lena-vos"),
        ("Lena Vos", {"lena-vos"}, "lena-vos-2"),
        ("Lena Vos", {"lena-vos", "lena-vos-2"}, "lena-vos-3"),
        ("田中", set(), "contact-000xyzab"),
        ("田中", {"contact-000xyzab"}, "contact-000xyzab-2"),
    ],
)
def test_an_id_comes_from_the_name_else_from_the_crm_id(name, taken, expected):
    assert identifier(name, "contact", "0035g00000XyZab", taken) == expected


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Nissan Motors", {"nissan-motors"}, "nissan-motors-2"),
        ("CON", set(), "con-account"),
        ("Lpt1", {"lpt1-account"}, "lpt1-account-2"),
        ("Conrad", set(), "conrad"),
        ("東京", set(), "account-000xyzab"),
    ],
)
def test_file_names_are_safe_on_every_disk(name, taken, expected):
    assert file_name(name, "0015g00000XyZab", taken) == expected


def test_of_very_many_of_one_name_each_gets_the_next_number():
    class Counted(set[str]):
        asked = 0

        def __contains__(self, name: object) -> bool:
            self.asked += 1
            return super().__contains__(name)

    taken, numbers = Counted({"lena-vos", "lena-vos-4"}), {}
    made = []
    for _ in range(200):
        made.append(identifier("Lena Vos", "contact", "", taken, numbers))
        taken.add(made[-1])
    assert made == [f"lena-vos-{number}" for number in (2, 3, *range(5, 203))]
    assert taken.asked < 1000
