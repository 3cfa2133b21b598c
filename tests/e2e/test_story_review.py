"""The reviewers' half of the story, in a browser: found, returned, mended, recommended, visited, printed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from storage.clock import now
from storage.records import SubmissionRecord
from tests.e2e.conftest import Visit, visiting
from tests.ui.review.acts import give_opinion, move
from tests.ui.seeded import office_at, person, submission
from workflow.office import Office
from workflow.states import State
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

pytestmark = pytest.mark.browser
PREFECTURE, PROVINCE = "yanshizhou", "yanshisheng"
COUNTY = "丁市"


def view(visit: Visit, name: str) -> None:
    """Choose a view of the reviewer's page."""
    visit.page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    visit.settle()


def press(visit: Visit, name: str) -> None:
    """Press a button by its words."""
    visit.page.get_by_role("button", name=name, exact=True).click()
    visit.settle()


def decide(visit: Visit, label: str) -> None:
    """Tick the box and press the move."""
    visit.page.get_by_text(f"已核对，确定“{label}”", exact=True).click()
    visit.settle()
    press(visit, label)


def confirm_agreeing(visit: Visit) -> None:
    """Confirm everything listed, by the methods chosen."""
    view(visit, "一并确认")
    rows = visit.page.locator(".st-key-agree-rows")
    for method in ("审阅材料", "听取汇报"):
        rows.get_by_test_id("stCheckbox").get_by_text(method, exact=True).click()
        visit.settle()
    rows.get_by_role("button", name="确认写入所列").click()
    visit.settle()
    expect(visit.page.get_by_role("status").filter(has_text="项认定（")).to_be_visible()


def find_singly(visit: Visit, server: str, page: str, record: SubmissionRecord) -> None:
    """What was returned, or found wanting by any level, is looked at row by row."""
    for row_id in ("3.3.2", "5.3.2"):
        visit.page.goto(f"{server}/{page}?s={record.id}&view=row&row={row_id}")
        expect(visit.page.get_by_role("heading", name=f"指标 {row_id}")).to_be_visible()
        visit.settle()
        visit.page.get_by_test_id("stRadio").get_by_text("达标", exact=True).click()
        visit.settle()
        press(visit, "保存认定")
        expect(visit.page.get_by_role("status").filter(has_text=f"指标 {row_id}的认定")).to_be_visible()


def find_vetoes(visit: Visit) -> None:
    """All in one form, each with the level's own proof: what, where and when it looked."""
    page = visit.page
    page.get_by_label("检索范围和关键词").fill("本县近两年涉及留守、困境儿童的报道和帖文")
    page.get_by_label("检索平台").fill("本市政务舆情系统")
    page.get_by_label("检索结果件数（没有结果的填 0）").fill("0")
    page.get_by_test_id("stRadio").get_by_text("3 项均不存在", exact=True).click()
    visit.settle()
    for veto in ("V1", "V2", "V3"):
        page.get_by_label(f"{veto} 查核情况").fill("到民政、公安两家逐户比对系统和户籍")
    press(visit, "保存一票否决的认定")
    expect(page.get_by_role("status").filter(has_text="一票否决 V1、V2、V3 的认定")).to_be_visible()


def give(visit: Visit) -> None:
    """Draft the opinion and save it."""
    view(visit, "推荐意见")
    press(visit, "按认定生成草稿")
    press(visit, "保存意见")
    expect(
        visit.page.get_by_role("status").filter(has_text=re.compile("已保存：(地市|省)级民政部门推荐意见"))
    ).to_be_visible()


def mended(office: Office) -> SubmissionRecord:
    """The county answers both items and sends it up again."""
    record = submission(office, COUNTY)
    county = person(office, "dingshi_minzheng")
    opened = open_submission(office, county, record.id)
    edits = []
    for row_id in ("3.3.2", "5.3.2"):
        target = Target.answer(row_id)
        body = {**opened.entries[target].body, "note": f"{row_id}已补充分月明细和花名册。"}
        edits.append(Edit(target, body, opened.version(target)))
    save(office, county, record.id, edits, now())
    record = move(office, "dingshi_minzheng", record, "hand_over")
    give_opinion(office, "dingshi_zhengfu", record.id, "county_government")
    return move(office, "dingshi_zhengfu", record, "release")


def returned_by_prefecture(visit: Visit, server: str, record: SubmissionRecord) -> None:
    """One more row wants correcting; the return lists both, and goes out."""
    page: Page = visit.page
    page.goto(f"{server}/appraisal?s={record.id}&view=row&row=5.3.2")
    expect(page.get_by_role("heading", name="指标 5.3.2")).to_be_visible()
    visit.settle()
    page.get_by_test_id("stRadio").get_by_text("需补正", exact=True).click()
    visit.settle()
    page.get_by_label("理由（除与计算结论一致的“达标”外都要写明，不少于8个汉字）").fill("花名册缺两个社区的人员")
    press(visit, "保存认定")
    expect(page.get_by_role("status").filter(has_text="已保存：指标 5.3.2的认定")).to_be_visible()
    view(visit, "办理")
    expect(page.get_by_label("第 1 项需补正的内容")).to_have_value("结算汇总未附分月明细")
    expect(page.get_by_label("第 2 项需补正的内容")).to_have_value("花名册缺两个社区的人员")
    decide(visit, "退回补正")
    expect(page.get_by_role("status").filter(has_text="已办理：退回补正")).to_be_visible()


def test_from_appraisal_through_a_return_to_the_form_with_three_opinions(browser, demonstration):
    server = demonstration.address
    office = office_at(demonstration.var)
    record = submission(office, COUNTY)
    with visiting(browser, server) as prefecture:
        prefecture.pass_the_form(server, PREFECTURE)
        returned_by_prefecture(prefecture, server, record)
        assert [item.row_id for item in _opened(office).open_return.items] == ["3.3.2", "5.3.2"]

        record = mended(office)
        prefecture.page.reload()
        prefecture.settle()
        expect(prefecture.page.get_by_text("退回补正后县里改动了 2 处")).to_be_visible()
        view(prefecture, "退回与改动")
        expect(prefecture.page.get_by_text("3.3.2已补充分月明细和花名册。")).to_be_visible()
        confirm_agreeing(prefecture)
        find_vetoes(prefecture)
        find_singly(prefecture, server, "appraisal", record)
        give(prefecture)
        view(prefecture, "办理")
        decide(prefecture, "推荐报省")
        expect(prefecture.page.get_by_role("status").filter(has_text="已办理：推荐报省")).to_be_visible()
    assert _opened(office).state is State.PREFECTURE_RECOMMENDED

    with visiting(browser, server) as province:
        province.pass_the_form(server, PROVINCE)
        page = province.page
        page.goto(f"{server}/assessment?s={record.id}&view=visits")
        page.get_by_label("地点（每行一处）").fill("城关镇\n河东村儿童之家")
        page.get_by_label("情况记录").fill("查看活动记录，走访三户。")
        page.get_by_label("采用的评估方法").click()
        page.get_by_role("option", name="现场查看", exact=True).click()
        page.keyboard.press("Escape")
        province.settle()
        press(province, "保存记录")
        expect(page.get_by_text("地点：城关镇、河东村儿童之家")).to_be_visible()
        confirm_agreeing(province)
        find_vetoes(province)
        find_singly(province, server, "assessment", record)
        give(province)
        view(province, "办理")
        decide(province, "推荐上报")
        expect(page.get_by_role("status").filter(has_text="已办理：推荐上报")).to_be_visible()
        view(province, "打印")
        press(province, "生成申报表")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="下载申报表").click()
        form = PdfReader(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert _opened(office).state is State.PROVINCE_RECOMMENDED
    # 行末标点压缩处，抽出的文字多一个空格
    official = "".join("".join(sheet.extract_text() for sheet in form.pages[:2]).split())
    for words in ("经审核，丁市", "经对丁市申报材料逐项审核和基础评价", "实地查看城关镇、河东村儿童之家2处"):
        assert words in official
    assert "草稿" not in official
    office.store.close()


def _opened(office: Office):
    return open_submission(office, person(office, "guanchayuan"), submission(office, COUNTY).id)
