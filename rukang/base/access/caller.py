"""Who asks: roles, what each may do, and in which homes or regions."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field


class Permission(enum.StrEnum):
    """What a service needs leave for."""

    EVERYTHING = "everything"
    HOMES_READ = "homes:read"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    NUMBERS_READ = "numbers:read"
    PERSON_ANSWER = "person:answer"
    DEATH_WRITE = "death:write"
    ROSTER_READ = "roster:read"
    ROSTER_WRITE = "roster:write"
    PAY_READ = "pay:read"
    PAY_WRITE = "pay:write"
    PAY_APPROVE = "pay:approve"
    RATING_READ = "rating:read"
    RATING_WRITE = "rating:write"
    RATING_ANSWER = "rating:answer"
    SHEET_FILL = "sheet:fill"
    RATING_DECIDE = "rating:decide"
    REGISTER_READ = "register:read"


class Role(enum.StrEnum):
    """The users of MISSION: each sees what its work needs."""

    MANAGER = "manager"
    CLERK = "clerk"
    INSPECTOR = "inspector"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"


OVERSEERS = frozenset({Role.INSPECTOR, Role.OFFICER, Role.ADMINISTRATOR})
"""Roles that look at homes from outside; whoever holds another belongs to the homes of it."""

P = Permission
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(
        {P.HOMES_READ, P.PEOPLE_READ, P.PEOPLE_WRITE, P.ROSTER_READ, P.ROSTER_WRITE, P.PAY_READ}
        | {P.PAY_APPROVE, P.RATING_READ, P.RATING_ANSWER, P.SHEET_FILL, P.REGISTER_READ}
    ),
    Role.CLERK: frozenset(
        {P.HOMES_READ, P.PEOPLE_READ, P.NUMBERS_READ, P.PAY_READ, P.PAY_WRITE, P.PAY_APPROVE}
        | {P.DEATH_WRITE}
    ),
    Role.INSPECTOR: frozenset(
        {P.HOMES_READ, P.RATING_READ, P.RATING_WRITE, P.SHEET_FILL, P.REGISTER_READ}
    ),
    Role.OFFICER: frozenset(
        {P.HOMES_READ, P.ROSTER_READ, P.PAY_READ, P.RATING_READ, P.RATING_DECIDE, P.REGISTER_READ}
        | {P.PERSON_ANSWER, P.DEATH_WRITE}
    ),
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.PUBLIC: frozenset({P.REGISTER_READ}),
}


@dataclass(frozen=True)
class Grant:
    """A role held in one home, in every home of a region, for one employer, or everywhere.

    Of an employer it opens what its people are paid, in whichever home they work, and no more.

    Parameters
    ----------
    home_id
        The one home, or None.
    region
        Division code whose homes are meant (``371600`` takes in every county of Binzhou), or None.
    employer_id
        The employer whose wages are meant, or None.
    """

    role: Role
    home_id: int | None = None
    region: str | None = None
    employer_id: int | None = None

    @property
    def everywhere(self) -> bool:
        """Whether the grant is bound to no place."""
        return self.home_id is None and self.region is None and self.employer_id is None


@dataclass(frozen=True)
class Scope:
    """The places a session may see: all, or some homes and regions; and the wages of employers."""

    everything: bool = False
    home_ids: frozenset[int] = frozenset()
    regions: frozenset[str] = frozenset()
    employer_ids: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether nothing at all may be seen."""
        return not (self.everything or self.home_ids or self.regions or self.employer_ids)

    def covers(self, home_id: int, county: str) -> bool:
        """Return whether a home is one of the places."""
        in_region = any(county.startswith(leading(region)) for region in self.regions)
        return self.everything or home_id in self.home_ids or in_region


def leading(region: str) -> str:
    """Return the leading digits that all divisions of a region share: 371600 → 3716."""
    for zeros in ("0000", "00"):
        if region.endswith(zeros):
            return region.removesuffix(zeros)
    return region


@dataclass(frozen=True)
class Caller:
    """Somebody (or a program) who calls a service; ``name`` goes into the audit trail."""

    name: str
    grants: tuple[Grant, ...] = field(default=())

    def may(self, permission: Permission) -> bool:
        """Return whether any grant carries the permission."""
        return not self.scope(permission).nothing

    def scope(self, permission: Permission) -> Scope:
        """Return the places in which the caller holds the permission."""
        return _places(grant for grant in self.grants if permission in ALLOWED[grant.role])

    @property
    def oversees(self) -> Scope:
        """The places at which the caller looks from outside."""
        return _places(grant for grant in self.grants if grant.role in OVERSEERS)

    @property
    def belongs_to(self) -> Scope:
        """The places to which the caller belongs, whatever else they may do there."""
        return _places(
            grant for grant in self.grants if grant.role not in OVERSEERS | {Role.PUBLIC}
        )


def _places(granted: Iterable[Grant]) -> Scope:
    grants = tuple(granted)
    return Scope(
        everything=any(grant.everywhere for grant in grants),
        home_ids=frozenset(g.home_id for g in grants if g.home_id is not None),
        regions=frozenset(g.region for g in grants if g.region is not None),
        employer_ids=frozenset(g.employer_id for g in grants if g.employer_id is not None),
    )


PUBLIC = Caller("public", (Grant(Role.PUBLIC),))
"""Anybody, not signed in: sees the register of stars, and no other record."""

SYSTEM = Caller("system", (Grant(Role.ADMINISTRATOR),))
"""The command line on the machine that holds the database; whoever runs it owns the file."""
