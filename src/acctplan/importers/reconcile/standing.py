"""The plans that stand, and which of them an account's records go into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as AnyMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from acctplan.importers import names
from acctplan.importers.records import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acctplan.importers.reconcile.base import Rows
    from acctplan.importers.records import Account, System
    from acctplan.loader import Loaded
    from acctplan.model import Plan


class Standing:
    """The plans of a book, by what an import asks of them.

    Args:
        plans: by path.
        system: the CRM whose ids count.
    """

    def __init__(self, plans: Mapping[str, Loaded], system: System) -> None:
        self.plans = plans
        self._system = system
        self._owners: dict[str, list[str]] = defaultdict(list)
        for path, loaded in plans.items():
            if key := self._account_key(loaded):
                self._owners[key].append(path)
        self._taken = {_stem(path) for path in plans}
        self._unreadable = {_stem(path): path for path, loaded in plans.items() if loaded.document is None}
        self._called = {folded(plan.profile.name): path for path, plan in self._sound()}

    def entries(self) -> dict[tuple[str, str], str]:
        """Where contacts and opportunities with an id of the CRM stand: section and key of the id to the plan's path."""
        found: dict[tuple[str, str], str] = {}
        for path, plan in self._sound():
            sections: tuple[tuple[str, Mapping[str, Any]], ...] = (("contacts", plan.contacts), ("opportunities", plan.opportunities))
            for section, entries in sections:
                for each in entries.values():
                    if self._system.key in each.crm:
                        found[section, self._system.id_key(each.crm[self._system.key])] = path
        return found

    def account_of(self, path: str | None) -> str | None:
        """The key of the account that a plan is of."""
        return None if path is None else self._account_key(self.plans[path])

    def path(self, key: str, rows: Rows) -> tuple[str, bool] | str:
        """The plan of an account, and whether it stands already; or why its rows go nowhere."""
        paths = self._owners.get(key, [])
        if len(paths) > 1:
            return f"its account's id stands in several plans: {', '.join(paths)}"
        if paths:
            return f"{paths[0]} has mistakes; correct them first" if self.plans[paths[0]].plan is None else (paths[0], True)
        if rows.account is None:
            return "its account is not in the export, nor in a plan" if key else "its opportunity is not in the export, nor in a plan"
        if path := self._unreadable.get(names.slug(rows.account.name)):
            return f"{path} cannot be read and may be its account's plan; correct it first"
        return f"{names.file_name(rows.account.name, key, self._taken)}.yaml", False

    def names(self, key: str, rows: Rows) -> Iterator[str]:
        """What an account is called in the export and in its plan."""
        if rows.account is not None:
            yield rows.account.name
        for path in self._owners.get(key, []):
            if (plan := self.plans[path].plan) is not None:
                yield plan.profile.name

    def add(self, path: str, account: Account) -> Iterator[Note]:
        """A new plan: keep its file name for it, and say where there is another of that name."""
        name = self._system.name
        self._taken.add(_stem(path))
        other = self._called.setdefault(folded(account.name), path)
        if other == path:
            return
        if other in self.plans and self._account_key(self.plans[other]) is None:
            what = f"{other} has the same name and no {name} id; {path} was made besides"
            crm = f"crm: {{{self._system.key}: {account.id}}}"
            yield Note(what, f"if it is the same, delete the new plan and add to the profile of {other}: {crm}", account.source)
        else:
            what = f"{other} has the same name and another {name} id; {path} was made besides"
            yield Note(what, f"see whether one of the two is a duplicate in {name}", account.source)

    def unread(self) -> Iterator[Note]:
        """What to say of plans that nobody could look into."""
        for path in self._unreadable.values():
            what = f"{path} cannot be read, so nobody knows which account it is of; it was left alone"
            yield Note(what, "see what `acctplan check` says")

    def _sound(self) -> Iterator[tuple[str, Plan]]:
        return ((path, loaded.plan) for path, loaded in self.plans.items() if loaded.plan is not None)

    def _account_key(self, loaded: Loaded) -> str | None:
        """The key of the account id in a plan's text, even where the text is no good plan."""
        data: Any = None if loaded.document is None else loaded.document.data
        for step in ("profile", "crm", self._system.key):
            data = data.get(step) if isinstance(data, AnyMapping) else None
        return self._system.id_key(data.strip()) if isinstance(data, str) else None


def folded(name: str) -> str:
    """A name without regard to case and blanks."""
    return " ".join(name.casefold().split())


def _stem(path: str) -> str:
    return PurePath(path).stem.casefold()
