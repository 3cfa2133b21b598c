"""暂存 on the workbench and in the forms: found again, saved at once, given up; others see that, never what."""

from __future__ import annotations

import re

import pytest

from storage.clock import now
from tests.ui.county.local_clauses import CRIMES, XUCHANG
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.review.acts import move
from tests.ui.seeded import person, submission
from ui import navigation
from ui.form_keys import FormKey
from ui.typed import TypedText, hear_typed, put_down
from workflow.submission.assigning import assignments

pytestmark = pytest.mark.day_shown
ROW = "3.3.2"
NOTE = "结算系统按月导出，尚未核对"


@pytest.fixture
def typed(office) -> Page:
    """The coordinator has typed in a row, in 县情 and a new document, and closed the window."""
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    page.type("text_area", f"answer|{ROW}|note", NOTE)
    page.go(navigation.FACTS)
    page.type("text_input", "fact-villages-value", "97")
    page.go(navigation.REGISTER)
    page.field("selectbox", "evidence-+-kind").select("minutes")
    page.type("text_input", "evidence-+-title", "会议纪要")
    page.close()
    return page


def test_what_was_typed_stands_in_its_field_again_and_says_since_when(office, typed):
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    assert page.field("text_area", f"answer|{ROW}|note").value == NOTE
    assert "暂存、尚未提交的内容" in page.text
    assert "有尚未保存的修改" in page.text
    assert opened(office).content.answers[ROW].note != NOTE


def test_given_up_it_is_gone_for_good(office, typed):
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    page.press(f"drop-{ROW}")
    assert page.field("text_area", f"answer|{ROW}|note").value != NOTE
    page.close()
    again = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    assert again.field("text_area", f"answer|{ROW}|note").value != NOTE
    assert "暂存、尚未提交" not in again.text


def test_the_workbench_lists_them_and_saves_them_all_with_a_line_each(office, typed):
    page = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "<b>3</b> 处填写后没有保存的内容" in page.html
    assert NOTE not in page.text
    page.press("drafts|save")
    for line in (f"指标 {ROW}：已保存", "县情：已保存", "（未附文件）：已保存"):
        assert line in page.text, page.text
    content = opened(office).content
    assert (content.answers[ROW].note, content.facts["villages"]) == (NOTE, 97)
    assert "会议纪要" in {item.title for item in content.evidence.values()}
    assert "处填写后没有保存" not in page.text


def test_a_clause_and_assignments_are_saved_with_the_rest_and_a_move_is_left_to_its_place(office):
    page = Page(office, COORDINATOR, navigation.LOCAL)
    page.type("text_input", "|date", "2018-05")
    page.go(navigation.ASSIGN)
    page.type("multiselect", "assignment|+|rows", ["1.1.1"])
    page.type("multiselect", "assignment|+|units", ["甲县公安局"])
    page.type("button_group", "assign-what", "地方文件")
    page.type("button_group", "assign-local|kind", "逐项")
    page.type("multiselect", f"local/{XUCHANG}/+|what", ["六（二）　公安部门"])
    page.type("button_group", "assign-what", "部门名单")
    page.type("text_input", "department/+|name", "甲县档案局")
    page.close()
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    bench.type("text_area", "move|withdraw|reason", "本批次不再申报")
    bench.close()
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "办理的理由须由您当场决定，不随“全部保存”办理，请到原处办理。" in bench.text
    assert "全部保存（4 处）" in bench.text
    bench.press("drafts|save")
    for line in (
        "地方文件 三：已保存",
        "分工：已保存",
        "分工（部门名单）：已保存",
        "分工（地方文件）：没有保存。没有选部门",
    ):
        assert line in bench.text, bench.text
    after = opened(office)
    assert any(getattr(a, "date", None) == "2018-05" for a in after.content.local.answers[XUCHANG].values())
    assert assignments(after)["1.1.1"] == ("甲县公安局",)
    assert "<b>2</b> 处填写后没有保存的内容" in bench.html
    bench.close()
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    page.type("button_group", "assign-what", "地方文件")
    page.type("multiselect", f"local/{XUCHANG}/+|units", ["甲县公安局"])
    page.close()
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    bench.press("drafts|save")
    assert "分工（地方文件）：已保存" in bench.text
    assert "甲县公安局" in assignments(opened(office))[CRIMES]
    assert not bench.has("button", "drafts|save")


def test_what_cannot_be_saved_says_why_and_stays(office):
    page = Page(office, COORDINATOR, navigation.FACTS)
    page.type("text_input", "fact-villages-value", "九十七")
    page.close()
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    bench.press("drafts|save")
    assert "县情：没有保存" in bench.text
    assert "不是数字" in bench.text
    assert "<b>1</b> 处填写后没有保存的内容" in bench.html


def test_what_has_been_shut_since_is_not_saved_says_why_and_can_be_read(office, typed):
    record = submission(office, "甲县")
    with office.store.write("scene", record.state_since) as tx:
        tx.moves.add(record.id, move="hand_over", to_state="awaiting_government", expected_version=record.version)
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    bench.press("drafts|save")
    for what in (f"指标 {ROW}", "县情", "新登记的材料"):
        assert re.search(f"{what}：没有保存。申报现处于“待县政府意见”环节", bench.text), bench.text
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    assert NOTE in [shown.value for shown in page.app.code]


def test_an_identity_number_does_not_lie_in_the_store_and_the_page_says_so(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    page.type("text_area", f"answer|{ROW}|note", "身份证11010519491231002X")
    assert "没有暂存" in page.text
    page.close()
    again = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    assert "11010519491231002X" not in again.field("text_area", f"answer|{ROW}|note").value


def test_of_two_windows_each_keeps_its_own_and_shows_the_other_s(office):
    first, second = (Page(office, COORDINATOR, navigation.ASSESS, row=ROW) for _ in range(2))
    first.type("text_area", f"answer|{ROW}|note", "第一个窗口里写的")
    second.type("text_area", f"answer|{ROW}|note", "第二个窗口里写的")
    second.run()
    assert any("您在另一个窗口或另一台设备上" in widget.label for widget in second.app.expander)
    assert any("第一个窗口里写的" in widget.value for widget in second.app.text)
    second.press("|take")
    assert second.field("text_area", f"answer|{ROW}|note").value == "第一个窗口里写的"


def test_the_coordinator_sees_that_a_department_types_and_never_what(office):
    snapshot = opened(office, DEPARTMENT)
    own = next(iter(sorted(snapshot.context.assigned)))
    page = Page(office, DEPARTMENT, navigation.ASSESS, row=own)
    page.type("text_area", f"answer|{own}|note", "公安局的未完稿")
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "下列部门还有没有保存的内容" in bench.text
    assert own in bench.text
    assert "公安局的未完稿" not in bench.text
    other = Page(office, COORDINATOR, navigation.ASSESS, row=own)
    assert "公安局的未完稿" not in other.text
    assert submission(office, "甲县").id == snapshot.record.id


def test_a_file_the_browser_did_not_send_is_asked_for_by_name_and_nothing_is_saved(office):
    page = Page(office, COORDINATOR, navigation.REGISTER)
    page.type("text_input", "evidence-+-title", "会议纪要")
    field = page.field("text_input", "evidence-+-title")
    key = str(FormKey.parse(field.key)._replace(field="file"))
    hear_typed(person(office, COORDINATOR).account_id, page.app.session_state["tab"], [TypedText(key, "六十兆.pdf", 1)])
    before = len(opened(office).content.evidence)
    page.press("save-document")
    assert "您选择的文件“六十兆.pdf”没有上传" in page.text
    assert "已保存" not in page.text
    assert len(opened(office).content.evidence) == before
    page.press("drop-document")
    page.type("text_input", "evidence-+-title", "会议纪要")
    page.field("selectbox", "evidence-+-kind").select("minutes")
    page.press("save-document")
    assert len(opened(office).content.evidence) == before + 1


def test_a_draft_of_what_no_release_knows_is_told_and_given_up(office):
    """Forged, or of an earlier release."""
    somebody, number = person(office, COORDINATOR), submission(office, "甲县").id
    hear_typed(
        somebody.account_id, "elsewhere", [TypedText(str(FormKey(f"s{number}", "zzz", ROW, 0, 0, "x")), NOTE, 1)]
    )
    put_down(somebody, "elsewhere", now())
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "现在没有的一栏" in bench.text
    bench.press("|zzz|3.3.2|elsewhere")
    assert "没有保存的内容" not in bench.text


def test_what_was_not_saved_before_it_was_shut_can_be_read_and_copied(office, typed):
    move(office, COORDINATOR, submission(office, "甲县"), "withdraw", reason="本县本批次不再申报示范县")
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    assert any(NOTE in widget.value for widget in page.app.code)
    assert "没有写入" in page.text
    next(widget for widget in page.app.button if (widget.key or "").startswith("left|")).click()
    page.run()
    assert not any(NOTE in widget.value for widget in page.app.code)
