"""Pay for time: the monthly wage, whole or in part, hours, leave, and what extra hours add."""

import numpy as np

from payroll.money import Column, Fraction, Mask, scale_together

BY_SCHEDULE, WHOLE_MONTH, PART_MONTH = 0, 1, 2


def basis(by_schedule: Mask, whole_month: Mask) -> Column:
    """Return by which of the three ways each person's days become pay.

    The employer sets the day count: by scheduled days, or by 21.75 paid days a month, which holds
    a whole month and a joiner's or leaver's part of one apart (`days_in_pay`).
    """
    return np.where(by_schedule, BY_SCHEDULE, np.where(whole_month, WHOLE_MONTH, PART_MONTH))


def extra_days(by: Column, scheduled: Column, paid: Column, days_a_month: Column) -> Column:
    """Return the days by which a whole month short of 21.75 scheduled days pays more than worked.

    A month of 21 scheduled days pays 21.75: taking wage ÷ 21.75 off for each absent day leaves
    the 0.75 to whoever was there. There are never more of them than paid days, or a single day in
    a short month would be paid like three. All in hundredths.
    """
    short = np.maximum(days_a_month - scheduled, 0)
    return np.where(by == WHOLE_MONTH, np.minimum(short, paid), 0)


def days_in_pay(by: Column, scheduled: Column, paid: Column, days_a_month: Column) -> Column:
    """Return for how many of the 21.75 days of a month's wage a person's paid days stand.

    The law divides a month's wage by 21.75 for a day and leaves to the employer whether absent
    days are taken off or paid ones added up. Each alone fails at its end: taking off 22 days of a
    month of 23 leaves nothing for a day worked, adding up 20 of 21 takes 1.75 days for one. So a
    whole month pays the more of both: at least each paid day, and in a short month the rest of
    21.75 as well (`extra_days`). It follows that absence never takes pay below paid days × wage ÷
    21.75, that all days paid are the wage and none nothing, that a paid day more never lowers pay
    and raises it by two days' pay at most, and that a month of more than 21.75 days pays the wage
    from the day on which 21.75 are reached. A part of a month pays its days, at most the wage.

    All in hundredths of a day; ``scheduled`` and ``paid`` are those of the person's month.

    References
    ----------
    人社部发〔2025〕2号（月计薪天数 21.75）；工资支付暂行规定；折算办法由单位约定
    """
    extra = extra_days(by, scheduled, paid, days_a_month)
    in_pay: Column = np.minimum(paid + extra, days_a_month)
    return in_pay


def prorated(
    amount: Column,
    by: Column,
    scheduled_days: Column,
    accounted_days: Column,
    paid_days: Column,
    month_paid_days: Column,
    days_a_month: Column,
    person: Column,
) -> Column:
    """Return the part of a monthly amount that the days of a spell earn, in fen.

    Spells share what the month pays for (`days_in_pay`): each its own paid days, in parts alike
    where they are more than 21.75; the extra days of a short month by the days of each spell.

    Parameters
    ----------
    amount
        Fen for a full month.
    by
        The way chosen by `basis`.
    scheduled_days, month_paid_days
        Those of the person's whole month, in hundredths: scheduled, and paid in full.
    accounted_days, paid_days
        Those of the spell, in hundredths: all, and paid in full.
    days_a_month
        Paid days a month, in hundredths.
    person
        The number of each spell's person, ascending: a month is rounded once (`scale_together`).

    References
    ----------
    人社部发〔2025〕2号（月计薪天数 21.75）；工资支付暂行规定；折算办法由单位约定
    """
    whole = np.maximum(scheduled_days, 1)
    extra = extra_days(by, scheduled_days, month_paid_days, days_a_month)
    in_pay = days_in_pay(by, scheduled_days, month_paid_days, days_a_month)
    # Rounded once: two roundings could make a higher wage earn a fen less.
    top = np.where(extra > 0, paid_days * whole + accounted_days * extra, paid_days * in_pay)
    unit = np.where(extra > 0, whole, np.maximum(month_paid_days, 1)) * days_a_month
    by_days = by == BY_SCHEDULE
    unit = np.where(by_days, whole, np.maximum(unit, 1))
    return scale_together(amount, np.where(by_days, paid_days, top), unit, person)


def leave_part(
    days: Column,
    month_days: Column,
    before: Column,
    after: Column,
    a_month: Column,
    person: Column,
) -> Fraction:
    """Return the part of a month's wage for which a spell's days of leave stand.

    Leave counts on from the days paid before it, so that leave at 100 % pays what work would
    have: a month all of leave is a month's wage at the leave's share.

    Parameters
    ----------
    days, month_days
        Days of this leave in the spell and in the person's whole month, in hundredths.
    before, after
        What the month pays for (`days_in_pay`) without and with them, in hundredths.
    a_month
        By what a month's wage is divided for a day, in hundredths.
    person
        The number of each spell's person: the parts of one month keep one denominator.
    """
    top, unit = days * (after - before), np.maximum(month_days * a_month, 1)
    of_months = np.zeros(int(person.max(initial=-1)) + 1, np.int64)
    np.gcd.at(of_months, person, np.gcd(top, unit))
    common = np.maximum(of_months, 1)[person]
    return top // common, unit // common


def hourly_pay(hourly_wage: Column, hours: Column, person: Column) -> Column:
    """Return the pay for normal hours agreed by the hour, in fen; hours in hundredths.

    References
    ----------
    劳动合同法第六十八条至第七十二条（非全日制用工以小时计酬为主）
    """
    return scale_together(hourly_wage, hours, 100, person)


def leave_pay(wage: Column, part: Fraction, share: Fraction, person: Column) -> Column:
    """Return the pay for days of leave at a share of the wage, in fen.

    Parameters
    ----------
    wage
        Fen for a full month.
    part
        For what part of the month the days stand, from `leave_part`.
    share
        Numerator and denominator.
    person
        The number of each spell's person, ascending: a month is rounded once.

    References
    ----------
    各地和单位关于病假工资的规定；国务院令第619号第八条（未参加生育保险的产假工资）
    """
    top: Column = np.multiply(part[0], share[0], dtype=np.int64)
    unit: Column = np.multiply(part[1], share[1], dtype=np.int64)
    return scale_together(wage, top, unit, person)


def overtime_by_month(
    agreed_wage: Column,
    hours: Column,
    multiple: Column,
    days_a_month: Column,
    minutes_a_day: Column,
    person: Column,
) -> Column:
    """Return the pay for extra hours on top of a monthly wage, in fen.

    The hourly wage is the agreed wage ÷ (21.75 × 8); it is not rounded on the way.

    Parameters
    ----------
    hours, multiple, days_a_month
        In hundredths.

    References
    ----------
    劳动法第四十四条；工资支付暂行规定第十三条；人社部发〔2025〕2号
    """
    unit = days_a_month * minutes_a_day * 100
    return scale_together(agreed_wage, hours * multiple * 60, unit, person)


def overtime_by_hour(
    hourly_wage: Column, hours: Column, multiple: Column, person: Column
) -> Column:
    """Return the pay for extra hours on top of an hourly wage, in fen; both in hundredths.

    References
    ----------
    劳动法第四十四条；工资支付暂行规定第十三条
    """
    return scale_together(hourly_wage, hours * multiple, 100 * 100, person)
