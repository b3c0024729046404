"""Workbook 05 goes into the records and comes out of them as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.bodies.homes import find_home
from rukang.care.attendance import AttendanceDay, HoursWorked, PieceWork
from rukang.doors.intake import import_workbooks
from rukang.doors.intake.months.attendance import BOOK
from rukang.forms import write_filled
from rukang.pay import PayItem
from rukang.work.teams import TeamMember, TeamWork
from tests.demo import DEMO
from tests.rukang.doors.intake.conftest import Edited, both, cell, put

KEPT_APART = ("计件", "工时", "津贴与扣款", "集体计件", "集体计件成员")
OCTOBER = date(2026, 10, 1)
MADE_AT = datetime(2026, 11, 2, tzinfo=UTC)
KINDS: tuple[type[Any], ...] = (
    AttendanceDay,
    PieceWork,
    HoursWorked,
    PayItem,
    TeamWork,
    TeamMember,
)


def _records(session: Session) -> dict[str, set[tuple[Any, ...]]]:
    """Return the month's records by table, but for their ids."""
    return {
        kind.__tablename__: {
            tuple(
                getattr(of, column.key) for column in kind.__table__.columns if column.key != "id"
            )
            for of in session.scalars(select(kind))
        }
        for kind in KINDS
    }


def _more(book: Workbook) -> None:
    """Hours of a Sunday's half, allowances of both kinds, and what a team of two made."""
    uscc = cell(load_workbook(DEMO / "04-用工单位.xlsx"), "用工关系", "R01", "统一社会信用代码")
    book["工时"].append(["R01", book["考勤"]["B2"].value, date(2026, 10, 18), None, 3.5, 1.5, uscc])
    for row in (["一般津贴", "", 100.5, "否"], ["扣款", "损坏赔偿", 20, "否"]):
        book["津贴与扣款"].append(["R01", book["考勤"]["B2"].value, *row])
    book["集体计件"].append(["一组", "灯笼", 100, 1.25, date(2026, 10, 9), "正常", 0.5])
    for at, weight in ((38, 3), (39, 1.5)):
        who = [book["考勤"].cell(at, column).value for column in (1, 2)]
        book["集体计件成员"].append(["一组", *who, weight])


def test_what_was_imported_comes_out_and_goes_in_again(
    empty_database: Database, edited: Edited, tmp_path: Path
) -> None:
    """Half days, pieces with a day and fractions of a fen, hours and amounts: none is changed."""
    before = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "04-用工单位.xlsx")]
    halves = both(
        put("考勤", "R01", "18", "出 ／ 休"),
        put("考勤", "R01", "20", "出/事"),
        put("考勤", "R02", "20", "年/年"),
        put("计件", "R37", "日期", date(2026, 10, 9)),
        put("计件", "R37", "质量扣减（元）", 1.5),
        put("计件", "R37", "单价（元/件）", 0.035),
        _more,
    )
    import_workbooks(empty_database, [*before, edited("05", halves)])
    with empty_database.session() as session:
        kept = _records(session)
        home = find_home(session, "ZP001")
        path = write_filled(tmp_path / "a.xlsx", BOOK, session, home, OCTOBER, MADE_AT)
        again = write_filled(tmp_path / "again.xlsx", BOOK, session, home, OCTOBER, MADE_AT)
    assert path.read_bytes() == again.read_bytes()
    book = load_workbook(path)
    assert cell(book, "考勤", "R01", "18") == "出/休"
    assert cell(book, "考勤", "R01", "20") == "出/事"
    assert cell(book, "考勤", "R02", "20") == "年"
    # What stands in between is another month, so that nothing can be left from before.
    import_workbooks(empty_database, [DEMO / "05-出勤与计件.xlsx"])
    with empty_database.session() as session:
        assert _records(session) != kept
    assert import_workbooks(empty_database, [path])[0].stored
    with empty_database.session() as session:
        assert _records(session) == kept


def test_a_month_without_records_is_a_sheet_to_fill(
    demo_database: Database, tmp_path: Path
) -> None:
    """Everybody served in it, the days it has, and no mark: an empty cell is no record."""
    november = date(2026, 11, 1)
    with demo_database.session() as session:
        home = find_home(session, "ZP001")
        book = load_workbook(
            write_filled(tmp_path / "05.xlsx", BOOK, session, home, november, MADE_AT)
        )
    rows = list(book["考勤"].iter_rows(values_only=True))
    assert rows[0] == ("人员编号", "姓名", *(str(day) for day in range(1, 31)))
    assert [row[0] for row in rows[1:3]] == ["R01", "R02"]
    assert {value for row in rows[1:] for value in row[2:]} == {None}
    assert book["填报信息"]["B2"].value == "2026-11"
    assert [book[name].max_row for name in KEPT_APART] == [1] * 5
