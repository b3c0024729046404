"""The one place where queries are narrowed to what the caller may see.

Every query of a session gets the criteria below added by SQLAlchemy, so a service cannot forget
them: the homes and regions of the caller, the wages of an employer, or what is on record of a
person, as the records themselves say what that is for them (``seen_within``, and ``whom`` they are
about; this room knows none of them); and of records that a
home's own people see only in part (:class:`~rukang.base.database.base.OverseersOnly`) that part,
wherever the caller belongs to the home or has declared a conflict of interest. What a session
changes is what it has found (bulk changes are refused, for the audit trail).

References
----------
SQLAlchemy, "Adding global WHERE / ON criteria" (``with_loader_criteria``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, event, false, not_, or_, select, true
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from rukang.base.access.caller import SYSTEM, Caller, Scope, leading
from rukang.base.access.conflicts import in_force
from rukang.base.access.records import Interest
from rukang.base.access.roles import Permission
from rukang.base.database.about import about_of, about_one_of
from rukang.base.database.base import Base, IsPlace, OfHome, OfPayer, OverseersOnly, Seen
from rukang.base.database.context import today


def keep_to(session: Session, caller: Caller, permission: Permission) -> None:
    """Narrow every query of the session to what a caller may see under a permission."""
    if caller == SYSTEM:
        return
    scope, on = caller.scope(permission), today(session)
    criteria: dict[int, list[Any]] = {}

    @event.listens_for(session, "do_orm_execute")
    def narrow(state: ORMExecuteState) -> None:
        # A refresh starts from a record that was narrowed; lazy loads carry the criteria along.
        whole = session.info.get(WHOLE, False)
        if not (whole or state.is_column_load or state.is_relationship_load):
            # A room imported while the session is open brings records of its own.
            tables = len(Base.metadata.tables)
            if tables not in criteria:
                criteria[tables] = [*_of_places(scope), *_of_overseers(caller, on)]
            state.statement = state.statement.options(*criteria[tables])


@contextmanager
def seeing_all(session: Session) -> Iterator[None]:
    """Let a session see every place for a while, in the same transaction and its caller's name.

    For what is done to a record as a whole; whether the caller may has been looked at before.
    """
    before = session.info.get(WHOLE, False)
    session.info[WHOLE] = True
    try:
        yield
    finally:
        session.info[WHOLE] = before


WHOLE = "sees_all"


def _of_places(scope: Scope) -> Iterator[Any]:
    if scope.everything:
        return
    seen = _seen(scope)
    homes = seen.homes
    for place in _mapped(IsPlace):
        if place.__mapper__.inherits is None:
            # Of the class, or the alias of one, that is asked for: it may be one that inherits.
            yield with_loader_criteria(place, lambda of: of.id.in_(homes), include_aliases=True)
    for record in _mapped(Base):
        if hasattr(record, "seen_within"):
            yield with_loader_criteria(record, record.seen_within(seen), include_aliases=True)


def _seen(scope: Scope) -> Seen:
    """Return what a scope shows; records say themselves what that means for them."""
    payers = sorted(scope.employer_ids)
    homes = _homes()
    works: Any = [record.__table__.c for record in _mapped(OfPayer)]
    paid = [(work, work.employer_id.in_(payers)) for work in works]
    none = select(homes.id).where(false())
    return Seen(
        homes=select(homes.id).where(_within(scope, homes)),
        in_place=partial(_within, scope),
        payers=payers,
        works=next((select(work.id).where(theirs) for work, theirs in paid), none),
        workers=next((select(work.resident_id).where(theirs) for work, theirs in paid), none),
        about=partial(_about, sorted(scope.person_ids)),
    )


def _about(
    persons: Sequence[int], record: type[Base], columns: Any = None
) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that a record is about one of some persons, if it is about any."""
    if persons and about_of(record).via is not None:
        yield about_one_of(record, persons, columns)


def _of_overseers(caller: Caller, on: date) -> Iterator[Any]:
    homes = overseen(caller, on)
    for record in _mapped(OverseersOnly):
        seen = or_(record.seen_by_home(), record.home_id.in_(homes))
        yield with_loader_criteria(record, seen, include_aliases=True)


def overseen(caller: Caller, on: date) -> Select[tuple[int]]:
    """Return the query of the homes a caller looks at from outside, and without a conflict."""
    return select(_homes().id).where(_overseen(caller, on))


def _overseen(caller: Caller, on: date) -> ColumnElement[bool]:
    home, interest = _homes(), Interest.__table__.c
    conflicts = select(interest.home_id).where(in_force(interest, caller.name, on))
    return and_(
        _within(caller.oversees, home),
        not_(_within(caller.belongs_to, home)),
        home.id.not_in(conflicts),
        *(home.id.not_in(known) for known in _homes_of(caller.belongs_to)),
    )


def _homes_of(scope: Scope) -> Iterator[Select[tuple[int]]]:
    """Yield the queries of the homes that have a person of a scope on their lists."""
    if scope.person_ids:
        for record in _mapped(OfHome):
            if about_of(record).via == "person_id":
                columns = record.__table__.c
                theirs = about_one_of(record, sorted(scope.person_ids), columns)
                yield select(columns.home_id).where(theirs)


def _mapped(kind: type) -> list[Any]:
    return [m.class_ for m in Base.registry.mappers if issubclass(m.class_, kind)]


def _homes() -> Any:
    """Return the columns of the table of homes and other bodies: their ids, and where they are."""
    return Base.metadata.tables["body"].c


def _within(scope: Scope, home: Any) -> ColumnElement[bool]:
    if scope.everything:
        return true()
    regions = [home.county.startswith(leading(region)) for region in sorted(scope.regions)]
    return or_(home.id.in_(sorted(scope.home_ids)), *regions)
