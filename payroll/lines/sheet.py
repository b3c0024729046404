"""The sheet on which a month is computed: inputs, figures, and the lines as they arise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
            variant=np.zeros_like(amounts) if variant is None else variant,
            operands=operands or {},
            figures=tuple(figures),
            inputs=tuple(inputs),
            applies=amounts != 0 if applies is None else applies,
        )

    def warn(self, code: str, people: Mask, zh: str, en: str) -> None:
        """Add a warning if it concerns anybody."""
        if people.any():
            self.warnings.append(Warn(code, Name(zh=zh, en=en), people))

    def refuse(self, field_name: str, people: Mask, zh: str, en: str) -> None:
        """Note a problem for each of the people concerned."""
        self.problems += [
            Problem(self.people.workers[person].id, field_name, zh, en)
            for person in np.flatnonzero(people)
        ]
