"""The minimum-wage test: what counts, what is due for the days given, what is missing."""

import numpy as np

from payroll.money import Column, Mask


def countable_wage(
    wage: Column, allowances: Column, employee_shares: Column, shares_included: Column
) -> Column:
    """Return the part of the pay that may be held against the minimum wage, in fen.

    Overtime and the excluded allowances are left out by the caller. Where a place does not let
    the worker's own insurance be paid out of the minimum, it is taken off first.

    References
    ----------
    最低工资规定（劳动和社会保障部令第21号）第十二条；各地通知
    """
    return wage + allowances - np.where(shares_included == 1, 0, employee_shares)


def shortfall(countable: Column, minimum: Column, contract: Mask) -> Column:
    """Return what is missing to the minimum wage; people without a labour contract have none.

    References
    ----------
    最低工资规定第十二条；辅助性就业服务协议的报酬下限未找到（残联发〔2015〕27号）
    """
    return np.where(contract, np.maximum(minimum - countable, 0), 0)
