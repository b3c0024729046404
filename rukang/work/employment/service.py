"""Looking up who employs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.errors import NotFoundError
from rukang.work.employment.records import Employer


def find_employer(session: Session, uscc: str) -> Employer:
    """Return the employer of a unified social credit code.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    employer = session.scalar(select(Employer).where(Employer.uscc == uscc))
    if employer is None:
        raise NotFoundError(
            f"没有统一社会信用代码为 {shown(uscc)} 的用工单位。",
            f"No employer has number {shown(uscc)}.",
        )
    return employer
