"""A month's files by employer: a folder each, nothing of another, what they cover, read back."""

from __future__ import annotations

import stat
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from payroll import Policy
from rostering.sheets import WorkbookError
from rukang import pay
from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.access.accounts import create_account
from rukang.base.access.records import Account
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.bodies.homes import Home, find_home
from rukang.care.attendance import AttendanceDay
from rukang.doors.intake.answers.bank_answer import read_bank_answer
from rukang.pay import PayFile, Payment, PayRun, PayslipRecord, PayStep
from rukang.people import Person, Resident, Staff
from rukang.work.employment import Employer, Employment, TaxToDate
from tests import factories as make
from tests.bank import answered
from tests.demo import LOCAL_POLICY
from tests.factories import OCTOBER
from tests.wages import lock

POLICY = Policy.load([LOCAL_POLICY])
FILES = {
    *("bank-list.xlsx", "income-tax-import.xlsx", "insurance.xlsx", "invoice.xlsx"),
    "statement.xlsx",
}
SHARED, OWN, FAR = "合用/纸品 有限公司", "独用食品有限公司", "远处有限公司"


@pytest.fixture
def month(empty_database: Database) -> Database:
    """October of three homes, locked: one employer in all of them, one in each of two.

    Homes 1 and 2 lie in 邹平, home 3 in 滨城; people of different homes have the same codes.
    """
    worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
    runs = []
    with empty_database.session() as session:
        homes = [
            make.a_home(session, code, county)
            for code, county in (("ZP001", "371681"), ("ZP002", "371681"), ("BC001", "371602"))
        ]
        shared, own, far = (make.an_employer(session, name) for name in (SHARED, OWN, FAR))
        for home, payers in zip(homes, ((shared, own), (shared,), (shared, far)), strict=True):
            for number, payer in enumerate(payers, start=1):
                resident = make.a_resident(session, home, f"R0{number}")
                make.a_tax_year(session, make.an_employment(session, resident, payer))
                make.some_marks(session, resident, worked)
            runs.append(pay.request_run(session, home, OCTOBER).id)
    for run_id in runs:
        pay.calculate_run(empty_database, run_id, POLICY)
        lock(empty_database, run_id)
    return empty_database


def _clerk(database: Database, **where: object) -> Caller:
    with database.session():
        return Caller("clerk@example.org", (Grant(Role.CLERK, **where),))  # type: ignore[arg-type]


def _written(
    database: Database, caller: Caller, folder: Path, **options: object
) -> dict[str, list[Path]]:
    with database.session(caller, Permission.NUMBERS_READ) as session:
        return pay.write_by_employer(session, OCTOBER, folder, POLICY, **options)  # type: ignore[arg-type]


def _texts(path: Path | BytesIO) -> str:
    book = load_workbook(path)
    return " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def _folder(written: dict[str, list[Path]], name: str) -> Path:
    (found,) = {p[0].parent for p in written.values() if name.split("/")[0] in p[0].parent.name}
    return found


def test_every_employer_has_a_folder_and_nothing_of_another_in_it(
    month: Database, tmp_path: Path
) -> None:
    """Of the region: three employers, five files each, for their owner only."""
    written = _written(month, _clerk(month, region="371600"), tmp_path)
    assert len(written) == 3
    for paths in written.values():
        assert {path.name for path in paths} == FILES
        assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert {path.parent.parent for paths in written.values() for path in paths} == {tmp_path}
    people = {
        SHARED: {"园友R01@ZP001", "园友R01@ZP002", "园友R01@BC001"},
        OWN: {"园友R02@ZP001"},
        FAR: {"园友R02@BC001"},
    }
    for name, own in people.items():
        others = {p for n, ps in people.items() if n != name for p in ps} | (people.keys() - {name})
        for path in _folder(written, name).iterdir():
            said = _texts(path)
            assert not any(other in said for other in others), path
            assert all(person in said for person in own), path


def test_the_files_say_what_they_cover(month: Database, tmp_path: Path) -> None:
    """Two of the three homes are seen: the third is told of, and not named."""
    zouping, region = _clerk(month, region="371681"), _clerk(month, region="371600")
    some = _folder(_written(month, zouping, tmp_path / "some"), SHARED)
    whole = _folder(_written(month, region, tmp_path / "whole"), SHARED)
    for name in FILES:
        *homes, others = list(load_workbook(some / name)["涵盖范围"].iter_rows(values_only=True))[
            2:
        ]
        assert [(row[1], row[3], row[4]) for row in homes] == [
            ("ZP001", 1, "已锁定"),
            ("ZP002", 1, "已锁定"),
        ]
        assert "有，不在本文件内" in str(others[4])
        assert "BC001" not in _texts(some / name)
        *homes, others = list(load_workbook(whole / name)["涵盖范围"].iter_rows(values_only=True))[
            2:
        ]
        assert (len(homes), others[4]) == (3, "没有 None")


def test_a_home_that_is_not_calculated_is_named(month: Database, tmp_path: Path) -> None:
    """Its people are missing from the files, and the files say so."""
    with month.session() as session:
        home = make.a_home(session, "ZP003")
        shared = session.scalars(select(PayRun)).first().payslips[0].employment.employer  # type: ignore[union-attr]
        make.an_employment(session, make.a_resident(session, home), shared)
    written = _written(month, _clerk(month, region="371600"), tmp_path)
    rows = load_workbook(_folder(written, SHARED) / "invoice.xlsx")["涵盖范围"]
    said = {row[1]: row[4] for row in rows.iter_rows(values_only=True)}
    assert said["ZP003"] == "本月工资还没有计算 Not calculated"


def test_the_bank_lists_are_read_back_with_every_row_confirmed(
    month: Database, tmp_path: Path
) -> None:
    """Sent once: the second writing lists nothing; people of two homes are told apart."""
    clerk = _clerk(month, region="371600")
    written = _written(month, clerk, tmp_path / "first", sending=True)
    again = _written(month, clerk, tmp_path / "again", sending=True)
    assert _payments(_folder(again, SHARED)) == []
    for name, count in ((SHARED, 3), (OWN, 1), (FAR, 1)):
        folder = _folder(written, name)
        assert len(_payments(folder)) == count
        answer = answered(folder / "bank-list.xlsx", [("成功", "")] * count)
        with month.session() as session:
            runs = session.scalars(select(PayRun)).all()
            found = read_bank_answer(answer, *runs)
            assert [item.is_paid for item in found] == [True] * count
            for run in runs:
                own = {slip.id for slip in run.payslips}
                pay.take_answers(session, run, [i for i in found if i.payslip_id in own])
    with month.session() as session:
        assert all(pay.paid_so_far(session, r).is_complete for r in session.scalars(select(PayRun)))


def test_a_list_without_its_homes_is_not_guessed_at(month: Database, tmp_path: Path) -> None:
    """Two homes have an R01 at this employer: which is meant is asked."""
    written = _written(month, _clerk(month, region="371600"), tmp_path, sending=True)
    answer = answered(_folder(written, SHARED) / "bank-list.xlsx", [("成功", "")] * 3)
    book = load_workbook(answer)
    book["代发清单"].delete_cols(7)
    book.save(answer)
    with month.session() as session, pytest.raises(WorkbookError, match="请保留"):
        read_bank_answer(answer, *session.scalars(select(PayRun)))


def test_nothing_unlocked_is_sent(month: Database, tmp_path: Path) -> None:
    """A calculated run has files, marked as not locked, and an empty bank list; it is not sent."""
    with month.session() as session:
        home = make.a_home(session, "ZP004")
        payer = make.an_employer(session, "新来有限公司")
        resident = make.a_resident(session, home)
        make.a_tax_year(session, make.an_employment(session, resident, payer))
        worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
        make.some_marks(session, resident, worked)
        run_id, uscc = pay.request_run(session, home, OCTOBER).id, payer.uscc
    pay.calculate_run(month, run_id, POLICY)
    clerk = _clerk(month, region="371681")
    written = _written(month, clerk, tmp_path / "draft", payers=[uscc])
    assert list(written) == [uscc]
    assert _payments(_folder(written, "新来")) == []
    assert "已计算，未批准" in _texts(_folder(written, "新来") / "insurance.xlsx")
    with pytest.raises(ConflictError, match="锁定以后"):
        _written(month, clerk, tmp_path / "sent", sending=True)
    assert not any((tmp_path / "sent").iterdir())


def test_a_stranger_gets_nothing(month: Database, tmp_path: Path) -> None:
    """A clerk of another city sees no wages; a manager may not read numbers."""
    out = tmp_path / "out"
    with pytest.raises(NotFoundError, match="没有已计算的工资"):
        _written(month, _clerk(month, region="370100"), out)
    with pytest.raises(NotFoundError, match="99371681MA3EXAMP0X"):
        _written(month, _clerk(month, region="371600"), out, payers=["99371681MA3EXAMP0X"])
    manager = Caller("m@example.org", (Grant(Role.MANAGER, region="371600"),))
    with (
        month.session(manager, Permission.PAY_READ) as session,
        pytest.raises(NotAllowedError, match="numbers:read"),
    ):
        pay.write_by_employer(session, OCTOBER, out, POLICY)
    assert not out.exists() or not any(out.iterdir())


def test_everybody_gets_a_payslip_file_named_by_code(month: Database, tmp_path: Path) -> None:
    """One PDF a person in the employer's folder; the name of the file tells no name."""
    written = _written(month, _clerk(month, region="371681"), tmp_path, each=True)
    slips = _folder(written, SHARED) / "payslips"
    assert sorted(path.name for path in slips.iterdir()) == ["ZP001-R01.pdf", "ZP002-R01.pdf"]
    assert stat.S_IMODE(slips.stat().st_mode) == 0o700
    assert all(path.read_bytes().startswith(b"%PDF") for path in slips.iterdir())


def test_a_clerk_of_an_employer_gets_its_folder_and_nothing_else(
    month: Database, tmp_path: Path
) -> None:
    """The whole of the employer, from homes that the clerk does not see; of others nothing."""
    with month.session() as session:
        payer = session.scalars(select(Employer).where(Employer.name == SHARED)).one()
    clerk = _clerk(month, employer_id=payer.id)
    written = _written(month, clerk, tmp_path, sending=True)
    assert list(written) == [payer.uscc]
    folder = _folder(written, SHARED)
    rows = list(load_workbook(folder / "invoice.xlsx")["涵盖范围"].iter_rows(values_only=True))[2:]
    assert [row[1] for row in rows] == ["BC001", "ZP001", "ZP002", ""]
    assert rows[-1][4] == "没有 None"
    assert len(_payments(folder)) == 3
    with month.session(clerk, Permission.PAY_WRITE) as session:
        assert session.scalars(select(Home)).all() == []
        assert session.scalars(select(PayRun)).all() == []
        assert {w.employer_id for w in session.scalars(select(Employment))} == {payer.id}
        assert [of.id for of in session.scalars(select(Employer))] == [payer.id]
        names = set(session.scalars(select(Person.name)))
        assert names == {"园友R01@ZP001", "园友R01@ZP002", "园友R01@BC001"}
        assert {r.code for r in session.scalars(select(Resident))} == {"R01"}
        assert len(session.scalars(select(PayslipRecord)).all()) == 3
        assert {p.payslip.employment.employer_id for p in session.scalars(select(Payment))} == {
            payer.id
        }
        assert len(session.scalars(select(TaxToDate)).all()) == 3
        for record in (AttendanceDay, Staff, PayStep):
            assert session.scalars(select(record)).all() == []
        with pytest.raises(NotFoundError):
            find_home(session, "ZP001")


def test_a_home_of_the_employer_that_is_not_calculated_is_named_to_its_clerk(
    month: Database, tmp_path: Path
) -> None:
    """Although the clerk does not see the home: the work there is the employer's."""
    with month.session() as session:
        payer = session.scalars(select(Employer).where(Employer.name == SHARED)).one()
        home = make.a_home(session, "ZP003")
        make.an_employment(session, make.a_resident(session, home), payer)
    written = _written(month, _clerk(month, employer_id=payer.id), tmp_path)
    said = load_workbook(_folder(written, SHARED) / "bank-list.xlsx")["涵盖范围"]
    rows = {row[1]: row[4] for row in said.iter_rows(values_only=True)}
    assert rows["ZP003"] == "本月工资还没有计算 Not calculated"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OFFICER, Role.ADMINISTRATOR])
def test_only_a_wage_clerk_acts_for_an_employer(month: Database, role: Role) -> None:
    """Any other role would see what its work does not need, or everything."""
    given = [Grant(role, employer_id=1)]
    with month.session() as session, pytest.raises(InvalidError, match="范围不能是“用工单位”"):
        create_account(session, "n@example.org", "示例", "four words in a row", given)


def _ordered(database: Database, *grants: Grant) -> tuple[Caller, int]:
    with database.session() as session:
        create_account(session, "clerk@example.org", "专员", "four words in a row", grants)
    caller = Caller("clerk@example.org", grants)
    with database.session(caller, Permission.NUMBERS_READ) as session:
        order, _ = pay.order_files(session, OCTOBER)
        return caller, order.id


def test_an_order_is_written_sealed_and_handed_to_who_asked(month: Database) -> None:
    """Once, however often the job begins; opened with an entry; a stranger finds nothing."""
    caller, order_id = _ordered(month, Grant(Role.CLERK, region="371600"))
    for _ in range(2):
        pay.write_ordered(month, order_id, POLICY)
    with month.session(caller, Permission.NUMBERS_READ) as session:
        order = pay.find_order(session, order_id)
        assert order.made_at is not None
        files = pay.files_of(session, order)
        assert len(files) == 3 * len(FILES)
        (list_,) = (f for f in files if f.name.endswith("bank-list.xlsx") and "合用" in f.name)
        _, content = pay.open_file(session, order, list_.id)
        assert len(content) == list_.size
        assert content.startswith(b"PK")
        stored = session.scalar(select(PayFile.content_cipher).where(PayFile.id == list_.id))
        assert content not in stored
        assert "园友R01@ZP001" in _texts(BytesIO(content))
    with month.session() as session:
        read = select(AuditEntry).where(AuditEntry.table == "pay_file", AuditEntry.action == "read")
        assert [entry.actor for entry in session.scalars(read)] == ["clerk@example.org"]
    stranger = Caller("other@example.org", (Grant(Role.CLERK, region="371600"),))
    with month.session(stranger, Permission.NUMBERS_READ) as session:
        assert session.scalars(pay.orders_query(session)).all() == []
        with pytest.raises(NotFoundError, match="没有您申请的"):
            pay.find_order(session, order_id)


def test_who_lost_a_home_loses_its_files(month: Database) -> None:
    """What was written under a grant of before is not handed out after it ended."""
    _, order_id = _ordered(month, Grant(Role.CLERK, region="371600"))
    pay.write_ordered(month, order_id, POLICY)
    less = Caller("clerk@example.org", (Grant(Role.CLERK, region="371681"),))
    with month.session(less, Permission.NUMBERS_READ) as session:
        order = pay.find_order(session, order_id)
        # In 邹平 alone is the second employer; the others have people in 滨城 too.
        files = pay.files_of(session, order)
        assert {file.employer.name for file in files} == {OWN}
        other = next(file for file in order.files if file not in files)
        with pytest.raises(NotFoundError, match="不能查看"):
            pay.open_file(session, order, other.id)


def test_a_new_order_takes_the_earlier_one_away(month: Database) -> None:
    """Files of people are kept no longer than they are wanted; nothing calculated is refused."""
    caller, first = _ordered(month, Grant(Role.CLERK, region="371600"))
    pay.write_ordered(month, first, POLICY)
    with month.session(caller, Permission.NUMBERS_READ) as session:
        second, _ = pay.order_files(session, OCTOBER)
        assert [order.id for order in session.scalars(pay.orders_query(session))] == [second.id]
        assert session.scalar(select(func.count(PayFile.id))) == 0
        with pytest.raises(ConflictError, match="没有已计算的工资"):
            pay.order_files(session, date(2026, 11, 1))


def test_an_account_that_was_closed_gets_nothing_written(month: Database) -> None:
    """The worker writes with the leave that the account has then."""
    _, order_id = _ordered(month, Grant(Role.CLERK, region="371600"))
    with month.session() as session:
        session.scalars(select(Account)).one().is_active = False
    with pytest.raises(NotAllowedError):
        pay.write_ordered(month, order_id, POLICY)
    with month.session() as session:
        assert session.scalar(select(func.count(PayFile.id))) == 0


def _payments(folder: Path) -> list[tuple[object, ...]]:
    _, *rows = load_workbook(folder / "bank-list.xlsx")["代发清单"].iter_rows(values_only=True)
    return rows
