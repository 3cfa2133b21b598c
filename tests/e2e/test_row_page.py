"""A row's page at the sizes people have: the form in sight when it opens, save and next in reach, little to scroll."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import COORDINATOR, Visit, visiting
from ui.navigation import APPRAISAL, ASSESS

pytestmark = pytest.mark.browser
REVIEWER = "yanshizhou"
HIGHEST = 1200
DESK, PHONE, TABLET, ENLARGED = (1366, 768), (390, 844), (768, 1024), (683, 384)
ABOVE = {PHONE: 1 / 3, TABLET: 1 / 3, ENLARGED: 0.6}  # of the window, at most, above the form
_HEIGHT = "document.querySelector('[data-testid=\"stMainBlockContainer\"]').scrollHeight"
_COVERED = """() => [...document.querySelectorAll('[class*="st-key-f-"] :is(input, textarea)')].filter(field => {
  if (field.disabled || field.type === 'date' || !field.checkVisibility()) return false;
  field.focus();
  const place = (field.closest('label') ?? field).getBoundingClientRect();
  const there = document.elementFromPoint(place.left + 8, place.top + place.height / 2);
  return !there?.closest('[class*="st-key-f-"]')?.contains(field);
}).map(field => field.getAttribute('aria-label') ?? field.outerHTML)"""

# Unfolds one of Streamlit's and looks at the last moment before it is told that its unfolding has ended.
_UNFOLDED = """fold => {
  fold.querySelector("summary").click();
  const folded = fold.getBoundingClientRect().height, [unfolding] = fold.getAnimations();
  unfolding.pause();
  unfolding.currentTime = unfolding.effect.getComputedTiming().endTime;
  const grown = fold.getBoundingClientRect().height - folded;
  unfolding.finish();
  return grown;
}"""


class Row:
    """One person's browser on a page of rows. ``save``: the name of the button."""

    def __init__(self, visit: Visit, address: str, save: str) -> None:
        self.visit, self.page, self.address = visit, visit.page, address
        self.save = self.page.get_by_role("button", name=save, exact=True)
        self.onward = self.page.get_by_role("button", name="下一项", exact=True)
        self.field = self.page.locator('[class*="st-key-f-"]').first

    def open(self, row_id: str) -> None:
        """By address, at a desk."""
        self.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        self.page.goto(f"{self.address}row={row_id}")
        expect(self.page.locator(".dc-row-title")).to_contain_text(row_id)
        expect(self.save).to_be_visible()
        self.visit.settle()

    def at(self, size: tuple[int, int]) -> None:
        """In a window of that size."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 0)")

    def is_in_sight_and_short(self) -> None:
        """What is there without scrolling, and how much there is to scroll."""
        for place in (self.field, self.save, self.onward):
            expect(place).to_be_in_viewport(ratio=1)
        assert self.page.evaluate(_HEIGHT) <= HIGHEST

    def comes_first(self, size: tuple[int, int]) -> None:
        """The form before what is read for it, in a narrow window; its beginning in sight, above the buttons."""
        self.at(size)
        expect(self.field).to_be_in_viewport(ratio=1)
        box = self.field.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= self.top(self.save)
        assert self.top(self.page.locator('[class*="st-key-row-page-"]').first) <= size[1] * ABOVE[size]
        for later in (".dc-measures", ".dc-statement", "[data-fold=materials]"):
            assert self.top(self.field) < self.top(self.page.locator(later).first)
        assert self.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= size[0]
        self.covers_nothing()
        expect(self.save).to_be_in_viewport(ratio=1)

    def covers_nothing(self) -> None:
        """What stays in reach covers no field that is typed in."""
        assert self.page.evaluate(_COVERED) == []

    def top(self, place: Locator) -> float:
        """Where on the page."""
        box = place.bounding_box()
        assert box is not None
        return box["y"]


@pytest.fixture
def clerk(browser, server) -> Iterator[Row]:
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, COORDINATOR)
        yield Row(visit, f"{server}/{ASSESS.path}?", "保存修改")


@pytest.fixture
def reviewer(browser, server) -> Iterator[Row]:
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, REVIEWER)
        yield Row(visit, f"{server}/{APPRAISAL.path}?view=row&", "保存认定")


def test_a_clerks_row(clerk):
    clerk.open("5.4.1")
    clerk.is_in_sight_and_short()
    clerk.open("3.2.2")
    clerk.is_in_sight_and_short()
    clerk.covers_nothing()
    clerk.comes_first(PHONE)
    clerk.comes_first(TABLET)
    clerk.comes_first(ENLARGED)


def test_a_reviewers_row_with_the_countys_answer_before_the_standards_words(reviewer):
    reviewer.open("5.4.1")
    reviewer.is_in_sight_and_short()
    reviewer.open("3.3.2")
    reviewer.is_in_sight_and_short()
    answer, figures, material = (
        reviewer.page.get_by_role("heading", name=name) for name in ("县级自评", "逐项对照", "所附材料")
    )
    expect(answer).to_be_in_viewport()
    expect(figures).to_be_in_viewport()
    assert reviewer.top(answer) < reviewer.top(figures) < reviewer.top(material)
    reviewer.comes_first(PHONE)
    reviewer.comes_first(TABLET)
    assert reviewer.top(material) < reviewer.top(reviewer.page.locator(".dc-statement").first)
    reviewer.comes_first(ENLARGED)


def test_what_is_folded_stays_as_it_was_left(clerk):
    clerk.open("3.2.2")
    statement, basis = (clerk.page.locator(f"details[data-fold={name}]") for name in ("statement", "basis"))
    statement.locator("> summary").click()
    basis.locator("> summary").click()
    clerk.onward.click()
    expect(clerk.page.locator(".dc-row-title")).to_contain_text("3.2.3")
    for again in (False, True):
        if again:
            clerk.page.reload()
            expect(clerk.save).to_be_visible()
        expect(statement).not_to_have_attribute("open", "")
        expect(basis).to_have_attribute("open", "")
    assert clerk.page.get_by_test_id("stExpander").locator("details").first.evaluate(_UNFOLDED) > 0, "it stays unfolded"


def test_the_press_after_a_choice_of_several_is_taken(clerk):
    """The list is a line lower once it is left: what is below it must not move away under the press."""
    clerk.open("3.3.2")
    box = clerk.visit.field("answer", "3.3.2", "e/other")
    box.locator("input").click()
    box.locator("input").fill("E03")
    clerk.page.get_by_role("option").first.click()
    clerk.page.keyboard.press("Escape")
    clerk.visit.settle()
    clerk.page.get_by_role("button", name="放弃修改", exact=True).hover()
    clerk.page.mouse.down()
    assert box.evaluate("list => list.contains(document.activeElement)"), "the list keeps the focus, and its height"
    clerk.page.mouse.up()
    expect(clerk.visit.field("answer", "3.3.2", "e/other")).not_to_contain_text("E03")
