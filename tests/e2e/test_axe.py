"""axe-core on every page of every role, and on the trial's pages with a sample open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.conftest import COORDINATOR, visiting
from ui.navigation import ASSESS, JUDGE, PAGES, TRIAL
from workflow.people import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", sorted(Role))
def test_nothing_is_found_on_the_pages_of_a_role(browser, server, role):
    assert axe.of_role(browser, server, role) == []


@pytest.mark.soak
@pytest.mark.parametrize("role", sorted(Role))
def test_nothing_is_found_where_each_page_of_each_role_is_looked_at_whole(browser, server, role):
    assert axe.of_role(browser, server, role, again=True) == []


def test_nothing_is_found_on_the_trials_pages_with_a_sample(browser, server):
    found = []
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, COORDINATOR)
        visit.page.goto(f"{server}/{JUDGE.path}")
        visit.open_sample("09-half-filled")
        for page in PAGES:
            if page.group == TRIAL:
                visit.go(page.title)
                found += axe.judged_anew(visit, page.title)
    assert found == []


def test_nothing_is_found_in_the_menu_of_a_narrow_window(browser, server):
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, COORDINATOR)
        visit.page.set_viewport_size({"width": 390, "height": 844})
        visit.page.goto(f"{server}/{ASSESS.path}")
        visit.page.get_by_test_id("stExpandSidebarButton").click()
        expect(visit.page.get_by_test_id("stSidebarNavItems")).to_be_in_viewport()
        visit.settle()
        assert axe.findings(visit, "menu") == []


def test_what_is_wrong_is_found(browser, server):
    with visiting(browser, server) as visit:
        visit.page.reload()
        assert axe.findings(visit, "login") == []
        visit.page.evaluate("document.querySelector('label').remove()")
        assert any("label" in one for one in axe.findings(visit, "login"))


def test_what_was_judged_before_is_known_by_how_it_is_made_not_by_its_words(browser, server):
    with visiting(browser, server) as visit:
        visit.page.set_content(
            "<html lang='zh'><title>t</title><main><h1>甲县</h1>"
            "<div data-testid='stElementContainer'><label for='a'>人口</label><input id='a' value='1'></div></main>"
        )
        judged = visit.page.locator("[data-judged]")
        change = "(change) => Object.assign(document.querySelector(change[0])[change[1]], change[2])"
        assert axe.judged_anew(visit, "first") == []
        visit.page.evaluate("document.querySelector('label').textContent = '户数'")
        assert axe.judged_anew(visit, "other words: nothing of it is looked at again") == []
        assert judged.count() == 0
        visit.page.evaluate("document.body.append('又及')")
        assert axe.judged_anew(visit, "more beside them") == []
        assert judged.count() == 1
        visit.page.evaluate("document.querySelector('label').htmlFor = 'b'")
        assert any("label" in one for one in axe.judged_anew(visit, "a field without its label"))
        assert judged.count() == 0
        visit.page.evaluate("document.querySelector('label').htmlFor = 'a'")
        for pale in ("label", "main"):
            visit.page.evaluate(change, [pale, "style", {"color": "#ddd"}])
            assert any("color-contrast" in one for one in axe.judged_anew(visit, f"pale words by their {pale}"))
            visit.page.evaluate(change, [pale, "style", {"color": ""}])
        visit.page.evaluate(change, ["main", "style", {"background": "#222"}])
        assert any("color-contrast" in one for one in axe.judged_anew(visit, "on a dark ground"))
        visit.page.evaluate(change, ["main", "style", {"background": ""}])
        visit.page.evaluate("document.querySelector('h1').outerHTML = '<h3>甲县</h3>'")
        assert any("heading-order" in one or "heading" in one for one in axe.judged_anew(visit, "a heading left out"))
