"""What the workers do: each kind of job, and the service that does it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rostering
from payroll.policy import Policy
from rukang import pay, rosters
from rukang.base.access import Database
from rukang.base.jobs import Handler, JobKind, Reporter
from rukang.base.settings import Settings


def handlers(settings: Settings) -> dict[JobKind, Handler]:
    """Return the work of an installation; policy files are read anew for every job."""
    return {
        JobKind.SOLVE_ROSTER: lambda database, plan, reporter: _solve(
            database, plan, reporter, policy_of(settings)
        ),
        JobKind.RUN_PAYROLL: lambda database, run, _: pay.calculate_run(
            database, run, policy_of(settings)
        ),
        JobKind.WRITE_PAY_FILES: lambda database, files, _: pay.write_ordered(
            database, files, policy_of(settings)
        ),
    }


def policy_of(settings: Settings, further: Iterable[Path] | None = None) -> Policy:
    """Load the rule base with the installation's own figures, and further files if given."""
    own = [settings.local_policy] if settings.local_policy.exists() else []
    return Policy.load([*own, *(further or ())])


def _solve(database: Database, plan_id: int, reporter: Reporter, policy: Policy) -> None:
    def report(progress: rostering.Progress) -> None:
        reporter.progress(progress.seconds, progress.cost, progress.bound)

    rosters.solve_plan(database, plan_id, policy, on_progress=report, cancel=reporter.cancelled)
