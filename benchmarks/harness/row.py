"""Runs as rows of a CSV file: one row for each moment asked about, the run's end last."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.harness.machine import Machine
from benchmarks.harness.run import Run, own_gap
from rostering import Progress

OWN = "rostering"
"""How our engine is called if nobody asked for a method."""


@dataclass(frozen=True)
class Row:
    """A run's figures after some seconds, and what they were measured on.

    Parameters
    ----------
    limit
        Seconds that the run was given.
    at
        Seconds after which it was looked at; the same as ``limit`` at its end. An earlier cost is
        what the engine reported then; only the roster of the end is recounted.
    seconds
        Time taken until then; of an end it may exceed the limit, if the engine overran.
    gap
        Of the cost to the best known.
    own_gap
        Of the cost to the run's own bound.
    first_roster, five_percent
        Seconds until the first roster, and until a proven gap of 5 %.
    trajectory
        ``seconds/cost/bound`` at every change, a dash for what is not known; at the end only.
    """

    kind: str
    instance: str
    staff: int
    days: int
    engine: str
    seed: int
    threads: int | None
    limit: float
    at: float
    status: str
    cost: int | None
    bound: int | None
    best_known: int | None
    planted: int | None
    gap: float | None
    own_gap: float | None
    seconds: float | None
    first_roster: float | None
    five_percent: float | None
    first_use: float | None
    peak_mb: float | None
    broken: int
    error: str
    date: str
    cpu: str
    cores: int
    python: str
    system: str
    versions: str
    trajectory: str = ""

    @property
    def is_end(self) -> bool:
        """Return whether the row tells of the run's end."""
        return self.at == self.limit

    def moments(self) -> list[Progress]:
        """Return the trajectory."""
        return [_moment(item) for item in self.trajectory.split()]


def rows_of(
    run: Run, machine: Machine, now: datetime, *, best: int | None = None, marks: Sequence[float]
) -> list[Row]:
    """Return the rows of a run: those of the marks before its limit, and its end."""
    limit = run.task.limit
    looks = [*sorted(mark for mark in marks if mark < limit), limit]
    return [_row(run, machine, now, best, at) for at in looks]


def _row(run: Run, machine: Machine, now: datetime, best: int | None, at: float) -> Row:
    task = run.task
    is_end = at == task.limit
    stood = run.end() if is_end else run.at(at)
    return Row(
        kind=task.kind,
        instance=task.name,
        staff=run.staff,
        days=run.days,
        engine=task.engine or OWN,
        seed=task.seed,
        threads=task.threads,
        limit=task.limit,
        at=at,
        status=run.status if is_end or (run.seconds or 0) <= at else "running",
        cost=stood.cost,
        bound=stood.bound,
        best_known=best,
        planted=run.planted,
        gap=gap_to(stood.cost, best),
        own_gap=own_gap(stood.cost, stood.bound),
        seconds=stood.seconds,
        first_roster=run.first_within(None),
        five_percent=run.first_within(0.05),
        first_use=run.first_use,
        peak_mb=run.megabytes,
        broken=run.broken,
        error=run.error,
        date=now.isoformat(timespec="seconds"),
        trajectory=" ".join(map(_text, run.trajectory())) if is_end else "",
        **asdict(machine),
    )


def gap_to(cost: int | None, best: int | None) -> float | None:
    """Return how far a cost is above the best known, as a fraction of that."""
    return None if cost is None or best is None else (cost - best) / max(1, abs(best))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows, replacing the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)])
        writer.writeheader()
        writer.writerows(_cells(row) for row in rows)


def read_rows(path: Path) -> list[Row]:
    """Read rows back.

    Raises
    ------
    ValueError
        If the file has other columns.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        wanted = [field.name for field in fields(Row)]
        if list(reader.fieldnames or ()) != wanted:
            raise ValueError(f"{path.name} was not written by benchmarks.rostering: other columns")
        return [Row(**{name: _value(name, text) for name, text in row.items()}) for row in reader]


def _cells(row: Row) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in asdict(row).items()}


def _rounded(value: Any) -> Any:
    return f"{value:.6g}" if isinstance(value, float) else value


TYPES = {field.name: str(field.type) for field in fields(Row)}


def _value(name: str, text: str) -> Any:
    kind = TYPES[name]
    if text == "" and "None" in kind:
        return None
    return int(text) if kind.startswith("int") else float(text) if "float" in kind else text


def _text(item: Progress) -> str:
    cost, bound = ("-" if value is None else str(value) for value in (item.cost, item.bound))
    return f"{item.seconds:.4g}/{cost}/{bound}"


def _moment(text: str) -> Progress:
    seconds, cost, bound = text.split("/")
    return Progress(float(seconds), *(None if v == "-" else int(v) for v in (cost, bound)))
