"""How a month's teams share out what they made: to be shown to their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import MadeIn, Policy, team_pay
from rukang.bodies.homes import Home
from rukang.pay.month.month_records import team_members
from rukang.pay.month.pieces import ALONE, MADE_IN, piece_of
from rukang.pay.store.shipped import shipped
from rukang.work.teams import TeamMember, TeamWork, by_weight


@dataclass(frozen=True)
class MemberShare:
    """A member of a team with the weight and what it earns of one item, in fen."""

    resident: str
    name: str
    weight: Decimal
    amount_fen: int


@dataclass(frozen=True)
class SharedOut:
    """What a team made of one item, and each member's share; ``total_fen`` is their sum."""

    work: TeamWork
    members: tuple[MemberShare, ...]

    @property
    def total_fen(self) -> int:
        """Return what the team earned."""
        return sum(member.amount_fen for member in self.members)


def team_shares_of(
    session: Session, home: Home, month: date, policy: Policy | None = None
) -> list[SharedOut]:
    """Return what the teams of a month made, by team, with everybody's shares.

    Parameters
    ----------
    policy
        The dated figures that the multiples of overtime are read from; the shipped ones if not
        given.

    Raises
    ------
    payroll.UnknownFigure
        If something was made in overtime whose multiple is not known at the home's place.
    """
    policy = policy or shipped()
    teams = team_members(session, home, month)
    query = select(TeamWork).where(TeamWork.home_id == home.id, TeamWork.month == month)
    works = session.scalars(query.order_by(TeamWork.team, TeamWork.id))
    return [_shared(work, teams[work.team], _multiple(work, home, policy)) for work in works]


def _shared(work: TeamWork, members: Sequence[TeamMember], multiple: Decimal) -> SharedOut:
    weights = [share.own for share in by_weight([member.weight for member in members])]
    made = piece_of(work, ALONE, MADE_IN[work.made_during])
    earned = team_pay(made, weights, multiple)
    return SharedOut(
        work,
        tuple(
            MemberShare(of.resident.code, of.resident.person.name, of.weight, fen)
            for of, fen in zip(members, earned, strict=True)
        ),
    )


def _multiple(work: TeamWork, home: Home, policy: Policy) -> Decimal:
    made_in = MADE_IN[work.made_during]
    if made_in is MadeIn.NORMAL:
        return Decimal(1)
    parameter = f"working_time.overtime.{made_in}_multiple"
    return Decimal(policy.value(parameter, home.county, work.month).value)
