"""Forms under a hand: nothing moves when a field is left, the press that leaves it counts, and the last word stands."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.e2e.conftest import COORDINATOR, Visit, visiting
from tests.ui.seeded import office_at, submission

pytestmark = pytest.mark.browser
# Streamlit's page says so when one tap both leaves a field and presses a button elsewhere.
_AT_ONCE = "Multiple different fragmentIds detected"


def button(visit: Visit, name: str) -> Locator:
    """The one of these words."""
    return visit.page.get_by_role("button", name=name, exact=True)


def place(one: Locator) -> FloatRect:
    """Where it is on the page."""
    found = one.bounding_box()
    assert found is not None
    return found


def press_where_it_is(visit: Visit, one: Locator, held: int) -> None:
    """As a hand does: where it is now, not where it may go when the field is left."""
    box = place(one)
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.mouse.down()
    visit.page.wait_for_timeout(held)
    visit.page.mouse.up()
    visit.settle()


def in_the_middle(visit: Visit, one: Locator) -> None:
    """Scroll there, so that nothing need be scrolled later."""
    one.evaluate("element => element.scrollIntoView({block: 'center'})")
    visit.page.wait_for_timeout(300)


def write(visit: Visit, field: Locator, text: str) -> None:
    """By keyboard, and stay in the field."""
    field.click()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type(text)


@pytest.mark.parametrize(
    "held", [pytest.param(0, marks=pytest.mark.soak), 60, pytest.param(150, marks=pytest.mark.soak)]
)
def test_an_opinion_is_saved_by_the_press_that_leaves_it(browser, demonstration, held):
    office = office_at(demonstration.var)
    record = submission(office, "丁市")
    office.store.close()
    with visiting(browser, demonstration.address) as visit:
        visit.pass_the_form(demonstration.address, "yanshizhou")
        visit.page.goto(f"{demonstration.address}/appraisal?s={record.id}&view=opinion")
        save = button(visit, "保存意见")
        expect(save).to_be_visible()
        visit.settle()
        in_the_middle(visit, save)
        text = visit.field("opinion.prefecture", "-", "text").locator("textarea")
        before = place(save)
        write(visit, text, f"同意，第 {held} 稿。")
        visit.page.keyboard.press("Tab")
        visit.settle()
        expect(visit.page.get_by_text("有尚未保存的修改")).to_be_visible()
        assert place(save) == before
        write(visit, text, f"同意推荐，第 {held} 稿。")
        press_where_it_is(visit, save, held)
        expect(visit.page.get_by_role("status").filter(has_text="已保存：地市级民政部门推荐意见")).to_be_visible()
        expect(visit.page.get_by_text("有尚未保存的修改")).to_have_count(0)
        expect(text).to_have_value(f"同意推荐，第 {held} 稿。")


def test_the_last_word_on_a_row_is_the_one_that_stands_and_a_tap_away_loses_nothing(browser, demonstration):
    with visiting(browser, demonstration.address) as visit:
        visit.pass_the_form(demonstration.address, COORDINATOR)
        visit.page.goto(f"{demonstration.address}/assess?row=3.3.1")
        title = visit.page.locator(".dc-row-title")
        expect(title).to_contain_text("3.3.1")
        visit.settle()
        note = visit.field("answer", "3.3.1", "note").locator("textarea")
        save, saved = button(visit, "保存修改"), visit.page.locator(".dc-saved")
        refused = visit.page.locator(".dc-slips").filter(has_text="没有保存")

        in_the_middle(visit, save)
        write(visit, note, "按月核对。")
        press_where_it_is(visit, save, 60)
        expect(saved).to_contain_text("已保存：指标 3.3.1的填报")
        in_the_middle(visit, save)
        write(visit, note, "联系人 13987654321。")
        press_where_it_is(visit, save, 60)
        expect(refused).to_contain_text("手机号码")
        expect(note).to_have_attribute("aria-invalid", "true")
        assert note.evaluate("field => getComputedStyle(field.closest('[class*=st-key-f-]')).outlineStyle") == "solid"
        expect(visit.page.locator(".dc-refused")).to_have_count(0)
        expect(saved).to_have_count(0)
        in_the_middle(visit, save)
        write(visit, note, "按季核对。")
        press_where_it_is(visit, save, 60)
        expect(saved).to_contain_text("已保存：指标 3.3.1的填报")
        expect(refused).to_have_count(0)

        forward = button(visit, "下一项")
        forward.scroll_into_view_if_needed()
        write(visit, note, "按年核对。")
        in_the_middle(visit, forward)
        press_where_it_is(visit, forward, 0)
        expect(title).to_contain_text("3.3.2")
        button(visit, "上一项").click()
        visit.settle()
        expect(note).to_have_value("按年核对。")
        told = re.compile("这里有您 .* 暂存、尚未提交的内容")
        expect(visit.page.get_by_role("status").filter(has_text=told)).to_be_visible()
        button(visit, "放弃修改").click()
        visit.settle()
        expect(note).to_have_value("按季核对。")
        expect(visit.page.get_by_text(told)).to_have_count(0)
        visit.excuse(_AT_ONCE)
