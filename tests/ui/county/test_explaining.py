"""The county explains a warning beside it; it stands in the list of checks for everyone who reads the submission."""

from __future__ import annotations

import pytest

from scoring.checks.named_checks import named_checks
from storage.clock import now
from tests.ui.county.pages import COORDINATOR, GOVERNMENT, Page, opened
from tests.ui.county.test_cross_checks import SAID, save_fact
from tests.ui.seeded import Screen, submission
from ui import navigation
from workflow.remarks.explanations import EXPLANATION, explanations
from workflow.submission.judging import judged_at
from workflow.targets import Target

pytestmark = pytest.mark.day_shown

WORDS = "学生数含外县就读的农村留守儿童，两处口径不同"


def listed(page: Screen, submission_id: int, level: str = "county") -> str:
    """The list of checks, opened."""
    page.app.session_state[f"case|{submission_id}|{level}|checks"] = True
    page.run()
    return page.text


def test_a_warning_is_explained_at_its_row_and_read_in_the_list(office) -> None:
    save_fact(office, 2000)
    number = submission(office, "甲县").id
    row = Page(office, COORDINATOR, navigation.ASSESS, row="3.4.1")
    (switch,) = (toggle for toggle in row.app.toggle if toggle.label == "向评审人员说明提醒（1 条，已说明 0 条）")
    switch.set_value(True)
    row.run()
    row.press("|keep")
    assert "请先写明情况" in row.text
    (field,) = (area for area in row.app.text_area if area.key and "explanation" in area.key)
    field.set_value(WORDS)
    row.run()
    row.close()  # 没有保存就离开
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    bench.press("drafts|save")
    assert "对提醒的说明：已保存" in bench.text
    assert list(explanations(opened(office).entries).values()) == [WORDS]
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    (head,) = (fold.label for fold in bench.app.expander if fold.label.startswith("自动核对 7 类"))
    assert "县级已说明 1 处" in head
    told = listed(bench, number)
    for words in (SAID, f"县级说明（3.4.1）：{WORDS}", "未发现问题", "互核（1 处）"):
        assert words in told
    assert WORDS in listed(Page(office, GOVERNMENT, navigation.GOVERNMENT), number)
    shut = Page(office, GOVERNMENT, navigation.ASSESS, row="3.4.1")
    assert WORDS in shut.text
    assert not [toggle for toggle in shut.app.toggle if "说明提醒" in toggle.label]


def test_the_reviewer_reads_the_explanation_at_the_row_and_in_the_list(office) -> None:
    county = opened(office, "yanshizhou", "丁市")
    checks = named_checks(county.content, county.standards, judged_at(office, county, "county"))
    warning = next(f for check in checks for f in check.found if f.rows and not f.blocks)
    row = warning.rows[0]
    key = next(key for key in warning.keys if key.endswith(f"/{row}"))
    with office.store.write("dingshi_minzheng", now()) as tx:
        target = Target.explanation(key)  # one of these is explained in the demonstration already
        tx.entries.put(county.record.id, *target, {EXPLANATION: WORDS}, county.version(target))
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=str(county.record.id), row=row)
    assert "县级对提醒的说明" in screen.text
    assert WORDS in screen.text
    assert f"县级说明（{row}）：{WORDS}" in listed(screen, county.record.id, "prefecture")
