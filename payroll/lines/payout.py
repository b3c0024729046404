"""Deductions, net pay and the full cost to the employer."""

from collections.abc import Mapping

import numpy as np

from payroll.columns import Columns
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.line import Dated, Formula, LineKind, Words, Yuan, value_text
from payroll.lines.sheet import Sheet
from payroll.money import Column, yuan
from payroll.rules import settlement as rules


def deductions(sheet: Sheet) -> None:
    """Add other deductions; refuse those the law forbids."""
    people = sheet.people
    amounts = people.sum_by_person(people.deductions, people.deductions.amount)
    ceiling = sheet.figures["wage.deduction_ceiling"]
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
    # What is recovered of earlier months is kept from the wage just as a deduction is. With
    # somebody who has left, own shares that come back go against it: no wage is touched.
    shares_back = np.maximum(-sheet.amounts("arrears_employee_share"), 0)
    kept = amounts + np.maximum(_recovered(sheet) - np.where(people.gone, shares_back, 0), 0)
    earned = sheet.amounts("gross") - np.minimum(sheet.amounts("arrears"), 0)
    too_much = rules.over_ceiling(kept, earned, ceiling.rate)
    for row, found in enumerate(ceiling.found):  # each is told the limit of their own place
        share = value_text(found, "zh")
        sheet.refuse(
            "deductions",
            too_much & (ceiling.row == row),
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


def _recovered(sheet: Sheet) -> Column:
    """Return what earlier months take from the wage, below nil where they are owed."""
    recovered: Column = sheet.amounts("arrears_deductions") - sheet.amounts("arrears")
    return recovered


def recovery(sheet: Sheet) -> None:
    """Add what is kept for advances of earlier months; refuse what no rule allows.

    A wage keeps the place's share of it, and the minimum wage, out of reach. With the last wage,
    and with pay of earlier months, which lies above the minimum of this one, the share has no
    later month to wait for.
    """
    people, recovered = sheet.people, sheet.people.of_people.advance_recovered
    if not recovered.any():
        return
    share = sheet.figures["wage.advance_recovery_share"]
    sheet.add(
        "advance_recovered",
        recovered,
        rules.advance_recovered,
        Formula(
            "收回单位以前月份垫付的个人保险，至多为应发的 {share}",
            "own shares the employer advanced before, at most {share} of gross",
        ),
        Formula(
            "收回单位以前月份垫付的个人保险和多发的工资，离职时结清",
            "own shares the employer advanced and pay that was too much, settled at leaving",
        ),
        variant=people.leaving.astype(np.int64),
        operands={"share": Dated(share)},
        inputs=("advance_recovered_fen", "gross"),
    )
    bound = (recovered > 0) & ~people.leaving
    sheet.refuse(
        "advance_recovered_fen",
        bound & ~share.is_known,
        "当地没有规定可以从工资中收回多少单位垫付（wage.advance_recovery_share），不能从本月工资扣；"
        "请由本人另行归还，或在本地政策文件中补充",
        "how much of a wage may be kept for an advance (wage.advance_recovery_share) is not known"
        " here: let it be repaid apart, or supply the figure in a local file",
    )
    sheet.refuse(
        "advance_recovered_fen",
        bound & share.is_known & rules.over_ceiling(recovered, sheet.amounts("gross"), share.rate),
        "收回的垫付超过当地规定的比例，请分月收回",
        "more is recovered than the place allows of a month's wage: spread it over months",
    )
    sheet.refuse(
        "advance_recovered_fen",
        (recovered > 0)
        & rules.below_minimum(
            recovered + sheet.amounts("deductions") + _recovered(sheet),
            sheet.amounts("countable_wage"),
            sheet.amounts("minimum_top_up"),
            sheet.amounts("applicable_minimum"),
            people.employed,
        ),
        "收回垫付后低于最低工资，请减少本月收回的数",
        "the recovery takes the wage below the minimum: recover less this month",
    )


TAKEN_OR_ADVANCED = (LineKind.TAX, LineKind.DEDUCTION, LineKind.ADVANCE)


def net(sheet: Sheet) -> None:
    """Add net pay, and what the employer advances where own shares and tax exceed the wage.

    Only own shares and tax are advanced: what is kept beside them has to be there.
    """
    gross = sheet.amounts("gross")
    shares, tax, others = (
        _sum(sheet, kind) for kind in (LineKind.EMPLOYEE_SHARE, LineKind.TAX, LineKind.DEDUCTION)
    )
    left = rules.net_pay(gross, shares, tax, others)
    advance = rules.advance(left)
    if advance.any():
        _advance(sheet, advance, {"gross": gross, "shares": shares, "tax": tax, "others": others})
    kept = others - sheet.amounts("arrears_deductions") + np.maximum(_recovered(sheet), 0)
    sheet.refuse(
        "deductions",
        (advance > 0) & (kept > 0),
        "扣除个人保险和税以后的工资不够本月的扣款；请取消或减少扣款、收回的垫付和以前月份的收回",
        "after own insurance and tax too little is left for the month's deductions: drop or reduce"
        " them, and what is recovered",
    )
    sheet.add(
        "net",
        left + advance,
        rules.net_pay,
        Formula(
            "应发 {gross} − 个人保险 {shares} − 个人所得税 {tax} − 其他扣款 {others}",
            "gross {gross} − own insurance {shares} − tax {tax} − other deductions {others}",
        ),
        Formula(
            "应发 {gross} − 个人保险 {shares} − 个人所得税 {tax} − 其他扣款 {others}"
            " + 单位垫付 {advance}",
            "gross {gross} − own insurance {shares} − tax {tax} − other deductions {others}"
            " + advance {advance}",
        ),
        variant=(advance > 0).astype(np.int64),
        operands={
            "gross": Yuan(gross),
            "shares": Yuan(shares),
            "tax": Yuan(tax),
            "others": Yuan(others),
            "advance": Yuan(advance),
        },
        inputs=(
            "gross",
            *(line.code for line in sheet.of_kind(LineKind.EMPLOYEE_SHARE)),
            # Named whether anybody has them or not: a person alone has the same payslip.
            *(code for code, (kind, _) in CATALOGUE.items() if kind in TAKEN_OR_ADVANCED),
        ),
        applies=np.ones(len(sheet.people), np.bool_),
    )


def _advance(sheet: Sheet, amounts: Column, parts: Mapping[str, Column]) -> None:
    sheet.add(
        "advance",
        amounts,
        rules.advance,
        Formula(
            "个人保险 {shares} + 个人所得税 {tax} − 应发 {gross}；由单位先行缴纳，本人以后归还",
            "own insurance {shares} + tax {tax} − gross {gross}: paid by the employer for now, to"
            " be repaid",
        ),
        Formula(
            "个人保险 {shares} + 个人所得税 {tax} + 其他扣款 {others} − 应发 {gross}；"
            "由单位先行缴纳，本人以后归还",
            "own insurance {shares} + tax {tax} + other deductions {others} − gross {gross}: paid"
            " by the employer for now, to be repaid",
        ),
        variant=(parts["others"] > 0).astype(np.int64),
        operands={name: Yuan(part) for name, part in parts.items()},
        inputs=(
            "gross",
            *(line.code for line in sheet.of_kind(LineKind.EMPLOYEE_SHARE)),
            "income_tax",
        ),
    )
    sheet.warn(
        "advance",
        amounts > 0,
        "个人应缴的保险和税超过本月应发，超出部分由单位垫付、本月实发为零；垫付款记为应收，"
        "怎样归还请与单位书面约定",
        "own insurance and tax exceed this month's pay: the employer advances the rest and nothing"
        " is paid out; how it is repaid is to be agreed in writing",
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
