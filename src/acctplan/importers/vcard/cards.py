"""The bytes of a file to its cards: vCard 2.1, 3.0 and 4.0, in the order in which they stand.

What is written for one version and stands in a card of another is read as it is meant. No line that is damaged costs the card, and no
card that is damaged costs the file.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError
from acctplan.importers.tables import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_LINES = 1_000_000
_LONGEST = 1 << 20
"""Bytes that a line of words may have."""
_LONGEST_HEAD = 1 << 12
_COMPOUND = frozenset(("N", "ORG"))
"""Properties in which semicolons divide what they say. Others write them as they are, escaped or not."""
_MOST_PARTS = 16
_HEAD = re.compile(r"(?:(?P<group>[A-Za-z0-9_-]+)\.)?(?P<name>[A-Za-z0-9_-]+)\Z")
_PIECE = re.compile(r"\\.|;|[^\\;]+|\\", re.DOTALL)
_PIECE_OR_QUOTE = re.compile(r'\\.|"[^"]*"|;|[^\\";]+|.', re.DOTALL)
# Python knows encodings that are no character sets and take long over hostile text, such as punycode.
_CHARSET = re.compile(
    r"(?:utf-?(?:8|16(?:[bl]e)?)|(?:us-)?ascii|iso-?8859-?[0-9]{1,2}|iso-2022-(?:jp|kr)|(?:windows-?|cp)[0-9]{3,4}|koi8-[rtu]|shift[_-]?jis|sjis"
    r"|euc-?(?:jp|kr)|gb2312|gbk|gb18030|big5|macintosh|latin-?[0-9]{1,2})\Z",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([\\,;:\"nN])")
_ESCAPED_2_1 = re.compile(r"\\([\\,;:])")
_OLD = b"2.1"
_CARETS = {"^n": "\n", "^N": "\n", "^^": "^", "^'": '"'}


class Property(NamedTuple):
    """A line of a card."""

    name: str
    """In capitals: `EMAIL`."""
    group: str
    """What stands before the name and binds lines together (`item1`), in small letters; mostly empty."""
    params: Mapping[str, tuple[str, ...]]
    """By name in capitals, values in small letters: `TYPE` to `work`, `voice`. Those without a name, as 2.1 has them, are under `TYPE`."""
    parts: tuple[str, ...]
    """What it says; in several parts where semicolons divide it."""

    @property
    def text(self) -> str:
        """What it says as a whole."""
        return ";".join(self.parts)

    @property
    def types(self) -> frozenset[str]:
        """`work`, `home`, `pref` and the like."""
        return frozenset(self.params.get("TYPE", ()))


@dataclass
class Card:
    """One card."""

    properties: list[Property] = field(default_factory=list)
    unread: int = 0
    """How many lines could not be read."""
    is_whole: bool = True
    """Whether it has an end."""
    is_guessed: bool = False
    """Whether some of it is neither in the encoding that it says nor in UTF-8, and was read as text of Windows (cp1252)."""

    def all(self, name: str) -> list[Property]:
        """The lines of one name that say something."""
        return [each for each in self.properties if each.name == name and each.text.strip(" \t\r\n;")]

    def first(self, name: str) -> Property | None:
        """The first line of one name that says something."""
        return next(iter(self.all(name)), None)


class _Line(NamedTuple):
    """A line with those that go on from it."""

    head: str
    """What stands before the colon; all of it where there is none."""
    value: bytes | None

    @property
    def is_binary(self) -> bool:
        """Whether it holds no words."""
        return bool(re.match(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)\b|.*;(?:ENCODING=)?(?:B|BASE64)(?:;|\Z)", self.head, re.IGNORECASE))

    def says(self, name: str, value: str) -> bool:
        """Whether it is just this."""
        return self.value is not None and self.head.strip().upper() == name and self.value.strip().upper() == value.encode()


def begins(content: bytes) -> bool:
    """Whether a file begins as a card does."""
    start = content[:200]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start:
        start = start.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return re.match(rb"(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?:[\r\n]|\Z)", start, re.IGNORECASE) is not None


def read(name: str, content: bytes) -> list[Card]:
    """The cards of a file.

    Args:
        name: what to call the file in messages.
        content: in UTF-8, UTF-16, or what its lines say.

    Raises:
        UserError: it is larger than any address book, or begins as UTF-16 and does not go on so.
    """
    if len(content) > MAX_BYTES:
        raise UserError(f"{name}: {len(content):,} bytes; at most {MAX_BYTES:,} are read", "export fewer contacts, or leave out the photos")
    content, may_say_charset = _in_bytes(name, content)
    if (ends := content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")) > MAX_LINES:
        raise UserError(f"{name}: {ends:,} lines; at most {MAX_LINES:,} are read", "export fewer contacts, or leave out the photos")
    return list(_Reader(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), may_say_charset=may_say_charset).cards())


def _in_bytes(name: str, content: bytes) -> tuple[bytes, bool]:
    """A file in an encoding that has ASCII in it, and whether its lines may say which."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content[:2]:
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    else:
        return content.removeprefix(b"\xef\xbb\xbf"), True
    try:
        return content.decode(encoding).encode(), False
    except UnicodeError:
        raise UserError(f"{name} is damaged: it begins as UTF-16 text and does not go on so", "export it again") from None


class _Reader:
    """Lines to cards."""

    def __init__(self, lines: Sequence[bytes], *, may_say_charset: bool) -> None:
        self._lines, self._may_say_charset = lines, may_say_charset
        self._at = 0
        self._is_old = False
        self._card: Card | None = None

    def cards(self) -> Iterator[Card]:
        """All of them; one that another begins in, or that the file ends in, was cut off."""
        last: _Line | None = None
        inner = 0
        while self._at < len(self._lines):
            line = self._line()
            if line.says("BEGIN", "VCARD"):
                if self._card is not None and (inner or (last is not None and last.says("AGENT", ""))):
                    inner += 1  # an assistant's card, inside
                else:
                    yield from self._cut_off()
                    self._card, self._is_old = Card(), False
            elif self._card is None:
                continue
            elif line.says("END", "VCARD"):
                if inner:
                    inner -= 1
                else:
                    yield self._card
                    self._card = None
            elif not inner:
                self._add(self._card, line, last)
            last = line if line.value is not None else last
        yield from self._cut_off()

    def _cut_off(self) -> Iterator[Card]:
        if self._card is not None:
            self._card.is_whole = False
            yield self._card

    def _line(self) -> _Line:
        """The next line, with those that go on from it."""
        parts = [self._next()]
        is_quoted = b"QUOTED-PRINTABLE" in _cut(parts[0])[0].upper()
        while self._at < len(self._lines):
            following = self._lines[self._at]
            if is_quoted and parts[-1].rstrip(b" \t").endswith(b"=") and not re.match(rb"\s*END[ \t]*:", following, re.IGNORECASE):
                parts[-1] = parts[-1].rstrip(b" \t")[:-1]
                parts.append(self._next())
            elif following[:1] in {b" ", b"\t"} and parts[0]:
                # Lines of 2.1 are broken at a blank, which stays; later ones anywhere, and a blank is put in.
                parts.append(self._next() if self._is_old else self._next()[1:])
            else:
                break
        head, value = _cut(b"".join(parts))
        return _Line(head.decode("utf-8", "replace"), value)

    def _next(self) -> bytes:
        self._at += 1
        return self._lines[self._at - 1]

    def _add(self, card: Card, line: _Line, last: _Line | None) -> None:
        if line.value is None:
            # Pictures in 2.1 may go on over lines that nothing marks as such.
            card.unread += bool(line.head.strip()) and not (last is not None and last.is_binary)
            return
        word, *params = _split(_PIECE_OR_QUOTE, line.head[:_LONGEST_HEAD])
        match = _HEAD.match(word.strip())
        if match is None or len(line.head) > _LONGEST_HEAD or (len(line.value) > _LONGEST and not line.is_binary):
            card.unread += 1
            return
        name = match["name"].upper()
        if name == "VERSION":
            self._is_old = line.value.strip() == _OLD
        named = _params(params)
        parts = () if line.is_binary else self._parts(card, line.value, named, is_compound=name in _COMPOUND)
        card.properties.append(Property(name, (match["group"] or "").casefold(), named, parts))

    def _parts(self, card: Card, value: bytes, params: Mapping[str, tuple[str, ...]], *, is_compound: bool) -> tuple[str, ...]:
        """What a line says, split at the semicolons that are not escaped."""
        charset = next(iter(params.get("CHARSET", ())), "")
        if "quoted-printable" in {*params.get("ENCODING", ()), *params.get("TYPE", ())}:
            # Split before it is decoded: a semicolon that is written in code divides nothing.
            coded = _split(_PIECE, value.decode("latin-1"))[:_MOST_PARTS] if is_compound else [value.decode("latin-1")]
            texts = [self._text(card, quopri.decodestring(part.encode("latin-1")), charset) for part in coded]
        else:
            text = self._text(card, value, charset if self._may_say_charset else "")
            texts = _split(_PIECE, text)[:_MOST_PARTS] if is_compound else [text]
        if self._is_old:
            return tuple(_ESCAPED_2_1.sub(r"\1", text) for text in texts)
        return tuple(_ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text) for text in texts)

    @staticmethod
    def _text(card: Card, value: bytes, charset: str) -> str:
        for encoding in (charset if _CHARSET.match(charset) else "", "utf-8"):
            try:
                return value.decode(encoding or "utf-8")
            except (UnicodeError, LookupError):
                continue
        card.is_guessed = True
        text = value.decode("utf-8", "replace")
        wrong = text.count("\ufffd")
        is_cut = wrong < sum(not letter.isascii() for letter in text) - wrong  # UTF-8 that was broken in the middle of a letter
        return text if is_cut else value.decode("cp1252", "replace")


def _cut(line: bytes) -> tuple[bytes, bytes | None]:
    """A line at the colon before what it says: the first that is not in quotes or, where quotes do not match, the first."""
    match = re.match(rb'((?:"[^"]*"|[^":]+)*+):', line)
    place = match.end(1) if match else line.find(b":")
    return (line, None) if place < 0 else (line[:place], line[place + 1 :])


def _split(pieces: re.Pattern[str], text: str) -> list[str]:
    """A text at its semicolons: those that are a piece of their own."""
    parts: list[list[str]] = [[]]
    for piece in pieces.findall(text):
        if piece == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def _params(params: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By name, values in small letters; those without a name, as 2.1 has them, are types."""
    found: dict[str, tuple[str, ...]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        key = name.strip().upper() if equals else "TYPE"
        text = re.sub(r"\^[nN^']", lambda match: _CARETS[match[0]], (value if equals else name).replace('"', ""))
        found[key] = (*found.get(key, ()), *(each.strip().casefold() for each in text.split(",")))
    return found
