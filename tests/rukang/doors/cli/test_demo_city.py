"""``rukang demo-city``: the whole city, as people run it, and where it refuses."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from rukang.base.access.accounts import HASHES, caller_of
from rukang.base.access.records import Account
from rukang.base.access.roles import Role
from rukang.base.settings import Settings
from rukang.stars.inspections import STAGES, Stage, sheets_of
from rukang.stars.register import summary
from tests.rukang.doors.cli.conftest import Rukang


def test_the_city_says_who_holds_which_star(rukang: Rukang, tmp_path: Path) -> None:
    """The line of a briefing is read off the register, every stage is seen, accounts work."""
    said = rukang("demo-city")
    assert said.code == 0, said.err
    data = tmp_path / "demo-city"
    with Settings(data, f"sqlite:///{data / 'rukang.sqlite'}").open().session() as session:
        for day in re.findall(r"^  (\d{4}-\d\d-\d\d)", said.out, re.M):
            line = summary(session, date.fromisoformat(day), "371600")
            assert f"{day}  {line.words.zh}（共 40 家）" in said.out
            assert line.rated
        for stage in Stage:
            counted = re.search(rf"{STAGES[stage].zh} [a-z -]+: (\d+)", said.out)
            assert counted is not None
            assert int(counted[1]) > 0, stage
        accounts = [line.split() for line in said.out.splitlines()[-4:]]
        for role, address, password in accounts:
            account = session.query(Account).filter_by(email=address).one()
            assert HASHES.verify(password, account.hashed_password)
            assert [grant.role.value for grant in caller_of(account).grants] == [role]
            if role == Role.INSPECTOR:
                assert sheets_of(session, address)
    serve = next(line for line in said.out.splitlines() if " serve " in line)
    assert shlex.split(serve)[1:] == ["serve", "--data", str(data)]


def test_the_city_can_be_made_again(rukang: Rukang, tmp_path: Path) -> None:
    """A folder the demo made goes at its next run; one of somebody else's stays."""
    for _ in range(2):
        assert rukang("demo-city", "--homes", "6", "--data", tmp_path / "city").code == 0
    kept = tmp_path / "ours" / "ours.txt"
    kept.parent.mkdir()
    kept.write_text("ours")
    said = rukang("demo-city", "--data", kept.parent)
    assert (said.code, "请换一个 --data" in said.err, kept.read_text()) == (1, True, "ours")


def test_the_city_never_goes_into_a_database_in_service(
    rukang: Rukang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an installation's database in the environment it does not begin."""
    monkeypatch.setenv("RUKANG_DATABASE_URL", "sqlite:///service.sqlite")
    said = rukang("demo-city")
    assert (said.code, "RUKANG_DATABASE_URL" in said.err) == (1, True)
