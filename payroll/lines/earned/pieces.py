"""Pay for pieces."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from payroll.columns import MADE_IN, Columns
from payroll.figures import NOBODY, Figure
from payroll.lines.earned.time import OVERTIME
from payroll.lines.line import Formula, Words, plain
from payroll.lines.sheet import Sheet
from payroll.money import Column, yuan
from payroll.rules import piece_pay as rules
from payroll.worker import OVERTIME_ZH, MadeIn, Piece, team_shares


def piece_pay(sheet: Sheet) -> None:
    """Add the pay for pieces, each item written out."""
    people = sheet.people
    made_in = people.pieces.made_in
    sheet.add(
        "piece_pay",
        people.sum_by_person(people.pieces, _each(sheet)),
        rules.piece_pay,
        Formula("{pieces}", "{pieces}"),
        operands={"pieces": Words(lambda person: _list(people, person))},
        figures=[_read_for(sheet, day) for day in OVERTIME],
        inputs=("pieces",),
        applies=people.sum_by_person(people.pieces, np.ones_like(made_in)) > 0,
    )


def team_pay(
    made: Piece, weights: Sequence[int], multiple: Decimal = Decimal(1)
) -> tuple[int, ...]:
    """Return what each member of a team earns with pieces made at one time, in fen.

    Parameters
    ----------
    made
        What the whole team made.
    weights
        The members' weights in a fixed order, whole numbers of anything (hours, points).
    multiple
        At which the pieces are paid: 1 in normal hours, 1.5, 2 or 3 in overtime.

    Raises
    ------
    ValueError
        If nobody has any weight, or one is negative.
    """
    shares = team_shares(weights)
    quantity, rate = (np.array([int(of * 100)]) for of in (made.quantity, made.rate_fen))
    hundredths, faults = np.array([int(multiple * 100)]), np.array([made.quality_deduction_fen])
    whole = rules.whole_pay(quantity, rate, hundredths, faults)
    before, own, of = (
        np.array([getattr(share, part) for share in shares]) for part in ("before", "own", "of")
    )
    return tuple(map(int, rules.piece_pay(whole.repeat(len(shares)), before, own, of)))


def in_normal_hours(sheet: Sheet) -> Column:
    """Return each person's pay for pieces that were not made in overtime."""
    pieces = sheet.people.pieces
    normal = pieces.made_in == MADE_IN.index(MadeIn.NORMAL)
    return sheet.people.sum_by_person(pieces, np.where(normal, _each(sheet), 0))


def _each(sheet: Sheet) -> Column:
    """Return the pay for every item."""
    pieces = sheet.people.pieces
    whole = rules.whole_pay(
        pieces.quantity, pieces.rate, _multiples(sheet), pieces.quality_deduction
    )
    return rules.piece_pay(whole, pieces.share_before, pieces.share_own, pieces.share_of)


def _multiples(sheet: Sheet) -> Column:
    """Return at what multiple each item is paid, in hundredths."""
    pieces, last = sheet.people.pieces, sheet.people.last_spell
    multiple = np.full(len(pieces.person), 100, np.int64)
    for day in OVERTIME:
        then = pieces.made_in == _code(day)
        multiple[then] = _multiple(sheet, day).hundredths[last[pieces.person[then]]]
    return multiple


def _read_for(sheet: Sheet, day: str) -> Figure:
    """Return a multiple as the figure of those alone who made pieces then."""
    people, figure = sheet.people, _multiple(sheet, day)
    then = people.pieces.made_in == _code(day)
    made = people.sum_by_person(people.pieces, then.astype(np.int64)) > 0
    row = np.where(made, figure.row[people.last_spell], NOBODY)
    return Figure(figure.parameter, figure.found, row)


def _multiple(sheet: Sheet, day: str) -> Figure:
    return sheet.figures[f"working_time.overtime.{day}_multiple"]


def _code(day: str) -> int:
    return MADE_IN.index(MadeIn(day))


def _list(people: Columns, person: int) -> str:
    return " + ".join(_words(people, row) for row in people.rows_of(people.pieces, person))


def _words(people: Columns, row: int) -> str:
    pieces = people.pieces
    quantity, rate = (Decimal(int(column[row])) / 100 for column in (pieces.quantity, pieces.rate))
    words = f"{people.items.at(row)} {plain(quantity)} × {_rate_text(rate)}"
    made_in = MADE_IN[pieces.made_in[row]]
    if made_in is not MadeIn.NORMAL:
        words += f"（{OVERTIME_ZH[made_in]}）"
    if pieces.quality_deduction[row]:
        words += f" − 质量扣减 {yuan(pieces.quality_deduction[row])}"
    if pieces.share_own[row] != pieces.share_of[row]:
        words += f"，集体计件占 {pieces.share_own[row]}/{pieces.share_of[row]}"
    return words


def _rate_text(rate_fen: Decimal) -> str:
    exact = rate_fen.scaleb(-2)
    return f"{exact:.2f}" if rate_fen == int(rate_fen) else plain(exact)
