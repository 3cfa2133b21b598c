"""评审分工 on its page and on the workbench: given, told whose it is, handed over when somebody is gone."""

from __future__ import annotations

import re

import pytest

from tests.instant import NOW
from tests.ui.seeded import Screen, submission
from workflow.accounts.accounts import NewAccount, add_account, disable_account
from workflow.people import Role

pytestmark = pytest.mark.day

WHY = "调往社会救助科，九月起不再参加评审"


def told(office, *only: str) -> str:
    """What the workbench says, of all lines or some."""
    bench = Screen(office, "yanshizhou", "workbench")
    if only:
        bench.app.button_group[0].set_value(only)
        bench.run()
    return bench.text


def test_counties_are_divided_and_handed_over_on_the_page(office):
    county = str(submission(office, "丁市").id)
    for name in ("wang", "zhao"):
        add_account(office, None, NewAccount(name, f"{name}某", Role.PREFECTURE_REVIEWER, "990100"), NOW)
    page = Screen(office, "yanshizhou", "reviewing/dividing")
    assert "尚未分工" in page.html
    page.press("save-dividing")
    assert "没有选县" in page.text
    page.fill("selectbox", "dividing|counties|to", "wang")
    page.fill("multiselect", "dividing|counties|counties", [county])
    page.fill("multiselect", "dividing|counties|sections", ["5"])
    page.press("save-dividing")
    assert "已保存：评审分工" in page.text
    assert "能力建设 wang某" in page.text
    assert re.search("负责人.*wang某", told(office), re.DOTALL)
    assert "没有符合条件的申报" in told(office, "mine")
    disable_account(office, None, "wang", NOW)
    page.run()
    assert "已停用或调离，请移交" in page.text
    assert "名下还有 1 个县没有移交" in told(office)
    page.fill("selectbox", "dividing|everything|to", "zhao")
    page.press("hand-over-dividing")
    assert "理由没有写" in page.text
    page.fill("text_area", "dividing|everything|reason", WHY)
    page.press("hand-over-dividing")
    assert "已移交：评审分工" in page.text
    assert "能力建设 zhao某" in page.text
    assert "已停用" not in page.text
    page.fill("selectbox", "dividing|counties|to", "yanshizhou")
    page.fill("multiselect", "dividing|counties|counties", [county])
    page.press("save-dividing")
    page.fill("selectbox", "dividing|counties|to", "zhao")
    page.fill("multiselect", "dividing|counties|counties", [county])
    page.fill("multiselect", "dividing|counties|sections", ["1", "2", "3"])
    page.press("save-dividing")
    rows = Screen(office, "yanshizhou", "basic_appraisal", s=county)
    assert "本级分工：演示州民政局；领导协调机制 zhao某" in rows.text
    rows.fill("selectbox", "|filter", "分给我的")
    assert "指标 4.1.1" in rows.text
    mine = told(office, "mine")
    assert "丁市" in mine
    assert "丙区" not in mine
    assert "没有移交" not in mine
    assert "本人" in Screen(office, "yanshizhou", "matrix").html


def test_a_round_that_wants_two_reviewers_says_so_before_one_writes(office):
    county = str(submission(office, "丁市").id)
    page = Screen(office, "guanliyuan", "rounds")
    page.fill("checkbox", "round-demo-two", value=True)
    page.fill("text_area", "round-demo-reason", "省厅要求认定和推荐由两人分别办理")
    page.press("round-change")
    assert "两人分别办理" in page.html
    desk = Screen(office, "yanshizhou", "basic_appraisal", s=county, row="1.1.1")
    assert "推荐意见和推荐由本单位其他人员办理" in desk.text
    desk.view("opinion")
    assert "您作出过本级认定，不能写推荐意见" in desk.text
    assert not desk.has("button", "save-opinion")
    desk.view("decide")
    assert "您作出过认定，不能办理推荐" in desk.text
    assert "在“账号”页增设一个评审账号" in desk.text
    assert not desk.has("checkbox", "|prefecture_recommend|sure"), "what cannot be done is not asked for"
    desk.view("print")
    assert desk.field("selectbox", "|level|form|2").value == "prefecture"
    desk.fill("selectbox", "|print||paper", "report")
    assert desk.field("selectbox", "|level|report|2").value == "county", "it is the county's own"


def test_a_reviewer_alone_has_nobody_to_hand_over_to(office):
    page = Screen(office, "yanshizhou", "reviewing/dividing")
    page.fill("multiselect", "dividing|counties|counties", [str(submission(office, "丁市").id)])
    page.press("save-dividing")
    assert "没有可以移交的人" in page.text
    assert not page.has("button", "hand-over-dividing")
