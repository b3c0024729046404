"""A computed month: its lines, totals, payslips and digest."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from payroll.lines.line import Line
from payroll.lines.sheet import Warn
from payroll.money import Column
from payroll.month import Month
from payroll.payslip import Payslip, payslip
from payroll.worker import WorkerMonth


@dataclass(frozen=True)
class Totals:
    """Sums over people, in fen."""

    people: int
    gross_fen: int
    net_fen: int
    employer_total_fen: int


@dataclass(frozen=True)
class Payroll:
    """The wages of a month; lines are columns in the order of ``workers``."""

    month: Month
    workers: tuple[WorkerMonth, ...]
    lines: tuple[Line, ...]
    warnings: tuple[Warn, ...]

    def __len__(self) -> int:
        return len(self.workers)

    def line(self, code: str) -> Line:
        """Return a line by its code."""
        return self._by_code[code]

    def amounts(self, code: str) -> Column:
        """Return everyone's amounts of a line, in fen."""
        return self.line(code).amounts

    def payslip(self, person: int) -> Payslip:
        """Return one person's explained payslip; persons are counted from 0 in input order."""
        return payslip(self.month, self.workers[person], person, self.lines, self.warnings)

    @property
    def totals(self) -> Totals:
        """Return the sums over everyone."""
        return self._totals(np.arange(len(self)))

    @property
    def totals_by_employer(self) -> dict[str, Totals]:
        """Return the sums per employer, employers in order of first appearance."""
        employers = np.array([worker.employer for worker in self.workers])
        order = dict.fromkeys(worker.employer for worker in self.workers)
        return {employer: self._totals(np.flatnonzero(employers == employer)) for employer in order}

    def digest(self) -> str:
        """Return a fingerprint of inputs, figures and result; equal means bit-identical."""
        seal = hashlib.sha256(str(self.month).encode())
        for worker in self.workers:
            seal.update(_canonical(worker).encode())
        for line in self.lines:
            seal.update(line.code.encode())
            seal.update(np.ascontiguousarray(line.amounts, dtype="<i8").tobytes())
            for figure in line.all_figures:
                seal.update(repr(figure.found).encode())
                seal.update(np.ascontiguousarray(figure.row, dtype="<i8").tobytes())
        return seal.hexdigest()

    @cached_property
    def _by_code(self) -> dict[str, Line]:
        return {line.code: line for line in self.lines}

    def _totals(self, who: Sequence[int] | Column) -> Totals:
        gross, net, cost = (
            int(self.amounts(code)[who].sum()) for code in ("gross", "net", "employer_total")
        )
        return Totals(len(who), gross, net, cost)


def _canonical(worker: WorkerMonth) -> str:
    """Return a worker's record as text that does not depend on the order within a set."""
    return worker.model_dump_json(exclude={"insured"}) + ",".join(sorted(worker.insured))
