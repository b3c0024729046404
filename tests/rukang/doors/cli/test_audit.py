"""``rukang audit``: the chain is proven, its head exported, and what was done to it told."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path

from sqlalchemy import select

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.settings import Settings
from rukang.doors.intake import import_workbooks
from rukang.doors.upkeep import bring_up
from rukang.people import Resident, Staff
from rukang.rosters import WorkedShift
from rukang.work.employment import Employment
from tests.rukang.doors.cli.conftest import DEMO, MANAGER, OFFICER, Rukang
from tests.rukang.doors.cli.test_payroll import OF, WITH


def test_the_chain_is_proven_with_a_head_kept_elsewhere(rukang: Rukang, home: Path) -> None:
    """Whole, it exits with 0; an end cut off, head and all, is told by the exported head."""
    assert rukang("audit", "head", "--out", "head.json").code == 0
    whole = rukang("audit", "verify", "--from-head", "head.json")
    assert whole.code == 0
    assert "完整" in whole.out
    connection = sqlite3.connect(home / "rukang.sqlite")
    connection.executescript(
        "DROP TRIGGER audit_entry_no_delete; DELETE FROM audit_entry WHERE number > 9;"
        "UPDATE audit_head SET number = 9,"
        " digest = (SELECT digest FROM audit_entry WHERE number = 9)"
    )
    connection.close()
    assert rukang("audit", "verify").code == 0
    cut = rukang("audit", "verify", "--from-head", "head.json")
    assert cut.code == 1
    assert "第 10 条起的末尾被截去" in cut.out


def test_a_file_that_is_no_head_is_named(rukang: Rukang, home: Path) -> None:
    """The message names the file and not what is in it."""
    Path("head.json").write_text("secret")
    said = rukang("audit", "verify", "--from-head", "head.json")
    assert said.code != 0
    assert "head.json" in said.err
    assert "secret" not in said.err + said.out


def test_the_trail_is_read_by_an_administrator(rukang: Rukang, home: Path) -> None:
    """Of a person, with what is sealed opened; anybody else is refused; the reading is an entry."""
    assert "不是管理员" in rukang("audit", "show", "--person", "ZP001/R01").err
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        roles = [Grant(Role.ADMINISTRATOR)]
        create_account(session, "root@example.org", "管理员", "four words in a row", roles)
    said = rukang("--as", "root@example.org", "audit", "show", "--person", "ZP001/R01")
    assert said.code == 0
    assert " insert resident " in said.out
    assert "born_on" in said.out
    assert not re.search(r"[0-9]{15}", said.out)
    listed = rukang("--as", "root@example.org", "audit", "show", "--table", "account")
    assert "root@example.org read_trail account" in listed.out


def test_a_person_is_exported_and_erased_by_who_may(rukang: Rukang, home: Path) -> None:
    """A clerk may not; of who is still served the refusal tells why; nothing is done then."""
    why = ("--reason", "本人申请")
    assert "不是残联干部或管理员" in rukang("person", "export", "ZP001/R01", *why).err
    office = ("--as", OFFICER, "person")
    assert rukang(*office, "export", "ZP001/R01", *why, "--out", "out").code == 0
    assert len(list(Path("out").iterdir())) == 2
    refused = rukang(*office, "erase", "ZP001/R01", *why)
    assert (refused.code, "第四十七条" in refused.err) == (1, True)
    assert rukang(*office, "erasures").out.strip() == ""


def test_a_death_is_recorded_by_who_may_and_outlives_the_workbooks(
    rukang: Rukang, home: Path
) -> None:
    """The same workbooks read again bring nobody back; taken back, they do."""
    on = ("ZP001/R01", "--on", "2026-10-09")
    assert "不能登记去世" in rukang("--as", MANAGER, "person", "died", *on).err
    died = ("--as", OFFICER, "person", "died")
    assert "没有去世登记" in rukang(*died, "ZP001/R01").out
    heir = ("--payee", "示例配偶", "--bank", "示例银行", "--account", "6200000000000000018")
    assert "先用 --on" in rukang(*died, "ZP001/R01", *heir).err
    said = rukang(*died, *on)
    assert (said.code, "收款人未登记" in said.out, "用工 work：1 项" in said.out) == (0, True, True)
    assert "***************0018" in rukang(*died, "ZP001/R01", *heir).out
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        member = session.scalars(select(Staff).where(Staff.code == "S01")).one()
        session.add_all(
            WorkedShift(
                home_id=member.home_id, staff=member, day=date(2026, 10, day), shift_code="D"
            )
            for day in (9, 10, 11)
        )
    assert "班次有 2 个在去世以后" in rukang(*died, "ZP001/S01", "--on", "2026-10-09").out
    works = select(Employment).join(Resident).where(Resident.code == "R01")
    for _ in range(2):
        with database.session() as session:
            work = session.scalars(works).one()
            staff = session.scalars(select(Staff).where(Staff.code == "S01")).one()
            ends = {work.ended_on, work.resident.left_on, staff.contract_to}
            assert ends == {date(2026, 10, 9)}
        import_workbooks(database, [DEMO])
    assert "0 张" in rukang("payroll", "heirs", "--home", "ZP001").out
    assert rukang("payroll", "run", *OF, "--out", "wages", *WITH).code == 0
    owed = rukang("payroll", "heirs", "--home", "ZP001").out
    assert "2026-10 R01" in owed
    assert "→ 示例配偶 示例银行 ***************0018" in "".join(owed.splitlines())
    assert "已撤销" in rukang(*died, "ZP001/R01", "--withdraw", "登记错了人").out
    with database.session() as session:
        assert session.scalars(works).one().ended_on is None
