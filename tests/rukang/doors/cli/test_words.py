"""Expected errors become words and exit code 1; a defect keeps its traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from payroll import Problem, RefusedInput
from payroll.policy import PolicyFileError
from rostering import Fault, NrpError, ProblemError
from rostering.read import Mistake
from rukang.base.database.sealing.vault import SealBrokenError
from rukang.base.errors import ConflictError
from rukang.doors.cli.entry import in_words
from rukang.engines.rating import EditionError
from tests.rukang.doors.cli.conftest import Rukang

EXPECTED = [
    ConflictError("已有，请改", "there already"),
    PolicyFileError("政策文件有误，请改"),
    EditionError("没有评定标准，请改"),
    SealBrokenError("号码无法解密，请改", "cannot be opened"),
    ProblemError([Fault("人员", "重复，请改", "twice")]),
    NrpError(Path("a.txt"), [Mistake(3, "少一列，请改", "a column short")]),
    RefusedInput([Problem("R01", "paid_days", "没有记录，请改", "no record")]),
]


@pytest.mark.parametrize("error", EXPECTED, ids=lambda error: type(error).__name__)
def test_an_expected_error_is_said_in_words(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of the error reach the console without a class name or a traceback."""

    def fail() -> None:
        raise error

    with pytest.raises(SystemExit) as ended:
        in_words(fail)
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert "请改" in shown
    assert "Traceback" not in shown
    assert type(error).__name__ not in shown


def test_a_defect_is_not_hidden() -> None:
    """What nobody expects comes through as it is, to be reported."""
    with pytest.raises(ZeroDivisionError):
        in_words(lambda: 1 / 0)


def test_a_file_that_cannot_be_read_is_named(rukang: Rukang, tmp_path: Path) -> None:
    """A missing file and a folder in a file's place are told with their path."""
    assert "找不到 nowhere.txt" in rukang("roster", "solve", "nowhere.txt").err
    said = rukang("roster", "solve", tmp_path)
    assert (said.code, str(tmp_path) in said.err) == (1, True)


def test_a_database_that_does_not_answer_is_told(
    rukang: Rukang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong address and a silent server are words, not tracebacks."""
    monkeypatch.setenv("RUKANG_DATABASE_URL", "no address")
    assert "数据库地址" in rukang("db", "init").err
    monkeypatch.setenv("RUKANG_DATABASE_URL", "sqlite:////no/such/folder/rukang.sqlite")
    assert "数据库打不开" in rukang("db", "init").err


def test_damaged_keys_are_told(rukang: Rukang, home: Path) -> None:
    """A key file that holds no key says to restore it from its backup."""
    (home / "keys.txt").write_text("damaged")
    assert "请从备份恢复" in rukang("db", "show").err


@pytest.mark.parametrize("harm", ["pages overwritten", "no database"])
def test_a_damaged_database_is_told(rukang: Rukang, home: Path, harm: str) -> None:
    """What SQLite calls malformed is a sentence that says how to go on."""
    file = home / "rukang.sqlite"
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(0 if harm == "no database" else 4096)
        opened.write(b"\xff" * (size - 4096))
    said = rukang("db", "show")
    assert said.code == 1
    assert "db restore" in said.err
    assert "Traceback" not in said.err
