"""The county's half of the story, in a browser: answered, proven, handed over, handed back, released; two writers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from storage.clock import local_date, now
from tests.e2e.conftest import COORDINATOR, Visit, visiting
from ui import navigation
from workflow.demo.content import demo_period

pytestmark = pytest.mark.browser
GOVERNMENT = "jiaxian_zhengfu"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
PERIOD = demo_period(local_date(now()))
WHOLE_YEAR, BEGUN_YEAR = str(PERIOD.first.year), str(PERIOD.last.year)


class County:
    """One person's browser on the county's pages."""

    def __init__(self, visit: Visit, address: str, username: str) -> None:
        self.visit, self.address, self._begun = visit, address, False
        visit.pass_the_form(address, username)

    def open(self, page: navigation.MenuPage, **query: str) -> None:
        """By the menu; by address, as a bookmark would, at first and where a place on the page is meant."""
        if not query and self._begun:
            self.visit.go(page.title)
        else:
            asked = "&".join(f"{name}={value}" for name, value in query.items())
            self.visit.page.goto(f"{self.address}/{page.path}{'?' + asked if asked else ''}")
        self._begun = True
        expect(self.visit.page.locator(".dc-masthead")).to_be_visible()
        self.visit.settle()

    def row(self, row_id: str) -> None:
        """An indicator's or veto's place in the self-assessment."""
        self.open(navigation.ASSESS, row=row_id)
        expect(self.visit.page.locator(".dc-row-title")).to_contain_text(row_id)

    def type(self, kind: str, key: str, name: str, value: str) -> None:
        """Into a field, and leave it."""
        box = self.visit.field(kind, key, name).locator("input, textarea")
        box.fill(value)
        box.press("Tab")
        self.visit.settle()

    def claim(self, kind: str, row_id: str, words: str) -> None:
        """The claim of the row."""
        self.visit.field(kind, row_id, "claim").get_by_text(words, exact=True).click()
        self.visit.settle()

    def pick(self, kind: str, row_id: str, requirement: str, document: str) -> None:
        """A document of the register for a requirement."""
        box = self.visit.field(kind, row_id, f"e/{requirement}")
        box.locator("input").click()
        box.locator("input").press_sequentially(document)
        self.visit.page.get_by_role("option").filter(has_text=document).first.click()
        self.visit.page.keyboard.press("Escape")
        self.visit.settle()

    def choose(self, kind: str, key: str, name: str, words: str) -> None:
        """One option of a list."""
        self.visit.field(kind, key, name).locator("input").click()
        self.visit.page.get_by_role("option", name=words, exact=True).click()
        self.visit.settle()

    def press(self, name: str) -> None:
        """A button by its words."""
        self.visit.page.get_by_role("button", name=name, exact=True).click()
        self.visit.settle()

    def tick(self, words: str) -> None:
        """A box by its words."""
        self.visit.page.get_by_test_id("stCheckbox").get_by_text(words, exact=True).click()
        self.visit.settle()

    def saved(self, words: str) -> None:
        """The page says that it is durable."""
        expect(self.visit.page.get_by_role("status").filter(has_text=f"已保存：{words}")).to_be_visible()

    def sees(self, words: str) -> None:
        """Somewhere on the page."""
        expect(self.visit.page.get_by_text(words).first).to_be_visible()


@pytest.fixture
def county(browser: Browser, server: str) -> Iterator[County]:
    """甲县's coordinator."""
    with visiting(browser, server) as visit:
        yield County(visit, server, COORDINATOR)


@pytest.fixture
def colleague(browser: Browser, server: str) -> Iterator[County]:
    """The same desk in another browser."""
    with visiting(browser, server) as visit:
        yield County(visit, server, COORDINATOR)


@pytest.fixture
def government(browser: Browser, server: str) -> Iterator[County]:
    """甲县's government."""
    with visiting(browser, server) as visit:
        yield County(visit, server, GOVERNMENT)


def test_two_writers_lose_neither_text_and_a_reload_keeps(county: County, colleague: County):
    for one in (county, colleague):
        one.row("1.1.1")
    colleague.type("answer", "1.1.1", "note", "同事写的说明")
    county.type("answer", "1.1.1", "note", "我写的说明")
    colleague.press("保存修改")
    colleague.saved("指标 1.1.1")
    county.press("保存修改")
    county.sees("您的另一窗口已先保存")
    for words in ("我写的说明", "同事写的说明"):
        expect(county.visit.page.locator(".dc-statement").filter(has_text=words)).to_be_visible()
    county.press("按所选保存")
    county.saved("指标 1.1.1")
    county.visit.page.reload()
    expect(county.visit.field("answer", "1.1.1", "note").locator("textarea")).to_have_value(
        "我写的说明", timeout=30_000
    )


def test_the_county_answers_proves_fills_in_and_releases(county: County, government: County):
    _cannot_yet(county)
    _answer(county)
    _hand_over(county)
    _hand_back(government)
    county.open(navigation.WORKBENCH)
    county.sees("联系人电话请核对")
    county.open(navigation.APPLICATION)
    county.type("form", "contact_phones", "value", "0990-5521018")
    county.press("保存申报表栏目")
    county.saved("申报表栏目")
    _hand_over(county)
    _release(government)
    county.open(navigation.ASSESS, row="1.1.1")
    county.sees("已不能修改")
    assert county.visit.english() == []


def _cannot_yet(county: County) -> None:
    county.open(navigation.WORKBENCH)
    county.sees("现在还不能办理")
    expect(county.visit.page.get_by_role("button", name="送县级人民政府", exact=True)).to_be_disabled()
    assert county.visit.english() == []


def _answer(county: County) -> None:
    county.row("3.3.2")
    county.type("answer", "3.3.2", "m/out_of_pocket_reimbursement/numerator", "812000")
    county.type("answer", "3.3.2", "m/out_of_pocket_reimbursement/denominator", "1100000")
    county.sees("若按现在填写的内容保存")
    county.press("保存修改")
    county.saved("指标 3.3.2")
    county.sees("结论有变化")
    county.row("4.5.2")
    county.claim("answer", "4.5.2", "达标")
    county.press("保存修改")
    county.saved("指标 4.5.2")
    document = _register(county)
    county.row("5.4.2")
    county.claim("answer", "5.4.2", "达标")
    for part, value in (("county_publicity", "3"), ("townships_publicity", "8")):
        for year in (WHOLE_YEAR, BEGUN_YEAR):
            county.type("answer", "5.4.2", f"m/{part}/{year}", value)
    county.pick("answer", "5.4.2", "publicity_summary", document)
    county.press("保存修改")
    county.saved("指标 5.4.2")
    county.row("V3")
    county.claim("veto", "V3", "不存在")
    county.type("veto", "V3", "m/unregistered_children", "0")
    county.pick("veto", "V3", "household_check", document)
    county.press("保存修改")
    county.saved("一票否决 V3")


def _register(county: County) -> str:
    """A new document with its file; its number."""
    county.open(navigation.REGISTER)
    county.type("evidence", "+", "title", "政策宣传和户籍比对情况汇总")
    county.type("evidence", "+", "date", PERIOD.last.isoformat())
    county.choose("evidence", "+", "kind", "情况说明或证明")
    uploader = county.visit.page.get_by_test_id("stFileUploaderDropzoneInput").first
    uploader.set_input_files({"name": "汇总.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(county.visit.page.get_by_text("汇总.pdf")).to_be_visible()
    county.visit.settle()
    county.press("保存材料")
    notice = county.visit.page.get_by_role("status").filter(has_text="已保存：材料")
    return re.search(r"E\d+", notice.inner_text())[0]


def _hand_over(county: County) -> None:
    county.open(navigation.WORKBENCH)
    county.press("送县级人民政府")
    county.sees("待县政府意见")


def _hand_back(government: County) -> None:
    government.open(navigation.GOVERNMENT)
    government.sees("总体结论")
    government.visit.page.get_by_text("其他办理：").click()
    government.type("move", "hand_back", "reason", "联系人电话请核对")
    government.tick("已核对，确定“退回县级民政部门”")
    government.press("退回县级民政部门")
    government.sees("自评填报")


def _release(government: County) -> None:
    government.open(navigation.GOVERNMENT)
    government.press("按评估结果起草")
    government.press("保存意见")
    government.saved("县级人民政府推荐意见")
    government.tick("已核对，确定“出具意见并上报”")
    government.press("出具意见并上报")
    government.sees("市级基础评价")
    number = re.search(r"[?&]s=(\d+)", government.visit.page.url)[1]
    answer = government.visit.page.request.get(f"{government.address}/papers/{number}/form.pdf", max_retries=2)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)
    assert "同意推荐甲县" in re.sub(r"\s", "", text)
    assert government.visit.english() == []
