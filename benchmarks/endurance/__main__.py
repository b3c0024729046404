"""Disturb the product on purpose and count what was lost, doubled or kept in part.

    python -m benchmarks.endurance                       # every part at full size, for hours
    python -m benchmarks.endurance kills restarts --times 10
    python -m benchmarks.endurance --out FILE.csv --into docs/reliability.md

A run that is stopped goes on where it stopped when it is started with the same scratch folder and
seed. It ends with 1 if anything was lost, doubled or kept in part. PostgreSQL's server programs are
needed for it (Debian: postgresql), and the right to mount a disk for the part ``disk``.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import benchmarks.endurance as package
from benchmarks.endurance.part import Options, Row, Run
from benchmarks.harness import Machine
from benchmarks.report import filled
from tests.postgres import binaries

COLUMNS = (
    "part", "database", "actions", "disturbed", "lost", "doubled", "in_part",
    "seed", "date", "commit", "cpu", "cores",
)  # fmt: skip


def parts() -> dict[str, Run]:
    """Return every part by name: the modules of this package that have a ``PART`` and a ``run``."""
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    modules = [
        importlib.import_module(f"{package.__name__}.{name}")
        for name in names
        if not name.startswith("__")
    ]
    return {module.PART: module.run for module in modules if hasattr(module, "PART")}


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that are named, print and keep what came of them."""
    known = parts()
    parser = argparse.ArgumentParser(
        prog="benchmarks.endurance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(known))
    parser.add_argument("--times", type=int, default=100, help="disturbances on each database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", action="append", choices=("sqlite", "postgresql"))
    parser.add_argument("--scratch", type=Path, help="where to work, and to go on later")
    parser.add_argument("--out", type=Path, help="results, as CSV")
    parser.add_argument("--into", type=Path, help="page whose table is to be filled")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.parts) - set(known):
        parser.error(
            f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(known)}"
        )
    installed = ("sqlite", "postgresql") if binaries() else ("sqlite",)
    databases = tuple(name for name in installed if name in (asked.database or installed))
    scratch = asked.scratch or Path(tempfile.mkdtemp(prefix="rukang-endurance-"))
    scratch.mkdir(parents=True, exist_ok=True)
    options = Options(scratch, asked.seed, asked.times, databases, _say)
    rows = [row for name in asked.parts or known for row in known[name](options)]
    print(_table(rows))
    for row in rows:
        for fault in row.faults:
            print(f"✗ {row.part} {row.database}: {fault}")
    if asked.out:
        _keep(asked.out, rows, asked.seed)
    if asked.into:
        page = asked.into.read_text(encoding="utf-8")
        asked.into.write_text(filled(page, _table(rows)), encoding="utf-8")
    return 0 if all(row.is_sound for row in rows) else 1


def _say(text: str) -> None:
    print(text, flush=True)


def _table(rows: Iterable[Row]) -> str:
    lines = [
        "| part | database | disturbed | compared | lost | doubled | in part |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.part} | {row.database} | {row.disturbed} | {row.actions} | {row.lost}"
        f" | {row.doubled} | {row.in_part} |"
        for row in rows
    ]
    return "\n".join(lines)


def _keep(file: Path, rows: Iterable[Row], seed: int) -> None:
    machine = Machine.this()
    common = {
        "seed": seed,
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _commit(),
        "cpu": machine.cpu,
        "cores": machine.cores,
    }
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**vars(row), **common} for row in rows)


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
