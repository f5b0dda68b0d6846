"""The accounts that rows only name: records of them, so that plans can be made where no file of accounts is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from acctplan.importers.matching import forms
from acctplan.importers.records import Account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.importers.matching import Named
    from acctplan.importers.records import Contact, Extract, Opportunity, YearFigures


def with_accounts_named(extract: Extract, standing: Iterable[Named]) -> Extract:
    """An export with a record of each account that contacts, opportunities or figures name, and that has no row and no plan.

    Each is made once, by its id, else by its name. An id alone is no name for a plan. Activities alone make none: they are with
    contacts whom nobody knows.

    Args:
        extract: what the export says.
        standing: the plans, by what their accounts are called.
    """
    id_key, standing = extract.system.id_key, tuple(standing)
    rows = [(account.name, id_key(account.id) if account.id else None) for account in extract.accounts]
    known = [*rows, *((each.name, each.crm_key) for each in standing)]
    ids = {key for _, key in known if key}
    without_id = {_form(name) for name, key in known if not key}
    names = {_form(name) for name, _ in known}
    made = []
    records: tuple[Contact | Opportunity | YearFigures, ...] = (*extract.contacts, *extract.opportunities, *extract.figures)
    named = [(record.source, record.account) for record in records]
    for source, link in named:
        if link.id and link.name and id_key(link.id) not in ids and _form(link.name) not in without_id:
            ids.add(id_key(link.id))
            names.add(_form(link.name))
            made.append(Account(source, link.name, id=link.id))
    for source, link in named:
        if link.name and not link.id and _form(link.name) not in names:
            names.add(_form(link.name))
            made.append(Account(source, link.name))
    return replace(extract, accounts=(*extract.accounts, *made))


def _form(name: str) -> str:
    return forms(name, "company")[0]
