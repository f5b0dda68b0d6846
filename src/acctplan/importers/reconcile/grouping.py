"""The records of an export by the account that they belong to, whatever they say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from acctplan.importers.linking import Index, Nowhere
from acctplan.importers.matching import Candidate, Named, New, Unsure, domain, forms, is_near, match
from acctplan.importers.reconcile.base import Keyed, Rows
from acctplan.importers.reconcile.doubles import taken_together
from acctplan.importers.reconcile.preference import plan_name
from acctplan.importers.reconcile.standing import symbol
from acctplan.importers.records import Account, Contact, Link, Opportunity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from acctplan.importers.matching import Sort
    from acctplan.importers.reconcile.preference import Decisions
    from acctplan.importers.reconcile.standing import Standing
    from acctplan.importers.records import AnyRecord, Extract, Source

_R = TypeVar("_R", Contact, Opportunity)
_NAMELESS = "it has no name"
_Kind: TypeAlias = Literal["opportunity", "contact"]
_KINDS: tuple[_Kind, ...] = ("opportunity", "contact")
_SECTIONS: Mapping[_Kind, tuple[str, Sort]] = {"opportunity": ("opportunities", "deal"), "contact": ("contacts", "person")}


@dataclass(frozen=True, slots=True)
class Lost:
    """A record that goes to no account, and why."""

    record: AnyRecord
    why: str | Unsure


@dataclass
class Groups:
    """What belongs together."""

    rows: dict[str, Rows] = field(default_factory=dict)
    """By account: the key of its id, of its name, or of its plan."""
    lost: list[Lost] = field(default_factory=list)


class Grouping:
    """From records to accounts.

    Args:
        extract: the records.
        standing: the plans.
        decisions: which account is which plan, where people have said so.
        plan: the path of the plan that the records are about where they do not say; None: they have to.
    """

    def __init__(self, extract: Extract, standing: Standing, decisions: Decisions, plan: str | None = None) -> None:
        self._extract, self._standing, self._decisions = extract, standing, decisions
        self._id_key = extract.system.id_key
        self._lost: list[Lost] = []
        self._named = standing.named()
        self._names = {each.key: each.name for each in self._named}
        self._paths = {plan_name(each.key): each.key for each in self._named}
        self._accounts = self._keyed_accounts()
        self._unsure: dict[str, Unsure] = {}
        self._plan_key: str | None = None
        self._match_accounts(plan)
        if plan is not None:
            self._plan_key = standing.key_of(plan)
        self._index = self._account_index()
        self._of_plan = frozenset[Link]() if plan is None else self._only_account(plan)
        self._places: dict[Link, str | Unsure | Nowhere] = {}
        self._everywhere: dict[str, Index] = {}
        self._elsewhere: dict[str, Unsure | Nowhere] = {}

    def all(self) -> Groups:
        """Every record, in the group of its account or lost."""
        found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for key, account in self._accounts.items():
            if key in self._unsure:
                self._lost.append(Lost(account, self._unsure[key]))
            else:
                found[key]["account"].append(account)
        for name, records in self._records():
            first: dict[str, AnyRecord] = {}
            for record in records:
                crm_id = getattr(record, "id", None)
                other = first.setdefault(self._id_key(crm_id), record) if crm_id else record
                place = self._of(record) if other is record else _stands_in(other.source)
                if isinstance(place, str):
                    found[place][name].append(record)
                else:
                    self._lost.append(Lost(record, place if isinstance(place, Unsure) else place.why))
        return Groups({key: self._rows(rows) for key, rows in found.items()}, self._lost)

    def _rows(self, rows: Mapping[str, list[Any]]) -> Rows:
        account = next(iter(rows.get("account", ())), None)
        people, doubles = taken_together(rows.get("contacts", ()), self._id_key)
        return Rows(
            account,
            keyed(people, self._id_key),
            keyed(rows.get("opportunities", ()), self._id_key),
            rows.get("roles", ()),
            rows.get("activities", ()),
            rows.get("stage_changes", ()),
            rows.get("figures", ()),
            doubles,
        )

    # Accounts

    def _keyed_accounts(self) -> dict[str, Account]:
        found: dict[str, Account] = {}
        for account in self._extract.accounts:
            if not account.name.strip():
                self._lost.append(Lost(account, _NAMELESS))
                continue
            key = self._id_key(account.id) if account.id else f"name:{forms(account.name, 'company')[0]}"
            other = found.setdefault(key, account)
            if other is not account:
                what = f"an account of this {'id' if account.id else 'name'}"
                self._lost.append(Lost(account, f"{what} stands in {other.source.file}, row {other.source.row} already"))
        return found

    def _match_accounts(self, plan: str | None) -> None:
        """Which of the export's accounts are the standing plans that do not have their ids."""
        open_ones = {key: account for key, account in self._accounts.items() if not self._standing.is_owned(key)}
        records = [
            Named(key, account.name, domain(account.website), self._id_key(account.id) if account.id else None)
            for key, account in self._accounts.items()
        ]
        known: dict[str, str | New] = {}
        for key, account in open_ones.items():
            if (decision := self._decisions.of(account.id, account.name, "company", self._paths)) is not None:
                known[key] = decision if isinstance(decision, New) else self._paths[decision]
        if plan is not None and len(self._accounts) == 1 and open_ones:
            known.setdefault(next(iter(open_ones)), plan)
        traded = self._traded(open_ones)
        known = {**{key: path for key, path in traded.items() if is_near(open_ones[key].name, self._names[path], "company")}, **known}
        for key, found in match(records, self._named, "company", known).items():
            if key not in open_ones:
                continue
            if isinstance(found, New) and key in traded and key not in known:
                name, candidate = self._names[traded[key]], plan_name(traded[key])
                self._unsure[key] = Unsure(f"it has the stock symbol of {name}, and another name", (Candidate(candidate, name),))
            if isinstance(found, Unsure):
                self._unsure[key] = Unsure(found.why, tuple(each._replace(key=plan_name(each.key)) for each in found.candidates))
            elif isinstance(found, str):
                self._standing.assign(key, found)

    def _traded(self, accounts: Mapping[str, Account]) -> dict[str, str]:
        """The accounts with the stock symbol of one plan, which has no other id, and of no other account: to the plan's path."""
        theirs = Counter(symbol(account.ticker) for account in self._accounts.values() if account.ticker)
        plans, ids = self._standing.tickers(), {each.key: each.crm_key for each in self._named}
        found = {key: plans.get(symbol(account.ticker)) for key, account in accounts.items() if account.ticker}
        return {
            key: path
            for key, path in found.items()
            if path and theirs[symbol(accounts[key].ticker or "")] == 1 and not (ids[path] and accounts[key].id)
        }

    def _account_index(self) -> Index:
        index = Index("company", self._id_key, self._standing.nowhere("account"))
        for key, account in self._accounts.items():
            index.add(key, self._standing.names(key, Rows(account)), crm_id=account.id, website=account.website)
        for each in self._named:
            key = self._standing.key_of(each.key)
            index.add(key, [each.name], crm_id=each.crm_key, website=each.email)
        return index

    def _only_account(self, plan: str) -> frozenset[Link]:
        """What the records call their account where all mean one, and no row is about it: with a plan named it is that plan's.

        An account with another id than the plan's is another one, and is none of these.
        """
        extract = self._extract
        if any(record.account.is_blank for records in (extract.contacts, extract.opportunities, extract.figures) for record in records):
            return frozenset()  # those that name none are the plan's, and the others are of somebody else
        links = {record.account for _, records in self._records() for record in records if not record.account.is_blank}
        known = {each.key: each.crm_key for each in self._named}.get(plan)
        called = {self._id_key(link.id) if link.id else forms(link.name or link.domain or "", "company")[0] for link in links}
        is_other = known is not None and any(link.id for link in links)
        return frozenset() if self._accounts or len(called) != 1 or is_other else frozenset(links)

    def _records(self) -> tuple[tuple[str, Sequence[Any]], ...]:
        """All that belongs to accounts, by what it is."""
        extract = self._extract
        return (
            ("contacts", extract.contacts),
            ("opportunities", extract.opportunities),
            ("roles", extract.roles),
            ("activities", extract.activities),
            ("stage_changes", extract.stage_changes),
            ("figures", extract.figures),
        )

    def _place(self, link: Link) -> str | Unsure | Nowhere:
        """The account that a link means."""
        place = self._places.get(link)
        if place is None:
            place = self._places[link] = self._looked_for(link)
        return place

    def _looked_for(self, link: Link) -> str | Unsure | Nowhere:
        if link.is_blank:
            return self._plan_key or Nowhere("it names no account")
        found = self._index.find(link)
        if isinstance(found, str):
            unsure = self._unsure.get(found)
            return found if unsure is None else Unsure("nobody is sure which plan is its account's", unsure.candidates)
        if found.is_several:
            return Unsure("several accounts or plans can be its account")
        decided = None
        if link.name:
            decided = self._decisions.of(link.id, link.name, "company", self._paths)
            known = {} if decided is None else {"": decided if isinstance(decided, New) else self._paths[decided]}
            named = Named("", link.name, domain(link.domain), self._id_key(link.id) if link.id else None)
            matched = match([named], self._named, "company", known)[""]
            if isinstance(matched, str):
                return self._standing.key_of(matched)
            if isinstance(matched, Unsure) and link not in self._of_plan:
                candidates = tuple(each._replace(key=plan_name(each.key)) for each in matched.candidates)
                return Unsure(f"its account {link.name} may be one that there is", candidates)
        if self._plan_key is not None and link in self._of_plan and decided is None:
            return self._plan_key
        return self._id_key(link.id) if link.id else found

    # What belongs to them

    def _of(self, record: Any) -> str | Unsure | Nowhere:
        """What is no contact may only name its opportunity or its contact."""
        if isinstance(record, (Contact, Opportunity)) and not record.name.strip():
            return Nowhere(_NAMELESS)
        if not record.account.is_blank or self._plan_key is not None:
            return self._place(record.account)
        for kind in _KINDS:
            link = getattr(record, kind, None)
            if link is not None and not link.is_blank:
                return self._through(kind, link)
        return Nowhere("it names no account")

    def _through(self, kind: _Kind, link: Link) -> str | Unsure | Nowhere:
        """The account of a contact or an opportunity that a row names."""
        if kind not in self._everywhere:
            self._everywhere[kind] = self._entries(kind)
        found = self._everywhere[kind].find(link)
        if isinstance(found, Nowhere):
            return Nowhere(f"its {kind} can be one of several") if found.is_several else found
        return self._elsewhere.get(found, found)

    def _entries(self, kind: _Kind) -> Index:
        """The accounts of all contacts or opportunities, by what is said of those."""
        section, sort = _SECTIONS[kind]
        index = Index(sort, self._id_key, self._standing.nowhere(kind))
        system = self._extract.system.key
        for path, entry in self._standing.each(section):
            index.add(self._standing.key_of(path), [entry.name], crm_id=entry.crm.get(system), email=getattr(entry, "email", None))
        for record in getattr(self._extract, section):
            place = self._of(record)
            if not isinstance(place, str):
                self._elsewhere[unknown := f"?{kind} {len(self._elsewhere)}"] = place
                place = unknown
            index.add(place, [record.name], crm_id=record.id, email=getattr(record, "email", None))
        return index


def _stands_in(source: Source) -> Nowhere:
    return Nowhere(f"its id stands in {source.file}, row {source.row} already")


def keyed(records: Sequence[_R], id_key: Callable[[str], str]) -> tuple[Keyed[_R], ...]:
    """Records with what tells them apart within their account: their id, else their name, with their e-mail where it is not enough."""
    ways: list[tuple[str, ...]] = [() if record.id else _ways(record) for record in records]
    without = Counter(chain.from_iterable(ways))
    made = []
    for number, record in enumerate(records):
        if record.id:
            made.append(Keyed(id_key(record.id), record))
            continue
        told = next((key for key in ways[number] if without[key] == 1), f"{ways[number][-1]} #{number}")
        made.append(Keyed(told, record))
    return tuple(made)


def _ways(record: Contact | Opportunity) -> tuple[str, str]:
    """How to tell a record without an id: by its name, and by its name and e-mail."""
    name = f"name:{' '.join(record.name.casefold().split())}"
    return name, f"{name} <{(getattr(record, 'email', None) or '').casefold()}>"
