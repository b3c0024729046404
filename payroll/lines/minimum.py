"""The minimum wage: what is due for the days given, what counts, what is added, and gross."""

import numpy as np

from payroll.lines.earnings import counted_allowances, prorate, way
from payroll.lines.line import Dated, Formula, Hundredths, LineKind, Yuan
from payroll.lines.sheet import Sheet
from payroll.rules import minimum_wage as rules
from payroll.rules import settlement, time_wage


def minimum_wage(sheet: Sheet) -> None:
    """Add the minimum-wage test and the top-up to it."""
    _applicable(sheet)
    _countable(sheet)
    _top_up(sheet)
    sheet.warn(
        "agreement_no_floor",
        ~sheet.people.contract,
        "按服务协议劳动，没有找到报酬的数值下限；未作最低工资补足，也不由单位参加五险",
        "service agreement: no numeric floor of pay was found; no top-up, no five insurances",
    )


def gross(sheet: Sheet) -> None:
    """Add gross pay: the sum of all earnings."""
    earned = sheet.of_kind(LineKind.EARNING)
    everyone = np.ones(len(sheet.people), np.bool_)
    sheet.add(
        "gross",
        settlement.total([line.amounts for line in earned], len(sheet.people)),
        settlement.total,
        Formula("各项收入之和", "the sum of all earnings"),
        inputs=[line.code for line in earned],
        applies=everyone,
    )


def _applicable(sheet: Sheet) -> None:
    people = sheet.people
    monthly = sheet.figures["minimum_wage.monthly"]
    days = sheet.figures["working_time.paid_days"]
    sheet.add(
        "applicable_minimum",
        # Prorated as the wage is, so that an agreed wage at the minimum never falls short of it.
        prorate(sheet, monthly.fen),
        time_wage.prorated,
        Formula(
            "月最低工资 {minimum} × 计薪 {paid} 天 ÷ 应出勤 {scheduled} 天",
            "minimum {minimum} × {paid} paid days ÷ {scheduled} scheduled days",
        ),
        Formula(
            "月最低工资 {minimum} − {minimum} ÷ {days} × 本人原因缺勤 {unpaid} 天",
            "minimum {minimum} − {minimum} ÷ {days} × {unpaid} days missed",
        ),
        Formula(
            "月最低工资 {minimum} ÷ {days} × 计薪 {paid} 天，不超过月最低工资",
            "minimum {minimum} ÷ {days} × {paid} paid days, at most the minimum",
        ),
        variant=way(sheet),
        operands={
            "minimum": Dated(monthly),
            "days": Dated(days),
            "paid": Hundredths(people.paid_days),
            "unpaid": Hundredths(people.unpaid_days),
            "scheduled": Hundredths(people.scheduled_days),
        },
        inputs=("scheduled_days", "paid_days", "unpaid_days", "day_count"),
        applies=people.contract,
    )


def _countable(sheet: Sheet) -> None:
    included = sheet.figures["minimum_wage.includes_employee_insurance"]
    excluded = sheet.figures["minimum_wage.excluded"]
    wage = sheet.amounts("monthly_wage") + sheet.amounts("piece_pay")
    allowances = counted_allowances(sheet)
    own = sheet.of_kind(LineKind.EMPLOYEE_SHARE)
    shares = settlement.total([line.amounts for line in own], len(sheet.people))
    countable = rules.countable_wage(wage, allowances, shares, included.whole)
    sheet.add(
        "countable_wage",
        np.where(sheet.people.contract, countable, 0),
        rules.countable_wage,
        Formula(
            "工资 {wage} + 计入的津贴 {allowances} − 个人保险 {shares}（当地最低工资不含个人保险）",
            "wage {wage} + counted allowances {allowances} − own insurance {shares}, on top here",
        ),
        Formula(
            "工资 {wage} + 计入的津贴 {allowances}（当地最低工资含个人保险）",
            "wage {wage} + counted allowances {allowances}, own insurance included here",
        ),
        variant=included.whole,
        operands={"wage": Yuan(wage), "allowances": Yuan(allowances), "shares": Yuan(shares)},
        figures=(included, excluded),
        inputs=("monthly_wage", "piece_pay", "allowances", *(line.code for line in own)),
        applies=sheet.people.contract,
    )


def _top_up(sheet: Sheet) -> None:
    countable, minimum = sheet.amounts("countable_wage"), sheet.amounts("applicable_minimum")
    missing = rules.shortfall(countable, minimum, sheet.people.contract)
    sheet.add(
        "minimum_top_up",
        missing,
        rules.shortfall,
        Formula("当月适用的最低工资 {minimum} − {countable}", "minimum {minimum} − {countable}"),
        operands={"minimum": Yuan(minimum), "countable": Yuan(countable)},
        figures=(sheet.figures["minimum_wage.monthly"],),
        inputs=("applicable_minimum", "countable_wage"),
    )
    sheet.warn(
        "below_minimum",
        missing > 0,
        "工资低于当月适用的最低工资，差额已列“最低工资补足”，由单位支付",
        "below the minimum wage for this month: the employer pays the top-up",
    )
