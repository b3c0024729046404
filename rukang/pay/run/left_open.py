"""What a calculation leaves open, told in its step: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.bodies.homes import Home
from rukang.pay.owed.after_end import paid_after_end
from rukang.pay.owed.entries import SHARE, Recoveries
from rukang.pay.owed.heirs import owed_to_heirs
from rukang.pay.store.records import FINAL, PayRun
from rukang.pay.year.elsewhere import payee_of
from rukang.pay.year.tax_years import low_in
from rukang.people import Resident
from rukang.work.employment import Job, TaxToDate

LONGEST = 500
"""Characters of a step's note; what is cut off stands in the lists that the notes name."""

TOLD = 20
"""People named in a note; a note is a line, and a column of the database has an end."""


def left_open(
    session: Session,
    run: PayRun,
    unsettled: Collection[Job],
    recoveries: Recoveries | None = None,
    missing: int = 0,
) -> str:
    """Return a note on what a month does not contain, empty if it is whole.

    Parameters
    ----------
    unsettled
        Jobs whose differences of earlier months are not all settled by this one: they have
        ended, the wage cannot bear what is to be recovered, or they cannot be reckoned.
    recoveries
        What is open of advances by employers.
    missing
        How many people could not be computed.
    """
    notes = (
        _missing(missing),
        _unsettled(session, unsettled),
        _unlocked(session, run),
        _unused_totals(session, run),
        _not_recovered(recoveries) if recoveries else "",
        _after_end(session, run),
        _to_heirs(session, run),
    )
    whole = " ".join(note for note in notes if note)
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"


def _unused_totals(session: Session, run: PayRun) -> str:
    """Return who has totals of last December that say nothing for this year."""
    if run.month.month > 1:
        return ""
    home, year = session.get_one(Home, run.home_id), run.month.year
    low = low_in(session, home, year - 1)
    query = select(TaxToDate).where(
        TaxToDate.home_id == home.id, TaxToDate.through == date(year - 1, 12, 31)
    )
    unused = [
        row.employment for row in session.scalars(query) if payee_of(row.employment) not in low
    ]
    codes = sorted({work.resident.code for work in unused})
    if not codes:
        return ""
    named = "、".join(codes[:TOLD]) + ("等" if codes[TOLD:] else "")
    return (
        f"{named} 上年12月的年度累计没有用到：不满12个月或收入超过6万元，不能自1月起一次扣除。"
        "Totals of last December are not used: below twelve months or above 60 000 yuan."
    )


def _missing(people: int) -> str:
    if not people:
        return ""
    return f"{people} 人没有算出工资，见未计入名单。{people} could not be computed, see the list."


def _after_end(session: Session, run: PayRun) -> str:
    home = session.get_one(Home, run.home_id)
    people = {item.payslip.employment.job for item in paid_after_end(session, home, run.month)}
    if not people:
        return ""
    return (
        f"{len(people)} 人的用工在已锁定的月份之前就结束了，见离职后仍发放的名单。"
        f"Paid after their jobs had ended, see the list: {len(people)}."
    )


def _to_heirs(session: Session, run: PayRun) -> str:
    """Return how many are owed something after their death and have no payee yet."""
    owed = owed_to_heirs(session, session.get_one(Home, run.home_id))
    people = {item.death.person_id for item in owed if not item.death.payee}
    if not people:
        return ""
    return (
        f"{len(people)} 人已去世，应付的还没有登记收款人，请询问家属。"
        f"Of {len(people)} who died nobody is named to be paid what is owed: ask the heirs."
    )


def _not_recovered(recoveries: Recoveries) -> str:
    """Return what has to be asked before advances can be recovered from wages."""
    notes = []
    if recoveries.without_consent:
        people = len(recoveries.without_consent)
        notes.append(
            f"{people} 人的单位垫付没有本人书面同意，没有从工资收回。"
            f"Advances without written consent are not recovered: {people}."
        )
    if recoveries.open and not recoveries.share_known:
        notes.append(
            f"当地从工资收回垫付的上限未知（{SHARE}），在职的没有收回；请向人社部门核实。"
            "How much of a wage may be kept for an advance is unknown here: ask."
        )
    return " ".join(notes)


def _unsettled(session: Session, unsettled: Collection[Job]) -> str:
    query = select(Resident.code).where(Resident.id.in_({resident for resident, _, _ in unsettled}))
    codes = sorted(session.scalars(query))
    if not codes:
        return ""
    named = "、".join(codes[:TOLD]) + ("等" if codes[TOLD:] else "")
    return (
        f"以前月份的差额未结清的 {len(codes)} 人：{named}；"
        "应退而工资扣不了的，锁定后记入应收款；其余以后月份接着结。"
        "Differences of earlier months are left: what no wage can give back becomes a receivable,"
        " the rest waits for later months."
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
