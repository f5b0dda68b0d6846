"""What a plan can be rendered as: each document is a template of its name, filled with what its audience may see."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Audience: TypeAlias = Literal["internal", "customer"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""Whom an edition is for. The customer's is made from a plan out of which everything internal has been taken."""


class Document(NamedTuple):
    """A kind of document that acctplan ships."""

    summary: str
    """What it is for, in one line."""
    audiences: tuple[Audience, ...]
    """Whom it may be made for; the first where nobody says."""


DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        "plan": Document("everything the plan says, ranked and drawn", ("internal",)),
        "one-page": Document("the plan on one printed page: what matters most", ("internal",)),
        "review": Document("for the review with your manager: against the goal, what is late, what to ask", ("internal",)),
        "exec": Document("for our executives: what is in it for both sides, and what we ask of them", ("internal",)),
        "agenda": Document("the next relationship meeting: its six parts, and what was agreed the last time", ("customer",)),
        "customer": Document("the mutual plan: what both sides agreed, by whom and by when", ("customer",)),
    }
)
"""Every shipped document by name: `plan` is filled from plan.html.j2 and plan.md.j2."""

_TEMPLATE = re.compile(r"(?P<document>[A-Za-z0-9][A-Za-z0-9-]*)\.(?P<format>[a-z]+)\.j2")
_SUMMARY = re.compile(r"\s*\{#-?(?P<words>.*?)-?#\}", re.DOTALL)


def formats_by_document(templates: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The documents that some templates are of, and the formats that each has one for.

    Args:
        templates: their names. Those in folders, and those whose name begins with `_`, are parts of documents.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in filter(None, map(_TEMPLATE.fullmatch, sorted(templates))):
        found[match["document"]] = (*found.get(match["document"], ()), match["format"])
    return found


def summary_of(template: str) -> str:
    """What a document of a book is for: the comment that its template begins with; empty where there is none."""
    comment = _SUMMARY.match(template)
    return " ".join(comment["words"].split()) if comment else ""


def file_name(plan: str, document: str, audience: Audience, ending: str) -> str:
    """The name of the file of a document, from which it can be told what it is and for whom: `acme.agenda.customer.html`.

    Args:
        plan: the name of the plan's file, without its ending.
        document: what it is.
        audience: whom it is for.
        ending: of its format.
    """
    parts = [plan, document if document != "plan" else "", "customer" if audience == "customer" and document != "customer" else "", ending]
    return ".".join(filter(None, parts))


def audience_of(document: str, asked: str | None, own: Iterable[str] = ()) -> Audience:
    """Whom a document is made for.

    Args:
        document: one of `DOCUMENTS`, or one that a book has a template of its own for.
        asked: whom it was asked for; None: whom it is meant for.
        own: the names of the book's own templates.

    Raises:
        UserError: there is no such document or audience, or the document is not for them.
    """
    if asked is not None and asked not in AUDIENCES:
        raise UserError(f"no audience '{asked}'", f"one of {', '.join(AUDIENCES)}")
    if document not in DOCUMENTS:
        added = sorted(formats_by_document(own).keys() - DOCUMENTS.keys())
        if document in added:
            return _as_audience(asked or "internal")
        near = closest(document, [*DOCUMENTS, *added])
        raise UserError(f"no document '{document}'", f"did you mean {near}?" if near else f"one of {', '.join([*DOCUMENTS, *added])}")
    audiences = DOCUMENTS[document].audiences
    if asked is not None and asked not in audiences:
        fitting = [name for name, entry in DOCUMENTS.items() if asked in entry.audiences]
        hint = f"for that audience: {', '.join(f'--as {name}' for name in fitting)}" if fitting else "there is none for that audience"
        raise UserError(f"the document {document} is not for the audience {asked}", hint)
    return _as_audience(asked or audiences[0])


def _as_audience(name: str) -> Audience:
    return "customer" if name == "customer" else "internal"
