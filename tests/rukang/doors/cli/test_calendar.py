"""``rukang calendar``: a year by law, a notice entered, and what waits for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payroll import Policy
from rukang.base.calendar import PROVISIONAL, calendar_in
from rukang.base.errors import InvalidError
from rukang.pay.month.days import schedule_of
from rukang.rosters.law.working_time import working_time
from tests.rukang.doors.cli.conftest import Rukang

ENTERED = (
    *("calendar", "supply", "--year", "2027", "--document", "示例通知", "--date", "2026-12-01"),
    *("--off", "2027-01-01:2027-01-03", "--off", "2027-02-05:2027-02-11"),
    *("--off", "2027-04-03:2027-04-05", "--off", "2027-05-01:2027-05-05", "--off", "2027-06-09"),
    *("--off", "2027-09-15", "--off", "2027-10-01:2027-10-07"),
    *("--work", "2027-02-20", "--work", "2027-05-08"),
)
JANUARY = date(2027, 1, 1)


def test_a_year_by_law_says_so_and_names_the_command(rukang: Rukang) -> None:
    """Before the notice; a published year says neither."""
    by_law, published = (rukang("calendar", "show", "--year", year).out for year in (2027, 2026))
    assert PROVISIONAL[0] in by_law
    assert "rukang calendar supply --year 2027" in by_law
    assert PROVISIONAL[0] not in published
    assert "2026-10-10  调休上班" in published


def test_a_notice_is_entered_once_for_calendar_and_wages(rukang: Rukang, home: Path) -> None:
    """Wages of January wait for it, naming the command; rosters do not wait."""
    before = Policy.load()
    with pytest.raises(InvalidError, match="rukang calendar supply --year 2027"):
        schedule_of(before, "371681", JANUARY)
    assert date(2027, 2, 5) in working_time(before, "371681", JANUARY).statutory
    said = rukang(*ENTERED, "--data", home)
    assert said.code == 0, said.err
    assert "2027-02-09  工作日 → 节假日" in said.out
    file = home / "local-policy.yaml"
    after = Policy.load([file])
    assert calendar_in(file).mark([JANUARY]) is None
    assert len(schedule_of(after, "371681", JANUARY).statutory) == 1
    assert working_time(after, "371681", JANUARY).calendar.workdays([date(2027, 2, 20)]) == 1


def test_a_dry_run_writes_nothing(rukang: Rukang, home: Path) -> None:
    """It only tells."""
    file = home / "local-policy.yaml"
    before = file.read_bytes() if file.exists() else None
    assert "2027-02-09" in rukang(*ENTERED, "--dry-run", "--data", home).out
    assert (file.read_bytes() if file.exists() else None) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--off", "2027-01-01"), "法定节假日没有列为放假"),
        (("--off", "2027-02-11:2027-02-05"), "结束日早于开始日"),
        (("--off", "2026-05-01"), "不属于 2027 年"),
    ],
)
def test_a_notice_with_a_slip_is_refused(
    rukang: Rukang, home: Path, words: tuple[str, ...], told: str
) -> None:
    """And nothing is written."""
    said = rukang(*ENTERED[:8], *words, "--data", home)
    assert said.code == 1
    assert told in said.err
