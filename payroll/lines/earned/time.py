"""Pay for time: the monthly wage by days, hours, and overtime."""

import numpy as np

from payroll.columns import Columns
from payroll.lines.line import Dated, Formula, Hundredths, Operand, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column
from payroll.rules import time_wage

OVERTIME = ("workday", "rest_day", "holiday")

BY_SCHEDULE, LESS_ABSENT, BY_PAID, LESS_ABSENT_IN_PARTS, TWICE, TWICE_IN_PARTS, PAID_IN_PARTS = (
    range(7)
)
"""How the pay for days is told (`by_days`): one wording each."""


def by_days(zh: str, en: str, operand: str) -> tuple[Formula, ...]:
    """Return the wordings of a monthly amount by days, in the order of their numbers.

    ``zh`` and ``en`` name the amount, ``operand`` is what it is called in the formulas.
    """
    a, b, of = f"{zh} {{{operand}}}", f"{en} {{{operand}}}", f"{{{operand}}}"
    return (
        Formula(
            f"{a} × 计薪 {{paid}} 天 ÷ 应出勤 {{scheduled}} 天",
            f"{b} × {{paid}} paid days ÷ {{scheduled}} scheduled days",
        ),
        Formula(
            f"{a} − {of} ÷ {{days}} × 未按全薪计 {{absent}} 天",
            f"{b} − {of} ÷ {{days}} × {{absent}} days not paid in full",
        ),
        Formula(
            f"{a} ÷ {{days}} × 计薪 {{paid}} 天，不超过{zh.removeprefix('约定')}",
            f"{b} ÷ {{days}} × {{paid}} paid days, at most the {en.removeprefix('agreed ')}",
        ),
        Formula(
            f"{a} × 本段 {{accounted}} 天 ÷ 应出勤 {{scheduled}} 天"
            f" − {of} ÷ {{days}} × 未按全薪计 {{absent}} 天",
            f"{b} × {{accounted}} days ÷ {{scheduled}} scheduled days"
            f" − {of} ÷ {{days}} × {{absent}} days not paid in full",
        ),
        Formula(
            f"{a} ÷ {{days}} × 计薪 {{paid}} 天 × 2"
            "（应出勤不足 {days} 天，每个计薪日至多按两天计）",
            f"{b} ÷ {{days}} × {{paid}} paid days × 2: in a month of less than {{days}} scheduled"
            " days a paid day counts as two at most",
        ),
        Formula(
            f"{a} ÷ {{days}} × （计薪 {{paid}} 天 + 全月计薪 {{month_paid}} 天"
            " × 本段 {accounted} 天 ÷ 应出勤 {scheduled} 天）",
            f"{b} ÷ {{days}} × ({{paid}} paid days + {{month_paid}} of the month × {{accounted}}"
            " days ÷ {scheduled} scheduled days)",
        ),
        Formula(
            f"{a} × 本段计薪 {{paid}} 天 ÷ 全月计薪 {{month_paid}} 天",
            f"{b} × {{paid}} paid days ÷ {{month_paid}} of the month",
        ),
    )


def monthly_wage(sheet: Sheet) -> None:
    """Add the monthly wage for the days of each spell."""
    spells = sheet.people.spells
    sheet.add_by_spell(
        "monthly_wage",
        prorate(sheet, spells.wage),
        time_wage.prorated,
        *by_days("约定月工资", "agreed wage", "wage"),
        variant=wording(sheet),
        operands={
            "wage": Yuan(spells.wage),
            **day_operands(sheet),
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
        time_wage.hourly_pay(wage, spells.hours, spells.person),
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
            spells.wage, hours, multiple.hundredths, days.hundredths, minutes.whole, spells.person
        )
        + time_wage.overtime_by_hour(an_hour, hours, multiple.hundredths, spells.person),
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
        way(sheet),
        scheduled_days(sheet.people),
        spells.accounted_days,
        spells.paid_days,
        month_days(sheet.people, spells.paid_days),
        _days_a_month(sheet),
        spells.person,
    )


def day_operands(sheet: Sheet) -> dict[str, Operand]:
    """Return what the wordings `by_days` name beside the amount."""
    people, spells = sheet.people, sheet.people.spells
    return {
        "paid": Hundredths(spells.paid_days),
        "month_paid": Hundredths(month_days(people, spells.paid_days)),
        "absent": Hundredths(spells.absent_days),
        "accounted": Hundredths(spells.accounted_days),
        "scheduled": Hundredths(scheduled_days(people)),
        "days": Dated(sheet.figures["working_time.paid_days"]),
    }


def wording(sheet: Sheet) -> Column:
    """Return which of the wordings `by_days` tells how each spell's days became pay."""
    people, spells, by = sheet.people, sheet.people.spells, way(sheet)
    scheduled, a_month = scheduled_days(people), _days_a_month(sheet)
    paid = month_days(people, spells.paid_days)
    in_parts = spells.accounted_days != scheduled
    whole = (by == time_wage.WHOLE_MONTH) & (paid > 0)
    twice = whole & (a_month - scheduled > paid)
    nobody_away = month_days(people, spells.absent_days) == 0
    less_absent = whole & ~twice & ((scheduled <= a_month) | nobody_away)
    shared = (paid > a_month) & (spells.paid_days != paid)
    return np.select(
        [by == time_wage.BY_SCHEDULE, twice, less_absent, shared],
        [
            BY_SCHEDULE,
            np.where(in_parts, TWICE_IN_PARTS, TWICE),
            np.where(in_parts, LESS_ABSENT_IN_PARTS, LESS_ABSENT),
            PAID_IN_PARTS,
        ],
        BY_PAID,
    )


def scheduled_days(people: Columns) -> Column:
    """Return, for each spell, the scheduled days of the person's whole month."""
    return people.of_people.scheduled_days[people.spells.person]


def month_days(people: Columns, days: Column) -> Column:
    """Return, for each spell, the days of all spells of its person."""
    return people.of_spells(days)[people.spells.person]


def days_in_pay(sheet: Sheet, days: Column) -> Column:
    """Return, for each spell, for what its person's month pays if these days are paid."""
    people = sheet.people
    return time_wage.days_in_pay(
        way(sheet), scheduled_days(people), month_days(people, days), _days_a_month(sheet)
    )


def way(sheet: Sheet) -> Column:
    """Return by which way each spell's days become pay."""
    people, person = sheet.people, sheet.people.spells.person
    return time_wage.basis(people.of_people.by_schedule[person], people.whole_month[person])


def _days_a_month(sheet: Sheet) -> Column:
    return sheet.figures["working_time.paid_days"].hundredths
