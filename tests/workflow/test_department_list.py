"""A county's departments: names and aliases, the list saved by its coordinator, accounts that match it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.departments import Department
from tests.workflow.office_room import COORDINATOR, COUNTY, DEPARTMENT, GOVERNMENT, NOW, UNIT, opened_by
from workflow.accounts.accounts import add_account
from workflow.accounts.listed_accounts import preview_list
from workflow.accounts.new_account import NewAccount
from workflow.department_list import read_departments, save_department
from workflow.errors import Refused
from workflow.overview.departments import department_standings, rows_seen
from workflow.people import Role
from workflow.submission.assigning import assign, assigned_units

POLICE = Department(UNIT, ("公安", "县公安局"), "办公室 0990-5521016")


def listed(office):
    with office.store.read() as tx:
        return read_departments(tx, COUNTY)


def account(unit: str, name: str = "gongan") -> NewAccount:
    return NewAccount(name, unit, Role.COUNTY_DEPARTMENT, COUNTY, unit)


@pytest.mark.parametrize("called", ["公安", "公安局", "县公安局", "甲县公安局", " 甲县 公安局 "])
def test_without_a_list_of_its_own_a_county_has_the_usual_departments(office, called):
    assert listed(office).name_of(called) == UNIT
    assert not listed(office).saved
    assert listed(office).find("甲县公安分局") is None
    assert listed(office).find("城关镇人民政府") is None


@pytest.mark.parametrize("unit", ["县公安局", "公安", "甲县公安局"])
def test_an_account_bears_the_name_of_the_list(office, unit):
    assert add_account(office, COORDINATOR, account(unit), NOW)[0].unit == UNIT


def test_a_department_that_is_not_listed_is_refused_everywhere_and_nothing_is_written(office, draft):
    with pytest.raises(Refused, match=r"部门名单里没有“甲县公按局”（相近的有：.*甲县公安局") as refused:
        add_account(office, COORDINATOR, account("甲县公按局"), NOW)
    assert refused.value.code == "bad_account"
    heading = "账号,姓名,角色,行政区划代码,行政区划名称,部门"
    line = f"gongan,公安局,county_department,{COUNTY},,甲县公按局"
    faults = preview_list(office, COORDINATOR, f"{heading}\n{line}\n".encode()).faults
    assert [fault.code for fault in faults] == ["bad_field"]
    with pytest.raises(Refused, match="部门名单里没有“甲县公按局”"):
        assign(office, COORDINATOR, draft, {"1.1.1": ["甲县公按局"]}, NOW)
    assert assigned_units(opened_by(office, COORDINATOR, draft)) == {}


def test_an_alias_and_a_new_name_are_still_the_same_department(office, draft):
    add_account(office, COORDINATOR, account(UNIT), NOW)
    assign(office, COORDINATOR, draft, {"4.1.1": ["公安"]}, NOW)
    assert opened_by(office, DEPARTMENT, draft).context.assigned == {"4.1.1"}
    save_department(office, COORDINATOR, UNIT, replace(POLICE, name="甲县公安分局"), NOW)
    assert listed(office).saved
    assert listed(office).name_of(UNIT) == "甲县公安分局"
    assert opened_by(office, DEPARTMENT, draft).context.assigned == {"4.1.1"}
    standing = next(
        one
        for one in department_standings(office, opened_by(office, COORDINATOR, draft))
        if one.department.name == "甲县公安分局"
    )
    assert (standing.accounts, standing.absent, standing.keys) == (("gongan",), ("gongan",), ("4.1.1",))


def test_a_name_that_an_account_bears_stays_on_the_list(office):
    add_account(office, COORDINATOR, account(UNIT), NOW)
    save_department(office, COORDINATOR, UNIT, replace(POLICE, name="甲县公安分局"), NOW)
    with pytest.raises(Refused, match="有账号用它：gongan"):
        save_department(office, COORDINATOR, "甲县公安分局", Department("甲县公安分局"), NOW)
    assert UNIT in listed(office).find("甲县公安分局").aliases


def test_whoever_makes_an_account_is_told_what_it_will_see(office, draft):
    before = rows_seen(office, COUNTY, (UNIT, "甲县城关镇"))
    assert "4.2.1" in before[UNIT].suggested
    assert before["甲县城关镇"].words.startswith("还没有分给它的指标，登录后没有可填的项")
    assign(office, COORDINATOR, draft, {"4.1.1": [UNIT], "1.1.1": [UNIT]}, NOW)
    assert rows_seen(office, COUNTY, (UNIT,))[UNIT].words == "登录后将看到分给它的 2 项：1.1.1、4.1.1。"


@pytest.mark.parametrize(
    ("who", "change", "code", "words"),
    [
        (DEPARTMENT, (None, Department("城关镇")), "wrong_role", "只有县级民政部门"),
        (GOVERNMENT, (None, Department("城关镇")), "wrong_role", "只有县级民政部门"),
        (COORDINATOR, (None, Department(" ")), "bad_department", "请填写部门名称"),
        (COORDINATOR, (None, Department("局" * 61)), "bad_department", "不超过60字"),
        (COORDINATOR, (None, Department("城关镇", ("公安局",))), "bad_department", "“公安局”既是"),
        (COORDINATOR, (None, Department("甲县公安局")), "bad_department", "既是"),
        (COORDINATOR, (None, Department("城\u200b关镇")), "bad_department", "不可见的字符"),
        (COORDINATOR, (None, Department("城关镇", (), "13812345678")), "personal_identifier", "手机号码"),
        (COORDINATOR, ("没有的局", Department("城关镇")), "bad_department", "已没有“没有的局”"),
        (COORDINATOR, (UNIT, None), "bad_department", "有账号用它：gongan（甲县公安局）"),
    ],
)
def test_what_the_list_does_not_take(office, who, change, code, words):
    add_account(office, COORDINATOR, account(UNIT), NOW)
    with pytest.raises(Refused, match=words) as refused:
        save_department(office, who, *change, NOW)
    assert refused.value.code == code
    assert not listed(office).saved


def test_a_department_is_added_and_taken_out_again(office):
    save_department(office, COORDINATOR, None, Department("城关镇", ("城关镇政府", " ", "城关镇")), NOW)
    assert listed(office).find("城关镇政府") == Department("城关镇", ("城关镇政府",))
    save_department(office, COORDINATOR, "城关镇政府", None, NOW)
    assert listed(office).find("城关镇") is None
    with office.store.read() as tx:
        assert [entry.subject for entry in tx.audit.entries(action="departments.list")] == [f"departments/{COUNTY}"] * 2
