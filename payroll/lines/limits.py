"""Limits of working time that a month of wages shows to be passed: told, not computed with."""

import numpy as np

from payroll.lines.sheet import Sheet
from payroll.money import Column

MINUTES = 60
HUNDREDTHS = 100


def limits(sheet: Sheet) -> None:
    """Warn of overtime above the month's limit, and of part-time work that is none."""
    _overtime(sheet)
    _part_time(sheet)


def _overtime(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    hours = people.of_spells(spells.workday_hours + spells.rest_day_hours + spells.holiday_hours)
    most = sheet.figures["working_time.overtime.monthly_max_minutes"].whole
    sheet.warn(
        "overtime_above_limit",
        people.contract & (hours * MINUTES > most * HUNDREDTHS),
        "本月加班超过三十六小时（劳动法第四十一条）",
        "more than 36 hours of overtime this month",
    )


def _part_time(sheet: Sheet) -> None:
    people, each = sheet.people, sheet.people.of_people
    stated = people.part_time & (each.average_day_hours >= 0)
    above = _above(sheet, "daily_minutes", each.average_day_hours) | _above(
        sheet, "weekly_minutes", each.longest_week_hours
    )
    sheet.warn(
        "part_time_hours",
        stated & above,
        "平均每日超过四小时或每周超过二十四小时，不再是非全日制用工（劳动合同法第六十八条）",
        "above four hours a day or 24 a week: this is no longer part-time work",
    )
    cycle = sheet.figures["working_time.part_time.pay_cycle_days"].hundredths
    sheet.warn(
        "part_time_pay_cycle",
        stated & (each.pay_cycle_days * HUNDREDTHS > cycle),
        "非全日制用工的工资支付周期超过十五日（劳动合同法第七十二条）",
        "part-time wages are due at least every 15 days",
    )


def _above(sheet: Sheet, parameter: str, hours: Column) -> np.ndarray:
    limit = sheet.figures[f"working_time.part_time.{parameter}"].whole
    above: np.ndarray = hours * MINUTES > limit * HUNDREDTHS
    return above
