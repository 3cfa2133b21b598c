"""A reviewer is told of figures at odds in the list of checks above every view, and is led to the row."""

from __future__ import annotations

import pytest

from storage.clock import now
from tests.ui.seeded import Screen, submission

pytestmark = pytest.mark.day

SAID = "指标 3.4.1“农村留守儿童学生总数” 4020人，多于县情“农村留守儿童数” 2000人"


@pytest.fixture
def screen(office) -> Screen:
    """丁市, whose left-behind children are fewer than its left-behind pupils, before the prefecture."""
    number = submission(office, "丁市").id
    with office.store.write("dingshi_minzheng", now()) as tx:
        entry = tx.entries.get(number, "fact", "left_behind_children")
        tx.entries.put(number, "fact", "left_behind_children", 2000, entry.version)
    return listed(Screen(office, "yanshizhou", "basic_appraisal"), number)


def listed(screen: Screen, number: int) -> Screen:
    """The screen with its list of checks opened."""
    assert SAID not in screen.text
    screen.app.session_state[f"case|{number}|prefecture|checks"] = True
    screen.run()
    return screen


def test_the_reviewer_is_told_and_led_to_the_row_whatever_is_filtered(screen):
    assert SAID in screen.text
    assert "指标 3.4.1（" not in screen.text
    screen.fill("selectbox", "|filter", "需补正")
    screen.press("3.4.1")
    assert screen.app.query_params["row"] in ("3.4.1", ["3.4.1"])
    assert "指标 3.4.1（" in screen.text
    assert screen.text.count(SAID) == 2  # above the views, and at the row


def test_it_is_above_the_other_views_too_and_leads_back_to_the_rows(screen):
    screen.view("table")
    assert SAID in screen.text
    screen.press("3.4.1")
    assert "指标 3.4.1（" in screen.text


def test_a_document_cited_twice_is_told_to_the_reviewer_with_the_way_to_both_rows(office):
    number = submission(office, "丁市").id
    with office.store.write("dingshi_minzheng", now()) as tx:
        entry = tx.entries.get(number, "answer", "5.2.2")
        shared = tx.entries.get(number, "answer", "5.4.1").body["evidence"]["training_documents"]
        body = {**entry.body, "evidence": {**entry.body["evidence"], "training_records": shared}}
        tx.entries.put(number, "answer", "5.2.2", body, entry.version)
    screen = listed(Screen(office, "yanshizhou", "basic_appraisal"), number)
    assert f"材料 {shared[0]}“" in screen.text
    screen.press("5.2.2")
    assert "指标 5.2.2（" in screen.text
    assert screen.text.count("一次培训不宜在两处计数") == 2  # above the views, and at the row
