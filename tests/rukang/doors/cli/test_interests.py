"""Conflicts of interest on the command line."""

from __future__ import annotations

from pathlib import Path

from rukang.base.access.records import Account
from rukang.base.settings import settings
from tests.rukang.doors.cli.conftest import OFFICER, Rukang


def test_conflicts_are_declared_listed_and_ended(rukang: Rukang, home: Path) -> None:
    """For an account that exists, once, and with a last day afterwards."""
    database = settings(home).open()
    with database.session() as session:
        session.add(Account(email="kin@example.org", name="示例", hashed_password="!", roles=[]))
    database.close()
    make = (
        "--as",
        OFFICER,
        "interests",
        "declare",
        "--home",
        "ZP001",
        "--words",
        "亲属",
        "--since",
        "2026-03-01",
        "--inspector",
    )
    assert "没有邮箱为 nobody@example.org 的账号" in rukang(*make, "nobody@example.org").err
    assert "还没有登记回避" in rukang("--as", OFFICER, "interests", "list", "--home", "ZP001").out
    made = rukang(*make, "kin@example.org")
    assert "kin@example.org 2026-03-01 – —" in made.out
    assert "重叠" in rukang(*make, "kin@example.org").err
    number = made.out.split("：")[0].removeprefix("✓ ")
    ended = rukang(
        "--as", OFFICER, "interests", "end", number, "--home", "ZP001", "--until", "2026-03-31"
    )
    assert "– 2026-03-31" in ended.out
    assert "kin@example.org" in rukang("--as", OFFICER, "interests", "list", "--home", "ZP001").out
    assert (
        "没有回避"
        in rukang(
            "--as", OFFICER, "interests", "end", "999", "--home", "ZP001", "--until", "2026-04-01"
        ).err
    )
