"""What people read: place, message, the line with the spot underlined, help, counts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.diagnostic import Diagnostic, Location, Severity
from acctplan.report import Checked, columns, render

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


def narrow(*found: Diagnostic, width: int = 50, **rest) -> str:
    return render("text", Checked(1, found, width=width, **rest))


def test_a_narrow_terminal_breaks_lines_between_words():
    late = diagnostic(
        ("plans/acme.yaml", 12, 17, 27),
        rule="opportunities/close-date-passed",
        message="'Platform' should have closed on 2026-10-31",
        hint="set a new 'close_date', or close it with 'status: won'",
        source="    close_date: 2026-10-31",
    )
    assert narrow(late) == (
        "plans/acme.yaml:12:17 warning\n"
        "    opportunities/close-date-passed: 'Platform'\n"
        "    should have closed on 2026-10-31\n"
        "  12 |     close_date: 2026-10-31\n"
        "     |                 ^^^^^^^^^^\n"
        "  help: set a new 'close_date', or close it with\n"
        "        'status: won'\n"
        "\n"
        "1 plan: 1 warning\n"
    )


@pytest.mark.parametrize(
    ("column", "end_column", "expected"),
    [
        # In sight from the beginning of the line.
        (1, 4, "abc def ghi jkl mno pq…\n^^^"),
        (20, 23, "abc def ghi jkl mno pq…\n                   ^^^"),
        # Further on, with what stands before it.
        (25, 28, "… mno pqr stu vwx yz0 …\n          ^^^"),
        # At the end, and past it.
        (33, 36, "… pqr stu vwx yz0 123 4\n              ^^^"),
        (41, 42, "… pqr stu vwx yz0 123 4\n                      ^"),
        (42, 42, "…pqr stu vwx yz0 123 4\n                      ^"),
        # Wider than the terminal.
        (5, 36, "abc def ghi jkl mno pq…\n    ^^^^^^^^^^^^^^^^^^^"),
    ],
)
def test_a_long_line_is_cropped_around_the_spot(column: int, end_column: int, expected: str):
    source = "abc def ghi jkl mno pqr stu vwx yz0 123 4"
    _, *lines = narrow(diagnostic(("a", 7, column, end_column), message="", source=source), width=29).splitlines()
    shown, carets = (line for line in lines if "| " in line)
    assert f"{shown[6:]}\n{carets[6:]}" == expected


def test_a_caret_past_a_line_that_just_fits_is_on_the_terminal_too():
    lines = narrow(diagnostic(("a.yaml", 7, 35, 35), source="name: " + "x" * 28), width=40).splitlines()
    assert lines[1:3] == ["  7 | …me: " + "x" * 28, "    | " + " " * 33 + "^"]


HOSTILE = st.text(st.sampled_from("ab \t,:東食e\u0301\u200d\u202e\x1b…"), max_size=200)


@given(source=HOSTILE, ends=st.tuples(st.integers(1, 201), st.integers(0, 60)), width=st.integers(30, 90))
def test_nothing_is_wider_than_the_terminal_and_the_carets_stand_below_the_spot(source: str, ends: tuple[int, int], width: int):
    column, length = ends
    one = diagnostic(("a.yaml", 7, column, column + length), message=source, hint=source, source=source)
    lines = narrow(one, width=width).splitlines()
    assert max(map(columns, lines)) <= width
    for line, carets in pairwise(lines):
        if carets.startswith("    | "):
            assert "^" in carets
            assert columns(carets) <= columns(line) + 1


@given(st.text(st.sampled_from("ab東食"), min_size=100, max_size=200), st.integers(0, 99), st.integers(20, 120))
def test_the_spot_is_in_sight_wherever_it_is(source: str, at: int, width: int):
    marked = source[:at] + "X" + source[at + 1 :]
    lines = narrow(diagnostic(("a", 7, at + 1, at + 2), message="", source=marked), width=width).splitlines()
    line, carets = next((line, below) for line, below in pairwise(lines) if below.startswith("    | "))
    assert columns(line.partition("X")[0]) == carets.index("^")
    assert carets.count("^") == 1


def test_colours_take_no_room():
    found = (diagnostic(severity=ERROR, message="so many words " * 9, source="  name: Acme " * 9, hint="do it, " * 12),)
    painted = render("text", Checked(1, found, width=40), lambda _, part: f"\x1b[1m{part}\x1b[0m")
    assert painted.replace("\x1b[1m", "").replace("\x1b[0m", "") == narrow(*found, width=40)


class TestManyPlans:
    FOUND = (
        diagnostic(severity=ERROR, message="cannot be"),
        diagnostic(message="is late"),
        *(diagnostic((f"plans/{number}.yaml", 1, 1, 1), ADVICE, rule="b/often", message="advised") for number in range(11)),
        diagnostic(severity=ADVICE, rule="a/once", message="advised"),
        diagnostic(severity=ADVICE, rule="other/unnamed", message="told one by one"),
    )
    SUMMARIES = {"a/once": "A thing is missing. Does not apply elsewhere.", "b/often": "The `next` is missing.", "c/never": "Never."}  # noqa: RUF012

    def report(self, plans: int, name: str = "text", **rest) -> str:
        return render(name, Checked(plans, self.FOUND, **rest))

    def test_advice_is_counted_and_the_rest_told(self):
        assert self.report(11, summaries=self.SUMMARIES) == (
            "plans/acme.yaml:2:9 advice other/unnamed: told one by one\n"
            "\n"
            "plans/acme.yaml:2:9 error test/rule: cannot be\n"
            "\n"
            "plans/acme.yaml:2:9 warning test/rule: is late\n"
            "\n"
            "11 × b/often: the `next` is missing\n"
            " 1 × a/once: a thing is missing\n"
            "\n"
            "11 plans: 1 error, 1 warning, 13 pieces of advice\n"
            "  help: the advice itself: 'acctplan check PLAN' for one plan, 'acctplan check --format concise' for all\n"
        )

    def test_of_few_plans_or_without_summaries_all_is_told(self):
        assert self.report(10, summaries=self.SUMMARIES) == self.report(10)
        assert self.report(11).count("advised") == 12

    @pytest.mark.parametrize("name", ["concise", "json", "github", "gitlab", "sarif", "junit", "tsv"])
    def test_formats_for_programs_stay_complete(self, name: str):
        assert self.report(11, name, summaries=self.SUMMARIES, width=20) == self.report(11, name)
