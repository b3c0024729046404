"""Social insurance: one base between floor and cap, one share per insurance and payer."""

import numpy as np

from payroll.money import Column, Fraction, Mask, scale_each

DECLARED, FLOOR, CAP = 0, 1, 2


def contribution_base(declared: Column, floor: Column, cap: Column) -> Column:
    """Return the monthly contribution base: the declared one, not below floor nor above cap.

    A worker on the minimum wage has a base below the floor, so contributions fall due on the
    floor and not on the wage.

    References
    ----------
    国办发〔2019〕13号；各省每年公布的缴费基数上下限
    """
    return np.minimum(np.maximum(declared, floor), cap)


def base_decided_by(declared: Column, floor: Column, cap: Column) -> Column:
    """Return whether the declared base, the floor or the cap decided."""
    return np.where(declared < floor, FLOOR, np.where(declared > cap, CAP, DECLARED))


def contribution(base: Column, rate: Fraction, roundings: Column | int, insured: Mask) -> Column:
    """Return one payer's contribution to one insurance, in fen, rounded as the place does.

    Where one rate holds for all who have the insurance it is given once, for others too: only
    ``insured`` tells who pays.

    References
    ----------
    社会保险法第十二条、第二十三条、第三十五条、第四十四条、第五十三条（按国家规定的比例缴纳），第六十条
    （代扣代缴）；各地费率和取整办法
    """
    numerator, denominator = rate
    own = base if insured.all() else np.where(insured, base, 0)
    return scale_each(own, numerator, denominator, roundings)


def fixed_contribution(amount: Column, insured: Mask) -> Column:
    """Return a fixed monthly amount beside the rate, such as a large-claims premium, in fen.

    References
    ----------
    各地职工大额医疗费用补助规定
    """
    return np.where(insured, amount, 0)
