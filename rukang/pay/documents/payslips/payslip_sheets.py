"""The payslips as a workbook: the register of wages, and every line explained."""

from __future__ import annotations

from payroll import ExplainedLine, yuan
from payroll.lines.catalogue import CATALOGUE
from payroll.policy import Name
from rukang.base.papers import Cell, Column, Sheet
from rukang.pay.documents.month import Paid, PaidMonth, documents_of, in_words

WIDE = 48
NOT_SUMMED = {"applicable_minimum", "countable_wage", "taxable_income"}
"""Yardsticks of one person; their sum over people means nothing."""

WIDTHS = {0: 12, 1: 14, 2: 28}
WHO = ("编号\nCode", "姓名\nName", "用工单位\nEmployer")


def register(month: PaidMonth) -> Sheet:
    """Return 工资表: a row per person, a column per line that anybody has, totals below.

    A cell is blank where a line does not concern the person.
    """
    lines = _lines_in_use(month)
    headers = [*WHO, *(f"{name.zh}\n{name.en}" for name in lines.values())]
    rows = [[*_who(paid), *_amounts(paid, lines)] for paid in month.people]
    totals = [_total(month, code) for code in lines]
    people = f"{len(month.people)} 人 people"
    return Sheet(
        "工资表",
        _columns(headers),
        [*rows, ["合计 Total", people, None, *totals]],
        f"{month.title}工资表（元） Wages, yuan",
        fixed=2,
    )


def explanations(month: PaidMonth) -> Sheet:
    """Return 工资条明细: a row per person and line, with computation, rule and documents."""
    columns: list[Column | str] = [
        "编号 Code",
        "姓名 Name",
        "项目 Line",
        "金额（元） Yuan",
        Column("计算说明", WIDE, wrap=True),
        Column("In words", WIDE, wrap=True),
        "规则 Rule",
        Column("规则依据 Source", WIDE, wrap=True),
        Column("数值依据 Documents", WIDE, wrap=True),
    ]
    rows = [_explained(paid, line) for paid in month.people for line in paid.slip.lines]
    return Sheet("工资条明细", columns, rows)


def _total(month: PaidMonth, code: str) -> Cell:
    if code in NOT_SUMMED:
        return None
    return yuan(sum(paid.slip.amount_fen(code) for paid in month.people))


def _lines_in_use(month: PaidMonth) -> dict[str, Name]:
    used = {line.code for paid in month.people for line in paid.slip.lines}
    return {code: name for code, (_, name) in CATALOGUE.items() if code in used}


def _columns(headers: list[str]) -> list[Column]:
    return [Column(text, WIDTHS.get(at, 14)) for at, text in enumerate(headers)]


def _who(paid: Paid) -> tuple[str, str, str]:
    return paid.slip.worker, paid.slip.name, paid.employer


def _amounts(paid: Paid, lines: dict[str, Name]) -> list[Cell]:
    shown = {line.code: yuan(line.amount_fen) for line in paid.slip.lines}
    return [shown.get(code) for code in lines]


def _explained(paid: Paid, line: ExplainedLine) -> tuple[Cell, ...]:
    return (
        paid.slip.worker,
        paid.slip.name,
        line.name.zh,
        yuan(line.amount_fen),
        *in_words(line),
        line.rule,
        line.source,
        documents_of(line),
    )
