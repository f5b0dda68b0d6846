"""`acctplan schema`."""

from __future__ import annotations

from acctplan.cli.options import Output


def schema(output: Output = None) -> None:
    """The JSON Schema of a plan, for editors.

    `acctplan init` puts it into the book; after an update of acctplan, write it again.

    \b
    Examples:
      acctplan schema -o .acctplan/plan.schema.json
      acctplan schema | less
    """
    import json

    from acctplan.cli.output import deliver
    from acctplan.schema import json_schema

    deliver(json.dumps(json_schema(), indent=2) + "\n", output)
