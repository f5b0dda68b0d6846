"""Files in: only regular ones, of a sane size, in UTF-8, inside the book; and nothing hangs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from acctplan.book import UnreadableError, read, read_bytes
from acctplan.book.reading import MAX_BYTES, inside
from acctplan.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["", "a: 1\n", "a: 1\r\n", "\ufeffa: 1\n", "a: Zoë 🍅\n", "a" * 200_000])
def test_text_as_it_stands(tmp_path: Path, text: str):
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode())
    assert read(path) == text
    assert read(path, tmp_path) == text


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"\xff\xfea\x00", 1, id="UTF-16"),
        pytest.param(b"a: 1\nb: 2\nc: caf\xe9\n", 3, id="Latin-1 on the third line"),
        pytest.param(b"a: 1\r\nb: \xf0\x9f", 2, id="cut off in a character"),
        pytest.param(b"a: \xed\xa0\x80\n", 1, id="half a character"),
    ],
)
def test_not_utf_8(tmp_path: Path, content: bytes, line: int):
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert (caught.value.message, caught.value.hint) == ("not UTF-8 text", "save the file in the encoding UTF-8")
    assert caught.value.line == line


def test_no_such_file(tmp_path: Path):
    for root in (None, tmp_path):
        with pytest.raises(UnreadableError, match=r"^cannot be read: no such file or directory$") as caught:
            read(tmp_path / "a.yaml", root)
        assert caught.value.hint == "check the path and its permissions"
        assert caught.value.line == 1


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.yaml"
    path.touch()
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(UnreadableError, match=r"^cannot be read: permission denied$"):
        read(path)


def test_an_error_without_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> int:
        raise InterruptedError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(UnreadableError, match=r"^cannot be read: interruptederror$"):
        read(tmp_path / "a.yaml")


def test_a_folder(tmp_path: Path):
    folder = tmp_path / "a.yaml"
    folder.mkdir()
    with pytest.raises(UnreadableError, match=r"^not a regular file$") as caught:
        read(folder)
    assert caught.value.hint == "give the path of a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path):
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableError, match=r"^not a regular file$"):
        read(pipe, tmp_path)


def test_a_huge_file(tmp_path: Path):
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableError, match=r"^4,194,305 bytes; at most 4,194,304 are read$") as caught:
        read(path)
    assert caught.value.hint == "see whether it is the right file"


def test_exactly_as_much_as_may_be(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"12345")
    assert read_bytes(path, limit=5) == b"12345"
    with pytest.raises(UnreadableError, match=r"^5 bytes; at most 4 are read$"):
        read_bytes(path, limit=4)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"12345")
    endless = iter(lambda: b"more", b"")
    monkeypatch.setattr(os, "read", lambda *_: next(endless))
    with pytest.raises(UnreadableError, match=r"^more than 10 bytes$"):
        read_bytes(path, limit=10)


def test_no_descriptor_stays_open(tmp_path: Path):
    def lowest() -> int:
        descriptor = os.open(tmp_path, os.O_RDONLY)
        os.close(descriptor)
        return descriptor

    (tmp_path / "a.yaml").write_bytes(b"\xff")
    before = lowest()
    for path in (tmp_path / "a.yaml", tmp_path, tmp_path / "b.yaml"):
        with pytest.raises(UnreadableError):
            read(path)
    assert lowest() == before


class TestLinks:
    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        (tmp_path / "outside").mkdir()
        (tmp_path / "outside" / "a.yaml").write_text("secret")
        root = tmp_path / "book"
        root.mkdir()
        (root / "a.yaml").write_text("a")
        return root

    def test_inside_is_followed(self, book: Path):
        (book / "link.yaml").symlink_to("a.yaml")
        (book / "chain.yaml").symlink_to(book / "link.yaml")
        assert read(book / "chain.yaml", book) == "a"
        assert inside(book / "chain.yaml", book) == (book / "a.yaml").resolve()

    @pytest.mark.parametrize("target", ["../outside/a.yaml", "../book/../outside/a.yaml", "/etc/hosts"])
    def test_out_of_the_book_is_not(self, book: Path, target: str):
        (book / "link.yaml").symlink_to(target)
        with pytest.raises(UnreadableError, match=r"^a link that leads out of the book$") as caught:
            read(book / "link.yaml", book)
        assert caught.value.hint == "copy the file into the book"

    def test_nor_through_a_folder(self, book: Path):
        (book / "plans").symlink_to("../outside")
        with pytest.raises(UnreadableError, match=r"^a link that leads out of the book$"):
            read(book / "plans" / "a.yaml", book)

    def test_nor_is_what_is_elsewhere_without_a_link(self, book: Path):
        with pytest.raises(UnreadableError, match=r"^outside of the book$") as caught:
            read(book.parent / "outside" / "a.yaml", book)
        assert caught.value.hint == "copy the file into the book"

    def test_a_book_beside_with_a_longer_name_is_outside(self, book: Path):
        (book.parent / "book-2").mkdir()
        (book.parent / "book-2" / "a.yaml").write_text("secret")
        (book / "link.yaml").symlink_to("../book-2/a.yaml")
        with pytest.raises(UnreadableError, match=r"^a link that leads out of the book$"):
            read(book / "link.yaml", book)

    @pytest.mark.parametrize("target", ["nowhere.yaml", "link.yaml"], ids=["nowhere", "in a circle"])
    def test_nowhere(self, book: Path, target: str):
        (book / "link.yaml").symlink_to(target)
        with pytest.raises(UnreadableError, match=r"^a link that leads nowhere$") as caught:
            read(book / "link.yaml", book)
        assert caught.value.hint == "delete it, or let it point to a plan in the book"

    def test_through_a_folder_that_leads_in_a_circle(self, book: Path):
        (book / "plans").symlink_to("plans")
        with pytest.raises(UnreadableError):
            read(book / "plans" / "a.yaml", book)

    def test_to_a_linked_book(self, book: Path):
        (book.parent / "here").symlink_to(book)
        assert read(book.parent / "here" / "a.yaml", book.parent / "here") == "a"


def test_it_is_an_error_for_the_user():
    assert issubclass(UnreadableError, UserError)
