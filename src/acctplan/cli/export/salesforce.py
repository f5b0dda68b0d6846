"""`acctplan export salesforce`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Plans, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.config import Config
    from acctplan.exporters.salesforce import InCrm, Known


def salesforce(
    plans: Plans = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write the files.", show_default=False)
    ] = None,
    changed_from: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A fresh export of Opportunity or of AccountPlan: only what differs from it is written. May be repeated.",
            show_default=False,
        ),
    ] = None,
    today: Today = None,
) -> None:
    """Files for Salesforce: account plans with objectives and measures to create, and opportunities to update.

    Opportunity.csv updates by Id the opportunities that have a Salesforce id, in the fields of which the plan says something: StageName,
    CloseDate, Amount, Probability, NextStep. With --changed-from it has only what Salesforce does not say already: look at it before you
    load it; and account plans are written only if an export of AccountPlan says which there are. AccountPlan.csv,
    AccountPlanObjective.csv and AccountPlanObjectiveMeasure.csv are to be inserted in this order, once: rows name what they belong to,
    since what is new has no Id yet. The JSON files hold the same for the sf command. Nothing is sent anywhere.

    \b
    Examples:
      acctplan export salesforce -o salesforce --changed-from Opportunity.csv --changed-from AccountPlan.csv
      acctplan export salesforce meridian -o salesforce
      sf data update bulk --sobject Opportunity --file salesforce/Opportunity.csv
      sf data import tree --plan salesforce/AccountPlan-plan.json
    """
    from acctplan.cli import console
    from acctplan.cli.export.folder import write_files
    from acctplan.cli.export.plans import gather
    from acctplan.errors import UserError
    from acctplan.exporters.salesforce import salesforce_files

    if output is None:
        raise UserError("which folder?", "name one: acctplan export salesforce -o FOLDER")
    gathered, day = gather(plans), day_asked_for(today)
    config = gathered.book.config
    known = _known(changed_from, config, day) if changed_from else None
    made = salesforce_files([(one.name, one.plan) for one in gathered.plans], config, day, known)
    for note in made.notes:
        console.say(note)
    if made.files:
        write_files(output, made.files)
    told = ", ".join(f"{count} {name}" for name, count in made.records.items())
    console.say(f"records: {told}" if told else "nothing to write: no plan has a Salesforce id, or Salesforce says it all already")
    raise typer.Exit(0 if gathered.is_whole else 1)


def _known(names: Sequence[str], config: Config, today: date) -> Known:
    """What exports of Salesforce's say of its opportunities, and of its account plans."""
    from pathlib import Path

    from acctplan.book import UnreadableError, read_bytes
    from acctplan.errors import UserError
    from acctplan.exporters.salesforce import Known
    from acctplan.importers.tables import MAX_BYTES

    opportunities: dict[str, InCrm] | None = None
    plans: frozenset[tuple[str, str]] | None = None
    for name in names:
        try:
            content = read_bytes(Path(name), limit=MAX_BYTES)
        except UnreadableError as error:
            raise UserError(f"{name}: {error.message}", error.hint) from None
        if (found := _account_plans(name, content)) is not None:
            plans = found | (plans or frozenset())
        else:
            opportunities = {**(opportunities or {}), **_in_crm(name, content, config, today)}
    return Known(opportunities, plans)


def _account_plans(name: str, content: bytes) -> frozenset[tuple[str, str]] | None:
    """The account plans of an export, by name and account; None where it is of something else."""
    from pathlib import Path

    from acctplan.exporters.salesforce import short_id
    from acctplan.importers import tables

    table = tables.read(name, content)
    columns = {column.casefold() for column in table.columns}
    is_called_so = Path(name).stem.casefold().startswith("accountplan")
    if not {"name", "accountid"} <= columns or not (is_called_so or columns & {"startdate", "enddate"}):
        return None
    names, accounts = (table.position(column) for column in ("Name", "AccountId"))
    if names is None or accounts is None:
        return None
    return frozenset((row.cells[names].strip(), short_id(row.cells[accounts].strip())) for row in table.rows)


def _in_crm(name: str, content: bytes, config: Config, today: date) -> dict[str, InCrm]:
    """What an export of Salesforce's says of its opportunities."""
    from acctplan.errors import UserError
    from acctplan.exporters.salesforce import InCrm, short_id
    from acctplan.importers import Options
    from acctplan.importers.salesforce import SYSTEM, extract
    from acctplan.importers.vocabulary import Vocabulary

    found = extract([(name, content)], Options(None, today)).opportunities
    if not found:
        raise UserError(
            f"{name} is no export of Salesforce's opportunities", "export them with the columns Id, AccountId, Name and StageName"
        )
    words = Vocabulary(SYSTEM, config)
    known = {}
    for one in found:
        stage = words.word("stages", one.stage) if one.stage else None
        ended = stage if stage in ("won", "lost", "dropped") else None
        step = " ".join((one.next_step or "").split()) or None
        known[short_id(one.id or "")] = InCrm(
            ended or one.status, None if ended else stage, one.probability, one.value, one.currency, one.close_date, step
        )
    return known
