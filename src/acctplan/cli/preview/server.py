"""Pages over HTTP to the browsers of this computer, and to nobody else.

It listens on the loopback address alone. A request must name this computer as the host, which a web page elsewhere whose name was made to
lead here does not; must not come from another site; and must know the secret in the address, which another user of this computer does not.
Names of pages are looked up among those there are: no path reaches the disk. Nothing is logged.
"""

from __future__ import annotations

import errno
import re
import secrets
import socket
from contextlib import suppress
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, unquote

from acctplan.cli.preview.script import SCRIPT
from acctplan.errors import UserError

if TYPE_CHECKING:
    from types import TracebackType

    from acctplan.cli.preview.pages import Pages
    from acctplan.cli.preview.watch import Watch

_ADDRESS = "127.0.0.1"
_SECRET_BYTES = 16
_SCRIPT_NAME, _CHANGES_NAME = "-/follow.js", "-/changes"
_KEEP_ALIVE = 15.0
"""Seconds after which a browser that waits for a change hears that we are still there."""
_POLICY = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Server:
    """Serves pages from when it is entered to when it is left."""

    def __init__(self, pages: Pages, watch: Watch, port: int) -> None:
        """Take the port.

        Args:
            pages: what is served.
            watch: tells when pages change.
            port: where; 0: any that is free.

        Raises:
            UserError: the port is taken or may not be used.
        """
        self._watch = watch
        try:
            self._http = _Http(pages, watch, port)
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else "cannot be listened on"
            raise UserError(f"port {port} {why}", "name another, or leave --port out and any that is free will do") from None
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.1}, name="serve")

    @property
    def url(self) -> str:
        """Where the first page is, with the secret."""
        return f"http://{_ADDRESS}:{self._http.server_port}/{self._http.secret}/"

    def __enter__(self) -> Self:
        self._watch.start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._watch.stop()
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, pages: Pages, watch: Watch, port: int) -> None:
        self.pages, self.watch = pages, watch
        self.secret = secrets.token_urlsafe(_SECRET_BYTES)
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__((_ADDRESS, port), _Request)
        self.hosts = {f"{name}:{self.server_port}" for name in (_ADDRESS, "localhost", "[::1]")}
        self.origins = {f"http://{host}" for host in self.hosts}

    def server_bind(self) -> None:
        """As it is, but without asking the network for the name of this computer, which can take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = _ADDRESS, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, so that nobody has to be waited for."""
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers hang up as they like; of anything else, plans' words might be in the error."""


class _Request(BaseHTTPRequestHandler):
    server: _Http
    timeout = 20
    server_version, sys_version = "acctplan", ""

    def parse_request(self) -> bool:
        """Read the head of a request, and refuse it unless it comes from where it should."""
        if not super().parse_request():
            return False
        if self.command not in ("GET", "HEAD"):
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD")
        elif not self._is_from_here():
            self._refuse(HTTPStatus.FORBIDDEN)
        else:
            return True
        return False

    def _is_from_here(self) -> bool:
        hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
        sites = self.headers.get_all("Sec-Fetch-Site", [])
        return (
            len(hosts) == 1
            and hosts[0] in self.server.hosts
            and all(origin in self.server.origins for origin in origins)
            and all(site in ("none", "same-origin") for site in sites)
        )

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        _, secret, name = (*path.split("/", 2), "", "")[:3]
        if not path.startswith("/") or not secrets.compare_digest(secret.encode(), self.server.secret.encode()) or path.count("/") < 2:  # noqa: PLR2004
            self._refuse(HTTPStatus.NOT_FOUND)
        elif name == _SCRIPT_NAME:
            self._answer("text/javascript", SCRIPT)
        elif name == _CHANGES_NAME:
            self._tell_changes(unquote(query, errors="surrogateescape"))
        else:
            self._show(unquote(name, errors="surrogateescape"))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _show(self, name: str) -> None:
        self.server.watch.refresh()
        page = self.server.pages.page(name)
        if page is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        changes = f"{_CHANGES_NAME}?{quote(name.encode(errors='surrogateescape'), safe='')}"
        nonce = secrets.token_urlsafe(_SECRET_BYTES)
        script = f'<script nonce="{nonce}" src="{_SCRIPT_NAME}" data-changes="{escape(changes)}" data-version="{page.version}"></script>\n'
        before, end, after = _POLICY.sub("", page.html, count=1).rpartition("</body>")
        policy = f"{_STRICT}; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-{nonce}'; connect-src 'self'"
        self._answer("text/html", f"{before}{script}{end}{after}" if end else after + script, policy)

    def _tell_changes(self, name: str) -> None:
        """Server-sent events: the version of a page, again and again, whenever it has another."""
        self._begin(HTTPStatus.OK, "text/event-stream", _STRICT)
        if self.command == "HEAD":
            return
        watch = self.server.watch
        watch.refresh()
        known: str | None = None
        while not watch.is_over:
            version = watch.next_version(name, known, _KEEP_ALIVE)
            said = ":" if version == known else f"data: {version}"
            known = version
            try:
                self.wfile.write(f"{said}\n\n".encode())
            except OSError:  # the page was closed
                return

    def _answer(self, kind: str, text: str, policy: str = _STRICT) -> None:
        content = text.encode()
        self._begin(HTTPStatus.OK, f"{kind}; charset=utf-8", policy, **{"Content-Length": str(len(content))})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _refuse(self, status: HTTPStatus, **more: str) -> None:
        content = f"{status.phrase}\n".encode()
        self._begin(status, "text/plain; charset=utf-8", _STRICT, **{"Content-Length": str(len(content)), **more})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _begin(self, status: HTTPStatus, kind: str, policy: str, **more: str) -> None:
        self.send_response(status)
        for header, value in {"Content-Type": kind, "Content-Security-Policy": policy, **_HEADERS, **more}.items():
            self.send_header(header, value)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Of a request that is none, without repeating a word of it."""
        del message, explain
        self.command = getattr(self, "command", None) or "GET"
        self.request_version = "HTTP/1.0"
        self._refuse(HTTPStatus(code))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: names of pages are names of customers."""
