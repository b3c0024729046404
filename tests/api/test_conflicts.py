"""Which rules collide in a month without a roster: the same over the API and on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from httpx import Client

from rostering import Cover, Problem, ShiftType, Staff, Unavailable, conflicts
from rukang.bodies.homes import find_home
from rukang.rosters import Collision, RosterState
from tests.api.house import House
from tests.factories import a_plan

Visit = Callable[[str | None], Client]
MARCH = date(2027, 3, 1)
RULES = ["3月3日（周三） 白班至少需要 1 人（0 人能上）", "王宁 3月3日（周三）：休假"]


@pytest.fixture(scope="module")
def impossible(house: House) -> str:
    """The address of a month for which there is no roster: the one person there is, is away."""
    problem = Problem(
        start=MARCH,
        days=7,
        shift_types=(ShiftType(id="白", name="白班", minutes=480, paid_minutes=480),),
        staff=(Staff(id="A", name="王宁"),),
        cover=(Cover(day=2, shift="白", minimum=1, wanted=1),),
        unavailable=(Unavailable(staff="A", day=2),),
    )
    found = [Collision.of(one) for one in conflicts(problem, iterations=1000)]
    with house.database.session() as session:
        plan = a_plan(
            session,
            find_home(session, "ZP001"),
            MARCH,
            state=RosterState.IMPOSSIBLE,
            conflicts=[one.model_dump(mode="json") for one in found],
        )
        return f"/rosters/{plan.id}"


def test_a_month_without_a_roster_names_the_rules(visit: Visit, impossible: str) -> None:
    """What is proven of each set, and its rules, in both languages."""
    (found,) = visit("manager").get(f"/api/v1{impossible}/conflicts").json()
    assert found["verdict"] == "irreducible"
    assert "不能同时满足" in found["zh"]
    assert "cannot hold together" in found["en"]
    assert [rule["zh"] for rule in found["rules"]] == RULES
    assert "needs 1 at least" in found["rules"][0]["en"]


def test_the_page_says_the_same_under_a_heading_of_its_own(visit: Visit, impossible: str) -> None:
    """Each rule is an item of a list, its English marked as such, and what to do stands below."""
    page = visit("manager").get(impossible).text
    section = page.partition('aria-labelledby="conflicts"')[2].partition("</section>")[0]
    assert '<h2 id="conflicts">哪些规则相互冲突' in section
    assert all(f"<li>{rule} " in section for rule in RULES)
    assert '<span class="en" lang="en">王宁 Wed 2027-03-03: on leave</span>' in section
    assert "每一组里至少要改动一条" in section


def test_a_roster_that_keeps_every_rule_has_no_conflict(visit: Visit, house: House) -> None:
    """It is said so to whoever asks; its page does not speak of it."""
    where, manager = f"/rosters/{house.ids['roster_id']}", visit("manager")
    (found,) = manager.get(f"/api/v1{where}/conflicts").json()
    assert (found["verdict"], found["zh"], found["rules"]) == ("possible", "规则之间没有冲突", [])
    assert 'aria-labelledby="conflicts"' not in manager.get(where).text


def test_a_roster_that_is_waited_for_is_refused_in_words(visit: Visit, house: House) -> None:
    """Nobody has looked yet."""
    with house.database.session() as session:
        asked = a_plan(session, find_home(session, "ZP001"), MARCH, state=RosterState.REQUESTED)
    answer = visit("manager").get(f"/api/v1/rosters/{asked.id}/conflicts")
    assert answer.status_code == 409
    assert "没有查过" in answer.json()["detail_zh"]


@pytest.mark.parametrize(("who", "status"), [("elsewhere", 404), ("clerk", 403), (None, 401)])
def test_strangers_are_told_nothing(
    visit: Visit, impossible: str, who: str | None, status: int
) -> None:
    """Neither another home's manager nor who works on wages."""
    assert visit(who).get(f"/api/v1{impossible}/conflicts").status_code == status
