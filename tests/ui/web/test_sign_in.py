"""Signing in: who gets a cookie, who does not, and what a forged, oversized or hostile form meets."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest

from tests.ui.web.conftest import BASE, OWN, PASSWORD, sign_in
from workflow.accounts.accounts import NewAccount, add_account, disable_account
from workflow.accounts.passwords import MAX_LENGTH
from workflow.accounts.throttling import LONGEST_WAIT, PAIR_FREE
from workflow.demo.seed import DEMO_ACCOUNTS, DEMO_PASSWORD
from workflow.office import Office
from workflow.people import Role

_WRONG = "用户名或密码不正确"


def _said(answer) -> str:
    alert = re.search(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", "", alert.group(1))) if alert else ""


def _cookie(answer):
    (morsel,) = SimpleCookie(answer.headers["set-cookie"]).values()
    return morsel


def test_page_needs_no_script_and_can_be_filled_in_by_a_password_store(world):
    page = world.browser().get("/login").text
    assert "<script" not in page
    assert 'lang="zh-CN"' in page
    assert re.search(r'<label for="username">用户名</label>\s*<input id="username"', page)
    assert re.search(r'<label for="password">密码</label>\s*<input id="password"', page)
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_right_password_opens_the_page_that_was_asked_for(world):
    browser = world.browser()
    answer = sign_in(browser, "jia", next="/form?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/form?page=2")
    assert browser.get("/form").status_code == 200


def test_cookie_is_out_of_scripts_reach_and_stays_on_this_site(world):
    morsel = _cookie(sign_in(world.browser(), "jia"))
    assert (morsel.key, morsel["httponly"], morsel["samesite"], morsel["path"]) == ("dc_session", True, "lax", "/")
    assert morsel["secure"] == ""
    assert morsel["domain"] == ""


@pytest.mark.parametrize("how", ["https", "setting"])
def test_by_https_the_cookie_is_bound_to_https_and_to_this_host(world, monkeypatch, how):
    base = "https://shifan.example" if how == "https" else BASE
    if how == "setting":
        monkeypatch.setenv("COOKIE_SECURE", "1")
    else:  # the operator has named this host (STREAMLIT_SERVER_ALLOWED_HOSTS)
        monkeypatch.setattr("ui.web.sign_in.gate.is_host_allowed", "shifan.example".__eq__)
    browser = world.browser(base)
    answer = sign_in(browser, "jia", headers={"Origin": base})
    morsel = _cookie(answer)
    assert morsel.key == "__Host-dc_session"
    assert morsel["secure"] is True
    cookie = {"Cookie": f"__Host-dc_session={morsel.value}"}
    assert world.browser(base).get("/form", headers=cookie).status_code == 200
    # the name without the prefix can be set by a neighbouring host: it is not looked at
    assert world.browser(base).get("/form", headers={"Cookie": f"dc_session={morsel.value}"}).status_code == 303


def test_store_knows_the_token_by_its_hash_only(world):
    token = _cookie(sign_in(world.browser(), "jia")).value
    assert len(token) >= 32
    assert token.encode() not in b"".join(path.read_bytes() for path in world.office.store.var.rglob("store.db*"))


def test_wrong_password_and_unknown_name_get_the_same_answer(world):
    answers = [sign_in(world.browser(), "jia", "错误密码错误密码"), sign_in(world.browser(), "nobody", PASSWORD)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert _said(answers[0]) == _said(answers[1])
    assert _WRONG in _said(answers[0])
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_disabled_account_is_told_nothing_else(world):
    disable_account(world.office, None, "jia", world.clock())
    assert _WRONG in _said(sign_in(world.browser(), "jia"))


def test_name_typed_stays_and_password_does_not(world):
    page = sign_in(world.browser(), 'x"><script>alert(1)</script>', "secret-secret-1").text
    assert "<script" not in page
    assert 'value="x&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert "secret-secret-1" not in page


def test_guessing_is_stopped_and_the_right_password_too_until_time_has_passed(world):
    for _ in range(PAIR_FREE):
        assert sign_in(world.browser(), "jia", "guess-guess-1").status_code == 401
    stopped = sign_in(world.browser(), "jia")
    assert stopped.status_code == 429
    assert "分钟后再试" in _said(stopped)
    assert sign_in(world.browser(), "yi").status_code == 303
    world.clock.pass_time(minutes=LONGEST_WAIT // timedelta(minutes=1))
    assert sign_in(world.browser(), "jia").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": BASE + ".evil.example"},
        {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": BASE, "Sec-Fetch-Site": "same-site"},
        {"Origin": "ftp://127.0.0.1:8501"},
        {"Origin": "http://"},
    ],
    ids=str,
)
@pytest.mark.parametrize("address", ["/login", "/logout", "/password", "/sessions"])
def test_form_sent_by_another_site_is_refused(world, address, headers):
    browser = world.signed_in("jia") if address != "/login" else world.browser()
    data = {
        "username": "jia",
        "password": PASSWORD,
        "current": PASSWORD,
        "new": "Other-2018-x",
        "again": "Other-2018-x",
    }
    answer = browser.post(address, data=data, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "本系统" in answer.text
    assert sign_in(world.browser(), "jia").status_code == 303, "the password is still the old one"
    if address != "/login":
        assert browser.get("/form").status_code == 200, "still signed in"


def test_too_large_a_form_is_cut_off(world):
    answer = sign_in(world.browser(), "jia", "x" * 20_000)
    assert answer.status_code == 413
    assert "过长" in _said(answer)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"username": "jia"}', "application/json", 415),
        (b"--x", "multipart/form-data; boundary=x", 415),
        (b"username=jia&password=%FF%FE", "application/x-www-form-urlencoded", 400),
        (b"username=\xff\xfe&password=x", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % n for n in range(40)), "application/x-www-form-urlencoded", 400),
        (b"username=jia&username=yi&password=x", "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 422),
        (b"username=jia&password=", "application/x-www-form-urlencoded", 422),
    ],
)
def test_what_is_no_form_of_ours_is_refused_in_words(world, content, kind, status):
    answer = world.browser().post("/login", content=content, headers={**OWN, "Content-Type": kind})
    assert answer.status_code == status
    assert _said(answer).endswith("。")


@pytest.mark.parametrize(
    "name",
    ["' OR 1=1 --", "jia\x00", "\u202eaij", "../../etc/passwd", "管理员" * 20, "%s%n", "\ud7ff\u2028", "x" * 5000],
)
def test_hostile_names_sign_nobody_in(world, name):
    answer = sign_in(world.browser(), name)
    assert answer.status_code == 401
    assert _WRONG in _said(answer)


def test_password_longer_than_any_is_wrong_even_if_its_beginning_is_right(world):
    answer = sign_in(world.browser(), "jia", PASSWORD + "x" * MAX_LENGTH)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "\t//evil.example",
        "/x\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/a//evil.example",
        "/login",
        "/logout",
        "//",
        "http:/evil",
        "http:evil.example",
        "/@evil.example:80\\",
        "///evil.example",
        "[",
    ],
)
def test_nobody_is_sent_on_to_another_site(world, target):
    assert sign_in(world.browser(), "jia", next=target).headers["location"] == "/"
    assert world.signed_in("jia").get("/login", params={"next": target}).headers["location"] == "/"
    assert (
        f'name="next" value="{html.escape(target)}"' not in world.browser().get("/login", params={"next": target}).text
    )


def test_signing_in_anew_ends_the_former_session_of_this_browser(world):
    browser = world.signed_in("jia")
    former = browser.cookies["dc_session"]
    assert sign_in(browser, "yi").status_code == 303
    assert browser.cookies["dc_session"] != former
    assert world.browser().get("/form", headers={"Cookie": f"dc_session={former}"}).status_code == 303


def test_sign_out_asks_first_and_then_forgets_the_cookie(world):
    browser = world.signed_in("jia")
    token = browser.cookies["dc_session"]
    question = browser.get("/logout")
    assert "jia&lt;b&gt;" in question.text
    assert browser.get("/form").status_code == 200, "asking is not doing"
    done = browser.post("/logout", headers=OWN)
    assert (done.status_code, done.headers["location"]) == (303, "/login?out=1")
    assert "Max-Age=0" in done.headers["set-cookie"] or "1970" in done.headers["set-cookie"]
    assert "已退出登录" in browser.get("/login?out=1").text
    assert world.browser().get("/form", headers={"Cookie": f"dc_session={token}"}).status_code == 303


def test_session_ends_after_long_idleness_and_after_the_longest_time(world):
    idle, busy = world.signed_in("jia"), world.signed_in("yi")
    for _ in range(7):
        world.clock.pass_time(minutes=100)
        assert busy.get("/form").status_code == 200
    assert idle.get("/form").status_code == 303
    world.clock.pass_time(minutes=100)
    assert busy.get("/form").status_code == 303


def test_demo_accounts_stand_on_the_page_with_their_public_password(world):
    assert "演示" not in world.browser().get("/login").text, "a store without demonstration"
    for new in DEMO_ACCOUNTS[:3]:
        add_account(world.office, None, new, world.clock(), password=DEMO_PASSWORD, demo=True)
    page = world.browser().get("/login?next=/form").text
    assert page.count(f"<code>{DEMO_PASSWORD}</code>") == 3
    assert '<span class="mark">演示</span>' in page
    name = DEMO_ACCOUNTS[1].username
    fill = html.unescape(re.search(rf'class="fill" href="([^"]*{name}[^"]*)"', page).group(1))
    filled = world.browser().get(fill).text
    assert f'value="{name}"' in filled
    assert f'value="{DEMO_PASSWORD}"' in filled
    assert 'name="next" value="/form"' in filled
    assert sign_in(world.browser(), name, DEMO_PASSWORD).headers["location"] == "/"


def test_in_earnest_demo_accounts_neither_show_nor_get_through(world, monkeypatch):
    new = DEMO_ACCOUNTS[0]
    add_account(world.office, None, new, world.clock(), password=DEMO_PASSWORD, demo=True)
    earlier = world.browser()
    assert sign_in(earlier, new.username, DEMO_PASSWORD).status_code == 303
    in_earnest = Office(world.office.store, world.office.library, demo_accounts=False)
    monkeypatch.setattr("ui.office._made", [in_earnest])
    assert new.username not in world.browser().get("/login").text
    assert earlier.get("/form").status_code == 303
    late = world.browser()
    sign_in(late, new.username, DEMO_PASSWORD)
    assert late.get("/form").status_code == 303


def _newcomer(world) -> str:
    new = NewAccount("newcomer", "新来的", Role.OBSERVER, "000000")
    return add_account(world.office, None, new, world.clock())[1]


def test_first_password_must_be_changed_before_anything_else(world):
    first = _newcomer(world)
    browser = world.browser()
    assert sign_in(browser, "newcomer", first, next="/form").headers["location"] == "/password"
    assert browser.get("/form").headers["location"] == "/password"
    for address in ("/media/x", "/files/1/" + "0" * 64, "/papers/1/form.pdf"):
        assert browser.get(address).status_code == 403, address
    assert "首次登录须先修改密码" in browser.get("/password").text
    assert _change(browser, first, "weak").status_code == 422
    assert browser.get("/form").headers["location"] == "/password"
    assert _change(browser, first, "Better-2018-pw").headers["location"] == "/"
    assert browser.get("/form").status_code == 200


def _change(browser, current: str, new: str, again: str | None = None):
    fields = {"current": current, "new": new, "again": new if again is None else again}
    return browser.post("/password", data=fields, headers=OWN)


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        ("falsch-falsch-1", "Better-2018-pw", "Better-2018-pw", "原密码不正确"),
        (PASSWORD, "Better-2018-pw", "Better-2018-pv", "不一致"),
        (PASSWORD, "short1", "short1", "至少"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与原密码相同"),
        (PASSWORD, "jia-jia-jia-1", "jia-jia-jia-1", "用户名"),
        (PASSWORD, "x1" * 150, "x1" * 150, "最多"),
    ],
)
def test_password_is_not_changed_without_reason_given(world, current, new, again, words):
    browser = world.signed_in("jia")
    answer = _change(browser, current, new, again)
    assert answer.status_code == 422
    assert words in _said(answer)
    assert sign_in(world.browser(), "jia").status_code == 303


def test_changing_the_password_ends_every_other_session_and_keeps_this_one(world):
    first, second = world.signed_in("jia"), world.signed_in("jia")
    assert "密码已修改" in _change(first, PASSWORD, "Better-2018-pw").text
    assert first.get("/form").status_code == 200
    assert second.get("/form").status_code == 303
    assert sign_in(world.browser(), "jia").status_code == 401
    assert sign_in(world.browser(), "jia", "Better-2018-pw").status_code == 303
