"""The nine courses of the research load, are clean, and can always be brought to an end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukang.casework import Happened, RefusedError, Rules, State, clocks, explore, lint, moves
from tests.rukang.casework.tiny import NINE, Case, course, rules, tiny
from tests.rukang.casework.walk import ALL, finish, walk


def test_there_are_nine() -> None:
    """Of five systems: finding, aid, school, massage, insurance, devices, subsidies, work."""
    assert len(NINE) == 9


@pytest.mark.parametrize("name", NINE)
def test_a_course_is_clean(name: str) -> None:
    """Every step begins in some way, every outcome leads on, every way has an ending."""
    one = course(name)
    assert lint(one) == []
    found = explore(one)
    assert found.begun == set(one.steps)
    assert found.seen == {(step, end) for step in one.steps for end in one.steps[step].results}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ALL), st.randoms(use_true_random=False), st.integers(0, 14))
def test_a_course_can_always_end(name: str, random: object, length: int) -> None:
    """Whatever happened before: what is left can be done, and the end has a name."""
    case = walk(name, random, length)
    finish(case, random)
    assert case.now.ended
    assert case.now.endings
    assert not case.now.live
    assert not any(step.state is State.WAITING for step in case.now.steps.values())


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(ALL), st.randoms(use_true_random=False), st.integers(0, 12))
def test_moves_are_what_can_be_done(name: str, random: object, length: int) -> None:
    """Each move that is offered is taken; each that is hindered is refused in the same words."""
    case = walk(name, random, length)
    for move in moves(case.now, rules(), case.day):
        event = case.make(move)
        if move.hindered is None:
            Case.add(_copy(case), event)
        else:
            with pytest.raises(RefusedError) as refused:
                _copy(case).add(event)
            assert move.hindered.zh in refused.value.zh
            assert move.hindered.en in refused.value.en


def _copy(case: Case) -> Case:
    other = Case(case.course, case.organs, case.events[0].on)
    other.events, other.now, other.day = list(case.events), case.now, case.day
    return other


def test_the_end_of_a_term_is_offered_once_it_is_over() -> None:
    """Acceptance is due on the fifth workday and deemed from the day after."""
    case = Case()
    kinds = [
        {m.kind for m in moves(case.now, rules(), case.day + timedelta(days=n))} for n in (7, 8)
    ]
    assert [Happened.EXPIRED in one for one in kinds] == [False, True]


def test_rules_without_a_figure_leave_the_term_unknown() -> None:
    """A figure that nobody supplied is no due day, and no error."""
    case = Case().shown()
    without = Rules(rules().courses, rules().calendar)
    (with_it,) = [c for c in clocks(case.now, rules()) if c.step == "decide"]
    (no,) = [c for c in clocks(case.now, without) if c.step == "decide"]
    assert with_it.due is not None
    assert (no.due, no.budget) == (None, None)
    assert tiny().steps["decide"].term is not None
