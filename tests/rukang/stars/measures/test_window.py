"""A window of months, what its evidence says, and how a fraction is rounded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.quality import ReportedMonth
from rukang.stars.measures.window import Records, Window, divided, measurement


def test_a_window_ends_with_the_month_of_a_day() -> None:
    """Six months back from any day of February begin in September, and end on its last day."""
    window = Window(date(2027, 2, 14), 6)
    assert (window.first, window.last) == (date(2026, 9, 1), date(2027, 2, 28))
    assert len(window.months) == 6
    assert str(window) == "2026-09 至 2027-02"
    assert str(Window(date(2027, 2, 14))) == "2027-02"


def test_a_window_of_no_months_is_refused() -> None:
    """One month is the least."""
    assert Window(date(2026, 10, 1), 1).months == [date(2026, 10, 1)]
    with pytest.raises(InvalidError):
        Window(date(2026, 10, 1), 0)


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [(2, 3, "0.666"), (1999, 2000, "0.999"), (Decimal("1.5"), 3, "0.500"), (60, 3, "20")],
)
def test_a_fraction_is_rounded_down(part: Decimal, whole: int, value: str) -> None:
    """Three places; a whole number stands without any."""
    assert str(divided(part, whole)) == value


def test_evidence_tells_missing_months_and_the_records(session: Session, home: Home) -> None:
    """Which months have records, which lack them, and how many records with their ids."""
    used = [ReportedMonth(home_id=home.id, month=date(2026, month, 1)) for month in (8, 10)]
    session.add_all(used)
    session.flush()
    records = Records(session, home, Window(date(2026, 10, 1), 3))
    months = [record.month for record in used]
    found = measurement(records, Decimal(1), "甲 a", "1/1", months, used)
    first, last = (record.id for record in used)
    assert found.evidence == (
        "2026-08 至 2026-10 甲 a：1/1；"
        "3 个月中 2 个月有记录（缺 2026-09） 2 of 3 months on record；"
        f"reported_month 2 条，编号 {first} 至 {last}"
    )
