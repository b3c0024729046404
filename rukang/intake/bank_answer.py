"""代发回盘: what the bank answers to a list of payments, each row paid or failed."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from rostering.sheets import (
    Located,
    SheetRow,
    Text,
    WorkbookReader,
    YuanFen,
    open_workbook,
    read_sheet,
)
from rukang.pay import BankAnswer, PayRun

SHEET = "代发清单"
OUTCOMES = {"成功": True, "失败": False}


class AnswerRow(SheetRow):
    """One payment of the list that was sent, with two columns added by the bank."""

    code: Text = Field(alias="编号")
    name: Text = Field(alias="收款方姓名", default="")
    bank: Text = Field(alias="开户行", default="")
    account: Text = Field(alias="收款方账号", default="")
    amount_fen: YuanFen = Field(alias="实发金额")
    employer: Text = Field(alias="付款单位")
    outcome: Text = Field(alias="结果")
    message: Text = Field(alias="原因", default="")


def read_bank_answer(path: Path | str, run: PayRun) -> list[BankAnswer]:
    """Return what the bank answered of a run's payments; the row of sums is passed over.

    Raises
    ------
    WorkbookError
        With every row that names nobody of the run, or says neither 成功 nor 失败.
    """
    with open_workbook(path) as book:
        rows = read_sheet(book, SHEET, AnswerRow)
        answers = [_answer(book, run, row) for row in rows]
        book.raise_findings()
    return [answer for answer in answers if answer]


def _answer(book: WorkbookReader, run: PayRun, row: Located[AnswerRow]) -> BankAnswer | None:
    said = row.value
    slips = {
        (slip.employment.resident.code, slip.employment.employer.name): slip
        for slip in run.payslips
    }
    slip = slips.get((said.code, said.employer))
    if slip is None:
        book.report(
            row,
            "编号",
            zh=f"本批工资没有 {said.employer} 付给 {said.code} 的工资",
            en=f"this run has no payslip of {said.code} by {said.employer}",
        )
        return None
    if said.outcome not in OUTCOMES:
        book.report(row, "结果", zh="应为 成功 或 失败", en="must be 成功 (paid) or 失败 (failed)")
        return None
    return BankAnswer(slip.id, said.amount_fen, OUTCOMES[said.outcome], said.message)
