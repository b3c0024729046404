"""Two full-time contracts at once: within a workbook, and against what is kept already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from rostering.sheets import Located
from rukang.base.spans import overlap
from rukang.forms import FromWorkbook
from rukang.people import Resident
from rukang.work.employment import Employer, Employment, EmploymentKind


def one_contract_at_a_time(taking: FromWorkbook, rows: Sequence[Located[Any]]) -> None:
    """Note two labour contracts of one person that hold on the same day."""
    contracts: dict[str, list[Located[Any]]] = defaultdict(list)
    for row in rows:
        if row.value.kind is EmploymentKind.CONTRACT:
            _check_above(taking, row, contracts[row.value.resident])
            contracts[row.value.resident].append(row)
    for code, mine in contracts.items():
        _check_kept(taking, code, mine)


def _check_above(taking: FromWorkbook, row: Located[Any], above: list[Located[Any]]) -> None:
    for other in above:
        one, two = row.value, other.value
        if overlap(one.started_on, one.ended_on, two.started_on, two.ended_on):
            taking.report(
                row,
                "开始日期",
                zh=f"与第 {other.row} 行同时有效：一人同一时间只能有一份全日制劳动合同；"
                "请填写前一份的结束日期，或改正开始日期",
                en=f"holds at the same time as row {other.row}: one full-time contract at a"
                " time; end the earlier one, or correct the date",
            )


def _check_kept(taking: FromWorkbook, code: str, rows: list[Located[Any]]) -> None:
    """Note contracts the workbook cannot be about: another employer's, or kept by another home."""
    named = [row.value.employer for row in rows]
    people = select(Resident.person_id).where(
        Resident.home_id == taking.home_id, Resident.code == code
    )
    query = (
        select(Employment)
        .join(Resident, Employment.resident_id == Resident.id)
        .join(Employer, Employment.employer_id == Employer.id)
        .where(Resident.person_id.in_(people), Employment.kind == EmploymentKind.CONTRACT)
        .where(or_(Employment.home_id != taking.home_id, Employer.uscc.not_in(named)))
    )
    for kept in taking.session.scalars(query):
        for row in rows:
            value = row.value
            if overlap(value.started_on, value.ended_on, kept.started_on, kept.ended_on):
                zh, en = _beside(kept, taking)
                taking.report(row, "开始日期", zh=zh, en=en)


def _beside(kept: Employment, taking: FromWorkbook) -> tuple[str, str]:
    """Return that a contract holds already; of another home's, no more than that."""
    if kept.home_id == taking.home_id:
        zh = f"此人自 {kept.started_on} 起已有一份有效的劳动合同（另一单位）；请先填写其结束日期"
        en = f"a contract with another employer holds since {kept.started_on}; end it first"
    else:
        zh = "此人同一时间已在另一家机构登记有劳动合同；请先在那里填写结束日期，或改正日期"
        en = "another home has a contract of this person at that time: end it there first"
    return zh, en
