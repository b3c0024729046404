"""Everyone's month as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from payroll.columns import read
from payroll.columns.table import Labels, Table
from payroll.columns.tables import (
    ALLOWANCE_KINDS,
    KINDS,
    TAX_CATEGORIES,
    Allowances,
    Arrears,
    Deductions,
    People,
    Pieces,
    Spells,
)
from payroll.money import Column, Mask
from payroll.month import Month
from payroll.policy.units import TaxCategory
from payroll.worker import AllowanceKind, Insurance, Kind, WorkerMonth

ByPerson = Spells | Pieces | Allowances | Deductions | Arrears
"""A table with any number of rows a person, in the order of people."""

_ALONG = {
    "names": "ids",
    "employers": "ids",
    "insured_places": "ids",
    "rate_documents": "ids",
    "of_people": "ids",
    "work_places": "spells",
    "items": "pieces",
    "allowance_names": "allowances",
    "deduction_names": "deductions",
    "arrear_lines": "arrears",
}
"""What stands beside what, row by row."""


@dataclass(frozen=True)
class Columns:
    """The inputs of all people. ``last_spell`` is the row of each person's present terms.

    Raises
    ------
    ValueError
        If tables and labels do not fit each other: of other lengths, rows out of the order of
        people or of nobody, or a person without a spell.
    """

    month: Month
    ids: Sequence[str]
    names: Sequence[str]
    employers: Labels
    insured_places: Labels
    rate_documents: Labels
    of_people: People
    spells: Spells
    work_places: Labels
    pieces: Pieces
    items: Labels
    allowances: Allowances
    allowance_names: Labels
    deductions: Deductions
    deduction_names: Labels
    arrears: Arrears
    arrear_lines: Labels
    last_spell: Column = field(init=False)

    def __post_init__(self) -> None:
        for name, table in _ALONG.items():
            length, needed = len(getattr(self, name)), len(getattr(self, table))
            if length != needed:
                raise ValueError(
                    f"{name} 有 {length} 行，{table} 有 {needed} 行，应当相同 / not of one length"
                )
        for rows in (self.spells, self.pieces, self.allowances, self.deductions, self.arrears):
            kind = type(rows).__name__
            if (np.diff(rows.person) < 0).any():
                raise ValueError(f"{kind} 须按人员顺序排列 / must be in the order of people")
            if len(rows) and rows.person[-1] >= len(self):
                raise ValueError(
                    f"{kind} 中的人员 {rows.person[-1]} 不存在，共 {len(self)} 人，从 0 数起 / "
                    "a row of nobody"
                )
        lasts = np.searchsorted(self.spells.person, np.arange(len(self)), side="right") - 1
        if (without := np.flatnonzero(np.diff(lasts, prepend=-1) == 0)).size:
            raise ValueError(
                f"{self.ids[without[0]]} 没有工资期间（Spells），每人至少一行 / has no spell"
            )
        object.__setattr__(self, "last_spell", lasts)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, month: Month, workers: Sequence[WorkerMonth]) -> Columns:
        """Turn records into columns; their order is kept."""
        spells = [(n, spell) for n, worker in enumerate(workers) for spell in worker.spells]
        pieces = [(n, item) for n, worker in enumerate(workers) for item in worker.pieces]
        allowances = [(n, item) for n, worker in enumerate(workers) for item in worker.allowances]
        deductions = [(n, item) for n, worker in enumerate(workers) for item in worker.deductions]
        arrears = [(n, item) for n, worker in enumerate(workers) for item in worker.arrears]
        return cls(
            month=month,
            ids=[worker.id for worker in workers],
            names=[worker.name for worker in workers],
            employers=Labels.of(worker.employer for worker in workers),
            insured_places=Labels.of(w.insured_place or w.work_place for w in workers),
            rate_documents=Labels.of(worker.injury_rate_document for worker in workers),
            of_people=read.read(People, read.PERSON, workers),
            spells=read.read(Spells, read.SPELL, spells),
            work_places=Labels.of(spell.work_place for _, spell in spells),
            pieces=read.read(Pieces, read.PIECE, pieces),
            items=Labels.of(piece.item for _, piece in pieces),
            allowances=read.read(Allowances, read.ALLOWANCE, allowances),
            allowance_names=Labels.of(item.name for _, item in allowances),
            deductions=read.read(Deductions, read.DEDUCTION, deductions),
            deduction_names=Labels.of(item.name for _, item in deductions),
            arrears=read.read(Arrears, read.ARREAR, arrears),
            arrear_lines=Labels.of(item.line for _, item in arrears),
        )

    @property
    def contract(self) -> Mask:
        """Return who works full time under a labour contract."""
        who: Mask = self.of_people.kind == KINDS.index(Kind.LABOUR_CONTRACT)
        return who

    @property
    def part_time(self) -> Mask:
        """Return who works part time, paid by the hour."""
        who: Mask = self.of_people.kind == KINDS.index(Kind.PART_TIME)
        return who

    @property
    def employed(self) -> Mask:
        """Return who has a labour relation, full time or part time."""
        return self.contract | self.part_time

    def agreement_taxed_as(self, category: TaxCategory) -> Mask:
        """Return whose pay under an agreement is declared as this kind of income."""
        is_so: Mask = self.of_people.agreement_tax == TAX_CATEGORIES.index(category)
        return ~self.employed & is_so

    def allowances_of(self, *kinds: AllowanceKind) -> Column:
        """Return each person's allowances of some kinds, in fen."""
        codes = [ALLOWANCE_KINDS.index(kind) for kind in kinds]
        given = self.allowances
        return self.sum_by_person(given, np.where(np.isin(given.kind, codes), given.amount, 0))

    @property
    def whole_month(self) -> Mask:
        """Return whose employment covers every scheduled day of the month."""
        whole: Mask = self.here_at_both_ends & (self.of_people.between_days == 0)
        return whole

    @property
    def here_at_both_ends(self) -> Mask:
        """Return who is employed on the first and on the last day, perhaps not in between."""
        first, last = self.month.first.toordinal(), self.month.last.toordinal()
        return (self.of_people.joined <= first) & (self.of_people.left >= last)

    @property
    def gone(self) -> Mask:
        """Return who left before the month: only what earlier months leave is settled with them."""
        return self.of_people.left < self.month.first.toordinal()

    @property
    def leaving(self) -> Mask:
        """Return who has left by the end of the month: no later wage is to come."""
        left: Mask = self.of_people.left <= self.month.last.toordinal()
        return left

    @property
    def any_insurance(self) -> Mask:
        """Return who is covered by at least one insurance."""
        covered: Mask = np.logical_or.reduce([self.of_people.insured(kind) for kind in Insurance])
        return covered

    @property
    def all_insurances(self) -> Mask:
        """Return who is covered by all five insurances."""
        covered: Mask = np.logical_and.reduce([self.of_people.insured(kind) for kind in Insurance])
        return covered

    @property
    def one_spell_each(self) -> bool:
        """Return whether nobody's terms changed within the month."""
        return len(self.spells.person) == len(self)

    def of_spells(self, per_spell: Column) -> Column:
        """Return amounts of spells summed per person."""
        return per_spell if self.one_spell_each else self.sum_by_person(self.spells, per_spell)

    def sum_by_person(self, rows: ByPerson, of: Column) -> Column:
        """Return amounts of spells or items summed per person, exactly."""
        total = np.zeros(len(self), np.int64)
        np.add.at(total, rows.person, of)
        return total

    def fingerprints(self) -> Iterator[tuple[str, bytes]]:
        """Return every input as bytes, in a fixed order."""
        for name in ("ids", "names"):
            yield name, "\n".join(getattr(self, name)).encode()
        for item in fields(self):
            content = getattr(self, item.name)
            if isinstance(content, Labels):
                yield item.name, "\n".join(content.values).encode() + content.row.tobytes()
            elif isinstance(content, Table):
                for column, values in content.in_use():
                    yield f"{item.name}.{column}", values.tobytes()

    def spells_of(self, person: int) -> range:
        """Return the rows of one person's spells, in order of time."""
        return self.rows_of(self.spells, person)

    def rows_of(self, rows: ByPerson, person: int) -> range:
        """Return the rows of one person's spells or items."""
        low, high = np.searchsorted(rows.person, [person, person + 1])
        return range(int(low), int(high))
