"""The public register and the picture over HTTP and as pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from httpx import Client
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.homes import Home
from rukang.rating import ScoreSheet, load_edition, rate
from rukang.rating.records import RatingRecord
from rukang.register import correct, grant, lower
from tests.api.house import SECRET_WORDS, House
from tests.factories import a_home

Visit = Callable[[str | None], Client]
ON = date(2026, 9, 1)
EDITION = load_edition("example-2026")


@pytest.fixture
def registered(house: House) -> dict[str, str]:
    """Three homes of the county 博兴 on the register: kept, corrected, and lowered."""
    found = {name: f"BX00{n}" for n, name in enumerate(("kept", "corrected", "lowered"))}
    with house.database.session() as session:
        if session.scalar(select(Home.id).where(Home.code == found["kept"])):
            return found  # the house is shared by the tests of a session
        for name, star in (("kept", 4), ("corrected", 5), ("lowered", 3)):
            home = a_home(
                session,
                code=found[name],
                county="371625",
                name=f"=示例{name}",
                services=["社区康复"],
            )
            event = grant(session, home, _rating(session, home, star), EDITION, ON)
            if name == "corrected":
                correct(session, event, 4, "登记时抄错")
            if name == "lowered":
                lower(session, home, 2, date(2026, 10, 1), "整改逾期未完成")
    return found


def _rating(session: Session, home: Home, star: int) -> RatingRecord:
    """Store a rating with a star of our choice; how stars come about is tested elsewhere."""
    sheet = ScoreSheet(home=home.code, edition=EDITION.id, on=ON)
    record = RatingRecord(
        home_id=home.id, edition=EDITION.id, rated_on=ON, recorded_at=session.info["clock"](),
        star=star, sheet=sheet.model_dump(mode="json"), digest="0" * 64,
        result=rate(EDITION, sheet).model_dump(mode="json"),
    )  # fmt: skip
    session.add(record)
    session.flush()
    return record


def test_anybody_reads_the_register(visit: Visit, registered: dict[str, str]) -> None:
    """As of a day, by place; the highest first; nothing of persons."""
    answer = visit(None).get("/api/v1/register", params={"region": "371625", "on": "2026-09-15"})
    assert answer.status_code == 200
    stars = {item["code"]: item["star"] for item in answer.json()["items"]}
    assert [stars[registered[name]] for name in ("kept", "corrected", "lowered")] == [4, 4, 3]
    assert not any(word in answer.text for word in SECRET_WORDS[1:])


def test_the_line_of_a_briefing(visit: Visit, registered: dict[str, str]) -> None:
    """As of any date: before, between and after."""
    client = visit(None)

    def line(on: str) -> str:
        asked = {"region": "371625", "on": on}
        return str(client.get("/api/v1/register/summary", params=asked).json()["words"]["zh"])

    assert line("2026-08-31") == "尚无星级机构"
    assert line("2026-09-01") == "2 家四星、1 家三星"
    assert line("2026-10-01") == "2 家四星、1 家二星"
    assert line("2028-09-01") == "尚无星级机构"


def test_corrections_stay_visible(visit: Visit, registered: dict[str, str]) -> None:
    """The mistaken entry and the one that mends it name each other; on the page it is struck."""
    client = visit(None)
    entries = client.get(f"/api/v1/register/{registered['corrected']}").json()["entries"]
    right, wrong = entries
    assert (right["star"], right["corrects"], right["words"]) == (4, wrong["id"], "登记时抄错")
    assert (wrong["star"], wrong["corrected_by"], wrong["until"]) == (5, right["id"], None)
    assert "<s>" in client.get(f"/register/{registered['corrected']}").text


def test_filters(visit: Visit, registered: dict[str, str]) -> None:
    """By star, service and text; a wildcard is a character like any other."""
    client = visit(None)

    def found(**asked: str) -> int:
        wanted = {"region": "371625", "on": "2026-09-15"} | asked
        page = client.get("/api/v1/register", params=wanted)
        return int(page.json()["total"])

    assert found() == 3
    assert found(star="4") == 2
    assert found(service="社区康复") == 3
    assert found(service="日间照料") == 0
    assert found(text="示例kept") == 1
    assert found(text="%") == 0


def test_the_file_is_safe_to_open(visit: Visit, registered: dict[str, str]) -> None:
    """UTF-8 with its mark; what looks like a formula is a text."""
    answer = visit(None).get("/register.csv", params={"region": "371625", "on": "2026-09-15"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["编号", "名称", "区划代码"]
    assert {row[1] for row in rows[1:]} == {"'=示例kept", "'=示例corrected", "'=示例lowered"}
    assert rows[1][3] == "博兴县"


@pytest.mark.parametrize("path", ["/register", "/register.csv", "/api/v1/register"])
@pytest.mark.parametrize(
    "asked", [{"on": "2026-13-01"}, {"region": "99"}, {"region": "110000"}, {"star": "9"}]
)
def test_what_cannot_be_asked_is_told(visit: Visit, path: str, asked: dict[str, str]) -> None:
    """A day that is none, a place without homes, a star nobody gives."""
    assert visit(None).get(path, params=asked).status_code == 422


def test_the_page_has_the_line_and_the_homes(visit: Visit, registered: dict[str, str]) -> None:
    """Without signing in, with a link to every home's history."""
    page = visit(None).get("/register", params={"region": "371625", "on": "2026-09-15"}).text
    assert "2 家四星、1 家三星" in page
    assert f'href="/register/{registered["kept"]}"' in page
    assert visit(None).get("/register/ZP001").status_code == 404


def test_the_picture_is_for_those_who_oversee(visit: Visit, registered: dict[str, str]) -> None:
    """The inspector of the whole city sees the county; others are refused or see their own."""
    asked = {"region": "371625", "on": "2026-10-15", "since": "2026-09-15"}
    found = visit("inspector").get("/api/v1/picture", params=asked)
    assert found.status_code == 200
    picture = found.json()
    assert picture["by_star"] == {"4": 2, "2": 1}
    assert picture["changes"] == [{"before": 3, "after": 2, "homes": 1}]
    assert picture["events"] == {"lowered": 1}
    assert visit(None).get("/api/v1/picture").status_code == 401
    assert visit("clerk").get("/picture").status_code == 403
    assert visit("officer").get("/picture", params=asked).status_code == 422  # none of their homes
    page = visit("inspector").get("/picture", params=asked).text
    assert "博兴县" in page
    assert "没有逾期" in page


def test_failings_late_and_agreement_answer(visit: Visit, registered: dict[str, str]) -> None:
    """What nobody earned is counted; an unknown edition is refused."""
    client = visit("inspector")
    asked = {"region": "371625", "on": "2026-10-15"}
    failings = client.get("/api/v1/picture/failings", params=asked).json()
    assert {one["homes"] for one in failings} == {3}
    assert client.get("/api/v1/picture/late", params=asked).json() == []
    agreed = client.get("/api/v1/picture/agreement/example-2026", params=asked)
    assert agreed.json() == {"criteria": [], "inspectors": []}
    assert client.get("/api/v1/picture/agreement/x").status_code == 422
