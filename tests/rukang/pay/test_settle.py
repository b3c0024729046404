"""Months paid before a base was published, worked by hand in docs/arrears-example.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from payroll import LineKind, Policy, yuan
from payroll.lines.catalogue import CATALOGUE
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.bodies.homes import Home
from rukang.pay import PayRun, RunState, field_of
from rukang.pay.documents.month import paid_month
from rukang.pay.documents.offices.tax_sheet import SHARES, tax_sheet
from rukang.pay.owed.entries import Recoveries
from rukang.pay.run.left_open import left_open
from rukang.pay.store.records import PayStep
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.pdf import pages_of
from tests.wages import lock

PUBLISHED = """\
document: 示例，非官方：2026 年度缴费基数上下限
date: 2026-08-10
figures:
  - {parameter: insurance.base.floor, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 4700}
  - {parameter: insurance.base.cap, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 23500}
"""
JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in range(6, 11))
END = {month: days_of_month(month)[-1] for month in (JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER)}
AFTER = date(2026, 8, 20)
WAGES = {"R01": 221_000, "R02": 460_000, "R03": 3_000_000}
OWN = {"R01": 20_19, "R02": 10_30, "R03": 101_04}
"""By hand: the worker's share that a month before the publication leaves, in fen."""
EMPLOYERS = {"R01": 50_17, "R02": 25_60, "R03": 251_13}
"""By hand: the employer's share."""


@dataclass
class Office:
    """The pay office of the three people."""

    database: Database
    policy: Policy
    works: dict[str, int]

    def pay(self, month: date, known: date, *, locked: bool = True) -> int:
        """Request, calculate, approve and lock a month with what is known on a day."""
        with self.database.session() as session:
            home = session.get_one(Employment, self.works["R01"]).home_id
            run = pay.request_run(as_actor(session, "工资专员"), session.get_one(Home, home), month)
        pay.calculate_run(self.database, run.id, self.policy, known_on=known)
        if locked:
            lock(self.database, run.id)
        return run.id

    def reopen(self, month: date) -> None:
        """Take a month that is not locked back to a draft."""
        with self.database.session() as session:
            home = session.get_one(Employment, self.works["R01"]).home_id
            run = pay.request_run(session, session.get_one(Home, home), month)
            pay.reopen(as_actor(session, "工资专员"), run, "基数已公布，重新计算")

    def amounts(self, run_id: int, code: str) -> dict[str, int]:
        """Return everybody's amount of a line."""
        with self.database.session() as session:
            run = pay.find_run(session, run_id)
            return {
                slip.worker: slip.amount_fen(code) for slip in map(pay.payslip_of, run.payslips)
            }

    def note(self, run_id: int) -> str:
        """Return what the calculation said it leaves open."""
        with self.database.session() as session:
            steps = pay.find_run(session, run_id).steps
            return next(step.note for step in steps if step.state is RunState.CALCULATED)

    def arrears(self, run_id: int) -> dict[str, dict[str, int]]:
        """Return what a run settles, by person and month."""
        with self.database.session() as session:
            found: dict[str, dict[str, int]] = {}
            for _, worker in pay.inputs_of(pay.find_run(session, run_id)):
                for item in worker.arrears:
                    key = f"{item.month:%m} {CATALOGUE[item.line][0]}"
                    found.setdefault(worker.id, {}).setdefault(key, 0)
                    found[worker.id][key] += item.amount_fen
            return found


@pytest.fixture
def office(empty_database: Database, tmp_path: Path) -> Office:
    """Three people, five months of whole attendance, totals up to May."""
    path = tmp_path / "published.yaml"
    path.write_text(PUBLISHED, encoding="utf-8")
    works = {}
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session)
        for code, wage in WAGES.items():
            resident = a_resident(session, home, code)
            work = an_employment(
                session, resident, employer, monthly_wage_fen=wage, declared_base_fen=wage
            )
            a_tax_year(
                session,
                work,
                through=date(2026, 5, 31),
                months=5,
                income_fen=5 * wage,
                insurance_fen=0,
            )
            days = [d for month in END for d in days_of_month(month) if Calendar().kind_of(d).works]
            some_marks(session, resident, days)
            works[code] = work.id
    return Office(empty_database, Policy.load([LOCAL_POLICY, path]), works)


def test_june_to_august_in_order_with_a_base_published_in_august(office: Office) -> None:
    """August settles what June and July lack, and no more; September settles nothing."""
    june = office.pay(JUNE, END[JUNE])
    office.pay(JULY, END[JULY])
    august = office.pay(AUGUST, AFTER)
    assert office.amounts(june, "contribution_base")["R01"] == 450_400
    assert office.amounts(august, "contribution_base")["R01"] == 470_000
    assert office.arrears(august) == {
        who: {
            f"{month} {kind}": amount
            for month in ("06", "07")
            for kind, amount in (
                (LineKind.EMPLOYEE_SHARE, OWN[who]),
                (LineKind.EMPLOYER_COST, EMPLOYERS[who]),
            )
        }
        for who in WAGES
    }
    # 2210 − 470 × 10.3 % − the arrears of two months
    assert office.amounts(august, "net")["R01"] == 221_000 - 37_600 - 9_400 - 1_410 - 2 * OWN["R01"]
    assert office.arrears(office.pay(SEPTEMBER, END[SEPTEMBER])) == {}


def test_september_locked_first(office: Office) -> None:
    """June to August, paid after the publication, are right at once; October settles September."""
    for month in (JUNE, JULY, AUGUST):
        office.pay(month, END[JUNE], locked=False)
    office.pay(SEPTEMBER, date(2026, 8, 9))
    for month in (JULY, AUGUST, JUNE):
        office.reopen(month)
        assert office.arrears(office.pay(month, AFTER)) == {}
    october = office.arrears(office.pay(OCTOBER, END[OCTOBER]))
    assert {who: found["09 employee_share"] for who, found in october.items()} == OWN
    assert {who: list(found) for who, found in october.items()} == {
        who: ["09 employee_share", "09 employer_cost"] for who in WAGES
    }


def test_the_year_s_tax_ends_alike_in_either_order(office: Office) -> None:
    """What is withheld of the high earner over the year so far is what the law asks in the end."""
    for month in (JUNE, JULY):
        office.pay(month, END[month])
    august = office.pay(AUGUST, AFTER)
    # 8 × 30000 − 8 × 5000 − (2 × 2319.46 + 2 × 101.04 + 2420.50) = 192738.50: × 20 % − 16920
    assert office.amounts(august, "taxable_income")["R03"] == 19_273_850
    withheld = sum(
        office.amounts(run, "income_tax")["R03"] for run in (august - 2, august - 1, august)
    )
    assert withheld == 2_162_770


def test_the_tax_sheet_deducts_what_tax_deducted(office: Office) -> None:
    """Shares settled for June and July stand with August's, insurance by insurance."""
    for month in (JUNE, JULY):
        office.pay(month, END[month])
    august = office.pay(AUGUST, AFTER)
    with office.database.session() as session:
        run = pay.find_run(session, august)
        sheet = tax_sheet(session, paid_month(session, run), office.policy)
        rows = [dict(zip(map(str, sheet.columns), row, strict=True)) for row in sheet.rows]
        shares = {record.slip["worker"]: record.employee_shares_fen for record in run.payslips}
    deducted = {str(row["工号"]): [row[column] for column in SHARES] for row in rows}
    # August: 4700 × 8 %, 2 %, 0.3 %; two months of 196 × the same
    assert deducted["R01"] == [Decimal("407.36"), Decimal("101.84"), Decimal("15.28"), None]
    assert {who: sum(filter(None, row)) for who, row in deducted.items()} == {
        who: yuan(fen) for who, fen in shares.items()
    }


def _corrected(office: Office, run_id: int, changes: dict[str, Any], who: str = "R01") -> None:
    with office.database.session() as session:
        run = pay.find_run(session, run_id)
        pay.correct(as_actor(session, "工资专员"), run, office.works[who], changes, "补记出勤")


def test_a_correction_is_settled_once_in_the_next_month(office: Office) -> None:
    """Two days that were paid and missed are recovered; the minimum falls with them."""
    june = office.pay(JUNE, END[JUNE])
    _corrected(office, june, {"paid_days": "20", "unpaid_days": "2"}, "R02")
    july = office.pay(JULY, END[JULY])
    # 22 days scheduled, 20 paid: 4600 − 4600 ÷ 21.75 × 20 = 370.11
    assert office.arrears(july) == {"R02": {"06 earning": -37_011}}
    assert office.amounts(july, "gross")["R02"] == 460_000 - 37_011
    assert office.arrears(office.pay(AUGUST, END[JULY])) == {}


def test_a_recovery_waits_where_the_wage_is_the_minimum(office: Office) -> None:
    """Nothing can be kept from the minimum wage: the recovery is not taken, and not forgotten."""
    june = office.pay(JUNE, END[JUNE])
    _corrected(office, june, {"paid_days": "20", "unpaid_days": "2"})
    july = office.pay(JULY, END[JULY])
    assert office.arrears(july) == {}
    assert "差额未结清的 1 人：R01；" in office.note(july)


def test_own_shares_of_someone_who_left_are_advanced(office: Office) -> None:
    """R03 left in July: the shares of June and July are due all the same, and R03 owes them."""
    for month in (JUNE, JULY):
        office.pay(month, END[month])
    with office.database.session() as session:
        session.get_one(Employment, office.works["R03"]).ended_on = END[JULY]
    august = office.pay(AUGUST, AFTER)
    assert set(office.arrears(august)) == {"R01", "R02", "R03"}
    assert office.amounts(august, "advance")["R03"] == 2 * OWN["R03"]
    assert office.amounts(august, "net")["R03"] == 0
    assert office.note(august) == ""
    with office.database.session() as session:
        home = session.get_one(Home, pay.find_run(session, august).home_id)
        owed = pay.receivable_of(session, home, office.works["R03"])
        assert (owed.open_fen, owed.since) == (2 * OWN["R03"], AUGUST)
    assert office.arrears(office.pay(SEPTEMBER, END[SEPTEMBER])) == {}


def test_too_much_pay_of_someone_who_left_is_told(office: Office) -> None:
    """There is no wage to keep it from: August says whose difference it does not contain."""
    june = office.pay(JUNE, END[JUNE])
    office.pay(JULY, END[JULY])
    _corrected(office, june, {"paid_days": "20", "unpaid_days": "2"}, "R03")
    with office.database.session() as session:
        session.get_one(Employment, office.works["R03"]).ended_on = END[JULY]
    august = office.pay(AUGUST, END[JULY])
    assert office.arrears(august) == {}
    assert "差额未结清的 1 人：R03；" in office.note(august)


def test_who_left_is_paid_what_is_owed(office: Office, tmp_path: Path) -> None:
    """R02 worked two more days in June than were paid; July was the last month, August pays."""
    june = office.pay(JUNE, END[JUNE])
    _corrected(office, june, {"paid_days": "20", "unpaid_days": "2"}, "R02")
    office.pay(JULY, END[JULY])  # recovers two days
    _corrected(office, june, {"paid_days": "22", "unpaid_days": "0"}, "R02")
    with office.database.session() as session:
        session.get_one(Employment, office.works["R02"]).ended_on = END[JULY]
    august = office.pay(AUGUST, date(2026, 8, 9))
    assert office.arrears(august) == {"R02": {"06 earning": 37_011}}
    assert office.amounts(august, "net")["R02"] == 37_011
    assert office.note(august) == ""
    with office.database.session() as session:
        run = pay.find_run(session, august)
        (_, worker) = next(pair for pair in pay.inputs_of(run) if pair[1].id == "R02")
        assert worker.tax_year is not None
        assert worker.tax_year.months_employed == 7
        home = session.get_one(Home, run.home_id)
        assert "R02" not in {finding.person for finding in pay.findings(session, home, run)}
        found = pay.variances(None, run)
        pay.write_documents(session, run, tmp_path / "wages")
    easy = pages_of((tmp_path / "wages" / "payslips-easy-read.pdf").read_bytes())[1]
    assert "补发以前的钱\n370.11 元" in easy
    assert "天数" not in easy
    reasons = {change.worker: change.reasons[0].zh for change in found}
    assert reasons["R02"] == "2026-07-31 离职，本月结清以前月份的差额"
    assert office.arrears(office.pay(SEPTEMBER, date(2026, 8, 9))) == {}


def test_many_are_counted_and_not_all_named(office: Office) -> None:
    """A note keeps to its length however many it concerns."""
    with office.database.session() as session:
        home = session.get_one(Home, session.get_one(Employment, office.works["R01"]).home_id)
        employer = an_employer(session, "另一家")
        works = [
            an_employment(session, a_resident(session, home, f"R{n:06}"), employer).job
            for n in range(100, 160)
        ]
        run = pay.request_run(session, home, AUGUST)
        note = left_open(session, run, works)
    assert "未结清的 60 人：R000100、" in note
    assert "R000119等；" in note
    assert len(note) <= PayStep.note.type.length


def test_a_note_of_everything_at_once_fits(office: Office) -> None:
    """Whatever there is to tell, the note is no longer than its column; the lists hold the rest."""
    with office.database.session() as session:
        home = session.get_one(Home, session.get_one(Employment, office.works["R01"]).home_id)
        employer = an_employer(session, "另一家")
        works = [
            an_employment(session, a_resident(session, home, f"R{n:017}"), employer).job
            for n in range(100, 125)
        ]
        run = pay.request_run(session, home, AUGUST)
        owing = pay.receivable_of(session, home, office.works["R01"])
        recoveries = Recoveries({works[0]: 1}, frozenset(), (owing,), share_known=False)
        note = left_open(session, run, works, recoveries, missing=12)
    assert note.startswith("12 人没有算出工资")
    assert len(note) == PayStep.note.type.length
    assert note.endswith("…")


def test_runs_that_are_not_locked_are_told(office: Office) -> None:
    """June is calculated and not locked: July's tax year is without it, and July says so."""
    june = office.pay(JUNE, END[JUNE], locked=False)
    july = office.pay(JULY, END[JULY], locked=False)
    assert office.note(june) == ""
    assert office.note(july).startswith("6月的工资批次没有锁定")


def test_a_later_correction_holds_against_an_earlier_one(office: Office) -> None:
    """Corrected back, nothing is owed."""
    june = office.pay(JUNE, END[JUNE])
    _corrected(office, june, {"paid_days": "20", "unpaid_days": "2"}, "R02")
    _corrected(office, june, {"paid_days": "22", "unpaid_days": "0"}, "R02")
    assert office.arrears(office.pay(JULY, END[JULY])) == {}


def test_a_right_value_is_written_in_words() -> None:
    """Money by its Chinese name is in yuan, days are exact, lists are JSON."""
    assert field_of("月工资", "2300.10") == ("agreed_wage_fen", 230_010)
    assert field_of("计薪天数", "20.5") == ("paid_days", "20.5")
    assert field_of("pieces", '[{"item": "盒"}]') == ("pieces", [{"item": "盒"}])
    with pytest.raises(InvalidError, match="应为元"):
        field_of("月工资", "两千")


@pytest.mark.parametrize(
    ("changes", "owed"),
    [
        # The fund was left out: 50.00 of the worker, 60.00 of the employer.
        (
            {"housing_fund_employee_fen": 5_000, "housing_fund_employer_fen": 6_000},
            {"06 employee_share": 5_000, "06 employer_cost": 6_000},
        ),
        # Joined on 15 June: 12 of the 22 paid days: 4600 − 4600 ÷ 21.75 × 12 = 2062.07; the base,
        # as declared, and so the shares stay.
        ({"joined": "2026-06-15", "paid_days": "12"}, {"06 earning": -206_207}),
        # A premium of 5.00 was owed by the employer.
        ({"accident_insurance_fen": 500}, {"06 employer_cost": 500}),
    ],
)
def test_what_a_correction_leaves_is_worked_by_hand(
    office: Office, changes: dict[str, Any], owed: dict[str, int]
) -> None:
    """Fields that could not be corrected before, each with what July settles for it."""
    june = office.pay(JUNE, END[JUNE])
    _corrected(office, june, changes, "R02")
    with office.database.session() as session:
        run = pay.find_run(session, june)
        home = session.get_one(Home, run.home_id)
        found = pay.owed(session, home, JULY, office.policy.as_known_on(END[JUNE]))
    sums: dict[str, int] = {}
    for item in next(iter(found.values())):
        key = f"{item.month:%m} {CATALOGUE[item.line][0]}"
        sums[key] = sums.get(key, 0) + item.amount_fen
    assert sums == owed


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "别人"}, "name"),
        ({"tax_year": None}, "下一月按累计补正"),
        ({"paid_days": "40"}, "paid_days"),
        ({"paid_days": "二十"}, "paid_days"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    office: Office, changes: dict[str, Any], message: str
) -> None:
    """Another person, more days than a month has, no number: each is refused and nothing kept."""
    june = office.pay(JUNE, END[JUNE])
    with pytest.raises(InvalidError, match=message):
        _corrected(office, june, changes)


def test_a_correction_needs_a_locked_run_a_payslip_and_a_reason(office: Office) -> None:
    """Before the lock the records are corrected; a stranger has no payslip; why must be said."""
    open_run = office.pay(JUNE, END[JUNE], locked=False)
    with pytest.raises(ConflictError, match="重新计算"):
        _corrected(office, open_run, {"paid_days": "20"})
    july = office.pay(JULY, END[JULY])
    with office.database.session() as session:
        run = session.get_one(PayRun, july)
        with pytest.raises(NotFoundError, match="999"):
            pay.correct(session, run, 999, {"paid_days": "20"}, "补记")
        with pytest.raises(InvalidError, match="原因"):
            pay.correct(session, run, office.works["R01"], {"paid_days": "20"}, "")


def test_a_month_without_run_or_totals_is_named(office: Office) -> None:
    """August cannot be paid while nothing is known of June and July."""
    with pytest.raises(InvalidError, match="缺 6月、7月 的年度累计"):
        office.pay(AUGUST, END[AUGUST])


def test_a_draft_is_no_month(office: Office) -> None:
    """September is not computed on an August that was asked for and not computed."""
    for month in (JUNE, JULY):
        office.pay(month, END[month])
    with office.database.session() as session:
        home = session.get_one(Employment, office.works["R01"]).home_id
        pay.request_run(as_actor(session, "工资专员"), session.get_one(Home, home), AUGUST)
    with pytest.raises(InvalidError, match=r"R01 .*缺 8月 的年度累计"):
        office.pay(SEPTEMBER, END[SEPTEMBER])
    office.pay(AUGUST, END[AUGUST], locked=False)
    office.pay(SEPTEMBER, END[SEPTEMBER])
