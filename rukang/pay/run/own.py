"""One's own payslips, or those of whom one stands for: of locked months, and without the run.

A run holds everybody's wages, so who reads for one person does not see it; its month and state are
read beside it, on the connection, which is not narrowed.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, defer

from rukang.base.database.find import find_in
from rukang.pay.store.records import FINAL, PayRun, PayslipRecord

RUN = PayRun.__table__.c


def own_payslips_query() -> Select[tuple[PayslipRecord]]:
    """Return the query of the payslips of locked months the session may see, the newest first."""
    return (
        select(PayslipRecord)
        .join(PayRun.__table__, RUN.id == PayslipRecord.run_id)
        .where(RUN.state.in_(FINAL))
        .order_by(RUN.month.desc(), PayslipRecord.id)
        .options(defer(PayslipRecord.slip))
    )


def find_own_payslip(session: Session, payslip_id: int) -> PayslipRecord:
    """Return a payslip of a locked month.

    Raises
    ------
    NotFoundError
        If there is none of that id that the session may see.
    """
    return find_in(session, PayslipRecord, _locked(), payslip_id, "工资条", "payslip")


def months_of_payslips(session: Session) -> dict[int, date]:
    """Return the months of the runs of which the session may see payslips, by the run's id."""
    seen = select(PayslipRecord.run_id).where(_locked()).distinct()
    runs = session.scalars(seen).all()
    query = select(RUN.id, RUN.month).where(RUN.id.in_(runs))
    return dict(session.connection().execute(query).tuples().all())


def _locked() -> ColumnElement[bool]:
    return PayslipRecord.run_id.in_(select(RUN.id).where(RUN.state.in_(FINAL)))
