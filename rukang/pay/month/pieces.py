"""What somebody made in a month, alone or with a team, as the pieces of the wage rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll import MadeIn, Piece
from payroll.worker import Share
from rukang.care.attendance import HoursWorked, PieceWork
from rukang.pay.month.days import Schedule
from rukang.work.employment import Employment
from rukang.work.teams import MadeDuring, TeamWork

FEN = 100
ALONE = Share(before=0, own=1, of=1)
NOTHING_MADE = (Piece(item="没有做件", quantity=Decimal(0), rate_fen=Decimal(0)),)
"""Pieces of somebody who was paid for statutory holidays alone: no record of pieces is missing."""
MADE_IN = {
    MadeDuring.NORMAL: MadeIn.NORMAL,
    MadeDuring.WORKDAY: MadeIn.WORKDAY,
    MadeDuring.REST_DAY: MadeIn.REST_DAY,
    MadeDuring.HOLIDAY: MadeIn.HOLIDAY,
}
"""What the wage rules call the hours in which a team made something."""


@dataclass(frozen=True)
class Made:
    """What a resident has of something made: all of it, or a share of a team's."""

    resident_id: int
    work: PieceWork | TeamWork
    share: Share = ALONE

    @property
    def day(self) -> date | None:
        """Return the day on which it was made, None where only the month is known."""
        return self.work.day


def pieces_of(
    work: Employment, made: Iterable[Made], hours: Sequence[HoursWorked], schedule: Schedule
) -> tuple[Piece, ...]:
    """Return what was made under an employment as the wage rules take it.

    Of a team it is said in which hours something was made. Where pieces are all the pay, what was
    made on a day off is overtime by its day, unless time off makes up for all of that day's
    overtime (工资支付暂行规定第十三条); elsewhere the wage by time pays for it.
    """
    made_up = {of.day for of in hours if of.lieu and of.lieu >= of.overtime}

    def made_in(item: PieceWork | TeamWork) -> MadeIn:
        if isinstance(item, TeamWork):
            return MADE_IN[item.made_during]
        if not work.by_pieces or item.day is None or item.day in made_up:
            return MadeIn.NORMAL
        if item.day in schedule.statutory:
            return MadeIn.HOLIDAY
        return MadeIn.NORMAL if item.day in schedule.scheduled else MadeIn.REST_DAY

    return tuple(piece_of(of.work, of.share, made_in(of.work)) for of in made)


def piece_of(work: PieceWork | TeamWork, share: Share, made_in: MadeIn) -> Piece:
    """Return something made as the wage rules take it."""
    return Piece(
        item=work.item,
        quantity=Decimal(work.quantity),
        rate_fen=work.rate * FEN,
        quality_deduction_fen=work.quality_deduction_fen,
        share=share,
        made_in=made_in,
    )
