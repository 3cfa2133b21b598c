"""Every page of the county's side, for every role that has it, says what it is for."""

from __future__ import annotations

import pytest

from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page
from tests.ui.seeded import ROOT, Screen, person
from ui import navigation
from workflow.demo.seed import DEMO_ACCOUNTS
from workflow.people import ROLE_LABELS

pytestmark = pytest.mark.day_shown

SAYS = {
    navigation.WORKBENCH: ("工作台",),
    navigation.ASSESS: ("填报", "原文", "建议材料"),
    navigation.FACTS: ("类型与设置", "数量"),
    navigation.REGISTER: ("佐证材料目录", "登记或修改"),
    navigation.APPLICATION: ("申报表栏目", "打印什么", "附页"),
    navigation.ASSIGN: ("已分配", "责任单位"),
    navigation.GOVERNMENT: ("县级人民政府推荐意见", "基本情况及主要工作"),
    navigation.LOCAL: ("地方文件对照", "适用的地方文件", "不影响评估结论"),
    navigation.EXCHANGE: ("导出", "导入"),
}


@pytest.mark.parametrize("username", [COORDINATOR, DEPARTMENT, GOVERNMENT, "guanchayuan"])
def test_each_page_says_what_it_is_for_and_who_is_signed_in(office, username):
    role = person(office, username).role
    shown = Page(office, username, navigation.WORKBENCH)
    for page in (page for page in SAYS if role in page.roles):
        shown.go(page)
        for words in (*SAYS[page], ROLE_LABELS[role], "演示"):
            assert words in shown.text, (page.title, words)


@pytest.mark.parametrize("new", DEMO_ACCOUNTS, ids=lambda new: new.username)
def test_every_account_has_a_workbench(office, new):
    shown = Page(office, new.username, navigation.WORKBENCH)
    assert "工作台" in shown.text
    assert new.display_name in shown.text


@pytest.mark.parametrize("screen", ["assignments", "government"])
def test_a_page_of_others_is_refused_with_a_sentence(office, screen):
    shown = Screen(office, "yanshizhou", screen)
    assert "本页供" in shown.text


def test_every_page_of_the_menu_has_its_script():
    for page in navigation.PAGES:
        assert (ROOT / "ui" / page.script).is_file()
