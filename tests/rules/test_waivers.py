"""What is waived, where, until when, and that no waiver is forgotten."""

from __future__ import annotations

from datetime import date

import pytest

from acctplan.config import Checks, Config
from acctplan.config import Waiver as Setting
from acctplan.diagnostic import Severity
from acctplan.document import parse
from acctplan.loader import load
from acctplan.rules import Context, Level, check, rule, waivers
from acctplan.rules.waivers import _Covered, of_no_use

TODAY = date(2026, 11, 21)


@rule("contacts/no-title", severity=Severity.WARNING, level=Level.START)
def no_title(plan, _context):
    """Says of every contact whether it has a title.

    Why: Because.

    Fix: Add one.
    """
    for key, contact in plan.contacts.items():
        yield ("contacts", key, "title"), None if contact.title else f"{key} has no title"


def checked(text: str, *waivers: Setting):
    config = Config(check=Checks(waivers=waivers))
    return check(load(text, "plans/acme.yaml", config), (no_title,), Context(config, TODAY))


def found(text: str, *waivers: Setting) -> list[tuple[str, int]]:
    return [(one.rule, one.location.line) for one in checked(text, *waivers).diagnostics]


PLAN = "profile: {name: X}\ncontacts:\n  ann: {name: Ann}\n  bob:\n    name: Bob\n"
WAIVED = "# acctplan: ignore[contacts/no-title]: she has none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAN, [("contacts/no-title", 3), ("contacts/no-title", 4)]),
        (PLAN.replace("{name: Ann}", f"{{name: Ann}}  {WAIVED}"), [("contacts/no-title", 4)]),
        (PLAN.replace("  bob:", f"  {WAIVED}\n  bob:"), [("contacts/no-title", 3)]),
        (PLAN.replace("  bob:", f"  {WAIVED}\n\n  # another comment\n  bob:"), [("contacts/no-title", 3)]),
        (PLAN.replace("contacts:", f"contacts:  {WAIVED}"), []),
        (PLAN.replace("contacts:", "contacts:  # acctplan: ignore[contacts]: a family"), []),
        (PLAN.replace("contacts:", "contacts:  # acctplan: ignore[meetings, contacts/no-title]: several"), []),
        (PLAN.replace("contacts:", "contacts:  # acctplan: ignore[contacts] until 2026-11-21: its last day"), []),
    ],
)
def test_a_comment_covers_its_line_and_the_entry_on_it(text, expected):
    assert found(text) == expected


def test_an_expired_waiver_waives_nothing_and_is_a_finding():
    text = PLAN.replace("contacts:", "contacts:  # acctplan: ignore[contacts] until 2026-11-20: too late")
    assert found(text) == [("waivers/expired", 2), ("contacts/no-title", 3), ("contacts/no-title", 4)]


def test_an_unused_waiver_is_a_finding():
    assert found(PLAN.replace("name: X}", "name: X}  # acctplan: ignore[contacts]: why")) == [
        ("waivers/unused", 1),
        ("contacts/no-title", 3),
        ("contacts/no-title", 4),
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# acctplan: ignore[contacts]",
        "# acctplan: ignore[contacts]:",
        "# acctplan: ignore[]: reason",
        "# acctplan: ignore contacts: reason",
        "# acctplan: ignore[contacts] until 2026-02-30: reason",
        "#acctplan: ignroe[contacts]: reason",
    ],
)
def test_a_waiver_without_a_reason_or_misspelt_is_a_finding(comment):
    assert ("waivers/malformed", 2) in found(PLAN.replace("contacts:", f"contacts:  {comment}"))
    assert ("contacts/no-title", 3) in found(PLAN.replace("contacts:", f"contacts:  {comment}"))


def test_words_like_it_inside_a_text_are_no_waiver():
    assert found(PLAN.replace("Ann}", "'Ann # acctplan: ignore[contacts]: no'}")) == [("contacts/no-title", 3), ("contacts/no-title", 4)]


@pytest.mark.parametrize(
    ("setting", "lines"),
    [
        (Setting(rule="contacts", reason="r"), []),
        (Setting(rule="contacts/no-title", reason="r", plan="acme"), []),
        (Setting(rule="contacts", reason="r", plan="other"), [3, 4]),
        (Setting(rule="contacts", reason="r", at="contacts.ann"), [4]),
        (Setting(rule="contacts", reason="r", until=date(2026, 11, 20)), [3, 4]),
    ],
)
def test_waivers_of_the_settings(setting, lines):
    assert found(PLAN, setting) == [("contacts/no-title", line) for line in lines]


def test_of_several_waivers_the_first_in_the_plan_counts_then_those_of_the_settings():
    text = PLAN.replace("contacts:", "contacts:  # acctplan: ignore[contacts]: outer").replace("{name: Ann}", f"{{name: Ann}}  {WAIVED}")
    waived = checked(text, Setting(rule="contacts", reason="r")).waived
    assert [waiver.reason for _, waiver in waived] == ["outer", "outer"]


def test_the_items_of_a_list_are_entries_too():
    waived = "profile: {name: X}\nmeetings:\n  - a\n  # acctplan: ignore[contacts]: why\n  - b\n"
    assert _Covered(parse(waived)).entries == {1: ("profile",), 2: ("meetings",), 3: ("meetings", 0), 5: ("meetings", 1)}


def test_a_great_many_waivers_are_found_in_one_walk(monkeypatch):
    walks = []
    monkeypatch.setattr(waivers, "_Covered", lambda document: walks.append(document) or _Covered(document))
    many = "".join(f"  # acctplan: ignore[contacts]: {n}\n  c{n}: {{name: C}}\n" for n in range(500))
    sound = checked("profile: {name: X}\ncontacts:\n" + many)
    assert (len(sound.diagnostics), len(sound.waived), len(walks)) == (0, 500, 1)


@pytest.mark.parametrize(
    ("comment", "rule"),
    [("# acctplan: ignore[contcts]: x", "waivers/malformed"), ("# acctplan: nothing", "waivers/malformed"), (WAIVED, "waivers/unused")],
)
def test_more_findings_about_waivers_than_anybody_reads_are_counted(comment, rule):
    *shown, last = checked("profile: {name: X}\n" + f"{comment}\n" * 102).diagnostics
    assert [one.rule for one in shown] == [rule] * 100
    assert (last.rule, last.severity, last.message) == (
        "waivers/too-many",
        Severity.WARNING,
        "2 more findings about waivers are not shown",
    )


def test_it_is_told_which_waivers_of_the_settings_are_in_use():
    unused, expired, used = (
        Setting(rule="meetings", reason="r"),
        Setting(rule="contacts", reason="r", until=date(2020, 1, 1), at="contacts.ann"),
        Setting(rule="contacts", reason="r", at="contacts.bob"),
    )
    assert checked(PLAN, unused, expired, used).waivers_used == {1, 2}


def test_what_is_waived_is_kept_with_its_reason():
    waived = checked(PLAN.replace("contacts:", f"contacts:  {WAIVED}")).waived
    assert [(one.pointer, waiver.reason) for one, waiver in waived] == [
        (("contacts", "ann", "title"), "she has none"),
        (("contacts", "bob", "title"), "she has none"),
    ]


def test_errors_of_the_schema_cannot_be_waived():
    assert [rule for rule, _ in found("profile: {nmae: X}  # acctplan: ignore[schema]: no")] == [
        "schema/missing-field",
        "schema/unknown-field",
    ]


def test_a_waiver_of_a_rule_that_was_not_run_is_left_alone():
    config = Config()
    text = PLAN.replace("name: X}", "name: X}  # acctplan: ignore[contacts]: why")
    assert check(load(text, "x.yaml", config), (), Context(config, TODAY)).diagnostics == ()


def test_a_waiver_of_no_rule_there_is_gets_a_hint():
    (found,) = [
        one for one in checked(PLAN.replace("name: X}", "name: X}  # acctplan: ignore[contcts]: why")).diagnostics if one.location.line == 1
    ]
    assert (found.rule, found.message, found.hint) == ("waivers/malformed", "no rule or family 'contcts'", "did you mean contacts?")


def test_waivers_of_the_settings_that_are_of_no_use():
    waivers = (
        Setting(rule="contacts", reason="first"),
        Setting(rule="meetings", reason="second", until=TODAY),
        Setting(rule="risks", reason="third", until=date(2026, 11, 20)),
    )
    text = '[check]\nwaivers = [\n  {rule = "contacts", reason = "first"},\n  {reason = "second"},\n  {reason = "third"},\n]\n'
    assert [(one.rule, one.location.line) for one in of_no_use(waivers, {1, 2}, text, "acctplan.toml", TODAY)] == [
        ("waivers/unused", 3),
        ("waivers/expired", 5),
    ]
