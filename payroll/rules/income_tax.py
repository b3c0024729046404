"""Income tax on wages by cumulative withholding."""

from collections.abc import Sequence
from math import lcm

import numpy as np

from payroll.money import Column, Fraction, Mask, fen, fraction, scale
from payroll.policy.units import Bracket


def standard_deduction(
    months: Column, monthly: Column, yearly: Column, whole_year: Column
) -> Column:
    """Return the standard deduction of the year so far, in fen.

    One monthly amount for each month employed here this year; the whole year's at once where
    the employer withheld in all twelve months of last year and income was not above it.

    References
    ----------
    国家税务总局公告2018年第61号；国家税务总局公告2020年第19号
    """
    return np.where(whole_year == 1, yearly, months * monthly)


def cumulative_taxable(
    income: Column,
    exempt: Column,
    standard: Column,
    insurance: Column,
    special: Column,
    other: Column,
) -> Column:
    """Return the taxable income of the year so far, in fen, never below nil.

    References
    ----------
    国家税务总局公告2018年第61号
    """
    taxable: Column = np.maximum(income - exempt - standard - insurance - special - other, 0)
    return taxable


def tax_on(taxable: Column, brackets: Sequence[Bracket]) -> Column:
    """Return the tax on cumulative taxable income, in fen, rounded half up.

    References
    ----------
    个人所得税法税率表一；国家税务总局公告2018年第61号
    """
    tops = np.array([fen(step.up_to) for step in brackets if step.up_to is not None], np.int64)
    step = np.searchsorted(tops, taxable, side="left")
    rates = [fraction(bracket.rate) for bracket in brackets]
    unit = lcm(*(denominator for _, denominator in rates))  # one for all steps: quick, and as exact
    parts = np.array([top * (unit // own) for top, own in rates], np.int64)[step]
    quick = np.array([fen(bracket.quick_deduction) for bracket in brackets], np.int64)[step]
    return scale(taxable, parts, unit) - quick


def months_deducted(months: Column, latest: Column | int, first_job: Mask) -> Column:
    """Return for how many months of the year the standard deduction counts.

    Those employed here; from January on for whom it is the first wage of the calendar year.

    References
    ----------
    国家税务总局公告2018年第61号；国家税务总局公告2020年第13号
    """
    return np.where(first_job, latest, months)


def annual_bonus_tax(bonus: Column, brackets: Sequence[Bracket]) -> Column:
    """Return the tax on an annual bonus apart from other income, in fen, rounded half up.

    A twelfth of the bonus chooses the step; its rate takes the whole bonus, its quick deduction
    is taken off once.

    References
    ----------
    财政部 税务总局公告2023年第30号
    """
    tops = np.array([12 * fen(step.up_to) for step in brackets if step.up_to is not None], np.int64)
    step = np.searchsorted(tops, bonus, side="left")
    rates = [fraction(bracket.rate) for bracket in brackets]
    unit = lcm(*(denominator for _, denominator in rates))
    parts = np.array([top * (unit // own) for top, own in rates], np.int64)[step]
    quick = np.array([fen(bracket.quick_deduction) for bracket in brackets], np.int64)[step]
    return scale(bonus, parts, unit) - quick


def labour_remuneration(pay: Column, least_cost: Column, cost_share: Fraction) -> Column:
    """Return the taxable part of a payment of labour remuneration, in fen, never below nil.

    A fixed cost is taken off up to 4000 yuan and a share above; both are equal at 4000 yuan, so
    that the larger of them is right on either side.

    References
    ----------
    国家税务总局公告2018年第61号第八条
    """
    numerator, denominator = cost_share
    cost = np.maximum(least_cost, scale(pay, numerator, denominator))
    taxable: Column = np.maximum(pay - cost, 0)
    return taxable


def disabled_relief(due: Column, rate: Fraction, disabled: Mask) -> Column:
    """Return the relief of disabled persons on the year so far, in fen: a share of the tax.

    References
    ----------
    个人所得税法第五条（幅度由各省规定）
    """
    numerator, denominator = rate
    return np.where(disabled, scale(due, numerator, denominator), 0)


def relief_of_place(
    by_share: Column, has_share: Mask, due: Column, amount: Column, cap: Column, has_cap: Mask
) -> Column:
    """Return the relief of the year so far by the shape that a place gives it, in fen.

    A share of the tax, or an amount a year where no share is named; at most a yearly cap where
    there is one, and never more than the tax.

    References
    ----------
    个人所得税法第五条（幅度由各省规定）
    """
    relief = np.where(has_share, by_share, np.minimum(due, amount))
    return np.where(has_cap, np.minimum(relief, cap), relief)


def tax_this_month(due: Column, relief: Column, withheld: Column) -> Column:
    """Return the tax to withhold now, in fen.

    Where less is due than was withheld, nothing is withheld; the difference is settled after the
    year, not refunded with the wage.

    References
    ----------
    国家税务总局公告2018年第61号
    """
    tax: Column = np.maximum(due - relief - withheld, 0)
    return tax
