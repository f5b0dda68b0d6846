"""The SEC's own files of a company: yearly figures (company facts) and who it is (submissions), as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from acctplan.errors import UserError
from acctplan.importers import json_files, texts
from acctplan.importers.records import Extract, File, Importer, Link, Note, Source, System, YearFigures
from acctplan.importers.sec import facts, profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.importers.records import Account, Options
    from acctplan.importers.sec.facts import Figures, Year

__all__ = ["IMPORTER", "SYSTEM", "extract", "identify", "sniff"]

_HEAD = 4096
_DIGITS = 10
"""Of a company's number, with the zeros in front."""
_EARLY = 2
"""Of a year that ends by February, most lies in the year before, and some call it so."""
_AT_START = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{(?=[^\0]*"cik"\s*:)[^\0]*"(?:entityName|entityType|facts|filings|sicDescription)"\s*:', re.ASCII
)
_SEE = "data.sec.gov has both: api/xbrl/companyfacts/CIK##########.json and submissions/CIK##########.json"


def identify(columns: Sequence[str], file_name: str) -> str | None:
    """None: these files are no tables."""
    del columns, file_name
    return None


def sniff(name: str, content: bytes) -> bool:
    """Whether a file begins as the SEC's company facts or submissions do."""
    del name
    return _AT_START.match(content[:_HEAD]) is not None


def cik_key(cik: str) -> str:
    """What counts of a company's number: its digits, without zeros in front."""
    return re.sub(r"\A(?:CIK)?[\s0]*", "", cik.strip(), flags=re.IGNORECASE)


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some of the SEC's files say.

    Args:
        files: name and content of each.
        options: nothing of them is asked.

    Raises:
        UserError: a file is no JSON, or none of them is one of the SEC's files.
    """
    del options
    reading = _Reading()
    for name, content in files:
        reading.read(name, json_files.read(name, content))
    if all(file.kind is None for file in reading.files):
        raise UserError("none of these files is the SEC's company facts or submissions", _SEE)
    return Extract(
        SYSTEM, files=tuple(reading.files), accounts=tuple(reading.accounts), notes=tuple(reading.notes), figures=tuple(reading.years)
    )


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.accounts: list[Account] = []
        self.years: list[YearFigures] = []
        self.notes: list[Note] = []
        self._seen: dict[tuple[str, str], str] = {}

    def read(self, name: str, data: Any) -> None:
        """Read one file."""
        what = "facts" if _has(data, "facts") else "filings" if _has(data, "filings") else ""
        cik = _cik(data.get("cik")) if what else ""
        company = data.get("entityName" if what == "facts" else "name") if cik else None
        if not isinstance(company, str) or not texts.line(company):
            self.files.append(File(name, 0, 0, None, "it is neither the SEC's company facts nor submissions"))
        elif (first := self._seen.setdefault((what, cik), name)) != name:
            self.files.append(File(name, 0, 0, None, f"it is of the same company as {first}"))
        elif what == "facts":
            found = facts.figures(data["facts"])
            self.files.append(File(name, len(found.years), 0, "year"))
            self.years.extend(_records(name, Link(id=cik, name=texts.line(company)), found))
            self.notes.extend(Note(text, hint, Source(name, 1), of_file=True) for text, hint in _remarks(found))
        else:
            self.files.append(File(name, 1, 0, "account"))
            self.accounts.append(profile.account(Source(name, 1), cik, texts.line(company), data))


def _has(data: Any, key: str) -> bool:
    return isinstance(data, dict) and "cik" in data and isinstance(data.get(key), dict)


def _cik(data: Any) -> str:
    """A company's number as the SEC writes it out, with zeros in front; empty where it is none."""
    text = str(data).strip() if isinstance(data, str | int) and not isinstance(data, bool) else ""
    return text.zfill(_DIGITS) if re.fullmatch(r"0*[1-9][0-9]{0,9}", text, re.ASCII) else ""


def _records(file: str, account: Link, found: Figures) -> Iterator[YearFigures]:
    for number, year in enumerate(found.years, 1):
        yield YearFigures(
            Source(file, number),
            account,
            year.name,
            revenue=year.revenue.fact.value if year.revenue else None,
            net_income=year.net_income.fact.value if year.net_income else None,
            currency=year.currency,
            reported_in=_reported_in(year),
            as_of=min(figure.fact.filed for _, figure in year.figures()),
        )


def _reported_in(year: Year) -> str:
    """The filings that a year's figures are from: one, as a rule."""
    said = {name: f"{each.fact.form} {each.fact.accession}, filed {each.fact.filed.isoformat()}" for name, each in year.figures()}
    first, *others = dict.fromkeys(said.values())
    return f"SEC {first}" if not others else "; ".join(f"{name}: SEC {filing}" for name, filing in said.items())


def _remarks(found: Figures) -> Iterator[tuple[str, str]]:
    """What to say of a company's figures, and what to do about it."""
    if not found.years:
        yield "no figures of a whole year are reported", ""
    for year in found.years:
        yield from _remarks_on(year)
    for name in found.parts:
        yield f"{name}: only parts of the year are reported; left out", "import the file again after the annual report"
    for name, currency in found.others:
        yield f"{name}: the figures stand there in {currency} as well; left out", ""
    for name in found.twice:
        yield f"{name}: two fiscal years end in it; the later one was taken", "see the annual reports"
    if found.years and found.years[-1].span.end.month <= _EARLY:
        end = found.years[-1].span.end
        what = f"fiscal years are called by the year in which they end: the one to {end.isoformat()} is {found.years[-1].name}"
        yield what, "the company may call it by another; see its annual report"


def _remarks_on(year: Year) -> Iterator[tuple[str, str]]:
    for what, figure in year.figures():
        if figure.before is not None:
            then, now = figure.before, figure.fact
            text = f"{year.name}: {what} was {then.value:,} as filed on {then.filed}, and is {now.value:,} as filed on {now.filed}"
            yield f"{text}; the later was taken", ""
    if year.revenue is not None and year.revenue.concept == facts.OF_GOODS:
        yield f"{year.name}: revenue is that of goods alone", "see the annual report for that of services"


SYSTEM = System("sec", "SEC EDGAR", cik_key, accounts_in="the company's submissions")
IMPORTER = Importer(SYSTEM, identify, extract, sniff)
