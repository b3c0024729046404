"""A sheet on real devices: tabs, full stores, others' networks, wrong clocks, shared phones.

Each of these lost work once. The browser, its storage, the server and the database are real.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from socket import socket
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import delete, select

from api.app import create_app
from api.auth import COOKIE
from rukang.base.access.records import AccessToken, Account
from rukang.base.database.context import as_actor
from rukang.engines.rating import Answer, State, load_edition
from rukang.stars.inspections import (
    Arrival,
    Inspector,
    Reason,
    asked_facts,
    asked_of,
    edition_of,
    find_inspection,
    open_inspection,
    plan_visit,
    save_answer,
    save_facts,
    unrecorded_of,
)
from rukang.stars.inspections.records import InspectionSheet
from tests.api.house import Clock, House, a_token
from tests.api.test_browser import PATIENCE, PHONE, _until, browser
from tests.factories import a_home
from tests.pictures import a_picture
from tests.written_numbers import SHARES, WRITTEN

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]

WHO = {"inspector": "示例甲", "second": "示例乙"}
PNG = a_picture("PNG", size=300_000)
VISIT = date(2026, 11, 2)  # what the clocks of the house show
RECEIVED, KEPT, LOOSE = "服务器已收到", "已存在本机", "没有存到本机"
_numbers = count(800)

Scope = MutableMapping[str, Any]
Send = Callable[[Scope], Awaitable[None]]


STRANGERS = {"page": 200, "forbidden": 403, "elsewhere": 302}
"""How somebody else answers: with a page, a refusal, or by leading elsewhere."""


class Line:
    """What lies between device and server: the server, or somebody who answers in its place."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.stranger: str | None = None

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Let a request through, or answer it like the sign-in page of a hotel."""
        if scope["type"] != "http" or self.stranger is None:
            await self._app(scope, receive, send)
            return
        where = [(b"location", b"/welcome")] if self.stranger == "elsewhere" else []
        status = 200 if scope["path"] == "/welcome" else STRANGERS[self.stranger]
        kind = [(b"content-type", b"text/html"), *where]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": b"<h1>Welcome to the hotel</h1>"})


@dataclass
class Site:
    """A running server that can be stopped and started at the same address."""

    house: House
    port: int = 0
    clock: Clock = field(default_factory=Clock)
    line: Line = field(init=False)
    _server: uvicorn.Server = field(init=False)
    _thread: threading.Thread = field(init=False)

    @property
    def base(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, on the port of before if there was one."""
        self.line = Line(create_app(self.house.settings, self.clock))
        config = uvicorn.Config(
            self.line, "127.0.0.1", self.port, log_level="warning", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join()

    def token(self, who: str) -> str:
        """Return a token as signing in gives."""
        with self.house.database.session() as session:
            email = Account.email == f"{who}@example.org"
            account = session.scalars(select(Account).where(email)).one()
            return a_token(session, account, self.clock.now)

    def sign_in(self, context: BrowserContext, who: str) -> None:
        """Sign somebody in, in place of whoever was."""
        context.add_cookies([{"name": COOKIE, "value": self.token(who), "url": self.base}])


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """A running server."""
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Site(house, port)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def number(house: House) -> int:
    """A review of a home of its own, planned for two inspectors."""
    with house.database.session() as session:
        home = a_home(session, code=f"ZP{next(_numbers)}")
        pair = [_inspector(session, name) for name in WHO]
        session.flush()
        officer, edition = as_actor(session, "officer@example.org"), load_edition("example-2026")
        review = open_inspection(
            officer, home, edition, Reason.REVIEW, date(2026, 11, 30), "示例复核"
        )
        plan_visit(officer, review, VISIT, pair)
        return review.id


def _inspector(session: Any, name: str) -> Inspector:
    email = f"{name}@example.org"
    found = session.scalar(select(Inspector).where(Inspector.email == email))
    if found is None:
        found = Inspector(
            email=email, name=WHO[name], region="371600", latitude="37.38", longitude="117.97",
            skills=[], most_days=3, away=[],
        )  # fmt: skip
        session.add(found)
    return found


@contextmanager
def _device(browser: Browser, site: Site, who: str = "inspector") -> Iterator[BrowserContext]:
    """Yield a device of its own on which somebody is signed in."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, locale="zh-CN",
        has_touch=True,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    site.sign_in(context, who)
    yield context
    context.close()


def _open(context: BrowserContext, site: Site, number: int) -> Page:
    page = context.new_page()
    page.goto(f"{site.base}/inspections/{number}/sheet")
    return _ready(page)


def _ready(page: Page) -> Page:
    page.locator("form[data-ready]").wait_for(timeout=PATIENCE)
    return page


def _kept(page: Page) -> None:
    """Wait until the device can show the page, and run it, without a connection."""
    for path in ("location.pathname", "'/static/sheet.js'", "'/static/vendor/idb.js'"):
        _until(page, f"caches.match({path}).then((kept) => Boolean(kept))")


def _choices(page: Page) -> list[str]:
    """Return the criteria that are answered by a choice alone."""
    found = page.locator(".question[data-required]:not(:has(.number))")
    return [found.nth(at).get_attribute("data-criterion") or "" for at in range(found.count())]


def _said(page: Page, name: str) -> Any:
    return expect(page.locator(f"#q-{name} .said"))


def _pick(page: Page, name: str, at: int = 0) -> None:
    page.locator(f"#q-{name}").get_by_role("radio").nth(at).check()


def _state(page: Page) -> Any:
    return expect(page.locator("#state"))


HELD = """new Promise((resolve) => {
  const request = indexedDB.open("rukang-offline");
  request.onsuccess = () => {
    const names = ["entries", "standing", "files"];
    const tx = request.result.transaction(names);
    const counts = names.map((name) => tx.objectStore(name).count());
    tx.oncomplete = () => { request.result.close(); resolve(counts.map((one) => one.result)); };
  };
})"""
"""How many entries, standing values and files are on the device."""


@dataclass(frozen=True)
class Sheet:
    """What the server has of a sheet."""

    answers: dict[str, tuple[str, str | None, str]]
    facts: dict[str, str]
    arrivals: list[Arrival]
    late_files: list[str]
    submitted: bool


def _sheet(house: House, number: int, who: str = "inspector") -> Sheet:
    with house.database.session() as session:
        sheet = _of(find_inspection(session, number).sheets, who)
        return Sheet(
            {one.criterion: (str(one.state), one.value, one.note) for one in sheet.answers},
            dict(sheet.facts),
            [one.arrival for one in sheet.entries],
            [one.name for one in sheet.evidence if one.late and one.complete_at],
            sheet.submitted_at is not None,
        )


def _of(sheets: list[InspectionSheet], who: str) -> InspectionSheet:
    return next(one for one in sheets if one.filled_by == f"{who}@example.org")


def _fill(house: House, number: int, who: str = "inspector") -> None:
    """Answer everything that is asked on the server, so that a sheet can be submitted."""
    with house.database.session() as session:
        sheet = _of(find_inspection(session, number).sheets, who)
        edition = edition_of(sheet.inspection)
        insisted = unrecorded_of(session, sheet, edition)
        for name in (*asked_of(sheet, edition), *insisted):
            answer = Answer(criterion=name, state=State.NO_DATA)
            save_answer(session, sheet, answer, Clock().now)
        save_facts(session, sheet, dict.fromkeys(asked_facts(sheet, edition)))


def test_a_note_before_a_choice_survives_a_reload(
    browser: Browser, site: Site, number: int
) -> None:
    """Offline, reloaded from the device alone; then received as a note that answers nothing."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]
        _kept(page)
        context.set_offline(True)
        page.locator(f"#q-{name} .note").press_sequentially("示例")  # and the field is not left
        _said(page, name).to_contain_text(KEPT)
        page.reload()
        _ready(page)
        expect(page.locator(f"#q-{name} .note")).to_have_value("示例")
        _said(page, name).to_contain_text(KEPT)
        context.set_offline(False)
        _said(page, name).to_contain_text("还没有作答")
    assert _sheet(site.house, number).answers == {}
    with _device(browser, site) as another:
        page = _open(another, site, number)
        expect(page.locator(f"#q-{name} .note")).to_have_value("示例")


def test_the_answer_of_a_closed_tab_is_sent_by_the_other(
    browser: Browser, site: Site, number: int
) -> None:
    """Two tabs without a connection see each other's answers; one is closed; both arrive once."""
    with _device(browser, site) as context:
        one, other = _open(context, site, number), _open(context, site, number)
        first, second = _choices(one)[:2]
        context.set_offline(True)
        _pick(one, first)
        _said(one, first).to_contain_text(KEPT)
        _pick(other, second)
        _said(other, second).to_contain_text(KEPT)
        expect(other.locator(f"#q-{first} input:checked")).to_have_count(1)
        expect(one.locator(f"#q-{second} input:checked")).to_have_count(1)
        one.close()
        context.set_offline(False)
        _state(other).to_contain_text("服务器已全部收到")
    found = _sheet(site.house, number)
    assert set(found.answers) == {first, second}
    assert found.arrivals == [Arrival.KEPT, Arrival.KEPT]


def test_a_full_store_says_that_nothing_is_kept_and_sends_directly(
    browser: Browser, site: Site, number: int
) -> None:
    """The answer stays in the form, is never called kept, and goes once there is a connection."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        first, second = _choices(page)[:2]
        developer = context.new_cdp_session(page)
        developer.send("Storage.overrideQuotaForOrigin", {"origin": site.base, "quotaSize": 1})
        context.set_offline(True)
        _pick(page, first)
        page.locator(f"#f-{first}").set_input_files(
            {"name": "训练区.png", "mimeType": "image/png", "buffer": PNG}
        )
        _said(page, first).to_contain_text(LOOSE)
        expect(page.locator(f"#q-{first} .files")).to_contain_text(LOOSE)
        _state(page).to_contain_text("2 项没有存到本机")
        assert page.evaluate(HELD) == [0, 0, 0]
        context.set_offline(False)
        _said(page, first).to_contain_text(RECEIVED)
        _pick(page, second)
        _said(page, second).to_contain_text(RECEIVED)
        _state(page).to_contain_text("服务器已全部收到")
    assert set(_sheet(site.house, number).answers) == {first, second}


def test_what_another_device_held_when_the_sheet_was_submitted_comes_late(
    browser: Browser, site: Site, number: int
) -> None:
    """B submits first. A's answer and photograph are told, delivered and shown to the officer."""
    _fill(site.house, number)
    with _device(browser, site) as one, _device(browser, site) as other:
        page = _open(one, site, number)
        name = _choices(page)[0]
        one.set_offline(True)
        _pick(page, name, 1)
        page.locator(f"#q-{name} .note").fill("示例否决")
        page.locator(f"#f-{name}").set_input_files(
            {"name": "训练区.png", "mimeType": "image/png", "buffer": PNG}
        )
        expect(page.locator(f"#q-{name} .files")).to_contain_text(KEPT)
        submitting = _open(other, site, number)
        submitting.get_by_role("button", name="提交评分表").click()
        _state(submitting).to_contain_text("已提交")
        site.clock.turn(timedelta(minutes=1))
        one.set_offline(False)
        late = page.locator("#late")
        expect(late).to_contain_text("已在另一台设备上提交")
        expect(late.locator("li", has_text="已附在表后")).to_have_count(2)
        expect(late).to_contain_text("示例否决")
        expect(late).to_contain_text("训练区.png")
        _until(page, f"({HELD}).then((held) => held.every((one) => one === 0))")
    found = _sheet(site.house, number)
    assert found.arrivals.count(Arrival.LATE) == 1
    assert found.late_files == ["训练区.png"]
    assert found.answers[name] == ("no_data", None, "")
    _fill(site.house, number, "second")
    with _device(browser, site, "second") as context:
        page = _open(context, site, number)
        page.get_by_role("button", name="提交评分表").click()
        _state(page).to_contain_text("已提交")
    with _device(browser, site, "officer") as context, context.new_page() as page:
        page.goto(f"{site.base}/inspections/{number}")
        late = page.get_by_role("region", name="迟到内容")
        expect(late).to_contain_text("示例否决")
        expect(late.get_by_role("link", name="训练区.png")).to_be_visible()


def test_a_figure_that_arrives_late_does_not_overwrite_a_newer_one(
    browser: Browser, site: Site, number: int
) -> None:
    """Both are shown and the person chooses; until then the sheet cannot be submitted."""
    _fill(site.house, number)
    with _device(browser, site) as one, _device(browser, site) as other:
        page, newer = _open(one, site, number), _open(other, site, number)
        key = page.locator(".fact").first.get_attribute("data-fact")
        one.set_offline(True)
        page.fill(f"#fact-{key}", "50")
        expect(page.locator(f"#f-{key} .said")).to_contain_text(KEPT)
        newer.fill(f"#fact-{key}", "60")
        expect(newer.locator(f"#f-{key} .said")).to_contain_text(RECEIVED)
        one.set_offline(False)
        choice = page.locator(f"#f-{key} .choose")
        expect(choice).to_contain_text("两台设备填得不同")
        expect(choice.get_by_role("button")).to_have_count(2)
        assert _sheet(site.house, number).facts == {key: "60"}
        page.get_by_role("button", name="提交评分表").click()
        expect(page.locator("#todo h2")).to_contain_text("还有 1 项要处理")
        choice.get_by_role("button", name="50").click()
        expect(choice).to_be_hidden()
        _state(page).to_contain_text("服务器已全部收到")
    assert _sheet(site.house, number).facts == {key: "50"}


def test_a_device_that_corrects_its_clock_is_not_refused(
    browser: Browser, site: Site, number: int
) -> None:
    """An hour ahead, then right again: each answer is taken, and the last one stands."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]
        for clock, at in (("2031-01-01T00:00:00Z", 0), ("2026-11-02T01:30:00Z", 1)):
            page.clock.set_system_time(clock)
            _pick(page, name, at)
            _said(page, name).to_contain_text(RECEIVED)
            _state(page).to_contain_text("服务器已全部收到")
    found = _sheet(site.house, number)
    assert found.arrivals == [Arrival.KEPT, Arrival.KEPT]
    assert len(found.answers) == 1


@pytest.mark.parametrize("stranger", list(STRANGERS))
def test_an_answer_of_somebody_else_confirms_nothing(
    browser: Browser, site: Site, number: int, stranger: str
) -> None:
    """A hotel's page, refusal or redirection: the answer waits, and goes by itself afterwards."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]
        _kept(page)
        site.line.stranger = stranger
        _pick(page, name)
        _state(page).to_contain_text("没有网络：1 项已存在本机")
        page.reload()  # nor does the hotel's page take the place of the sheet
        _ready(page)
        _said(page, name).to_contain_text(KEPT)
        site.line.stranger = None
        _said(page, name).to_contain_text(RECEIVED)
    assert list(_sheet(site.house, number).answers) == [name]


NO_STORE = {
    "absent": "delete window.indexedDB; delete IDBFactory.prototype.open;"
    " Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "forbidden": "IDBFactory.prototype.open = () => {"
    " throw new DOMException('', 'SecurityError'); };",
}


@pytest.mark.parametrize("why", list(NO_STORE))
def test_without_a_store_the_page_says_so_and_sends_directly(
    browser: Browser, site: Site, number: int, why: str
) -> None:
    """Nothing is called kept; with a connection everything arrives."""
    with _device(browser, site) as context:
        context.add_init_script(NO_STORE[why])
        page = _open(context, site, number)
        first, second = _choices(page)[:2]
        expect(page.locator("#device")).to_contain_text("不能在本机保存内容")
        _pick(page, first)
        _said(page, first).to_contain_text(RECEIVED)
        context.set_offline(True)
        _pick(page, second)
        _said(page, second).to_contain_text(LOOSE)
        _state(page).to_contain_text("1 项没有存到本机")
        context.set_offline(False)
        _said(page, second).to_contain_text(RECEIVED)
    assert set(_sheet(site.house, number).answers) == {first, second}


def test_a_number_is_read_in_one_way_or_refused(browser: Browser, site: Site, number: int) -> None:
    """Thousands are parted, decimals have a point; it is shown back as it was understood."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        read = """async ([texts, percent]) => {
          const { readNumber } = await import("/static/numbers.js");
          return texts.map((text) => readNumber(text, { percent }).value ?? null);
        }"""
        for cases, percent in ((WRITTEN, False), (SHARES, True)):
            assert page.evaluate(read, [list(cases), percent]) == list(cases.values())
        key = page.locator(".fact").first.get_attribute("data-fact")
        field, said = page.locator(f"#fact-{key}"), page.locator(f"#f-{key} .said")
        field.fill("1,260")
        field.blur()
        expect(field).to_have_value("1260")
        expect(said).to_contain_text(RECEIVED)
        assert _sheet(site.house, number).facts == {key: "1260"}
        field.fill("1.260,5")
        field.blur()
        expect(said).to_contain_text("还没有保存")
        expect(field).to_have_value("1.260,5")
        page.get_by_role("button", name="提交评分表").click()
        expect(page.locator("#todo")).to_contain_text("还没有保存")


def test_on_a_shared_phone_nothing_goes_into_the_others_sheet(
    browser: Browser, site: Site, number: int
) -> None:
    """甲's page is open while 乙 signs in: it waits for 甲, and 乙 sees only that it does."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]
        site.sign_in(context, "second")
        _pick(page, name)
        _state(page).to_contain_text("暂停上传")
        _state(page).to_contain_text("另一个账号填写")
        of_other = _open(context, site, number)
        expect(of_other.locator("#waiting")).to_contain_text("示例inspector 有 1 项内容")
        expect(of_other.locator(f"#q-{name} input:checked")).to_have_count(0)
        _pick(of_other, name, 1)
        _said(of_other, name).to_contain_text(RECEIVED)
        assert _sheet(site.house, number).answers == {}
        theirs = _sheet(site.house, number, "second").answers
        of_other.close()
        site.sign_in(context, "inspector")
        _said(page, name).to_contain_text(RECEIVED)
    assert list(_sheet(site.house, number).answers) == [name]
    assert _sheet(site.house, number, "second").answers == theirs
    assert theirs[name] != _sheet(site.house, number).answers[name]


def test_it_goes_on_after_signing_in_again_in_another_tab(
    browser: Browser, site: Site, number: int
) -> None:
    """The token ends in the middle; the page leads to the form and asks for nothing twice."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]
        with site.house.database.session() as session:
            session.execute(delete(AccessToken))
        _pick(page, name)
        _state(page).to_contain_text("暂停上传")
        expect(page.get_by_role("link", name="在新窗口登录")).to_be_visible()
        _said(page, name).to_contain_text(KEPT)
        site.sign_in(context, "inspector")
        _said(page, name).to_contain_text(RECEIVED)
        expect(page.get_by_role("link", name="在新窗口登录")).to_be_hidden()


def test_an_entry_whose_confirmation_was_lost_is_kept_once(
    browser: Browser, site: Site, number: int
) -> None:
    """The server has it, the answer is lost, the server is restarted; it is changed meanwhile."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]

        def lose(route: Route) -> None:
            """Let the server do its work and lose what it says, and all after it."""
            if not lost:
                route.fetch()
            lost.append(route.request.url)
            route.abort("connectionreset")

        lost: list[str] = []
        context.route("**/sheet/answers/*", lose)
        _pick(page, name)
        _state(page).to_contain_text("没有网络")
        assert list(_sheet(site.house, number).answers) == [name]
        site.stop()
        _pick(page, name, 1)
        _said(page, name).to_contain_text(KEPT)
        context.unroute("**/sheet/answers/*")
        site.start()
        _said(page, name).to_contain_text(RECEIVED)
        _state(page).to_contain_text("服务器已全部收到")
        expect(page.locator(f"#q-{name} .choose")).to_be_hidden()
    assert _sheet(site.house, number).arrivals == [Arrival.KEPT, Arrival.KEPT]


HOLD = """new Promise((resolve) => {
  const request = indexedDB.open("rukang-offline");
  request.onsuccess = () => {
    window.held = true;
    const store = request.result.transaction("entries", "readwrite").objectStore("entries");
    const again = () => { if (window.held) store.count().onsuccess = again; };
    again();
    resolve();
  };
})"""
"""Holds the store as another tab in the middle of a transaction does."""


def test_kept_is_said_only_after_the_transaction(browser: Browser, site: Site, number: int) -> None:
    """While the device's store is held by another transaction, it is not kept and not called so."""
    with _device(browser, site) as context:
        page, holder = _open(context, site, number), context.new_page()
        name = _choices(page)[0]
        holder.goto(f"{site.base}/register")
        holder.evaluate(HOLD)
        context.set_offline(True)
        _pick(page, name)
        _said(page, name).to_contain_text("正在保存… Not kept yet")
        _state(page).to_contain_text("正在保存… Not kept yet")
        holder.evaluate("window.held = false")
        _said(page, name).to_contain_text(KEPT)


def test_an_incomplete_sheet_lists_what_is_open(browser: Browser, site: Site, number: int) -> None:
    """A count and a link to each; it shrinks as they are answered, and works by keyboard."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        asked = page.locator(".question[data-required], .fact").count()
        button = page.get_by_role("button", name="提交评分表")
        button.focus()
        page.keyboard.press("Enter")
        todo = page.locator("#todo")
        expect(todo).to_be_focused()
        expect(todo.locator("h2")).to_contain_text(f"还有 {asked} 项要处理")
        expect(todo.get_by_role("link")).to_have_count(asked)
        name = _choices(page)[0]
        todo.get_by_role("link", name=f"{name} ").focus()
        page.keyboard.press("Enter")
        question = page.locator(f"#q-{name}")
        assert question.evaluate("(one) => one.contains(document.activeElement)")
        page.keyboard.press("Space")
        expect(todo.locator("h2")).to_contain_text(f"还有 {asked - 1} 项要处理")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_record_is_contradicted_with_its_reason(
    browser: Browser, site: Site, number: int
) -> None:
    """Without a reason it is not kept; with one it stands, is shown, and can be taken back."""
    with _device(browser, site) as context:
        page = _open(context, site, number)
        question = page.locator(".question:has(.number):has(.contradicts:enabled)").first
        name = question.get_attribute("data-criterion") or ""
        question = page.locator(f"#q-{name}")
        question.evaluate("(one) => { one.closest('details').open = true; }")
        question.locator(".contradicts").check()
        question.locator(".number").fill("80")
        question.locator(".number").blur()
        _said(page, name).to_contain_text("请写明与自评或记录不符的理由")
        question.locator(".note").fill("登记簿有缺页")
        question.locator(".note").blur()
        _said(page, name).to_contain_text(RECEIVED)
        assert _contradicts(site.house, number, name)
        page.reload()
        _ready(page)
        expect(page.locator(f"#q-{name} .contradicts")).to_be_checked()
        page.locator(f"#q-{name}").evaluate("(one) => { one.closest('details').open = true; }")
        page.locator(f"#q-{name} .contradicts").uncheck()
        _state(page).to_contain_text("服务器已全部收到")
        assert not _contradicts(site.house, number, name)


def _contradicts(house: House, number: int, name: str) -> bool:
    with house.database.session() as session:
        sheet = _of(find_inspection(session, number).sheets, "inspector")
        return next(one.contradicts for one in sheet.answers if one.criterion == name)


def test_signing_out_with_unsent_entries_asks_first(
    browser: Browser, site: Site, number: int
) -> None:
    """The question names how many; who stays loses nothing, and who goes leaves no page behind."""
    with _device(browser, site) as context:
        asked: list[str] = []
        page = _open(context, site, number)
        name = _choices(page)[0]
        _kept(page)
        site.line.stranger = "page"
        _pick(page, name)
        _said(page, name).to_contain_text(KEPT)
        page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        with page.expect_event("dialog"):
            page.get_by_role("button", name="退出").click()
        _said(page, name).to_contain_text(KEPT)
        assert "您有 1 项内容还没有上传" in asked[0]
        page.once("dialog", lambda dialog: dialog.accept())
        site.line.stranger = "forbidden"
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
        page.goto(f"{site.base}/static/icon.svg")
        _until(page, f"caches.match('/inspections/{number}/sheet').then((kept) => !kept)")


def test_what_was_refused_is_sent_again_when_the_page_is_opened_anew(
    browser: Browser, site: Site, number: int
) -> None:
    """Written the day before the visit: refused with the reason, kept, and taken on the day."""
    site.clock.turn(timedelta(days=-1))
    with _device(browser, site) as context:
        page = _open(context, site, number)
        name = _choices(page)[0]
        _pick(page, name)
        _said(page, name).to_contain_text("到那天才能填写")
        _state(page).to_contain_text("1 项未被接受")
        site.clock.turn(timedelta(days=1))
        site.sign_in(context, "inspector")
        page.reload()
        _said(_ready(page), name).to_contain_text(RECEIVED)
    assert list(_sheet(site.house, number).answers) == [name]


def test_the_browser_is_asked_to_keep_the_store(browser: Browser, site: Site, number: int) -> None:
    """`navigator.storage.persist()`, once the page stands."""
    with _device(browser, site) as context:
        context.add_init_script(
            "window.asked = 0;"
            "StorageManager.prototype.persist = async () => { window.asked += 1; };"
        )
        page = _open(context, site, number)
        _until(page, "window.asked === 1")


BEFORE = """([sheet, png]) => {
  const answers = { "A1": { state: "no_data", value: null, note: "示例旧稿", sent: false } };
  localStorage.setItem(`rukang.sheet.${sheet}`, JSON.stringify({ answers, facts: null }));
  return new Promise((resolve) => {
    const request = indexedDB.open("rukang", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "key" });
    request.onsuccess = async () => {
      const bytes = new Uint8Array(png);
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const file = { key: "old", sheet, criterion: "A1", name: "旧照片.png", sha256 };
      const tx = request.result.transaction("files", "readwrite");
      tx.objectStore("files").put({ ...file, size: png.length, blob: new Blob([bytes]) });
      tx.oncomplete = () => { request.result.close(); resolve(); };
    };
  });
}"""
"""What the sheet of the version before kept in the browser and had not sent."""


def test_what_the_version_before_had_not_sent_is_taken_over(
    browser: Browser, site: Site, number: int
) -> None:
    """An answer and a photograph: sent, and gone from where they were."""
    with site.house.database.session() as session:
        sheet = _of(find_inspection(session, number).sheets, "inspector")
        sheet_id, name = str(sheet.id), asked_of(sheet, edition_of(sheet.inspection))[0]
    with _device(browser, site) as context:
        page = context.new_page()
        page.goto(f"{site.base}/register")
        page.evaluate(BEFORE.replace("A1", name), [sheet_id, list(PNG)])
        page = _open(context, site, number)
        _said(page, name).to_contain_text(RECEIVED)
        expect(page.locator(f"#q-{name} .files")).to_contain_text("旧照片.png")
        expect(page.locator(f"#q-{name} .files")).to_contain_text(RECEIVED)
        assert page.evaluate("Object.keys(localStorage).length") == 0
    assert _sheet(site.house, number).answers == {name: ("no_data", None, "示例旧稿")}
