"""Everyone's month as columns: amounts in fen, days and hours in hundredths, rates in millionths.

Three axes: one row a person, one row a spell (a part of the month under other terms; mostly one a
person), one row an item (pieces, allowances, deductions). People come as records
(`Columns.of`) or, by the million, as tables that were filled with arrays; the rules see no
difference.
"""

from payroll.columns.columns import Columns
from payroll.columns.read import hundredths
from payroll.columns.table import Labels, Table
from payroll.columns.tables import (
    ALLOWANCE_KINDS,
    KINDS,
    MADE_IN,
    NO_END,
    NOT_GIVEN,
    TAX_CATEGORIES,
    Allowances,
    Arrears,
    Deductions,
    People,
    Pieces,
    Spells,
)

__all__ = [
    "ALLOWANCE_KINDS",
    "KINDS",
    "MADE_IN",
    "NOT_GIVEN",
    "NO_END",
    "TAX_CATEGORIES",
    "Allowances",
    "Arrears",
    "Columns",
    "Deductions",
    "Labels",
    "People",
    "Pieces",
    "Spells",
    "Table",
    "hundredths",
]
