"""The command line: ``rukang --help``."""

from __future__ import annotations

import typer

from rukang.cli import db, edition, payroll, policy, roster
from rukang.cli.demo import demo
from rukang.cli.demo_city import demo_city
from rukang.cli.intake import import_files
from rukang.cli.rate import rate_home
from rukang.cli.serve import serve, worker
from rukang.cli.visits import app as visits_app

FIRST = "开始 Getting started"
DAILY = "日常工作 Daily work"
RUNNING = "运行与数值 Running it, and its figures"

app = typer.Typer(
    name="rukang",
    help="如康家园：排班、工资、星级评定 / rosters, wages and star ratings of Rukang Homes",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals may hold personal numbers
)
app.command("demo", rich_help_panel=FIRST)(demo)
app.command("demo-city", rich_help_panel=FIRST)(demo_city)
app.add_typer(db.app, name="db", rich_help_panel=FIRST)
app.command("import", rich_help_panel=DAILY)(import_files)
app.add_typer(roster.app, name="roster", rich_help_panel=DAILY)
app.add_typer(payroll.app, name="payroll", rich_help_panel=DAILY)
app.command("rate", rich_help_panel=DAILY)(rate_home)
app.add_typer(visits_app, name="visits", rich_help_panel=DAILY)
app.command("serve", rich_help_panel=RUNNING)(serve)
app.command("worker", rich_help_panel=RUNNING)(worker)
app.add_typer(policy.app, name="policy", rich_help_panel=RUNNING)
app.add_typer(edition.app, name="edition", rich_help_panel=RUNNING)

__all__ = ["app"]
