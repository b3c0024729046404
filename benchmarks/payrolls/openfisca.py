"""The same rules in OpenFisca-core: one variable a line, vectorised, in its float32."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from benchmarks.payrolls.figures import COMPARED, Figures
from benchmarks.payrolls.people import MONTH, Numbers, Simple

PERIOD = str(MONTH)
INPUTS = ("gross", "declared", "income_before", "insurance_before", "withheld_before", "special")


def run(people: Simple, known: Figures) -> dict[str, Numbers]:
    """Return every compared line in fen; building the system is part of it, as of ours."""
    simulation = _simulation(known, len(people))
    for name in INPUTS:
        simulation.set_input(name, PERIOD, getattr(people, name) / np.float32(100))
    return {
        line: np.rint(simulation.calculate(line, PERIOD).astype(np.float64) * 100).astype(np.int64)
        for line in COMPARED
    }


def _simulation(known: Figures, count: int) -> Any:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="A worker", is_person=True)
    system = TaxBenefitSystem([person])

    def add(name: str, formula: Any = None) -> None:
        members = {"value_type": float, "entity": person, "definition_period": DateUnit.MONTH}
        if formula is not None:
            members["formula"] = formula
        system.add_variable(type(name, (Variable,), members))

    for name in INPUTS:
        add(name)
    for name, formula in _formulas(known).items():
        add(name, formula)
    return SimulationBuilder().build_default_simulation(system, count=count)


def _formulas(known: Figures) -> dict[str, Any]:
    floor, cap, basic = (float(value) for value in (known.floor, known.cap, known.basic))
    tops = np.array([float(top) for top, _, _ in known.brackets if top is not None], np.float32)
    rates = np.array([float(rate) for _, rate, _ in known.brackets], np.float32)
    quick = np.array([float(less) for _, _, less in known.brackets], np.float32)

    def base(person: Any, period: Any) -> Any:
        return np.clip(person("declared", period), floor, cap)

    def share(rate: Decimal) -> Any:
        number = np.float32(rate)
        return lambda person, period: _round(person("contribution_base", period) * number)

    def taxable(person: Any, period: Any) -> Any:
        income = person("income_before", period) + person("gross", period)
        own = person("insurance_before", period) + _own(person, period)
        return np.maximum(income - 10 * basic - own - person("special", period), 0)

    def tax(person: Any, period: Any) -> Any:
        amount = person("taxable_income", period)
        step = np.searchsorted(tops, amount, side="left")
        due = _round(amount * rates[step] - quick[step])
        return np.maximum(due - person("withheld_before", period), 0)

    def net(person: Any, period: Any) -> Any:
        return person("gross", period) - _own(person, period) - person("income_tax", period)

    def total(person: Any, period: Any) -> Any:
        employer = sum(person(line, period) for line in known.rates if line.endswith("employer"))
        return person("gross", period) + employer

    return {
        "contribution_base": base,
        **{line: share(rate) for line, rate in known.rates.items()},
        "taxable_income": taxable,
        "income_tax": tax,
        "net": net,
        "employer_total": total,
    }


def _own(person: Any, period: Any) -> Any:
    lines = ("pension_employee", "medical_employee", "unemployment_employee")
    return sum(person(line, period) for line in lines)


def _round(amount: Any) -> Any:
    return np.floor(amount * 100 + np.float32(0.5)) / np.float32(100)
