"""Chrome, Edge, Chromium or Brave, without a window: one of them is on almost every computer."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 90.0
"""How long printing may take."""
_ON_PATH = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
    "chrome",
    "msedge",
    "brave",
)
_MACOS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
    "Brave Browser.app/Contents/MacOS/Brave Browser",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_WRITTEN = re.compile(rb"(/(?:CreationDate|ModDate) \()([^)]*)(\))")
_CREATED = re.compile(r'<meta name="dcterms\.created" content="(\d{4})-(\d\d)-(\d\d)">')


def print_page(html: str, seconds: float = SECONDS) -> bytes | None:
    """The page as PDF; None where no browser is found.

    The page is in a file that nobody else may read, in a folder that is gone afterwards. The browser has an empty profile.

    Raises:
        UserError: the browser took too long, or wrote no PDF.
    """
    browser = next(_browsers(), None)
    if browser is None:
        return None
    with tempfile.TemporaryDirectory(prefix="acctplan-", dir=_readable(browser), ignore_cleanup_errors=True) as name:
        folder = Path(name)  # made for this user alone
        page, pdf = folder / "page.html", folder / "page.pdf"
        with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", errors="replace") as file:
            file.write(html)
        sandbox = ("--no-sandbox",) if sys.platform == "linux" and os.geteuid() == 0 else ()  # it refuses to start as root with one
        _run([browser, *_OPTIONS, *sandbox, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()], seconds)
        if not pdf.is_file() or not pdf.stat().st_size:
            raise UserError(f"{Path(browser).name} wrote no PDF", "pip install 'acctplan[pdf]', or render html and print that")
        return _dated(pdf.read_bytes(), html)


def _browsers() -> Iterator[str]:
    yield from (found for name in _ON_PATH if (found := shutil.which(name)))
    places: list[Path] = []
    if sys.platform == "darwin":
        places = [folder / name for folder in (Path("/Applications"), Path.home() / "Applications") for name in _MACOS]
    elif sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        places = [Path(root) / name for root in roots if root for name in _WINDOWS]
    yield from (str(place) for place in places if place.is_file())


def _readable(browser: str) -> Path | None:
    """A folder that the browser may read and write: one that is packed as a snap sees no temporary files of others. None: any."""
    common = Path.home() / "snap" / "chromium" / "common"
    is_snap = Path(browser).resolve().name == "snap" or Path(browser).name == "chromium-browser"
    return common if is_snap and common.is_dir() else None


def _run(command: list[str], seconds: float) -> None:
    """Until it ends; after `seconds` it is ended, with the processes that it started."""
    with subprocess.Popen(  # noqa: S603  a browser that was found, and options of ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise UserError(
                f"{Path(command[0]).name} took longer than {seconds:g} seconds to print the page", "pip install 'acctplan[pdf]'"
            ) from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The browser and its children, where any is left."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _dated(pdf: bytes, html: str) -> bytes:
    """With the day that the page names instead of this moment, so that the same page gives the same bytes."""
    found = _CREATED.search(html)
    day = "".join(found.groups()) if found else "20000101"
    moment = f"D:{day}000000+00'00'".encode()

    def as_long(written: re.Match[bytes]) -> bytes:
        """Places in the file are counted in bytes."""
        return written[1] + moment[: len(written[2])].ljust(len(written[2])) + written[3]

    return _WRITTEN.sub(as_long, pdf)
