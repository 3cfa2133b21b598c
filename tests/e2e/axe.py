"""What axe-core finds on every page of a role: nothing critical, serious or moderate is let stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Visit, visiting
from ui.navigation import APPRAISAL, FIELD, READING, TITLE, WORKBENCH, pages_for
from workflow.demo.seed import DEMO_ACCOUNTS
from workflow.people import Role

STANDING = {"minor", None}
SCRIPT = Axe().axe_script
_RUN = "axe.run(%s, {resultTypes: ['violations'], preload: false, iframes: false})"
_WHOLE = "document"
# What is the same on the pages of several roles is looked at once; around it the page of each role is looked at alone.
_AROUND = "{include: document, exclude: [['[data-testid=\"stMainBlockContainer\"]']]}"
_MAIN = "document.querySelector('[data-testid=\"stMainBlockContainer\"]')?.outerHTML ?? ''"
_MADE_UP = re.compile(r'(?:st-emotion-cache-\w+|react-aria[\w:-]+|:r\w+:|/media/\w+|id="[^"]*"|data-stale="\w+")')
_CHOOSER = '[role="radiogroup"][aria-label="查看"] button[role="radio"]'
_WITH_VIEWS = (APPRAISAL, FIELD, READING)
_MOST = 300
_seen: set[str] = set()


def findings(visit: Visit, place: str, *, whole: bool = True) -> list[str]:
    """What axe finds on the page as it stands; looked at again before it counts, as the page may not yet be drawn."""
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate(SCRIPT)
    for wait in (150, 400, 0):
        found = visit.page.evaluate(_RUN % (_WHOLE if whole else _AROUND))["violations"]
        told = [
            f"{place}: {one['impact']} {one['id']}: {json.dumps(node['target'])} {node['html'][:_MOST]}"
            for one in found
            if one["impact"] not in STANDING
            for node in one["nodes"]
        ]
        if not told or not wait:
            return told
        visit.page.wait_for_timeout(wait)
    return []


def of_role(browser: Browser, server: str, role: Role) -> list[str]:
    """Every page of a role, every view of a page that has several, and the pages around signing in."""
    username = next(account.username for account in DEMO_ACCOUNTS if account.role is role)
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, username)
        visit.page.goto(server)
        expect(visit.page.get_by_role("heading").first).to_be_visible(timeout=30_000)
        visit.settle()
        found: list[str] = []
        for place in _places(visit, role):
            drawn = visit.page.evaluate(_MAIN)
            content = sha256(_MADE_UP.sub("", drawn).encode()).hexdigest()
            found += findings(visit, place, whole=not drawn or content not in _seen)
            _seen.add(content)
        for path in ("password", "logout"):
            visit.page.goto(f"{server}/{path}")
            found += findings(visit, f"{role.value} /{path}")
    return found


def _places(visit: Visit, role: Role) -> Iterator[str]:
    for page in pages_for(role):
        visit.go(page.title)
        title = TITLE if page is WORKBENCH else f"{page.title} - {TITLE}"
        expect(visit.page).to_have_title(title, timeout=30_000)  # a run of this page has begun
        visit.settle()
        if page not in _WITH_VIEWS:
            yield f"{role.value} /{page.path}"
            continue
        views = visit.page.locator(_CHOOSER)
        expect(views.first).to_be_visible(timeout=30_000)
        for number in range(views.count()):
            views.nth(number).click()
            expect(views.nth(number)).to_have_attribute("aria-checked", "true")
            visit.settle()
            yield f"{role.value} /{page.path} {views.nth(number).inner_text()}"
