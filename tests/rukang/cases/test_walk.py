"""Random cases in the store: nobody is lost, and what is stored is what the events give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.cases import check_cases, courses
from rukang.cases.records import CaseClock, CasePart, CaseStep
from rukang.casework import Happened, Move, Projection, State
from tests.conftest import NOW
from tests.databases import KINDS, migrated_url
from tests.rukang.cases.drive import TOWN, Driven, add_all, later
from tests.rukang.casework.tiny import FILL, MONDAY
from tests.rukang.casework.walk import ALL, FORWARD

H = Happened
OTHERS = [f"place:3716810{n}" for n in range(40, 43)]


@pytest.fixture(scope="module", params=KINDS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Database]:
    """One database with every course; each walk opens a case of its own."""
    with migrated_url(request.param, Path(tmp_path_factory.mktemp("walk"))) as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW)
        with database.session() as session:
            add_all(session)
        yield database
        database.close()


def drawn(case: Driven, random: Any) -> tuple[str, dict[str, Any]] | None:
    """Return one of the events that may happen, with what it needs; none if nothing may."""
    now = case.now
    missing = [name for name in now.course.papers if name not in now.in_hand]
    if missing and not now.ended and random.random() < 0.3:
        return "paper_added", {"papers": tuple(missing), "organ": TOWN}
    open_moves = [move for move in case.moves() if move.hindered is None]
    onward = [move for move in open_moves if move.kind in FORWARD]
    wanted = onward if onward and random.random() < 0.5 else open_moves
    return _filled(now, random.choice(wanted), random) if wanted else None


def _filled(now: Projection, move: Move, random: Any) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {name: FILL[name] for name in move.needs if name in FILL}
    if "papers" in move.needs:
        step = now.steps[move.step]
        again = [paper.name for paper in now.papers if paper.rejected]
        wanted = [name for name in now.course.steps[move.step].papers if name not in now.in_hand]
        given["papers"] = tuple(name for name in wanted if name in again or not step.asked)
    if "to" in move.needs:
        given["to"] = random.choice([one for one in OTHERS if one != move.organ])
    if "where" in move.needs:
        given["where"] = now.course.steps[move.step].where[0]
    if move.kind is H.OBJECTION_DECIDED:
        given["upheld"] = True
    if move.outcome is not None:
        given["outcome"] = move.outcome
    return move.kind.value, {"step": move.step, "organ": move.organ, **given}


def held(case: Driven) -> dict[tuple[str, int], str | None]:
    """Assert what the store says of who is responsible; return it by live step and round."""
    with case.session() as session:
        mine = CaseStep.case_id == case.case_id
        live = [one for one in session.scalars(select(CaseStep).where(mine)) if one.state.is_live]
        parts = select(CasePart.organ).where(CasePart.case_id == case.case_id)
        organs = set(session.scalars(parts))
        clocks = session.execute(
            select(CaseClock.step, CaseClock.holder).where(CaseClock.case_id == case.case_id)
        ).all()
        ended = case.file(session).ended_on is not None
        faults = list(check_cases(session)) if len(live) > 1 else []
    assert faults == []
    assert len({one.step for one in live}) == len(live)  # one row, so one organ
    assert all(one.organ for one in live)
    assert bool(live) is not ended
    assert all((one.offered_to is not None) is (one.state is State.OFFERED) for one in live)
    assert organs == {name for one in live for name in (one.organ, one.offered_to) if name}
    assert {one.step for one in live} <= {step for step, _ in clocks}
    return {(one.step, one.round): one.organ for one in live}


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(ALL), st.randoms(use_true_random=False), st.integers(1, 12))
def test_every_live_step_has_one_organ_in_the_store(
    shelf: Database, name: str, random: Any, length: int
) -> None:
    """After each event, with branches and rounds; and only an acceptance moves a live step."""
    with shelf.session() as session:
        roles = next(one.roles for one in courses(session).values() if one.course == name)
    known = {role: f"place:3716810{number:02}" for number, role in enumerate(roles)}
    organs = {role: organ for role, organ in known.items() if random.random() < 0.7}
    case = Driven(shelf, name, organs, day=MONDAY)
    before = held(case)
    for _ in range(length):
        case.day = later(case.day, random.choice((0, 1, 2, 9)))
        event = drawn(case, random)
        if event is None:
            break
        kind, given_ = event
        case.tell(kind, given_.pop("step", None), **given_)
        after = held(case)
        if kind not in {H.OFFER_ACCEPTED, H.ORGAN_CHANGED}:
            assert all(after[step] == organ for step, organ in before.items() if step in after)
        before = after
    with case.session() as session:
        assert list(check_cases(session)) == []


def test_walks_of_the_store_hand_over_and_go_in_rounds(shelf: Database) -> None:
    """The random walks are no empty proof."""
    kinds, rounds, side_by_side = set(), 0, 0
    for seed in range(4):
        random = Random(seed)  # noqa: S311
        case = Driven(shelf)
        for _ in range(24):
            case.day = later(case.day, random.choice((0, 1, 2)))
            event = drawn(case, random)
            if event is None:
                break
            kind, given_ = event
            kinds.add(kind)
            case.tell(kind, given_.pop("step", None), **given_)
            live = held(case)
            side_by_side = max(side_by_side, len(live))
            rounds = max([rounds, *(round_ for _, round_ in live)])
    assert {"offered", "offer_accepted", "reopened", "suspended"} <= kinds
    assert rounds >= 2
    assert side_by_side >= 2
