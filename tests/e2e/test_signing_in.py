"""The gate around the real thing: a fresh process, real websockets, a session that ends in mid-work."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess

import httpx
import pytest
import websockets
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from storage import open_store
from tests.e2e.conftest import COORDINATOR, ROOT, started, visiting
from tests.instant import python_at
from ui.navigation import PAGES
from ui.web.sign_in.gate import ENDED
from workflow.demo.seed import DEMO_PASSWORD

_OTHER = "yixian_minzheng"
_ENDED = re.compile("登录已失效")
# What the browser says of a session that ended on purpose: attempts to connect that were refused.
_REFUSED = ("401", "403", "4401", "WebSocket onerror")


def _token(server: str, username: str) -> str:
    with httpx.Client(base_url=server, timeout=60) as browser:
        form = {"username": username, "password": DEMO_PASSWORD}
        answer = browser.post("/login", data=form, headers={"Origin": server})
        assert answer.status_code == 303, answer.text
        return browser.cookies["dc_session"]


def _connect(server: str, token: str, session: str = "", **headers: str):
    address = server.replace("http", "ws") + "/_stcore/stream"
    wanted = ["streamlit", "x", session] if session else ["streamlit"]
    more = {"Cookie": f"dc_session={token}", **headers} if token else headers
    return websockets.connect(
        address, additional_headers=more, subprotocols=wanted, origin=server, max_size=None, proxy=None
    )


async def _session_of(socket) -> str:
    """The id of the script session this websocket got; the script has run to its end."""
    await socket.send(BackMsg(rerun_script={}).SerializeToString())
    found = ""
    while True:
        message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 60))
        if message.WhichOneof("type") == "new_session":
            found = message.new_session.initialize.session_id
        if message.WhichOneof("type") == "script_finished":
            return found


def test_deep_link_to_any_page_of_a_fresh_process_meets_the_gate(seeded, tmp_path):
    # Before the first page was ever drawn Streamlit runs files of a folder named like pages past everything.
    shutil.copytree(seeded, tmp_path / "var")
    with started(tmp_path) as server:
        for page in PAGES[::-1]:
            for path in {f"/{page.path}", f"/{page.script}".removesuffix(".py")}:
                answer = httpx.get(f"{server}{path}", timeout=60)
                assert answer.status_code in {303, 401}, path
                assert "stApp" not in answer.text
        with pytest.raises(websockets.InvalidStatus):
            asyncio.run(_open_and_close(server))


async def _open_and_close(server: str) -> None:
    async with _connect(server, ""):
        pass


def test_another_persons_session_is_not_taken_over_by_its_id(server):
    async def story() -> tuple[str, str, str, str]:
        async with _connect(server, _token(server, COORDINATOR)) as owner:
            mine = await _session_of(owner)
            async with _connect(server, _token(server, _OTHER), mine) as thief:
                got_live = await _session_of(thief)
        async with _connect(server, _token(server, _OTHER), mine, **{"X-DC-Account": "1"}) as thief:
            got_left = await _session_of(thief)
        async with _connect(server, _token(server, COORDINATOR), mine) as again:
            return mine, got_live, got_left, await _session_of(again)

    mine, got_live, got_left, regained = asyncio.run(story())
    assert mine not in {"", got_live, got_left}
    assert regained == mine, "the owner signs in anew and finds their work"


def test_message_of_a_revoked_session_closes_the_websocket(server):
    async def story() -> int:
        token = _token(server, COORDINATOR)
        async with _connect(server, token) as socket:
            await _session_of(socket)
            async with httpx.AsyncClient(timeout=60) as elsewhere:
                cookie = {"Origin": server, "Cookie": f"dc_session={token}"}
                await elsewhere.post(f"{server}/logout", headers=cookie)
            await asyncio.wait_for(socket.wait_closed(), 60)
            return socket.close_code or 0

    assert asyncio.run(story()) == ENDED


def test_in_earnest_no_public_password_opens_anything(tmp_path):
    with open_store(var=tmp_path / "var"):
        pass
    add = python_at("storage", "--var", str(tmp_path / "var"), "user", "add", "guanli")
    more = ["--name", "管理员", "--role", "administrator"]
    made = subprocess.run([*add, *more], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    with started(tmp_path, DEMO="0") as server:
        page = httpx.get(f"{server}/login", timeout=60).text
        assert "演示" not in page
        assert DEMO_PASSWORD not in page
        form = {"username": "guanliyuan", "password": DEMO_PASSWORD}
        assert httpx.post(f"{server}/login", data=form, headers={"Origin": server}, timeout=60).status_code == 401
        first = next(word for word in re.findall(r"[A-Za-z0-9]{14,}", made.stdout))
        form = {"username": "guanli", "password": first}
        answer = httpx.post(f"{server}/login", data=form, headers={"Origin": server}, timeout=60)
        assert answer.headers["location"] == "/password", made.stdout


@pytest.mark.browser
def test_signing_in_leads_to_where_one_was_going(at_the_gate, server):
    page = at_the_gate.page
    page.goto(f"{server}/trial")
    at_the_gate.sign_in()
    assert page.url == f"{server}/trial"
    expect(page.get_by_text("打开样例")).to_be_visible()


@pytest.mark.browser
def test_sign_out_in_one_tab_ends_the_other_with_a_notice_and_signing_in_again_revives_it(visit, server):
    left = visit.page
    visit.open_sample("01-fully-eligible")
    elsewhere = left.context.new_page()
    elsewhere.goto(f"{server}/logout")
    elsewhere.get_by_role("button", name="退出登录").click()
    expect(elsewhere.get_by_text("已退出登录")).to_be_visible()

    notice = left.get_by_role("alertdialog")
    expect(notice.get_by_text(_ENDED)).to_be_visible()
    expect(notice).to_contain_text("已保存的内容都在")
    assert visit.english() == []
    expect(notice.get_by_role("link", name="重新登录")).to_have_attribute("href", "/login?next=%2Ftrial")

    elsewhere.get_by_role("row", name=COORDINATOR).get_by_role("link").click()
    elsewhere.get_by_role("button", name="登录").click()
    expect(notice).to_have_count(0)
    visit.settle()
    expect(left.get_by_text("总体结论：符合申报条件")).to_be_visible()
    visit.excuse(*_REFUSED)


@pytest.mark.browser
def test_when_another_person_signs_in_the_left_tab_shows_that_persons_page(visit, server):
    left = visit.page
    visit.open_sample("01-fully-eligible")
    elsewhere = left.context.new_page()
    elsewhere.goto(f"{server}/logout")
    elsewhere.get_by_role("button", name="退出登录").click()
    elsewhere.get_by_role("row", name=_OTHER).get_by_role("link").click()
    elsewhere.get_by_role("button", name="登录").click()
    expect(left.get_by_text("乙县民政局").first).to_be_visible()
    expect(left.get_by_text("总体结论：符合申报条件")).to_have_count(0)
    visit.excuse(*_REFUSED)


@pytest.mark.browser
def test_two_browsers_are_two_people(browser, server):
    with visiting(browser, server) as one, visiting(browser, server) as other:
        one.sign_in(COORDINATOR)
        other.sign_in(_OTHER)
        expect(one.page.get_by_text("甲县民政局").first).to_be_visible()
        expect(other.page.get_by_text("乙县民政局").first).to_be_visible()
        expect(other.page.get_by_text("甲县民政局")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_sign_in_page_fits_and_is_worked_by_keyboard(at_the_gate, server, width):
    page = at_the_gate.page
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#username")).to_be_focused()
    page.keyboard.type(COORDINATOR)
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/")
    expect(page.get_by_text("甲县民政局").first).to_be_visible()
