"""Plays cases in a real browser: type, leave, come back in a new tab, look for the sentence.

Opening a page costs the most by far: the form's next case types in the tab in which one looked for its sentence.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect
from playwright.sync_api import Error as BrowserError

from storage.store import DATABASE
from tests.e2e.conftest import Demonstration
from tests.matrix.cases import (
    BACK,
    CLOSE,
    COMPOSING,
    LOST,
    MENU,
    MOUSE,
    ONWARD,
    POINTED,
    RELOAD,
    ROW,
    SAVE,
    SECTION,
    TOUCH,
    WORKBENCH,
    Case,
    FormOnPage,
    Found,
)
from ui.form_keys import FormKey
from ui.navigation import PAGES, MenuPage
from workflow.demo.seed import DEMO_PASSWORD

_TRIAL_SCOPE = "trial"
_NEW = "about:blank"
_LETTERS = 3
_OPENING = 30.0
_COMING = 4.0
_KEYS = """() => [...document.querySelectorAll("[class*='st-key-f-']")]
  .flatMap(e => [...e.classList]).filter(c => c.startsWith("st-key-f-")).map(c => c.slice(7))"""
# What a person sees there, or would see on opening what is folded.
_HELD = """e => e.textContent + [...e.querySelectorAll("input, textarea")].map(f => f.value).join(" ")"""
_SAVED_IN = (
    "select body from entries where body like ?",
    "select reason from moves where reason like ?",
    "select items from returns where items like ?",
    "select display_name from accounts where display_name like ?",
)


@dataclass
class Tab:
    """A page of the browser, and what it asked."""

    page: Page
    form: FormOnPage
    asked: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Until the script has run and the page stands still."""
        self.page.wait_for_timeout(150)
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        self.page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", timeout=30_000)

    def close(self) -> None:
        """If it still is there."""
        if not self.page.is_closed():
            self.page.close()


class Player:
    """One server, and one browser in which the people of the forms sign in one after another.

    A browser of each one's own would read and compile Streamlit's page anew.
    """

    def __init__(self, browser: Browser, demonstration: Demonstration, undo: Callable[[Case], None]) -> None:
        self._browser, self._address, self._var = browser, demonstration.address, demonstration.var
        self._undo = undo
        self._context: BrowserContext | None = None
        self._signed_in = ""
        self._looked_in: Tab | None = None
        self._numbers = iter(range(1, 1_000_000))
        self._ids = dict(_asked(self._var, "select division_name, id from submissions"))

    def close(self) -> None:
        """All windows."""
        if self._context is not None:
            self._context.close()

    def play(self, case: Case) -> Found:
        """Where the sentence is found again."""
        words = self._sentence(case)
        with closing(self._tab_for(case)) as tab:
            box = self._begin(tab, case)
            target = self._target(tab, case) if case.way in POINTED else None
            self._type(tab, case, box, words)
            self._leave(tab, case, target)
            if case.form.account == "guanchayuan" and case.way in POINTED:
                return self._found(tab, case, words, again=False)  # what is in memory is this window's alone
            self._rest(tab, case)
            saved = case.way == SAVE and self._comes_to_be_saved(tab, words)
        if saved:
            self._undo(case)
            return "已保存"
        again = self._new_tab(case.form)
        with ExitStack() as unless_found:
            unless_found.callback(again.close)
            found = self._found(again, case, words, again=True)
            unless_found.pop_all()
        self._looked_in = again
        return "问过" if found == LOST and tab.asked else found

    def _sentence(self, case: Case) -> str:
        number = next(self._numbers)
        if case.form.number:
            return str(700_000 + number)
        return f"第{number}例：{case.form.name}写到一半，{case.way}离开，{case.press.replace(' ', '')}。"

    def _tab_for(self, case: Case) -> Tab:
        """The one the case before looked in if it was the same form's; a way back begins in a new one."""
        tab, self._looked_in = self._looked_in, None
        if tab is not None and (tab.form != case.form or case.way == BACK):
            tab.close()
            tab = None
        return tab or self._new_tab(case.form)

    def _new_tab(self, form: FormOnPage) -> Tab:
        page = self._browser_of(form.account).new_page()
        tab = Tab(page, form)

        def answer(dialog: Dialog) -> None:
            tab.asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", answer)
        return tab

    def _browser_of(self, account: str) -> BrowserContext:
        """Signed in as this account, with nothing left of the one before and no window of it open."""
        if self._context is None:
            self._context = self._browser.new_context(
                viewport={"width": 1366, "height": 2400}, locale="zh-CN", has_touch=True, reduced_motion="reduce"
            )
            self._context.new_page().goto(f"{self._address}/healthz")  # stays: the next windows open warm
        if account != self._signed_in:
            warm, *left = self._context.pages
            assert not left, f"windows of {self._signed_in}"
            warm.evaluate("localStorage.clear()")
            self._context.clear_cookies()
            form = {"username": account, "password": DEMO_PASSWORD}
            post, headers = self._context.request.post, {"Origin": self._address}
            answer = post(f"{self._address}/login", form=form, headers=headers, max_retries=2)
            assert answer.ok, answer.status
            self._signed_in = account
        return self._context

    def _begin(self, tab: Tab, case: Case) -> Locator:
        """The field, in a new tab or in one where it is drawn; what the form asks for besides is filled."""
        drawn = tab.page.url != _NEW
        box = self._reach_drawn(tab, case.form) if drawn else self._open(tab, case.form, by_menu=case.way == BACK)
        for asked in case.form.besides:
            self._fill(tab, asked)
        return box

    def _fill(self, tab: Tab, asked: str) -> None:
        """Unless a draft holds it already."""
        name, _, value = asked.partition("=")
        box = self._reach_drawn(tab, replace(tab.form, field=name))
        if value in box.evaluate(_HELD):
            return
        box.locator("textarea, input").first.click()
        if box.get_by_test_id("stMultiSelect").count():
            _pick(tab.page, value)
        else:
            tab.page.keyboard.insert_text(value)
        tab.page.keyboard.press("Tab")
        tab.settle()
        assert value in box.evaluate(_HELD), f"{tab.form.name}: {asked} is not there"

    def _open(self, tab: Tab, form: FormOnPage, *, by_menu: bool = False) -> Locator:
        """The field; ``by_menu``: come from the workbench where the menu leads there, so that there is a way back."""
        address = f"{self._address}/{form.address.format(s=self._ids.get(form.county, ''))}"
        if by_menu:
            tab.page.goto(self._address)
            expect(tab.page.get_by_test_id("stMain").locator("h1, h2, h3").first).to_be_visible()
        tab.page.goto(address)
        return self._reach(tab, form)

    def _reach(self, tab: Tab, form: FormOnPage) -> Locator:
        for step in form.steps:
            self._step(tab, step)
        last = time.monotonic() + _OPENING
        while time.monotonic() < last:
            if self._drawn(tab, form):
                tab.settle()
                return self._reach_drawn(tab, form)
            tab.page.wait_for_timeout(100)
        raise AssertionError(f"{form.name}: no such field among {tab.page.evaluate(_KEYS)}")

    def _step(self, tab: Tab, step: str) -> None:
        verb, _, rest = step.partition(":")
        page = tab.page
        if verb == "open":
            fold = page.get_by_test_id("stExpander").filter(has_text=rest).first
            expect(fold).to_be_visible()
            tab.settle()
            if not fold.locator("details").first.evaluate("e => e.open"):
                fold.locator("summary").first.click()
        elif verb == "choose":
            self._choose(tab, rest)
        elif verb == "switch":
            self._switch(tab, rest)
        elif verb == "sample":
            page.locator(f".st-key-open-{rest} button").click(timeout=30_000)
        elif verb == "page":
            group = next(place.group for place in PAGES if place.title == rest)
            page.get_by_test_id("stTopNavSection").get_by_text(group, exact=True).click()
            page.get_by_test_id("stTopNavDropdownLink").get_by_text(rest, exact=True).click()
        tab.settle()

    def _switch(self, tab: Tab, label: str) -> None:
        """On; what was begun behind it, or stands, may be open without it."""
        switch = tab.page.get_by_test_id("stCheckbox").filter(has_text=re.compile(rf"^\s*{re.escape(label)}"))
        last = time.monotonic() + _OPENING
        while not switch.count() and not self._drawn(tab, tab.form) and time.monotonic() < last:
            tab.page.wait_for_timeout(100)
        tab.settle()
        if not self._drawn(tab, tab.form):
            switch.get_by_text(label).click()

    def _choose(self, tab: Tab, rest: str) -> None:
        label, _, option = rest.partition("=")
        box = tab.page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input").first
        expect(box).to_be_visible()
        tab.settle()
        last = time.monotonic() + _OPENING
        while not box.input_value().startswith(option) and time.monotonic() < last:
            box.click()
            _pick(tab.page, option)
            tab.settle()

    def _target(self, tab: Tab, case: Case) -> Locator:
        """What is pressed to leave."""
        page, form = tab.page, case.form
        if case.way == SAVE:
            # An open list hides the rest of the page from screen readers; people press there all the same.
            return page.get_by_role("button", name=form.save, exact=True, include_hidden=True).first
        if case.way == ONWARD:
            return page.get_by_role("button", name="下一项", exact=True).first
        if case.way in {MENU, WORKBENCH}:
            place = _leading(case)
            if place.group:
                return page.get_by_test_id("stTopNavSection").get_by_text(place.group, exact=True)
            return page.get_by_test_id("stTopNavLink").get_by_text(place.title, exact=True).first
        wanted = form.row if case.way == ROW else form.section
        if wanted.startswith("choose:"):
            label = wanted.removeprefix("choose:").partition("=")[0]
            return page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input").first
        beginning = re.compile(rf"^\s*{re.escape(wanted)}")
        return page.get_by_test_id("stButtonGroup").locator("button").filter(has_text=beginning).first

    def _type(self, tab: Tab, case: Case, field: Locator, words: str) -> None:
        box = field.locator("textarea, input").first
        box.scroll_into_view_if_needed()
        box.click()
        if not case.form.enter:
            tab.page.keyboard.press("Control+A")
        tab.page.keyboard.insert_text(words[:-_LETTERS])  # at once: the page works after each letter
        tab.page.keyboard.type(words[-_LETTERS:])
        if case.form.enter:
            tab.page.keyboard.press("Enter")
        if case.press == COMPOSING:
            devtools = tab.page.context.new_cdp_session(tab.page)
            composing = {"text": "zhongguo", "selectionStart": 8, "selectionEnd": 8}
            devtools.send("Input.imeSetComposition", composing)

    def _leave(self, tab: Tab, case: Case, target: Locator | None) -> None:
        page = tab.page
        if target is not None:
            self._press(tab, case, target)
            return
        page.wait_for_timeout(MOUSE.get(case.press, 0))
        if case.way == RELOAD:
            page.reload()
        elif case.way == BACK:
            page.go_back()
        else:
            assert case.way == CLOSE
            page.close(run_before_unload=True)

    def _press(self, tab: Tab, case: Case, target: Locator) -> None:
        """Where the target was after the last letter: nothing may move away from under the finger.

        One below the window is scrolled to first, as people do: a page grows with the moves already made.
        """
        page = tab.page
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None, f"{case.name}: nothing to press"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        if case.press == TOUCH:
            page.touchscreen.tap(x, y)
        else:
            page.mouse.move(x, y)
            page.mouse.down()
            page.wait_for_timeout(MOUSE.get(case.press, 60))
            page.mouse.up()
        wanted = case.form.row if case.way == ROW else case.form.section if case.way == SECTION else ""
        if wanted.startswith("choose:"):
            _pick(page, wanted.partition("=")[2])
        if case.way == MENU and (place := _leading(case)).group:  # a page of a folded menu is there once that is open
            page.get_by_test_id("stTopNavDropdownLink").get_by_text(place.title, exact=True).first.click()

    def _rest(self, tab: Tab, case: Case) -> None:
        """Until what was set going is done."""
        if tab.page.is_closed():
            time.sleep(0.4)
            return
        try:
            tab.page.wait_for_timeout(600)
            tab.settle()
        except BrowserError:
            if case.way != CLOSE:
                raise

    def _found(self, tab: Tab, case: Case, words: str, *, again: bool) -> Found:
        if again:
            field = self._open(tab, case.form)
        else:
            self._rest(tab, case)
            for step in case.form.steps:
                if not step.startswith("sample:"):
                    self._step(tab, step)
            field = self._reach_drawn(tab, case.form)
        if self._comes(tab, case, field, words):
            return "在原处"
        if self._saved(words):
            return "已保存"
        return "在页上" if words in tab.page.locator("body").evaluate(_HELD) else LOST

    def _comes(self, tab: Tab, case: Case, field: Locator, words: str) -> bool:
        """Whether the field holds the words, or comes to: the window that was left may count as open for a moment."""
        last = time.monotonic() + _COMING
        while words not in field.evaluate(_HELD):
            if time.monotonic() > last:
                return False
            tab.page.wait_for_timeout(250)
            tab.settle()
            field = self._reach_drawn(tab, case.form)
        return True

    def _comes_to_be_saved(self, tab: Tab, words: str) -> bool:
        """Whether what was pressed writes the words, before the window is closed: a busy machine takes its time."""
        last = time.monotonic() + _COMING
        while not self._saved(words) and time.monotonic() < last:
            tab.page.wait_for_timeout(250)
        return self._saved(words)

    def _reach_drawn(self, tab: Tab, form: FormOnPage) -> Locator:
        token = self._drawn(tab, form)
        assert token, f"{form.name}: no such field"
        return tab.page.locator(f".st-key-{token}")

    def _drawn(self, tab: Tab, form: FormOnPage) -> str:
        """The key of the form's field, where the page has it."""
        keys = ((token, FormKey.parse(token)) for token in tab.page.evaluate(_KEYS))
        return next((token for token, key in keys if key is not None and _fits(key, form)), "")

    def _saved(self, words: str) -> bool:
        return any(_asked(self._var, question, f"%{words}%") for question in _SAVED_IN)


def _leading(case: Case) -> MenuPage:
    title = case.form.menu if case.way == MENU else "工作台"
    return next(place for place in PAGES if place.title == title)


def _pick(page: Page, option: str) -> None:
    """From the open list. A long one draws only what is in sight of it: what is further down is typed, as people do."""
    wanted = page.get_by_role("option").filter(has_text=re.compile(rf"^\s*{re.escape(option)}"))
    expect(page.get_by_role("option").first).to_be_visible()
    if not wanted.count():
        page.keyboard.type(option)
    wanted.first.click()


def _fits(key: FormKey, form: FormOnPage) -> bool:
    if form.kind not in {"", key.kind} or form.key not in {"", key.key}:
        return False
    if form.field.endswith("*"):
        return key.field.startswith(form.field[:-1]) and key.field.endswith("reason")
    return key.field == form.field


def _asked(var: Path, question: str, *given: str) -> list[tuple]:
    with closing(sqlite3.connect(var / DATABASE)) as store:
        return store.execute(question, given).fetchall()
