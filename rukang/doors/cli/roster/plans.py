"""``rukang roster``: solve, check, explain and publish rosters."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

import rostering
from payroll.policy import Policy
from rostering import Result
from rukang import rosters
from rukang.base.access import Database
from rukang.base.errors import InvalidError
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import (
    ITERATIONS,
    MONTH,
    Data,
    HomeCode,
    console,
    problems,
    say,
    say_paths,
    signed,
)
from rukang.doors.cli.console.progress import solving
from rukang.doors.cli.roster.explain import conflicts, explain, say_collisions
from rukang.doors.cli.roster.file import read_problem, read_roster, write_roster
from rukang.doors.handlers import policy_of
from rukang.rosters import RosterPlan, RosterState, find_plan, list_plans, roster_table

app = typer.Typer(no_args_is_help=True, add_completion=False)

ProblemFile = typer.Argument(
    metavar="PROBLEM", help="问题文件：nrp 文本、工作簿或 JSON / a problem file"
)
MONTH_GAP = 0.01
"""A month's roster within one per cent of the best is as good to the home, and much sooner."""


class Solver(StrEnum):
    """The solvers of the exact model."""

    HIGHS = "highs"
    CBC = "cbc"


@app.command()
def solve(
    file: Annotated[Path | None, ProblemFile] = None,
    home: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="或：机构编号 / or: a home, with --month"),
    ] = None,
    month: Annotated[date | None, MONTH] = None,
    limit: Annotated[
        int, typer.Option(min=1, metavar="SECONDS", help="求解时限 / time limit")
    ] = 60,
    iterations: Annotated[int | None, ITERATIONS] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="0..1",
            help="离最优多近即可停 / gap to stop at",
            show_default="文件 file 0, 机构 home 0.01",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="随机种子 / random seed, for files")] = 0,
    solver: Annotated[Solver, typer.Option(help="求解器 / which solver, for files")] = Solver.HIGHS,
    out: Annotated[
        Path | None,
        typer.Option(help="写到哪里 / JSON file, or folder for a home"),
    ] = None,
    data: Data = None,
) -> None:
    """求解问题文件，或机构某月的班表 / solve a problem file, or a home's month."""
    if file is not None and home is None and month is None:
        seconds = limit if iterations is None else None
        kept = _solve_file(file, seconds, iterations, gap or 0.0, seed, solver, out)
    elif file is None and home is not None and month is not None:
        here, database = signed(data)
        chosen = MONTH_GAP if gap is None else gap
        draft = solve_month(
            database,
            policy_of(here),
            home,
            month,
            limit,
            out or Path("roster"),
            gap=chosen,
            iterations=iterations,
        )
        kept = draft is not None
        if kept:
            where = "" if data is None else f" --data {data}"
            say(f"  发布 publish: rukang roster publish {draft}{where}")
    else:
        raise InvalidError(
            "请给出一个问题文件，或同时写 --home 和 --month（如 --home ZP001 --month 2026-10）。",
            "Give a problem file, or both --home and --month.",
        )
    raise typer.Exit(not kept)


@app.command()
def check(
    problem_file: Annotated[Path, ProblemFile],
    roster_file: Annotated[
        Path,
        typer.Argument(metavar="ROSTER", help="班表 JSON / roster written by solve --out"),
    ],
) -> None:
    """用独立检查程序复核一个班表 / recount a roster with the independent checker."""
    problem = read_problem(problem_file)
    roster = read_roster(problem, roster_file)
    violations = rostering.check(problem, roster)
    for violation in violations:
        say(f"✗ {violation.message}")
    if not violations:
        say("✓ 符合全部硬性规则 / keeps every hard rule")
    say(f"代价 cost {rostering.cost(problem, roster)}，违规 violations {len(violations)}")
    raise typer.Exit(bool(violations))


app.command()(explain)
app.command()(conflicts)


@app.command("list")
def list_rosters(home: HomeCode, data: Data = None) -> None:
    """列出一个机构的班表和编号 / list a home's rosters and their numbers."""
    _, database = signed(data)
    table = Table("编号 no.", "月份 month", "状态 state", "代价 cost", "下界 bound")
    with database.session() as session:
        for plan in list_plans(session, find_home(session, home)):
            known = ("—" if figure is None else str(figure) for figure in (plan.cost, plan.bound))
            table.add_row(str(plan.id), f"{plan.month:%Y-%m}", plan.state.value, *known)
    console.print(table)


def solve_month(
    database: Database,
    policy: Policy,
    code: str,
    month: date,
    limit: int,
    out: Path,
    *,
    gap: float = MONTH_GAP,
    iterations: int | None = None,
) -> int | None:
    """Solve a home's month, write its documents and say what came of it.

    Parameters
    ----------
    limit
        Seconds.
    iterations
        Work to do instead of the seconds.

    Returns
    -------
    int or None
        The number under which the roster can be published; None if there is none to publish.
    """
    with database.session() as session:
        plan_id = rosters.request_roster(session, find_home(session, code), month, limit).id
    with solving(console, limit if iterations is None else None) as report:
        rosters.solve_plan(
            database, plan_id, policy, gap=gap, iterations=iterations, on_progress=report
        )
    paths = rosters.write_documents(database, plan_id, out)
    with database.session() as session:
        plan = find_plan(session, plan_id)
        short = len(roster_table(session, plan).shortfalls)
        is_draft = plan.state is RosterState.DRAFT
        _show_plan(plan, short)
    say_paths(paths)
    return plan_id if is_draft else None


def show(result: Result) -> None:
    """Print what came of a solve, with the checker's own count."""
    table = Table(show_header=False)
    table.add_row("状态 status", result.status.value)
    if result.roster is not None:
        recount = rostering.cost(result.problem, result.roster)
        violations = rostering.check(result.problem, result.roster)
        table.add_row("代价 cost", f"{result.cost}")
        table.add_row("下界 bound", "—" if result.bound is None else f"{result.bound}")
        table.add_row("复核 recounted", f"{recount}，违规 violations {len(violations)}")
    table.add_row("用时 seconds", f"{result.runtime_seconds:.1f}")
    console.print(table)
    for sentence in rostering.explain(result):
        say(f"• {sentence}")


def _solve_file(
    file: Path,
    limit: int | None,
    iterations: int | None,
    gap: float,
    seed: int,
    solver: Solver,
    out: Path | None,
) -> bool:
    problem = read_problem(file)
    with solving(console, limit) as report:
        result = rostering.solve(
            problem,
            time_limit=limit,
            gap=gap,
            seed=seed,
            iterations=iterations,
            solver=solver.value,
            on_progress=report,
        )
    show(result)
    if out is not None and result.roster is not None:
        say_paths([write_roster(result.roster, out)])
    return result.roster is not None and not result.relaxations


def _show_plan(plan: RosterPlan, short: int) -> None:
    """Print a solved plan: its number, its cost, and what gives way."""
    say(f"  班表 roster {plan.id}：{plan.status}")
    if plan.shifts is not None:
        bound = "—" if plan.bound is None else plan.bound
        say(
            f"  代价 cost {plan.cost}，下界 bound {bound}，"
            f"独立复核违规 violations {len(rosters.recount(plan))}，缺编 short {short}"
        )
    for finding in plan.findings or []:
        say(f"  • {finding['zh']} / {finding['en']}")
    if plan.conflicts:
        say_collisions(rosters.conflicts_of(plan))
    if plan.state is not RosterState.DRAFT:
        say(
            "✗ 没有可以发布的班表；请按上面的提示调整休假、人员或时限后再求解"
            " / nothing to publish; change leave, staff or the time limit, and solve again",
            to=problems,
        )
