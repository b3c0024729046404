"""The tax year of every employment so far: the totals on file, and what locked runs added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import TaxYear, WorkerMonth
from rukang.employment import Employment, TaxToDate
from rukang.homes import Home
from rukang.pay.records import PayItem, PayItemKind, PayRun, PayslipRecord
from rukang.pay.stored import inputs_of

_Slip = tuple[PayslipRecord, WorkerMonth]


@dataclass(frozen=True)
class YearSoFar:
    """What is known of a calendar year before a month is paid.

    ``starts`` are the newest totals on file by employment, ``paid`` what locked runs added,
    ``stated`` the special additional deductions of single months and the relief granted so far, by
    resident, and ``runs`` the months that have a run, locked or not.
    """

    month: date
    starts: dict[int, TaxToDate]
    paid: dict[int, list[_Slip]]
    stated: dict[int, list[PayItem]]
    runs: frozenset[int]

    def of(self, work: Employment) -> TaxYear:
        """Return an employment's tax year with this month as the latest.

        Locked runs count whether their month is earlier or later: tax is withheld in the order in
        which wages are paid.
        """
        start, paid = self.starts.get(work.id), self.paid_of(work)
        latest = max([self.month.month, *(slip.run.month.month for slip, _ in paid)])
        months = min(latest, self._last(work)) - self._first(work) + 1
        return TaxYear(
            months_employed=max((start.months if start else 0) + months, 1),
            income_fen=(start.income_fen if start else 0) + sum(s.gross_fen for s, _ in paid),
            exempt_fen=sum(_exempt(worker) for _, worker in paid),
            insurance_fen=(start.insurance_fen if start else 0)
            + sum(slip.employee_shares_fen for slip, _ in paid),
            withheld_fen=(start.tax_fen if start else 0) + sum(slip.tax_fen for slip, _ in paid),
            special_additional_fen=(start.special_additional_fen if start else 0)
            + self._special(work, latest),
            relief_fen=self._relief(work, latest),
            whole_year_deduction=bool(start and start.full_last_year),
            paid_through=latest if latest > self.month.month else None,
        )

    def paid_of(self, work: Employment) -> list[_Slip]:
        """Return the locked payslips of an employment that the totals on file do not contain."""
        first = self._first(work)
        return [pair for pair in self.paid[work.id] if pair[0].run.month.month >= first]

    def _special(self, work: Employment, latest: int) -> int:
        """Return the deductions entered for the months after the totals on file."""
        months = range(self._first(work), min(latest, self._last(work)) + 1)
        return sum(
            item.amount_fen
            for item in self._stated(work, PayItemKind.SPECIAL_ADDITIONAL)
            if item.month.month in months
        )

    def _relief(self, work: Employment, latest: int) -> int | None:
        """Return the relief granted so far: the newest one stated holds until the next.

        What was stated while somebody else employed the person is that employer's.
        """
        began, until = work.started_on.replace(day=1), min(latest, self._last(work))
        known = [
            item
            for item in self._stated(work, PayItemKind.RELIEF_TO_DATE)
            if began <= item.month and item.month.month <= until
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
        return [
            month for month in range(self._first(work), self.month.month) if month not in self.runs
        ]

    def _last(self, work: Employment) -> int:
        """Return the last month of the employment within the year, 0 if it ended before."""
        ended = work.ended_on
        if ended is None or ended.year > self.month.year:
            return 12
        return ended.month if ended.year == self.month.year else 0

    def _first(self, work: Employment) -> int:
        """Return the first month that the totals on file do not contain."""
        start = self.starts.get(work.id)
        if start:
            return start.through.month + 1
        return work.started_on.month if work.started_on.year == self.month.year else 1


def year_so_far(
    session: Session, home: Home, month: date, *, with_month: bool = False
) -> YearSoFar:
    """Return what a home's records say of the year before a month is paid, or with it."""
    runs = _runs(session, home, month)
    paid: dict[int, list[_Slip]] = defaultdict(list)
    for run in runs:
        if run.state.is_final and (with_month or run.month != month):
            for slip, worker in inputs_of(run):
                paid[slip.employment_id].append((slip, worker))
    months = frozenset(run.month.month for run in runs)
    return YearSoFar(
        month, _starts(session, home, month), paid, _stated(session, home, month), months
    )


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


def _starts(session: Session, home: Home, month: date) -> dict[int, TaxToDate]:
    """Return the newest totals on file of the year before the month."""
    query = (
        select(TaxToDate)
        .where(TaxToDate.home_id == home.id)
        .where(TaxToDate.through >= date(month.year, 1, 1), TaxToDate.through < month)
        .order_by(TaxToDate.through)
    )
    return {total.employment_id: total for total in session.scalars(query)}


def _exempt(worker: WorkerMonth) -> int:
    return sum(item.amount_fen for item in worker.allowances if not item.taxable)
