"""``rukang demo``: the whole house on one invented home, from workbooks to documents."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from rukang.base.access import SYSTEM, Caller, Database, Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.settings import Settings, environment
from rukang.doors.cli.common import ITERATIONS, console, say
from rukang.doors.cli.intake import outcome
from rukang.doors.cli.payroll.runs import run_month
from rukang.doors.cli.roster.plans import solve_month
from rukang.doors.cli.stars.rate import rate_sheet
from rukang.doors.handlers import policy_of
from rukang.doors.intake import import_workbooks
from rukang.doors.upkeep import init
from rukang.engines.rating import load_edition

EXAMPLE = Path("examples/demo-home")
HOME = "ZP001"
REGION = "371600"
MONTH = date(2026, 10, 1)
EDITION = "example-2026"
SCORE_SHEET = "06-星级评定.xlsx"
LOCAL_POLICY = "local-policy.yaml"
MARK = "demo.txt"
"""A file that says: this data folder is the demo's own, and goes at its next run."""


def demo(
    example: Annotated[Path, typer.Option(help="示例工作簿目录 / folder of workbooks")] = EXAMPLE,
    out: Annotated[Path, typer.Option(help="输出目录 / folder to write into")] = Path(
        "demo-output"
    ),
    limit: Annotated[
        int, typer.Option(min=1, metavar="SECONDS", help="排班求解时限 / for the roster")
    ] = 40,
    iterations: Annotated[int | None, ITERATIONS] = None,
) -> None:
    """在虚构的示例站点上跑完主要工作，可重复运行 / the main job on an invented home."""
    _require_example(example)
    began = time.monotonic()
    here = _fresh(out.resolve(), example)
    database, policy = init(here), policy_of(here)
    officer = acting_in_demo(database, Role.OFFICER, "示例干部")
    database = acting_in_demo(database, Role.CLERK, "示例专员")
    with _step("导入工作簿 import the workbooks"):
        _import(database, example)
    with _step("排班 roster"):
        solve_month(database, policy, HOME, MONTH, limit, out / "roster", iterations=iterations)
    with _step("工资 wages"):
        run_month(database, policy, HOME, MONTH, out / "payroll")
    with _step("星级评定 rating"):
        rate_sheet(officer, example / SCORE_SHEET, load_edition(EDITION), out / "rating")
    say(f"\n全部完成 all done: {time.monotonic() - began:.0f} s → {out.resolve()}")
    say("打开网页：先建账号，再启动 / open the web face: make an account, then start it")
    say(
        f"  {pasted('db', 'account', 'you@example.org', '--role', 'administrator', data=here.data)}"
    )
    say(f"  {pasted('serve', data=here.data)}")


def acting_in_demo(database: Database, role: Role, name: str) -> Database:
    """Return the database for an invented account, made here: all work is somebody's.

    Who works for homes may not rate one, so the demo needs two.
    """
    email, password = f"{role.value}@example.org", secrets.token_urlsafe(12)
    with database.session() as session:
        create_account(session, email, name, password, [Grant(role, region=REGION)])
    return database.acting_as(Caller(email, SYSTEM.grants))


def pasted(*words: str, data: Path) -> str:
    """Return a command that works when pasted into a terminal, in whatever folder it stands."""
    # The script and not `python -m rukang`, which looks for packages in the folder it is run in,
    # where `payroll run` may have written one of that name.
    script = Path(sys.executable).with_name("rukang.exe" if os.name == "nt" else "rukang")
    found = shutil.which("rukang")
    active = found is not None and Path(found) == script
    rukang = ["rukang" if active else str(script)]
    command = [*rukang, *words, "--data", str(data)]
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


def _require_example(example: Path) -> None:
    """Refuse to begin where the demo cannot end well.

    Raises
    ------
    InvalidError
        If the example is not there, or as `require_own_database`.
    """
    if not (example / SCORE_SHEET).is_file():
        raise InvalidError(
            f"在 {example.resolve()} 找不到示例工作簿，请在项目目录中运行，或用 --example 指定。",
            "No example workbooks there; run inside the checkout, or name them with --example.",
        )
    require_own_database()


def require_own_database() -> None:
    """Refuse to put invented records into a database in service.

    Raises
    ------
    InvalidError
        If the environment names one.
    """
    if environment().database_url is not None:
        raise InvalidError(
            "已设置 RUKANG_DATABASE_URL；示例只用自己的 SQLite 数据库，请先取消这个环境变量。",
            "RUKANG_DATABASE_URL is set; the demo uses a SQLite database of its own; unset it.",
        )


def _fresh(out: Path, example: Path) -> Settings:
    """Return an installation in an empty folder, with the example's own policy figures."""
    here = made_anew(out / "data", "--out")
    shutil.copy(example / LOCAL_POLICY, here.data / LOCAL_POLICY)
    return here


def made_anew(data: Path, option: str) -> Settings:
    """Return an installation in an empty folder, which was empty before or made by a demo.

    Parameters
    ----------
    option
        The option that chooses another folder.

    Raises
    ------
    ConflictError
        If the folder holds data that no demo made.
    """
    if data.exists() and not (data / MARK).exists():
        raise ConflictError(
            f"{data} 不是示例建立的，不会删除；请换一个 {option}，或自己移走它。",
            f"That folder was not made by the demo and stays; choose another {option} or move it.",
        )
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700, parents=True)
    (data / MARK).write_text("示例数据，下次运行示例时重建 / made anew by every demo\n")
    return Settings(data, f"sqlite:///{data / 'rukang.sqlite'}")


@contextmanager
def _step(title: str) -> Iterator[None]:
    console.rule(title, align="left")
    began = time.monotonic()
    yield
    say(f"  用时 took {time.monotonic() - began:.1f} s")


def _import(database: Database, example: Path) -> None:
    """Import file by file, in the order of their numbers, so that progress shows."""
    files = sorted(path for path in example.glob("0*.xlsx") if path.name != SCORE_SHEET)
    done = []
    for file in track(files, "导入 importing", console=console):
        done += import_workbooks(database, [file], home_code=HOME)
    for imported in done:
        say(f"  ✓ {imported.path.name}：{outcome(imported)}")
