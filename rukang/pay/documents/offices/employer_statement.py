"""The evidence of an employer's year: levy, VAT refund and extra deduction, person by person."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from payroll import UnknownFigure, yuan
from payroll.employer import EmployerYear, Statement, persons_to_zero
from payroll.payslips.payslip import cite
from payroll.policy import Policy
from rukang.base.papers import Cell, Column, Sheet, private_files, write_workbook


def write_statement(
    year: EmployerYear, statement: Statement, policy: Policy, path: Path, made_at: datetime
) -> Path:
    """Write the workbook and return its path."""
    sheets = [
        _levy(year, statement, policy),
        _people(statement),
        _vat(statement),
        _extra(year, statement),
        _figures(statement),
    ]
    with private_files(path.parent) as draft:
        write_workbook(draft / path.name, sheets, made_at)
    return path


def _levy(year: EmployerYear, statement: Statement, policy: Policy) -> Sheet:
    owed = statement.levy
    rows: list[tuple[Cell, ...]] = [
        ("平均在职职工 Average staff", _number(year.average_staff)),
        ("应安排人数 Persons asked", _number(owed.required)),
        ("计入的残疾职工 Persons counted", _number(owed.counted)),
        ("差额 Persons missing", _number(owed.missing)),
        ("本单位年平均工资（元） Average wage", yuan(owed.average_wage_fen)),
        ("计征工资（元） Wage that counts", yuan(owed.wage_fen)),
        ("应缴额（元） Full levy", yuan(owed.full_fen)),
        ("征缴比例 Part due", owed.factor),
        ("实缴额（元） Levy due", yuan(owed.amount_fen)),
        ("说明 Why", f"{owed.explanation.zh} / {owed.explanation.en}"),
    ]
    if owed.missing:
        severe, others = persons_to_zero(owed, year, policy, month=1)
        rows.append(
            (
                "全年再安排多少人不缴 To owe nothing",
                f"重度 severe {severe}，或其他 or others {others}",
            )
        )
    rows += [
        (f"{name}（{year.year + 1} 年）", _window(policy, f"levy.{window}", year))
        for name, window in (
            ("审核期 Certification", "certify_window"),
            ("缴费期 Payment", "pay_window"),
        )
    ]
    columns: list[Column | str] = [Column("项目 Item", 40), Column("数值 Amount", 44, wrap=True)]
    return Sheet("保障金", columns, rows, f"{year.name} {year.year} 年残疾人就业保障金")


def _window(policy: Policy, parameter: str, year: EmployerYear) -> str:
    """Return the days of the year after on which something is done about the levy."""
    try:
        found = policy.value(parameter, year.place, date(year.year + 1, 6, 1))
    except UnknownFigure:
        return "未知，请向主管机关核实 unknown"
    first, last = found.value
    return f"{first} 至 to {last}（{cite(found)}）"


def _people(statement: Statement) -> Sheet:
    rows = [
        (
            item.person.id,
            item.person.name,
            "重度 severe" if item.person.severe else "",
            item.months,
            item.counts_as,
            _number(item.persons),
            "；".join(reason.zh for reason in item.reasons),
        )
        for item in statement.levy.people
    ]
    columns: list[Column | str] = [
        "编号",
        "姓名",
        "等级",
        "计入月数",
        "折算人数",
        "计入人数",
        Column("不计入的原因", 60, wrap=True),
    ]
    return Sheet("人员", columns, rows, "计入安排人数的情况 Who counts")


def _vat(statement: Statement) -> Sheet:
    strict = {month.month: month.refund_fen for month in statement.vat_strict.months}
    rows: list[tuple[Cell, ...]] = [
        (
            month.month,
            len(month.people),
            "是" if month.is_entitled else "否",
            yuan(month.limit_fen),
            yuan(month.refund_fen),
            yuan(strict[month.month]),
            "；".join(
                condition.name.zh
                + (f"（{'、'.join(condition.failed_by)}）" if condition.failed_by else "")
                for condition in month.conditions
                if not condition.is_met
            ),
            "；".join(
                f"{who}：{reason.zh}" for who, why in month.left_out.items() for reason in why
            ),
        )
        for month in statement.vat.months
    ]
    total = (
        "合计",
        None,
        "",
        yuan(statement.vat.limit_fen),
        yuan(statement.vat.refund_fen),
        yuan(statement.vat_strict.refund_fen),
        "",
        "",
    )
    columns: list[Column | str] = [
        "月份",
        "残疾职工",
        "符合条件",
        "退税限额",
        "可退税额（月中入离职按在职天数比最低工资）",
        "可退税额（每人每月都按所在县全月最低工资）",
        Column("不符合的条件", 70, wrap=True),
        Column("不计入的人", 40, wrap=True),
    ]
    return Sheet(
        "增值税", columns, [*rows, total], f"增值税即征即退（元） VAT refund{_two(statement)}"
    )


def _two(statement: Statement) -> str:
    """Return words on the two readings where they differ."""
    if not statement.at_stake_fen:
        return ""
    return (
        f"；财税〔2016〕52号未说明月中入离职怎样比，两种理解相差 "
        f"{yuan(statement.at_stake_fen)} 元，请向主管税务机关确认 "
        "The notice does not say how part of a month is held: ask the tax office"
    )


def _extra(year: EmployerYear, statement: Statement) -> Sheet:
    left_out, partly = statement.extra.left_out, statement.extra.partly
    rows = [
        (
            person.id,
            person.name,
            yuan(sum(month.wage_fen for month in person.months)),
            "否" if person.id in left_out else "是",
            "；".join(reason.zh for reason in (left_out | partly).get(person.id, ())),
        )
        for person in year.people
    ]
    total = ("加计扣除合计", "", yuan(statement.extra.deduction_fen), "", "")
    columns: list[Column | str] = [
        "编号",
        "姓名",
        "全年工资",
        "加计扣除",
        Column("原因", 60, wrap=True),
    ]
    return Sheet(
        "企业所得税", columns, [*rows, total], "残疾职工工资加计扣除（元） Extra deduction"
    )


def _figures(statement: Statement) -> Sheet:
    figures = (*statement.levy.figures, *statement.vat.figures, *statement.extra.figures)
    rows = [
        (
            figure.name.zh,
            figure.name.en,
            f"{figure.value}",
            figure.place,
            cite(figure),
            figure.source,
        )
        for figure in {figure.key: figure for figure in figures}.values()
    ]
    columns: list[Column | str] = [
        "名称",
        "Figure",
        "数值",
        "地区",
        Column("文件和效力", 48, wrap=True),
        Column("出处", 40, wrap=True),
    ]
    return Sheet("依据", columns, rows, "所用数值和依据 Figures and documents")


def _number(exact: Fraction) -> str:
    """Return an exact number of persons with at most four decimals."""
    return f"{float(exact):.4f}".rstrip("0").rstrip(".")
