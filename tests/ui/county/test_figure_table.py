"""Figures of several rows filled in as one table: one save, each in its own row, nothing else touched."""

from __future__ import annotations

import pytest

from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from ui import navigation

pytestmark = pytest.mark.day
WORKFORCE = {"row": "5.3.1", "table": "workforce"}


def test_one_save_writes_the_figures_of_several_rows_and_nothing_else(office):
    before = opened(office).content.answers
    page = Page(office, COORDINATOR, navigation.ASSESS, **WORKFORCE)
    labels = [box.label for box in page.app.text_input]
    assert [label.partition("：")[0].replace("\\", "") for label in labels] == [
        "乡镇（街道）", "乡镇（街道）", "村（社区）", "县级单位",
    ]  # fmt: skip
    page.type("text_input", "m|townships_with_supervisor", "9")
    page.type("text_input", "m|villages_with_director", "120")
    page.press("save-table")
    after = opened(office).content.answers
    changed = {row for row in after if after[row] != before.get(row)}
    assert changed == {"5.3.1", "5.3.2"}
    assert after["5.3.2"].measures == {**before["5.3.2"].measures, "villages_with_director": 120}
    assert (after["5.3.2"].claim, after["5.3.2"].evidence) == (before["5.3.2"].claim, before["5.3.2"].evidence)
    page.type("text_input", "m|villages_with_director", "很多")
    page.press("save-table")
    assert "5.3.2" in page.text
    assert opened(office).content.answers["5.3.2"].measures["villages_with_director"] == 120


def test_a_row_with_something_typed_beside_its_figures_is_not_saved_from_the_table(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, row="5.3.2")
    page.type("text_area", "answer-5.3.2-note", "换届以后补齐。")
    page.go(navigation.ASSESS, **WORKFORCE)
    assert "本项有没有保存的内容" in page.html
    page.type("text_input", "m|townships_with_supervisor", "9")
    page.press("save-table")
    page.go(navigation.ASSESS, row="5.3.2", table="")
    assert page.field("text_area", "note").value == "换届以后补齐。"


def test_who_fills_in_one_figure_of_a_table_is_offered_none(office):
    assert not [b for b in Page(office, DEPARTMENT, navigation.ASSESS).app.button if "一张表填" in b.label]
