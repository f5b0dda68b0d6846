"""Values to text that is safe to show anywhere: cleaned, dated, counted, and web addresses that may become links."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

UNKNOWN = "unknown"
"""What an amount, a share, a number or a date that the plan does not give reads as."""

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")
_DIRECTION_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*(?::[0-9]{1,5})?(?:[/?#].*)?")
_IN_URL = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$'*+/=^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_IN_NUMBERS = re.compile(r"\(0\)|[ ()./\-\N{NO-BREAK SPACE}]")


def clean(text: str) -> str:
    """The text without what no page should carry.

    Line ends of all kinds become a newline, other control characters and half characters (surrogates) the replacement
    character, and the marks that turn the direction of writing around become visible, such as `<U+202E>`.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return _DIRECTION_CONTROLS.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def number(value: str | float | None) -> str:
    """A number with thousands marked and at most two decimals: `420,000`, `1,250.50`. Less than 0 has a real minus sign."""
    return UNKNOWN if value is None else _rounded(Decimal(str(value)), 2)


def _rounded(value: Decimal, places: int) -> str:
    """To so many decimals, or none where they would all be 0."""
    text = f"{abs(value):,.{places}f}"
    whole = text.removesuffix("." + "0" * places)
    return f"\N{MINUS SIGN}{whole}" if value < 0 and whole != "0" else whole


def money(value: str | float | None, currency: str) -> str:
    """An amount with its currency: `420,000 EUR`."""
    return UNKNOWN if value is None else f"{number(value)} {currency}"


def percent(value: str | float | None) -> str:
    """A share as people write it, to a tenth: 0.385 is `38.5 %`."""
    return UNKNOWN if value is None else f"{_rounded(Decimal(str(value)) * 100, 1)} %"


def day(value: str | None) -> str:
    """A date as people write it: 2026-12-04 is `4 Dec 2026`."""
    if value is None:
        return UNKNOWN
    moment = date.fromisoformat(value)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def days(count: int) -> str:
    """A number of days: `1 day`, `17 days`."""
    return "1 day" if count == 1 else f"{number(count)} days"


def safe_url(text: str | None) -> str:
    """The web address that a text is, fit to be a link; empty where it is none that a page may point to.

    Only http, https, mailto and tel pass. A bare host such as `www.example.org/about` becomes https.
    """
    text = (text or "").strip()
    if not _IN_URL.fullmatch(text):
        return ""
    if _HOST.fullmatch(text):
        text = f"https://{text}"
    scheme, rest = match.groups() if (match := _SCHEME.fullmatch(text)) else ("", "")
    match scheme.lower():
        case "http" | "https":
            return text if _has_plain_host(text) else ""
        case "mailto":
            return text if _ADDRESS.fullmatch(rest) else ""
        case "tel":
            return text if _NUMBER.fullmatch(rest) else ""
        case _:
            return ""


def _has_plain_host(url: str) -> bool:
    """Whether an http address names a host and a port that can be, and no user who would make it look like another host's."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False


def mail_url(text: str | None) -> str:
    """The link that writes to an e-mail address; empty where the text is none."""
    return safe_url(f"mailto:{text}") if text else ""


def phone_url(text: str | None) -> str:
    """The link that calls a telephone number; empty where the text is none."""
    return safe_url(f"tel:{_IN_NUMBERS.sub('', text)}") if text else ""
