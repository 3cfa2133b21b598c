"""Wherever a screen offers, counts or compares days, today is Beijing's."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from storage.clock import now
from tests.instant import DAY
from tests.ui.county.pages import Page
from tests.ui.hostile_store import spoil
from tests.ui.review.acts import recommended_by_prefecture
from tests.ui.seeded import Screen, person, submission
from tests.ui.seeded_store import office
from ui import navigation
from workflow.errors import Refused
from workflow.procedure.moving import perform
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.procedure.working_days import working_day_after
from workflow.submission.printing import print_form
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

__all__ = ["office"]
pytestmark = pytest.mark.day
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


@pytest.fixture
def ding(office) -> str:
    """丁市's number: it is with the prefecture."""
    return str(submission(office, "丁市").id)


def test_a_finding_is_dated_today(office, ding):
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=ding, row="4.2.1")
    assert screen.field("date_input", "|date").value == DAY
    screen.fill("radio", "|finding", "met")
    screen.press("|4.2.1|save")
    assert _opened(office, "丁市").content.findings["prefecture"]["4.2.1"].date == DAY


def test_findings_confirmed_together_are_dated_today(office, ding):
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=ding, view="agree")
    assert screen.field("date_input", "confirming|prefecture|date").value == DAY


def test_an_opinion_is_dated_today(office, ding):
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=ding, view="opinion")
    assert screen.field("date_input", "|date").value == DAY


def test_a_government_s_opinion_is_dated_today(office):
    page = Page(office, "yixian_zhengfu", navigation.GOVERNMENT)
    assert page.field("date_input", "|date").value == DAY
    assert "有尚未保存的修改" not in page.text


def test_a_visit_is_dated_today(office):
    record = recommended_by_prefecture(office)
    screen = Screen(office, "yanshisheng", "field_assessment", s=str(record.id), view="visits")
    assert screen.field("date_input", "site_visit|province/001|date").value == DAY


def test_a_correction_is_due_fifteen_working_days_from_today(office, ding):
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=ding, view="decide")
    assert screen.field("date_input", "|due").value == working_day_after(DAY, 15)


def test_a_round_s_period_runs_to_today(office):
    screen = Screen(office, "guanliyuan", "rounds")
    assert screen.field("date_input", "round-+-last").value == DAY
    assert screen.field("date_input", "round-+-first").value == date(DAY.year - 1, 1, 1)


def test_deadlines_count_from_today(office, ding):
    workbench = Page(office, "jiaxian_minzheng", navigation.WORKBENCH)
    assert f"申报截止 {(DAY + timedelta(days=45)).isoformat()}，还有 45 天" in workbench.text
    head = Screen(office, "yanshizhou", "basic_appraisal", s=ding)
    assert f"考察推荐截止 {(DAY + timedelta(days=120)).isoformat()}，还有120天" in head.text
    returned = Page(office, "bingqu_minzheng", navigation.WORKBENCH)
    assert f"补正期限 {(DAY + timedelta(days=14)).isoformat()}，还有 14 天" in returned.text


def test_the_audit_log_s_days_are_beijing_s(office):
    jia = submission(office, "甲县")
    with office.store.write("jiaxian_minzheng", now()) as tx:
        standing = tx.entries.get(jia.id, "form", "narrative")
        tx.entries.put(jia.id, "form", "narrative", "今天写的", standing.version)
    screen = Screen(office, "guanliyuan", "audit_log")
    screen.fill("date_input", "audit-first", TOMORROW)
    assert "没有符合条件的记录" in screen.text
    screen.fill("date_input", "audit-first", DAY)
    assert len(screen.app.dataframe[0].value) == 1
    screen.fill("date_input", "audit-last", DAY)
    assert len(screen.app.dataframe[0].value) == 1


def test_what_is_printed_bears_today(office):
    _, form = print_form(office, person(office, "jiaxian_minzheng"), submission(office, "甲县").id, now())
    sheets = PdfReader(io.BytesIO(form.pdf)).pages
    words = "".join("".join(sheet.extract_text() for sheet in sheets).split())
    assert f"打印日期{DAY.year}年{DAY.month}月{DAY.day}日" in words


def test_an_opinion_may_be_of_today_and_not_of_tomorrow(office, ding):
    prefecture = person(office, "yanshizhou")

    def give(day: date, version: int):
        body = {"text": "同意推荐。", "date": day.isoformat(), "by": "演示州民政局"}
        return save(office, prefecture, int(ding), [Edit(Target.opinion("prefecture"), body, version)], now())

    with pytest.raises(Refused, match="晚于今天"):
        give(TOMORROW, 0)
    assert not give(DAY, 0).unchanged


def test_a_correction_may_be_due_today_and_not_yesterday(office):
    record = submission(office, "丁市")

    def give_back(due: date):
        items = (RequestedItem("3.3.2", "请补充分月的结算明细"),)
        return perform(
            office, person(office, "yanshizhou"), record.id, "prefecture_return",
            MoveRequest(items=items, due=due), expected_version=record.version, now=now(),
        )  # fmt: skip

    with pytest.raises(Refused, match="期限"):
        give_back(YESTERDAY)
    assert give_back(DAY).state == "returned"


@pytest.mark.parametrize(("last", "open_still"), [(DAY, True), (YESTERDAY, False)])
def test_a_round_is_open_through_its_last_day(office, last, open_still):
    with office.store.write("guanliyuan", now()) as tx:
        tx.rounds.change("demo", apply_by=last)
    workbench = Page(office, "jiaxian_minzheng", navigation.WORKBENCH)
    assert ("还有 0 天" in workbench.text, "已过 1 天" in workbench.text) == (open_still, not open_still)
    government = Page(office, "yixian_zhengfu", navigation.GOVERNMENT)
    assert (f"申报截止日期 {last.isoformat()} 已过" in government.text) is not open_still


@pytest.mark.parametrize(("last", "open_still"), [(DAY, True), (YESTERDAY, False)])
def test_a_round_is_recommended_in_through_its_last_day(office, ding, last, open_still):
    with office.store.write("guanliyuan", now()) as tx:
        tx.rounds.change("demo", recommend_by=last)
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=ding, view="decide")
    assert (f"考察推荐截止日期 {last.isoformat()} 已过" in screen.text) is not open_still


@pytest.mark.parametrize(("due", "overdue"), [(DAY, False), (YESTERDAY, True)])
def test_a_correction_is_overdue_after_its_last_day(office, due, overdue):
    bing = submission(office, "丙区")
    with office.store.write("guanliyuan", now()) as tx:
        standing = tx.returns.open_one(bing.id)
        tx.returns.close(standing.id)
        tx.returns.add(bing.id, level=standing.level, items=standing.items, due=due)
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=str(bing.id), view="decide")
    assert ("补正期限未到" in screen.text) is not overdue


def test_the_hostile_store_is_of_today(office):
    spoil(office)
    with office.store.read() as tx:
        ids = [record.id for record in tx.submissions.all()]
        visits = [tx.entries.get(one, "site_visit", "province/001") for one in ids]
        due = {given.due for one in ids for given in tx.returns.all(one) if given.items[0].reason.startswith("<img")}
    assert {one.body["date"] for one in visits} == {DAY.isoformat()}
    assert DAY in due


def _opened(office, county: str, username: str = "yanshizhou"):
    return open_submission(office, person(office, username), submission(office, county).id)
