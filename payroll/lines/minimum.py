"""The minimum wage: what is due for the days given, what counts, what is added, and gross."""

import numpy as np

from payroll.lines import allowances, pieces
from payroll.lines.line import Dated, Formula, Hundredths, LineKind, Yuan
from payroll.lines.sheet import Sheet
from payroll.lines.time import prorate, scheduled_days, wording
from payroll.rules import minimum_wage as rules
from payroll.rules import settlement


def minimum_wage(sheet: Sheet) -> None:
    """Add the minimum-wage test and the top-up to it."""
    _applicable(sheet)
    _countable(sheet)
    _top_up(sheet)
    sheet.warn(
        "agreement_no_floor",
        ~sheet.people.employed,
        "按服务协议劳动，没有找到报酬的数值下限；未作最低工资补足，也不由单位参加五险",
        "service agreement: no numeric floor of pay was found; no top-up, no five insurances",
    )


def gross(sheet: Sheet) -> None:
    """Add gross pay, the sum of all earnings, and what of it is total wages."""
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
    whole, welfare = sheet.amounts("gross"), allowances.welfare(sheet.people)
    sheet.add(
        "wage_total",
        whole - welfare,
        settlement.total,
        Formula(
            "应发 {gross} − 福利性补贴 {welfare}（社会保险缴费工资口径）",
            "gross {gross} − welfare {welfare}; the wages that contributions are reckoned from",
        ),
        operands={"gross": Yuan(whole), "welfare": Yuan(welfare)},
        inputs=("gross", "allowances"),
        applies=sheet.people.employed & (welfare > 0),  # else it is gross
    )


PART_TIME, BY_THE_HOUR = 4, 2
"""The formulas for part-time work: after the four by days, and after the two with insurance."""


def _applicable(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    monthly, hourly = (sheet.figures[f"minimum_wage.{per}"] for per in ("monthly", "hourly"))
    by_days = prorate(sheet, monthly.fen)
    by_hours = rules.hourly_minimum(hourly.fen, spells.hours)
    part_time = people.part_time[spells.person]
    sheet.add_by_spell(
        "applicable_minimum",
        rules.applicable_minimum(by_days, by_hours, part_time),
        rules.applicable_minimum,
        Formula(
            "月最低工资 {minimum} × 计薪 {paid} 天 ÷ 应出勤 {scheduled} 天",
            "minimum {minimum} × {paid} paid days ÷ {scheduled} scheduled days",
        ),
        Formula(
            "月最低工资 {minimum} − {minimum} ÷ {days} × 未按全薪计 {absent} 天",
            "minimum {minimum} − {minimum} ÷ {days} × {absent} days not paid in full",
        ),
        Formula(
            "月最低工资 {minimum} ÷ {days} × 计薪 {paid} 天，不超过月最低工资",
            "minimum {minimum} ÷ {days} × {paid} paid days, at most the minimum",
        ),
        Formula(
            "月最低工资 {minimum} × 本段 {accounted} 天 ÷ 应出勤 {scheduled} 天"
            " − {minimum} ÷ {days} × 未按全薪计 {absent} 天",
            "minimum {minimum} × {accounted} days ÷ {scheduled} scheduled days"
            " − {minimum} ÷ {days} × {absent} days not paid in full",
        ),
        Formula("小时最低工资 {hourly} × {hours} 小时", "minimum an hour {hourly} × {hours} hours"),
        variant=np.where(part_time, PART_TIME, wording(sheet)),
        operands={
            "minimum": Dated(monthly),
            "hourly": Dated(hourly),
            "days": Dated(sheet.figures["working_time.paid_days"]),
            "hours": Hundredths(spells.hours),
            "paid": Hundredths(spells.paid_days),
            "absent": Hundredths(spells.absent_days),
            "accounted": Hundredths(spells.accounted_days),
            "scheduled": Hundredths(scheduled_days(people)),
        },
        inputs=("scheduled_days", "paid_days", "unpaid_days", "leave", "hours", "day_count"),
        applies=people.employed,
    )


def _countable(sheet: Sheet) -> None:
    included = sheet.figures["minimum_wage.includes_employee_insurance"]
    excluded = sheet.figures["minimum_wage.excluded"]
    for_time = sheet.amounts("monthly_wage") + sheet.amounts("hourly_wage")
    wage = for_time + pieces.in_normal_hours(sheet)
    counted = allowances.counted(sheet)
    own = sheet.of_kind(LineKind.EMPLOYEE_SHARE)
    shares = settlement.total([line.amounts for line in own], len(sheet.people))
    # Insurance comes on top of the monthly minimum only: part-time work has none of its own.
    way = np.where(sheet.people.contract, included.whole, BY_THE_HOUR)
    countable = rules.countable_wage(wage, counted, np.where(way == 0, shares, 0))
    sheet.add(
        "countable_wage",
        np.where(sheet.people.employed, countable, 0),
        rules.countable_wage,
        Formula(
            "工资 {wage} + 计入的津贴 {allowances} − 个人保险 {shares}（当地最低工资不含个人保险）",
            "wage {wage} + counted allowances {allowances} − own insurance {shares}, on top here",
        ),
        Formula(
            "工资 {wage} + 计入的津贴 {allowances}（当地最低工资含个人保险）",
            "wage {wage} + counted allowances {allowances}, own insurance included here",
        ),
        Formula(
            "工资 {wage} + 计入的津贴 {allowances}", "wage {wage} + counted allowances {allowances}"
        ),
        variant=way,
        operands={"wage": Yuan(wage), "allowances": Yuan(counted), "shares": Yuan(shares)},
        figures=(included, excluded),
        inputs=(
            "monthly_wage",
            "hourly_wage",
            "piece_pay",
            "allowances",
            *(line.code for line in own),
        ),
        applies=sheet.people.employed,
    )


def _top_up(sheet: Sheet) -> None:
    countable, minimum = sheet.amounts("countable_wage"), sheet.amounts("applicable_minimum")
    missing = rules.shortfall(countable, minimum, sheet.people.employed)
    sheet.add(
        "minimum_top_up",
        missing,
        rules.shortfall,
        Formula("当月适用的最低工资 {minimum} − {countable}", "minimum {minimum} − {countable}"),
        operands={"minimum": Yuan(minimum), "countable": Yuan(countable)},
        figures=(sheet.figures["minimum_wage.monthly"], sheet.figures["minimum_wage.hourly"]),
        inputs=("applicable_minimum", "countable_wage"),
    )
    sheet.warn(
        "below_minimum",
        missing > 0,
        "工资低于当月适用的最低工资，差额已列“最低工资补足”，由单位支付",
        "below the minimum wage for this month: the employer pays the top-up",
    )
