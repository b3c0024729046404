"""Pay for pieces: quantity × rate, each item rounded to the fen, summed per person."""

import numpy as np

from payroll.money import Column, scale


def piece_pay(quantity: Column, rate: Column) -> Column:
    """Return the pay for each item, in fen.

    Parameters
    ----------
    quantity
        Accepted pieces, in hundredths.
    rate
        Pay a piece, in hundredths of a fen.

    References
    ----------
    计件单价由单位与职工或服务对象约定；每项四舍五入到分
    """
    return scale(quantity, rate, 100 * 100)


def sum_by_person(person: Column, amounts: Column, people: int) -> Column:
    """Return amounts of items summed per person."""
    total = np.zeros(people, np.int64)
    np.add.at(total, person, amounts)
    return total
