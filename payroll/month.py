"""The pay period: one calendar month."""

import calendar
from dataclasses import dataclass
from datetime import date

from payroll.given import one


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, the period wages and contributions are settled for."""

    year: int
    month: int

    def __post_init__(self) -> None:
        for value in (self.year, self.month):
            one(value, int, "年和月", "year and month", "Month(2026, 10)")
        if not 1 <= self.month <= 12:
            raise ValueError(f"月份 {self.month} 不存在 / month {self.month} is not 1 to 12")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``2026-10``.

        Raises
        ------
        ValueError
            When the text is not a year and a month.
        """
        one(text, str, "月份", "month", '"2026-10"')
        try:
            year, month = (int(part) for part in text.split("-"))
        except ValueError:
            message = f"“{text}” 不是月份，应写作 2026-10 / not a month, write 2026-10"
            raise ValueError(message) from None
        return cls(year, month)

    @property
    def first(self) -> date:
        """Return the first day; dated figures are read on it."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return the last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def parts(self, cycle_days: int) -> tuple[tuple[date, date], ...]:
        """Return the first and last days of the parts of the month that are paid one by one.

        A cycle that divides thirty days cuts as calendars do, at 15 the first half and the rest of
        the month, at 10 its thirds: the last part has a day more in a month of 31 days, and is
        shorter in February. Any other cycle is counted from the 1st, the last part the shorter.

        References
        ----------
        劳动合同法第七十二条（非全日制用工劳动报酬结算支付周期最长不得超过十五日）
        """
        one(cycle_days, int, "支付周期", "pay cycle", "15")
        if cycle_days < 1:
            raise ValueError(f"支付周期 {cycle_days} 天应大于 0 / a cycle of a day at least")
        end = 30 if 30 % cycle_days == 0 else self.last.day
        starts = [day for day in range(1, end + 1, cycle_days) if day <= self.last.day]
        ends = [day - 1 for day in starts[1:]] + [self.last.day]
        return tuple(
            (self.first.replace(day=start), self.first.replace(day=end))
            for start, end in zip(starts, ends, strict=True)
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def next(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)
