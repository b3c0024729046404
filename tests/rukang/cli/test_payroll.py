"""``rukang payroll``: the life of a run from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rukang import pay
from rukang.cli.common import prepared
from rukang.homes import find_home
from rukang.settings import Settings
from tests.bank import answered
from tests.rukang.cli.conftest import DEMO, Rukang

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
    assert rukang("payroll", "run", *OF, "--by", "工资专员", "--out", "wages", *WITH).code == 0
    step = ("payroll", "step", *OF)
    refused = rukang(*step, "--to", "approved", "--by", "工资专员")
    assert (refused.code, "另一人" in refused.err) == (1, True)
    assert rukang(*step, "--to", "approved", "--by", "园长").code == 0
    assert rukang("payroll", "reopen", *OF, "--by", "工资专员", "--reason", "补录").code == 0
    assert rukang("payroll", "run", *OF, "--out", "wages", *WITH).code == 0
    assert rukang(*step, "--to", "approved", "--by", "园长").code == 0
    assert rukang(*step, "--to", "locked", "--by", "园长").code == 0
    assert rukang("payroll", "reopen", *OF, "--by", "园长", "--reason", "补录").code == 1
    assert "the same to the bit" in rukang("payroll", "verify", *OF, *WITH).out


def test_the_changes_of_a_month_are_told(rukang: Rukang, home: Path) -> None:
    """In the first month everybody is new."""
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    said = rukang("payroll", "changes", *OF).out
    assert "本月新增" in said
    assert "人有变动 / people changed" in said


def test_what_makes_a_job_look_not_real_is_told(rukang: Rukang, home: Path) -> None:
    """Rule, person and evidence, a line each; one newcomer is insured from the next month on."""
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    said = rukang("payroll", "findings", *OF)
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines()] == [
        "R33",
        "本月未参加：养老、医疗、失业、工伤、生育",
        "1",
    ]


def test_a_month_without_a_run_is_named(rukang: Rukang, home: Path) -> None:
    """The words say which home and month."""
    said = rukang("payroll", "changes", "--home", "ZP001", "--month", "2026-09")
    assert (said.code, "2026-09" in said.err) == (1, True)


def test_what_a_month_leaves_open_is_told(rukang: Rukang, home: Path) -> None:
    """October before September is locked: the words stand under the totals, and only then."""
    database = prepared(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
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


def _locked(rukang: Rukang) -> None:
    rukang("payroll", "run", *OF, "--out", "wages", *WITH)
    for state in ("approved", "locked"):
        assert rukang("payroll", "step", *OF, "--to", state, "--by", "园长").code == 0
