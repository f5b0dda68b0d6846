"""What has one safe answer is mended, everything else is left alone."""

from __future__ import annotations

import pytest

from acctplan import fixes
from acctplan.config import Config
from acctplan.fixes import mend
from acctplan.loader import Loaded, load

CONFIG = Config()


def mended(text: str) -> str:
    after, _ = mend(load(text, "x.yaml", CONFIG), CONFIG)
    return after.read().text


def plan(contact: str = "", profile: str = "", opportunity: str = "") -> str:
    contacts = f"contacts:\n  ann: {{name: Ann{contact}}}\n"
    return f"# mine\nprofile: {{name: X{profile}}}  # keep\n{contacts}opportunities:\n  one: {{name: One{opportunity}}}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (plan(", stance: Supportive"), plan(", stance: supportive")),
        (plan(", coverage: In depth"), plan(", coverage: in_depth")),
        (plan(", coverage: in-depth"), plan(", coverage: in_depth")),
        (plan(", roles: [Decision Maker, user]"), plan(", roles: [decision_maker, user]")),
        (plan(", last_contact: 2026/1/5"), plan(", last_contact: 2026-01-05")),
        (plan(profile=", starts: 31.12.2026"), plan(profile=", starts: 2026-12-31")),
        (plan(profile=", starts: 2026.11.01"), plan(profile=", starts: 2026-11-01")),
        (plan(opportunity=", margin: 38 %"), plan(opportunity=", margin: 0.38")),
        (plan(opportunity=", value: '1,200,000'"), plan(opportunity=", value: 1_200_000")),
        (plan(opportunity=", value: 1 200 000"), plan(opportunity=", value: 1_200_000")),
        (plan(profile=", starts: 05.05.2026"), plan(profile=", starts: 2026-05-05")),
        (
            plan(", last_contact: 12.11.2026", opportunity=", stage: Needs Analysis"),
            plan(", last_contact: 12.11.2026", opportunity=", stage: needs-analysis"),
        ),
        (plan(opportunity=", buying_roles: {ann: {}}, stage: Proposal"), plan(opportunity=", buying_roles: {ann: {}}, stage: proposal")),
        (
            plan(", reports_to: BOB").replace("opp", "  bob: {name: Bob}\nopp"),
            plan(", reports_to: bob").replace("opp", "  bob: {name: Bob}\nopp"),
        ),
        (
            "profile: {name: X}\nunits: {a: {name: A, target: yes}}\ncontacts: {ann: {stance: NEUTRAL, unit: A}}\n",
            "profile: {name: X}\nunits: {a: {name: A, target: true}}\ncontacts: {ann: {stance: neutral, unit: a}}\n",
        ),
    ],
)
def test_one_safe_answer(before, after):
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        plan(", stance: suportive"),
        plan(", last_contact: 05/01/2026"),
        plan(", last_contact: 2026-02-30"),
        plan(", last_contact: 31.2.2026"),
        plan(", last_contact: 12/31/2026"),
        plan(", last_contact: 05/01/2026", opportunity=", stage: Sales"),
        plan(opportunity=", value: '1,200'"),
        plan(opportunity=", value: 1.200"),
        plan(opportunity=", margin: 138 %"),
        plan(opportunity=", value: about 500"),
        plan(", reports_to: nobody"),
        plan(", nmae: x"),
        "a: [",
    ],
)
def test_the_rest_is_left_alone(text):
    loaded = load(text, "x.yaml", CONFIG)
    after, places = mend(loaded, CONFIG)
    assert (after, places) == (loaded, ())


def test_the_places_are_told():
    assert mend(load(plan(", stance: NEUTRAL, coverage: Brief"), "x.yaml", CONFIG), CONFIG)[1] == (
        ("contacts", "ann", "stance"),
        ("contacts", "ann", "coverage"),
    )


def many(number: int, stance: str) -> str:
    return "profile: {name: X}\ncontacts:\n" + "".join(f"  c-{one}: {{name: C, stance: {stance}}}\n" for one in range(number))


@pytest.mark.parametrize("number", [99, 100, 101, 102, 350])
def test_however_many_there_are(number):
    assert mended(many(number, "Neutral")) == many(number, "neutral")


def test_those_among_many_that_have_no_answer():
    text = many(150, "unheard-of")
    among = text.replace("c-7: {name: C, stance: unheard-of}", "c-7: {name: C, stance: Neutral}")
    assert mended(among) == among.replace("Neutral", "neutral")


def test_many_references():
    text = "profile: {name: X}\ncontacts:\n  bob: {name: B}\n" + "".join(f"  c-{one}: {{reports_to: BOB}}\n" for one in range(130))
    assert mended(text.replace("{reports", "{name: C, reports")) == text.replace("{reports", "{name: C, reports").replace("BOB", "bob")


def test_what_has_no_answer_is_loaded_no_more(monkeypatch):
    asked: list[str] = []

    def counted(text: str, path: str, config: Config) -> Loaded:
        asked.append(text)
        return load(text, path, config)

    monkeypatch.setattr(fixes, "load", counted)
    loaded = load(many(150, "unheard of"), "x.yaml", CONFIG)
    assert mend(loaded, CONFIG) == (loaded, ())
    assert not asked
