"""What a calculation leaves open, told in its step: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.employment import Job
from rukang.pay.records import FINAL, PayRun
from rukang.people import Resident

TOLD = 20
"""People named in a note; a note is a line, and a column of the database has an end."""


def left_open(session: Session, run: PayRun, unsettled: Collection[Job]) -> str:
    """Return a note on what a month does not contain, empty if it is whole.

    Parameters
    ----------
    unsettled
        Jobs whose differences of earlier months are not all settled by this one: they have
        ended, or the wage cannot bear what is to be recovered.
    """
    notes = (_unsettled(session, unsettled), _unlocked(session, run))
    return " ".join(note for note in notes if note)


def _unsettled(session: Session, unsettled: Collection[Job]) -> str:
    query = select(Resident.code).where(Resident.id.in_({resident for resident, _, _ in unsettled}))
    codes = sorted(session.scalars(query))
    if not codes:
        return ""
    named = "、".join(codes[:TOLD]) + ("等" if codes[TOLD:] else "")
    return (
        f"以前月份的差额未结清的 {len(codes)} 人：{named}；"
        "在职的以后月份接着结，已离职的请另行结清。"
        "Differences of earlier months are left: they wait for later months, settle leavers apart."
    )


def _unlocked(session: Session, run: PayRun) -> str:
    query = select(PayRun.month).where(
        PayRun.home_id == run.home_id,
        PayRun.month.between(run.month.replace(month=1), run.month),
        PayRun.month < run.month,
        PayRun.state.not_in(FINAL),
    )
    months = [month.month for month in session.scalars(query.order_by(PayRun.month))]
    if not months:
        return ""
    which = "、".join(f"{month}月" for month in months)
    return (
        f"{which}的工资批次没有锁定，未计入个人所得税年度累计。"
        "Runs of these months are not locked and not in the tax year so far."
    )
