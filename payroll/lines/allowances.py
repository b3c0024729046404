"""Allowances: pay beside the wage, and what of it counts where."""

import numpy as np

from payroll.columns import ALLOWANCE_KINDS, Columns
from payroll.lines.line import Formula, Words
from payroll.lines.sheet import Sheet
from payroll.money import Column, yuan
from payroll.rules import settlement
from payroll.worker import AllowanceKind


def allowances(sheet: Sheet) -> None:
    """Add the sum of all allowances, each written out."""
    people = sheet.people
    sheet.add(
        "allowances",
        people.sum_by_person(people.allowances, people.allowances.amount),
        settlement.total,
        Formula("{allowances}", "{allowances}"),
        operands={"allowances": Words(lambda person: _list(people, person))},
        inputs=("allowances",),
    )


def counted(sheet: Sheet) -> Column:
    """Return the allowances that each person's place counts for the minimum wage."""
    excluded, people = sheet.figures["minimum_wage.excluded"], sheet.people
    counts = np.ones((len(excluded.found) + 1, len(ALLOWANCE_KINDS)), np.bool_)
    counts[-1] = False  # row -1: people without a minimum wage
    for row, found in enumerate(excluded.found):
        counts[row] = [kind not in found.value for kind in ALLOWANCE_KINDS]
    given = people.allowances
    is_counted = counts[excluded.row[given.person], given.kind]
    return people.sum_by_person(given, np.where(is_counted, given.amount, 0))


def exempt(people: Columns) -> Column:
    """Return the allowances that the tax law exempts."""
    given = people.allowances
    return people.sum_by_person(given, np.where(given.taxable, 0, given.amount))


def welfare(people: Columns) -> Column:
    """Return the allowances that are welfare and no part of the total wages."""
    given = people.allowances
    is_welfare = given.kind == ALLOWANCE_KINDS.index(AllowanceKind.WELFARE)
    return people.sum_by_person(given, np.where(is_welfare, given.amount, 0))


def _list(people: Columns, person: int) -> str:
    return " + ".join(
        f"{people.allowance_names.at(row)} {yuan(people.allowances.amount[row])}"
        for row in people.rows_of(people.allowances, person)
    )
