"""Nobody rates a home they belong to."""

from __future__ import annotations

from datetime import date

import pytest

from rukang.access import Grant, Role
from rukang.access.accounts import create_account
from rukang.errors import InvalidError, NotAllowedError
from rukang.inspections import Part, Reason, barred, declare, desk_check, plan_visit, start_sheet
from tests.rukang.inspections.scenario import FIRST, OFFICER, SECOND, THIRD, VISIT, Round

PASSWORD = "梨树 bridge 七点半"


def test_a_declared_interest_bars_for_its_time(round_: Round) -> None:
    """On both its ends, and not the day after."""
    since, until = date(2026, 3, 1), VISIT
    declare(round_.session, round_.home, FIRST, "曾在该机构任职", since, until)
    for day in (since, until):
        why = barred(round_.session, round_.home, FIRST, day)
        assert why is not None
        assert why.zh == "曾在该机构任职"
    assert barred(round_.session, round_.home, FIRST, date(2026, 3, 19)) is None
    assert barred(round_.session, round_.home, SECOND, since) is None


def test_a_barred_inspector_is_not_sent_and_gets_no_sheet(round_: Round) -> None:
    """Neither by a plan nor as a third."""
    declare(round_.session, round_.home, FIRST, "亲属", date(2026, 1, 1))
    review = round_.opened(Reason.REVIEW, "核实")
    with pytest.raises(NotAllowedError, match=r"须回避.*亲属"):
        plan_visit(round_.session, review, VISIT, round_.inspectors[:2], OFFICER)
    plan_visit(round_.session, review, VISIT, round_.inspectors[1:], OFFICER)
    with pytest.raises(NotAllowedError, match="须回避"):
        start_sheet(round_.session, review, Part.THIRD, FIRST, "评定员甲")


def test_who_works_for_the_home_is_barred_without_saying_so(round_: Round) -> None:
    """An account with a role in the home is enough; an inspector's own role there is not one."""
    grants = [Grant(Role.CLERK, home_id=round_.home.id)]
    create_account(round_.session, FIRST, "评定员甲", PASSWORD, grants)
    inspecting = [Grant(Role.INSPECTOR, home_id=round_.home.id)]
    create_account(round_.session, SECOND, "评定员乙", PASSWORD, inspecting)
    why = barred(round_.session, round_.home, FIRST, VISIT)
    assert why is not None
    assert why.zh == "在该机构任职"
    assert barred(round_.session, round_.home, SECOND, VISIT) is None


def test_nobody_checks_the_papers_of_their_own_home(round_: Round) -> None:
    """The desk check is part of rating."""
    inspection = round_.reported()
    declare(round_.session, round_.home, THIRD, "合作单位", date(2026, 1, 1))
    with pytest.raises(NotAllowedError, match="合作单位"):
        desk_check(round_.session, inspection, THIRD, accepted=True)


@pytest.mark.parametrize(
    ("words", "until", "message"),
    [(" ", None, "回避的原因"), ("亲属", date(2025, 12, 31), "早于开始")],
)
def test_an_interest_says_why_and_ends_after_it_begins(
    round_: Round, words: str, until: date | None, message: str
) -> None:
    """Both are refused."""
    with pytest.raises(InvalidError, match=message):
        declare(round_.session, round_.home, FIRST, words, date(2026, 1, 1), until)
