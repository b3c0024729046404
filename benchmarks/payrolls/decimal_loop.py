"""The same rules as a plain loop over people with `Decimal`: slow, and exact by construction."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from benchmarks.payrolls.figures import COMPARED, Figures
from benchmarks.payrolls.people import Numbers, Simple

FEN = Decimal("0.01")


def run(people: Simple, known: Figures) -> dict[str, Numbers]:
    """Return every compared line in fen."""
    columns = (
        people.gross,
        people.declared,
        people.income_before,
        people.insurance_before,
        people.withheld_before,
        people.special,
    )
    slips = [
        _slip(known, *map(_yuan, row)) for row in zip(*(c.tolist() for c in columns), strict=True)
    ]
    return {
        line: np.array([int(slip[line] * 100) for slip in slips], np.int64) for line in COMPARED
    }


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _slip(
    known: Figures,
    gross: Decimal,
    declared: Decimal,
    income: Decimal,
    insurance: Decimal,
    withheld: Decimal,
    special: Decimal,
) -> dict[str, Decimal]:
    base = min(max(declared, known.floor), known.cap)
    slip = {line: _round(base * rate) for line, rate in known.rates.items()}
    own = slip["pension_employee"] + slip["medical_employee"] + slip["unemployment_employee"]
    taxable = max(income + gross - 10 * known.basic - insurance - own - special, Decimal(0))
    tax = max(_round(_tax(taxable, known)) - withheld, Decimal(0))
    employer = (
        slip["pension_employer"]
        + slip["medical_employer"]
        + slip["unemployment_employer"]
        + slip["injury_employer"]
    )
    return slip | {
        "contribution_base": base,
        "taxable_income": taxable,
        "income_tax": tax,
        "net": gross - own - tax,
        "employer_total": gross + employer,
    }


def _tax(taxable: Decimal, known: Figures) -> Decimal:
    for top, rate, quick in known.brackets:
        if top is None or taxable <= top:
            return taxable * rate - quick
    raise ValueError("the table of the tax has no end")


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)
