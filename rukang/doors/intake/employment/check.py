"""What cannot be in 04-用工单位."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from rostering.sheets import Located
from rukang.doors.intake.numbers import USCC
from rukang.forms import FromWorkbook, plain_values
from rukang.forms.workbooks.raw import columns
from rukang.numbers import uscc
from rukang.people import Resident
from rukang.work.employment import Employer, Employment, EmploymentKind, PayBasis

Entries = Sequence[Located[Any]]

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


def rates_by_document(taking: FromWorkbook, entries: Entries) -> None:
    """Note a rate without the document it stands in."""
    for entry in entries:
        if entry.value.injury_rate is not None and not entry.value.rate_document:
            taking.report(
                entry,
                "费率依据",
                zh="填了工伤保险费率就要写明依据文件，例如核定通知的名称和日期",
                en="a work-injury rate needs the notice it stands in, with its date",
            )


def shared_employers(taking: FromWorkbook, entries: Entries) -> None:
    """Note changes of an employer who also employs people of homes that are not the caller's."""
    beyond = select(Employment.employer_id).where(Employment.home_id.not_in(taking.yours))
    query = select(Employer).where(Employer.id.in_(beyond))
    shared = {employer.uscc: employer for employer in taking.session.scalars(query)}
    form = taking.form_of(Employer)
    for entry in entries:
        (values,) = plain_values(taking, form, entry.value)
        known = shared.get(values["uscc"])
        if known and any(getattr(known, name) != value for name, value in values.items()):
            taking.report(
                entry,
                USCC,
                zh="此单位也在其他机构用工，登记内容与此不同；请核对各列，确需更改请联系管理员",
                en="also employs people of other homes, and is registered otherwise: check the row,"
                " or ask the administrator to change it",
            )


def terms(taking: FromWorkbook, entries: Entries) -> None:
    """Note work before somebody joined the home, and terms that cannot be."""
    residents = taking.known(Resident)
    for entry in entries:
        _check_terms(taking, entry)
        _check_tax(taking, entry)
        _check_fund(taking, entry)
        resident = residents.get(entry.value.resident)
        if resident is not None and entry.value.started_on < resident.joined_on:
            taking.report(
                entry,
                "开始日期",
                zh=f"早于入园日期 {resident.joined_on}；请核对两个日期",
                en=f"before the person joined the home on {resident.joined_on}; check both dates",
            )


def totals(taking: FromWorkbook, entries: Entries) -> None:
    """Note totals of nobody's employment, or of more months than the year had."""
    named = columns(taking.book, taking.form_of(Employment).sheet, "人员编号", USCC)
    known = {(resident, uscc.compact(code)) for resident, code in named}
    for entry in entries:
        if (entry.value.resident, entry.value.employer) not in known:
            taking.report(
                entry,
                "人员编号",
                zh="“用工关系”表中没有此人在该单位的记录；请核对编号和单位",
                en="no row of 用工关系 has this person at this employer",
            )
        most = entry.value.through.month
        if entry.value.months > most:
            taking.report(
                entry,
                "任职月数",
                zh=f"截至 {most} 月，任职最多 {most} 个月",
                en=f"at most {most} months up to then",
            )


def _check_terms(taking: FromWorkbook, row: Located[Any]) -> None:
    value = row.value
    if value.ended_on is not None and value.ended_on < value.started_on:
        taking.report(
            row,
            "结束日期",
            zh=f"早于开始日期 {value.started_on}；请核对两个日期",
            en=f"before the first day {value.started_on}; check both dates",
        )
    if value.kind is EmploymentKind.AGREEMENT and value.insured_from is not None:
        taking.report(
            row,
            "参保起始月",
            zh="辅助性就业协议没有劳动关系，不由单位参加五险；请留空",
            en="an agreement is no labour relation and has no five insurances: leave it empty",
        )
    if value.insured_to and (not value.insured_from or value.insured_to < value.insured_from):
        taking.report(
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
        taking.report(
            row,
            "申报基数（元）",
            zh="参加工伤保险须填写，且大于 0",
            en="work-injury insurance needs it, above 0",
        )
    _check_pay(taking, row)


def _check_pay(taking: FromWorkbook, row: Located[Any]) -> None:
    value = row.value
    by_pieces = value.pay_basis is PayBasis.PIECES
    if value.pay_basis is not None and value.kind is not EmploymentKind.CONTRACT:
        taking.report(
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
            taking.report(
                row,
                header,
                zh=f"{kind}须填写，且大于 0{hint}",
                en=f"needed here, and above 0{only}",
            )
        elif header in OF_ONE_KIND and header not in wanted and amount:
            taking.report(row, header, zh=f"{kind}没有这一项，请留空", en="leave it empty here")


def _check_tax(taking: FromWorkbook, row: Located[Any]) -> None:
    value = row.value
    if value.first_job and not value.first_job_evidence:
        taking.report(
            row,
            "首次就业依据",
            zh="填了“是”就要写明依据：此前本年没有工资薪金，怎样核实的，材料存在哪里"
            "（国家税务总局公告2020年第13号）",
            en="say how it is known that the year brought no wage before, and where it is kept",
        )
    if value.agreement_tax is not None and value.kind is not EmploymentKind.AGREEMENT:
        taking.report(
            row,
            "协议报酬税目",
            zh="只有辅助性就业协议要填；劳动合同和非全日制都是工资薪金，请留空",
            en="only agreements need it: contracts and part-time work are wages, leave it empty",
        )


FUND = ("公积金基数（元）", "公积金个人比例", "公积金单位比例")


def _check_fund(taking: FromWorkbook, row: Located[Any]) -> None:
    value = row.value
    given = (value.fund_base_fen, value.fund_own_rate, value.fund_employer_rate)
    for header, amount in zip(FUND, given, strict=True):
        if amount is None and any(each is not None for each in given):
            taking.report(
                row,
                header,
                zh="公积金基数和单位、个人两个比例须一起填写；不按比例的请在 05 工作簿按月填金额",
                en="the fund's base and both rates belong together; else enter amounts by month",
            )
    if value.kind is EmploymentKind.AGREEMENT and value.fund_base_fen is not None:
        taking.report(
            row,
            FUND[0],
            zh="辅助性就业协议没有劳动关系，不由单位缴存公积金；请留空",
            en="an agreement is no labour relation and has no housing fund: leave it empty",
        )


def _amounts(value: Any) -> tuple[tuple[str, int | None], ...]:
    return (
        (MONTHLY, value.monthly_wage_fen),
        (HOURLY, value.hourly_wage_fen),
        (CYCLE, value.pay_cycle_days),
        (BASE, value.declared_base_fen),
    )
