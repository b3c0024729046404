"""``rukang payroll``: compute a home's wages and write their documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from payroll import yuan
from rukang import pay
from rukang.cli.common import Data, HomeCode, Month, Out, console, opened
from rukang.homes import find_home
from rukang.pay import PayRun, find_run
from rukang.work import policy_of

app = typer.Typer(help="工资。Wages.", no_args_is_help=True)


@app.command()
def run(
    home: HomeCode,
    month: Month,
    out: Out = Path("payroll"),
    local: Annotated[
        Path | None, typer.Option("--local", help="本地政策文件。A local policy file.", exists=True)
    ] = None,
    data: Data = None,
) -> None:
    """计算一个机构某月的工资并写出文件。Compute a home's wages of a month."""
    here, database = opened(data)
    with database.session() as session:
        run_id = pay.request_run(session, find_home(session, home), month).id
    pay.calculate_run(database, run_id, policy_of(here, local))
    with database.session() as session:
        show(console, find_run(session, run_id))
        for path in pay.write_documents(session, find_run(session, run_id), out):
            console.print(f"→ {path}")


def show(console: Console, run: PayRun) -> None:
    """Print a run's totals per employer."""
    table = Table("用工单位 employer", "人数", "应发 gross", "实发 net", "单位成本 full cost")
    for name in dict.fromkeys(slip.employment.employer.name for slip in run.payslips):
        slips = [slip for slip in run.payslips if slip.employment.employer.name == name]
        totals = (
            sum(slip.gross_fen for slip in slips),
            sum(slip.net_fen for slip in slips),
            sum(slip.employer_cost_fen for slip in slips),
        )
        table.add_row(name, str(len(slips)), *(f"{yuan(total):,}" for total in totals))
    console.print(table)
