"""``rukang demo``: the whole house on one invented home, from workbooks to documents."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from payroll.policy import Policy
from rukang import pay, rosters
from rukang.access import Database
from rukang.cli.common import console, opened
from rukang.cli.payroll import show
from rukang.cli.progress import solving
from rukang.errors import InvalidError
from rukang.homes import find_home
from rukang.intake import import_workbooks, read_score_sheet
from rukang.pay import find_run
from rukang.rating import improve, load_edition, rate, write_report
from rukang.rating.service import fill_measured, keep_rating
from rukang.rosters import find_plan, roster_table
from rukang.work import policy_of

EXAMPLE = Path("examples/demo-home")
HOME = "ZP001"
MONTH = date(2026, 10, 1)
EDITION = "example-2026"
SCORE_SHEET = "06-星级评定.xlsx"
LOCAL_POLICY = "local-policy.yaml"


def demo(
    example: Annotated[Path, typer.Option(help="示例工作簿目录。Folder of workbooks.")] = EXAMPLE,
    out: Annotated[Path, typer.Option(help="输出目录。Folder to write into.")] = Path(
        "demo-output"
    ),
    limit: Annotated[int, typer.Option(help="排班求解时限（秒）。Seconds for the roster.")] = 40,
) -> None:
    """在虚构的示例站点上跑完主要工作（可重复运行）。Run the main job on an invented home."""
    if not example.is_dir():
        raise InvalidError(
            f"找不到示例目录 {example}，请在项目目录中运行，或用 --example 指定。",
            f"No folder {example}; run inside the checkout, or name it with --example.",
        )
    began = time.monotonic()
    data = _fresh(out, example)
    here, database = opened(data)
    with _step("导入工作簿 import the workbooks"):
        _import(database, example)
    with _step("排班 roster"):
        _roster(database, policy_of(here), out / "roster", limit)
    with _step("工资 wages"):
        _wages(database, policy_of(here), out / "payroll")
    with _step("星级评定 rating"):
        _rating(database, example / SCORE_SHEET, out / "rating")
    console.print(f"\n全部完成 all done: {time.monotonic() - began:.0f} s → {out.resolve()}")
    console.print("打开网页 open the web face（先建账号 make an account first）:")
    for command in ("db account you@example.org --role administrator", "serve"):
        console.print(f"  rukang {command} --data {data}", markup=False)


def _fresh(out: Path, example: Path) -> Path:
    """Return an empty data folder under the output, with the example's own policy figures."""
    data = out / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    shutil.copy(example / LOCAL_POLICY, data / LOCAL_POLICY)
    return data


@contextmanager
def _step(title: str) -> Iterator[None]:
    console.rule(title, align="left")
    began = time.monotonic()
    yield
    console.print(f"  用时 took {time.monotonic() - began:.1f} s")


def _import(database: Database, example: Path) -> None:
    files = sorted(path for path in example.glob("0*.xlsx") if path.name != SCORE_SHEET)
    for imported in import_workbooks(database, files, home_code=HOME):
        console.print(f"  ✓ {imported.path.name}：{imported.rows} 行 rows")


def _roster(database: Database, policy: Policy, out: Path, limit: int) -> None:
    with database.session() as session:
        plan_id = rosters.request_roster(session, find_home(session, HOME), MONTH, limit).id
    with solving(console, limit) as report:
        rosters.solve_plan(database, plan_id, policy, on_progress=report)
    with database.session() as session:
        plan = find_plan(session, plan_id)
        table = roster_table(session, plan)
    violations = rosters.recount(plan)
    console.print(
        f"  {plan.status}：代价 cost {plan.cost}，下界 bound {plan.bound:.0f}，"
        f"独立复核违规 violations {len(violations)}，缺编 short {len(table.shortfalls)}"
    )
    _list_paths(rosters.write_documents(database, plan_id, out))


def _wages(database: Database, policy: Policy, out: Path) -> None:
    with database.session() as session:
        run_id = pay.request_run(session, find_home(session, HOME), MONTH).id
    pay.calculate_run(database, run_id, policy)
    with database.session() as session:
        run = find_run(session, run_id)
        show(console, run)
        console.print("  [yellow]含示例或未确认的数值，见汇总表[/] some figures are not official")
        _list_paths(pay.write_documents(session, run, out))


def _rating(database: Database, sheet: Path, out: Path) -> None:
    edition = load_edition(EDITION)
    filled = read_score_sheet(sheet, edition)
    with database.session() as session:
        home = find_home(session, HOME)
        filled = fill_measured(session, home, edition, filled, MONTH)
        keep_rating(session, home, edition, filled)
    result, better = rate(edition, filled), improve(edition, filled)
    console.print(f"  {result.star_words.zh} {result.star_words.en}（{edition.label.zh}）")
    for words in better.words:
        console.print(f"    {words.zh}", markup=False)
    out.mkdir(parents=True, exist_ok=True)
    _list_paths([write_report(result, out / "report.html", better)])


def _list_paths(paths: list[Path]) -> None:
    for path in paths:
        console.print(f"  → {path}", markup=False)
