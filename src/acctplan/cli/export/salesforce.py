"""`acctplan export salesforce`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Plans, Today, day_asked_for

if TYPE_CHECKING:
    from datetime import date

    from acctplan.config import Config
    from acctplan.exporters.salesforce import InCrm


def salesforce(
    plans: Plans = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write the files.", show_default=False)
    ] = None,
    changed_from: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A fresh export of Opportunity: only what differs from it is written.", show_default=False),
    ] = None,
    today: Today = None,
) -> None:
    """Files for Salesforce: account plans with objectives and measures to create, and opportunities to update.

    Opportunity.csv updates by Id the opportunities that have a Salesforce id, in the fields of which the plan says something: StageName,
    CloseDate, Amount, Probability, NextStep. With --changed-from it has only what Salesforce does not say already: look at it before you
    load it. AccountPlan.csv, AccountPlanObjective.csv and AccountPlanObjectiveMeasure.csv are to be inserted in this order, once: rows
    name what they belong to, since what is new has no Id yet. The JSON files hold the same for the sf command. Nothing is sent anywhere.

    \b
    Examples:
      acctplan export salesforce -o salesforce --changed-from Opportunity.csv
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
    in_crm = None if changed_from is None else _in_crm(changed_from, config, day)
    made = salesforce_files([(one.name, one.plan) for one in gathered.plans], config, day, in_crm)
    for note in made.notes:
        console.say(note)
    if made.files:
        write_files(output, made.files)
    told = ", ".join(f"{count} {name}" for name, count in made.records.items())
    console.say(f"records: {told}" if told else "nothing to write: no plan has a Salesforce id, or Salesforce says it all already")
    raise typer.Exit(0 if gathered.is_whole else 1)


def _in_crm(name: str, config: Config, today: date) -> dict[str, InCrm]:
    """What an export of Salesforce's says of its opportunities."""
    from pathlib import Path

    from acctplan.book import UnreadableError, read_bytes
    from acctplan.errors import UserError
    from acctplan.exporters.salesforce import InCrm, short_id
    from acctplan.importers import Options
    from acctplan.importers.salesforce import SYSTEM, extract
    from acctplan.importers.tables import MAX_BYTES
    from acctplan.importers.vocabulary import Vocabulary

    try:
        content = read_bytes(Path(name), limit=MAX_BYTES)
    except UnreadableError as error:
        raise UserError(f"{name}: {error.message}", error.hint) from None
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
