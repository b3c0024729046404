"""Pay for days of leave that are not paid in full."""

import numpy as np

from payroll.lines.line import Formula, Hundredths, Share, Yuan
from payroll.lines.sheet import Sheet
from payroll.lines.time import scheduled_days
from payroll.money import Column, Fraction
from payroll.rules import time_wage


def leave_pay(sheet: Sheet) -> None:
    """Add sick pay, and the pay during maternity leave that no insurance covers."""
    _sick_pay(sheet)
    _maternity_pay(sheet)


def _sick_pay(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    share = _per_spell(_sick_share(sheet), spells.person)
    floor = sheet.figures["leave.sick_pay_floor_share"]
    least = _floor(sheet)
    sick = people.of_spells(spells.sick_days) > 0
    by_share = time_wage.leave_pay(spells.wage, spells.sick_days, _divisor(sheet), share)
    sheet.add_by_spell(
        "sick_pay",
        np.maximum(by_share, least),
        time_wage.leave_pay,
        Formula(
            "约定月工资 {wage} ÷ {divisor} × 病假 {days} 天 × {share}",
            "agreed wage {wage} ÷ {divisor} × {days} days of sick leave × {share}",
        ),
        Formula(
            "按病假工资下限：最低工资的 {floor} 折合 {least}",
            "the floor of sick pay: {floor} of the minimum wage, {least} for these days",
        ),
        variant=(least > by_share).astype(np.int64),
        operands={
            "wage": Yuan(spells.wage),
            "divisor": Hundredths(_divisor(sheet)),
            "days": Hundredths(spells.sick_days),
            "share": Share(*share),
            "floor": Share(*_per_spell(floor.rate, spells.person)),
            "least": Yuan(least),
        },
        figures=(sheet.figures["leave.sick_pay_share"], floor),
        inputs=("agreed_wage_fen", "leave", "sick_pay_share"),
        applies=sick,
    )
    sheet.warn(
        "sick_pay_floor_unknown",
        sick & ~floor.is_known,
        "病假工资下限由当地规定，本库未知，未作比较；请核对当地规定",
        "the floor of sick pay is set by the place and unknown here: it was not compared",
    )


def _sick_share(sheet: Sheet) -> Fraction:
    """Return the share of the wage paid for sick leave: the employer's own, or the place's."""
    own = sheet.people.of_people.sick_pay_share
    top, unit = sheet.figures["leave.sick_pay_share"].rate
    stated = np.maximum(own, 0)
    common = np.gcd(stated, 10**6)
    return np.where(own < 0, top, stated // common), np.where(own < 0, unit, 10**6 // common)


def _per_spell(share: Fraction, person: Column) -> Fraction:
    """Return a fraction of people as one of their spells."""
    top, unit = (part if isinstance(part, int) else part[person] for part in share)
    return top, unit


def _floor(sheet: Sheet) -> Column:
    """Return the least pay for each spell's sick leave, nil where no floor is known."""
    spells = sheet.people.spells
    share = _per_spell(sheet.figures["leave.sick_pay_floor_share"].rate, spells.person)
    minimum = sheet.figures["minimum_wage.monthly"].fen
    return time_wage.leave_pay(minimum, spells.sick_days, _divisor(sheet), share)


def _maternity_pay(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    by_fund = people.of_people.maternity[spells.person]
    pay = time_wage.leave_pay(spells.wage, spells.maternity_days, _divisor(sheet), (1, 1))
    sheet.add_by_spell(
        "maternity_pay",
        np.where(by_fund, 0, pay),
        time_wage.leave_pay,
        Formula(
            "约定月工资 {wage} ÷ {divisor} × 产假 {days} 天（未参加生育保险，由单位支付）",
            "agreed wage {wage} ÷ {divisor} × {days} days, paid by the employer: not insured",
        ),
        Formula(
            "产假 {days} 天由生育保险基金支付生育津贴，单位不另计",
            "{days} days of maternity leave are paid by the insurance fund, not by the employer",
        ),
        variant=by_fund.astype(np.int64),
        operands={
            "wage": Yuan(spells.wage),
            "divisor": Hundredths(_divisor(sheet)),
            "days": Hundredths(spells.maternity_days),
        },
        inputs=("agreed_wage_fen", "leave", "insured"),
        applies=people.of_spells(spells.maternity_days) > 0,
    )


def _divisor(sheet: Sheet) -> Column:
    """Return by what a month's wage is divided for a day, in hundredths."""
    spells = sheet.people.spells
    by_schedule = sheet.people.of_people.by_schedule[spells.person]
    days = sheet.figures["working_time.paid_days"].hundredths
    return np.where(by_schedule, scheduled_days(sheet.people), days)
