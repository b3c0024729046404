"""The work-injury rates of the employers' own notices, as figures of local standing."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from payroll.columns import Columns
from payroll.figures import NOBODY, Figure
from payroll.money import Column
from payroll.policy import Name, Resolved, Standing

RATE = "insurance.injury.employer_rate"


def injury_rates(people: Columns, figures: Mapping[str, Figure]) -> Figure:
    """Return everyone's work-injury rate: the notice's own, or the base of a class × its step."""
    covered = np.flatnonzero(people.of_people.injury)
    each = people.of_people
    notice = _numbered(
        each.injury_rate[covered],
        each.injury_class[covered],
        each.injury_float[covered],
        people.rate_documents.row[covered],
        people.employers.row[covered],
        people.insured_places.row[covered],
    )
    _, firsts, which = np.unique(notice, return_index=True, return_inverse=True)
    found = tuple(_notice(people, int(person), figures) for person in covered[firsts])
    row = np.full(len(people), NOBODY, np.int64)
    row[covered] = which
    return Figure(RATE, found, row)


def _numbered(*columns: Column) -> Column:
    """Return a number for each row, the same for the same combination of values."""
    number = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, part = np.unique(column, return_inverse=True)
        _, number = np.unique(number * (part.max(initial=0) + 1) + part, return_inverse=True)
    return number


def _notice(people: Columns, person: int, figures: Mapping[str, Figure]) -> Resolved:
    each, month = people.of_people, people.month
    document = people.rate_documents.at(person) or "单位填报，未附核定通知"
    if each.injury_rate[person] >= 0:
        value = Decimal(int(each.injury_rate[person])) / 10**6
    else:
        base = figures["insurance.injury.base_rates"].of(person)[0]
        risk, step = int(each.injury_class[person]), Decimal(int(each.injury_float[person])) / 100
        value = base.value[risk] * step
        document = f"{document}（{base.document}：第{risk}类，浮动 {step:%}）"
    return Resolved(
        parameter=RATE,
        name=Name(zh="工伤保险单位费率", en="Work injury, employer rate"),
        unit="rate",
        value=value,
        place=people.insured_places.at(person),
        valid_from=month.first,
        valid_to=month.last,
        document=document,
        article=None,
        source=f"单位 {people.employers.at(person)} 填报",
        standing=Standing.LOCAL,
        checked=month.first,
    )
