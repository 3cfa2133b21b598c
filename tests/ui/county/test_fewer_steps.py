"""A row filled in with few presses: a whole list at once, on to the next row with the save, what is unsure apart."""

from __future__ import annotations

import pytest

from tests.ui.county.pages import COORDINATOR, Page, opened
from ui import navigation

pytestmark = pytest.mark.day


def test_a_whole_list_is_one_tick_and_saving_goes_on_to_the_next_row(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="4.5.2")
    ticks = [box.label for box in page.app.checkbox]
    whole = next(box for box in page.app.checkbox if box.label.startswith("全部都有"))
    assert whole.label == f"全部都有（{len(ticks) - ticks.index(whole.label) - 2}项）"
    whole.check()
    page.run()
    assert next(box for box in page.app.checkbox if box.label == "以上均没有").disabled
    page.press("onward-4.5.2")
    given = opened(office).content.answers["4.5.2"].measures.values()
    [figure] = [one for one in given if isinstance(one, tuple)]
    assert len(figure) == len(ticks) - ticks.index(whole.label) - 2
    assert "指标 5.4.2" in page.html
    assert "已保存" in page.text


def test_what_is_marked_unsure_is_listed_apart_until_it_is_answered(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="5.4.2")
    page.fill("radio", "answer-5.4.2-claim", "unsure")
    page.press("save-5.4.2")
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "其中标“拿不准”的 2 项，请回头再填。" in bench.text
    assert "还有 3 项没有填报" in bench.text
