"""Wages of somebody whose file is merged: locked runs verify as before, later ones are theirs."""

from __future__ import annotations

from rukang import pay
from rukang.people import Person, merge, unmerge
from rukang.work.employment import Employment
from tests.rukang.pay.test_advances import JUNE, Office, attend, office

__all__ = ["office"]


def test_a_locked_run_is_reproduced_whosever_file_it_is_now(office: Office) -> None:
    """Before the merge, while the files are one, and after they are taken apart."""
    for who in ("R02", "R03"):
        attend(office, who, JUNE)
    run_id = office.pay(JUNE)
    with office.database.session() as session:
        worker = session.get_one(Employment, office.works["R03"]).resident.person
        kept = Person(name=worker.name, sex=worker.sex, born_on=worker.born_on)
        session.add(kept)
        session.flush()
        run = pay.find_run(session, run_id)
        assert pay.is_reproduced(run, office.policy)
        record = merge(session, kept, worker, "家属确认是同一人")
        assert session.get_one(Employment, office.works["R03"]).resident.person is kept
        run = pay.find_run(session, run_id)
        assert pay.is_reproduced(run, office.policy)
        unmerge(session, record, "核对后是两个人")
        assert session.get_one(Employment, office.works["R03"]).resident.person is worker
        assert pay.is_reproduced(pay.find_run(session, run_id), office.policy)
