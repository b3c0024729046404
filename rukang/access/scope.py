"""The one place where queries are narrowed to the homes and regions of the caller.

Every query of a session gets the criteria below added by SQLAlchemy, so a service cannot forget
them. What a session changes is what it has found (bulk changes are refused, for the audit trail).

References
----------
SQLAlchemy, "Adding global WHERE / ON criteria" (``with_loader_criteria``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, event, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from rukang.access.caller import Scope, leading
from rukang.database.base import Base, OfHome
from rukang.employment.records import Employer, Employment
from rukang.homes.records import Home
from rukang.people.records import Person, Resident, Staff


def keep_to(session: Session, scope: Scope) -> None:
    """Narrow every query of the session to a scope."""
    session.info["scope"] = scope
    if scope.everything:
        return
    criteria: dict[int, list[Any]] = {}

    @event.listens_for(session, "do_orm_execute")
    def narrow(state: ORMExecuteState) -> None:
        # Refreshes and lazy loads start from a record that was already narrowed.
        if not state.is_column_load and not state.is_relationship_load:
            # A room imported while the session is open brings records of its own.
            tables = len(Base.metadata.tables)
            if tables not in criteria:
                criteria[tables] = _criteria(scope)
            state.statement = state.statement.options(*criteria[tables])


def _criteria(scope: Scope) -> list[Any]:
    homes = select(_home.id).where(_within(scope))
    of_home: list[Any] = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, OfHome)]
    return [
        with_loader_criteria(Home, _within(scope), include_aliases=True),
        with_loader_criteria(Person, Person.id.in_(_people(homes)), include_aliases=True),
        with_loader_criteria(Employer, Employer.id.in_(_employers(homes)), include_aliases=True),
        *(with_loader_criteria(r, r.home_id.in_(homes), include_aliases=True) for r in of_home),
    ]


# Tables, not classes, inside the criteria: a class there would be narrowed again, without end.
_home = Home.__table__.c
_staff = Staff.__table__.c
_resident = Resident.__table__.c
_employment = Employment.__table__.c


def _within(scope: Scope) -> ColumnElement[bool]:
    regions = [_home.county.startswith(leading(region)) for region in sorted(scope.regions)]
    return or_(_home.id.in_(sorted(scope.home_ids)), *regions)


def _people(homes: Select[tuple[int]]) -> Any:
    staff = select(_staff.person_id).where(_staff.home_id.in_(homes))
    return staff.union(select(_resident.person_id).where(_resident.home_id.in_(homes)))


def _employers(homes: Select[tuple[int]]) -> Select[tuple[int]]:
    return select(_employment.employer_id).where(_employment.home_id.in_(homes))
