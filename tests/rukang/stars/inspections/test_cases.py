"""What is to be mended and objections are cases: who has to act, until when, and how it ended."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database.context import as_actor
from rukang.cases import (
    CaseFile,
    Wanted,
    case_of,
    check_cases,
    late_page,
    read_case,
    untimed_query,
)
from rukang.stars.inspections import confirm, decide, object_to, overdue, report, withdraw
from rukang.stars.picture import late
from tests.rukang.stars.inspections.scenario import FIRST, MANAGER, OFFICER, Round


def _responsible(session: Session, file: CaseFile) -> dict[str, str]:
    return read_case(session, file)[0].responsible


def _case(session: Session, kind: str, subject_id: int) -> CaseFile:
    file = case_of(session, kind, subject_id)
    assert file is not None
    return file


def test_mending_is_the_homes_until_it_reports_then_the_offices(round_: Round) -> None:
    """Late is the home, and after its report the federation; the due day is the edition's."""
    session, inspection = round_.session, round_.published()
    first, *_ = inspection.actions
    file = _case(session, "correction", first.id)
    home, office = f"home:{round_.home.code}", f"place:{round_.home.county}"
    assert _responsible(session, file) == {"mend": home}
    assert late_page(session, first.due_on, Wanted(), 9)[1] == 0
    after = first.due_on + timedelta(days=1)
    rows, total = late_page(session, after, Wanted(course="correction"), 9)
    assert total == len(inspection.actions)
    assert {(one.holder, one.due, one.home) for one in rows} == {
        (home, first.due_on, round_.home.code)
    }
    report(session, inspection, first, "已整改")
    report(session, inspection, first, "再次说明")
    assert _responsible(session, file) == {"confirm": office}
    assert late_page(session, after, Wanted(holder=office), 9)[1] == 1
    assert len(overdue(session, after)) == len(inspection.actions)
    assert {one.due_on for one in late(session, after) if one.matter == "mending"} == {first.due_on}
    confirm(as_actor(session, FIRST), inspection, first)
    session.refresh(file)
    assert (file.endings, file.ended_on) == ("mended", round_.clock().date())
    assert len(overdue(session, after)) == len(inspection.actions) - 1
    assert list(check_cases(session)) == []


def test_what_was_seen_mended_needs_no_report(round_: Round) -> None:
    """Both steps end on the day it was seen, and the inspector stands as who told it."""
    session, inspection = round_.session, round_.published()
    action = inspection.actions[0]
    confirm(as_actor(session, FIRST), inspection, action)
    now, _ = read_case(session, _case(session, "correction", action.id))
    assert (now.steps["mend"].outcome, now.endings) == ("seen", ("mended",))


def test_an_objection_waits_for_its_decision_without_a_term(round_: Round) -> None:
    """No term is known: it is shown by its age, and never late; the reason goes along."""
    session, inspection = round_.session, round_.proposed()
    objection = object_to(as_actor(session, MANAGER), inspection, "不同意")
    file = _case(session, "objection", objection.id)
    waiting = session.scalars(untimed_query(Wanted(course="objection"))).all()
    assert [one.id for one in waiting] == [file.id]
    decide(as_actor(session, OFFICER), inspection, objection, "与现场不符")
    now, _ = read_case(session, file)
    assert (now.endings, now.steps["decide"].reason) == (("rejected",), "与现场不符")
    assert file.ended_on == objection.decided_on


def test_a_withdrawn_inspection_leaves_no_objection_waiting(round_: Round) -> None:
    """Nobody decides it any more; the case says so."""
    session, inspection = round_.session, round_.proposed()
    objection = object_to(as_actor(session, MANAGER), inspection, "不同意")
    withdraw(as_actor(session, OFFICER), inspection, "机构停业")
    file = _case(session, "objection", objection.id)
    assert (file.endings, file.ended_on) == ("voided", round_.clock().date())
    assert session.scalars(select(CaseFile).where(CaseFile.ended_on.is_(None))).all() == []
