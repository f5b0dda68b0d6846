"""What has changed since a review: fingerprints, what is suspect, what to ask."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from acctplan import loader
from acctplan.analysis.differences import differences
from acctplan.analysis.ranking import rank
from acctplan.analysis.reviewing import fingerprint, is_comparable, unreviewed
from acctplan.analysis.reviewing.questions import questions
from acctplan.config import Config
from acctplan.diagnostic import format_pointer
from acctplan.model import Plan, Review

TODAY = date(2026, 11, 21)
PLAN = """\
profile: {name: Acme, currency: EUR}
team: {ines: {name: Ines}}
units: {plant: {name: Plant}}
solutions: {sensing: {name: Sensing}}
contacts:
  lena: {name: Lena Vos, roles: [sponsor, user], stance: neutral, coverage: multiple, influence: high}
  tom: {name: Tom Bakker, reports_to: lena}
  jo: {name: Jo, influences: [lena]}
competitors: {kestrel: {name: Kestrel, threat: low}}
insights:
  grow: {kind: goal, what: Grow, leads_to: [lines], owner: lena}
  lines: {kind: initiative, what: New lines, answered_by: [cranes]}
white_space: {plant: {sensing: {status: open}}}
opportunities:
  cranes: {name: All cranes, value: 420_000, unit: plant, solution: sensing, buying_roles: {lena: {}},
    competition: {competitors: [kestrel]}}
  study: {name: Study, decision_criteria: [{what: Price, held_by: [lena]}]}
  over: {name: Over, status: won, buying_roles: {lena: {}}}
objectives:
  win: {category: revenue, what: Win it, opportunities: [cranes],
    strategies: {show: {what: Show it, actions: {visit: {what: Visit her, contact: lena},
      met: {what: Meet her, contact: lena, status: done}}}}}
  near: {category: cross_account, what: Know her, contacts: [lena]}
meetings: {with: [lena], held: {2026-09-01: {attended: [lena], actions: {send: {what: Send it, contact: lena}}}}}
reviews: {2026-10-01: {by: ines}}
"""


def plan(text: str = PLAN) -> Plan:
    found = loader.load(text, "acme.yaml", Config())
    assert found.plan is not None, found.diagnostics
    return found.plan


def changed(*pairs: tuple[str, str]) -> str:
    text = PLAN
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_fingerprint_stays_what_it_is_from_version_to_version():
    assert fingerprint(plan()) == "p1-5abfb3750dea077f"


SAME = {
    "as it is": PLAN,
    "comment and layout": changed(("  tom: {name", "\n  # her right hand\n  tom:   {name")),
    "order of entries": changed(("team: {ines: {name: Ines}}\n", ""), ("reviews: {", "team: {ines: {name: Ines}}\nreviews: {")),
    "order of fields": changed(("{kind: goal, what: Grow", "{what: Grow, kind: goal")),
    "spelling of a number": changed(("420_000", "420000.00")),
    "order of words that say nothing by it": changed(("[sponsor, user]", "[user, sponsor]")),
    "what is so anyway": changed(("study: {name: Study", "study: {name: Study, status: potential")),
    "sections without content": changed(("[kestrel]}}", "[kestrel]}, importance: {}}"), ("reviews:", "risks:\nreviews:")),
    "reviews": changed(("by: ines}}", "by: ines, notes: Go on}, 2026-11-01: {by: ines}}")),
}
OTHER = {
    "amount": changed(("420_000", "420_001")),
    "stance": changed(("stance: neutral, ", "")),
    "entry": changed(("  jo: {name: Jo, influences: [lena]}\n", "")),
    "part of an opportunity": changed(("Over, status: won, buying_roles: {lena: {}}", "Over, status: won, buying_roles: {}")),
    "text": changed(("what: Grow,", "what: Grow!,")),
}


@pytest.mark.parametrize(("one", "other"), list(product(SAME | OTHER, SAME | OTHER)))
def test_fingerprints_differ_where_and_only_where_something_changed(one: str, other: str):
    before, after = plan((SAME | OTHER)[one]), plan((SAME | OTHER)[other])
    told = [change for change in differences(before, after, Config()) if change.section != "reviews"]
    assert (fingerprint(before) == fingerprint(after)) is (not told)
    assert (not told) is (one == other or {one, other} <= set(SAME))


@pytest.mark.parametrize(("text", "expected"), [("p1-0a1b", True), ("p2-0a1b", False), ("0a1b", False)])
def test_fingerprints_of_another_making_are_not_compared(text: str, expected: bool):
    assert is_comparable(text) is expected


LINES = "  lines: {kind: initiative, what: New lines, answered_by: [cranes]}\n"
BUYER = "sensing, buying_roles: {lena: {stance: negative}}"
ON_LENA = [
    "insights.grow",
    "contacts.jo",
    "opportunities.cranes",
    "opportunities.study",
    "objectives.near",
    "objectives.win.strategies.show.actions.visit",
    "meetings.held.2026-09-01.actions.send",
]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("stance: neutral", "stance: negative")], ON_LENA),
        ([("stance: neutral, ", "")], ON_LENA),
        ([("[sponsor, user]", "[user]")], ON_LENA),
        ([("name: Lena Vos", "name: Mia Roth")], [*ON_LENA[:1], "contacts.tom", *ON_LENA[1:]]),
        ([("coverage: multiple", "coverage: brief")], ON_LENA),
        ([("coverage: multiple, ", "")], ON_LENA),
        ([("coverage: multiple", "coverage: in_depth")], []),
        ([("influence: high}", "influence: high, notes: Likes trains}")], []),
        ([("threat: low", "threat: high")], ["opportunities.cranes"]),
        ([("threat: low", "threat: low, strengths: [Price]")], ["opportunities.cranes"]),
        ([("threat: low", "threat: low, notes: Nice people")], []),
        ([("{status: open}", "{status: in_house}")], ["opportunities.cranes"]),
        ([("{status: open}", "{status: open, contract_ends: 2027-01-31}")], ["opportunities.cranes"]),
        ([("{status: open}", "{status: open, spend: 5}")], []),
        ([("{sensing: {status: open}}", "{}")], ["opportunities.cranes"]),
        ([("white_space: {plant: {sensing: {status: open}}}\n", "")], ["opportunities.cranes"]),
        ([("what: Grow,", "what: Shrink,")], ["insights.lines"]),
        ([("what: New lines", "what: No lines")], ["opportunities.cranes"]),
        ([(LINES, ""), ("leads_to: [lines], ", "")], ["opportunities.cranes"]),
        (
            [("stance: neutral", "stance: negative"), ("  near:", "  new: {category: revenue, what: New, contacts: [lena]}\n  near:")],
            ON_LENA,
        ),
        ([("{status: open}", "{status: in_house}"), ("{name: Study,", "{name: Study, unit: plant,")], ["opportunities.cranes"]),
        ([("sensing, buying_roles: {lena: {}}", BUYER)], ["opportunities.cranes", "objectives.win"]),
        ([("name: All cranes", "name: Every crane")], []),
        ([("  tom:", "  mia: {name: Mia, stance: negative}\n  tom:")], []),
        ([("stance: neutral", "stance: negative"), ("name: Study,", "name: Study, status: lost,")], [*ON_LENA[:3], *ON_LENA[4:]]),
    ],
)  # fmt: skip
def test_what_relied_on_something_that_changed_is_suspect(pairs: list[tuple[str, str]], expected: list[str]):
    found = unreviewed(plan(), plan(changed(*pairs)), Config(), None)
    assert [format_pointer(one.pointer) for one in found.suspects] == expected


def test_what_relied_on_somebody_who_is_gone_is_suspect_though_it_names_them_no_longer():
    after = changed(
        ("  jo: {name: Jo, influences: [lena]}\n", ""),
        ("contacts: [lena]", "contacts: []"),
    ).replace("lena: {}", "").replace("[lena]", "[]").replace(", reports_to: lena", "").replace(", owner: lena", "")  # fmt: skip
    after = "".join(line for line in after.replace(", contact: lena", "").splitlines(keepends=True) if not line.startswith("  lena:"))
    found = unreviewed(plan(), plan(after), Config(), None)
    assert [format_pointer(one.pointer) for one in found.suspects] == [
        *("insights.grow", "contacts.tom", "opportunities.cranes", "opportunities.study", "objectives.near"),
        *("objectives.win.strategies.show.actions.visit", "meetings.held.2026-09-01.actions.send"),
    ]
    assert {one.why for one in found.suspects} >= {"relies on Lena Vos: contact removed"}


def test_the_reason_says_all_that_changed():
    after = plan(changed(("stance: neutral", "stance: negative"), ("influence: high", "influence: low"), ("threat: low", "threat: high")))
    found = {format_pointer(one.pointer): one.why for one in unreviewed(plan(), after, Config(), None).suspects}
    assert (
        found["opportunities.cranes"]
        == "relies on Lena Vos: stance neutral → negative; influence high → low, and on Kestrel: threat low → high"
    )
    buyer = plan(changed(("sensing, buying_roles: {lena: {}}", "sensing, buying_roles: {lena: {stance: negative}}")))
    found = {format_pointer(one.pointer): one.why for one in unreviewed(plan(), buyer, Config(), None).suspects}
    assert found["opportunities.cranes"] == "relies on who buys: Lena Vos: unknown → negative"
    assert found["objectives.win"] == "relies on All cranes: Lena Vos: unknown → negative"


def test_what_was_confirmed_is_suspect_again_once_something_else_has_changed():
    negative = plan(changed(("stance: neutral", "stance: negative")))
    first = unreviewed(plan(), negative, Config(), None)
    review = Review(by="ines", confirmed={one.key: format_pointer(one.pointer) for one in first.suspects})
    then = unreviewed(plan(), negative, Config(), review)
    assert (then.suspects, then.confirmed) == ((), first.suspects)
    supportive = plan(changed(("stance: neutral", "stance: supportive")))
    assert len(unreviewed(plan(), supportive, Config(), review).suspects) == len(first.suspects)
    more = plan(changed(("stance: neutral", "stance: negative"), ("threat: low", "threat: high")))
    (again,) = unreviewed(plan(), more, Config(), review).suspects
    assert format_pointer(again.pointer) == "opportunities.cranes"


def test_reviews_are_nothing_to_review():
    assert unreviewed(plan(), plan(changed(("by: ines}}", "by: ines, notes: Go on}}"))), Config(), None).changes == ()


def test_questions_are_of_each_kind_in_turn_and_five_at_most():
    text = changed(("stance: neutral", "stance: negative"), ("contact: lena},\n      met", "contact: lena, due: 2026-11-01},\n      met"))
    before, after = plan(), plan(text)
    found = unreviewed(before, after, Config(), None)
    asked = questions(after, Config(), TODAY, rank([("acme", after)], Config()), found.suspects)
    assert [one.kind for one in asked] == ["suspect", "unknown", "late", "person", "idle"]
    assert [(one.words, one.why) for one in (asked[2], asked[3])] == [
        ("What keeps this, and who can help: Visit her?", "due 2026-11-01, 20 days late"),
        ("What would win Lena Vos over?", "a key player who is against us"),
    ]
    assert len(set(asked)) == 5


def test_a_plan_that_says_nothing_raises_no_question():
    nothing = plan("profile: {name: Acme}\n")
    assert questions(nothing, Config(), TODAY, [], []) == ()


@pytest.mark.parametrize(
    ("contact", "question"),
    [
        ("{name: Lena, influence: high}", "Where does Lena stand?"),
        ("{title: CFO, influence: high}", "Who is CFO?"),
        ("{name: Lena, influence: high, stance: neutral, coverage: brief}", "Who brings us closer to Lena?"),
        ("{name: Lena, influence: high, stance: neutral, coverage: in_depth}", None),
        ("{name: Lena, influence: low}", None),
    ],
)
def test_people_who_are_worth_a_question(contact: str, question: str | None):
    found = questions(plan(f"profile: {{name: Acme}}\ncontacts: {{lena: {contact}}}\n"), Config(), TODAY, [], [])
    assert [one.words for one in found] == ([question] if question else [])
