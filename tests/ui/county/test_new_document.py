"""A document registered in the form of the row that needs it."""

from __future__ import annotations

import pytest

from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.county.test_register import PDF
from ui import navigation

pytestmark = pytest.mark.day

ROW = "1.1.2"
KEY = f"evidence-+{ROW}-"


@pytest.fixture
def page(office) -> Page:
    page = Page(office, COORDINATOR, navigation.ASSESS, row=ROW)
    switch(page)
    return page


def switch(page: Page) -> None:
    (toggle,) = (one for one in page.app.toggle if one.key.startswith("new-document"))
    toggle.set_value(True)
    page.run()


def registered(office) -> dict[str, str]:
    return {number: item.title for number, item in opened(office).content.evidence.items()}


def test_it_is_registered_with_its_file_and_named_by_the_answer_in_one_save(office, page):
    before, versions = registered(office), {t: e.version for t, e in opened(office).entries.items()}
    page.type("text_input", f"{KEY}title", "各乡镇督查通报")
    page.field("selectbox", f"{KEY}kind").select("document")
    page.app.get("file_uploader")[0].upload("通报.pdf", PDF, "application/pdf")
    page.run()
    page.press(f"save-{ROW}")
    (number,) = registered(office).keys() - before.keys()
    snapshot = opened(office)
    assert snapshot.content.answers[ROW].evidence["other"] == (number,)
    assert snapshot.content.evidence[number].file == "通报.pdf"
    assert f"已保存：指标 {ROW}的填报、材料 {number}（" in page.text
    assert {t.key for t, e in snapshot.entries.items() if versions.get(t) != e.version} == {ROW, number}
    assert not page.has("text_input", f"{KEY}title"), "the next one is asked for anew"


def test_two_papers_are_registered_with_one_save_and_the_switch_stays(office, page):
    row, before = opened(office).standards[0].row(ROW), registered(office)
    page.type("text_input", f"{KEY}title", "各乡镇督查通报")
    shown, again = (one for one in page.app.toggle if one.key.startswith("new-document"))
    assert (shown.value, again.value) == (True, False)
    again.set_value(True)
    page.run()
    shown = next(one for one in page.app.toggle if one.key.startswith("new-document"))
    assert (shown.value, shown.disabled) == (True, True)
    page.type("text_input", f"{KEY[:-1]}#2-title", "机制文件续编目录")
    slots = next(m for m in page.app.multiselect if "_23_2" in m.key and m.key.endswith("slots"))
    slots.set_value([row.evidence[0].id])
    page.run()
    assert "日期应" in page.text
    page.press(f"save-{ROW}")
    first, second = registered(office).keys() - before.keys()
    snapshot = opened(office)
    by_title = {snapshot.content.evidence[one].title: one for one in (first, second)}
    cited = snapshot.content.answers[ROW].evidence
    assert cited["other"] == (by_title["各乡镇督查通报"],)
    assert by_title["机制文件续编目录"] in cited[row.evidence[0].id]
    assert snapshot.content.evidence[by_title["各乡镇督查通报"]].kind == "statement", "as its title says"


def test_what_is_for_a_material_the_row_lacks_is_of_its_kind_unless_another_is_chosen(office, page):
    row = opened(office).standards[0].row(ROW)
    page.app.multiselect(key=next(m.key for m in page.app.multiselect if m.key.endswith("slots"))).set_value(
        [row.evidence[0].id]
    )
    page.run()
    page.type("text_input", f"{KEY}title", "机制文件续编")
    page.press(f"save-{ROW}")
    (item,) = (one for one in opened(office).content.evidence.values() if one.title == "机制文件续编")
    assert item.kind == row.evidence[0].kinds[0]


def test_it_may_be_the_statement_that_there_is_no_such_case(office, page):
    page.app.multiselect(key=next(m.key for m in page.app.multiselect if m.key.endswith("slots"))).set_value(["nil"])
    page.run()
    page.type("text_input", f"{KEY}title", "无此情形的说明")
    page.press(f"save-{ROW}")
    content = opened(office).content
    number = next(number for number, item in content.evidence.items() if item.title == "无此情形的说明")
    assert content.answers[ROW].nil_return == number
    assert content.evidence[number].kind == "statement"


def test_what_is_wanting_is_said_and_marked_and_nothing_is_saved(office, page):
    before = opened(office).entries
    page.type("text_input", f"{KEY}date", "去年")
    page.press(f"save-{ROW}")
    assert "新登记的材料 日期：“去年”不是日期" in page.text
    assert "新登记的材料 题名：不能为空" in page.text
    assert opened(office).entries == before
    page.press(f"drop-{ROW}")
    assert not page.has("text_input", f"{KEY}date")


def test_it_lies_in_the_drafts_and_is_saved_from_the_workbench_with_its_row(office, page):
    page.type("text_input", f"{KEY}title", "各乡镇督查通报")
    page.field("selectbox", f"{KEY}kind").select("document")
    page.run()
    page.close()
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "<b>1</b> 处填写后没有保存的内容" in bench.html
    bench.press("drafts|save")
    number = next(number for number, title in registered(office).items() if title == "各乡镇督查通报")
    assert opened(office).content.answers[ROW].evidence["other"] == (number,)


def test_a_department_registers_in_the_rows_it_was_given(office):
    page = Page(office, DEPARTMENT, navigation.ASSESS)
    (toggle,) = (one for one in page.app.toggle if one.key.startswith("new-document"))
    row = toggle.key.split("|")[1].removeprefix("+")
    switch(page)
    page.type("text_input", f"evidence-+{row}-title", "户籍登记台账")
    page.field("selectbox", f"evidence-+{row}-kind").select("document")
    page.press(f"save-{row}")
    number = next(number for number, title in registered(office).items() if title == "户籍登记台账")
    assert number in opened(office, DEPARTMENT).context.own_evidence
