"""Sheets: saved answer by answer in any order, counted only when submitted whole."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rukang.errors import ConflictError, InvalidError, NotFoundError
from rukang.inspections import (
    Eyes,
    Part,
    Stage,
    asked_of,
    compared,
    moderate,
    optional_of,
    own_sheet,
    propose,
    readable,
    save_answer,
    save_facts,
    score_sheet,
    sheets_of,
    start_sheet,
    submit,
)
from rukang.rating import Outcome, Rating, SheetError, State
from tests.rukang.inspections.scenario import (
    ANSWERS,
    FIRST,
    MANAGER,
    OFFICER,
    SECOND,
    THIRD,
    VISIT,
    Round,
)
from tests.rukang.rating.tiny import TINY_EDITION, answer


def test_a_later_answer_replaces_an_earlier_one_and_never_the_other_way(round_: Round) -> None:
    """What was written first and arrives last changes nothing; what is sent twice is kept once."""
    sheet = own_sheet(round_.planned(), FIRST)
    early, later = round_.clock() - timedelta(minutes=2), round_.clock()
    save_answer(round_.session, sheet, answer("S2", "b"), later)
    save_answer(round_.session, sheet, answer("S2", "a"), early)
    save_answer(round_.session, sheet, answer("S2", "b"), later)
    assert [(one.criterion, one.value) for one in sheet.answers] == [("S2", "b")]
    save_answer(round_.session, sheet, answer("S2", "a"), later + timedelta(seconds=1))
    assert sheet.answers[0].value == "a"


def test_a_clock_far_ahead_is_refused_and_a_little_is_not(round_: Round) -> None:
    """Five minutes are let pass."""
    sheet = own_sheet(round_.planned(), FIRST)
    save_answer(round_.session, sheet, answer("S2", "a"), round_.clock() + timedelta(minutes=4))
    with pytest.raises(InvalidError, match="校准设备的时钟"):
        save_answer(round_.session, sheet, answer("S2", "b"), round_.clock() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("criterion", "raw", "message"),
    [("S2", "c", "S2 应填甲"), ("T3", 7, "T3 应填0"), ("S3", -1, "S3 应填不小于 0")],
)
def test_an_answer_outside_its_scale_is_refused(
    round_: Round, criterion: str, raw: object, message: str
) -> None:
    """With what may be answered; nothing is kept."""
    sheet = own_sheet(round_.planned(), FIRST)
    with pytest.raises(SheetError, match=message):
        save_answer(round_.session, sheet, answer(criterion, raw), round_.clock())
    assert sheet.answers == []


def test_a_sheet_asks_what_its_person_scores(round_: Round) -> None:
    """Measured criteria are asked of nobody; the first may answer them, from the home's papers."""
    inspection = round_.planned()
    first, second = own_sheet(inspection, FIRST), own_sheet(inspection, SECOND)
    assert "T1" not in asked_of(first, TINY_EDITION)
    assert optional_of(first, TINY_EDITION) == ("T1",)
    assert save_answer(round_.session, first, answer("T1", "0.8"), round_.clock()).value == "0.8"
    with pytest.raises(InvalidError, match="不填 T1"):
        save_answer(round_.session, second, answer("T1", "0.8"), round_.clock())


def test_papers_count_where_there_are_no_records(round_: Round) -> None:
    """T1 is measured; without records what the first inspector read in the papers holds."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS | {"T1": "0.8"})
    round_.filled(inspection, SECOND, ANSWERS)
    moderate(round_.session, inspection, OFFICER)
    rating = Rating.model_validate(propose(round_.session, inspection, OFFICER).result)
    assert rating.criteria["T1"].earned == 3
    assert rating.total == 20


def test_facts_are_those_the_edition_asks_for(round_: Round) -> None:
    """A figure nobody asks for, or below zero, is refused; the others are replaced whole."""
    sheet = own_sheet(round_.planned(), FIRST)
    save_facts(round_.session, sheet, {"capacity": Decimal(30)})
    assert score_sheet(sheet, TINY_EDITION).facts == {"capacity": 30}
    for facts, message in (({"area": Decimal(1)}, "area"), ({"capacity": Decimal(-1)}, "负数")):
        with pytest.raises(SheetError, match=message):
            save_facts(round_.session, sheet, facts)


def test_a_half_sent_sheet_is_kept_and_not_counted(round_: Round) -> None:
    """Two of six answers: refused with those that are open, still there, and the stage stays."""
    inspection = round_.planned()
    sheet = own_sheet(inspection, FIRST)
    for name in ("S1", "S2"):
        save_answer(round_.session, sheet, answer(name, ANSWERS[name]), round_.clock())
    seen = {name: round_.clock() for name in ("S1", "S2")}
    with pytest.raises(InvalidError, match="还有 4 项没有填：S3、T2、T3、T4"):
        submit(round_.session, sheet, seen, FIRST)
    assert (len(sheet.answers), sheet.submitted_at) == (2, None)
    assert inspection.stage is Stage.PLANNED


def test_what_the_device_holds_and_the_server_does_not_is_waited_for(round_: Round) -> None:
    """An answer on the way: refused by name, so that it is not lost."""
    sheet = own_sheet(round_.planned(), FIRST)
    for name, raw in ANSWERS.items():
        save_answer(round_.session, sheet, answer(name, raw), round_.clock())
    seen = {name: round_.clock() for name in ANSWERS}
    newer = seen | {"T3": round_.clock() + timedelta(seconds=3)}
    with pytest.raises(ConflictError, match="等它们传完再提交：T3"):
        submit(round_.session, sheet, newer, FIRST)
    submit(round_.session, sheet, seen, FIRST)
    assert sheet.submitted_at == round_.clock()


def test_a_submitted_sheet_never_changes(round_: Round) -> None:
    """Neither an answer nor a figure, nor a second submission."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)
    sheet = own_sheet(inspection, FIRST)
    with pytest.raises(ConflictError, match="已提交"):
        save_answer(round_.session, sheet, answer("S2", "b"), round_.clock())
    with pytest.raises(ConflictError, match="已提交"):
        save_facts(round_.session, sheet, {"capacity": Decimal(1)})
    with pytest.raises(ConflictError, match="已提交"):
        submit(round_.session, sheet, {}, FIRST)


def test_one_sheet_does_not_make_a_visit(round_: Round) -> None:
    """Both have to be in."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)
    assert inspection.stage is Stage.PLANNED
    round_.filled(inspection, SECOND, ANSWERS)
    assert str(inspection.stage) == "visited"


def test_nobody_has_two_sheets_of_one_inspection(round_: Round) -> None:
    """Scoring apart takes two people; who has none gets none shown."""
    inspection = round_.planned()
    with pytest.raises(ConflictError, match="已有一份评分表"):
        start_sheet(round_.session, inspection, Part.THIRD, FIRST, "评定员甲")
    with pytest.raises(NotFoundError, match=THIRD):
        own_sheet(inspection, THIRD)


def test_a_begun_sheet_is_not_given_to_somebody_else(round_: Round) -> None:
    """An empty one is; what somebody wrote stays theirs."""
    inspection = round_.planned()
    sheet = own_sheet(inspection, SECOND)
    start_sheet(round_.session, inspection, Part.SECOND, THIRD, "评定员丙")
    assert sheet.filled_by == THIRD
    save_answer(round_.session, sheet, answer("S1", True), round_.clock())
    with pytest.raises(ConflictError, match="评定员丙 填写，不能换人"):
        start_sheet(round_.session, inspection, Part.SECOND, SECOND, "评定员乙")


def test_a_third_judges_what_is_disputed_and_nothing_else(round_: Round) -> None:
    """乙 sees S2 and T3 differently: these two are asked, and the middle answer holds."""
    inspection = round_.visited(S2="b", T3=0)
    sheet = start_sheet(round_.session, inspection, Part.THIRD, THIRD, "评定员丙")
    assert asked_of(sheet, TINY_EDITION) == ("S2", "T3")
    round_.filled(inspection, THIRD, {"S2": "a", "T3": 1})
    settled = {one.criterion.id: one.settled for one in compared(inspection, TINY_EDITION)}
    assert settled["S2"] is not None
    assert settled["S2"].value == "a"
    assert settled["T3"] is not None
    assert settled["T3"].value == "1"
    outcomes = {one.criterion.id: one.outcome for one in compared(inspection, TINY_EDITION)}
    assert [name for name, how in outcomes.items() if how is Outcome.DISPUTED] == ["S2", "T3"]


def test_each_sees_what_is_theirs_until_both_are_in(round_: Round) -> None:
    """The manager sees the inspectors' sheets only after the inspection is closed."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)

    def seen(email: str, eyes: Eyes) -> list[str]:
        return [str(sheet.part) for sheet in readable(inspection, email, eyes)]

    assert seen(FIRST, Eyes.INSPECTOR) == ["self", "first"]
    assert seen(SECOND, Eyes.INSPECTOR) == ["self", "second"]
    assert seen(OFFICER, Eyes.OFFICER) == ["self"]
    assert seen(MANAGER, Eyes.HOME) == ["self"]
    round_.filled(inspection, SECOND, ANSWERS)
    assert seen(OFFICER, Eyes.OFFICER) == ["self", "first", "second"]
    assert seen(SECOND, Eyes.INSPECTOR) == ["self", "first", "second"]
    assert seen(MANAGER, Eyes.HOME) == ["self"]


def test_a_closed_inspection_is_open_to_its_home(round_: Round) -> None:
    """After publication the manager reads every sheet."""
    inspection = round_.published()
    assert len(readable(inspection, MANAGER, Eyes.HOME)) == 3


def test_my_sheets_are_those_still_to_submit(round_: Round) -> None:
    """One planned visit; after submission it is off the list."""
    inspection = round_.planned()
    assert [sheet.inspection.visit_on for sheet in sheets_of(round_.session, FIRST)] == [VISIT]
    round_.filled(inspection, FIRST, ANSWERS)
    assert sheets_of(round_.session, FIRST) == []


def test_no_data_is_an_answer_and_silence_is_not(round_: Round) -> None:
    """A criterion without data is submitted as such, and stays visible as no data."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS | {"T3": State.NO_DATA})
    found = {one.criterion: one.state for one in own_sheet(inspection, FIRST).answers}
    assert found["T3"] is State.NO_DATA
