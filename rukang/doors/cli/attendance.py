"""``rukang attendance``: a month's attendance as workbook 05."""

from __future__ import annotations

from rukang.base.papers.private_files import private_files
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, HomeCode, Month, Out, say, signed
from rukang.doors.intake.attendance.write import file_name, write_month


def attendance(home: HomeCode, month: Month, out: Out, data: Data = None) -> None:
    """写出 05 工作簿：当月已登记的内容，没有登记的是待填的空表 / write workbook 05 of a month."""
    _, database = signed(data)
    with database.session() as session, private_files(out) as draft:
        found = find_home(session, home)
        name = file_name(found, month)
        write_month(session, found, month, draft / name)
    say(f"✓ {out / name}：{found.name} {month:%Y-%m} / written")
