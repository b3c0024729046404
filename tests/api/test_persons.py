"""What is held on a person over the web: told, handed out, erased, by whose office it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from openpyxl import load_workbook
from sqlalchemy import select

from api.pages import words
from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.database.audit import AuditEntry
from rukang.bodies.homes import find_home
from rukang.doors.privacy.erase import TREATMENT
from rukang.people import Person, Resident
from rukang.work.employment import Employment
from tests.api.house import PASSWORD, House, furnished
from tests.databases import KINDS
from tests.factories import a_member_of_staff, a_resident

HELD = "/api/v1/homes/ZP001/people/{}"
WHY = {"reason": "本人申请"}
LEFT = date(2026, 6, 30)
Visit = Callable[[str | None], Client]


def test_every_table_about_a_person_has_a_name_on_their_page() -> None:
    """The page of whoever has such a record could not be shown otherwise."""
    assert set(TREATMENT) <= set(words.HELD)


@pytest.fixture(scope="module", params=KINDS)
def own_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: people are erased in it."""
    folder = tmp_path_factory.mktemp("persons")
    (folder / "retention.yaml").write_text(
        "insurance: {years: 2, document: 示例规定, article: 第一条}\n", encoding="utf-8"
    )
    with furnished(request.param, folder) as house:
        with house.database.session() as session:
            home, other = find_home(session, "ZP001"), find_home(session, "BC001")
            for number in range(3):
                a_resident(session, home, f"L0{number}", left_on=LEFT).person.name = "绝密姓名"
            shared = a_resident(session, home, "L09", left_on=LEFT)
            both = a_resident(session, other, "B09", left_on=LEFT)
            both.person_id = shared.person_id
            a_member_of_staff(session, home, "S77", contract_to=LEFT)
            far = [Grant(Role.OFFICER, region="371602")]
            create_account(session, "far@example.org", "示例外县", PASSWORD, far)
        yield house


@pytest.fixture(scope="module")
def running(own_house: House) -> Iterator[TestClient]:
    """The application of that house."""
    with own_house.client() as client:
        yield client


@pytest.fixture
def by(own_house: House, running: TestClient) -> Visit:
    """Return a client signed in as somebody."""
    return lambda who: own_house.visitor(running, who)


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_those_whose_office_it_is_see_what_is_held(by: Visit, who: str) -> None:
    """Counts by table, and what has to be kept with day and article in words."""
    said = by(who).get(f"{HELD.format('R01')}").json()
    assert said["held"]["person"] == 1
    assert said["held"]["payslip"] == 1
    assert (said["free_on"], said["asked"]) == (None, None)
    words = "".join(kept["zh"] for kept in said["kept"])
    assert "没有记录离开日期（个人信息保护法第四十七条）" in words
    assert "工资支付记录保存至 2028-10-31（工资支付暂行规定（劳部发〔1994〕489号）第六条" in words
    gone = by(who).get(HELD.format("L00")).json()
    assert (gone["kept"], gone["free_on"]) == ([], "2026-11-02")


@pytest.mark.parametrize(
    ("code", "left_on", "kinds", "free_on"),
    [
        ("T01", date(2026, 11, 2), ["service"], "2026-11-03"),
        ("T02", date(2026, 11, 1), [], "2026-11-02"),
    ],
)
def test_the_last_day_itself_still_keeps(
    own_house: House, by: Visit, code: str, left_on: date, kinds: list[str], free_on: str
) -> None:
    """It is 2026-11-02: who leaves today is still served, who left yesterday is not."""
    with own_house.database.session() as session:
        a_resident(session, find_home(session, "ZP001"), code, left_on=left_on)
    said = by("officer").get(HELD.format(code)).json()
    assert [kept["kind"] for kept in said["kept"]] == kinds
    assert said["free_on"] == free_on


@pytest.mark.parametrize("who", ["clerk", "manager", "inspector", "elsewhere", "nobody", "far"])
@pytest.mark.parametrize("code", ["L00", "R99"])
def test_others_get_nothing_whether_there_is_somebody_or_not(
    by: Visit, who: str, code: str
) -> None:
    """Neither told, nor handed out, nor erased: no difference between somebody and nobody."""
    client, expected = by(who), 404 if who == "far" else 403
    place = HELD.format(code)
    assert client.get(place).status_code == expected
    assert client.post(f"{place}/export", json=WHY).status_code == expected
    assert client.post(f"{place}/erasure", json=WHY).status_code == expected
    if who == "far":
        assert client.get("/api/v1/erasures").json()["items"] == []
    else:
        assert client.get("/api/v1/erasures").status_code == 403
        assert "/erasures" not in client.get("/").text


def test_everything_is_handed_out_with_numbers_and_written_down(
    by: Visit, own_house: House
) -> None:
    """As data and as a workbook; the trail says who and why, and each number opened."""
    client = by("officer")
    held = client.post(f"{HELD.format('R01')}/export", json=WHY).json()["held"]
    assert held["identifier"][0]["number"].isalnum()
    assert len(held["identifier"][0]["number"]) == 18
    page = "/homes/ZP001/people/R01/export"
    book = client.post(page, data={**WHY, "kind": "xlsx"})
    assert "attachment" in book.headers["content-disposition"]
    assert "payslip" in load_workbook(BytesIO(book.content)).sheetnames
    assert client.post(page, data={**WHY, "kind": "json"}).json()["held"].keys() >= held.keys()
    assert client.post(f"{HELD.format('R01')}/export", json={"reason": "x"}).status_code == 422
    with own_house.database.session() as session:
        query = select(AuditEntry.actor).where(AuditEntry.action == "export")
        assert set(session.scalars(query)) == {"officer@example.org"}


def test_an_erasure_is_refused_with_what_has_to_be_kept(by: Visit) -> None:
    """In words with the article, by the API and on the page; nothing is recorded."""
    client = by("officer")
    refused = client.post(f"{HELD.format('R01')}/erasure", json=WHY)
    assert refused.status_code == 422
    assert "第四十七条" in refused.json()["detail_zh"]
    assert "article 47" in refused.json()["detail"]
    page = client.post("/homes/ZP001/people/R01/erasure", data=WHY)
    assert (page.status_code, "第四十七条" in page.text) == (422, True)
    assert "现在不能删除" in client.get("/homes/ZP001/people/R01").text
    assert all(one["person"] != "ZP001/R01" for one in _listed(client))


def _listed(client: Client, **query: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = client.get("/api/v1/erasures", params=query).json()["items"]
    return items


def test_who_left_is_erased_at_once_and_once(by: Visit, own_house: House) -> None:
    """Done, listed with who asked and why; asked again nothing changes."""
    client = by("officer")
    done = client.post(f"{HELD.format('L01')}/erasure", json=WHY).json()
    assert (done["done"], done["due_on"]) == (True, "2026-11-02")
    (before,) = (one for one in _listed(client) if one["person"] == "ZP001/L01")
    assert (before["asked_by"], before["reason"]) == ("officer@example.org", "本人申请")
    assert client.post(f"{HELD.format('L01')}/erasure", json=WHY).json()["done"]
    (after,) = (one for one in _listed(client) if one["person"] == "ZP001/L01")
    assert after == before
    assert _listed(by("far")) == []
    text = client.get("/homes/ZP001/people/L01").text
    assert "个人密钥已销毁" in text
    assert "绝密姓名" not in text + client.get("/erasures").text
    with own_house.database.session() as session:
        query = select(Person.name).join(Resident).where(Resident.code == "L01")
        assert session.scalar(query) == "已删除"


def test_what_has_to_be_kept_is_erased_when_its_day_comes(by: Visit, own_house: House) -> None:
    """Recorded with the day; listed as due from that day on."""
    client = by("administrator")
    said = client.post(f"{HELD.format('S77')}/erasure", json=WHY).json()
    # The contract ended 2026-06-30 and is kept two years: until 2028-06-30.
    assert (said["done"], said["due_on"]) == (False, "2028-07-01")
    assert "劳动合同法第五十条" in said["kept"][0]["zh"]
    assert "2028-07-01" in client.get("/erasures").text
    assert _listed(client, due="true") == []
    own_house.database.person_keys.change_erasure(said["person_id"], {"due_on": LEFT})
    assert [one["person"] for one in _listed(client, due="true")] == ["ZP001/S77"]
    assert "已到期" in client.get("/erasures").text


def test_a_person_of_two_regions_is_the_administrators(by: Visit) -> None:
    """Who sees one home alone neither hands out nor erases what another holds."""
    for who in ("officer", "far"):
        place = HELD.format("L09") if who == "officer" else "/api/v1/homes/BC001/people/B09"
        refused = by(who).post(f"{place}/erasure", json=WHY)
        assert refused.status_code == 403
        assert "由管理员办理" in refused.json()["detail_zh"]
        assert by(who).post(f"{place}/export", json=WHY).status_code == 403
    held = by("administrator").post(f"{HELD.format('L09')}/export", json=WHY).json()["held"]
    assert len(held["resident"]) == 2


def test_the_page_of_a_home_leads_there(by: Visit) -> None:
    """Officers ask by code and see no names; administrators have the list too."""
    officer = by("officer")
    assert 'href="/homes/ZP001/people"' in officer.get("/homes/ZP001").text
    assert 'href="/erasures"' in officer.get("/").text
    page = officer.get("/homes/ZP001/people").text
    assert "人员编号" in page
    assert "园友R0" not in page
    found = officer.get("/homes/ZP001/people", params={"person": "R01"})
    assert found.headers["location"] == "/homes/ZP001/people/R01"
    assert officer.get("/homes/ZP001/people", params={"person": "X"}).status_code == 404
    assert "园友R01" in by("administrator").get("/homes/ZP001/people").text
    assert 'href="/homes/ZP001/people"' not in by("clerk").get("/homes/ZP001").text


def test_a_death_is_recorded_named_and_taken_back(own_house: House, by: Visit) -> None:
    """Work ends on the day; the account is masked; a manager may not, and a bad account is told."""
    where, october = f"{HELD.format('R01')}/death", date(2026, 10, 9)
    officer = by("officer")
    assert officer.get(where).json() is None
    given = {"died_on": f"{october}"}
    assert by("manager").put(where, json=given).status_code == 403
    assert by("inspector").get(where).status_code == 403
    said = officer.put(where, json=given).json()
    assert (said["died_on"], said["payee"], said["account"]) == (f"{october}", "", "")
    payee = {"name": "示例配偶", "bank": "示例银行", "account": "6200000000000000018"}
    wrong = {**given, "payee": {**payee, "account": "6200000000000000019"}}
    assert officer.put(where, json=wrong).status_code == 422
    assert officer.put(where, json={**given, "payee": payee}).status_code == 200
    shown = officer.get(where).json()
    assert (shown["payee"], shown["account"]) == ("示例配偶", "***************0018")
    assert officer.get(HELD.format("R01")).json()["held"]["death"] == 1
    handed = officer.post(f"{HELD.format('R01')}/export", json=WHY).json()["held"]["death"]
    assert [one["account"] for one in handed] == [payee["account"]]
    of_home = "/api/v1/homes/ZP001"
    (owed,) = by("clerk").get(f"{of_home}/owed-to-heirs").json()["items"]
    assert (owed["resident"], owed["payee"], owed["is_in_part"]) == ("R01", "示例配偶", True)
    works = select(Employment).join(Resident).where(Resident.code == "R01")
    with own_house.database.session() as session:
        work = session.scalars(works).one()
        assert work.ended_on == work.resident.left_on == october
    assert officer.post(f"{where}/withdraw", json=WHY).status_code == 204
    assert officer.get(where).json() is None
    assert by("clerk").get(f"{of_home}/owed-to-heirs").json()["items"] == []
    with own_house.database.session() as session:
        assert session.scalars(works).one().ended_on is None


def test_a_wage_clerk_records_a_death_on_a_page(own_house: House, by: Visit) -> None:
    """By code to the form, day and payee, shown masked, taken back; none of it for a manager."""
    clerk, page = by("clerk"), "/homes/ZP001/people/R02/death"
    assert 'href="/homes/ZP001/deaths"' in clerk.get("/homes/ZP001").text
    assert 'href="/homes/ZP001/deaths"' not in by("manager").get("/homes/ZP001").text
    assert "没有去世登记" in clerk.get("/homes/ZP001/deaths").text
    found = clerk.get("/homes/ZP001/deaths", params={"person": "R02"})
    assert found.headers["location"] == page
    assert clerk.get("/homes/ZP001/deaths", params={"person": "R99"}).status_code == 404
    assert by("manager").get(page).status_code == 403
    assert by("manager").post(page, data={"died_on": "2026-10-09"}).status_code == 403
    form = {"died_on": "2026-10-09", "payee": "", "bank": "", "account": ""}
    assert clerk.post(page, data=form).headers["location"] == page
    assert "未登记，请询问家属" in clerk.get(page).text
    late = clerk.post(page, data=form | {"died_on": "2026-12-09"})
    assert (late.status_code, "不在出生日期和今天" in late.text) == (422, True)
    half = clerk.post(page, data=form | {"payee": "示例配偶", "account": "6200000000000000018"})
    assert (half.status_code, "收款人要写明姓名、开户行和账号" in half.text) == (422, True)
    heir = {"payee": "示例配偶", "bank": "示例银行", "account": "6200000000000000018"}
    assert clerk.post(page, data=form | heir).status_code == 303
    shown = clerk.get(page).text
    assert "示例配偶 示例银行 ***************0018" in shown
    assert heir["account"] not in shown
    assert "示例配偶" in clerk.get("/homes/ZP001/deaths").text
    assert "示例配偶" in clerk.get("/homes/ZP001/receivables").text
    assert clerk.post(f"{page}/withdraw", data={"reason": " "}).status_code == 422
    assert clerk.post(f"{page}/withdraw", data={"reason": "登记错了人"}).status_code == 303
    assert clerk.post(f"{page}/withdraw", data={"reason": "再撤一次"}).status_code == 409
    works = select(Employment).join(Resident).where(Resident.code == "R02")
    with own_house.database.session() as session:
        assert session.scalars(works).one().ended_on is None


def test_a_clerk_records_no_death_of_somebody_other_homes_know(own_house: House, by: Visit) -> None:
    """L09 is known in a home of another county as well: whoever answers for both has to do it."""
    for call in (
        by("clerk").get("/homes/ZP001/people/L09/death"),
        by("clerk").put(f"{HELD.format('L09')}/death", json={"died_on": "2026-06-10"}),
    ):
        assert (call.status_code, "范围以外的机构" in call.text) == (403, True)
    assert by("administrator").get("/homes/ZP001/people/L09/death").status_code == 200
