"""The command line as ``rukang`` runs it, and a home imported through it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from rukang.__main__ import main
from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.settings import Settings
from rukang.doors.intake import import_workbooks
from rukang.doors.upkeep import init

CLERK, MANAGER, OFFICER = (f"{role}@example.org" for role in ("clerk", "manager", "officer"))
"""Accounts of the imported home; commands act as the first unless another is named."""

DEMO = Path(__file__).parents[4] / "examples" / "demo-home"


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, standard output, and what went to standard error."""

    code: int
    out: str
    err: str


class Rukang:
    """Runs commands through the program's own entry, in a folder of one's own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Said:
        """Run one command line."""
        sys.argv = ["rukang", *map(str, words)]
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)


@pytest.fixture
def rukang(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Rukang:
    """The program in an empty working folder, without an installation's settings around it."""
    for name in [name for name in os.environ if name.startswith("RUKANG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RUKANG_ACCOUNT", CLERK)
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return Rukang(capsys)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the demonstration home was imported; to be copied, not changed."""
    data = tmp_path_factory.mktemp("cli")
    database = init(Settings(data, f"sqlite:///{data / 'rukang.sqlite'}"))
    import_workbooks(database, [DEMO])
    with database.session() as session:
        for address, role in zip(
            (CLERK, MANAGER, OFFICER), (Role.CLERK, Role.MANAGER, Role.OFFICER), strict=True
        ):
            grant = Grant(role, region="371600")
            create_account(session, address, "示例人", "four words in a row", [grant])
    database.close()
    return data


@pytest.fixture
def home(imported: Path, tmp_path: Path) -> Path:
    """A data folder of one's own with the demonstration home in it."""
    return shutil.copytree(imported, tmp_path / "rukang-data")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A data folder of one's own with an account and nothing else in it."""
    data = tmp_path / "rukang-data"
    database = init(Settings(data, f"sqlite:///{data / 'rukang.sqlite'}"))
    with database.session() as session:
        grant = Grant(Role.CLERK, region="371600")
        create_account(session, CLERK, "示例人", "four words in a row", [grant])
    database.close()
    return data
