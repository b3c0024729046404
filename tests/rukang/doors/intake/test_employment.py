"""04-用工单位: organisations, wages, accounts, contracts at the same time."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets import WorkbookError
from rukang.base.access import Caller, Database, Grant, Role
from rukang.doors.intake import import_workbooks
from rukang.people import Resident
from rukang.work.employment import Employment
from tests.demo import DEMO
from tests.factories import a_home, a_resident, an_employer, an_employment
from tests.rukang.doors.intake.conftest import Edit, Edited, Refused, both, only, put

A, B, C = "91371681MAEXAMPL1E", "91371602MAEXAMPL24", "91371621MAEXAMPL3P"
HOME = "52371681MAEXAMPL4Q"
BEFORE = ("01-机构", "02-人员", "04-用工单位")


def day(year: int, month: int, of_month: int) -> datetime:
    """Return a day as a spreadsheet holds it."""
    return datetime(year, month, of_month)  # noqa: DTZ001


def test_wage_below_the_minimum(refused: Refused) -> None:
    """A contract below the county's minimum is refused, with the figure and how sure it is."""
    finding = only(refused("04", put("用工关系", "R01", "月工资（元）", 2209.99)))
    assert (finding.row, finding.header, finding.found) == (2, "月工资（元）", "2209.99")
    for part in ("2210.00 元", "差 0.01 元", "鲁政字〔2025〕140号", "官方文件", "数值为推断"):
        assert part in finding.zh
    assert "2210.00" in finding.en


def test_wage_at_the_minimum(demo_database: Database, edited: Edited) -> None:
    """Exactly the minimum is enough; an agreement has no floor on file and needs no wage."""
    path = edited("04", put("用工关系", "R02", "月工资（元）", 2210))
    assert import_workbooks(demo_database, [path])[0].stored
    import_workbooks(demo_database, [DEMO / "04-用工单位.xlsx"])


WRONG: list[tuple[str, str, str, Any]] = [
    ("用工单位", A, "统一社会信用代码", "91371681MAEXAMPL1F"),
    ("用工单位", B, "参保地代码", "999999"),
    ("用工单位", B, "费率依据", None),
    ("用工单位", C, "工伤保险费率", 0.4),
    ("用工单位", HOME, "日工资折算", "30"),
    ("用工关系", "R02", "银行账号", "6200000000000000019"),
    ("用工关系", "R03", "银行账号", "12345"),
    ("用工关系", "R04", "人员编号", "R99"),
    ("用工关系", "R06", "姓名", "别人"),
    ("用工关系", "R07", "月工资（元）", None),
    ("用工关系", "R08", "申报基数（元）", None),
    ("用工关系", "R09", "月工资（元）", 2300.005),
    ("用工关系", "R10", "开始日期", day(2000, 1, 1)),
    ("用工关系", "R11", "结束日期", day(2000, 1, 1)),
    ("用工关系", "R37", "参保起始月", "2026-10"),
    ("年度累计", "R12", "任职月数", 10),
    ("年度累计", "R13", "累计收入（元）", -1),
    ("年度累计", "R14", "统一社会信用代码", B),
]


def test_what_cannot_be(refused: Refused) -> None:
    """Each wrong cell is reported at its sheet, all at once, in both languages."""
    findings = refused("04", both(*(put(*wrong) for wrong in WRONG)))
    found = {(f.sheet, f.header) for f in findings}
    # Totals of an employer who does not employ the person are reported at the person.
    expected = {(sheet, header) for sheet, _, header, _ in WRONG[:-1]} | {("年度累计", "人员编号")}
    assert expected <= found
    assert all(f.zh and f.en for f in findings)


def _by_pieces(code: str, wage: float | None) -> Edit:
    return both(
        put("用工关系", code, "计酬方式", "计件"), put("用工关系", code, "月工资（元）", wage)
    )


def test_a_contract_may_pay_by_pieces_alone(empty_database: Database, edited: Edited) -> None:
    """Said as such, it has no wage by time; others go on by the month."""
    path = edited("04", _by_pieces("R01", None))
    import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", path])
    with empty_database.session() as session:
        works = [work for work in session.scalars(select(Employment)) if work.by_pieces]
        assert [(of.resident.code, of.monthly_wage_fen) for of in works] == [("R01", 0)]


@pytest.mark.parametrize(
    ("edit", "header", "words"),
    [
        (_by_pieces("R01", 2210), "月工资（元）", "没有这一项"),
        (_by_pieces("R37", None), "计酬方式", "只有劳动合同要填"),
        (put("用工关系", "R01", "月工资（元）", None), "月工资（元）", "填“计件”"),
        (put("用工关系", "R01", "计酬方式", "计时"), "计酬方式", "应为以下之一"),
    ],
)
def test_by_what_a_contract_pays_is_said(
    refused: Refused, edit: Edit, header: str, words: str
) -> None:
    """A wage that was forgotten does not pass for pay by pieces, nor a wage beside them."""
    finding = only(refused("04", edit))
    assert (finding.header, words in finding.zh) == (header, True)


def _insured_to(month: str) -> Edit:
    return put("用工关系", "R01", "参保终止月", month)


def test_insurance_does_not_end_before_it_begins(refused: Refused) -> None:
    """What stands in the column is held against the first insured month."""
    finding = only(refused("04", _insured_to("2000-01")))
    assert (finding.header, "早于它" in finding.zh) == ("参保终止月", True)


def test_the_last_insured_month_is_kept(empty_database: Database, edited: Edited) -> None:
    """As the first day of that month."""
    path = edited("04", _insured_to("2026-09"))
    import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", path])
    with empty_database.session() as session:
        ends = select(Employment.insured_to).where(Employment.insured_to.is_not(None))
        assert session.scalars(ends).all() == [date(2026, 9, 1)]


FUND = ("公积金基数（元）", "公积金个人比例", "公积金单位比例")


def _fund(*given: object, code: str = "R01") -> Edit:
    cells = zip(FUND, given, strict=True)
    return both(*(put("用工关系", code, header, value) for header, value in cells))


@pytest.mark.parametrize(
    "header", ["计酬方式", "参保终止月", "当年首次就业", "协议报酬税目", *FUND]
)
def test_a_column_that_came_later_may_be_left_out(
    empty_database: Database, edited: Edited, header: str
) -> None:
    """Workbooks of before are read as they are."""

    def older(book: Workbook) -> None:
        page = book["用工关系"]
        page.delete_cols(next(cell.column for cell in page[1] if cell.value == header))

    books = [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", edited("04", older)]
    assert import_workbooks(empty_database, books)[-1].stored


@pytest.mark.parametrize("given", [(5000, 0.08, None), (5000, None, 0.08), (None, 0.08, 0.08)])
def test_the_funds_base_and_rates_belong_together(
    refused: Refused, given: tuple[float | None, ...]
) -> None:
    """The cell that lacks is named."""
    finding = only(refused("04", _fund(*given)))
    assert (finding.header, "一起填写" in finding.zh) == (FUND[given.index(None)], True)


def test_the_funds_base_and_rates_are_kept(empty_database: Database, edited: Edited) -> None:
    """In fen, and as exact rates; whoever has none goes on without."""
    path = edited("04", _fund(5000.5, 0.08, 0.1))
    import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", path])
    with empty_database.session() as session:
        having = select(Employment).where(Employment.fund_base_fen.is_not(None))
        (work,) = session.scalars(having)
        assert (work.fund_base_fen, work.fund_own_rate, work.fund_employer_rate) == (
            500_050,
            Decimal("0.08"),
            Decimal("0.1"),
        )


def test_an_agreement_has_no_fund(refused: Refused) -> None:
    """There is no labour relation whose employer could pay into it."""
    finding = only(refused("04", _fund(5000, 0.08, 0.08, code="R37")))
    assert (finding.header, "没有劳动关系" in finding.zh) == (FUND[0], True)


def test_account_is_hidden_in_findings(refused: Refused) -> None:
    """A wrong account shows its ends only."""
    finding = only(refused("04", put("用工关系", "R02", "银行账号", "6200000000000000019")))
    assert finding.found == "6200***********0019"


def _second_contract(started_on: datetime) -> Any:
    def add(book: Workbook) -> None:
        page = book["用工关系"]
        first = {head.value: cell.value for head, cell in zip(page[1], page[3], strict=True)}
        changed = {"统一社会信用代码": B, "开始日期": started_on, "结束日期": None}
        page.append([*(first | changed | {"月工资（元）": 2300}).values()])

    return add


def test_two_contracts_at_once(refused: Refused) -> None:
    """One person has one full-time contract at a time."""
    finding = only(refused("04", _second_contract(day(2026, 10, 1))))
    assert finding.header == "开始日期"
    assert "第 3 行" in finding.zh


def test_one_contract_after_another(empty_database: Database, edited: Edited) -> None:
    """A contract may follow another that has ended, whose wage is not held to a later minimum."""
    end = both(
        put("用工关系", "R02", "结束日期", day(2026, 9, 30)),
        put("用工关系", "R02", "月工资（元）", 2010),
    )
    path = edited("04", both(end, _second_contract(day(2026, 10, 1))))
    done = import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", path])
    assert done[-1].stored


def test_contract_beside_a_kept_one(refused: Refused) -> None:
    """A contract kept before counts, though the workbook no longer names it."""

    def moved(book: Workbook) -> None:
        put("用工关系", "R02", "统一社会信用代码", B)(book)
        put("年度累计", "R02", "统一社会信用代码", B)(book)

    assert "另一单位" in only(refused("04", moved)).zh


@pytest.mark.parametrize("employer", [A, B])
def test_contract_beside_one_of_another_home(
    empty_database: Database, edited: Edited, employer: str
) -> None:
    """Whichever company it is with; neither the home nor the date of its contract is told."""
    import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx"])
    with empty_database.session() as session:
        person = session.scalars(select(Resident).where(Resident.code == "R02")).one().person
        elsewhere = a_resident(session, a_home(session, "BX009"), person=person)
        company = an_employer(session, uscc=employer)
        an_employment(session, elsewhere, company, started_on=date(2024, 2, 29))
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [DEMO / "04-用工单位.xlsx"])
    finding = only(list(caught.value.findings))
    assert "另一家机构" in finding.zh
    for secret in ("BX009", "2024-02"):
        assert secret not in f"{finding}"


LARGEST = [
    ("用工关系", "R02", "月工资（元）", 21_474_836.47),
    ("用工关系", "R02", "申报基数（元）", 21_474_836.47),
    ("年度累计", "R12", "累计收入（元）", 21_474_836.47),
]


def test_amounts_beyond_every_wage(refused: Refused, edited: Edited) -> None:
    """An amount too large to be kept is a slip of the keyboard, and is told as one."""
    beyond = [(sheet, key, header, amount + 0.01) for sheet, key, header, amount in LARGEST]
    findings = refused("04", both(*(put(*wrong) for wrong in beyond)))
    assert [(f.sheet, f.header) for f in findings] == [(s, header) for s, _, header, _ in LARGEST]


def test_the_largest_amounts_are_kept(empty_database: Database, edited: Edited) -> None:
    """Up to there every database keeps them."""
    path = edited("04", both(*(put(*right) for right in LARGEST)))
    done = import_workbooks(empty_database, [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", path])
    assert done[-1].stored


def _of_another_home(session: Session) -> tuple[int, Edit]:
    """Return a second home, and an edit that makes the workbook that home's, of one contract."""
    home = a_home(session, "BX009", county="371625")
    resident = a_resident(session, home, "Z01")

    def edit(book: Workbook) -> None:
        book["填报信息"]["A2"] = home.code
        page = book["用工关系"]
        terms = [cell.value for cell in page[2]]
        terms[:2] = resident.code, resident.person.name
        page.delete_rows(2, page.max_row)
        page.append(terms)
        book["年度累计"].delete_rows(2, book["年度累计"].max_row)

    return home.id, edit


@pytest.mark.parametrize(
    ("rate", "everywhere", "stored"),
    [(0.004, False, True), (0.09, False, False), (0.09, True, True)],
)
def test_an_employer_of_two_homes(
    empty_database: Database, edited: Edited, rate: float, everywhere: bool, stored: bool
) -> None:
    """A clerk may use an employer of another home as it is, but not change that home's wages."""
    import_workbooks(empty_database, [DEMO / f"{name}.xlsx" for name in BEFORE])
    with empty_database.session() as session:
        home_id, theirs = _of_another_home(session)
    grant = Grant(Role.CLERK, home_id=None if everywhere else home_id)
    path = edited("04", both(theirs, put("用工单位", A, "工伤保险费率", rate)))
    if stored:
        assert import_workbooks(empty_database, [path], Caller("clerk", (grant,)))[0].stored
        return
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(empty_database, [path], Caller("clerk", (grant,)))
    finding = only(list(caught.value.findings))
    assert (finding.sheet, finding.row) == ("用工单位", 2)
    assert "0.004" not in str(finding)


@pytest.mark.parametrize("new_first", [True, False])
def test_a_raise_is_a_second_row_of_the_same_employer(
    empty_database: Database, edited: Edited, new_first: bool
) -> None:
    """The old terms end, the new ones begin, in whatever order the rows stand."""

    def raised(book: Workbook) -> None:
        page = book["用工关系"]
        columns = {str(cell.value): cell.column for cell in page[1]}
        old = next(cells[0].row for cells in page.iter_rows() if cells[0].value == "R02")
        at = 2 if new_first else page.max_row + 1
        if new_first:
            page.insert_rows(at)
            old += 1
        for column in columns.values():
            page.cell(at, column).value = page.cell(old, column).value
        page.cell(old, columns["结束日期"]).value = day(2026, 10, 14)
        page.cell(at, columns["开始日期"]).value = day(2026, 10, 15)
        page.cell(at, columns["月工资（元）"]).value = 2600

    books = [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", DEMO / "04-用工单位.xlsx"]
    import_workbooks(empty_database, books)
    import_workbooks(empty_database, [edited("04", raised)])
    with empty_database.session() as session:
        query = select(Employment).join(Resident).where(Resident.code == "R02")
        old, new = session.scalars(query.order_by(Employment.started_on))
        assert (old.ended_on, new.started_on) == (date(2026, 10, 14), date(2026, 10, 15))
        assert (old.monthly_wage_fen, new.monthly_wage_fen) == (226_000, 260_000)
        assert old.id < new.id
        assert old.job == new.job
