"""The gate: nothing passes without a session, nobody names themselves, and a session's end ends its websockets."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import httpx
import pytest
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime

from storage.errors import SaveFailed
from tests.ui.web.conftest import BASE, OWN, PEOPLE, sign_in
from ui.navigation import PAGES
from ui.web.sign_in import live
from ui.web.sign_in.gate import ENDED, Gate
from ui.web.sign_in.script_session import account_of
from workflow.accounts.accounts import disable_account, reset_password
from workflow.accounts.sign_in import IDLE

_STREAM = "/_stcore/stream"
_SOCKET = "ws://127.0.0.1:8501/_stcore/stream"
_CLICK = BackMsg(rerun_script={"query_string": ""}).SerializeToString()
_TIMER = BackMsg(rerun_script={"is_auto_rerun": True, "fragment_id": "f"}).SerializeToString()


@pytest.mark.parametrize("page", [*(page.path for page in PAGES), "password"])
def test_every_page_leads_to_sign_in_and_back(world, page):
    answer = world.browser().get(f"/{page}", params={"a": "1"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2F")
    browser = world.browser()
    assert sign_in(browser, "jia", next=f"/{page}").headers["location"] == f"/{page}"


@pytest.mark.parametrize("who", ["jia", "jia_gov", "zhou", "admin"])
def test_a_page_of_another_role_says_so_and_one_s_own_opens(world, who):
    browser, role = world.signed_in(who), PEOPLE[who][0]
    for page in PAGES:
        answer = browser.get(f"/{page.path}")
        assert answer.status_code == (200 if role in page.roles else 403), page.path
        assert ("该页面不在您的职责内" in answer.text) == (role not in page.roles)
        assert (page.title in answer.text) or role in page.roles
    assert browser.get("/password").status_code == 200


@pytest.mark.parametrize("address", ["/nothing", "/assess/more", "/LOGIN", "/screens/rounds", "/assess/"])
def test_an_address_of_no_page_says_so(world, address):
    answer = world.signed_in("jia").get(address)
    assert answer.status_code == 404
    assert "没有" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/_stcore/metrics",
        "/_stcore/stream",
        "/_stcore/upload_file/s/f",
        "/media/abc.pdf",
        "/component/x/index.html",
        "/static/js/index.js",
        "/files/1/" + "0" * 64,
        "/papers/1/form.pdf",
        "/session",
        "/nothing",
        "/login/",
        "/LOGIN",
        "/loginx",
        "/assets/nothing.js",
        "/assets/%2e%2e/_stcore/health",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_else_is_there_without_a_session(world, address, method):
    answer = world.browser().request(method, address)
    assert answer.status_code == 401, answer.text
    assert "请先登录" in answer.text
    assert "content-security-policy" in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["/_stcore/health", "/_stcore/host-config"])
def test_what_streamlit_asks_before_it_connects_names_nobody(world, address):
    # Refused, its page would show an English dialog over our own notice that the session has ended.
    answer = world.browser().get(address)
    assert answer.status_code == 200
    assert "x-dc-account" not in answer.json()["headers"]


@pytest.mark.parametrize("page", [page.path for page in PAGES])
def test_pages_are_not_posted_to(world, page):
    assert world.browser().post(f"/{page}").status_code == 401


@pytest.mark.parametrize(
    "cookie",
    ["dc_session=", "dc_session=x", f"dc_session={'A' * 43}", "dc_session", "=;;", "a" * 9000, "dc_session=%00"],
)
def test_bad_cookies_open_nothing(world, cookie):
    assert world.browser().get("/media/x", headers={"Cookie": cookie}).status_code == 401


def test_two_cookies_of_the_name_are_no_cookie(world):
    token = world.signed_in("jia").cookies["dc_session"]
    both = f"dc_session={token}; dc_session={'A' * 43}"
    assert world.browser().get("/media/x", headers={"Cookie": both}).status_code == 401


@pytest.mark.parametrize("name", ["X-DC-Account", "x-dc-account", "X-Dc-Session", "x-dc-anything"])
def test_who_one_claims_to_be_is_struck_out(world, name):
    jia = str(world.account("jia").id)
    seen = world.signed_in("jia").get("/media/x", headers={name: "999"}).json()["headers"]
    assert seen["x-dc-account"] == jia
    assert "999" not in str(seen)


def test_identity_is_the_cookies(world):
    for name in ("jia", "yi"):
        seen = world.signed_in(name).get("/media/x").json()["headers"]
        assert seen["x-dc-account"] == str(world.account(name).id)


def test_open_addresses_tell_nobody_apart_by_what_they_claim(world):
    claimed = {"X-DC-Account": str(world.account("admin").id)}
    assert world.browser().get("/login", headers=claimed).status_code == 200
    assert world.browser().get("/form", headers=claimed).status_code == 303


def _refused(browser, **headers) -> bool:
    try:
        with browser.websocket_connect(_SOCKET, headers=headers):
            return False
    except WebSocketDisconnect:
        return True


def test_websocket_without_a_session_is_refused(world):
    assert _refused(world.browser())
    assert _refused(world.browser(), **{"X-DC-Account": str(world.account("jia").id)})
    assert _refused(world.browser(), Cookie=f"dc_session={'A' * 43}")


def test_websocket_carries_the_identity_of_its_cookie(world):
    with world.signed_in("jia").websocket_connect(_SOCKET, headers={"X-DC-Account": "999"}) as socket:
        socket.send_bytes(_CLICK)
        assert socket.receive_text() == str(world.account("jia").id)
    assert world.behind.heard == [_CLICK]


def _ended(socket) -> int:
    with pytest.raises(WebSocketDisconnect) as over:
        socket.receive_text()
    return over.value.code


def _sign_out_elsewhere(world, browser) -> None:
    cookie = {"Cookie": f"dc_session={browser.cookies['dc_session']}"}
    assert world.browser().post("/logout", headers={**OWN, **cookie}).status_code == 303


_REVOKED = {
    "account disabled": lambda world, _: disable_account(world.office, None, "jia", world.clock()),
    "disabled flag alone": lambda world, _: world.change("jia", disabled=True),
    "password reset": lambda world, _: reset_password(world.office, None, "jia", world.clock()),
    "idle too long": lambda world, _: world.clock.pass_time(seconds=int(IDLE.total_seconds()) + 1),
    "signed out": _sign_out_elsewhere,
}


@pytest.mark.parametrize("how", _REVOKED)
def test_message_after_the_end_never_reaches_the_script(world, how):
    browser = world.signed_in("jia")
    with browser.websocket_connect(_SOCKET) as socket:
        socket.send_bytes(_CLICK)
        socket.receive_text()
        _REVOKED[how](world, browser)
        socket.send_bytes(b"after the end")
        assert _ended(socket) == ENDED
    assert world.behind.heard == [_CLICK]
    assert _refused(browser)


def test_store_that_cannot_be_read_lets_nothing_through(world, monkeypatch):
    browser = world.signed_in("jia")

    def broken(*_args, **_more):
        raise SaveFailed("数据读取失败")

    with browser.websocket_connect(_SOCKET) as socket:
        monkeypatch.setattr("ui.web.sign_in.gate.identify", broken)
        socket.send_bytes(_CLICK)
        assert _ended(socket) not in {ENDED, 1000}
    assert world.behind.heard == []
    answer = browser.get("/form")
    assert answer.status_code == 503
    assert "已保存的内容没有受影响" in answer.text


def test_timers_of_an_unattended_page_do_not_keep_it_signed_in(world):
    browser = world.signed_in("jia")
    with browser.websocket_connect(_SOCKET) as socket:
        for _ in range(5):
            world.clock.pass_time(minutes=20)
            socket.send_bytes(_TIMER)
            socket.receive_text()
        world.clock.pass_time(minutes=21)
        socket.send_bytes(_TIMER)
        assert _ended(socket) == ENDED


def test_what_a_person_does_keeps_them_signed_in(world):
    browser = world.signed_in("jia")
    with browser.websocket_connect(_SOCKET) as socket:
        for _ in range(6):
            world.clock.pass_time(minutes=100)
            socket.send_bytes(_CLICK)
            assert socket.receive_text()


def test_asking_whose_session_it_is_does_not_prolong_it(world):
    browser = world.signed_in("jia")
    assert browser.get("/session").json() == {"account": world.account("jia").id}
    for _ in range(5):
        world.clock.pass_time(minutes=20)
        assert browser.get("/session").status_code == 200
    world.clock.pass_time(minutes=21)
    assert browser.get("/session").status_code == 401


_MACHINES = ["/_stcore/health", "/_stcore/host-config", "/static/js/index.js", "/media/x", "/assets/plain.css",
             "/healthz", "/session", "/nothing"]  # fmt: skip


@pytest.mark.parametrize("address", _MACHINES)
def test_what_a_machine_asks_for_does_not_prolong_a_session(world, address):
    browser = world.signed_in("jia")
    for _ in range(6):
        world.clock.pass_time(minutes=20)
        browser.get(address)
    world.clock.pass_time(seconds=1)
    assert browser.get("/form").status_code == 303


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_only_opening_a_page_counts_as_using_it(world, method):
    browser = world.signed_in("jia")
    for _ in range(6):
        world.clock.pass_time(minutes=20)
        browser.request(method, "/form")
    world.clock.pass_time(seconds=1)
    assert browser.get("/form").status_code == 303


@pytest.mark.parametrize("address", ["/form", "/password", "/papers/1/form.pdf", "/files/1/" + "0" * 64])
def test_opening_a_page_or_a_paper_prolongs_it(world, address):
    browser = world.signed_in("jia")
    for _ in range(4):
        world.clock.pass_time(minutes=100)
        assert browser.get(address).status_code in {200, 404}


@pytest.mark.parametrize("address", ["/login", "/password", "/session", "/healthz", "/form", "/files/1/x", "/media/x"])
@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1.attacker.example", "", "a@127.0.0.1"])
def test_no_address_answers_to_another_host_name(world, address, host):
    for browser in (world.browser(), world.signed_in("jia")):
        answer = browser.get(address, headers={"Host": host})
        assert answer.status_code == 421, answer.text
        assert "不以这个网址提供服务" in answer.text
    assert world.browser().get("/login", headers={"Host": "localhost:8501"}).status_code == 200


def test_sign_in_under_another_host_name_opens_no_session(world):
    forged = {"Origin": "http://attacker.example", "Host": "attacker.example", "Sec-Fetch-Site": "same-origin"}
    answer = sign_in(world.browser(), "jia", headers=forged)
    assert (answer.status_code, answer.headers.get("set-cookie")) == (421, None)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_upload_into_anothers_page_is_refused(world, method, monkeypatch):
    open_pages = {"page-of-jia": str(world.account("jia").id)}
    monkeypatch.setattr("ui.web.sign_in.script_session.account_of", open_pages.get)
    assert world.signed_in("jia").request(method, "/_stcore/upload_file/page-of-jia/f").status_code == 200
    for who, page in (("yi", "page-of-jia"), ("jia", "no-such-page"), ("jia", "")):
        answer = world.signed_in(who).request(method, f"/_stcore/upload_file/{page}/f")
        assert answer.status_code == 403
        assert "上传未被接受" in answer.text


def test_the_owner_of_a_page_is_the_account_its_websocket_came_with(monkeypatch):
    client = SimpleNamespace(client_context=SimpleNamespace(headers=[("host", "x"), ("x-dc-account", "7")]))
    running = SimpleNamespace(get_client={"page": client}.get)
    monkeypatch.setattr("streamlit.runtime.exists", lambda: True)
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: running)
    assert (account_of("page"), account_of("other")) == ("7", None)
    assert callable(Runtime.get_client)


class _Line:
    """A websocket as the server has it: what comes in, what went out."""

    def __init__(self, token: str) -> None:
        self.incoming: asyncio.Queue = asyncio.Queue()
        self.sent: list[dict] = []
        self.scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": _STREAM,
            "query_string": b"",
            "headers": [(b"cookie", f"dc_session={token}".encode())],
        }

    async def send(self, message) -> None:
        self.sent.append(message)

    @property
    def ended(self) -> bool:
        return {"type": "websocket.close", "code": ENDED} in self.sent


async def _until(holds, seconds: float = 60) -> bool:
    last = time.monotonic() + seconds
    while not holds() and time.monotonic() < last:
        await asyncio.sleep(0.01)
    return holds()


def _silent(world, look_every: float, event) -> list[_Line]:
    """Two silent tabs of jia and one of yi; ``event`` happens; the tabs once one of them has ended."""

    async def story() -> list[_Line]:
        gate = Gate(world.behind, look_every)
        tokens = [world.signed_in(name).cookies["dc_session"] for name in ("jia", "yi")]
        lines = [_Line(tokens[0]), _Line(tokens[0]), _Line(tokens[1])]
        for line in lines:
            line.incoming.put_nowait({"type": "websocket.connect"})
        running = [asyncio.create_task(gate(line.scope, line.incoming.get, line.send)) for line in lines]
        assert await _until(lambda: live.count() >= 3 and all(line.sent for line in lines))
        await asyncio.to_thread(event, tokens[0])
        assert await _until(lambda: lines[0].ended and lines[1].ended)
        for line in lines:
            line.incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.gather(*running)
        return lines

    return asyncio.run(story())


def test_silent_tabs_see_the_end_without_sending_anything(world):
    lines = _silent(world, 0.05, lambda _: disable_account(world.office, None, "jia", world.clock()))
    assert [line.ended for line in lines] == [True, True, False]
    assert live.count() == 0


def test_sign_out_ends_the_other_tabs_at_once(world):
    async def story() -> tuple[bool, bool]:
        tokens = [world.signed_in(name).cookies["dc_session"] for name in ("jia", "yi")]
        own, other = _Line(tokens[0]), _Line(tokens[1])
        gate = Gate(world.behind, look_every=3600)
        running = [asyncio.create_task(gate(line.scope, line.incoming.get, line.send)) for line in (own, other)]
        for line in (own, other):
            line.incoming.put_nowait({"type": "websocket.connect"})
        assert await _until(lambda: bool(own.sent and other.sent))
        cookie = {"Cookie": f"dc_session={tokens[0]}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(world.app), base_url=BASE) as browser:
            assert (await browser.post("/logout", headers={**OWN, **cookie})).status_code == 303
        assert await _until(lambda: own.ended)
        ended = (own.ended, other.ended)
        other.incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.gather(*running)
        return ended

    assert asyncio.run(story()) == (True, False)


def test_health_says_when_the_store_cannot_be_read(world, monkeypatch):
    assert world.browser().get("/healthz").json()["status"] == "ok"

    def broken(_self):
        raise SaveFailed("数据读取失败")

    monkeypatch.setattr("storage.store.Store.read", broken)
    answer = world.browser().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "store_unreadable"})
