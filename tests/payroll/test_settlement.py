"""The limits of deductions, on the rules themselves."""

import numpy as np
import pytest

from payroll.rules import settlement


def _column(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


@pytest.mark.parametrize(("deduction", "over"), [(299, False), (300, False), (301, True)])
def test_ceiling_is_a_share_of_gross(deduction: int, over: bool) -> None:
    """Exactly the permitted share passes, one fen more does not, whatever the fraction."""
    ceiling = (_column(3), _column(10))
    assert settlement.over_ceiling(_column(deduction), _column(1000), ceiling)[0] == over


@pytest.mark.parametrize(
    ("deduction", "countable", "top_up", "contract", "below"),
    [
        (0, 900, 100, True, False),
        (1, 900, 100, True, True),
        (100, 1100, 0, True, False),
        (101, 1100, 0, True, True),
        (101, 1100, 0, False, False),
    ],
)
def test_deduction_stops_at_the_minimum(
    deduction: int, countable: int, top_up: int, contract: bool, below: bool
) -> None:
    """A deduction may go down to the minimum of 1000, not below; agreements have no minimum."""
    found = settlement.below_minimum(
        _column(deduction),
        _column(countable),
        _column(top_up),
        _column(1000),
        np.array([contract]),
    )
    assert found[0] == below
