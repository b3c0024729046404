"""An employer of several homes: one of them may not change what the wages of another rest on."""

from __future__ import annotations

from sqlalchemy import select

from rostering.sheets import Located
from rukang.doors.intake.employment.rows import EmployerRow
from rukang.doors.intake.numbers import USCC
from rukang.forms import FromWorkbook
from rukang.work.employment import Employer, Employment


def check_shared(intake: FromWorkbook, rows: list[Located[EmployerRow]]) -> None:
    """Note changes of an employer who also employs people of homes that are not the caller's."""
    beyond = select(Employment.employer_id).where(Employment.home_id.not_in(intake.yours))
    query = select(Employer).where(Employer.id.in_(beyond))
    shared = {employer.uscc: employer for employer in intake.session.scalars(query)}
    for row in rows:
        values = row.value.kept()
        known = shared.get(values["uscc"])
        if known and any(getattr(known, name) != value for name, value in values.items()):
            intake.book.report(
                row,
                USCC,
                zh="此单位也在其他机构用工，登记内容与此不同；请核对各列，确需更改请联系管理员",
                en="also employs people of other homes, and is registered otherwise: check the row,"
                " or ask the administrator to change it",
            )
