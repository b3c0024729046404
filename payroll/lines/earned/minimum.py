"""The minimum wage: what is due for the days given, what counts, what is added, and gross."""

from dataclasses import dataclass

import numpy as np

from payroll.figures import Figure, later_of
from payroll.lines.earned import allowances, pieces
from payroll.lines.earned.time import by_days, day_operands, prorate, wording
from payroll.lines.line import (
    Changing,
    Dated,
    Formula,
    Hundredths,
    LineKind,
    Operand,
    Yuan,
)
from payroll.lines.sheet import Sheet
from payroll.money import Column
from payroll.rules import minimum_wage as rules
from payroll.rules import settlement


def minimum_wage(sheet: Sheet) -> None:
    """Add the minimum-wage test and the top-up to it."""
    _applicable(sheet)
    _countable(sheet)
    _top_up(sheet)
    _agreements(sheet)


def _agreements(sheet: Sheet) -> None:
    """Say of agreements that no floor of pay is known, or that the pay is below a place's own."""
    floor, agreement = sheet.figures["wage.agreement_floor"], ~sheet.people.employed
    earned = settlement.total(
        [line.amounts for line in sheet.of_kind(LineKind.EARNING)], len(sheet.people)
    )
    sheet.warn(
        "agreement_below_floor",
        agreement & floor.is_known & (earned < floor.fen),
        "服务协议的报酬低于当地下限（本地政策文件 wage.agreement_floor），请单位补足或说明",
        "pay under a service agreement is below the place's floor: the payer says why",
    )
    sheet.warn(
        "agreement_no_floor",
        agreement & ~floor.is_known,
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


BY_THE_HOUR = 2
"""The formula of what counts for part-time work: after the two with insurance."""


def _applicable(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    monthly, hourly = (_of_month(sheet, f"minimum_wage.{per}") for per in ("monthly", "hourly"))
    for_days = prorate(sheet, monthly.amounts)
    by_hours = rules.hourly_minimum(hourly.amounts, spells.hours, spells.person)
    part_time = people.part_time[spells.person]
    words = by_days("月最低工资", "minimum", "minimum")
    sheet.add_by_spell(
        "applicable_minimum",
        rules.applicable_minimum(for_days, by_hours, part_time),
        rules.applicable_minimum,
        *words,
        Formula("小时最低工资 {hourly} × {hours} 小时", "minimum an hour {hourly} × {hours} hours"),
        variant=np.where(part_time, len(words), wording(sheet)),
        operands={
            "minimum": monthly.operand,
            "hourly": hourly.operand,
            "hours": Hundredths(spells.hours),
            **day_operands(sheet),
        },
        figures=(*monthly.later, *hourly.later),
        inputs=("scheduled_days", "paid_days", "unpaid_days", "leave", "hours", "day_count"),
        applies=people.employed,
    )


@dataclass(frozen=True)
class _OfMonth:
    """A minimum of each spell, in fen, and how to say it; ``later`` where it changes."""

    amounts: Column
    operand: Operand
    later: tuple[Figure, ...] = ()


def _of_month(sheet: Sheet, parameter: str) -> _OfMonth:
    """Return a minimum of the month; where it changes within, by the days employed of each."""
    figure, later = sheet.figures[parameter], sheet.figures.get(later_of(parameter))
    if later is None or later.since is None:
        return _OfMonth(figure.fen, Dated(figure))
    people, since = sheet.people, later.since
    month, person = people.month, people.spells.person
    start = month.first.toordinal()
    here = np.maximum(people.of_people.joined, start)[person]
    gone = np.minimum(people.of_people.left, month.last.toordinal())[person]
    change = start + since - 1
    before = np.clip(np.minimum(gone, change - 1) - here + 1, 0, None)
    after = np.clip(gone - np.maximum(here, change) + 1, 0, None)
    blend = rules.over_the_change(figure.fen, later.fen, before, after)
    amounts = np.where(later.is_known, blend, figure.fen)

    def day(row: int) -> tuple[str, str]:
        at = int(since[row])
        return f"{month.month}月{at}日", f"{month}-{at:02d}"

    return _OfMonth(amounts, Changing(figure, later, amounts, day), (later,))


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
