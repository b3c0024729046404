"""Ages that the law asks for."""

from __future__ import annotations

from datetime import date

import pendulum

ADULT = 18
"""Years of majority (民法典 art. 17)."""

SAYS_SELF = 14
"""Years below which a parent or guardian consents to the use of data (个人信息保护法 art. 31)."""


def birthday(born_on: date, years: int) -> date:
    """Return the day on which somebody is so many years old.

    >>> birthday(date(2008, 2, 29), 18)
    datetime.date(2026, 2, 28)
    """
    on = pendulum.date(born_on.year, born_on.month, born_on.day).add(years=years)
    return date(on.year, on.month, on.day)
