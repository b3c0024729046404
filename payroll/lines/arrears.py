"""Arrears and recoveries of earlier months, settled with this month's wage."""

from datetime import date
from itertools import groupby

import numpy as np

from payroll.columns import ARREAR_KINDS, Columns
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.line import Formula, Language, Sentence
from payroll.lines.sheet import Sheet
from payroll.money import Mask, yuan
from payroll.rules import settlement
from payroll.worker import ArrearKind

LINES = {
    ArrearKind.EARNING: "arrears",
    ArrearKind.EMPLOYEE_SHARE: "arrears_employee_share",
    ArrearKind.EMPLOYER_COST: "arrears_employer_cost",
}


def arrears(sheet: Sheet) -> None:
    """Add what earlier months leave to settle: pay, own shares, the employer's shares.

    They are taxed in the month in which they are paid, and do not count for its minimum wage.
    """
    for kind in LINES:
        _arrears(sheet, kind)


def _arrears(sheet: Sheet, kind: ArrearKind) -> None:
    people, rows = sheet.people, sheet.people.arrears
    of_kind: Mask = rows.kind == ARREAR_KINDS.index(kind)
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
