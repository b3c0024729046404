"""A computed month: its lines, totals, payslips and digest."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from payroll.columns import Columns
from payroll.given import GivenTypeError
from payroll.lines.catalogue import LATER
from payroll.lines.line import Line
from payroll.lines.sheet import Warn
from payroll.money import Column
from payroll.month import Month
from payroll.payslips.fingerprint import NEWEST, VERSIONS, fingerprints
from payroll.payslips.payslip import Payslip, payslip


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
        """Return one person's explained payslip; persons are counted from 0 in input order.

        Raises
        ------
        GivenTypeError
            If something else than a place is given; of a worker's id the places are told.
        IndexError
            If there are not so many people.
        """
        if isinstance(person, str):
            raise GivenTypeError("第几人", "place of a person", person, self._places(person))
        # A numpy integer is a place as well, and True is none.
        if isinstance(person, bool) or not isinstance(person, int | np.integer):
            raise GivenTypeError("第几人", "place of a person", person, "payslip(0)")
        if not 0 <= person < len(self):
            raise IndexError(
                f"没有第 {person} 人：共 {len(self)} 人，从 0 数起，最后一人是 {len(self) - 1}"
                f" / no person {person}: there are {len(self)}, counted from 0"
            )
        return payslip(self.people, person, self.lines, self.warnings)

    def _places(self, worker: str) -> str:
        """Return how a worker's payslips are asked for, by the id."""
        places = [at for at, known in enumerate(self.people.ids) if known == worker]
        return "、".join(f"payslip({at})" for at in places) or "payslip(0)"

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

    def digest(self, version: int = NEWEST) -> str:
        """Return a fingerprint of inputs, figures and result; equal means bit-identical.

        Parameters
        ----------
        version
            What it covers (`payroll.payslips.fingerprint.VERSIONS`); a digest is compared with one
            of its own version.
        """
        seal = hashlib.sha256(str(self.month).encode())
        for name, content in fingerprints(self.people, version):
            seal.update(name.encode())
            seal.update(content)
        for line in self.lines:
            is_new = line.code in LATER and not line.applies.any()
            if is_new or line.code in VERSIONS[version].lacks_lines:
                continue
            seal.update(line.code.encode())
            seal.update(np.ascontiguousarray(line.amounts, dtype="<i8").tobytes())
            for figure in line.all_figures:
                seal.update(repr(tuple(found.as_sealed for found in figure.found)).encode())
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
