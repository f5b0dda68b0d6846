"""Whose word goes first where a plan and a source differ, and what people have decided about who is who."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.importers.matching import NEW, New, is_same

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from acctplan.importers.matching import Sort

Side: TypeAlias = Literal["crm", "plan"]


@dataclass(frozen=True, slots=True)
class Preference:
    """Fields in which one side's word always goes first. In all others a person's word stays, and what only the source changed comes."""

    crm: frozenset[str] = frozenset()
    plan: frozenset[str] = frozenset()

    def of(self, field: str) -> Side | None:
        """Whose word goes first in a field, if that was said."""
        return "crm" if field in self.crm else "plan" if field in self.plan else None

    @classmethod
    def parse(cls, texts: Iterable[str], known: tuple[str, ...]) -> Preference:
        """What was asked for.

        Args:
            texts: such as `crm`, `plan` or `crm:value,stage`. Fields that are named go before a side that is named alone.
            known: the fields that there are.

        Raises:
            UserError: no such side or field, or a field on both sides.
        """
        whole: set[Side] = set()
        named: dict[Side, set[str]] = {"crm": set(), "plan": set()}
        for text in texts:
            name, colon, fields = (part.strip() for part in text.partition(":"))
            if name not in named:
                raise UserError(f"--prefer {text}: whose word goes first is crm or plan", "for some fields only: --prefer crm:value,stage")
            side: Side = "crm" if name == "crm" else "plan"
            if not colon:
                whole.add(side)
            named[side] |= {_field(each.strip(), known) for each in fields.split(",") if colon}
        if both := sorted(named["crm"] & named["plan"]):
            raise UserError(f"--prefer names {both[0]} for both sides", "say whose word goes first in it")
        if len(whole) > 1:
            raise UserError("--prefer names both sides", "name fields for one of them: --prefer plan --prefer crm:value,stage")
        rest: dict[Side, frozenset[str]] = {side: frozenset(known) if side in whole else frozenset() for side in named}
        return cls(rest["crm"] - named["plan"] | named["crm"], rest["plan"] - named["crm"] | named["plan"])


def _field(name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        near = closest(name, known)
        raise UserError(f"no field {name} comes from a CRM", f"did you mean {near}?" if near else f"some of {', '.join(known)}")
    return name


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for of an import."""

    accounts: tuple[str, ...] = ()
    """Names or ids of the accounts to bring in; none named: all of them."""
    plan: str | None = None
    """The path of the plan that rows are about which name no account; then nothing else is brought in."""
    prefer: Preference = field(default_factory=Preference)
    """Whose word goes first in which fields."""
    decisions: Mapping[str, str] = field(default_factory=dict)
    """What something in the export is, by its name or id there: an id of its plan, the name of a plan, or `new`."""
    new: bool = False
    """Whether accounts get a plan that rows only name."""


@dataclass
class Decisions:
    """What people say that something in the export is: by its name or id there, an id of the plan, a plan, or `new`.

    Args:
        given: as they said it.
        id_key: what counts of an id.
    """

    given: Mapping[str, str]
    id_key: Callable[[str], str]
    _used: Counter[str] = field(default_factory=Counter)
    _unfit: set[str] = field(default_factory=set)

    def of(self, crm_id: str | None, name: str, sort: Sort, possible: Container[str]) -> str | New | None:
        """What was decided on something; None: nothing.

        Args:
            crm_id: its id in the source.
            name: its name there.
            sort: what it is.
            possible: what it could be.
        """
        for said, meant in self.given.items():
            if (crm_id and self.id_key(said) == self.id_key(crm_id)) or is_same(said, name, sort):
                if meant == "new" or meant in possible:
                    self._used[said] += 1
                    return NEW if meant == "new" else meant
                self._unfit.add(said)
        return None

    def check(self) -> None:
        """See that every decision was about one thing.

        Raises:
            UserError: one was about nothing, or about several things.
        """
        for said, meant in self.given.items():
            if not self._used[said]:
                if said in self._unfit:
                    raise UserError(f"--match: {said} cannot be {meant}", "the right side is an id of its plan, a plan, or new")
                raise UserError(f"--match: nothing in these files is called {said}", "the left side is a name or an id as in the files")
            if self._used[said] > 1 and meant != "new":
                raise UserError(f"--match: {self._used[said]} rows are called {said}", "name the one that you mean by its id")


def plan_name(path: str) -> str:
    """What a plan is called where one is named."""
    return PurePath(path).stem
