"""The command line: ``rukang --help``."""

from __future__ import annotations

import typer

from rukang.cli import db, payroll, policy, roster
from rukang.cli.demo import demo
from rukang.cli.intake import import_files
from rukang.cli.rate import rate_home
from rukang.cli.serve import serve, worker

app = typer.Typer(
    name="rukang",
    help="如康家园：排班、工资、星级评定。Rosters, wages and star ratings of Rukang Homes.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command("demo")(demo)
app.add_typer(db.app, name="db")
app.command("import")(import_files)
app.add_typer(roster.app, name="roster")
app.add_typer(payroll.app, name="payroll")
app.command("rate")(rate_home)
app.command("serve")(serve)
app.command("worker")(worker)
app.add_typer(policy.app, name="policy")

__all__ = ["app"]
