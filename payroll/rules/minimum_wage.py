"""The minimum-wage test: what counts, what is due for the time given, what is missing."""

import numpy as np

from payroll.money import Column, Mask, scale, scale_together


def hourly_minimum(minimum: Column, hours: Column, person: Column) -> Column:
    """Return the least pay for hours of part-time work, in fen; hours in hundredths.

    References
    ----------
    劳动合同法第七十二条（小时计酬标准不得低于最低小时工资标准）
    """
    return scale_together(minimum, hours, 100, person)


def over_the_change(
    before: Column, after: Column, days_before: Column, days_after: Column
) -> Column:
    """Return the minimum of a month in which it changes, in fen: each for its days of employment.

    Days are calendar days on which the person is employed before and from the change on; who is
    employed on one side alone has that side's minimum.

    References
    ----------
    最低工资规定第三条；各省调整通知自执行之日起适用新标准，月中执行的按天数折合
    """
    days = np.maximum(days_before + days_after, 1)
    return scale(before * days_before + after * days_after, 1, days)


def applicable_minimum(by_days: Column, by_hours: Column, part_time: Mask) -> Column:
    """Return the minimum for the time given, in fen: by days full time, by hours part time.

    Days are counted for the minimum as they are for the wage (`time_wage.prorated`), so that a
    wage agreed at the minimum never falls short of it.

    References
    ----------
    最低工资规定第三条、第十二条；劳动合同法第七十二条
    """
    return np.where(part_time, by_hours, by_days)


def countable_wage(wage: Column, allowances: Column, shares_on_top: Column) -> Column:
    """Return the part of the pay that may be held against the minimum wage, in fen.

    Overtime and the excluded allowances are left out by the caller. Where a place does not let
    the worker's own insurance be paid out of the minimum, it comes on top and is taken off first.

    References
    ----------
    最低工资规定（劳动和社会保障部令第21号）第十二条；各地通知
    """
    return wage + allowances - shares_on_top


def shortfall(countable: Column, minimum: Column, employed: Mask) -> Column:
    """Return what is missing to the minimum wage; people without a labour relation have none.

    References
    ----------
    最低工资规定第十二条；辅助性就业服务协议的报酬下限未找到（残联发〔2015〕27号）
    """
    return np.where(employed, np.maximum(minimum - countable, 0), 0)
