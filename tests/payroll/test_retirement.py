"""Ages of work: the steps of the gradual delay, and the first day of work."""

from datetime import date

import pytest

from payroll import Month, Policy
from payroll.retirement import Age, ages

ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("born", "is_man", "months"),
    [
        # Original age 60 in December 2024: before the delay.
        (date(1964, 12, 31), True, ("2024-12",)),
        # 60 in January 2025 + 1 month; the first four months of birth are one step.
        (date(1965, 1, 1), True, ("2025-02",)),
        (date(1965, 4, 30), True, ("2025-05",)),
        # 60 in May 2025 + 2 months.
        (date(1965, 5, 1), True, ("2025-07",)),
        # 60 in August 2036 is 139 months after January 2025: 139 // 4 + 1 = 35.
        (date(1976, 8, 1), True, ("2039-07",)),
        # 140 // 4 + 1 = 36: 63 years, and no more after it.
        (date(1976, 9, 1), True, ("2039-09",)),
        (date(1990, 5, 20), True, ("2053-05",)),
        # Women: 50 in January 2025 + 1; 55 in January 2030 is 60 months after: + 16.
        (date(1975, 1, 15), False, ("2025-02", "2031-05")),
        # 50 in November 2034 is 118 months after: 118 // 2 + 1 = 60, 55 years.
        (date(1984, 11, 1), False, ("2039-11", "2042-11")),
        # 50 long before the delay, 55 in January 2025 + 1.
        (date(1970, 1, 1), False, ("2020-01", "2025-02")),
    ],
)
def test_the_month_of_retirement(
    policy: Policy, born: date, is_man: bool, months: tuple[str, ...]
) -> None:
    """By the table of the decision, month of birth by month of birth."""
    found = ages(born, is_man, policy, "371681", ON).retires
    assert tuple(map(str, found)) == months


@pytest.mark.parametrize(
    ("born", "is_man", "month", "age"),
    [
        (date(2010, 10, 1), True, "2026-10", Age.OF_AGE),  # sixteen on the first day
        (date(2010, 10, 2), True, "2026-10", Age.TOO_YOUNG),
        (date(1965, 5, 1), True, "2025-07", Age.OF_AGE),
        (date(1965, 5, 1), True, "2025-08", Age.RETIRED),
        (date(1975, 1, 15), False, "2025-02", Age.OF_AGE),
        (date(1975, 1, 15), False, "2025-03", Age.PERHAPS_RETIRED),
        (date(1975, 1, 15), False, "2031-05", Age.PERHAPS_RETIRED),
        (date(1975, 1, 15), False, "2031-06", Age.RETIRED),
        (date(2008, 2, 29), True, "2024-03", Age.OF_AGE),  # sixteen on 29 February 2024
    ],
)
def test_how_an_age_stands(policy: Policy, born: date, is_man: bool, month: str, age: Age) -> None:
    """Whether 50 or 55 was a woman's original age is not on record: a question in between."""
    assert ages(born, is_man, policy, "371681", ON).in_month(Month.parse(month)) is age


def test_the_least_contributions_rise_from_2030(policy: Policy) -> None:
    """15 years to 2029, half a year more each year, 20 years from 2039."""
    at = [
        policy.value("age.pension_least_months", "371681", date(year, 6, 1)).value
        for year in (2029, 2030, 2031, 2038, 2039, 2045)
    ]
    assert at == [180, 186, 192, 234, 240, 240]
