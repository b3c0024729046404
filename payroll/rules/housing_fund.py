"""The housing fund: what of a contribution is taxed."""

import numpy as np

from payroll.money import Column, Fraction, Mask, scale, scale_each

HUNDRED, MILLION = 100, 10**6


def contribution(
    entered: Column, base: Column, rate: Column, roundings: Column, by_rate: Mask
) -> Column:
    """Return one side's contribution of a month, in fen: as entered, or base × rate.

    Parameters
    ----------
    entered
        Amounts entered for the month, nil for whoever is reckoned by rate.
    base, rate
        Fen, and millionths of it.
    roundings
        Codes of how each place rounds, below nil where none is needed.

    References
    ----------
    住房公积金管理条例第十六条、第十八条
    """
    return np.where(by_rate, scale_each(base, rate, MILLION, roundings), entered)


def exempt_limit(average: Column, multiple: Column, share: Fraction) -> Column:
    """Return up to what one side's contribution of a month is free of income tax, in fen.

    Parameters
    ----------
    average
        Last year's average monthly wage of the city of work, in fen.
    multiple
        How many times the average counts, in hundredths.
    share
        The share of it that is free.

    References
    ----------
    财税〔2006〕10号第二条
    """
    top, unit = share
    return scale(average * multiple, top, unit * HUNDRED)


def taxed_part(contribution: Column, limit: Column, is_known: Mask) -> Column:
    """Return what of a contribution is above the limit, in fen; nil where no limit is known.

    References
    ----------
    财税〔2006〕10号第二条
    """
    taxed: Column = ((contribution - limit).clip(min=0)) * is_known
    return taxed
