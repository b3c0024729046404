"""The case of each complaint: opened when it came in, ended when it was closed.

People change complaints as records (on a page, or a workbook that is imported again); the case
follows, and what is told otherwise than before is a correction in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.bodies.homes import Home
from rukang.care.quality.records import Complaint
from rukang.cases import CaseFile, Opening, Told, follow, open_case, organ_of_home, tell
from rukang.casework import Happened

COURSE: Final = "complaint"
STEP: Final = "handle"

FROM_RECORD = "按质量记录登记 from the quality records"
REMOVED = "投诉记录已删去 the record of the complaint was taken away"


def follow_complaints(session: Session, home_id: int) -> None:
    """Make the cases of a home's complaints tell what the records do; only what differs is asked.

    A complaint of a day yet to come waits for its day, and so does its closing.
    """
    query = (
        select(Complaint, CaseFile)
        .outerjoin(CaseFile, _of_complaint())
        .where(Complaint.home_id == home_id, Complaint.received_on <= context.today(session))
        .where(or_(CaseFile.id.is_(None), _differs(session)))
        .order_by(Complaint.id)
    )
    found = session.execute(query).tuples().all()
    if found:
        home = session.get_one(Home, home_id)
        for complaint, file in found:
            _follow(session, home, complaint, file)
    _void_removed(session, home_id)


def _of_complaint() -> ColumnElement[bool]:
    return and_(CaseFile.subject_kind == COURSE, CaseFile.subject_id == Complaint.id)


def _differs(session: Session) -> ColumnElement[bool]:
    """Return the condition that a case tells otherwise than its complaint."""
    closed_on = case((Complaint.closed_on <= context.today(session), Complaint.closed_on))
    ending = case(
        (closed_on.is_(None), ""), (Complaint.upheld.is_(True), "upheld"), else_="not_upheld"
    )
    return or_(
        CaseFile.opened_on != Complaint.received_on,
        CaseFile.ended_on.is_distinct_from(closed_on),
        CaseFile.endings != ending,
    )


def _follow(session: Session, home: Home, complaint: Complaint, file: CaseFile | None) -> None:
    organ = organ_of_home(home)
    told = list(_told(session, complaint, organ))
    if file is None:
        opening = Opening(
            course=COURSE,
            place=home.county,
            organ=organ,
            organs={"home": organ},
            home=home,
            on=complaint.received_on,
            backdated=FROM_RECORD,
            subject=(COURSE, complaint.id),
        )
        open_case(session, opening, *told)
        return
    opened = {"course": file.edition, "organs": {"home": organ}, "backdated": FROM_RECORD}
    follow(session, file, [Told(Happened.OPENED, organ, complaint.received_on, opened), *told])


def _told(session: Session, complaint: Complaint, organ: str) -> Iterator[Told]:
    closed = complaint.closed_on
    if closed is not None and closed <= context.today(session):
        outcome = "upheld" if complaint.upheld else "not_upheld"
        given = {"step": STEP, "outcome": outcome, "backdated": FROM_RECORD}
        yield Told(Happened.DONE, organ, closed, given)


def _void_removed(session: Session, home_id: int) -> None:
    """Close the cases of complaints that were taken away; their numbers may be given again."""
    query = select(CaseFile).where(
        CaseFile.home_id == home_id,
        CaseFile.subject_kind == COURSE,
        CaseFile.subject_id.not_in(select(Complaint.id)),
    )
    for file in session.scalars(query).all():
        organ = organ_of_home(session.get_one(Home, home_id))
        kind = Happened.VOIDED if file.ended_on is None else Happened.NOTED
        tell(session, file, Told(kind, organ, given={"reason": REMOVED}))
        file.subject_id = None
    session.flush()
