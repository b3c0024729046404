"""Arrears and recoveries of earlier months, settled with this month's wage."""

from datetime import date
from itertools import groupby

import numpy as np

from payroll.columns import Columns
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.line import Formula, Language, LineKind, Sentence
from payroll.lines.sheet import Sheet
from payroll.money import Mask, yuan
from payroll.rules import settlement

LINES = {
    LineKind.EARNING: "arrears",
    LineKind.EMPLOYEE_SHARE: "arrears_employee_share",
    LineKind.EMPLOYER_COST: "arrears_employer_cost",
    LineKind.DEDUCTION: "arrears_deductions",
}
"""Where earlier months' lines of a kind are settled; lines of other kinds are not."""

SETTLED = tuple(
    code for code, (kind, _) in CATALOGUE.items() if kind in LINES and code not in LINES.values()
)
"""The lines that an earlier month can leave to settle, in the order of the payslip."""


def arrears(sheet: Sheet) -> None:
    """Add what earlier months leave to settle: pay, both sides' shares, and deductions.

    Pay is taxed in the month in which it is paid, and does not count for its minimum wage. A
    deduction is no part of the income: one that is given back stands below nil.
    """
    rows, lines = sheet.people.arrears, sheet.people.arrear_lines
    unknown = np.array([line not in SETTLED for line in lines.values], np.bool_)[lines.row]
    sheet.refuse(
        "arrears",
        sheet.people.sum_by_person(rows, unknown.astype(np.int64)) > 0,
        f"补发补缴的项目应为以下之一：{'、'.join(SETTLED)}",
        f"an arrear is of one of these lines: {', '.join(SETTLED)}",
    )
    for kind in LINES:
        of_kind = np.array([_is_of(line, kind) for line in lines.values], np.bool_)[lines.row]
        _arrears(sheet, kind, of_kind)


def _is_of(line: str, kind: LineKind) -> bool:
    return line in SETTLED and CATALOGUE[line][0] is kind


def _arrears(sheet: Sheet, kind: LineKind, of_kind: Mask) -> None:
    people, rows = sheet.people, sheet.people.arrears
    sheet.add(
        LINES[kind],
        people.sum_by_person(rows, np.where(of_kind, rows.amount, 0)),
        settlement.total,
        Formula("{months}", "{months}"),
        operands={
            "months": Sentence(lambda person, language: _list(people, of_kind, person, language))
        },
        inputs=("arrears",),
        applies=people.sum_by_person(rows, (of_kind & (rows.amount != 0)).astype(np.int64)) > 0,
    )


def _list(people: Columns, of_kind: Mask, person: int, language: Language) -> str:
    """Return a person's arrears of one kind, month by month and line by line."""
    rows = people.arrears
    mine = [row for row in people.rows_of(rows, person) if of_kind[row]]
    months = groupby(mine, key=lambda row: int(rows.month[row]))
    return "；".join(
        f"{date.fromordinal(month):%Y-%m}："
        + " + ".join(f"{_name(people, row, language)} {yuan(rows.amount[row])}" for row in of_month)
        for month, of_month in months
    )


def _name(people: Columns, row: int, language: Language) -> str:
    name = CATALOGUE[people.arrear_lines.at(row)][1]
    return name.zh if language == "zh" else name.en
