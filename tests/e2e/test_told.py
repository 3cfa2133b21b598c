"""What people are told at the moment it matters: a session that ended, a store in trouble, a file that was refused."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, expect

from storage.store import DATABASE
from tests.e2e.conftest import COORDINATOR, Demonstration, Visit, visiting
from ui.navigation import EXCHANGE, REGISTER

pytestmark = pytest.mark.browser
_PDF = b"%PDF-1.7\n%%EOF\n"
# What the browser says of connections that are refused.
_OF_OUR_MAKING = ("WebSocket", "/_stcore/", "/session", "/drafts")


def _file(name: str, media_type: str, times: int = 1) -> dict[str, str | bytes]:
    return {"name": name, "mimeType": media_type, "buffer": _PDF * times}


@pytest.fixture
def clerk(browser: Browser, own: Demonstration) -> Iterator[Visit]:
    """甲县's coordinator at the register of documents."""
    with visiting(browser, own.address) as visit:
        visit.excuse(*_OF_OUR_MAKING)
        visit.pass_the_form(own.address, COORDINATOR)
        visit.page.goto(f"{own.address}/{REGISTER.path}")
        expect(visit.page.get_by_role("button", name="保存材料", exact=True)).to_be_visible()
        visit.settle()
        yield visit


def test_a_session_that_ended_is_told_by_our_panel_alone(clerk: Visit, own: Demonstration):
    token = next(cookie["value"] for cookie in clerk.page.context.cookies() if cookie["name"] == "dc_session")
    httpx.post(f"{own.address}/logout", headers={"Origin": own.address, "Cookie": f"dc_session={token}"}, timeout=60)
    expect(clerk.page.get_by_role("alertdialog")).to_contain_text("登录已失效")
    # Streamlit shows its own dialog from the sixth refusal on: with waits of 0.1, 0.2, 0.4 … seconds.
    clerk.page.wait_for_timeout(9_000)
    expect(clerk.page.get_by_role("dialog")).to_have_count(0)
    assert not re.search("[A-Za-z]", clerk.page.get_by_role("alertdialog").inner_text())


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            {"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
            "文件没有上传：只接受 pdf、jpg、",
        ),
        ({"name": "扫描.pdf", "mimeType": "application/pdf", "buffer": _PDF * 800_000}, "文件没有上传：超过 10 MB。"),
    ],
    ids=["kind", "size"],
)
def test_a_refused_file_is_told_and_nothing_is_saved_without_it(clerk: Visit, own: Demonstration, file, words):
    page = clerk.page
    before = _documents(own)
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(file)
    chip = page.get_by_test_id("stFileChip")
    expect(chip.get_by_role("alert")).to_contain_text(words)
    assert chip.get_by_role("alert").bounding_box()["height"] > 10, "seen, not only read out"
    page.get_by_role("textbox", name="题名").fill("随文件登记的材料")
    page.get_by_role("textbox", name="题名").blur()
    _choose_kind(clerk)
    page.get_by_role("button", name="保存材料", exact=True).click()
    expect(page.get_by_text(f"没有保存：文件“{file['name']}”没有上传")).to_be_visible()
    clerk.settle()
    assert "已保存" not in page.locator("body").inner_text()
    assert _documents(own) == before
    assert not re.search("Error|allowed|smaller", page.get_by_test_id("stFileUploader").first.inner_text())
    chip.get_by_role("button").click()
    expect(page.get_by_text("没有保存：文件")).to_be_hidden()
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": "扫描.pdf", "mimeType": "application/pdf", "buffer": _PDF}
    )
    clerk.settle()
    page.get_by_role("button", name="保存材料", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="已保存：材料")).to_be_visible()
    assert _documents(own) == before + 1


@pytest.mark.parametrize(
    ("label", "kinds"), [("本县填报数据文件", "xlsx、yaml、yml、json"), ("填好的乡镇（街道）汇总表", "xlsx")]
)
def test_each_uploader_tells_its_own_kinds(clerk: Visit, own: Demonstration, label, kinds):
    clerk.page.goto(f"{own.address}/{EXCHANGE.path}")
    uploader = clerk.page.get_by_test_id("stFileUploader").filter(has_text=label)
    expect(uploader).to_be_visible()
    clerk.settle()
    uploader.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "表.pdf", "mimeType": "application/pdf", "buffer": _PDF}
    )
    told = uploader.get_by_test_id("stFileChip").get_by_role("alert")
    expect(told).to_have_text(f"文件没有上传：只接受 {kinds} 文件。")


def test_a_store_that_is_away_is_told_on_the_open_page_and_comes_back(clerk: Visit, own: Demonstration):
    page = clerk.page
    title = page.get_by_role("textbox", name="题名")
    title.fill("数据还在时填的")
    _choose_kind(clerk)
    page.get_by_role("button", name="保存材料", exact=True).click()
    saved = page.get_by_role("status").filter(has_text="已保存：材料")
    expect(saved).to_be_visible()
    clerk.settle()
    title.fill("数据不在时填的")
    database = own.var / DATABASE
    away = database.with_name("away.db")
    database.rename(away)
    try:
        title.blur()
        expect(page.get_by_text(re.compile("找不到系统的数据文件。刚才的操作没有办理"))).to_be_visible()
        expect(saved).to_be_hidden()
        answer = page.context.request.get(own.address + "/login", max_retries=2)
        assert answer.status == 503
        assert "找不到系统的数据文件" in answer.text()
    finally:
        away.rename(database)
    expect(page.get_by_text("找不到系统的数据文件")).to_be_hidden()
    clerk.settle()
    expect(title).to_have_value("数据不在时填的")
    _choose_kind(clerk)
    page.get_by_role("button", name="保存材料", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="已保存：材料")).to_be_visible()


def _choose_kind(clerk: Visit) -> None:
    """What kind of paper the document is: without it nothing is registered."""
    clerk.settle()
    box = clerk.page.get_by_test_id("stSelectbox").filter(has_text="种类").locator("input")
    box.click()
    box.press_sequentially("文件")
    clerk.page.get_by_role("option", name="文件", exact=True).click()
    clerk.settle()


def test_a_busy_store_is_told_and_the_next_try_saves(clerk: Visit, own: Demonstration):
    page = clerk.page
    title = page.get_by_role("textbox", name="题名")
    title.fill("繁忙时填的")
    title.blur()
    _choose_kind(clerk)
    with closing(sqlite3.connect(own.var / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page.get_by_role("button", name="保存材料", exact=True).click()
        expect(page.get_by_text("系统繁忙，没有保存；您填的内容仍留在本页，请稍候再保存一次。")).to_be_visible(
            timeout=30_000  # eight seconds of patience, and a machine that may be as busy as the store
        )
        assert "本页出现故障" not in page.locator("body").inner_text()
        other.execute("ROLLBACK")
    expect(title).to_have_value("繁忙时填的")
    page.get_by_role("button", name="保存材料", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="已保存：材料")).to_be_visible()


def _documents(own: Demonstration) -> int:
    with closing(sqlite3.connect(own.var / DATABASE)) as store:
        return int(store.execute("select count(*) from entries where kind = 'evidence'").fetchone()[0])
