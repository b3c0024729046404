"""Pay for days of leave that are not paid in full."""

import numpy as np

from payroll.lines.earned.time import days_in_pay, month_days, scheduled_days
from payroll.lines.line import Formula, Hundredths, Share, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column, Fraction, scale
from payroll.rules import time_wage


def leave_pay(sheet: Sheet) -> None:
    """Add sick pay, and the pay during maternity leave that no insurance covers."""
    _sick_pay(sheet)
    _maternity_pay(sheet)
    _without_wage(sheet)


def _without_wage(sheet: Sheet) -> None:
    """Say of work paid by pieces alone that leave has no agreed wage to be paid by."""
    people, spells = sheet.people, sheet.people.spells
    no_wage = (spells.agreed_wage < 0) & (spells.hourly_wage < 0)
    by_employer = np.where(people.of_people.maternity[spells.person], 0, spells.maternity_days)
    days = spells.paid_leave_days + spells.sick_days + by_employer
    sheet.warn(
        "leave_without_wage",
        people.contract & (people.of_spells(days * no_wage) > 0),
        "没有约定月工资，假期工资没有基数，除最低工资补足外未计入；年休假等按前 12 个月剔除加班的"
        "月平均工资 ÷ 21.75 计发（企业职工带薪年休假实施办法第十一条），病假产假按单位规定；"
        "请算好填入津贴",
        "no agreed wage to pay leave by, so none is in this pay beyond the minimum: annual leave is"
        " paid by the average of twelve months without overtime ÷ 21.75; enter it as an allowance",
    )


def _sick_pay(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    share = _per_spell(_sick_share(sheet), spells.person)
    floor = sheet.figures["leave.sick_pay_floor_share"]
    least, divisor = _floor(sheet), _divisor(sheet)
    sick = people.of_spells(spells.sick_days) > 0
    part = _part(sheet, spells.sick_days, spells.paid_days)
    by_share = time_wage.leave_pay(spells.wage, part, share, spells.person)
    sheet.add_by_spell(
        "sick_pay",
        np.maximum(by_share, least),
        time_wage.leave_pay,
        Formula(
            "约定月工资 {wage} ÷ {divisor} × 病假 {days} 天 × {share}",
            "agreed wage {wage} ÷ {divisor} × {days} days of sick leave × {share}",
        ),
        Formula(
            "约定月工资 {wage} ÷ {divisor} × 病假 {days} 天（全月折算后计 {counted} 天） × {share}",
            "agreed wage {wage} ÷ {divisor} × {days} days of sick leave (of the month's paid days"
            " they make {counted}) × {share}",
        ),
        Formula(
            "按病假工资下限：最低工资的 {floor} 折合 {least}",
            "the floor of sick pay: {floor} of the minimum wage, {least} for these days",
        ),
        variant=np.where(least > by_share, 2, _is_recounted(spells.sick_days, part, divisor)),
        operands={
            "wage": Yuan(spells.wage),
            "divisor": Hundredths(divisor),
            "days": Hundredths(spells.sick_days),
            "counted": _counted(part, divisor),
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
    part = _part(sheet, spells.sick_days, spells.paid_days)
    return time_wage.leave_pay(minimum, part, share, spells.person)


def _maternity_pay(sheet: Sheet) -> None:
    people, spells = sheet.people, sheet.people.spells
    by_fund = people.of_people.maternity[spells.person]
    divisor = _divisor(sheet)
    part = _part(sheet, spells.maternity_days, spells.paid_days + spells.sick_days)
    pay = time_wage.leave_pay(spells.wage, part, (1, 1), spells.person)
    sheet.add_by_spell(
        "maternity_pay",
        np.where(by_fund, 0, pay),
        time_wage.leave_pay,
        Formula(
            "约定月工资 {wage} ÷ {divisor} × 产假 {days} 天（未参加生育保险，由单位支付）",
            "agreed wage {wage} ÷ {divisor} × {days} days, paid by the employer: not insured",
        ),
        Formula(
            "约定月工资 {wage} ÷ {divisor} × 产假 {days} 天（全月折算后计 {counted} 天；"
            "未参加生育保险，由单位支付）",
            "agreed wage {wage} ÷ {divisor} × {days} days (of the month's paid days they make"
            " {counted}), paid by the employer: not insured",
        ),
        Formula(
            "产假 {days} 天由生育保险基金支付生育津贴，单位不另计",
            "{days} days of maternity leave are paid by the insurance fund, not by the employer",
        ),
        variant=np.where(by_fund, 2, _is_recounted(spells.maternity_days, part, divisor)),
        operands={
            "wage": Yuan(spells.wage),
            "divisor": Hundredths(divisor),
            "days": Hundredths(spells.maternity_days),
            "counted": _counted(part, divisor),
        },
        inputs=("agreed_wage_fen", "leave", "insured"),
        applies=people.of_spells(spells.maternity_days) > 0,
    )


def _part(sheet: Sheet, days: Column, paid_before: Column) -> Fraction:
    """Return the part of a month's wage for which each spell's days of a leave stand."""
    people, month = sheet.people, month_days(sheet.people, days)
    by_schedule = people.of_people.by_schedule[people.spells.person]
    before, after = (days_in_pay(sheet, of) for of in (paid_before, paid_before + days))
    return time_wage.leave_part(
        days,
        month,
        before,
        np.where(by_schedule, before + month, after),
        _divisor(sheet),
        people.spells.person,
    )


def _is_recounted(days: Column, part: Fraction, divisor: Column) -> Column:
    """Return 1 where days of leave stand for another number of the month's paid days."""
    top, unit = part
    return np.where(days * unit != divisor * top, 1, 0)


def _counted(part: Fraction, divisor: Column) -> Hundredths:
    """Return for how many of the month's paid days a spell's leave stands."""
    top, unit = part
    return Hundredths(scale(divisor, top, unit))


def _divisor(sheet: Sheet) -> Column:
    """Return by what a month's wage is divided for a day, in hundredths."""
    spells = sheet.people.spells
    by_schedule = sheet.people.of_people.by_schedule[spells.person]
    days = sheet.figures["working_time.paid_days"].hundredths
    return np.where(by_schedule, scheduled_days(sheet.people), days)
