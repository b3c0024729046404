"""Staff with a qualification, and the training they had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rukang.base.clock import days_of_month
from rukang.care.quality import list_training, reported_months
from rukang.engines.rating.criteria.measure import Measurement
from rukang.people import Staff, list_staff
from rukang.stars.measures.window import Records, divided, measurement, share


def qualified_staff_share(records: Records) -> Measurement | None:
    """Return the qualified among the staff under contract, month by month.

    The register keeps no history of qualifications: they count as registered now.
    """
    by_month = {
        month: found for month in records.window.months if (found := _staff(records, month))
    }
    staff = [member for found in by_month.values() for member in found]
    hits = (member.qualified for member in staff)
    return share(records, hits, "员工名册 staff register", by_month, staff)


def training_hours(records: Records) -> Measurement | None:
    """Return the hours of training over the mean number of staff, in the months reported."""
    window = records.window
    months = set(reported_months(records.session, records.home, window.first, window.last))
    staff = sum(len(_staff(records, month)) for month in months)
    if not staff:
        return None
    training = list_training(records.session, records.home, window.first, window.last)
    hours = sum((item.hours for item in training), Decimal(0))
    figures = (
        f"{hours} 小时/（{staff} 人月÷{len(months)} 个月）"
        " hours ÷ (person-months ÷ months reported)"
    )
    value = divided(hours * len(months), staff)
    return measurement(records, value, "培训记录 training records", figures, months, training)


def _staff(records: Records, month: date) -> Sequence[Staff]:
    days = days_of_month(month)
    return list_staff(records.session, records.home, days[0], days[-1])
