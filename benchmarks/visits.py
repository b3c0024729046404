"""Measure visit planning: a city of 100 homes, 10 inspectors and 8 weeks, and its re-planning.

    python -m benchmarks.visits                                # 5 seeds, short and long visits
    python -m benchmarks.visits --visits short-200 short-300   # the larger ones, seed 5 alone
    python -m benchmarks.visits --seeds 5 --limit 60 --out FILE.csv
    python -m benchmarks.visits --table FILE.csv --into docs/visits.md

Every city has a fresh process. `first` is the second at which a whole plan, days and all, was
there; `1 %` the one at which its gap was 1 % or less. Then the inspector with the most visits ahead
is taken out from the middle on and the rest is planned again: `lost` counts the visits taken from
them, `new` the inspectors who are new to a visit, `moved` the visits on another day. The exit code
is 1 if the check finds anything.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.cities import city
from benchmarks.harness import Machine, in_fresh_process
from benchmarks.harness.machine import peak_megabytes
from benchmarks.report import filled
from benchmarks.table import decimal, percent
from rukang.engines.visits import Plan, PlanProblem, Progress, changes, check, plan, replan

CITIES: dict[str, tuple[str, int, int, int]] = {
    "short": ("short", 100, 10, 8),
    "long": ("long", 100, 10, 8),
    "short-200": ("short", 200, 15, 11),
    "short-300": ("short", 300, 20, 11),
}
"""By name: length of visits, homes, inspectors and weeks."""

LARGE_SEED = 5
"""The one seed with which cities of more than 100 homes are planned."""

GOOD = 0.01
SLACK = 120.0
"""Seconds beyond the limits after which a process is stopped."""


@dataclass(frozen=True)
class Figure:
    """One planning of a city; seconds, and counts of the plan or of its changes."""

    visits: str
    seed: int
    task: str
    limit: float
    first: float | None
    good: float | None
    seconds: float
    cost: int
    bound: int
    gap: float
    rounds: int
    made: int
    left_out: int
    lost: int | None
    new: int | None
    moved: int | None
    violations: int
    peak_mb: float | None
    date: str
    cpu: str
    cores: int
    python: str
    versions: str


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for, print and keep it; 1 if a plan breaks a rule."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.visits",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--visits", nargs="+", choices=CITIES, default=list(CITIES))
    parser.add_argument("--limit", type=float, default=60.0, help="seconds of each planning")
    parser.add_argument("--out", type=Path, metavar="FILE.csv")
    parser.add_argument("--table", type=Path, metavar="FILE.csv", help="measure nothing: tell it")
    parser.add_argument("--into", type=Path, metavar="FILE.md", help="page with the two marks")
    options = parser.parse_args(arguments)
    if options.table:
        return _tell(options.table, options.into)
    found: list[Figure] = []
    print(*HEADINGS, sep="\t")
    for visits in options.visits:
        for seed in _seeds(visits, options.seeds):
            task = (visits, seed, options.limit)
            for figure in in_fresh_process(measured, task, seconds=2 * options.limit + SLACK):
                found.append(figure)
                print(*_cells(_plain(figure)), sep="\t", flush=True)
            if options.out:
                _write(options.out, found)
    return int(any(figure.violations for figure in found))


def _seeds(visits: str, count: int) -> list[int]:
    return [LARGE_SEED] if CITIES[visits][1] > 100 else list(range(1, count + 1))


def measured(task: tuple[str, int, float]) -> list[Figure]:
    """Return the figures of planning a city, and of planning it again without somebody."""
    visits, seed, limit = task
    plan(city(0, homes=5, inspectors=3, weeks=1))  # the first use: imports, HiGHS
    problem, told = city(seed, *CITIES[visits]), list[Progress]()
    made = plan(problem, seed, limit, told.append)
    again = list[Progress]()
    on = problem.first.fromordinal((problem.first.toordinal() + problem.last.toordinal()) // 2)
    who, lost = _busiest(made, on)
    changed = problem.without(who, on)
    after = replan(changed, made, on, seed, limit, again.append)
    return [
        _figure(task, "plan", problem, made, told),
        _figure(task, "re-plan", changed, after, again, before=made, lost=lost),
    ]


def _busiest(made: Plan, on: date) -> tuple[str, int]:
    """Return who has the most visits from a day on, and how many."""
    ahead = Counter(code for visit in made.visits if visit.day >= on for code in visit.pair)
    return min(ahead.items(), key=lambda item: (-item[1], item[0]))


def _figure(
    task: tuple[str, int, float],
    name: str,
    problem: PlanProblem,
    made: Plan,
    told: list[Progress],
    before: Plan | None = None,
    lost: int | None = None,
) -> Figure:
    visits, seed, limit = task
    found = changes(problem, before, made) if before else []
    machine = Machine.this()
    return Figure(
        visits=visits,
        seed=seed,
        task=name,
        limit=limit,
        first=_since(told, float("inf")),
        good=_since(told, GOOD),
        seconds=made.seconds,
        cost=made.cost,
        bound=made.bound,
        gap=made.gap,
        rounds=made.rounds,
        made=len(made.visits),
        left_out=len(made.left_out),
        lost=lost,
        new=sum(len(change.new) for change in found) if before else None,
        moved=sum(change.moved for change in found) if before else None,
        violations=len(check(problem, made)),
        peak_mb=peak_megabytes(),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        cpu=machine.cpu,
        cores=machine.cores,
        python=machine.python,
        versions=machine.versions,
    )


def _since(told: list[Progress], gap: float) -> float | None:
    """Return when a whole plan within a gap was there first."""
    return next((item.seconds for item in told if item.laid_out and _gap(item) <= gap), None)


def _gap(item: Progress) -> float:
    if not item.cost or item.bound is None:
        return 0.0 if item.cost == 0 else float("inf")
    return (item.cost - item.bound) / item.cost


HEADINGS = (
    "visits", "seed", "task", "first s", "1 % s", "end s", "cost", "bound", "gap",
    "made", "left out", "lost", "new", "moved", "faults",
)  # fmt: skip


def _cells(row: dict[str, str]) -> list[str]:
    """Return a row of the file as the table shows it."""
    seconds = [
        decimal(float(row[key]) if row[key] else None) for key in ("first", "good", "seconds")
    ]
    counts = [row[key] or "–" for key in ("made", "left_out", "lost", "new", "moved", "violations")]
    named = [row["visits"], row["seed"], row["task"]]
    return [*named, *seconds, row["cost"], row["bound"], percent(float(row["gap"])), *counts]


def _plain(figure: Figure) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in asdict(figure).items()}


def _tell(path: Path, page: Path | None) -> int:
    """Print a file as a table in Markdown, or put it into a page."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = "\n".join(_markdown(rows))
    if page is None:
        print(text)
    else:
        page.write_text(filled(page.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def _markdown(rows: list[dict[str, str]]) -> Iterator[str]:
    first = rows[0]
    yield (
        f"Measured {first['date'][:10]} on: {first['cpu']}, {first['cores']} cores, one used, "
        f"Python {first['python']}, {first['versions']}; limit {float(first['limit']):g} s each."
    )
    yield ""
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"| {' | '.join(['---', '--:', '---', *['--:'] * (len(HEADINGS) - 3)])} |"
    for row in rows:
        yield f"| {' | '.join(_cells(row))} |"


def _write(path: Path, found: list[Figure]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [item.name for item in fields(Figure)])
        writer.writeheader()
        writer.writerows(_plain(figure) for figure in found)


if __name__ == "__main__":
    sys.exit(main())
