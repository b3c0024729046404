"""Two weeks of a small home: solved, priced, shared fairly, and drawn.

Run with ``python examples/roster_home.py [directory]``; the pictures go into the directory, or a
temporary one. The people are invented.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from rostering import (
    Cover,
    Problem,
    Request,
    Result,
    Roster,
    ShiftType,
    Staff,
    Unavailable,
    cost_by,
    explain,
    fairness,
    pictures,
    solve,
)
from rostering.parts import Fairness, FairOver

HOUR = 60
"""Times are minutes."""

EARLY = ShiftType(id="早", name="早班", start=7 * HOUR, minutes=8 * HOUR, paid_minutes=8 * HOUR)
LATE = ShiftType(id="中", name="中班", start=13 * HOUR, minutes=8 * HOUR, paid_minutes=8 * HOUR)
NIGHT = ShiftType(
    id="夜",
    name="夜班",
    start=21 * HOUR,
    minutes=10 * HOUR,
    paid_minutes=8 * HOUR,
    is_night=True,
    skill="护理",
)
NEEDED = {"早": (1, 2), "中": (1, 2), "夜": (1, 1)}
"""Shift → least heads and heads wanted."""

NAMES = "赵晓禾 钱一诺 孙可心 李思远 周明轩 吴雨桐 郑浩然 王梓涵 冯子墨"
NURSES = ("S1", "S2", "S4", "S5", "S7", "S8")
DAYS = 14


def person(number: int, name: str) -> Staff:
    """Return somebody who works 40 hours a week at most; nurses do the nights."""
    return Staff(
        id=f"S{number}",
        name=name,
        skills=frozenset({"护理"} if f"S{number}" in NURSES else ()),
        min_minutes=56 * HOUR,
        max_minutes=80 * HOUR,
        max_week_minutes=40 * HOUR,
        max_consecutive_days=5,
        min_rest_minutes=11 * HOUR,
    )


def home() -> Problem:
    """Return two weeks from Monday 2026-10-12."""
    return Problem(
        name="示例小站",
        start=date(2026, 10, 12),
        days=DAYS,
        shift_types=(EARLY, LATE, NIGHT),
        staff=tuple(person(number, name) for number, name in enumerate(NAMES.split(), start=1)),
        cover=tuple(
            Cover(day=day, shift=shift, minimum=least, wanted=wanted)
            for day in range(DAYS)
            for shift, (least, wanted) in NEEDED.items()
        ),
        unavailable=tuple(Unavailable(staff="S2", day=day) for day in (3, 4)),
        requests=(
            Request(staff="S1", day=5, wanted=False, weight=5),
            Request(staff="S4", day=8, shift="早", wanted=True, weight=2),
        ),
        fairness=(
            Fairness(over=FairOver.NIGHTS, staff=NURSES, weight=4, past={"S1": 3}),
            Fairness(over=FairOver.WEEKENDS, weight=2),
        ),
    )


def solved() -> tuple[Result, Roster]:
    """Return the answer for the home, and its roster."""
    result = solve(home(), time_limit=4)
    if result.roster is None:
        raise SystemExit("限时内没有排班 / no roster in time")
    return result, result.roster


def main(directory: Path) -> None:
    """Solve the home; print what the roster costs and how it is shared; draw it."""
    result, roster = solved()
    told = [*explain(result), *cost_by(result.problem, roster).sentences(result.problem)]
    for sentence in [*told, *fairness(result.problem, roster).sentences(result.problem)]:
        print(sentence)
    for draw in (pictures.grid, pictures.cover, pictures.load):
        print(draw(result.problem, roster).save(directory / f"{draw.__name__}.svg"))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()))
