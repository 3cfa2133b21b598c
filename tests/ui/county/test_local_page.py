"""地方文件对照 on the screen: filled in by clause, read elsewhere where asked already, read only for the others."""

from __future__ import annotations

import pytest

from scoring.submission import Members
from storage.clock import now
from tests.ui.county.local_clauses import CRIMES, XUCHANG, clause_open, is_of, is_shared, judge
from tests.ui.county.pages import COORDINATOR, GOVERNMENT, Page, opened
from tests.ui.seeded import Screen, names, person
from ui import navigation
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from workflow.submission.saving import Edit, save
from workflow.targets import LOCAL_POLICIES, Target
from workflow.words.entries import entry_text

pytestmark = pytest.mark.day_shown

SCHOOLING = "五（三）"


@pytest.fixture
def page(office) -> Page:
    return Page(office, COORDINATOR, navigation.LOCAL)


def open_clause(page: Page, clause: str = SCHOOLING) -> None:
    """One clause, whatever of it is filled in."""
    page.type("button_group", "local-shown", "all")
    page.type("button_group", "local-clause", clause)


def figure(page: Page, commitment: str):
    return next(widget for widget in page.app.text_input if is_of(widget, commitment))


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


def test_each_village_may_be_given_by_name_and_the_least_counts(office, page):
    open_clause(page, "七（二）")
    each = next(widget for widget in page.app.text_area if is_of(widget, "village_director"))
    each.set_value("甲村 1名\n乙村 0")
    page.run()
    page.press(f"save-local/{XUCHANG}/七（二）")
    assert opened(office).content.local.answers[XUCHANG]["village_director"] == Members({"甲村": 1, "乙村": 0})
    assert "2个中最少的 0名（乙村）" in page.text


def answer_all(page: Page) -> str:
    """Fill in everything in sight; the clause that is open."""
    for widget in page.app.radio:
        if names(widget.key)[-1].startswith("local-"):
            widget.set_value(False)
    for widget in page.app.text_input:
        if names(widget.key)[-1].startswith("local-") and not widget.value:
            widget.set_value("2018-05" if widget.key.endswith("-date") else "2000")
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


def test_a_reason_shared_by_several_is_written_to_those_judged_and_to_no_other(office, page):
    page.type("button_group", "local-clause", "七（三）")
    judge(page, "policy_publicity", fulfilled=True)
    shared = next(widget for widget in page.app.text_input if is_shared(widget))
    shared.set_value("许民发〔2017〕9号")
    page.run()
    page.press(f"save-local/{XUCHANG}/七（三）")
    answers = opened(office).content.local.answers[XUCHANG]
    assert answers["policy_publicity"].reason == "许民发〔2017〕9号"
    assert "public_opinion" not in answers


def test_the_shared_reason_of_one_clause_is_not_carried_to_another(page):
    page.type("button_group", "local-clause", "七（三）")
    next(widget for widget in page.app.text_input if is_shared(widget)).set_value("许民发〔2017〕9号")
    page.run()
    page.type("button_group", "local-clause", "七（一）")
    assert not [widget for widget in page.app.text_input if is_shared(widget) and widget.value]


def test_finished_without_a_date_says_so(page):
    open_clause(page, "三")
    choice = next(widget for widget in page.app.radio if is_of(widget, "classified_protection"))
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
    assert "您的另一窗口已先保存" in page.text
    assert opened(office).content.local.answers[XUCHANG]["senior_grant"] == 1700
    page.app.button(key=next(widget.key for widget in page.app.button if widget.key.endswith("-chosen"))).click()
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
    open_clause(page, "五（四）")
    assert "读自指标 3.2.2" in page.text
    assert "row=3.2.2" in page.html
    assert "64/64" in page.text
    assert not [widget for widget in page.app.text_input if is_of(widget, "orphans_placed")]


def test_the_choice_of_documents_is_saved_and_by_default_the_code_decides(office, page):
    own = next(widget for widget in page.app.checkbox if names(widget.key)[-1] == "local-policies-own")
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
    every = page.html.count("<tr")
    assert every > 100
    page.type("button_group", "local-shown", "short")
    assert page.html.count("<tr") < every - 80


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


def test_the_page_asks_nothing_by_itself_what_is_said_and_the_rest_are_folded(office, page):
    folds = {fold.label: fold.proto.expanded for fold in page.app.expander}
    said = next(label for label in folds if "不用另填" in label)
    offered = next(label for label in folds if "想对照的可以逐条填" in label)
    assert (folds[said], folds[offered]) == (False, False)
    inside = next(fold for fold in page.app.expander if fold.label == offered)
    assert inside.get("text_input") or inside.get("radio")
    outside = len(page.app.get("text_input")) - len(inside.get("text_input"))
    assert outside == 0, "no field stands beside the folds"
