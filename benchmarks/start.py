"""``python -m benchmarks.start``: CPU time and memory of starting what is started often.

Each is started several times in a Python of its own; the least of the times counts, since others
only add to it.
"""

from __future__ import annotations

import os
import subprocess
import sys

RATE = (
    "from rukang.engines.rating import ScoreSheet, load_edition, rate;"
    "e = load_edition('example-2026');"
    "rate(e, ScoreSheet(home='ZP001', home_name='示例', edition=e.id, on='2026-10-01'))"
)
STARTS = {
    "python": ("-c", "pass"),
    "rukang --help": ("-m", "rukang", "--help"),
    "rukang payroll --help": ("-m", "rukang", "payroll", "--help"),
    "import rostering": ("-c", "import rostering"),
    "import rukang.engines.rating, one rating": (
        "-c",
        RATE,
    ),
    "import payroll": ("-c", "import payroll"),
}
TIMES = 5


def cost(words: tuple[str, ...]) -> tuple[float, float]:
    """Return CPU-seconds and MB of running Python with these words."""
    child = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, words
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a row for each."""
    base = min(cost(STARTS["python"])[0] for _ in range(TIMES))
    print("| start | CPU-s | times an empty Python | MB |\n|---|---|---|---|")
    for name, words in STARTS.items():
        costs = [cost(words) for _ in range(TIMES)]
        seconds = min(took for took, _ in costs)
        print(f"| `{name}` | {seconds:.2f} | {seconds / base:.0f} | {costs[-1][1]:.0f} |")


if __name__ == "__main__":
    main()
