"""Leaving and replacing in a real browser: it asks while something would be lost, and only then."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, expect

from ui.navigation import JUDGE, STANDARDS

pytestmark = pytest.mark.browser
_SAMPLE = "01-fully-eligible"


@pytest.fixture
def visit(at_the_gate, server):
    """The trial of somebody no other browser test is: what others typed there stays with their accounts."""
    at_the_gate.pass_the_form(server, "gengxian_minzheng")
    _leave(at_the_gate, server)
    return at_the_gate


@pytest.fixture
def asked(visit) -> list[str]:
    """What the browser asked so far; the answer is always to leave."""
    questions: list[str] = []

    def answer(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    visit.page.on("dialog", answer)
    return questions


def _leave(visit, server: str) -> None:
    visit.page.goto(f"{server}/{JUDGE.path}")
    expect(visit.page.get_by_text("打开样例")).to_be_visible()
    visit.settle()


def test_leaving_asks_while_something_is_typed_and_not_saved_and_only_then(visit, server, asked):
    visit.open_sample(_SAMPLE)
    _leave(visit, server)
    assert asked == []
    for left in ("typing", "typed", "elsewhere"):
        visit.open_sample(_SAMPLE)
        visit.go("县情数据")
        visit.page.get_by_role("textbox", name="乡镇数").first.click()
        visit.page.keyboard.type("9")
        if left != "typing":
            visit.page.keyboard.press("Tab")
            visit.settle()
            expect(visit.page.locator(".dc-leaving")).to_have_count(1)
        if left == "elsewhere":
            visit.go("工作台")
        _leave(visit, server)
        assert asked == ["beforeunload"], left
        asked.clear()


def test_what_is_saved_asks_until_it_is_downloaded_and_downloading_does_not_ask(visit, server, asked):
    page = visit.page
    visit.open_sample(_SAMPLE)
    visit.go("县情数据")
    # 读屏软件读到的是字段的名字，不带转义的反斜杠。
    expect(page.locator("[aria-label*='0.62% 填 0.62']").first).to_be_visible()
    expect(page.locator(r"[aria-label*='\\']")).to_have_count(0)
    page.get_by_role("textbox", name="乡镇数").first.fill("9")
    page.get_by_role("button", name="保存县情").click()
    visit.settle()
    expect(page.locator(".dc-leaving")).to_have_count(1)
    visit.go("评估结果")
    with page.expect_download():
        page.get_by_role("button", name="下载 YAML", exact=True).click()
    visit.settle()
    expect(page.locator(".dc-leaving")).to_have_count(0)
    _leave(visit, server)
    assert asked == []


def test_the_panel_folds_away_and_the_verdict_is_in_sight_after_a_load(visit):
    page = visit.page
    for stem, county in ((_SAMPLE, "甲县"), ("04-figures-against-claim", "丁市"), (_SAMPLE, "甲县")):
        if page.get_by_text("更换样例、新建或载入其他文件").count():
            page.get_by_text("更换样例、新建或载入其他文件").click()
            visit.settle()
        visit.open_sample(stem)
        expect(page.locator(".dc-masthead h1")).to_have_text(county)
        expect(page.get_by_text("打开样例")).to_be_hidden()
        expect(page.locator(".dc-together")).to_be_in_viewport()
        expect(page.locator(".dc-verdict").first).to_be_in_viewport()


def test_a_refused_files_lines_are_in_sight(visit, tmp_path):
    bad = tmp_path / "坏文件.yaml"
    bad.write_text("format: 1\nanswer: {}\n", encoding="utf-8")
    visit.page.set_input_files("input[type=file]", bad)
    visit.settle()
    expect(visit.page.locator(".dc-problems tbody tr").last).to_be_in_viewport(ratio=1)


def test_going_from_a_row_to_its_clause_and_back_loses_nothing_and_comes_to_the_place(visit, asked):
    page = visit.page
    visit.open_sample(_SAMPLE)
    visit.go("县情数据")
    page.get_by_role("textbox", name="乡镇数").first.click()
    page.keyboard.type("9")
    page.keyboard.press("Tab")
    visit.settle()
    visit.go(STANDARDS.title)
    row = page.locator("[data-place='national-2018 5.3.2']")
    row.locator("a[href*='doc=xuchang-2017-38']").first.click()
    clause = page.locator(".dc-clause.dc-here")
    expect(clause).to_be_in_viewport()
    expect(clause).to_contain_text("儿童福利主任")
    page.go_back()
    expect(page.locator("tr.dc-here")).to_be_in_viewport()
    expect(page.locator("tr.dc-here")).to_have_attribute("data-place", "national-2018 5.3.2")
    assert asked == [], "links to places are followed inside the page"
