"""A person's file and merging on the command line, by whose office it is."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.settings import Settings
from rukang.people import Person, Sex, find_person
from tests.rukang.doors.cli.conftest import CLERK, MANAGER, OFFICER, Rukang

WHO, ADMINISTRATOR = "ZP001/R01", "administrator@example.org"


def _acting(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setenv("RUKANG_ACCOUNT", who)


def test_a_file_is_kept_by_the_manager(
    rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, assessments, guardians and consents are entered, shown masked, and ended."""
    _acting(monkeypatch, MANAGER)
    said = rukang("person", "file", "number", WHO, "--kind", "护照", "--number", "E12345678")
    assert said.code == 0
    assert "E1*****78" in said.out
    assert "E12345678" not in said.out
    told = ["--name", "示例姐", "--relation", "姐姐", "--basis", "指定监护"]
    told += ["--valid-from", "2026-01-01"]
    said = rukang("person", "file", "guardian", WHO, *told)
    (guardian,) = re.findall(r"监护 (\d+)：示例姐", said.out)
    on = ["--purpose", "外出活动", "--on", "2026-02-01", "--guardian-id", guardian]
    (consent,) = re.findall(r"同意 (\d+)：", rukang("person", "file", "consent", WHO, *on).out)
    ended = rukang("person", "file", "withdraw-consent", WHO, consent, "--on", "2026-02-02")
    assert "2026-02-02 撤回" in ended.out
    graded = ["--category", "5", "--grade", "3", "--valid-from", "2026-10-01"]
    said = rukang("person", "file", "assessment", WHO, *graded)
    assert "5 类 3 级，2026-10-01 — " in said.out
    wrong = rukang("person", "file", "number", WHO, "--kind", "护照", "--number", "E1")
    assert wrong.code != 0
    _acting(monkeypatch, CLERK)
    refused = rukang("person", "file", "show", WHO)
    assert refused.code != 0
    assert "no manager" in refused.err


def test_two_files_are_merged_and_taken_apart_by_an_officer(
    rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pair is listed, merged with a reason, and after the undoing not asked about again."""
    settings = Settings(home, f"sqlite:///{home / 'rukang.sqlite'}")
    with closing(settings.open()) as database, database.session() as session:
        grants = [Grant(Role.ADMINISTRATOR)]
        create_account(session, ADMINISTRATOR, "示例管理员", "four words in a row", grants)
        known = find_person(session, WHO)
        second = Person(name=known.name, sex=Sex(known.sex), born_on=known.born_on)
        stranger = Person(name="示例旁人", sex=Sex.MALE, born_on=date(1990, 1, 1))
        session.add_all([second, stranger])
        session.flush()
        kept, merged = known.id, second.id
    _acting(monkeypatch, MANAGER)
    assert rukang("person", "duplicates", "list").code != 0
    # Who belongs to no home is seen by those who see everything.
    _acting(monkeypatch, OFFICER)
    assert rukang("person", "duplicates", "list").out.strip() == ""
    _acting(monkeypatch, ADMINISTRATOR)
    assert f"{kept}，{merged}" in rukang("person", "duplicates", "list").out
    why = ["--reason", "家属确认是同一人"]
    said = rukang("person", "duplicates", "merge", WHO, str(merged), *why)
    assert f"{merged} → {kept}" in said.out
    (record,) = re.findall(r"✓ (\d+)：", said.out)
    assert rukang("person", "duplicates", "merge", WHO, str(merged), *why).code != 0
    assert rukang("person", "duplicates", "undo", record, *why).code == 0
    assert "undone" in rukang("person", "duplicates", "merges").out
    assert rukang("person", "duplicates", "list").out.strip() == ""
