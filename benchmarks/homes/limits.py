"""Each person's limits: those of the contract, widened where the planted roster needs it."""

from __future__ import annotations

from benchmarks.homes.people import HOUR, NIGHT, SHIFT_BY_ID, Worker
from benchmarks.homes.plan import LONGEST, REST, Plan
from rostering import Staff


def person(plan: Plan, worker: Worker) -> Staff:
    """Return a person with all limits."""
    row = plan.row(worker.id)
    paid = sum(SHIFT_BY_ID[shift].paid_minutes for shift in row if shift)
    most = plan.contract_minutes(worker)
    return Staff(
        id=worker.id,
        skills=frozenset({worker.skill}),
        sex=worker.sex,
        is_experienced=worker.is_experienced,
        shift_limits=_shift_limits(worker, row),
        min_minutes=min(paid, most * 85 // 100),
        max_minutes=most,
        max_week_minutes=worker.week_minutes,
        max_consecutive_days=LONGEST,
        max_weekends=_weekends(plan, row),
        min_rest_minutes=REST,
        day_minutes=None if worker.contract == "part" else 8 * HOUR,
        max_day_overtime=None if worker.contract == "part" else 3 * HOUR,
        max_month_overtime=None if worker.contract == "part" else 36 * HOUR,
        is_protected=worker.is_protected,
        no_night=worker.no_night,
    )


def _shift_limits(worker: Worker, row: list[str | None]) -> dict[str, int]:
    """Return 0 for what the contract rules out, and a limit on nights."""
    able = worker.shifts()
    never = {shift: 0 for shift in SHIFT_BY_ID if shift not in able}
    weeks = -(-len(row) // 7)
    return never | ({NIGHT: max(2 * weeks, row.count(NIGHT))} if NIGHT in able else {})


def _weekends(plan: Plan, row: list[str | None]) -> int:
    """Return the most weekends: two of three, or as many as the planted row works."""
    days = [day for day in range(len(row)) if plan.weekday(day) > 4]
    all_of_them = {day - plan.weekday(day) for day in days}
    worked = {day - plan.weekday(day) for day in days if row[day]}
    return max(len(worked), -(-2 * len(all_of_them) // 3))
