"""补正 on the county's pages: what is left is listed, may be explained in place, and holds the submission back."""

from __future__ import annotations

import pytest

from storage.clock import now
from tests.ui.county.pages import Page, opened
from tests.ui.review.acts import explain_items, move, released_again
from tests.ui.seeded import person, submission
from ui import navigation
from ui.form_keys import FormKey, for_submission
from workflow.drafting.drafts import DraftChange, keep
from workflow.states import State

pytestmark = pytest.mark.day

WHO = "bingqu_minzheng"
NARRATIVE, DIRECTORS = "3", "2"


@pytest.fixture
def page(office) -> Page:
    return Page(office, WHO, navigation.WORKBENCH)


def explain(page: Page, item: str, words: str) -> None:
    page.type("text_area", f"correction|1/{item}|explanation", words)
    saves = [widget for widget in page.app.button if widget.key and f"correction|{item}|bench|save" in widget.key]
    assert len(saves) == 1
    saves[0].click()
    page.run()


def test_the_items_left_are_counted_and_named_and_the_move_is_held_back(page):
    assert "已补正或说明 1/3 项" in page.text
    assert "还没有改动、也没有说明的：第 2 项、第 3 项" in page.text
    assert page.field("button", "move-hand_over").disabled
    assert "退回补正第 2 项（指标 5.3.2）没有改动，也没有说明" in page.text


def test_what_needs_no_change_is_explained_in_place_and_then_it_may_go(office, page):
    explain(page, DIRECTORS, "2个社区已并入城关社区，花名册齐全，无须改动。")
    assert "已保存：第 2 项的说明" in page.text
    assert "已补正或说明 2/3 项" in page.text
    explain(page, NARRATIVE, "")
    assert "请先写明情况" in page.text
    assert page.at_fault == {f"correction|1/{NARRATIVE}|explanation"}
    assert "已补正或说明 2/3 项" in page.text
    explain(page, NARRATIVE, "两处数量口径不同，均属实。")
    assert "已补正或说明 3/3 项" in page.text
    page.press("move-hand_over")
    assert opened(office, WHO, "丙区").state is State.AWAITING_GOVERNMENT


def test_the_row_s_own_page_takes_the_same_explanation(office):
    page = Page(office, WHO, navigation.ASSESS, s=str(submission(office, "丙区").id), row="5.3.2")
    assert "退回补正第 2 项" in page.text
    page.type("text_area", "correction|1/2|explanation", "花名册已在材料中，人数齐全。")
    next(widget for widget in page.app.button if widget.key and "correction|2|row|save" in widget.key).click()
    page.run()
    assert [correction.explanation for correction in opened(office, WHO, "丙区").corrections] == [
        "",
        "花名册已在材料中，人数齐全。",
        "",
    ]
    assert "县级说明：花名册已在材料中，人数齐全。" in page.text


def test_a_refused_explanation_stays_in_its_field(office, page):
    explain(page, DIRECTORS, "监护人电话13812345678")
    assert "手机号码" in page.text
    assert not opened(office, WHO, "丙区").corrections[1].explanation
    field = page.field("text_area", f"correction|1/{DIRECTORS}|explanation")
    assert field.value == "监护人电话13812345678"


def test_an_explanation_left_unsaved_is_saved_from_the_workbench_or_shown_when_its_return_is_over(office, page):
    page.type("text_area", f"correction|1/{DIRECTORS}|explanation", "花名册已在材料中，人数齐全。")
    page.close()
    bench = Page(office, WHO, navigation.WORKBENCH)
    assert f"退回补正第 {DIRECTORS} 项的说明（" in bench.text
    bench.press("drafts|save")
    assert f"退回补正第 {DIRECTORS} 项的说明：已保存" in bench.text
    assert opened(office, WHO, "丙区").corrections[1].explanation == "花名册已在材料中，人数齐全。"
    who = person(office, WHO)
    key = FormKey(for_submission(submission(office, "丙区").id), "correction", "7/1", 0, 0, "explanation")
    keep(office, who, "x", [DraftChange(key, "早先退回的说明")], now())
    bench = Page(office, WHO, navigation.WORKBENCH)
    assert any("早先退回的说明" in shown.value for shown in bench.app.code)
    assert not bench.has("button", "drafts|save")
    bench.press("correction|7/1|x")
    assert "早先退回的说明" not in "".join(shown.value for shown in bench.app.code)


def test_of_two_explanations_the_later_is_a_conflict_with_both_texts(office, page):
    other = Page(office, WHO, navigation.WORKBENCH)
    explain(page, DIRECTORS, "第一种说明：口径按统计年报。")
    explain(other, DIRECTORS, "第二种说明：口径按民政台账。")
    assert opened(office, WHO, "丙区").corrections[1].explanation == "第一种说明：口径按统计年报。"
    assert "第一种说明：口径按统计年报。" in other.text


@pytest.mark.parametrize("place", [navigation.WORKBENCH, navigation.GOVERNMENT], ids=lambda page: page.title)
def test_the_government_signing_again_sees_what_was_asked_and_what_the_county_did(office, place):
    record = submission(office, "丙区")
    reasons = [item.reason for item in opened(office, WHO, "丙区").open_return.items]
    explain_items(office, record.id)
    move(office, WHO, record, "hand_over")
    page = Page(office, "bingqu_zhengfu", place, **({} if place is navigation.WORKBENCH else {"s": str(record.id)}))
    for words in (*reasons, "第 1 次退回补正", "改动前", "改动后", "说明：已逐项核对，无须改动。"):
        assert words in page.text, words
    assert "退回补正后县里改动了 1 处、书面说明了 2 项，列明的 3 项中已办理 3 项" in page.text
    assert "请核对后再出具意见并上报" in page.text


def test_before_the_county_hands_over_and_after_release_the_government_is_not_asked_to_look(office):
    assert "请核对后再出具意见" not in Page(office, "bingqu_zhengfu", navigation.WORKBENCH).text
    released_again(office)
    assert "请核对后再出具意见" not in Page(office, "bingqu_zhengfu", navigation.WORKBENCH).text


def test_the_way_so_far_says_how_much_a_return_asked_and_by_when(page, office):
    due = opened(office, WHO, "丙区").open_return.due
    assert f"须补正 3 项；期限 {due.isoformat()}" in page.text


def test_while_others_mend_the_government_is_told_what_it_waits_for_and_by_when(office):
    bench = Page(office, "bingqu_zhengfu", navigation.WORKBENCH)
    assert "由县级民政部门逐项办理后，再送县级人民政府" in bench.text
    assert "补正期限" in bench.text
    assert "请于" not in bench.text
    here = Page(office, "bingqu_zhengfu", navigation.GOVERNMENT)
    assert "市级已退回补正：列明 3 项，县级民政部门已补正或说明 1 项" in here.text
    assert "届时在这里重新出具意见" in here.text
    assert "此项内容已不能修改" not in here.text


def test_before_anything_is_handed_over_the_government_is_told_whose_turn_it_is(office):
    assert "县级民政部门正在填报" in Page(office, "jiaxian_zhengfu", navigation.GOVERNMENT).text


def test_who_handed_it_over_reads_that_the_government_is_at_work_and_the_government_what_to_do(office):
    record = submission(office, "丙区")
    explain_items(office, record.id)
    move(office, WHO, record, "hand_over")
    request = "请核对后再出具意见并上报"
    assert request in Page(office, "bingqu_zhengfu", navigation.WORKBENCH).text
    mine = Page(office, WHO, navigation.WORKBENCH)
    assert "等待县级人民政府核对、出具意见并上报" in mine.text
    assert request not in mine.text
    row = Page(office, WHO, navigation.ASSESS, row="3.3.2")
    assert "需要改动的，须按程序退回后再改" in row.text
