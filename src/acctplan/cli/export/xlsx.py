"""`acctplan export xlsx`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from acctplan.cli.options import Output, Plans, Today, day_asked_for

if TYPE_CHECKING:
    from datetime import date

    from acctplan.cli.export.plans import Gathered
    from acctplan.exporters.workbook import Overview
    from acctplan.tables import Stamp


def xlsx(plans: Plans = None, output: Output = None, today: Today = None) -> None:
    """A workbook for Excel: an overview with charts, and a sheet a section with filters and choices.

    Whoever has no git can read and edit in it, sort, filter, move columns, and add rows; `acctplan import xlsx` brings their edits back.
    Grey columns are worked out, or say where a row belongs. What the sheets do not show stays as it is in the plans: scorecards, decision
    criteria, lists of words.

    \b
    Examples:
      acctplan export xlsx -o plans.xlsx
      acctplan export xlsx meridian -o meridian.xlsx
    """
    from acctplan.cli.export.plans import gather
    from acctplan.cli.export.tables import filled, source
    from acctplan.cli.output import deliver
    from acctplan.exporters.workbook import workbook
    from acctplan.tables import TABLES
    from acctplan.tables.workbooks import SHEETS

    gathered, day = gather(plans), day_asked_for(today)
    exported = source(gathered, day)
    wanted = {sheet.table for sheet in SHEETS}
    tables = filled(exported, [table for table in TABLES if table.name in wanted])
    stages = {"stage": tuple(gathered.book.config.stages)}
    deliver(workbook(tables, _overview(gathered, exported.stamp, day), stages), output)
    raise typer.Exit(0 if gathered.is_whole else 1)


def _overview(gathered: Gathered, stamp: Stamp, today: date) -> Overview:
    """What `acctplan book` says, in the order in which it says it."""
    from acctplan import portfolio, rules
    from acctplan.exporters.workbook import AccountLine, Mark, Overview

    config = gathered.book.config
    checks, context = rules.configured(config.check), rules.Context(config, today)
    lines = portfolio.in_order([portfolio.line(one.loaded, one.plan, checks, context) for one in gathered.plans], "attention")
    return Overview(
        [
            AccountLine(
                one.account,
                one.manager,
                one.grade or "",
                one.goal,
                one.amounts.booked if one.amounts is not None and one.is_booked_known else None,
                one.forecast,
                one.gap,
                tuple(Mark(mark.percent, mark.band) for mark in one.health),
                one.top.name if one.top else None,
                one.top.score if one.top else None,
                len(one.late),
                one.meeting.due if one.meeting else None,
            )
            for one in lines
        ],
        config.currency,
        today,
        stamp.revision,
    )
