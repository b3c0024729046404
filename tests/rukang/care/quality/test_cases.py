"""Each complaint has a case, which follows what people say of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.care.quality import COMPLAINTS
from rukang.cases import CaseFile, check_cases, events_of
from rukang.people.entries import remove_record
from tests.factories import a_complaint, a_home, close_complaint


def _cases(session: Session) -> list[tuple[date, date | None, str, int]]:
    query = select(CaseFile).order_by(CaseFile.opened_on)
    return [
        (one.opened_on, one.ended_on, one.endings, len(events_of(session, one)))
        for one in session.scalars(query)
    ]


def test_a_complaint_is_a_case_until_it_is_closed(empty_database: Database) -> None:
    """Opened on the day it came in, ended as it proved; taken away, the case is void."""
    with empty_database.session() as session:
        home = a_home(session)
        october = date(2026, 10, 5)
        one = a_complaint(session, home, "T-1", october)
        assert _cases(session) == [(october, None, "", 1)]
        close_complaint(session, home, one, upheld=True, closed_on=date(2026, 10, 9))
        assert _cases(session) == [(october, date(2026, 10, 9), "upheld", 2)]
        close_complaint(session, home, one, upheld=False, closed_on=date(2026, 10, 9))
        assert _cases(session) == [(october, date(2026, 10, 9), "not_upheld", 3)]
        other = a_complaint(session, home, "T-2", date(2026, 10, 20))
        remove_record(session, home, COMPLAINTS, other.id)
        assert _cases(session)[1] == (date(2026, 10, 20), date(2026, 11, 2), "voided", 2)
        again = a_complaint(session, home, "T-3", date(2026, 10, 21))
        assert _cases(session)[2][:2] == (again.received_on, None)
        assert list(check_cases(session)) == []
