"""Limits of working time are told in the words of each one's own place."""

from collections.abc import Callable
from pathlib import Path

from payroll import Month, Policy, WorkerMonth, compute
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]

STRICTER = """\
document: 示例，非官方
date: 2026-01-01
figures:
  - {parameter: working_time.overtime.monthly_max_minutes, place: 371602, from: 2026-01-01,
     value: 1230}
"""


def test_each_is_told_the_limit_at_the_own_place(
    quota_worker: Build, october: Month, tmp_path: Path
) -> None:
    """Thirty hours pass a place's stricter limit and not the nation's; forty pass both."""
    path = tmp_path / "stricter.yaml"
    path.write_text(STRICTER, encoding="utf-8")
    policy = Policy.load(local=[LOCAL_POLICY, path])
    people = [
        quota_worker(id=f"{place}{hours}", work_place=place, overtime={"workday_hours": hours})
        for place in ("371681", "371602")
        for hours in (30, 40)
    ]
    payroll = compute(october, people, policy)
    told = [
        [text.en for code, text in payroll.payslip(n).warnings if code == "overtime_above_limit"]
        for n in range(4)
    ]
    of_nation, of_place = (f"more than {h} hours of overtime this month" for h in ("36", "20.5"))
    assert told == [[], [of_nation], [of_place], [of_place]]
