"""The command line: ``rukang --help``."""

from __future__ import annotations

from typing import Annotated

import typer

from rukang.cli import (
    account,
    audit,
    calendar,
    db,
    edition,
    inspection,
    inspection_results,
    inspection_sheet,
    payroll,
    policy,
    roster,
)
from rukang.cli.attendance import attendance
from rukang.cli.common import ACCOUNT
from rukang.cli.demo import demo
from rukang.cli.demo_city import demo_city
from rukang.cli.form import app as form_app
from rukang.cli.intake import import_files
from rukang.cli.interests import app as interests_app
from rukang.cli.payroll_advances import COMMANDS
from rukang.cli.payroll_files import files
from rukang.cli.payroll_more import correct, late_fee, share_out, year_after_month
from rukang.cli.payroll_parts import PARTS, team_shares
from rukang.cli.person import app as person_app
from rukang.cli.rate import rate_home
from rukang.cli.serve import serve, worker
from rukang.cli.visits import app as visits_app
from rukang.cli.width import wrap_by_width

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


@app.callback()
def who_acts(
    account: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="ADDRESS",
            envvar="RUKANG_ACCOUNT",
            help="由哪个账号办理 / the account that acts",
        ),
    ] = None,
) -> None:
    """如康家园：排班、工资、星级评定 / rosters, wages and star ratings of Rukang Homes."""
    ACCOUNT.set(account)


app.command("demo", rich_help_panel=FIRST)(demo)
app.command("demo-city", rich_help_panel=FIRST)(demo_city)
app.add_typer(db.app, name="db", rich_help_panel=FIRST)
app.add_typer(account.app, name="account", rich_help_panel=FIRST)
app.command("import", rich_help_panel=DAILY)(import_files)
app.command("attendance", rich_help_panel=DAILY)(attendance)
app.add_typer(form_app, name="form", rich_help_panel=DAILY)
app.add_typer(roster.app, name="roster", rich_help_panel=DAILY)
for name, command in (
    ("files", files),
    ("correct", correct),
    ("tax-after", year_after_month),
    ("late-fee", late_fee),
    ("team-pay", share_out),
    ("team-shares", team_shares),
):
    payroll.app.command(name)(command)
for name, advances in (COMMANDS | PARTS).items():
    payroll.app.command(name)(advances)
app.add_typer(payroll.app, name="payroll", rich_help_panel=DAILY)
app.command("rate", rich_help_panel=DAILY)(rate_home)
for name, step in {**inspection_sheet.COMMANDS, **inspection_results.COMMANDS}.items():
    inspection.app.command(name)(step)
app.add_typer(inspection.app, name="inspection", rich_help_panel=DAILY)
app.add_typer(visits_app, name="visits", rich_help_panel=DAILY)
app.add_typer(interests_app, name="interests", rich_help_panel=DAILY)
app.add_typer(person_app, name="person", rich_help_panel=DAILY)
app.command("serve", rich_help_panel=RUNNING)(serve)
app.command("worker", rich_help_panel=RUNNING)(worker)
app.add_typer(policy.app, name="policy", rich_help_panel=RUNNING)
app.add_typer(calendar.app, name="calendar", rich_help_panel=RUNNING)
app.add_typer(audit.app, name="audit", rich_help_panel=RUNNING)
app.add_typer(edition.app, name="edition", rich_help_panel=RUNNING)

wrap_by_width()

__all__ = ["app"]
