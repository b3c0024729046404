"""Measure the roster engine: public instances, generated homes, growth, and building.

    python -m benchmarks.rostering --data DIR --instances 1 2 3 --limit 60
    python -m benchmarks.rostering --data DIR --limit 600 --marks 60 --peer cp-sat --peer plain
    python -m benchmarks.rostering --homes 25x4 --seeds 3 --limit 20
    python -m benchmarks.rostering --growth --limit 60
    python -m benchmarks.rostering --build --data DIR

DIR holds ``Instance1.txt`` … and ``best_known.csv`` (columns ``instance`` and ``best_known``).
Every run has a process of its own, and every roster is recounted by the checker. The exit code is 1
if a roster breaks a rule, a proven optimum differs from the best known, a bound exceeds it, or a
run fails. benchmarks/README.md tells how to read the figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.build import build
from benchmarks.faults import faults
from benchmarks.harness import Machine, Row, Run, Task, in_fresh_process, measure, rows_of
from benchmarks.harness.fresh import FreshError
from benchmarks.harness.row import write_rows
from benchmarks.harness.task import BASIC_HOME, HOME, PUBLIC, size
from benchmarks.peers import PEERS
from benchmarks.published import best_known
from benchmarks.table import LEGEND, heading, line

GROWTH = ("10x4", "20x4", "40x4", "80x4", "160x4", "400x4")
"""Homes of the growth study."""

GROWTH_GAP = 0.05
"""Proven gap at which a run of the growth study ends."""

GRACE = 300.0
"""Seconds beyond the limit, for reading, building and the recount, after which a run is stopped."""


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; print a line for each run and write the figures."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.build:
        return build(_data(parser, options), options.instances, options.out)
    tasks = list(_tasks(parser, options))
    best = best_known(options.data) if options.data else {}
    rows, wrong = _run(tasks, best, options)
    if options.plot:
        _plot(options, rows)
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


def _run(
    tasks: list[Task], best: dict[str, int], options: argparse.Namespace
) -> tuple[list[Row], list[str]]:
    """Run tasks one after the other; the file is written after each, so that none is lost."""
    machine = Machine.this()
    print(f"{machine.cpu}, {machine.cores} cores, Python {machine.python}, {machine.versions}")
    print(LEGEND, heading(), sep="\n", flush=True)
    rows: list[Row] = []
    wrong: list[str] = []
    for task in tasks:
        run, known = run_task(task), best.get(task.name)
        new = rows_of(run, machine, datetime.now(UTC), best=known, marks=options.marks)
        print("\n".join(map(line, new)), flush=True)
        rows += new
        wrong += faults(run, known)
        if options.out:
            write_rows(options.out, rows)
    return rows, wrong


def run_task(task: Task) -> Run:
    """Return the run of a task in a fresh process; a failed one says why."""
    try:
        return in_fresh_process(measure, task, seconds=task.limit + GRACE)
    except FreshError as error:
        return Run(task, error=str(error))


def _tasks(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Iterator[Task]:
    """Yield one task for each instance or home, seed and engine or peer."""
    gap = GROWTH_GAP if options.growth else 0.0
    plain = Task(
        HOME,
        "",
        limit=options.limit,
        iterations=options.iterations,
        threads=options.threads,
        gap=gap,
        is_cold=options.cold,
    )
    homes = options.homes or (GROWTH if options.growth else ())
    kind = HOME if options.rules == "all" else BASIC_HOME
    if homes:
        _refuse_peers(parser, options)
        problems = [replace(plain, kind=kind, instance=home) for home in homes]
    else:
        files = [_data(parser, options) / f"Instance{n}.txt" for n in options.instances]
        problems = [replace(plain, kind=PUBLIC, instance=str(path)) for path in files]
    for problem in problems:
        for seed in _seeds(options):
            for engine in (*options.engine, *options.peer):
                yield replace(problem, seed=seed, engine=engine)


def _seeds(options: argparse.Namespace) -> list[int]:
    """Return the seeds named, or the first so many."""
    return options.seed or list(range(options.seeds))


def _data(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Path:
    if options.data is None:
        parser.error("name the folder of the public instances: --data DIR")
    return Path(options.data)


def _refuse_peers(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.peer:
        parser.error("peers know the rules of the public instances only: leave out --peer")


def _plot(options: argparse.Namespace, rows: list[Row]) -> None:
    from benchmarks import plots

    draw = plots.growth if options.growth else plots.gaps
    draw(rows, options.plot)


def _size(text: str) -> str:
    try:
        size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="benchmarks.rostering",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _say_what(parser)
    _say_how(parser)
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help="write every figure")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw; needs matplotlib")
    return parser


def _say_what(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("what to measure").add_argument
    add("--data", type=Path, metavar="DIR", help="folder of the public instances")
    add("--instances", type=int, nargs="+", default=list(range(1, 25)), metavar="N")
    add("--homes", type=_size, nargs="+", default=[], metavar="STAFFxWEEKS")
    add("--rules", choices=["all", "basic"], default="all", help="rules of generated homes")
    add("--growth", action="store_true", help=f"homes ({', '.join(GROWTH)}) to a gap of 5 %%")
    add("--build", action="store_true", help="time reading, forms, model and check instead")


def _say_how(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("how").add_argument
    add("--limit", type=float, default=60.0, metavar="S", help="seconds for each run (60)")
    counted = (
        "work for each run, counted; the same however busy the machine if --limit is long enough"
    )
    add("--iterations", type=int, metavar="N", help=counted)
    add("--seed", type=int, nargs="+", default=[], metavar="N", help="seeds by name")
    add("--seeds", type=int, default=1, metavar="K", help="seeds 0 to K-1 (1)")
    methods = "methods of solve: auto, exact, columns …; without any name, peers only"
    add("--engine", nargs="*", default=[""], metavar="METHOD", help=methods)
    add("--peer", action="append", choices=sorted(PEERS), default=[])
    add("--threads", type=int, metavar="N", help="threads of every engine; peers: all cores")
    marks = "also tell where each run stood after S seconds"
    add("--marks", type=float, nargs="+", default=[], metavar="S", help=marks)
    add("--cold", action="store_true", help="count first use (imports, compilation) as time")


if __name__ == "__main__":
    sys.exit(main())
