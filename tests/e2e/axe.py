"""What axe-core finds on every page of a role: nothing critical, serious or moderate is let stand."""

from __future__ import annotations

import json
from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Visit, visiting
from ui.navigation import APPRAISAL, FIELD, READING, TITLE, WORKBENCH, MenuPage, pages_for
from workflow.demo.seed import DEMO_ACCOUNTS
from workflow.people import Role

STANDING = {"minor", None}
SCRIPT = Axe().axe_script
_RUN = "axe.run(%s, {resultTypes: ['violations'], preload: false, iframes: false})"
_WHOLE = "document"
_UNJUDGED = "{include: document, exclude: [['[data-judged]']]}"
# Parts of a page by how they are made: elements, attributes, the classes that give the colours, also of what is around
# a part. Of words it says only that they are there; identifiers are numbered, so that a label still names its field.
_PARTS = """() => {
  const REFERRING = new Set(["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"]);
  const WORDS = new Set(["aria-label", "title", "href", "value", "alt", "placeholder", "src", "label", "d"]);
  const made = name => [...name].filter(c => !c.startsWith("st-key-") && !c.startsWith("react-aria")).join(" ");
  const signature = part => {
    const within = new Map([...part.querySelectorAll("[id]")].map((e, number) => [e.id, number]));
    const known = id => within.has(id) ? within.get(id) : document.getElementById(id) ? "elsewhere" : "nowhere";
    const attribute = ({name, value}) =>
      name === "class" || name === "data-judged" || name === "data-stale" || name === "data-key" ? "" :
      name === "id" ? `id=${known(value)}` :
      REFERRING.has(name) ? `${name}=${value.split(" ").map(known)}` :
      WORDS.has(name) ? `${name}=${value.trim() !== ""}` : `${name}=${value}`;
    const of = node => node.nodeType === Node.TEXT_NODE
      ? (node.data.trim() ? (node.data.trim().length > 1 ? "words" : "sign") : "")
      : node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName) ? ""
      : `<${node.tagName} ${made(node.classList)} ${[...node.attributes].map(attribute).sort()}>` +
        [...node.childNodes].map(of).join("") + "</>";
    const around = [];
    for (let e = part.parentElement; e; e = e.parentElement) around.push(made(e.classList));
    return around.join("<") + of(part);
  };
  const parts = [...document.querySelectorAll("[data-testid='stElementContainer'], .rc-overflow-item")];
  return [document.body, ...parts].map(signature);
}"""
_MARK = """judged => [...document.querySelectorAll("[data-testid='stElementContainer'], .rc-overflow-item")]
  .forEach((part, number) => part.toggleAttribute("data-judged", judged[number]))"""
_CHOOSER = '[role="radiogroup"][aria-label="查看"] button[role="radio"]'
_WITH_VIEWS = (APPRAISAL, FIELD, READING)
_MOST = 300
_judged: set[int] = set()
_visited: set[MenuPage] = set()


def findings(visit: Visit, place: str, *, of: str = _WHOLE) -> list[str]:
    """What axe finds on the page as it stands; looked at again before it counts, as the page may not yet be drawn."""
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate(SCRIPT)
    for wait in (150, 400, 0):
        found = visit.page.evaluate(_RUN % of)["violations"]
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


def judged_anew(visit: Visit, place: str) -> list[str]:
    """The same for the parts that are made in a way nothing before was, and for the page around them."""
    whole, *parts = (hash(one) for one in visit.page.evaluate(_PARTS))
    if whole in _judged:
        return []
    visit.page.evaluate(_MARK, [part in _judged for part in parts])
    found = findings(visit, place, of=_UNJUDGED)
    if not found:
        _judged.update((whole, *parts))
    return found


def of_role(browser: Browser, server: str, role: Role, *, again: bool = False) -> list[str]:
    """Every page of a role, every view of a page that has several, and the pages around signing in.

    Pages of a folded menu say the same to everyone and are opened in the first role alone. ``again``: in each role,
    and whole, whatever was judged before.
    """
    username = next(account.username for account in DEMO_ACCOUNTS if account.role is role)
    look = findings if again else judged_anew
    pages = [page for page in pages_for(role) if again or not page.group or page not in _visited]
    with visiting(browser, server) as visit:
        visit.pass_the_form(server, username)
        visit.page.goto(server)
        expect(visit.page.get_by_role("heading").first).to_be_visible()
        visit.settle()
        found: list[str] = []
        for place in _places(visit, role, pages):
            found += look(visit, place)
        for path in ("password", "logout"):
            visit.page.goto(f"{server}/{path}")
            found += look(visit, f"{role.value} /{path}")
    _visited.update(pages)
    return found


def _places(visit: Visit, role: Role, pages: list[MenuPage]) -> Iterator[str]:
    for page in pages:
        visit.go(page.title)
        title = TITLE if page is WORKBENCH else f"{page.title} - {TITLE}"
        expect(visit.page).to_have_title(title)  # a run of this page has begun
        visit.settle()
        if page not in _WITH_VIEWS:
            yield f"{role.value} /{page.path}"
            continue
        views = visit.page.locator(_CHOOSER)
        expect(views.first).to_be_visible()
        for number in range(views.count()):
            views.nth(number).click()
            expect(views.nth(number)).to_have_attribute("aria-checked", "true")
            visit.settle()
            yield f"{role.value} /{page.path} {views.nth(number).inner_text()}"
