"""``rukang payroll``: compute a home's wages and write their documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from payroll import Policy, yuan
from rukang import pay
from rukang.access import Database
from rukang.cli.common import Data, HomeCode, Local, Month, Out, console, opened, say, say_paths
from rukang.cli.progress import steps
from rukang.homes import find_home
from rukang.pay import PayRun, find_run
from rukang.pay.records import RunState
from rukang.work import policy_of

app = typer.Typer(help="工资、五险、个税 / wages, insurances, income tax", no_args_is_help=True)


@app.command()
def run(
    home: HomeCode,
    month: Month,
    out: Out = Path("payroll"),
    local: Local = None,
    data: Data = None,
) -> None:
    """计算一个机构某月的工资，写出工资条等文件 / compute a home's wages and write the documents."""
    here, database = opened(data)
    run_month(database, policy_of(here, local), home, month, out)


def run_month(database: Database, policy: Policy, home: str, month: date, out: Path) -> None:
    """Calculate a home's month unless it is calculated already; write and list its documents."""
    with database.session() as session:
        run = pay.request_run(session, find_home(session, home), month)
        run_id, is_new = run.id, run.state is RunState.DRAFT
    with steps(console, "工资 wages", 2) as step:
        pay.calculate_run(database, run_id, policy)
        step()
        with database.session() as session:
            paths = pay.write_documents(session, find_run(session, run_id), out)
        step()
    with database.session() as session:
        show(console, find_run(session, run_id))
    if not is_new:
        say(f"  {month:%Y-%m} 已经算过，以上是当时的结果，没有重算 / computed before, not again")
    say("  未经官方确认的数值见 summary.xlsx / figures that are not official: see summary.xlsx")
    say_paths(paths)


def show(console: Console, run: PayRun) -> None:
    """Print a run's totals per employer."""
    table = Table("用工单位 employer")
    for header in ("人数", "应发 gross", "实发 net", "单位成本 full cost"):
        table.add_column(header, justify="right", no_wrap=True)
    for name in dict.fromkeys(slip.employment.employer.name for slip in run.payslips):
        slips = [slip for slip in run.payslips if slip.employment.employer.name == name]
        totals = (
            sum(slip.gross_fen for slip in slips),
            sum(slip.net_fen for slip in slips),
            sum(slip.employer_cost_fen for slip in slips),
        )
        table.add_row(name, str(len(slips)), *(f"{yuan(total):,}" for total in totals))
    console.print(table)
