"""A PostgreSQL server of a test's own: no network, no password, gone in the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 60


def _program(name: str) -> str:
    """Debian keeps the server's programs outside of the PATH, by version."""
    found = shutil.which(name) or next(iter(sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), reverse=True)), None)
    if found is None:
        pytest.skip("there is no PostgreSQL server here")
    return str(Path(found).resolve())


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start one: its address. Skips the test where there is none to start."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    # It refuses to run for root, and its socket needs a short path.
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        data = Path(folder, "data")
        data.mkdir()
        if user:
            shutil.chown(folder, user)
            shutil.chown(data, user)

        def run(*command: str) -> None:
            subprocess.run(
                command, user=user, cwd=folder, check=True, timeout=_SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )

        run(initdb, "-D", str(data), "-U", "tester", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(control, "-D", str(data), "-w", "-l", str(Path(folder, "log")), "-o", settings, "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run(control, "-D", str(data), "-m", "immediate", "-w", "stop")
