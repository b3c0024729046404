"""The one place where queries are narrowed to what the caller may see.

Every query of a session gets the criteria below added by SQLAlchemy, so a service cannot forget
them: the homes and regions of the caller, or the wages of an employer; and of records that a home's
own people see only in part (:class:`~rukang.database.base.OverseersOnly`) that part, wherever the
caller belongs to the home or has declared a conflict of interest. What a session changes is what it
has found (bulk changes are refused, for the audit trail).

References
----------
SQLAlchemy, "Adding global WHERE / ON criteria" (``with_loader_criteria``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, event, not_, or_, select, true
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from rukang.access.caller import SYSTEM, Caller, Permission, Scope, leading
from rukang.access.interests import in_force, today
from rukang.access.records import Interest
from rukang.database.base import Base, OfHome, OverseersOnly
from rukang.employment.records import Employer, Employment
from rukang.homes.records import Home
from rukang.people.records import Death, Person, Resident, Staff


def keep_to(session: Session, caller: Caller, permission: Permission) -> None:
    """Narrow every query of the session to what a caller may see under a permission."""
    if caller == SYSTEM:
        return
    scope, on = caller.scope(permission), today(session)
    criteria: dict[int, list[Any]] = {}

    @event.listens_for(session, "do_orm_execute")
    def narrow(state: ORMExecuteState) -> None:
        # A refresh starts from a record that was narrowed; lazy loads carry the criteria along.
        if not state.is_column_load and not state.is_relationship_load:
            # A room imported while the session is open brings records of its own.
            tables = len(Base.metadata.tables)
            if tables not in criteria:
                criteria[tables] = [*_of_places(scope), *_of_overseers(caller, on)]
            state.statement = state.statement.options(*criteria[tables])


def _of_places(scope: Scope) -> Iterator[Any]:
    if scope.everything:
        return
    homes = select(_home.id).where(_within(scope))
    payers = sorted(scope.employer_ids)
    people, employers = _people(homes, payers), _employers(homes)
    own = or_(Employer.id.in_(employers), Employer.id.in_(payers))
    yield with_loader_criteria(Home, _within(scope, Home), include_aliases=True)
    yield with_loader_criteria(Person, Person.id.in_(people), include_aliases=True)
    yield with_loader_criteria(Death, Death.person_id.in_(people), include_aliases=True)
    yield with_loader_criteria(Employer, own, include_aliases=True)
    for record in _mapped(OfHome):
        seen = or_(record.home_id.in_(homes), *_of_payers(record, payers))
        yield with_loader_criteria(record, seen, include_aliases=True)


def _of_payers(record: Any, payers: list[int]) -> Iterator[ColumnElement[bool]]:
    """Yield the condition under which a record is about somebody's work for these employers.

    Of a home that is no leave to see the home, or a run of wages, which holds other employers' too.
    """
    if not payers:
        return
    columns = record.__table__.c
    works = select(_employment.id).where(_employment.employer_id.in_(payers))
    if record is Resident:
        working = select(_employment.resident_id).where(_employment.employer_id.in_(payers))
        yield record.id.in_(working)
    elif "employer_id" in columns:
        yield record.employer_id.in_(payers)
    elif "employment_id" in columns:
        yield record.employment_id.in_(works)
    elif "payslip_id" in columns:
        slips = Base.metadata.tables["payslip"].c
        paid = select(slips.id).where(slips.employment_id.in_(works))
        yield record.payslip_id.in_(paid)


def _of_overseers(caller: Caller, on: date) -> Iterator[Any]:
    homes = overseen(caller, on)
    for record in _mapped(OverseersOnly):
        seen = or_(record.seen_by_home(), record.home_id.in_(homes))
        yield with_loader_criteria(record, seen, include_aliases=True)


def overseen(caller: Caller, on: date) -> Select[tuple[int]]:
    """Return the query of the homes a caller looks at from outside, and without a conflict."""
    return select(_home.id).where(_overseen(caller, on))


def _overseen(caller: Caller, on: date) -> ColumnElement[bool]:
    conflicts = select(_interest.home_id).where(in_force(_interest, caller.name, on))
    return and_(
        _within(caller.oversees),
        not_(_within(caller.belongs_to)),
        _home.id.not_in(conflicts),
    )


def _mapped(kind: type) -> list[Any]:
    return [m.class_ for m in Base.registry.mappers if issubclass(m.class_, kind)]


# Tables, not classes, inside the criteria: a class there would be narrowed again, without end.
_home = Home.__table__.c
_staff = Staff.__table__.c
_resident = Resident.__table__.c
_employment = Employment.__table__.c
_interest = Interest.__table__.c


def _within(scope: Scope, home: Any = _home) -> ColumnElement[bool]:
    # Of the class where the condition is about the home that is asked for: only then it follows
    # where a join gives the home another name.
    if scope.everything:
        return true()
    regions = [home.county.startswith(leading(region)) for region in sorted(scope.regions)]
    return or_(home.id.in_(sorted(scope.home_ids)), *regions)


def _people(homes: Select[tuple[int]], payers: list[int]) -> Any:
    staff = select(_staff.person_id).where(_staff.home_id.in_(homes))
    working = select(_employment.resident_id).where(_employment.employer_id.in_(payers))
    residents = or_(_resident.home_id.in_(homes), _resident.id.in_(working))
    return staff.union(select(_resident.person_id).where(residents))


def _employers(homes: Select[tuple[int]]) -> Select[tuple[int]]:
    return select(_employment.employer_id).where(_employment.home_id.in_(homes))
