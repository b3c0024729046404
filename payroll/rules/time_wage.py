"""Pay for time: the monthly wage, whole or in part, hours, leave, and what extra hours add."""

import numpy as np

from payroll.money import Column, Fraction, Mask, scale

BY_SCHEDULE, WHOLE_MONTH, PART_MONTH = 0, 1, 2


def basis(by_schedule: Mask, whole_month: Mask, any_paid: Mask) -> Column:
    """Return by which of the three ways each person's days become pay.

    The employer sets the day count. With 21.75 paid days a month, a whole month loses the days
    not paid and a joiner's or leaver's month earns the paid ones: either way a full month is the
    wage. A month without any paid day earns paid days too, so nothing: most months have fewer
    scheduled days than 21.75, and taking those off would leave pay for days nobody worked.
    """
    loses_absent = whole_month & any_paid
    return np.where(by_schedule, BY_SCHEDULE, np.where(loses_absent, WHOLE_MONTH, PART_MONTH))


def prorated(
    amount: Column,
    by: Column,
    scheduled_days: Column,
    accounted_days: Column,
    paid_days: Column,
    absent_days: Column,
    days_a_month: Column,
) -> Column:
    """Return the part of a monthly amount that the days of a spell earn, in fen.

    Parameters
    ----------
    amount
        Fen for a full month.
    by
        The way chosen by `basis`.
    scheduled_days
        Those of the person's whole month, in hundredths.
    accounted_days, paid_days, absent_days
        Those of the spell, in hundredths: all, paid in full, not paid in full.
    days_a_month
        Paid days a month, in hundredths.

    References
    ----------
    人社部发〔2025〕2号（月计薪天数 21.75）；工资支付暂行规定；折算办法由单位约定
    """
    whole = np.maximum(scheduled_days, 1)
    scheduled = scale(amount, paid_days, whole)
    # Rounded once: two roundings could make a higher wage earn a fen less.
    kept = np.maximum(accounted_days * days_a_month - absent_days * whole, 0)
    less = scale(amount, kept, whole * days_a_month)
    part = np.minimum(amount, scale(amount, paid_days, days_a_month))
    return np.choose(by, (scheduled, less, part))


def hourly_pay(hourly_wage: Column, hours: Column) -> Column:
    """Return the pay for normal hours agreed by the hour, in fen; hours in hundredths.

    References
    ----------
    劳动合同法第六十八条至第七十二条（非全日制用工以小时计酬为主）
    """
    return scale(hourly_wage, hours, 100)


def leave_pay(wage: Column, days: Column, days_a_month: Column, share: Fraction) -> Column:
    """Return the pay for days of leave at a share of the wage, in fen.

    Parameters
    ----------
    wage
        Fen for a full month.
    days, days_a_month
        In hundredths; the second is what the employer divides a month's wage by.
    share
        Numerator and denominator.

    References
    ----------
    各地和单位关于病假工资的规定；国务院令第619号第八条（未参加生育保险的产假工资）
    """
    numerator, denominator = share
    divisor: Column = np.multiply(np.maximum(days_a_month, 1), denominator, dtype=np.int64)
    return scale(wage, days * numerator, divisor)


def overtime_by_month(
    agreed_wage: Column,
    hours: Column,
    multiple: Column,
    days_a_month: Column,
    minutes_a_day: Column,
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
    return scale(agreed_wage, hours * multiple * 60, days_a_month * minutes_a_day * 100)


def overtime_by_hour(hourly_wage: Column, hours: Column, multiple: Column) -> Column:
    """Return the pay for extra hours on top of an hourly wage, in fen; both in hundredths.

    References
    ----------
    劳动法第四十四条；工资支付暂行规定第十三条
    """
    return scale(hourly_wage, hours * multiple, 100 * 100)
