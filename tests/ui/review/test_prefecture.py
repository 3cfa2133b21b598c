"""市级基础评价 as the prefecture's reviewer works with it."""

from __future__ import annotations

import pytest

from scoring.submission import Finding
from storage.clock import now
from tests.instant import DAY
from tests.ui.review.acts import find, move, released_again
from tests.ui.seeded import Screen, person, submission
from workflow.states import State
from workflow.submission.snapshot import open_submission
from workflow.words.changes import changed_lines

pytestmark = pytest.mark.day

SCREEN = "basic_appraisal"


def opened(office, username="yanshizhou", county="丁市"):
    return open_submission(office, person(office, username), submission(office, county).id)


@pytest.fixture
def screen(office) -> Screen:
    """丁市 waits for the prefecture; 21 rows are found."""
    return Screen(office, "yanshizhou", SCREEN)


def test_the_page_opens_on_the_submission_that_waits_with_its_progress(screen):
    for words in ("丁市", "市级基础评价", "已认定 21/48", "尚余 27 项", "演示数据", "考察推荐截止"):
        assert words in screen.text


def test_a_row_shows_statement_figures_claim_judgements_and_evidence(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="3.3.2")
    row = opened(office).standards[0].row("3.3.2")
    for words in (row.statement, "73.8%", "县级自评", "所附材料", "封顶线由3万元提高到5万元", "结算汇总未附分月明细"):
        assert words in screen.text


def test_a_finding_is_saved_with_its_methods_and_date_and_says_so(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="4.2.1")
    screen.fill("radio", "|finding", "met")
    screen.fill("checkbox", "|document_review", value=True)
    screen.press("|4.2.1|save")
    finding = opened(office).content.findings["prefecture"]["4.2.1"]
    assert (finding.finding, finding.methods) == ("met", ("document_review",))
    assert finding.date is not None
    assert "已保存：指标 4.2.1的认定" in screen.text
    assert "已认定 22/48" in screen.text


def test_a_finding_saved_again_as_it_stands_is_told_to_be_unchanged(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="3.3.2")
    screen.press("|3.3.2|save")
    assert "没有改动，未另存：" in screen.text


def test_saving_and_going_on_opens_the_next_row_without_a_finding(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="4.2.1")
    screen.fill("radio", "|finding", "met")
    screen.press("|4.2.1|next")
    assert screen.app.query_params["row"] in ("4.2.2", ["4.2.2"])
    assert "指标 4.2.2（" in screen.text
    assert "已保存：指标 4.2.1的认定" in screen.text


def test_met_against_what_is_computed_is_told_in_scorings_words_before_it_is_saved(office):
    record = submission(office, "丁市")
    find(office, record.id, "3.3.2", Finding("needs_correction", reason="请补充分月的结算明细", date=DAY))
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id), row="3.3.2")
    screen.fill("radio", "|finding", "not_applicable")
    assert "按此认定，本级结论" in screen.text
    assert "数据与自评不符" in screen.text


def test_without_a_conclusion_nothing_is_written(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="4.2.1")
    screen.press("|4.2.1|save")
    assert "请先选择认定结论" in screen.text
    assert "4.2.1" not in opened(office).content.findings["prefecture"]


def test_an_identity_number_in_a_reason_is_refused_and_the_text_stays(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="4.2.1")
    screen.fill("radio", "|finding", "needs_correction")
    screen.fill("text_area", "|reason", "见11010519491231002X的材料")
    screen.press("|4.2.1|save")
    assert "公民身份号码" in screen.text
    assert screen.field("text_area", "|reason").value == "见11010519491231002X的材料"
    assert "4.2.1" not in opened(office).content.findings["prefecture"]


def test_a_finding_is_taken_back(office):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="1.1.1")
    screen.press("|1.1.1|undo")
    assert "1.1.1" not in opened(office).content.findings["prefecture"]
    assert "已认定 20/48" in screen.text


def test_a_row_in_the_words_of_before_anothers_save_is_still_that_row(office):
    """A browser sends the chooser's words as it drew them; another's save has put others in their place."""
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, "丁市").id), row="4.2.1")
    (chooser,) = (box for box in screen.app.selectbox if box.label == "选择指标")
    chooser.options.append("4.2.2 强制报告② 计算：达标 在此之前的字样")
    chooser.set_value(chooser.options[-1])
    screen.run()
    assert "指标 4.2.2" in screen.text
    (shown,) = (box for box in screen.app.selectbox if box.label == "显示")
    shown.options.append("未认定（999）")
    shown.set_value("未认定（999）")
    screen.run()
    assert next(box.value for box in screen.app.selectbox if box.label == "显示") == "未认定"
    assert not screen.app.exception


def test_a_row_that_leaves_the_filter_stays_open_and_the_one_after_a_vanished_next_is_opened(office):
    record = submission(office, "丁市")
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id), row="4.2.1")
    (shown,) = (box for box in screen.app.selectbox if box.label == "显示")
    shown.select("未认定")
    screen.run()
    wrong = Finding("needs_correction", reason="缺派出所的出警记录", date=DAY)
    find(office, record.id, "4.2.1", wrong)
    screen.run()
    assert "指标 4.2.1" in screen.text, "another found the row that is open"
    (chooser,) = (box for box in screen.app.selectbox if box.label == "选择指标")
    after = [option.partition(" ")[0] for option in chooser.options]
    following, beyond = after[after.index("4.2.1") + 1 :][:2]
    find(office, record.id, following, wrong)
    screen.press("|forward")
    assert f"指标 {beyond}" in screen.text


@pytest.mark.parametrize("choice", ["chosen", "theirs"])
def test_two_reviewers_on_one_row_see_both_texts_and_lose_neither(office, choice):
    record = submission(office, "丁市")
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id), row="4.2.1")
    screen.fill("radio", "|finding", "met")
    screen.fill("text_area", "|reason", "现场看过台账")
    find(office, record.id, "4.2.1", Finding("needs_correction", reason="缺派出所的出警记录", date=DAY))
    screen.press("|4.2.1|save")
    assert "没有保存：您打开本页以后，您的另一窗口已先保存" in screen.text
    choices = [box.label for box in screen.app.radio if box.label.endswith("用谁的")]
    assert len(choices) == 1, "the conclusion and its reason are chosen as one"
    assert "认定结论和理由" in choices[0]
    assert "现场看过台账" in screen.text
    assert "缺派出所的出警记录" in screen.text
    screen.press(f"4.2.1-{choice}")
    finding = opened(office).content.findings["prefecture"]["4.2.1"]
    assert finding.reason == {"chosen": "现场看过台账", "theirs": "缺派出所的出警记录"}[choice]
    assert not screen.has("button", "4.2.1-chosen")


def test_agreeing_rows_are_listed_and_only_the_button_writes_them(office, screen):
    screen.view("agree")
    before = opened(office).content.findings["prefecture"]
    assert "确认写入所列 24 项认定" in screen.text
    screen.fill("checkbox", "confirming|prefecture|methods|document_review", value=True)
    screen.fill("checkbox", "|rows|4.2.2", value=False)
    assert opened(office).content.findings["prefecture"] == before
    screen.press("|agree|write")
    findings = opened(office).content.findings["prefecture"]
    assert len(findings) == len(before) + 23
    assert "4.2.2" not in findings
    assert findings["4.2.1"].methods == ("document_review",)
    assert "23 项认定" in screen.text
    assert "已认定 44/48" in screen.text


def test_the_opinion_is_drafted_from_the_findings_edited_and_saved(office, screen):
    screen.view("opinion")
    assert "丁市人民政府" in screen.text
    screen.press("draft-opinion")
    draft = screen.field("text_area", "|text").value
    assert "3.3.2" in draft
    screen.fill("text_area", "|text", draft + "请补正后再报。")
    assert "有尚未保存的修改" in screen.text
    assert "prefecture" not in opened(office).content.opinions
    screen.press("save-opinion")
    opinion = opened(office).content.opinions["prefecture"]
    assert opinion.text == draft + "请补正后再报。"
    assert opinion.by == "演示州民政局"
    assert "已保存：地市级民政部门推荐意见" in screen.text


def test_recommending_names_every_obstacle_and_cannot_be_pressed(screen):
    screen.view("decide")
    assert "还有 27 项没有认定" in screen.text
    assert "尚未填写地市级民政部门推荐意见" in screen.text
    assert screen.field("button", "|prefecture_recommend").disabled


def test_a_return_is_prefilled_numbered_dated_and_needs_its_words(office, screen):
    screen.view("decide")
    assert screen.field("selectbox", "_return|items|3.3.2|row").value == "3.3.2"
    assert screen.field("text_area", "_return|items|3.3.2|reason").value == "结算汇总未附分月明细"
    screen.press("|return|add")
    screen.fill("selectbox", "_return|items|+1|row", "5.3.2")
    screen.fill("checkbox", "|prefecture_return|sure", value=True)
    screen.press("|prefecture_return")
    assert "第 2 项（指标 5.3.2）：需补正的内容没有写。请写明" in screen.text
    assert screen.at_fault == {"move|prefecture_return|items|+1|reason"}
    assert opened(office).state is State.SUBMITTED
    screen.fill("text_area", "_return|items|+1|reason", "花名册缺两个社区。")
    screen.press("|prefecture_return")
    after = opened(office)
    assert after.state is State.RETURNED
    assert [(item.number, item.row_id) for item in after.open_return.items] == [(1, "3.3.2"), (2, "5.3.2")]
    assert after.open_return.due is not None
    assert "已办理：退回补正" in screen.text


def test_declining_needs_a_reason(office, screen):
    screen.view("decide")
    screen.fill("checkbox", "|prefecture_decline|sure", value=True)
    screen.press("|prefecture_decline")
    assert "理由没有写" in screen.text
    screen.fill("text_area", "|prefecture_decline|reason", "本市推荐名额已经用完。")
    screen.press("|prefecture_decline")
    assert opened(office).state is State.DECLINED


def test_a_reason_waits_until_it_is_given_up_and_being_sure_is_said_anew(office, screen):
    screen.view("decide")
    screen.fill("text_area", "|prefecture_decline|reason", "本市推荐名额已经用完。")
    screen.fill("checkbox", "|prefecture_decline|sure", value=True)
    screen.close()
    again = Screen(office, "yanshizhou", SCREEN)
    again.view("decide")
    assert "不要的，按“放弃修改”" in again.text
    assert again.field("text_area", "|prefecture_decline|reason").value == "本市推荐名额已经用完。"
    assert not again.field("checkbox", "|prefecture_decline|sure").value
    again.press("|prefecture_decline|drop")
    assert again.field("text_area", "|prefecture_decline|reason").value == ""


def test_after_a_return_the_reviewer_sees_what_was_asked_and_what_changed(office):
    record = released_again(office)
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id))
    screen.view("changes")
    sentences = (
        "第 1 次退回补正",
        "下载这次的退回补正通知书（DOCX）",
        "儿童主任花名册缺2个社区",
        "改动前",
        "改动后",
        "退回补正后县里改动了",
    )
    for words in (*sentences, "已改动", "说明：已逐项核对，无须改动。", "下载这次的退回补正通知书（DOCX）"):
        assert words in screen.text
    assert "bingqu_" not in screen.text
    row = Screen(office, "yanshizhou", SCREEN, s=str(record.id), row="5.3.2")
    assert "县级办理：说明：已逐项核对，无须改动。" in row.text


def test_an_unrequested_change_is_labelled_and_filtered_until_the_row_is_found_on(office):
    record = submission(office, "丙区")
    with office.store.write("bingqu_minzheng", now()) as tx:
        entry = tx.entries.get(record.id, "answer", "1.1.1")
        tx.entries.put(record.id, "answer", "1.1.1", {**entry.body, "note": "另外改了一处"}, entry.version)
        if (found := tx.entries.get(record.id, "finding.prefecture", "1.1.1")) is not None:
            tx.entries.remove(record.id, "finding.prefecture", "1.1.1", found.version)
    record = released_again(office)
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id), row="1.1.1")
    assert "通知没有要求的改动有 1 处本级还没有看过" in screen.text
    assert "退回通知没有列这一项，县里改动了：指标 1.1.1" in screen.text
    screen.fill("selectbox", "|filter", "未要求的改动")
    assert screen.has("selectbox", "|row|1.1.1|1")
    screen.view("changes")
    screen.field("button_group", "|changes|filter").set_value("其中本级没有看过的")
    screen.run()
    assert not screen.has("button", "|changed|1")
    find(office, record.id, "1.1.1", Finding("met", date=DAY), "prefecture")
    again = Screen(office, "yanshizhou", SCREEN, s=str(record.id), view="changes")
    assert "未要求的改动（本级已看过）" in again.text
    assert "本级还没有看过" not in again.text


def test_from_a_change_one_goes_to_its_row_whatever_was_filtered(office):
    record = released_again(office)
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id))
    screen.fill("selectbox", "|filter", "需补正")
    screen.view("changes")
    screen.press("|changed|0")
    assert screen.has("button", "|3.3.2|save")


def test_a_change_shows_the_changed_parts_alone_and_of_a_long_text_the_changed_portion():
    long = "甲" * 150
    before = [("说明", f"{long}三次{long}"), ("材料", "E01"), ("文号", "一号")]
    after = [("说明", f"{long}四次{long}"), ("材料", "E01"), ("日期", "2018-01-02")]
    around = "甲" * 15
    assert changed_lines(before, after) == [
        ("说明", f"……{around}三次{around[1:]}……", f"……{around}四次{around[1:]}……"),
        ("文号", "一号", None),
        ("日期", None, "2018-01-02"),
    ]


def test_a_narrative_as_long_as_it_may_be_is_compared_as_well():
    """The county's text may have 100,000 characters: comparing every run of it with every other would take minutes."""
    narrative = "县级政府主要领导负责。" * 9000
    at = 33_000
    ((_, before, after),) = changed_lines([("内容", narrative)], [("内容", f"{narrative[:at]}新{narrative[at:]}")])
    before_it, behind_it = narrative[at - 15 : at], narrative[at : at + 15]
    assert (before, after) == (f"……{before_it}{behind_it}……", f"……{before_it}新{behind_it}……")


def test_what_is_no_longer_here_is_read_and_not_written(office):
    record = submission(office, "丙区")
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id), row="1.1.1")
    assert not screen.has("button", "|1.1.1|save")
    assert "此项内容已不能修改" in screen.text


@pytest.mark.parametrize("county", ["甲县", "乙县", "戊县", "己县"])
def test_what_was_not_released_or_lies_elsewhere_cannot_be_opened(office, county):
    screen = Screen(office, "yanshizhou", SCREEN, s=str(submission(office, county).id))
    assert "地址中的申报不存在，或不在您的辖区内" in screen.text
    assert county not in screen.html


@pytest.mark.parametrize(
    "username", ["jiaxian_minzheng", "jiaxian_gongan", "jiaxian_zhengfu", "yanshisheng", "guanchayuan", "guanliyuan"]
)
def test_nobody_else_gets_the_page(office, username):
    screen = Screen(office, username, SCREEN)
    assert "本页供市级民政部门（基础评价）使用" in screen.text
    assert not screen.app.button


def test_a_page_left_open_while_a_colleague_decides_writes_nothing_and_says_where_it_stands(office):
    record = submission(office, "丁市")
    screen = Screen(office, "yanshizhou", SCREEN, s=str(record.id))
    screen.view("decide")
    screen.fill("checkbox", "|prefecture_return|sure", value=True)
    move(office, "yanshizhou", record, "prefecture_decline", reason="本市推荐名额已经用完。")
    screen.press("|prefecture_return")
    after = opened(office)
    assert after.state is State.DECLINED
    assert after.open_return is None
    assert "收回不予推荐" in screen.text, "all that is left to do"
