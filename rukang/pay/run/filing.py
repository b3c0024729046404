"""A month's files by employer as a job: asked for, written by a worker, kept sealed, handed out.

They are written with the leave of the account that asked, as it stands when the worker writes; and
they are handed to that account alone, as long as it may see every home in a file, or acts for its
employer.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from payroll import Policy
from rukang.base.access import Database, Permission
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.access.caller import caller_in
from rukang.base.clock import require_month
from rukang.base.database import audit, context
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.errors import ConflictError, NotAllowedError, NotFoundError
from rukang.bodies.homes import Home
from rukang.pay.documents.by_employer import write_by_employer
from rukang.pay.documents.month import slips_seen
from rukang.pay.store.records import PayFile, PayFiles
from rukang.pay.store.stored import homes_named

NEEDED = Permission.NUMBERS_READ
"""The files hold account numbers and citizen IDs in full."""


def order_files(session: Session, month: date, *, each: bool = False) -> tuple[PayFiles, Home]:
    """Keep an order of a month's files, and return it with the home in whose queue it waits.

    What the same account ordered of that month before is taken away: files of people are kept no
    longer than they are wanted.

    Raises
    ------
    InvalidError
        If the month is out of bounds.
    ConflictError
        If the session sees no calculated wages of the month.
    """
    require_month(month)
    seen = slips_seen(session, month)
    if not seen:
        raise ConflictError(
            f"{month:%Y-%m} 没有已计算的工资；请先计算，或核对月份。",
            f"{month:%Y-%m} has no calculated wages; calculate them first, or check the month.",
        )
    by = context.actor(session)
    earlier = select(PayFiles).where(PayFiles.asked_by == by, PayFiles.month == month)
    for old in session.scalars(earlier):
        session.delete(old)
    files = PayFiles(month=month, each=each, asked_by=by, asked_at=context.now(session))
    session.add(files)
    session.flush()
    first = seen[0].home_id
    return files, homes_named(session, [first])[first]


def write_ordered(database: Database, files_id: int, policy: Policy) -> None:
    """Write what was ordered and keep it sealed, in one transaction; what is written stays.

    Raises
    ------
    NotAllowedError
        If the account that asked is closed, or may not read numbers any more.
    NotFoundError
        If it does not see any wages of the month any more.
    """
    with database.session() as session:
        order = session.get(PayFiles, files_id)
        if order is None or order.made_at is not None:
            return
        caller = caller_of(named_account(session, order.asked_by))
    if not caller.may(NEEDED):
        raise NotAllowedError(
            f"{caller.name} 没有写出单位文件的权限；请由工资专员办理。",
            f"{caller.name} may not write the files of employers; a wage clerk may.",
        )
    with TemporaryDirectory() as folder, database.session(caller, NEEDED) as session:
        order = session.get_one(PayFiles, files_id)
        written = write_by_employer(session, order.month, Path(folder), policy, each=order.each)
        homes: dict[str, set[int]] = defaultdict(set)
        payers: dict[str, int] = {}
        for record in slips_seen(session, order.month):
            employer = record.employment.employer
            homes[employer.uscc].add(record.home_id)
            payers[employer.uscc] = employer.id
        for uscc, paths in written.items():
            for path in paths:
                content = path.read_bytes()
                session.add(
                    PayFile(
                        of=order,
                        employer_id=payers[uscc],
                        homes=sorted(homes[uscc]),
                        name=path.relative_to(folder).as_posix(),
                        size=len(content),
                        content_cipher=SessionVault.of(session).seal_bytes(content),
                    )
                )
        order.made_at = context.now(session)


def orders_query(session: Session) -> Select[tuple[PayFiles]]:
    """Return the query for what the session's caller ordered, newest first."""
    own = select(PayFiles).where(PayFiles.asked_by == context.actor(session))
    return own.order_by(PayFiles.asked_at.desc(), PayFiles.id)


def find_order(session: Session, files_id: int) -> PayFiles:
    """Return an order of the session's caller.

    Raises
    ------
    NotFoundError
        If the caller ordered none of that id.
    """
    own = (PayFiles.id == files_id) & (PayFiles.asked_by == context.actor(session))
    order = session.scalar(select(PayFiles).where(own))
    if order is None:
        raise NotFoundError(
            f"没有您申请的单位文件 {files_id}。", f"You have not ordered any files {files_id}."
        )
    return order


def files_of(session: Session, order: PayFiles) -> list[PayFile]:
    """Return the files of an order that its account may still see, by name."""
    scope = caller_in(session).scope(NEEDED)
    seen = set(session.scalars(select(Home.id)))
    return [
        file
        for file in order.files
        if file.employer_id in scope.employer_ids or seen.issuperset(file.homes)
    ]


def open_file(session: Session, order: PayFiles, file_id: int) -> tuple[PayFile, bytes]:
    """Return a file of an order and its content; that it was opened is written down.

    Raises
    ------
    NotFoundError
        If the order has none of that id, or its account may not see all that is in it any more.
    """
    for file in files_of(session, order):
        if file.id == file_id:
            audit.note(session, "read", file, {"name": file.name})
            return file, SessionVault.of(session).open_bytes(file.content_cipher)
    raise NotFoundError(
        f"这份单位文件里没有 {file_id}，或者您已经不能查看。",
        f"The order has no file {file_id}, or you may not see it any more.",
    )
