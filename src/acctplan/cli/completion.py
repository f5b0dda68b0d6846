"""What a Tab offers. Runs on every press, so it looks at names of files and imports next to nothing."""

from __future__ import annotations

import os


def plan_names() -> list[str]:
    """The names of the plans in the book around the working folder, without settings read: those in `plans/`."""
    folder = os.getcwd()  # noqa: PTH109  pathlib would be the largest import here
    while not os.path.exists(os.path.join(folder, "acctplan.toml")):  # noqa: PTH110, PTH118
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            break
        folder = parent
    try:
        with os.scandir(os.path.join(folder, "plans")) as entries:  # noqa: PTH118
            return sorted(entry.name.rpartition(".")[0] for entry in entries if entry.name.endswith((".yaml", ".yml")))
    except OSError:
        return []
