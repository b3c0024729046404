"""``rukang payroll``: corrections of locked months, late fees, a team's shares, the tax year."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

import payroll
from payroll import Piece, fen, yuan
from payroll.payslips.payslip import cite
from rostering.sheets.masking import shown
from rukang import pay
from rukang.base.errors import InvalidError, NotFoundError
from rukang.base.settings import settings
from rukang.doors.cli.common import Data, HomeCode, Local, Month, day_of, fen_of, say, signed
from rukang.doors.cli.payroll.runs import By, run_of, working
from rukang.doors.handlers import policy_of
from rukang.pay import PayRun, PayslipRecord

Person = Annotated[str, typer.Option(metavar="CODE", help="人员编号，如 R01 / the person")]
Payer = Annotated[
    str | None,
    typer.Option(
        metavar="USCC", help="哪家单位（本月有几家时） / the employer, if there are several"
    ),
]


def correct(
    home: HomeCode,
    month: Month,
    person: Person,
    reason: Annotated[str, typer.Option(help="原因 / why")],
    to: Annotated[
        list[str],
        typer.Option("--set", metavar="A=B", help="更正后的值，如 计薪天数=20 / a right value"),
    ],
    payer: Payer = None,
    by: By = None,
    data: Data = None,
) -> None:
    """更正已锁定的月份，下一批工资结清差额 / correct a locked month; the next settles it."""
    changes = dict(pay.field_of(*_parted(text)) for text in to)
    with working(data, by, home) as (session, _):
        run = run_of(session, home, month)
        record = _slip_of(run, person, payer)
        pay.correct(session, run, record.employment_id, changes, reason)
    named = "、".join(changes)
    say(f"{home} {month:%Y-%m} {person}：已登记更正 {named} / the correction is kept")
    say("  差额由下一个未锁定的月份结清 / the next open month settles the difference")


def year_after_month(
    home: HomeCode,
    month: Month,
    person: Annotated[
        str | None, typer.Option(metavar="CODE", help="只要哪个人 / only this person")
    ] = None,
    data: Data = None,
) -> None:
    """下个月接着算的年度累计 / the tax year as this month hands it to the next."""
    _, database = signed(data)
    with database.session() as session:
        run = run_of(session, home, month)
        pairs = [
            (record, worker)
            for record, worker in pay.inputs_of(run)
            if worker.tax_year is not None and person in (None, worker.id)
        ]
        if not pairs:
            raise NotFoundError(
                f"{home} {month:%Y-%m} 的工资里没有{person or '按累计扣税的人'}的年度累计。",
                f"The wages of {home} {month:%Y-%m} have no tax year of {person or 'anybody'}.",
            )
        for record, worker in pairs:
            year = pay.year_after_payslip(record, worker)
            say(
                f"{worker.id} {worker.name} · {worker.employer}：任职 months {year.months_employed}"
                f"，收入 income {yuan(year.income_fen):,}，免税 exempt {yuan(year.exempt_fen):,}"
                f"，个人缴费 shares {yuan(year.insurance_fen):,}"
                f"，已扣税 withheld {yuan(year.withheld_fen):,}"
            )


class Late(enum.StrEnum):
    """What was paid late."""

    CONTRIBUTIONS = "contributions"
    LEVY = "levy"


LATE = {Late.CONTRIBUTIONS: payroll.late_contributions, Late.LEVY: payroll.late_levy}
Amount = Annotated[
    int, typer.Option(parser=fen_of, metavar="YUAN", help="本金（元） / the amount owed")
]
Due = Annotated[
    date,
    typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="最后期限 / last day in time"),
]
PaidOn = Annotated[
    date, typer.Option("--paid", parser=day_of, metavar="YYYY-MM-DD", help="缴纳日 / day of paying")
]
Place = Annotated[str, typer.Option(metavar="CODE", help="行政区划代码 / division code")]


def late_fee(
    of: Annotated[Late, typer.Argument(help="社保费或保障金 / contributions or levy")],
    amount: Amount,
    due: Due,
    paid: PaidOn,
    place: Place,
    local: Local = None,
    data: Data = None,
) -> None:
    """社保费、残保金的滞纳金 / the late fee on contributions or on the levy."""
    fee = LATE[of](amount, due, paid, policy_of(settings(data), local), place)
    say(f"{yuan(fee.amount_fen):,}：{fee.words.zh} / {fee.words.en}")
    for figure in fee.figures:
        say(f"  {figure.name.zh} {figure.value}：{cite(figure)}")


def share_out(
    members: Annotated[
        list[str], typer.Argument(metavar="A=B", help="成员和份额 / members and weights")
    ],
    item: Annotated[str, typer.Option(help="产品 / the item")],
    quantity: Annotated[str, typer.Option(help="全组合格数量 / pieces of the whole team")],
    rate: Annotated[str, typer.Option(metavar="YUAN", help="单价（元/件） / yuan a piece")],
    faults: Annotated[
        str, typer.Option(metavar="YUAN", help="全组质量扣减（元） / taken off for faults")
    ] = "0",
) -> None:
    """集体计件按份额分到个人，合计不差一分 / a team's pieces shared out, exact to the fen."""
    weights = dict(map(_parted, members))
    if not all(weight.isdecimal() for weight in weights.values()):
        raise InvalidError(
            "份额请写成整数（小时、分数都可以），如 R01=120。",
            "Weights are whole numbers, of hours or points, such as R01=120.",
        )
    try:
        made = Piece(
            item=item,
            quantity=Decimal(quantity),
            rate_fen=Decimal(rate) * 100,
            quality_deduction_fen=fen(faults),
        )
        earned = payroll.team_pay(made, [int(weight) for weight in weights.values()])
    except (ArithmeticError, ValueError) as problem:
        raise InvalidError(
            f"数量、单价、扣减或份额不合适：{problem}",
            f"Quantity, rate, deduction or weights do not fit: {problem}",
        ) from problem
    whole = sum(map(int, weights.values()))
    for who, part in zip(weights, earned, strict=True):
        say(f"{who}：{yuan(part):,}（{weights[who]}/{whole}）")
    say(f"合计 in all：{yuan(sum(earned)):,}")


def _parted(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise InvalidError(
            f"请写成 名称=值，读到 {shown(text)}。", f"Write NAME=VALUE; found {shown(text)}."
        )
    return name.strip(), value.strip()


def _slip_of(run: PayRun, person: str, payer: str | None) -> PayslipRecord:
    """Return somebody's payslip of a run, with one employer if there are several."""
    own = [
        slip
        for slip in run.payslips
        if slip.employment.resident.code == person
        and payer in (None, slip.employment.employer.uscc)
    ]
    if not own:
        raise NotFoundError(
            f"这批工资里没有 {shown(person)} 的工资条，请核对编号和单位。",
            f"The run has no payslip of {shown(person)}; check code and employer.",
        )
    if len(own) > 1:
        codes = "、".join(slip.employment.employer.uscc for slip in own)
        raise InvalidError(
            f"{person} 本月在几家单位有工资，请用 --payer 写明是哪家：{codes}。",
            f"{person} has several employers this month; say which with --payer: {codes}.",
        )
    return own[0]
