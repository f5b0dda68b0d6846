"""The JSON Schema that editors get: sound, complete, and of one mind with the loader."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from typing import Any, TypeAlias

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.config import Config, parse
from acctplan.document import Mapping, Node, Scalar
from acctplan.document import parse as read
from acctplan.loader import load
from acctplan.model import Plan, Section
from acctplan.scaffold import Answers, full_plan, starter_plan
from acctplan.schema import json_schema
from paths import DATA, ROOT

Typed: TypeAlias = Any
SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ANSWERS = Answers("Meridian Foods", date(2026, 4, 1), "EUR", "amira", "Amira Haddad")
SAMPLES = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "plans").glob("*.yaml"))}


# What an editor reads: YAML 1.2's core types, on top of our nodes.

_NULL = re.compile(r"(?:~|null|Null|NULL)?\Z")
_BOOLEAN = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_BASE = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_SPECIAL = re.compile(r"([-+]?)\.(?:(inf|Inf|INF)|nan|NaN|NAN)\Z")


def typed(node: Node) -> Typed:
    if isinstance(node, Mapping):
        return {key: typed(entry.value) for key, entry in node.entries.items()}
    if not isinstance(node, Scalar):
        return [typed(item) for item in node.items]
    text = node.value or ""
    if node.style:
        return text
    if _NULL.match(text):
        return None
    if _BOOLEAN.match(text):
        return text.lower() == "true"
    if _INTEGER.match(text):
        return int(text)
    if _OTHER_BASE.match(text):
        return int(text, 0)
    if _FLOAT.match(text):
        return float(text)
    if special := _SPECIAL.match(text):
        return float(f"{special[1]}{'inf' if special[2] else 'nan'}")
    return text


def fits_schema(text: str, **options: Any) -> bool:
    validator = jsonschema.Draft202012Validator(SCHEMA, **options) if options else VALIDATOR
    return bool(validator.is_valid(typed(read(text).root)))


def fits_loader(text: str) -> bool:
    return not [found for found in load(text, "plan.yaml", Config()).diagnostics if found.rule.startswith("schema/")]


def verdicts(text: str) -> dict[str, bool]:
    return {"editor": fits_schema(text), "loader": fits_loader(text)}


def test_the_schema_is_valid():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_is_the_same_every_time_and_is_json():
    assert json.loads(json.dumps(json_schema())) == SCHEMA


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_plan_fits(name: str):
    config = parse((ROOT / "acctplan.toml").read_text("utf-8"))
    assert fits_schema(SAMPLES[name])
    assert load(SAMPLES[name], name, config).diagnostics == ()


@pytest.mark.parametrize("text", [starter_plan(ANSWERS), full_plan(ANSWERS), "profile: {name: Acme}\n"], ids=["starter", "full", "least"])
def test_a_new_plan_fits(text: str):
    assert verdicts(text) == {"editor": True, "loader": True}


def test_a_plan_with_every_field_fits():
    assert verdicts((DATA / "full-plan.yaml").read_text("utf-8")) == {"editor": True, "loader": True}


def sections() -> dict[str, type[Section]]:
    found: dict[str, type[Section]] = {}
    pending: list[type[Section]] = [Section]
    while pending:
        for section in pending.pop().__subclasses__():
            found[section.__name__] = section
            pending.append(section)
    return found


def described() -> list[tuple[str, str, str]]:
    return [
        (name, info.alias or field, info.description)
        for name, section in sections().items()
        for field, info in section.model_fields.items()
        if info.description
    ]


@pytest.mark.parametrize(("section", "field", "description"), described())
def test_a_field_keeps_its_description(section: str, field: str, description: str):
    body = SCHEMA if section == Plan.__name__ else SCHEMA["$defs"][section]
    assert body["properties"][field]["description"] == description


def test_every_section_has_all_its_fields_and_no_other():
    bodies = {Plan.__name__: SCHEMA, **SCHEMA["$defs"]}
    assert {name: set(body["properties"]) for name, body in bodies.items()} == {
        name: {info.alias or field for field, info in section.model_fields.items()} for name, section in sections().items()
    }
    assert [name for name, body in bodies.items() if body["additionalProperties"] is not False] == []


# Where both must agree: any plan, with one leaf or branch dropped, put elsewhere or replaced.

SCALARS = [
    *("", "~", "Null", "yes", "1", "0", "5", "6", "12", "13", "-1", "0.5", "1.5", "-0.25", "420_000", "1_", "_1"),
    *("2026-12-31", "2026-1-1", "20261231", "open", "Open", "high", "lena-vos", "Lena Vos", "lena--vos", "a" * 80, "a" * 81, "EUR", "eur"),
    *("FY2026", "FY2026-Q3", "FY2026-Q5", "Q3", "1"),
]
QUOTED = ["", "1,000", "5", "null", "0.5", "420_000", "2026-12-31", "open", "EUR", "x"]
KEYS = ["name", "nmae", "status", "lena-vos", "Lena", "2026", "26", "FY2026", "FY26", "2026-12-31", "a" * 80, "a" * 81, "with"]
_SAFE = re.compile(r"[\w.+-](?:[\w.+ -]*[\w.+-])?\Z", re.ASCII)


class Written(str):
    """A scalar as it is written, quotes and all."""

    __slots__ = ()


def written(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: written(entry.value) for key, entry in node.entries.items()}
    if not isinstance(node, Scalar):
        return [written(item) for item in node.items]
    is_plain = not node.style and _SAFE.match(node.value or "")
    return Written(node.value if is_plain else "" if node.value is None else json.dumps(node.value, ensure_ascii=False))


def as_text(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {as_text(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(as_text(item) or "~" for item in data) + "]"
    return str(data)


def branches(data: Any, pointer: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [pointer, *(found for step in steps for found in branches(data[step], (*pointer, step)))]


BASES = [
    written(read(text).root)
    for text in ((DATA / "full-plan.yaml").read_text("utf-8"), starter_plan(ANSWERS), SAMPLES["tallmo-bruk"], "profile: {name: Acme}")
]
replacements = st.one_of(
    st.sampled_from(SCALARS).map(Written),
    st.sampled_from(QUOTED).map(json.dumps).map(Written),
    st.sampled_from([[], {}, [Written("x")], {"x": Written("y")}, {"x": Written("")}, [Written("")], [[]], [{}]]).map(deepcopy),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A part of a plan with one or two slips."""
    base = draw(st.sampled_from(BASES))
    section = draw(st.sampled_from(sorted(base)))
    data = {"profile": {"name": Written("Acme")}, section: deepcopy(base[section])}
    for _ in range(draw(st.integers(1, 2))):
        pointer = draw(st.sampled_from(branches(data)[1:]))
        parent = data
        for step in pointer[:-1]:
            parent = parent[step]
        match draw(st.sampled_from(["drop", "replace", "replace", "rename", "add"])):
            case "drop":
                del parent[pointer[-1]]
                if not data:
                    break
            case "rename" if isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = parent.pop(pointer[-1])
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = draw(replacements)
            case _:
                parent[pointer[-1]] = draw(replacements)
    return as_text(data)


@settings(max_examples=200)
@given(mutated())
def test_editor_and_loader_agree(text: str):
    assert fits_schema(text) == fits_loader(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("profile: {name: Acme, background: true}", True),  # words, whatever an editor takes them for
        ("profile: {name: 2024, target_markets: [2024, 1.5, true]}", True),
        ("profile: {name: Acme, target_markets: [~]}", False),
        ("profile: {name: Acme, crm: {salesforce: }}", True),
        ("profile: {name: Acme}\ninsights: {a: {kind: goal, what: B, confirmed: true}}", True),
        ("profile: {name: Acme}\ninsights: {a: {kind: goal, what: B, confirmed: }}", True),
        ("profile: {name: Acme}\ninsights: {a: {kind: goal, what: B, confirmed: yes}}", False),
        ("profile: {name: Acme}\ninsights: {a: {kind: goal, what: B, confirmed: 1}}", False),
        ("profile: {name: Acme, account_manager: 007}\nteam: {007: {name: Amira}}", True),
        ("profile: {name: Acme, account_manager: -1}", False),
        ("profile: {name: Acme}\nmeetings: {with: [12]}", True),
        ("profile: {name: Acme}\nreviews: {2026-01-02: {by: 12}}", True),
        ("profile: {name: Acme}\nreviews: {26-01-02: {by: amira}}", False),
        ("profile: {name: Acme}\nwhite_space: {logistics: }", True),
        ("profile: {name: Acme}\ncontacts: {jane-doe: }\nrevenue: {FY2026: }\nmeetings:", True),
        ("profile: {name: Acme}\nteam: {jane-doe: }", False),
        ("profile:", False),
        ("acctplan: 2\nprofile: {name: Acme}", False),
    ],
)
def test_editor_and_loader_agree_on(text: str, fits: bool):
    assert verdicts(text) == {"editor": fits, "loader": fits}


# Where they differ, and why.


def opportunity(field: str) -> str:
    return f"profile: {{name: Acme}}\nopportunities: {{a: {{name: A, {field}}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(opportunity(f"value: {number}"), id=number)
        for number in ("1e3", "0x10", "0o7", "+5", ".5", "5.", ".inf", "1" * 25)  # other ways to write a number
    ]
    + [
        pytest.param(opportunity("effort_days: 5.0"), id="a whole number with a point"),
        pytest.param(opportunity("importance: {us: 05}"), id="a grade with a zero before it"),
        pytest.param("profile: {name: Acme}\ninsights: {a: {kind: goal, what: B, confirmed: True}}\n", id="True instead of true"),
        pytest.param("acctplan: 1.0\nprofile: {name: Acme}\n", id="version 1.0"),
        pytest.param(opportunity("need: ' '"), id="a blank text"),
        pytest.param(opportunity("close_date: 2026-02-30"), id="a date that does not exist"),
        pytest.param(opportunity(r'owner: "amira\n"'), id="an id and a line end (the pattern's $, in Python alone)"),
    ],
)
def test_what_only_the_loader_refuses(text: str):
    assert verdicts(text) == {"editor": True, "loader": False}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("profile: {name: Acme, account_manager: true}\nteam: {true: {name: Amira}}\n", id="an id that reads true"),
        pytest.param("profile: {name: Acme}\ninsights: {a: {kind: goal, what: B, confirmed: 'true'}}\n", id="true in quotes"),
    ],
)
def test_what_only_editors_refuse(text: str):
    assert verdicts(text) == {"editor": False, "loader": True}


def test_a_date_that_does_not_exist_is_refused_where_formats_are_checked():
    text = opportunity("close_date: 2026-02-30")
    assert not fits_schema(text, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def test_references_are_the_loaders_alone():
    text = opportunity("owner: nobody")
    assert verdicts(text) == {"editor": True, "loader": True}
    assert [found.rule for found in load(text, "plan.yaml", Config()).diagnostics] == ["reference/unknown"]


def test_the_reader_of_these_tests_types_as_yaml_1_2_does():
    text = "[~, null, true, FALSE, 12, -3, 0x10, 0o17, 1.5, 1e3, .inf, no, 1_000, 2026-12-31, '12', \"true\", '']"
    found = typed(read(text).root)
    assert found == [None, None, True, False, 12, -3, 16, 15, 1.5, 1000.0, float("inf"), "no", "1_000", "2026-12-31", "12", "true", ""]
