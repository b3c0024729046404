"""Deductions, net pay and the full cost to the employer."""

import numpy as np

from payroll.columns import Columns
from payroll.lines.line import Dated, Formula, LineKind, Words, Yuan, value_text
from payroll.lines.sheet import Sheet
from payroll.money import Column, yuan
from payroll.rules import settlement as rules


def deductions(sheet: Sheet) -> None:
    """Add other deductions; refuse those the law forbids."""
    people = sheet.people
    amounts = people.sum_by_person(people.deductions, people.deductions.amount)
    ceiling = sheet.figures["wage.deduction_ceiling"]
    share = " / ".join(value_text(figure, "zh") for figure in ceiling.found)
    sheet.add(
        "deductions",
        amounts,
        rules.over_ceiling,
        Formula("{items}，不超过应发的 {ceiling}", "{items}, at most {ceiling} of gross"),
        operands={
            "items": Words(lambda person: _list(people, person)),
            "ceiling": Dated(ceiling),
        },
        inputs=("deductions", "gross"),
    )
    # What is recovered of earlier pay is kept from the wage just as a deduction is.
    kept = amounts + np.maximum(-sheet.amounts("arrears"), 0)
    earned = sheet.amounts("gross") - np.minimum(sheet.amounts("arrears"), 0)
    sheet.refuse(
        "deductions",
        rules.over_ceiling(kept, earned, ceiling.rate),
        f"扣款超过当月工资的 {share}（工资支付暂行规定第十六条）；请减少本月扣款，余额分月扣除",
        f"deductions above {share} of the month's wage: spread them over months",
    )
    sheet.refuse(
        "deductions",
        rules.below_minimum(
            kept,
            sheet.amounts("countable_wage"),
            sheet.amounts("minimum_top_up"),
            sheet.amounts("applicable_minimum"),
            people.employed,
        ),
        "扣款后低于最低工资（工资支付暂行规定第十六条）；请减少或取消本月扣款",
        "the deduction takes the wage below the minimum: reduce or drop it this month",
    )


def net(sheet: Sheet) -> None:
    """Add net pay; refuse a month in which the person would owe money."""
    gross = sheet.amounts("gross")
    shares, tax, others = (
        _sum(sheet, kind) for kind in (LineKind.EMPLOYEE_SHARE, LineKind.TAX, LineKind.DEDUCTION)
    )
    paid = rules.net_pay(gross, shares, tax, others)
    sheet.add(
        "net",
        paid,
        rules.net_pay,
        Formula(
            "应发 {gross} − 个人保险 {shares} − 个人所得税 {tax} − 其他扣款 {others}",
            "gross {gross} − own insurance {shares} − tax {tax} − other deductions {others}",
        ),
        operands={
            "gross": Yuan(gross),
            "shares": Yuan(shares),
            "tax": Yuan(tax),
            "others": Yuan(others),
        },
        inputs=(
            "gross",
            *(line.code for line in sheet.of_kind(LineKind.EMPLOYEE_SHARE)),
            "income_tax",
            "deductions",
        ),
        applies=np.ones(len(sheet.people), np.bool_),
    )
    sheet.refuse(
        "net",
        paid < 0,
        "个人应缴的保险和税超过应发工资；单位垫付的，请把垫付额列为津贴，或核对出勤与参保月份",
        "own insurance and tax exceed the wage: enter what the employer advances as an allowance",
    )


def employer_total(sheet: Sheet) -> None:
    """Add the full cost to the employer: gross, employer shares and accident insurance."""
    costs = sheet.of_kind(LineKind.EMPLOYER_COST)
    gross, shares = sheet.amounts("gross"), _sum(sheet, LineKind.EMPLOYER_COST)
    sheet.add(
        "employer_total",
        gross + shares,
        rules.total,
        Formula("应发 {gross} + 单位缴费 {shares}", "gross {gross} + employer shares {shares}"),
        operands={"gross": Yuan(gross), "shares": Yuan(shares)},
        inputs=("gross", *(line.code for line in costs)),
        applies=np.ones(len(sheet.people), np.bool_),
    )


def _sum(sheet: Sheet, kind: LineKind) -> Column:
    return rules.total([line.amounts for line in sheet.of_kind(kind)], len(sheet.people))


def _list(people: Columns, person: int) -> str:
    return " + ".join(
        f"{people.deduction_names.at(row)} {yuan(people.deductions.amount[row])}"
        for row in people.rows_of(people.deductions, person)
    )
