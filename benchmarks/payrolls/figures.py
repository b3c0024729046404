"""The figures of the month as plain numbers, for engines that know nothing of the rule base."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from benchmarks.payrolls.people import MONTH
from payroll import Policy

SHARES = {
    "pension_employee": "insurance.pension.employee_rate",
    "medical_employee": "insurance.medical.employee_rate",
    "unemployment_employee": "insurance.unemployment.employee_rate",
    "pension_employer": "insurance.pension.employer_rate",
    "medical_employer": "insurance.medical.employer_rate",
    "unemployment_employer": "insurance.unemployment.employer_rate",
}
"""Lines by rate, and the parameter of each; work injury is the employer's own."""

INJURY = Decimal("0.004")
COMPARED = (
    "contribution_base",
    *SHARES,
    "injury_employer",
    "taxable_income",
    "income_tax",
    "net",
    "employer_total",
)
"""Lines that every engine here states."""


@dataclass(frozen=True)
class Figures:
    """Floor, cap and standard deduction in yuan, rates by line, steps of the tax."""

    floor: Decimal
    cap: Decimal
    rates: dict[str, Decimal]
    basic: Decimal
    brackets: tuple[tuple[Decimal | None, Decimal, Decimal], ...]


def figures(policy: Policy, place: str = "371681") -> Figures:
    """Return the month's figures at a place."""

    def value(parameter: str) -> Decimal:
        return Decimal(policy.value(parameter, place, MONTH.first).value)

    table = policy.value("income_tax.brackets", place, MONTH.first).value
    return Figures(
        floor=value("insurance.base.floor"),
        cap=value("insurance.base.cap"),
        rates={line: value(parameter) for line, parameter in SHARES.items()}
        | {"injury_employer": INJURY},
        basic=value("income_tax.basic_monthly"),
        brackets=tuple((step.up_to, step.rate, step.quick_deduction) for step in table),
    )
