"""Solve the public Curtois and Qu instances, recount the rosters and compare with the best known.

    python -m benchmarks.nrp24 DIR --instances 1 2 3 --time-limit 120

DIR holds ``Instance1.txt`` … and ``best_known.csv`` (columns ``instance`` and ``best_known``). The
exit code is 1 if a roster does not pass the check, a proven optimum differs from the best known, or
a bound exceeds it.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from rostering import Result, Status, check, cost, read_nrp, solve


def main(arguments: list[str] | None = None) -> int:
    """Run the instances asked for and print one line each."""
    options = _parser().parse_args(arguments)
    best = _best_known(options.directory)
    print(f"{'instance':<12}{'cost':>7}{'bound':>7}{'best':>7}{'gap':>8}{'seconds':>9}  status")
    wrong = []
    for number in options.instances:
        problem = read_nrp(options.directory / f"Instance{number}.txt")
        result = solve(problem, time_limit=options.time_limit, seed=options.seed)
        known = best.get(problem.name)
        print(_line(result, known), flush=True)
        wrong += _faults(result, known)
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.nrp24", description=__doc__)
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("--instances", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--time-limit", type=float, default=120.0, help="seconds an instance")
    parser.add_argument("--seed", type=int, default=0)
    return parser


def _best_known(directory: Path) -> dict[str, int]:
    with (directory / "best_known.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: int(row["best_known"]) for row in csv.DictReader(file)}


def _line(result: Result, known: int | None) -> str:
    gap = "-" if result.gap is None else f"{result.gap:.2%}"
    figures = (
        f"{'-' if value is None else value:>7}" for value in (result.cost, result.bound, known)
    )
    seconds = f"{result.runtime_seconds:>9.1f}"
    return f"{result.problem.name:<12}{''.join(figures)}{gap:>8}{seconds}  {result.status}"


def _faults(result: Result, known: int | None) -> list[str]:
    name, faults = result.problem.name, []
    if result.roster is not None:
        faults += [f"{name}: {item.message}" for item in check(result.problem, result.roster)]
        if cost(result.problem, result.roster) != result.cost:
            faults.append(f"{name}: the recount differs from the cost {result.cost}")
    if known is not None and result.status is Status.OPTIMAL and result.cost != known:
        faults.append(f"{name}: proven optimum {result.cost}, best known {known}")
    if known is not None and result.bound is not None and result.bound > known:
        faults.append(f"{name}: bound {result.bound} exceeds the best known {known}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
