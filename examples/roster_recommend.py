"""Who could take an open shift, who could exchange, and why a cell is as it is.

Run with ``python examples/roster_recommend.py``; the people are invented.
"""

from roster_home import solved

from rostering import recommend, swap, why
from rostering.changes import changed

DAY, SHIFT = 7, "早"


def main() -> None:
    """Open a shift of a solved roster and rank everybody for it."""
    result, roster = solved()
    problem = result.problem
    first, *others = [p.id for p in problem.staff if roster.shift(p.id, DAY) == SHIFT]
    opened = changed(roster, {(first, DAY): None})
    print("谁可以顶班 who could take the shift")
    for item in recommend(problem, opened, DAY, SHIFT):
        print(" ", "✓" if item.is_allowed else "✗", item.sentence)
    print("\n调换 exchange")
    someone = next(p.id for p in problem.staff if p.id not in (first, *others))
    for sentence in swap(problem, roster, (first, DAY), (someone, DAY + 1)).sentences(problem):
        print(" ", sentence)
    print("\n为什么 why")
    for sentence in why(problem, roster, first, DAY).sentences(problem)[:6]:
        print(" ", sentence)


if __name__ == "__main__":
    main()
