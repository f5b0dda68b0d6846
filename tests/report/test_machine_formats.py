"""What CI systems, editors and spreadsheets read."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from acctplan.diagnostic import Diagnostic, Location, Severity
from acctplan.report import FORMATS, Checked, fingerprints, render
from acctplan.rules import Completeness, Level, Share, Waiver


def test_concise(checked):
    assert render("concise", checked) == (
        "plans/a b,c:d.yaml:2:1: error syntax/invalid: not YAML\n"
        "plans/a b,c:d.yaml:7:3: advice contacts/unknown-stance: 100 % of <b>&<U+001B>[31m<U+000A>\n"
        "plans/a b,c:d.yaml:7:3: advice contacts/unknown-stance: =cmd()\n"
    )


def test_github_escapes_and_puts_the_gravest_first(checked):
    place = "file=plans/a b%2Cc%3Ad.yaml"
    assert render("github", checked) == (
        f"::error {place},line=2,col=1,endColumn=1,title=syntax/invalid::not YAML\n"
        f"::notice {place},line=7,col=3,endColumn=9,title=contacts/unknown-stance::100 %25 of <b>&<U+001B>[31m<U+000A> (ask: 'why?')\n"
        f"::notice {place},line=7,col=3,endColumn=9,title=contacts/unknown-stance::=cmd()\n"
    )


def test_gitlab(checked):
    found = json.loads(render("gitlab", checked))
    assert [(one["check_name"], one["severity"], one["location"]["lines"]["begin"]) for one in found] == [
        ("syntax/invalid", "critical", 2),
        ("contacts/unknown-stance", "info", 7),
        ("contacts/unknown-stance", "info", 7),
    ]
    assert len({one["fingerprint"] for one in found}) == 3


def test_tsv_has_one_line_a_finding_and_no_formula(checked):
    titles, *rows = [line.split("\t") for line in render("tsv", checked).splitlines()]
    assert [dict(zip(titles, row, strict=True))["message"] for row in rows] == ["not YAML", "100 % of <b>&<U+001B>[31m<U+000A>", "'=cmd()"]


def test_junit_counts_advice_as_passed(checked):
    root = ET.fromstring(render("junit", checked))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "1")
    assert [case.get("name") for case in root.iter("testcase")] == [
        "syntax/invalid at line 2",
        "contacts/unknown-stance at line 7",
        "contacts/unknown-stance at line 7",
    ]
    assert [failure.get("message") for failure in root.iter("failure")] == ["not YAML"]


def test_junit_is_well_formed_whatever_a_plan_says():
    said = "".join(map(chr, (0x00, 0x0B, 0xFFFE, 0xFFFF, 0x1FFFE)))
    root = ET.fromstring(render("junit", Checked(1, (Diagnostic(Location("a.yaml", 1, 1, 1), "a/b", Severity.ERROR, said),))))
    assert [failure.get("message") for failure in root.iter("failure")] == ["<U+0000><U+000B><U+FFFE><U+FFFF><U+1FFFE>"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_can_name_a_file_whose_name_is_not_utf_8(name):
    place = Location("plans/caf\udce9.yaml", 1, 1, 2)
    advice = Diagnostic(place, "contacts/unknown-stance", Severity.ADVICE, "m", "h", ("contacts", "ann"), "ann:")
    completeness = {place.path: Completeness(Level.START, Share(1, 2), {"contacts": Share(1, 2)}, frozenset(), (advice,))}
    waiver = Waiver(("contacts",), "reason", None)
    written = render(name, Checked(1, (advice,), ((advice, waiver),), completeness))
    assert written.encode("utf-8")


def test_sarif_names_such_a_file_by_its_bytes():
    place = Location("plans/caf\udce9.yaml", 1, 1, 2)
    log = json.loads(render("sarif", Checked(1, (Diagnostic(place, "a/b", Severity.ERROR, "m"),))))
    physical = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "plans/caf%E9.yaml"


def test_sarif(checked):
    log = json.loads(render("sarif", checked))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"], run["tool"]["driver"]["name"]) == ("2.1.0", "unicodeCodePoints", "acctplan")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["syntax/invalid", "contacts/unknown-stance"]
    assert [(one["ruleIndex"], one["level"]) for one in run["results"]] == [(0, "error"), (1, "note"), (1, "note")]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "plans/a%20b%2Cc%3Ad.yaml"},
        "region": {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 10},
    }
    assert len({one["partialFingerprints"]["acctplan/v1"] for one in run["results"]}) == 3


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_found_is_said_in_every_format(name):
    assert "\x1b" not in render(name, Checked(1))
    if name in ("json", "sarif", "gitlab"):
        json.loads(render(name, Checked(1)))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_lets_a_terminal_be_told_what_to_do(name, checked):
    assert "\x1b" not in render(name, checked)


def test_fingerprints_survive_moved_lines_and_other_words(checked):
    moved = [
        replace(one, location=Location(one.location.path, 99, 1, 2), severity=Severity.ERROR, message="other")
        for one in checked.diagnostics
    ]
    assert [name for _, name in fingerprints(moved)] == [name for _, name in fingerprints(checked.diagnostics)]


def test_fingerprints_tell_files_rules_and_places_apart(checked):
    one = checked.diagnostics[0]
    others = [
        replace(one, location=Location("other.yaml", 7, 3, 10)),
        replace(one, rule="contacts/other"),
        replace(one, pointer=("contacts", "bob", "stance")),
    ]
    assert len({each.fingerprint for each in (one, *others)}) == 4
