"""Forms: a workbook written from the records reads back; single entries follow the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets import WorkbookError
from rukang.base.access import Database
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError, NotFoundError
from rukang.bodies.homes import Home, find_home
from rukang.care.quality import BOOK, COMPLAINTS, INCIDENTS, SURVEYS, TRAINING
from rukang.doors.intake import import_workbooks
from rukang.forms import Form, RefusedEntryError, shown, write_blank, write_filled
from rukang.people.entries import enter_record, find_record, remove_record
from tests.demo import DEMO
from tests.factories import a_home, a_member_of_staff, an_incident

OCTOBER = date(2026, 10, 1)
MADE_AT = datetime(2026, 11, 2, tzinfo=UTC)
BEFORE = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "03-员工与排班.xlsx")]

RIGHT: list[tuple[Form, dict[str, Any]]] = [
    (
        INCIDENTS,
        {"code": "E-1", "day": "2026-10-05", "kind": "火情", "grave": True, "words": "冒烟"},
    ),
    (COMPLAINTS, {"code": "T-1", "received_on": "2026-10-05", "about": "工资", "words": "晚发"}),
    (TRAINING, {"staff": "S01", "day": "2026-10-05", "topic": "急救", "hours": "1.5"}),
    (SURVEYS, {"held_on": "2026-10-05", "asked": 3, "answered": 2, "satisfied": 1}),
]
WRONG: list[tuple[Form, dict[str, Any], str, str]] = [
    (INCIDENTS, {"day": "2026-11-03"}, "日期", "还没有到"),
    (INCIDENTS, {"words": "字" * 201}, "经过", "200"),
    (INCIDENTS, {"words": " "}, "经过", ""),
    (INCIDENTS, {"words": "员工S01@ZP001扶起一名园友"}, "经过", "姓名"),
    (INCIDENTS, {"kind": "地震"}, "类别", "应为以下之一"),
    (INCIDENTS, {"code": None}, "编号", ""),
    (COMPLAINTS, {"closed_on": "2026-10-06"}, "属实", "同时填写"),
    (COMPLAINTS, {"closed_on": "2026-10-04", "upheld": True}, "办结日期", "早于收到日期"),
    (COMPLAINTS, {"closed_on": "2026-11-03", "upheld": True}, "办结日期", "还没有到"),
    (TRAINING, {"staff": "S99"}, "员工编号", "没有这个编号"),
    (TRAINING, {"hours": 25}, "小时", "24"),
    (TRAINING, {"hours": 0}, "小时", "应大于"),
    (SURVEYS, {"answered": 4}, "收回份数", "多于发出份数"),
    (SURVEYS, {"asked": 0}, "发出份数", "不能小于"),
]


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    """An open session on an empty database."""
    with empty_database.session() as session:
        yield session


@pytest.fixture
def home(session: Session) -> Home:
    """A home with one member of staff."""
    home = a_home(session)
    a_member_of_staff(session, home)
    return home


@pytest.mark.parametrize(("form", "given"), RIGHT)
def test_an_entry_is_kept(session: Session, home: Home, form: Form, given: dict[str, Any]) -> None:
    """It is listed in its month and in no other, and not as a workbook's."""
    record = enter_record(session, home, form, given)
    assert form.list(session, home.id, OCTOBER, date(2026, 10, 31)) == [record]
    assert form.list(session, home.id, OCTOBER, date(2026, 10, 4)) == []
    assert not getattr(record, "imported", False)


@pytest.mark.parametrize(("form", "wrong", "header", "words"), WRONG)
def test_an_unfit_entry_is_refused(
    session: Session, home: Home, form: Form, wrong: dict[str, Any], header: str, words: str
) -> None:
    """It says under which header and why, in both languages; nothing is kept."""
    given = next(given for of, given in RIGHT if of is form)
    with pytest.raises(RefusedEntryError) as caught:
        enter_record(session, home, form, given | wrong)
    assert any(of == header and words in zh and en for of, zh, en in caught.value.findings)
    assert form.list(session, home.id, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_a_change_keeps_the_record(session: Session, home: Home) -> None:
    """The same record, other values; its own code is no second one, another's is."""
    first, second = (an_incident(session, home, code, OCTOBER) for code in ("E-1", "E-2"))
    given = {name: getattr(first, name) for name in INCIDENTS.fields}
    assert enter_record(session, home, INCIDENTS, given | {"grave": True}, first.id) is first
    assert first.grave
    with pytest.raises(ConflictError):
        enter_record(session, home, INCIDENTS, given | {"code": "E-2"}, first.id)
    assert second.code == "E-2"


def test_hours_of_a_day_count_together(session: Session, home: Home) -> None:
    """What is recorded of the day counts with the entry, and an entry not with itself."""
    given = dict(RIGHT[2][1]) | {"hours": 20}
    first = enter_record(session, home, TRAINING, given)
    enter_record(session, home, TRAINING, given | {"hours": 24}, first.id)
    with pytest.raises(RefusedEntryError) as caught:
        enter_record(session, home, TRAINING, given | {"topic": "消防", "hours": 1})
    assert "25" in caught.value.zh


def test_a_record_is_found_in_its_own_home(session: Session, home: Home) -> None:
    """Another home's is not there, and is not taken away through this one."""
    record = an_incident(session, a_home(session, code="BC001"), "E-1", OCTOBER)
    with pytest.raises(NotFoundError):
        find_record(session, home, INCIDENTS, record.id)
    with pytest.raises(NotFoundError):
        remove_record(session, home, INCIDENTS, record.id)


def test_what_is_taken_away_stays_in_the_trail(empty_database: Database) -> None:
    """The record is gone, and who took it away is written down."""
    with empty_database.session() as session:
        record = an_incident(session, a_home(session), "E-1", OCTOBER)
        record_id = record.id
    with empty_database.session() as session:
        remove_record(session, find_home(session, "ZP001"), INCIDENTS, record_id)
    with empty_database.session() as session:
        query = select(AuditEntry).where(AuditEntry.table == "incident")
        assert [entry.record_id for entry in session.scalars(query)] == [record_id] * 2


def test_an_exported_workbook_reads_back(empty_database: Database, tmp_path: Path) -> None:
    """What the records hold of a month, written and imported again, is the same.

    So is what was entered by itself; a row that says otherwise of it is refused.
    """
    import_workbooks(empty_database, [*BEFORE, DEMO / "07-质量记录.xlsx"])
    with empty_database.session() as session:
        an_incident(session, find_home(session, "ZP001"), "E-alone", OCTOBER)

    def held() -> list[dict[str, Any]]:
        with empty_database.session() as session:
            home = find_home(session, "ZP001")
            return [
                {"form": form.code, **shown(form, record)}
                for form in BOOK.forms
                for record in form.list(session, home.id, OCTOBER, date(2026, 10, 31))
            ]

    before = held()
    with empty_database.session() as session:
        home = find_home(session, "ZP001")
        path = write_filled(tmp_path / "a.xlsx", BOOK, session, home, OCTOBER, MADE_AT)
    assert len(before) == import_workbooks(empty_database, [path])[0].rows > len(BOOK.forms)
    assert held() == before
    book = load_workbook(path)
    rows = book["事件"].iter_rows()
    next(row for row in rows if row[0].value == "E-alone")[5].value = "改了"
    book.save(path)
    with pytest.raises(WorkbookError, match="已有记录"):
        import_workbooks(empty_database, [path])
    assert held() == before


def test_a_blank_workbook_offers_and_explains(empty_database: Database, tmp_path: Path) -> None:
    """Choices drop down, headers say what to enter, and as it is it can be handed in."""
    import_workbooks(empty_database, BEFORE)
    path = write_blank(tmp_path / "b.xlsx", BOOK, "ZP001", OCTOBER, MADE_AT)
    page = load_workbook(path)["事件"]
    offered = {rule.formula1: str(rule.sqref) for rule in page.data_validations.dataValidation}
    assert offered['"跌倒,用药差错,受伤,噎食,走失,火情,其他"'].startswith("C2")
    assert '"是,否"' in offered
    assert "200" in page["F1"].comment.text
    assert import_workbooks(empty_database, [path])[0].stored
