"""The guide's program runs as it stands."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rukang.engines.visits import Plan, check
from tests.rukang.engines.visits.tiny import FRIDAY, MONDAY, home, inspector

GUIDE = (Path(__file__).parents[4] / "docs" / "visits.md").read_text(encoding="utf-8")
(PROGRAM,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_the_programs_plan_is_changed_when_somebody_falls_ill(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Three long visits in two weeks; P02 is ill in the second, and who comes instead is told."""
    names: dict[str, Any] = {
        "homes": tuple(home(code, minutes=300) for code in "ABC"),
        "inspectors": tuple(inspector(f"P0{n}", most_days_a_week=1) for n in range(1, 5)),
        "first": MONDAY,
        "last": FRIDAY + timedelta(days=7),
        "seed": 7,
        "on": MONDAY + timedelta(days=7),
    }
    exec(compile(PROGRAM, "docs/visits.md", "exec"), names)  # noqa: S102 - our own guide
    before, after = names["made"], names["after"]
    assert isinstance(after, Plan)
    assert check(names["now"], after) == []
    ahead = (visit for visit in before.visits if visit.day >= names["on"])
    ill = {visit.home for visit in ahead if "P02" in visit.pair}
    assert all("P02" not in visit.pair for visit in after.visits if visit.home in ill)
    told = capsys.readouterr().out
    assert told.startswith("optimal")
    assert all(home in told for home in ill)
