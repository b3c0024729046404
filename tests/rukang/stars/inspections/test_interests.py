"""Nobody rates a home they belong to, or have a conflict of interest with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from rukang.base.access import Caller, Grant, Role
from rukang.base.access.accounts import grant
from rukang.base.access.records import Account
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.stars.inspections import (
    Announced,
    Eyes,
    Inspection,
    Part,
    Reason,
    announce,
    barred,
    confirm,
    decide,
    declare,
    desk_check,
    discard,
    eyes_of,
    give_third,
    moderate,
    object_to,
    open_inspection,
    own_evidence,
    own_sheet,
    plan_visit,
    propose,
    publish,
    readable,
    readable_evidence,
    save_answer,
    save_facts,
    score_sheet,
    start_sheet,
    submit,
    take_part,
    withdraw,
)
from rukang.stars.inspections.records import Objection
from rukang.stars.interests import end, list_interests
from rukang.stars.ratings.service import store_rating
from rukang.stars.register import lower
from tests.factories import a_home, a_resident, an_employer
from tests.rukang.engines.rating.tiny import TINY_EDITION, answer
from tests.rukang.stars.inspections.scenario import (
    FIRST,
    MANAGER,
    OFFICER,
    SECOND,
    THIRD,
    VISIT,
    Round,
)


def _give(round_: Round, email: str, grants: list[Grant]) -> None:
    account = round_.session.scalars(select(Account).where(Account.email == email)).one()
    for each in grants:
        grant(round_.session, account, each)


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
        plan_visit(round_.as_(OFFICER), review, VISIT, round_.inspectors[:2])
    plan_visit(round_.as_(OFFICER), review, VISIT, round_.inspectors[1:])
    with pytest.raises(NotAllowedError, match="须回避"):
        start_sheet(round_.session, review, Part.THIRD, FIRST, "评定员甲")


def test_who_works_for_the_home_is_barred_without_saying_so(round_: Round) -> None:
    """An account with a role in the home is enough; an inspector's own role there is not one."""
    grants = [Grant(Role.CLERK, home_id=round_.home.id)]
    _give(round_, FIRST, grants)
    inspecting = [Grant(Role.INSPECTOR, home_id=round_.home.id)]
    _give(round_, SECOND, inspecting)
    why = barred(round_.session, round_.home, FIRST, VISIT)
    assert why is not None
    assert why.zh == "在该机构任职"
    assert barred(round_.session, round_.home, SECOND, VISIT) is None


def test_whoever_stands_for_somebody_of_the_home_is_barred(round_: Round) -> None:
    """A guardian of a resident there; not of one elsewhere, nor a wage clerk of some employer."""
    session = round_.session
    here = a_resident(session, round_.home, "R71").person_id
    there = a_resident(session, a_home(session, "BC071", "371602"), "R72").person_id
    employer = an_employer(session, "示例编织有限公司", uscc="91371681MA3EXAMP7X")
    _give(round_, FIRST, [Grant(Role.GUARDIAN, person_id=here)])
    elsewhere = [
        Grant(Role.GUARDIAN, person_id=there), Grant(Role.CLERK, employer_id=employer.id),
    ]  # fmt: skip
    _give(round_, SECOND, elsewhere)
    why = barred(session, round_.home, FIRST, VISIT)
    assert why is not None
    assert "被监护人" in why.zh
    assert barred(session, round_.home, SECOND, VISIT) is None


def test_nobody_checks_the_papers_of_their_own_home(round_: Round) -> None:
    """The desk check is part of rating."""
    inspection = round_.reported()
    declare(round_.session, round_.home, THIRD, "合作单位", date(2026, 1, 1))
    with pytest.raises(NotAllowedError, match="合作单位"):
        desk_check(round_.as_(THIRD), inspection, accepted=True)


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


def test_only_accounts_that_exist_are_barred(round_: Round) -> None:
    """A mistyped address would protect nobody, so it is refused with what was typed, masked."""
    for typed in ("", "nobody@nowhere", "370000199001010002@example.org"):
        with pytest.raises(InvalidError, match=r"没有邮箱为.*的账号") as refused:
            declare(round_.session, round_.home, typed, "亲属", VISIT)
        assert "199001010002" not in str(refused.value)
    assert list_interests(round_.session, round_.home) == []
    declare(round_.session, round_.home, f" {FIRST.upper()} ", "亲属", VISIT)
    assert barred(round_.session, round_.home, FIRST, VISIT)


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        (date(2026, 3, 1), date(2026, 3, 10), True),
        (date(2026, 2, 1), date(2026, 3, 1), True),
        (date(2026, 3, 10), None, True),
        (date(2026, 2, 1), None, True),
        (date(2026, 2, 1), date(2026, 2, 28), False),
        (date(2026, 3, 11), None, False),
    ],
)
def test_the_same_days_are_declared_once(
    round_: Round, since: date, until: date | None, refused: bool
) -> None:
    """What shares a day with another is told with that one's days; what does not, is kept."""
    declare(round_.session, round_.home, FIRST, "亲属", date(2026, 3, 1), date(2026, 3, 10))
    declare(round_.session, round_.home, SECOND, "亲属", date(2026, 3, 1))
    if refused:
        with pytest.raises(ConflictError, match=r"2026-03-01 至 2026-03-10.*重叠"):
            declare(round_.session, round_.home, FIRST, "同学", since, until)
        return
    declare(round_.session, round_.home, FIRST, "同学", since, until)
    assert len(list_interests(round_.session, round_.home)) == 3


def test_a_conflict_is_ended_by_another(round_: Round) -> None:
    """Not by whom it bars; the day must not lie before its first, nor after its end."""
    interest = declare(round_.session, round_.home, FIRST, "亲属", date(2026, 3, 1))
    with pytest.raises(NotAllowedError, match="回避"):
        end(round_.as_(FIRST), round_.home, interest, VISIT)
    with pytest.raises(InvalidError, match="早于开始"):
        end(round_.as_(OFFICER), round_.home, interest, date(2026, 2, 28))
    end(round_.as_(OFFICER), round_.home, interest, date(2026, 3, 10))
    with pytest.raises(ConflictError, match="已定于 2026-03-10"):
        end(round_.as_(OFFICER), round_.home, interest, VISIT)
    assert barred(round_.session, round_.home, FIRST, date(2026, 3, 11)) is None


def test_whom_a_future_conflict_names_does_not_end_it_either(round_: Round) -> None:
    """It does not bar yet, and would never."""
    interest = declare(round_.session, round_.home, OFFICER, "亲属", date(2026, 12, 1))
    with pytest.raises(NotAllowedError, match="由他人解除"):
        end(round_.as_(OFFICER), round_.home, interest, date(2026, 12, 2))


def _objection(round_: Round, inspection: Inspection) -> Objection:
    return object_to(round_.as_(MANAGER), inspection, "示例异议")


def _decide(round_: Round, inspection: Inspection) -> None:
    objection = _objection(round_, inspection)
    decide(round_.as_(OFFICER), inspection, objection, "驳回")


ACTS: dict[str, tuple[str, Callable[[Round, Inspection], object]]] = {
    "open": ("published", lambda r, _: open_inspection(
        r.as_(OFFICER), r.home, TINY_EDITION, Reason.DUE, date(2026, 12, 1))),
    "check": ("reported", lambda r, i: desk_check(r.as_(OFFICER), i, accepted=True)),
    "plan": ("checked", lambda r, i: plan_visit(r.as_(OFFICER), i, VISIT, r.inspectors[:2])),
    "third": ("visited", lambda r, i: give_third(r.as_(OFFICER), i, THIRD, "评定员丙")),
    "moderate": ("visited", lambda r, i: moderate(r.as_(OFFICER), i)),
    "propose": ("moderated", lambda r, i: propose(r.as_(OFFICER), i)),
    "decide": ("proposed", _decide),
    "publish": ("proposed", lambda r, i: publish(r.as_(OFFICER), i)),
    "withdraw": ("planned", lambda r, i: withdraw(r.as_(OFFICER), i, "示例")),
    "lower": ("published", lambda r, _: lower(r.as_(OFFICER), r.home, 0, r.clock().date(), "示例")),
    "rate": ("planned", lambda r, i: store_rating(
        r.as_(OFFICER), r.home, TINY_EDITION, score_sheet(i.sheets[0], TINY_EDITION))),
    "confirm": ("published", lambda r, i: confirm(r.as_(OFFICER), i, i.actions[0])),
}  # fmt: skip
"""What officers and inspectors do, and how far the inspection must have come."""


@pytest.mark.parametrize("act", ACTS)
def test_whoever_is_barred_acts_on_nothing_of_the_home(round_: Round, act: str) -> None:
    """An officer's own conflict bars like an inspector's, from every step and from the register."""
    stage, do = ACTS[act]
    inspection: Inspection = getattr(round_, stage)()
    round_.as_(OFFICER)
    declare(round_.session, round_.home, OFFICER, "亲属", date(2026, 1, 1))
    before = (inspection.stage, inspection.closed_on, len(inspection.steps))
    with pytest.raises(NotAllowedError, match=r"须回避.*亲属"):
        do(round_, inspection)
    assert (inspection.stage, inspection.closed_on, len(inspection.steps)) == before


def test_an_inspector_barred_since_writes_and_reads_nothing(round_: Round) -> None:
    """Neither answers nor figures nor files, nor their own sheet; nor does it submit."""
    session, inspection = round_.session, round_.planned()
    sheet = own_sheet(session, inspection, FIRST)
    file = Announced("S1", "照片.png", 9, "0" * 64)
    evidence = announce(session, sheet, file)
    declare(session, round_.home, FIRST, "亲属", date(2026, 1, 1))
    caller = Caller(FIRST, (Grant(Role.INSPECTOR, region="371600"),))
    acts: list[Callable[[], object]] = [
        lambda: own_sheet(session, inspection, FIRST),
        lambda: own_evidence(session, evidence.id, FIRST),
        lambda: save_answer(session, sheet, answer("S1", True), round_.clock()),
        lambda: save_facts(session, sheet, {}),
        lambda: announce(session, sheet, file),
        lambda: take_part(session, evidence, 0, b"x" * 9),
        lambda: discard(session, evidence),
        lambda: submit(as_actor(session, FIRST), sheet, {}),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError, match=r"须回避.*亲属"):
            act()
    with pytest.raises(NotFoundError):
        readable_evidence(session, evidence.id, caller)
    eyes = eyes_of(session, caller, round_.home)
    assert eyes is Eyes.BARRED
    assert readable(inspection, FIRST, eyes) == []


def test_whoever_belongs_to_a_home_has_its_eyes(round_: Round) -> None:
    """Whatever other roles they hold there."""
    grants = (Grant(Role.OFFICER), Grant(Role.MANAGER, home_id=round_.home.id))
    assert eyes_of(round_.session, Caller("both", grants), round_.home) is Eyes.HOME
    regional = (Grant(Role.INSPECTOR), Grant(Role.CLERK, region="370000"))
    assert eyes_of(round_.session, Caller("both", regional), round_.home) is Eyes.HOME
