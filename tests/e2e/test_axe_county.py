"""axe-core on every page of the county's roles, and on the trial's pages with a sample open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.conftest import COORDINATOR, visiting
from ui.navigation import ASSESS, JUDGE, PAGES, TRIAL
from workflow.people import COUNTY_ROLES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", sorted(COUNTY_ROLES))
def test_nothing_is_found_on_the_pages_of_a_role(browser, server, role):
    assert axe.of_role(browser, server, role) == []


def test_nothing_is_found_on_the_trials_pages_with_a_sample(browser, server):
    found = []
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, COORDINATOR)
        visit.page.goto(f"{server}/{JUDGE.path}")
        visit.open_sample("09-half-filled")
        for page in PAGES:
            if page.group == TRIAL:
                visit.go(page.title)
                found += axe.findings(visit, page.title)
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
