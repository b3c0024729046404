"""05-出勤与计件: marks, days that cannot be, pieces."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from rostering.sheets import WorkbookError
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.bodies.homes import find_home
from rukang.care.attendance import AttendanceDay, DayMarks, PieceWork, Presence
from rukang.doors.intake import import_workbooks
from rukang.pay import RunState, request_run
from rukang.pay.run.life import reach
from rukang.people import Resident
from tests.demo import DEMO
from tests.factories import a_home, a_resident
from tests.rukang.doors.intake.conftest import Edited, Refused, both, only, put

WRONG: list[tuple[str, str, str, Any, str]] = [
    ("考勤", "R02", "8", "到", "应为以下之一"),
    ("考勤", "R03", "人员编号", "R99", "没有这个编号"),
    ("考勤", "R04", "姓名", "别人", "错行"),
    ("考勤", "R05", "14", "出", "不在园"),
    ("考勤", "R06", "人员编号", "R01", "重复"),
    ("计件", "R37", "合格数量", -1, "不能小于"),
    ("计件", "R38", "合格数量", 1.5, "整数"),
    ("计件", "R39", "单价（元/件）", 0, "应大于"),
    ("计件", "R40", "人员编号", "R99", "没有这个编号"),
]


def test_what_cannot_be(refused: Refused) -> None:
    """Each wrong cell is reported at its place, all at once, saying why."""
    findings = refused("05", both(*(put(*wrong[:4]) for wrong in WRONG)))
    for sheet, _, header, _, words in WRONG:
        assert any(words in f.zh and (f.sheet, f.header) == (sheet, header) for f in findings)


def test_an_item_twice(refused: Refused) -> None:
    """Pieces of one item are entered once for each person."""
    assert "重复" in only(refused("05", put("计件", "R37", "产品", "纸盒折叠"))).zh


def test_outside_employment(refused: Refused, empty_database: Database, edited: Edited) -> None:
    """A mark before the first day of employment is refused."""

    def early(book: Workbook) -> None:
        put("入园人员", "R33", "入园日期", book["入园人员"]["H2"].value)(book)

    paths = [DEMO / "01-机构.xlsx", edited("02", early), DEMO / "04-用工单位.xlsx"]
    import_workbooks(empty_database, paths)
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [edited("05", put("考勤", "R33", "16", "出"))])
    finding = only(list(caught.value.findings))
    assert finding.header == "16"
    assert "用工期" in finding.zh


def test_day_the_month_does_not_have(refused: Refused) -> None:
    """A mark on the 31st of November is refused."""

    def november(book: Workbook) -> None:
        put("填报信息", "ZP001", "月份", "2026-11")(book)

    findings = refused("05", november)
    assert {f.header for f in findings} == {"31"}


def test_blank_is_no_record(demo_database: Database, edited: Edited) -> None:
    """An empty cell keeps nothing, and a rate finer than a fen is kept exactly."""
    path = edited(
        "05", both(put("考勤", "R40", "8", None), put("计件", "R37", "单价（元/件）", 0.035))
    )
    assert import_workbooks(demo_database, [path])[0].stored
    with demo_database.session() as session:
        query = select(AttendanceDay).join(Resident).where(Resident.code == "R40")
        assert 8 not in {mark.day.day for mark in session.scalars(query)}
        rates = session.scalars(select(PieceWork.rate).where(PieceWork.item == "手工串珠")).all()
        assert "0.035" in map(str, rates)
    import_workbooks(demo_database, [DEMO / "05-出勤与计件.xlsx"])


@pytest.mark.parametrize(
    ("presence", "accepted"), [(Presence.PRESENT, False), (Presence.REST, True)]
)
def test_present_in_two_homes(empty_database: Database, presence: Presence, accepted: bool) -> None:
    """Nobody is present in two homes on one day; a day of rest there does not matter."""
    import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx"])
    with empty_database.session() as session:
        mine = session.scalars(select(Resident).where(Resident.code == "R37")).one()
        other = a_home(session, "BC001", county="371602")
        theirs = a_resident(session, other, "X01", left_on=date(2026, 10, 8))
        theirs.person = mine.person
        day = AttendanceDay(home_id=other.id, day=date(2026, 10, 8), marks=DayMarks.whole(presence))
        day.resident = theirs
        session.add(day)
    path = DEMO / "05-出勤与计件.xlsx"
    if accepted:
        assert import_workbooks(empty_database, [path])[0].stored
        return
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [path])
    finding = only(list(caught.value.findings))
    assert (finding.header, finding.found) == ("8", "出")


def test_pieces_of_a_day_worked_are_kept(empty_database: Database, edited: Edited) -> None:
    """With their day and what is taken off for faults."""
    worked = date(2026, 10, 9)
    before = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "04-用工单位.xlsx")]
    import_workbooks(empty_database, before)
    import_workbooks(
        empty_database,
        [
            edited(
                "05",
                both(put("计件", "R37", "日期", worked), put("计件", "R37", "质量扣减（元）", 1.5)),
            )
        ],
    )
    with empty_database.session() as session:
        made = session.scalars(select(PieceWork).where(PieceWork.day.is_not(None))).one()
        assert (made.day, made.quality_deduction_fen) == (date(2026, 10, 9), 150)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 10, 11), "不是出勤"), (date(2026, 9, 30), "2026-10 之内")],
)
def test_pieces_of_a_day_not_worked_are_refused(refused: Refused, day: date, words: str) -> None:
    """A Sunday without a mark, a day of another month: the cell and the day are named."""
    finding = only(refused("05", put("计件", "R37", "日期", day)))
    assert (finding.sheet, finding.header) == ("计件", "日期")
    assert words in finding.zh


def test_a_month_whose_wages_are_locked_takes_no_attendance(
    empty_database: Database, edited: Edited
) -> None:
    """What was wrong is corrected, and settled in the next month."""
    before = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "04-用工单位.xlsx")]
    import_workbooks(empty_database, before)
    with empty_database.session() as session:
        run = request_run(session, find_home(session, "ZP001"), date(2026, 10, 1))
        reach(as_actor(session, "园长"), run, RunState.LOCKED)
    with pytest.raises(WorkbookError, match="已锁定"):
        import_workbooks(empty_database, [DEMO / "05-出勤与计件.xlsx"])
