"""``rukang roster``: solve, check and publish rosters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

import rostering
from rostering import Problem, Result, Roster
from rukang import rosters
from rukang.cli.common import Data, HomeCode, Month, Out, console, opened
from rukang.cli.progress import solving
from rukang.homes import find_home
from rukang.rosters import find_plan
from rukang.work import policy_of

app = typer.Typer(help="排班。Rosters.", no_args_is_help=True)

Limit = Annotated[float, typer.Option("--limit", help="求解时限（秒）。Time limit in seconds.")]
Seed = Annotated[int, typer.Option("--seed", help="随机种子。Random seed.")]


@app.command()
def solve(
    file: Annotated[
        Path | None,
        typer.Argument(help="问题文件（nrp 文本、工作簿或 JSON）。A problem file.", exists=True),
    ] = None,
    home: Annotated[str | None, typer.Option(help="或：机构编号。Or: code of a home.")] = None,
    month: Month | None = None,
    limit: Limit = 300.0,
    gap: Annotated[float, typer.Option(help="可接受的差距。Gap at which to stop.")] = 0.0,
    seed: Seed = 0,
    solver: Annotated[str, typer.Option(help="highs 或 cbc。Which solver.")] = "highs",
    out: Annotated[Path | None, typer.Option(help="写入结果。File or folder to write.")] = None,
    data: Data = None,
) -> None:
    """求解一个问题文件，或一个机构某月的班表。Solve a problem file, or a home's month."""
    if file is not None:
        _solve_file(file, limit, gap, seed, solver, out)
    elif home is not None and month is not None:
        _solve_month(home, month, limit, gap, out or Path("roster"), data)
    else:
        raise typer.BadParameter(
            "请给出问题文件，或同时给出 --home 和 --month。"
            " Give a problem file, or both --home and --month."
        )


@app.command()
def check(
    problem_file: Annotated[Path, typer.Argument(exists=True)],
    roster_file: Annotated[Path, typer.Argument(exists=True)],
) -> None:
    """用独立检查程序复核一个班表（JSON）。Recount a roster with the independent checker."""
    problem = rostering.read(problem_file)
    roster = _read_roster(problem, roster_file)
    violations = rostering.check(problem, roster)
    for violation in violations:
        console.print(f"✗ {violation.message}", markup=False)
    console.print(f"代价 cost {rostering.cost(problem, roster)}，违规 {len(violations)}")
    raise typer.Exit(bool(violations))


@app.command()
def publish(plan: int, data: Data = None) -> None:
    """发布草稿：班次成为当月的出勤安排。Publish a draft."""
    _, database = opened(data)
    with database.session() as session:
        rosters.publish(session, find_plan(session, plan))
    console.print(f"✓ 班表 {plan} 已发布 published")


def _read_roster(problem: Problem, file: Path) -> Roster:
    """Read person → day (from 0) → shift id, as `solve --out` writes it."""
    shifts = json.loads(file.read_text(encoding="utf-8"))
    days = {who: {int(day): shift for day, shift in row.items()} for who, row in shifts.items()}
    return Roster.of(problem, days)


def _solve_file(
    file: Path, limit: float, gap: float, seed: int, solver: str, out: Path | None
) -> None:
    problem = rostering.read(file)
    with solving(console, limit) as report:
        result = rostering.solve(
            problem, time_limit=limit, gap=gap, seed=seed, solver=solver, on_progress=report
        )
    show(result)
    if out is not None and result.roster is not None:
        out.write_text(json.dumps(result.roster.to_dict(), ensure_ascii=False), encoding="utf-8")
        console.print(f"→ {out}")


def _solve_month(
    code: str, month: Month, limit: float, gap: float, out: Path, data: Path | None
) -> None:
    here, database = opened(data)
    with database.session() as session:
        plan_id = rosters.request_roster(session, find_home(session, code), month, round(limit)).id
    with solving(console, limit) as report:
        rosters.solve_plan(database, plan_id, policy_of(here), gap=gap, on_progress=report)
    for path in rosters.write_documents(database, plan_id, out):
        console.print(f"→ {path}")


def show(result: Result) -> None:
    """Print what came of a solve, with the checker's own count."""
    table = Table(show_header=False)
    table.add_row("状态 status", result.status.value)
    if result.roster is not None:
        recount = rostering.cost(result.problem, result.roster)
        violations = rostering.check(result.problem, result.roster)
        table.add_row("代价 cost", f"{result.cost}")
        table.add_row("下界 bound", f"{result.bound}")
        table.add_row("复核 recounted", f"{recount}, 违规 violations {len(violations)}")
    table.add_row("用时 seconds", f"{result.runtime_seconds:.1f}")
    console.print(table)
    for text in rostering.explain(result):
        console.print(f"• {text.zh} {text.en}", markup=False)
