"""Signing in: one answer for every wrong cause, throttled; tokens that end when they should; passwords that hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2.exceptions import VerifyMismatchError

from tests.workflow.office_room import ADMINISTRATOR, NOW
from tests.workflow.signing import COUNTY_PERSON, GOOD, MINUTE, OTHER, WRONG, enter, refused
from workflow.accounts import passwords, sign_in
from workflow.accounts.accounts import (
    add_account,
    change_own_password,
    disable_account,
    person_of,
    reset_password,
)
from workflow.demo.seed import DEMO_PASSWORD
from workflow.errors import Refused
from workflow.office import Office


def test_a_good_password_opens_a_session_whose_token_is_kept_only_as_its_digest(office, zhang) -> None:
    entered = enter(office, name=" ＺＨＡＮＧ ")
    assert not entered.must_change_password
    assert sign_in.identify(office, entered.token, NOW).person == person_of(zhang)
    with office.store.read() as tx:
        assert tx.sessions.get(entered.token) is None
        assert tx.sessions.get(sign_in.hash_token(entered.token)) is not None


def test_wrong_name_wrong_password_and_disabled_get_one_and_the_same_answer(office, zhang) -> None:
    said = set()
    for name, password in (("nobody", GOOD), ("zhang", "wrong-password"), ("zhang", ""), ("", "")):
        with pytest.raises(Refused) as caught:
            enter(office, name=name, password=password)
        said.add((caught.value.code, caught.value.reasons))
    disable_account(office, ADMINISTRATOR, "zhang", NOW)
    with pytest.raises(Refused) as caught:
        enter(office)
    assert said == {(caught.value.code, caught.value.reasons)}


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(office, zhang, monkeypatch) -> None:
    verified = []

    class Counting:
        def verify(self, stored: str, given: bytes) -> bool:
            with pytest.raises(VerifyMismatchError) as told:  # worked out and found different, not refused unread
                inner.verify(stored, given)
            verified.append((stored.split("$")[1:4], len(given)))
            raise told.value

    inner = passwords._HASHER
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for name in ("zhang", "nobody"):
        refused(office, name=name, password=WRONG)
    assert len(verified) == 2
    assert verified[0] == verified[1]  # same algorithm, same parameters, same input


@pytest.mark.parametrize("password", ["x" * 100_000, "\ud800", "\x00", "密" * 300])
def test_a_monstrous_password_is_only_wrong(office, zhang, password: str) -> None:
    assert refused(office, password=password) == "wrong_password"


def test_idle_and_absolute_time_run_out(office, zhang) -> None:
    token = enter(office).token
    assert sign_in.identify(office, token, NOW + sign_in.IDLE - MINUTE) is not None  # seen: idle time begins anew
    assert sign_in.identify(office, token, NOW + 2 * sign_in.IDLE - 2 * MINUTE) is not None
    now = NOW + 2 * sign_in.IDLE
    while now < NOW + sign_in.ABSOLUTE - MINUTE:
        assert sign_in.identify(office, token, now) is not None
        now += 100 * MINUTE
    assert sign_in.identify(office, token, NOW + sign_in.ABSOLUTE) is None
    idle = enter(office, now=NOW + timedelta(days=1)).token
    assert sign_in.identify(office, idle, NOW + timedelta(days=1) + sign_in.IDLE) is None


def test_a_page_s_timer_does_not_keep_a_session_alive(office, zhang) -> None:
    token = enter(office).token
    for minute in range(10, 120, 10):
        assert sign_in.identify(office, token, NOW + minute * MINUTE, touch=False) is not None
    assert sign_in.identify(office, token, NOW + sign_in.IDLE, touch=False) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "\ud800", "a" * 10_000])
def test_what_is_no_token_is_nobody(office, zhang, token: str) -> None:
    assert sign_in.identify(office, token, NOW) is None
    sign_in.sign_out(office, token, NOW)


def test_signing_out_disabling_and_resetting_end_sessions_at_once(office, zhang) -> None:
    one, two = enter(office).token, enter(office).token
    sign_in.sign_out(office, one, NOW)
    assert sign_in.identify(office, one, NOW) is None
    assert sign_in.identify(office, two, NOW) is not None
    disable_account(office, ADMINISTRATOR, "zhang", NOW)
    assert sign_in.identify(office, two, NOW) is None
    disable_account(office, ADMINISTRATOR, "zhang", NOW, disabled=False)
    assert sign_in.identify(office, two, NOW) is None  # an old session does not come back to life
    three = enter(office).token
    new = reset_password(office, ADMINISTRATOR, "zhang", NOW)
    assert sign_in.identify(office, three, NOW) is None
    assert refused(office) == "wrong_password"
    assert enter(office, password=new).must_change_password


def test_changing_one_s_password_ends_the_other_sessions(office, zhang) -> None:
    here, there = enter(office), enter(office)
    kept = sign_in.hash_token(here.token)
    change_own_password(office, here.person, GOOD, "another-Good-1", NOW, keep_session=kept)
    assert sign_in.identify(office, here.token, NOW).must_change_password is False
    assert sign_in.identify(office, there.token, NOW) is None
    assert enter(office, password=OTHER)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("short-1", "至少 10 位"),
        ("onlyletters", "两类"),
        ("1234567890", "两类"),
        ("zhang-is-here-1", "用户名"),
        ("my-password-1", "弱密码"),
        ("aaaaaaaaaa1", "不同的字符"),
        ("good\x00word-12", "不可见"),
        ("a1" * 101, "最多 200 位"),
        (GOOD, "相同"),
    ],
)
def test_a_weak_password_is_refused_with_its_fault(office, zhang, new: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        change_own_password(office, person_of(zhang), GOOD, new, NOW)
    assert caught.value.code == "weak_password"
    assert new not in str(caught.value)


def test_the_old_password_is_asked_for(office, zhang) -> None:
    with pytest.raises(Refused) as caught:
        change_own_password(office, person_of(zhang), "wrong-password", "another-Good-1", NOW)
    assert caught.value.code == "wrong_password"


def test_five_wrong_old_passwords_stop_further_guesses_and_no_stranger_can_bring_that_about(office, zhang) -> None:
    for _ in range(5):
        refused(office, password=WRONG)  # a stranger at the door

    def change(old: str, at) -> str:
        with pytest.raises(Refused) as caught:
            change_own_password(office, person_of(zhang), old, OTHER, at)
        return caught.value.code

    assert [change(WRONG, NOW) for _ in range(5)] == ["wrong_password"] * 5
    assert change(GOOD, NOW + MINUTE) == "throttled"
    change_own_password(office, person_of(zhang), GOOD, OTHER, NOW + 16 * MINUTE)


@pytest.mark.parametrize("act", ["enter", "change"])
def test_a_reset_while_the_password_is_being_checked_wins(office, zhang, monkeypatch, act: str) -> None:
    from workflow.accounts import accounts as room  # noqa: PLC0415 - patched here only

    checks = passwords.matches

    def slowly(given: str, stored: str | None) -> bool:
        good = checks(given, stored)
        reset_password(office, ADMINISTRATOR, "zhang", NOW)
        return good

    monkeypatch.setattr(sign_in, "matches", slowly)
    monkeypatch.setattr(room, "matches", slowly)
    with pytest.raises(Refused) as caught:
        enter(office) if act == "enter" else change_own_password(office, person_of(zhang), GOOD, OTHER, NOW)
    assert caught.value.code == "wrong_password"
    monkeypatch.undo()


def test_demo_accounts_work_only_in_a_demonstration(office) -> None:
    add_account(office, None, COUNTY_PERSON, NOW, password=DEMO_PASSWORD, demo=True)
    token = enter(office, password=DEMO_PASSWORD).token
    in_earnest = Office(office.store, office.library, demo_accounts=False)
    with pytest.raises(Refused, match="用户名或密码不正确"):
        sign_in.sign_in(in_earnest, "zhang", "demo-2018", "10.0.0.1", NOW)
    assert sign_in.identify(office, token, NOW) is not None
    assert sign_in.identify(in_earnest, token, NOW) is None
    for act in (
        lambda: reset_password(office, ADMINISTRATOR, "zhang", NOW),
        lambda: change_own_password(
            office, sign_in.identify(office, token, NOW).person, "demo-2018", "another-Good-1", NOW
        ),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "demo_account"
