"""The demonstration home goes in whole, once, and takes corrections."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.bodies.homes import Home, find_home
from rukang.care.attendance import AttendanceDay, DayMarks, ExpectedAttendance, PieceWork, Presence
from rukang.care.quality import Complaint, Incident, ReportedMonth, Survey, Training
from rukang.doors.intake import import_workbooks
from rukang.forms.workbooks.records import ImportedFile
from rukang.people import Guardian, IdentifierKind, Person, Resident, Staff, find_resident
from rukang.rosters.records import CareRatio, HomeShift, LeaveDay, Wish, WorkedShift
from rukang.work.employment import Employer, Employment, TaxToDate
from tests.demo import DEMO, SUMMER
from tests.factories import own_number
from tests.rukang.doors.intake.conftest import Edited, both, entries, put

PATHS = sorted(DEMO.glob("*.xlsx"))
KINDS_CORRECTED = {"01", "02", "04", "05"}

KEPT = {
    Home: 1,
    Person: 84,
    Resident: 60,
    Guardian: 66,
    Staff: 24,
    HomeShift: 7,
    CareRatio: 7,
    LeaveDay: 16,
    Wish: 24,
    ExpectedAttendance: 31,
    Employer: 4,
    Employment: 56,
    TaxToDate: 34,
    ReportedMonth: 1,
    Incident: 2,
    Complaint: 2,
    Training: 16,
    Survey: 1,
    ImportedFile: 6,
}


def count(session: Session, record: type) -> int:
    """Return how many records of a kind there are."""
    return session.scalar(select(func.count(record.id))) or 0


def test_all_is_kept_and_importing_again_changes_nothing(empty_database: Database) -> None:
    """The seven workbooks fill every table once; the same files again write nothing at all."""
    first = import_workbooks(empty_database, [DEMO])
    assert [done.stored for done in first] == [True] * 5 + [False, True]
    with empty_database.session() as session:
        assert {record: count(session, record) for record in KEPT} == KEPT
    before = entries(empty_database)
    again = import_workbooks(empty_database, [DEMO])
    assert not any(done.stored for done in again)
    assert entries(empty_database) == before


def test_the_worked_examples_are_in_it(demo_database: Database) -> None:
    """The three people of the worked example have exactly the figures it computes with."""
    with demo_database.session() as session:
        home = find_home(session, "ZP001")
        of = {
            code: session.scalars(
                select(Employment).where(
                    Employment.resident_id == find_resident(session, home, code).id
                )
            ).one()
            for code in ("R01", "R05", "R37")
        }
        year = session.scalars(
            select(TaxToDate).where(TaxToDate.employment_id == of["R01"].id)
        ).one()
        pieces = session.scalars(
            select(PieceWork).where(PieceWork.resident_id == of["R37"].resident_id)
        ).all()
        assert (of["R01"].monthly_wage_fen, of["R01"].declared_base_fen) == (221000, 221000)
        assert of["R01"].employer.injury_rate == Decimal("0.004")
        assert (year.months, year.income_fen, year.insurance_fen) == (9, 1989000, 417519)
        assert (of["R05"].started_on, of["R05"].monthly_wage_fen) == (date(2026, 10, 15), 240000)
        assert of["R05"].insured_from == date(2026, 10, 1)
        assert of["R37"].employer.accident_premium_fen == 500
        assert {p.item: (p.quantity, p.rate) for p in pieces} == {
            "手工串珠": (412, Decimal("1.2")),
            "纸盒折叠": (860, Decimal("0.35")),
        }


def test_numbers_are_sealed(demo_database: Database) -> None:
    """Citizen ID, certificate and account are kept sealed and open to what the sheet says."""
    book = load_workbook(DEMO / "02-人员.xlsx")
    _, name, _, number, certificate, *_ = next(book["入园人员"].iter_rows(2, values_only=True))
    with demo_database.session() as session:
        resident = find_resident(session, find_home(session, "ZP001"), "R01")
        vault = session.info["vault"]
        assert resident.person.name == name
        own = resident.person.identifier(IdentifierKind.CITIZEN_ID)
        assert own is not None
        assert number not in own.number_cipher
        assert vault.open(own_number(resident.person)) == number
        stands = resident.person.disability_on(date(2026, 10, 1))
        assert stands is not None
        assert stands.certificate is not None
        assert vault.open(stands.certificate.number) == certificate
        assert (stands.category, stands.grade) == (int(certificate[18]), int(certificate[19]))


def test_a_corrected_file_changes_what_differs_and_no_more(
    empty_database: Database, edited: Edited
) -> None:
    """Corrections come in by code; the month's attendance and pieces are replaced whole."""
    import_workbooks(empty_database, [path for path in PATHS if path.name[:2] in KINDS_CORRECTED])
    before = entries(empty_database)
    late = put("用工关系", "R33", "开始日期", datetime(2026, 10, 20))  # noqa: DTZ001
    marks = both(put("考勤", "R02", "8", None), put("考勤", "R02", "9", "病"))
    import_workbooks(
        empty_database,
        [
            edited("02", put("入园人员", "R02", "姓名", "李承则")),
            edited("04", both(late, put("用工关系", "R02", "姓名", "李承则"))),
            edited("05", both(marks, put("考勤", "R02", "姓名", "李承则"), _cleared_19_for_r33)),
        ],
    )
    with empty_database.session() as session:
        home = find_home(session, "ZP001")
        person = find_resident(session, home, "R02")
        newcomer = find_resident(session, home, "R33")
        query = select(AttendanceDay).where(AttendanceDay.resident_id == person.id)
        days = {mark.day.day: mark.marks for mark in session.scalars(query)}
        works = session.scalars(select(Employment).where(Employment.resident_id == newcomer.id))
        assert person.person.name == "李承则"
        assert 8 not in days
        assert days[9] == DayMarks.whole(Presence.SICK_LEAVE)
        assert [work.started_on for work in works] == [date(2026, 10, 20)]
        assert count(session, Employment) == KEPT[Employment]
    # Two files noted besides: person, contract, one mark changed, two gone, three files.
    assert entries(empty_database) - before == 8


def _cleared_19_for_r33(book: object) -> None:
    put("考勤", "R33", "19", None)(book)  # type: ignore[arg-type]


def test_the_script_writes_what_is_committed(tmp_path: Path) -> None:
    """The workbooks beside the script are what the script writes, cell by cell."""
    script = DEMO.parent / "build_demo_home.py"
    subprocess.run([sys.executable, script, tmp_path / "year", tmp_path / "summer"], check=True)
    for folder, written in ((DEMO, tmp_path / "year"), (SUMMER, tmp_path / "summer")):
        assert {path.name for path in written.iterdir()} == {p.name for p in folder.glob("*.xlsx")}
        for kept in folder.glob("*.xlsx"):
            assert _cells(written / kept.name) == _cells(kept)


def _cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(path, read_only=True)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def test_a_file_that_comes_back_is_kept_again(empty_database: Database, edited: Edited) -> None:
    """After a correction the first file may return, and its content holds again."""
    moments = iter(datetime(2026, 11, 2, tzinfo=UTC) + timedelta(minutes=n) for n in range(99999))
    database = Database(empty_database.url, empty_database.vault, lambda: next(moments))
    original, corrected = DEMO / "01-机构.xlsx", edited("01", put("机构", "ZP001", "设计容量", 90))
    for path, capacity in ((original, 80), (corrected, 90), (original, 80)):
        assert import_workbooks(database, [path])[0].stored
        with database.session() as session:
            assert find_home(session, "ZP001").capacity == capacity
    database.close()


@pytest.mark.parametrize(("said", "is_on"), [("是", True), ("否", False), (None, True)])
def test_a_home_may_let_nights_run_into_leave(
    empty_database: Database, edited: Edited, said: str | None, is_on: bool
) -> None:
    """The switch stands in workbook 01 and is on unless it says no, also where the column lacks."""

    def say(book: Workbook) -> None:
        page = book["机构"]
        column = next(cell.column for cell in page[1] if cell.value == "休假从零点起")
        if said is None:
            page.delete_cols(column)
        else:
            page.cell(2, column).value = said

    import_workbooks(empty_database, [edited("01", say)])
    with empty_database.session() as session:
        assert find_home(session, "ZP001").leave_from_midnight is is_on


def test_the_running_week_is_kept(demo_database: Database) -> None:
    """The last seven days of the month before are worked shifts; a day off is none."""
    with demo_database.session() as session:
        days = {worked.day for worked in session.scalars(select(WorkedShift))}
    assert days == {date(2026, 9, day) for day in range(24, 31)}
