"""省级实地评估, the area's picture and read-only reading."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from indicators.building.pinned import kept_text
from scoring.spreadsheets.tables import table_xlsx
from scoring.submission import Finding
from storage.clock import now
from storage.records import ListedSubmission
from tests.instant import DAY
from tests.ui.county.pages import Page
from tests.ui.printed import file_of, printed
from tests.ui.review.acts import find, find_all, recommended_by_prefecture
from tests.ui.seeded import Screen, person, submission
from tests.workflow.upgraded import stricter
from ui import navigation
from ui.components.case.chosen_submission import names_shared, option_words
from ui.components.case.stored_forms import StoredForms
from ui.components.matrix.table import Picture, ordered, rows_within
from ui.components.review.site_sheet import tables
from workflow.overview.matrix import matrix
from workflow.procedure.site_sheet import plan_of, site_sheet
from workflow.states import State
from workflow.submission.snapshot import open_submission
from workflow.tables.asked import Asked
from workflow.tables.named import named_table

pytestmark = pytest.mark.day

SCREEN = "field_assessment"
PLACES = "site_visit|province/001|places"
PEOPLE = "site_visit|province/001|people"


def opened(office, county="丁市", username="yanshisheng"):
    return open_submission(office, person(office, username), submission(office, county).id)


def test_the_prefectures_finding_stands_beside_and_a_different_one_is_marked(office):
    record = recommended_by_prefecture(office)
    find(office, record.id, "4.3.1", Finding("needs_correction", reason="现场没有见到台账", date=DAY), "province")
    screen = Screen(office, "yanshisheng", SCREEN, s=str(record.id), row="4.3.1")
    assert "省级实地评估" in screen.text
    assert "市级认定" in screen.text
    assert "与省级认定不同" in screen.text
    screen.fill("selectbox", "|filter", "市、省认定不同")
    screen.view("table")
    table = screen.app.dataframe[0].value
    assert list(table["编号"]) == ["4.3.1"]
    assert "市、省不同" in table["不一致"][0]


def test_a_county_without_prefecture_is_assessed_directly_and_the_page_says_so(office):
    screen = Screen(office, "yanshisheng", SCREEN, s=str(submission(office, "戊县").id))
    assert "该县没有地市级，由省级一并作基础评价和实地评估" in screen.text
    assert "省级评价（无地市级）" in screen.text
    screen.view("table")
    assert "市级认定" not in screen.app.dataframe[0].value.columns


def test_a_visit_is_recorded_edited_and_removed(office):
    record = recommended_by_prefecture(office)
    screen = Screen(office, "yanshisheng", SCREEN, s=str(record.id), view="visits")
    screen.fill("text_area", PLACES, "城关镇\n\n河东村儿童之家")
    screen.fill("multiselect", "|methods", ["on_site_check", "resident_visit"])
    screen.fill("text_area", PEOPLE, "演示省民政厅副处长")
    screen.fill("multiselect", "|seen", ["5.2.1"])
    screen.fill("text_area", "|notes", "走访\x00三户")
    screen.press("|visit|save")
    assert screen.at_fault == {"site_visit|province/001|notes"}
    screen.fill("text_area", "|notes", "查看活动记录，走访三户。")
    screen.press("|visit|save")
    assert "指标 5.2.1 的现场情况没有写" in screen.text
    screen.fill("text_area", "-rows/5.2.1", "看了儿童之家的场地和活动记录")
    screen.press("|visit|save")
    visit = opened(office).content.site_visits[0]
    assert visit.places == ("城关镇", "河东村儿童之家")
    assert visit.methods == ("on_site_check", "resident_visit")
    assert visit.people == ("演示省民政厅副处长",)
    assert visit.rows == {"5.2.1": "看了儿童之家的场地和活动记录"}
    assert "地点：城关镇、河东村儿童之家" in screen.text
    assert "已保存：实地评估记录" in screen.text
    screen.fill("selectbox", "|visit|chosen|1", "province/001")
    screen.fill("text_area", "|notes", "走访五户。")
    screen.press("|visit|save")
    assert opened(office).content.site_visits[0].notes == "走访五户。"
    screen.press("|visit|remove")
    assert opened(office).content.site_visits == ()
    assert "已保存：实地评估记录已删除" in screen.text


def test_a_plan_draws_its_sample_and_the_sheet_asks_for_results_row_by_row(office):
    record = recommended_by_prefecture(office)
    screen = Screen(office, "yanshisheng", SCREEN, s=str(record.id), view="visits")
    assert "目前没有要现场看的指标" in screen.text
    screen.fill("text_area", "visit_plan.province|-|places", "云台乡")
    screen.fill("multiselect", "visit_plan.province|-|rows", ["4.3.1"])
    screen.press("|plan|save")
    plan = plan_of(opened(office), "province")
    assert (plan.places, plan.rows, len(plan.sample.rows)) == (("云台乡",), ("4.3.1",), 5)
    assert f"已抽 5 项（种子 {plan.sample.seed}" in screen.text
    assert "随机抽查" in screen.text
    screen.press("|visit|as-planned")
    assert screen.field("text_area", PLACES).value == "云台乡"
    screen.fill("multiselect", "|methods", ["on_site_check"])
    screen.fill("text_area", "-rows/4.3.1", "派出所报告记录与台账逐笔核对")
    screen.press("|visit|save")
    assert opened(office).content.site_visits[0].rows == {"4.3.1": "派出所报告记录与台账逐笔核对"}
    book = load_workbook(io.BytesIO(table_xlsx(*_tables(office, record.id))))
    sheet = [[cell.value for cell in line] for line in book["现场核查表"].iter_rows()]
    assert sheet[0][-2:] == ["现场情况", "看后结论"]
    shown = next(line for line in sheet if line[0] == "4.3.1")
    assert "计划列入" in shown[2]
    assert "派出所报告记录与台账逐笔核对" in shown[7]
    assert ["抽查种子", plan.sample.seed] in [[cell.value for cell in line] for line in book["计划"].iter_rows()]


def _tables(office, record_id):
    who = person(office, "yanshisheng")
    forms = StoredForms(office, who, open_submission(office, who, record_id), "province")
    return tables(forms, "province", site_sheet(forms.snapshot, forms.compared, "province"))


def test_a_visit_left_unsaved_is_saved_from_the_workbench_and_what_is_confirmed_together_is_not(office):
    record = recommended_by_prefecture(office)
    screen = Page(office, "yanshisheng", navigation.FIELD, s=str(record.id))
    screen.view("visits")
    screen.fill("text_area", PLACES, "城关镇")
    screen.fill("multiselect", "|methods", ["on_site_check"])
    screen.view("agree")
    screen.app.checkbox[0].set_value(not screen.app.checkbox[0].value)
    screen.run()
    screen.close()
    bench = Page(office, "yanshisheng", navigation.WORKBENCH)
    assert "一并确认须由您当场决定，不随“全部保存”办理" in bench.text
    bench.press("drafts|save")
    assert "实地评估记录：已保存" in bench.text
    assert opened(office).content.site_visits[0].places == ("城关镇",)


def test_all_found_visited_and_an_opinion_given_it_is_recommended(office):
    record = recommended_by_prefecture(office)
    screen = Screen(office, "yanshisheng", SCREEN, s=str(record.id), view="decide")
    assert "尚无省级实地评估记录" in screen.text
    find_all(office, record.id, "province")
    screen.view("visits")
    screen.fill("text_area", PLACES, "城关镇")
    screen.fill("multiselect", "|methods", ["on_site_check"])
    screen.press("|visit|save")
    screen.view("opinion")
    screen.press("draft-opinion")
    screen.press("save-opinion")
    screen.view("decide")
    assert "各项条件均已具备" in screen.text
    screen.fill("checkbox", "|province_recommend|sure", value=True)
    screen.press("|province_recommend")
    assert opened(office).state is State.PROVINCE_RECOMMENDED
    screen.view("print")
    screen.press("|print||make")
    form = PdfReader(io.BytesIO(file_of(printed(screen))))
    text = "".join(page.extract_text() for page in form.pages[:2]).replace("\n", "").replace(" ", "")
    for words in ("经审核，丁市", "经对丁市申报材料逐项审核和基础评价", "经对丁市进行实地评估"):
        assert words in text


def test_the_prefecture_does_not_see_what_the_province_is_still_writing(office):
    record = recommended_by_prefecture(office)
    find(office, record.id, "4.3.1", Finding("needs_correction", reason="现场没有见到台账", date=DAY), "province")
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=str(record.id), view="table")
    assert "现场没有见到台账" not in screen.text


@pytest.mark.parametrize("username", ["yanshizhou", "jiaxian_minzheng", "guanchayuan", "guanliyuan"])
def test_nobody_else_gets_the_provinces_page(office, username):
    screen = Screen(office, username, SCREEN)
    assert "本页供省级民政部门（实地评估）使用" in screen.text
    assert not screen.app.button


def test_the_observer_reads_everything_and_has_nothing_to_write_with(office):
    record = submission(office, "丁市")
    for view in ("row", "table", "visits", "changes", "opinion", "print"):
        screen = Screen(office, "guanchayuan", "reading", s=str(record.id), view=view)
        assert "丁市" in screen.text
        assert not screen.app.text_area
        assert not screen.app.radio
        pressable = {button.key.rpartition("|")[2] for button in screen.app.button}
        assert pressable <= {"back", "forward", "make"}, pressable
    screen.press("|print||make")
    assert file_of(printed(screen)).startswith(b"%PDF")


def test_a_form_made_before_the_rules_of_the_round_changed_is_no_longer_offered(office):
    record = submission(office, "丁市")
    screen = Screen(office, "guanchayuan", "reading", s=str(record.id), view="print")
    screen.press("|print||make")
    assert "已生成，共" in screen.text
    other = stricter(least=95)
    with office.store.write("system", now()) as tx:
        tx.pinned_standards.keep(other.id, other.fingerprint, kept_text(other))
        (record,) = tx.rounds.all()
        tx.rounds.repin(record.id, {**record.fingerprints, other.id: other.fingerprint}, "演示")
    screen.run()
    assert "已生成，共" not in screen.text


def test_an_average_that_looks_wrong_is_given_once_it_is_said_to_be_right(office):
    bench = Page(office, "yanshisheng", navigation.WORKBENCH)
    bench.app.session_state["giving|demo"] = True
    bench.run()
    bench.type("text_input", "province_dropout_rate", "62")
    bench.press("give-demo")
    assert "请核对是否多乘了100" in bench.text
    assert "没有保存" in bench.text
    stood = open_submission(office, person(office, "yanshisheng"), submission(office, "戊县").id).content.facts
    assert str(stood["province_dropout_rate"]) == "0.62"
    bench.type("checkbox", "sure|demo", True)  # noqa: FBT003 - what is set
    bench.press("give-demo")
    assert "已给各县" in bench.text
    bench.type("text_input", "province_dropout_rate", "0.62")
    assert not bench.has("checkbox", "sure|demo")


def test_the_picture_holds_every_county_and_every_row_with_words(office):
    screen = Screen(office, "yanshisheng", "matrix")
    for words in ("丁市", "丙区", "戊县", "符合申报条件", "自评填报，尚未上报", "通过的县数", "图例"):
        assert words in screen.text
    assert screen.html.count('scope="col"') == 50
    number = submission(office, "丁市").id
    assert f'href="/assessment?s={number}&amp;row=3.3.2" title="3.3.2 达标"' in screen.html


def test_the_picture_is_narrowed_to_a_section_and_judged_at_a_level(office):
    screen = Screen(office, "yanshizhou", "matrix")
    screen.fill("multiselect", "matrix-sections", ["一票否决"])
    assert screen.html.count('scope="col"') == 5
    screen.fill("multiselect", "matrix-sections", [])
    screen.fill("selectbox", "matrix-level", "prefecture")
    assert 'title="3.3.2 佐证不足"' in screen.html
    assert "评价中" in screen.text
    screen.view("consistency")
    assert "各评审人员的认定" in screen.text
    assert "（yanshizhou）" in screen.text
    assert "戊县" not in screen.text


def test_the_picture_is_sorted_by_a_column_and_taken_away_and_drawn_otherwise(office):
    area = matrix(office, person(office, "yanshizhou"), "demo", "prefecture")
    standard = area.standards[0]
    picture = Picture(
        standard, "prefecture", rows_within(standard, []), "verdicts", "3.3.2", down=False, head=str, page=None
    )
    worst_first = [line.record.division_name for line in ordered(area.lines, picture)]
    assert worst_first == ["丁市", "丙区", "甲县", "乙县"]
    turned = ordered(area.lines, replace(picture, down=True))
    assert [line.record.division_name for line in turned] == ["丙区", "丁市", "甲县", "乙县"]
    by_county = ordered(area.lines, replace(picture, by="county", down=True))
    assert [line.record.division_code for line in by_county] == ["990181", "990122", "990121", "990102"]
    query = {"round": ["demo"], "level": ["prefecture"], "standard": [standard.id]}
    sheet = named_table("matrix", Asked(office, person(office, "yanshizhou"), now(), query))
    told = {row[2]: dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows}
    assert (told["甲县"]["结论"], told["甲县"]["3.3.2"]) == ("尚未上报", None)
    assert "评价中" in told["丁市"]["结论"]
    assert told["丁市"]["3.3.2"].startswith("佐证不足")
    assert "分歧" in told["丁市"]["3.3.2"]
    screen = Screen(office, "yanshizhou", "matrix", by="3.3.2")
    assert "恢复按市排列" in screen.text
    asked = f"round=demo&amp;level=county&amp;standard={standard.id}"
    assert f'href="/papers/tables/matrix.xlsx?{asked}"' in screen.html
    screen.view("pictures")
    assert "各环节的县数" in screen.text
    screen.view("tiles")
    assert f'href="/appraisal?s={submission(office, "丁市").id}"' in screen.html
    assert f"s={submission(office, '甲县').id}" not in screen.html
    screen.view("print")
    assert "列本级推荐的县" in screen.text
    screen.press("print-round|demo|make")
    assert file_of(printed(screen)).startswith(b"%PDF")


def test_a_county_judged_by_other_code_is_said_to_be_judged_anew(office):
    with office.store.write("system", now()) as tx:
        old = [replace(kept, code="0" * 64) for kept in tx.verdicts.of(submission(office, "丁市").id)]
        tx.verdicts.keep(old)
    screen = Screen(office, "yanshisheng", "matrix")
    assert "正在重新判断" in screen.text
    assert f"s={submission(office, '丁市').id}&amp;row=" not in screen.html
    assert f"s={submission(office, '丙区').id}&amp;row=" in screen.html
    assert "丁市 市级基础评价 还有" in " ".join(Page(office, "yanshisheng", navigation.WORKBENCH).text.split())
    assert "正在重新判断" in Page(office, "yanshizhou", navigation.WORKBENCH).text


def test_counties_of_one_name_carry_their_prefecture(office):
    listed = [
        ListedSubmission(replace(submission(office, "丁市"), division_code=code, division_name=name), "批次", (0, 0))
        for code, name in (("990121", "甲县"), ("990221", "甲县"), ("990122", "乙县"), ("990122", "乙县"))
    ]
    shared = names_shared(listed)
    assert [option_words(one, shared).split()[0] for one in listed] == ["演示州甲县", "演示二市甲县", "乙县", "乙县"]


def test_the_list_is_found_narrowed_and_sorted_from_the_address_and_leads_to_where_it_is_done(office):
    bench = Page(office, "yanshizhou", navigation.WORKBENCH)
    assert "辖区内申报 4 份，其中 1 份等待您办理" in " ".join(bench.text.split())
    number = submission(office, "丁市").id
    assert f"/appraisal?s={number}&amp;view=opinion" in bench.html
    assert f"s={submission(office, '甲县').id}" not in bench.html  # 尚未上报的没有链接
    bench.fill("text_input", "q", "ds")
    assert [county in bench.text for county in ("丁市", "丙区")] == [True, False]
    bench.fill("text_input", "q", "nowhere")
    assert "没有符合条件的申报" in bench.text
    sorted_by = Page(office, "yanshizhou", navigation.WORKBENCH, sort="returned", down="1", page="99")
    assert sorted_by.html.index("丙区") < sorted_by.html.index("丁市")
    assert "恢复默认次序" in sorted_by.text
    sorted_by.fill("selectbox", "stage", "退回补正")
    assert [county in sorted_by.html for county in ("丁市", "丙区")] == [False, True]


@pytest.mark.parametrize("username", ["jiaxian_minzheng", "jiaxian_zhengfu", "guanliyuan"])
def test_the_picture_is_not_for_counties_and_administrators(office, username):
    screen = Screen(office, username, "matrix")
    assert "本页供" in screen.text
    assert "丁市" not in screen.text
