"""The workbooks of a wage run hold the run's figures, and text stays text."""

from __future__ import annotations

import stat
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import Month, Policy, yuan
from rukang import pay
from rukang.access import Caller, Database, Grant, Permission, Role
from rukang.database.audit import AuditEntry
from rukang.errors import ConflictError, NotAllowedError
from rukang.numbers import bank_account, citizen_id
from rukang.pay import PayRun, PayslipRecord
from rukang.pay.documents.bank_list import bank_sheet
from rukang.pay.documents.tax_sheet import COLUMNS, tax_rows
from tests import factories as make
from tests.demo import LOCAL_POLICY

FILES = [
    "payslips.pdf",
    "payslips-easy-read.pdf",
    "payslips.xlsx",
    "bank-list.xlsx",
    "income-tax-import.xlsx",
    "insurance.xlsx",
    "employer-invoices.xlsx",
    "summary.xlsx",
]


def _sheet(wages: Path, file: str, name: str) -> Worksheet:
    sheet = load_workbook(wages / file)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _rows(wages: Path, file: str, name: str) -> list[tuple[Any, ...]]:
    return list(_sheet(wages, file, name).iter_rows(values_only=True))


def test_the_files_are_for_their_owner_only(wages: Path) -> None:
    """All are there, nothing is left of the writing, and nobody else may read them."""
    assert sorted(path.name for path in wages.iterdir()) == sorted(FILES)
    assert {stat.S_IMODE(path.stat().st_mode) for path in wages.iterdir()} == {0o600}


def test_a_run_that_is_not_calculated_is_refused(empty_database: Database, tmp_path: Path) -> None:
    """There is nothing to write yet, and no folder is made."""
    with empty_database.session() as session:
        run = pay.request_run(session, make.a_home(session), date(2026, 10, 1))
        with pytest.raises(ConflictError, match="还没有计算"):
            pay.write_documents(session, run, tmp_path / "wages")
    assert not (tmp_path / "wages").exists()


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (Role.MANAGER, Permission.PAY_READ, False),
        (Role.OFFICER, Permission.PAY_READ, False),
        (Role.CLERK, Permission.PAY_READ, False),
        (Role.CLERK, Permission.NUMBERS_READ, True),
    ],
)
def test_only_who_may_read_numbers_writes_them(
    october: Database, tmp_path: Path, role: Role, permission: Permission, allowed: bool
) -> None:
    """Bank list and tax sheet hold numbers in full: seeing wages is not leave to write them."""
    caller = Caller("somebody", (Grant(role, region="371600"),))
    with october.session(caller, permission) as session:
        run = session.scalars(select(PayRun)).one()
        if allowed:
            assert pay.write_documents(session, run, tmp_path)
            session.rollback()  # the trail of the shared database stays as it was
            return
        with pytest.raises(NotAllowedError, match="numbers:read"):
            pay.write_documents(session, run, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_register_holds_the_runs_figures(wages: Path, run: PayRun) -> None:
    """One row per person, the last row the sums."""
    _, headers, *people, total = _rows(wages, "payslips.xlsx", "工资表")
    at = {f"{header}".split("\n")[0]: place for place, header in enumerate(headers)}
    for row, record in zip(people, run.payslips, strict=True):
        assert row[0] == record.employment.resident.code
        assert row[at["应发合计"]] == float(yuan(record.gross_fen))
        assert row[at["实发"]] == float(yuan(record.net_fen))
        assert row[at["单位用工总成本"]] == float(yuan(record.employer_cost_fen))
    assert total[at["实发"]] == float(yuan(sum(record.net_fen for record in run.payslips)))
    assert total[at["累计应纳税所得额"]] is None


def test_the_worked_examples_come_out(run: PayRun) -> None:
    """The net pay of docs/worked-example.md: R01, R05 and R37."""
    net = {record.employment.resident.code: record.net_fen for record in run.payslips}
    assert (net["R01"], net["R05"], net["R37"]) == (174609, 90752, 79540)


def test_every_line_is_explained(wages: Path, run: PayRun) -> None:
    """A row per line, with words in both languages, the rule and its documents."""
    _, *rows = _rows(wages, "payslips.xlsx", "工资条明细")
    lines = [line for record in run.payslips for line in pay.payslip_of(record).lines]
    assert [(row[2], row[3]) for row in rows] == [
        (line.name.zh, float(yuan(line.amount_fen))) for line in lines
    ]
    pension = next(row for row in rows if row[2] == "养老保险（个人）")
    assert pension[4] == "缴费基数 4504.00 × 8 %，四舍五入到分"
    assert pension[5] == "base 4504.00 × 8 %, rounded half up to the fen"
    assert pension[6] == "payroll.rules.contributions.contribution"
    assert "国发〔2005〕38号（记忆，未核实）" in pension[8]


def test_text_that_looks_like_a_formula_stays_text(wages: Path) -> None:
    """An employer's name is whatever somebody typed."""
    cell = _sheet(wages, "payslips.xlsx", "工资表")["C5"]
    assert cell.value == "=1+1 食品有限公司"
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_bank_list_pays_the_net(wages: Path, run: PayRun) -> None:
    """Accounts in clear, the count of payments and their total in the last row."""
    _, *rows, last = _rows(wages, "bank-list.xlsx", "代发清单")
    assert [row[4] for row in rows] == [float(yuan(record.net_fen)) for record in run.payslips]
    assert all(bank_account.is_valid(row[3]) for row in rows)
    assert last[0] == "合计 4 笔"
    assert last[4] == pytest.approx(sum(row[4] for row in rows))


def test_a_payment_of_nil_is_no_payment() -> None:
    """Banks refuse it; count and total say that nobody is paid."""
    rows = bank_sheet(Session(), [PayslipRecord(net_fen=0)]).rows
    assert rows == [("合计 0 笔", None, None, None, 0, None)]


def test_an_unknown_column_of_the_bank_list_is_an_error() -> None:
    """Rather than an empty column in the file a bank pays from."""
    with pytest.raises(KeyError, match="卡号"):
        bank_sheet(Session(), [], ["编号", "卡号"])


def test_the_tax_sheet_has_its_24_columns_and_nothing_else(wages: Path, run: PayRun) -> None:
    """The client reads them by place; only labour contracts are wages."""
    book = load_workbook(wages / "income-tax-import.xlsx")
    assert book.sheetnames == ["正常工资薪金收入"]
    headers, *rows = _rows(wages, "income-tax-import.xlsx", "正常工资薪金收入")
    assert headers == COLUMNS
    assert len(headers) == 24
    assert [row[0] for row in rows] == ["R01", "R02", "R05"]
    assert all(citizen_id.is_valid(row[3]) for row in rows)
    assert rows[0][4:9] == (2210, None, 360.32, 90.08, 13.51)
    assert {row[-1] for row in rows} == {None}


def test_the_tax_sheet_leaves_nothing_out_that_tax_saw(empty_database: Database) -> None:
    """The fund, exempt pay, and what the records know only as a sum."""
    with empty_database.session() as session:
        run_id = make.an_october(session).id
    pay.calculate_run(empty_database, run_id, Policy.load([LOCAL_POLICY]))
    changes = {
        "housing_fund_employee_fen": 11_050,
        "allowances": [{"name": "防暑降温费", "amount_fen": 20_000, "taxable": False}],
    }
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        first, *others = run.inputs or []
        year = first["tax_year"] | {"special_additional_fen": 1_000_000, "relief_fen": 5_000}
        run.inputs = [first | changes | {"tax_year": year}, *others]
        (_, worker), *_ = pay.inputs_of(run)
        slip = payroll.compute(Month(2026, 10), [worker], Policy.load([LOCAL_POLICY])).payslip(0)
        run.payslips[0].slip = payroll.to_plain(slip)
        row = dict(zip(COLUMNS, tax_rows(session, run)[0], strict=True))
    assert (row["本期免税收入"], row["住房公积金"]) == (Decimal("200.00"), Decimal("110.50"))
    assert row["备注"] == (
        "计税时含累计专项附加扣除 10000.00 元、累计减免税额 50.00 元，请在扣缴端按项目填报"
    )


def test_the_summary_adds_up(wages: Path, run: PayRun) -> None:
    """Per employer and over all: gross less what is withheld is net, with shares the full cost."""
    _, _, *employers, total = _rows(wages, "summary.xlsx", "汇总")
    assert [row[1] for row in employers] == [2, 1, 1]
    for row in (*employers, total):
        _, _, gross, shares, tax, deductions, net, employer_shares, cost = row
        assert net == pytest.approx(gross - shares - tax - deductions)
        assert cost == pytest.approx(gross + employer_shares)
    assert total[6] == float(yuan(sum(record.net_fen for record in run.payslips)))


def test_every_doubtful_figure_is_named(wages: Path) -> None:
    """With its value in its unit and its standing; figures of a local file as examples."""
    _, _, *rows = _rows(wages, "summary.xlsx", "非官方数值")
    by_name = {(row[0], row[1]): row for row in rows}
    medical = by_name["医疗保险（含生育）单位费率", "8.5 %"]
    assert medical[2] == "滨州市"
    assert medical[6] == "示例数值，非官方 / local example, not official"
    assert by_name["缴费基数下限", "4504.00"][7] == "是 yes"
    assert "推断" in by_name["月最低工资标准", "2210.00"][6]
    assert {value for name, value in by_name if name == "工伤保险单位费率"} == {"0.4 %", "0.2 %"}
    assert not any(name == "月计薪天数" for name, _ in by_name)


def test_the_notes_name_everybody_concerned(wages: Path) -> None:
    """Sick leave paid in full, agreements without floor, tax not settled; each on its person."""
    _, _, *rows = _rows(wages, "summary.xlsx", "提示")
    notes = {(row[0], row[3]) for row in rows}
    assert [code for code, text in notes if "病假 1 天按全额" in text] == ["R01"]
    assert [code for code, text in notes if "没有找到报酬的数值下限" in text] == ["R37"]
    assert [code for code, text in notes if "税目未定" in text] == ["R37"]


def test_every_opened_number_is_in_the_audit_trail(wages: Path, october: Database) -> None:
    """Four accounts for the bank, IDs for the tax office (3) and the insurance office (3 and 1)."""
    assert wages.exists()
    with october.session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "read")).all()
    opened = [(entry.table, entry.after["field"]) for entry in entries if entry.after]
    assert opened.count(("employment", "account")) == 4
    assert opened.count(("person", "citizen_id")) == 3 + 3 + 1
    assert all(entry.after and entry.after["reason"] for entry in entries)


def test_the_insurance_declaration_adds_up(wages: Path, run: PayRun) -> None:
    """Everybody insured, the base used, each share with what is fixed beside it, and the sums."""
    _, headers, *rows, total = _rows(wages, "insurance.xlsx", "缴费申报")
    slips = [pay.payslip_of(record) for record in run.payslips]
    insured = [slip for slip in slips if slip.amount_fen("contribution_base")]
    assert [row[1] for row in rows] == [slip.name for slip in insured]
    pension = headers.index("养老（单位）")
    assert [row[pension] for row in rows] == [
        float(yuan(slip.amount_fen("pension_employer"))) for slip in insured
    ]
    assert total[pension] == float(
        yuan(sum(slip.amount_fen("pension_employer") for slip in insured))
    )
    assert all(citizen_id.is_valid(str(row[2])) for row in rows)


def test_joiners_are_on_the_insurance_list(wages: Path) -> None:
    """R05 joined in the month and is insured from it; nobody left."""
    _, _, *rows = _rows(wages, "insurance.xlsx", "增减员")
    assert [(row[0], row[2]) for row in rows] == [("增加", "园友R05@ZP001")]


def test_every_employer_has_an_invoice(wages: Path, run: PayRun) -> None:
    """A sheet each, its name fit for Excel; the sums are what the run costs."""
    book = load_workbook(wages / "employer-invoices.xlsx")
    employers = {record.employment.employer.name for record in run.payslips}
    assert len(book.sheetnames) == len(employers)
    asked = 0.0
    for name in book.sheetnames:
        *_, total = list(book[name].iter_rows(values_only=True))
        assert str(total[0]).startswith("合计")
        asked += total[4]
    assert round(asked * 100) == sum(record.employer_cost_fen for record in run.payslips)
