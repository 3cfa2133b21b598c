"""地方文件对照 on the screen: filled in by clause, read elsewhere where asked already, read only for the others."""

from __future__ import annotations

import re

import pytest

from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page, opened
from tests.ui.seeded import Screen, person
from ui import navigation
from ui.components import verbatim
from ui.components.case.entry_words import entry_text
from ui.components.case.stored_forms import StoredForms
from workflow.submission.local_assigning import assign_commitments, assigned_commitments
from workflow.submission.saving import Edit, save
from workflow.targets import LOCAL_POLICIES, Target

pytestmark = pytest.mark.day_shown

XUCHANG = "xuchang-2017-38"
SCHOOLING = "五（三）"


@pytest.fixture
def page(office) -> Page:
    return Page(office, COORDINATOR, navigation.LOCAL)


def open_clause(page: Page, clause: str = SCHOOLING) -> None:
    """One clause, whatever of it is filled in."""
    page.type("button_group", "local-shown", "all")
    page.type("button_group", "local-clause", clause)


def clause_open(page: Page) -> str:
    return next(widget.value for widget in page.app.get("button_group") if "local-clause" in widget.key)


def figure(page: Page, commitment: str):
    return next(widget for widget in page.app.text_input if f"{XUCHANG}-{commitment}-" in (widget.key or ""))


def test_the_page_shows_how_each_document_stands_and_that_it_decides_nothing(page):
    for words in ("不影响评估结论", "许政办〔2017〕38号", "已达到", "未达到", "待县里判断", "按此认定到18周岁为止"):
        assert words in page.text
    assert "分管领导" in page.text
    assert "主要领导" in page.text


def test_a_figure_typed_is_saved_and_the_state_follows(office, page):
    open_clause(page)
    assert "未达到" in page.text
    figure(page, "senior_grant").set_value("２，０００")
    page.run()
    assert "有尚未保存的修改" in page.text
    page.press(f"save-local/{XUCHANG}/{SCHOOLING}")
    assert "已保存：地方文件 五（三）" in page.text
    assert "各项结论没有变化" in page.text
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 2000


def answer_all(page: Page) -> str:
    """Fill in everything in sight; the clause that is open."""
    for widget in page.app.radio:
        if widget.key.startswith("local-"):
            widget.set_value(False)
    for widget in page.app.text_input:
        if widget.key.startswith("local-") and not widget.value:
            widget.set_value("2018-05" if widget.key.endswith("-d") else "2000")
    page.run()
    return clause_open(page)


def test_what_is_saved_stays_in_sight_until_asked_to_go_on(page):
    clause = answer_all(page)
    page.press(f"save-local/{XUCHANG}/{clause}")
    assert clause_open(page) == clause
    assert f"已保存：地方文件 {clause}" in page.text
    assert "困境儿童分类保障制度" in page.text


def test_one_button_saves_and_goes_on_to_the_next_clause_that_wants_something(page):
    page.type("button_group", "local-clause", "七（四）")
    clause = answer_all(page)
    page.press(f"save-on-local/{XUCHANG}/{clause}")
    assert f"已保存：地方文件 {clause}" in page.text
    assert clause_open(page) == "三"  # 结语已填：从头找起


def test_a_slip_keeps_the_page_where_it_is(page):
    open_clause(page)
    figure(page, "senior_grant").set_value("二千")
    page.run()
    page.press(f"save-on-local/{XUCHANG}/{SCHOOLING}")
    assert "“二千”不是数字" in page.text
    page.run()
    assert clause_open(page) == SCHOOLING


def test_each_clause_says_how_much_of_it_is_filled_in(page):
    strip = next(widget for widget in page.app.get("button_group") if "local-clause" in widget.key)
    assert {verbatim.markdown(option) for option in ("四（一） 0/1", "五（三） 10/20", "结语 ✓")} <= set(strip.options)


def test_what_is_still_to_fill_in_comes_first_and_a_clause_that_is_done_says_so(page):
    strip = next(widget for widget in page.app.get("button_group") if "local-shown" in widget.key)
    assert [option.split()[0] for option in strip.options] == ["待填", "未达到", "全部"]
    assert strip.value == "open"
    page.type("button_group", "local-clause", "结语")
    assert "这一条没有这样的承诺" in page.text


def judge(page: Page, commitment: str, *, fulfilled: bool) -> None:
    next(widget for widget in page.app.radio if f"{XUCHANG}-{commitment}-" in widget.key).set_value(fulfilled)


def test_a_reason_shared_by_several_is_written_to_those_judged_and_to_no_other(office, page):
    page.type("button_group", "local-clause", "七（三）")
    judge(page, "policy_publicity", fulfilled=True)
    shared = next(widget for widget in page.app.text_input if "local-shared" in widget.key)
    shared.set_value("许民发〔2017〕9号")
    page.run()
    page.press(f"save-local/{XUCHANG}/七（三）")
    answers = opened(office).content.local.answers[XUCHANG]
    assert answers["policy_publicity"].reason == "许民发〔2017〕9号"
    assert "public_opinion" not in answers


def test_the_shared_reason_of_one_clause_is_not_carried_to_another(page):
    page.type("button_group", "local-clause", "七（三）")
    next(widget for widget in page.app.text_input if "local-shared" in widget.key).set_value("许民发〔2017〕9号")
    page.run()
    page.type("button_group", "local-clause", "七（一）")
    assert not [widget for widget in page.app.text_input if "local-shared" in widget.key and widget.value]


def test_finished_without_a_date_says_so(page):
    open_clause(page, "三")
    choice = next(widget for widget in page.app.radio if "classified_protection" in widget.key)
    choice.set_value(True)
    page.run()
    page.press(f"save-local/{XUCHANG}/三")
    assert "已保存：地方文件 三" in page.text
    assert "请填完成日期。" in page.text
    page.type("button_group", "local-view", "一览")
    assert "已完成（缺日期）" in page.text


def test_a_slip_is_told_and_nothing_typed_is_lost(office, page):
    open_clause(page)
    before = opened(office).content.local
    figure(page, "senior_grant").set_value("二千")
    figure(page, "primary_living").set_value("1100")
    page.run()
    page.press(f"save-local/{XUCHANG}/{SCHOOLING}")
    assert "“二千”不是数字" in page.text
    assert figure(page, "primary_living").value == "1100"
    assert opened(office).content.local == before


def test_what_another_saved_first_is_shown_beside_ones_own(office, page):
    open_clause(page)
    figure(page, "senior_grant").set_value("1900")
    page.run()
    snapshot = opened(office)
    target = Target("local", f"{XUCHANG}/senior_grant")
    save(office, snapshot.person, snapshot.record.id, [Edit(target, 1700, snapshot.version(target))], now())
    page.press(f"save-local/{XUCHANG}/{SCHOOLING}")
    assert "他人已先保存" in page.text
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 1700
    page.app.button(key=next(widget.key for widget in page.app.button if widget.key.endswith("-mine"))).click()
    page.run()
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 1900


def typed_without_choosing(page: Page, clause: str = "七（三）", commitment: str = "policy_publicity") -> None:
    page.type("button_group", "local-clause", clause)
    figure(page, commitment).set_value("许民发〔2017〕9号")
    page.run()


@pytest.mark.parametrize("button", ["save", "save-on"])
def test_a_reason_without_a_choice_is_kept_and_said_not_to_count(office, page, button):
    typed_without_choosing(page)
    page.press(f"{button}-local/{XUCHANG}/七（三）")
    assert opened(office).content.local.answers[XUCHANG]["policy_publicity"].reason == "许民发〔2017〕9号"
    assert "七（三） 有 1 项写了理由，尚未选“做到”或“没有做到”，不算已判断" in page.text
    page.type("button_group", "local-clause", "七（三）")
    at = page.html.split("各级政府：政策宣传")[1].split("dc-field")[0]
    assert "写了理由，尚未选“做到”或“没有做到”" in at
    judge(page, "policy_publicity", fulfilled=False)
    page.run()
    page.press(f"save-local/{XUCHANG}/七（三）")
    assert "不算已判断" not in page.text


def test_a_choice_without_a_reason_says_so_at_its_item_and_at_a_glance(page):
    page.type("button_group", "local-clause", "七（三）")
    judge(page, "policy_publicity", fulfilled=False)
    page.run()
    page.press(f"save-local/{XUCHANG}/七（三）")
    assert "选了“没有做到”，没有写理由" in page.text
    page.type("button_group", "local-view", "一览")
    page.type("button_group", "local-shown", "all")
    assert "选了“没有做到”，没有写理由" in page.text


def test_what_a_standard_asks_is_shown_with_its_place_and_not_asked_again(page):
    open_clause(page, "七（二）")
    assert "读自指标 5.3.2" in page.text
    assert "row=5.3.2" in page.html
    assert "130/130" in page.text
    assert not [widget for widget in page.app.text_input if "village_director" in (widget.key or "")]


def test_the_choice_of_documents_is_saved_and_by_default_the_code_decides(office, page):
    own = next(widget for widget in page.app.checkbox if widget.key.startswith("local-own"))
    assert own.value is True
    own.uncheck()
    page.run()
    page.press("save-local-choice")
    assert opened(office).content.local.policies is None
    assert Target.local_policies() not in opened(office).entries
    assert "没有适用的地方文件" in page.text


def test_all_of_it_can_be_read_at_a_glance(page):
    page.type("button_group", "local-view", "一览")
    page.type("button_group", "local-shown", "all")
    assert page.html.count("<tr") > 100
    page.type("button_group", "local-shown", "short")
    assert page.html.count("<tr") < 20


def test_the_county_s_government_reads_it_and_writes_nothing(office):
    page = Page(office, GOVERNMENT, navigation.LOCAL)
    assert "许政办〔2017〕38号" in page.text
    assert not [widget for widget in page.app.button if widget.key and widget.key.startswith("save-")]
    assert all(widget.disabled for widget in page.app.text_input)


def test_the_indicator_says_which_local_document_falls_short_of_it(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1")
    assert "地方文件低于本条原文" in page.text
    assert "分管领导" in page.text
    assert "地方文件低于本条原文" not in Page(office, COORDINATOR, navigation.ASSESS, row="1.1.2").text


def test_the_row_names_both_where_the_weaker_practice_and_the_standard_are_both_claimed(office):
    said = "地方文件对照中 六（一）“县（市、区）政府：分管领导”填的是做到"
    assert said in Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1").text
    assert said not in Page(office, COORDINATOR, navigation.ASSESS, row="5.3.2").text
    snapshot = opened(office)
    target = Target("local", f"{XUCHANG}/deputy_leader_in_charge")
    body = {"fulfilled": False, "reason": "由县长负责"}
    save(office, snapshot.person, snapshot.record.id, [Edit(target, body, snapshot.version(target))], now())
    assert said not in Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1").text


def test_a_shortfall_stands_at_the_commitment_it_concerns(page):
    open_clause(page, "六（一）")
    at = page.html.split("县（市、区）政府：分管领导")[1].split("dc-field")[0]
    assert "要求“主要领导”" in at


def test_the_sheet_is_made_when_asked(page):
    page.press(next(widget.key for widget in page.app.button if widget.key and widget.key.endswith("local|make")))
    assert "已生成，共" in page.text


def test_a_reviewer_reads_it_on_their_own_page(office):
    screen = Screen(office, "yanshizhou", "basic_appraisal", view="local")
    assert "云南省农村留守儿童关爱保护" in screen.text
    assert "不影响评估结论" in screen.text
    assert screen.html.count("<tr") > 50


def test_a_duty_called_done_without_a_reason_says_what_is_wanting(page):
    open_clause(page, SCHOOLING)
    assert "请写明理由。" in page.text


# --- given to departments ---------------------------------------------------------------------------------------------

CRIMES = f"{XUCHANG}/crimes_struck"


def judged_in(page: Page) -> dict[str, bool]:
    """The commitments with a field in sight, and whether it is shut."""
    return {widget.key.split("-")[4]: widget.disabled for widget in page.app.radio}


@pytest.fixture
def ours(office) -> None:
    """Of the police only 六（二）'s first duty of theirs; the demonstration gave them more."""
    snapshot = opened(office)
    police = [key for key, units in assigned_commitments(snapshot).items() if "甲县公安局" in units]
    assign_commitments(office, snapshot, police, [], now())
    assign_commitments(office, opened(office), [CRIMES], ["甲县公安局"], now())


def test_a_department_sees_its_own_first_and_fills_in_that_alone(office, ours):
    page = Page(office, DEPARTMENT, navigation.LOCAL)
    assert next(widget for widget in page.app.get("button_group") if "local-scope" in widget.key).value == "own"
    assert clause_open(page) == "六（二）"
    assert judged_in(page) == {"crimes_struck": False}
    judge(page, "crimes_struck", fulfilled=True)
    next(widget for widget in page.app.text_input if "crimes_struck" in widget.key).set_value("甲公发〔2018〕3号")
    page.run()
    page.press(f"save-local/{XUCHANG}/六（二）")
    assert opened(office).content.local.answers[XUCHANG]["crimes_struck"].fulfilled is True


def test_a_department_reads_the_others_and_cannot_change_them(office, ours):
    page = Page(office, DEPARTMENT, navigation.LOCAL)
    page.type("button_group", "local-scope", "everyone")
    shut = judged_in(page)
    assert shut.pop("crimes_struck") is False
    assert shut
    assert all(shut.values())


def test_a_department_with_nothing_of_its_own_is_told_so_and_reads_all(office, ours):
    assign_commitments(office, opened(office), [CRIMES], [], now())
    page = Page(office, DEPARTMENT, navigation.LOCAL)
    assert "“地方文件对照”没有分配给您的部门" in page.text
    assert not [widget for widget in page.app.button if widget.key and widget.key.startswith("save-")]
    assert all(widget.disabled for widget in page.app.text_input)


def test_the_lead_department_sees_first_what_it_did_not_give_away_and_whose_the_rest_is(office, ours):
    page = Page(office, COORDINATOR, navigation.LOCAL)
    page.type("button_group", "local-clause", "六（二）")
    assert "crimes_struck" not in judged_in(page)
    page.type("button_group", "local-scope", "everyone")
    assert "分工：甲县公安局" in page.text
    assert judged_in(page)["crimes_struck"] is False


def test_the_workbench_says_how_much_of_ones_own_is_left_and_leads_there(office, ours):
    page = Page(office, DEPARTMENT, navigation.WORKBENCH)
    assert "地方文件对照中由本部门填的 1 项，还有 1 项待填" in " ".join(page.text.split())
    snapshot = opened(office)
    target = Target("local", CRIMES)
    body = {"fulfilled": True, "reason": "已部署"}
    save(office, snapshot.person, snapshot.record.id, [Edit(target, body, snapshot.version(target))], now())
    page.run()
    assert "由本部门填的 1 项" not in page.text
    assert "由本部门填的" not in Page(office, GOVERNMENT, navigation.WORKBENCH).text


def test_the_lead_departments_own_is_one_number_on_both_pages_and_says_what_it_is_made_of(office, ours):
    page = Page(office, COORDINATOR, navigation.LOCAL)
    scope = next(widget for widget in page.app.get("button_group") if "local-scope" in widget.key)
    number = next(option.split()[1] for option in scope.options if option.startswith("我部门"))
    made_of = re.search(rf"我部门 {number} 项：由本部门填的 (\d+) 项，取自指标和县情、不用另填的 (\d+) 项", page.text)
    assert int(made_of[1]) + int(made_of[2]) == int(number)
    workbench = " ".join(Page(office, COORDINATOR, navigation.WORKBENCH).text.split())
    assert made_of[0] in workbench


# --- 分工 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sharing(office) -> Page:
    snapshot = opened(office)
    assign_commitments(office, snapshot, assigned_commitments(snapshot), [], now())
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    page.type("button_group", "assign-what", "地方文件")
    return page


def assigned(office) -> dict[str, tuple[str, ...]]:
    return assigned_commitments(opened(office))


def test_the_table_shows_each_commitment_with_the_documents_suggestion(sharing):
    for words in ("已分配 0/98 项", "建议的依据", "本项原文写明", "责任单位：民政部门、同级政府财政"):
        assert words in sharing.text


def test_a_whole_clause_is_given_out_and_taken_back(office, sharing):
    schooling = next(widget for widget in sharing.app.multiselect if widget.label == "按条款")
    whole = next(option for option in schooling.options if option.startswith("五（三）"))
    sharing.type("multiselect", "|what|", [whole])
    sharing.type("multiselect", "|units|", ["甲县教育局"])
    sharing.press("save-local-assignment")
    assert len(assigned(office)) == 19  # 五（三）的20项中，一项读自指标
    assert set(assigned(office).values()) == {("甲县教育局",)}
    assert "分配给了没有账号的部门：甲县教育局（19 项）" in sharing.text
    sharing.type("multiselect", "|what|", [whole])
    sharing.press("save-local-assignment")
    assert assigned(office) == {}


def test_what_is_suggested_to_one_department_is_given_out_together(office, sharing):
    sharing.type("button_group", "|kind", "按建议的部门")
    by_unit = next(widget for widget in sharing.app.multiselect if widget.label == "按建议的部门")
    police = next(option for option in by_unit.options if "甲县公安局" in option)
    sharing.type("multiselect", "|what|", [police])
    sharing.type("multiselect", "|units|", ["甲县公安局"])
    sharing.press("save-local-assignment")
    assert CRIMES in assigned(office)
    assert f"（{len(assigned(office))} 项）" in police


def test_one_commitment_is_given_to_two_departments(office, sharing):
    sharing.type("button_group", "|kind", "逐项")
    sharing.type("multiselect", "|what|", ["六（二）　公安部门"])
    sharing.type("multiselect", "|units|", ["甲县公安局", "甲县司法局"])
    sharing.press("save-local-assignment")
    assert assigned(office) == {CRIMES: ("甲县公安局", "甲县司法局")}


def test_suggestions_are_taken_at_one_stroke(office, sharing):
    sharing.press("accept-local-proposals")
    assert assigned(office)[CRIMES] == ("甲县公安局",)
    assert "已保存：按建议分配" in sharing.text
    assert sharing.app.button(key="accept-local-proposals").disabled
    assert "有建议的各项均已分配；没有建议的，请在下面自选部门" in sharing.text


def test_what_the_document_suggests_nobody_for_can_be_seen_alone(sharing):
    strip = next(widget for widget in sharing.app.get("button_group") if "assign-shown" in widget.key)
    counts = dict(option.split() for option in strip.options)
    assert counts["没有分配的"] == counts["全部"] == "98"
    sharing.type("button_group", "assign-shown", "没有建议的")
    table = sharing.html.split("dc-assign-local")[1].split("</table>")[0]
    assert table.count("<blockquote") + table.count("<small>“") == int(counts["没有建议的"])
    assert "本项原文写明" not in table
    sharing.press("accept-local-proposals")
    sharing.type("button_group", "assign-shown", "没有分配的")
    assert sharing.html.split("dc-assign-local")[1].split("</table>")[0].count("<small>“") == int(counts["没有建议的"])


def test_the_county_s_government_reads_the_division_of_work(office):
    page = Page(office, GOVERNMENT, navigation.ASSIGN)
    page.type("button_group", "assign-what", "地方文件")
    assert "本项原文写明" in page.text
    assert not [widget for widget in page.app.button if widget.key == "save-local-assignment"]


# --- an import --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "body", "words"),
    [
        (f"{XUCHANG}/senior_grant", 2000, "2000 元/人·年"),
        (CRIMES, {"fulfilled": False, "reason": "尚未部署"}, "没有做到\n理由：尚未部署"),
        (f"{XUCHANG}/classified_protection", {"done": True, "date": "2018-05"}, "已完成\n日期：2018-05"),
        (LOCAL_POLICIES, [XUCHANG], "许政办〔2017〕38号"),
        (LOCAL_POLICIES, [], "不选"),
    ],
)
def test_a_local_answer_is_told_in_the_words_of_its_field(office, key, body, words):
    forms = StoredForms(office, person(office, COORDINATOR), opened(office), "county")
    assert entry_text(forms, Target("local", key), body) == words
