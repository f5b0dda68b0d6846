"""What people read: place, message, the line with the spot underlined, help, counts."""

from __future__ import annotations

import pytest

from acctplan.diagnostic import Diagnostic, Location, Severity
from acctplan.report import Checked, render

ERROR, WARNING, ADVICE = Severity


def diagnostic(
    location: tuple[str, int, int, int] = ("plans/acme.yaml", 2, 9, 13), severity: Severity = WARNING, message: str = "wrong", **rest: str
) -> Diagnostic:
    return Diagnostic(Location(*location), rest.pop("rule", "test/rule"), severity, message, **rest)


def text(*diagnostics: Diagnostic, plans: int = 1) -> list[str]:
    report = render("text", Checked(plans, diagnostics))
    assert report.endswith("\n")
    return report.splitlines()


def spot(source: str, column: int, end_column: int) -> str:
    """The underlined line and the line of carets, without the margin."""
    _, line, carets, *_ = text(diagnostic(("a.yaml", 7, column, end_column), source=source))
    assert line.startswith("  7 | ")
    assert carets.startswith("    | ")
    return f"{line[6:]}\n{carets[6:]}"


def test_a_report_in_full():
    passed = diagnostic(
        ("plans/acme.yaml", 12, 17, 27),
        rule="opportunities/close-date-passed",
        message="'Platform' should have closed on 2026-10-31",
        hint="set a new 'close_date'",
        source="    close_date: 2026-10-31",
    )
    unknown = diagnostic(("plans/acme.yaml", 3, 3, 7), ERROR, "unknown field 'nmae'", rule="schema/unknown-field", source="  nmae: Acme")
    unread = diagnostic(("plans/bolt.yaml", 1, 1, 1), ADVICE, "nothing here", rule="test/none", hint="write something")
    assert render("text", Checked(3, (unread, passed, unknown))) == (
        "plans/acme.yaml:3:3 error schema/unknown-field: unknown field 'nmae'\n"
        "  3 |   nmae: Acme\n"
        "    |   ^^^^\n"
        "\n"
        "plans/acme.yaml:12:17 warning opportunities/close-date-passed: 'Platform' should have closed on 2026-10-31\n"
        "  12 |     close_date: 2026-10-31\n"
        "     |                 ^^^^^^^^^^\n"
        "  help: set a new 'close_date'\n"
        "\n"
        "plans/bolt.yaml:1:1 advice test/none: nothing here\n"
        "  help: write something\n"
        "\n"
        "3 plans: 1 error, 1 warning, 1 piece of advice\n"
    )


@pytest.mark.parametrize(
    ("plans", "severities", "expected"),
    [
        (3, [], "3 plans, nothing to report"),
        (1, [], "1 plan, nothing to report"),
        (0, [], "0 plans, nothing to report"),
        (3, [ADVICE, WARNING, ADVICE, ERROR, ADVICE, WARNING, ADVICE], "3 plans: 1 error, 2 warnings, 4 pieces of advice"),
        (1, [ADVICE], "1 plan: 1 piece of advice"),
        (2, [ERROR, ERROR, WARNING], "2 plans: 2 errors, 1 warning"),
    ],
)
def test_the_last_line_counts(plans: int, severities: list[Severity], expected: str):
    assert text(*(diagnostic(severity=severity) for severity in severities), plans=plans)[-1] == expected


@pytest.mark.parametrize(
    ("source", "column", "end_column", "expected"),
    [
        ("name: Acme", 7, 11, "name: Acme\n      ^^^^"),
        # An empty stretch, also at the very end, gets one caret.
        ("name:", 6, 6, "name:\n     ^"),
        # Tabs are as wide before the spot as above it.
        ("\tname:\tAcme", 8, 12, "    name:    Acme\n             ^^^^"),
        # Wide characters and accents.
        ("東京: 食品 # e\u0301x", 5, 7, "東京: 食品 # e\u0301x\n      ^^^^"),
        ("Zoe\u0308: on", 7, 9, "Zoe\u0308: on\n     ^^"),
        # What cannot be seen takes the columns that it is spelled with.
        ("\u202ea: \x1b[0m", 5, 6, "<U+202E>a: <U+001B>[0m\n           ^^^^^^^^"),
        # A spot beyond the end of a line that was cut has nothing to underline.
        ("abc…", 300, 310, "abc…\n"),
        ("abc…", 3, 310, "abc…\n  ^^"),
    ],
)
def test_the_carets_stand_below_the_spot(source: str, column: int, end_column: int, expected: str):
    if expected.endswith("\n"):
        assert "^" not in "".join(text(diagnostic(("a.yaml", 7, column, end_column), source=source)))
    else:
        assert spot(source, column, end_column) == expected


def test_a_line_is_shown_once_for_several_diagnostics_on_the_same_spot():
    first, second = (diagnostic(message=message, source="  name: Acme", hint="help") for message in ("a", "b"))
    elsewhere = diagnostic(("plans/acme.yaml", 2, 3, 7), source="  name: Acme")
    assert sum("| " in line and "Acme" in line for line in text(first, second)) == 1
    assert sum("| " in line and "Acme" in line for line in text(first, second, elsewhere)) == 2


def test_nothing_from_a_plan_reaches_the_terminal_raw():
    evil = "\x1b]52;c;evil\x07\u202e"
    report = render("text", Checked(1, (diagnostic((f"plans/{evil}.yaml", 1, 1, 5), message=evil, hint=evil, source=evil),)))
    assert not {"\x1b", "\x07", "\u202e"} & set(report)
    assert report.count("<U+001B>]52;c;evil<U+0007><U+202E>") == 4


def test_each_part_is_painted_for_its_role_and_nothing_else_changes():
    found = (
        diagnostic(severity=ERROR, source="  name: Acme", hint="do it"),
        diagnostic(("x.yaml", 1, 1, 1), ADVICE),
        diagnostic(("y.yaml", 1, 1, 1), WARNING),
    )
    painted: list[tuple[str, str]] = []
    report = render("text", Checked(1, found), lambda role, part: painted.append((role, part)) or part)
    assert report == render("text", Checked(1, found))
    assert painted == [
        ("path", "plans/acme.yaml:2:9"),
        ("error", "error"),
        ("dim", "2 |"),
        ("error", "^^^^"),
        ("dim", "  |"),
        ("dim", "help:"),
        ("path", "x.yaml:1:1"),
        ("advice", "advice"),
        ("path", "y.yaml:1:1"),
        ("warning", "warning"),
        ("error", "1 error"),
        ("warning", "1 warning"),
        ("advice", "1 piece of advice"),
    ]
