"""Limits of working time that a month of wages shows to be passed: told, not computed with."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from payroll.lines.line import plain
from payroll.lines.sheet import Sheet
from payroll.money import Column, Mask

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
    _warn(
        sheet,
        "overtime_above_limit",
        people.contract & _longer(hours, most),
        [_hours(most)],
        "本月加班超过 {} 小时（劳动法第四十一条）",
        "more than {} hours of overtime this month",
    )


def _part_time(sheet: Sheet) -> None:
    people, each = sheet.people, sheet.people.of_people
    stated = people.part_time & (each.average_day_hours >= 0)
    day, week, cycle = (
        sheet.figures[f"working_time.part_time.{parameter}"].whole
        for parameter in ("daily_minutes", "weekly_minutes", "pay_cycle_days")
    )
    above = _longer(each.average_day_hours, day) | _longer(each.longest_week_hours, week)
    _warn(
        sheet,
        "part_time_hours",
        stated & above,
        [_hours(day), _hours(week)],
        "平均每日超过 {} 小时或每周超过 {} 小时，不再是非全日制用工（劳动合同法第六十八条）",
        "above {} hours a day or {} a week: this is no longer part-time work",
    )
    _warn(
        sheet,
        "part_time_pay_cycle",
        stated & (each.pay_cycle_days > cycle),
        [cycle * HUNDREDTHS],
        "非全日制用工的工资支付周期超过 {} 日（劳动合同法第七十二条）",
        "part-time wages are due at least every {} days",
    )


def _longer(hours: Column, minutes: Column) -> Mask:
    longer: Mask = hours * MINUTES > minutes * HUNDREDTHS
    return longer


def _hours(minutes: Column) -> Column:
    """Return minutes as hundredths of an hour."""
    return minutes * HUNDREDTHS // MINUTES


def _warn(
    sheet: Sheet, code: str, passed: Mask, limits: Sequence[Column], zh: str, en: str
) -> None:
    """Warn who passed limits, naming those of each one's own place; limits in hundredths."""
    own = np.stack(limits, axis=1)
    for limit in np.unique(own[passed], axis=0):
        words = [plain(Decimal(int(each)) / HUNDREDTHS) for each in limit]
        sheet.warn(code, passed & (own == limit).all(axis=1), zh.format(*words), en.format(*words))
