"""The registry of formats."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import acctplan.report
from acctplan.errors import UserError
from acctplan.report import FORMATS, Checked, render


def test_formats_are_every_module_that_renders():
    modules = [importlib.import_module(f"acctplan.report.{module.name}") for module in pkgutil.iter_modules(acctplan.report.__path__)]
    assert set(FORMATS.values()) == {vars(module)["render"] for module in modules if "render" in vars(module)}


@pytest.mark.parametrize(
    ("name", "hint"), [("jsn", "did you mean json?"), ("papyrus", "one of text, concise, json, github, gitlab, sarif, junit, tsv")]
)
def test_an_unknown_format_is_a_bad_request(name: str, hint: str):
    with pytest.raises(UserError, match=f"unknown format '{name}'") as raised:
        render(name, Checked(0))
    assert raised.value.hint == hint
