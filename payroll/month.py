"""The pay period: one calendar month."""

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, the period wages and contributions are settled for."""

    year: int
    month: int

    def __post_init__(self) -> None:
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

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def next(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)
