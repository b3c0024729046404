"""How long reading an instance takes, its forms, its exact model, and checking a roster."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from benchmarks.harness.fresh import FreshError, in_fresh_process
from benchmarks.harness.machine import Machine, peak_megabytes
from rostering import Roster, check, cost, read_nrp
from rostering.exact.model import hard
from rostering.forms import forms

STEPS = ("read", "forms", "model", "check", "cost")
COLUMNS = ("instance", *STEPS, "peak_mb", "error", "date")
STOP = 600.0

Out = TypeVar("Out")


def build(directory: Path, instances: Sequence[int], out: Path | None) -> int:
    """Time the steps of every instance, each in a fresh process; print and write the seconds."""
    machine = asdict(Machine.this())
    print("  ".join(f"{name:>10}" for name in COLUMNS[:-2]), flush=True)
    rows = [_measured(directory / f"Instance{number}.txt") for number in instances]
    if out:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*COLUMNS, *machine])
            writer.writeheader()
            writer.writerows(row | machine for row in rows)
    return 1 if any(row["error"] for row in rows) else 0


def _measured(path: Path) -> dict[str, str]:
    try:
        found = in_fresh_process(steps, path, seconds=STOP)
    except FreshError as error:
        found = dict.fromkeys(COLUMNS, "") | {"error": str(error)}
    row = found | {"instance": path.stem, "date": datetime.now(UTC).isoformat(timespec="seconds")}
    print("  ".join(f"{row[name]:>10}" for name in COLUMNS[:-2]), row["error"], flush=True)
    return row


def steps(path: Path) -> dict[str, str]:
    """Return the seconds of every step, and the peak memory."""
    found: dict[str, str] = dict.fromkeys(COLUMNS, "")
    problem, found["read"] = _timed(lambda: read_nrp(path))
    _, found["forms"] = _timed(lambda: forms(problem))
    _, found["model"] = _timed(lambda: hard(problem))
    rows = [[None] * problem.days] * len(problem.staff)
    roster = Roster.from_rows(problem, rows)
    _, found["check"] = _timed(lambda: check(problem, roster))
    _, found["cost"] = _timed(lambda: cost(problem, roster))
    megabytes = peak_megabytes()
    return found | {"peak_mb": "" if megabytes is None else f"{megabytes:.0f}"}


def _timed(call: Callable[[], Out]) -> tuple[Out, str]:
    began = perf_counter()
    answer = call()
    return answer, f"{perf_counter() - began:.3f}"
