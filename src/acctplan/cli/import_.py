"""`acctplan import`."""
import typer
import_app = typer.Typer(name="import")
@import_app.command("salesforce")
def salesforce() -> None: "x"
