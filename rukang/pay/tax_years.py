"""The tax year of every job so far: the totals on file, and what locked runs added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import TaxYear, WorkerMonth
from rukang.clock import days_of_month
from rukang.employment import Employment, Job, TaxToDate
from rukang.homes import Home
from rukang.pay.records import PayItem, PayItemKind, PayRun, PayslipRecord
from rukang.pay.stored import inputs_of

_Slip = tuple[PayslipRecord, WorkerMonth]


@dataclass(frozen=True)
class YearSoFar:
    """What is known of a calendar year before a month is paid.

    By job: its records, ``starts`` the newest totals on file, ``paid`` what locked runs added. By
    resident: ``stated``, the special additional deductions of single months and the relief granted
    so far. ``runs`` are the months that have a run, locked or not.
    """

    month: date
    jobs: dict[Job, list[Employment]]
    starts: dict[Job, TaxToDate]
    paid: dict[Job, list[_Slip]]
    stated: dict[int, list[PayItem]]
    runs: frozenset[int]

    def of(self, work: Employment) -> TaxYear:
        """Return a job's tax year with this month as the latest.

        Locked runs count whether their month is earlier or later: tax is withheld in the order in
        which wages are paid.
        """
        start, paid = self.starts.get(work.job), self.paid_of(work)
        latest = max([self.month.month, *(slip.run.month.month for slip, _ in paid)])
        months = self._held(work, self._first(work), latest)
        return TaxYear(
            months_employed=max((start.months if start else 0) + len(months), 1),
            income_fen=(start.income_fen if start else 0) + sum(s.gross_fen for s, _ in paid),
            exempt_fen=sum(_exempt(worker) for _, worker in paid),
            insurance_fen=(start.insurance_fen if start else 0)
            + sum(slip.employee_shares_fen for slip, _ in paid),
            withheld_fen=(start.tax_fen if start else 0) + sum(slip.tax_fen for slip, _ in paid),
            special_additional_fen=(start.special_additional_fen if start else 0)
            + self._special(work, months),
            relief_fen=self._relief(work, latest),
            whole_year_deduction=bool(start and start.full_last_year),
            paid_through=latest if latest > self.month.month else None,
        )

    def paid_of(self, work: Employment) -> list[_Slip]:
        """Return the locked payslips of a job that the totals on file do not contain."""
        first = self._first(work)
        return [pair for pair in self.paid[work.job] if pair[0].run.month.month >= first]

    def _special(self, work: Employment, months: list[int]) -> int:
        """Return the deductions entered for some months."""
        return sum(
            item.amount_fen
            for item in self._stated(work, PayItemKind.SPECIAL_ADDITIONAL)
            if item.month.month in months
        )

    def _relief(self, work: Employment, latest: int) -> int | None:
        """Return the relief granted so far: the newest one stated holds until the next.

        What was stated while somebody else employed the person is that employer's.
        """
        months = self._held(work, 1, latest)
        known = [
            item
            for item in self._stated(work, PayItemKind.RELIEF_TO_DATE)
            if item.month.month in months
        ]
        return max(known, key=lambda item: item.month).amount_fen if known else None

    def _stated(self, work: Employment, kind: PayItemKind) -> list[PayItem]:
        return [
            item
            for item in self.stated[work.resident_id]
            if item.kind is kind and item.employer_id in (None, work.employer_id)
        ]

    def missing(self, work: Employment) -> list[int]:
        """Return the months before this one that neither totals on file nor a run account for."""
        months = self._held(work, self._first(work), self.month.month - 1)
        return [month for month in months if month not in self.runs]

    def _held(self, work: Employment, first: int, last: int) -> list[int]:
        """Return the months of the year, of a range, on some day of which the job was held."""
        months = (days_of_month(date(self.month.year, m, 1)) for m in range(first, last + 1))
        records = self.jobs[work.job]
        return [
            days[0].month for days in months if any(of.held(days[0], days[-1]) for of in records)
        ]

    def _first(self, work: Employment) -> int:
        """Return the first month that the totals on file do not contain."""
        start = self.starts.get(work.job)
        return start.through.month + 1 if start else 1


def year_so_far(
    session: Session, home: Home, month: date, *, with_month: bool = False
) -> YearSoFar:
    """Return what a home's records say of the year before a month is paid, or with it."""
    runs = _runs(session, home, month)
    paid: dict[Job, list[_Slip]] = defaultdict(list)
    for run in runs:
        if run.state.is_final and (with_month or run.month != month):
            for slip, worker in inputs_of(run):
                paid[slip.employment.job].append((slip, worker))
    months = frozenset(run.month.month for run in runs)
    return YearSoFar(
        month=month,
        jobs=_jobs(session, home),
        starts=_starts(session, home, month),
        paid=paid,
        stated=_stated(session, home, month),
        runs=months,
    )


def _jobs(session: Session, home: Home) -> dict[Job, list[Employment]]:
    found: dict[Job, list[Employment]] = defaultdict(list)
    for work in session.scalars(select(Employment).where(Employment.home_id == home.id)):
        found[work.job].append(work)
    return found


def _runs(session: Session, home: Home, month: date) -> Sequence[PayRun]:
    first, last = date(month.year, 1, 1), date(month.year, 12, 31)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.month.between(first, last))
    return session.scalars(query.order_by(PayRun.month)).all()


def _stated(session: Session, home: Home, month: date) -> dict[int, list[PayItem]]:
    """Return what the months of the year state for tax, by resident."""
    year = (date(month.year, 1, 1), date(month.year, 12, 31))
    query = select(PayItem).where(
        PayItem.home_id == home.id,
        PayItem.kind.in_((PayItemKind.SPECIAL_ADDITIONAL, PayItemKind.RELIEF_TO_DATE)),
        PayItem.month.between(*year),
    )
    found: dict[int, list[PayItem]] = defaultdict(list)
    for item in session.scalars(query):
        found[item.resident_id].append(item)
    return found


def _starts(session: Session, home: Home, month: date) -> dict[Job, TaxToDate]:
    """Return the newest totals on file of the year before the month."""
    query = (
        select(TaxToDate)
        .where(TaxToDate.home_id == home.id)
        .where(TaxToDate.through >= date(month.year, 1, 1), TaxToDate.through < month)
        .order_by(TaxToDate.through)
    )
    return {total.employment.job: total for total in session.scalars(query)}


def _exempt(worker: WorkerMonth) -> int:
    return sum(item.amount_fen for item in worker.allowances if not item.taxable)
