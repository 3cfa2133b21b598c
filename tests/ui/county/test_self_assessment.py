"""自评: verdicts follow each save, nobody overwrites anybody, and only what is one's own and open can be written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.submission import Part
from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.seeded import person, submission
from ui import navigation
from ui.form_keys import FormKey
from workflow.content import bodies_from
from workflow.submission.assigning import assign
from workflow.submission.saving import Edit, save
from workflow.targets import Target

pytestmark = pytest.mark.day_shown

ROW = "3.3.2"
FIGURE = "out_of_pocket_reimbursement"


def assess(office, username=COORDINATOR, row=ROW, county="甲县") -> Page:
    return Page(office, username, navigation.ASSESS, s=str(submission(office, county).id), row=row)


def saved_by_another(office, note: str, figure: Part | None = None) -> None:
    """A colleague saves the row's note, and a figure."""
    snapshot = opened(office)
    target = Target.answer(ROW)
    answer = replace(snapshot.content.answers[ROW], note=note)
    if figure is not None:
        answer = replace(answer, measures={**answer.measures, FIGURE: figure})
    body = bodies_from(replace(snapshot.content, answers={ROW: answer}))[target]
    colleague = replace(person(office, COORDINATOR), username="colleague")
    save(office, colleague, snapshot.record.id, [Edit(target, body, snapshot.version(target))], now())


def note(office) -> str | None:
    return opened(office).content.answers[ROW].note


def test_the_address_opens_the_row_with_its_words_and_units(office):
    shown = assess(office)
    row = opened(office).standards[0].row(ROW)
    assert f"指标 {ROW}" in shown.text
    assert row.statement in shown.text
    assert "牵头：" in shown.text


def test_a_field_tells_what_it_holds_in_every_run(office):
    """Under load the browser may get it from a later run alone: it would show the field empty, and say so."""
    row, opinion = assess(office), Page(office, "yixian_zhengfu", navigation.GOVERNMENT)
    for shown, kinds in (
        (row, ("radio", "selectbox", "multiselect", "checkbox", "text_input", "text_area")),
        (opinion, ("text_input", "text_area", "date_input")),
    ):
        shown.run()
        for kind in kinds:
            fields = [widget for widget in shown.app.get(kind) if FormKey.parse(widget.key or "")]
            assert fields
            for field in fields:
                assert _told(field) == _held(field), field.key


def _told(widget) -> object:
    """What a browser takes a widget to hold that draws it from this run's message."""
    proto = widget.proto
    if widget.type == "date_input":
        return list(proto.value if proto.set_value else proto.default)
    return list(proto.default) if widget.type == "multiselect" else proto.default


def _held(widget) -> object:
    if widget.type == "multiselect":
        return list(widget.indices)
    if widget.type == "date_input":
        return [widget.value.isoformat()]
    return widget.index if widget.type in {"radio", "selectbox"} else widget.value


def test_the_verdict_changes_as_one_types_and_again_says_so_when_saved(office):
    shown = assess(office)
    shown.type("text_input", f"{FIGURE}|numerator", "81.2万元")
    shown.type("text_input", f"{FIGURE}|denominator", "1100000")
    assert "读作 812000元" in shown.text
    assert "读作 1100000元" not in shown.text
    assert "有尚未保存的修改" in shown.text
    assert "若按现在填写的内容保存" in shown.text
    assert opened(office).content.answers[ROW].measures.get(FIGURE) != Part(812000, 1100000)
    shown.press(f"save-{ROW}")
    assert opened(office).content.answers[ROW].measures[FIGURE] == Part(812000, 1100000)
    assert f"已保存：指标 {ROW}的填报（" in shown.text
    assert "结论有变化" in shown.text
    assert "有尚未保存的修改" not in shown.text


def test_a_save_that_changes_nothing_says_so_and_claims_no_save(office):
    shown = assess(office)
    shown.press(f"save-{ROW}")
    assert f"没有改动，未另存：指标 {ROW}的填报" in shown.text
    assert "已保存" not in shown.text


def test_a_reload_keeps_the_place_and_what_was_saved(office):
    shown = assess(office)
    shown.type("text_area", f"answer|{ROW}|note", "结算系统按月导出")
    shown.press(f"save-{ROW}")
    again = assess(office)
    assert note(office) == "结算系统按月导出"
    assert f"指标 {ROW}" in again.text
    assert any(widget.value == "结算系统按月导出" for widget in again.app.text_area)


def test_a_slip_is_told_and_nothing_is_written(office):
    before = opened(office).content
    shown = assess(office)
    shown.type("text_input", f"{FIGURE}|numerator", "八十一万")
    shown.press(f"save-{ROW}")
    assert "不是数字" in shown.text
    assert opened(office).content == before


def test_an_identity_number_is_refused_with_its_reason_and_the_text_stays(office):
    shown = assess(office)
    text = "见 11010519491231002X 的材料"
    shown.type("text_area", f"answer|{ROW}|note", text)
    shown.press(f"save-{ROW}")
    assert "18位公民身份号码" in shown.text
    assert any(widget.value == text for widget in shown.app.text_area)
    assert note(office) != text


class TestTwoWriters:
    @pytest.fixture
    def second(self, office) -> Page:
        """One has typed; another has saved in between; the one saves."""
        shown = assess(office)
        shown.type("text_area", f"answer|{ROW}|note", "我写的说明")
        saved_by_another(office, "他人写的说明")
        shown.press(f"save-{ROW}")
        return shown

    def test_the_second_sees_both_texts_and_nothing_is_lost(self, office, second):
        assert note(office) == "他人写的说明"
        assert "他人已先保存" in second.text
        assert "我写的说明" in second.text
        assert "他人写的说明" in second.text
        assert any(widget.value == "我写的说明" for widget in second.app.text_area)

    def test_keeping_mine_writes_it_over_the_text_that_was_shown(self, office, second):
        second.press("-chosen")
        assert note(office) == "我写的说明"

    def test_taking_theirs_gives_mine_up(self, office, second):
        assert f"放弃我在指标 {ROW}的全部修改" in second.text.replace("\\", "")
        second.press("-theirs")
        assert f"已放弃您在指标 {ROW}的修改，现在显示的是先保存的内容。" in second.text
        assert note(office) == "他人写的说明"
        assert any(widget.value == "他人写的说明" for widget in second.app.text_area)

    def test_each_side_stands_with_its_field_and_the_differing_words_marked(self, second):
        assert '<mark class="dc-first">我' in second.html
        assert '<mark class="dc-second">他人' in second.html
        assert f"指标 {ROW} 说明" in second.text

    def test_theirs_chosen_for_the_field_keeps_ones_other_fields(self, office, second):
        """The note is theirs, the figure typed beside it is one's own."""
        second.press("-theirs")
        second.type("text_area", f"answer|{ROW}|note", "又是我写的")
        second.type("text_input", f"{FIGURE}|numerator", "812000")
        second.type("text_input", f"{FIGURE}|denominator", "1100000")
        saved_by_another(office, "他人又写的说明")
        second.press(f"save-{ROW}")
        second.fill("radio", "|note", "用他人的")
        second.press("-chosen")
        answer = opened(office).content.answers[ROW]
        assert (answer.note, answer.measures[FIGURE]) == ("他人又写的说明", Part(812000, 1100000))
        assert "他人已先保存" not in second.text

    def test_a_third_save_in_between_asks_again_for_its_field_only(self, office, second):
        second.press("-theirs")
        second.type("text_area", f"answer|{ROW}|note", "又是我写的")
        second.type("text_input", f"{FIGURE}|numerator", "812000")
        second.type("text_input", f"{FIGURE}|denominator", "1100000")
        saved_by_another(office, "他人又写的说明", Part(1, 2))
        second.press(f"save-{ROW}")
        second.fill("radio", "|note", "用他人的")
        saved_by_another(office, "他人又写的说明", Part(1, 3))
        second.press("-chosen")
        assert not second.has("radio", "|note")
        assert opened(office).content.answers[ROW].measures[FIGURE] == Part(1, 3)
        second.press("-chosen")
        answer = opened(office).content.answers[ROW]
        assert (answer.note, answer.measures[FIGURE]) == ("他人又写的说明", Part(812000, 1100000))

    def test_what_is_typed_while_choosing_is_neither_saved_over_nor_lost(self, office, second):
        second.type("text_area", f"answer|{ROW}|note", "对照以后又改的")
        assert not second.has("button", "-chosen")
        assert "请再按保存，重新对照" in second.text
        second.press(f"save-{ROW}")
        assert '<mark class="dc-first">对照以后又改的' in second.html
        second.press("-chosen")
        assert note(office) == "对照以后又改的"

    def test_a_third_save_before_the_choice_is_a_conflict_again(self, office, second):
        saved_by_another(office, "第三次保存")
        second.press("-chosen")
        assert note(office) == "第三次保存"
        assert "第三次保存" in second.text


def test_what_another_saved_in_other_fields_stands_beside_ones_own_and_is_told(office):
    shown = assess(office)
    shown.type("text_input", f"{FIGURE}|numerator", "812000")
    shown.type("text_input", f"{FIGURE}|denominator", "1100000")
    saved_by_another(office, "他人写的说明")
    shown.press(f"save-{ROW}")
    answer = opened(office).content.answers[ROW]
    assert (answer.note, answer.measures[FIGURE]) == ("他人写的说明", Part(812000, 1100000))
    assert "与colleague刚保存的内容合并：指标 3.3.2（说明）。" in shown.text


def test_an_untouched_form_follows_what_others_save(office):
    shown = assess(office)
    saved_by_another(office, "他人写的说明")
    shown.run()
    assert any(widget.value == "他人写的说明" for widget in shown.app.text_area)
    assert "有尚未保存的修改" not in shown.text


class TestDepartment:
    @pytest.fixture
    def split(self, office):
        """公安 has 4.1.1 and nothing else."""
        snapshot = opened(office)
        rows = [row.id for row in snapshot.standards[0].rows()]
        units = dict.fromkeys(rows, ()) | {"4.1.1": ("甲县公安局",)}
        assign(office, person(office, COORDINATOR), snapshot.record.id, units, now())

    @pytest.mark.usefixtures("split")
    def test_edits_its_own_rows(self, office):
        shown = assess(office, DEPARTMENT, "4.1.1")
        shown.type("text_area", "answer|4.1.1", "派出所台账")
        shown.press("save-4.1.1")
        assert opened(office).content.answers["4.1.1"].note == "派出所台账"

    def test_helps_with_its_own_figure_only(self, office):
        county, units = opened(office).record.id, ("甲县民政局", "甲县公安局")
        assign(office, person(office, COORDINATOR), county, {ROW: units}, now(), parts={ROW: {units[1]: (FIGURE,)}})
        shown = assess(office, DEPARTMENT)
        assert "您的单位协办本项，只填：" in shown.text
        fields = [FormKey.parse(widget.key) for widget in shown.app.text_input if not widget.disabled]
        writable = {key.field for key in fields if key is not None}
        assert writable == {f"m/{FIGURE}/numerator", f"m/{FIGURE}/denominator"}
        assert all(widget.disabled for widget in shown.app.radio)
        shown.type("text_input", f"m/{FIGURE}/numerator", "812000")
        shown.type("text_input", f"m/{FIGURE}/denominator", "1100000")
        shown.press(f"save-{ROW}")
        assert opened(office).content.answers[ROW].measures[FIGURE] == Part(812000, 1100000)

    @pytest.mark.usefixtures("split")
    def test_sends_back_what_is_not_its_own(self, office):
        shown = assess(office, DEPARTMENT, "4.1.1")
        shown.press("send-back-4.1.1")
        assert "退回分工的理由没有写" in shown.text
        shown.type("text_area", "sent_back|4.1.1", "属教育部门职责，由教育局办")
        shown.press("send-back-4.1.1")
        assert "已退回：4.1.1，由县级民政部门重新分配" in shown.text
        assert "甲县公安局退回，理由：属教育部门职责，由教育局办" in Page(office, COORDINATOR, navigation.ASSIGN).text

    @pytest.mark.usefixtures("split")
    def test_reads_the_rest(self, office):
        shown = assess(office, DEPARTMENT, "4.1.1")
        shown.field("checkbox", "own-rows").uncheck()
        shown.run()
        shown.app.query_params["row"] = ROW
        shown.run()
        assert f"指标 {ROW}" in shown.text
        assert "没有分配给您的部门" in shown.text
        assert "填报内容（只读）" in shown.text
        assert not shown.has("button", f"save-{ROW}")

    def test_without_rows_is_told_so(self, office):
        snapshot = opened(office)
        rows = [row.id for row in snapshot.standards[0].rows()]
        assign(office, person(office, COORDINATOR), snapshot.record.id, dict.fromkeys(rows, ()), now())
        assert "还没有分配给您部门的指标" in assess(office, DEPARTMENT).text


class TestReturned:
    """丙区 has been returned with numbered items."""

    def test_a_named_item_opens_with_its_number_reason_and_date(self, office):
        snapshot = opened(office, "bingqu_minzheng", "丙区")
        item = next(i for i in snapshot.open_return.items if not i.row_id.startswith("form/"))
        shown = assess(office, "bingqu_minzheng", item.row_id, "丙区")
        assert f"退回补正第 {item.number} 项" in shown.text
        assert item.reason in shown.text
        assert snapshot.open_return.due.isoformat() in shown.text
        assert shown.has("button", f"save-{item.row_id}")

    def test_the_workbench_lists_every_item_with_number_reason_and_link(self, office):
        snapshot = opened(office, "bingqu_minzheng", "丙区")
        shown = Page(office, "bingqu_minzheng", navigation.WORKBENCH)
        links = [widget.proto.query_string for widget in shown.app.get("page_link")]
        for item in snapshot.open_return.items:
            assert f"第 {item.number} 项：{item.reason}" in shown.text
            assert item.row_id.startswith("form/") or any(f"row={item.row_id}" in link for link in links)
        assert snapshot.open_return.due.isoformat() in shown.text

    def test_what_was_not_named_is_shut_and_says_why(self, office):
        snapshot = opened(office, "bingqu_minzheng", "丙区")
        named = {item.row_id for item in snapshot.open_return.items}
        other = next(row.id for row in snapshot.standards[0].indicators if row.id not in named)
        shown = assess(office, "bingqu_minzheng", other, "丙区")
        assert "退回补正只开放退回时列明的内容" in shown.text
        assert not shown.has("button", f"save-{other}")


def test_after_handing_over_everything_is_read_only_with_the_reason(office):
    shown = assess(office, "yixian_minzheng", ROW, "乙县")
    assert "待县政府意见" in shown.text
    assert "已不能修改" in shown.text
    assert not shown.has("button", f"save-{ROW}")


def test_another_countys_submission_is_not_opened(office):
    shown = assess(office, COORDINATOR, ROW, "乙县")
    assert "不在您的辖区内" in shown.text
    assert "乙县" not in shown.html


def test_an_unknown_row_in_the_address_opens_the_first(office):
    assert "指标 1.1.1" in assess(office, row="9.9.9").text


def test_at_the_end_of_a_row_one_goes_on_back_and_to_what_is_wanting(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="1.1.1")
    assert page.field("button", "row-back").disabled
    page.press("row-forward")
    assert page.app.query_params["row"] in (["1.1.2"], "1.1.2")
    page.press("row-back")
    assert page.app.query_params["row"] in (["1.1.1"], "1.1.1")
    page.press("row-onward")
    assert page.app.query_params["row"] in (["3.3.2"], "3.3.2")
