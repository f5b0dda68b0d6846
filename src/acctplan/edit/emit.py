"""Values to YAML text, in the hand that plans are written in.

Text is left plain where every YAML reader takes it for the same text, and quoted where one would not (`no`, `012`, `2026-01-01`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from acctplan.document import Data

Value: TypeAlias = "str | int | Decimal | bool | date | Sequence[Value] | Mapping[str, Value] | None"
"""What can be written into a plan."""

FLOW_WIDTH = 60
"""A collection of scalars at most this wide is written on one line."""
_FLOW_ENTRIES = 3
_GROUPED_FROM = 10_000

_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x20\x7f-\xa0]| (?! ))*(?<! )\Z")
_NOT_PLAIN = re.compile(r":(?: |\Z)| #|[\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_ELSEWHERE_NOT_TEXT = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_,]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)\Z",
    re.IGNORECASE,
)
_KEY_NOT_TEXT = re.compile(r"(?:null|true|false)\Z", re.IGNORECASE)
_LITERAL = re.compile(r"(?:[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\n)+")
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def as_data(value: Value) -> Data:
    """What reading the written value gives back: scalars as their text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_data(item) for key, item in value.items()}
    return [as_data(item) for item in value]


def scalar(value: Value, *, flow: bool, quote: str = "") -> str:
    """A single value on one line.

    Args:
        value: no collection.
        flow: whether it stands inside braces or brackets.
        quote: the quotes to prefer where text could also stand plain: `'`, `"` or none.
    """
    text = as_data(value)
    if text is None:
        return "null"
    assert isinstance(text, str)
    if not isinstance(value, str):
        return text
    if not quote and _is_plain(text, flow=flow) and not _ELSEWHERE_NOT_TEXT.match(text):
        return text
    return _quoted(text, quote)


def key(text: str, *, flow: bool) -> str:
    """A mapping's key. Years and dates stay plain here: a plan's keys are always text."""
    return text if _is_plain(text, flow=flow) and not _KEY_NOT_TEXT.match(text) else _quoted(text, "")


def flow(value: Value) -> str:
    """Any value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(name, flow=True)}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, flow=True)


def entry(name: str, value: Value, indent: int, step: int = 2, spread: int = 0) -> list[str]:
    """The lines of `name: value` in a block mapping.

    Args:
        name: the key.
        value: anything that can be written.
        indent: the column (from 0) of the key.
        step: by how much to indent what is inside.
        spread: to which depth mappings stand on lines of their own, however small they are.
    """
    head, below = behind_key(value, indent, step, spread)
    start = " " * indent + key(name, flow=False) + ":"
    return [f"{start} {head}" if head else start, *below]


def item(value: Value, indent: int, step: int) -> list[str]:
    """The lines of `- value` in a block list, the dash at column `indent` (from 0)."""
    head, below = behind_dash(value, indent, step)
    dash = " " * indent + "-"
    return [f"{dash} {head}" if head else dash, *below]


def behind_key(value: Value, indent: int, step: int, spread: int = 0) -> tuple[str, list[str]]:
    """What goes behind the colon of a key at column `indent`, and the lines below."""
    if isinstance(value, str) and "\n" in value and (literal := _literal(value, indent + step)):
        return literal[0], literal[1:]
    if not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        return scalar(value, flow=False), []
    if _fits(value) and not (spread and isinstance(value, Mapping) and value):
        return flow(value), []
    if isinstance(value, Mapping):
        return "", [line for name, part in value.items() for line in entry(name, part, indent + step, step, max(0, spread - 1))]
    return "", [line for part in value for line in item(part, indent + step, step)]


def behind_dash(value: Value, indent: int, step: int) -> tuple[str, list[str]]:
    """What goes behind a dash at column `indent`, and the lines below."""
    if isinstance(value, Mapping) and not _fits(value):
        first, *below = [line for name, part in value.items() for line in entry(name, part, indent + 2, step)]
        return first.lstrip(" "), below
    return behind_key(value, indent, step)


def _fits(value: Value) -> bool:
    """Whether a collection is small and flat enough to stand on one line."""
    assert isinstance(value, Mapping | Sequence)
    if isinstance(value, Mapping) and len(value) > _FLOW_ENTRIES:
        return False
    parts = list(value.values()) if isinstance(value, Mapping) else list(value)
    flat = all(part is None or isinstance(part, str | int | Decimal | date) for part in parts)
    return flat and not any(isinstance(part, str) and "\n" in part for part in parts) and len(flow(value)) <= FLOW_WIDTH


def _literal(text: str, indent: int) -> list[str] | None:
    """A block scalar, or None where the text needs escapes."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    awkward = any(line and not line.strip(" ") for line in lines) or text.startswith((" ", "\n")) or body.endswith("\n")
    if awkward or not _LITERAL.fullmatch(text):
        return None
    return ["|" if text.endswith("\n") else "|-", *(" " * indent + line if line else "" for line in lines)]


def _is_plain(text: str, *, flow: bool) -> bool:
    return (
        bool(_PLAIN.match(text))
        and not text[-1].isspace()
        and not _NOT_PLAIN.search(text)
        and not (flow and _NOT_PLAIN_IN_FLOW.search(text))
    )


def _quoted(text: str, quote: str) -> str:
    if quote != '"' and text.isprintable() and not ("'" in text and '"' not in text and "\\" not in text and not quote):
        return "'" + text.replace("'", "''") + "'"
    # JSON's escapes are YAML's, but for what JSON leaves bare and YAML calls unprintable.
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))


def _number(value: int | Decimal) -> str:
    """Digits in groups from five on, as plans are written: 420_000."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    whole, point, rest = text.partition(".")
    if abs(int(whole)) >= _GROUPED_FROM:
        whole = f"{int(whole):_}"
    return whole + point + rest
