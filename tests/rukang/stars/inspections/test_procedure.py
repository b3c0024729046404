"""How a star comes about in order: who is replaced, who may not do all alone, what is told when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.engines.rating import Edition, State
from rukang.stars.inspections import (
    Inspector,
    Part,
    Stage,
    disputed,
    give_third,
    moderate,
    own_sheet,
    plan_visit,
    propose,
    publish,
    save_answer,
    save_facts,
    seen_of,
    sheets_of,
    submit,
    take_back,
    to_replace,
    unrecorded_of,
)
from rukang.stars.inspections.records import DoubleScore
from rukang.stars.interests import declare
from rukang.stars.register import last_day
from tests.factories import an_incident
from tests.rukang.engines.rating.tiny import answer, document
from tests.rukang.stars.inspections.scenario import (
    ANSWERS,
    FIRST,
    OFFICER,
    SECOND,
    THIRD,
    VISIT,
    Round,
)


@pytest.mark.parametrize(
    ("early", "days_before", "opens"),
    [(None, 0, True), (None, 1, False), ("1", 1, True), ("1", 2, False)],
)
def test_sheets_open_on_the_day_of_the_visit_or_as_early_as_is_set(
    round_: Round, monkeypatch: pytest.MonkeyPatch, early: str | None, days_before: int, opens: bool
) -> None:
    """RUKANG_VISIT_DAYS_EARLY says how many days before; none where it is not set."""
    if early is not None:
        monkeypatch.setenv("RUKANG_VISIT_DAYS_EARLY", early)
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    round_.clock.to(VISIT - timedelta(days=days_before))
    if opens:
        save_answer(round_.session, sheet, answer("S1", True), round_.clock())
        return
    with pytest.raises(ConflictError, match="上门日期是"):
        save_answer(round_.session, sheet, answer("S1", True), round_.clock())


def test_a_conflict_declared_after_planning_bars_at_once_and_calls_for_somebody_else(
    round_: Round,
) -> None:
    """乙 had begun: who decides is told, 丙 takes over on a sheet of their own."""
    inspection, session = round_.planned(), round_.session
    begun = own_sheet(session, inspection, SECOND)
    save_answer(session, begun, answer("S1", True), round_.clock())
    assert to_replace(session, inspection) == {}
    declare(session, round_.home, SECOND, "亲属在园", VISIT)
    assert {email: why.zh for email, why in to_replace(session, inspection).items()} == {
        SECOND: "亲属在园"
    }
    with pytest.raises(NotAllowedError, match="须回避"):
        own_sheet(session, inspection, SECOND)
    first, _, third = round_.inspectors
    with pytest.raises(ConflictError, match="要换人，请写明原因"):
        plan_visit(as_actor(session, OFFICER), inspection, VISIT, [first, third])
    plan_visit(as_actor(session, OFFICER), inspection, VISIT, [first, third], "须回避")
    assert to_replace(session, inspection) == {}
    assert {one.part: one.filled_by for one in inspection.sheets} == {
        Part.SELF: "manager@example.org",
        Part.FIRST: FIRST,
        Part.SECOND: THIRD,
        Part.SECOND_LEFT: SECOND,
    }
    assert [one.criterion for one in begun.answers] == ["S1"]  # kept as it was
    assert "须回避" in inspection.steps[-1].note


def test_who_has_begun_can_be_replaced_and_the_begun_sheet_counts_for_nothing(
    round_: Round,
) -> None:
    """甲 said no to S1; 丙 takes over and says yes, and so does 乙."""
    inspection, session = round_.planned(), round_.session
    begun = own_sheet(session, inspection, FIRST)
    save_answer(session, begun, answer("S1", False), round_.clock())
    _, second, third = round_.inspectors
    plan_visit(as_actor(session, OFFICER), inspection, VISIT, [second, third], "生病")
    with pytest.raises(NotFoundError, match="没有评分表"):
        own_sheet(session, inspection, FIRST)
    assert sheets_of(session, FIRST) == []
    with pytest.raises(ConflictError, match="已由他人接替"):
        save_answer(session, begun, answer("S1", True), round_.clock())
    for email in (SECOND, THIRD):
        round_.filled(inspection, email, ANSWERS)
    assert inspection.stage is Stage.VISITED
    moderate(as_actor(session, OFFICER), inspection)
    assert propose(as_actor(session, OFFICER), inspection).star == 3
    assert [one.value for one in begun.answers if one.criterion == "S1"] == [None]
    assert begun.answers[0].state is State.NOT_MET


def test_a_third_who_has_begun_can_be_replaced(round_: Round) -> None:
    """With the reason; what the first third wrote is kept."""
    inspection, session = round_.visited(T3=0), round_.session
    fourth = Inspector(
        email="inspector4@example.org", name="评定员丁", region="371600", skills=[], most_days=3,
        latitude=Decimal("37.38"), longitude=Decimal("117.97"), away=[],
    )  # fmt: skip
    session.add(fourth)
    give_third(as_actor(session, OFFICER), inspection, THIRD, "评定员丙")
    begun = own_sheet(session, inspection, THIRD)
    save_answer(session, begun, answer("T3", 0), round_.clock())
    with pytest.raises(ConflictError, match="要换人"):
        give_third(as_actor(session, OFFICER), inspection, fourth.email, fourth.name)
    give_third(as_actor(session, OFFICER), inspection, fourth.email, fourth.name, "生病")
    round_.filled(inspection, fourth.email, {"T3": 2})
    assert disputed(inspection, round_.edition) == ()
    assert (begun.part, len(begun.answers)) == (Part.THIRD_LEFT, 1)


def test_two_people_of_one_name_are_two_people(round_: Round) -> None:
    """Both are called 王伟: their sheets are put together, and their scores told apart."""
    for one in round_.inspectors[:2]:
        one.name = "王伟"
    round_.session.flush()
    inspection = round_.moderated()
    scores = round_.session.scalars(select(DoubleScore)).all()
    assert {(one.first_by, one.second_by) for one in scores} == {("王伟", "王伟（2）")}
    assert propose(round_.as_(OFFICER), inspection).sheet["inspectors"] == [
        "王伟",
        "王伟（2）",
    ]


def test_sheets_begun_under_one_name_are_told_apart_too(round_: Round) -> None:
    """As an installation from before has them: the name is the same on both."""
    inspection = round_.visited()
    for sheet in inspection.sheets:
        if sheet.part is not Part.SELF:
            sheet.name = "王伟"
    round_.session.flush()
    moderate(round_.as_(OFFICER), inspection)
    assert inspection.stage is Stage.MODERATED


def _insisting() -> Edition:
    """Return the tiny edition, which will not do without the incidents of T2."""
    plain = document()
    for item in plain["sections"][1]["criteria"]:
        if item["id"] == "T2":
            item.update(scorer="measured", measure="incidents", no_data="refuse")
    return Edition.model_validate(plain)


@pytest.mark.parametrize("said", [answer("T2", 0), answer("T2", State.NO_DATA)])
def test_missing_records_are_told_at_submission(round_: Round, said: Any) -> None:
    """Not at the proposal, when nobody can write on the sheet; papers or “no data” answer it."""
    round_.edition = _insisting()
    inspection, session = round_.planned(), round_.session
    sheet = own_sheet(session, inspection, FIRST)
    for name, raw in ANSWERS.items():
        if name != "T2":
            save_answer(session, sheet, answer(name, raw), round_.clock())
    save_facts(session, sheet, {"capacity": Decimal(40)})
    assert unrecorded_of(session, sheet, round_.edition) == ("T2",)
    with pytest.raises(InvalidError, match="没有这些实测指标的记录：扣分（T2）"):
        submit(as_actor(session, FIRST), sheet, seen_of(sheet))
    save_answer(session, sheet, said, round_.clock())
    assert unrecorded_of(session, sheet, round_.edition) == ()
    submit(as_actor(session, FIRST), sheet, seen_of(sheet))
    assert unrecorded_of(session, own_sheet(session, inspection, SECOND), round_.edition) == ()


def test_what_is_on_record_is_not_asked(round_: Round) -> None:
    """An incident of February is read for a visit in March."""
    round_.edition = _insisting()
    day = VISIT.replace(month=2)
    an_incident(round_.session, round_.home, "E1", day)
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    assert unrecorded_of(round_.session, sheet, round_.edition) == ()


def test_moderation_can_be_taken_back_with_a_reason(round_: Round) -> None:
    """Then it is settled again; not in silence, and not once the result is proposed."""
    inspection, session = round_.moderated(), round_.session
    with pytest.raises(InvalidError, match="退回合议的原因"):
        take_back(as_actor(session, OFFICER), inspection, " ")
    take_back(as_actor(session, OFFICER), inspection, "第二份评分表有误")
    assert (inspection.stage, inspection.steps[-1].note) == (Stage.VISITED, "第二份评分表有误")
    moderate(as_actor(session, OFFICER), inspection)
    propose(as_actor(session, OFFICER), inspection)
    with pytest.raises(ConflictError, match="公示中"):
        take_back(as_actor(session, OFFICER), inspection, "晚了")


def test_nobody_takes_a_star_from_the_visit_to_the_register_alone(round_: Round) -> None:
    """Whatever roles an account has: who inspected does not settle, propose or publish."""
    inspection, session = round_.visited(), round_.session
    with pytest.raises(NotAllowedError, match="须由另一人办理"):
        moderate(as_actor(session, FIRST), inspection)
    moderate(as_actor(session, OFFICER), inspection)
    with pytest.raises(NotAllowedError, match="须由另一人办理"):
        take_back(as_actor(session, SECOND), inspection, "原因")
    with pytest.raises(NotAllowedError, match="须由另一人办理"):
        propose(as_actor(session, SECOND), inspection)
    propose(as_actor(session, OFFICER), inspection)
    assert inspection.objections_until is not None
    round_.clock.to(inspection.objections_until + timedelta(days=1))
    with pytest.raises(NotAllowedError, match="须由另一人办理"):
        publish(as_actor(session, FIRST), inspection)
    publish(as_actor(session, OFFICER), inspection)


def test_a_late_publication_says_why(round_: Round) -> None:
    """On the last day for it nothing has to be said; on the day after it has."""
    inspection, session = round_.proposed(), round_.session
    last = inspection.publish_by
    assert last is not None
    round_.clock.to(last + timedelta(days=1))
    with pytest.raises(InvalidError, match=f"应于 {last} 前公布.*逾期的原因"):
        publish(as_actor(session, OFFICER), inspection)
    round_.clock.to(last)
    publish(as_actor(session, OFFICER), inspection)


def test_a_late_publication_with_a_reason_is_published(round_: Round) -> None:
    """The reason stands with the step."""
    inspection = round_.proposed()
    assert inspection.publish_by is not None
    round_.clock.to(inspection.publish_by + timedelta(days=1))
    publish(round_.as_(OFFICER), inspection, "系统升级")
    assert inspection.steps[-1].note == "系统升级"


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 3, 26), 24, date(2028, 3, 26)),  # the corresponding day (民法典 202)
        (date(2024, 2, 29), 24, date(2026, 2, 28)),  # no 29 February: the month's last day
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 1), 24, date(2026, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),  # there is one again
        (date(2026, 2, 28), 24, date(2028, 2, 28)),  # the like, and not the month's last
        (date(2026, 8, 31), 24, date(2028, 8, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
    ],
)
def test_a_star_ends_on_the_right_day(first: date, months: int, last: date) -> None:
    """Months are counted by the calendar; a day that a month does not have is its last."""
    assert last_day(first, months) == last
