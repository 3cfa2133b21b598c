"""地方文件对照 given out to departments: what each sees of it and fills in, and how it is given out (分工)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from storage.clock import local_date, now
from tests.ui.county.local_clauses import CRIMES, XUCHANG, clause_open, is_of, judge
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page, opened
from tests.ui.seeded import names
from ui import navigation
from workflow.submission.local_assigning import assign_commitments, assigned_commitments
from workflow.submission.saving import Edit, save
from workflow.targets import Target

pytestmark = pytest.mark.day_shown


def judged_in(page: Page) -> dict[str, bool]:
    """The commitments with a field in sight, and whether it is shut."""
    return {names(widget.key)[1].split("|")[1].split("/")[1]: widget.disabled for widget in page.app.radio}


@pytest.fixture
def ours(office) -> None:
    """Of the police only 六（二）'s first duty of theirs; the demonstration gave them more."""
    snapshot = opened(office)
    police = [key for key, units in assigned_commitments(snapshot).items() if "甲县公安局" in units]
    assign_commitments(office, snapshot, police, [], now())
    assign_commitments(office, opened(office), [CRIMES], ["甲县公安局"], now())


def test_a_department_sees_its_own_first_and_fills_in_that_alone(office, ours):
    page = Page(office, DEPARTMENT, navigation.LOCAL)
    assert next(widget for widget in page.app.get("button_group") if "local-scope" in widget.key).value == "own"
    assert clause_open(page) == "六（二）"
    assert judged_in(page) == {"crimes_struck": False}
    judge(page, "crimes_struck", fulfilled=True)
    next(widget for widget in page.app.text_input if is_of(widget, "crimes_struck")).set_value("甲公发〔2018〕3号")
    page.run()
    page.press(f"save-local/{XUCHANG}/六（二）")
    assert opened(office).content.local.answers[XUCHANG]["crimes_struck"].fulfilled is True


def test_a_department_reads_the_others_and_cannot_change_them(office, ours):
    page = Page(office, DEPARTMENT, navigation.LOCAL)
    page.type("button_group", "local-scope", "everyone")
    shut = judged_in(page)
    assert shut.pop("crimes_struck") is False
    assert shut
    assert all(shut.values())


def test_a_department_with_nothing_of_its_own_is_told_so_and_reads_all(office, ours):
    assign_commitments(office, opened(office), [CRIMES], [], now())
    page = Page(office, DEPARTMENT, navigation.LOCAL)
    assert "“地方文件对照”没有分配给您的部门" in page.text
    assert not [widget for widget in page.app.button if widget.key and widget.key.startswith("save-")]
    assert all(widget.disabled for widget in page.app.text_input)


def test_the_lead_department_sees_first_what_it_did_not_give_away_and_whose_the_rest_is(office, ours):
    page = Page(office, COORDINATOR, navigation.LOCAL)
    page.type("button_group", "local-clause", "六（二）")
    assert "crimes_struck" not in judged_in(page)
    page.type("button_group", "local-scope", "everyone")
    assert "分工：甲县公安局" in page.text
    assert judged_in(page)["crimes_struck"] is False


def test_the_workbench_says_how_much_of_ones_own_is_left_and_leads_there(office, ours):
    page = Page(office, DEPARTMENT, navigation.WORKBENCH)
    assert "地方文件对照中由本部门填的 1 项，还有 1 项待填" in " ".join(page.text.split())
    snapshot = opened(office)
    target = Target("local", CRIMES)
    body = {"fulfilled": True, "reason": "已部署"}
    save(office, snapshot.person, snapshot.record.id, [Edit(target, body, snapshot.version(target))], now())
    page.run()
    assert "由本部门填的 1 项" not in page.text
    assert "由本部门填的" not in Page(office, GOVERNMENT, navigation.WORKBENCH).text


def test_the_lead_departments_own_is_one_number_made_of_what_it_says_and_not_chased(office, ours):
    page = Page(office, COORDINATOR, navigation.LOCAL)
    scope = next(widget for widget in page.app.get("button_group") if "local-scope" in widget.key)
    number = next(option.split()[1] for option in scope.options if option.startswith("我部门"))
    made_of = re.search(rf"我部门 {number} 项：由本部门填的 (\d+) 项，取自指标和县情、不用另填的 (\d+) 项", page.text)
    assert int(made_of[1]) + int(made_of[2]) == int(number)
    workbench = " ".join(Page(office, COORDINATOR, navigation.WORKBENCH).text.split())
    assert "地方文件对照中" not in workbench, "advice asks nothing of who was given nothing"


def test_a_deadline_set_for_what_a_department_leads_stands_where_it_fills_in(office, ours):
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    page.type("button_group", "assign-what", "地方文件")
    day = local_date(now()) + timedelta(days=20)
    page.type("multiselect", f"local/{XUCHANG}/due/+|rows", ["甲县公安局 牵头的 1 项"])
    page.type("date_input", f"local/{XUCHANG}/due/+|due", day)
    page.press(f"save-local/{XUCHANG}/due/+")
    assert f"{day}前" in page.text
    assert f"内部期限 {day}前" in " ".join(Page(office, DEPARTMENT, navigation.LOCAL).text.split())


# --- 分工 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sharing(office) -> Page:
    snapshot = opened(office)
    assign_commitments(office, snapshot, assigned_commitments(snapshot), [], now())
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    page.type("button_group", "assign-what", "地方文件")
    return page


def assigned(office) -> dict[str, tuple[str, ...]]:
    return assigned_commitments(opened(office))


def test_the_table_shows_each_commitment_with_the_documents_suggestion(sharing):
    for words in ("已分配 0/110 项", "建议的依据", "本项原文写明", "责任单位：民政部门、同级政府财政"):
        assert words in sharing.text


def test_a_whole_clause_is_given_out_and_taken_back(office, sharing):
    schooling = next(widget for widget in sharing.app.multiselect if widget.label == "按条款")
    whole = next(option for option in schooling.options if option.startswith("五（三）"))
    sharing.type("multiselect", f"local/{XUCHANG}/+|what", [whole])
    sharing.type("multiselect", f"local/{XUCHANG}/+|units", ["甲县教育局"])
    sharing.press("save-local-assignment")
    assert len(assigned(office)) == 19  # 五（三）的20项中，一项读自指标
    assert set(assigned(office).values()) == {("甲县教育局",)}
    assert "分配给了没有账号的部门：甲县教育局（19 项）" in sharing.text
    sharing.type("multiselect", f"local/{XUCHANG}/+|what", [whole])
    sharing.press("save-local-assignment")
    assert assigned(office) == {}


def test_what_is_suggested_to_one_department_is_given_out_together(office, sharing):
    sharing.type("button_group", "|kind", "按建议的部门")
    by_unit = next(widget for widget in sharing.app.multiselect if widget.label == "按建议的部门")
    police = next(option for option in by_unit.options if "甲县公安局" in option)
    sharing.type("multiselect", f"local/{XUCHANG}/+|what", [police])
    sharing.type("multiselect", f"local/{XUCHANG}/+|units", ["甲县公安局"])
    sharing.press("save-local-assignment")
    assert CRIMES in assigned(office)
    assert f"（{len(assigned(office))} 项）" in police


def test_one_commitment_is_given_to_two_departments(office, sharing):
    sharing.type("button_group", "|kind", "逐项")
    sharing.type("multiselect", f"local/{XUCHANG}/+|what", ["六（二）　公安部门"])
    sharing.type("multiselect", f"local/{XUCHANG}/+|units", ["甲县公安局", "甲县司法局"])
    sharing.press("save-local-assignment")
    assert assigned(office) == {CRIMES: ("甲县公安局", "甲县司法局")}


def test_suggestions_are_taken_at_one_stroke(office, sharing):
    sharing.press("accept-local-proposals")
    assert assigned(office)[CRIMES] == ("甲县公安局",)
    assert "已保存：按建议分配" in sharing.text
    assert sharing.app.button(key="accept-local-proposals").disabled
    assert "有建议的各项均已分配；没有建议的，请在下面自选部门" in sharing.text


def test_what_the_document_suggests_nobody_for_can_be_seen_alone(sharing):
    strip = next(widget for widget in sharing.app.get("button_group") if "assign-shown" in widget.key)
    counts = dict(option.split() for option in strip.options)
    assert counts["没有分配的"] == counts["全部"] == "110"
    sharing.type("button_group", "assign-shown", "没有建议的")
    table = sharing.html.split("dc-assign-local")[1].split("</table>")[0]
    assert table.count("<blockquote") + table.count("<small>“") == int(counts["没有建议的"])
    assert "本项原文写明" not in table
    sharing.press("accept-local-proposals")
    sharing.type("button_group", "assign-shown", "没有分配的")
    assert sharing.html.split("dc-assign-local")[1].split("</table>")[0].count("<small>“") == int(counts["没有建议的"])


def test_the_county_s_government_reads_the_division_of_work(office):
    page = Page(office, GOVERNMENT, navigation.ASSIGN)
    page.type("button_group", "assign-what", "地方文件")
    assert "本项原文写明" in page.text
    assert not [widget for widget in page.app.button if widget.key == "save-local-assignment"]
