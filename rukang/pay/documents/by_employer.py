"""A month's files for each employer: a folder of its own, with nothing of anybody else in it.

Every file says which homes it covers, and whether the employer has people elsewhere: who works on
some homes alone cannot hand in the whole of an employer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Policy
from rukang.base.clock import days_of_month, in_shanghai, month_in_words
from rukang.base.database import spans
from rukang.base.errors import NotFoundError
from rukang.base.papers import Cell, Column, Sheet, private_files, write_workbook
from rukang.bodies import Body
from rukang.pay.documents import summary
from rukang.pay.documents.advances import advances
from rukang.pay.documents.invoices import invoice
from rukang.pay.documents.month import PaidMonth, months_together
from rukang.pay.documents.notes import notes_of
from rukang.pay.documents.offices import bank_list, insurance_sheets
from rukang.pay.documents.offices.tax_sheet import tax_sheet
from rukang.pay.documents.payslips import payslip_sheets
from rukang.pay.documents.payslips.payslip_pdf import write_payslips
from rukang.pay.paying.payments import send_some
from rukang.pay.store.records import PayRun, PayslipRecord, RunState
from rukang.work.employment import Employer, Employment

COVERED = "涵盖范围"
NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|\0', "_"))
"""Characters that some file system does not allow in a name."""

STATES = {
    RunState.CALCULATED: "已计算，未批准",
    RunState.APPROVED: "已批准，未锁定",
    RunState.LOCKED: "已锁定",
    RunState.PAID: "已发放",
    RunState.RECONCILED: "已对账",
    RunState.DECLARED: "已申报",
}


def write_by_employer(
    session: Session,
    month: date,
    folder: Path,
    policy: Policy,
    *,
    payers: Collection[str] = (),
    sending: bool = False,
    each: bool = False,
) -> dict[str, list[Path]]:
    """Write the files of a month for every employer the session may see; return them by number.

    Tax import, insurance declaration, bank list, invoice and statement, in a folder an employer,
    from all homes the session may see. Accounts and citizen IDs are opened with entries in the
    audit trail. Files are readable by their owner only and replace older ones only once all of
    them are written.

    Parameters
    ----------
    month
        First day of the month.
    payers
        Credit codes of the employers wanted; all of them if none is named.
    sending
        Whether the bank lists go to the bank now: they hold what was never sent or failed, and
        that is noted as sent. Otherwise they hold every payment of a locked run.
    each
        Whether everybody's payslip is written too, one PDF a person, named by home and code.

    Raises
    ------
    NotFoundError
        If the month has no calculated wages, or an employer named has none in it.
    ConflictError
        If payments shall be sent of a run that is not locked.
    NotAllowedError
        If the session was not opened with the permission to read numbers.
    payroll.UnknownFigure
        If the columns of the tax office's sheet are not known for a place.
    """
    whole = months_together(session, month)
    wanted = _wanted(whole, payers)
    with private_files(folder) as draft:
        for payer in wanted:
            own = whole.of(payer)
            going = _going(session, own, sending=sending)
            _write(session, own, going, policy, draft / folder_of(payer), each=each)
        return {
            payer.uscc: sorted(
                folder / path.relative_to(draft)
                for path in (draft / folder_of(payer)).rglob("*")
                if path.is_file()
            )
            for payer in wanted
        }


def folder_of(payer: Employer) -> str:
    """Return the name of an employer's folder: its number, and its name as far as names allow."""
    return f"{payer.uscc} {payer.name.translate(NOT_IN_NAMES)}".rstrip(" .")


def _wanted(whole: PaidMonth, payers: Collection[str]) -> list[Employer]:
    found = {payer.uscc: payer for payer in whole.payers}
    missing = [code for code in payers if code not in found]
    if missing or not found:
        which = "、".join(missing)
        raise NotFoundError(
            f"{month_in_words(whole.month)}没有{which and f'单位 {which} 的'}已计算的工资；"
            "请先计算，或核对月份和统一社会信用代码。",
            f"{whole.month:%Y-%m} has no calculated wages{which and f' of {which}'};"
            " calculate them first, or check month and credit code.",
        )
    return [payer for code, payer in found.items() if not payers or code in payers]


def _going(session: Session, own: PaidMonth, *, sending: bool) -> Sequence[PayslipRecord]:
    """Return the payments of the bank list."""
    if sending:
        return send_some(session, [paid.record for paid in own.people])
    return [paid.record for paid in own.people if paid.state.is_final]


def _write(
    session: Session,
    own: PaidMonth,
    going: Sequence[PayslipRecord],
    policy: Policy,
    folder: Path,
    *,
    each: bool,
) -> None:
    covered = coverage(session, own)
    books = {
        "income-tax-import.xlsx": [tax_sheet(session, own, policy)],
        "insurance.xlsx": [
            insurance_sheets.declaration(session, own),
            insurance_sheets.movements(session, own),
        ],
        "bank-list.xlsx": bank_list.bank_sheets(session, going),
        "invoice.xlsx": [invoice(own), *advances(session, own)],
        "statement.xlsx": [
            payslip_sheets.register(own),
            summary.employers(own),
            summary.notes(session, own),
            summary.doubtful_figures(own),
        ],
    }
    for name, sheets in books.items():
        write_workbook(folder / name, [*sheets, covered], own.made_at)
    if each:
        write_each(session, own, folder / "payslips")


def write_each(session: Session, month: PaidMonth, folder: Path) -> list[Path]:
    """Write everybody's payslip into a PDF of its own, named by home and code.

    Somebody who went from a contract to an agreement within the month has two: the second one is
    numbered.
    """
    notes = notes_of(session, month)
    named: Counter[str] = Counter()
    written = []
    for paid in month.people:
        name = f"{paid.home.code}-{paid.slip.worker}".translate(NOT_IN_NAMES)
        named[name] += 1
        path = folder / (f"{name}-{named[name]}.pdf" if named[name] > 1 else f"{name}.pdf")
        own = [note for note in notes if note.paid is paid]
        written.append(write_payslips(month.only(paid), own, path))
    return written


def coverage(session: Session, own: PaidMonth) -> Sheet:
    """Return which homes the files of an employer cover, and what of the employer they do not."""
    if own.payer is None:
        raise ValueError("a month of one employer is asked for")
    states = {paid.home.id: paid.state for paid in own.people}
    counted = {home.id: sum(paid.home.id == home.id for paid in own.people) for home in own.homes}
    rows: list[tuple[Cell, ...]] = [
        ("涵盖 Covered", home.code, home.name, counted[home.id], STATES[states[home.id]])
        for home in own.homes
    ]
    rows += [
        ("未包括 Not covered", code, name, None, "本月工资还没有计算 Not calculated")
        for code, name in _not_calculated(session, own, own.payer)
    ]
    elsewhere = _has_others(session, own, own.payer)
    rows.append(
        ("其他机构 Other homes", "", "", None, "有，不在本文件内 Yes, not in this file")
        if elsewhere
        else ("其他机构 Other homes", "", "", None, "没有 None")
    )
    made = f"{in_shanghai(own.made_at):%Y-%m-%d %H:%M}"
    columns: list[Column | str] = [
        Column("范围 Scope", 22),
        "机构编号 Code",
        Column("机构 Home", 32),
        "人数 People",
        Column("状态 State", 44, wrap=True),
    ]
    title = f"{own.payer.name} {own.payer.uscc} {month_in_words(own.month)}（{made} 写出）"
    return Sheet(COVERED, columns, rows, title)


def _not_calculated(session: Session, own: PaidMonth, payer: Employer) -> list[tuple[str, str]]:
    """Return code and name of homes whose work for the employer is seen, but has no payslips yet.

    The homes are asked past the session: who acts for an employer sees the work and no home.
    """
    covered = {home.id for home in own.homes}
    query = select(Employment.home_id).where(*_held(Employment, payer, own.month))
    missing = set(session.scalars(query)) - covered - _calculated(session, own.month)
    homes = Body.__table__.c
    named = select(homes.code, homes.name).where(homes.id.in_(missing)).order_by(homes.code)
    return [(row.code, row.name) for row in session.connection().execute(named)]


def _calculated(session: Session, month: date) -> set[int]:
    runs = PayRun.__table__.c
    query = select(runs.home_id).where(runs.month == month, runs.state != RunState.DRAFT)
    return set(session.connection().scalars(query))


def _has_others(session: Session, own: PaidMonth, payer: Employer) -> bool:
    """Return whether the employer has people in homes that the session may not see.

    Asked past the session on purpose: that there are others is told, and not where.
    """
    works = Employment.__table__.c
    seen = set(
        session.scalars(select(Employment.home_id).where(Employment.employer_id == payer.id))
    )
    query = select(works.home_id).where(*_held(works, payer, own.month))
    everywhere = set(session.connection().scalars(query))
    return bool(everywhere - seen)


def _held(works: Any, payer: Employer, month: date) -> tuple[Any, ...]:
    days = days_of_month(month)
    return (
        works.employer_id == payer.id,
        spans.overlap(works.started_on, works.ended_on, days[0], days[-1]),
    )
