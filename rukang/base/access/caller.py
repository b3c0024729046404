"""Who asks: the roles they hold, and over which homes, regions, employers or persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from rukang.base.divisions import leading as leading
from rukang.base.divisions import lies_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

from rukang.base.access.roles import Permission, Reach, Role


@dataclass(frozen=True)
class Grant:
    """A role held in one home, in a region, for an employer, for one person, or everywhere.

    Of an employer it opens what its people are paid, in whichever home they work, and no more; of
    a person what is on record of them, in whichever home.

    Parameters
    ----------
    home_id
        The one home, or another body (they share their ids), or None.
    region
        Division code whose homes are meant (``371600`` takes in every county of Binzhou), or None.
    employer_id
        The employer whose wages are meant, or None.
    person_id
        Who holds the account, or for whom a guardian stands, as the role says; or None.
    """

    role: Role
    home_id: int | None = None
    region: str | None = None
    employer_id: int | None = None
    person_id: int | None = None

    @property
    def reach(self) -> Reach:
        """Over what the role is held."""
        if self.person_id is not None:
            return Reach.PERSON if Reach.PERSON in self.role.reaches else Reach.OWN
        if self.employer_id is not None:
            return Reach.EMPLOYER
        if self.region is not None:
            return Reach.PLACE
        return Reach.ALL if self.home_id is None else Reach.BODY


@dataclass(frozen=True)
class Scope:
    """What a session may see: all, or homes and regions; wages of employers; records of persons."""

    everything: bool = False
    home_ids: frozenset[int] = frozenset()
    regions: frozenset[str] = frozenset()
    employer_ids: frozenset[int] = frozenset()
    person_ids: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether nothing at all may be seen."""
        places = self.everything or self.home_ids or self.regions
        return not (places or self.employer_ids or self.person_ids)

    def covers(self, home_id: int, county: str) -> bool:
        """Return whether a home is one of the places."""
        in_region = any(lies_in(county, region) for region in self.regions)
        return self.everything or home_id in self.home_ids or in_region


@dataclass(frozen=True)
class Caller:
    """Somebody (or a program) who calls a service; ``name`` goes into the audit trail.

    ``open`` are permissions held everywhere and by no role.
    """

    name: str
    grants: tuple[Grant, ...] = field(default=())
    open: frozenset[Permission] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Return whether the caller holds the permission over anything."""
        return not self.scope(permission).nothing

    def scope(self, permission: Permission) -> Scope:
        """Return the places in which the caller holds the permission."""
        if permission in self.open:
            return Scope(everything=True)
        return _places(grant for grant in self.grants if permission in grant.role.permissions)

    @property
    def oversees(self) -> Scope:
        """The places at which the caller looks from outside."""
        return _places(grant for grant in self.grants if grant.role.oversees)

    @property
    def belongs_to(self) -> Scope:
        """The places and persons to which the caller belongs, whatever else they may do there."""
        return _places(grant for grant in self.grants if not grant.role.oversees)


def _places(granted: Iterable[Grant]) -> Scope:
    grants = tuple(granted)
    return Scope(
        everything=any(grant.reach is Reach.ALL for grant in grants),
        home_ids=frozenset(g.home_id for g in grants if g.home_id is not None),
        regions=frozenset(g.region for g in grants if g.region is not None),
        employer_ids=frozenset(g.employer_id for g in grants if g.employer_id is not None),
        person_ids=frozenset(g.person_id for g in grants if g.person_id is not None),
    )


PUBLIC = Caller("public", open=frozenset({Permission.REGISTER_READ}))
"""Anybody, not signed in: sees the register of stars, and no other record."""

SYSTEM = Caller("system", (Grant(Role.ADMINISTRATOR),))
"""The command line on the machine that holds the database; whoever runs it owns the file."""


def caller_in(session: Session) -> Caller:
    """Return whose session it is, with what they may do and where."""
    return cast("Caller", session.info["caller"])
