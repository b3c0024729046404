"""The papers of stored plans: solved, impossible, and in another home."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from rostering import Cover, Problem, Request, ShiftType
from rukang.base.access import Database
from rukang.base.errors import NotFoundError
from rukang.bodies.homes import Home
from rukang.people import Staff
from rukang.rosters import find_plan, roster_table
from rukang.rosters.documents import write_documents
from rukang.rosters.records import HomeShift, RosterState
from tests import factories as make

OCTOBER = date(2026, 10, 1)


def _problem() -> dict[str, Any]:
    """Return two people of whom a night each on the first two days is wanted."""
    problem = Problem(
        start=OCTOBER,
        days=31,
        shift_types=(
            ShiftType(
                id="N", name="N 班", start=1260, minutes=600, paid_minutes=540, is_night=True
            ),
        ),
        staff=tuple(rostering.Staff(id=code, shift_limits={}) for code in ("S01", "S02")),
        cover=(Cover(day=0, shift="N", wanted=1), Cover(day=1, shift="N", wanted=2)),
        requests=(
            Request(staff="S01", day=0, wanted=False, weight=5),
            Request(staff="S02", day=1, shift="N", wanted=True, weight=3),
        ),
    )
    return problem.model_dump(mode="json")


def _home(session: Session) -> Home:
    home = make.a_home(session)
    make.a_home_shift(session, home, "N", 1260, minutes=600, paid_minutes=540, is_night=True)
    first, second = (make.a_member_of_staff(session, home, code) for code in ("S01", "S02"))
    make.a_wish(session, first, OCTOBER)
    make.a_wish(session, second, date(2026, 10, 2), shift_code="N", wanted=True, weight=3)
    return home


@pytest.fixture
def solved(empty_database: Database) -> int:
    """A draft in which S01 works the first night against a wish, S02 the second as wished."""
    with empty_database.session() as session:
        plan = make.a_plan(
            session,
            _home(session),
            OCTOBER,
            state=RosterState.DRAFT,
            problem=_problem(),
            shifts={"S01": {"2026-10-01": "N"}, "S02": {"2026-10-02": "N"}},
            status="optimal",
            cost=105,
            bound=105.0,
            seconds=0.25,
            findings=[],
        )
        return plan.id


def test_a_plan_stays_as_it_was_made(empty_database: Database, solved: int, tmp_path: Path) -> None:
    """A later workbook may drop shift types or end a contract: the roster stays whole."""
    with empty_database.session() as session:
        before = roster_table(session, find_plan(session, solved))
        session.delete(session.scalars(select(HomeShift)).one())
        staff = session.scalars(select(Staff).where(Staff.code == "S02")).one()
        staff.contract_to = date(2026, 9, 30)
        make.a_wish(session, staff, date(2026, 10, 3), shift_code="新")
    with empty_database.session() as session:
        assert roster_table(session, find_plan(session, solved)) == before
    assert [row.cells[:2] for row in before.rows] == [("N", ""), ("", "N")]
    written = write_documents(empty_database, solved, tmp_path / "out")
    assert len(Calendar.from_ical(written[1].read_bytes()).events) == 2


def _remarks(path: Path) -> list[tuple[Any, ...]]:
    sheet = load_workbook(path)["意愿与说明"]
    return [tuple(filter(None, row)) for row in sheet.iter_rows(values_only=True)]


def test_three_files_are_written(empty_database: Database, solved: int, tmp_path: Path) -> None:
    """Nothing else is left behind, and only their owner may read them."""
    written = write_documents(empty_database, solved, tmp_path / "out")
    assert [path.name for path in written] == ["roster.xlsx", "roster.ics", "roster.html"]
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(written)
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_wishes_are_kept_or_refused(empty_database: Database, solved: int, tmp_path: Path) -> None:
    """A day off that was worked, and a night that was given as wished."""
    rows = _remarks(write_documents(empty_database, solved, tmp_path)[0])
    outcomes = {row[0]: row[-1] for row in rows if row and row[0] in ("S01", "S02")}
    assert outcomes == {"S01": "未满足 refused", "S02": "已满足 kept"}


def test_the_price_is_told_by_rule(empty_database: Database, solved: int, tmp_path: Path) -> None:
    """One head missing on the second night, one wish refused; together the plan's cost."""
    rows = _remarks(write_documents(empty_database, solved, tmp_path)[0])
    assert (100, 1, "低于期望人数 below the wanted cover") in rows
    assert (5, 1, "未满足的意愿 refused requests") in rows
    assert ("代价 Cost", "105") in rows


def test_the_calendar_holds_the_stored_shifts(
    empty_database: Database, solved: int, tmp_path: Path
) -> None:
    """One event a shift."""
    calendar = Calendar.from_ical(write_documents(empty_database, solved, tmp_path)[1].read_bytes())
    starts = [event.decoded("dtstart").date() for event in calendar.walk("VEVENT")]
    assert starts == [date(2026, 10, 1), date(2026, 10, 2)]


def test_an_impossible_month_says_why(empty_database: Database, tmp_path: Path) -> None:
    """No shifts, no price, but the findings in words, on paper and in the workbook."""
    with empty_database.session() as session:
        findings = [{"zh": "10月2日夜班缺1人。", "en": "One short on the second night."}]
        plan_id = make.a_plan(
            session,
            _home(session),
            OCTOBER,
            state=RosterState.IMPOSSIBLE,
            problem=_problem(),
            status="infeasible",
            findings=findings,
        ).id
    workbook, _, page = write_documents(empty_database, plan_id, tmp_path)
    rows = _remarks(workbook)
    assert ("10月2日夜班缺1人。 / One short on the second night.",) in rows
    assert "未排班 no roster" in {row[-1] for row in rows if row}
    assert "无法排出 impossible" in page.read_text("utf-8")
    assert "10月2日夜班缺1人。" in page.read_text("utf-8")


def test_a_plan_that_does_not_exist_is_refused(empty_database: Database, tmp_path: Path) -> None:
    """And no folder is made for it."""
    with pytest.raises(NotFoundError, match="999"):
        write_documents(empty_database, 999, tmp_path / "out")
    assert not (tmp_path / "out").exists()
