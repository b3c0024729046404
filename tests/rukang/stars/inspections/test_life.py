"""The life of an inspection: every stage in turn, and what is refused on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from rukang.base.database.audit import AuditEntry, write_down
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.engines.rating import Rating, State
from rukang.stars.inspections import (
    Reason,
    Stage,
    decide,
    desk_check,
    find_inspection,
    moderate,
    object_to,
    open_inspection,
    plan_visit,
    propose,
    publish,
    withdraw,
)
from rukang.stars.inspections.records import Inspection
from rukang.stars.register import history, summary
from tests.rukang.engines.rating.tiny import TINY_EDITION, answer
from tests.rukang.stars.inspections.scenario import (
    ANSWERS,
    DUE,
    FIRST,
    MANAGER,
    OFFICER,
    SECOND,
    VISIT,
    Round,
)


def test_a_whole_life_ends_on_the_register(round_: Round) -> None:
    """Every stage once, each step with who and when; the star on the register is the rating's."""
    inspection = round_.published()
    assert [step.after for step in inspection.steps] == [
        Stage.OPENED,
        Stage.SELF_REPORTED,
        Stage.DESK_CHECKED,
        Stage.PLANNED,
        Stage.VISITED,
        Stage.MODERATED,
        Stage.PROPOSED,
        Stage.PUBLISHED,
    ]
    assert [step.by for step in inspection.steps][:2] == [OFFICER, MANAGER]
    assert inspection.rating is not None
    event = history(round_.session, round_.home)[0]
    assert event.star == inspection.rating.star == 3
    assert event.effective_on == round_.clock().date()
    assert summary(round_.session, event.effective_on).words.zh == "1 家三星"


def test_every_step_leaves_before_and_after_in_the_audit_trail(round_: Round) -> None:
    """Who, when, before, after: of the stage as of any other value."""
    inspection = round_.proposed()
    write_down(round_.session)
    query = select(AuditEntry).where(
        AuditEntry.table == "inspection", AuditEntry.record_id == inspection.id
    )
    stages = [
        (entry.before["stage"], entry.after["stage"])
        for entry in round_.session.scalars(query.order_by(AuditEntry.id))
        if entry.before and entry.after and "stage" in entry.after
    ]
    assert stages[0] == ("opened", "self_reported")
    assert stages[-1] == ("moderated", "proposed")
    counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.actor == "system")
    assert round_.session.scalar(counted)


def test_one_inspection_of_a_home_at_a_time(round_: Round) -> None:
    """A second is refused with the first one's number; after withdrawal it may be opened."""
    first = round_.opened()
    with pytest.raises(ConflictError, match=f"评定 {first.id}.*尚未结束"):
        round_.opened()
    withdraw(round_.as_(OFFICER), first, "机构搬迁")
    assert round_.opened().id != first.id


def test_the_database_holds_to_one_too(round_: Round) -> None:
    """Whatever a program forgets to ask, an index does not."""
    first = round_.opened()
    values = {
        name: getattr(first, name)
        for name in ("home_id", "reason", "words", "stage", "edition_text_id", "opened_on")
    }
    round_.session.add(Inspection(**values, due_on=DUE))
    with pytest.raises(IntegrityError):
        round_.session.flush()
    round_.session.rollback()


def test_withdrawing_needs_a_reason_and_an_open_inspection(round_: Round) -> None:
    """Neither in silence, nor after the end."""
    inspection = round_.opened()
    with pytest.raises(InvalidError, match="撤回的原因"):
        withdraw(round_.as_(OFFICER), inspection, " ")
    withdraw(round_.as_(OFFICER), inspection, "机构搬迁")
    assert inspection.closed_on == round_.clock().date()
    with pytest.raises(ConflictError, match="已撤回"):
        withdraw(round_.as_(OFFICER), inspection, "再撤")


@pytest.mark.parametrize(
    ("due", "message"), [(date(2026, 3, 1), "早于今天"), (date(2026, 3, 2), None)]
)
def test_a_due_day_is_not_past(round_: Round, due: date, message: str | None) -> None:
    """Today is the earliest."""
    arguments = (round_.as_(OFFICER), round_.home, TINY_EDITION, Reason.DUE, due)
    if message is None:
        assert open_inspection(*arguments).due_on == due
        return
    with pytest.raises(InvalidError, match=message):
        open_inspection(*arguments)


def test_an_edition_out_of_force_opens_nothing(round_: Round) -> None:
    """The tiny edition is valid in 2026 only."""
    round_.clock.to(date(2027, 1, 4))
    with pytest.raises(InvalidError, match="不在有效期内"):
        open_inspection(
            round_.as_(OFFICER),
            round_.home,
            TINY_EDITION,
            Reason.DUE,
            date(2027, 2, 1),
        )


def test_a_review_gives_a_reason_and_asks_for_no_report(round_: Round) -> None:
    """It is planned at once; an application has to be reported and checked first."""
    with pytest.raises(InvalidError, match="复核的起因"):
        open_inspection(round_.as_(OFFICER), round_.home, TINY_EDITION, Reason.REVIEW, DUE)
    review = round_.opened(Reason.REVIEW, "投诉核实")
    plan_visit(round_.as_(OFFICER), review, VISIT, round_.inspectors[:2])
    assert review.stage is Stage.PLANNED


def test_an_application_is_not_planned_before_its_desk_check(round_: Round) -> None:
    """The order of stages is kept."""
    inspection = round_.opened()
    with pytest.raises(ConflictError, match="不能直接到“已排定上门”"):
        plan_visit(round_.as_(OFFICER), inspection, VISIT, round_.inspectors[:2])


def test_a_report_given_back_can_be_completed(round_: Round) -> None:
    """Only with a reason; the sheet is open again, and nothing of it is lost."""
    inspection = round_.reported()
    with pytest.raises(InvalidError, match="要补充什么"):
        desk_check(round_.as_(OFFICER), inspection, accepted=False)
    desk_check(round_.as_(OFFICER), inspection, accepted=False, note="请补租赁合同")
    assert inspection.stage is Stage.OPENED
    assert inspection.sheets[0].submitted_at is None
    assert len(inspection.sheets[0].answers) == 6


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 6), "节假日"),  # 清明
        (date(2026, 3, 21), "周末"),
        (date(2026, 5, 8), "晚于期限"),
        (date(2026, 2, 27), "已过"),
    ],
)
def test_a_visit_is_on_a_workday_in_time(round_: Round, day: date, why: str) -> None:
    """A public holiday, a weekend, a day past or too late are refused with the reason."""
    review = round_.opened(Reason.REVIEW, "投诉核实")
    with pytest.raises(InvalidError, match=why):
        plan_visit(round_.as_(OFFICER), review, day, round_.inspectors[:2])


def test_a_closed_home_is_not_visited(round_: Round) -> None:
    """The home opens from Tuesday to Saturday here; Monday is refused, Tuesday is not."""
    round_.home.opening_days = [2, 3, 4, 5, 6]
    review = round_.opened(Reason.REVIEW, "投诉核实")
    with pytest.raises(InvalidError, match="不开放"):
        plan_visit(round_.as_(OFFICER), review, date(2026, 3, 16), round_.inspectors[:2])
    plan_visit(round_.as_(OFFICER), review, date(2026, 3, 17), round_.inspectors[:2])


def test_a_make_up_workday_can_be_a_visit(round_: Round) -> None:
    """2026-05-09 is a Saturday on which is worked."""
    review = open_inspection(
        round_.as_(OFFICER),
        round_.home,
        TINY_EDITION,
        Reason.REVIEW,
        date(2026, 5, 29),
        "核实",
    )
    plan_visit(round_.as_(OFFICER), review, date(2026, 5, 9), round_.inspectors[:2])
    assert review.visit_on == date(2026, 5, 9)


def test_a_visit_takes_two(round_: Round) -> None:
    """One person twice is one person."""
    review = round_.opened(Reason.REVIEW, "投诉核实")
    with pytest.raises(InvalidError, match="两位不同"):
        plan_visit(round_.as_(OFFICER), review, VISIT, [round_.inspectors[0]] * 2)


def test_planning_anew_keeps_who_stays(round_: Round) -> None:
    """甲 is replaced by 丙: 乙 keeps the sheet, whatever the order of names."""
    review = round_.opened(Reason.REVIEW, "投诉核实")
    first, second, third = round_.inspectors
    plan_visit(round_.as_(OFFICER), review, VISIT, [first, second])
    before = {sheet.filled_by: sheet.id for sheet in review.sheets}
    plan_visit(round_.as_(OFFICER), review, VISIT + timedelta(days=1), [second, third])
    after = {sheet.filled_by: sheet.id for sheet in review.sheets}
    assert after[second.email] == before[second.email]
    assert after == {second.email: before[second.email], third.email: before[first.email]}


def test_objections_have_their_window(round_: Round) -> None:
    """Five workdays after the proposal, the last one included; the day after is too late."""
    inspection = round_.proposed()
    until = inspection.objections_until
    assert (inspection.proposed_on, until) == (VISIT, date(2026, 3, 25))
    assert until is not None
    round_.clock.to(until)
    with pytest.raises(ConflictError, match="还不能公布"):
        publish(round_.as_(OFFICER), inspection)
    object_to(round_.as_(MANAGER), inspection, "服务项目少算一项")
    round_.clock.to(until + timedelta(days=1))
    with pytest.raises(ConflictError, match="异议期已于 2026-03-25 结束"):
        object_to(round_.as_(MANAGER), inspection, "再提")
    with pytest.raises(ConflictError, match="1 件异议没有处理"):
        publish(round_.as_(OFFICER), inspection)


def test_the_window_steps_over_holidays(round_: Round) -> None:
    """Proposed on Thursday 2 April: 清明 and its weekend (4 to 6 April) are no workdays."""
    inspection = round_.visited()
    moderate(round_.as_(OFFICER), inspection)
    round_.clock.to(date(2026, 4, 2))
    propose(round_.as_(OFFICER), inspection)
    assert inspection.objections_until == date(2026, 4, 10)


def test_an_upheld_objection_changes_the_answer_and_opens_a_new_window(round_: Round) -> None:
    """What was put right stands in the next proposal; the first rating stays as it was."""
    inspection = round_.planned()
    for email in (FIRST, SECOND):
        round_.filled(inspection, email, ANSWERS | {"S2": "b"})
    moderate(round_.as_(OFFICER), inspection)
    propose(round_.as_(OFFICER), inspection)
    before = inspection.rating_id
    objection = object_to(round_.as_(MANAGER), inspection, "“选择”应为甲")
    right = answer("S2", "a").model_copy(update={"inspector": "复核"})
    decide(round_.as_(OFFICER), inspection, objection, "材料属实", [right])
    assert inspection.stage is Stage.MODERATED
    rating = propose(round_.as_(OFFICER), inspection)
    assert rating.id != before
    assert Rating.model_validate(rating.result).criteria["S2"].earned == 4


def test_a_rejected_objection_leaves_the_proposal(round_: Round) -> None:
    """It can be published once the window is over; a decision is made once, and with a reason."""
    inspection = round_.proposed()
    objection = object_to(round_.as_(MANAGER), inspection, "不同意")
    with pytest.raises(InvalidError, match="处理理由"):
        decide(round_.as_(OFFICER), inspection, objection, "")
    decide(round_.as_(OFFICER), inspection, objection, "与现场不符")
    assert (inspection.stage, objection.upheld) == (Stage.PROPOSED, False)
    with pytest.raises(ConflictError, match="处理"):
        decide(round_.as_(OFFICER), inspection, objection, "再次")


@pytest.mark.parametrize("who", [FIRST, MANAGER])
def test_nobody_decides_an_objection_to_their_own_work(round_: Round, who: str) -> None:
    """Neither who scored, nor who objects."""
    inspection = round_.proposed()
    objection = object_to(round_.as_(MANAGER), inspection, "不同意")
    with pytest.raises(NotAllowedError, match="另一人处理"):
        decide(round_.as_(who), inspection, objection, "理由")


def test_an_objection_says_something(round_: Round) -> None:
    """An empty one is refused, and none is possible before a proposal."""
    inspection = round_.visited()
    with pytest.raises(ConflictError, match="公示中"):
        object_to(round_.as_(MANAGER), inspection, "早了")
    moderate(round_.as_(OFFICER), inspection)
    propose(round_.as_(OFFICER), inspection)
    with pytest.raises(InvalidError, match="异议内容"):
        object_to(round_.as_(MANAGER), inspection, " ")


def test_without_what_the_edition_insists_on_nothing_is_proposed(round_: Round) -> None:
    """Both say that there are no data on S1, which the edition refuses to do without."""
    inspection = round_.planned()
    for email in (FIRST, SECOND):
        round_.filled(inspection, email, ANSWERS | {"S1": State.NO_DATA})
    moderate(round_.as_(OFFICER), inspection)
    with pytest.raises(ConflictError, match="缺少数据"):
        propose(round_.as_(OFFICER), inspection)
    assert find_inspection(round_.session, inspection.id).stage is Stage.MODERATED
