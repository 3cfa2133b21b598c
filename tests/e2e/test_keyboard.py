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
