from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from acctplan import config, loader
from acctplan.config import Config
from acctplan.diagnostic import Diagnostic, Location, Severity
from acctplan.document import MAX_PROBLEMS, Entry, parse
from acctplan.loader import MAX_DIAGNOSTICS, Loaded, load, schema
from acctplan.model import Plan
from damage import damaged
from paths import DATA, ROOT, corpus
from shape import Place, matches, places

if TYPE_CHECKING:
    from collections.abc import Callable

FULL_PLAN = (DATA / "full-plan.yaml").read_text(encoding="utf-8")
ACME = "profile: {name: Acme}\n"


def found(text: str) -> list[Diagnostic]:
    return list(load(text, "acme.yaml", Config()).diagnostics)


def only(text: str) -> Diagnostic:
    (one,) = found(text)
    return one


def flow(data: Any) -> str:
    """Data as YAML on one line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    if data is None:
        return "~"
    if data.isascii() and data.isprintable():
        return json.dumps(data)
    return '"' + "".join(f"\\U{ord(character):08x}" for character in data) + '"'


# What is accepted


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_full_plan_loads(mark: str, end: str):
    loaded = load(mark + FULL_PLAN.replace("\n", end), "full.yaml", Config())
    assert loaded.diagnostics == ()
    assert loaded.path == "full.yaml"
    assert loaded.plan is not None
    assert loaded.document is not None
    assert loaded.plan == load(FULL_PLAN, "full.yaml", Config()).plan


def test_the_sample_plans_load():
    settings = config.parse((ROOT / "acctplan.toml").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "plans").glob("*.yaml")):
        loaded = load(path.read_text(encoding="utf-8"), path.name, settings)
        assert [one for one in loaded.diagnostics if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("text", ["", "\n", "---\n", "~\n"])
def test_nothing_is_not_a_plan(text: str):
    one = only(text)
    assert (one.rule, one.location) == ("schema/not-a-plan", Location("acme.yaml", 1, 1, 1))


def test_a_name_is_enough():
    plan = load(ACME, "acme.yaml", Config()).plan
    assert plan is not None
    assert plan.model_dump(exclude_defaults=True) == {"profile": {"name": "Acme"}}


@pytest.mark.parametrize(
    "text",
    [
        "contacts:\nteam: ~\nopportunities: null\nmeetings:\nwhite_space:\nrevenue:\nacctplan:\n",
        "contacts: {}\nmeetings: {}\n",
        "contacts:\n  lena-vos:\n",
        "contacts:\n  lena-vos: {name: , roles: , stance: , relationship: , crm: , influences: ~}\n",
        "white_space: {}\nunits: {a: {name: A}}\n",
        "units: {a: {name: A}}\nwhite_space: {a: }\n",
        "opportunities: {a: {name: A, status: , stage: , value: , buying_roles: , decision_criteria: }}\n",
        "objectives: {a: {category: revenue, what: W, status: , strategies: {b: {what: X, actions: {c: {what: Y, status: }}}}}}\n",
        "meetings: {with: , held: {2026-01-31: , 2026-04-30: {attended: , ours: , actions: }}}\n",
        "revenue: {FY2026: }\n",
        "risks: {a: {what: W, status: }}\n",
    ],
)
def test_what_is_empty_is_left_out(text: str):
    loaded = load(ACME + text, "acme.yaml", Config())
    assert loaded.diagnostics == ()
    assert loaded.plan is not None


def test_an_entry_with_nothing_below_it_is_an_entry():
    plan = load(ACME + "contacts:\n  lena-vos:\n  tom-bakker: {reports_to: lena-vos}\n", "acme.yaml", Config()).plan
    assert plan is not None
    assert list(plan.contacts) == ["lena-vos", "tom-bakker"]


def test_what_is_empty_has_the_value_it_has_when_it_is_left_out():
    text = "opportunities: {a: {name: A, status: , decision_criteria: , crm: }}\n"
    plan = load(ACME + text, "acme.yaml", Config()).plan
    assert plan == load(ACME + "opportunities: {a: {name: A}}\n", "acme.yaml", Config()).plan


def test_reading_changes_nothing_in_the_document():
    text = ACME + "contacts:\n  a: {roles: , crm: }\n  b: {roles: }\nteam:\n"
    loaded = load(text, "acme.yaml", Config())
    assert loaded.document is not None
    assert loaded.document.data == parse(text).data


# What is wrong with a value

WRONG_VALUES = (DATA / "wrong-values.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
MARK = re.compile(r" *(?:\^+|\|)\n")


def marked(text: str) -> str:
    """A plan with what is wrong underlined (`|`: an empty stretch), and the diagnostic below it."""
    one = only(text)
    path, line, column, end = one.location
    assert (path, one.severity) == ("acme.yaml", Severity.ERROR)
    lines = text.splitlines(keepends=True) or ["\n"]
    assert one.source == lines[line - 1].rstrip("\n")
    lines.insert(line, " " * (column - 1) + ("^" * (end - column) or "|") + "\n")
    return "".join(lines) + f"{one.rule}: {one.message}" + (f"\n  {one.hint}" if one.hint else "")


@pytest.mark.parametrize("expected", WRONG_VALUES)
def test_what_is_wrong_and_where(expected: str):
    plan = re.split(r"^(?:schema|reference)/", expected, flags=re.MULTILINE)[0]
    assert marked(MARK.sub("", plan).lstrip("\n")) == expected


def with_value(place: Place, value: Any) -> str:
    """The full plan with something else at a place, or with another key."""
    data = parse(FULL_PLAN).data
    *way, last = next(matches(data, place.pattern))
    target: Any = data
    for step in way:
        target = target[step]
    if place.is_key:
        target[value] = target.pop(last)
    else:
        target[last] = value
    return flow(data)


VALUES = [place for place in places() if not place.is_key]
KEYS = sorted({place.pattern[:length] for place in VALUES for length, step in enumerate(place.pattern, 1) if step == "*"})


@pytest.mark.parametrize("place", VALUES, ids=lambda place: ".".join(place.pattern))
def test_whatever_is_wrong_with_a_field_is_told_in_words(place: Place):
    for value in ("?!", "", [{}], {"a": []}):
        assert "something else" not in str(found(with_value(place, value)))


@pytest.mark.parametrize("pattern", KEYS, ids=".".join)
def test_whatever_is_wrong_with_a_key_is_told_in_words(pattern: tuple[str, ...]):
    if isinstance(parse_at(next(matches(parse(FULL_PLAN).data, pattern[:-1]))), dict):
        for key in ("", "?!", "a" * 90):
            (one,) = found(with_value(Place(pattern, (), is_key=True), key))
            assert one.rule == "schema/wrong-key"
            assert "something else" not in one.message


def parse_at(pointer: tuple[str | int, ...]) -> Any:
    value: Any = parse(FULL_PLAN).data
    for step in pointer:
        value = value[step]
    return value


def test_what_pydantic_may_call_otherwise_one_day_is_still_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(schema, "_SHAPES", {})
    one = only("profile: Acme\n")
    assert (one.message, one.hint) == ("'profile' should be something else", "")


def test_syntax_is_told_with_its_place_and_nothing_else():
    loaded = load("# plan\nprofile: {name: Acme}\nteam:\n\tamira: {}\n", "acme.yaml", Config())
    assert (loaded.document, loaded.plan) == (None, None)
    (one,) = loaded.diagnostics
    assert one == Diagnostic(
        Location("acme.yaml", 4, 1, 2),
        "syntax/tab",
        Severity.ERROR,
        "a tab where YAML wants spaces",
        "indent with spaces",
        (),
        "\tamira: {}",
    )


def test_a_duplicate_key_names_both_lines():
    one = only(ACME + "team: {}\n\nteam: {}\n")
    assert (one.location.line, one.message, one.hint) == (4, "this key is already in the mapping, on line 2", "keep one of the two")


def test_diagnostics_stand_in_the_order_of_the_file():
    text = "acctplan: 3\nteam: {a: {}}\nprofile: {name: [], nam: 1}\ncontacts: {A: 1}\n"
    locations = [one.location[1:3] for one in found(text)]
    assert locations == sorted(locations)
    assert len(locations) == 6


def test_a_long_line_is_cut():
    one = only(f"profile: {{name: Acme, background: '{'b' * 500}', website: []}}\n")
    assert one.source == f"profile: {{name: Acme, background: '{'b' * 500}"[:200] + "…"
    assert one.location[1:] == (1, 539, 546)


def test_a_text_of_several_lines_is_underlined_to_the_end_of_its_first():
    one = only(ACME + "contacts:\n  a:\n    stance: quite\n      neutral\n")
    assert one.location[1:] == (4, 13, 18)
    assert one.source == "    stance: quite"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (ACME + "".join(f"x{n}: 1\n" for n in range(MAX_DIAGNOSTICS + 1)), "schema/too-many"),
        (ACME + "contacts:\n" + "".join(f"  c{n}: {{unit: u{n}}}\n" for n in range(MAX_DIAGNOSTICS + 1)), "schema/too-many"),
        (ACME + "a: 1\n" * (MAX_DIAGNOSTICS + 2), "syntax/too-many"),
    ],
)
def test_more_problems_than_anybody_reads_are_counted(text: str, rule: str):
    diagnostics = found(text)
    assert len(diagnostics) == MAX_DIAGNOSTICS + 1
    assert [(one.message, one.hint) for one in diagnostics if one.rule == rule] == [
        ("1 more problems are not shown", "mend those that are shown, then check again")
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("".join(f"x{n}: 1\n" for n in range(MAX_DIAGNOSTICS + 1)), "schema/too-many"),
        ("a: 1\n" * (MAX_DIAGNOSTICS + 2), "syntax/too-many"),
    ],
)
def test_the_count_stands_behind_what_is_shown(text: str, rule: str):
    assert [one.rule == rule for one in found(text)] == [False] * MAX_DIAGNOSTICS + [True]
    assert max(found(text), key=lambda one: one.sort_key).rule == rule


def test_problems_that_were_not_even_read_are_not_counted():
    assert found("?\n" * 5_000)[-1].message == f"at least {MAX_PROBLEMS - MAX_DIAGNOSTICS} more problems are not shown"


def test_more_remarks_than_anybody_reads_are_counted():
    loaded = load(ACME + "# review: this\n" * (MAX_DIAGNOSTICS + 1) + "risks: {a: {what: PO #4\n  }}\n", "acme.yaml", Config())
    assert loaded.plan is not None
    *shown, last = loaded.diagnostics
    assert {one.rule for one in shown} == {"plan/marked-for-review"}
    assert len(shown) == MAX_DIAGNOSTICS
    assert (last.rule, last.severity, last.message) == ("plan/too-many", Severity.WARNING, "2 more remarks on comments are not shown")


def test_as_many_problems_as_are_shown_need_no_count():
    diagnostics = found(ACME + "".join(f"x{n}: 1\n" for n in range(MAX_DIAGNOSTICS)))
    assert {one.rule for one in diagnostics} == {"schema/unknown-field"}


# References

REFERENCES = [place for place in places() if place.refers_to]


def with_unknown_id(place: Place) -> tuple[str, int, tuple[str | int, ...]]:
    """The full plan with an id at a place replaced by one that is nowhere: the text, the offset and the pointer of that id."""
    document = parse(FULL_PLAN)
    pointer = next(matches(document.data, place.pattern))
    entry = document.entry(pointer)
    node = entry.key if place.is_key and isinstance(entry, Entry) else document.node(pointer)
    assert node is not None
    text = FULL_PLAN[: node.start] + "who-is-this" + FULL_PLAN[node.end :]
    return text, node.start, (*pointer[:-1], "who-is-this") if place.is_key else pointer


@pytest.mark.parametrize("place", REFERENCES, ids=lambda place: ".".join(place.pattern) + ("=" if place.is_key else ""))
def test_an_unknown_id_is_reported_wherever_one_may_stand(place: Place):
    text, offset, pointer = with_unknown_id(place)
    (one,) = load(text, "full.yaml", Config()).diagnostics
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    assert one.location == Location("full.yaml", line, column, column + len("who-is-this"))
    assert (one.rule, one.severity, one.pointer) == ("reference/unknown", Severity.ERROR, pointer)
    where = " or ".join(place.refers_to) + (" (nor in acctplan.toml)" if place.refers_to == ("solutions",) else "")
    assert one.message == f"'who-is-this' is not in {where}"
    assert one.hint.startswith(f"add who-is-this to {place.refers_to[0]}, or ")


def test_every_section_that_can_be_referred_to_is():
    assert {section for place in REFERENCES for section in place.refers_to} == {
        "contacts",
        "team",
        "units",
        "solutions",
        "competitors",
        "opportunities",
        "insights",
    }


@pytest.mark.parametrize(
    ("wrong", "right"), [("yara-cost", "yara-costa"), ("Yara-Costa".lower() + "a", "yara-costa"), ("costa-yara", None), ("zzz", None)]
)
def test_an_id_that_is_almost_right_is_suggested(wrong: str, right: str | None):
    one = only(FULL_PLAN.replace("attended: [yara-costa, okan]", f"attended: [{wrong}, okan]"))
    offered = "marc-aubert, yara-costa, nils-frei, theatre-manager, ines, okan"
    assert one.hint == (f"did you mean {right}?" if right else f"add {wrong} to contacts, or take one of {offered}")


def test_who_attended_may_be_a_contact_or_one_of_us():
    assert found(FULL_PLAN.replace("attended: [yara-costa, okan]", "attended: [okan, ines, marc-aubert]")) == []


SELLS = Config.model_validate({"solutions": {"sensors": {"name": "Sensors"}}})


def test_solutions_of_the_configuration_are_known():
    text = ACME + "units: {a: {name: A}}\nwhite_space: {a: {sensors: {status: open}, platform: {status: open}}}\n"
    text += "solutions: {platform: {name: Platform}}\nopportunities: {o: {name: O, solution: sensors}}\n"
    assert load(text, "acme.yaml", SELLS).diagnostics == ()
    assert [one.location[1:3] for one in load(text, "acme.yaml", Config()).diagnostics] == [(3, 19), (5, 40)]


def test_solutions_of_the_configuration_are_suggested():
    loaded = load(ACME + "opportunities: {o: {name: O, solution: sensor}}\n", "acme.yaml", SELLS)
    assert [(one.message, one.hint) for one in loaded.diagnostics] == [
        ("'sensor' is not in solutions (nor in acctplan.toml)", "did you mean sensors?")
    ]


@pytest.mark.parametrize(
    ("stage", "near"), [("propsal", "did you mean proposal? "), ("Proposal".lower() + "s", "did you mean proposal? "), ("zzz", "")]
)
def test_an_unknown_stage_is_reported(stage: str, near: str):
    one = only(ACME + f"opportunities: {{o: {{name: O, stage: {stage}}}}}\n")
    assert (one.rule, one.message) == ("reference/unknown-stage", f"unknown stage '{stage}'")
    assert one.hint == f"{near}stages are named in acctplan.toml: {', '.join(Config().stages)}"
    assert one.location[1:] == (2, 37, 37 + len(stage))
    assert one.pointer == ("opportunities", "o", "stage")


def test_the_stages_of_the_configuration_are_known():
    stages = Config.model_validate({"stages": {"first-talk": {"probability": "0.1"}}})
    assert load(ACME + "opportunities: {o: {name: O, stage: first-talk}}\n", "acme.yaml", stages).diagnostics == ()
    assert load(ACME + "opportunities: {o: {name: O, stage: proposal}}\n", "acme.yaml", stages).plan is None


# Answers to scorecards


def answer(card: str, answer: str) -> str:
    return (
        ACME
        + f"competitors: {{rival: {{name: Rival}}}}\nopportunities:\n  o:\n    name: O\n    scorecards:\n      {card}:\n        {answer}\n"
    )


@pytest.mark.parametrize(
    ("text", "rule", "message", "hint", "place"),
    [
        (
            answer("medpicc", "metrics: {answer: 1}"),
            "reference/unknown-scorecard",
            "unknown scorecard 'medpicc'",
            "did you mean meddpicc? there is meddpicc, tas; your own stand in acctplan.toml",
            (7, 7, 14),
        ),
        (
            answer("zzz", "metrics: {answer: 1}"),
            "reference/unknown-scorecard",
            "unknown scorecard 'zzz'",
            "there is meddpicc, tas; your own stand in acctplan.toml",
            (7, 7, 10),
        ),
        (
            answer("factors", "value: {answer: 1}"),
            "reference/unknown-scorecard",
            "no answers are kept for factors: it is read off the plan",
            "take these lines out",
            (7, 7, 14),
        ),
        (
            answer("meddpicc", "metric: {answer: 1}"),
            "reference/unknown-question",
            "'metric' is no question of the scorecard meddpicc",
            "did you mean metrics?",
            (8, 9, 15),
        ),
        (
            answer("meddpicc", "zzz: {answer: 1}"),
            "reference/unknown-question",
            "'zzz' is no question of the scorecard meddpicc",
            "it asks for metrics, economic-buyer, decision-criteria, decision-process, paper-process, identify-pain …",
            (8, 9, 12),
        ),
        (
            answer("meddpicc", "metrics: {answer: '+'}"),
            "schema/wrong-answer",
            "the scorecard meddpicc does not take the answer '+'",
            "it takes 0, 1, 2, 3 or '?'",
            (8, 27, 30),
        ),
        (
            answer("tas", "event: {answer: 3}"),
            "schema/wrong-answer",
            "the scorecard tas does not take the answer '3'",
            "it takes '+', '-' or '?'",
            (8, 25, 26),
        ),
        (
            answer("tas", "event: {answer: '?', competitors: {rival: 0}}"),
            "schema/wrong-answer",
            "the scorecard tas does not take the answer '0'",
            "it takes '+', '-' or '?'",
            (8, 51, 52),
        ),
    ],
)
def test_an_answer_that_no_scorecard_asks_for(text: str, rule: str, message: str, hint: str, place: tuple[int, int, int]):
    one = only(text)
    assert (one.rule, one.message, one.hint) == (rule, message, hint)
    assert one.location[1:] == place


@pytest.mark.parametrize("mark", ["'+'", '"-"', "'?'", "+", "-1"])
def test_signs_are_taken_as_they_are_written(mark: str):
    assert [one.rule for one in found(answer("tas", f"event: {{answer: {mark}}}"))] == (["schema/wrong-value"] if mark == "-1" else [])


def test_the_scorecards_of_the_configuration_are_known():
    own = {"name": "Own", "answers": "grades", "questions": {"near": {"ask": "Near?"}}}
    config = Config.model_validate({"scorecards": {"fit": own, "tas": own}})
    assert load(answer("fit", "near: {answer: 2}"), "acme.yaml", config).diagnostics == ()
    assert load(answer("tas", "near: {answer: 2}"), "acme.yaml", config).diagnostics == ()  # it takes the place of the shipped one
    assert load(answer("tas", "event: {answer: '+'}"), "acme.yaml", config).plan is None


@pytest.mark.parametrize(
    ("text", "line", "pointer", "circle"),
    [
        ("contacts:\n  a: {reports_to: b}\n  b: {reports_to: a}\n", 3, ("contacts", "a", "reports_to"), "a → b → a"),
        ("contacts:\n  a: {reports_to: a}\n", 3, ("contacts", "a", "reports_to"), "a → a"),
        ("units:\n  a: {name: A}\n  b: {name: B, parent: c}\n  c: {name: C, parent: b}\n", 4, ("units", "b", "parent"), "b → c → b"),
        (
            "insights:\n  a: {kind: goal, what: A, leads_to: [b]}\n  b: {kind: goal, what: B, leads_to: [a]}\n",
            3,
            ("insights", "a", "leads_to"),
            "a → b → a",
        ),
        (
            "opportunities:\n  a: {name: A, leads_to: [b]}\n  b: {name: B, leads_to: [c]}\n  c: {name: C, leads_to: [b]}\n",
            4,
            ("opportunities", "b", "leads_to"),
            "b → c → b",
        ),
        (
            "contacts:\n" + "".join(f"  c{n}: {{reports_to: c{(n + 1) % 20}}}\n" for n in range(20)),
            3,
            ("contacts", "c0", "reports_to"),
            "c0 → c1 → c2 → c3 → c4 → c5 → … → c0",
        ),
        (
            "contacts:\n" + "".join(f"  c{n}: {{reports_to: c{(n + 1) % 7}}}\n" for n in range(7)),
            3,
            ("contacts", "c0", "reports_to"),
            "c0 → c1 → c2 → c3 → c4 → c5 → c6 → c0",
        ),
    ],
)
def test_circles_are_reported(text: str, line: int, pointer: tuple[str, ...], circle: str):
    one = only(ACME + text)
    assert (one.rule, one.message, one.hint) == (
        "reference/circle",
        f"goes round in a circle: {circle}",
        "take one of these lines out",
    )
    assert (one.location.line, one.pointer) == (line, pointer)


def test_a_plan_with_a_wrong_reference_is_no_plan_but_a_document():
    loaded = load(ACME + "contacts: {a: {unit: nowhere}}\n", "acme.yaml", Config())
    assert loaded.plan is None
    assert loaded.document is not None


# Places of a loaded plan


def test_a_pointer_is_located():
    loaded = load(FULL_PLAN, "full.yaml", Config())
    location, source = loaded.locate(("contacts", "yara-costa", "stance"))
    assert source == "    stance: supportive"
    assert location[2:] == (13, 23)
    assert FULL_PLAN.splitlines()[location.line - 1] == source
    assert loaded.locate(("contacts", "yara-costa", "no_such_field"))[1] == "  yara-costa:"
    assert loaded.locate(("no_such_section",))[0] == Location("full.yaml", 1, 1, 1)


def test_what_could_not_be_read_has_no_places():
    with pytest.raises(ValueError, match="could not be read"):
        load("[", "acme.yaml", Config()).locate(())


def test_a_file_that_cannot_be_had_is_a_diagnostic():
    loaded = loader.unreadable("acme.yaml", "not UTF-8 text", "save the file in the encoding UTF-8", 7)
    assert loaded == Loaded(
        "acme.yaml",
        None,
        None,
        (
            Diagnostic(
                Location("acme.yaml", 7, 1, 1),
                "file/unreadable",
                Severity.ERROR,
                "not UTF-8 text",
                "save the file in the encoding UTF-8",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("comment", "asked"),
    [
        ("# review: still the right goal?", ["still the right goal?"]),
        ("# review:", ["to be thought through again"]),
        ("# a review: no", []),
        ("notes", []),
    ],
)
def test_comments_that_ask_for_a_review_are_advice(comment: str, asked: list[str]):
    loaded = load(
        ACME + f"risks:\n  a: {{what: '# review: not this'}}  {comment if comment.startswith('#') else ''}\n", "acme.yaml", Config()
    )
    assert loaded.plan is not None
    assert [one.message for one in loaded.diagnostics] == asked
    for one in loaded.diagnostics:
        assert (one.rule, one.severity) == ("plan/marked-for-review", Severity.ADVICE)
        assert one.location[1:] == (3, 36, 36 + len(comment))


# Nothing leaks, nothing breaks


@pytest.mark.parametrize(
    "text",
    [
        "profile: {name: Acme, starts: SECRET}\n",
        "profile: {name: Acme, employees: SECRET}\n",
        "profile: {name: Acme, plan_type: SECRET}\n",
        "profile: {name: Acme, currency: SECRET1}\n",
        "profile: {name: Acme, target_markets: SECRET}\n",
        "profile: SECRET\n",
        "profile: {name: [SECRET]}\n",
        ACME + "contacts: {a: SECRET}\n",
        ACME + "contacts: SECRET\n",
        ACME + "units: {a: {name: A, target: SECRET}}\n",
    ],
)
def test_no_exception_quotes_a_plan(text: str):
    with pytest.raises(ValidationError) as caught:
        Plan.model_validate(parse(text).data)
    assert "SECRET" not in str(caught.value) + repr(caught.value)
    assert found(text)


def check(loaded: Loaded) -> None:
    """What holds of everything that is loaded: a plan or an error, each on a line that there is."""
    assert (loaded.plan is None) == any(one.severity is Severity.ERROR for one in loaded.diagnostics)
    assert len(loaded.diagnostics) <= MAX_DIAGNOSTICS + 1
    for one in loaded.diagnostics:
        assert one.message
        assert one.location.line >= 1
        assert 1 <= one.location.column <= one.location.end_column


NAUGHTY = corpus("blns.json")


@pytest.mark.parametrize(
    "shape",
    [
        "{}",
        "profile: {{}}\n",
        "profile: {name: {}}\n",
        "profile:\n  name: '{}'\n",
        ACME + "{}: 1\n",
        ACME + "contacts: {{}: }\n",
        ACME + "contacts:\n  a: {stance: {}}\n",
    ],
)
def test_naughty_strings_are_loaded_or_refused(shape: str):
    for text in NAUGHTY:
        check(load(shape.replace("{}", text, 1), "naughty.yaml", Config()))


@given(st.text())
def test_any_text_is_loaded_or_refused(text: str):
    check(load(text, "any.yaml", Config()))


@given(damaged(FULL_PLAN))
def test_a_damaged_plan_is_loaded_or_refused(text: str):
    check(load(text, "damaged.yaml", Config()))


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
DATA_OF_ANY_SHAPE = st.recursive(
    st.none() | TEXTS | st.sampled_from(["2026-01-31", "true", "1_000", "ines", "high", "open"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.sampled_from(["name", "what", "kind", "a"]), inner, max_size=3),
    max_leaves=6,
)


PATTERNS = sorted({place.pattern[:length] for place in places() for length in range(1, len(place.pattern) + 1)})


@given(st.data())
def test_a_plan_with_anything_anywhere_is_loaded_or_refused(data: Callable[..., Any]):
    document = parse(FULL_PLAN)
    pointer = data.draw(st.sampled_from(list(matches(document.data, data.draw(st.sampled_from(PATTERNS))))))
    plan = document.data
    target: Any = plan
    for step in pointer[:-1]:
        target = target[step]
    target[pointer[-1]] = data.draw(DATA_OF_ANY_SHAPE)
    check(load(flow(plan), "any.yaml", Config()))
