"""The pay period."""

from datetime import date

import pytest

from payroll import Month


def test_first_and_last_day() -> None:
    """A month knows its days, leap years included."""
    assert Month.parse("2024-02").first == date(2024, 2, 1)
    assert Month.parse("2024-02").last == date(2024, 2, 29)
    assert str(Month(2026, 3)) == "2026-03"
    assert Month(2025, 12) < Month(2026, 1)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "October", "2026-10-01"])
def test_not_a_month(text: str) -> None:
    """Anything but a year and a month is refused with the form expected."""
    with pytest.raises(ValueError, match="月"):
        Month.parse(text)
