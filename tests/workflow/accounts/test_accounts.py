"""Accounts: made, changed and shut by administrators and the levels above; a first password is the tool's own."""

from __future__ import annotations

import pytest

from tests.workflow.office_room import ADMINISTRATOR, COUNTY, NOW, head, person
from tests.workflow.signing import COUNTY_PERSON, GOOD, enter
from workflow.accounts.accounts import (
    NewAccount,
    accounts,
    add_account,
    disable_account,
    failures_today,
    person_of,
    reset_password,
    unlock_account,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.permissions import ACCOUNT_MAKERS


def _acts(office, by):
    """Everything that touches the account of 甲县's coordinator, or makes one like it."""
    return (
        lambda: add_account(office, by, NewAccount("li", "李四", Role.COUNTY_COORDINATOR, COUNTY), NOW),
        lambda: unlock_account(office, by, "zhang", NOW),
        lambda: failures_today(office, by, "zhang", NOW),
        lambda: reset_password(office, by, "zhang", NOW),
        lambda: disable_account(office, by, "zhang", NOW),
    )


# 谁可以管理甲县民政局的账号：本级以上、辖区以内
@pytest.mark.parametrize(
    ("by", "may"),
    [
        (ADMINISTRATOR, True),
        (person(Role.PROVINCE_REVIEWER), True),
        (person(Role.PROVINCE_REVIEWER, "530000"), False),
        (person(Role.PREFECTURE_REVIEWER), True),
        (person(Role.PREFECTURE_REVIEWER, "990200"), False),
        (person(Role.COUNTY_COORDINATOR), False),
        (person(Role.COUNTY_GOVERNMENT), False),
        (person(Role.COUNTY_DEPARTMENT), False),
        (person(Role.OBSERVER), False),
    ],
    ids=lambda given: given.username if hasattr(given, "username") else "",
)
def test_accounts_are_touched_by_the_levels_above_within_their_area(office, zhang, by, may: bool) -> None:
    before = head(office)
    for act in _acts(office, by):
        if may:
            act()
            continue
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code in {"wrong_role", "no_account", "bad_account"}
    assert (head(office) > before) is may
    if by.role in ACCOUNT_MAKERS:
        assert ("zhang" in {account.username for account in accounts(office, by)}) is may
        return
    with pytest.raises(Refused):
        accounts(office, by)


@pytest.mark.parametrize(
    ("by", "role", "division", "may"),
    [
        (person(Role.COUNTY_COORDINATOR), Role.COUNTY_DEPARTMENT, COUNTY, True),
        (person(Role.COUNTY_COORDINATOR), Role.COUNTY_DEPARTMENT, "990122", False),
        (person(Role.COUNTY_COORDINATOR), Role.COUNTY_GOVERNMENT, COUNTY, False),
        (person(Role.PREFECTURE_REVIEWER), Role.COUNTY_GOVERNMENT, COUNTY, True),
        (person(Role.PREFECTURE_REVIEWER), Role.PREFECTURE_REVIEWER, "990100", False),
        (person(Role.PROVINCE_REVIEWER), Role.PREFECTURE_REVIEWER, "990100", True),
        (person(Role.PROVINCE_REVIEWER), Role.PROVINCE_REVIEWER, "990000", False),
        (person(Role.PROVINCE_REVIEWER), Role.ADMINISTRATOR, "000000", False),
        (person(Role.PROVINCE_REVIEWER), Role.OBSERVER, "990000", False),
    ],
)
def test_nobody_makes_accounts_beyond_their_rank_and_area(office, by, role: Role, division: str, may: bool) -> None:
    new = NewAccount("li", "李四", role, division, "县公安局")
    if may:
        assert add_account(office, by, new, NOW)[0].role == role
        return
    with pytest.raises(Refused):
        add_account(office, by, new, NOW)


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


def test_administrators_do_not_reset_their_own_password(office) -> None:
    """The reset ends their own session before they could read the new password."""
    account, first = add_account(office, ADMINISTRATOR, NewAccount("boss", "管理员", Role.ADMINISTRATOR, "000000"), NOW)
    with pytest.raises(Refused, match="请用“修改密码”") as refused:
        reset_password(office, person_of(account), "boss", NOW)
    assert refused.value.code == "own_account"
    assert enter(office, name="boss", password=first)
    assert reset_password(office, None, "boss", NOW) != first  # the command line may


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


def test_a_demo_account_is_disabled_by_administrators_only(office) -> None:
    add_account(office, None, COUNTY_PERSON, NOW, password=GOOD, demo=True)
    with pytest.raises(Refused) as caught:
        disable_account(office, person(Role.PREFECTURE_REVIEWER), COUNTY_PERSON.username, NOW)
    assert caught.value.code == "demo_account"
    disable_account(office, ADMINISTRATOR, COUNTY_PERSON.username, NOW)
