"""A row by keyboard alone: the way to the first answer, where choosers take the focus, and that the focus is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import COORDINATOR, visiting

pytestmark = pytest.mark.browser
REVIEWER = "yanshizhou"
ROWS = ((COORDINATOR, "assess?row=3.3.2"), (REVIEWER, "appraisal?view=row&row=3.3.2"))
MOST_TABS = 12
_UNSAVED = ".dc-unsaved"
_IN_A_FIELD = "document.activeElement.closest('[class*=\"st-key-f-\"]') !== null"
# A field shows the focus on its frame, a box or a circle on its label.
_SEEN = """() => {
  for (let one = document.activeElement; one && one !== document.body; one = one.parentElement)
    if (getComputedStyle(one).outlineStyle === "solid") return true;
  return false;
}"""
_CHOSEN = """() => {
  const focused = document.activeElement;
  return focused.matches('button[role="radio"]') ? focused.ariaChecked === "true" : null;
}"""


def tabs_until_a_field(page: Page) -> int:
    """How often Tab is pressed until the focus is in a form's field."""
    for pressed in range(MOST_TABS):
        if page.evaluate(_IN_A_FIELD):
            return pressed
        page.keyboard.press("Tab")
    pytest.fail("no field within reach")


@pytest.mark.parametrize(("username", "place"), ROWS)
def test_the_first_answer_is_near(browser, server, username, place):
    with visiting(browser, server) as visit:
        page = visit.page
        visit.pass_the_form(server, username)
        page.goto(f"{server}/{place}")
        expect(page.locator(".dc-skip:not([hidden])")).to_have_count(1)
        visit.settle()

        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到填写"
        page.keyboard.press("Enter")
        assert 1 + tabs_until_a_field(page) <= MOST_TABS
        page.keyboard.press("ArrowDown")  # another answer
        expect(page.locator(_UNSAVED)).to_be_visible()
        page.keyboard.press("ArrowUp")
        expect(page.locator(_UNSAVED)).to_have_count(0)


@pytest.mark.parametrize(("username", "place"), ROWS)
def test_the_focus_is_seen_and_choosers_take_it_where_they_stand(browser, server, username, place):
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, username)
        visit.page.goto(f"{server}/{place}")
        expect(visit.page.locator(".dc-skip:not([hidden])")).to_have_count(1)
        visit.settle()
        choosers = 0
        for _ in range(45):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement === document.body"):
                break  # past the last one
            assert visit.page.evaluate(_SEEN), visit.page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
            chosen = visit.page.evaluate(_CHOSEN)
            assert chosen is not False
            choosers += chosen is True
        assert choosers > 0


def test_a_reviewer_finds_by_keys_that_are_silent_while_something_is_typed(browser, server):
    with visiting(browser, server) as visit:
        page = visit.page
        visit.pass_the_form(server, REVIEWER)
        page.goto(f"{server}/appraisal?view=row&row=4.4.1")
        expect(page.locator(".dc-keys")).to_be_visible()
        visit.settle()
        page.get_by_role("heading", name="指标 4.4.1").click()

        page.keyboard.press("y")
        expect(page.get_by_role("button", name="保存认定", exact=True)).to_be_focused()
        expect(page.locator(_UNSAVED)).to_be_visible()
        page.keyboard.press("d")
        expect(page.get_by_label("怎样才能消除")).to_be_visible()

        reason = page.get_by_label("理由（除与计算结论一致的“达标”外都要写明，不少于8个汉字）")
        reason.fill("")
        reason.press_sequentially("ndy")
        expect(reason).to_have_value("ndy")
        expect(page.get_by_role("heading", name="指标 4.4.1")).to_be_visible()
