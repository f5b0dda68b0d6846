"""The text of `acctplan.toml` to a frozen `Config`, or one error with file, line and what to do."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import ValidationError

from acctplan.config.base import CURRENCY, FOLDER, ID, RULE
from acctplan.config.settings import FILE_NAME, Config
from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

MAX_CHARACTERS = 256 << 10
_MAX_DOTS = 1000
"""In a line: the time to read TOML grows with the square of the parts of a key."""


def parse(text: str, name: str = FILE_NAME) -> Config:
    """The settings that a text in TOML says.

    Args:
        text: the content of the file.
        name: what to call the file in an error.

    Raises:
        UserError: too long, not TOML, an unknown key or a value out of bounds, with file and line.
    """
    text = text.removeprefix("\ufeff")  # Windows' Notepad puts it there
    if len(text) > MAX_CHARACTERS:
        raise UserError(f"{name}: more than {MAX_CHARACTERS:,} characters", _SEE)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MAX_DOTS:
            raise UserError(f"{name}:{number}: more than {_MAX_DOTS:,} dots in a line", _SEE)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        if twice := _table_that_stands_twice(text, str(error)):
            raise UserError(f"{name}: {twice}", "move the lines together") from None
        raise UserError(f"{name}: {error}", "see https://toml.io for the format") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise UserError(f"{name}: a number is too long, or brackets are nested too deep", _SEE) from None
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
    if misplaced := _misplaced(text, name, problems):
        raise misplaced
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]  # often why another one is missing
    raise _config_error(text, name, (unknown or problems)[0])


def _config_error(text: str, name: str, problem: ErrorDetails) -> UserError:
    keys = tuple(str(key) for key in problem["loc"] if key != "[key]")
    where = f"{name}:{line}" if (line := _line_of(text, keys)) else name
    key = ".".join(keys)
    if problem["type"] == "extra_forbidden":
        near = closest(keys[-1], _known_keys(keys[:-1]))
        return UserError(f"{where}: unknown key {key}", f"did you mean {near}?" if near else _SEE)
    return UserError(f"{where}: {key} {_wrong(problem)}", _SEE)


def _wrong(problem: ErrorDetails) -> str:
    context: dict[str, Any] = problem.get("ctx", {})
    if "pattern" in context:
        return f"should be {PATTERNS[context['pattern']]}"
    bounds: dict[str, Any] = {key: f"{Decimal(str(context[key])).normalize():f}" for key in ("ge", "le") if key in context}
    return _WRONG.get(problem["type"], "cannot be used").format_map(context | bounds)


_SEE = "see the commented file that `acctplan init` writes"
PATTERNS = {
    ID: "an id: lower-case letters, digits and hyphens",
    CURRENCY: "a currency code, such as EUR",
    FOLDER: "a folder below this file, such as plans",
    RULE: "a rule or a family of rules, such as contacts/not-contacted or contacts",
}
_WRONG = {
    "missing": "is missing",
    "literal_error": "should be {expected}",
    "greater_than_equal": "should be at least {ge}",
    "less_than_equal": "should be at most {le}",
    "too_short": "has too few entries: at least {min_length}",
    "too_long": "has too many entries: at most {max_length}",
    "value_error": "{error}",
    "string_type": "should be text in quotes",
    "string_too_long": "should have at most {max_length} characters",
    "decimal_max_places": "should have at most {decimal_places} decimal places",
    "string_too_short": "should not be empty",
    "int_type": "should be a whole number",
    "dict_type": "should be a table",
    "model_type": "should be a table",
    "tuple_type": "should be a list",
    **dict.fromkeys(("decimal_type", "decimal_parsing", "float_type", "float_parsing", "finite_number"), "should be a number"),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), "should be a date, like 2026-12-31"
    ),
}
"""What is wrong, by the type of pydantic's error."""


def _known_keys(parents: tuple[str, ...]) -> list[str]:
    shape: Any = Config
    for parent in parents:
        inside = {dict: 1, tuple: 0}.get(get_origin(shape))  # the values of a table, the entries of a list
        shape = _by_key(shape)[parent].annotation if inside is None else get_args(shape)[inside]
    return list(_by_key(shape))


def _by_key(shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """The settings of a table by what a file calls them."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def _homes() -> dict[str, list[tuple[str, ...]]]:
    """By the name of a setting, the tables that it belongs to."""
    homes: dict[str, list[tuple[str, ...]]] = {}
    for table in ((), ("ranking",), ("ranking", "weights"), ("revenue",), ("limits",), ("check",)):
        for setting in _known_keys(table):
            homes.setdefault(setting, []).append(table)
    return homes


def _misplaced(text: str, name: str, problems: Iterable[ErrorDetails]) -> UserError | None:
    """What to say where a setting stands in the wrong table, as happens when it loses the "#" and the heading above it does not."""
    every = _homes()
    for problem in problems:
        keys = tuple(str(key) for key in problem["loc"] if key != "[key]")
        is_strange = problem["type"] == "extra_forbidden"
        # In a table whose keys anybody may choose, such as [rates], it is taken for one of these.
        is_taken_for_a_key = len(keys) == 2 and (problem["loc"][-1] == "[key]" or problem["type"] == "model_type")  # noqa: PLR2004
        homes = [home for home in every.get(keys[-1], ()) if home != keys[:-1]]
        if not homes or not (is_strange or is_taken_for_a_key):
            continue
        line = _line_of(text, keys)
        above = text.split("\n")[: line or 0]
        commented = [(above.index(heading), home) for home in homes if (heading := f"# [{'.'.join(home)}]") in above]
        if not commented and len(homes) > 1:
            continue
        _, home = max(commented, default=(0, homes[0]))
        table = ".".join(home)
        where = f"{name}:{line}" if line else name
        if not home:
            return UserError(f"{where}: '{keys[-1]}' belongs above the first [table]", "move it there")
        hint = f'take the "# " off the line "# [{table}]" above it as well' if commented else "move it there"
        return UserError(f"{where}: '{keys[-1]}' belongs under [{table}]", hint)
    return None


def _table_that_stands_twice(text: str, error: str) -> str | None:
    """`[rates] stands twice, lines 39 and 145`; None where that is not the error."""
    at = re.search(r"Cannot declare .* twice \(at line (\d+)", error)
    headings = {number: tuple(_NAME.findall(found[2])) for number, line in enumerate(text.split("\n"), 1) if (found := _TABLE.match(line))}
    if at is None or int(at[1]) not in headings:
        return None
    names, second = headings[int(at[1])], int(at[1])
    first = next(number for number, others in headings.items() if others == names)
    return None if first == second else f"[{'.'.join(names)}] stands twice, lines {first} and {second}"


_NAMES = r"""(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*"""
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]\]?\s*(?:#|$)")
_SETTING = re.compile(rf"\s*({_NAMES})\s*=")
_NAME = re.compile(r"[\w-]+")


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """The line of a setting, else of the nearest table that it is in; None if no line names either in plain letters."""
    found, depth = None, 0
    table: tuple[str, ...] = ()
    entries: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _TABLE.match(line):
            names = table = tuple(_NAME.findall(header[2]))
            if header[1] == "[[":
                names = table = (*table, str(entries[table]))
                entries[table[:-1]] += 1
        elif setting := _SETTING.match(line):
            names = (*table, *_NAME.findall(setting[1]))
        else:
            continue
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(names, keys, strict=False)))
        if shared > depth:
            found, depth = number, shared
    return found
