"""Roles as administrators name them: a role, and over what it is held."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.access import Grant, Reach, Role
from rukang.base.errors import InvalidError
from rukang.bodies import find_body
from rukang.people import find_person
from rukang.work.employment import find_employer

REGION_DIGITS = 6
"""Digits of a division code (GB/T 2260)."""

NAMED_BY = {
    Reach.BODY: ("home（机构编号）", "home, its code"),
    Reach.PLACE: ("region（区划代码）", "region, a division code"),
    Reach.EMPLOYER: ("employer（统一社会信用代码）", "employer, its credit code"),
    Reach.OWN: ("person（本人，如 ZP001/R01）", "person, whose account it is, like ZP001/R01"),
    Reach.PERSON: (
        "person（被监护人，如 ZP001/R01）", "person, for whom the guardian stands, like ZP001/R01",
    ),
}  # fmt: skip
"""How that is named over which a role is held."""


@dataclass(frozen=True)
class Over:
    """Over what a role is to be held, as it was written; nothing at all is everywhere.

    Parameters
    ----------
    home, region, employer
        Code of a home or another body, division code, credit code of an employer.
    person
        A home and a code in it, like ``ZP001/R01``, or a person's number.
    """

    home: str | None = None
    region: str | None = None
    employer: str | None = None
    person: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Return what is named."""
        return tuple(name for name in vars(self).values() if name)

    def __str__(self) -> str:
        """Return what is named, as it was written."""
        return "、".join(self.named) or str(Reach.ALL.words)


def grant_over(session: Session, role: Role, over: Over) -> Grant:
    """Return the grant of a role over what is named.

    Raises
    ------
    InvalidError
        If several are named, none for a role that is not an administrator's, or no division code.
    NotFoundError
        If there is no such body, employer or person.
    """
    require_one(role, over)
    return Grant(
        role,
        find_body(session, over.home).id if over.home else None,
        over.region or None,
        find_employer(session, over.employer).id if over.employer else None,
        find_person(session, over.person).id if over.person else None,
    )


def require_one(role: Role, over: Over) -> None:
    """Refuse a role bound to no place, unless it is the administrator's.

    Raises
    ------
    InvalidError
        If none or several are named, or no division code is given.
    """
    if len(over.named) > 1:
        raise InvalidError(
            "home、region、employer、person 只能写一个。",
            "Give one of home, region, employer and person, not several.",
        )
    if role is not Role.ADMINISTRATOR and not over.named:
        options = [NAMED_BY[reach] for reach in NAMED_BY if reach in role.reaches]
        raise InvalidError(
            f"{role.zh}（{role.value}）须写明范围：{'，或 '.join(zh for zh, _ in options)}。",
            f"The role {role.value} needs its place: {' or '.join(en for _, en in options)}.",
        )
    region = over.region
    if region and not (region.isascii() and region.isdigit() and len(region) == REGION_DIGITS):
        raise InvalidError(
            f"区划代码 {shown(region)} 应为 {REGION_DIGITS} 位数字，如 371600。",
            f"The division code {shown(region)} should have {REGION_DIGITS} digits, like 371600.",
        )
