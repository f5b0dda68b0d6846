"""Which of two lists of names mean the same: sure, or not, and then it is for a person to say.

Nobody is merged on a likeness alone: a match must be by far the best, and no other may claim it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from rapidfuzz import fuzz, process

from acctplan import naming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Sort: TypeAlias = Literal["company", "person", "deal"]
"""What is named: companies have legal forms, people have first names."""

SURE = 95.0
"""How alike two names must be, of 100, to be taken for the same."""
GAP = 5.0
"""By how much the next best must be less alike."""
UNSURE = 85.0
"""From here on a name may be the same, which is asked."""
_AT_LEAST = 60.0
"""An e-mail that only one has on either side proves nothing where the names are less alike than this: it may be the office's."""
_MOST_CANDIDATES = 5

_LEGAL = frozenset(
    re.findall(
        r"\w+",
        """
        inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh mbh ggmbh ag kg kgaa ohg se ev eg ug
        bv nv vof cv sa sas sasu sarl eurl srl spa sl slu sau ltda lda oy oyj ab as asa aps kk gk kft zrt nyrt doo dd
        ooo oao pao zao pty pte bhd sdn pvt pt tbk jsc sro spzoo spk
        """,
    )
)
"""Legal forms at the end of a company's name."""
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "ir", "ing", "mag", "dipl", "herr", "frau", "mme", "mlle"))


class Named(NamedTuple):
    """Something with a name, on one side."""

    key: str
    name: str
    email: str | None = None
    """Or, of a company, the domain of its web address."""
    crm_key: str | None = None
    """The key of its id in the source. Two that differ are never the same."""


class Candidate(NamedTuple):
    """What something may be."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing tells for certain."""

    why: str
    candidates: tuple[Candidate, ...] = ()


class New:
    """It is none of those that there are."""


NEW = New()
Match: TypeAlias = "str | New | Unsure"


def domain(address: str | None) -> str | None:
    """The domain of a web or an e-mail address: `https://www.meridian.example/about` is `meridian.example`."""
    if not address:
        return None
    bare = re.sub(r"\A[a-z][a-z0-9+.-]*://", "", address.strip().casefold()).rpartition("@")[2]
    host = re.split(r"[/?#:\s]", bare, maxsplit=1)[0].removeprefix("www.").strip(".")
    return host if "." in host else None


@lru_cache(maxsize=65_536)
def forms(name: str, sort: Sort) -> tuple[str, ...]:
    """A name without what says nothing: accents (left out, and spelt out as in `Mueller`), capitals, signs, legal forms, titles."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ").replace("+", " and ")
    if sort == "person" and text.count(",") == 1:
        last, first = text.split(",")
        text = f"{first} {last}" if first.strip() else last
    found: dict[str, None] = {}
    for folded in (naming.spelt_out(text), naming.without_accents(text)):
        words = re.sub(r"[^\w\s]|_", " ", re.sub(r"(?<=\w)[.'\u2019]", "", folded)).split()
        found[" ".join(_bare(words, sort) or text.split())] = None
    return tuple(found)


def _bare(words: list[str], sort: Sort) -> list[str]:
    if sort == "company":
        kept = list(words)
        while len(kept) > 1 and (kept[-1] in _LEGAL or kept[-1] == "and"):
            kept.pop()
        return kept[1:] if len(kept) > 1 and kept[0] == "the" else kept
    if sort == "person":
        kept = list(words)
        while len(kept) > 1 and kept[0] in _TITLES:
            kept.pop(0)
        return kept
    return words


def likeness(one: str, other: str, sort: Sort) -> float:
    """How alike two names are, 0 to 100, whatever the order of their words."""
    return max(_score(a, b) for a in forms(one, sort) for b in forms(other, sort))


def _score(one: str, other: str) -> float:
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def is_same(one: str, other: str, sort: Sort) -> bool:
    """Whether two names are one, but for what says nothing."""
    return not set(forms(one, sort)).isdisjoint(forms(other, sort))


def may_differ(one: str, other: str, sort: Sort) -> bool:
    """Whether what is different about two names that are alike tells them apart: a number (2025, 2026), a first name."""
    if sorted(re.findall(r"\d+", one)) != sorted(re.findall(r"\d+", other)):
        return True
    if sort != "person":
        return False
    a, b = (forms(each, sort)[0].split() for each in (one, other))
    return not a or not b or (a[0] != b[0] and sorted(a) != sorted(b))


def is_near(one: str, other: str, sort: Sort) -> bool:
    """Whether two names are near enough that an e-mail or the like, which nobody else has, settles it."""
    return likeness(one, other, sort) >= _AT_LEAST or not set(forms(one, sort)[0].split()).isdisjoint(forms(other, sort)[0].split())


def match(
    records: Sequence[Named], standing: Sequence[Named], sort: Sort, known: Mapping[str, str | New] | None = None
) -> dict[str, Match]:
    """For each record: the key of the standing one that it is, `NEW`, or `Unsure`.

    Ids go first, then what is known, then e-mails that one alone has on either side, then names: those that are one, then those alike.

    Args:
        records: what comes.
        standing: what is there.
        sort: what they are.
        known: what was found out before, or decided: record's key to standing key, or `NEW`.
    """
    return _Matching(records, standing, sort, known or {}).all()


class _Matching:
    """The state of one matching: what is left on both sides."""

    def __init__(self, records: Sequence[Named], standing: Sequence[Named], sort: Sort, known: Mapping[str, str | New]) -> None:
        self.sort = sort
        self.records = {each.key: each for each in records}
        self.standing = {each.key: each for each in standing}
        self.found: dict[str, Match] = {}
        self.taken: set[str] = set()
        self._by_id()
        for key, other in known.items():
            if key in self.records and isinstance(other, New):
                self.found.setdefault(key, NEW)
            elif key in self.records and other in self.standing and self._can_be(self.records[key], self.standing[other]):
                self._take(key, other)

    @cached_property
    def emails(self) -> Counter[str]:
        """How many have an e-mail, on both sides together."""
        return Counter(filter(None, map(_email, (*self.records.values(), *self.standing.values()))))

    def all(self) -> dict[str, Match]:
        """What each record is. What is taken may decide what else was unsure, so until no more is taken."""
        before = -1 if len(self.found) < len(self.records) else len(self.taken)
        while len(self.taken) != before:
            before = len(self.taken)
            self.found = {key: found for key, found in self.found.items() if not isinstance(found, Unsure)}
            self._by_email()
            self._by_name()
            self._by_strange_email()
            self._by_likeness()
        return {key: self.found.get(key, NEW) for key in self.records}

    def _take(self, key: str, other: str) -> None:
        if key not in self.found and other not in self.taken:
            self.found[key] = other
            self.taken.add(other)

    def _left(self) -> tuple[list[Named], list[Named]]:
        return (
            [each for key, each in self.records.items() if key not in self.found],
            [each for key, each in self.standing.items() if key not in self.taken],
        )

    @staticmethod
    def _can_be(record: Named, other: Named) -> bool:
        return record.crm_key is None or other.crm_key is None or record.crm_key == other.crm_key

    def _by_id(self) -> None:
        owners: dict[str, str] = {}
        for key, each in self.standing.items():
            if each.crm_key is not None:
                owners.setdefault(each.crm_key, key)
        for key, each in self.records.items():
            if each.crm_key is not None and each.crm_key in owners:
                self._take(key, owners[each.crm_key])

    def _by_email(self) -> None:
        for record, other in self._with_one_email():
            if is_near(record.name, other.name, self.sort):
                self._take(record.key, other.key)

    def _by_strange_email(self) -> None:
        """An e-mail that only one has on either side, with another name."""
        what = "web address" if self.sort == "company" else "e-mail"
        for record, other in self._with_one_email():
            self.found[record.key] = Unsure(f"it has the {what} of {other.name}, and another name", (Candidate(other.key, other.name),))

    def _with_one_email(self) -> list[tuple[Named, Named]]:
        """What is left on either side with an e-mail that nobody else has, not even among what was found."""
        records, standing = self._left()
        theirs = _only(standing, _email)
        return [
            (record, theirs[email])
            for email, record in _only(records, _email).items()
            if email in theirs and self.emails[email] == 2 and self._can_be(record, theirs[email])  # noqa: PLR2004  one on either side
        ]

    def _by_name(self) -> None:
        records, standing = self._left()
        named: dict[str, list[Named]] = defaultdict(list)
        for each in standing:
            for form in forms(each.name, self.sort):
                named[form].append(each)
        claims: dict[str, list[tuple[Named, tuple[Candidate, ...]]]] = defaultdict(list)
        alone = Counter(forms(each.name, self.sort)[0] for each in self.records.values())
        for record in records:
            others = {other.key: other for form in forms(record.name, self.sort) for other in named[form] if self._can_be(record, other)}
            candidates = tuple(Candidate(key, other.name) for key, other in others.items())
            form = forms(record.name, self.sort)[0]
            if not form:
                continue
            if len(others) == 1:
                claims[candidates[0].key].append((record, candidates))
            elif others:
                self.found[record.key] = Unsure(f"{len(others)} have its name", candidates)
            elif alone[form] > 1 and record.crm_key is None and not self._tells_apart(record):
                self.found[record.key] = Unsure(f"{alone[form]} rows have its name, and nothing tells them apart")
        for key, claimed in claims.items():
            if len(claimed) == 1:
                self._take(claimed[0][0].key, key)
            else:
                why = f"{len(claimed)} rows have its name"
                self.found.update({record.key: Unsure(why, candidates) for record, candidates in claimed})

    def _tells_apart(self, record: Named) -> bool:
        """Whether one of several of a name, without an id, has an e-mail of its own, and so have the others."""
        same = [each for each in self.records.values() if is_same(each.name, record.name, self.sort)]
        emails = Counter(map(_email, same))
        return None not in emails and max(emails.values()) == 1

    def _by_likeness(self) -> None:
        records, standing = self._left()
        choices = {(each.key, number): form for each in standing for number, form in enumerate(forms(each.name, self.sort)) if form}
        wanted: dict[str, list[tuple[Named, tuple[Candidate, ...]]]] = defaultdict(list)
        if not choices:
            return
        for record in records:
            ranked = self._ranked(record, choices)
            if not ranked:
                continue
            candidates = tuple(Candidate(key, self.standing[key].name) for key, _ in ranked[:_MOST_CANDIDATES])
            (best, score), rest = ranked[0], ranked[1:]
            is_clear = score >= SURE and (not rest or score - rest[0][1] >= GAP)
            if is_clear and not may_differ(record.name, self.standing[best].name, self.sort):
                wanted[best].append((record, candidates))
            elif candidates := tuple(each for each in candidates if not _differs_in_number(record.name, each.name)):
                self.found[record.key] = Unsure("it may be one that there is", candidates)
        for key, claims in wanted.items():
            if len(claims) == 1:
                self._take(claims[0][0].key, key)
            else:
                why = f"{len(claims)} rows may be it"
                self.found.update({record.key: Unsure(why, candidates) for record, candidates in claims})

    def _ranked(self, record: Named, choices: Mapping[tuple[str, int], str]) -> list[tuple[str, float]]:
        best: dict[str, float] = {}
        for form in forms(record.name, self.sort):
            for _, score, (key, _number) in process.extract(form, choices, scorer=_scorer, score_cutoff=UNSURE, limit=None):
                if self._can_be(record, self.standing[key]):
                    best[key] = max(score, best.get(key, 0.0))
        return sorted(best.items(), key=lambda each: (-each[1], each[0]))


_scorer: Callable[..., float] = fuzz.token_sort_ratio


def _differs_in_number(one: str, other: str) -> bool:
    return sorted(re.findall(r"\d+", one)) != sorted(re.findall(r"\d+", other))


def _email(each: Named) -> str | None:
    return each.email.strip().casefold() or None if each.email else None


def _only(many: Iterable[Named], what: Callable[[Named], str | None]) -> dict[str, Named]:
    """By what only one of them has."""
    found: dict[str, list[Named]] = defaultdict(list)
    for each in many:
        if value := what(each):
            found[value].append(each)
    return {value: several[0] for value, several in found.items() if len(several) == 1}
