"""`acctplan preview`, driven from outside: pages that follow what is saved, and that nobody gets to see who should not."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest

from acctplan import render
from acctplan.book import find
from acctplan.cli.preview.files import Files
from acctplan.cli.preview.pages import PlanPage
from acctplan.cli.site.setup import Setup
from pages import TODAY, elements, loaded
from processes import PROGRAM, surroundings

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Run

SECONDS = 20
"""For what takes a tenth of one."""
SOUND = "profile: {name: Acme}\n"


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def version(self) -> str:
        return re.findall(r'data-version="([0-9a-f]+)"', self.text)[0]


class Preview:
    """A running preview."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.url = process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/[\w-]{20,}/)", self.url)
        assert found, (self.url, process.poll())
        self.port, self.base = int(found[1]), found[2]

    def ask(self, path: str = "", method: str = "GET", base: str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.putrequest(method, (self.base if base is None else base) + path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read().decode())
        connection.close()
        return found

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), SECONDS) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))

    @contextmanager
    def changes(self, page: str = "") -> Iterator[Iterator[str]]:
        """The versions of a page, as its script hears of them."""
        with socket.create_connection(("127.0.0.1", self.port), SECONDS) as connection, connection.makefile("rb") as lines:
            connection.sendall(f"GET {self.base}-/changes?{page} HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
            yield (line.decode().removeprefix("data: ").strip() for line in lines if line.startswith(b"data: "))

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, out, err


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """Starts previews in the working folder."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **environment: str) -> Preview:
        command = [*PROGRAM, "preview", *arguments, *([] if environment else ["--no-browser"]), "--today", str(TODAY)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen(command, cwd=tmp_path, env=surroundings(**environment), encoding="utf-8", **pipes))
        return Preview(started[-1])

    yield start
    for process in started:
        process.kill()
        process.communicate()


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def eventually(ask: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not ask():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_the_page_is_the_one_that_render_writes_but_for_its_script(preview: Callable[..., Preview], book: Path):
    answer = preview("tallmo-bruk").ask()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    settings = find(book).config
    expected = render.render_plan(loaded(book / "plans/tallmo-bruk.yaml", settings), settings, TODAY, "html")
    script = re.findall(r"<script .*?</script>\n", answer.text)
    policy = re.findall('<meta http-equiv="Content-Security-Policy".*>', expected)
    assert (len(script), len(policy)) == (1, 1)
    assert answer.text.replace(script[0], "") == expected.replace(policy[0], "")
    nonce = re.findall('nonce="(.+?)"', script[0])[0]
    assert f"script-src 'nonce-{nonce}';" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")


def test_each_answer_has_a_number_of_its_own_for_its_script(preview: Callable[..., Preview], book: Path):
    running = preview("tallmo-bruk")
    assert running.ask().headers["Content-Security-Policy"] != running.ask().headers["Content-Security-Policy"]


def test_a_save_is_told_to_the_page_and_the_page_is_new(preview: Callable[..., Preview], plan: Callable[..., Path]):
    path = plan(SOUND)
    running = preview("acme")
    before = running.ask()
    with running.changes() as versions:
        assert next(versions) == before.version
        for name in ("Bolt", "Cart"):  # the same number of characters within the same second
            path.write_text(SOUND.replace("Acme", name))
            told = next(versions)
            after = running.ask()
            assert after.version == told != before.version
            assert f"<h1>{name}</h1>" in after.text


def test_so_is_a_file_in_the_place_of_another(preview: Callable[..., Preview], plan: Callable[..., Path], tmp_path: Path):
    """As many editors save."""
    path = plan(SOUND)
    running = preview("acme")
    with running.changes() as versions:
        next(versions)
        (tmp_path / "new").write_text(SOUND.replace("Acme", "Bolt"))
        (tmp_path / "new").replace(path)
        next(versions)
        assert "<h1>Bolt</h1>" in running.ask().text


@pytest.mark.parametrize(
    ("name", "text"),
    [("acctplan.toml", 'currency = "SEK"\n'), ("templates/plan.html.j2", "<h1>Ours</h1>"), ("templates/partials/header.html.j2", "Ours")],
)
def test_so_are_settings_and_own_templates(
    preview: Callable[..., Preview], plan: Callable[..., Path], tmp_path: Path, name: str, text: str
):
    plan(f"{SOUND}revenue: {{FY2026: {{goal: 10}}}}\n")
    (tmp_path / "acctplan.toml").touch()
    running = preview("acme")
    before = running.ask()
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    with running.changes() as versions:
        next(versions)
        (tmp_path / name).write_text(text)
        next(versions)
    after = running.ask()
    assert ("SEK" if "SEK" in text else "Ours") in after.text
    assert ("SEK" if "SEK" in text else "Ours") not in before.text


def test_a_broken_plan_shows_what_to_mend_instead_of_a_stale_page(preview: Callable[..., Preview], plan: Callable[..., Path]):
    path = plan(SOUND)
    running = preview("acme")
    with running.changes() as versions:
        next(versions)
        path.write_text("profile:\n  name: <i>Acme</i>\n  nmae: <b>bold</b>\n")
        next(versions)
        page = running.ask().text
        text = " ".join("".join(text for tag, _, text in elements(page) if tag == "body").split())
        assert "plans/acme.yaml ! 1 error: mend it and save" in text
        assert "line 3 unknown field 'nmae' nmae: <b>bold</b> did you mean name?" in text
        assert "<b>" not in page
        assert "<h1>&lt;i&gt;Acme" not in page
        path.write_text(SOUND)
        next(versions)
        assert "<h1>Acme</h1>" in running.ask().text


@pytest.mark.parametrize("text", ["profile: [", "", "\x00"])
def test_whatever_the_file_holds_there_is_a_page(preview: Callable[..., Preview], plan: Callable[..., Path], text: str):
    path = plan(text)
    running = preview("acme")
    assert "line 1" in running.ask().text
    path.unlink()
    assert "cannot be read: no such file" in running.ask().text
    path.mkdir()
    assert running.ask().status == 200


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("acctplan.toml", "currency = 7\n", "currency"), ("templates/plan.html.j2", "{% if", "templates/plan.html.j2, line 1")],
)
def test_so_there_is_when_settings_or_templates_are_broken(preview: Callable[..., Preview], book: Path, name: str, text: str, words: str):
    running = preview()
    (book / name).parent.mkdir(exist_ok=True)
    kept = (book / name).read_text("utf-8") if (book / name).exists() else ""
    (book / name).write_text(text)
    answer = running.ask("tallmo-bruk.html")
    assert answer.status == 200
    assert words in "".join(text for _, _, text in elements(answer.text))
    (book / name).write_text(kept or "<h1>Ours</h1>")
    assert "<h1>" in running.ask("tallmo-bruk.html").text
    assert words not in running.ask("tallmo-bruk.html").text


def test_a_book_has_an_index_and_every_page(preview: Callable[..., Preview], book: Path):
    running = preview()
    index = running.ask()
    names = {attributes["href"] for tag, attributes, _ in elements(index.text) if tag == "a"} - {"#accounts"}
    assert names == {f"{path.stem}.html" for path in (book / "plans").iterdir()}
    assert all('href="index.html"' in running.ask(name).text for name in names)
    assert running.ask("index.html").version == index.version


def test_a_page_changes_with_its_own_plan_and_the_index_with_all(preview: Callable[..., Preview], book: Path):
    running = preview()
    pages = ("", "tallmo-bruk.html", "stadtwerke-auenfurt.html")
    before = [running.ask(page).version for page in pages]
    rewrite(book / "plans/tallmo-bruk.yaml", "Tallmo Bruk", "Tallmo Works")
    after = [running.ask(page).version for page in pages]
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, True]
    assert "Tallmo Works" in running.ask().text


def test_plans_come_go_and_break_while_it_runs(preview: Callable[..., Preview], book: Path, plan: Callable[..., Path]):
    running = preview()
    assert running.ask("acme.html").status == 404
    with running.changes("index.html") as versions:
        next(versions)
        path = plan(SOUND)
        next(versions)
        assert running.ask("acme.html").status == 200
        assert 'href="acme.html"' in running.ask().text
        path.write_text("profile: {nmae: X}\n")
        next(versions)
        assert "acctplan check plans/acme.yaml" in running.ask().text
        assert "did you mean name?" in running.ask("acme.html").text
        path.unlink()
        next(versions)
        assert running.ask("acme.html").status == 404
        assert "acme" not in running.ask().text


HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost",
    "127.0.0.1.evil.example:{port}",
    "0.0.0.0:{port}",
    "",
]
HOSTS += [
    "127.0.0.1:{port}@evil.example",
    "[::1]",
    "127.1:{port}",
    "localhost.:{port}",
    "127.0.0.1:{port}, evil.example",
    "LOCALHOST:{port}x",
]


def test_only_this_computer_may_be_named_as_the_host(preview: Callable[..., Preview], plan: Callable[..., Path]):
    plan(SOUND)
    running = preview("acme")
    for name in ("127.0.0.1", "localhost", "[::1]"):
        assert running.ask(Host=f"{name}:{running.port}").status == 200
    for host in HOSTS:
        for path in ("", "-/follow.js", "-/changes"):
            answer = running.ask(path, Host=host.format(port=running.port))
            assert (answer.status, answer.text) == (403, "Forbidden\n"), host
    head = f"GET {running.base} HTTP/1.1\r\n".encode()
    own = f"Host: 127.0.0.1:{running.port}\r\n".encode()
    for hosts in (b"", own + b"Host: evil.example\r\n", own + own):
        assert b" 403 " in running.raw(head + hosts + b"\r\n").splitlines()[0]


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Origin", "http://evil.example", 403),
        ("Origin", "null", 403),
        ("Origin", "http://127.0.0.1:{port}", 200),
        ("Origin", "https://127.0.0.1:{port}", 403),
        ("Sec_Fetch_Site", "cross-site", 403),
        ("Sec_Fetch_Site", "same-site", 403),
        ("Sec_Fetch_Site", "same-origin", 200),
        ("Sec_Fetch_Site", "none", 200),
    ],
)
def test_no_other_site_may_ask(preview: Callable[..., Preview], plan: Callable[..., Path], header: str, value: str, status: int):
    plan(SOUND)
    running = preview("acme")
    assert running.ask(**{header: value.format(port=running.port)}).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "get"])
def test_pages_can_be_had_and_nothing_else_be_done(preview: Callable[..., Preview], plan: Callable[..., Path], method: str):
    plan(SOUND)
    answer = preview("acme").ask(method=method)
    assert (answer.status, answer.headers["Allow"], answer.text) == (405, "GET, HEAD", "Method Not Allowed\n")


def test_a_head_is_the_answer_without_its_text(preview: Callable[..., Preview], plan: Callable[..., Path]):
    plan(SOUND)
    running = preview("acme")
    for path in ("", "-/follow.js", "-/changes", "nope"):
        answer = running.ask(path, "HEAD")
        assert (answer.status, answer.text) == (404 if path == "nope" else 200, "")


ELSEWHERE = [
    "..",
    "../acctplan.toml",
    "../plans/acme.yaml",
    "plans/acme.yaml",
    "acme.yaml",
    "acme",
    "/etc/passwd",
    "//etc/passwd",
    ".",
    "./acme.html",
]
ELSEWHERE += [
    "%2e%2e%2facctplan.toml",
    "..%5cacctplan.toml",
    "..%2F..%2Fetc%2Fpasswd",
    "%00",
    "acme.html%00.txt",
    "acme.html/",
    "acme.html/..",
    "plans/",
]
ELSEWHERE += [
    "%252e%252e%252facctplan.toml",
    "..;/acctplan.toml",
    "file:///etc/passwd",
    "ACME.HTML",
    "-/",
    "-/follow.js/..",
    "-",
    "%ff",
    "a" * 60_000,
]


def test_no_path_leads_to_a_file(preview: Callable[..., Preview], plan: Callable[..., Path], tmp_path: Path):
    plan("profile: {name: Canary}\n")
    (tmp_path / "acctplan.toml").write_text('currency = "SEK"  # Canary\n')
    running = preview()
    assert "Canary" in running.ask("acme.html").text
    for path in ELSEWHERE:
        answer = running.ask(path)
        assert (answer.status, answer.text) == (404, "Not Found\n"), path


@pytest.mark.parametrize("base", ["/", "", "//", "/x/", "/index.html", "*", "/{secret}", "/{secret}x/", "/{wrong}/"])
def test_nobody_sees_a_page_without_the_secret(preview: Callable[..., Preview], plan: Callable[..., Path], base: str):
    plan(SOUND)
    running = preview("acme")
    secret = running.base.strip("/")
    answer = running.ask(base=base.format(secret=secret, wrong=secret[::-1]) or "/")
    assert (answer.status, answer.text) == (404, "Not Found\n")


def test_every_preview_has_a_secret_of_its_own(preview: Callable[..., Preview], plan: Callable[..., Path]):
    plan(SOUND)
    assert preview("acme").base != preview("acme").base


GARBAGE = [
    b"",
    b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / Canary\r\n\r\n",
    b"A" * 70_000 + b"\r\n\r\n",
]
GARBAGE += [
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    b"GET / HTTP/1.1\r\n" + b"X" * 70_000 + b"\r\n\r\n",
    b"Canary Canary Canary Canary\r\n\r\n",
]


def test_nonsense_is_answered_without_a_word_of_it(preview: Callable[..., Preview], plan: Callable[..., Path]):
    plan(SOUND)
    running = preview("acme")
    for request in GARBAGE:
        assert b"Canary" not in running.raw(request)
    assert running.ask().status == 200
    assert running.end()[1:] == ("", "the page follows what you save; Ctrl-C ends it\nended\n")


def test_every_answer_is_kept_by_nobody_and_framed_by_nobody(preview: Callable[..., Preview], plan: Callable[..., Path]):
    plan(SOUND)
    running = preview("acme")
    for answer in (running.ask(), running.ask("-/follow.js"), running.ask("-/changes", "HEAD"), running.ask("nope"), running.ask(Host="x")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Python" not in answer.headers["Server"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there every address that begins with 127 is this computer")
def test_it_listens_on_the_loopback_address_alone(preview: Callable[..., Preview], plan: Callable[..., Path]):
    plan(SOUND)
    running = preview("acme")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", running.port), SECONDS)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_it_ends_cleanly_whoever_still_listens(preview: Callable[..., Preview], plan: Callable[..., Path], number: signal.Signals):
    plan(SOUND)
    running = preview("acme")
    with running.changes() as versions, socket.create_connection(("127.0.0.1", running.port), SECONDS) as silent:
        next(versions)
        silent.sendall(b"GET / HT")
        assert running.end(number) == (0, "", "the page follows what you save; Ctrl-C ends it\nended\n")
        assert list(versions) == []
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", running.port))


def test_nothing_of_a_plan_is_printed_and_nothing_is_written(preview: Callable[..., Preview], book: Path):
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    running = preview()
    for path in ("", "tallmo-bruk.html", "nope", "index.html"):
        running.ask(path)
    assert running.end() == (0, "", "the page follows what you save; Ctrl-C ends it\nended\n")
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_a_port_may_be_named_and_must_be_free(preview: Callable[..., Preview], run: Run, plan: Callable[..., Path]):
    plan(SOUND)
    first = preview("acme")
    port = str(first.port)
    hint = "name another, or leave --port out and any that is free will do"
    assert run("preview", "acme", "--no-browser", "--port", port) == (2, "", f"acctplan: port {port} is taken\n  {hint}\n")
    first.end()
    assert preview("acme", "--port", port).port == int(port)


def test_a_browser_is_opened(preview: Callable[..., Preview], plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    (tmp_path / "browser.py").write_text("import sys; open('opened', 'w').write(sys.argv[1])")
    running = preview("acme", BROWSER=f"{shlex.quote(sys.executable)} browser.py %s")
    opened = tmp_path / "opened"
    assert eventually(lambda: opened.exists() and opened.read_text() == running.url)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["nope"], "no plan nope"), (["plans"], "plans holds 3 plans"), (["tallmo-bruk", "--port", "0"], ""), (["--port", "70000"], "")],
)
def test_what_cannot_be_previewed_is_said(run: Run, book: Path, arguments: list[str], message: str):
    answer = run("preview", *arguments, "--no-browser")
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_a_file_is_read_again_where_it_may_have_been_written(tmp_path: Path):
    path, files = tmp_path / "file", Files()
    found = []
    for text in ("one", "two", "three"):
        path.write_text(text)
        found.append(files.fingerprint(path))
        assert files.fingerprint(path) == found[-1]
    path.unlink()
    found.append(files.fingerprint(path))
    path.mkdir()
    found.append(files.fingerprint(path))
    assert len(set(found)) == 5


@pytest.mark.parametrize(("age", "is_read"), [(0, True), (3600, False)], ids=["just written", "long ago"])
def test_what_was_just_written_may_be_written_again_within_the_same_tick(tmp_path: Path, age: int, is_read: bool):
    path, files = tmp_path / "file", Files()
    moment = time.time_ns() - age * 10**9
    found = []
    for text in ("one", "two"):
        path.write_text(text)
        os.utime(path, ns=(moment, moment))
        found.append(files.fingerprint(path))
    assert (found[0] != found[1]) == is_read


def test_a_mistake_of_ours_is_a_page_without_a_word_of_the_plan(plan: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> str:
        raise ValueError("Acme")

    plan(SOUND)
    pages = PlanPage.of(find(tmp_path), "acme", lambda: TODAY)
    monkeypatch.setattr(Setup, "page", fail)
    page = pages.page("")
    assert page is not None
    assert "a mistake in acctplan (ValueError); your files are as they were" in page.html
    assert "Acme" not in page.html
