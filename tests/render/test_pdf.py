"""A page on paper, by each engine that this computer has."""

from __future__ import annotations

import os
import re
import stat
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from acctplan.errors import UserError
from acctplan.render import pdf, render_plan
from acctplan.render.pdf import browser, to_pdf, weasy
from pages import BOOK, SAMPLES, TODAY, loaded

pytestmark = pytest.mark.slow

ENGINES = {"weasyprint": weasy.print_page, "browser": browser.print_page}
HAS_BROWSER = any(browser._browsers())
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the browser that stands in is a shell script")


@pytest.fixture(params=ENGINES)
def engine(request, monkeypatch):
    """Each engine by itself. WeasyPrint is not installed where Pango is not, and a browser not everywhere."""
    if request.param == "browser" and not HAS_BROWSER:
        pytest.skip("no browser is installed")
    if request.param == "weasyprint" and weasy.print_page("<p>x") is None:
        pytest.skip("WeasyPrint or Pango is not installed")
    monkeypatch.setattr(pdf, "_ENGINES", (ENGINES[request.param],))


def page(body="<p>text</p>", style="", head=""):
    return f"<!doctype html>\n<html lang='en'><head><title>t</title>{head}<style>{style}</style></head><body>{body}</body></html>"


def inside(document):
    """A PDF with its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return b"\n".join([document, *unpacked])


def test_a_plan_becomes_a_pdf_the_same_each_time(engine):
    html = render_plan(loaded(SAMPLES[1], BOOK), BOOK, TODAY, "html")
    document = to_pdf(html)
    assert document.startswith(b"%PDF-")
    assert document.rstrip().endswith(b"%%EOF")
    assert to_pdf(html) == document


@pytest.mark.parametrize(("size", "expected"), [("A4", (595, 842)), ("letter", (612, 792)), ("A4 landscape", (842, 595))])
def test_the_size_of_paper_is_the_styles(engine, size, expected):
    found = re.search(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", inside(to_pdf(page(style=f"@page {{ size: {size} }}"))))
    assert [float(side) for side in found.groups()] == pytest.approx(expected, abs=1)


def test_the_day_of_the_page_is_the_day_of_the_file(engine):
    document = inside(to_pdf(page(head='<meta name="dcterms.created" content="2026-11-21">')))
    assert re.search(rb"/CreationDate ?\(D:20261121", document)


def test_nothing_is_fetched_from_anywhere(engine, tmp_path):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        body = f"<img src='{base}/image'><iframe src='{base}/frame'></iframe><script src='{base}/script'></script>"
        head = f"<link rel='stylesheet' href='{base}/link'><style>@import url({base}/import); p {{ background: url({base}/url) }}</style>"
        document = to_pdf(page(f"<p>text</p>{body}", head=head))
        server.shutdown()
        thread.join()
    assert document.startswith(b"%PDF-")
    assert asked == []


def test_no_file_of_this_computer_comes_onto_a_page(engine, tmp_path):
    picture = tmp_path / "p.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><rect width="99" height="99" fill="red"/></svg>')
    with_file = inside(to_pdf(page(f"<p>text</p><img alt='' src='{picture.as_uri()}'>")))
    assert b"1 0 0 rg" not in with_file


def test_colours_of_the_page_reach_its_pictures(engine):
    dark = "@media screen { :root { --mine: #00f } }"
    style = f":root {{ --mine: #f00; --also: var(--mine) }} {dark} .picture .bar {{ fill: var(--also) }} a:hover {{ fill: #0f0 }}"
    body = '<svg class="picture" width="50" height="50" viewBox="0 0 50 50"><rect class="bar" width="50" height="50"/></svg>'
    assert re.search(rb"\b1 0 0 rg", inside(to_pdf(page(body, style))))


def test_a_page_that_names_no_size_is_a4(engine):
    found = re.search(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", inside(to_pdf(page())))
    assert [float(side) for side in found.groups()] == pytest.approx((595, 842), abs=1)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("repeat(auto-fit, minmax(8.5rem, 1fr))", "repeat(5, 1fr)"),
        ("repeat(auto-fill, minmax(min(100%, 19rem), 1fr))", "repeat(2, 1fr)"),
        ("repeat( auto-fill ,minmax(min(100%, max(20rem, 40%)), 1fr) )", "repeat(2, 1fr)"),
        ("repeat(auto-fit, minmax(90rem, 1fr))", "repeat(1, 1fr)"),
        ("repeat(auto-fit, minmax(20%, 1fr))", "repeat(auto-fit, minmax(20%, 1fr))"),
        ("repeat(3, 1fr)", "repeat(3, 1fr)"),
    ],
)
def test_grids_are_counted_for_weasyprint(columns, expected):
    words = "<p>repeat(auto-fit, minmax(8.5rem, 1fr))</p>"
    style = ".a {{ grid-template-columns: {}; gap: 1rem }} .b {{ margin: 1rem }}"
    assert weasy._styled(page(words, style.format(columns))) == page(words, style.format(expected))


def test_weasyprint_is_not_needed(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert weasy.print_page(page()) is None


def test_weasyprint_without_its_libraries_says_nothing_and_is_not_used(monkeypatch, tmp_path, capfd):
    (tmp_path / "weasyprint.py").write_text("print('could not import some libraries')\nraise OSError('no pango')\n")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert weasy.print_page(page()) is None
    assert capfd.readouterr() == ("", "")


def test_without_an_engine_there_is_a_way_out(monkeypatch):
    monkeypatch.setattr(pdf, "_ENGINES", (lambda _: None,))
    with pytest.raises(UserError) as caught:
        to_pdf(page())
    assert caught.value.message == "no program is installed that can write a PDF"
    assert "acctplan[pdf]" in caught.value.hint


def test_the_second_engine_is_tried_where_the_first_is_missing(monkeypatch):
    monkeypatch.setattr(pdf, "_ENGINES", (lambda _: None, lambda html: html.encode()))
    assert b"text" in to_pdf(page())


def _failing(_):
    raise UserError("the first failed")


def test_where_one_engine_fails_another_may_not(monkeypatch):
    monkeypatch.setattr(pdf, "_ENGINES", (_failing, lambda html: html.encode()))
    assert b"text" in to_pdf(page())
    monkeypatch.setattr(pdf, "_ENGINES", (_failing, lambda _: None))
    with pytest.raises(UserError, match="the first failed"):
        to_pdf(page())


@pytest.mark.parametrize(("letters", "expected"), [(1_000, b"weasyprint"), (500_000, b"browser")])
def test_large_pages_go_to_a_browser_first(monkeypatch, letters, expected):
    monkeypatch.setattr(pdf, "_ENGINES", (lambda _: b"weasyprint", lambda _: b"browser"))
    assert to_pdf(page("x" * letters)) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there are no snaps")
def test_a_browser_in_a_snap_gets_its_own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    snap = tmp_path / "bin" / "snap"
    snap.parent.mkdir()
    snap.write_text("")
    (tmp_path / "bin" / "chromium").symlink_to(snap)
    assert browser._readable(str(tmp_path / "bin" / "chromium")) is None
    (tmp_path / "snap" / "chromium" / "common").mkdir(parents=True)
    assert browser._readable(str(tmp_path / "bin" / "chromium")) == tmp_path / "snap" / "chromium" / "common"
    assert browser._readable(str(tmp_path / "bin" / "google-chrome")) is None


@pytest.fixture
def stand_in(monkeypatch, tmp_path):
    """A program that is found as a browser and does what it is told, with the page as $PAGE and the file to write as $PDF."""

    def install(script):
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "chromium"
        find = 'for word in "$@"; do case "$word" in --print-to-pdf=*) PDF=${word#*=};; file://*) PAGE=${word#file://};; esac; done\n'
        program.write_text(f"#!/bin/sh\n{find}{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
        monkeypatch.setattr(browser, "_ON_PATH", ("chromium",))
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    return install


@POSIX
def test_the_page_is_nobody_elses_and_gone_afterwards(stand_in, tmp_path):
    stand_in(f'cp "$PAGE" {tmp_path}/seen.html; ls -ld "$PAGE" "$(dirname "$PAGE")" > {tmp_path}/modes; echo "%PDF" > "$PDF"')
    assert browser.print_page(page("<p>ours</p>")) == b"%PDF\n"
    assert "ours" in (tmp_path / "seen.html").read_text()
    modes = [line[:10] for line in (tmp_path / "modes").read_text().splitlines()]
    assert sorted(modes) == [stat.filemode(stat.S_IFREG | 0o600), stat.filemode(stat.S_IFDIR | 0o700)]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("acctplan-")] == []


@POSIX
def test_a_browser_that_does_not_end_is_ended_with_what_it_started(stand_in, tmp_path):
    stand_in(f"sleep 600 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(UserError, match="chromium took longer than 1 seconds"):
        browser.print_page(page(), seconds=1)
    assert not _is_running(int((tmp_path / "child").read_text()))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("acctplan-")] == []


def _is_running(process):
    """Whether it runs; one that has ended and that nobody has asked about does not."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        try:
            if Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z":
                return False
        except OSError:
            pass
        threading.Event().wait(0.02)
    return True


@POSIX
def test_a_browser_that_writes_nothing_is_said_to(stand_in):
    stand_in("exit 0")
    with pytest.raises(UserError, match="chromium wrote no PDF"):
        browser.print_page(page("<p>secret</p>"))


@POSIX
@pytest.mark.parametrize(
    ("head", "expected"),
    [('<meta name="dcterms.created" content="2026-11-21">', b"D:20261121000000+00'00'"), ("", b"D:20000101000000+00'00'")],
)
def test_the_moment_of_printing_is_not_in_the_file(stand_in, head, expected):
    stand_in("""printf "1 0 obj <</CreationDate (D:20991231235959+00'00') /ModDate (D:20991231235959+00'00')>>" > "$PDF" """)
    assert browser.print_page(page(head=head)) == b"1 0 obj <</CreationDate (%b) /ModDate (%b)>>" % (expected, expected)


def test_without_a_browser_there_is_none(monkeypatch):
    monkeypatch.setattr(browser, "_ON_PATH", ())
    monkeypatch.setattr(sys, "platform", "linux")
    assert browser.print_page(page()) is None


@pytest.mark.parametrize(
    ("platform", "place"),
    [("darwin", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"), ("win32", "Microsoft/Edge/Application/msedge.exe")],
)
def test_browsers_are_found_where_they_are_installed(monkeypatch, tmp_path, platform, place):
    program = tmp_path / place
    program.parent.mkdir(parents=True)
    program.write_text("")
    monkeypatch.setattr(browser, "_ON_PATH", ())
    monkeypatch.setattr(browser, "_WINDOWS", tuple(name.replace("\\", "/") for name in browser._WINDOWS))
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert str(program) in list(browser._browsers())
