"""One person who works for one employer in two homes: one payer, one tax, one row for an office.

9000 in home 1, insured there, and 6000 in home 2, both from October. Own shares 9000 × 10.3 % =
927.00. Tax on both: (15000 − 5000 − 927) × 3 % = 272.19, of which home 1 alone is
(9000 − 5000 − 927) × 3 % = 92.19; the second wage adds 6000 × 3 % = 180.00, and not 30.00, which it
would be with a standard deduction of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from payroll import Policy
from rukang import pay
from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError
from rukang.bodies.homes import Home
from rukang.pay import PayItemKind, RunState
from rukang.pay.documents.month import months_together
from rukang.pay.documents.offices.insurance_sheets import declaration
from rukang.pay.documents.offices.tax_sheet import tax_sheet
from rukang.pay.month.findings import Rule
from rukang.pay.store.records import PayItem
from rukang.work.employment import AgreementTax, Employment, EmploymentKind, TaxToDate
from tests import factories as make
from tests.demo import LOCAL_POLICY
from tests.factories import OCTOBER
from tests.wages import lock

NOVEMBER = date(2026, 11, 1)
POLICY = Policy.load([LOCAL_POLICY])
FIRST, SECOND, BOTH = 9_219, 18_000, 27_219


@dataclass
class Offices:
    """Two homes; ``works`` are the person's jobs in them, with one employer."""

    database: Database
    homes: list[int]
    works: list[int]

    def calculate(self, at: int, month: date = OCTOBER) -> int:
        """Calculate a month of one of the homes."""
        with self.database.session() as session:
            home = session.get_one(Home, self.homes[at])
            run_id = pay.request_run(as_actor(session, "工资专员"), home, month).id
        pay.calculate_run(self.database, run_id, POLICY, days_of_month(month)[-1])
        return run_id

    def pay(self, at: int, month: date = OCTOBER) -> int:
        """Calculate and lock a month of one of the homes."""
        run_id = self.calculate(at, month)
        lock(self.database, run_id)
        return run_id

    def tax(self, run_id: int) -> int:
        """Return what the person's first payslip of a run withholds."""
        with self.database.session() as session:
            return pay.find_run(session, run_id).payslips[0].tax_fen

    def missing(self, run_id: int) -> list[str]:
        """Return why somebody is not computed."""
        with self.database.session() as session:
            found = pay.find_run(session, run_id).missing
            return [reason["zh"] for item in found for reason in item.reasons]

    def found(self, run_id: int) -> list[str]:
        """Return what the findings say of two homes."""
        with self.database.session() as session:
            run = pay.find_run(session, run_id)
            home = session.get_one(Home, run.home_id)
            found = pay.findings(session, home, run, POLICY)
            return [it.evidence.zh for it in found if it.rule is Rule.TAXED_TOGETHER]

    def state(self, at: int, kind: PayItemKind, amount_fen: int, name: str) -> None:
        """State something for October's tax in one of the homes."""
        with self.database.session() as session:
            work = session.get_one(Employment, self.works[at])
            session.add(
                PayItem(
                    home_id=work.home_id,
                    resident_id=work.resident_id,
                    employer_id=None,
                    month=OCTOBER,
                    kind=kind,
                    name=name,
                    amount_fen=amount_fen,
                    taxable=True,
                )
            )


@pytest.fixture
def offices(empty_database: Database) -> Offices:
    """The two homes, with marks of October and November, and one other worker in each."""
    days = [
        day
        for month in (OCTOBER, NOVEMBER)
        for day in days_of_month(month)
        if Calendar().kind_of(day).works
    ]
    with empty_database.session() as session:
        homes = [make.a_home(session, code) for code in ("ZP001", "ZP002")]
        employer, person = make.an_employer(session), make.a_person(session)
        works = []
        for home, code, wage in zip(homes, ("R01", "R07"), (900_000, 600_000), strict=True):
            resident = make.a_resident(session, home, code, person=person)
            work = make.an_employment(
                session,
                resident,
                employer,
                started_on=OCTOBER,
                monthly_wage_fen=wage,
                declared_base_fen=wage,
                insured_from=OCTOBER if code == "R01" else None,
            )
            make.some_marks(session, resident, days)
            other = make.a_resident(session, home, "R20")
            make.a_tax_year(session, make.an_employment(session, other, employer))
            make.some_marks(session, other, days)
            works.append(work.id)
        return Offices(empty_database, [home.id for home in homes], works)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_wage_that_is_locked_later_is_taxed_on_both(
    offices: Offices, order: tuple[int, int]
) -> None:
    """In either order both withhold the tax on the sum, with one standard deduction."""
    first, second = (offices.pay(at) for at in order)
    # Home 2 alone: 6000 − 5000 = 1000, × 3 % = 30.00; home 1 then withholds the rest of 272.19.
    assert offices.tax(first) == (FIRST if order == (0, 1) else 3_000)
    assert offices.tax(first) + offices.tax(second) == BOTH
    assert offices.found(first) == offices.found(second) == []


def test_the_next_month_goes_on_from_both(offices: Offices) -> None:
    """November's first wage: 15000 + 9000 − 2 × 5000 − 2 × 927 = 12146 × 3 % − 272.19 = 92.19."""
    for at in (0, 1):
        offices.pay(at)
    november = offices.pay(0, NOVEMBER)
    assert offices.tax(november) == 36_438 - BOTH == FIRST
    assert offices.tax(offices.pay(1, NOVEMBER)) == SECOND


def test_what_was_calculated_before_the_other_was_locked_is_not_locked(offices: Offices) -> None:
    """Each would use the deduction: the finding names both homes, the lock is refused until mended.

    Anybody else of the home is not concerned, and the run of the other home stays as it is.
    """
    one, two = offices.calculate(0), offices.calculate(1)
    (told,) = offices.found(one)
    assert "ZP001" in told
    assert "ZP002" in told
    assert "后锁定的一批按合计扣税" in told
    lock(offices.database, one)
    (told,) = offices.found(two)
    assert "请退回本批重新计算" in told
    with pytest.raises(ConflictError, match=r"ZP002.*R07（示例纸品有限公司，ZP001"):
        lock(offices.database, two)
    with offices.database.session() as session:
        pay.reopen(as_actor(session, "工资专员"), pay.find_run(session, two), "按合计扣税")
    assert offices.tax(offices.pay(1)) == SECOND
    assert offices.found(two) == []


def test_other_people_s_runs_lock_as_before(offices: Offices) -> None:
    """Two homes without anybody in common do not wait for each other."""
    with offices.database.session() as session:
        work = session.get_one(Employment, offices.works[1])
        work.resident.person = make.a_person(session, "另一人")
    one, two = offices.calculate(0), offices.calculate(1)
    lock(offices.database, one)
    lock(offices.database, two)
    assert (offices.tax(one), offices.tax(two)) == (FIRST, 3_000)


def test_offices_take_one_row_of_a_person(offices: Offices) -> None:
    """The tax import has the sums in one row; the declaration one row; the bank pays twice."""
    runs = [offices.pay(at) for at in (0, 1)]
    with offices.database.session() as session:
        month = months_together(session, OCTOBER)
        own = month.of(month.payers[0])
        sheet = tax_sheet(session, own, POLICY)
        rows = [dict(zip(map(str, sheet.columns), row, strict=True)) for row in sheet.rows]
        declared = declaration(session, own)
        slips = [pay.find_run(session, run).payslips[0].net_fen for run in runs]
    assert [row["工号"] for row in rows] == ["R01", "R20", "R20"]
    assert rows[0]["本期收入"] == Decimal("15000.00")
    # 9000 × 8 %, × 2 %, × 0.3 %
    shares = ("基本养老保险费", "基本医疗保险费", "失业保险费")
    assert [rows[0][name] for name in shares] == [
        Decimal(amount) for amount in ("720.00", "180.00", "27.00")
    ]
    assert [row[4] for row in declared.rows[:1]] == [Decimal("9000.00")]
    assert len(declared.rows) == 3 + 1  # three people, and the sums
    # 9000 − 927 − 92.19 and 6000 − 180
    assert slips == [900_000 - 92_700 - FIRST, 600_000 - SECOND]


def test_what_is_stated_in_both_homes_counts_once(offices: Offices) -> None:
    """2000 yuan for children: (9073 − 2000) × 3 % = 212.19, and one sum in the tax import."""
    for at in (0, 1):
        offices.state(at, PayItemKind.SPECIAL_ADDITIONAL, 200_000, "子女教育")
    assert sum(offices.tax(offices.pay(at)) for at in (0, 1)) == 21_219
    with offices.database.session() as session:
        month = months_together(session, OCTOBER)
        sheet = tax_sheet(session, month.of(month.payers[0]), POLICY)
        row = dict(zip(map(str, sheet.columns), sheet.rows[0], strict=True))
    assert row["累计子女教育"] == Decimal("2000.00")


def test_an_employer_insures_in_one_home(offices: Offices) -> None:
    """Insured in both, the person is computed in neither, and both homes are named."""
    with offices.database.session() as session:
        session.get_one(Employment, offices.works[1]).insured_from = OCTOBER
    for at in (0, 1):
        (told,) = offices.missing(offices.calculate(at))
        assert "ZP001" in told
        assert "ZP002" in told
        assert "一人在一个单位只参保一次" in told


def test_totals_on_file_are_the_payer_s_whole(offices: Offices) -> None:
    """The same totals in both homes count once; different ones are asked for, nothing is guessed.

    Work from May, totals to September of 40 000 in five months: October adds home 1's 9000.
    40 000 + 9000 − 6 × 5000 − 927 = 18 073 × 3 % = 542.19, less 300.00 withheld.
    """
    with offices.database.session() as session:
        for at in offices.works:
            work = session.get_one(Employment, at)
            work.started_on = date(2026, 5, 1)
            make.a_tax_year(
                session, work, months=5, income_fen=4_000_000, insurance_fen=0, tax_fen=30_000
            )
    run = offices.calculate(0)
    assert offices.tax(run) == 24_219
    with offices.database.session() as session:
        pay.reopen(as_actor(session, "工资专员"), pay.find_run(session, run), "改累计")
        session.get_one(Employment, offices.works[1])
        for total in session.query(TaxToDate).filter_by(employment_id=offices.works[1]):
            total.income_fen = 3_900_000
    assert "登记了两份，数目不同" in offices.missing(offices.calculate(0))[0]


def test_a_contract_and_an_agreement_taxed_as_wages_are_one_wage(offices: Offices) -> None:
    """In one home and one run: the agreement's pieces of 500.00 are taxed on top, at 3 %."""
    with offices.database.session() as session:
        work = session.get_one(Employment, offices.works[0])
        agreement = make.an_agreement(session, work.resident, work.employer)
        agreement.started_on, agreement.agreement_tax = date(2026, 10, 2), AgreementTax.WAGES
        make.some_pieces(session, work.resident, OCTOBER, "纸盒", 100, "5")
        session.get_one(Employment, offices.works[1]).ended_on = date(2026, 9, 30)
    run_id = offices.calculate(0)
    with offices.database.session() as session:
        slips = pay.find_run(session, run_id).payslips
        taxes = {slip.employment.kind: slip.tax_fen for slip in slips[:2]}
    assert taxes == {EmploymentKind.CONTRACT: FIRST, EmploymentKind.AGREEMENT: 1_500}
    lock(offices.database, run_id)
    assert offices.tax(offices.pay(0, NOVEMBER)) == FIRST


def test_a_clerk_of_one_home_withholds_right_and_sees_no_other(offices: Offices) -> None:
    """What the other home pays is in the sums; its records stay out of sight."""
    offices.pay(0)
    run_id = offices.calculate(1)
    caller = Caller("clerk@example.org", (Grant(Role.CLERK, home_id=offices.homes[1]),))
    with offices.database.session(caller, Permission.PAY_READ) as session:
        run = pay.find_run(session, run_id)
        worker = pay.inputs_of(run)[0][1]
        assert worker.tax_year is not None
        assert worker.tax_year.income_fen == 900_000
        assert {work.home_id for work in session.query(Employment)} == {offices.homes[1]}
        home = session.get_one(Home, run.home_id)
        assert {it.rule for it in pay.findings(session, home, run)} & {Rule.TAXED_TOGETHER} == set()
        assert run.state is RunState.CALCULATED
