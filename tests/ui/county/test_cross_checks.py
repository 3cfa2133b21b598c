"""Figures at odds and documents cited twice are told at both their places, and no longer once one is mended."""

from __future__ import annotations

import pytest

from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page, opened
from tests.ui.seeded import person, submission
from ui import navigation
from workflow.office import Office
from workflow.submission.saving import Edit, save
from workflow.targets import Target

pytestmark = pytest.mark.day_shown

SAID = "指标 3.4.1“农村留守儿童学生总数” 4020人，多于县情“农村留守儿童数” 2000人"
TARGET = Target.fact("left_behind_children")


def save_fact(office: Office, value: int) -> None:
    """甲县's coordinator saves the number of left-behind children."""
    version = opened(office).version(TARGET)
    edit = Edit(TARGET, value, version)
    save(office, person(office, COORDINATOR), submission(office, "甲县").id, [edit], now())


@pytest.fixture
def at_odds(office: Office) -> Office:
    """甲县 with fewer left-behind children than left-behind pupils."""
    save_fact(office, 2000)
    return office


def test_the_county_is_told_at_the_row_and_at_the_facts(at_odds):
    for page, query in ((navigation.ASSESS, {"row": "3.4.1"}), (navigation.FACTS, {})):
        shown = Page(at_odds, COORDINATOR, page, **query)
        assert "互核提醒" in shown.text
        assert SAID in shown.text


def test_a_row_that_is_not_concerned_says_nothing(at_odds):
    shown = Page(at_odds, COORDINATOR, navigation.ASSESS, row="3.4.2")
    assert "互核提醒" not in shown.text


def test_the_county_government_reads_it_with_the_result_and_the_verdict_stands(at_odds):
    shown = Page(at_odds, GOVERNMENT, navigation.GOVERNMENT)
    assert SAID in shown.text
    reasons = shown.html.split("尚不符合申报条件的原因在")[1].split("</dl>")[0]
    assert "3.3.2" in reasons
    assert "3.4.1" not in reasons


def test_what_two_standards_ask_is_told_once(office):
    version = opened(office).version(Target.fact("villages"))
    edit = Edit(Target.fact("villages"), 98, version)
    save(office, person(office, COORDINATOR), submission(office, "甲县").id, [edit], now())
    assert Page(office, COORDINATOR, navigation.FACTS).text.count("两档合计应等于") == 1


def test_mended_it_is_gone(at_odds):
    save_fact(at_odds, 4286)
    shown = Page(at_odds, COORDINATOR, navigation.FACTS)
    assert "互核提醒" not in shown.text


def test_a_department_is_not_led_to_what_others_answer(at_odds):
    shown = Page(at_odds, DEPARTMENT, navigation.FACTS)
    assert SAID in shown.text
    assert "指标 3.4.1由其他部门填报" in shown.text.replace("\\", "")


def cite(office: Office, row: str, requirement: str, document: str) -> None:
    """甲县's coordinator cites one document, and no other, at one requirement of a row."""
    snapshot = opened(office)
    target = Target.answer(row)
    body = dict(snapshot.entries[target].body)
    body["evidence"] = {**body.get("evidence", {}), requirement: [document]}
    save(
        office,
        person(office, COORDINATOR),
        submission(office, "甲县").id,
        [Edit(target, body, snapshot.version(target))],
        now(),
    )


def test_a_training_cited_in_two_rows_is_told_at_both_with_the_way_to_the_other(office):
    cite(office, "5.4.1", "training_documents", "E58")
    cite(office, "5.2.2", "training_records", "E58")
    for row, other in (("5.4.1", "5.2.2"), ("5.2.2", "5.4.1")):
        shown = Page(office, COORDINATOR, navigation.ASSESS, row=row)
        assert "材料 E58“" in shown.text
        assert "和指标 5.2.2“家庭教育指导培训通知、签到和课件清单（每次一条）”的材料" in shown.text
        assert "汇编材料请在说明中写明各次的页码" in shown.text
        assert f"去指标 {other}" in [widget.label for widget in shown.app.get("page_link")]
    cite(office, "5.4.1", "training_documents", "E63")
    assert "互核提醒" not in Page(office, COORDINATOR, navigation.ASSESS, row="5.2.2").text


def test_it_is_told_beside_the_save_that_caused_it(office):
    page = Page(office, COORDINATOR, navigation.FACTS)
    assert "这里所填与别处不符" not in page.text
    page.type("text_input", "fact-left_behind_children-", "2000")
    page.press("save-facts")
    after = page.text.split("这里所填与别处不符")[1]
    assert SAID in after
    assert page.text.count(SAID) == 1
    assert "（本工具互核）" not in page.text
    assert page.text.count("本工具提出，不影响结论") == 1
    assert SAID in Page(office, COORDINATOR, navigation.FACTS).text
    row = Page(office, COORDINATOR, navigation.ASSESS, row="3.4.1")
    assert "这里所填与别处不符" not in row.text


def test_a_save_of_the_facts_says_in_one_list_what_is_open_or_at_odds(office):
    page = Page(office, COORDINATOR, navigation.FACTS)
    assert "甲县县情" in page.text
    assert "乡镇数、街道数合计 10 个" in page.text
    page.type("text_input", "fact-villages_under_100-", "33")
    page.type("text_input", "fact-population-", "")
    page.type("text_input", "fact-many_disabled_children-reason", "")
    page.press("save-facts")
    listed = page.html.split("县情还有 3 处没有填或者不相符")[1].split("</ul>")[0]
    for words in ("“总人口”还没有填", "“残疾儿童较多”还没有写判断理由", "两档合计应等于村与社区合计"):
        assert listed.count(words) == 1
    assert page.text.count("两档合计应等于村与社区合计") == 1


@pytest.mark.parametrize(("who", "page"), [(COORDINATOR, navigation.WORKBENCH), (GOVERNMENT, navigation.GOVERNMENT)])
def test_who_hands_it_on_is_reminded_and_not_kept_from_it(at_odds, who, page):
    shown = Page(at_odds, who, page)
    assert "还有 1 条互核提醒" in " ".join(shown.text.split())
    assert SAID in shown.text
    save_fact(at_odds, 4286)
    assert "条互核提醒" not in Page(at_odds, who, page).text
