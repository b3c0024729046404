"""05-出勤与计件: a cell of 考勤 may hold a mark for the morning and one for the afternoon."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from rostering.sheets import WorkbookError
from rukang.base.access import Database
from rukang.care.attendance import AttendanceDay, DayMarks, Presence
from rukang.care.attendance.cells import day_marks
from rukang.doors.intake import import_workbooks
from rukang.people import Resident
from tests.demo import DEMO
from tests.factories import a_home, a_resident
from tests.rukang.doors.intake.conftest import Edited, Refused, both, only, put

PRESENT, PERSONAL, REST = Presence.PRESENT, Presence.PERSONAL_LEAVE, Presence.REST
BEFORE = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "04-用工单位.xlsx")]


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("出", DayMarks(PRESENT, PRESENT)),
        ("出/事", DayMarks(PRESENT, PERSONAL)),
        ("事/出", DayMarks(PERSONAL, PRESENT)),
        ("出／事", DayMarks(PRESENT, PERSONAL)),
        (" 出 / 事 ", DayMarks(PRESENT, PERSONAL)),
        ("出\u3000／ 事", DayMarks(PRESENT, PERSONAL)),
        ("出\u00a0/事", DayMarks(PRESENT, PERSONAL)),
        # A pair of the same mark is the whole mark.
        ("出/出", DayMarks.whole(PRESENT)),
        ("休／休", DayMarks.whole(REST)),
    ],
)
def test_what_a_cell_may_hold(cell: str, marks: DayMarks) -> None:
    """Spaces and full width do not matter; what was read is written in one way."""
    assert day_marks(cell) == marks
    assert day_marks(str(marks)) == marks
    assert str(marks) in {"出", "出/事", "事/出", "休"}


WRONG: list[tuple[str, str, Any, str, str]] = [
    ("R02", "8", "到", "记号应为以下之一", "a mark has to be one of"),
    ("R03", "8", "到/出", "上午的记号“到”应为", "the morning's has to be"),
    ("R04", "9", "出/0.5", "下午的记号“0.5”应为", "the afternoon's has to be"),
    ("R05", "21", "出/", "下午没有记号", "no mark for the afternoon"),
    ("R06", "9", "／事", "上午没有记号", "no mark for the morning"),
    ("R07", "9", "/", "上午没有记号", "no mark for the morning"),
    ("R08", "9", "出/事/出", "写了 3 个记号", "there are 3 marks"),
    ("R09", "9", "出//事", "写了 3 个记号", "there are 3 marks"),
    ("R10", "9", "出事", "用 / 分开，如 出/事", "such as 出/事"),
    ("R11", "9", "出、事", "用 / 分开，如 出/事", "such as 出/事"),
    ("R12", "9", 0.5, "记号应为以下之一", "a mark has to be one of"),
    ("R13", "9", True, "记号应为以下之一", "a mark has to be one of"),
]


def test_what_cannot_be(refused: Refused) -> None:
    """Each wrong cell is told at its sheet, row and column, in words of both languages."""
    findings = refused("05", both(*(put("考勤", *wrong[:3]) for wrong in WRONG)))
    places = {(finding.row, finding.header): finding for finding in findings}
    assert len(places) == len(WRONG)
    for code, header, _, zh, en in WRONG:
        finding = places[int(code[1:]) + 1, header]
        assert (finding.sheet, finding.column is not None) == ("考勤", True)
        assert zh in finding.zh
        assert en in finding.en


def test_marks_are_kept_by_halves(demo_database: Database, edited: Edited) -> None:
    """Each half its own mark, a pair of the same mark as the whole one; and back again."""
    cells = {"8": "出／事", "9": "病 / 出", "12": "出/出"}
    change = both(*(put("考勤", "R40", day, cell) for day, cell in cells.items()))
    assert import_workbooks(demo_database, [edited("05", change)])[0].stored
    with demo_database.session() as session:
        query = select(AttendanceDay).join(Resident).where(Resident.code == "R40")
        kept = {of.day.day: str(of.marks) for of in session.scalars(query)}
        assert {day: kept[day] for day in (8, 9, 12)} == {8: "出/事", 9: "病/出", 12: "出"}
    import_workbooks(demo_database, [DEMO / "05-出勤与计件.xlsx"])


@pytest.mark.parametrize(
    ("there", "here", "words"),
    [
        (DayMarks(PRESENT, REST), "休/出", None),
        (DayMarks(REST, PRESENT), "出/休", None),
        (DayMarks(PRESENT, REST), "出/休", "当日上午在另一家机构"),
        (DayMarks(REST, PRESENT), "出", "当日下午在另一家机构"),
        (DayMarks.whole(PRESENT), "出", "当日上午、下午在另一家机构"),
    ],
)
def test_the_morning_here_and_the_afternoon_there(
    empty_database: Database,
    edited: Edited,
    there: DayMarks,
    here: str,
    words: str | None,
) -> None:
    """Nobody is present in two homes at once; half a day in each is no contradiction."""
    import_workbooks(empty_database, BEFORE)
    with empty_database.session() as session:
        mine = session.scalars(select(Resident).where(Resident.code == "R37")).one()
        theirs = a_resident(
            session, a_home(session, "BC001", county="371602"), "X01", left_on=date(2026, 10, 8)
        )
        theirs.person = mine.person
        session.add(
            AttendanceDay(
                home_id=theirs.home_id,
                day=date(2026, 10, 8),
                marks=there,
                resident=theirs,
            )
        )
    path = edited("05", put("考勤", "R37", "8", here))
    if words is None:
        assert import_workbooks(empty_database, [path])[0].stored
        return
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [path])
    finding = only(list(caught.value.findings))
    assert (finding.header, finding.found) == ("8", here)
    assert words in finding.zh


@pytest.mark.parametrize(("cell", "stored"), [("出/事", True), ("事/出", True), ("事/病", False)])
def test_pieces_of_a_day_that_was_worked_by_half(
    empty_database: Database, edited: Edited, cell: str, stored: bool
) -> None:
    """A half present is enough for pieces of the day; leave in both halves is not."""
    import_workbooks(empty_database, BEFORE)
    change = both(put("考勤", "R37", "9", cell), put("计件", "R37", "日期", date(2026, 10, 9)))
    path = edited("05", change)
    if stored:
        assert import_workbooks(empty_database, [path])[0].stored
        return
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [path])
    assert f"“{cell}”，不是出勤" in only(list(caught.value.findings)).zh
