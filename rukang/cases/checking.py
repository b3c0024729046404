"""Whether what is read out of events is stored as it should be, and making it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.errors import RukangError
from rukang.cases.projecting import head_of, project, rows_of, without_ids
from rukang.cases.records import PROJECTED, CaseFile, CourseText
from rukang.cases.shelf import digest_of, rules_of
from rukang.cases.store import events_of, lock_case
from rukang.casework import Projection, Rules, replay

AT_ONCE = 200
"""Cases read side by side."""


@dataclass(frozen=True)
class Fault:
    """A case (or 0: a course) that is not stored as its events say, in words."""

    case_id: int
    zh: str
    en: str


def check_cases(session: Session) -> Iterator[Fault]:
    """Yield every case whose steps, clocks, parts or head are not what its events give."""
    for text in session.scalars(select(CourseText).order_by(CourseText.id)):
        if digest_of(text.content) != text.digest:
            yield Fault(0, f"流程 {text.name} 的文字被改过", f"the text of {text.name} was changed")
    for file, now, rules in _replayed(session):
        if isinstance(now, Fault):
            yield now
        elif wrong := [name for name, same in _compared(session, file, now, rules) if not same]:
            told = "、".join(wrong)
            yield Fault(file.id, f"{told} 与事件不符", f"{told} differ from its events")


def rebuild_cases(session: Session) -> int:
    """Write steps, clocks, parts and heads of every case anew from its events; return how many.

    Cases whose events cannot be replayed stay as they are; `check_cases` names them.
    """
    done = 0
    for file, now, rules in _replayed(session, lock=True):
        if not isinstance(now, Fault):
            project(session, file, now, rules)
            done += 1
    return done


def _replayed(
    session: Session, *, lock: bool = False
) -> Iterator[tuple[CaseFile, Projection | Fault, Rules]]:
    rules, last = rules_of(session), 0
    while files := _next(session, last):
        for file in files:
            if lock:
                lock_case(session, file)
            yield file, _read(session, file, rules), rules
        last = files[-1].id
        session.flush()
        for file in files:
            session.expunge(file)


def _next(session: Session, last: int) -> list[CaseFile]:
    query = select(CaseFile).where(CaseFile.id > last).order_by(CaseFile.id).limit(AT_ONCE)
    return list(session.scalars(query))


def _read(session: Session, file: CaseFile, rules: Rules) -> Projection | Fault:
    try:
        return replay(events_of(session, file), rules)
    except RukangError as error:
        return Fault(file.id, error.zh, error.en)
    except ValueError as error:
        return Fault(file.id, f"事件读不出来（{error}）", f"its events cannot be read ({error})")


def _compared(
    session: Session, file: CaseFile, now: Projection, rules: Rules
) -> Iterator[tuple[str, bool]]:
    head = head_of(now)
    yield "case_file", head == {name: getattr(file, name) for name in head}
    expected = rows_of(session, file, now, rules)
    for record in PROJECTED:
        table: Any = record.__table__
        rows = session.connection().execute(select(table).where(table.c.case_id == file.id))
        stored = without_ids(dict(row) for row in rows.mappings())
        yield record.__tablename__, stored == without_ids(expected[record])
