"""A reviewer at work in the browser, each press, choice and text counted as one action."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit


class Desk:
    """A reviewer's page of one county. ``actions``: how many there were since it was opened, the opening included."""

    def __init__(self, visit: Visit, server: str) -> None:
        self.visit, self.page, self._server, self.actions = visit, visit.page, server, 0

    def open(self, county: str) -> None:
        """From the workbench, by the county's link in the list."""
        self.page.goto(self._server)
        self.visit.settle()
        self.actions = 0
        self._click(self.page.locator(".dc-worklist").get_by_role("link", name=county, exact=True))
        expect(self.page.get_by_role("heading", name=re.compile(county))).to_be_visible()

    def view(self, name: str) -> None:
        """Choose a view."""
        self._click(self.page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True))

    def row(self, row_id: str) -> None:
        """A row by its address, as links lead there."""
        self.page.goto(f"{self.page.url.partition('&')[0]}&view=row&row={row_id}")
        self.actions += 1
        expect(self.page.get_by_role("heading", name=re.compile(rf"\b{re.escape(row_id)}\b"))).to_be_visible()
        self.visit.settle()

    def press(self, name: str | re.Pattern[str]) -> None:
        """A button by its words."""
        self._click(self.page.get_by_role("button", name=name, exact=isinstance(name, str)))

    def tick(self, words: str, *, within: str = "body") -> None:
        """A box by its words."""
        self._click(self.page.locator(within).get_by_test_id("stCheckbox").get_by_text(words, exact=True))

    def choose(self, words: str, *, within: str = "body") -> None:
        """One of a few."""
        self._click(self.page.locator(within).get_by_test_id("stRadio").get_by_text(words, exact=True))

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        """A field by its label."""
        field = self.page.get_by_label(label)
        field.fill(text)
        field.press("Tab")
        self.actions += 1
        self.visit.settle()

    def told(self, words: str) -> None:
        """The notice of a save or a move that was made."""
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()

    def _click(self, what: Locator) -> None:
        what.click()
        self.actions += 1
        self.visit.settle()

    def confirm_together(self, *but: str) -> None:
        """一并确认 of all that is offered, but for these rows."""
        self.view("一并确认")
        self.tick("审阅材料", within=".st-key-agree-rows")
        for row_id in but:
            self.tick(row_id, within=".st-key-agree-rows")
        self.press(re.compile("^确认写入所列"))
        self.told("项认定（")

    def find_vetoes(self) -> None:
        """All three in their one form, none of them there."""
        self.write("检索范围和关键词", "本县近两年涉及留守、困境儿童的报道和帖文")
        self.write("检索平台", "本市政务舆情系统")
        self.write("检索结果件数（没有结果的填 0）", "0")
        self.choose("3 项均不存在")
        self.write(re.compile("^V1 查核情况"), "向公安、信访、网信三家逐件核对近两年台账")
        self.write(re.compile("^V2 查核情况"), "逐户比对信息系统与民政、公安台账")
        self.write(re.compile("^V3 查核情况"), "与公安户籍登记逐人比对留守儿童名册")
        self.press("保存一票否决的认定")
        self.told("一票否决 V1、V2、V3 的认定")

    def find(self, row_id: str, finding: str, reason: str = "") -> None:
        """One row, and on to the next that nobody found on."""
        expect(self.page.get_by_role("heading", name=re.compile(rf"\b{re.escape(row_id)}\b"))).to_be_visible()
        self.choose(finding)
        if reason:
            self.write(re.compile("^理由（除与计算结论一致的"), reason)
        self.press("保存，转到下一未认定项")
        self.told(f"指标 {row_id}的认定")

    def give_opinion(self) -> None:
        """As drafted."""
        self.view("推荐意见")
        self.press("按认定生成草稿")
        self.press("保存意见")
        self.told("推荐意见")

    def decide(self, label: str, reason: str = "") -> None:
        """A move, with its reason and the tick that it is meant."""
        self.view("办理")
        if reason:
            self.write(re.compile("^理由（不少于"), reason)
        self.tick(f"已核对，确定“{label}”")
        self.press(label)
        self.told(f"已办理：{label}")
