"""The list a bank pays parts of a month from: like that of wages, and of which days each row is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from payroll import yuan
from rukang.base.database import context
from rukang.base.papers import Sheet, private_files, write_workbook
from rukang.pay.documents.offices.bank_list import COLUMNS, SHEET, TOTALS, USUAL, Going
from rukang.pay.store.records import PartPayment
from rukang.pay.store.stored import homes_named
from rukang.people import deaths

PERIOD = "期间"


def period_of(part: PartPayment) -> str:
    """Return the days of a part as the list names them."""
    return f"{part.first} 至 {part.last}"


def write_part_list(session: Session, parts: Sequence[PartPayment], path: Path) -> Path:
    """Write the list of some parts for the bank, and return its path.

    Of somebody who died the heirs' payee is paid; while nobody named one, there is no row.

    Raises
    ------
    NotAllowedError
        If the session was not opened with the permission to read numbers.
    """
    dead, homes = deaths(session), homes_named(session, {part.home_id for part in parts})
    going = [
        (part, Going(part.employment, homes[part.home_id], part.amount_fen, death))
        for part in parts
        for death in [dead.get(part.employment.resident.person_id)]
        if part.amount_fen and (death is None or death.payee)
    ]
    rows = [
        (*(COLUMNS[column](session, to_pay) for column in USUAL), period_of(part))
        for part, to_pay in going
    ]
    total = yuan(sum(part.amount_fen for part, _ in going))
    sheets = [
        Sheet(SHEET, [*USUAL, PERIOD], rows),
        Sheet(TOTALS, ["笔数 Payments", "金额（元） Yuan"], [(len(rows), total)]),
    ]
    with private_files(path.parent) as draft:
        write_workbook(draft / path.name, sheets, context.now(session))
    return path
