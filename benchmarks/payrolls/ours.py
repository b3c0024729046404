"""Our engine: the whole month as `payroll.compute` gives it, and the compared rules alone."""

from __future__ import annotations

import numpy as np

from benchmarks.payrolls.figures import COMPARED, Figures
from benchmarks.payrolls.people import MONTH, Numbers, Simple, columns_of
from payroll import Policy, compute, fen
from payroll.money import ROUNDINGS, Rounding, fraction
from payroll.policy.units import Bracket
from payroll.rules import contributions, income_tax, settlement

HALF_UP = ROUNDINGS.index(Rounding.HALF_UP_TO_FEN)


def compared(people: Simple, policy: Policy) -> dict[str, Numbers]:
    """Return the compared lines out of the whole month of the simple people."""
    payroll = compute(MONTH, columns_of(people), policy)
    return {line: payroll.amounts(line) for line in COMPARED}


def rules_alone(people: Simple, known: Figures) -> dict[str, Numbers]:
    """Return the compared lines by the functions of `payroll.rules`, without checks or words."""
    count = len(people)
    everyone = np.ones(count, np.bool_)
    floor, cap = (np.broadcast_to(np.int64(fen(x)), count) for x in (known.floor, known.cap))
    base = contributions.contribution_base(people.declared, floor, cap)
    lines = {
        line: contributions.contribution(base, fraction(rate), HALF_UP, everyone)
        for line, rate in known.rates.items()
    }
    own = settlement.total(
        [lines[f"{name}_employee"] for name in ("pension", "medical", "unemployment")], count
    )
    employer = settlement.total(
        [amounts for line, amounts in lines.items() if line.endswith("employer")], count
    )
    nothing = np.broadcast_to(np.int64(0), count)
    taxable = income_tax.cumulative_taxable(
        people.income_before + people.gross,
        nothing,
        np.broadcast_to(np.int64(10 * fen(known.basic)), count),
        people.insurance_before + own,
        people.special,
        nothing,
    )
    table = [
        Bracket(up_to=top, rate=rate, quick_deduction=quick) for top, rate, quick in known.brackets
    ]
    due = income_tax.tax_on(taxable, table)
    tax = income_tax.tax_this_month(due, nothing, people.withheld_before)
    return lines | {
        "contribution_base": base,
        "taxable_income": taxable,
        "income_tax": tax,
        "net": settlement.net_pay(people.gross, own, tax, nothing),
        "employer_total": people.gross + employer,
    }
