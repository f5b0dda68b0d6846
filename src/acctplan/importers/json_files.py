"""JSON as exports and public registers hand it out, within limits, and with no doubt about what it says."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NoReturn

from acctplan.errors import UserError
from acctplan.importers.tables import encodings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_BYTES = 64 << 20
MAX_DEPTH = 64
_LONGEST = 60
_NESTING = (dict, list)
_AGAIN = "export or download it again"


def read(name: str, content: bytes) -> Any:
    """What a JSON file says; numbers with a point or an exponent are Decimal.

    Args:
        name: what to call the file in messages.
        content: in UTF-8, or in UTF-16.

    Raises:
        UserError: too large, too deep, damaged, or with a key that an object has twice.
    """
    if len(content) > MAX_BYTES:
        raise UserError(f"{name}: {len(content):,} bytes; at most {MAX_BYTES:,} are read", "export it in several files")
    text, remarks = encodings.decoded(name, content)
    if remarks or encodings.is_damaged(text):
        raise UserError(f"{name} is not in UTF-8, as JSON has to be", _AGAIN)
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise UserError(f"{name}: line {error.lineno}, column {error.colno}: this is no JSON: {_reason(error.msg)}", _AGAIN) from None
    except _NotTakenError as error:
        raise UserError(f"{name}: {error}", _AGAIN) from None
    except RecursionError:
        raise _too_deep(name) from None
    except (ValueError, InvalidOperation):  # Python reads no number of thousands of digits
        raise UserError(f"{name} holds a number that is too long", _AGAIN) from None
    if _is_deeper(value):
        raise _too_deep(name)
    return value


class _NotTakenError(Exception):
    """What JSON, or Python's idea of it, allows and an import does not."""


def _no_number(word: str) -> NoReturn:
    raise _NotTakenError(f"{word} is no number")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        again = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise _NotTakenError(f"the key '{again[:_LONGEST]}' stands twice in one object")
    return made


def _reason(message: str) -> str:
    return message[0].lower() + message[1:]


def _is_deeper(value: object) -> bool:
    level = [value] if isinstance(value, _NESTING) else []
    for _ in range(MAX_DEPTH + 1):
        level = [child for one in level for child in _children(one) if isinstance(child, _NESTING)]
        if not level:
            return False
    return True


def _children(value: Any) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value


def _too_deep(name: str) -> UserError:
    return UserError(f"{name}: lists and objects lie more than {MAX_DEPTH} levels deep in each other", _AGAIN)
