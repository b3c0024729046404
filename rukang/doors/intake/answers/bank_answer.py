"""代发回盘: what the bank answers to a list of payments, each row paid or failed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
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
from rukang.pay import BankAnswer, PayRun, PayslipRecord

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
    home: Text = Field(alias="机构", default="")
    outcome: Text = Field(alias="结果")
    message: Text = Field(alias="原因", default="")


def read_bank_answer(path: Path | str, *runs: PayRun) -> list[BankAnswer]:
    """Return what the bank answered of the payments of a month's runs, one or several homes'.

    Raises
    ------
    WorkbookError
        With every row that names nobody of the runs, or people of several homes alike, or says
        neither 成功 nor 失败.
    """
    slips: dict[tuple[str, str], list[tuple[str, PayslipRecord]]] = defaultdict(list)
    for run in runs:
        for slip in run.payslips:
            work = slip.employment
            slips[work.resident.code, work.employer.name].append((slip.home.code, slip))
    with open_workbook(path) as book:
        rows = read_sheet(book, SHEET, AnswerRow)
        answers: list[BankAnswer] = []
        taken: set[int] = set()
        for row in rows:
            if answer := _answer(book, slips, row, taken):
                answers.append(answer)
                taken.add(answer.payslip_id)
        book.raise_findings()
    return answers


def _answer(
    book: WorkbookReader,
    slips: Mapping[tuple[str, str], Sequence[tuple[str, PayslipRecord]]],
    row: Located[AnswerRow],
    taken: Container[int],
) -> BankAnswer | None:
    """Return what a row says of a payslip, those of earlier rows being taken.

    Of somebody's several with one employer (a contract, then an agreement) the amount tells which.
    """
    said = row.value
    own = [
        slip for home, slip in slips.get((said.code, said.employer), ()) if said.home in ("", home)
    ]
    if not own:
        book.report(
            row,
            "编号",
            zh=f"本批工资没有 {said.employer} 付给 {said.code} 的工资",
            en=f"this run has no payslip of {said.code} by {said.employer}",
        )
        return None
    if len({slip.home_id for slip in own}) == 1:
        of_amount = [slip for slip in own if slip.net_fen == said.amount_fen] or own
        own = [slip for slip in of_amount if slip.id not in taken][:1] or of_amount[:1]
    if len(own) > 1:
        book.report(
            row,
            "机构",
            zh=f"几家机构都有 {said.code}，请保留清单里的“机构”一列",
            en=f"several homes have a {said.code}: keep the column 机构 of the list",
        )
        return None
    if said.outcome not in OUTCOMES:
        book.report(row, "结果", zh="应为 成功 或 失败", en="must be 成功 (paid) or 失败 (failed)")
        return None
    return BankAnswer(own[0].id, said.amount_fen, OUTCOMES[said.outcome], said.message)
