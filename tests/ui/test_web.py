"""The web layer under a test client: which addresses exist, the headers of every answer, the page's policy."""

from __future__ import annotations

import asyncio
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Mount

from indicators import Problem, ProblemsError
from storage.errors import SaveFailed, StoreMissing
from ui.navigation import PAGES, TITLE
from ui.web import routes
from ui.web.errors import on_script_error
from ui.web.index_page import index_page, rewrite, source_hash
from ui.web.middleware import MIDDLEWARE, content_security_policy

ROOT = Path(__file__).parents[2]


async def _behind(scope, receive, send) -> None:
    """Stands for Streamlit, which answers every address with its own page."""
    answer = HTMLResponse("behind", headers={"X-Frame-Options": "ALLOWALL"})
    await answer(scope, receive, send)


class Client:
    """Asks the web layer in-process."""

    def __init__(self) -> None:
        app = Starlette(routes=[*routes.ROUTES, Mount("/", app=_behind)], middleware=MIDDLEWARE)
        self.transport = httpx.ASGITransport(app)

    def ask(self, method: str, address: str) -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, address)

        return asyncio.run(asked())

    def get(self, address: str) -> httpx.Response:
        return self.ask("GET", address)


@pytest.fixture
def client() -> Client:
    return Client()


class _Scripts(HTMLParser):
    """Collects inline scripts and everything a page fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.fetched: list[str] = []
        self.lang = ""
        self._inside = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.lang = given.get("lang", "") if tag == "html" else self.lang
        self._inside = tag == "script" and "src" not in given
        self.fetched += [given[name] for name in ("src", "href") if given.get(name)]

    def handle_data(self, data):
        if self._inside:
            self.inline.append(data)

    def handle_endtag(self, _tag):
        self._inside = False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "first")
def test_every_page_has_our_language_title_script_and_style(client, page):
    answer = client.get(f"/{page.path}")
    parsed = _Scripts()
    parsed.feed(answer.text)
    assert answer.status_code == 200
    assert parsed.lang == "zh-CN"
    assert f"<title>{TITLE}</title>" in answer.text
    assert any("chinese.js" in address for address in parsed.fetched)
    assert all(address.startswith("./") for address in parsed.fetched), "nothing from elsewhere"
    assert "You need to enable JavaScript" not in answer.text


def test_the_policy_allows_exactly_the_pages_own_inline_scripts(client):
    answer = client.get("/")
    parsed = _Scripts()
    parsed.feed(answer.text)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert parsed.inline
    assert policy["script-src"].split() == ["'self'", *(source_hash(script) for script in parsed.inline)]
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in content_security_policy()
    assert "http:" not in content_security_policy()


@pytest.mark.parametrize(
    "address", ["/", "/indicator", "/nothing", "/healthz", "/assets/chinese.js", "/static/js/x.js", "/_stcore/metrics"]
)
def test_every_answer_carries_the_security_headers(client, address):
    headers = client.get(address).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "content-security-policy" in headers


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/index.html",
        "/manifest.json",
        "/indicator/",
        "/judge",
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
        "/assets/nothing.js",
        "/assets/..%2fmiddleware.py",
        "/indicator/_stcore/health",
    ],
)
def test_what_is_not_there_says_so_in_chinese(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text or address.startswith("/assets")
    assert "behind" not in answer.text


@pytest.mark.parametrize("address", ["/static/js/x.js", "/_stcore/health", "/media/x", "/favicon.png"])
def test_streamlits_own_addresses_pass(client, address):
    assert client.get(address).text == "behind"


def test_only_reading_gets_a_page(client):
    assert client.ask("POST", "/").status_code == 404
    assert client.ask("HEAD", "/").status_code == 200


def test_assets_come_with_their_type(client):
    assert client.get("/assets/chinese.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/assets/official.css").headers["content-type"].startswith("text/css")
    assert client.get("/assets/index.html").status_code == 404


def test_health_names_the_standards(client):
    body = client.get("/healthz").json()
    assert body["status"] == "ok"
    assert {"national-2018", "yunnan-2018"} <= set(body["standards"])


def test_health_is_503_when_the_rules_are_broken(client, monkeypatch):
    def broken():
        raise ProblemsError([Problem("a.yaml", 1, 1, "x", "坏")])

    monkeypatch.setattr(routes, "library", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "broken_rules", "problems": 1}


def test_another_release_of_the_page_is_noticed_rather_than_served_half_done():
    with pytest.raises(ValueError, match=r"index\.html"):
        rewrite("<!doctype html><html><head></head></html>")


def test_the_page_points_to_no_interface_for_machines():
    assert b"agent" not in index_page().html


def test_a_failing_script_tells_a_number_and_no_trace(caplog, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("ui.web.errors.st.error", said.append)
    assert on_script_error(RuntimeError("秘密 at /srv/app.py")) is True
    assert "秘密" not in said[0]
    assert "故障编号" in said[0]
    number = re.search(r"[0-9a-f]{8}", said[0]).group()
    assert number in caplog.text
    assert "秘密" in caplog.text


def test_a_script_that_meets_a_busy_store_says_so_and_offers_the_page_again(monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("ui.web.errors.st.error", said.append)
    monkeypatch.setattr("ui.web.errors.st.button", lambda label, **_: said.append(label))
    assert on_script_error(SaveFailed("未保存：database is locked", "busy")) is True
    assert said == ["系统繁忙，没有保存；您填的内容仍留在本页，请稍候再保存一次。", "回到本页，再试一次"]
    assert on_script_error(StoreMissing("…")) is True
    assert "找不到系统的数据文件，本页暂时打不开" in said[2]


def test_settings_are_known_to_this_streamlit_and_safe():
    from streamlit import config  # noqa: PLC0415 - reading options starts nothing, importing at the top would

    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    config.get_config_options()
    for section, options in settings.items():
        for option in options:
            assert f"{section}.{option}" in config._config_options_template, option
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["disableDataExport"] is True  # its CSV would be computed; `workflow.tables` makes ours
    assert settings["server"]["maxUploadSize"] <= 10


def test_no_folder_beside_the_page_script_is_called_pages():
    # Streamlit would run its files alone at their addresses before the menu was first drawn.
    assert not (ROOT / "ui" / "pages").exists()
    assert all((ROOT / "ui" / page.script).is_file() for page in PAGES)
