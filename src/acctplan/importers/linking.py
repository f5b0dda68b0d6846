"""What a row says of something else, to the one thing that it can mean, or to why there is none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from acctplan.importers.matching import domain, forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acctplan.importers.matching import Sort
    from acctplan.importers.records import Link


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A link that leads to nothing, or to several things."""

    why: str
    """Goes on from `its contact`: `is not in the export, nor in the plan`."""
    is_several: bool = False


@dataclass
class Index:
    """Things that links may mean, by what links say of them.

    Args:
        sort: what they are.
        id_key: what counts of an id.
        missing: why nothing is found, going on from what was looked for.
    """

    sort: Sort
    id_key: Callable[[str], str]
    missing: str
    _by_id: dict[str, str] = field(default_factory=dict)
    _by_email: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_domain: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _with_id: set[str] = field(default_factory=set)

    def add(
        self, key: str, names: Iterable[str | None], *, crm_id: str | None = None, email: str | None = None, website: str | None = None
    ) -> None:
        """Something that can be meant. It may be added again with what else is known of it."""
        if crm_id:
            self._by_id.setdefault(self.id_key(crm_id), key)
            self._with_id.add(key)
        if email:
            self._by_email[email.strip().casefold()].add(key)
        if host := domain(website):
            self._by_domain[host].add(key)
        for name in filter(None, names):
            for form in forms(name, self.sort):
                self._by_name[form].add(key)

    def find(self, link: Link) -> str | Nowhere:
        """The key of what a link means. An id that nobody has is looked for among those without one."""
        if link.id:
            found = self._by_id.get(self.id_key(link.id))
            if found is not None:
                return found
        told = [possible - self._with_id if link.id else possible for possible in self._told(link)]
        parts = [possible for possible in told if possible]
        if not parts:
            return Nowhere(self.missing)
        possible = set.intersection(*parts) or set.union(*parts)
        return next(iter(possible)) if len(possible) == 1 else Nowhere("can be one of several", is_several=True)

    def _told(self, link: Link) -> Iterator[set[str]]:
        """What each part of a link leaves possible. An e-mail that leads to one and a name that leads to another tell nothing."""
        yield self._by_email.get(link.email.strip().casefold(), set()) if link.email else set()
        yield self._by_domain.get(domain(link.domain) or "", set())
        yield set().union(*(self._by_name.get(form, set()) for form in forms(link.name, self.sort))) if link.name else set()
