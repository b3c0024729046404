"""The public register in a real Chromium: by keyboard, on a phone, without signing in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.api.registered import CORRECTED, COUNTY, KEPT
from tests.api.test_browser import PATIENCE, PHONE, address, browser

__all__ = ["address", "browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("registered"),
    # The pages do not know which database lies below them, so one is enough here.
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]


def test_somebody_looks_for_a_home_by_keyboard(browser: Browser, address: str) -> None:
    """The form as it stands finds homes; a word narrows them down; nothing is blocked."""
    complaints: list[str] = []
    page = browser.new_page(locale="zh-CN")
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/register")
    page.get_by_label("名称、编号或地址").focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("table", name="公开名册")
    expect(table.get_by_role("rowheader")).to_have_count(3)
    page.get_by_label("名称、编号或地址").fill(KEPT.lower())
    page.keyboard.press("Enter")
    expect(table.get_by_role("rowheader")).to_have_count(1)
    expect(table.get_by_role("img", name="3 星")).to_be_visible()
    table.get_by_role("link").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(KEPT)
    assert complaints == []


@pytest.mark.parametrize("path", ["/register", f"/register/{CORRECTED}"])
def test_on_a_phone_the_page_fits_and_rows_name_their_cells(
    browser: Browser, address: str, path: str
) -> None:
    """Nothing scrolls sideways; the head of the table is heard and not seen."""
    page = browser.new_page(locale="zh-CN", viewport={"width": PHONE["width"], "height": 844})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}{path}?region={COUNTY}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    label = "getComputedStyle(document.querySelector('td[data-label]'), '::before').content"
    assert "：" in page.evaluate(label)
    box = page.get_by_role("columnheader").first.bounding_box()
    assert box is not None
    assert box["width"] < PHONE["width"]
