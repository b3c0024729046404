"""``rukang attendance``: a month's attendance as workbook 05."""

from __future__ import annotations

from rukang.doors.cli.common import Data, HomeCode, Month, Out
from rukang.doors.cli.form import export
from rukang.doors.intake.months.attendance import BOOK


def attendance(home: HomeCode, month: Month, out: Out, data: Data = None) -> None:
    """写出 05 工作簿：当月已登记的内容，没有登记的是待填的空表 / write workbook 05 of a month."""
    export(BOOK, home, month, out, data)
