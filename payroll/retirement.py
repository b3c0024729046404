"""Ages of work: from when somebody may be employed, and when the retirement age is reached.

The month of reaching is known for men. Of women the original age is 50 or 55 by the post, which no
record here says: between the two months it is a question.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from payroll.month import Month
from payroll.policy import Policy
from payroll.policy.units import Retirement

DELAY_BEGINS = Month(2025, 1)
"""Whoever reaches the original age from this month on is delayed (决定, in force 2025-01-01)."""

MONTHS = 12


class Age(StrEnum):
    """How somebody's age stands to work in a month."""

    TOO_YOUNG = "too_young"
    OF_AGE = "of_age"
    PERHAPS_RETIRED = "perhaps_retired"
    RETIRED = "retired"


@dataclass(frozen=True)
class Ages:
    """The months that matter in a working life.

    ``works_from`` is the birthday from which work is allowed; ``retires`` the month, or the
    earliest and the latest, in which the retirement age is reached.
    """

    works_from: date
    retires: tuple[Month, ...]

    def in_month(self, month: Month) -> Age:
        """Return how the age stands in a month: too young on its first day, or beyond the age."""
        if self.works_from > month.first:
            return Age.TOO_YOUNG
        if month > max(self.retires):
            return Age.RETIRED
        return Age.PERHAPS_RETIRED if month > min(self.retires) else Age.OF_AGE


def ages(born: date, is_man: bool, policy: Policy, place: str, on: date) -> Ages:
    """Return the months of a working life under the rules of a day.

    Raises
    ------
    UnknownFigure
        If an age is unknown at the place on that day.

    References
    ----------
    劳动法第十五条；全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定
    """
    least = policy.value("age.least_work_years", place, on).value
    tracks = ("men",) if is_man else ("women", "women_of_posts")
    return Ages(
        works_from=_birthday(born, least),
        retires=tuple(
            retirement_month(born, policy.value(f"age.retirement.{track}", place, on).value)
            for track in tracks
        ),
    )


def retirement_month(born: date, rule: Retirement) -> Month:
    """Return the month in which somebody reaches the retirement age.

    Reaching the original age in January 2025 is one month later, in the next step of months two,
    and so on up to the final age.

    References
    ----------
    国务院关于渐进式延迟法定退休年龄的办法第一条
    """
    original = MONTHS * (born.year + rule.original_years) + born.month - 1
    after = original - (MONTHS * DELAY_BEGINS.year + DELAY_BEGINS.month - 1)
    most = MONTHS * (rule.final_years - rule.original_years)
    delay = 0 if after < 0 else min(after // rule.months_a_step + 1, most)
    year, month = divmod(original + delay, MONTHS)
    return Month(year, month + 1)


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February: the day after, in a year without it
        return date(born.year + years, 3, 1)
