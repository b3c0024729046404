"""The public register as pages, as a file and over HTTP: open to everybody, and about no person."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from httpx import Client

from tests.api.house import House
from tests.api.registered import CODES, CORRECTED, COUNTY, KEPT, LOWERED

Visit = Callable[[str | None], Client]

pytestmark = pytest.mark.usefixtures("registered")
SEPTEMBER = {"region": COUNTY, "on": "2026-09-15"}
PERSONAL = ("员工S0", "园友R0", "梁园长", "示例评定员", "@example.org")
"""What the house holds of persons."""


def test_anybody_reads_the_register(visit: Visit) -> None:
    """As of a day, by place; the highest first, then by code."""
    page = visit(None).get("/api/v1/register", params=SEPTEMBER).json()
    assert [(item["code"], item["star"]) for item in page["items"]] == [
        (KEPT, 3),
        (CORRECTED, 2),
        (LOWERED, 2),
    ]
    assert (page["page"], page["size"], page["total"]) == (1, 50, 3)
    assert page["items"][0] == {
        "code": KEPT, "name": f"=示例{KEPT}", "county": COUNTY, "address": "示例路 1 号",
        "services": ["社区康复"], "capacity": 80, "star": 3, "edition": "tiny",
        "kind": "granted", "since": "2026-09-01", "until": "2028-09-01", "words": "",
    }  # fmt: skip


def test_nothing_on_the_register_is_about_a_person(visit: Visit) -> None:
    """Whichever face it shows."""
    for path in ("/register", "/register.csv", f"/register/{KEPT}", f"/api/v1/register/{KEPT}"):
        text = visit(None).get(path).raise_for_status().text
        assert not any(word in text for word in PERSONAL), path


def test_who_is_signed_in_sees_the_whole_register_too(visit: Visit) -> None:
    """The manager of one home as well; only the head of the page differs."""
    anybody, manager = (
        visit(who).get("/register", params=SEPTEMBER).text for who in (None, "manager")
    )
    assert all(code in text for code in CODES for text in (anybody, manager))
    assert 'href="/sign-in"' in anybody
    assert "退出" not in anybody
    assert "梁园长" in manager


def test_pages_of_the_list_cover_it_once(visit: Visit) -> None:
    """And are empty beyond the end."""
    pages = [
        visit(None).get("/api/v1/register", params={**SEPTEMBER, "page": n, "size": 2}).json()
        for n in (1, 2, 3)
    ]
    assert [[item["code"] for item in page["items"]] for page in pages] == [
        [KEPT, CORRECTED],
        [LOWERED],
        [],
    ]


@pytest.mark.parametrize(
    ("on", "line"),
    [
        ("2026-08-31", "尚无星级机构"),
        ("2026-09-01", "1 家三星、2 家二星"),
        ("2026-09-30", "1 家三星、2 家二星"),
        ("2026-10-01", "1 家三星、1 家二星、1 家一星"),
        ("2028-09-01", "1 家三星、1 家二星、1 家一星"),
        ("2028-09-02", "尚无星级机构"),
    ],
)
def test_the_line_of_a_briefing_is_that_of_the_day(visit: Visit, on: str, line: str) -> None:
    """Over HTTP and at the head of the page."""
    asked = {"region": COUNTY, "on": on}
    summary = visit(None).get("/api/v1/register/summary", params=asked).json()
    assert (summary["words"]["zh"], summary["homes"], summary["on"]) == (line, 3, on)
    assert f"<strong>{line}</strong>" in visit(None).get("/register", params=asked).text


def test_the_register_is_of_today_where_no_day_is_given(visit: Visit) -> None:
    """By the application's clock, 2 November 2026; a form sends what is left open as empty."""
    client = visit(None)
    assert client.get("/api/v1/register/summary").json()["on"] == "2026-11-02"
    blank = "on=&region=&star=&service=&text="
    page = client.get(f"/register?{blank}")
    assert 'value="2026-11-02"' in page.text
    assert client.get(f"/api/v1/register?{blank}").json()["total"] == 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, list(CODES)),
        ({"star": "2"}, [CORRECTED, LOWERED]),
        ({"star": "5"}, []),
        ({"service": "社区康复"}, list(CODES)),
        ({"service": "日间照料"}, []),
        ({"text": KEPT.lower()}, [KEPT]),
        ({"text": "%"}, []),
        ({"text": " _ "}, []),
        ({"region": "371600"}, list(CODES)),
    ],
)
def test_filters(visit: Visit, asked: dict[str, str], found: list[str]) -> None:
    """The same on the page, in the file and over HTTP; a wildcard is a character like others."""
    client, wanted = visit(None), {**SEPTEMBER, **asked}
    items = client.get("/api/v1/register", params=wanted).json()["items"]
    assert [item["code"] for item in items] == found
    assert [row[0] for row in _rows(client, wanted)[1:]] == found
    page = client.get("/register", params=wanted).text
    assert re.findall(r'href="/register/(BX\d+)"', page) == found


def _rows(client: Client, asked: dict[str, str]) -> list[list[str]]:
    answer = client.get("/register.csv", params=asked)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_is_safe_to_open(visit: Visit) -> None:
    """UTF-8 with its mark; what looks like a formula is a text; named after the day."""
    rows = _rows(visit(None), SEPTEMBER)
    assert rows[0][:4] == ["编号", "名称", "区划代码", "区县"]
    assert rows[1][:4] == [KEPT, f"'=示例{KEPT}", COUNTY, "博兴县"]
    header = visit(None).get("/register.csv", params=SEPTEMBER).headers
    assert header["content-disposition"] == "attachment; filename=register-2026-09-15.csv"
    assert header["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("path", ["/register", "/register.csv", "/api/v1/register"])
@pytest.mark.parametrize(
    "asked",
    [
        {"on": "2026-13-01"},
        {"on": "1999-12-31"},
        {"on": "2101-01-01"},
        {"region": "99"},
        {"region": "110000"},
        {"star": "0"},
        {"star": "9"},
        {"star": "x"},
        {"text": "长" * 61},
        {"text": "\0"},
        {"service": "长" * 41},
        {"service": "\0"},
    ],
)
def test_what_cannot_be_asked_is_refused(visit: Visit, path: str, asked: dict[str, str]) -> None:
    """A day out of bounds, a place without homes, a star nobody gives, too long a text."""
    answer = visit(None).get(path, params=asked)
    assert answer.status_code == 422
    assert any(word in answer.text for word in ("请更正这些项目", "内没有机构", "不能保存的字符"))


@pytest.mark.parametrize("asked", [{"page": "0"}, {"page": "x"}, {"page": "10001"}])
def test_a_page_that_is_none_is_refused(visit: Visit, asked: dict[str, str]) -> None:
    """Pages count from 1."""
    assert visit(None).get("/register", params=asked).status_code == 422


def test_a_long_list_has_links_to_its_other_pages(visit: Visit) -> None:
    """With what was asked; the second page of a short list leads back."""
    page = visit(None).get("/register", params={**SEPTEMBER, "page": 2}).text
    assert f'href="/register?on=2026-09-15&amp;region={COUNTY}&amp;page=1"' in page
    assert f'href="/register.csv?on=2026-09-15&amp;region={COUNTY}"' in page
    assert 'rel="next"' not in page


def test_the_list_is_a_table_with_headers_and_labels(visit: Visit) -> None:
    """Caption, scopes, a label for every field, stars in words."""
    page = visit(None).get("/register", params=SEPTEMBER).text
    assert page.count('scope="row"') == 3
    assert "<caption" in page
    fields = re.findall(r'<(?:input|select) id="(\w+)"', page)
    assert fields == ["on", "region", "star", "service", "text"]
    assert all(f'<label for="{name}">' in page for name in fields)
    assert 'role="img" aria-label="3 星 ' in page


def test_corrections_stay_visible(visit: Visit) -> None:
    """The mistaken entry and the one that mends it name each other."""
    told = visit(None).get(f"/api/v1/register/{CORRECTED}").json()
    right, wrong = told["entries"]
    assert (right["star"], right["corrects"], right["words"]) == (2, wrong["id"], "登记时抄错")
    assert (wrong["star"], wrong["corrected_by"], wrong["until"]) == (3, right["id"], None)


def test_the_page_of_a_home_strikes_what_was_mistaken(visit: Visit) -> None:
    """And says in words what corrects it; what was lowered is no mistake."""
    page = visit(None).get(f"/register/{CORRECTED}").text
    assert "<s>2026-09-01</s>" in page
    assert "登记有误，已更正为" in page
    assert "原登记为" in page
    lowered = visit(None).get(f"/register/{LOWERED}").text
    assert "整改逾期未完成" in lowered
    assert "<s>" not in lowered


@pytest.mark.parametrize("path", ["/register", "/api/v1/register"])
def test_a_home_that_was_never_entered_is_not_told_of(visit: Visit, path: str) -> None:
    """There is ZP001, but the public does not learn it; ZP999 looks the same."""
    for code in ("ZP001", "ZP999"):
        answer = visit(None).get(f"{path}/{code}")
        assert (answer.status_code, "公开名册中没有编号为" in answer.text) == (404, True)


def test_the_register_needs_no_token_and_a_bad_one_does_no_harm(visit: Visit) -> None:
    """Who was signed in until yesterday still reads it."""
    client = visit(None)
    client.headers["Authorization"] = "Bearer void"
    client.cookies.set("rukang_session", "void")
    assert client.get("/register").status_code == 200
    assert client.get("/api/v1/register").status_code == 200


def test_pages_have_no_inline_script_or_style(visit: Visit, registered: House) -> None:
    """The content security policy would block them."""
    for path in ("/register", f"/register/{CORRECTED}", "/picture"):
        text = visit("administrator").get(path).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text), path
