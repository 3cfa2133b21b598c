"""历史: what every kind of entry said before, by whom, and an earlier version made to stand again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scoring.submission import Finding
from storage.canonical import Json
from storage.clock import now
from tests.instant import DAY
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.hostile_store import HOSTILE
from tests.ui.review.acts import find, recommended_by_prefecture
from tests.ui.seeded import Screen, person, submission
from ui import navigation
from ui.components import verbatim
from workflow.submission.saving import Edit, save
from workflow.targets import Target

pytestmark = pytest.mark.day_shown

ROW = "3.3.2"
ANSWER, OPINION, YIXIAN = Target.answer(ROW), Target.opinion("county_government"), "yixian_zhengfu"


def write(office, target: Target, body: Json, username: str = COORDINATOR, county: str = "甲县") -> None:
    """One more version."""
    snapshot = opened(office, username, county)
    edit = Edit(target, body, snapshot.version(target))
    save(
        office,
        person(office, username),
        snapshot.record.id,
        [edit],
        now() + timedelta(seconds=snapshot.version(target)),
    )


def noted(office, note: str, username: str = COORDINATOR, county: str = "甲县") -> None:
    body = opened(office, username, county).entries[ANSWER].body
    write(office, ANSWER, {**body, "note": note}, username, county)


def ask(page: Screen, ending: str) -> None:
    page.fill("toggle", f"|history|{ending}", value=True)


def assess(office, username: str = COORDINATOR) -> Page:
    return Page(office, username, navigation.ASSESS, s=str(submission(office, "甲县").id), row=ROW)


class TestAnswer:
    @pytest.fixture
    def page(self, office) -> Page:
        noted(office, "第一次的说明")
        noted(office, f"第二次的说明{HOSTILE}")
        noted(office, "第三次的说明")
        return assess(office)

    def test_nothing_is_read_before_it_is_asked_for(self, page):
        assert "第一次的说明" not in page.text
        ask(page, str(ANSWER))
        assert page.text.index("第三次的说明") < page.text.index("第一次的说明")
        assert "，现行" in page.text

    def test_it_says_who_and_what_and_hostile_text_as_it_was_written(self, office, page):
        ask(page, str(ANSWER))
        assert person(office, COORDINATOR).display_name in page.text
        assert "改动前" in page.text
        assert verbatim.markup(f"第二次的说明{HOSTILE}") in page.html

    def test_an_earlier_version_stands_again_as_a_new_one(self, office, page):
        before = opened(office).version(ANSWER)
        ask(page, str(ANSWER))
        page.press(f"|restore|{ANSWER}|{before - 2}")
        entry = opened(office).entries[ANSWER]
        assert (entry.body["note"], entry.version) == ("第一次的说明", before + 1)
        assert f"的第 {before - 2} 版" in page.text
        assert any(widget.value == "第一次的说明" for widget in page.app.text_area)

    def test_what_is_typed_and_not_saved_is_not_lost_to_it(self, office, page):
        ask(page, str(ANSWER))
        page.type("text_area", f"answer|{ROW}|note", "正在写的")
        page.press(f"|restore|{ANSWER}|{opened(office).version(ANSWER) - 1}")
        assert "请先保存或放弃修改" in page.text
        assert opened(office).content.answers[ROW].note == "第三次的说明"
        assert any(widget.value == "正在写的" for widget in page.app.text_area)

    def test_what_another_saved_since_the_list_was_shown_is_a_conflict(self, office, page):
        ask(page, str(ANSWER))
        wanted = opened(office).version(ANSWER) - 2
        noted(office, "另一窗口刚写的")
        page.press(f"|restore|{ANSWER}|{wanted}")
        assert opened(office).content.answers[ROW].note == "另一窗口刚写的"
        assert "您的另一窗口已先保存" in page.text
        page.press("-chosen")
        assert opened(office).content.answers[ROW].note == "第一次的说明"

    def test_many_versions_come_a_few_at_a_time(self, office, page):
        for number in range(10):
            noted(office, f"又一次{number}")
        page.run()
        ask(page, str(ANSWER))
        assert "第一次的说明" not in page.text
        page.press("|more")
        assert "第一次的说明" in page.text

    def test_once_it_is_frozen_it_is_read_and_nothing_restored(self, office):
        record = submission(office, "乙县")
        page = Page(office, "yixian_minzheng", navigation.ASSESS, s=str(record.id), row=ROW)
        ask(page, str(ANSWER))
        assert "，现行" in page.text
        assert not any("|restore|" in (button.key or "") for button in page.app.button)


def test_a_fact_among_all_the_facts(office):
    villages = Target.fact("villages")
    for number in (97, 98):
        write(office, villages, number)
    page = Page(office, COORDINATOR, navigation.FACTS)
    ask(page, "fact")
    page.press(f"|restore|{villages}|{opened(office).version(villages) - 1}")
    assert opened(office).content.facts["villages"] == 97
    department = Page(office, DEPARTMENT, navigation.FACTS)
    ask(department, "fact")
    assert "97" in department.text
    assert not any("|restore|" in (button.key or "") for button in department.app.button)


def test_a_document_taken_out_of_the_register_comes_back(office):
    document = Target.evidence("E01")
    body = opened(office).entries[document].body
    write(office, Target.evidence("E98"), {**body, "title": f"后来删掉的{HOSTILE}"})
    write(office, Target.evidence("E98"), None)
    page = Page(office, COORDINATOR, navigation.REGISTER)
    ask(page, "evidence")
    assert verbatim.markup(f"后来删掉的{HOSTILE}") in page.html
    page.press("|restore|evidence/E98|1")
    assert opened(office).content.evidence["E98"].title == f"后来删掉的{HOSTILE}"


class TestReview:
    @pytest.fixture
    def record(self, office):
        record = submission(office, "丁市")
        find(office, record.id, "4.2.1", Finding("needs_correction", reason="缺接警和处警记录", date=DAY))
        find(office, record.id, "4.2.1", Finding("met", reason="记录已补", date=DAY))
        return record

    def test_a_finding_is_taken_back_to_what_it_was(self, office, record):
        page = Screen(office, "yanshizhou", "basic_appraisal", s=str(record.id), row="4.2.1")
        target = Target.finding("prefecture", "4.2.1")
        ask(page, str(target))
        assert "认定结论" in page.text
        page.press(f"|restore|{target}|1")
        assert opened(office, "yanshizhou", "丁市").content.findings["prefecture"]["4.2.1"].reason == "缺接警和处警记录"

    def test_the_countys_answer_is_read_and_not_restored(self, office, record):
        page = Screen(office, "yanshizhou", "basic_appraisal", s=str(record.id), row=ROW)
        ask(page, str(ANSWER))
        assert "改动后" in page.text
        assert not any("|restore|answer" in (button.key or "") for button in page.app.button)

    def test_of_a_level_still_at_work_nobody_else_sees_any_version(self, office, record):
        page = Screen(office, "dingshi_minzheng", "reading", s=str(record.id), row="4.2.1")
        ask(page, "finding.prefecture/4.2.1")
        assert "记录已补" not in page.text
        assert "缺接警和处警记录" not in page.text

    def test_once_given_only_what_stood_then_is_read_by_others(self, office, record):
        recommended_by_prefecture(office)
        page = Screen(office, "yanshisheng", "field_assessment", s=str(record.id), row="4.2.1")
        ask(page, "finding.prefecture/4.2.1")
        assert "记录已补" in page.text
        assert "缺接警和处警记录" not in page.text


def test_an_opinion_is_taken_back_to_what_it_was(office):
    first = opened(office, YIXIAN, "乙县").version(OPINION) + 1
    for text in (f"第一稿{HOSTILE}", "第二稿，同意"):
        write(office, OPINION, {"text": text, "by": "乙县人民政府"}, YIXIAN, "乙县")
    page = Page(office, YIXIAN, navigation.GOVERNMENT)
    ask(page, str(OPINION))
    page.press(f"|restore|{OPINION}|{first}")
    assert opened(office, YIXIAN, "乙县").content.opinions["county_government"].text == f"第一稿{HOSTILE}"
