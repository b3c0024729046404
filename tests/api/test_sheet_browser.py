"""Two inspectors fill a sheet on a phone; the connection is cut in the middle, and comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from rukang.base.database.context import as_actor
from rukang.bodies.homes import find_home
from rukang.engines.rating import load_edition
from rukang.stars.inspections import (
    Inspector,
    Reason,
    Stage,
    find_inspection,
    kept_of,
    open_evidence,
    open_inspection,
    plan_visit,
)
from rukang.stars.inspections.records import Evidence
from tests.api.house import PASSWORD, House
from tests.api.test_browser import PATIENCE, PHONE, _until, address, browser
from tests.pictures import a_picture

__all__ = ["address", "browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]

WHO = {"inspector": "示例甲", "second": "示例乙"}
# The smallest picture there is, and words behind it that make it two parts long.
PNG = a_picture("PNG", size=300_000)


@pytest.fixture
def inspection_id(house: House) -> int:
    """A review of the first home, planned for two inspectors, both with accounts."""
    with house.database.session() as session:
        home = find_home(session, "ZP001")
        pair = []
        for name, called in WHO.items():
            email = f"{name}@example.org"
            found = session.scalar(select(Inspector).where(Inspector.email == email))
            if found is None:
                found = Inspector(
                    email=email, name=called, region="371600", latitude="37.38",
                    longitude="117.97", skills=[], most_days=3, away=[],
                )  # fmt: skip
                session.add(found)
            pair.append(found)
        session.flush()
        edition = load_edition("example-2026")
        due = date(2026, 11, 30)
        review = open_inspection(
            as_actor(session, "officer@example.org"), home, edition, Reason.REVIEW, due, "示例复核"
        )
        plan_visit(as_actor(session, "officer@example.org"), review, date(2026, 11, 2), pair)
        return review.id


@contextmanager
def _phone(browser: Browser, base: str, who: str) -> Iterator[tuple[BrowserContext, Page]]:
    """Yield a phone on which somebody has signed in."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, locale="zh-CN",
        has_touch=True,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{base}/sign-in")
    page.get_by_label("邮箱").fill(f"{who}@example.org")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("我的机构")
    yield context, page
    context.close()


def _open(page: Page, base: str, inspection_id: int) -> None:
    page.goto(f"{base}/inspections/{inspection_id}/sheet")
    page.locator("form[data-ready]").wait_for(timeout=PATIENCE)


def _answer(page: Page, questions: list[str]) -> None:
    """Give each question its first answer, a number where one is asked."""
    for name in questions:
        question = page.locator(f"#q-{name}")
        number = question.locator(".number")
        if number.count():
            number.fill("80")
            number.blur()
        else:
            question.get_by_role("radio").first.check()


def _give_figures(page: Page) -> None:
    """Give the home's figures; of a fresh sheet they are empty and not 0, one stays unknown."""
    figures = page.locator(".fact")
    for at in range(figures.count()):
        figure, number = figures.nth(at), figures.nth(at).get_by_role("textbox")
        expect(number).to_have_value("")
        expect(figure.get_by_role("checkbox")).not_to_be_checked()
        number.fill("40")
        number.blur()
        expect(figure.get_by_role("checkbox")).not_to_be_checked()
    figures.last.get_by_role("checkbox").check()
    expect(figures.last.get_by_role("textbox")).to_have_value("")
    expect(figures.first.get_by_role("textbox")).to_have_value("40")


IS_KEPT = "caches.match(location.pathname).then((kept) => Boolean(kept))"
"""Whether the device can show the page without a connection."""


def _asked(page: Page) -> list[str]:
    found = page.locator(".question[data-required]")
    return [found.nth(at).get_attribute("data-criterion") or "" for at in range(found.count())]


def test_a_sheet_survives_a_cut_connection(
    browser: Browser, address: str, house: House, inspection_id: int, tmp_path: Path
) -> None:
    """Half is filled with a connection, half without; the page is opened anew in between."""
    with _phone(browser, address, "inspector") as (context, page):
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        _open(page, address, inspection_id)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        asked = _asked(page)
        middle = len(asked) // 2
        _give_figures(page)
        _answer(page, asked[:middle])
        state = page.locator("#state")
        expect(state).to_contain_text("服务器已全部收到")
        _until(page, IS_KEPT)

        context.set_offline(True)
        _answer(page, asked[middle:])
        page.locator(f"#q-{asked[0]} .note").fill("无网络时写下的说明")
        page.locator(f"#q-{asked[0]} .note").blur()
        page.locator(f"#f-{asked[0]}").set_input_files(
            {"name": "训练区.png", "mimeType": "image/png", "buffer": PNG}
        )
        expect(page.locator(f"#q-{asked[0]} .files")).to_contain_text("已存在本机")
        expect(state).to_contain_text("没有网络")
        page.screenshot(path=tmp_path / "offline.png")

        page.reload()  # from the device alone
        page.locator("form[data-ready]").wait_for(timeout=PATIENCE)
        # The last that is asked is measured, has no record here, and is given as a number.
        expect(page.locator(f"#q-{asked[-1]} .number")).to_have_value("80")
        expect(page.locator(".fact").last.get_by_role("checkbox")).to_be_checked()
        expect(page.locator(f"#q-{asked[0]} .note")).to_have_value("无网络时写下的说明")
        expect(page.locator(f"#q-{asked[0]} .files")).to_contain_text("训练区.png")
        page.get_by_role("button", name="提交评分表").click()
        expect(state).to_contain_text("没有网络")

        context.set_offline(False)
        expect(state).to_contain_text("服务器已全部收到")
        expect(page.locator(f"#q-{asked[0]} .files")).to_contain_text("服务器已收到")
        page.get_by_role("button", name="提交评分表").click()
        expect(state).to_contain_text("已提交")
        assert page.evaluate("Object.keys(localStorage).length") == 0
        assert complaints == []
    with house.database.session() as session:
        inspection = find_inspection(session, inspection_id)
        first = inspection.sheets[0]
        assert {one.criterion for one in first.answers} == set(asked)
        assert first.answers[0].note == "无网络时写下的说明"
        assert first.facts == {"people_served": "40", "months_running": "40"}  # capacity: no data
        evidence = session.scalars(select(Evidence).where(Evidence.sheet_id == first.id)).one()
        assert evidence.sha256 == hashlib.sha256(PNG).hexdigest()
        assert open_evidence(session, evidence) == kept_of("训练区.png", "image/png", PNG)[1]
        assert inspection.stage is Stage.PLANNED  # the other sheet is still awaited
    _second_fills(browser, address, inspection_id)
    with house.database.session() as session:
        assert find_inspection(session, inspection_id).stage is Stage.VISITED


def _second_fills(browser: Browser, address: str, inspection_id: int) -> None:
    """The other inspector, whose connection breaks while a file is on its way."""
    with _phone(browser, address, "second") as (context, page):
        _open(page, address, inspection_id)
        asked = _asked(page)
        sent: list[str] = []

        def cut(route: Route) -> None:
            """Let the first part through and break the second once."""
            sent.append(route.request.url)
            if len(sent) == 2:
                route.abort("connectionreset")
            else:
                route.continue_()

        context.route("**/api/v1/evidence/*/parts/*", cut)
        page.locator(f"#f-{asked[0]}").set_input_files(
            {"name": "训练区.png", "mimeType": "image/png", "buffer": PNG}
        )
        expect(page.locator(f"#q-{asked[0]} .files")).to_contain_text("服务器已收到")
        assert [url.rpartition("/")[2] for url in sent] == ["0", "1", "1"]
        _answer(page, asked)
        page.get_by_role("button", name="提交评分表").click()
        expect(page.locator("#todo h2")).to_contain_text("还有 3 项要处理")  # the figures
        _give_figures(page)
        page.get_by_role("button", name="提交评分表").click()
        expect(page.locator("#state")).to_contain_text("已提交")
