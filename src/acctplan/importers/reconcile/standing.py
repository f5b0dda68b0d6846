"""The plans that stand, and which of them an account's records go into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as AnyMapping
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from acctplan import naming
from acctplan.importers.matching import Named, domain
from acctplan.importers.records import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acctplan.importers.reconcile.base import Rows
    from acctplan.importers.records import Account, Extract, Kind
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_MOST_NAMED = 2
"""Files that a reason names."""


class Standing:
    """The plans of a book, by what an import asks of them.

    Args:
        plans: by path.
        extract: what is imported; the ids of its CRM count.
        folder: where new plans go.
    """

    def __init__(self, plans: Mapping[str, Loaded], extract: Extract, folder: str = "") -> None:
        self.plans = plans
        self._system = extract.system
        self._files = extract.files
        self._folder = folder
        self._owners: dict[str, list[str]] = defaultdict(list)
        self._keys = {path: self._account_key(loaded) for path, loaded in plans.items()}
        for path, key in self._keys.items():
            if key:
                self._owners[key].append(path)
        several = [paths for paths in self._owners.values() if len(paths) > 1]
        for paths in several:
            paths.sort(key=self._starts, reverse=True)
        self._earlier = {path for paths in several for path in paths if self._starts(path) < self._starts(paths[0])}
        self._assigned: dict[str, str] = {}
        self._assigned_to: dict[str, str] = {}
        self._taken = {_stem(path) for path in plans}
        self._numbers: dict[str, int] = {}
        self._unreadable = {_stem(path): path for path, loaded in plans.items() if loaded.document is None}
        self._called = {folded(plan.profile.name): path for path, plan in self._sound()}

    def entries(self) -> dict[tuple[str, str], str]:
        """Where contacts and opportunities with an id of the CRM stand: section and key of the id to the plan's path.

        What stands in an account's plans of several periods is in that of the latest.
        """
        found: dict[tuple[str, str], str] = {}
        for path, plan in sorted(self._sound(), key=lambda each: each[0] not in self._earlier):
            sections: tuple[tuple[str, Mapping[str, Any]], ...] = (("contacts", plan.contacts), ("opportunities", plan.opportunities))
            for section, entries in sections:
                for each in entries.values():
                    if self._system.key in each.crm:
                        found[section, self._system.id_key(each.crm[self._system.key])] = path
        return found

    def named(self) -> list[Named]:
        """The plans that an account can be matched with by its name: by path, the latest of each name or id."""
        found: dict[str, list[tuple[str, Plan]]] = defaultdict(list)
        for path, plan in self._sound():
            if path not in self._earlier:
                found[self._keys[path] or folded(plan.profile.name)].append((path, plan))
        return [
            Named(path, plan.profile.name, domain(plan.profile.website), self._keys[path])
            for plans in found.values()
            for path, plan in plans
            if len(plans) == 1 or self._starts(path) == max(self._starts(other) for other, _ in plans)
        ]

    def tickers(self) -> dict[str, str]:
        """The plans that can be matched, by the stock symbol that one alone has."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.named():
            plan = self.plans[each.key].plan
            if plan is not None and plan.profile.ticker:
                found[symbol(plan.profile.ticker)].append(each.key)
        return {ticker: paths[0] for ticker, paths in found.items() if len(paths) == 1}

    def assign(self, key: str, path: str) -> None:
        """Say which plan an account's records go into, where its id does not."""
        self._assigned[key] = path
        self._assigned_to.setdefault(path, key)

    def key_of(self, path: str) -> str:
        """What groups the records of a plan's account: the key of its id, else of the plan."""
        if path in self._assigned_to:
            return self._assigned_to[path]
        if (owner := self._keys[path]) is not None:
            return owner
        self.assign(f"plan:{path}", path)
        return f"plan:{path}"

    def is_owned(self, key: str) -> bool:
        """Whether a plan has an account's id."""
        return key in self._owners

    def path(self, key: str, rows: Rows) -> tuple[str, bool] | str:
        """The plan of an account, and whether it stands already; or why its rows go nowhere."""
        if key in self._assigned:
            return self._assigned[key], True
        latest = [path for path in self._owners.get(key, []) if path not in self._earlier]
        if len(latest) > 1:
            several = ", ".join(latest)
            return f"its account's id stands in several plans, and no period is the latest: {several}; take the id out of all but one"
        if latest:
            return f"{latest[0]} has mistakes; correct them first" if self.plans[latest[0]].plan is None else (latest[0], True)
        if rows.account is None:
            return self.nowhere("account" if key else "opportunity")
        if path := self._unreadable.get(naming.slug(rows.account.name)):
            return f"{path} cannot be read and may be its account's plan; correct it first"
        end = self._system.id_key(rows.account.id) if rows.account.id else ""
        name = naming.file_name(rows.account.name, end, self._taken, self._numbers)
        return PurePath(self._folder, f"{name}.yaml").as_posix(), False

    def earlier(self, key: str) -> tuple[str, ...]:
        """The plans of an account's earlier periods: those that start before its latest one, or do not say when they do."""
        return tuple(path for path in self._owners.get(key, []) if path in self._earlier)

    def nowhere(self, kind: Kind) -> str:
        """Why a row goes nowhere that belongs to an account, an opportunity or a contact which nobody knows."""
        if given := [file.name for file in self._files if file.kind == kind]:
            told = " or ".join(given) if len(given) <= _MOST_NAMED else f"{given[0]} or another of these files"
            return f"its {kind} is in no plan, and {told} does not bring it"
        brings = self._system.accounts_in if kind == "account" else f"the file of {kind.replace('y', 'ie')}s"
        if not brings:
            return "its account has no plan; make one first: acctplan new"
        other_way = ", make plans with --new, or name theirs with --plan" if kind == "account" else ""
        return f"its {kind} is in no plan and in none of these files; import {brings} too{other_way}"

    def names(self, key: str, rows: Rows) -> Iterator[str]:
        """What an account is called in the export and in its plan."""
        if rows.account is not None:
            yield rows.account.name
        for path in (*self._owners.get(key, []), *filter(None, [self._assigned.get(key)])):
            if (plan := self.plans[path].plan) is not None:
                yield plan.profile.name

    def add(self, path: str, account: Account) -> Iterator[Note]:
        """A new plan: keep its file name for it, and say where there is another of that name."""
        name = self._system.name
        self._taken.add(_stem(path))
        other = self._called.setdefault(folded(account.name), path)
        if other != path and (other not in self.plans or self._keys[other] is not None):
            what = f"{other} has the same name and another {name} id; {path} was made besides"
            yield Note(what, f"see whether one of the two is a duplicate in {name}", account.source)

    def each(self, section: str) -> Iterator[tuple[str, Any]]:
        """Every entry of a section, with the path of its plan."""
        return ((path, entry) for path, plan in self._sound() for entry in getattr(plan, section).values())

    def unread(self) -> Iterator[Note]:
        """What to say of plans that nobody could look into."""
        for path in self._unreadable.values():
            what = f"{path} cannot be read, so nobody knows which account it is of; it was left alone"
            yield Note(what, "see what `acctplan check` says")

    def _sound(self) -> Iterator[tuple[str, Plan]]:
        return ((path, loaded.plan) for path, loaded in self.plans.items() if loaded.plan is not None)

    def _account_key(self, loaded: Loaded) -> str | None:
        """The key of the account id in a plan's text, even where the text is no good plan."""
        data = _said(loaded, "profile", "crm", self._system.key)
        return self._system.id_key(data.strip()) if isinstance(data, str) else None

    def _starts(self, path: str) -> date:
        """The first day of a plan's period. A plan that does not say is the oldest; one that says no date may be the latest."""
        said = _said(self.plans[path], "profile", "starts")
        if said is None:
            return date.min
        try:
            return date.fromisoformat(said)
        except (TypeError, ValueError):
            return date.max


def _said(loaded: Loaded, *steps: str) -> Any:
    """What a plan's text says somewhere, even where the text is no good plan; None where it says nothing."""
    data: Any = None if loaded.document is None else loaded.document.data
    for step in steps:
        data = data.get(step) if isinstance(data, AnyMapping) else None
    return data


def symbol(ticker: str) -> str:
    """A stock symbol without its exchange: `NYSE: ACME` is `acme`."""
    return ticker.rpartition(":")[2].strip().casefold()


def folded(name: str) -> str:
    """A name without regard to case and blanks."""
    return " ".join(name.casefold().split())


def _stem(path: str) -> str:
    return PurePath(path).stem.casefold()
