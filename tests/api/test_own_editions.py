"""Own editions over HTTP: an officer adds, checks, puts in force and retires; nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from tests.api.house import House
from tests.rukang.engines.rating.tiny import TINY

Visit = Callable[[str | None], Client]

OWN = "/api/v1/own-editions"
TEXT = TINY.replace("id: tiny", "id: binzhou-1\nplace: '371681'")


def test_an_officer_takes_an_edition_from_text_to_its_end(visit: Visit, house: House) -> None:
    """Checked, added, in force for homes of the place, chosen by the officer, retired."""
    officer = visit("officer")
    wrong = officer.post(f"{OWN}/lint", json={"text": TEXT.replace("points: 20", "points: 21")})
    assert wrong.json()["edition"] == "binzhou-1"
    assert "应为 21 分" in wrong.json()["faults"][0]["zh"]
    assert officer.post(OWN, json={"text": "a: ["}).status_code == 422
    assert officer.post(OWN, json={"text": TEXT}).status_code == 201
    assert [one["edition"] for one in officer.get(OWN).json()["waiting"]] == ["binzhou-1"]
    assert "binzhou-1" not in officer.get("/api/v1/rating-editions").json()
    assert officer.get("/api/v1/rating-editions/binzhou-1").status_code == 404
    started = officer.post(f"{OWN}/binzhou-1/force")
    assert started.status_code == 200, started.text
    assert "binzhou-1" in officer.get("/api/v1/rating-editions").json()
    assert officer.get("/api/v1/rating-editions/binzhou-1").json()["points"] == "20"
    due = {"due_on": "2026-12-01", "edition": "binzhou-1"}
    by_home = visit("manager").post("/api/v1/homes/ZP001/applications", json=due)
    assert by_home.status_code == 409
    ended = officer.post(
        f"{OWN}/binzhou-1/retirement", json={"last_on": "2026-01-01", "why": "有误"}
    )
    assert (ended.status_code, ended.json()["retired_why"]) == (200, "有误")
    assert "binzhou-1" not in officer.get("/api/v1/rating-editions").json()
    assert len(list(house.settings.editions.glob("*.yaml"))) == 1


@pytest.mark.parametrize("who", [None, "manager", "clerk", "inspector"])
def test_nobody_else_does_any_of_it(visit: Visit, who: str | None) -> None:
    """Whoever does not decide on stars gets none of the operations."""
    client = visit(who)
    answers = [
        client.get(OWN),
        client.post(f"{OWN}/lint", json={"text": TEXT}),
        client.post(OWN, json={"text": TEXT}),
        client.post(f"{OWN}/binzhou-1/force"),
        client.post(f"{OWN}/example-2026/retirement", json={"why": "不喜欢"}),
    ]
    assert {answer.status_code for answer in answers} <= {401, 403}


def test_an_edition_of_the_whole_country_is_beyond_an_officer(visit: Visit) -> None:
    """An officer of Binzhou adds it, and cannot put it in force."""
    officer = visit("officer")
    assert (
        officer.post(OWN, json={"text": TINY.replace("id: tiny", "id: all-1")}).status_code == 201
    )
    refused = officer.post(f"{OWN}/all-1/force")
    assert refused.status_code == 403
    assert "超出您决定星级的范围" in refused.text


PAGE = "/editions"
PAGED = TEXT.replace("binzhou-1", "zouping-2")


def test_an_officer_does_it_all_on_the_page(visit: Visit, house: House) -> None:
    """Checked with line, column and key; mended in place; added, put in force, retired."""
    officer = visit("officer")

    def kept() -> set[Path]:
        return set(house.settings.editions.glob("*.yaml"))

    before = kept()
    assert "/editions" in officer.get("/inspections").text
    wrong = PAGED.replace("star: 2, at_least: 12", "star: 2, at_least: 8")
    said = officer.post(f"{PAGE}/lint", files={"file": ("e.yaml", wrong.encode())})
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if "star: 2" in text)
    assert said.status_code == 422
    assert f'data-label="行 Line">{line}<' in said.text
    assert "<code>stars.1.at_least</code>" in said.text
    assert "star: 2, at_least: 8" in said.text  # to be mended in place
    assert officer.post(PAGE, data={"text": wrong}).status_code == 422
    assert kept() == before
    passed = officer.post(f"{PAGE}/lint", data={"text": PAGED.replace("\n", "\r\n")})
    assert (passed.status_code, "检查通过" in passed.text) == (200, True)
    assert kept() == before
    added = officer.post(PAGE, files={"file": ("e.yaml", PAGED.encode())})
    assert added.status_code == 303
    assert f"{PAGE}/zouping-2/force" in officer.get(PAGE).text
    started = officer.post(f"{PAGE}/zouping-2/force")
    assert started.status_code == 303
    assert f"{PAGE}/zouping-2/retirement" in officer.get(PAGE).text
    again = officer.post(f"{PAGE}/zouping-2/force")
    assert (again.status_code, "已经施行过" in again.text) == (409, True)
    assert officer.post(f"{PAGE}/zouping-2/retirement", data={"why": " "}).status_code == 422
    ended = officer.post(f"{PAGE}/zouping-2/retirement", data={"why": "有误", "last_on": ""})
    assert ended.status_code == 303
    assert "officer@example.org：有误" in officer.get(PAGE).text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"data": {"text": " "}}, "请选择文件"),
        ({"files": {"file": ("e.yaml", b"id: a\nlabel: \xff")}}, "第 2 行起不是 UTF-8"),
        ({"files": {"file": ("e.yaml", b"a: [")}}, "不是有效的 YAML"),
    ],
)
def test_what_is_no_document_is_told_on_the_page(
    visit: Visit, sent: dict[str, Any], words: str
) -> None:
    """Nothing, no text, or no YAML: in words, and nothing is kept."""
    said = visit("officer").post(PAGE, **sent)
    assert (said.status_code, words in said.text) == (422, True)


def test_the_page_offers_only_what_the_officer_may(visit: Visit) -> None:
    """What is shipped is for all of China: the county's officer retires none of it."""
    page = visit("officer").get(PAGE).text
    assert "example-2026" in page
    assert "example-2026/retirement" not in page
    assert "example-2026/retirement" in visit("administrator").get(PAGE).text


@pytest.mark.parametrize("who", ["manager", "clerk", "inspector"])
def test_no_home_sees_the_page(visit: Visit, who: str) -> None:
    """A home never chooses, and neither does who inspects it."""
    client = visit(who)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data={"text": PAGED}).status_code == 403
    assert client.post(f"{PAGE}/example-2026/retirement", data={"why": "x"}).status_code == 403
