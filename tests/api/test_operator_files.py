"""A file that the operator broke is told in words, whoever meets it; nothing of it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.house import House, furnished
from tests.databases import KINDS
from tests.demo import LOCAL_POLICY

CANARY = "Zq7vXw93KpTmR5"
WHOLE = LOCAL_POLICY.read_text(encoding="utf-8")
HEAD = "document: 示例\ndate: 2026-01-01\n"

BROKEN = {
    "no YAML": (f"{HEAD}figures: [{CANARY}\nx: ]".encode(), "第 4 行第 2 列"),
    "a tab": (f"{HEAD}\tfigures: {CANARY}".encode(), "第 3 行第 1 列"),
    "a strange tag": (f"{HEAD}figures: !{CANARY} x".encode(), "第 3 行第 10 列"),
    "a key twice": (f"{HEAD}document: {CANARY}\n".encode(), "第 1 行起的条目里重复的键：document"),
    "no text": (HEAD.encode() + b"\xff" + CANARY.encode(), "第 3 行不是 UTF-8 文本"),
    "no figures": (f"{HEAD}figures: {CANARY}".encode(), "figures: "),
    "a strange field": (f"{WHOLE}\n{CANARY}: 1\n".encode(), "…: Extra inputs"),
    "empty": (b"", "file: "),
}


@pytest.fixture(scope="module", params=KINDS[:1])
def own_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: its files are broken."""
    folder = tmp_path_factory.mktemp("operated")
    with furnished(request.param, folder) as house:
        yield house


@pytest.fixture(scope="module")
def running(own_house: House) -> Iterator[TestClient]:
    """The application of that house."""
    with own_house.client() as client:
        yield client


def _refused(house: House, running: TestClient, place: str, file: Path) -> str:
    client = house.visitor(running, "administrator")
    answer = client.get(f"/api/v1{place}")
    assert answer.status_code == 503, answer.text
    told: dict[str, str] = answer.json()
    page = client.get(place)
    assert page.status_code == 503
    for text in (answer.text, page.text):
        assert CANARY not in text
        assert str(file.parent) not in text
    assert file.name in told["detail_zh"]
    assert file.name in told["detail"]
    return f"{told['detail_zh']} {told['detail']}"


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_local_policy_says_which_file_where_and_what(
    own_house: House, running: TestClient, kind: str
) -> None:
    """On a page and by the API, with line and column where there are; mended, it works again."""
    content, where = BROKEN[kind]
    file = own_house.settings.local_policy
    file.write_bytes(content)
    said = _refused(own_house, running, "/calendar/2026", file)
    assert where in said
    if kind == "a key twice":
        assert "the entry from line 1 gives a key twice: document" in said
    file.write_text(WHOLE, encoding="utf-8")
    client = own_house.visitor(running, "administrator")
    assert client.get("/api/v1/calendar/2026").status_code == 200


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"insurance: {years: 2, document: [x\n", "第 2 行第 1 列"),
        (f"insurance: {{years: {CANARY}}}".encode(), "years: "),
        (f"{CANARY}: {{years: 2}}".encode(), "内容不是应有的样子"),
        (b"\xff", "第 1 行不是 UTF-8 文本"),
    ],
)
def test_a_broken_retention_file_likewise(
    own_house: House, running: TestClient, content: bytes, where: str
) -> None:
    """How long records are kept is asked for a person."""
    file = own_house.settings.retention
    file.write_bytes(content)
    said = _refused(own_house, running, "/homes/ZP001/people/R01", file)
    file.unlink()
    assert where in said
