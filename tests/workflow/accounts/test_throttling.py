"""Wrong passwords make a name wait minutes: no stranger shuts a clerk out, and none guesses without end."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.workflow.office_room import ADMINISTRATOR, COUNTY, NOW, head
from tests.workflow.signing import COUNTY_PERSON, GOOD, MINUTE, WRONG, enter, minutes_told, refused
from workflow.accounts import sign_in, throttling
from workflow.accounts.accounts import (
    FailedSignIns,
    NewAccount,
    add_account,
    failing_accounts,
    failures_today,
    reset_password,
    unlock_account,
)
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, audit_page
from workflow.office import Office
from workflow.people import Role


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


def guess(office: Office, name: str = "zhang", *, until, address: str | None = None) -> list:
    """Somebody with as many addresses as they like, or at that one, a guess every half minute; when one was looked at.

    Once the wait is the longest, three guesses in each are enough.
    """
    looked_at, at, number = [], NOW, 0
    while at < until:
        number += 1
        where = address or f"203.0.113.{number}"
        if refused(office, name=name, password=WRONG, address=where, now=at) == "wrong_password":
            looked_at.append(at)
        longest = len(looked_at) > 1 and looked_at[-1] - looked_at[-2] >= throttling.LONGEST_WAIT
        at += throttling.LONGEST_WAIT / 3 if longest else MINUTE / 2
    return looked_at


def test_guesses_from_everywhere_are_a_hundred_odd_a_day(office, zhang) -> None:
    looked_at = guess(office, until=NOW + throttling.DAY)
    assert 100 <= len(looked_at) <= throttling.GUESSES_A_DAY == 110
    gaps = [later - earlier for earlier, later in pairwise(looked_at)]
    assert max(gaps) == throttling.LONGEST_WAIT  # and nobody waits longer


def test_under_such_guessing_a_clerk_signs_in_at_their_own_desk(office, zhang) -> None:
    enter(office, now=NOW - 10 * sign_in.DAY)
    guess(office, until=NOW + 30 * MINUTE)
    assert enter(office, now=NOW + 30 * MINUTE)
    assert refused(office, address="198.51.100.9", now=NOW + 30 * MINUTE) == "throttled"  # which helps no guesser


def test_under_such_guessing_a_new_clerk_signs_in_for_the_first_time(office) -> None:
    _, first = add_account(office, None, COUNTY_PERSON, NOW)
    guess(office, until=NOW + 30 * MINUTE)
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
        guess(office, name, until=NOW + 10 * MINUTE)
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
    guess(office, until=NOW + 10 * MINUTE)
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
    guess(office, until=NOW + 10 * MINUTE)
    assert refused(office, now=NOW + 10 * MINUTE) == "throttled"
    assert enter(office, address="10.0.0.2", now=NOW + 10 * MINUTE)


def test_guessing_at_a_desk_that_is_known_is_slowed_as_much(office, zhang) -> None:
    enter(office)
    looked_at = guess(office, address="10.0.0.1", until=NOW + throttling.DAY)
    assert 90 <= len(looked_at) <= throttling.GUESSES_A_DAY


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
