"""Slips with first passwords are given once, to whoever made the accounts, and never kept."""

from __future__ import annotations

import pytest

from ui.web.papers import once


@pytest.fixture
def address(world, monkeypatch) -> str:
    monkeypatch.setattr(once, "now", world.clock)
    return once.hand_out_once(world.account("jia").id, "账号通知单.pdf", b"%PDF-slips")


def test_the_one_who_made_them_gets_them_once(world, address: str) -> None:
    browser = world.signed_in("jia")
    assert browser.head(address).status_code == 404
    assert once.still_waits(address)
    given = browser.get(address)
    assert (given.status_code, given.content) == (200, b"%PDF-slips")
    assert given.headers["cache-control"] == "no-store"
    assert not once.still_waits(address)
    assert browser.get(address).status_code == 404


def test_another_account_gets_nothing_and_takes_nothing(world, address: str) -> None:
    assert world.signed_in("admin").get(address).status_code == 404
    assert world.browser().get(address).status_code == 401
    assert world.signed_in("jia").get(address).status_code == 200


def test_they_go_when_their_time_is_over(world, address: str) -> None:
    world.clock.pass_time(minutes=16)
    assert not once.still_waits(address)
    assert world.signed_in("jia").get(address).status_code == 404
