"""Who of the staff counts in a month, and against which minimum wage a month is held.

Levy, VAT refund and extra deduction all ask this, and all ask it here.
"""

from enum import StrEnum

from payroll.employer.records import DisabledPerson, EmployerYear, PersonMonth
from payroll.month import Month
from payroll.policy import Name, Policy, places
from payroll.retirement import Age, ages


class Reading(StrEnum):
    """How “wage not below the minimum of the county, every month” is read for part of a month.

    The notice (财税〔2016〕52号) does not say it. ``BY_DAYS`` holds a month against what the pay
    run held it against: the minimum of the place of work, for the days employed. ``WHOLE_MONTH``
    holds it against the whole minimum of the county of the taxpayer.
    """

    BY_DAYS = "by_days"
    WHOLE_MONTH = "whole_month"


def minimum_of(
    month: PersonMonth, year: EmployerYear, policy: Policy, reading: Reading = Reading.BY_DAYS
) -> int:
    """Return the minimum wage that a month of somebody is held against, in fen."""
    on = year.first_of(month.month)
    if reading is Reading.WHOLE_MONTH:
        return policy.value("minimum_wage.monthly", year.place, on).fen
    if month.minimum_fen is not None:
        return month.minimum_fen
    return policy.value("minimum_wage.monthly", month.place or year.place, on).fen


def below_minimum(
    month: PersonMonth, year: EmployerYear, policy: Policy, reading: Reading = Reading.BY_DAYS
) -> bool:
    """Return whether the wage of a month is below the minimum it is held against."""
    return month.tested_fen < minimum_of(month, year, policy, reading)


def bars(
    person: DisabledPerson, month: int, year: EmployerYear, policy: Policy
) -> tuple[Name, ...]:
    """Return why somebody is no disabled member of the staff in a month; empty if nothing bars.

    A certificate has to hold to the month's end. Nobody below the least age for work is staff,
    nor anybody beyond the retirement age; where that depends on a woman's post, which is not on
    record, nothing is barred here and the findings of the month ask.

    References
    ----------
    残疾人就业条例；劳动法第十五条；关于实施渐进式延迟法定退休年龄的决定
    """
    at = Month(year.year, month)
    found = []
    until = person.certificate_to
    if until is not None and until < at.last:
        found.append(
            Name(
                zh=f"{month}月残疾人证已到期（{until}）",
                en=f"month {month}: the certificate ended on {until}",
            )
        )
    if person.born_on is not None and person.is_man is not None:
        known = ages(person.born_on, person.is_man, policy, year.place, at.first)
        age = known.in_month(at)
        if age is Age.TOO_YOUNG:
            found.append(
                Name(
                    zh=f"{month}月未满最低就业年龄（{known.works_from} 满）",
                    en=f"month {month}: below the least age for work, reached {known.works_from}",
                )
            )
        elif age is Age.RETIRED:
            last = max(known.retires)
            found.append(
                Name(
                    zh=f"{month}月已过法定退休年龄（{last} 到龄）",
                    en=f"month {month}: beyond the retirement age, reached in {last}",
                )
            )
    return tuple(found)


def where(month: PersonMonth, year: EmployerYear) -> str:
    """Return the name of the place whose minimum wage a month is held against."""
    return places.name(month.place or year.place)
