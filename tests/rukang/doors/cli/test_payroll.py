"""``rukang payroll``: the life of a run from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from payroll import yuan
from rukang import pay
from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.database.audit import AuditEntry
from rukang.base.settings import Settings
from rukang.bodies.homes import find_home
from rukang.care.attendance import AttendanceDay, DayMarks, Presence
from rukang.doors.upkeep import bring_up
from rukang.people import Resident
from rukang.work.employment import Employment
from tests.bank import answered
from tests.rukang.doors.cli.conftest import CLERK, DEMO, MANAGER, Rukang

OF = ("--home", "ZP001", "--month", "2026-10")
WITH = ("--local", str(DEMO / "local-policy.yaml"))
BOOKS = """\
uscc: 91371681MAEXAMPL1E
year: 2026
staff: [5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000]
wages: "300000000.00"
"""


def test_a_run_is_calculated_approved_and_locked(rukang: Rukang, home: Path) -> None:
    """By two people; the same to the bit afterwards, and not taken back any more."""
    assert rukang("payroll", "run", *OF, "--out", "wages", *WITH).code == 0
    step = ("payroll", "step", *OF)
    refused = rukang(*step, "--to", "approved")
    assert (refused.code, "另一人" in refused.err) == (1, True)
    assert rukang(*step, "--to", "approved", "--by", MANAGER).code == 0
    assert rukang("payroll", "reopen", *OF, "--reason", "补录").code == 0
    assert rukang("payroll", "run", *OF, "--out", "wages", *WITH).code == 0
    assert rukang(*step, "--to", "approved", "--by", MANAGER).code == 0
    assert rukang(*step, "--to", "locked").code == 0
    assert rukang("payroll", "reopen", *OF, "--reason", "补录").code == 1
    assert "the same to the bit" in rukang("payroll", "verify", *OF, *WITH).out


def test_wages_read_by_command_stand_in_the_trail(rukang: Rukang, home: Path) -> None:
    """Like those read on a page: who, of what, how many; calculating them is no reading."""
    assert rukang("payroll", "run", *OF, "--out", "wages", *WITH).code == 0
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    views = select(AuditEntry.actor, AuditEntry.after).where(
        AuditEntry.action == "view", AuditEntry.table.in_(("payslip", "pay_run"))
    )
    with database.session() as session:
        before = session.execute(views).all()
    assert rukang("payroll", "findings", *OF).code == 0
    with database.session() as session:
        found = session.execute(views).all()[len(before) :]
    assert [(actor, after["read"], after["count"]) for actor, after in found] == [
        (CLERK, "payslip", 56)
    ]


def test_a_stranger_takes_no_step(rukang: Rukang, home: Path) -> None:
    """Made up, closed, or of no such permission there: refused, and the run stays as it is."""
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        grant = Grant(Role.MANAGER, region="371600")
        closed = create_account(session, "gone@example.org", "离职", "four words in a row", [grant])
        closed.is_active = False
        create_account(
            session,
            "far@example.org",
            "外市",
            "four words in a row",
            [
                Grant(Role.MANAGER, region="370100"),
            ],
        )
    step = ("payroll", "step", *OF, "--to", "approved")
    for stranger in ("园长", "nobody@example.org", "gone@example.org", "far@example.org"):
        said = rukang(*step, "--by", stranger)
        assert said.code == 1, stranger
        assert "账号" in said.err or "权限" in said.err
    assert rukang("payroll", "step", *OF, "--to", "locked", "--by", MANAGER).code == 1
    with database.session() as session:
        (run,) = pay.list_runs(session, find_home(session, "ZP001"))
        assert run.state is pay.RunState.CALCULATED
        assert {step.by for step in run.steps} == {CLERK}


def test_who_acts_is_a_named_account(
    rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trail names the account of the command; without one nothing is done."""
    monkeypatch.delenv("RUKANG_ACCOUNT")
    said = rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    assert (said.code, "--as" in said.err) == (1, True)
    done = rukang("--as", CLERK.upper(), "payroll", "run", *OF, "--out", "wages", *WITH)
    assert done.code == 0
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        query = select(AuditEntry.actor).where(AuditEntry.table.in_(("pay_run", "payslip")))
        assert set(session.scalars(query)) == {CLERK}


def test_the_changes_of_a_month_are_told(rukang: Rukang, home: Path) -> None:
    """In the first month everybody is new."""
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    said = rukang("payroll", "changes", *OF).out
    assert "本月新增" in said
    assert "人有变动 / people changed" in said


def test_what_makes_a_job_look_not_real_is_told(rukang: Rukang, home: Path) -> None:
    """Rule, person and evidence, a line each; one newcomer is insured from the next month on.

    Two women have reached the age at which workers retire, and no record says their posts; one
    employer is registered where the minimum wage is lower.
    """
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    said = rukang("payroll", "findings", *OF)
    assert said.code == 0
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == [
        "R33",
        "本月未参加：养老、医疗、失业、工伤、生育",
    ]
    asked = [line for line in lines[2:] if "岗位未记录" in line]
    assert [line.split("，")[1][:7] for line in asked] == ["2024-09", "2026-03"]
    assert ["缴费满 180 个月" in line for line in asked] == [True, True]
    assert any("机构所在地 2210.00 元，单位登记地 2020.00 元" in line for line in lines)
    assert lines[-1].split()[0] == "4"


def test_a_month_without_a_run_is_named(rukang: Rukang, home: Path) -> None:
    """The words say which home and month."""
    said = rukang("payroll", "changes", "--home", "ZP001", "--month", "2026-09")
    assert (said.code, "2026-09" in said.err) == (1, True)


def test_what_a_month_leaves_open_is_told(rukang: Rukang, home: Path) -> None:
    """October before September is locked: the words stand under the totals, and only then."""
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        pay.request_run(session, find_home(session, "ZP001"), date(2026, 9, 1))
    database.close()
    assert "9月的工资批次没有锁定" in rukang("payroll", "run", *OF, "--out", "wages", *WITH).out


def test_what_the_bank_refuses_is_sent_again(rukang: Rukang, home: Path) -> None:
    """One payment fails, with the bank's reason; the next list holds it alone."""
    _locked(rukang)
    assert "56 笔" in rukang("payroll", "send", *OF, "--out", "bank-list.xlsx").out
    outcomes = [("成功", ""), ("失败", "户名不符"), *[("成功", "")] * 54]
    answer = answered(Path("bank-list.xlsx"), outcomes)
    said = rukang("payroll", "answer", answer, *OF)
    assert (said.code, "失败 failed 1" in said.out, "户名不符" in said.out) == (0, True, True)
    assert "1 笔" in rukang("payroll", "send", *OF, "--out", "again.xlsx").out
    assert "0 笔" in rukang("payroll", "send", *OF, "--out", "third.xlsx").out
    assert not Path("third.xlsx").exists()


def test_a_month_is_written_by_employer_and_read_back(rukang: Rukang, home: Path) -> None:
    """A folder each, sent at once; all lists are answered by one command."""
    _locked(rukang)
    month = ("--month", "2026-10")
    said = rukang("payroll", "files", *month, "--out", "office", "--send", *WITH)
    folders = sorted(Path("office").iterdir())
    assert f"{len(folders)} 家单位，{5 * len(folders)} 个文件" in said.out
    lists = []
    for folder in folders:
        rows = load_workbook(folder / "bank-list.xlsx")["代发清单"].max_row - 1
        lists.append(answered(folder / "bank-list.xlsx", [("成功", "")] * rows))
    said = rukang("payroll", "answer", *lists, *month)
    assert (said.code, "成功 paid 56" in said.out, "waiting 0" in said.out) == (0, True, True)


def test_files_of_employers_are_the_clerks(rukang: Rukang, home: Path) -> None:
    """A manager has no leave to read numbers; a clerk of another city sees no wages."""
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    command = ("payroll", "files", "--month", "2026-10", "--out", "office", *WITH)
    refused = rukang(*command, "--by", MANAGER)
    assert (refused.code, "没有写出单位文件的权限" in refused.err) == (1, True)
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        grant = Grant(Role.CLERK, region="370100")
        create_account(session, "far@example.org", "外市", "four words in a row", [grant])
    database.close()
    refused = rukang(*command, "--by", "far@example.org")
    assert (refused.code, "没有已计算的工资" in refused.err) == (1, True)
    assert not Path("office").exists()


def test_the_year_of_an_employer_asks_for_the_local_average_wage(
    rukang: Rukang, home: Path
) -> None:
    """Refused with the parameter's name and nothing written; with a local figure it is reckoned."""
    _locked(rukang)
    Path("books.yaml").write_text(BOOKS, encoding="utf-8")
    command = ("payroll", "statement", "books.yaml", "--out", "statement.xlsx", *WITH)
    refused = rukang(*command)
    assert (refused.code, "levy.local_average_wage" in refused.err) == (1, True)
    assert not Path("statement.xlsx").exists()
    figure = ("levy.local_average_wage", "90000", "--place", "371600", "--from", "2026-01-01")
    document = ("--document", "示例，非官方", "--date", "2026-06-01")
    assert rukang("policy", "add", *figure, *document).code == 0
    said = rukang(*command)
    assert (said.code, "保障金 levy：" in said.out) == (0, True)
    assert Path("statement.xlsx").stat().st_size > 0


def test_each_worker_has_a_certificate_of_the_year(rukang: Rukang, home: Path) -> None:
    """Not before anything is locked; then a page each for all who are taxed."""
    command = ("payroll", "tax-year", "--home", "ZP001", "--year", "2026", *WITH)
    assert "没有已锁定的工资" in rukang(*command).err
    _locked(rukang)
    said = rukang(*command)
    assert (said.code, "36 人" in said.out) == (0, True)
    assert Path("tax-certificates.pdf").read_bytes().startswith(b"%PDF")


def test_a_locked_month_is_corrected_by_command(rukang: Rukang, home: Path) -> None:
    """Not before the lock; with person, value and reason; kept under the account that did it."""
    command = ("payroll", "correct", *OF, "--person", "R01", "--reason", "补记出勤")
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    assert "还没有锁定" in rukang(*command, "--set", "计薪天数=17").err
    for state, by in (("approved", MANAGER), ("locked", CLERK)):
        rukang("payroll", "step", *OF, "--to", state, "--by", by)
    assert "NAME=VALUE" in rukang(*command, "--set", "计薪天数").err
    assert "不能更正 name" in rukang(*command, "--set", "name=别人").err
    assert (
        "没有 R99 的工资条"
        in rukang(*command[:-4], "--person", "R99", *command[-2:], "--set", "x=1").err
    )
    assert rukang(*command, "--set", "计薪天数=17", "--by", MANAGER).code == 1
    assert "还差 4 天没有记录" in rukang(*command, "--set", "计薪天数=17").err
    right = ("计薪天数=17", "事假旷工天数=4", "月工资=2300.00", "扣款=借款 50.00")
    said = rukang(*command, *(part for value in right for part in ("--set", value)))
    assert (said.code, "已登记更正" in said.out) == (0, True)
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        kept = session.scalars(select(pay.PayCorrection)).one()
        assert kept.by == CLERK
        assert kept.changes == {
            "paid_days": 17,
            "unpaid_days": 4,
            "agreed_wage_fen": 230_000,
            "deductions": [{"name": "借款", "amount_fen": 5_000}],
        }
    database.close()
    said = rukang("payroll", "tax-after", *OF, "--person", "R01")
    # Totals of January to September and October's own: 19 890.00 + 2 210.00.
    assert (said.code, said.out.count("任职 months 11")) == (0, 1)


def test_a_late_fee_is_reckoned_by_day(rukang: Rukang, empty: Path) -> None:
    """Contributions: 1000.00 × 0.0005 × 30 days = 15.00, with the article; on time: nothing."""
    of = ("payroll", "late-fee", "contributions", "--amount", "1000", "--place", "371681")
    said = rukang(*of, "--due", "2026-07-15", "--paid", "2026-08-14")
    assert (said.code, "15.00：1000.00 × 0.0005 × 30 天" in said.out) == (0, True)
    assert rukang(*of, "--due", "2026-07-15", "--paid", "2026-07-15").out.startswith("0.00")
    # The levy: 1000.00 × 0.005 × 300 days = 1500.00, in Shandong at most the amount itself.
    levy = ("payroll", "late-fee", "levy", "--amount", "1000.00", "--place", "371681")
    said = rukang(*levy, "--due", "2026-01-01", "--paid", "2026-10-28")
    assert said.out.startswith("1,000.00")
    assert (
        "两位小数"
        in rukang(
            *levy[:3], "--amount", "1.005", *levy[5:], "--due", "2026-01-01", "--paid", "2026-01-02"
        ).err
    )


def test_a_team_shares_to_the_fen(rukang: Rukang) -> None:
    """100.00 in three equal parts, each end rounded: 33.33, 33.34, 33.33; together the whole."""
    of = ("--item", "纸盒", "--quantity", "200", "--rate", "0.5")
    said = rukang("payroll", "team-pay", "R01=1", "R02=1", "R03=1", *of)
    assert said.out.split() == [
        "R01：33.33（1/3）",
        "R02：33.34（1/3）",
        "R03：33.33（1/3）",
        "合计",
        "in",
        "all：100.00",
    ]
    assert "整数" in rukang("payroll", "team-pay", "R01=1.5", *of).err
    assert rukang("payroll", "team-pay", "R01=0", *of).code == 1


def _locked(rukang: Rukang) -> None:
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    for state in ("approved", "locked"):
        by = MANAGER if state == "approved" else CLERK
        assert rukang("payroll", "step", *OF, "--to", state, "--by", by).code == 0


def test_advances_and_who_is_missing_from_the_command_line(rukang: Rukang, home: Path) -> None:
    """R01 has no attendance and is left out; R02, away all month, repays and is waived the rest."""
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        codes = {item.id: item.code for item in session.scalars(select(Resident))}
        for mark in session.scalars(select(AttendanceDay)):
            if codes[mark.resident_id] == "R01":
                session.delete(mark)
            elif codes[mark.resident_id] == "R02" and mark.morning is not Presence.HOLIDAY:
                mark.marks = DayMarks.whole(Presence.PERSONAL_LEAVE)
    done = rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    assert done.code == 1
    assert "单位垫付 advanced by employers" in done.out
    assert "1 人没有算出工资" in done.out
    assert "✗ R01：" in done.err
    said = rukang("payroll", "missing", *OF).out
    assert "R01" in said
    assert "无考勤记录" in said
    assert "其中 1 人待处理" in said
    assert rukang("payroll", "step", *OF, "--to", "approved", "--by", MANAGER).code == 0
    refused = rukang("payroll", "step", *OF, "--to", "locked")
    assert (refused.code, "R01" in refused.err) == (1, True)
    assert rukang("payroll", "leave-out", *OF, "--person", "R01", "--reason", "停工").code == 0
    assert rukang("payroll", "take-in", *OF, "--person", "R01").code == 0
    assert rukang("payroll", "leave-out", *OF, "--person", "R01", "--reason", "停工").code == 0
    assert "停工" in rukang("payroll", "missing", *OF).out
    assert rukang("payroll", "step", *OF, "--to", "locked").code == 0
    of = ("--home", "ZP001", "--person", "R02")
    with database.session() as session:
        (owed,) = pay.receivables(session, find_home(session, "ZP001"))
        left = owed.open_fen
    assert f"{yuan(left)}" in rukang("payroll", "advances", "--home", "ZP001").out
    day = ("--day", "2026-11-01")
    assert rukang("payroll", "consent", *of, *day, "--note", "同意书").code == 0
    paid = rukang("payroll", "repaid", *of, *day, "--amount", "1.00", "--note", "现金")
    assert (paid.code, f"{yuan(left - 100)}" in paid.out) == (0, True)
    rest = f"{yuan(left - 100)}"
    waived = rukang("payroll", "waive", *of, "--amount", rest, "--reason", "困难")
    assert waived.code == 0
    with database.session() as session:
        (owed,) = pay.receivables(session, find_home(session, "ZP001"))
        number = f"{owed.entries[-1].id}"
    confirm = ("payroll", "confirm", "--home", "ZP001", "--waiver", number)
    assert rukang(*confirm).code == 1
    assert rukang(*confirm, "--by", MANAGER).code == 0
    assert "未还合计 open in all：0.00" in rukang("payroll", "advances", "--home", "ZP001").out
    said = rukang("payroll", "advances", "--home", "ZP001", "--all").out
    assert "免除 waived" in said
    for amount in ("0.001", "现金", "NaN", "Infinity", "1e999999999"):
        said = rukang("payroll", "repaid", *of, *day, "--amount", amount, "--note", "现")
        assert (said.code, "最多两位小数" in said.err) == (1, True), amount
    with database.session() as session:
        (work,) = session.scalars(select(Employment).join(Resident).where(Resident.code == "R02"))
        work.ended_on = date(2026, 9, 30)
    said = rukang("payroll", "after-end", "--home", "ZP001").out
    assert "2026-10 R02" in said
    assert "2026-09-30 止 ended" in said
