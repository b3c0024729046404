"""The sheet on which a month is computed: inputs, figures, and the lines as they arise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from payroll.columns import Columns
from payroll.figures import Figure
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.line import Formula, Line, LineKind, Operand
from payroll.money import Column, Mask
from payroll.policy import Name
from payroll.refuse import Problem


@dataclass(frozen=True)
class Warn:
    """Something a person's payslip must say, and on whose."""

    code: str
    text: Name
    people: Mask


@dataclass
class Sheet:
    """One month in the making."""

    people: Columns
    figures: Mapping[str, Figure]
    lines: dict[str, Line] = field(default_factory=dict)
    warnings: list[Warn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def amounts(self, code: str) -> Column:
        """Return the amounts of a line already computed, in fen."""
        return self.lines[code].amounts

    def of_kind(self, kind: LineKind) -> list[Line]:
        """Return the lines of one kind computed so far."""
        return [line for line in self.lines.values() if line.kind is kind]

    def add(
        self,
        code: str,
        amounts: Column,
        rule: Callable[..., Any],
        *formulas: Formula,
        variant: Column | None = None,
        operands: Mapping[str, Operand] | None = None,
        figures: Sequence[Figure] = (),
        inputs: Sequence[str] = (),
        applies: Mask | None = None,
    ) -> None:
        """Add a line, with its name and kind from the catalogue."""
        kind, name = CATALOGUE[code]
        self.lines[code] = Line(
            code=code,
            name=name,
            kind=kind,
            amounts=amounts,
            rule=rule,
            formulas=formulas,
            # One formula for all takes no memory: every row is the same cell.
            variant=np.broadcast_to(np.int64(0), amounts.shape) if variant is None else variant,
            operands=operands or {},
            figures=tuple(figures),
            inputs=tuple(inputs),
            applies=amounts != 0 if applies is None else applies,
        )

    def add_by_spell(
        self,
        code: str,
        amounts: Column,
        rule: Callable[..., Any],
        *formulas: Formula,
        variant: Column | None = None,
        operands: Mapping[str, Operand],
        figures: Sequence[Figure] = (),
        inputs: Sequence[str],
        applies: Mask | None = None,
    ) -> None:
        """Add a line reckoned spell by spell: amounts, variants and operands are per spell."""
        people = self.people
        self.add(
            code,
            people.of_spells(amounts),
            rule,
            *formulas,
            variant=np.broadcast_to(np.int64(0), amounts.shape) if variant is None else variant,
            operands=operands,
            figures=figures,
            inputs=inputs,
            applies=applies,
        )
        if not people.one_spell_each:
            self.lines[code] = replace(self.lines[code], spells_of=people.spells_of)

    def warn(self, code: str, people: Mask, zh: str, en: str) -> None:
        """Add a warning if it concerns anybody."""
        if people.any():
            self.warnings.append(Warn(code, Name(zh=zh, en=en), people))

    def refuse(self, field_name: str, people: Mask, zh: str, en: str) -> None:
        """Note a problem for each of the people concerned."""
        self.problems += [
            Problem(self.people.ids[person], field_name, zh, en, person)
            for person in np.flatnonzero(people).tolist()
        ]
