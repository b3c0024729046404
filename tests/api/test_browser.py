"""A real Chromium on a real server: sign in by keyboard, open the home, read the roster."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from playwright.sync_api import APIResponse, Browser, Page, expect, sync_playwright

import rostering
from api.app import create_app
from rukang.bodies.homes import find_home
from rukang.rosters import Collision, RosterState
from tests.api.house import PASSWORD, STAFF, Clock, House
from tests.api.test_walk import page_operations
from tests.factories import a_plan

pytestmark = [
    pytest.mark.browser,
    # The pages do not know which database lies below them, so one is enough here.
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PHONE = {"width": 390, "height": 844}
PATIENCE = 1_200_000
"""Milliseconds to wait for what has to come: only a failure waits so long."""


@contextmanager
def _served(house: House) -> Iterator[str]:
    """Serve the house on a free port in a thread, and stop when done."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(create_app(house.settings, Clock()), log_level="warning")
        )
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """The address of a running server."""
    with _served(house) as base:
        yield base


@pytest.fixture
def browser() -> Iterator[Browser]:
    """The Chromium Debian installs; without it these tests fail, they are not skipped."""
    assert CHROMIUM.exists(), f"{CHROMIUM} is missing (apt-get install chromium)"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def _signed_in(browser: Browser, address: str) -> Page:
    """Return a page on which the manager has signed in with the keyboard alone."""
    page = browser.new_page(locale="zh-CN")
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    expect(page).to_have_title("登录 Sign in · 如康家园 Rukang Homes")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("manager@example.org")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("我的机构")
    return page


def _until(page: Page, expression: str) -> None:
    """Wait until an expression is true.

    Asked from outside: what the page evaluates by itself, its content security policy forbids.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def test_the_manager_reads_the_roster(browser: Browser, address: str, tmp_path: Path) -> None:
    """From the form to the table, with nothing blocked or missing on the way."""
    complaints: list[str] = []
    page = _signed_in(browser, address)
    page.on("console", lambda message: complaints.append(message.text))
    page.get_by_role("link", name="如康家园示例站 ZP001").press("Enter")
    page.get_by_role("link", name="2026 年 10 月").first.click()
    table = page.get_by_role("table", name="如康家园示例站 ZP001 2026 年 10 月排班表")
    expect(table.get_by_role("columnheader")).to_have_count(31 + 3)
    expect(table.get_by_role("rowheader")).to_have_count(STAFF + 2)
    expect(table.get_by_role("columnheader").nth(1)).to_contain_text("节假日")
    expect(table.get_by_role("row").nth(1).get_by_role("cell")).to_have_count(31 + 2)
    page.screenshot(path=tmp_path / "roster.png", full_page=True)
    assert (tmp_path / "roster.png").stat().st_size > 10_000
    assert complaints == []


def test_on_a_phone_only_the_table_scrolls_sideways(browser: Browser, address: str) -> None:
    """The page fits; names stay in view; the region can be reached and moved by keyboard."""
    page = _signed_in(browser, address)
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/rosters/1")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    region = page.get_by_role("region", name="班表")
    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    _until(page, "document.querySelector('.scroll').scrollLeft > 0")
    name = region.get_by_role("rowheader").first.bounding_box()
    assert name is not None
    assert 0 <= name["x"] < PHONE["width"] / 2


@pytest.mark.parametrize("who", ["administrator", "manager"])
def test_every_page_fits_a_phone(browser: Browser, address: str, house: House, who: str) -> None:
    """Whatever is wide scrolls in a region of its own; the page itself never does."""
    bearer = {"Authorization": f"Bearer {house.token(who)}"}
    context = browser.new_context(viewport=PHONE, extra_http_headers=bearer)
    page, wide, shown = context.new_page(), {}, 0
    for call in page_operations(house.ids):
        where = f"{address}{call.address}?{urlencode(call.query)}"
        if call.method != "GET" or not _is_page(context.request.get(where)):
            continue
        page.goto(where)
        shown += 1
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[call.address] = width
    assert not wide
    assert shown >= 20


def test_a_month_without_a_roster_fits_a_phone(
    browser: Browser, address: str, house: House
) -> None:
    """Of a year whose holidays are not known yet: its long tag breaks like any other text."""
    with house.database.session() as session:
        home, month = find_home(session, "ZP001"), date(2027, 4, 1)
        found = Collision.of(rostering.Conflict(rostering.Verdict.UNKNOWN)).model_dump(mode="json")
        plan = a_plan(session, home, month, state=RosterState.IMPOSSIBLE, conflicts=[found])
    bearer = {"Authorization": f"Bearer {house.token('manager')}"}
    page = browser.new_context(viewport=PHONE, extra_http_headers=bearer).new_page()
    page.goto(f"{address}/rosters/{plan.id}")
    expect(page.locator(".tag", has_text="暂按法定假日推算")).to_be_visible()
    expect(page.locator("#conflicts")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _is_page(answer: APIResponse) -> bool:
    """Return whether an answer is a page somebody reads, and no file or refusal."""
    return answer.ok and answer.headers["content-type"].startswith("text/html")


def test_asking_for_a_roster_shows_progress_that_htmx_renews(
    browser: Browser, address: str, house: House
) -> None:
    """The status line is announced; the part below is fetched again while the work goes on."""
    page = _signed_in(browser, address)
    page.goto(f"{address}/homes/ZP001")
    page.get_by_role("button", name="开始排班").click()
    expect(page.locator("#said")).to_contain_text("正在排队")
    with page.expect_response(lambda response: "was=queued" in response.url) as renewed:
        pass
    assert renewed.value.ok
    job = page.url.rpartition("/")[2]
    bearer = {"Authorization": f"Bearer {house.token('manager')}"}
    httpx.post(f"{address}/api/v1/jobs/{job}/cancel", headers=bearer).raise_for_status()
    expect(page.locator("#said")).to_contain_text("已取消")
    expect(page.get_by_role("link", name="查看结果")).to_be_visible()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")
