"""Runs of an engine or a peer: each in a fresh process, recounted, kept as rows of a CSV file."""

from benchmarks.harness.fresh import in_fresh_process
from benchmarks.harness.machine import Machine
from benchmarks.harness.measure import measure
from benchmarks.harness.row import Row, read_rows, rows_of, write_rows
from benchmarks.harness.run import Run
from benchmarks.harness.task import Task

__all__ = [
    "Machine",
    "Row",
    "Run",
    "Task",
    "in_fresh_process",
    "measure",
    "read_rows",
    "rows_of",
    "write_rows",
]
