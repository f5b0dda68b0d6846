"""The JSON Schema of a plan, for editors: completion, explanation and a first check while somebody types.

It accepts what the loader accepts: an empty value wherever a field may be left out, and a number or its text, since editors read
`420_000` as text where they speak YAML 1.2. References are the loader's alone.
"""

from __future__ import annotations

from typing import Any

from acctplan.model import Plan
from acctplan.model.fields import ID_PATTERN

URI = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of a plan, draft 2020-12."""
    made = Plan.model_json_schema(by_alias=True)
    definitions = made.pop("$defs")
    empty = {name for name, body in definitions.items() if not body.get("required")}
    schema = _section(made, empty)
    schema["properties"]["acctplan"] = {"description": "Version of this format.", "enum": [1, "1", None]}
    return {
        "$schema": URI,
        **schema,
        "title": "acctplan account plan",
        "$defs": {name: _section(body, empty) for name, body in definitions.items()},
    }


def _section(schema: dict[str, Any], empty: set[str]) -> dict[str, Any]:
    """A section's schema. `empty` names the sections that may be empty: those without a required field."""
    required = schema.get("required", [])
    properties = {name: _value(value, empty) for name, value in schema["properties"].items()}
    nullable = {name: value if name in required else _nullable(value) for name, value in properties.items()}
    return {**schema, "properties": nullable, "additionalProperties": False}


def _value(schema: dict[str, Any], empty: set[str]) -> dict[str, Any]:
    """One field's schema: closed mappings, no `anyOf` with null, no default that says only "left out"."""
    schema = {key: value for key, value in schema.items() if key != "default" or value not in (None, [], {})}
    if "anyOf" in schema:
        given = next(option for option in schema.pop("anyOf") if option != {"type": "null"})
        schema = {**given, **schema}
    if "patternProperties" in schema:
        entries = {pattern: _entry(value, empty) for pattern, value in schema["patternProperties"].items()}
        schema |= {"patternProperties": entries, "additionalProperties": False}
    elif isinstance(schema.get("additionalProperties"), dict):
        schema["additionalProperties"] = _entry(schema["additionalProperties"], empty)
    if "propertyNames" in schema:
        schema["propertyNames"] = _value(schema["propertyNames"], empty)
    if schema.get("format") == "date":  # editors need not know formats
        schema["pattern"] = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    if "items" in schema:
        schema["items"] = _value(schema["items"], empty)
    if schema.get("pattern") == ID_PATTERN:
        schema |= {"type": ["string", "integer"], "minimum": 0}  # as is `unit: 12`
    if schema.get("type") == "string" and not schema.keys() & {"enum", "pattern", "format"}:
        schema["type"] = ["string", "number", "boolean"]  # `name: 2024` is text to acctplan and a number to an editor
    return schema


def _entry(schema: dict[str, Any], empty: set[str]) -> dict[str, Any]:
    """An entry of a mapping. `jane-doe:` with nothing below is one, unless something is required of it."""
    made = _value(schema, empty)
    return made if "$ref" in made and made["$ref"].rpartition("/")[2] not in empty else _nullable(made)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        return {**rest, "anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]}
    kinds = schema.get("type", [])
    schema = {**schema, "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
    return {**schema, "enum": [*schema["enum"], None]} if "enum" in schema else schema
