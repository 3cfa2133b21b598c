"""A store in trouble, and a fault of ours, as the routes tell it: in Chinese, by its name; and the next try works."""

from __future__ import annotations

import re

import pytest

from tests.ailing_store import AILMENTS
from tests.ui.web.conftest import OWN, PASSWORD, sign_in

_NAMES = {
    "busy": "系统繁忙",
    "full": "磁盘已满",
    "read_only": "系统目前只能读取，不能写入",
    "absent": "找不到系统的数据文件",
}
_NEW_PASSWORD = "白云-蓝天-2019"  # noqa: S105 - of people made up for a test


def _said(answer) -> str:
    assert not re.search(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>|<style.*?</style>", " ", answer.text)), answer.text
    return answer.text


@pytest.mark.parametrize("ailment", AILMENTS)
def test_at_sign_in(world, ailment):
    browser = world.browser()
    with AILMENTS[ailment](world.office.store):
        answer = sign_in(browser, "jia")
        assert answer.status_code == 503
        assert _NAMES[ailment] in _said(answer)
        assert "再登录" in answer.text
        assert PASSWORD not in answer.text
    assert sign_in(browser, "jia").status_code == 303


def test_the_busy_sentence_at_sign_in_is_short_and_the_name_stays(world):
    with AILMENTS["busy"](world.office.store):
        answer = sign_in(world.browser(), "jia")
    assert "系统繁忙，请稍候再登录。" in answer.text
    assert 'value="jia"' in answer.text


@pytest.mark.parametrize("ailment", AILMENTS)
def test_changing_a_password(world, ailment):
    browser = world.signed_in("jia")
    form = {"current": PASSWORD, "new": _NEW_PASSWORD, "again": _NEW_PASSWORD}
    with AILMENTS[ailment](world.office.store):
        answer = browser.post("/password", data=form, headers=OWN)
        assert answer.status_code == 503
        assert f"{_NAMES[ailment]}，没有办理成" in _said(answer)
    assert browser.post("/password", data=form, headers=OWN).status_code == 200
    assert sign_in(world.browser(), "jia", _NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize("ailment", ["busy", "full", "read_only"])
def test_who_only_reads_is_served_and_hardly_waits(world, ailment):
    browser = world.signed_in("jia")
    world.clock.pass_time(minutes=5)  # so that the gate would note that somebody is there
    with AILMENTS[ailment](world.office.store):
        answer = browser.get("/form")
        assert answer.status_code == 200
        assert browser.get("/login").status_code == 303


@pytest.mark.parametrize("address", ["/form", "/login", "/session", "/papers/1/form.pdf", f"/files/1/{'a' * 64}"])
def test_a_store_that_is_away(world, address):
    browser = world.signed_in("jia")
    with AILMENTS["absent"](world.office.store):
        answer = browser.get(address)
        assert answer.status_code == 503
        assert _NAMES["absent"] in _said(answer)
        assert answer.headers["content-security-policy"]
    assert browser.get("/form").status_code == 200


def test_signing_out_of_a_busy_store(world):
    browser = world.signed_in("jia")
    with AILMENTS["busy"](world.office.store):
        answer = browser.post("/logout", headers=OWN)
        assert (answer.status_code, "系统繁忙，没有办理成" in _said(answer)) == (503, True)
    assert browser.post("/logout", headers=OWN).status_code == 303


def test_a_fault_of_ours_has_a_number_that_the_log_has_too(world, monkeypatch, caplog):
    browser = world.signed_in("jia")

    def broken(*_args, **_more):
        raise RuntimeError("秘密 at /srv/app.py")

    monkeypatch.setattr("ui.web.papers.submission.print_form", broken)
    answer = browser.get("/papers/1/form.pdf")
    assert answer.status_code == 500
    number = re.search("故障编号 ([0-9a-f]{8})", answer.text)[1]
    assert "秘密" not in answer.text
    assert number in caplog.text
    assert "秘密" in caplog.text
