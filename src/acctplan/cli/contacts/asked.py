"""What `contacts` was asked about: a plan, the day, and what ids, names and lines mean in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from acctplan.analysis.relationships import called
from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.model import Plan


@dataclass(frozen=True)
class Asked:
    """The plan that was asked about."""

    loaded: Loaded
    config: Config
    today: date

    @cached_property
    def plan(self) -> Plan:
        """The plan itself."""
        assert self.loaded.plan is not None, "load_one refuses plans with errors"
        return self.loaded.plan

    def line(self, pointer: Pointer) -> int:
        """The line that something stands on, from 1."""
        return self.loaded.locate(pointer)[0].line

    def contact(self, wanted: str) -> str:
        """The id of a contact that somebody named, by id, name or, of a vacant seat, title.

        Raises:
            UserError: there is none, or several have that name.
        """
        return _resolve(wanted, "contact", {identifier: called(self.plan, identifier) for identifier in self.plan.contacts})

    def opportunity(self, wanted: str) -> str:
        """The id of an opportunity that somebody named.

        Raises:
            UserError: there is none, or several have that name.
        """
        return _resolve(wanted, "opportunity", {identifier: entry.name for identifier, entry in self.plan.opportunities.items()})

    def unit(self, wanted: str | None) -> str | None:
        """The id of a unit that somebody named; None where nobody did.

        Raises:
            UserError: there is none, or several have that name.
        """
        return (
            None if wanted is None else _resolve(wanted, "unit", {identifier: entry.name for identifier, entry in self.plan.units.items()})
        )


def _resolve(wanted: str, what: str, names: Mapping[str, str]) -> str:
    if wanted in names:
        return wanted
    folded = _folded(wanted)
    found = [identifier for identifier, name in names.items() if _folded(name) == folded]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"'{wanted}' is the name of {len(found)}", f"give the id: {' or '.join(found[:3])}")
    if not names:
        raise UserError(f"no {what} {wanted}", f"the plan names no {what} yet")
    by_name = {_folded(name): identifier for identifier, name in names.items()}
    near = closest(wanted, names) or by_name.get(closest(folded, by_name) or "")
    raise UserError(f"no {what} {wanted}", f"did you mean {near}?" if near else "give the id, or the name in full")


def _folded(text: str) -> str:
    """A name without what people leave out when they type: accents, capitals, spaces too many."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())
