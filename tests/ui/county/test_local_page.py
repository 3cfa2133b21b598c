"""地方文件对照 on the screen: filled in by clause, read elsewhere where asked already, read only for the others."""

from __future__ import annotations

import pytest

from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page, opened
from tests.ui.seeded import Screen
from ui import navigation
from ui.clock import now
from workflow.content import LOCAL, LOCAL_POLICIES
from workflow.saving import Edit, save

XUCHANG = "xuchang-2017-38"
SCHOOLING = "五（三）"


@pytest.fixture
def page(office) -> Page:
    return Page(office, COORDINATOR, navigation.LOCAL)


def show_all(page: Page, clause: str = SCHOOLING) -> None:
    """All commitments of one clause."""
    page.type("button_group", "local-shown", "all")
    page.type("selectbox", "local-clause", clause)


def figure(page: Page, commitment: str):
    return next(one for one in page.app.text_input if f"{XUCHANG}-{commitment}-" in (one.key or ""))


def test_the_page_shows_how_each_document_stands_and_that_it_decides_nothing(page):
    for words in ("不影响评估结论", "许政办〔2017〕38号", "已达到", "未达到", "待县里判断", "按此认定到18周岁为止"):
        assert words in page.text
    assert "分管领导" in page.text
    assert "主要领导" in page.text


def test_a_figure_typed_is_saved_and_the_state_follows(office, page):
    show_all(page)
    assert "未达到" in page.text
    figure(page, "senior_grant").set_value("２，０００")
    page.run()
    assert "有尚未保存的修改" in page.text
    page.press(f"save-{LOCAL}/{XUCHANG}/{SCHOOLING}")
    assert "已保存：地方文件 五（三）" in page.text
    assert "各项结论没有变化" in page.text
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 2000


def answer_all(page: Page) -> str:
    """Fill in every figure and date in sight; the clause that is open."""
    clause = next(one for one in page.app.selectbox if "local-clause" in one.key).value
    for one in page.app.radio:
        if one.key.startswith("local-"):
            one.set_value(False)
    for one in page.app.text_input:
        if one.key.startswith("local-"):
            one.set_value("2018-05" if one.key.endswith("-d") else "2000")
    page.run()
    return clause


def test_the_last_open_row_of_a_clause_is_saved_and_the_page_stays_until_asked_to_go_on(page):
    clause = answer_all(page)
    page.press(f"save-{LOCAL}/{XUCHANG}/{clause}")
    there = next(one for one in page.app.selectbox if "local-clause" in one.key)
    assert there.value == clause
    assert f"已保存：地方文件 {clause}" in page.text
    page.press("onward")
    there = next(one for one in page.app.selectbox if "local-clause" in one.key)
    assert there.value != clause


def test_steps_lead_over_the_clauses(page):
    show_all(page, "五（三）")
    for step, clause in (("on", "五（四）"), ("back", "五（三）"), ("back", "五（二）")):
        page.press(f"all|{step}")
        assert next(one for one in page.app.selectbox if "local-clause" in one.key).value == clause


def test_figures_and_dates_come_first_and_duties_to_judge_stand_apart(page):
    strip = next(one for one in page.app.get("button_group") if "local-shown" in one.key)
    assert [one.split()[0] for one in strip.options] == ["未填", "待县里判断", "未达到", "全部"]
    assert not [one for one in page.app.radio if one.label == "是否做到"]
    page.type("button_group", "local-shown", "needs_judgement")
    assert [one for one in page.app.radio if one.label == "是否做到"]


def test_finished_without_a_date_says_so(page):
    show_all(page, "三")
    choice = next(one for one in page.app.radio if "classified_protection" in one.key)
    choice.set_value(True)
    page.run()
    page.press(f"save-{LOCAL}/{XUCHANG}/三")
    assert "已保存：地方文件 三" in page.text
    assert "请填完成日期。" in page.text
    page.type("button_group", "local-view", "一览")
    assert "已完成（缺日期）" in page.text


def test_a_slip_is_told_and_nothing_typed_is_lost(office, page):
    show_all(page)
    before = opened(office).content.local
    figure(page, "senior_grant").set_value("二千")
    figure(page, "primary_living").set_value("1100")
    page.run()
    page.press(f"save-{LOCAL}/{XUCHANG}/{SCHOOLING}")
    assert "“二千”不是数字" in page.text
    assert figure(page, "primary_living").value == "1100"
    assert opened(office).content.local == before


def test_what_another_saved_first_is_shown_beside_ones_own(office, page):
    show_all(page)
    figure(page, "senior_grant").set_value("1900")
    page.run()
    there = opened(office)
    target = (LOCAL, f"{XUCHANG}/senior_grant")
    save(office, there.person, there.record.id, [Edit(target, 1700, there.version(target))], now())
    page.press(f"save-{LOCAL}/{XUCHANG}/{SCHOOLING}")
    assert "他人已先保存" in page.text
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 1700
    page.app.button(key=next(one.key for one in page.app.button if one.key.endswith("-mine"))).click()
    page.run()
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 1900


def test_what_a_standard_asks_is_shown_with_its_place_and_not_asked_again(page):
    show_all(page, "七（二）")
    assert "读自指标 5.3.2" in page.text
    assert "row=5.3.2" in page.html
    assert "130/130" in page.text
    assert not [one for one in page.app.text_input if "village_director" in (one.key or "")]


def test_the_choice_of_documents_is_saved_and_by_default_the_code_decides(office, page):
    own = next(one for one in page.app.checkbox if one.key.startswith("local-own"))
    assert own.value is True
    own.uncheck()
    page.run()
    page.press("save-local-choice")
    assert opened(office).content.local.policies is None
    assert (LOCAL, LOCAL_POLICIES) not in opened(office).entries
    assert "没有适用的地方文件" in page.text


def test_all_of_it_can_be_read_at_a_glance(page):
    page.type("button_group", "local-view", "一览")
    page.type("button_group", "local-shown", "all")
    assert page.html.count("<tr") > 100
    page.type("button_group", "local-shown", "short")
    assert page.html.count("<tr") < 20


@pytest.mark.parametrize("username", [DEPARTMENT, GOVERNMENT])
def test_others_of_the_county_read_it_and_write_nothing(office, username):
    page = Page(office, username, navigation.LOCAL)
    assert "许政办〔2017〕38号" in page.text
    assert not [one for one in page.app.button if one.key and one.key.startswith("save-")]
    assert all(one.disabled for one in page.app.text_input)


def test_the_indicator_says_which_local_document_falls_short_of_it(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1")
    assert "地方文件低于本条原文" in page.text
    assert "分管领导" in page.text
    assert "地方文件低于本条原文" not in Page(office, COORDINATOR, navigation.ASSESS, row="1.1.2").text


def test_the_row_names_both_where_the_weaker_practice_and_the_standard_are_both_claimed(office):
    said = "地方文件对照中 六（一）“县（市、区）政府：分管领导”填的是做到"
    assert said in Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1").text
    assert said not in Page(office, COORDINATOR, navigation.ASSESS, row="5.3.2").text
    there = opened(office)
    target = (LOCAL, f"{XUCHANG}/deputy_leader_in_charge")
    body = {"fulfilled": False, "reason": "由县长负责"}
    save(office, there.person, there.record.id, [Edit(target, body, there.version(target))], now())
    assert said not in Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1").text


def test_a_shortfall_stands_at_the_commitment_it_concerns(page):
    show_all(page, "六（一）")
    at = page.html.split("县（市、区）政府：分管领导")[1].split("dc-field")[0]
    assert "要求“主要领导”" in at


def test_the_sheet_is_made_when_asked(page):
    page.press(next(one.key for one in page.app.button if one.key and one.key.endswith("local|make")))
    assert "已生成，共" in page.text


def test_a_reviewer_reads_it_on_their_own_page(office):
    screen = Screen(office, "yanshizhou", "basic_appraisal", view="local")
    assert "云南省农村留守儿童关爱保护" in screen.text
    assert "不影响评估结论" in screen.text
    assert screen.html.count("<tr") > 50


def test_a_duty_called_done_without_a_reason_says_what_is_wanting(page):
    show_all(page, SCHOOLING)
    assert "请写明理由。" in page.text
