"""What is read out of a case's events and stored beside them, so that it can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from rukang.cases.organs import organs
from rukang.cases.records import PROJECTED, CaseClock, CaseFile, CasePart, CaseStep
from rukang.casework import Expiry, Projection, Rules, State, clocks

Row = dict[str, Any]


def project(session: Session, file: CaseFile, now: Projection, rules: Rules) -> None:
    """Write what a case stands at, in the transaction of its events.

    Past the session on purpose: the trail follows the events, of which these are made.
    """
    session.flush()
    connection, head = session.connection(), head_of(now)
    table: Any = CaseFile.__table__
    connection.execute(update(table).where(table.c.id == file.id).values(head))
    for record, rows in rows_of(session, file, now, rules).items():
        table = record.__table__
        connection.execute(delete(table).where(table.c.case_id == file.id))
        if rows:
            connection.execute(insert(table), rows)
    session.expire(file, [*head, "events", "steps"])


def head_of(now: Projection) -> Row:
    """Return what a case itself shows of its events."""
    days = (one.finished for one in now.steps.values() if one.finished)
    ended = max(days, default=now.opened)
    closed = now.closing.on if now.closing else ended
    return {
        "edition": now.course.id,
        "opened_on": now.opened,
        "ended_on": closed if now.ended else None,
        "endings": ",".join(now.endings) if now.ended else "",
        "seq": now.seq,
    }


def rows_of(
    session: Session, file: CaseFile, now: Projection, rules: Rules
) -> dict[type[Any], list[Row]]:
    """Return the rows of steps, clocks and parts of a case."""
    made = {
        CaseStep: list(_steps(now)),
        CaseClock: list(_clocks(now, rules)),
        CasePart: list(_parts(session, now)),
    }
    return {record: [{"case_id": file.id, **row} for row in made[record]] for record in PROJECTED}


def _steps(now: Projection) -> Iterator[Row]:
    for step in now.steps.values():
        if step.state in {State.WAITING, State.SKIPPED}:
            continue
        yield {
            "step": step.id,
            "round": step.round,
            "state": step.state,
            "organ": step.organ,
            "offered_to": step.offer.to if step.offer else None,
            "assignee": step.assignee,
            "entered": step.entered,
            "finished": step.finished,
            "outcome": step.outcome,
        }


def _clocks(now: Projection, rules: Rules) -> Iterator[Row]:
    for clock in clocks(now, rules):
        dated = clock.run is not None and (clock.budget or clock.due or clock.run.figure)
        yield {
            "step": clock.step,
            "of": clock.of,
            "holder": clock.holder,
            "started": clock.started,
            "escalates": clock.term is not None and clock.term.on_expiry is Expiry.ESCALATE,
            "run": clock.run.model_dump_json(exclude_defaults=True)
            if clock.run is not None and dated
            else None,
        }


def _parts(session: Session, now: Projection) -> Iterator[Row]:
    offered = (step.offer.to for step in now.live if step.offer)
    names = dict.fromkeys([*now.responsible.values(), *offered])
    for organ in organs(session, names).values():
        yield {"organ": organ.name, "home_id": organ.home_id, "place": organ.place}


def without_ids(rows: Iterable[Row]) -> list[Row]:
    """Return rows as what they say, in an order of their own, to be compared."""
    told = [{name: of for name, of in row.items() if name != "id"} for row in rows]
    return sorted(told, key=lambda row: sorted((name, str(of)) for name, of in row.items()))
