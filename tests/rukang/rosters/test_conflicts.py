"""A month that cannot be rostered keeps which rules collide; one that can says that none do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rostering
from payroll.policy import Policy
from rostering import Verdict
from rukang.base.access import Database
from rukang.base.clock import days_of_month
from rukang.base.errors import ConflictError
from rukang.care.attendance import ExpectedAttendance
from rukang.rosters import (
    LOOKING,
    Attendees,
    CareRatio,
    Collision,
    LeaveDay,
    RosterState,
    conflicts_of,
    find_plan,
    request_roster,
    roster_of,
    solve_plan,
    write_papers,
)
from tests.factories import OCTOBER, a_home, a_home_shift, a_member_of_staff

SATURDAYS = (date(2026, 10, 17), date(2026, 10, 24))
"""Days on which the home of these tests needs somebody."""


def _solved(database: Database, *on_leave: date) -> int:
    """Return the number of a month's plan, solved, of a home with one member of staff."""
    with database.session() as session:
        home = a_home(session)
        a_home_shift(session, home, "A", 480)
        for day in days_of_month(OCTOBER):
            heads = {"day_care": int(day in SATURDAYS), "workshop": 0, "overnight": 0}
            session.add(ExpectedAttendance(home_id=home.id, day=day, **heads))
        ratio = {"attendees": Attendees.DAY_CARE, "heads_per_staff": 10, "at_least": 1}
        session.add(CareRatio(home_id=home.id, shift_code="A", **ratio))
        one = a_member_of_staff(session, home)
        for day in on_leave:
            leave = LeaveDay(home_id=home.id, staff_id=one.id, day=day, kind="年休假")
            session.add(leave)
        plan_id = request_roster(session, home, OCTOBER).id
    solve_plan(database, plan_id, Policy.load(), iterations=2500)
    return plan_id


def test_each_set_names_the_rules_that_collide(empty_database: Database) -> None:
    """Two days with nobody: two sets, each the day's cover and its leave, and nothing else."""
    plan_id = _solved(empty_database, *SATURDAYS)
    with empty_database.session() as session:
        plan = find_plan(session, plan_id)
        found = conflicts_of(plan)
        assert plan.state is RosterState.IMPOSSIBLE
    assert [one.verdict for one in found] == [Verdict.IRREDUCIBLE, Verdict.IRREDUCIBLE]
    assert [sorted(rule.zh for rule in one.rules) for one in found] == [
        [
            f"10月{day}日（周六） A 班至少需要 1 人（0 人能上）",
            f"员工S01@ZP001 10月{day}日（周六）：从零点起休假",
        ]
        for day in (17, 24)
    ]
    assert all(rule.en for one in found for rule in one.rules)


def test_the_papers_say_so_too(empty_database: Database, tmp_path: Path) -> None:
    """Whoever prints the month reads why there is none."""
    plan_id = _solved(empty_database, *SATURDAYS)
    with empty_database.session() as session:
        plan = find_plan(session, plan_id)
        page = next(p for p in write_papers(session, plan, tmp_path) if p.suffix == ".html")
        said = [rule.zh for one in conflicts_of(plan) for rule in one.rules]
    assert said
    assert all(sentence in page.read_text("utf-8") for sentence in said)


def test_the_same_month_gives_the_same_sets(empty_database: Database) -> None:
    """Work is counted and not timed; solving again what is solved changes nothing."""
    plan_id = _solved(empty_database, *SATURDAYS)
    with empty_database.session() as session:
        plan = find_plan(session, plan_id)
        once, problem = plan.conflicts, roster_of(plan)[0]
    solve_plan(empty_database, plan_id, Policy.load(), iterations=1)
    again = [Collision.of(one) for one in rostering.conflicts(problem, iterations=LOOKING)]
    assert once == [one.model_dump(mode="json") for one in again]
    with empty_database.session() as session:
        assert find_plan(session, plan_id).conflicts == once


def test_a_month_with_a_roster_has_no_conflict(empty_database: Database) -> None:
    """It is said so, and nothing is kept."""
    plan_id = _solved(empty_database, date(2026, 10, 18))
    with empty_database.session() as session:
        plan = find_plan(session, plan_id)
        (found,) = conflicts_of(plan)
        assert (plan.state, plan.conflicts) == (RosterState.DRAFT, None)
    assert (found.verdict, found.zh, found.rules) == (Verdict.POSSIBLE, "规则之间没有冲突", ())


def test_of_a_month_not_solved_nothing_is_told(empty_database: Database) -> None:
    """Nor of one that an earlier version found impossible: it is said what to do."""
    with empty_database.session() as session:
        home = a_home(session)
        asked = request_roster(session, home, OCTOBER)
        before = request_roster(session, home, OCTOBER)
        before.state = RosterState.IMPOSSIBLE
        for plan in (asked, before):
            with pytest.raises(ConflictError, match="重新排班"):
                conflicts_of(plan)
