"""Work for the tests: it goes on until a file says finish, then stores its result once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rukang.base.access import Database
from rukang.base.errors import InvalidError
from rukang.base.jobs import Handler, JobKind, Reporter
from rukang.rosters.records import RosterPlan, RosterState


def handlers(folder: Path) -> dict[JobKind, Handler]:
    """Return a roster that takes until ``finish`` lies in the folder, and a pay run that fails."""
    return {JobKind.SOLVE_ROSTER: _solve(folder), JobKind.RUN_PAYROLL: _fail}


def _solve(folder: Path) -> Handler:
    def solve(database: Database, plan_id: int, report: Reporter) -> None:
        with (folder / "begun").open("a") as begun:
            begun.write(f"{plan_id}\n")
        try:
            search(report)
            with database.session() as session:
                plan = session.get_one(RosterPlan, plan_id)
                plan.cost = (plan.cost or 0) + 1
                plan.state = RosterState.DRAFT
        finally:
            (folder / "ended").touch()

    def search(report: Reporter) -> None:
        rounds = 0
        while not (folder / "finish").exists() and not report.cancelled():
            rounds += 1
            _report_from_a_thread(report, rounds)
            time.sleep(0.05)
        report.progress(rounds / 20, 607, 607, "最后一轮")

    return solve


def _report_from_a_thread(report: Reporter, rounds: int) -> None:
    """As solvers do, which have threads of their own."""
    said = (rounds / 20, 700 - rounds, 607, f"第 {rounds} 轮")
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(report.progress, *said).result()


def _fail(_: Database, run_id: int, __: Reporter) -> None:
    raise InvalidError(f"第 {run_id} 号工资表缺少考勤。", f"Pay run {run_id} lacks attendance.")
