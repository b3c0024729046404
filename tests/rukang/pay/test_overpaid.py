"""Pay of a locked month that was too much, owed by somebody on the minimum wage; each by hand.

Wage 2210, 21.75, base floor 4504: own shares 463.91 a month. June 2026 has 22 days that
need a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from payroll import LineKind, Month, Policy, WorkerMonth, compute_each
from rukang import pay
from rukang.base.access import Database
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError
from rukang.bodies.homes import Home
from rukang.care.attendance import Presence
from rukang.pay import EntryKind
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY
from tests.factories import a_home, a_resident, a_tax_year, an_employer, an_employment
from tests.rukang.pay.test_advances import (
    AUGUST,
    CLERK,
    JULY,
    JUNE,
    MANAGER,
    OWN,
    SEPTEMBER,
    SHARE,
    Office,
    attend,
    office,
    scheduled,
)
from tests.wages import lock

__all__ = ["office"]

KNOWN = days_of_month(JUNE)[-1]
FIVE_DAYS = 508_05
"""2210 ÷ 21.75 × 5 = 508.0459…: five paid days of 22."""


def corrected(office: Office, run_id: int, paid: int, who: str = "R02") -> None:
    """Note of a locked June how many of its 22 days were paid."""
    with office.database.session() as session:
        run = pay.find_run(session, run_id)
        days = {"paid_days": str(paid), "unpaid_days": str(22 - paid)}
        pay.correct(as_actor(session, CLERK), run, office.works[who], days, "出勤有误")


def june_and_july(office: Office, paid: int = 5) -> tuple[int, int]:
    """Lock a whole June, correct R02 to so many days, and lock July; return both runs."""
    for month in (JUNE, JULY, AUGUST, SEPTEMBER):
        for who in ("R02", "R03"):
            attend(office, who, month)
    june = office.pay(JUNE, KNOWN)
    corrected(office, june, paid)
    return june, office.pay(JULY, KNOWN)


def repaid(office: Office, amount_fen: int, who: str = "R02") -> None:
    """Note that somebody repaid something in cash."""
    with office.database.session() as session:
        pay.record_payment(
            as_actor(session, CLERK),
            office.home(session),
            office.works[who],
            amount_fen,
            JULY,
            "现金",
        )


def lots(office: Office, who: str = "R02") -> list[tuple[date, str, int, int]]:
    """Return the lots of somebody's ledger: month, line, amount, what is open."""
    found = office.receivable(who).lots
    return [(lot.month, lot.line, lot.amount_fen, lot.open_fen) for lot in found]


def test_what_the_minimum_protects_becomes_a_receivable(office: Office) -> None:
    """June: 2210.00 − 508.05 = 1701.95 too much. July pays the minimum whole and keeps nothing."""
    _, july = june_and_july(office)
    assert office.line(july, "R02", "net") == 221_000 - OWN
    assert lots(office) == [(JUNE, "monthly_wage", 1701_95, 1701_95)]
    owed = office.receivable("R02")
    assert (owed.since, owed.age_months(date(2026, 10, 5)), owed.advanced_fen) == (JUNE, 4, 0)
    (entry,) = owed.entries
    assert (entry.kind, entry.run_id, "多发" in entry.note) == (EntryKind.OVERPAID, july, True)
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "net") == 221_000 - OWN
    assert len(office.receivable("R02").entries) == 1  # nothing is entered twice
    assert "应退而工资扣不了的" in office.note(august)


def test_a_wage_above_the_minimum_gives_back_a_fifth_at_most(office: Office) -> None:
    """August at 2600: 20 % of it are 520, above the minimum are 390.00: these are kept."""
    june_and_july(office)
    with office.database.session() as session:
        session.get_one(Employment, office.works["R02"]).monthly_wage_fen = 260_000
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "arrears") == -390_00
    assert lots(office) == [(JUNE, "monthly_wage", 1701_95, 1311_95)]
    assert [entry.kind for entry in office.receivable("R02").entries] == [
        EntryKind.OVERPAID,
        EntryKind.RECOVERY,
    ]


def test_repaid_and_waived_it_is_not_asked_for_again(office: Office) -> None:
    """1000.00 in cash and 701.95 waived by two persons: nothing is open, and nothing comes back."""
    june_and_july(office)
    repaid(office, 1000_00)
    with office.database.session() as session:
        home, work = office.home(session), office.works["R02"]
        entry = pay.propose_waiver(as_actor(session, CLERK), home, work, 701_95, "困难")
        owed = pay.receivable_of(session, home, work)
        assert owed.open_fen == 701_95
        pay.confirm_waiver(as_actor(session, MANAGER), owed, entry.id)
    assert lots(office) == [(JUNE, "monthly_wage", 1701_95, 0)]
    with office.database.session() as session:
        session.get_one(Employment, office.works["R02"]).monthly_wage_fen = 400_000
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "arrears") == 0
    assert len(office.receivable("R02").entries) == 3


def test_what_turns_out_right_after_all_is_taken_back(office: Office) -> None:
    """600.00 repaid, then June is found to have been whole: these go back, the rest is not owed."""
    june, _ = june_and_july(office)
    repaid(office, 600_00)
    corrected(office, june, 22)
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "arrears") == 600_00
    assert lots(office) == [(JUNE, "monthly_wage", 600_00, 0)]
    september = office.pay(SEPTEMBER, KNOWN)
    assert office.line(september, "R02", "arrears") == 0


def test_what_was_waived_is_not_paid_again_where_it_turns_out_right(office: Office) -> None:
    """All 1701.95 waived; June was whole after all: it had been paid, and nothing is owed."""
    june, _ = june_and_july(office)
    with office.database.session() as session:
        home, work = office.home(session), office.works["R02"]
        entry = pay.propose_waiver(as_actor(session, CLERK), home, work, 1701_95, "困难")
        pay.confirm_waiver(
            as_actor(session, MANAGER), pay.receivable_of(session, home, work), entry.id
        )
    corrected(office, june, 22)
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "arrears") == 0
    assert office.receivable("R02").open_fen == 0


def test_at_leaving_the_last_wage_gives_back_what_is_above_the_minimum(office: Office) -> None:
    """With consent, of 4000 all above 2210: a fifth (800) as arrears, 990 settled; rest open."""
    june_and_july(office)
    office.consent("R02")
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R02"])
        work.monthly_wage_fen, work.ended_on = 400_000, days_of_month(AUGUST)[-1]
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "arrears") == -800_00
    # 1701.95 − 800.00 = 901.95 are left, and 1790 − 800 = 990 would be above the minimum
    assert office.line(august, "R02", "advance_recovered") == 901_95
    assert lots(office) == [(JUNE, "monthly_wage", 1701_95, 0)]
    assert [entry.kind for entry in office.receivable("R02").entries] == [
        EntryKind.OVERPAID,
        EntryKind.CONSENT,
        EntryKind.SETTLEMENT,
        EntryKind.SETTLEMENT,
    ]
    september = office.pay(SEPTEMBER, KNOWN)
    with office.database.session() as session:
        slips = pay.find_run(session, september).payslips
        assert "R02" not in {slip.slip["worker"] for slip in slips}


def test_without_consent_the_last_wage_gives_back_a_fifth(office: Office) -> None:
    """800 of 4000 as a deduction may; 901.95 stay open with who has left."""
    june_and_july(office)
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R02"])
        work.monthly_wage_fen, work.ended_on = 400_000, days_of_month(AUGUST)[-1]
    august = office.pay(AUGUST, KNOWN)
    assert office.line(august, "R02", "advance_recovered") == 0
    office.pay(SEPTEMBER, KNOWN)
    assert lots(office) == [(JUNE, "monthly_wage", 1701_95, 901_95)]


def test_what_is_repaid_before_the_lock_is_not_taken_twice(office: Office) -> None:
    """August keeps 390.00 and 1701.95 are repaid before its lock: it has to be calculated anew."""
    june_and_july(office)
    with office.database.session() as session:
        session.get_one(Employment, office.works["R02"]).monthly_wage_fen = 260_000
    august = office.calculate(AUGUST, KNOWN)
    repaid(office, 1701_95)
    with pytest.raises(ConflictError, match="R02 的应收款在计算以后又有归还"):
        lock(office.database, august)
    with office.database.session() as session:
        pay.reopen(as_actor(session, CLERK), pay.find_run(session, august), "已归还")
    pay.calculate_run(office.database, august, office.policy, KNOWN)
    lock(office.database, august)
    assert office.line(august, "R02", "arrears") == 0
    assert office.receivable("R02").open_fen == 0


def test_an_advance_repaid_before_the_lock_is_not_recovered_twice(
    office: Office, tmp_path: Path
) -> None:
    """July would recover June's advance of 362.30, which is repaid meanwhile."""
    path = tmp_path / "share.yaml"
    path.write_text(SHARE, encoding="utf-8")
    office.policy = Policy.load([LOCAL_POLICY, path])
    attend(office, "R02", JUNE, away=31, why=Presence.MATERNITY_LEAVE)
    attend(office, "R03", JUNE)
    office.pay(JUNE, KNOWN)
    office.consent("R02")
    with office.database.session() as session:
        session.get_one(Employment, office.works["R02"]).monthly_wage_fen = 400_000
    for who in ("R02", "R03"):
        attend(office, who, JULY)
    july = office.calculate(JULY, KNOWN)
    assert office.line(july, "R02", "advance_recovered") == 362_30
    repaid(office, 362_30)
    with pytest.raises(ConflictError, match="会收两次"):
        lock(office.database, july)


@st.composite
def years(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Five months: days away, a later correction of them, a wage, what is repaid and waived."""
    return [
        {
            "away": draw(st.integers(0, 23)),
            "found": draw(st.none() | st.integers(0, 23)),
            "wage": draw(st.sampled_from([221_000, 221_000, 230_050, 260_000, 420_000])),
            "repaid": draw(st.integers(0, 4)),
            "waived": draw(st.integers(0, 4)),
        }
        for _ in range(5)
    ]


class Year:
    """One worker of a home of their own, month by month, as an office would do it."""

    def __init__(self, database: Database, policy: Policy, code: str) -> None:
        self.policy, self.repaid, self.waived = policy, 0, 0
        self.found: dict[int, dict[str, str]] = {}
        with database.session() as session:
            home = a_home(session, code=code)
            work = an_employment(session, a_resident(session, home, "R01"), an_employer(session))
            a_tax_year(session, work, through=date(2026, 4, 30), months=4, income_fen=884_000)
            self.office = Office(database, policy, home.id, {"R01": work.id})
        self.runs: list[int] = []

    def month(self, first: date, plan: dict[str, Any]) -> None:
        """Pay a month, end some of what is owed, and find out about its days afterwards."""
        office, days = self.office, len(scheduled(first))
        attend(office, "R01", first, away=min(plan["away"], days))
        with office.database.session() as session:
            session.get_one(Employment, office.works["R01"]).monthly_wage_fen = plan["wage"]
        run_id = office.pay(first, KNOWN)
        self.runs.append(run_id)
        with office.database.session() as session:
            home, work = office.home(session), office.works["R01"]
            if part := pay.receivable_of(session, home, work).open_fen * plan["repaid"] // 4:
                pay.record_payment(as_actor(session, CLERK), home, work, part, first, "现金")
                self.repaid += part
            if part := pay.receivable_of(session, home, work).open_fen * plan["waived"] // 4:
                entry = pay.propose_waiver(as_actor(session, CLERK), home, work, part, "困难")
                owed = pay.receivable_of(session, home, work)
                pay.confirm_waiver(as_actor(session, MANAGER), owed, entry.id)
                self.waived += part
            if plan["found"] is not None:
                run = pay.find_run(session, run_id)
                ((_, frozen),) = pay.inputs_of(run)
                days = int(frozen.scheduled_days)
                away = min(plan["found"], days)
                right = {"paid_days": str(days - away), "unpaid_days": str(away)}
                pay.correct(as_actor(session, CLERK), run, work, right, "出勤有误")
                self.found[run_id] = right

    def right(self, session: Session, run_id: int) -> int:
        """Return what a month should have left after own shares and tax."""
        run = pay.find_run(session, run_id)
        ((_, worker),) = pay.inputs_of(run)
        as_found = {"arrears": [], "advance_recovered_fen": 0, **self.found.get(run_id, {})}
        month = Month(run.month.year, run.month.month)
        own = WorkerMonth.model_validate(worker.model_dump(mode="json") | as_found)
        each = compute_each(month, [own], self.policy.as_known_on(KNOWN), settled=True)
        slip = each.payroll.payslip(0)
        kept = (LineKind.EMPLOYEE_SHARE, LineKind.TAX)
        return slip.gross_fen - sum(line.amount_fen for line in slip.lines if line.kind in kept)


@given(plans=years())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_over_months_nothing_is_lost_between_wage_receivable_and_cash(
    empty_database: Database, plans: Sequence[dict[str, Any]]
) -> None:
    """Paid out less repaid is what was due, and what is open or was waived beyond it, to the fen.

    Nobody is recovered from below the minimum wage, and what is open is just what waits.
    """
    with empty_database.session() as session:
        code = f"H{session.query(Home).count():04}"
    year, first = Year(empty_database, Policy.load([LOCAL_POLICY]), code), date(2026, 5, 1)
    for plan in plans:
        year.month(first, plan)
        first = (first + timedelta(days=31)).replace(day=1)
    year.month(first, {"away": 0, "found": None, "wage": 221_000, "repaid": 0, "waived": 0})
    with empty_database.session() as session:
        home, work = (
            year.office.home(session),
            session.get_one(Employment, year.office.works["R01"]),
        )
        slips = [pay.payslip_of(pay.find_run(session, at).payslips[0]) for at in year.runs]
        left = pay.owed(session, home, date(2027, 1, 1), year.policy.as_known_on(KNOWN))
        owed = pay.receivable_of(session, home, work.id)
        right = sum(year.right(session, at) for at in year.runs)
        waits = sum(arrear.amount_fen for arrear in left.get(work.job, ()))
    assert sum(slip.net_fen for slip in slips) - year.repaid == right + owed.open_fen + year.waived
    assert waits == -sum(lot.open_fen for lot in owed.overpaid)
    for slip in slips:
        if slip.amount_fen("arrears") < 0:
            wage = slip.amount_fen("countable_wage") + slip.amount_fen("minimum_top_up")
            assert wage + slip.amount_fen("arrears") >= slip.amount_fen("applicable_minimum")
