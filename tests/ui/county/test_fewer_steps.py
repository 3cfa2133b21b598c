"""A row filled in with few presses: a whole list at once, on to the next row with the save, what is unsure apart."""

from __future__ import annotations

import re

import pytest

from tests.ui.county.pages import COORDINATOR, Page, opened
from ui import navigation

pytestmark = pytest.mark.day


def test_a_whole_list_is_one_tick_and_saving_goes_on_to_the_next_row(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="1.1.3")
    measures = opened(office).content.answers["1.1.3"].measures
    name, whole = next((name, figure) for name, figure in measures.items() if isinstance(figure, tuple))
    page.field("checkbox", f"m|{name}|i|{whole[0]}").uncheck()
    page.run()
    page.press("save-1.1.3")
    page.field("checkbox", f"m|{name}|all").check()
    page.run()
    assert page.field("checkbox", f"m|{name}|none").disabled
    page.press("onward-1.1.3")
    assert set(opened(office).content.answers["1.1.3"].measures[name]) == set(whole)
    assert "指标 3.3.2" in page.html, "the next row that is not passed"
    assert "已保存" in page.text
    other = Page(office, COORDINATOR, navigation.ASSESS, row="4.5.2")
    assert not [box for box in other.app.checkbox if box.label.startswith("全部都有")], "one of them is enough there"


def test_what_is_marked_unsure_is_listed_apart_until_it_is_answered(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="5.4.2")
    page.fill("radio", "answer-5.4.2-claim", "unsure")
    page.press("save-5.4.2")
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "其中标“拿不准”的 2 项，请回头再填。" in bench.text
    assert "还有 3 项没有填报" in bench.text


def test_the_workbench_pictures_departments_days_and_what_was_saved_lately(office):
    before = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "近7天没有保存过内容" in before.html
    assert 'aria-label="甲县公安局：达标 7，未填 2"' in before.html
    assert re.search(r"<b>\d+ 天</b>\d\d-\d\d 申报截止", before.html)
    page = Page(office, COORDINATOR, navigation.ASSESS, row="5.4.2")
    page.fill("radio", "answer-5.4.2-claim", "unsure")
    page.press("save-5.4.2")
    assert "近7天改动：能力建设 <b>1</b> 项。" in Page(office, COORDINATOR, navigation.WORKBENCH).html


def test_what_is_open_is_sorted_by_effort_and_the_address_keeps_that(office):
    page = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "本工具估计）。" not in page.html
    page.type("button_group", "gaps-sort", "effort")
    assert page.app.query_params["sort"] == "effort"
    left = [(int(a) + int(b)) for a, b in re.findall(r"还差填写 (\d+) 处、材料 (\d+) 份（本工具估计）", page.html)]
    assert left == sorted(left)
    assert left[0] < left[-1]
    again = Page(office, COORDINATOR, navigation.WORKBENCH, sort="effort")
    assert "还差填写" in again.html
