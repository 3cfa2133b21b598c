"""存疑 and 备注 on the reviewer's page: written at a row, listed together, and what of them the county is told."""

from __future__ import annotations

import pytest

from tests.ui.county.pages import Page
from tests.ui.seeded import Screen, person, submission
from ui import navigation
from workflow.procedure.doubts import open_doubts
from workflow.procedure.notes import notes
from workflow.submission.snapshot import open_submission

pytestmark = pytest.mark.day

ROW, DOUBTED, SETTLES = "4.2.1", "接处警登记与汇总数相差较大", "请附分月的接处警登记逐月核对"
TOLD, OWN = "请写明各乡镇数据的统计口径", "公安局的人说法不一，下周再问"


def opened(office):
    return open_submission(office, person(office, "yanshizhou"), submission(office, "丁市").id)


@pytest.fixture
def screen(office) -> Screen:
    return Screen(office, "yanshizhou", "basic_appraisal", s=str(submission(office, "丁市").id), row=ROW)


def _switch(screen: Screen, label: str) -> None:
    (switch,) = (toggle for toggle in screen.app.toggle if toggle.label == label)
    switch.set_value(True)
    screen.run()


def test_a_doubt_stands_in_the_way_until_it_is_resolved_with_a_reason(office, screen) -> None:
    _switch(screen, "存疑")
    screen.press(f"|doubted|{ROW}|keep")
    assert "没有写" in screen.text
    assert screen.at_fault == {f"doubt.prefecture|{ROW}|reason", f"doubt.prefecture|{ROW}|settles"}
    screen.fill("text_area", f"doubt.prefecture|{ROW}|reason", DOUBTED)
    screen.fill("text_area", f"doubt.prefecture|{ROW}|settles", SETTLES)
    screen.press(f"|doubted|{ROW}|keep")
    assert f"已保存：指标 {ROW}的存疑" in screen.text
    assert [doubt.row_id for doubt in open_doubts(opened(office), "prefecture")] == [ROW]
    screen.view("decide")
    assert f"本级存疑尚未解除的有 1 项：{ROW}" in screen.text
    assert screen.field("text_area", f"_return|items|{ROW}|reason").value == SETTLES
    screen.view("remarks")
    for words in ("存疑（1 项，未解除 1 项）", DOUBTED, SETTLES):
        assert words in screen.text
    screen.press(f"|doubts|{ROW}")
    why = "已到县公安局逐月核对，登记与汇总一致"
    screen.fill("text_area", f"doubt.prefecture|{ROW}|resolved|reason", why)
    screen.press(f"|doubted|{ROW}|keep")
    assert "要解除的，请按“解除存疑”" in screen.text
    screen.press(f"|doubted|{ROW}|settle")
    assert open_doubts(opened(office), "prefecture") == ()
    assert f"指标 {ROW}的存疑已解除" in screen.text
    screen.view("decide")
    assert "存疑尚未解除" not in screen.text


def test_notes_are_the_levels_own_or_previewed_and_told_with_the_return(office, screen) -> None:
    for to, text in (("internal", OWN), ("county", TOLD)):
        if to == "internal":
            _switch(screen, "写备注")
        screen.fill("radio", f"+{ROW}|to", to)
        screen.fill("text_area", f"+{ROW}|text", text)
        screen.press(f"+{ROW}|keep")
    assert [(note.number, note.to, note.row_id) for note in notes(opened(office), "prefecture")] == [
        ("001", "internal", ROW),
        ("002", "county", ROW),
    ]
    screen.view("remarks")
    for words in (OWN, TOLD, "尚未告知"):
        assert words in screen.text
    screen.view("decide")
    assert "另将备注 1 条一并告知" in screen.text
    assert TOLD in screen.html
    assert OWN not in screen.html
    screen.fill("text_area", "_return|reason", "请一并核对各表的口径")
    screen.fill("checkbox", "|prefecture_return|sure", value=True)
    screen.press("|prefecture_return")
    returned = opened(office).open_return
    assert [item.reason for item in returned.items if item.row_id == ROW] == [TOLD]
    screen.view("remarks")
    assert "已随第 1 次退回补正告知" in screen.text
    county = Page(office, "dingshi_minzheng", navigation.WORKBENCH)
    for words in (TOLD, "请一并核对各表的口径"):
        assert words in county.text
    assert OWN not in county.html
    assert "存疑" not in county.text


def test_what_was_typed_and_left_is_saved_from_the_workbench(office, screen) -> None:
    _switch(screen, "存疑")
    screen.fill("text_area", f"doubt.prefecture|{ROW}|reason", DOUBTED)
    screen.fill("text_area", f"doubt.prefecture|{ROW}|settles", SETTLES)
    _switch(screen, "写备注")
    screen.fill("text_area", f"+{ROW}|text", OWN)
    screen.close()
    bench = Page(office, "yanshizhou", navigation.WORKBENCH)
    assert f"存疑 {ROW}" in bench.text
    bench.press("drafts|save")
    seen = opened(office)
    assert [(doubt.row_id, doubt.settles) for doubt in open_doubts(seen, "prefecture")] == [(ROW, SETTLES)]
    assert [(note.number, note.text, note.row_id) for note in notes(seen, "prefecture")] == [("001", OWN, ROW)]
