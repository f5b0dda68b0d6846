"""What git knows about a book."""

from __future__ import annotations

import subprocess

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


def run(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


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
    with pytest.raises(UserError, match="failed in") as caught:
        git.changed_since(tmp_path, "main")
    assert caught.value.hint == "is the book in a git repository?"


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
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.user_name(repository) is None


def test_no_program_that_the_repository_names_is_run(repository, tmp_path):
    program, ran = tmp_path / "program", tmp_path / "ran"
    program.write_text(f"#!/bin/sh\necho $0 >> '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "post-index-change").symlink_to(program)
    write(repository, ".gitattributes", "*.yaml diff=own\n")
    for name in ("core.fsmonitor", "diff.external", "diff.own.command", "diff.own.textconv"):
        run(repository, "config", name, str(program))
    run(repository, "config", "core.hooksPath", str(tmp_path))
    write(repository, "plans/old.yaml", "profile: {name: New}\n")
    ran.unlink(missing_ok=True)
    assert repository / "plans/old.yaml" in git.changed_since(repository, "HEAD")
    assert git.text_at(repository, "HEAD", repository / "plans/old.yaml") == "profile: {name: Old}\n"
    assert not ran.exists()
