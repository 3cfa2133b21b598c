"""Typed text in a real browser: whatever becomes of page, session or server, it is in the store within two seconds."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.e2e.conftest import COORDINATOR, Server, Visit, visiting
from workflow.demo.seed import DEMO_PASSWORD

pytestmark = pytest.mark.browser
_RARE = pytest.mark.soak  # the other combinations of the same thing
SECONDS = 60.0  # the product takes less than two; the machine may be busy
MOBILE = "13800138000"


class Typing:
    """The page of fields, its server, and what the store holds of drafts."""

    def __init__(self, server: Server, var: Path, visit: Visit) -> None:
        self.server, self._var, self.visit, self.page = server, var, visit, visit.page
        self.asked: list[str] = []
        self.page.on("dialog", self._answer)
        self._beside = self.page.context.new_page()

    def _answer(self, dialog: Dialog) -> None:
        self.asked.append(dialog.type)
        dialog.accept()

    def sign_in(self) -> None:
        form = {"username": COORDINATOR, "password": DEMO_PASSWORD}
        address = self.server.address
        asking = self.page.context.request
        headers = {"Origin": address}
        answer = asking.post(f"{address}/login", form=form, headers=headers, max_redirects=0, max_retries=2)
        assert answer.status == 303

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.server.address}/{path}")
        expect(self.page.get_by_text("已保存：")).to_be_visible()

    def note(self, row: str = "1.1.1", page: Page | None = None):
        return (page or self.page).get_by_label(f"说明 {row}")

    def drafts(self) -> dict[tuple[str, str], list[str]]:
        """(row, field) → the texts kept, of all windows."""
        with sqlite3.connect(f"file:{self._var / 'store.db'}?mode=ro", uri=True) as store:
            rows = store.execute("select key, field, value from drafts order by at").fetchall()
        store.close()
        found: dict[tuple[str, str], list[str]] = {}
        for key, field, value in rows:
            found.setdefault((key, field), []).append(json.loads(value))
        return found

    def kept(self, text: str, row: str = "1.1.1", *, seconds: float = SECONDS) -> bool:
        """Whether the note is in the store within this time."""
        last = time.monotonic() + seconds
        while text not in self.drafts().get((row, "note"), []):
            if time.monotonic() > last:
                return False
            self._beside.wait_for_timeout(20)  # requests pass through `visiting`, which must not sleep
        return True

    def acknowledged(self) -> bool:
        """Whether the page comes to hold nothing the server has not acknowledged."""
        last = time.monotonic() + SECONDS
        while self.waiting() and time.monotonic() < last:
            self.page.wait_for_timeout(50)
        return not self.waiting()

    def waiting(self) -> bool:
        """Whether the page holds something the server has not acknowledged."""
        held = "() => Object.entries(sessionStorage).some(([k, v]) => k.startsWith('dc-typed-') && v.includes('text'))"
        return bool(self.page.evaluate(held))


@pytest.fixture(scope="module")
def typing_server(seeded: Path, tmp_path_factory) -> Iterator[tuple[Server, Path]]:
    folder = tmp_path_factory.mktemp("typing")
    shutil.copytree(seeded, folder / "var")
    server = Server(folder, "tests/e2e/typing_app.py")
    server.start()
    yield server, folder / "var"
    server.stop()


@pytest.fixture
def typing(typing_server, browser) -> Iterator[Typing]:
    server, var = typing_server
    with sqlite3.connect(var / "store.db") as store:
        store.execute("delete from drafts")
    store.close()
    with visiting(browser, server.address) as visit:
        opened = Typing(server, var, visit)
        opened.sign_in()
        opened.open()
        yield opened


def test_text_nobody_left_yet_is_kept_in_the_pauses_and_leaving_asks_nothing(typing):
    typing.note().press_sequentially("正在写的一句话")
    assert typing.kept("正在写的一句话")
    expect(typing.note()).to_be_focused()
    assert typing.acknowledged()
    typing.page.reload()
    expect(typing.note()).to_have_value("正在写的一句话")
    assert typing.asked == []


def test_typing_without_a_pause_is_kept_as_it_goes_on(typing):
    typing.note().focus()
    last = time.monotonic() + SECONDS
    while max(map(len, typing.drafts().get(("1.1.1", "note"), [])), default=0) <= 20 and time.monotonic() < last:
        typing.page.keyboard.insert_text("字")
        typing.page.wait_for_timeout(50)
    assert time.monotonic() < last


@pytest.mark.parametrize("pause", [0, pytest.param(300, marks=_RARE)])
@pytest.mark.parametrize("how", ["reload", pytest.param("close", marks=_RARE), "elsewhere"])
def test_text_typed_just_before_the_page_goes_is_kept(typing, how, pause):
    typing.note().press_sequentially("最后一句")
    typing.page.wait_for_timeout(pause)
    if how == "reload":
        typing.page.reload()
    elif how == "close":
        typing.page.close(run_before_unload=True)
    else:
        typing.page.goto(f"{typing.server.address}/login")
    assert typing.kept("最后一句")
    if how == "reload":
        expect(typing.note()).to_have_value("最后一句")


@_RARE
def test_a_text_longer_than_a_beacon_waits_in_the_window_and_is_sent_when_it_comes_back(typing):
    text = "长" * 30_000  # 90 kB
    typing.note().focus()
    typing.page.keyboard.insert_text(text)
    typing.page.reload()
    assert typing.kept(text)
    expect(typing.note()).to_be_visible()


def test_a_server_killed_while_somebody_types_loses_nothing(typing):
    """Streamlit locks the fields while the server is away; what stood in them is sent when it is back."""
    typing.note().press_sequentially("写了一会儿，")
    assert typing.kept("写了一会儿，")
    typing.note().press_sequentially("断电前的最后几个字")
    typing.server.kill()
    try:
        typing.page.wait_for_timeout(2000)
        assert typing.drafts() == {("1.1.1", "note"): ["写了一会儿，"]}
        assert typing.waiting()
    finally:
        typing.server.start()
    assert typing.kept("写了一会儿，断电前的最后几个字")
    expect(typing.note()).to_have_value("写了一会儿，断电前的最后几个字")
    expect(typing.note()).to_be_enabled()
    typing.page.reload()
    expect(typing.note()).to_have_value("写了一会儿，断电前的最后几个字")
    typing.visit.excuse("ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", "WebSocket", "server")


def test_a_phone_number_is_told_at_once_and_not_kept(typing):
    before = typing.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    typing.note().press_sequentially(f"电话{MOBILE}")
    told = typing.page.get_by_role("alert").filter(has_text="手机号码")
    expect(told).to_be_visible()
    expect(told).to_contain_text("“说明 1.1.1”：")
    expect(told).to_contain_text("没有暂存")
    expect(told).not_to_contain_text(MOBILE)
    assert typing.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") == before
    assert not any(MOBILE in text for texts in typing.drafts().values() for text in texts)
    assert not typing.waiting()
    typing.note().fill("电话见名册")
    assert typing.kept("电话见名册")
    expect(told).to_have_count(0)


def test_leaving_asks_while_a_text_is_nowhere_but_on_the_page(typing):
    typing.note().press_sequentially(f"电话{MOBILE}")
    expect(typing.page.get_by_role("alert").filter(has_text="手机号码")).to_be_visible()
    typing.page.reload()
    expect(typing.note()).to_be_visible()
    assert typing.asked == ["beforeunload"]


@pytest.mark.parametrize("path", [pytest.param("", marks=_RARE), "assess"], ids=["page", "fragment"])
@pytest.mark.parametrize("press", [0, pytest.param(60, marks=_RARE), pytest.param(150, marks=_RARE), "tap"])
@pytest.mark.parametrize("to", ["1.1.2", pytest.param("别处", marks=_RARE)])
def test_a_click_elsewhere_right_after_the_last_letter_loses_nothing(typing, path, press, to):
    typing.open(path)
    text = f"快按{press}"
    typing.note().press_sequentially(text)
    box = typing.page.get_by_text(to, exact=True).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if press == "tap":
        fingers = typing.page.context.new_cdp_session(typing.page)
        fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        typing.page.mouse.move(x, y)
        typing.page.mouse.down()
        typing.page.wait_for_timeout(press)
        typing.page.mouse.up()
    assert typing.kept(text)


@_RARE
def test_what_an_open_input_method_holds_is_kept_too(typing):
    """Pinyin not chosen from yet is not the field's committed text, but what stands in it."""
    typing.note().focus()
    keys = typing.page.context.new_cdp_session(typing.page)
    keys.send("Input.imeSetComposition", {"text": "liu shou", "selectionStart": 8, "selectionEnd": 8})
    assert typing.kept("liu shou")
    keys.send("Input.insertText", {"text": "留守"})
    assert typing.kept("留守")
    keys.send("Input.imeSetComposition", {"text": "er tong", "selectionStart": 7, "selectionEnd": 7})
    typing.page.reload()
    assert typing.kept("留守er tong")


def test_what_is_saved_does_not_come_back(typing):
    typing.note().press_sequentially("要保存的")
    assert typing.kept("要保存的")
    typing.page.get_by_role("button", name="保存").click()
    expect(typing.page.get_by_text("已保存：要保存的")).to_be_visible()
    typing.page.wait_for_timeout(1500)
    assert ("1.1.1", "note") not in typing.drafts()
    typing.page.reload()
    expect(typing.note()).to_have_value("")


@_RARE
def test_a_duplicated_tab_is_another_window(typing):
    """Duplicating copies the window's storage, as opening a window by script does."""
    with typing.page.context.expect_page() as opened:
        typing.page.evaluate("() => { window.open(location.href); }")
    other = opened.value
    expect(typing.note(page=other)).to_be_visible()
    names = [page.evaluate("sessionStorage.getItem('dc-tab')") for page in (typing.page, other)]
    assert all(re.fullmatch("[a-z0-9]{20}", name) for name in names)
    assert names[0] != names[1]
    typing.note().press_sequentially("原来的窗口")
    typing.note(page=other).press_sequentially("复制的窗口")
    assert typing.kept("原来的窗口")
    assert typing.kept("复制的窗口")
    typing.page.reload()
    expect(typing.note()).to_be_visible()
    assert typing.page.evaluate("sessionStorage.getItem('dc-tab')") == names[0]


def test_an_ended_session_drops_nothing_and_shows_our_panel_alone(typing):
    """Streamlit locks the fields of a page that lost its server; what stood in them is sent once there is a session."""
    address = typing.server.address
    typing.note().press_sequentially("登录失效之前的话")
    typing.page.context.request.post(f"{address}/logout", headers={"Origin": address}, max_retries=2)
    expect(typing.page.get_by_role("alertdialog")).to_contain_text("登录已失效")
    typing.page.wait_for_timeout(4000)
    assert typing.page.get_by_role("dialog").count() == 0
    assert typing.visit.english() == []
    typing.page.get_by_role("button", name="先查看本页").click()
    expect(typing.note()).to_have_value("登录失效之前的话")
    assert typing.drafts() == {}
    typing.sign_in()  # as in another tab
    assert typing.kept("登录失效之前的话")
    expect(typing.note()).to_be_enabled()
    expect(typing.note()).to_have_value("登录失效之前的话")
    assert typing.asked == []
    typing.visit.excuse("401", "4401", "403", "WebSocket", "server")
