"""The demonstration home's June to September, as docs/arrears-example.md works them out by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest

from payroll import LineKind, Payslip, Policy
from payroll.lines.catalogue import CATALOGUE
from rukang import pay
from rukang.base.access import Database
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.bodies.homes import find_home
from rukang.doors.intake import import_workbooks
from tests.demo import DEMO, LOCAL_POLICY, SUMMER
from tests.wages import lock

JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in range(6, 11))
BEFORE, AFTER = date(2026, 8, 9), date(2026, 8, 20)
OWN = 20_19
"""By hand: the worker's share that a month before the publication leaves; all are on the floor."""
EMPLOYERS = {"R01": 50_17, "R16": 49_78, "R27": 50_76}
"""By hand: the employer's share, at work-injury rates of 0.4, 0.2 and 0.7 per cent."""
OWN_OF_ALL, EMPLOYERS_OF_ALL = 34 * OWN, 14 * 50_17 + 11 * 49_78 + 9 * 50_76
"""By hand: of all 34 who have a contract in summer, with the three companies."""

Settled = dict[str, dict[tuple[date, LineKind], int]]


@dataclass
class Office:
    """The pay office of the demonstration home."""

    database: Database
    policy: Policy

    def request(self, month: date) -> int:
        """Ask for a month's run and return its id."""
        with self.database.session() as session:
            return pay.request_run(
                as_actor(session, "工资专员"), find_home(session, "ZP001"), month
            ).id

    def pay(self, month: date, known: date) -> int:
        """Calculate, approve and lock a month with what is known on a day."""
        run_id = self.calculate(month, known)
        lock(self.database, run_id)
        return run_id

    def calculate(self, month: date, known: date) -> int:
        """Calculate a month with what is known on a day."""
        run_id = self.request(month)
        pay.calculate_run(self.database, run_id, self.policy, known)
        return run_id

    def reopen(self, month: date) -> None:
        """Take a month that is not locked back to a draft."""
        with self.database.session() as session:
            run = pay.find_run(session, self.request(month))
            pay.reopen(as_actor(session, "工资专员"), run, "基数已公布，重新计算")

    def slips(self, run_id: int) -> dict[str, Payslip]:
        """Return the payslips of a run by person."""
        with self.database.session() as session:
            slips = map(pay.payslip_of, pay.find_run(session, run_id).payslips)
            return {slip.worker: slip for slip in slips}

    def settled(self, run_id: int) -> Settled:
        """Return what a run settles, by person, month and kind of line."""
        found: Settled = {}
        with self.database.session() as session:
            for _, worker in pay.inputs_of(pay.find_run(session, run_id)):
                sums: Counter[tuple[date, LineKind]] = Counter()
                for item in worker.arrears:
                    sums[item.month, CATALOGUE[item.line][0]] += item.amount_fen
                if sums:
                    found[worker.id] = dict(sums)
        return found


@pytest.fixture
def office(empty_database: Database) -> Office:
    """The home with its people, the totals up to May, and four months of attendance."""
    import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", SUMMER])
    return Office(empty_database, Policy.load([LOCAL_POLICY, SUMMER / "late-base.yaml"]))


def _each(*months: date) -> Settled:
    return {
        who: {
            (month, kind): amount
            for month in months
            for kind, amount in (
                (LineKind.EMPLOYEE_SHARE, OWN),
                (LineKind.EMPLOYER_COST, employers),
            )
        }
        for who, employers in EMPLOYERS.items()
    }


def _sum(settled: Settled, kind: LineKind) -> int:
    return sum(
        amount for of in settled.values() for (_, line), amount in of.items() if line is kind
    )


def test_june_to_august_in_order(office: Office) -> None:
    """August settles June and July for all 34; September settles nothing."""
    office.pay(JUNE, days_of_month(JUNE)[-1])
    july = office.pay(JULY, days_of_month(JULY)[-1])
    august = office.pay(AUGUST, AFTER)
    settled = office.settled(august)
    assert {who: settled[who] for who in EMPLOYERS} == _each(JUNE, JULY)
    assert _sum(settled, LineKind.EMPLOYEE_SHARE) == 2 * OWN_OF_ALL
    assert _sum(settled, LineKind.EMPLOYER_COST) == 2 * EMPLOYERS_OF_ALL
    # July has 23 days: 22 paid ones are more than 21.75, so the wage: 2300 − 463.91
    assert office.slips(july)["R27"].net_fen == 230_000 - 463_91
    # wage − 484.10 − two months of 20.19
    net = {who: slip.net_fen for who, slip in office.slips(august).items() if who in EMPLOYERS}
    assert net == {"R01": 168_552, "R16": 168_552, "R27": 177_552}
    assert office.settled(office.pay(SEPTEMBER, days_of_month(SEPTEMBER)[-1])) == {}


def test_september_locked_first(office: Office) -> None:
    """Paid after the publication, June to August are right at once; October settles September."""
    for month in (JUNE, JULY, AUGUST):
        office.calculate(month, BEFORE)
    office.pay(SEPTEMBER, BEFORE)
    for month in (JUNE, JULY, AUGUST):
        office.reopen(month)
        assert office.settled(office.pay(month, AFTER)) == {}
    import_workbooks(office.database, [DEMO / "05-出勤与计件.xlsx"])
    settled = office.settled(office.pay(OCTOBER, days_of_month(OCTOBER)[-1]))
    assert {who: settled[who] for who in EMPLOYERS} == _each(SEPTEMBER)
    assert _sum(settled, LineKind.EMPLOYEE_SHARE) == OWN_OF_ALL
    assert _sum(settled, LineKind.EMPLOYER_COST) == EMPLOYERS_OF_ALL
