from __future__ import annotations

import importlib
import pkgutil

from acctplan import importers
from acctplan.importers import ALL, Importer


def test_every_importer_in_the_tree_is_listed():
    modules = [importlib.import_module(info.name) for info in pkgutil.walk_packages(importers.__path__, "acctplan.importers.")]
    found = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Importer)}
    assert sorted(each.system.key for each in found.values()) == sorted(each.system.key for each in ALL)


def test_each_importer_has_a_name_of_its_own():
    assert len({each.system.key for each in ALL}) == len(ALL)


def test_public_names_are_there_and_sorted():
    assert all(hasattr(importers, name) for name in importers.__all__)
