"""Exports whose columns are labels: what each label means, and from there to records, whichever system the labels are of.

A system lists its entities: what it calls a kind of rows, and which of its columns say what. `Fields` then asks a row by meaning
(`fields.line("title")`), `rows` makes records of it, and `gather` goes over the files.
"""

from __future__ import annotations

from acctplan.importers.entities import rows
from acctplan.importers.entities.directory import Directory
from acctplan.importers.entities.entity import Entity, columns_said, identify, names_of
from acctplan.importers.entities.fields import Fields
from acctplan.importers.entities.gather import Given, extract, given

__all__ = ["Directory", "Entity", "Fields", "Given", "columns_said", "extract", "given", "identify", "names_of", "rows"]
