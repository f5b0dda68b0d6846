"""What git knows about a book."""

from __future__ import annotations

import os
import subprocess
from datetime import date

import pytest

from acctplan.book import git
from acctplan.errors import UserError


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    (tmp_path / "book" / "plans").mkdir(parents=True)
    run(tmp_path, "init", "-q", "-b", "main")
    run(tmp_path, "config", "user.name", "Ann Lee")
    run(tmp_path, "config", "user.email", "ann@ours.example")
    write(tmp_path, "book/plans/old.yaml", "profile: {name: Old}\n")
    write(tmp_path, "book/plans/same.yaml", "profile: {name: Same}\n")
    write(tmp_path, "book/plans/gone.yaml", "profile: {name: Gone}\n")
    write(tmp_path, "outside.yaml", "profile: {name: Outside}\n")
    run(tmp_path, "add", ".")
    run(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path / "book"


def run(folder, *arguments, **environment):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=os.environ | environment)


def commit(folder, day, *arguments):
    """Commit what changed, at noon of a day."""
    run(folder, "add", "-A", ".")
    run(folder, "commit", "-q", "-m", day, *arguments, GIT_COMMITTER_DATE=f"{day}T12:00:00", GIT_AUTHOR_DATE="2001-01-01T12:00:00")


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def test_what_changed_is_committed_staged_or_new(repository):
    write(repository, "plans/old.yaml", "profile: {name: New}\n")
    run(repository, "commit", "-q", "-am", "second")
    write(repository, "plans/staged.yaml", "profile: {name: Staged}\n")
    run(repository, "add", "plans/staged.yaml")
    write(repository, "plans/ünew.yaml", "profile: {name: New}\n")
    write(repository.parent, "outside.yaml", "changed\n")
    (repository / "plans/gone.yaml").unlink()
    names = ["old.yaml", "staged.yaml", "ünew.yaml", "gone.yaml"]
    assert git.changed_since(repository, "HEAD~1") == {repository / "plans" / name for name in names}


def test_what_a_plan_said_before(repository):
    write(repository, "plans/old.yaml", "profile: {name: New}\n")
    assert git.text_at(repository, "main", repository / "plans" / "old.yaml") == "profile: {name: Old}\n"
    assert git.text_at(repository, "main", repository / "plans" / "never.yaml") is None


def test_a_file_that_was_not_text_said_nothing(repository):
    (repository / "plans" / "old.yaml").write_bytes(b"\xff\xfe")
    run(repository, "commit", "-q", "-am", "bytes")
    assert git.text_at(repository, "HEAD", repository / "plans" / "old.yaml") is None


@pytest.mark.parametrize("revision", ["nope", "--output=x", "-h", "", "main:book"])
def test_an_unknown_revision_is_a_bad_request(repository, revision):
    with pytest.raises(UserError, match="git knows no revision"):
        git.changed_since(repository, revision)
    assert not (repository / "x").exists()


def test_no_repository_is_a_bad_request(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UserError, match="git knows no repository around") as caught:
        git.changed_since(tmp_path, "main")
    assert caught.value.hint == "start one there: git init, git add . and git commit"


def test_no_git_is_a_bad_request(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="git is not installed"):
        git.changed_since(tmp_path, "main")


def test_git_that_hangs_is_a_bad_request(tmp_path, monkeypatch):
    def hang(*_, **__):
        raise subprocess.TimeoutExpired("git", 1)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(UserError, match="git did not answer"):
        git.changed_since(tmp_path, "main")


def test_who_works_here(repository, monkeypatch, tmp_path):
    assert git.user_name(repository) == "Ann Lee"
    run(repository, "config", "user.name", "")
    assert git.user_name(repository) is None
    assert git.user_email(repository) == "ann@ours.example"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.user_name(repository) is None
    assert git.user_email(repository) is None


def test_no_program_that_the_repository_names_is_run(repository, tmp_path):
    program, ran = tmp_path / "program", tmp_path / "ran"
    program.write_text(f"#!/bin/sh\necho $0 >> '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "post-index-change").symlink_to(program)
    write(repository, ".gitattributes", "*.yaml diff=own filter=a=b\n")
    filters = ("filter.a=b.clean", "filter.a=b.process")
    for name in ("core.fsmonitor", "diff.external", "diff.own.command", "diff.own.textconv", *filters):
        run(repository, "config", name, str(program))
    run(repository, "config", "filter.a=b.required", "true")
    run(repository, "config", "core.hooksPath", str(tmp_path))
    write(repository, "plans/old.yaml", "profile: {name: New}\n")
    ran.unlink(missing_ok=True)
    assert repository / "plans/old.yaml" in git.changed_since(repository, "HEAD")
    assert git.text_at(repository, "HEAD", repository / "plans/old.yaml") == "profile: {name: Old}\n"
    assert not ran.exists()


@pytest.fixture
def history(tmp_path, monkeypatch):
    """A book whose plan says on each day what day it is, committed at noon."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    book = tmp_path / "book"
    (book / "plans").mkdir(parents=True)
    run(book, "init", "-q", "-b", "main")
    run(book, "config", "user.name", "Ann Lee")
    run(book, "config", "user.email", "ann@ours.example")
    for day in ("2026-09-30", "2026-10-01", "2026-10-03"):
        write(book, "plans/a.yaml", f"{day}\n")
        commit(book, day)
    return book


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1900-01-01", None),
        ("2026-09-29", None),
        ("2026-09-30", "2026-09-30"),
        ("2026-10-01", "2026-10-01"),
        ("2026-10-02", "2026-10-01"),
        ("2999-12-31", "2026-10-03"),
    ],
)
def test_the_state_at_the_end_of_a_day(history, day, said):
    found = git.version_on(history, date.fromisoformat(day))
    if said is None:
        assert found is None
    else:
        assert found is not None
        assert found.day == date.fromisoformat(said)
        assert git.text_at(history, found.commit, history / "plans/a.yaml") == f"{said}\n"
        assert git.version(history, found.commit) == found


def test_what_was_not_merged_yet_was_not_the_state_of_a_day(history):
    run(history, "checkout", "-q", "-b", "side", "main~1")
    write(history, "plans/b.yaml", "side\n")
    commit(history, "2026-10-02")
    run(history, "checkout", "-q", "main")
    run(history, "merge", "-q", "side", GIT_COMMITTER_DATE="2026-10-05T12:00:00")
    before, after = (git.version_on(history, date(2026, 10, day)) for day in (4, 5))
    assert [one.day for one in (before, after)] == [date(2026, 10, 3), date(2026, 10, 5)]
    assert git.files_at(history, before.commit) == [history / "plans/a.yaml"]
    assert git.files_at(history / "plans", after.commit) == [history / "plans/a.yaml", history / "plans/b.yaml"]


def test_the_oldest_state_that_has_a_file(history):
    assert git.first_version(history / "plans/a.yaml").day == date(2026, 9, 30)
    for name in ("new.yaml", "*.yaml", ":(top)x"):
        write(history, f"plans/{name}", "new\n")
        assert git.first_version(history / "plans" / name) is None
    commit(history, "2026-10-09")
    assert git.first_version(history / "plans/*.yaml").day == date(2026, 10, 9)


def test_every_state_in_which_a_file_changed(history):
    days = [one.day for one in git.versions_of(history / "plans/a.yaml")]
    assert days == sorted(days, reverse=True)
    assert days[-1] == date(2026, 9, 30)
    assert git.text_at(history, git.versions_of(history / "plans/a.yaml")[0].commit, history / "plans/a.yaml") == (
        history / "plans/a.yaml"
    ).read_text("utf-8")
    assert git.versions_of(history / "plans/never.yaml") == []


def test_the_last_commit_of_a_file(repository):
    plan = repository / "plans/same.yaml"
    first = git.last_commit(plan)
    assert (first.author, first.subject, first.parents, first.files) == ("Ann Lee", "first", 0, 4)
    write(repository, "plans/same.yaml", "profile: {name: Sâme}\n")
    commit(repository, "2026-11-20", "-m", "and more")
    write(repository, "plans/old.yaml", "profile: {name: Older}\n")
    commit(repository, "2026-11-21")
    last = git.last_commit(plan)
    assert (last.day, last.subject, last.parents, last.files) == (date(2026, 11, 20), "2026-11-20", 1, 1)
    assert git.text_at(repository, last.id, plan) == "profile: {name: Sâme}\n"
    assert git.last_commit(repository / "plans/never.yaml") is None


def test_a_repository_without_a_commit_has_no_states(tmp_path):
    run(tmp_path, "init", "-q")
    for ask in (lambda: git.version_on(tmp_path, date(2026, 10, 1)), lambda: git.first_version(tmp_path / "a.yaml")):
        with pytest.raises(UserError, match="nothing is committed here yet"):
            ask()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("remote.origin.url", "ext::{program}"), ("core.sshCommand", "{program}"), ("remote.origin.uploadpack", "{program}")],
)
def test_what_a_partial_clone_lacks_is_not_fetched(history, tmp_path, setting, value):
    """The way to what is missing is a setting too, and may name a program."""
    run(history, "config", "uploadpack.allowFilter", "true")
    run(tmp_path, "clone", "-q", "--filter=blob:none", "--no-checkout", history.as_uri(), "clone")
    program, ran = tmp_path / "program", tmp_path / "ran"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    clone = tmp_path / "clone"
    run(clone, "config", "protocol.ext.allow", "always")
    if setting == "core.sshCommand":
        run(clone, "config", "remote.origin.url", "ssh://x.example/y")
    run(clone, "config", setting, value.format(program=program))
    assert git.text_at(clone, "HEAD", clone / "plans/a.yaml") is None
    assert not ran.exists()
