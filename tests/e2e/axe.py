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
# Parts of a page by what axe reads of them: elements, attributes, how each is drawn and on what, and what the part lies
# in. Of words it says only that they are there; identifiers are numbered, so that a label still names its field. Of the
# page around them: the same without the parts, but with their headings and landmarks in order.
_PARTS = """() => {
  const PART = "[data-testid='stElementContainer'], .rc-overflow-item";
  const REFERRING = new Set(["for", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"]);
  const WORDS = new Set(["aria-label", "title", "href", "value", "alt", "placeholder", "src", "label", "d"]);
  const DRAWN = ["color", "backgroundColor", "fontSize", "fontWeight", "opacity", "visibility", "display", "overflow",
    "textDecorationLine", "borderBottomStyle", "textShadow"];
  const HEADING = "h1, h2, h3, h4, h5, h6, [role=heading]";
  const LANDMARK = "main, nav, header, footer, aside, section, form, " +
    "[role=main], [role=navigation], [role=banner], [role=region], [role=search], [role=complementary]";
  const empty = colour => colour === "rgba(0, 0, 0, 0)";
  const drawn = element => {
    const style = getComputedStyle(element);
    const scrolls = element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth;
    const hidden = style.overflow !== "visible" && scrolls;
    return [...DRAWN.map(name => style[name]), style.backgroundImage !== "none", hidden].join();
  };
  const signature = (part, leaving) => {
    const within = new Map([...part.querySelectorAll("[id]")].map((e, number) => [e.id, number]));
    const known = id => within.has(id) ? within.get(id) : document.getElementById(id) ? "elsewhere" : "nowhere";
    const attribute = ({name, value}) =>
      name === "class" || name === "style" || name.startsWith("data-") ? "" :
      name === "id" ? (leaving ? "id" : `id=${known(value)}`) :
      REFERRING.has(name) ? `${name}=${value.split(" ").map(known)}` :
      WORDS.has(name) ? `${name}=${value.trim() !== ""}` : `${name}=${value}`;
    const of = node => node.nodeType === Node.TEXT_NODE
      ? (node.data.trim() ? (node.data.trim().length > 1 ? "words" : "sign") : "")
      : node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName) ? ""
      : leaving && node.matches(PART) ? ""
      : `<${node.tagName} ${[...node.attributes].map(attribute).sort()} ${drawn(node)}>` +
        [...node.childNodes].map(of).join("") + "</>";
    return of(part);
  };
  const lies_in = part => {
    const around = [drawn(part.parentElement)];
    let ground = "";
    for (let e = part.parentElement; e; e = e.parentElement) {
      const style = getComputedStyle(e), role = e.getAttribute("role");
      if (e.tagName !== "DIV" || role) around.push(e.tagName + role);
      if (style.opacity !== "1" || style.backgroundImage !== "none") around.push(style.opacity + style.backgroundImage);
      if (!ground && !empty(style.backgroundColor)) ground = style.backgroundColor;
    }
    return around.join("<") + ground;
  };
  const outline = () => {
    const names = [], levels = [];
    for (const e of document.querySelectorAll(`${HEADING}, ${LANDMARK}`)) {
      const name = e.getAttribute("aria-label") || "";
      const level = e.matches(HEADING) ? e.getAttribute("aria-level") || e.tagName : "";
      if (level && level === levels.at(-1)) continue;
      if (!level) names.push(e.tagName + e.getAttribute("role") + name);
      levels.push(level || e.tagName + e.getAttribute("role") + names.indexOf(names.at(-1)));
    }
    return levels.join();
  };
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const page = [signature(document.body, true), outline(), new Set(ids).size === ids.length].join();
  return [page, ...[...document.querySelectorAll(PART)].map(part => lies_in(part) + signature(part, false))];
}"""
_MARK = """judged => [...document.querySelectorAll("[data-testid='stElementContainer'], .rc-overflow-item")]
  .forEach((part, number) => part.toggleAttribute("data-judged", judged[number]))"""
_CHOOSER = '[role="radiogroup"][aria-label="查看"] button[role="radio"]'
_WITH_VIEWS = (APPRAISAL, FIELD, READING)
_WRITTEN = ("存疑", "写备注")
_MOST, _MOST_FOLDED = 300, 200
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
    """The same for the parts that are made in a way nothing before was, and for the page around them if that is new."""
    page, *parts = (hash(one) for one in visit.page.evaluate(_PARTS))
    if _judged.issuperset((page, *parts)):
        return []
    visit.page.evaluate(_MARK, [part in _judged for part in parts])
    found = findings(visit, place, of=_UNJUDGED)
    if not found:
        _judged.update((page, *parts))
    return found


def of_role(browser: Browser, server: str, role: Role, *, again: bool = False) -> list[str]:
    """Every page of a role, every view of a page that has several, and the pages around signing in.

    Pages of a folded menu say the same to everyone and are opened in the first role alone. ``again``: in each role,
    whole, whatever was judged before, and with the forms that are folded away opened.
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
            if again:
                _unfold(visit)
            found += look(visit, place)
        for path in ("password", "logout"):
            visit.page.goto(f"{server}/{path}")
            found += look(visit, f"{role.value} /{path}")
    _visited.update(pages)
    return found


def _unfold(visit: Visit) -> None:
    """Open what a page keeps shut until somebody wants to write: 存疑, 备注, plans, and whatever else is folded."""
    for words in _WRITTEN:
        shut = visit.page.get_by_role("switch", name=words, checked=False)
        if shut.count():
            visit.page.get_by_test_id("stCheckbox").filter(has=shut).get_by_text(words).click()
            visit.settle()
    shut = visit.page.locator("details:not([open]) > summary:visible")
    for _ in range(_MOST_FOLDED):  # one opened may hold others
        if shut.count() == 0:
            break
        shut.first.evaluate("summary => summary.click()")  # what stands in sight below may lie over it
        visit.page.wait_for_timeout(50)
    visit.settle()


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
