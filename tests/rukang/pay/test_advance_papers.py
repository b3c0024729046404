"""An advance on every paper it belongs to: payslip, register, settlement, summary; and at leaving.

R01 earns 2250, the base floor is 4504: own shares 463.91, the employer's 720.64 + 382.84 + 31.53 +
18.02 = 1153.03.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, DayMarks, Presence
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.pdf import pages_of
from tests.wages import lock

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def papers(empty_database: Database, tmp_path: Path) -> dict[date, Path]:
    """October, all on maternity leave, and November, the last month, with their papers."""
    policy = Policy.load([LOCAL_POLICY])
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        work = an_employment(
            session,
            resident,
            an_employer(session),
            monthly_wage_fen=225_000,
            ended_on=date(2026, 11, 30),
        )
        a_tax_year(session, work)
        session.add_all(
            AttendanceDay(
                home_id=home.id,
                resident_id=resident.id,
                day=day,
                marks=DayMarks.whole(Presence.MATERNITY_LEAVE),
            )
            for day in _worked(OCTOBER)
        )
        some_marks(session, resident, _worked(NOVEMBER))
        home_id, work_id = home.id, work.id
    folders = {}
    for month in (OCTOBER, NOVEMBER):
        with empty_database.session() as session:
            run_id = pay.request_run(
                as_actor(session, "专员"), session.get_one(Home, home_id), month
            ).id
        pay.calculate_run(empty_database, run_id, policy)
        lock(empty_database, run_id)
        with empty_database.session() as session:
            home, day = session.get_one(Home, home_id), date(2026, 11, 2)
            if month == OCTOBER:
                pay.record_consent(as_actor(session, "专员"), home, work_id, day, "书面同意书")
            folders[month] = tmp_path / f"{month:%Y-%m}"
            pay.write_documents(session, pay.find_run(session, run_id), folders[month], policy)
    return folders


def _worked(month: date) -> list[date]:
    return [day for day in days_of_month(month) if Calendar().kind_of(day).works]


def _row(folder: Path, file: str, sheet: int | str, headers: int) -> dict[str, Any]:
    """Return the first row below the headers of a sheet, by the first line of each header."""
    book = load_workbook(folder / file)
    found = book.worksheets[sheet] if isinstance(sheet, int) else book[sheet]
    rows = list(found.iter_rows(values_only=True))
    names = [f"{header}".split("\n")[0].split(" ")[0] for header in rows[headers]]
    return dict(zip(names, rows[headers + 1], strict=True))


def test_the_month_that_advances(papers: dict[date, Path]) -> None:
    """Three statutory days of 21: 3.75 of 21.75 days, 2250 × 3.75 ÷ 21.75 = 387.93.

    463.91 − 387.93 = 75.98 are advanced. The employer pays 387.93 + 1153.03 + 75.98 = 1616.94,
    which is both sides' shares: 463.91 + 1153.03.
    """
    folder = papers[OCTOBER]
    register = _row(folder, "payslips.xlsx", "工资表", 1)
    assert (register["应发合计"], register["单位垫付"], register["实发"]) == (387.93, 75.98, 0)
    invoice = _row(folder, "employer-invoices.xlsx", 0, 1)
    assert (invoice["应发工资"], invoice["单位垫付"], invoice["收回垫付"]) == (387.93, 75.98, 0)
    assert (invoice["应付合计"], invoice["其中实发"]) == (1616.94, 0)
    owed = _row(folder, "summary.xlsx", "应收款", 1)
    assert [owed[name] for name in ("编号", "最早月份", "垫付", "未还")] == [
        *("R01", "2026-10"),
        *(75.98, 75.98),
    ]
    (slip,) = pages_of((folder / "payslips.pdf").read_bytes())
    assert "单位垫付" in slip
    assert "75.98" in slip
    (easy,) = pages_of((folder / "payslips-easy-read.pdf").read_bytes())
    assert "75.98" in easy


def test_the_last_month_recovers_what_is_above_the_minimum(papers: dict[date, Path]) -> None:
    """2250 − 2210 = 40.00 of 75.98; the employer pays 2250 + 1153.03 − 40 = 3363.03; 35.98 stay."""
    folder = papers[NOVEMBER]
    register = _row(folder, "payslips.xlsx", "工资表", 1)
    assert (register["收回单位垫付"], register["实发"]) == (40, 1746.09)
    invoice = _row(folder, "employer-invoices.xlsx", 0, 1)
    assert (invoice["单位垫付"], invoice["收回垫付"], invoice["应付合计"]) == (0, 40, 3363.03)
    owed = _row(folder, "summary.xlsx", "应收款", 1)
    assert (owed["垫付"], owed["未还"]) == (75.98, 35.98)
    assert owed["离职"].date() == date(2026, 11, 30)
    (slip,) = pages_of((folder / "payslips.pdf").read_bytes())
    assert "40.00" in slip
    assert "35.98" in slip
