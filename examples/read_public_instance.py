"""Read an instance in the public Curtois-Qu text format, solve it, and recount the roster.

Run with ``python examples/read_public_instance.py [file]``. The file beside this one holds invented
data; the public instances come without a licence, so none is here.
"""

import sys
from pathlib import Path

from rostering import check, read, solve

INVENTED = Path(__file__).with_name("invented-instance.txt")


def main(path: Path) -> None:
    """Solve a file and print the roster, a row a person."""
    problem = read(path)
    result = solve(problem, time_limit=5)
    print(f"{problem.name}: {result.status}, {result.cost} ≥ {result.bound}")
    if result.roster is None:
        return
    print("违反的硬性规则 broken rules:", len(check(problem, result.roster)))
    for person, row in result.roster.by_staff.items():
        print(f"  {person}  {' '.join(cell or '-' for cell in row)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else INVENTED)
