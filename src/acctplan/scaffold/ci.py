"""Jobs that check a book's plans whenever somebody changes one."""

from __future__ import annotations

CI_FILES = {
    "github": (
        ".github/workflows/acctplan.yml",
        """\
# Checks the plans that a change touches, and shows what is new beside their lines.
# ACCTPLAN is what pip installs: the repository that your acctplan comes from, and a revision of it.
name: acctplan
env:
  ACCTPLAN: git+https://git.example/acctplan@v0.1.0
on:
  pull_request:
    paths: ["plans/**", "acctplan.toml"]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install "$ACCTPLAN"
      - run: acctplan check --changed "origin/${{ github.base_ref }}" --fail-on error --format github
""",
    ),
    "gitlab": (
        ".gitlab-ci.yml",
        """\
# Checks the plans that a merge request touches, and shows what is new in it.
# ACCTPLAN is what pip installs: the repository that your acctplan comes from, and a revision of it.
acctplan:
  image: python:3.13-slim
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: ["plans/**/*", "acctplan.toml"]
  variables:
    GIT_DEPTH: "0"
    ACCTPLAN: git+https://git.example/acctplan@v0.1.0
  before_script:
    - apt-get update -qq && apt-get install -y -qq git
    - pip install "$ACCTPLAN"
  script:
    - acctplan check --changed "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --fail-on error --format gitlab > acctplan.json
  artifacts:
    when: always
    reports:
      codequality: acctplan.json
""",
    ),
}
"""By system: the path of the file in a book, and its text."""
