"""Own shares above a month's pay: advanced, carried as a receivable, and ended, each by hand.

Wage 2210, 21.75, base floor 4504: own shares 360.32 + 90.08 + 13.51 = 463.91 a month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Queue
from threading import Event, Thread, current_thread
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, DayMarks, Presence
from rukang.pay import EntryKind, RunState
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
)
from tests.wages import lock

JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, n, 1) for n in range(6, 12))
CLERK, MANAGER = "工资专员", "园长"
OWN = 46_391

PUBLISHED = """\
document: 示例，非官方：2026 年度缴费基数上下限
date: 2026-08-10
figures:
  - {parameter: insurance.base.floor, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 4700}
  - {parameter: insurance.base.cap, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 23500}
"""
SHARE = """\
document: 示例，非官方：从工资收回垫付的上限
date: 2026-01-01
figures:
  - {parameter: wage.advance_recovery_share, place: 371681, from: 2026-01-01, value: 0.2}
"""


@dataclass
class Office:
    """The pay office of a home, month by month."""

    database: Database
    policy: Policy
    home_id: int
    works: dict[str, int]

    def calculate(self, month: date, known: date | None = None) -> int:
        """Calculate a month by what is known on its last day, or another; return the run's id."""
        with self.database.session() as session:
            run_id = pay.request_run(as_actor(session, CLERK), self.home(session), month).id
        pay.calculate_run(self.database, run_id, self.policy, known or days_of_month(month)[-1])
        return run_id

    def pay(self, month: date, known: date | None = None) -> int:
        """Calculate and lock a month."""
        run_id = self.calculate(month, known)
        lock(self.database, run_id)
        return run_id

    def home(self, session: Session) -> Home:
        """Return the home."""
        return session.get_one(Home, self.home_id)

    def line(self, run_id: int, who: str, code: str) -> int:
        """Return somebody's amount of a line in fen."""
        with self.database.session() as session:
            slips = map(pay.payslip_of, pay.find_run(session, run_id).payslips)
            return next(slip.amount_fen(code) for slip in slips if slip.worker == who)

    def receivable(self, who: str) -> pay.Receivable:
        """Return somebody's ledger."""
        with self.database.session() as session:
            return pay.receivable_of(session, self.home(session), self.works[who])

    def note(self, run_id: int) -> str:
        """Return what the calculation said it leaves open."""
        with self.database.session() as session:
            steps = pay.find_run(session, run_id).steps
            return [step.note for step in steps if step.state is RunState.CALCULATED][-1]

    def missing(self, run_id: int) -> dict[str, str | None]:
        """Return who is not in a run, and the reason for which they are left out."""
        with self.database.session() as session:
            found = pay.find_run(session, run_id).missing
            return {item.employment.resident.code: item.left_out for item in found}

    def consent(self, who: str) -> None:
        """Note somebody's written consent."""
        with self.database.session() as session:
            day = date(2026, 10, 5)
            pay.record_consent(
                as_actor(session, CLERK), self.home(session), self.works[who], day, "书面同意书"
            )


@pytest.fixture
def office(empty_database: Database, tmp_path: Path) -> Office:
    """A home of three: R01 always there, R02 and R03 with months of their own."""
    path = tmp_path / "published.yaml"
    path.write_text(PUBLISHED, encoding="utf-8")
    works = {}
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session)
        for code in ("R01", "R02", "R03"):
            work = an_employment(session, a_resident(session, home, code), employer)
            a_tax_year(session, work, through=date(2026, 5, 31), months=5, income_fen=1_105_000)
            works[code] = work.id
    policy = Policy.load([LOCAL_POLICY, path])
    made = Office(empty_database, policy, home.id, works)
    for month in (JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER):
        attend(made, "R01", month)
    return made


def scheduled(month: date) -> list[date]:
    """Return the days of a month that need a mark."""
    return [day for day in days_of_month(month) if Calendar().kind_of(day).works]


def attend(
    office: Office,
    who: str,
    month: date,
    away: int = 0,
    why: Presence = Presence.PERSONAL_LEAVE,
    days: Sequence[date] | None = None,
) -> None:
    """Mark somebody present all month, but for the first days that need a mark."""
    days = scheduled(month) if days is None else list(days)
    with office.database.session() as session:
        resident = session.get_one(Employment, office.works[who]).resident
        session.add_all(
            AttendanceDay(
                home_id=office.home_id,
                resident_id=resident.id,
                day=day,
                marks=DayMarks.whole(why if at < away else Presence.PRESENT),
            )
            for at, day in enumerate(days)
        )


def test_who_joins_on_the_29th_stops_nobody(office: Office) -> None:
    """Two paid days are 203.22, own shares 463.91: 260.69 are advanced, and net is nil."""
    with office.database.session() as session:
        for who in ("R02", "R03"):
            work = session.get_one(Employment, office.works[who])
            work.started_on, work.insured_from = date(2026, 10, 29), OCTOBER
    attend(office, "R02", OCTOBER, days=[date(2026, 10, 29), date(2026, 10, 30)])
    attend(office, "R03", OCTOBER, days=[date(2026, 10, 29), date(2026, 10, 30)])
    for month in (JUNE, JULY, AUGUST, SEPTEMBER):
        office.pay(month, days_of_month(JUNE)[-1])
    october = office.pay(OCTOBER, days_of_month(JUNE)[-1])
    for who in ("R02", "R03"):
        assert office.line(october, who, "gross") == 203_22
        assert office.line(october, who, "advance") == 260_69
        assert office.line(october, who, "net") == 0
    assert office.line(october, "R01", "net") == 221_000 - OWN
    owed = office.receivable("R02")
    assert (owed.open_fen, owed.since, owed.age_months(date(2026, 12, 3))) == (260_69, OCTOBER, 2)
    assert [entry.kind for entry in owed.entries] == [EntryKind.ADVANCE]
    with office.database.session() as session:
        found = pay.receivables(session, office.home(session))
        assert [item.work.resident.code for item in found] == ["R02", "R03"]


def _all_on_leave(office: Office, month: date = JUNE) -> int:
    """Lock June with R02 on maternity leave all month and R03 at 18 of 22 days of leave."""
    attend(office, "R02", month, away=31, why=Presence.MATERNITY_LEAVE)
    attend(office, "R03", month, away=18)
    return office.pay(month)


def test_maternity_leave_and_many_days_of_leave_are_advanced(office: Office) -> None:
    """R02 has one statutory day of June and 21 of leave; R03 four paid days: 406.44."""
    june = _all_on_leave(office)
    # the holiday of 19 June is a paid day: 2210 ÷ 21.75 = 101.61; 463.91 − 101.61 = 362.30
    assert office.line(june, "R02", "advance") == 362_30
    # 2210 ÷ 21.75 × 4 = 406.44; 463.91 − 406.44 = 57.47
    assert office.line(june, "R03", "advance") == 57_47


def test_a_locked_month_never_blocks_a_later_one(office: Office) -> None:
    """R03's June would have net −77.66 with the base known in August: July and August are paid."""
    _all_on_leave(office)
    for month in (JULY, AUGUST):
        for who in ("R02", "R03"):
            attend(office, who, month)
    office.pay(JULY)
    august = office.pay(AUGUST, date(2026, 8, 20))
    # two months of 20.19: 196 × 8 %, × 2 %, 4700 × 0.3 % − 13.51; and August on 4700: 484.10
    for who in ("R01", "R02", "R03"):
        assert office.line(august, who, "arrears_employee_share") == 2 * 20_19
        assert office.line(august, who, "net") == 221_000 - 484_10 - 2 * 20_19
    assert office.receivable("R03").open_fen == 57_47


def test_a_month_locked_by_the_older_rule_is_settled(office: Office) -> None:
    """R03's June, 17 days of leave, locked at 482.64 and net 18.73 (2210 − 17 × 101.609).

    Five paid days are 508.05 today: 25.41 are owed, and 20.19 of own shares from the base known in
    August; had June had no more pay, its net would have been 18.73 − 20.19 = −1.46.
    """
    attend(office, "R02", JUNE)
    attend(office, "R03", JUNE, away=17)
    june = office.calculate(JUNE)
    with office.database.session() as session:
        run = pay.find_run(session, june)
        slip = next(slip for slip in run.payslips if slip.slip["worker"] == "R03")
        amounts = {"monthly_wage": 482_64, "gross": 482_64, "net": 18_73}
        lines = [
            line | {"amount_fen": amounts.get(line["code"], line["amount_fen"])}
            for line in slip.slip["lines"]
        ]
        slip.slip = slip.slip | {"lines": lines}
        slip.gross_fen, slip.net_fen = 482_64, 18_73
    lock(office.database, june)
    for month in (JULY, AUGUST):
        for who in ("R02", "R03"):
            attend(office, who, month)
    july = office.pay(JULY)
    assert office.line(july, "R03", "arrears") == 508_05 - 482_64
    august = office.pay(AUGUST, date(2026, 8, 20))
    assert office.line(august, "R03", "arrears_employee_share") == 2 * 20_19


def test_a_correction_to_absent_all_month_refuses_nothing(office: Office) -> None:
    """Nothing may be kept from the minimum wage: the recovery waits and is told, July is paid."""
    for month in (JUNE, JULY):
        for who in ("R02", "R03"):
            attend(office, who, month)
    june = office.pay(JUNE)
    with office.database.session() as session:
        absent = {"paid_days": "0", "unpaid_days": "22"}
        run = pay.find_run(session, june)
        pay.correct(as_actor(session, CLERK), run, office.works["R02"], absent, "六月没有来")
    july = office.pay(JULY)
    assert office.line(july, "R02", "net") == 221_000 - OWN
    assert "差额未结清的 1 人：R02；" in office.note(july)


def test_who_cannot_be_computed_is_listed_and_stops_nobody(office: Office) -> None:
    """R03 has no attendance: the others are paid, the run is locked once R03 is left out."""
    attend(office, "R02", JUNE)
    june = office.calculate(JUNE)
    assert office.missing(june) == {"R03": None}
    assert office.note(june).startswith("1 人没有算出工资")
    with office.database.session() as session:
        run = pay.find_run(session, june)
        assert [slip.slip["worker"] for slip in run.payslips] == ["R01", "R02"]
        assert "无考勤记录：6月1日" in run.missing[0].reasons[0]["zh"]
        pay.advance(as_actor(session, MANAGER), run, RunState.APPROVED)
        with pytest.raises(ConflictError, match="R03"):
            pay.advance(as_actor(session, MANAGER), run, RunState.LOCKED)
        with pytest.raises(InvalidError, match="原因"):
            pay.leave_out(as_actor(session, CLERK), run, office.works["R03"], " ")
        with pytest.raises(ConflictError, match="工资条"):
            pay.leave_out(as_actor(session, CLERK), run, office.works["R02"], "不计入")
        with pytest.raises(NotFoundError):
            pay.leave_out(as_actor(session, CLERK), run, 999, "不计入")
        pay.leave_out(as_actor(session, CLERK), run, office.works["R03"], "六月停工，双方书面约定")
        pay.advance(as_actor(session, MANAGER), run, RunState.LOCKED)
    assert office.missing(june) == {"R03": "六月停工，双方书面约定"}
    for who in ("R02", "R03"):
        attend(office, who, JULY)
    july = office.calculate(JULY)
    assert office.line(july, "R03", "net") == 221_000 - OWN  # June, left out with a reason, counts


def test_a_missing_person_misses_the_next_month_too(office: Office) -> None:
    """Whoever is not computed in June, nor left out of it, is not computed in July."""
    attend(office, "R02", JUNE)
    office.calculate(JUNE)
    for who in ("R02", "R03"):
        attend(office, who, JULY)
    july = office.calculate(JULY)
    assert office.missing(july) == {"R03": None}
    with office.database.session() as session:
        (missing,) = pay.find_run(session, july).missing
        assert "缺 6月" in missing.reasons[0]["zh"]


def test_left_out_stays_left_out_until_taken_in(office: Office) -> None:
    """Reopening forgets what could not be computed and keeps what was decided."""
    attend(office, "R02", JUNE)
    june = office.calculate(JUNE)
    with office.database.session() as session:
        run = pay.find_run(session, june)
        pay.leave_out(as_actor(session, CLERK), run, office.works["R03"], "停工")
        pay.reopen(as_actor(session, CLERK), run, "再算")
    attend(office, "R03", JUNE)
    office.calculate(JUNE)
    assert office.missing(june) == {"R03": "停工"}
    with office.database.session() as session:
        run = pay.find_run(session, june)
        pay.take_in(session, run, office.works["R03"])
        with pytest.raises(NotFoundError):
            pay.take_in(session, run, office.works["R03"])
        pay.advance(as_actor(session, MANAGER), run, RunState.APPROVED)
        with pytest.raises(ConflictError, match="R03"):
            pay.advance(as_actor(session, MANAGER), run, RunState.LOCKED)
        pay.reopen(as_actor(session, CLERK), run, "再算")
    office.calculate(JUNE)
    assert office.missing(june) == {}
    assert office.line(june, "R03", "net") == 221_000 - OWN


def test_nothing_is_recovered_without_rule_or_consent(office: Office, tmp_path: Path) -> None:
    """July above the minimum keeps nothing until place and worker have said so."""
    _all_on_leave(office)
    with office.database.session() as session:
        session.get_one(Employment, office.works["R03"]).monthly_wage_fen = 260_000
    for who in ("R02", "R03"):
        attend(office, who, JULY)
    july = office.calculate(JULY)
    assert office.line(july, "R03", "advance_recovered") == 0
    assert "2 人的单位垫付没有本人书面同意" in office.note(july)
    office.consent("R03")
    july = _again(office, JULY)
    assert office.line(july, "R03", "advance_recovered") == 0
    assert "wage.advance_recovery_share" in office.note(july)
    _with_share(office, tmp_path)
    july = _again(office, JULY)
    assert office.line(july, "R03", "advance_recovered") == 57_47
    # R02 consents as well, but is on the minimum
    office.consent("R02")
    july = _again(office, JULY)
    assert office.line(july, "R02", "advance_recovered") == 0
    lock(office.database, july)
    owed = office.receivable("R03")
    assert owed.open_fen == 0
    kinds = [entry.kind for entry in owed.entries]
    assert kinds == [EntryKind.ADVANCE, EntryKind.CONSENT, EntryKind.RECOVERY]
    assert office.receivable("R02").open_fen == 362_30


def _again(office: Office, month: date) -> int:
    with office.database.session() as session:
        run = pay.request_run(session, office.home(session), month)
        pay.reopen(as_actor(session, CLERK), run, "再算")
    return office.calculate(month)


def _with_share(office: Office, folder: Path) -> None:
    (folder / "share.yaml").write_text(SHARE, encoding="utf-8")
    office.policy = Policy.load([LOCAL_POLICY, folder / "published.yaml", folder / "share.yaml"])


def test_a_recovery_takes_a_fifth_and_what_is_above_the_minimum(
    office: Office, tmp_path: Path
) -> None:
    """Of 2300 there are 90 above the minimum: 362.30 come back as 90.00 a month."""
    _all_on_leave(office)
    _with_share(office, tmp_path)
    office.consent("R02")
    with office.database.session() as session:
        session.get_one(Employment, office.works["R02"]).monthly_wage_fen = 230_000
    for month in (JULY, AUGUST):
        for who in ("R02", "R03"):
            attend(office, who, month)
    july = office.pay(JULY)
    # July has 23 days and 2300 is whole: 2300 − 463.91 − 90
    assert office.line(july, "R02", "advance_recovered") == 90_00
    assert office.line(july, "R02", "net") == 230_000 - OWN - 90_00
    office.pay(AUGUST, days_of_month(JULY)[-1])
    assert office.receivable("R02").open_fen == 362_30 - 2 * 90_00


def test_at_leaving_what_is_due_ends_it(office: Office) -> None:
    """Without any rule of shares: the last wage keeps the minimum for its days, the rest goes.

    R03 leaves on 31 July with a wage of 2250: 2250 − 2210 = 40 of 57.47 are settled, 17.47 stay.
    """
    _all_on_leave(office)
    office.consent("R03")
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R03"])
        work.monthly_wage_fen, work.ended_on = 225_000, date(2026, 7, 31)
    for who in ("R02", "R03"):
        attend(office, who, JULY)
    july = office.pay(JULY)
    assert office.line(july, "R03", "advance_recovered") == 40_00
    owed = office.receivable("R03")
    assert owed.open_fen == 17_47
    assert owed.entries[-1].kind is EntryKind.SETTLEMENT


def test_a_payment_and_a_waiver_of_a_second_person_end_it(office: Office) -> None:
    """57.47: 50.00 are repaid, 7.47 are waived once somebody else says so."""
    _all_on_leave(office)
    day, work = date(2026, 7, 3), office.works["R03"]
    with office.database.session() as session:
        home = office.home(session)
        for wrong in (0, 57_48):
            with pytest.raises(InvalidError, match="金额"):
                pay.record_payment(as_actor(session, CLERK), home, work, wrong, day, "现金")
        with pytest.raises(InvalidError, match="怎样归还"):
            pay.record_payment(as_actor(session, CLERK), home, work, 50_00, day, "")
        with pytest.raises(InvalidError, match="还没有到"):
            pay.record_payment(
                as_actor(session, CLERK), home, work, 50_00, date(2099, 1, 1), "现金"
            )
        pay.record_payment(as_actor(session, CLERK), home, work, 50_00, day, "现金，收据 3 号")
        assert pay.receivable_of(session, home, work).open_fen == 7_47
        with pytest.raises(InvalidError, match="原因"):
            pay.propose_waiver(as_actor(session, CLERK), home, work, 7_47, " ")
        waiver = pay.propose_waiver(as_actor(session, CLERK), home, work, 7_47, "生活困难")
        with pytest.raises(InvalidError, match="金额"):
            pay.propose_waiver(as_actor(session, CLERK), home, work, 1, "再免")
        assert pay.receivable_of(session, home, work).open_fen == 7_47
        with pytest.raises(NotAllowedError, match="另一人"):
            pay.confirm_waiver(
                as_actor(session, CLERK), pay.receivable_of(session, home, work), waiver.id
            )
        pay.confirm_waiver(
            as_actor(session, MANAGER), pay.receivable_of(session, home, work), waiver.id
        )
        with pytest.raises(ConflictError, match="复核过"):
            pay.confirm_waiver(
                as_actor(session, MANAGER), pay.receivable_of(session, home, work), waiver.id
            )
        owed = pay.receivable_of(session, home, work)
        assert (owed.open_fen, owed.since, owed.age_months(day)) == (0, None, 0)


def test_a_waiver_of_more_than_is_left_is_not_confirmed(office: Office) -> None:
    """What was repaid meanwhile cannot be waived."""
    _all_on_leave(office)
    work = office.works["R03"]
    with office.database.session() as session:
        home = office.home(session)
        waiver = pay.propose_waiver(as_actor(session, CLERK), home, work, 57_47, "困难")
        pay.record_payment(as_actor(session, CLERK), home, work, 1, date(2026, 7, 3), "现金")
        with pytest.raises(ConflictError, match=r"只欠 57\.46"):
            pay.confirm_waiver(
                as_actor(session, MANAGER), pay.receivable_of(session, home, work), waiver.id
            )


def test_two_at_once_do_not_repay_more_than_is_owed(office: Office) -> None:
    """Who comes second waits, and then reads what is left: nothing of 57.47."""
    _all_on_leave(office)
    work, day = office.works["R03"], date(2026, 7, 3)
    reached, refused = Event(), Queue[str]()

    def second() -> None:
        with office.database.session() as session:
            home = office.home(session)
            try:
                pay.record_payment(as_actor(session, MANAGER), home, work, 57_47, day, "转账")
            except InvalidError as error:
                refused.put(str(error))

    def holds(*statement: Any) -> None:
        if current_thread() is waiting and statement[2].startswith("UPDATE home"):
            reached.set()

    waiting = Thread(target=second)
    event.listen(office.database.engine, "before_cursor_execute", holds)
    with office.database.session() as session:
        pay.record_payment(as_actor(session, CLERK), office.home(session), work, 57_47, day, "现金")
        waiting.start()
        assert reached.wait(60)
    waiting.join()
    event.remove(office.database.engine, "before_cursor_execute", holds)
    assert "未还的 0.00 元" in refused.get_nowait()
    assert office.receivable("R03").open_fen == 0


def test_an_end_entered_late_stops_pay_and_lists_what_was_paid(office: Office) -> None:
    """R03 died on 10 June; in August, with June and July locked, the end is entered.

    Nothing is computed from then on: August only settles with R03, July's own shares that come back
    going against July's pay. June stands in part, July wholly, R01 and R02 not at all. Who leaves
    at the end of a month that knew of it is not listed either.
    """
    for month in (JUNE, JULY, AUGUST):
        for who in ("R02", "R03"):
            attend(office, who, month)
    for month in (JUNE, JULY):
        office.pay(month, days_of_month(JUNE)[-1])
    with office.database.session() as session:
        assert pay.paid_after_end(session, office.home(session)) == []
        session.get_one(Employment, office.works["R03"]).ended_on = date(2026, 6, 10)
        session.get_one(Employment, office.works["R02"]).ended_on = date(2026, 8, 31)
    august = office.pay(AUGUST, days_of_month(JUNE)[-1])
    with office.database.session() as session:
        slips = pay.find_run(session, august).payslips
        assert [slip.slip["worker"] for slip in slips] == ["R01", "R02", "R03"]
        settled = pay.payslip_of(slips[2])
        assert (settled.amount_fen("arrears"), settled.gross_fen, settled.net_fen) == (
            -OWN,
            -OWN,
            0,
        )
        found = pay.paid_after_end(session, office.home(session))
        assert [(item.month, item.is_in_part) for item in found] == [(JUNE, True), (JULY, False)]
        assert {item.payslip.employment.resident.code for item in found} == {"R03"}
        assert [item.payslip.net_fen for item in found] == [221_000 - OWN] * 2
        assert pay.paid_after_end(session, office.home(session), JULY) == found[:1]
    assert "1 人的用工在已锁定的月份之前就结束了" in office.note(august)


def test_work_begun_again_has_not_ended(office: Office) -> None:
    """A contract that ended and a new one after it are one job that goes on."""
    for who in ("R02", "R03"):
        attend(office, who, JUNE)
    office.pay(JUNE)
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R03"])
        work.ended_on = date(2026, 6, 10)
        later = {"started_on": date(2026, 6, 20), "ended_on": None}
        an_employment(session, work.resident, work.employer, **later)
        assert pay.paid_after_end(session, office.home(session)) == []
