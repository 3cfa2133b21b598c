"""Signing in: one answer for every wrong cause, throttled; tokens that end when they should; passwords that hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflow.office_room import ADMINISTRATOR, COUNTY, NOW, head
from workflow import passwords, sign_in
from workflow.accounts import (
    NewAccount,
    accounts,
    add_account,
    change_own_password,
    disable_account,
    person_of,
    reset_password,
)
from workflow.demo import DEMO_PASSWORD
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role

GOOD = "liushou-2018-guan'ai"
COUNTY_PERSON = NewAccount("zhang", "张三", Role.COUNTY_COORDINATOR, COUNTY)
WRONG, OTHER = "wrong-password", "another-Good-1"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def zhang(office: Office):
    account, _ = add_account(office, None, COUNTY_PERSON, NOW, password=GOOD)
    return account


def enter(office: Office, *, name: str = "zhang", password: str = GOOD, address: str = "10.0.0.1", now=NOW):
    return sign_in.sign_in(office, name, password, address, now)


def refused(office: Office, **given) -> str:
    with pytest.raises(Refused) as caught:
        enter(office, **given)
    return caught.value.code


def test_a_good_password_opens_a_session_whose_token_is_kept_only_as_its_digest(office, zhang) -> None:
    entered = enter(office, name=" ＺＨＡＮＧ ")
    assert entered.must_change_password
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
            verified.append((stored.split("$")[1:4], len(given)))
            return inner.verify(stored, given)

    inner = passwords._HASHER
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for name in ("zhang", "nobody"):
        refused(office, name=name, password=WRONG)
    assert len(verified) == 2
    assert verified[0] == verified[1]  # same algorithm, same parameters, same input


@pytest.mark.parametrize("password", ["x" * 100_000, "\ud800", "\x00", "密" * 300])
def test_a_monstrous_password_is_only_wrong(office, zhang, password: str) -> None:
    assert refused(office, password=password) == "wrong_password"


def test_five_failures_lock_a_name_at_that_address_for_a_quarter_of_an_hour_even_for_the_right_password(
    office, zhang
) -> None:
    for second in range(5):
        assert refused(office, password=WRONG, now=NOW + timedelta(seconds=second)) == "wrong_password"
    assert refused(office, now=NOW + MINUTE) == "throttled"
    assert enter(office, now=NOW + 16 * MINUTE).person.username == "zhang"


def test_a_stranger_s_wrong_guesses_do_not_lock_the_clerk_out(office, zhang) -> None:
    for hour in range(24):
        for _ in range(5):
            refused(office, password=WRONG, address="203.0.113.7", now=NOW + hour * 60 * MINUTE)
    assert enter(office, now=NOW + 24 * 60 * MINUTE).person.username == "zhang"  # never seen at that address before


def fail_from(office: Office, addresses: int) -> None:
    for number in range(addresses):
        for _ in range(5):
            refused(office, password=WRONG, address=f"203.0.113.{number}")


def test_guesses_from_many_addresses_end_for_the_day_but_not_where_the_name_is_known(office, zhang) -> None:
    enter(office, now=NOW - 10 * sign_in.DAY)
    fail_from(office, sign_in.NAME_DAY_LIMIT // 5 - 1)
    assert refused(office, password=WRONG, address="198.51.100.1") == "wrong_password"
    for number in range(2, 6):
        refused(office, password=WRONG, address=f"198.51.100.{number}")
    assert refused(office, address="198.51.100.9") == "throttled"  # even the right password, from a new place
    assert enter(office)  # at their own desk
    assert refused(office, address="198.51.100.9") == "throttled"  # which does not help the guesser
    assert enter(office, address="198.51.100.9", now=NOW + sign_in.DAY + MINUTE)


def test_an_address_where_nobody_signed_in_for_three_months_is_strange_again(office, zhang) -> None:
    enter(office, now=NOW - 91 * sign_in.DAY)
    enter(office, address="10.0.0.2", now=NOW - MINUTE)  # any sign-in tidies up
    fail_from(office, sign_in.NAME_DAY_LIMIT // 5)
    assert refused(office) == "throttled"
    assert enter(office, address="10.0.0.2")


def test_slow_guessing_from_one_address_ends_after_twenty_in_a_day(office, zhang) -> None:
    at = NOW
    for _ in range(sign_in.PAIR_DAY_LIMIT):
        assert refused(office, password=WRONG, now=at) == "wrong_password"
        at += 20 * MINUTE
    assert refused(office, password=WRONG, now=at) == "throttled"


def test_a_success_clears_the_failures_at_that_address_and_no_other(office, zhang) -> None:
    for _ in range(5):
        refused(office, password=WRONG, address="203.0.113.7")
    for _ in range(4):
        refused(office, password=WRONG)
    enter(office)
    for _ in range(4):
        assert refused(office, password=WRONG) == "wrong_password"
    assert refused(office, address="203.0.113.7") == "throttled"


def test_an_address_that_tries_many_names_is_locked(office, zhang) -> None:
    for number in range(sign_in.ADDRESS_LIMIT):
        assert refused(office, name=f"name{number}") == "wrong_password"
    assert refused(office) == "throttled"
    assert enter(office, address="10.0.0.2")


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
    from workflow import accounts as room  # noqa: PLC0415 - patched here only

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


# --- accounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_touch_accounts(office, zhang, role: Role) -> None:
    from tests.workflow.office_room import person  # noqa: PLC0415 - only here

    by, before = person(role), head(office)
    for act in (
        lambda: add_account(office, by, NewAccount("li", "李四", Role.OBSERVER, "000000"), NOW),
        lambda: disable_account(office, by, "zhang", NOW),
        lambda: reset_password(office, by, "zhang", NOW),
        lambda: accounts(office, by),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "wrong_role"
    assert head(office) == before


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewAccount("1abc", "名", Role.OBSERVER, "000000"), "用户名须以字母开头"),
        (NewAccount("张三", "名", Role.OBSERVER, "000000"), "用户名须以字母开头"),
        (NewAccount("li", " ", Role.OBSERVER, "000000"), "请填写姓名"),
        (NewAccount("li", "名", Role.COUNTY_COORDINATOR, "123456"), "没有代码为"),
        (NewAccount("li", "名", Role.COUNTY_COORDINATOR, "990100"), "应属于县级"),
        (NewAccount("li", "名", Role.PREFECTURE_REVIEWER, "990000"), "应属于地市级"),
        (NewAccount("li", "名", Role.PROVINCE_REVIEWER, "990121"), "应属于省级"),
        (NewAccount("li", "名", Role.ADMINISTRATOR, "990000"), "应属于全国"),
        (NewAccount("li", "名", Role.COUNTY_DEPARTMENT, COUNTY), "须写明部门"),
        (NewAccount("li", "11010519491231002X", Role.OBSERVER, "000000"), "公民身份号码"),
        (NewAccount("z13812345678", "名", Role.OBSERVER, "000000"), "手机号码"),
        (NewAccount("li", "张\u200b三", Role.OBSERVER, "000000"), "不可见"),
        (NewAccount("li", "张\n三", Role.OBSERVER, "000000"), "换行"),
        (NewAccount("li", "名", Role.COUNTY_DEPARTMENT, COUNTY, "局" * 61), "不超过60字"),
        (NewAccount("ZHANG", "名", Role.OBSERVER, "000000"), "已被使用"),
    ],
)
def test_a_faulty_account_is_refused_with_its_fault(office, zhang, new: NewAccount, words: str) -> None:
    with pytest.raises(Refused, match=words):
        add_account(office, ADMINISTRATOR, new, NOW)


def test_a_made_up_password_opens_the_account_once_and_must_be_changed(office) -> None:
    _, first = add_account(office, ADMINISTRATOR, COUNTY_PERSON, NOW)
    assert len(first) >= 14
    assert enter(office, password=first).must_change_password


def test_an_administrator_cannot_shut_themselves_out(office) -> None:
    account, _ = add_account(office, None, NewAccount("root1", "管理员", Role.ADMINISTRATOR, "000000"), NOW)
    with pytest.raises(Refused) as caught:
        disable_account(office, person_of(account), "root1", NOW)
    assert caught.value.code == "own_account"
