"""`acctplan init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from acctplan.cli.options import Currency, Diff

_GITIGNORE = "# acctplan\n.*.acctplan-tmp\n.acctplan.lock\n/site/\n"
_GITATTRIBUTES = "# acctplan: plans are text, with one kind of line end in the repository\nplans/*.yaml text\n"


def init(
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="The book's folder; made if it is missing.")] = ".",
    plan: Annotated[str | None, typer.Option("--plan", metavar="NAME", help="Start a first plan for this customer.", show_default=False)] = None,
    currency: Currency = None,
    show_diff: Diff = False,
) -> None:
    """Start a book of account plans.

    Writes acctplan.toml (the settings, explained), plans/, the schema for your editor, .gitignore and .gitattributes. What is already
    there is left as it is; in an existing repository only what is missing is added.

    \b
    Examples:
      acctplan init
      acctplan init my-book --plan "Meridian Foods"
      acctplan init --currency USD --diff
    """
    import json

    from acctplan.book import Change, find, lock, read, write
    from acctplan.cli import console
    from acctplan.cli.new import create
    from acctplan.errors import UserError
    from acctplan.scaffold import settings_file
    from acctplan.schema import json_schema

    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise UserError(f"{folder} is a file", "name a folder")
    wanted = {
        "acctplan.toml": settings_file(currency or "EUR"),
        ".acctplan/plan.schema.json": json.dumps(json_schema(), indent=2) + "\n",
        ".gitignore": _GITIGNORE,
        ".gitattributes": _GITATTRIBUTES,
    }
    changes, standing = [], []
    for name, text in wanted.items():
        path = root / name
        before = read(path) if path.exists() else None
        after = _completed(before, text) if name.startswith(".git") else text
        if before is None or (name.startswith(".git") and after != before):
            changes.append(Change(path, before, after))
        else:
            standing.append(name)
    if show_diff:
        for change in changes:
            console.diff(change.path.as_posix(), change.before, change.after)
        return
    root.mkdir(parents=True, exist_ok=True)
    with lock(root):
        written = write(changes, root)
    (root / "plans").mkdir(exist_ok=True)
    for path in written:
        console.say(f"wrote {_shown(path, root, folder)}")
    for name in standing:
        console.say(f"{name} was there already and is as it was")
    if plan is not None:
        create(find(root), plan)
    else:
        console.hint(f"next: {'' if folder == '.' else f'cd {folder} && '}acctplan new 'Customer name'")


def _completed(before: str | None, lines: str) -> str:
    """A file of lines with those that it lacks added at its end."""
    if before is None:
        return lines
    have = set(before.splitlines())
    missing = [line for line in lines.splitlines() if line not in have]
    if not [line for line in missing if not line.startswith("#")]:
        return before
    return before + ("" if before.endswith("\n") or not before else "\n") + "\n".join(missing) + "\n"


def _shown(path: Path, root: Path, folder: str) -> str:
    return (Path(folder) / path.relative_to(root.resolve())).as_posix()
