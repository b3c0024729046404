"""Each worker's year with an employer: what was paid, deducted and withheld, month by month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Month, Policy, TaxCertificate, tax_certificate
from rukang.base.errors import NotFoundError
from rukang.bodies.homes import Home
from rukang.pay.store.records import PayslipRecord
from rukang.pay.year.elsewhere import payee_of
from rukang.pay.year.tax_years import year_so_far
from rukang.work.employment import Employment, TaxToDate


@dataclass(frozen=True)
class Certificate:
    """One employment's year: the totals brought forward, the payslips since, and what they make."""

    work: Employment
    brought_forward: TaxToDate | None
    slips: tuple[PayslipRecord, ...]
    whole: TaxCertificate


def certificates(session: Session, home: Home, year: int, policy: Policy) -> list[Certificate]:
    """Return the year of everybody whose pay is taxed as wages, by resident and employer.

    Only locked runs count, and the totals on file before them.

    Raises
    ------
    NotFoundError
        If the home has no locked run of that year.
    payroll.UnknownFigure
        If a figure of the tax is unknown.
    """
    known = year_so_far(session, home, date(year, 12, 1), with_month=True)
    query = select(Employment).where(Employment.home_id == home.id)
    # Where other terms began in the year, the last record stands for the job.
    jobs = {work.job: work for work in session.scalars(query.order_by(Employment.started_on))}
    found = []
    for work in jobs.values():
        paid = known.paid_of(work)
        if not paid:
            continue
        last, worker = paid[-1]
        month = Month(year, last.run.month.month)
        relief = worker.tax_year.relief_fen if worker.tax_year else None
        totals = replace(known, month=month.first).of(work)
        totals = totals.model_copy(update={"relief_fen": relief})
        whole = tax_certificate(totals, month, policy, home.county, disabled=worker.disabled)
        slips = tuple(slip for slip, _ in paid)
        found.append(Certificate(work, known.starts.get(payee_of(work)), slips, whole))
    if not found:
        raise NotFoundError(
            f"{home.code} {year} 年没有已锁定的工资，还不能出年度证明。",
            f"{home.code} has no locked wages of {year}: there is no certificate yet.",
        )
    return sorted(found, key=lambda it: (it.work.resident.code, it.work.employer.uscc))
