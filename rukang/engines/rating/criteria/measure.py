"""What a criterion may read from the records of a home instead of asking an inspector."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from rukang.base.definitions import Strict, Text


class Measure(StrEnum):
    """A figure of the records, over the window the service names in its evidence."""

    STAFF_PER_PRESENT_RESIDENT = "staff_per_present_resident"
    QUALIFIED_STAFF_SHARE = "qualified_staff_share"
    ATTENDANCE_RATE = "attendance_rate"
    OPENING_DAYS = "opening_days"
    CONTRACTS_SHARE = "contracts_share"
    WAGES_AT_OR_ABOVE_MINIMUM_SHARE = "wages_at_or_above_minimum_share"
    WAGES_ON_TIME_SHARE = "wages_on_time_share"
    INSURED_SHARE = "insured_share"
    REST_RULE_BREACHES = "rest_rule_breaches"
    HOURS_OPEN = "hours_open"
    ARREARS_SHARE = "arrears_settled_share"
    INCIDENTS = "incidents"
    COMPLAINTS_UPHELD = "complaints_upheld"
    TRAINING_HOURS = "training_hours"
    SATISFACTION_SHARE = "satisfaction_share"

    @property
    def meaning(self) -> Text:
        """Say what is divided by what, or counted."""
        return _MEANINGS[self]


_MEANINGS = {
    Measure.STAFF_PER_PRESENT_RESIDENT: Text(
        zh="在岗照护工时 ÷ 到园人员在园工时", en="care hours on duty ÷ resident hours present"
    ),
    Measure.QUALIFIED_STAFF_SHARE: Text(
        zh="持相应资格的工作人员 ÷ 全部工作人员", en="staff holding the qualification ÷ all staff"
    ),
    Measure.ATTENDANCE_RATE: Text(
        zh="实际到园人次 ÷ 预计到园人次", en="person-days present ÷ person-days expected"
    ),
    Measure.OPENING_DAYS: Text(zh="当月开放天数", en="days open in the month"),
    Measure.CONTRACTS_SHARE: Text(
        zh="有有效合同或协议的劳动者 ÷ 全部劳动者",
        en="workers with a contract or agreement in force ÷ all workers",
    ),
    Measure.WAGES_AT_OR_ABOVE_MINIMUM_SHARE: Text(
        zh="应发工资不低于最低工资的合同职工 ÷ 全部合同职工",
        en="contract workers paid at least the minimum wage ÷ all contract workers",
    ),
    Measure.WAGES_ON_TIME_SHARE: Text(
        zh="按约定日期发放的工资笔数 ÷ 应发笔数", en="wages paid by the agreed day ÷ wages due"
    ),
    Measure.INSURED_SHARE: Text(
        zh="五险齐全的合同职工 ÷ 全部合同职工",
        en="contract workers with all five insurances ÷ all contract workers",
    ),
    Measure.REST_RULE_BREACHES: Text(
        zh="当月排班违反工时与休息规则的次数",
        en="breaches of the working-time and rest rules in the month's roster",
    ),
    Measure.HOURS_OPEN: Text(zh="开放日平均每天开放小时数", en="mean hours open on an opening day"),
    Measure.ARREARS_SHARE: Text(
        zh="已补发的欠付工资 ÷ 查出的欠付工资", en="arrears paid out ÷ arrears found"
    ),
    Measure.INCIDENTS: Text(zh="期间登记的安全事件起数", en="incidents recorded in the window"),
    Measure.COMPLAINTS_UPHELD: Text(zh="期间查实的投诉件数", en="complaints upheld in the window"),
    Measure.TRAINING_HOURS: Text(
        zh="期间工作人员人均培训小时数", en="training hours per member of staff in the window"
    ),
    Measure.SATISFACTION_SHARE: Text(
        zh="期间问卷中满意的答复 ÷ 全部答复",
        en="satisfied answers ÷ all answers of the surveys in the window",
    ),
}


class Measurement(Strict):
    """The value of a measure and where it was read."""

    value: Decimal
    evidence: str
