"""``rukang visits``: plan a round, apply it, change it, print it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from rukang.base.papers.file_names import safe_name
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, Out, day_of, say, say_paths, signed
from rukang.engines import visits
from rukang.stars.inspections import upsert_inspector
from rukang.stars.inspections.steps.planning import (
    apply_plan,
    find_plan,
    store_plan,
    visits_to_plan,
)
from rukang.stars.visit_papers import HomeNotes, write_calendar, write_day_sheets

app = typer.Typer(no_args_is_help=True, add_completion=False)

PlanId = Annotated[int, typer.Argument(help="计划编号 / number of the plan")]


def _day(words: str) -> Any:
    return typer.Option(parser=day_of, metavar="YYYY-MM-DD", help=words)


Since = Annotated[date, _day("从这天起 / from this day on")]
Seed = Annotated[int, typer.Option(help="随机种子，突击检查前请保密 / seed, keep it to yourself")]
Seconds = Annotated[float, typer.Option(help="最多求解秒数 / seconds to plan")]


@app.command()
def plan(
    region: Annotated[str, typer.Option(help="行政区划代码，如 371600 / division code")],
    first: Annotated[date, _day("这一轮的第一天 / first day of the round")],
    last: Annotated[date, _day("最后一天 / last day of the round")],
    seed: Seed = 0,
    seconds: Seconds = 60.0,
    data: Data = None,
) -> None:
    """排一轮上门：谁、哪天、到哪家 / who visits which home when."""
    _, database = signed(data)
    with database.session() as session:
        problem = visits_to_plan(session, first, last, region)
    found = visits.plan(problem, seed, seconds, _progress)
    with database.session() as session:
        kept = store_plan(session, problem, found, seed)
    _tell(kept.id, problem, found)


@app.command()
def replan(
    plan_id: PlanId,
    without: Annotated[str, typer.Option(help="不能再去的评定员邮箱 / who can go no more")],
    since: Since,
    seed: Seed = 0,
    seconds: Seconds = 60.0,
    data: Data = None,
) -> None:
    """有人不能去时改计划，尽量少动 / change a plan a little."""
    _, database = signed(data)
    with database.session() as session:
        kept, problem, before = find_plan(session, plan_id)
    changed = problem.without(without, since)
    after = visits.replan(changed, before, since, seed, seconds, _progress)
    with database.session() as session:
        anew = store_plan(session, changed, after, seed, replaces=kept)
    for change in visits.changes(changed, before, after):
        say(f"  {change.words}")
    _tell(anew.id, changed, after)


@app.command("apply")
def apply_one(plan_id: PlanId, since: Since, data: Data = None) -> None:
    """把计划落实到各次评定 / set day and pair of every visit."""
    _, database = signed(data)
    with database.session() as session:
        kept, _, found = find_plan(session, plan_id)
        changed = apply_plan(session, kept, since)
        say(f"  {len(changed)} 次上门已排定 / visits set")
    if found.left_out:
        count = len(found.left_out)
        say(
            f"⚠ {count} 家没有排上，仍在等待上门 / {count} homes are left out and wait for a visit:"
        )
        _tell_left_out(found)


def _tell_left_out(plan: visits.Plan) -> None:
    for left in plan.left_out:
        say(f"  ✗ {left.home}：{left.words}")


@app.command("sheets")
def sheets_of_plan(plan_id: PlanId, out: Out = Path("visits"), data: Data = None) -> None:
    """写出每日行程单和日历文件 / day sheets and calendar files."""
    _, database = signed(data)
    with database.session() as session:
        kept, problem, found = find_plan(session, plan_id)
        notes = _notes(session, problem)
    out.mkdir(parents=True, exist_ok=True)
    written = write_day_sheets(problem, found, notes, out)
    written += [
        write_calendar(
            problem, found, one.code, notes, out / f"{safe_name(one.name)}.ics", kept.made_at
        )
        for one in problem.inspectors
        if found.of(one.code)
    ]
    say_paths(written)


@app.command()
def inspector(
    email: Annotated[str, typer.Argument(help="账号邮箱 / address of the account")],
    name: Annotated[str, typer.Option(help="姓名 / name")],
    region: Annotated[str, typer.Option(help="行政区划代码 / division code")],
    at: Annotated[str, typer.Option(metavar="LAT,LON", help="出发地 / where they set out from")],
    skill: Annotated[list[str] | None, typer.Option(help="专长，可多项 / what they know")] = None,
    most_days: Annotated[int, typer.Option(help="每周最多几天 / days of visits a week")] = 3,
    away: Annotated[list[date] | None, _day("不能去的日子，可多项 / days off")] = None,
    data: Data = None,
) -> None:
    """登记评定员，或改其资料 / list an inspector."""
    _, database = signed(data)
    with database.session() as session:
        found = upsert_inspector(
            session, email, name, region, _place(at), skill or (), most_days, away or ()
        )
        say(f"✓ {found.name}（{found.email}）")


def _place(text: str) -> tuple[Decimal, Decimal]:
    try:
        latitude, longitude = (Decimal(part.strip()) for part in text.split(","))
    except (ValueError, InvalidOperation) as error:
        raise typer.BadParameter(
            f"{text!r} 请写成 37.38,117.97 这样（纬度,经度） / write a place like 37.38,117.97"
        ) from error
    return latitude, longitude


def _notes(session: Session, problem: visits.PlanProblem) -> dict[str, HomeNotes]:
    codes = (home.code for home in problem.homes)
    return {code: HomeNotes(address=find_home(session, code).address) for code in codes}


def _progress(progress: visits.Progress) -> None:
    say(f"  {progress.seconds:.0f} s：代价 cost {progress.cost}，下界 bound {progress.bound}")


def _tell(number: int, problem: visits.PlanProblem, plan: visits.Plan) -> None:
    violations = visits.check(problem, plan)
    gap = "已证明最优 proven best" if plan.status is visits.Status.OPTIMAL else f"{plan.gap:.1%}"
    homes = f"{len(plan.visits)}/{len(problem.homes)}"
    say(f"计划 plan {number}：{homes} 次上门 visits，差距 gap {gap}")
    say(f"  独立复核 recounted：{len(violations)} 处问题 violations")
    for visit in plan.visits:
        names = "、".join(problem.inspector_by_code[code].name for code in visit.pair)
        home = problem.home_by_code[visit.home]
        say(f"  {visit.day} {visit.start:%H:%M} {home.code} {home.name}：{names}")
    _tell_left_out(plan)
