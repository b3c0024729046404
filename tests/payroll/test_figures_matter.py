"""Mutation of the figures: whatever figure is changed a little, some golden case notices.

Rates, amounts, tiers, steps of the tax table, roundings and lists, on every date on which they
change: each is changed by itself, and the cases that read it are computed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from payroll import Month, Policy, RefusedInput, UnknownFigure, WorkerMonth, compute, yuan
from payroll.money import Rounding, fen
from payroll.policy.parameter import Entry
from payroll.policy.units import Bracket
from tests.payroll.test_golden import cases, policy_of, worker_of
from tests.payroll.test_golden_complete import FIRST, READ

REFUSES = "wage.deduction_ceiling"
"""Decides whether a month is refused, which no golden case is: see test_refuse."""

Key = tuple[str, str, date]


@dataclass(frozen=True)
class Case:
    """A golden case, ready to be computed again."""

    month: Month
    worker: WorkerMonth
    policy: Policy
    expected: dict[str, Any]
    warnings: list[str]

    def holds(self, policy: Policy) -> bool:
        """Return whether what was worked out by hand comes out under a rule base."""
        try:
            payroll = compute(self.month, [self.worker], policy)
        except (RefusedInput, UnknownFigure):
            return False
        found = {code: yuan(payroll.amounts(code)[0]) for code in self.expected}
        told = [code for code, _ in payroll.payslip(0).warnings]
        expected = {code: yuan(fen(amount)) for code, amount in self.expected.items()}
        return (found, told) == (expected, self.warnings)


@pytest.fixture(scope="module")
def readers(demo: Policy, tmp_path_factory: pytest.TempPathFactory) -> dict[Key, list[Case]]:
    """The cases that read a figure, those that expect something of its line first."""
    found: dict[Key, dict[int, tuple[bool, Case]]] = defaultdict(dict)
    for number, given in enumerate(cases()):
        case = Case(
            Month.parse(given["month"]),
            worker_of(given),
            policy_of(given["local"], demo, tmp_path_factory.mktemp(f"figures{number}")),
            given["expected"],
            given["warnings"],
        )
        for line in compute(case.month, [case.worker], case.policy).payslip(0).lines:
            for figure in line.figures:
                for read in filter(None, (figure, figure.via)):
                    key = (read.parameter, read.place, read.valid_from)
                    is_expected = line.code in case.expected or key[0] == "minimum_wage.tier"
                    found[key][number] = (
                        is_expected or found[key].get(number, (False,))[0],
                        case,
                    )
    return {
        key: [case for _, case in sorted(of.values(), key=lambda pair: not pair[0])]
        for key, of in found.items()
    }


@pytest.mark.parametrize("parameter", sorted((READ | {"minimum_wage.tier"}) - {REFUSES}))
def test_a_figure_changed_is_noticed(
    parameter: str, demo: Policy, readers: dict[Key, list[Case]]
) -> None:
    """Every value of every date; what nobody notices is named."""
    declared, unnoticed = demo.parameters[parameter], []
    for at, entry in enumerate(declared.values):
        if entry.last is not None and entry.last < FIRST:
            continue
        for changed in _changed(entry):
            values = (*declared.values[:at], changed, *declared.values[at + 1 :])
            mutated = demo.parameters | {parameter: declared.model_copy(update={"values": values})}
            known = readers[parameter, entry.place, entry.first]
            if all(case.holds(Policy(mutated, case.policy.local)) for case in known):
                unnoticed.append(f"{entry.place} {entry.first}: {entry.value} → {changed.value}")
    assert unnoticed == []


def _changed(entry: Entry) -> Iterator[Entry]:
    return (entry.model_copy(update={"value": value}) for value in _values(entry.value))


def _values(value: Any) -> Iterator[Any]:
    """Return other values near a value, one change at a time."""
    match value:
        case dict():
            yield from (value | {tier: it} for tier in value for it in _values(value[tier]))
        case (Bracket(), *_):
            for at, step in enumerate(value):
                yield from ((*value[:at], it, *value[at + 1 :]) for it in _steps(step))
        case tuple():
            # Overtime is left out by the rule itself, and named for the reader.
            words = [word for word in value if word != "overtime"]
            yield from (tuple(word for word in value if word != left) for left in words)
        case _:
            yield from _others(value)


def _others(value: Any) -> Iterator[Any]:
    """Return a fen more, a tenth of a rate more, the tier beside, the contrary, other roundings."""
    match value:
        case bool():
            yield not value
        case Rounding():
            yield from (other for other in Rounding if other is not value)
        case Decimal():
            yield value + (Decimal("0.01") if value > 1 else value / 10 or Decimal("0.01"))
        case int():
            yield value - 1 if value > 1 else value + 1
        case _:
            raise TypeError(f"no change is known for {value!r}")


def _steps(step: Bracket) -> Iterator[Bracket]:
    yield step.model_copy(update={"rate": step.rate + Decimal("0.01")})
    yield step.model_copy(update={"quick_deduction": step.quick_deduction + 1})
    if step.up_to is not None:
        yield step.model_copy(update={"up_to": step.up_to + 1})
