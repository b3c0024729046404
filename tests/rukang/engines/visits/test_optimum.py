"""What is planned passes the independent check, and no plan of all is cheaper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, groupby, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rukang.engines.visits import LeftOut, Plan, PlanProblem, Reason, Status, Visit, Words, check
from rukang.engines.visits.planning.tours import timetable
from tests.patience import plan, replan
from tests.rukang.engines.visits.random_problems import days, problems
from tests.rukang.engines.visits.tiny import THURSDAY, TUESDAY, plan_of

Place = tuple[date, tuple[str, str]]


@settings(deadline=None, max_examples=30)
@given(problems(), st.integers(0, 3))
def test_every_plan_passes_the_check(asked: PlanProblem, seed: int) -> None:
    """A plan keeps every rule, states its cost, and is proven best on so small a problem."""
    made = plan(asked, seed)
    assert check(asked, made) == []
    assert made.status is Status.OPTIMAL
    assert made.gap == 0


@settings(deadline=None, max_examples=12)
@given(problems(most_homes=3, most_people=3, last=TUESDAY))
def test_no_plan_is_cheaper(asked: PlanProblem) -> None:
    """Trying every pair and day of every home finds no cheaper plan."""
    assert plan(asked).cost == min(_costs(asked))


@settings(deadline=None, max_examples=30)
@given(problems(last=THURSDAY), st.data())
def test_every_changed_plan_passes_the_check(asked: PlanProblem, data: st.DataObject) -> None:
    """With an inspector taken out in mid-week, the new plan is sound and keeps what is done."""
    before = plan(asked)
    gone = data.draw(st.sampled_from([item.code for item in asked.inspectors]))
    on = data.draw(st.sampled_from(days(THURSDAY)))
    changed = asked.without(gone, on)
    after = replan(changed, before, on)
    assert check(changed, after) == []
    assert after.status is Status.OPTIMAL
    assert [v for v in after.visits if v.day < on] == [v for v in before.visits if v.day < on]
    assert not [v for v in after.of(gone) if v.day >= on]


@settings(deadline=None, max_examples=12)
@given(problems(most_homes=3, most_people=3, last=TUESDAY), st.data())
def test_no_change_is_cheaper(asked: PlanProblem, data: st.DataObject) -> None:
    """Trying every plan that keeps what is done finds no cheaper way to change one."""
    before = plan(asked)
    gone = data.draw(st.sampled_from([item.code for item in asked.inspectors]))
    changed = asked.without(gone, TUESDAY)
    after = replan(changed, before, TUESDAY)
    assert after.cost == min(_costs(changed, before, TUESDAY))


def _costs(
    asked: PlanProblem, before: Plan | None = None, since: date | None = None
) -> Iterator[int]:
    """Yield the cost of every sound plan, or of every one that keeps what was done by a day."""
    pairs = list(combinations(sorted(asked.inspector_by_code), 2))
    places: list[Place | None] = [None, *product(days(asked.last), pairs)]
    for chosen in product(places, repeat=len(asked.homes)):
        visits = tuple(_visits(asked, chosen))
        if since is None or before is None:
            yield from _cost_if_sound(asked, visits)
        elif _done(visits, since) == _done(before.visits, since):
            yield from _cost_if_sound(asked, visits, since=since, previous=before.visits)


def _visits(asked: PlanProblem, chosen: tuple[Place | None, ...]) -> Iterator[Visit]:
    """Yield the visits of the places chosen for the homes."""
    made = [(at, home.code) for at, home in zip(chosen, asked.homes, strict=True) if at]
    for (day, pair), same in groupby(sorted(made), key=lambda item: item[0]):
        yield from timetable(asked, day, pair, [code for _, code in same])


def _done(visits: tuple[Visit, ...], since: date) -> set[tuple[str, date, tuple[str, str]]]:
    return {(visit.home, visit.day, visit.pair) for visit in visits if visit.day < since}


def _cost_if_sound(asked: PlanProblem, visits: tuple[Visit, ...], **changes: Any) -> Iterator[int]:
    seen = {visit.home for visit in visits}
    nothing = Words(zh="", en="")
    rest = tuple(
        LeftOut(home=home.code, reason=Reason.NO_ROOM, words=nothing)
        for home in asked.homes
        if home.code not in seen
    )
    made = plan_of(asked, *visits, left_out=rest, **changes)
    if not check(asked, made):
        yield made.cost
