"""Everything ever entered about a home; what was corrected stays to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pendulum
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.clock import in_shanghai
from rukang.base.errors import NotFoundError
from rukang.bodies.homes import Home
from rukang.stars.register.order import in_order
from rukang.stars.register.records import EventKind, StarEvent


@dataclass(frozen=True)
class Told:
    """One entry about a home, without anything of persons.

    It held from ``effective_on`` to ``until``, both included, or never where ``until`` is empty:
    another took over on the same day, or ``corrected_by`` says what should have been entered.
    """

    id: int
    kind: EventKind
    star: int
    edition: str
    effective_on: date
    until: date | None
    words: str
    entered_on: date
    corrects: int | None
    corrected_by: int | None


def history(session: Session, home: Home) -> Sequence[Told]:
    """Return every entry about a home, the newest first; corrected ones stay."""
    entries = in_order(session, home.id)
    corrected = {one.corrects_id: one.id for one in entries if one.corrects_id}
    return [_told(one, corrected.get(one.id)) for one in reversed(entries)]


def find_registered(session: Session, code: str) -> Home:
    """Return a home of which the register tells.

    Raises
    ------
    NotFoundError
        If nothing was ever entered about it: that there is such a home is not for the public.
    """
    entered = select(StarEvent.id).where(StarEvent.home_id == Home.id).exists()
    home = session.scalar(select(Home).where(Home.code == code, entered))
    if home is None:
        raise NotFoundError(
            f"公开名册中没有编号为 {code!r} 的机构。",
            f"The public register knows no home with the code {code!r}.",
        )
    return home


def _told(event: StarEvent, corrected_by: int | None) -> Told:
    return Told(
        id=event.id,
        kind=event.kind,
        star=event.star,
        edition=event.edition,
        effective_on=event.effective_on,
        until=_until(event),
        words=event.words,
        entered_on=in_shanghai(event.recorded_at).date(),
        corrects=event.corrects_id,
        corrected_by=corrected_by,
    )


def _until(event: StarEvent) -> date | None:
    """Return the last day on which an entry held."""
    if event.replaced_on is None:
        return event.valid_until
    day = event.replaced_on
    before = pendulum.date(day.year, day.month, day.day).subtract(days=1)
    last = min(event.valid_until, date(before.year, before.month, before.day))
    return last if last >= event.effective_on else None
