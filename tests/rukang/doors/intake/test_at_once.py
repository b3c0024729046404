"""Two who import at the same moment."""

from __future__ import annotations

from threading import Barrier, Thread

from sqlalchemy import func, select

from rukang.base.access import Database
from rukang.care.attendance import AttendanceDay
from rukang.doors.intake import Imported, import_workbooks
from tests.demo import DEMO
from tests.patience import HANG


def test_the_same_workbook_twice_at_once_is_stored_once(empty_database: Database) -> None:
    """The second waits for the first, and finds that there is nothing left to do."""
    before = [next(DEMO.glob(f"{kind}-*.xlsx")) for kind in ("01", "02", "03", "04")]
    import_workbooks(empty_database, before)
    ready, done = Barrier(2, timeout=HANG), list[Imported]()

    def take() -> None:
        ready.wait()
        done.extend(import_workbooks(empty_database, DEMO.glob("05-*.xlsx")))

    threads = [Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(imported.stored for imported in done) == [False, True]
    with empty_database.session() as session:
        marks = session.scalar(select(func.count(AttendanceDay.id)))
        days = select(AttendanceDay.resident_id, AttendanceDay.day).distinct()
        assert marks == len(session.execute(days).all()) > 0
