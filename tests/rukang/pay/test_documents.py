"""The workbooks of a wage run hold the run's figures, and text stays text."""

from __future__ import annotations

import stat
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import Month, Policy, yuan
from payroll.policy import Name
from rukang import pay
from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.database import audit
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError, NotAllowedError
from rukang.numbers import bank_account, citizen_id
from rukang.pay import PayItem, PayItemKind, PayRun, PayslipRecord
from rukang.pay.documents.month import paid_month
from rukang.pay.documents.notes import Note, grouped
from rukang.pay.documents.offices.bank_list import bank_sheets
from rukang.pay.documents.offices.tax_sheet import tax_columns, tax_rows
from rukang.pay.documents.summary import _some
from rukang.people import Resident
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
    assert "国发〔2005〕38号（转引资料）" in pension[8]


def test_text_that_looks_like_a_formula_stays_text(wages: Path) -> None:
    """An employer's name is whatever somebody typed."""
    cell = _sheet(wages, "payslips.xlsx", "工资表")["C5"]
    assert cell.value == "=1+1 食品有限公司"
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_bank_list_pays_the_net(wages: Path, run: PayRun) -> None:
    """Accounts in clear, no row of sums among them; count and total on a sheet of their own."""
    _, *rows = _rows(wages, "bank-list.xlsx", "代发清单")
    assert [row[4] for row in rows] == [float(yuan(record.net_fen)) for record in run.payslips]
    assert all(bank_account.is_valid(row[3]) for row in rows)
    assert {row[6] for row in rows} == {"ZP001"}
    _, sums = _rows(wages, "bank-list.xlsx", "合计")
    assert sums == (4, pytest.approx(sum(row[4] for row in rows)))


def test_a_payment_of_nil_is_no_payment() -> None:
    """Banks refuse it; count and total say that nobody is paid."""
    table, sums = bank_sheets(Session(), [PayslipRecord(net_fen=0)])
    assert (table.rows, sums.rows) == ([], [(0, 0)])


def test_an_unknown_column_of_the_bank_list_is_an_error() -> None:
    """Rather than an empty column in the file a bank pays from."""
    with pytest.raises(KeyError, match="卡号"):
        bank_sheets(Session(), [], ["编号", "卡号"])


def test_the_tax_sheet_has_its_columns_and_nothing_else(wages: Path, run: PayRun) -> None:
    """The client reads them by place; only labour contracts are wages."""
    book = load_workbook(wages / "income-tax-import.xlsx")
    assert book.sheetnames == ["正常工资薪金收入"]
    headers, *rows = _rows(wages, "income-tax-import.xlsx", "正常工资薪金收入")
    assert len(headers) == 29
    assert headers[19:] == (
        *("税延养老保险", "公务交通费用", "通讯费用", "律师办案费用", "西藏附加减除费用", "其他"),
        *("准予扣除的捐赠额", "减免税额", "协定减免", "备注"),
    )
    assert [row[0] for row in rows] == ["R01", "R02", "R05"]
    assert all(citizen_id.is_valid(row[3]) for row in rows)
    assert rows[0][4:9] == (2210, None, 360.32, 90.08, 13.51)
    assert {row[-1] for row in rows} == {None}


def test_an_older_client_gets_its_24_columns(
    october: Database, run: PayRun, tmp_path: Path
) -> None:
    """Which of them is asked for is a figure of the place; nothing known is lost by it."""
    local = tmp_path / "old-client.yaml"
    local.write_text(
        "document: 示例：扣缴端仍是旧版\ndate: 2026-01-01\nfigures:\n"
        "  - {parameter: income_tax.import_layout, place: CN, from: 2026-01-01, value: 24}\n",
        encoding="utf-8",
    )
    with october.session() as session:
        month = paid_month(session, pay.find_run(session, run.id))
        new, old = (tax_columns(policy, month) for policy in (Policy.load(), Policy.load([local])))
        rows = [dict(zip(old, row, strict=True)) for row in tax_rows(session, month, old)]
        session.rollback()
    assert (len(new), len(old)) == (29, 24)
    assert [column for column in new if column in old] == list(old)
    assert next(row["本期收入"] for row in rows) == Decimal("2210.00")


def test_the_tax_sheet_leaves_nothing_out_that_tax_saw(empty_database: Database) -> None:
    """The fund, exempt pay, deductions by their kinds, relief, and what is known only as a sum.

    Children 2000 in September and October are 4000 of the year's 10000; September lies in the
    totals on file (through September), so October's 2000 alone can be told by kind: 8000 is told.
    """
    with empty_database.session() as session:
        run_id = make.an_october(session).id
        resident = session.scalars(select(Resident).where(Resident.code == "R01")).one()
        for month in (9, 10):
            session.add(
                PayItem(
                    home_id=resident.home_id, resident_id=resident.id, employer_id=None,
                    month=date(2026, month, 1), kind=PayItemKind.SPECIAL_ADDITIONAL,
                    name="子女教育", amount_fen=200_000, taxable=True,
                )
            )  # fmt: skip
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
        row = _tax_row(session, run)
        assert (row["本期免税收入"], row["住房公积金"]) == (Decimal("200.00"), Decimal("110.50"))
        assert (row["累计子女教育"], row["减免税额"]) == (Decimal("2000.00"), Decimal("50.00"))
        assert row["备注"] == (
            "计税时含累计专项附加扣除 8000.00 元，请在扣缴端按项目填报；"
            "累计减免税额 50.00 元，本月增加的在“减免税额”列"
        )
        # Entered after tax was computed: no kind is claimed to be in the sum.
        run.inputs = [first | changes | {"tax_year": year | {"special_additional_fen": 100_000}}]
        run.inputs += others
        row = _tax_row(session, run)
        assert (row["累计子女教育"], "1000.00 元" in str(row["备注"])) == (None, True)


def test_relief_of_earlier_months_is_not_claimed_again(empty_database: Database) -> None:
    """Granted 30 by September and 50 by October: October adds 20."""
    with empty_database.session() as session:
        run_id = make.an_october(session).id
        resident = session.scalars(select(Resident).where(Resident.code == "R02")).one()
        for month, fen in ((9, 3_000), (10, 5_000)):
            session.add(
                PayItem(
                    home_id=resident.home_id, resident_id=resident.id, employer_id=None,
                    month=date(2026, month, 1), kind=PayItemKind.RELIEF_TO_DATE,
                    name="", amount_fen=fen, taxable=True,
                )
            )  # fmt: skip
    pay.calculate_run(empty_database, run_id, Policy.load([LOCAL_POLICY]))
    with empty_database.session() as session:
        row = _tax_row(session, pay.find_run(session, run_id), "R02")
    assert row["减免税额"] == Decimal("20.00")
    assert "累计减免税额 50.00 元" in str(row["备注"])


def _tax_row(session: Session, run: PayRun, code: str = "R01") -> dict[str, Any]:
    month = paid_month(session, run)
    columns = tax_columns(Policy.load(), month)
    rows = [dict(zip(columns, row, strict=True)) for row in tax_rows(session, month, columns)]
    return next(row for row in rows if row["工号"] == code)


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
    notes = {(row[3], row[1]) for row in rows}
    assert [code for code, text in notes if "病假 1 天按全额" in text] == ["R01"]
    assert [code for code, text in notes if "没有找到报酬的数值下限" in text] == ["R37"]
    assert [code for code, text in notes if "税目未定" in text] == ["R37"]


def test_equal_notes_are_one_with_a_count(wages: Path) -> None:
    """Each sentence once, what concerns the fewest first; all concerned are counted."""
    _, _, *rows = _rows(wages, "summary.xlsx", "提示")
    texts, counts = [row[1] for row in rows], [row[0] for row in rows]
    assert len(set(texts)) == len(texts)
    assert counts == sorted(counts)
    (codes,) = [row[3] for row in rows if "缴费基数上下限尚未公布" in row[1]]
    assert codes == "R01、R02、R05"
    assert counts[texts.index(next(t for t in texts if "缴费基数上下限尚未公布" in t))] == 3


def test_of_many_the_first_are_named() -> None:
    """A sentence about 150 people says 150, names a dozen, and says that there are more."""
    paid = [
        SimpleNamespace(slip=SimpleNamespace(worker=f"R{n:03}"), employer="甲") for n in range(150)
    ]
    same, rare = Name(zh="常见", en="common"), Name(zh="少见", en="rare")
    notes = [Note(one, same) for one in paid] + [Note(paid[7], rare)]  # type: ignore[arg-type]
    first, second = grouped(notes)
    assert (first.text, len(first.people), len(second.people)) == (rare, 1, 150)
    said = _some(one.slip.worker for one in second.people)
    assert said.startswith("R000、R001")
    assert said.endswith("等，另 138 / and 138 more")


def test_every_opened_number_is_in_the_audit_trail(wages: Path, october: Database) -> None:
    """Four accounts for the bank, IDs for the tax office (3) and the insurance office (3 and 1)."""
    assert wages.exists()
    with october.session() as session:
        query = select(AuditEntry).where(AuditEntry.action == "read")
        entries = audit.opened(session, session.scalars(query))
    opened = [(entry.entry.table, entry.after["field"]) for entry in entries if entry.after]
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
