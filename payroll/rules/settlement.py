"""From gross to net, and what the work costs the employer."""

from collections.abc import Sequence

import numpy as np

from payroll.money import Column, Fraction, Mask


def total(amounts: Sequence[Column], people: int) -> Column:
    """Return the sum of several lines per person, in fen.

    References
    ----------
    关于工资总额组成的规定（国家统计局令第1号）
    """
    result = np.zeros(people, np.int64)
    for line in amounts:
        result += line
    return result


def net_pay(gross: Column, shares: Column, tax: Column, deductions: Column) -> Column:
    """Return what is left to pay out, in fen: gross − employee shares − tax − other deductions.

    References
    ----------
    工资支付暂行规定
    """
    return gross - shares - tax - deductions


def advance(left: Column) -> Column:
    """Return what the employer pays for a person whose shares and tax exceed the wage, in fen.

    The whole share is due to the insurance office; what the wage does not reach the employer owes
    it all the same, and the person owes the employer. No wage is paid below nil.

    References
    ----------
    社会保险法第六十条（职工应缴的社会保险费由用人单位代扣代缴，不得减免）
    """
    return np.maximum(-left, 0)


def advance_recovered(recovered: Column) -> Column:
    """Return what is kept of the wage for advances of earlier months, in fen.

    References
    ----------
    收回单位垫付的比例由当地规定；工资支付暂行规定第十六条的百分之二十针对损失赔偿，是否适用未找到依据
    """
    return recovered


def over_ceiling(deductions: Column, gross: Column, ceiling: Fraction) -> Mask:
    """Return whose deductions take more than the permitted share of the month's wage.

    References
    ----------
    工资支付暂行规定第十六条
    """
    numerator, denominator = ceiling
    return deductions * denominator > gross * numerator


def below_minimum(
    deductions: Column, countable: Column, top_up: Column, minimum: Column, employed: Mask
) -> Mask:
    """Return whose wage a deduction would take below the minimum wage.

    Without a deduction nobody is: the top-up has brought everybody to the minimum.

    References
    ----------
    工资支付暂行规定第十六条
    """
    return employed & (countable + top_up - deductions < minimum)
