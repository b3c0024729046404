"""Every setting is in one list, told in two languages, and refused by its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rukang.base.access import Role
from rukang.base.errors import InvalidError
from rukang.base.settings import ELSEWHERE, PREFIX, Environment, Limits, environment, limits
from rukang.stars.inspections.limits import EvidenceLimits, evidence_limits
from tests.operate.settings import PAGE, page

ROOT = Path(__file__).parents[2]
NAMES = {PREFIX + name.upper() for name in Environment.model_fields} | set(ELSEWHERE)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the machine."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_page_is_written_from_the_class() -> None:
    """``python -m tests.operate.settings`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_program_and_its_documents_name_no_other_variable() -> None:
    """Whoever reads or tells of a variable puts it into the list."""
    places = [ROOT / "docs", *(ROOT / name for name in ("rukang", "api", "rostering", "payroll"))]
    files = [path for place in places for path in place.rglob("*") if path.suffix in {".py", ".md"}]
    told = {
        name
        for path in files
        if "decisions" not in path.parts
        for name in re.findall(r"RUKANG_[A-Z]+(?:_[A-Z]+)*", path.read_text(encoding="utf-8"))
    }
    of_tests = {"RUKANG_FULL", "RUKANG_TEST_POSTGRES"}
    assert {name for name in told - of_tests if name not in NAMES} == set()
    assert told >= NAMES


def test_what_is_not_set_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty counts as not set; the limits are those of their classes."""
    monkeypatch.setenv("RUKANG_HOME_JOBS", "")
    assert limits() == Limits()
    assert evidence_limits() == EvidenceLimits()
    assert environment().worker


@pytest.mark.parametrize(
    ("name", "given", "zh", "en"),
    [
        ("RUKANG_IDLE_MINUTES", "soon", "1 至 720 的整数（分钟）", "minutes from 1 to 720"),
        ("RUKANG_IDLE_MINUTES", "721", "1 至 720 的整数（分钟）", "minutes from 1 to 720"),
        ("RUKANG_HOME_JOBS", "0", "正整数", "a whole number above zero"),
        ("RUKANG_HOME_JOBS", "1_000", "正整数", "a whole number above zero"),
        ("RUKANG_EVIDENCE_FILE_MB", "1.5", "正整数", "a whole number above zero"),
        ("RUKANG_VISIT_DAYS_EARLY", "-1", "不小于 0 的整数", "a whole number from 0"),
        ("RUKANG_ACCESS_LOG", "perhaps", "on 或 off", "on or off"),
        ("RUKANG_WORKER", "never", "on 或 off", "on or off"),
        ("RUKANG_SECOND_FACTOR", "king", Role.OFFICER, Role.OFFICER),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, given: str, zh: str, en: str
) -> None:
    """In both languages, with what it has to be."""
    monkeypatch.setenv(name, given)
    with pytest.raises(InvalidError) as refused:
        environment()
    said = refused.value
    assert name in said.zh
    assert zh in said.zh
    assert name in said.en
    assert en in said.en


def test_values_are_read_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists by commas, roles by their names, switches by on and off."""
    monkeypatch.setenv("RUKANG_PROXIES", "192.0.2.2, 10.0.0.0/8,")
    monkeypatch.setenv("RUKANG_SECOND_FACTOR", "officer, clerk")
    monkeypatch.setenv("RUKANG_HSTS_SUBDOMAINS", "on")
    monkeypatch.setenv("RUKANG_WORKER", "off")
    given = environment()
    assert given.proxies == ("192.0.2.2", "10.0.0.0/8")
    assert given.second_factor == {Role.OFFICER, Role.CLERK}
    assert (given.hsts_subdomains, given.worker) == (True, False)
