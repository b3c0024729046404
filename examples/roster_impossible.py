"""Why a roster is impossible, and the cheapest way out.

Run with ``python examples/roster_impossible.py``; the people are invented.
"""

from roster_home import home

from rostering import Problem, Unavailable, conflicts, explain, solve

FLU = {
    6: ("S1", "S2", "S4", "S5", "S7", "S8"),
    10: tuple(f"S{number}" for number in range(1, 8)),
}
"""Day → who is on leave: nobody is left for the night of day 6, two for three shifts on day 10."""


def problem() -> Problem:
    """Return the home with leave that nobody should have granted."""
    leave = [Unavailable(staff=staff, day=day) for day, people in FLU.items() for staff in people]
    whole = home()
    return Problem.model_validate({**whole.model_dump(), "unavailable": leave})


def main() -> None:
    """Print what the nearest roster relaxes, and every set of rules that collide."""
    result = solve(problem(), time_limit=6)
    print("最接近的排班 the nearest roster")
    for sentence in explain(result):
        print(" ", sentence)
    for number, conflict in enumerate(conflicts(problem(), result=result, time_limit=10), start=1):
        print(f"\n冲突 conflict {number}")
        for sentence in conflict.sentences():
            print(" ", sentence)


if __name__ == "__main__":
    main()
