"""A computed month: its lines, totals, payslips and digest."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from payroll.columns import Columns
from payroll.lines.line import Line
from payroll.lines.sheet import Warn
from payroll.money import Column
from payroll.month import Month
from payroll.payslip import Payslip, payslip


@dataclass(frozen=True)
class Totals:
    """Sums over people, in fen."""

    people: int
    gross_fen: int
    net_fen: int
    employer_total_fen: int


@dataclass(frozen=True)
class Payroll:
    """The wages of a month; lines are columns in the order of ``people``."""

    month: Month
    people: Columns
    lines: tuple[Line, ...]
    warnings: tuple[Warn, ...]

    def __len__(self) -> int:
        return len(self.people)

    def line(self, code: str) -> Line:
        """Return a line by its code."""
        return self._by_code[code]

    def amounts(self, code: str) -> Column:
        """Return everyone's amounts of a line, in fen; a line nobody has is nil for all."""
        line = self._by_code.get(code)
        return np.zeros(len(self), np.int64) if line is None else line.amounts

    def payslip(self, person: int) -> Payslip:
        """Return one person's explained payslip; persons are counted from 0 in input order."""
        return payslip(self.people, person, self.lines, self.warnings)

    @property
    def totals(self) -> Totals:
        """Return the sums over everyone."""
        return self._totals(np.arange(len(self)))

    @property
    def totals_by_employer(self) -> dict[str, Totals]:
        """Return the sums per employer, employers in order of first appearance."""
        employers = self.people.employers
        return {
            name: self._totals(np.flatnonzero(employers.row == row))
            for row, name in enumerate(employers.values)
        }

    def digest(self) -> str:
        """Return a fingerprint of inputs, figures and result; equal means bit-identical."""
        seal = hashlib.sha256(str(self.month).encode())
        for name, content in self.people.fingerprints():
            seal.update(name.encode())
            seal.update(content)
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

    def _totals(self, who: Column) -> Totals:
        gross, net, cost = (
            int(self.amounts(code)[who].sum()) for code in ("gross", "net", "employer_total")
        )
        return Totals(len(who), gross, net, cost)
