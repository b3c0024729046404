"""Pay for pieces: quantity × rate, less faults; a member's share; the multiple of the hours."""

import numpy as np

from payroll.money import Column, scale


def whole_pay(quantity: Column, rate: Column, multiple: Column, faults: Column) -> Column:
    """Return what a person or a team earned with each item, in fen, never below nil.

    Parameters
    ----------
    quantity
        Accepted pieces, in hundredths.
    rate
        Pay a piece, in hundredths of a fen.
    multiple
        100 for normal hours, 150, 200 or 300 for pieces made in overtime.
    faults
        Taken off for quality, in fen.

    References
    ----------
    计件单价由单位与职工或服务对象约定；工资支付暂行规定第十三条（计件加班）；每项四舍五入到分
    """
    earned = scale(quantity, rate * multiple, 100 * 100 * 100)
    less: Column = np.maximum(earned - faults, 0)
    return less


def piece_pay(whole: Column, before: Column, own: Column, of: Column) -> Column:
    """Return a member's part of what the team earned with each item, in fen.

    Parts are cut off one after the other, each end rounded, so that together they are the whole.

    Parameters
    ----------
    whole
        What the team earned, in fen.
    before, own, of
        The weights of the members before, of this one, and of all.

    References
    ----------
    集体计件的分配办法由单位与职工或服务对象约定
    """
    return scale(whole, before + own, of) - scale(whole, before, of)
