"""Who a company is, by what it says of itself to the SEC."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from acctplan.importers import texts
from acctplan.importers.records import Account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acctplan.importers.records import Source

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def account(source: Source, cik: str, name: str, data: Mapping[str, Any]) -> Account:
    """A company.

    Args:
        source: the file.
        cik: its number at the SEC.
        name: what it is called there.
        data: the SEC's submissions. What is not as it should be in there is passed over.
    """
    tickers = data.get("tickers")
    ticker = next(filter(None, map(_text, tickers)), None) if isinstance(tickers, list) else None
    return Account(
        source,
        name,
        id=cik,
        industry=_text(data.get("sicDescription")),
        website=_text(data.get("website")),
        headquarters=_headquarters(data),
        ownership="public" if ticker else None,
        ticker=ticker,
        background=" ".join(_background(data)) or None,
    )


def _text(data: Any) -> str | None:
    return texts.line(data) or None if isinstance(data, str) and texts.is_text(data) else None


def _headquarters(data: Mapping[str, Any]) -> str | None:
    addresses = data.get("addresses")
    business = addresses.get("business") if isinstance(addresses, dict) else None
    if not isinstance(business, dict):
        return None
    city, place = _text(business.get("city")), _text(business.get("stateOrCountryDescription")) or _text(business.get("stateOrCountry"))
    return ", ".join(filter(None, (city and _spoken(city), place))) or None


def _spoken(text: str) -> str:
    """A place as people write it: `Palo Alto` for `PALO ALTO`."""
    return re.sub(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", lambda word: word[0].capitalize(), text) if text.isupper() else text


def _background(data: Mapping[str, Any]) -> Iterator[str]:
    match = re.fullmatch(r"(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])", str(data.get("fiscalYearEnd")), re.ASCII)
    if match:
        yield f"The fiscal year ends on {int(match[2])} {_MONTHS[int(match[1]) - 1]}."
    former = data.get("formerNames")
    for each in former if isinstance(former, list) else ():
        name = _text(each.get("name")) if isinstance(each, dict) else None
        if name:
            until = _day(each.get("to"))
            yield f"Formerly {name}{f' (until {_MONTHS[until.month - 1]} {until.year})' if until else ''}."


def _day(data: Any) -> date | None:
    try:
        return date.fromisoformat(data[:10])
    except (TypeError, ValueError):
        return None
