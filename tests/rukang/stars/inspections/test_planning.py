"""Rounds of visits from the records: what is planned, kept, applied, and changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Grant, Permission, Role
from rukang.base.access.scope import keep_to
from rukang.base.errors import InvalidError, NotFoundError
from rukang.bodies.homes import Home
from rukang.engines import visits
from rukang.stars.inspections import Reason, declare, open_inspection, upsert_inspector
from rukang.stars.inspections.steps.planning import (
    apply_plan,
    find_plan,
    store_plan,
    visits_to_plan,
)
from tests import patience
from tests.factories import a_home
from tests.rukang.engines.rating.tiny import TINY_EDITION
from tests.rukang.stars.inspections.scenario import DUE, FIRST, OFFICER, SECOND, THIRD, Round

FIRST_DAY, LAST_DAY = date(2026, 3, 9), date(2026, 3, 31)


def _homes(round_: Round, count: int = 4) -> list[Home]:
    """Open a review of some homes that lie near each other."""
    homes = [
        a_home(
            round_.session,
            code=f"ZP10{n}",
            latitude=Decimal("37.3") + Decimal(n) / 50,
            longitude=Decimal("117.9"),
        )
        for n in range(count)
    ]
    for home in homes:
        open_inspection(round_.as_(OFFICER), home, TINY_EDITION, Reason.REVIEW, DUE, "示例复核")
    return homes


def _planned(round_: Round) -> tuple[visits.PlanProblem, visits.Plan]:
    problem = visits_to_plan(round_.session, FIRST_DAY, LAST_DAY, "371600")
    return problem, patience.plan(problem, seed=3)


def test_a_plan_of_the_records_is_kept_and_applied(round_: Round) -> None:
    """It stands the independent check; every inspection gets its day and its two sheets."""
    homes = _homes(round_)
    problem, plan = _planned(round_)
    assert visits.check(problem, plan) == []
    assert plan.left_out == ()
    kept = store_plan(round_.as_(OFFICER), problem, plan, 3)
    _, again, read = find_plan(round_.session, kept.id)
    assert (again, read) == (problem, plan)
    changed = apply_plan(round_.as_(OFFICER), kept, FIRST_DAY)
    assert {one.home_id for one in changed} == {home.id for home in homes}
    by_home = {one.home.code: one for one in changed}
    for visit in plan.visits:
        inspection = by_home[visit.home]
        assert inspection.visit_on == visit.day
        assert {sheet.filled_by for sheet in inspection.sheets} == set(visit.pair)
    assert apply_plan(round_.as_(OFFICER), kept, FIRST_DAY) == []


def test_conflicts_and_who_was_there_last_are_in_the_problem(round_: Round) -> None:
    """A declared interest bars; who inspected last time is named, with the day."""
    round_.home.latitude, round_.home.longitude = Decimal("37.4"), Decimal("117.9")
    published = round_.published()
    open_inspection(round_.as_(OFFICER), round_.home, TINY_EDITION, Reason.REVIEW, DUE, "示例复核")
    declare(round_.session, round_.home, THIRD, "亲属", FIRST_DAY)
    problem = visits_to_plan(round_.session, FIRST_DAY, LAST_DAY, "371681")
    by_code = problem.inspector_by_code
    assert {code for code, one in by_code.items() if one.barred} == {THIRD}
    assert {code for code, one in by_code.items() if one.last_visited} == {FIRST, SECOND}
    (home,) = problem.homes
    assert (home.last_visit, home.surprise, home.due) == (published.visit_on, True, DUE)


def test_a_service_may_need_a_skill(round_: Round) -> None:
    """The caller says which; other homes need none."""
    _homes(round_, 1)
    problem = visits_to_plan(
        round_.session, FIRST_DAY, LAST_DAY, "371600", needs={"日间照料": "康复", "托养": "护理"}
    )
    assert problem.homes[0].needs == {"康复"}


def test_a_cancelled_inspector_changes_few_visits(round_: Round) -> None:
    """Only visits of the one who is away change; the sheets go to who comes instead."""
    _homes(round_)
    problem, plan = _planned(round_)
    kept = store_plan(round_.as_(OFFICER), problem, plan, 3)
    apply_plan(round_.as_(OFFICER), kept, FIRST_DAY)
    gone = plan.visits[0].pair[0]
    changed_problem = problem.without(gone, FIRST_DAY)
    after = patience.replan(changed_problem, plan, FIRST_DAY, seed=3)
    assert visits.check(changed_problem, after) == []
    anew = store_plan(round_.as_(OFFICER), changed_problem, after, 3, replaces=kept)
    changed = apply_plan(round_.as_(OFFICER), anew, FIRST_DAY)
    assert len(changed) == len(plan.of(gone))
    assert all(gone not in {s.filled_by for s in one.sheets} for one in changed)


@pytest.mark.parametrize(
    ("case", "message"),
    [("none", "没有等待上门"), ("place", "经纬度.*ZP001"), ("people", "只有 1 位评定员")],
)
def test_what_cannot_be_planned_is_told(round_: Round, case: str, message: str) -> None:
    """Nothing awaited, a home without a place, too few inspectors."""
    if case == "place":
        round_.opened(Reason.REVIEW, "核实")
    if case == "people":
        _homes(round_, 1)
        for one in round_.inspectors[1:]:
            one.region = "370100"
        round_.session.flush()
    with pytest.raises(InvalidError, match=message):
        visits_to_plan(round_.session, FIRST_DAY, LAST_DAY, "371600")


def test_a_plan_is_seen_by_who_may_see_all_its_homes(round_: Round) -> None:
    """Somebody of one county does not see a plan that goes beyond it."""
    homes = _homes(round_, 2)
    homes[1].county = "371602"
    problem, plan = _planned(round_)
    kept = store_plan(round_.as_(OFFICER), problem, plan, 3)
    round_.session.flush()
    officer = Caller("o", (Grant(Role.OFFICER, region="371681"),))
    with Session(round_.session.connection()) as narrow:
        narrow.info.update(round_.session.info, caller=officer)
        keep_to(narrow, officer, Permission.RATING_DECIDE)
        with pytest.raises(NotFoundError, match="没有上门计划"):
            find_plan(narrow, kept.id)


def test_a_plan_that_no_longer_fits_is_not_applied(round_: Round) -> None:
    """An interest declared since: refused with the reason."""
    homes = _homes(round_, 1)
    problem, plan = _planned(round_)
    kept = store_plan(round_.as_(OFFICER), problem, plan, 3)
    since = FIRST_DAY - timedelta(days=1)
    declare(round_.session, homes[0], plan.visits[0].pair[0], "亲属", since)
    with pytest.raises(Exception, match="须回避"):
        apply_plan(round_.as_(OFFICER), kept, FIRST_DAY)


def test_an_inspector_is_put_on_the_list_once(round_: Round) -> None:
    """Again under the same address changes what is said of them."""
    place = (Decimal("37.4"), Decimal("117.9"))
    first = upsert_inspector(round_.session, "New@example.org", "示例丁", "371600", place)
    again = upsert_inspector(
        round_.session, "new@example.org", "示例丁", "371600", place, ["财务"], 2, [FIRST_DAY]
    )
    assert again.id == first.id
    assert (again.skills, again.most_days, again.away) == (["财务"], 2, ["2026-03-09"])


@pytest.mark.parametrize(
    ("place", "days", "message"), [(("97", "117"), 3, "没有 97,117"), (("37", "117"), 8, "天数 8")]
)
def test_an_impossible_inspector_is_refused(
    round_: Round, place: tuple[str, str], days: int, message: str
) -> None:
    """A place beyond the poles, a week of eight days."""
    at = (Decimal(place[0]), Decimal(place[1]))
    with pytest.raises(InvalidError, match=message):
        upsert_inspector(round_.session, "a@example.org", "示例", "371600", at, (), days)
