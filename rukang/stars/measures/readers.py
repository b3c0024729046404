"""Which reader answers which measure."""

from __future__ import annotations

from collections.abc import Callable

from rukang.engines.rating.criteria.measure import Measure, Measurement
from rukang.stars.measures import payments, people, presence, quality, rosters, wages
from rukang.stars.measures.window import Records

READERS: dict[Measure, Callable[[Records], Measurement | None]] = {
    Measure.STAFF_PER_PRESENT_RESIDENT: rosters.staff_per_present_resident,
    Measure.QUALIFIED_STAFF_SHARE: people.qualified_staff_share,
    Measure.ATTENDANCE_RATE: presence.attendance_rate,
    Measure.OPENING_DAYS: presence.opening_days,
    Measure.CONTRACTS_SHARE: wages.contracts_share,
    Measure.WAGES_AT_OR_ABOVE_MINIMUM_SHARE: wages.wages_at_or_above_minimum_share,
    Measure.WAGES_ON_TIME_SHARE: payments.wages_on_time_share,
    Measure.INSURED_SHARE: wages.insured_share,
    Measure.REST_RULE_BREACHES: rosters.rest_rule_breaches,
    Measure.HOURS_OPEN: rosters.hours_open,
    Measure.ARREARS_SHARE: payments.arrears_settled_share,
    Measure.INCIDENTS: quality.incidents,
    Measure.COMPLAINTS_UPHELD: quality.complaints_upheld,
    Measure.TRAINING_HOURS: people.training_hours,
    Measure.SATISFACTION_SHARE: quality.satisfaction_share,
}
