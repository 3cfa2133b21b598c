"""Signing in: one answer for every wrong cause, throttled; tokens that end when they should; passwords that hold."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.workflow.office_room import ADMINISTRATOR, COUNTY, NOW, head
from workflow import passwords, sign_in, throttling
from workflow.accounts import (
    FailedSignIns,
    NewAccount,
    accounts,
    add_account,
    change_own_password,
    disable_account,
    failing_accounts,
    failures_today,
    person_of,
    reset_password,
    unlock_account,
)
from workflow.audit_log import AuditQuery, audit_page
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
    """Somebody who has a password of their own."""
    account, first = add_account(office, None, COUNTY_PERSON, NOW)
    change_own_password(office, person_of(account), first, GOOD, NOW)
    return account


def enter(office: Office, *, name: str = "zhang", password: str = GOOD, address: str = "10.0.0.1", now=NOW):
    return sign_in.sign_in(office, name, password, address, now)


def refused(office: Office, **given) -> str:
    with pytest.raises(Refused) as caught:
        enter(office, **given)
    return caught.value.code


def minutes_told(office: Office, **given) -> int:
    """How long the answer says to wait."""
    with pytest.raises(Refused) as caught:
        enter(office, **given)
    assert caught.value.code == "throttled"
    return int(re.search(r"请 (\d+) 分钟后再试", str(caught.value))[1])


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


def test_beyond_five_failures_a_name_waits_at_that_address_longer_each_time_but_never_longer_than_minutes(
    office, zhang
) -> None:
    for second in range(throttling.PAIR_FREE):
        assert refused(office, password=WRONG, now=NOW + timedelta(seconds=second)) == "wrong_password"
    at, waits = NOW + timedelta(seconds=throttling.PAIR_FREE - 1), []
    for _ in range(7):
        waits.append(wait := minutes_told(office, now=at))
        assert refused(office, now=at + timedelta(minutes=wait, seconds=-1)) == "throttled"  # the right password too
        at += wait * MINUTE
        assert refused(office, password=WRONG, now=at) == "wrong_password"
    assert waits == [1, 2, 4, 8, 15, 15, 15]
    assert enter(office, now=at + throttling.LONGEST_WAIT).person.username == "zhang"
    assert refused(office, password=WRONG, now=at + throttling.LONGEST_WAIT) == "wrong_password"  # begun anew


def test_what_is_tried_while_waiting_prolongs_nothing(office, zhang) -> None:
    for _ in range(throttling.PAIR_FREE):
        refused(office, password=WRONG)
    for second in range(30):
        assert refused(office, password=WRONG, now=NOW + timedelta(seconds=second)) == "throttled"
    assert enter(office, now=NOW + throttling.FIRST_WAIT)


def test_a_stranger_s_wrong_guesses_do_not_lock_the_clerk_out(office, zhang) -> None:
    for hour in range(24):
        for _ in range(5):
            refused(office, password=WRONG, address="203.0.113.7", now=NOW + hour * 60 * MINUTE)
    assert enter(office, now=NOW + 24 * 60 * MINUTE).person.username == "zhang"  # never seen at that address before


def guess_from_everywhere(office: Office, name: str = "zhang", *, until, start=NOW) -> list:
    """Somebody with as many addresses as they like, a guess every half minute; when one was looked at.

    Once the wait is the longest, six guesses in each are enough.
    """
    looked_at, at, number = [], start, 0
    while at < until:
        number += 1
        if refused(office, name=name, password=WRONG, address=f"203.0.113.{number}", now=at) == "wrong_password":
            looked_at.append(at)
        longest = len(looked_at) > 1 and looked_at[-1] - looked_at[-2] >= throttling.LONGEST_WAIT
        at += throttling.LONGEST_WAIT / 6 if longest else MINUTE / 2
    return looked_at


def test_guesses_from_everywhere_are_a_hundred_odd_a_day(office, zhang) -> None:
    looked_at = guess_from_everywhere(office, until=NOW + throttling.DAY)
    assert 100 <= len(looked_at) <= throttling.GUESSES_A_DAY == 110
    gaps = [later - earlier for earlier, later in pairwise(looked_at)]
    assert max(gaps) == throttling.LONGEST_WAIT  # and nobody waits longer


def test_under_such_guessing_a_clerk_signs_in_at_their_own_desk(office, zhang) -> None:
    enter(office, now=NOW - 10 * sign_in.DAY)
    guess_from_everywhere(office, until=NOW + 30 * MINUTE)
    assert enter(office, now=NOW + 30 * MINUTE)
    assert refused(office, address="198.51.100.9", now=NOW + 30 * MINUTE) == "throttled"  # which helps no guesser


def test_under_such_guessing_a_new_clerk_signs_in_for_the_first_time(office) -> None:
    _, first = add_account(office, None, COUNTY_PERSON, NOW)
    guess_from_everywhere(office, until=NOW + 30 * MINUTE)
    assert enter(office, password=first, now=NOW + 30 * MINUTE).must_change_password


def test_at_an_address_whose_tries_are_used_up_a_new_clerk_signs_in_too(office) -> None:
    _, first = add_account(office, None, COUNTY_PERSON, NOW)
    for _ in range(throttling.PAIR_FREE + 3):
        refused(office, password=WRONG)
    assert enter(office, password=first)


def test_a_waiting_name_answers_alike_whether_its_account_is_new_settled_or_none(office, zhang) -> None:
    add_account(office, None, NewAccount("li", "李四", Role.COUNTY_COORDINATOR, COUNTY), NOW)
    said = set()
    for name in ("zhang", "li", "nobody"):
        guess_from_everywhere(office, name, until=NOW + 10 * MINUTE)
        for password in (WRONG, GOOD):
            with pytest.raises(Refused) as caught:
                enter(office, name=name, password=password, address="198.51.100.9", now=NOW + 10 * MINUTE)
            said.add((caught.value.code, caught.value.reasons))
    assert len(said) == 1
    code, (words,) = said.pop()
    assert code == "throttled"
    for told in ("以前登录过的电脑", "解除登录限制", "重置密码"):
        assert told in words


@pytest.mark.parametrize("act", ["unlock", "reset"])
def test_an_administrator_ends_the_wait_at_once_by_either_act(office, zhang, act: str) -> None:
    for _ in range(throttling.PAIR_FREE):
        refused(office, password=WRONG)
    guess_from_everywhere(office, until=NOW + 10 * MINUTE)
    at = NOW + 10 * MINUTE
    assert refused(office, address="198.51.100.9", now=at) == "throttled"
    assert failures_today(office, ADMINISTRATOR, "zhang", at).minutes > 0
    password = GOOD
    if act == "reset":
        password = reset_password(office, ADMINISTRATOR, "zhang", at)
    else:
        assert unlock_account(office, ADMINISTRATOR, "ZHANG", at) > throttling.PAIR_FREE
    assert failures_today(office, ADMINISTRATOR, "zhang", at) == FailedSignIns(0, 0)
    assert enter(office, password=password, now=at)
    assert enter(office, password=password, address="198.51.100.9", now=at)
    assert unlock_account(office, ADMINISTRATOR, "zhang", at) == 0


def test_a_right_password_that_had_to_wait_is_no_failure_of_the_name(office, zhang) -> None:
    for _ in range(throttling.PAIR_FREE):
        refused(office, password=WRONG)
    assert refused(office) == "throttled"
    assert refused(office, password=WRONG) == "throttled"
    found = failures_today(office, ADMINISTRATOR, "zhang", NOW)
    assert (found.count, found.right) == (throttling.PAIR_FREE + 1, 1)


def test_the_limit_of_an_address_does_not_tell_which_of_its_tries_was_right(office, zhang) -> None:
    tries = [WRONG] * throttling.ADDRESS_LIMIT
    tries[30] = GOOD
    assert {refused(office, password=one) for one in tries} == {"wrong_password", "throttled"}
    with pytest.raises(Refused, match="不论用户名"):
        enter(office, name="li", password=WRONG)


def test_an_administrator_sees_which_names_wait_and_until_when(office, zhang) -> None:
    add_account(office, None, NewAccount("li", "李四", Role.COUNTY_COORDINATOR, COUNTY), NOW)
    refused(office, name="li", password=WRONG)
    for _ in range(throttling.PAIR_FREE):
        refused(office, password=WRONG)
    found = failing_accounts(office, ADMINISTRATOR, NOW)
    assert {name: (one.count, one.until) for name, one in found.items()} == {
        "zhang": (throttling.PAIR_FREE, NOW + MINUTE),
        "li": (1, None),
    }
    later = failing_accounts(office, ADMINISTRATOR, NOW + MINUTE)
    assert later["zhang"].until is None


def test_failures_are_told_by_the_hour_in_beijing(office, zhang) -> None:
    for hours in (0, 0, 2):
        refused(office, password=WRONG, now=NOW + 60 * hours * MINUTE)
    found = failures_today(office, ADMINISTRATOR, "zhang", NOW + 180 * MINUTE).hours
    assert [count for _, count in found] == [2, 1]
    assert (found[1][0] - found[0][0], found[0][0].utcoffset()) == (120 * MINUTE, 480 * MINUTE)


def test_the_lifting_stands_in_the_log_and_only_where_something_was_lifted(office, zhang) -> None:
    before = head(office)
    assert unlock_account(office, ADMINISTRATOR, "zhang", NOW) == 0
    assert head(office) == before
    refused(office, password=WRONG)
    unlock_account(office, ADMINISTRATOR, "zhang", NOW)
    page = audit_page(office, ADMINISTRATOR, AuditQuery(action="account.unlock"))
    assert [one.more for one in page.lines] == ["此前登录失败 1 次"]


def test_an_address_where_nobody_signed_in_for_three_months_is_strange_again(office, zhang) -> None:
    enter(office, now=NOW - 91 * sign_in.DAY)
    enter(office, address="10.0.0.2", now=NOW - MINUTE)  # any sign-in tidies up
    guess_from_everywhere(office, until=NOW + 10 * MINUTE)
    assert refused(office, now=NOW + 10 * MINUTE) == "throttled"
    assert enter(office, address="10.0.0.2", now=NOW + 10 * MINUTE)


def test_guessing_at_a_desk_that_is_known_is_slowed_as_much(office, zhang) -> None:
    enter(office)
    looked_at = [
        number
        for number in range(24 * 60)
        if refused(office, password=WRONG, now=NOW + number * MINUTE) == "wrong_password"
    ]
    assert len(looked_at) <= throttling.GUESSES_A_DAY


def test_a_success_clears_the_failures_at_that_address_and_no_other(office, zhang) -> None:
    for _ in range(5):
        refused(office, password=WRONG, address="203.0.113.7")
    for _ in range(4):
        refused(office, password=WRONG)
    enter(office)
    for _ in range(5):
        assert refused(office, password=WRONG) == "wrong_password"
    assert refused(office, address="203.0.113.7") == "throttled"


def test_an_address_that_tries_many_names_is_locked(office, zhang) -> None:
    for number in range(throttling.ADDRESS_LIMIT):
        assert refused(office, name=f"name{number}") == "wrong_password"
    assert refused(office) == "throttled"
    assert minutes_told(office, now=NOW) == 15
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
        lambda: unlock_account(office, by, "zhang", NOW),
        lambda: failures_today(office, by, "zhang", NOW),
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
        (NewAccount("System", "名", Role.OBSERVER, "000000"), "本系统自己的名字"),
        (NewAccount("service", "名", Role.OBSERVER, "000000"), "本系统自己的名字"),
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


def test_a_password_somebody_chose_is_no_first_password(office) -> None:
    # Made-up passwords need not wait at the door: one of a person's choosing would be open to guessing.
    with pytest.raises(ValueError, match="only a demo account"):
        add_account(office, ADMINISTRATOR, COUNTY_PERSON, NOW, password=GOOD)


def test_an_administrator_cannot_shut_themselves_out(office) -> None:
    account, _ = add_account(office, None, NewAccount("root1", "管理员", Role.ADMINISTRATOR, "000000"), NOW)
    with pytest.raises(Refused) as caught:
        disable_account(office, person_of(account), "root1", NOW)
    assert caught.value.code == "own_account"
