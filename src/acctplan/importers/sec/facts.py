"""A company's figures by year, out of everything that it has ever reported.

Filings repeat figures, restate them, round them, and tag quarters and other years with their own year. So nothing but the first and the
last day of a figure says what it is of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

REVENUE = (
    ("us-gaap", "Revenues"),
    ("us-gaap", "RevenuesNetOfInterestExpense"),
    ("us-gaap", "RegulatedAndUnregulatedOperatingRevenue"),
    ("us-gaap", "RevenueFromContractWithCustomerExcludingAssessedTax"),
    ("us-gaap", "RevenueFromContractWithCustomerIncludingAssessedTax"),
    ("us-gaap", "SalesRevenueNet"),
    ("us-gaap", "SalesRevenueGoodsNet"),
    ("ifrs-full", "Revenue"),
    ("ifrs-full", "RevenueFromContractsWithCustomers"),
)
"""What revenue is called: in each year, the first of these that is reported for it; what is a part of it comes later.

Companies change from one to another, and one that there is may be of a single year.
"""
OF_GOODS = "SalesRevenueGoodsNet"
"""Revenue without that of services."""
NET_INCOME = (
    ("us-gaap", "NetIncomeLoss"),
    ("us-gaap", "ProfitLoss"),
    ("us-gaap", "NetIncomeLossAvailableToCommonStockholdersBasic"),
    ("ifrs-full", "ProfitLossAttributableToOwnersOfParent"),
    ("ifrs-full", "ProfitLoss"),
)
"""What net income is called; that of the parent's owners first."""

_SHORTEST, _LONGEST = 350, 380
"""Days from the first to the last of a year: 52 or 53 weeks, or twelve months."""
_ANNUAL = ("10-K", "20-F", "40-F")
"""Forms, and their amendments, that report a fiscal year. Others also have twelve months that are none."""
_WEEK = 7
_DAYS_OF_YEAR = 365.25
_ROUNDED_BY = 3
"""How many zeros more show that a figure was written in larger units."""
_HIGHEST = Decimal(10) ** 16
_CENT = Decimal("0.01")
_SOME_YEAR_END = date(2000, 12, 31)

Concepts: TypeAlias = "Sequence[tuple[str, str]]"


class Span(NamedTuple):
    """The first and the last day of a figure."""

    start: date
    end: date

    @property
    def is_year(self) -> bool:
        """Whether it is as long as a fiscal year."""
        return _SHORTEST <= (self.end - self.start).days <= _LONGEST

    @property
    def year(self) -> str:
        """The year in which it ends. What ends in the first week of January is of the year before: years of 52 weeks do that."""
        early = self.end.month == 1 and self.end.day <= _WEEK
        return f"{self.end.year - early:04}"


class Fact(NamedTuple):
    """A figure as it stands in one filing."""

    span: Span
    value: Decimal
    form: str
    accession: str
    filed: date

    @property
    def is_annual(self) -> bool:
        """Whether a yearly report has it."""
        return self.form.startswith(_ANNUAL)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a year, and what was chosen among."""

    fact: Fact
    concept: str
    before: Fact | None = None
    """What another filing said, where that was something else: the latest such."""


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of a fiscal year."""

    name: str
    span: Span
    currency: str
    revenue: Figure | None
    net_income: Figure | None

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Those that there are, with what to call them."""
        named = (("revenue", self.revenue), ("net income", self.net_income))
        return ((name, figure) for name, figure in named if figure is not None)


@dataclass(frozen=True, slots=True)
class Figures:
    """All years of a company, and those that are not complete."""

    years: tuple[Year, ...]
    parts: tuple[str, ...] = ()
    """Years of which there are quarters only."""
    others: tuple[tuple[str, str], ...] = ()
    """Years and currencies in which they are reported besides."""
    twice: tuple[str, ...] = ()
    """Years in which two fiscal years end: the later one is taken."""


_Reported: TypeAlias = "Mapping[str, Mapping[tuple[str, str], list[Fact]]]"
"""By currency and concept."""


def figures(facts: Any) -> Figures:
    """The years of a company.

    Args:
        facts: the `facts` of the SEC's company facts. What is not as it should be in there is passed over.
    """
    revenues, incomes = _reported(facts, REVENUE), _reported(facts, NET_INCOME)
    found: dict[str, dict[str, Year]] = defaultdict(dict)
    twice = []
    for currency in dict.fromkeys((*revenues, *incomes)):
        by_name: dict[str, list[Span]] = defaultdict(list)
        revenue, income = (
            _by_span(reported.get(currency, {}), concepts) for reported, concepts in ((revenues, REVENUE), (incomes, NET_INCOME))
        )
        for span in sorted({*revenue, *income}, key=lambda each: (each in revenue, each.end, each.start)):
            by_name[span.year].append(span)
        for name, spans in by_name.items():
            span = spans[-1]
            near = [each for each in (*spans[:-1], span) if abs(each.end - span.end).days <= _WEEK and each in income]
            found[name][currency] = Year(name, span, currency, revenue.get(span), income[near[-1]] if near else None)
            if any(abs(each.end - span.end).days > _WEEK for each in spans):
                twice.append(name)
    counts = Counter(currency for by_currency in found.values() for currency, year in by_currency.items() if year.revenue)
    years: list[Year] = []
    others: list[tuple[str, str]] = []
    for name, by_currency in sorted(found.items()):
        # Some add this year's figures in dollars for convenience: the currency of most years is the one that they count in.
        main = max(by_currency, key=lambda currency: (by_currency[currency].revenue is not None, counts[currency], currency != "USD"))
        years.append(by_currency[main])
        others.extend((name, currency) for currency in by_currency if currency != main)
    return Figures(tuple(years), tuple(_parts(years, revenues.values())), tuple(others), tuple(dict.fromkeys(twice)))


def _reported(facts: Any, concepts: Concepts) -> _Reported:
    found: dict[str, dict[tuple[str, str], list[Fact]]] = defaultdict(dict)
    for taxonomy, concept in concepts:
        for unit, entries in _mapping(_mapping(_mapping(_mapping(facts).get(taxonomy)).get(concept)).get("units")).items():
            if len(unit) == 3 and unit.isascii() and unit.isupper() and isinstance(entries, list):  # noqa: PLR2004  a currency's code
                found[unit][taxonomy, concept] = [fact for entry in entries if (fact := _fact(entry)) is not None]
    return found


def _mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _fact(entry: Any) -> Fact | None:
    entry = _mapping(entry)
    value = entry.get("val")
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not -_HIGHEST < value < _HIGHEST:
        return None
    try:
        span = Span(date.fromisoformat(entry["start"]), date.fromisoformat(entry["end"]))
        filed = date.fromisoformat(entry["filed"])
    except (KeyError, TypeError, ValueError):
        return None
    form, accession = entry.get("form"), entry.get("accn")
    if not isinstance(form, str) or not isinstance(accession, str) or span.start > span.end:
        return None
    whole = int(value)
    return Fact(span, Decimal(whole) if value == whole else Decimal(value).quantize(_CENT), form, accession, filed)


def _by_span(reported: Mapping[tuple[str, str], Sequence[Fact]], concepts: Concepts) -> dict[Span, Figure]:
    """The figure of each fiscal year: of the first concept that has it."""
    found: dict[Span, Figure] = {}
    for concept in concepts:
        by_span: dict[Span, list[Fact]] = defaultdict(list)
        for fact in reported.get(concept, ()):
            if fact.span.is_year:
                by_span[fact.span].append(fact)
        for span, facts in by_span.items():
            if any(fact.is_annual for fact in facts):
                found.setdefault(span, _latest(concept[1], facts))
    return found


def _latest(concept: str, facts: Sequence[Fact]) -> Figure:
    """What the last filing says of a span, unless it only rounds what another says."""
    ordered = sorted(facts, key=lambda fact: (fact.filed, fact.accession))
    last = ordered[-1]
    exact = [fact for fact in ordered if _rounds(last.value, fact.value)]
    chosen = exact[-1] if exact else last
    # The same figure stands in the filings of three years; the last of them is the freshest word.
    chosen = [fact for fact in ordered if fact.value == chosen.value][-1]
    before = [fact for fact in ordered if fact.value != chosen.value and not _rounds(fact.value, chosen.value)]
    return Figure(chosen, concept, before[-1] if before else None)


def _zeros(value: Decimal) -> int:
    """How many zeros a figure ends in."""
    digits = str(abs(int(value)))
    return len(digits) - len(digits.rstrip("0"))


def _rounds(rough: Decimal, exact: Decimal) -> bool:
    zeros = _zeros(rough)
    return zeros - _zeros(exact) >= _ROUNDED_BY and abs(rough - exact) <= Decimal(10) ** zeros / 2


def _parts(years: Sequence[Year], reported: Iterable[Mapping[tuple[str, str], Sequence[Fact]]]) -> Iterator[str]:
    """Years of which only parts are reported: since the first that is whole, or at all where none is."""
    known = {year.name for year in years}
    last_end, last = (years[-1].span.end, int(years[-1].name)) if years else (_SOME_YEAR_END, _SOME_YEAR_END.year)
    first = min(known, default="")
    named = set()
    for fact in (fact for by_concept in reported for facts in by_concept.values() for fact in facts):
        if not fact.span.is_year and not any(year.span.start <= fact.span.start and fact.span.end <= year.span.end for year in years):
            # A week more or less: years of 52 weeks do not end on the same day.
            name = f"{last + ceil(((fact.span.end - last_end).days - _WEEK) / _DAYS_OF_YEAR):04}"
            if name > first:
                named.add(name)
    return iter(sorted(named - known))
