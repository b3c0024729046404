"""Nobody is lost: every live step has one responsible organ, whatever happens around it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukang.casework import Happened, Projection, State, moves
from rukang.casework.steps import OF_STEPS
from tests.rukang.casework.tiny import Case, rules
from tests.rukang.casework.walk import ALL, drawn, opened, walk

H = Happened
MOVES_IT = {H.OFFER_ACCEPTED, H.ORGAN_CHANGED}


def held(now: Projection) -> None:
    """Assert that every live step has one organ, and that nothing else has a task."""
    assert set(now.responsible) == {step.id for step in now.live}
    assert all(now.responsible.values())
    assert bool(now.live) is not now.ended
    for step in now.steps.values():
        assert (step.offer is not None) is (step.state is State.OFFERED)
        assert (step.stop is not None) is (step.state is State.SUSPENDED)
    if now.ended:
        assert now.endings


@settings(max_examples=80)
@given(st.sampled_from(ALL), st.randoms(use_true_random=False), st.integers(1, 25))
def test_every_live_step_has_one_organ(name: str, random: Any, length: int) -> None:
    """After each event; and only an acceptance or a merger of organs moves a step in its round."""
    case = opened(name, random)
    held(case.now)
    for _ in range(length):
        case.day += timedelta(days=random.choice((0, 1, 2, 9)))
        event = drawn(case, random)
        if event is None:
            return
        before = case.now
        held(case.add(event))
        for step in before.live:
            after = case.now.steps[step.id]
            if after.is_live and after.round == step.round and event.kind not in MOVES_IT:
                assert after.organ == step.organ


def test_walks_meet_every_event_of_a_step() -> None:
    """The random walks are no empty proof: all events occur, branches side by side, and rounds."""
    kinds, most_live, rounds = set(), 0, 0
    for seed in range(80):
        case = walk(ALL[seed % len(ALL)] if seed % 2 else "permit", Random(seed), 30)  # noqa: S311
        kinds |= {event.kind for event in case.events}
        rounds = max(rounds, *(step.round for step in case.now.steps.values()))
        most_live = max(most_live, len(case.now.live))
    assert kinds >= set(OF_STEPS) | {H.REOPENED, H.OBJECTED, H.OBJECTION_DECIDED, H.DELIVERED}
    assert most_live >= 2
    assert rounds >= 3


def test_an_offer_leaves_it_where_it_is() -> None:
    """Only the acceptance moves it; a decline keeps it with the sender, with the reason."""
    case = Case().accepted()
    assert case.tell("offered", "advice", to="E1").responsible["advice"] == "C1"
    declined = case.tell("offer_declined", "advice", organ="E1", reason="无资质 not qualified")
    assert declined.responsible["advice"] == "C1"
    assert declined.steps["advice"].reason == "无资质 not qualified"
    case.tell("offered", "advice", to="E2")
    assert case.tell("offer_accepted", "advice", organ="E2").responsible["advice"] == "E2"


def test_a_role_that_nobody_has_is_kept_by_who_was_before() -> None:
    """Until another organ accepts it, the step is with the one that did what came before."""
    case = Case(organs={"town": "T1"})
    case.accepted()
    assert case.now.responsible == {"visit": "T1", "advice": "T1"}
    case.tell("offered", "visit", to="C7")
    assert case.tell("offer_accepted", "visit", organ="C7").responsible["visit"] == "C7"
    assert case.now.roles["county"] == "C7"


def test_a_merger_moves_everything_live() -> None:
    """Steps, offers and roles of the organ that is gone are its follower's."""
    case = Case().accepted()
    case.tell("offered", "advice", to="E1")
    now = case.tell("organ_changed", organ="C1", to="C2", reason="撤并 merged")
    assert now.responsible == {"visit": "C2", "advice": "C2"}
    assert now.roles["county"] == "C2"
    offer = now.steps["advice"].offer
    assert offer is not None
    assert (offer.sender, offer.to) == ("C2", "E1")
    into_itself = case.tell("organ_changed", organ="E1", to="C2", reason="撤并 merged")
    assert into_itself.steps["advice"].state is State.READY


def test_rounds_make_wait_what_followed() -> None:
    """A step done again: what its outcome had begun waits, what stands on another branch stays."""
    case = Case().accepted().advised().visited()
    assert [step.id for step in case.now.live] == ["show"]
    now = case.tell("reopened", "visit", approver="p8", reason="复查 looked at again")
    assert {step.id: step.round for step in now.live} == {"visit": 2}
    assert now.steps["advice"].state is State.DONE
    assert now.steps["show"].state is State.WAITING
    past = {(step.id, step.round, step.state) for step in now.earlier}
    assert past == {("visit", 1, State.DONE), ("show", 1, State.CANCELLED)}
    now = case.visited().now
    assert now.steps["show"].round == 2
    assert now.steps["show"].state is State.READY


@pytest.mark.parametrize(
    ("kind", "given_"),
    [
        ("withdrawn", {}),
        ("died", {}),
        ("moved", {"to": "371602"}),
        ("voided", {"reason": "重复立案 opened twice"}),
    ],
)
def test_a_case_can_be_closed_from_outside(kind: str, given_: dict[str, str]) -> None:
    """Then nothing is left to do, and the ending says how."""
    case = Case().accepted()
    now = case.tell(kind, **given_)
    assert now.ended
    assert now.endings == (kind,)
    assert now.steps["visit"].state is State.CANCELLED
    assert all(move.kind is not H.REOPENED for move in moves(now, rules(), case.day))


def test_all_live_waits_for_what_can_still_happen() -> None:
    """Advice against it decides only once the visit is over as well; the publicity is dropped."""
    case = Case().accepted().advised("bad")
    assert "decide" not in case.now.responsible
    assert case.now.steps["show"].state is State.SKIPPED
    assert "decide" in case.visited().now.responsible
