"""What failures say to people, and what the log keeps of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
import yaml
from pydantic import BaseModel
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from payroll import Policy, PolicyFileError
from payroll.policy.reading import read_yaml
from rukang.base import logs
from rukang.base.errors import InvalidError
from rukang.base.telling import told
from rukang.engines.rating import EditionError

SECRET = "canary-4711-of-the-server"
NUMBER = "370000199001010002"


class _Model(BaseModel):
    key: int


def _database() -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text(f'SELECT "{SECRET}"."a"'))


def _broken_policy(folder: Path) -> Path:
    file = folder / "local-policy.yaml"
    file.write_text(f"{SECRET}: [1\n", encoding="utf-8")
    return file


def _open(folder: Path) -> None:
    (folder / SECRET).read_text()


def _reraised() -> None:
    try:
        _Model(key=SECRET)  # type: ignore[arg-type]
    except ValueError as error:
        raise RuntimeError(f"while reading {SECRET}") from error


FAILURES: dict[str, Callable[[Path], object]] = {
    "pydantic": lambda _: _Model.model_validate({"key": SECRET}),
    "yaml": lambda _: yaml.safe_load(f"a: [{SECRET}"),
    "file": _open,
    "policy": lambda folder: read_yaml(_broken_policy(folder)),
    "key": lambda _: {}[SECRET],
    "database": lambda _: _database(),
    "reraised": lambda _: _reraised(),
}


@pytest.mark.parametrize("name", FAILURES)
def test_what_was_read_is_neither_told_nor_logged(name: str, tmp_path: Path) -> None:
    """People get a number; under it the log has kinds and places, without values."""
    with pytest.raises(Exception, match=SECRET) as caught, capture_logs() as logged:
        FAILURES[name](tmp_path)
    with capture_logs() as logged:
        words = told(caught.value)
    assert words.number in words.zh
    assert words.number in words.en
    assert logged[0]["number"] == words.number
    assert "test_telling.py" in logged[0]["failure"]
    assert SECRET not in f"{words} {logged}"


def test_an_operators_policy_file_is_told_by_name_and_place_without_its_text(
    tmp_path: Path,
) -> None:
    """Whoever meets it can say what to mend, and learns neither where it lies nor what it says."""
    with pytest.raises(PolicyFileError, match=SECRET) as caught:
        Policy.load(local=[_broken_policy(tmp_path)])
    with capture_logs() as logged:
        words = told(caught.value)
    assert "local-policy.yaml 不能使用：第 2 行第 1 列" in words.zh
    assert "local-policy.yaml of this installation cannot be used: line 2, column 1" in words.en
    assert (words.number, logged) == (None, [])
    assert SECRET not in str(words)
    assert str(tmp_path) not in str(words)


def test_a_value_that_does_not_fit_is_told_by_line_and_parameter(tmp_path: Path) -> None:
    """What is to be mended, and where, without the value: in words of both languages."""
    path = tmp_path / "local-policy.yaml"
    path.write_text(
        "document: 通知\ndate: 2026-01-05\nfigures:\n"
        "  - parameter: insurance.medical.employer_rate\n"
        "    place: 371600\n    from: 2026-01-01\n    value: 8.5\n",
        encoding="utf-8",
    )
    with pytest.raises(PolicyFileError, match=r"读到 8\.5") as caught:
        Policy.load(local=[path])
    words = told(caught.value)
    assert "local-policy.yaml 不能使用：第 7 行 insurance.medical.employer_rate" in words.zh
    assert "应为0 到 1 之间的比例，如 0.085" in words.zh
    assert "line 7, insurance.medical.employer_rate" in words.en
    assert "8.5" not in f"{words.zh} {words.en}".replace("0.085", "")
    assert str(tmp_path) not in str(words)


@pytest.mark.parametrize(
    "error", [InvalidError(f"号码 {NUMBER} 重复。", f"{NUMBER} twice."), EditionError(f"{NUMBER}")]
)
def test_words_for_people_are_told_with_numbers_hidden(error: Exception) -> None:
    """They were written to be read, and nothing is logged of them."""
    with capture_logs() as logged:
        words = told(error)
    assert "3700**********0002" in words.zh
    assert NUMBER not in str(words)
    assert (words.number, logged) == (None, [])


@pytest.fixture
def set_up() -> Iterator[None]:
    """Logging as the server sets it up, and as it was afterwards."""
    factory = logging.getLogRecordFactory()
    logs.set_up()
    yield
    logging.setLogRecordFactory(factory)
    structlog.reset_defaults()


@pytest.mark.usefixtures("set_up")
def test_libraries_log_no_values(caplog: pytest.LogCaptureFixture) -> None:
    """Neither a number in their words or arguments, nor the words of an error with its trace."""
    log = logging.getLogger("some.library")
    log.warning("person %s at %d", NUMBER, 3)
    log.warning("person %(who)s", {"who": NUMBER})
    try:
        _reraised()
    except RuntimeError as error:
        log.exception("failed: %s", error)
    assert "person 3700**********0002 at 3" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "test_telling.py" in caplog.text
    assert NUMBER not in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("set_up")
def test_our_own_log_hides_numbers_and_words_of_errors(capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever they stand in an entry."""
    log = structlog.get_logger()
    log.warning(f"person {NUMBER}", of=[NUMBER], deep={"one": NUMBER}, error=ValueError(SECRET))
    try:
        _reraised()
    except RuntimeError:
        log.exception("failed")
    said = capsys.readouterr().out
    assert "3700**********0002" in said
    assert "RuntimeError" in said
    assert NUMBER not in said
    assert SECRET not in said
