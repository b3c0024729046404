"""Tax on the bonus of a whole year: apart or with the month's wages, both shown."""

import numpy as np

from payroll.lines.earned import allowances
from payroll.lines.line import Dated, Formula, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column
from payroll.policy.units import Bracket
from payroll.rules import income_tax as rules
from payroll.worker import ANNUAL

TABLE = "income_tax.bonus_brackets"
TOGETHER, APART, UNKNOWN = 0, 1, 2


def annual_bonus_tax(sheet: Sheet, with_wages: Column) -> None:
    """Add the tax on annual bonuses, and what the other way would withhold this month.

    Parameters
    ----------
    with_wages
        How much more tax the month withholds if the bonus is taxed with its wages, in fen.
    """
    people, table = sheet.people, sheet.figures[TABLE]
    bonus, apart = people.allowances_of(*ANNUAL), allowances.apart(people)
    tax = np.zeros_like(bonus)
    for row, found in enumerate(table.found):
        brackets: tuple[Bracket, ...] = found.value
        here = table.row == row
        tax[here] = rules.annual_bonus_tax(bonus[here], brackets)
    known, is_apart = table.is_known, apart > 0
    sheet.add(
        "annual_bonus_tax",
        np.where(is_apart, tax, 0),
        rules.annual_bonus_tax,
        Formula(
            "{bonus} 已并入本月工资，本月因此多扣 {together}；如单独计税为 {apart}，由本人选择",
            "{bonus} is taxed with the wages, {together} more this month; apart it would be"
            " {apart}: the worker chooses",
        ),
        Formula(
            "{bonus} ÷ 12 查月度税率表（{table}），单独计税 {apart}；如并入本月工资，本月多扣 "
            "{together}，由本人选择",
            "{bonus} ÷ 12 in the monthly table ({table}) gives {apart} apart; with the wages this"
            " month would withhold {together} more: the worker chooses",
        ),
        Formula(
            "{bonus} 已并入本月工资，本月因此多扣 {together}；单独计税的规定未知",
            "{bonus} is taxed with the wages, {together} more this month; a rule for taxing it"
            " apart is not known",
        ),
        variant=np.where(is_apart, APART, np.where(known, TOGETHER, UNKNOWN)),
        operands={
            "bonus": Yuan(bonus),
            "apart": Yuan(tax),
            "together": Yuan(with_wages),
            "table": Dated(table),
        },
        inputs=("bonus",),
        applies=bonus > 0,
    )
    sheet.refuse(
        "allowances",
        is_apart & ~known,
        f"{people.month.first} 全年一次性奖金单独计税的税率表（{TABLE}）未知；请改为并入工资，"
        "或在本地政策文件中补充",
        f"the table for taxing an annual bonus apart ({TABLE}) is unknown on {people.month.first}:"
        " tax it with the wages, or supply the table in a local file",
    )
