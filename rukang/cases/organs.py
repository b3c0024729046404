"""Organs: who is responsible, written ``home:ZP001`` or ``place:371681``, and who acts for them.

A home is an organ by its code, and a place by its division code: the office that answers for it,
such as the federation of a county. People act for the homes they belong to and for the places they
oversee; whoever administers the installation acts for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.access import Caller
from rukang.base.access.caller import caller_in
from rukang.base.divisions import lies_in
from rukang.base.errors import InvalidError, NotAllowedError, NotFoundError
from rukang.bodies import Body
from rukang.bodies.homes import Home

FORM = re.compile(r"(home):([\w-]{1,20})|(place):(\d{2,12})")


@dataclass(frozen=True)
class Organ:
    """An organ with where it is; ``home_id`` of a home only."""

    name: str
    zh: str
    en: str
    place: str
    home_id: int | None = None


def organ_of_home(home: Home) -> str:
    """Return the home as an organ."""
    return f"home:{home.code}"


def organ_of_place(place: str) -> str:
    """Return the office of a place as an organ."""
    return f"place:{place}"


def organs(session: Session, names: Iterable[str]) -> dict[str, Organ]:
    """Return organs by name, in one statement however many.

    Raises
    ------
    InvalidError
        If a name is none of an organ.
    NotFoundError
        If there is no such home.
    """
    parted = {name: _parted(name) for name in names}
    codes = sorted(code for kind, code in parted.values() if kind == "home")
    # Of the connection: who has a part is told also to whom the home itself is not shown.
    home = Body.__table__.c
    query = select(home.code, home.id, home.name, home.county).where(home.code.in_(codes))
    rows = session.connection().execute(query) if codes else ()
    homes = {code: (row, name, county) for code, row, name, county in rows}
    return {name: _organ(name, *of, homes) for name, of in parted.items()}


def may_act_for(caller: Caller, organ: Organ) -> bool:
    """Return whether somebody acts for an organ."""
    if caller.oversees.everything:
        return True
    if organ.home_id is not None:
        return caller.belongs_to.covers(organ.home_id, organ.place)
    return any(lies_in(organ.place, region) for region in caller.oversees.regions)


def refuse_stranger(session: Session, name: str) -> None:
    """Refuse who does not act for an organ.

    Raises
    ------
    NotAllowedError
        If the session's caller acts for others.
    """
    organ = organs(session, [name])[name]
    if not may_act_for(caller_in(session), organ):
        raise NotAllowedError(
            f"这一步由{organ.zh}负责，您的账号不属于该单位。",
            f"{organ.en} is responsible, and your account does not act for it.",
        )


def _parted(name: str) -> tuple[str, str]:
    found = FORM.fullmatch(name)
    if found is None:
        raise InvalidError(
            f"单位 {shown(name)} 请写成 home:ZP001（机构）或 place:371681（区划）。",
            f"Write the organ {shown(name)} like home:ZP001 (a home) or place:371681 (a division).",
        )
    return (found[1] or found[3], found[2] or found[4])


def _organ(name: str, kind: str, code: str, homes: dict[str, tuple[int, str, str]]) -> Organ:
    if kind == "place":
        return Organ(name, f"{code} 残联", f"federation of {code}", code)
    if code not in homes:
        raise NotFoundError(f"没有机构 {shown(code)}。", f"There is no home {shown(code)}.")
    row, title, county = homes[code]
    return Organ(name, title, title, county, row)
