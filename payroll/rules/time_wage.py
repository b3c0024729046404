"""Pay for time: the monthly wage, whole or in part, and what extra hours add to it."""

import numpy as np

from payroll.money import Column, Mask, scale

BY_SCHEDULE, WHOLE_MONTH, PART_MONTH = 0, 1, 2


def basis(by_schedule: Mask, whole_month: Mask, paid_days: Column) -> Column:
    """Return by which of the three ways each person's days become pay.

    The employer sets the day count. With 21.75 paid days a month, a whole month loses the unpaid
    days and a joiner's or leaver's month earns the paid ones: either way a full month is the wage.
    A month without any paid day earns paid days too, so nothing: most months have fewer scheduled
    days than 21.75, and taking those off would leave pay for days nobody worked.
    """
    loses_unpaid = whole_month & (paid_days > 0)
    return np.where(by_schedule, BY_SCHEDULE, np.where(loses_unpaid, WHOLE_MONTH, PART_MONTH))


def prorated(
    amount: Column,
    by: Column,
    scheduled_days: Column,
    paid_days: Column,
    unpaid_days: Column,
    days_a_month: Column,
) -> Column:
    """Return the part of a monthly amount that a person's days earn, in fen.

    Parameters
    ----------
    amount
        Fen for a full month.
    by
        The way chosen by `basis`.
    scheduled_days, paid_days, unpaid_days
        The person's days in the month, in hundredths.
    days_a_month
        Paid days a month, in hundredths.

    References
    ----------
    人社部发〔2025〕2号（月计薪天数 21.75）；工资支付暂行规定；折算办法由单位约定
    """
    scheduled = scale(amount, paid_days, np.maximum(scheduled_days, 1))
    whole = np.maximum(amount - scale(amount, unpaid_days, days_a_month), 0)
    part = np.minimum(amount, scale(amount, paid_days, days_a_month))
    return np.choose(by, (scheduled, whole, part))


def overtime_pay(
    agreed_wage: Column,
    hours: Column,
    multiple: Column,
    days_a_month: Column,
    minutes_a_day: Column,
) -> Column:
    """Return the pay for extra hours of one kind of day, in fen.

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
