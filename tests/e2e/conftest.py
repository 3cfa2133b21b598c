"""The product as it is started (`streamlit run app.py`) and a real browser that may talk to it and to nothing else."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, ViewportSize, expect

from tests.instant import python_at
from tests.real_browser import PATIENCE
from ui.form_keys import FormKey
from ui.navigation import JUDGE, PAGES
from workflow.demo.seed import DEMO_PASSWORD

ROOT = Path(__file__).parents[2]
_START_SECONDS = 120
COORDINATOR = "jiaxian_minzheng"
# What is allowed to be Latin on a Chinese page.
LATIN = {
    "YAML", "YML", "JSON", "PDF", "MB", "yaml", "json", "pdf", "claims", "V1", "V2", "V3", "Ctrl", "CSV", "XLSX",
}  # fmt: skip
_ID = re.compile(r"[EV]\d+$")
# Icons are words of an icon font; they are drawn, not read.
_SPOKEN = """() => {
  const hidden = "svg, style, script, [data-testid='stIconMaterial']";
  const elements = [...document.body.querySelectorAll("*")].filter(e => e.checkVisibility() && !e.closest(hidden));
  const own = e => [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data);
  const names = ["aria-label", "title", "placeholder", "alt"];
  return elements.flatMap(e => [...own(e), ...names.map(a => e.getAttribute(a) || "")]).join("\\n");
}"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Demonstration:
    """A running server on a copy of the demonstration, and where its data lies."""

    address: str
    var: Path


@pytest.fixture(scope="session")
def demonstration(seeded: Path, tmp_path_factory) -> Iterator[Demonstration]:
    """The one server of all browser tests but those that ask for another beginning; a story changes its own county."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(seeded, folder / "var")
    with started(folder) as address:
        yield Demonstration(address, folder / "var")


@pytest.fixture(scope="session")
def server(demonstration: Demonstration) -> str:
    """Its address."""
    return demonstration.address


@pytest.fixture(scope="module")
def own(seeded: Path, tmp_path_factory) -> Iterator[Demonstration]:
    """A server of the module's own, on the demonstration as it begins: nobody else has written there."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(seeded, folder / "var")
    with started(folder) as address:
        yield Demonstration(address, folder / "var")


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[str]:
    """Address of a fresh process on the data below ``folder``, on its own configuration file alone but for port and
    data folder; an empty store is filled as it starts.
    """
    server = Server(folder, environment=environment)
    server.start()
    try:
        yield server.address
    finally:
        server.stop()


class Server:
    """A process that can be killed and started again at the same address. ``app``: the entry, of the product's root."""

    def __init__(self, folder: Path, app: str = "app.py", environment: dict[str, str] | None = None) -> None:
        self.port, self._folder, self._app = _free_port(), folder, app
        self.address = f"http://127.0.0.1:{self.port}"
        known = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEMO"}}
        self._environment = known | {"DATA_DIR": str(folder / "var"), **(environment or {})}
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Returns when it answers."""
        command = python_at("streamlit", "run", self._app, "--server.port", str(self.port))
        with (self._folder / "log.txt").open("a+") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=self._environment
            )
            _wait(self.address, self._process, log)

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait(timeout=60)

    def stop(self) -> None:
        """In order."""
        self._process.terminate()
        self._process.wait(timeout=60)


def _wait(address: str, process: subprocess.Popen, log) -> None:
    last = time.monotonic() + _START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        try:
            if httpx.get(f"{address}/healthz", timeout=10).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    log.seek(0)
    pytest.fail(f"streamlit run app.py did not come up:\n{log.read()}")


@dataclass
class Visit:
    """A browser page, with what it complained of and what it asked of others."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)

    def excuse(self, *words: str) -> None:
        """Complaints with one of these words are of the test's own making, also those the browser brings later."""
        self.excused.update(words)

    def unexcused(self) -> list[str]:
        """What the browser complained of that the test did not provoke."""
        return [line for line in self.complaints if not any(word in line for word in self.excused)]

    def hear(self, kind: str, text: str, url: str) -> None:
        """Take down what the browser's console says."""
        if kind in {"error", "warning"}:
            self.complaints.append(f"{text} {url}")

    def settle(self) -> None:
        """Wait until the script has run and the page stands still."""
        self.page.wait_for_timeout(250)
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        self.page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", timeout=60_000)
        if "\u2060" in self.page.evaluate("document.body.textContent"):
            self.complaints.append(f"text that is not found or copied as it reads (U+2060) {self.page.url}")

    def sign_in(self, username: str = COORDINATOR) -> None:
        """Sign in on the page of that name, with the demo account's own line of the table."""
        self.page.get_by_role("row", name=username).get_by_role("link").click()
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/login" not in url)

    def pass_the_form(self, server: str, username: str) -> None:
        """Sign in without the page for it."""
        form, headers = {"username": username, "password": DEMO_PASSWORD}, {"Origin": server}
        post = self.page.context.request.post
        # The server closes a connection nobody used for a while, at times just when it is used again.
        answer = post(f"{server}/login", form=form, headers=headers, max_redirects=0, max_retries=2)
        assert answer.status == 303

    def open_sample(self, stem: str) -> None:
        """Open a sample on the first page."""
        self.page.locator(f".st-key-open-{stem} button").click()
        self.settle()

    def go(self, title: str) -> None:
        """Go to a page by the menu."""
        group = next((page.group for page in PAGES if page.title == title), "")
        if group:
            self.page.get_by_test_id("stTopNavSection").get_by_text(group, exact=True).click()
            self.page.get_by_test_id("stTopNavDropdownLink").get_by_text(title, exact=True).click()
        else:
            self.page.get_by_role("link", name=title, exact=True).first.click()
        self.settle()

    def field(self, kind: str, key: str, name: str) -> Locator:
        """The widget of a form's field, whatever submission, version and generation its form stands on."""
        before, after = str(FormKey("", kind, key, 0, 0, name)).removeprefix("f-").split("-v0g0")
        ends = f'[class$="{after}"], [class*="{after} "]'
        return self.page.locator(f'[class*="st-key-f-"][class*="{before}-v"]:is({ends})')

    def english(self) -> list[str]:
        """Latin words seen or spoken on the page that are no known abbreviation, identifier or file name."""
        seen = re.sub(r"[\w.-]+\.(?:yaml|json|pdf)\b|\b[a-z]+(?:-[a-z0-9]+)+\b", "", self.page.evaluate(_SPOKEN))
        return [word for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", seen) if word not in LATIN and not _ID.match(word)]


@pytest.fixture
def visit(at_the_gate: Visit, server: str) -> Visit:
    """The first page of the trial, in a fresh browser in which 甲县's coordinator has signed in (past the form)."""
    at_the_gate.pass_the_form(server, COORDINATOR)
    at_the_gate.page.goto(f"{server}/{JUDGE.path}")
    expect(at_the_gate.page.get_by_text("打开样例")).to_be_visible()
    at_the_gate.settle()
    return at_the_gate


@pytest.fixture
def at_the_gate(browser: Browser, server: str) -> Iterator[Visit]:
    """A fresh browser before the sign-in page; fails at the end on any complaint or outside request."""
    with visiting(browser, server) as visitor:
        yield visitor


# Browser contexts nobody is in. A new one reads, parses and compiles Streamlit's page anew, which costs more processor
# time than most tests; in one that was used before it lies ready.
_idle: list[BrowserContext] = []


@contextmanager
def alone(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A browser of one's own: no cookie, no window, nothing kept from whoever was in it before."""
    context = _idle.pop() if _idle else _context(browser, server)
    yield context
    kept, *left = context.pages
    for page in left:
        page.close()
    kept.evaluate("localStorage.clear()")
    context.clear_cookies()
    _idle.append(context)


def _context(browser: Browser, server: str) -> BrowserContext:
    """Its first window stays open, so that the process that draws all its windows lives on (`chromium.FLAGS`)."""
    size: ViewportSize = {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, locale="zh-CN", accept_downloads=True, reduced_motion="reduce")
    context.new_page().goto(f"{server}/healthz")
    return context


@contextmanager
def visiting(browser: Browser, server: str) -> Iterator[Visit]:
    """A window in a browser of its own, held to asking nothing of others and complaining of nothing."""
    with alone(browser, server) as context:
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        seen = Visit(page)
        host = urlsplit(server).netloc

        def note(request: Request) -> None:
            url = urlsplit(request.url)
            if url.netloc != host and url.scheme not in {"data", "blob"}:
                seen.outside.append(request.url)

        context.on("request", note)
        page.on("console", lambda line: seen.hear(line.type, line.text, line.location.get("url", "")))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.goto(server)
        expect(page.get_by_role("heading", name="用户登录")).to_be_visible()
        yield seen
        context.remove_listener("request", note)
    assert seen.outside == []
    assert seen.unexcused() == []
