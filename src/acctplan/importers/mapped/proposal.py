"""What the columns of an unknown file probably mean: from what they are called, in the usual languages, and what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from acctplan.importers import amounts, days, texts
from acctplan.importers.mapped.fields import SEVERAL
from acctplan.importers.mapped.spoken import BY_KIND, NOWHERE, SPOKEN, WEAK
from acctplan.naming import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from acctplan.importers.tables import Table

SURE = 90
"""From which confidence on nobody needs to be asked."""
_LIKE = 86
"""How like a usual word a header has to be, 0 to 100."""
_WEAK = 70
_DOUBTED = 50
_SAMPLES = 200
_SHOWN = 3
_MOST = 0.8
"""The share of values that have to be of a kind."""
_EMAIL = re.compile(r"[^@\s]+@+[^@\s]+\Z")
_WEB = re.compile(r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?\Z", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,}\Z")
_SHAPES: Mapping[str, tuple[str, ...]] = {
    "e-mail addresses": ("contact.email",),
    "web addresses": ("account.website",),
    "dates": (
        "opportunity.close_date",
        "contact.last_contact",
        "activity.date",
        "account.changed",
        "contact.changed",
        "opportunity.changed",
    ),
    "numbers": ("account.employees", "opportunity.value", "opportunity.probability"),
}
"""What values have to look like, by field."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one column means, as far as it can be told."""

    column: str
    field: str | None
    """None: nothing that a plan has a place for, or nobody knows."""
    confidence: int
    """0 to 100; see `SURE`."""
    reason: str
    samples: tuple[str, ...]
    """Some of its values, no two alike."""


def propose(table: Table) -> tuple[Proposal, ...]:
    """What each column of a table with a name means, probably."""
    values = {
        column: [text for _, text in zip(range(_SAMPLES), _values(table, position), strict=False)]
        for position, column in enumerate(table.columns)
        if column
    }
    kind = _kind(values)
    found = [_proposal(column, kind, said) for column, said in values.items()]
    if not any(each.field == f"{kind}.name" for each in found):
        found = [_named_weakly(each, kind) for each in found]
    return tuple(_each_field_once(found))


def _values(table: Table, position: int) -> Iterable[str]:
    return (row.cells[position].strip() for row in table.rows if texts.is_value(row.cells[position]))


def words(header: str) -> str:
    """A header in plain small words: `closeDate`, `Close_Date`, `CLOSE-DATE` are all `close date`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    return " ".join(re.findall(r"[^\W_]+|%", without_accents(spaced)))


_FIELD_OF = {words(word): field for field, spoken in SPOKEN.items() for word in spoken}
_NOWHERE = {words(word): reason for reason, spoken in NOWHERE.items() for word in spoken}


def _kind(values: Iterable[str]) -> str:
    """What the rows are about: whatever most headers that are clear are of. A deal goes before whom it is of."""
    votes = Counter(_FIELD_OF[plain].partition(".")[0] for plain in map(words, values) if plain in _FIELD_OF)
    if votes["activity"] and not votes["opportunity"]:
        return "activity"
    if votes["opportunity"] > 1:
        return "opportunity"
    return "contact" if votes["contact"] else "account"


def _proposal(column: str, kind: str, values: Sequence[str]) -> Proposal:
    samples = tuple(list(dict.fromkeys(texts.line(text) for text in values))[:_SHOWN])
    plain = words(column)
    if plain in BY_KIND and kind in BY_KIND[plain]:
        return _checked(Proposal(column, BY_KIND[plain][kind], 100, "the header says so", samples), values)
    if plain in _FIELD_OF:
        return _checked(Proposal(column, _FIELD_OF[plain], 100, "the header says so", samples), values)
    if plain in _NOWHERE:
        return Proposal(column, None, 100, _NOWHERE[plain], samples)
    near = process.extractOne(plain, _FIELD_OF.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE) if plain else None
    if near is not None:
        word, score, _ = near
        return _checked(Proposal(column, _FIELD_OF[word], min(int(score), SURE - 1), f"the header is like '{word}'", samples), values)
    for shape in ("e-mail addresses", "web addresses"):
        if values and _share(values, shape) >= _MOST:
            return Proposal(column, _SHAPES[shape][0], SURE - 10, f"its values are {shape}", samples)
    return Proposal(column, None, 0, "nothing tells what it means", samples)


def _checked(proposal: Proposal, values: Sequence[str]) -> Proposal:
    """The same, doubted where the values do not look like what they would have to be."""
    for shape, fields in _SHAPES.items():
        if proposal.field in fields and values and _share(values, shape) < _MOST:
            return replace(proposal, confidence=_DOUBTED, reason=f"{proposal.reason}, but not all of its values are {shape}")
    return proposal


def _share(values: Sequence[str], shape: str) -> float:
    return sum(_is(text, shape) for text in values) / len(values)


def _is(text: str, shape: str) -> bool:
    if shape == "e-mail addresses":
        return bool(_EMAIL.match(text))
    if shape == "web addresses":
        return bool(_WEB.match(text))
    try:
        if shape == "dates":
            return bool(days.possible_orders(text)) or days.day(text, None) is not None
        amounts.number(text, ".")
    except ValueError:
        return False
    return True


def _named_weakly(proposal: Proposal, kind: str) -> Proposal:
    """Where no column says what something is called: what comes nearest to a name."""
    if words(proposal.column) not in WEAK.get(kind, ()):
        return proposal
    return replace(proposal, field=f"{kind}.name", confidence=_WEAK, reason="no column has a name; this comes nearest")


def _each_field_once(proposals: Sequence[Proposal]) -> Iterable[Proposal]:
    best: dict[str, Proposal] = {}
    for each in proposals:
        if each.field and (each.field not in best or each.confidence > best[each.field].confidence):
            best[each.field] = each
    for each in proposals:
        if each.field is None or each.field in SEVERAL or best[each.field] is each:
            yield each
        else:
            yield replace(each, field=None, confidence=_DOUBTED, reason=f"{best[each.field].column} says {each.field} already")
