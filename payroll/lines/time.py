"""Pay for time: the monthly wage by days, hours, and overtime."""

import numpy as np

from payroll.columns import Columns
from payroll.lines.line import Dated, Formula, Hundredths, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column
from payroll.rules import time_wage

OVERTIME = ("workday", "rest_day", "holiday")

PART_OF_WHOLE_MONTH = 3
"""The formula for a spell of a whole month, after the three ways of `time_wage.basis`."""


def monthly_wage(sheet: Sheet) -> None:
    """Add the monthly wage for the days of each spell."""
    spells = sheet.people.spells
    sheet.add_by_spell(
        "monthly_wage",
        prorate(sheet, spells.wage),
        time_wage.prorated,
        Formula(
            "约定月工资 {wage} × 计薪 {paid} 天 ÷ 应出勤 {scheduled} 天",
            "agreed wage {wage} × {paid} paid days ÷ {scheduled} scheduled days",
        ),
        Formula(
            "约定月工资 {wage} − {wage} ÷ {days} × 未按全薪计 {absent} 天",
            "agreed wage {wage} − {wage} ÷ {days} × {absent} days not paid in full",
        ),
        Formula(
            "约定月工资 {wage} ÷ {days} × 计薪 {paid} 天，不超过月工资",
            "agreed wage {wage} ÷ {days} × {paid} paid days, at most the wage",
        ),
        Formula(
            "约定月工资 {wage} × 本段 {accounted} 天 ÷ 应出勤 {scheduled} 天"
            " − {wage} ÷ {days} × 未按全薪计 {absent} 天",
            "agreed wage {wage} × {accounted} days ÷ {scheduled} scheduled days"
            " − {wage} ÷ {days} × {absent} days not paid in full",
        ),
        variant=wording(sheet),
        operands={
            "wage": Yuan(spells.wage),
            "paid": Hundredths(spells.paid_days),
            "absent": Hundredths(spells.absent_days),
            "accounted": Hundredths(spells.accounted_days),
            "scheduled": Hundredths(scheduled_days(sheet.people)),
            "days": Dated(sheet.figures["working_time.paid_days"]),
        },
        inputs=("agreed_wage_fen", "scheduled_days", "paid_days", "unpaid_days", "day_count"),
        applies=sheet.people.of_spells((spells.agreed_wage >= 0).astype(np.int64)) > 0,
    )


def hourly_wage(sheet: Sheet) -> None:
    """Add the pay for normal hours agreed by the hour."""
    spells = sheet.people.spells
    wage = np.maximum(spells.hourly_wage, 0)
    sheet.add_by_spell(
        "hourly_wage",
        time_wage.hourly_pay(wage, spells.hours),
        time_wage.hourly_pay,
        Formula("约定小时工资 {wage} × {hours} 小时", "agreed wage an hour {wage} × {hours} hours"),
        operands={"wage": Yuan(wage), "hours": Hundredths(spells.hours)},
        inputs=("hourly_wage_fen", "hours"),
        applies=sheet.people.of_spells((spells.hourly_wage >= 0).astype(np.int64)) > 0,
    )


def overtime(sheet: Sheet, day: str) -> None:
    """Add the pay for extra hours on one kind of day; time off in lieu earns nothing more."""
    spells = sheet.people.spells
    hours: Column = getattr(spells, f"{day}_hours")
    if day == "rest_day":
        hours = hours - spells.lieu_hours
    multiple = sheet.figures[f"working_time.overtime.{day}_multiple"]
    days = sheet.figures["working_time.paid_days"]
    minutes = sheet.figures["working_time.daily_minutes"]
    by_month = spells.agreed_wage >= 0
    an_hour = np.where(by_month, 0, np.maximum(spells.hourly_wage, 0))
    sheet.add_by_spell(
        f"overtime_{day}",
        time_wage.overtime_by_month(
            spells.wage, hours, multiple.hundredths, days.hundredths, minutes.whole
        )
        + time_wage.overtime_by_hour(an_hour, hours, multiple.hundredths),
        time_wage.overtime_by_month,
        Formula(
            "约定小时工资 {an_hour} × {hours} 小时 × {multiple}",
            "agreed wage an hour {an_hour} × {hours} hours × {multiple}",
        ),
        Formula(
            "约定月工资 {wage} ÷ （{days} × {minutes} 分钟 ÷ 60） × {hours} 小时 × {multiple}",
            "agreed wage {wage} ÷ ({days} × {minutes} minutes ÷ 60) × {hours} hours × {multiple}",
        ),
        variant=by_month.astype(np.int64),
        operands={
            "wage": Yuan(spells.wage),
            "an_hour": Yuan(an_hour),
            "days": Dated(days),
            "minutes": Dated(minutes),
            "hours": Hundredths(hours),
            "multiple": Dated(multiple),
        },
        inputs=("agreed_wage_fen", "hourly_wage_fen", f"overtime.{day}_hours"),
    )


def prorate(sheet: Sheet, amount: Column) -> Column:
    """Return the part of a monthly amount that each spell's days earn."""
    spells = sheet.people.spells
    return time_wage.prorated(
        amount,
        _way(sheet),
        scheduled_days(sheet.people),
        spells.accounted_days,
        spells.paid_days,
        spells.absent_days,
        sheet.figures["working_time.paid_days"].hundredths,
    )


def wording(sheet: Sheet) -> Column:
    """Return which of four formulas tells how each spell's days became pay."""
    way, spells = _way(sheet), sheet.people.spells
    is_part = spells.accounted_days != scheduled_days(sheet.people)
    return np.where((way == time_wage.WHOLE_MONTH) & is_part, PART_OF_WHOLE_MONTH, way)


def scheduled_days(people: Columns) -> Column:
    """Return, for each spell, the scheduled days of the person's whole month."""
    return people.of_people.scheduled_days[people.spells.person]


def _way(sheet: Sheet) -> Column:
    """Return by which way each spell's days become pay."""
    people, person = sheet.people, sheet.people.spells.person
    any_paid = people.of_spells(people.spells.paid_days) > 0
    return time_wage.basis(
        people.of_people.by_schedule[person], people.whole_month[person], any_paid[person]
    )
