"""What cannot be in 04-用工单位."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payroll.policy import places
from rostering.sheets import Located, WorkbookReader, unique
from rukang.doors.intake.employment.overlap import check_overlaps
from rukang.doors.intake.employment.rows import (
    EMPLOYERS,
    EMPLOYMENTS,
    EmployerRow,
    EmploymentRow,
    ToDateRow,
)
from rukang.doors.intake.numbers import ACCOUNT, USCC, check_number
from rukang.forms import FromWorkbook, another_name
from rukang.forms.raw import column, columns
from rukang.numbers import bank_account, uscc
from rukang.people import Resident
from rukang.work.employment import EmploymentKind, PayBasis

LocatedWork = Located[EmploymentRow]

MONTHLY, HOURLY, CYCLE, BASE = "月工资（元）", "小时工资（元）", "发薪周期（天）", "申报基数（元）"
BASIS = "计酬方式"
NEEDED = {
    EmploymentKind.CONTRACT: (MONTHLY, BASE),
    EmploymentKind.PART_TIME: (HOURLY, CYCLE),
    EmploymentKind.AGREEMENT: (),
}
"""Which terms each kind of work has to state."""
OF_ONE_KIND = (MONTHLY, HOURLY, CYCLE)
"""Terms that only one kind of work has."""


def check_employers(book: WorkbookReader, rows: list[Located[EmployerRow]]) -> None:
    """Note doubled employers, wrong codes and a rate without the document it stands in."""
    unique(book, rows, USCC)
    for row in rows:
        check_number(book, row, USCC, uscc.validate, row.value.uscc)
        for header, place in (
            ("行政区划代码", row.value.county),
            ("参保地代码", row.value.insured_place),
        ):
            if not places.is_code(place):
                book.report(
                    row,
                    header,
                    zh="不是行政区划代码：前两位不是任何省份；例如邹平市为 371681",
                    en="no division code, its first two digits are no province; 邹平市 is 371681",
                )
        if row.value.injury_rate is not None and not row.value.rate_document:
            book.report(
                row,
                "费率依据",
                zh="填了工伤保险费率就要写明依据文件，例如核定通知的名称和日期",
                en="a work-injury rate needs the notice it stands in, with its date",
            )


def check_employments(
    intake: FromWorkbook, rows: list[LocatedWork], residents: Mapping[str, Resident]
) -> None:
    """Note everything wrong with the employments, one by one and against each other."""
    unique(intake.book, rows, "人员编号", USCC, "开始日期")
    employers = {uscc.compact(code) for code in column(intake.book, EMPLOYERS, USCC)}
    for row in rows:
        _check_employer(intake.book, row, employers)
        check_number(intake.book, row, ACCOUNT, bank_account.validate, row.value.account)
        _check_terms(intake.book, row)
        _check_tax(intake.book, row)
        _check_fund(intake.book, row)
        resident = check_resident(intake.book, row, row.value.resident, residents)
        if resident is not None:
            _check_person(intake.book, row, resident)
    check_overlaps(intake, rows)


def check_to_date(intake: FromWorkbook, rows: list[Located[ToDateRow]]) -> None:
    """Note totals of nobody's employment, or of more months than the year had."""
    unique(intake.book, rows, "人员编号", USCC, "截至月份")
    named = columns(intake.book, EMPLOYMENTS, "人员编号", USCC)
    known = {(resident, uscc.compact(code)) for resident, code in named}
    for row in rows:
        if (row.value.resident, uscc.compact(row.value.uscc)) not in known:
            intake.book.report(
                row,
                "人员编号",
                zh="“用工关系”表中没有此人在该单位的记录；请核对编号和单位",
                en="no row of 用工关系 has this person at this employer",
            )
        if row.value.months > row.value.through.month:
            intake.book.report(
                row,
                "任职月数",
                zh=f"截至 {row.value.through.month} 月，任职最多 {row.value.through.month} 个月",
                en=f"at most {row.value.through.month} months up to then",
            )


def check_resident(
    book: WorkbookReader, row: Located[Any], code: str, residents: Mapping[str, Resident]
) -> Resident | None:
    """Return the resident of a code, or None with a finding."""
    if code not in residents:
        book.report(
            row,
            "人员编号",
            zh="本机构没有这个编号的入园人员；请先导入人员工作簿，或改正编号",
            en="the home has no resident of this code: import the people first, or correct it",
        )
    return residents.get(code)


def _check_employer(book: WorkbookReader, row: LocatedWork, employers: set[str]) -> None:
    if uscc.compact(row.value.uscc) not in employers:
        book.report(
            row,
            USCC,
            zh="“用工单位”表中没有这个单位；请核对代码",
            en="no row of 用工单位 has this code; correct the code",
        )


def _check_person(book: WorkbookReader, row: LocatedWork, resident: Resident) -> None:
    if resident.person.name != row.value.name:
        book.report(row, "姓名", **another_name(row.value.resident, resident.person.name))
    if row.value.started_on < resident.joined_on:
        book.report(
            row,
            "开始日期",
            zh=f"早于入园日期 {resident.joined_on}；请核对两个日期",
            en=f"before the person joined the home on {resident.joined_on}; check both dates",
        )


def _check_terms(book: WorkbookReader, row: LocatedWork) -> None:
    value = row.value
    if value.ended_on is not None and value.ended_on < value.started_on:
        book.report(
            row,
            "结束日期",
            zh=f"早于开始日期 {value.started_on}；请核对两个日期",
            en=f"before the first day {value.started_on}; check both dates",
        )
    if value.kind is EmploymentKind.AGREEMENT and value.insured_from is not None:
        book.report(
            row,
            "参保起始月",
            zh="辅助性就业协议没有劳动关系，不由单位参加五险；请留空",
            en="an agreement is no labour relation and has no five insurances: leave it empty",
        )
    if value.insured_to and (not value.insured_from or value.insured_to < value.insured_from):
        book.report(
            row,
            "参保终止月",
            zh="没有参保起始月，或早于它；请核对两个月份",
            en="without a first insured month, or before it; check both months",
        )
    if (
        value.kind is EmploymentKind.PART_TIME
        and value.insured_from
        and not value.declared_base_fen
    ):
        book.report(
            row,
            "申报基数（元）",
            zh="参加工伤保险须填写，且大于 0",
            en="work-injury insurance needs it, above 0",
        )
    _check_pay(book, row)


def _check_pay(book: WorkbookReader, row: LocatedWork) -> None:
    value = row.value
    by_pieces = value.pay_basis is PayBasis.PIECES
    if value.pay_basis is not None and value.kind is not EmploymentKind.CONTRACT:
        book.report(
            row,
            BASIS,
            zh=f"只有劳动合同要填；{value.kind}的计酬方式由用工形式决定，请留空",
            en="only labour contracts need it: leave it empty here",
        )
        by_pieces = False
    # A month's wage that was merely forgotten must not pass for pay by pieces: that is said.
    wanted = (BASE,) if by_pieces else NEEDED[value.kind]
    kind = f"计件的{value.kind}" if by_pieces else value.kind
    for header, amount in _amounts(value):
        if header in wanted and not amount:
            hint = "；只按计件付酬的，请在“计酬方式”填“计件”" if header == MONTHLY else ""
            only = "; if pieces are all the pay, say so under 计酬方式" if hint else ""
            book.report(
                row,
                header,
                zh=f"{kind}须填写，且大于 0{hint}",
                en=f"needed here, and above 0{only}",
            )
        elif header in OF_ONE_KIND and header not in wanted and amount:
            book.report(row, header, zh=f"{kind}没有这一项，请留空", en="leave it empty here")


def _check_tax(book: WorkbookReader, row: LocatedWork) -> None:
    value = row.value
    if value.first_job and not value.first_job_evidence:
        book.report(
            row,
            "首次就业依据",
            zh="填了“是”就要写明依据：此前本年没有工资薪金，怎样核实的，材料存在哪里"
            "（国家税务总局公告2020年第13号）",
            en="say how it is known that the year brought no wage before, and where it is kept",
        )
    if value.agreement_tax is not None and value.kind is not EmploymentKind.AGREEMENT:
        book.report(
            row,
            "协议报酬税目",
            zh="只有辅助性就业协议要填；劳动合同和非全日制都是工资薪金，请留空",
            en="only agreements need it: contracts and part-time work are wages, leave it empty",
        )


FUND = ("公积金基数（元）", "公积金个人比例", "公积金单位比例")


def _check_fund(book: WorkbookReader, row: LocatedWork) -> None:
    value = row.value
    given = (value.fund_base_fen, value.fund_own_rate, value.fund_employer_rate)
    for header, amount in zip(FUND, given, strict=True):
        if amount is None and any(each is not None for each in given):
            book.report(
                row,
                header,
                zh="公积金基数和单位、个人两个比例须一起填写；不按比例的请在 05 工作簿按月填金额",
                en="the fund's base and both rates belong together; else enter amounts by month",
            )
    if value.kind is EmploymentKind.AGREEMENT and value.fund_base_fen is not None:
        book.report(
            row,
            FUND[0],
            zh="辅助性就业协议没有劳动关系，不由单位缴存公积金；请留空",
            en="an agreement is no labour relation and has no housing fund: leave it empty",
        )


def _amounts(value: EmploymentRow) -> tuple[tuple[str, int | None], ...]:
    return (
        (MONTHLY, value.monthly_wage_fen),
        (HOURLY, value.hourly_wage_fen),
        (CYCLE, value.pay_cycle_days),
        (BASE, value.declared_base_fen),
    )
