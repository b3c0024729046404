"""What a home has to mend after publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.stars.inspections import confirm, declare, moderate, overdue, propose, publish
from rukang.stars.inspections import report as report_done
from rukang.stars.inspections.records import Inspection
from tests.rukang.stars.inspections.scenario import ANSWERS, FIRST, OFFICER, SECOND, THIRD, Round


def _published(round_: Round) -> Inspection:
    """Publish a rating in which S3 earned nothing and T1 has no data."""
    inspection = round_.planned()
    for email in (FIRST, SECOND):
        round_.filled(inspection, email, ANSWERS | {"S3": 30})
    moderate(round_.as_(OFFICER), inspection)
    propose(round_.as_(OFFICER), inspection)
    assert inspection.objections_until is not None
    round_.clock.to(inspection.objections_until + timedelta(days=1))
    publish(round_.as_(OFFICER), inspection)
    return inspection


def test_what_earned_nothing_is_to_be_mended(round_: Round) -> None:
    """Within the edition's sixty days; what was earned, even in part, is not on the list."""
    inspection = _published(round_)
    assert [action.criterion for action in inspection.actions] == ["S3", "T1"]
    due = round_.clock().date() + timedelta(days=60)
    assert {action.due_on for action in inspection.actions} == {due}
    assert "分档" in inspection.actions[0].words


def test_mending_is_reported_and_confirmed_by_another(round_: Round) -> None:
    """The home says how; an inspector saw it; afterwards neither can be said again."""
    inspection = _published(round_)
    action = inspection.actions[0]
    with pytest.raises(InvalidError, match="怎样整改"):
        report_done(round_.session, inspection, action, "")
    report_done(round_.session, inspection, action, "已缩短轮候")
    confirm(round_.as_(FIRST), inspection, action)
    assert (action.confirmed_by, action.confirmed_on) == (FIRST, round_.clock().date())
    with pytest.raises(ConflictError, match="确认"):
        confirm(round_.as_(SECOND), inspection, action)
    with pytest.raises(ConflictError, match="确认"):
        report_done(round_.session, inspection, action, "再报")


def test_a_barred_inspector_confirms_nothing(round_: Round) -> None:
    """Confirming is part of rating."""
    inspection = _published(round_)
    action = inspection.actions[0]
    declare(round_.session, round_.home, THIRD, "亲属", date(2026, 1, 1))
    with pytest.raises(NotAllowedError, match="须回避"):
        confirm(round_.as_(THIRD), inspection, action)


def test_overdue_is_the_day_after(round_: Round) -> None:
    """On its last day it is not; what is confirmed never is."""
    inspection = _published(round_)
    first, second = inspection.actions
    assert overdue(round_.session, first.due_on) == []
    confirm(round_.as_(FIRST), inspection, second)
    assert overdue(round_.session, first.due_on + timedelta(days=1)) == [first]
