"""A store full of hostile text in a real browser: nothing asked of others, nothing made of it, nothing run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from tests.e2e.conftest import Visit, started, visiting
from tests.ui.hostile_store import OUTSIDE, spoil
from tests.ui.seeded import office_at, submission
from ui import navigation

pytestmark = pytest.mark.browser
_PEOPLE = {
    "jiaxian_minzheng": (
        "甲县",
        ("", "assess", "facts", "register", "application", "assign", "government", "exchange"),
    ),
    "yanshizhou": ("丁市", ("", *(f"appraisal?view={v}" for v in ("row", "table", "changes", "opinion")), "matrix")),
    "yanshisheng": ("戊县", ("", *(f"assessment?view={v}" for v in ("row", "visits", "changes", "decide")), "reading")),
    "guanliyuan": ("", ("", "rounds", "accounts", navigation.AUDIT.path)),
}
# Markdown, LaTeX, emoji names and HTML that came alive; ours are the icon font's icons and the masthead.
_LIVING = """(outside) => [
  ...document.querySelectorAll(`img[src*="${outside}"], a[href*="${outside}"], [onerror], [onload]`),
  ...document.querySelectorAll("a[href*='outside.example']"),
  ...document.querySelectorAll("#root .katex, #root script, #root .stMarkdownColoredText"),
  ...[...document.querySelectorAll("#root script")].filter(s => s.textContent.includes("alert(1)")),
].map(e => e.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def hostile(seeded: Path, tmp_path_factory) -> Iterator[tuple[str, dict[str, int]]]:
    """A server on the spoilt demonstration, and the submissions' ids by county."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(seeded, folder / "var")
    office = office_at(folder / "var")
    spoil(office)
    ids = {county: submission(office, county).id for county, _ in _PEOPLE.values() if county}
    office.store.close()
    with started(folder) as address:
        yield address, ids


_COUNTY, *_OTHERS = _PEOPLE
_BY_ADDRESS = ("", navigation.ASSESS.path)  # the county has one submission: the menu leads to the other pages of it
_TITLES = {page.path: page.title for page in navigation.PAGES}


# The other roles' pages are crawled in the process as well, by tests/ui/test_hostile_crawl.py.
@pytest.mark.parametrize("username", [_COUNTY, *(pytest.param(one, marks=pytest.mark.soak) for one in _OTHERS)])
def test_nothing_of_it_lives_on_any_page(browser: Browser, hostile, username):
    address, ids = hostile
    county, places = _PEOPLE[username]
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    with visiting(browser, address) as visit:  # fails on any request to others and on any complaint
        visit.page.on("dialog", answer)
        assert visit.page.evaluate(_LIVING, OUTSIDE) == [], "the sign-in page"
        visit.pass_the_form(address, username)
        for place in places:
            if username == _COUNTY and place not in _BY_ADDRESS:
                visit.go(_TITLES[place])
            else:
                more = f"{'&' if '?' in place else '?'}s={ids[county]}&row=3.3.2" if county else ""
                visit.page.goto(f"{address}/{place}{more}")
            expect(visit.page.get_by_test_id("stMain").locator("h1, h2, h3").first).to_be_visible()
            visit.settle()
            assert visit.page.evaluate(_LIVING, OUTSIDE) == [], place
            assert "\u202e" not in visit.page.locator("body").inner_text(), place
    assert asked == []
    assert all(place.partition("?")[0] in {page.path for page in navigation.PAGES} for place in places)


_NAMES = "all => all.map(element => element.getAttribute('aria-label'))"


def test_an_empty_date_field_is_in_chinese_in_an_english_browser_too(browser: Browser, hostile):
    address, _ = hostile
    english = browser.new_context(locale="en-US")
    page = english.new_page()
    Visit(page).pass_the_form(address, "guanliyuan")
    page.goto(f"{address}/{navigation.AUDIT.path}")
    parts = page.locator("[data-placeholder]")
    expect(parts.first).to_be_visible()
    page.wait_for_timeout(500)
    assert {text.strip() for text in parts.all_inner_texts()} == {"年", "月", "日"}
    button, calendar = page.get_by_test_id("stDateInputCalendarButton"), page.get_by_test_id("stDateInputCalendar")
    assert {one.get_attribute("aria-label") for one in button.all()} == {"选择日期"}
    button.first.click()
    expect(calendar).to_have_attribute("aria-label", "选择日期")
    month = calendar.locator("[aria-label^='选择日期，'], [aria-label^='Choose']")  # and the month, as the browser says
    assert {label.partition("，")[0] for label in month.evaluate_all(_NAMES)} == {"选择日期"}
    assert "arrow keys" not in calendar.inner_text()
    page.goto(f"{address}/{navigation.ROUNDS.path}")
    expect(button.first).to_have_attribute("aria-label", "选择日期")
    english.close()
