"""Whom of the customer to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.relationships import buying_roles, coverage_rank, known

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from acctplan.model import Plan

_STANCES = {"supportive": 0, "neutral": 1, None: 2, "negative": 3}


class Informants:
    """Those at the customer whom we can ask.

    Args:
        plan: the plan.
    """

    def __init__(self, plan: Plan) -> None:
        roles, familiar = buying_roles(plan), known(plan)

        def order(key: str) -> tuple[bool, int, int]:
            contact = plan.contacts[key]
            return "sponsor" not in roles[key], _STANCES[contact.stance], -coverage_rank(contact.coverage)

        self._in_order = sorted((key for key, contact in plan.contacts.items() if key in familiar and contact.name is not None), key=order)

    def best(self, others: Iterable[str] = (), among: Container[str] = ()) -> str | None:
        """Who would know and tell us: a sponsor first, then whoever is for us and knows us best. None: nobody whom we know.

        Args:
            others: ids of those whom the question is about: nobody is asked to their face what is asked about them.
            among: ids of those who have a part in it; where nobody of them fits, whoever else does.
        """
        left_out = set(others)
        able = [key for key in self._in_order if key not in left_out]
        return next((key for key in able if key in among), able[0] if able else None)
