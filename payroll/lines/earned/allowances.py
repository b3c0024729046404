"""Allowances: pay beside the wage, and what of it counts where."""

from functools import partial

import numpy as np

from payroll.columns import ALLOWANCE_KINDS, Columns
from payroll.lines.line import Formula, Words
from payroll.lines.sheet import Sheet
from payroll.money import Column, yuan
from payroll.rules import settlement
from payroll.worker import ANNUAL, BONUSES, AllowanceKind


def allowances(sheet: Sheet) -> None:
    """Add the sum of all allowances, each written out."""
    people = sheet.people
    for code, kinds in (("allowances", OTHERS), ("bonus", BONUSES)):
        sheet.add(
            code,
            people.allowances_of(*kinds),
            settlement.total,
            Formula("{items}", "{items}"),
            operands={"items": Words(partial(_list, people, kinds))},
            inputs=("allowances",),
        )


OTHERS = tuple(kind for kind in AllowanceKind if kind not in BONUSES)


def apart(people: Columns) -> Column:
    """Return the annual bonuses that are taxed apart from the month's wages, in fen."""
    given = people.allowances
    is_apart = given.taxable & (
        given.kind == ALLOWANCE_KINDS.index(AllowanceKind.ANNUAL_BONUS_APART)
    )
    return people.sum_by_person(given, np.where(is_apart, given.amount, 0))


def counted(sheet: Sheet) -> Column:
    """Return the allowances that each person's place counts for the minimum wage.

    A year's bonus is none of them: nothing on file says that it may fill up one month's wage.
    """
    excluded, people = sheet.figures["minimum_wage.excluded"], sheet.people
    counts = np.ones((len(excluded.found) + 1, len(ALLOWANCE_KINDS)), np.bool_)
    counts[-1] = False  # row -1: people without a minimum wage
    for row, found in enumerate(excluded.found):
        counts[row] = [kind not in found.value and kind not in ANNUAL for kind in ALLOWANCE_KINDS]
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


def _list(people: Columns, kinds: tuple[AllowanceKind, ...], person: int) -> str:
    given = people.allowances
    return " + ".join(
        f"{people.allowance_names.at(row)} {yuan(given.amount[row])}"
        for row in people.rows_of(given, person)
        if ALLOWANCE_KINDS[int(given.kind[row])] in kinds
    )
