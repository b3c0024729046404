"""Correcting a locked month: what was wrong in its inputs, settled with the next open one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from payroll import Columns, Kind, WorkerMonth, fen
from payroll.refuse import problems
from payroll.settling.tax_year import taxed_apart_fen
from rostering.sheets.masking import shown
from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.bodies.homes import lock_home
from rukang.pay.store.records import PayCorrection, PayRun
from rukang.pay.store.stored import corrected, corrections_of, inputs_of, month_of

FIXED = {
    "id": ("人员", "the person"),
    "name": ("姓名", "the name"),
    "employer": ("用工单位", "the employer"),
    "arrears": ("以前月份的差额由系统结算", "what earlier months leave is settled by the system"),
    "tax_year": (
        "年度累计请改 04、05 工作簿的登记，下一月按累计补正",
        "the tax year is put right in workbooks 04 and 05, and the next month makes it up",
    ),
    "agreement_tax": (
        "协议报酬的税目请在 04 工作簿更正；已锁定月份多扣少扣的税由支付单位向税务机关更正申报",
        "put it right in workbook 04, and tax of a locked month by the payer's corrected return",
    ),
    "disabled": (
        "是否减免按累计扣税，下一月补正",
        "relief is part of cumulative withholding, and the next month makes it up",
    ),
}
"""Fields that are not corrected, and why: whose month it is, and what settles in another way."""

IN_WORDS = {
    "计薪天数": "paid_days",
    "事假旷工天数": "unpaid_days",
    "应出勤天数": "scheduled_days",
    "月工资": "agreed_wage_fen",
    "小时工资": "hourly_wage_fen",
    "小时数": "hours",
    "申报基数": "declared_base_fen",
    "工伤费率": "injury_rate",
    "病假工资比例": "sick_pay_share",
    "意外险保费": "accident_insurance_fen",
    "公积金个人": "housing_fund_employee_fen",
    "公积金单位": "housing_fund_employer_fen",
    "公积金基数": "housing_fund_base_fen",
    "公积金个人比例": "housing_fund_employee_rate",
    "公积金单位比例": "housing_fund_employer_rate",
    "入职日": "joined",
    "离职日": "left",
    "工作地": "work_place",
    "参保地": "insured_place",
    "收回垫付": "advance_recovered_fen",
    "扣款": "deductions",
}
"""What the workbooks call the fields that are single values; money by these names is in yuan."""

_DEDUCTION = re.compile(r"(?P<name>.*?\S)[\s:：]+(?P<amount>\S+)")
_AND = re.compile(r"[、，,；;]")

CORRECTABLE = frozenset(WorkerMonth.model_fields) - FIXED.keys()
"""Every field of a month that a run reads and that may turn out wrong."""


def field_of(name: str, value: str) -> tuple[str, Any]:
    """Return a field and its right value, as they are written in words: 月工资=2300.

    Money is in yuan under its Chinese name, and in fen under the field's own. Deductions are all of
    the month, ``扣款=伙食费 120.00、借款 50``, or 无 for none. Other lists and tables are JSON:
    ``pieces=[{"item": "纸盒", "quantity": "10", "rate_fen": "35"}]``.

    Raises
    ------
    InvalidError
        If an amount is none.
    """
    field = IN_WORDS.get(name, name)
    if name in IN_WORDS:
        if field == "deductions":
            return field, list(_deductions(value))
        if field.endswith("_fen"):
            return field, _yuan(name, value)
    try:
        read = json.loads(value)
    except ValueError:
        return field, value
    # Exact decimals and days stay text: a float would not do.
    return field, value if isinstance(read, float) else read


def _yuan(name: str, value: str) -> int:
    try:
        return fen(Decimal(value))
    except (ArithmeticError, ValueError) as problem:
        raise InvalidError(
            f"{name} 应为元，最多两位小数，例如 2300.00；读到 {shown(value)}。",
            f"{name} is in yuan with at most two decimals, such as 2300.00; found {shown(value)}.",
        ) from problem


def _deductions(value: str) -> Iterator[dict[str, Any]]:
    for part in [] if value in ("", "无") else _AND.split(value):
        found = _DEDUCTION.fullmatch(part.strip())
        if found is None:
            raise InvalidError(
                f"扣款请写成“名称 金额”，例如 伙食费 120.00、借款 50，没有的写 无；"
                f"读到 {shown(part)}。",
                f"Write deductions as names and amounts, such as 伙食费 120.00、借款 50, or 无 for"
                f" none; found {shown(part)}.",
            )
        yield {"name": found["name"], "amount_fen": _yuan(found["name"], found["amount"])}


def correct(
    session: Session,
    run: PayRun,
    employment_id: int,
    changes: dict[str, Any],
    reason: str,
) -> PayCorrection:
    """Keep a correction of a locked run's inputs.

    Parameters
    ----------
    changes
        Fields of :class:`payroll.WorkerMonth` with their right values, as JSON; of several
        corrections the later one holds, field by field.

    Raises
    ------
    ConflictError
        If the run is not locked: then its records are corrected and it is calculated anew.
    NotFoundError
        If the run has no payslip of that employment.
    InvalidError
        If no reason is given, a field cannot be corrected, a value cannot be right, or the month
        as corrected cannot be.
    """
    lock_home(session, run.home_id)
    session.refresh(run)
    if not run.state.is_final:
        raise ConflictError(
            f"工资批次 {run.id} 还没有锁定，请更正原始记录后重新计算。",
            f"Wage run {run.id} is not locked: correct the records and calculate it anew.",
        )
    if not reason.strip():
        raise InvalidError("请写明更正的原因。", "Say why this is corrected.")
    if unknown := sorted(changes.keys() - CORRECTABLE):
        why = [FIXED[name] for name in unknown if name in FIXED]
        raise InvalidError(
            f"不能更正 {'、'.join(unknown)}{_told(zh for zh, _ in why)}；"
            f"可更正：{'、'.join((*IN_WORDS, *sorted(CORRECTABLE - set(IN_WORDS.values()))))}。",
            f"Cannot correct {', '.join(unknown)}{_told(en for _, en in why)}; what can be:"
            f" {', '.join(sorted(CORRECTABLE))}.",
        )
    _refuse_wrong(session, run, employment_id, changes)
    correction = PayCorrection(
        home_id=run.home_id,
        run_id=run.id,
        employment_id=employment_id,
        changes=changes,
        reason=reason,
        at=context.now(session),
        by=context.actor(session),
    )
    session.add(correction)
    session.flush()
    return correction


def _refuse_wrong(
    session: Session, run: PayRun, employment_id: int, changes: Mapping[str, Any]
) -> None:
    """Refuse values that do not fit, or with which the month cannot be, or cannot be settled."""
    paid = _input(run, employment_id)
    known = corrections_of(session, run.id).get(employment_id, {})
    try:
        right = corrected(paid, {**known, **changes})
    except ValidationError as problem:
        unfit = "；".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in problem.errors())
        raise InvalidError(
            f"更正的数值不合适：{unfit}", f"The values do not fit: {unfit}"
        ) from problem
    agreement = Kind.ASSISTED_AGREEMENT
    if (paid.kind is agreement) is not (right.kind is agreement):
        raise InvalidError(
            "劳动关系和服务协议是两份用工，不能在一张工资条上更正；"
            "请在 04 工作簿更正用工，另行结清。",
            "Work under a labour relation and under an agreement are two jobs: correct the"
            " employment in workbook 04, and settle apart.",
        )
    if bool(taxed_apart_fen(paid.allowances)) is not bool(taxed_apart_fen(right.allowances)):
        raise InvalidError(
            "全年奖金是否单独计税在发放的月份选定：漏发的请在下一月的 05 工作簿登记，"
            "改变计税方式由本人在年度汇算时办理。",
            "Whether an annual bonus is taxed apart is chosen in the month that pays it: enter one"
            " that was forgotten in workbook 05 of the next month; the person changes the choice"
            " in the yearly settlement.",
        )
    if right.advance_recovered_fen > paid.advance_recovered_fen:
        raise InvalidError(
            "少收回的垫付仍在应收台账中，以后月份的工资会接着收回，不用更正；这里只能改少。",
            "What was recovered too little of an advance is still open and comes with later wages:"
            " a recovery is only corrected downwards.",
        )
    if wrong := list(problems(Columns.of(month_of(run), [right]))):
        zh = "；".join(f"{each.field}：{each.zh}" for each in wrong)
        en = "; ".join(f"{each.field}: {each.en}" for each in wrong)
        raise InvalidError(
            f"照此更正，这个月不成立：{zh}", f"So corrected the month cannot be: {en}"
        )


def _told(reasons: Iterable[str]) -> str:
    told = "; ".join(reasons)
    return f" ({told})" if told else ""


def _input(run: PayRun, employment_id: int) -> WorkerMonth:
    for record, worker in inputs_of(run):
        if record.employment_id == employment_id:
            return worker
    raise NotFoundError(
        f"工资批次 {run.id} 里没有这份用工关系 {employment_id} 的工资条。",
        f"Wage run {run.id} has no payslip of employment {employment_id}.",
    )
