"""Records of before cases were kept get their cases, on both databases, and none says otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import MetaData, Table, func, insert, select, text

from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.care.quality import Complaint
from rukang.care.quality.complaints import follow_complaints
from rukang.cases import CaseFile, check_cases
from rukang.stars.inspections import overdue
from rukang.stars.inspections.records import CorrectiveAction
from rukang.stars.picture import late
from tests.conftest import NOW
from tests.databases import KINDS, fresh_url
from tests.rukang.base.database.old_house import fill

BEFORE = "0039"


def _day(number: int) -> date:
    return date(2026, 10, number)


def _rows(database: Database) -> None:
    """Put complaints, actions and objections of every state beside those of the old house."""
    with database.engine.begin() as connection:
        found = MetaData()
        found.reflect(
            connection, only=["complaint", "corrective_action", "objection", "inspection"]
        )

        def put(name: str, **values: Any) -> None:
            table: Table = found.tables[name]
            first = dict(connection.execute(select(table).limit(1)).mappings().one())
            first.pop("id")
            connection.execute(insert(table).values({**first, **values}))

        for code, upheld, closed in (("A", None, None), ("B", True, 9), ("C", False, 12)):
            put("complaint", code=code, received_on=_day(8), upheld=upheld,
                closed_on=closed and _day(closed))  # fmt: skip
        for reported, confirmed in ((None, None), (9, None), (9, 12), (None, 12)):
            put("corrective_action", due_on=_day(15), reported_on=reported and _day(reported),
                confirmed_on=confirmed and _day(confirmed))  # fmt: skip
        put("corrective_action", due_on=date(2027, 1, 15), reported_on=None, confirmed_on=None)
        for upheld, decided in ((None, None), (True, 12), (False, 13)):
            put("objection", made_on=_day(8), upheld=upheld, decision=upheld is not None and "理由",
                decided_on=decided and _day(decided), decided_by="x@example.org")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_gets_its_case(kind: str, tmp_path: Path) -> None:
    """Replay agrees with what the migration stored, and late is what was late before."""
    with fresh_url(kind, tmp_path) as url:
        vault = Vault([Fernet.generate_key().decode()])
        database = Database(url, vault, lambda: NOW)
        fill(database.engine, BEFORE)
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE home SET county = '371681'"))
            connection.execute(text("UPDATE complaint SET upheld = NULL, closed_on = NULL"))
            connection.execute(text("UPDATE objection SET upheld = NULL"))
        _rows(database)
        migrations.upgrade(database.engine)
        migrations.check(database.engine)
        on = date(2027, 2, 1)
        with database.session() as session:
            assert [one.en for one in check_cases(session)] == []
            for record in (Complaint, CorrectiveAction):
                kept = session.scalar(select(func.count()).select_from(record))
                course = "complaint" if record is Complaint else "correction"
                cases = select(func.count(CaseFile.id)).where(CaseFile.course == course)
                assert session.scalar(cases) == kept
            for home in session.scalars(select(Complaint.home_id).distinct()).all():
                follow_complaints(session, home)
            corrected = select(func.count(CaseFile.id)).where(
                CaseFile.course == "complaint", CaseFile.seq > 2
            )
            assert session.scalar(corrected) == 0  # the migration told what the record tells
            before = select(CorrectiveAction.id).where(
                CorrectiveAction.due_on < on, CorrectiveAction.confirmed_on.is_(None)
            )
            assert {one.id for one in overdue(session, on)} == set(session.scalars(before))
            due = {one.due_on for one in late(session, on) if one.matter == "mending"}
            assert {_day(15), date(2027, 1, 15)} <= due
        migrations.downgrade(database.engine, BEFORE)
        migrations.upgrade(database.engine)
        with database.session() as session:
            assert [one.en for one in check_cases(session)] == []
        database.close()
