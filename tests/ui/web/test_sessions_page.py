"""登录设备: where one is signed in, and 退出其他设备."""

from __future__ import annotations

import pytest

from tests.ui.web.conftest import OWN, PASSWORD, sign_in
from ui.web.sign_in.device import device_words

WPS_MACHINE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (WPS_MACHINE, "Windows，Chrome"),
        (WPS_MACHINE + " Edg/120.0", "Windows，Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64) UOS Firefox/115.0", "Linux，统信浏览器"),
        ("Mozilla/5.0 (Linux; Android 10)", "安卓"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_what_it_says_of_itself(said: str, words: str) -> None:
    assert device_words(said) == words


def test_others_are_listed_and_ended_while_this_one_goes_on(world) -> None:
    here, there, neighbour = world.browser(), world.browser(), world.signed_in("yi")
    sign_in(here, "jia", headers=OWN | {"User-Agent": WPS_MACHINE})
    world.clock.pass_time(minutes=10)
    sign_in(there, "jia", headers=OWN | {"User-Agent": "<script>Edg"})
    page = here.get("/sessions")
    assert page.headers["cache-control"] == "no-store"
    assert "现在在 2 处登录" in page.text
    assert page.text.index("Windows，Chrome <small>（本机）") < page.text.index("Edge")
    ended = here.post("/sessions", headers=OWN)
    assert "已退出其他 1 处登录" in ended.text
    assert "现在在 1 处登录" in ended.text
    assert there.get("/form").status_code == 303
    assert [browser.get("/form").status_code for browser in (here, neighbour)] == [200, 200]
    with world.office.store.read() as tx:
        newest = tx.audit.entries(limit=1)[0]
        assert (newest.actor, newest.action) == ("jia", "session.revoke")


def test_a_session_out_of_time_is_not_listed(world) -> None:
    world.signed_in("jia")
    world.clock.pass_time(hours=3)
    assert "现在在 1 处登录" in world.signed_in("jia").get("/sessions").text


def test_strangers_who_share_a_demonstration_account_neither_see_nor_end_each_other(world) -> None:
    stored = world.account("jia")
    with world.office.store.write("system", world.clock()) as tx:
        tx.accounts.add(
            username="shown",
            display_name="演示",
            password_hash=stored.password_hash,
            role=stored.role,
            division_code=stored.division_code,
            must_change_password=False,
            demo=True,
        )
    one, other = world.browser(), world.browser()
    for browser in (one, other):
        assert sign_in(browser, "shown", PASSWORD).status_code == 303
    assert "现在在 1 处登录" in one.get("/sessions").text
    assert one.post("/sessions", headers=OWN).status_code == 422
    assert other.get("/form").status_code == 200
