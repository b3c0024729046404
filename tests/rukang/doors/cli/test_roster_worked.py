"""``rukang roster confirm`` and ``worked``: confirmed as planned, corrected, and the month."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rukang.doors.cli.conftest import CLERK, Rukang

HERE = ("--home", "ZP001")


def test_days_are_confirmed_and_the_month_is_told(rukang: Rukang, home: Path) -> None:
    """As planned, once; corrected; then who confirmed, what counts towards the limit, and why."""
    days = ("--from", "2026-09-28", "--to", "2026-09-30")
    assert "照排班确认 0 个班" not in (said := rukang("roster", "confirm", *HERE, *days).out)
    assert "照排班确认" in said
    assert "照排班确认 0 个班" in rukang("roster", "confirm", *HERE, *days).out
    one = (*HERE, "--from", "2026-09-28", "--staff", "S01")
    absent = rukang("roster", "confirm", *one, "--shift", "缺勤", "--note", "病")
    assert "计划 护" in absent.out
    assert "实际 缺勤 0 分钟" in absent.out
    told = rukang("roster", "worked", *HERE, "--month", "2026-09")
    assert told.code == 0, told.err
    assert "S01" in next(line for line in told.out.splitlines() if CLERK in line)
    limit = next(line for line in told.out.splitlines() if "计入每月加班上限" in line)
    assert "法定节假日加班" in limit
    assert "289号" in limit
    leave = next(line for line in told.out.splitlines() if "年休假天数依据" in line)
    assert "职工带薪年休假条例 第三条" in leave


@pytest.mark.parametrize("words", [(), ("--shift", "护", "--to", "2026-09-29")])
def test_one_persons_day_needs_a_shift_and_one_day(
    rukang: Rukang, home: Path, words: tuple[str, ...]
) -> None:
    """A person without a shift, or over several days, is refused with what to write."""
    one = (*HERE, "--from", "2026-09-28", "--staff", "S01")
    refused = rukang("roster", "confirm", *one, *words)
    assert (refused.code, "请写 --shift" in refused.err) == (1, True)
