"""Register, facts, form, division of work, government and exchange, as people use them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from pypdf import PdfReader
from streamlit.elements.lib import policies

from scoring.exchange.writing import write_submission
from scoring.submission import FORM_FIELDS
from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page, opened
from tests.ui.printed import file_of, printed
from tests.ui.seeded import names, person, submission
from tests.workflow.offline.test_workbooks import typed
from ui import navigation
from ui.identity import ACCOUNT_KEY
from ui.web.papers.made import printing_of
from workflow.office import Office
from workflow.offline.workbooks import workbook_of
from workflow.overview.gaps import gap_list
from workflow.procedure.moving import perform
from workflow.procedure.situation import MoveRequest
from workflow.rounds.rounds import NewRound, add_round
from workflow.states import State
from workflow.submission.assigning import assigned_units
from workflow.submission.saving import Edit, save
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target

pytestmark = pytest.mark.day


def test_facts_are_saved_one_by_one_and_two_people_do_not_clash_on_different_ones(office):
    first, second = (Page(office, COORDINATOR, navigation.FACTS) for _ in range(2))
    first.type("text_input", "fact-villages-", "97")
    second.type("text_input", "fact-population-", "431000")
    first.press("save-facts")
    second.press("save-facts")
    facts = opened(office).content.facts
    assert (facts["villages"], facts["population"]) == (97, 431000)
    assert re.search(
        r'接下来：<a class="dc-go" href="/assign\?s=\d+">分工</a>.*<a class="dc-go" href="/assess', first.html
    )
    assert "<b>设有上级地级市（地、州、盟）</b><small>是（照行政区划代码定，不用填）</small>" in first.html
    assert not first.has("selectbox", "fact-has_prefecture-value"), "the county's code says it"


def test_the_same_fact_twice_is_a_conflict_with_both_figures(office):
    first, second = (Page(office, COORDINATOR, navigation.FACTS) for _ in range(2))
    first.type("text_input", "fact-villages-", "97")
    second.type("text_input", "fact-villages-", "98")
    first.press("save-facts")
    second.press("save-facts")
    assert opened(office).content.facts["villages"] == 97
    assert "您的另一窗口已先保存" in second.text
    second.press("-chosen")
    assert opened(office).content.facts["villages"] == 98


@pytest.mark.parametrize(("choice", "villages", "typed"), [("chosen", 98, "431000"), ("theirs", 97, "431000")])
def test_after_a_conflict_on_one_fact_the_others_typed_are_still_there(office, choice, villages, typed):
    first, second = (Page(office, COORDINATOR, navigation.FACTS) for _ in range(2))
    first.type("text_input", "fact-villages-", "97")
    second.type("text_input", "fact-villages-", "98")
    second.type("text_input", "fact-population-", "431000")
    first.press("save-facts")
    second.press("save-facts")
    second.press(f"-{choice}")
    facts = opened(office).content.facts
    assert facts["villages"] == villages
    assert (facts["population"] == 431000) is (choice == "chosen")
    assert second.field("text_input", "fact|population|value").value == typed


def test_a_department_reads_the_facts_and_cannot_save(office):
    page = Page(office, DEPARTMENT, navigation.FACTS)
    assert not page.has("button", "save-facts")
    assert all(widget.disabled for widget in page.app.text_input)


def test_the_form_counts_previews_and_tells_a_draft(office):
    page = Page(office, COORDINATOR, navigation.APPLICATION)
    assert "草稿" in page.text
    page.type("text_area", "form-narrative-", "一、基本情况\n" + "甲县高度重视。" * 300)
    page.press("save-form")
    assert "已保存：申报表栏目（" in page.text
    assert "2106 字，续于附页" in page.text
    page.press("|print||make")
    page.fill("toggle", "|print||preview", value=True)
    assert page.html.count("<figure>") >= 3


def test_a_package_holds_the_material_chosen_and_another_choice_is_another_package(office):
    snapshot = opened(office)
    number = next(iter(snapshot.content.evidence))
    who, target = person(office, COORDINATOR), Target.evidence(number)
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(stream)
    kept = attach_file(office, who, snapshot.record.id, Upload(number, "办法.pdf", stream.getvalue()), now())
    entry = snapshot.entries[target]
    body = dict(entry.body) | {"file": "办法.pdf", "sha256": kept.sha256}
    save(office, who, snapshot.record.id, [Edit(target, body, entry.version)], now())
    page = Page(office, COORDINATOR, navigation.APPLICATION)
    page.fill("selectbox", "|print||paper", value="package")
    assert "其中 1 件有文件" in page.text
    page.press("|print||make")
    _, key = page.app.session_state[f"case|{snapshot.record.id}|county|print||made"]
    printing = printing_of(int(page.app.user[ACCOUNT_KEY]), key)
    assert printing is not None
    assert printing.wait(60)
    page.run()
    whole = file_of(printed(page))
    assert [e.title[: len(number)] for e in PdfReader(io.BytesIO(whole)).outline[-1]] == [number]
    page.fill("multiselect", "|print|evidence", value=[number])
    assert "请重新生成" in page.text


def test_the_coordinator_divides_the_work(office):
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    page.field("multiselect", "assignment-+-rows").set_value(["1.1.1", "V1"])
    page.field("multiselect", "assignment-+-units").set_value(["甲县公安局"])
    page.run()
    page.press("save-assignment")
    split = assigned_units(opened(office))
    assert split["1.1.1"] == split["V1"] == ("甲县公安局",)


def test_the_government_reads_the_division_of_work_only(office):
    page = Page(office, GOVERNMENT, navigation.ASSIGN)
    assert not page.has("button", "save-assignment")


def test_what_was_given_to_whom_is_kept_and_made_to_stand_again(office):
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    row = next(iter(assigned_units(opened(office))))
    for unit in ("甲县公安局", "甲县教育局"):
        page.field("multiselect", "assignment-+-rows").set_value([row])
        page.field("multiselect", "assignment-+-units").set_value([unit])
        page.run()
        page.press("save-assignment")
        assert assigned_units(opened(office))[row] == (unit,)
    page.fill("toggle", "|history|assignment", value=True)
    page.press(f"|restore|assignment/{row}|2")
    assert assigned_units(opened(office))[row] == ("甲县公安局",)
    assert f"已保存：分工 {row}（恢复 " in page.text
    reader = Page(office, GOVERNMENT, navigation.ASSIGN)
    reader.fill("toggle", "|history|assignment", value=True)
    assert f"分工 {row}" in reader.text
    assert not any("|restore|" in widget.key for widget in reader.app.button)


class TestGovernment:
    """乙县 waits for its government."""

    @pytest.fixture
    def page(self, office) -> Page:
        return Page(office, "yixian_zhengfu", navigation.GOVERNMENT)

    def test_reads_result_and_narrative(self, office, page):
        assert "总体结论" in page.text
        assert opened(office, "yixian_zhengfu", "乙县").content.form.narrative[:20] in page.html

    def test_cannot_release_without_its_opinion_and_is_told_why(self, page):
        assert page.field("button", "move-release").disabled
        assert "尚未填写县级人民政府推荐意见" in page.text

    def test_drafts_edits_saves_and_releases(self, office, page):
        drafting = next(widget for widget in page.app.button if widget.key.startswith("draft-opinion"))
        drafting.click()
        page.run()
        text = next(
            widget for widget in page.app.text_area if "opinion.county_government|-|text" in names(widget.key)[1:]
        )
        assert "同意推荐乙县" in text.value
        page.type("text_area", "government|-|text", text.value + "（经县政府常务会议审议）")
        page.press("save-opinion")
        assert "已保存：县级人民政府推荐意见（" in page.text
        assert page.field("button", "move-release").disabled
        page.fill("checkbox", "release|sure", value=True)
        page.press("move-release")
        snapshot = opened(office, "yixian_zhengfu", "乙县")
        assert snapshot.state is State.SUBMITTED
        assert snapshot.content.opinions["county_government"].text.endswith("（经县政府常务会议审议）")
        assert not page.has("button", "save-opinion")

    def test_saves_what_was_proposed_though_the_browser_did_not_know_it_yet(self, office, page):
        page.field("button", "draft-opinion").click().run()
        page.field("text_area", "government|-|text").set_value("")  # as the browser had it when it was pressed
        page.press("save-opinion")
        opinion = opened(office, "yixian_zhengfu", "乙县").content.opinions["county_government"]
        assert "同意推荐乙县" in opinion.text
        assert opinion.date is not None
        page.fill("checkbox", "release|sure", value=True)
        assert not page.field("button", "move-release").disabled

    def test_a_draft_settles_that_there_was_no_text(self, page, monkeypatch):
        monkeypatch.setattr(policies, "_shown_default_value_warning", False)
        assert "意见保存以后，可以在这里附盖章扫描件" in page.text
        page.press("save-opinion")
        assert "意见：不能为空" in page.text
        page.press("draft-opinion")
        assert "意见：不能为空" not in page.text
        assert not policies._shown_default_value_warning, "Streamlit warned of a value set beside the field's own"

    def test_empties_what_was_proposed_and_shown(self, page):
        page.press("draft-opinion")
        page.run()
        page.fill("text_area", "government|-|text", "")
        page.press("save-opinion")
        assert "意见：不能为空" in page.text

    def test_hands_back_only_with_a_reason(self, office, page):
        page.fill("checkbox", "hand_back|sure", value=True)
        page.press("move-hand_back")
        assert "理由没有写" in page.text
        assert opened(office, "yixian_zhengfu", "乙县").state is State.AWAITING_GOVERNMENT
        page.type("text_area", "-hand_back", "村（居）数据请再核对")
        page.press("move-hand_back")
        assert opened(office, "yixian_zhengfu", "乙县").state is State.DRAFT
        way = Page(office, "yixian_minzheng", navigation.WORKBENCH)
        assert "村（居）数据请再核对" in way.text

    def test_a_move_made_meanwhile_is_told(self, office, page):
        snapshot = opened(office, "yixian_zhengfu", "乙县")
        who = person(office, "yixian_zhengfu")
        page.type("text_area", "-withdraw", "不再申报")
        page.fill("checkbox", "withdraw|sure", value=True)
        perform(
            office,
            who,
            snapshot.record.id,
            "hand_back",
            MoveRequest(reason="请补充分月的结算明细"),
            expected_version=snapshot.record.version,
            now=now(),
        )
        page.press("move-withdraw")
        assert not page.has("button", "move-withdraw")
        assert opened(office, "yixian_zhengfu", "乙县").state is State.DRAFT


class TestExchange:
    @pytest.fixture
    def page(self, office) -> Page:
        return Page(office, COORDINATOR, navigation.EXCHANGE)

    def give(self, page: Page, text: str, name: str = "甲县.yaml") -> None:
        page.app.get("file_uploader")[0].upload(name, text.encode(), "application/yaml")
        page.run()

    def test_the_plan_comes_first_and_is_written_when_confirmed(self, office, page):
        content = opened(office).content
        changed = replace(content, facts={**content.facts, "villages": 99})
        self.give(page, write_submission(changed))
        assert "将写入" in page.text
        assert "99" in page.html
        assert opened(office).content == content
        page.press("apply-import")
        assert opened(office).content == changed
        assert "已保存：导入 1 处" in page.text

    def test_the_same_file_has_nothing_to_write(self, office, page):
        self.give(page, write_submission(opened(office).content))
        assert "没有需要导入的" in page.text
        assert page.field("button", "apply-import").disabled

    def test_another_countys_file_and_broken_ones_are_refused_with_reasons(self, office, page):
        text = write_submission(opened(office).content)
        self.give(page, text.replace("990121", "990122", 1))
        assert "请选择本县的文件" in page.text
        self.give(page, text.replace("format: 1", "format: 7", 1))
        assert "不支持的格式版本" in page.text

    def test_what_was_saved_since_a_workbook_was_made_is_chosen_field_by_field(self, office, page):
        note, who = Target.answer("1.1.2"), person(office, COORDINATOR)
        number = submission(office, "甲县").id
        filled = typed(workbook_of(office, who, number, now()), {"answers/1.1.2/note": "表中的说明"})
        entry = opened(office).entries[note]
        save(office, who, number, [Edit(note, {**entry.body, "note": "后来的说明"}, entry.version)], now())
        page.app.get("file_uploader")[0].upload("甲县.xlsx", filled, "application/octet-stream")
        page.run()
        assert "有 1 项又保存过，与表中改的是同一处" in page.text + "".join(one.value for one in page.app.warning)
        assert page.field("button", "apply-import").disabled, "what stands is kept until the person says otherwise"
        page.type("radio", "|take|answer/1.1.2|note", "用表中的")
        page.press("apply-import")
        assert opened(office).content.answers["1.1.2"].note == "表中的说明"

    def test_what_the_file_lacks_stays(self, office, page):
        content = opened(office).content
        self.give(page, write_submission(replace(content, answers={})))
        assert f"保持不变的 {len(content.answers)} 处" in page.text


def test_the_workbench_tells_what_stands_in_the_way_and_leads_there(office):
    page = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert page.field("button", "move-hand_over").disabled
    assert "现在还不能办理" in page.text
    assert "缺口清单" in page.text
    assert f'<a class="dc-go" href="/assess?s={submission(office, "甲县").id}&amp;row=' in page.html


def test_a_county_that_has_not_begun_begins_from_its_workbench(office):
    new = NewRound("demo-2", "演示批次二", ("national-2018",), date(2025, 1, 1), date(2026, 6, 30))
    add_round(office, None, new, now(), demo=True)
    page = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "批次“演示批次二”可以申报" in page.text
    page.press("start-demo-2")
    with office.store.read() as tx:
        assert tx.submissions.find("demo-2", "990121").state == State.DRAFT
    assert not page.has("button", "start-demo-2")


def test_a_demo_county_starts_from_nothing_in_the_demo_round(office):
    page = Page(office, "gengxian_minzheng", navigation.WORKBENCH)
    assert "可以申报，本县尚未开始自评" in page.text
    page.press("start-demo")
    made = submission(office, "庚县")
    assert (made.round_id, made.state) == ("demo", State.DRAFT)
    assert "还有 48 项没有填报" in page.text


def test_a_round_goes_on_by_the_rules_it_kept_when_others_are_installed(office, monkeypatch):
    install_other_rules(office, monkeypatch)
    for page in (navigation.WORKBENCH, navigation.ASSESS):
        text = Page(office, COORDINATOR, page).text
        assert "指纹不符" not in text
        assert "达标" in text


def test_rules_that_nobody_kept_are_told_as_a_reason_not_as_a_fault(office, monkeypatch):
    install_other_rules(office, monkeypatch)
    monkeypatch.setattr(Office, "_kept", lambda *_asked: None)
    for page in (navigation.WORKBENCH, navigation.ASSESS):
        assert "指纹不符" in Page(office, COORDINATOR, page).text.replace("\\", "")


def install_other_rules(office, monkeypatch):
    changed = replace(office.library.standards["national-2018"], fingerprint="0" * 64)
    monkeypatch.setitem(office.library.standards, "national-2018", changed)


def test_a_county_at_the_beginning_is_led_through_the_order_of_the_work(office):
    page = Page(office, "gengxian_minzheng", navigation.WORKBENCH)
    page.press("start-demo")
    assert "填报步骤" in page.text
    assert "已开始自评：" in page.text
    assert page.text.index("县情还有 ") < page.text.index("没有填报")
    links = re.findall(r'<a class="dc-go" href="/(\w+)[^>]*>(\d\. [^<]+)</a>', page.html)
    assert [label for _, label in links] == ["1. 县情", "2. 分工", "3. 自评", "4. 材料登记", "5. 申报表"]
    assert [path for path, _ in links] == ["facts", "assign", "assess", "register", "application"]
    assert "填报步骤" not in Page(office, "gengxian_zhengfu", navigation.WORKBENCH).text


def test_the_way_of_a_county_without_a_prefecture_names_no_prefecture(office):
    page = Page(office, "wuxian_zhengfu", navigation.WORKBENCH)
    way = page.html[page.html.index("<th>进入环节</th>") :]
    assert "省级评价（无地市级）" in way
    assert "市级基础评价" not in way


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (navigation.FACTS, "县情由县级民政部门（牵头填报）统一填写，您的部门只能查看"),
        (navigation.APPLICATION, "申报表由县级民政部门（牵头填报）统一填写，您的部门只能查看"),
    ],
)
def test_a_department_is_told_who_fills_in_what_is_nobody_s_to_assign(office, page, said):
    told = [widget.value.replace("\\", "") for widget in Page(office, DEPARTMENT, page).app.info]
    assert any(words.startswith(said) for words in told), told


def test_a_field_of_blanks_is_not_counted_as_filled_in(office):
    Page(office, "gengxian_minzheng", navigation.WORKBENCH).press("start-demo")
    with office.store.write("gengxian_minzheng", now()) as tx:
        tx.entries.put(submission(office, "庚县").id, "form", "unit_name", "\u3000 ", 0)
    assert f"已填 0/{len(FORM_FIELDS)} 栏" in Page(office, "gengxian_minzheng", navigation.WORKBENCH).html


def test_rows_given_to_a_department_that_cannot_sign_in_are_named_with_who_can_help(office):
    page = Page(office, COORDINATOR, navigation.ASSIGN)
    warned = next(widget.value for widget in page.app.warning).replace("\\", "")
    assert "甲县教育局" in warned
    assert "甲县公安局" not in warned
    assert "甲县民政局" not in warned
    assert "系统管理员" in warned


@pytest.mark.parametrize("at", [navigation.WORKBENCH, navigation.GOVERNMENT])
def test_a_government_is_told_to_send_back_what_is_open_and_not_how_to_fill_it_in(office, at):
    page = Page(office, GOVERNMENT, at)
    assert "请退回县级民政部门补报" in page.text
    if at is navigation.WORKBENCH:
        seen = opened(office, GOVERNMENT)
        for one in gap_list(office, seen, date(2018, 7, 2)):  # each is drawn once it is opened
            page.app.session_state[f"case|{seen.record.id}|county|gaps|{one.unit}|{one.suggested}"] = True
        page.run()
    assert "尚未填写自评结论。" in page.text
    assert "请选择自评结论" not in page.text
