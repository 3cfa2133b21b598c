"""POST /drafts: what is being typed, told by the page itself."""

from __future__ import annotations

import json

import pytest

from storage.errors import SaveFailed
from tests.ui.web.conftest import OWN
from tests.ui.web.typing import OTHER_TAB, TAB, note_of
from ui import typed
from ui.form_keys import for_submission
from ui.web.drafts import MOST_BYTES, MOST_ITEMS
from workflow.accounts.sign_in import IDLE
from workflow.drafting.drafts import drafts_of, drop

ROW = ("answer", "3.3.2")


def item(papers, text: str, n: int = 1, field: str = "note", **changes) -> dict[str, object]:
    return {"key": str(note_of(papers.submission_id, field, **changes)), "text": text, "n": n}


def post(browser, *items, tab: object = TAB, headers=None, content: bytes | None = None):
    body = json.dumps({"tab": tab, "items": list(items)}).encode() if content is None else content
    return browser.post("/drafts", content=body, headers={"Content-Type": "application/json", **(headers or OWN)})


def kept(world, papers, who: str = "jia", tab: str = TAB) -> dict[str, object]:
    draft = drafts_of(world.office, world.person(who), for_submission(papers.submission_id)).of(*ROW, tab)
    return {} if draft is None else dict(draft.fields)


def test_what_is_typed_is_durable_when_it_is_acknowledged(world, papers):
    browser = world.signed_in("jia")
    answer = post(browser, item(papers, "正在写😀"), item(papers, "标题", field="title"))
    assert (answer.status_code, answer.content) == (204, b"")
    typed.forget_everything()
    assert kept(world, papers) == {"note": "正在写😀", "title": "标题"}


def test_what_comes_later_but_was_typed_earlier_is_older(world, papers):
    browser = world.signed_in("jia")
    post(browser, item(papers, "全文", 8))
    assert post(browser, item(papers, "半", 7)).status_code == 204
    assert kept(world, papers) == {"note": "全文"}


def test_a_form_closed_meanwhile_is_acknowledged_and_not_revived(world, papers):
    browser = world.signed_in("jia")
    post(browser, item(papers, "话"))
    drop(world.office, world.person("jia"), for_submission(papers.submission_id), [ROW], tab=TAB, now=world.clock())
    assert post(browser, item(papers, "话，晚到", 2)).status_code == 204
    assert kept(world, papers) == {}
    post(browser, item(papers, "新一轮", 3, generation=1))
    assert kept(world, papers) == {"note": "新一轮"}


def test_a_refused_field_is_named_with_its_reason_and_the_others_are_kept(world, papers):
    refused = item(papers, "电话 13800138000", field="title")
    answer = post(world.signed_in("jia"), refused, item(papers, "好的话"))
    assert answer.status_code == 200
    (told,) = answer.json()["refused"]
    assert told["key"] == refused["key"]
    assert "手机号码" in told["words"]
    assert "13800138000" not in answer.text
    assert kept(world, papers) == {"note": "好的话"}


def test_windows_and_people_are_kept_apart(world, papers):
    jia, yi = world.signed_in("jia"), world.signed_in("yi")
    post(jia, item(papers, "甲"))
    post(jia, item(papers, "乙"), tab=OTHER_TAB)
    answer = post(yi, item(papers, "外县的人"))
    assert "不能查看" in answer.json()["refused"][0]["words"]
    assert (kept(world, papers), kept(world, papers, tab=OTHER_TAB)) == ({"note": "甲"}, {"note": "乙"})
    assert kept(world, papers, "yi") == {}


def test_without_a_session_or_from_elsewhere_nothing_is_kept(world, papers):
    assert post(world.browser(), item(papers, "话")).status_code == 401
    elsewhere = {"Origin": "http://attacker.example", "Sec-Fetch-Site": "cross-site"}
    for headers in (elsewhere, {"Origin": "null"}, {"X-DC-Account": "1"}):
        assert post(world.signed_in("jia"), item(papers, "话"), headers=headers).status_code == 403
    assert kept(world, papers) == {}


def test_the_address_is_no_page(world):
    assert world.signed_in("jia").get("/drafts").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"tab": "tab000000001"}',
        b'{"tab": "tab000000001", "items": [1]}',
        b'{"tab": "tab000000001", "items": [{"key": "k", "text": 1, "n": 1}]}',
        b'{"tab": "tab000000001", "items": [{"key": "k", "text": "t", "n": -1}]}',
        b'{"tab": "tab000000001", "items": [{"key": "k", "text": "t", "n": true}]}',
        b'{"tab": "tab000000001", "items": [{"key": "k", "text": "t", "n": 1e99}]}',
        b'{"tab": "../../etc", "items": []}',
        b'{"tab": null, "items": []}',
        b"\xff\xfe",
        json.dumps({"tab": TAB, "items": [{"key": "k", "text": "", "n": 1}] * (MOST_ITEMS + 1)}).encode(),
    ],
)
def test_what_our_script_never_sends_is_refused(world, content):
    answer = post(world.signed_in("jia"), content=content)
    assert answer.status_code == 400
    assert answer.text == "送来的内容无法识别，没有暂存。请刷新页面后重新填写。"


def test_too_much_at_once_and_another_kind_of_body(world, papers):
    browser = world.signed_in("jia")
    answer = post(browser, content=b" " * (MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "一次送来的内容太多，没有暂存" in answer.text
    plain = {**OWN, "Content-Type": "text/plain"}
    assert post(browser, item(papers, "话"), headers=plain).status_code == 415


def test_keys_of_no_form_and_half_characters_do_no_harm(world, papers):
    browser = world.signed_in("jia")
    stray = {"key": "note-r1", "text": "x", "n": 1}
    body = json.dumps({"tab": TAB, "items": [stray, item(papers, "半个\ud83d字")]}).encode()
    assert post(browser, content=body).status_code == 204
    assert kept(world, papers) == {"note": "半个\ufffd字"}


def test_a_store_that_fails_says_try_again_and_the_next_try_works(world, papers, monkeypatch):
    browser = world.signed_in("jia")

    def busy(*_args, **_more):
        raise SaveFailed("未暂存：系统繁忙，请稍候重试。")

    with monkeypatch.context() as patch:
        patch.setattr("workflow.drafting.drafts.keep", busy)
        assert post(browser, item(papers, "话")).status_code == 503
    assert post(browser, item(papers, "话")).status_code == 204
    assert kept(world, papers) == {"note": "话"}


def test_typing_keeps_a_person_signed_in(world, papers):
    browser = world.signed_in("jia")
    for number in range(4):
        world.clock.pass_time(seconds=int(IDLE.total_seconds()) - 60)
        assert post(browser, item(papers, f"第{number}段", number)).status_code == 204
