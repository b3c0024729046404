"""A week's roster of a small home: built in code, solved, checked and explained.

Run with ``python examples/quick_start.py``; the people are invented.
"""

from datetime import date

from rostering import (
    Cover,
    Problem,
    Request,
    Roster,
    ShiftType,
    Staff,
    Unavailable,
    check,
    explain,
    solve,
)

HOUR = 60
"""Times are minutes."""

DAY = ShiftType(id="日", name="日班", start=8 * HOUR, minutes=9 * HOUR, paid_minutes=8 * HOUR)
NIGHT = ShiftType(
    id="夜",
    name="夜班",
    start=21 * HOUR,
    minutes=10 * HOUR,
    paid_minutes=8 * HOUR,
    is_night=True,
)


def person(number: int, name: str, *, no_night: bool = False) -> Staff:
    """Return somebody who works 40 hours a week at most and rests 11 between shifts."""
    return Staff(
        id=f"S{number}",
        name=name,
        max_week_minutes=40 * HOUR,
        max_consecutive_days=6,
        min_rest_minutes=11 * HOUR,
        no_night=no_night,
    )


PEOPLE = (
    person(1, "赵晓禾"),
    person(2, "钱一诺"),
    person(3, "孙可心"),
    person(4, "李思远", no_night=True),
)


def week(*leave: Unavailable) -> Problem:
    """Return a week from Monday 2026-10-12: two by day are wanted, one by night."""
    return Problem(
        name="示例小站一周",
        start=date(2026, 10, 12),
        days=7,
        shift_types=(DAY, NIGHT),
        staff=PEOPLE,
        cover=tuple(
            Cover(day=day, shift=shift.id, minimum=1, wanted=wanted)
            for day in range(7)
            for shift, wanted in ((DAY, 2), (NIGHT, 1))
        ),
        requests=(Request(staff="S1", day=5, wanted=False, weight=5),),
        unavailable=leave,
    )


def show(problem: Problem) -> None:
    """Solve a week, print its roster with the rules it breaks, and say what it means."""
    result = solve(problem, time_limit=10)
    if result.roster is not None:
        print_table(result.roster)
        print("违反的硬性规则 broken rules:", len(check(problem, result.roster)))
    for sentence in explain(result):
        print(sentence)


def print_table(roster: Roster) -> None:
    """Print a row per person, a column per day."""
    for someone in PEOPLE:
        cells = (cell or "－" for cell in roster.by_staff[someone.id])
        print(f"  {someone.name}  {' '.join(cells)}")


if __name__ == "__main__":
    print("一人周一休假 one on leave on Monday")
    show(week(Unavailable(staff="S2", day=0)))
    print("\n三人周三休假 three on leave on Wednesday")
    show(week(*(Unavailable(staff=f"S{number}", day=2) for number in (1, 2, 3))))
