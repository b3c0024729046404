"""02-人员: numbers, doubled people, people in two homes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from rostering.sheets import WorkbookError
from rukang.base.access import Caller, Database, Grant, Role
from rukang.bodies.homes import Home
from rukang.doors.intake import import_workbooks
from rukang.people import Person, Resident
from tests.demo import DEMO
from tests.factories import a_citizen_id, a_home, a_resident
from tests.rukang.doors.intake.conftest import Edited, Refused, both, cell, only, put

WRONG_CHECK = "371681199003070002"
OTHER = a_citizen_id(date(1990, 3, 7))


def test_wrong_check_digit(refused: Refused) -> None:
    """An ID with a wrong check digit is reported with its middle hidden, as is its certificate."""
    edit = both(
        put("入园人员", "R02", "身份证号", WRONG_CHECK),
        put("入园人员", "R02", "残疾人证号", WRONG_CHECK + "52"),
    )
    findings = refused("02", edit)
    assert [(f.row, f.header) for f in findings] == [(3, "身份证号"), (3, "残疾人证号")]
    assert findings[0].found == "3716**********0002"
    assert not any("19900307" in str(finding) for finding in findings)


def _category(resident: Resident) -> int:
    (stands,) = resident.person.disabilities
    return stands.category


def test_right_number_is_taken(demo_database: Database, edited: Edited) -> None:
    """A corrected ID of the same name changes the person, who stays the same record."""
    with demo_database.session() as session:
        before = session.scalars(select(Resident.person_id).where(Resident.code == "R02")).one()
    edit = both(
        put("入园人员", "R02", "身份证号", OTHER),
        put("入园人员", "R02", "残疾人证号", OTHER + "42"),
    )
    assert import_workbooks(demo_database, [edited("02", edit)])[0].stored
    with demo_database.session() as session:
        resident = session.scalars(select(Resident).where(Resident.code == "R02")).one()
        assert (resident.person_id, _category(resident)) == (before, 4)
        assert resident.person.born_on == date(1990, 3, 7)
    import_workbooks(demo_database, [DEMO / "02-人员.xlsx"])


def test_certificate_of_somebody_else(refused: Refused) -> None:
    """A certificate has to begin with the holder's ID."""
    finding = only(refused("02", put("入园人员", "R02", "残疾人证号", OTHER + "52")))
    assert finding.header == "残疾人证号"
    assert "不是同一人" in finding.zh


def test_number_typed_as_a_number(refused: Refused) -> None:
    """An ID that the spreadsheet holds as a number has lost its end and is refused."""
    finding = only(refused("02", put("入园人员", "R02", "身份证号", 371681199003070002)))
    assert "文本" in finding.zh


def test_duplicate_person(refused: Refused) -> None:
    """The same ID in two rows is one person twice; the same code is one too many as well."""

    def twice(book: Workbook) -> None:
        number = cell(book, "入园人员", "R01", "身份证号")
        put("入园人员", "R02", "身份证号", number)(book)
        put("入园人员", "R02", "残疾人证号", number + "52")(book)

    edit = both(twice, put("入园人员", "R04", "编号", "R03"))
    findings = {(f.header, f.row): f for f in refused("02", edit)}
    assert "第 2 行" in findings["身份证号", 3].zh
    assert "*" in (findings["身份证号", 3].found or "")
    assert ("编号", 5) in findings


def test_code_of_somebody_else(refused: Refused) -> None:
    """A code does not pass to another person."""
    edit = both(
        put("入园人员", "R02", "姓名", "新来的人"),
        put("入园人员", "R02", "身份证号", OTHER),
        put("入园人员", "R02", "残疾人证号", OTHER + "52"),
    )
    assert only(refused("02", edit)).header == "编号"


def test_dates_out_of_order(refused: Refused) -> None:
    """Leaving before joining, and joining after the register's month, are refused."""
    early = put("入园人员", "R02", "离园日期", datetime(2020, 1, 1))  # noqa: DTZ001
    late = put("入园人员", "R03", "入园日期", datetime(2026, 12, 1))  # noqa: DTZ001
    findings = refused("02", both(early, late))
    assert [(f.row, f.header) for f in findings] == [(3, "离园日期"), (4, "入园日期")]


def _elsewhere(database: Database, left_on: date | None) -> None:
    """Put R01's person into another home from 2020 on."""
    import_workbooks(database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx"])
    with database.session() as session:
        first = session.scalars(select(Resident).where(Resident.code == "R01")).one()
        person = session.get_one(Person, first.person_id)
        other = a_home(session, "BC001", county="371602")
        moved = a_resident(session, other, "X01", joined_on=date(2020, 1, 1), left_on=left_on)
        moved.person = person


def test_in_two_homes_at_once(empty_database: Database, edited: Edited) -> None:
    """Somebody registered in another home at that time is refused, without naming that home."""
    _elsewhere(empty_database, None)
    with empty_database.session() as session:
        home = session.scalars(select(Home).where(Home.code == "ZP001")).one()
    manager = Caller("manager", (Grant(Role.MANAGER, home_id=home.id),))
    path = edited("02", put("监护人", "R02", "电话", "0000-1111111"))
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [path], manager)
    finding = only(list(caught.value.findings))
    assert (finding.row, finding.header) == (2, "入园日期")
    assert "BC001" not in str(finding)


def test_after_another_home(empty_database: Database, edited: Edited) -> None:
    """Somebody who left the other home before is welcome."""
    _elsewhere(empty_database, date(2022, 12, 31))
    path = edited("02", put("监护人", "R02", "电话", "0000-1111111"))
    assert import_workbooks(empty_database, [path])[0].stored
