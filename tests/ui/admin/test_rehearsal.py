"""规则预演 and 换用现行规则 on their screens: who gets them, what they show, and uploads that are not what they say."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from storage.clock import now
from tests.ui.county.pages import Page
from tests.ui.printed import file_of, printed
from tests.ui.review.acts import recommended_by_prefecture
from tests.ui.seeded import ROOT, Screen, person, submission
from tests.workflow.upgraded import of_covered_costs, repin_round, stricter, with_fact, with_standards
from ui import navigation
from ui.components.admin import repin_progress
from ui.office import replace_office
from workflow.office import Office
from workflow.rounds.repinning import begin_repin
from workflow.rounds.rounds import rounds

NATIONAL = ROOT / "indicators" / "national-2018"
MEDICAL = "3.3-medical-rehabilitation.yaml"
REPLACED = (
    ("报销比例不低于70%，并", "报销比例不低于99%，并"),
    ("quotes: [自负费用报销比例不低于70%]", "quotes: [自负费用报销比例不低于99%]"),
    ("at_least: 70, unit: percent", "at_least: 99, unit: percent"),
)
PROVINCE, ADMINISTRATOR = "yanshisheng", "guanliyuan"


def draft_files() -> dict[str, str]:
    """A revision of the national standard in which 70 % becomes 99 %."""
    files = {path.name: path.read_text(encoding="utf-8") for path in NATIONAL.glob("*.yaml")}
    for old, new in REPLACED:
        assert old in files[MEDICAL]
        files[MEDICAL] = files[MEDICAL].replace(old, new)
    return files


def zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def rehearse(screen: Screen, name: str, content: bytes) -> None:
    screen.app.get("file_uploader")[0].upload(name, content, "application/zip")
    screen.run()
    screen.press("rehearse-start")


@pytest.mark.parametrize("username", [PROVINCE, "guanchayuan"])
def test_a_draft_is_rehearsed_over_the_area_and_says_who_changes_and_why(office, username):
    screen = Screen(office, username, "rehearsal")
    rehearse(screen, "draft.zip", zipped({f"修订/{name}": text for name, text in draft_files().items()}))
    assert "总结论由符合变为尚不符合 3 件" in screen.text
    moved = "门槛由“不低于70%”改为“不低于99%”，所填 "
    for words in ("丁市", "3.3.2", "数据与自评不符", "低于 99%", moved, '<mark class="dc-second">99</mark>'):
        assert words in screen.html or words in screen.text
    # 未上报的县只见其名，不见内容。
    assert re.search("甲县，演示批次（[0-9]+年）：尚未上报", screen.html)
    for ending, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        screen.press(f"rehearse-{ending}")
        assert file_of(printed(screen)).startswith(begins)
    assert "规则预演-改变清单.csv" in screen.html


def test_what_only_a_new_requirement_changes_and_what_means_something_else_are_pointed_out(office):
    files = {path.name: path.read_text(encoding="utf-8") for path in NATIONAL.glob("*.yaml")}
    first = "      - {id: rehabilitation_rules,"
    paper = "      - {id: waiting_list, label: 轮候名单管理办法, kind: document, required: true, dated: in_force}\n"
    for old, new in ((first, paper + first), ("{label: 自负费用总额,", "{label: 目录内自负费用总额,")):
        assert old in files[MEDICAL]
        files[MEDICAL] = files[MEDICAL].replace(old, new)
    screen = Screen(office, PROVINCE, "rehearsal")
    rehearse(screen, "draft.zip", zipped(files))
    assert "3 件有变化，其中 3 件只因新增要求、县里尚未填报" in screen.text
    assert "新增要求，尚未填报" in screen.html
    assert "已填内容判断不同" not in screen.html
    assert any("口径已变的 1 项" in expander.label for expander in screen.app.expander)


def test_an_administrator_sees_what_a_draft_changes_in_the_rules_and_no_count(office):
    screen = Screen(office, ADMINISTRATOR, "rehearsal")
    rehearse(screen, "draft.zip", zipped(draft_files()))
    assert "影响由省级民政部门或观察员预演" in screen.text
    assert "总结论由符合变为" not in screen.text
    assert "99" in screen.html


def test_an_administrator_sees_of_an_installed_standard_how_many_and_no_county(office):
    screen = Screen(office, ADMINISTRATOR, "rehearsal")
    screen.fill("radio", "rehearse-from", "installed")
    screen.fill("selectbox", "rehearse-new", "yunnan-2018")
    screen.press("rehearse-start")
    assert "件申报" in screen.text
    for county in ("甲县", "乙县", "丙区", "丁市", "戊县", "己县"):
        assert county not in screen.text
    assert not any(button.key.startswith("rehearse-xlsx") for button in screen.app.button)


def test_local_documents_that_would_have_to_follow_a_draft_are_named_beside_the_rehearsal(office):
    files = draft_files()
    for old, new in (("召开两次会议", "召开四次会议"), ("at_least: 2, unit: 次}", "at_least: 4, unit: 次}")):
        files["1.1-leadership.yaml"] = files["1.1-leadership.yaml"].replace(old, new)
    screen = Screen(office, PROVINCE, "rehearsal")
    rehearse(screen, "draft.zip", zipped(files))
    assert "地方文件的对照" in screen.text
    assert "policies/xuchang-2017-38.yaml" in screen.html
    assert "预演结果" in screen.text


def test_an_installed_standard_is_rehearsed_in_the_place_of_the_one_it_extends(office):
    screen = Screen(office, PROVINCE, "rehearsal")
    screen.fill("radio", "rehearse-from", "installed")
    screen.fill("selectbox", "rehearse-new", "yunnan-2018")
    screen.press("rehearse-start")
    assert "（yunnan-2018，指纹 " in screen.text
    screen.fill("selectbox", "rehearse-new", "national-2018")
    screen.press("rehearse-start")
    assert "请在“代替哪个标准”中选择" in screen.text


@pytest.mark.parametrize("username", ["jiaxian_minzheng", "jiaxian_gongan", "jiaxian_zhengfu", "yanshizhou"])
def test_nobody_else_gets_the_page(office, username):
    screen = Screen(office, username, "rehearsal")
    assert "本页供" in screen.text
    assert not screen.app.button


def test_a_draft_with_faults_shows_each_at_its_place_and_is_not_rehearsed(office):
    files = draft_files()
    files[MEDICAL] = files[MEDICAL].replace("at_least: 99", "atleast: 99")
    screen = Screen(office, PROVINCE, "rehearsal")
    rehearse(screen, "draft.zip", zipped(files))
    assert "草案有 1 处错误" in screen.text
    assert f"草案/{MEDICAL}" in screen.html
    assert "是否应为“at_least”" in screen.html
    assert "预演结果" not in screen.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("draft.zip", b"PK\x03\x04 nothing of the kind", "压缩包打不开"),
        ("draft.zip", zipped({"standard.yaml": "id: x", "../../evil.yaml": "x"}), "指向包外"),
        ("draft.zip", zipped({f"{number}.yaml": "0" * (1 << 20) for number in range(12)}), "超过"),
        ("draft.zip", zipped({"standard.yaml": "id: x", "run.py": "import os"}), "只收 .yaml"),
        ("1.1-leadership.yaml", b"topic: '1.1'", "没有 standard.yaml"),
    ],
)
def test_a_hostile_or_mistaken_upload_is_refused_in_words(office, name, content, words):
    screen = Screen(office, PROVINCE, "rehearsal")
    rehearse(screen, name, content)
    assert words in screen.html
    assert "预演结果" not in screen.text


def test_words_of_a_draft_are_shown_as_written_and_never_run(office):
    files = draft_files()
    evil = "<img src=x onerror=alert(1)>"
    files["standard.yaml"] = files["standard.yaml"].replace("title: ", f"title: {evil} ", 1)
    files[MEDICAL] = files[MEDICAL].replace("label: 重大疾病医疗救助自负费用报销比例", f"label: {evil}")
    screen = Screen(office, PROVINCE, "rehearsal")
    rehearse(screen, "draft.zip", zipped(files))
    assert evil not in screen.html
    assert "&lt;img src=x" in screen.html


def test_nothing_asked_is_answered_with_what_to_do(office):
    screen = Screen(office, PROVINCE, "rehearsal")
    screen.press("rehearse-start")
    assert "请选择草案的文件" in screen.html


def test_a_refusal_goes_when_what_was_asked_for_is_given(office):
    screen = Screen(office, PROVINCE, "rehearsal")
    screen.press("rehearse-start")
    screen.app.get("file_uploader")[0].upload("draft.zip", zipped(draft_files()), "application/zip")
    screen.run()
    assert "请选择草案的文件" not in screen.html


@pytest.fixture
def upgraded(office, monkeypatch) -> Office:
    """The demonstration, opened by a program whose national standard asks for more; on however slow a machine."""
    monkeypatch.setattr(repin_progress, "_AT_ONCE", 60)
    other = replace(office, library=with_standards(stricter()))
    replace_office(other)
    return other


@pytest.mark.day
def test_the_rounds_page_says_which_rules_and_takes_the_installed_ones_with_a_reason(upgraded):
    screen = Screen(upgraded, ADMINISTRATOR, "rounds")
    assert "批次保存的原规则" in screen.text
    screen.press("repin-look")
    assert "4 件有变化" in screen.text
    assert '<mark class="dc-first">70</mark>' in screen.html
    assert '<mark class="dc-second">95</mark>' in screen.html
    # 只列县数，核对过才能换用；拒绝的话就在按钮旁。
    assert "由符合变为尚不符合" in screen.html
    assert "已上报的县" in screen.html
    assert "系统管理员只看县数" in screen.text
    assert "丁市" not in screen.html
    assert screen.field("button", "repin-save").disabled
    screen.fill("checkbox", "repin-sure-demo", value=True)
    screen.press("repin-save")
    assert "请写明换用现行规则的理由" in screen.text
    assert screen.at_fault == {"repin|demo|reason"}
    screen.fill("text_area", "repin-demo-reason", "医疗救助比例更正")
    screen.press("repin-save")
    (round_record,) = rounds(upgraded)
    assert upgraded.follows_installed(round_record)
    assert f"批次“{round_record.title}”换用现行规则" in screen.text
    assert "各批次采用的都是现行规则" in screen.text


@pytest.mark.day
def test_stopped_half_way_the_page_says_how_far_it_is_and_goes_on(upgraded):
    begin_repin(upgraded, person(upgraded, ADMINISTRATOR), "demo", "医疗救助比例更正", now())
    county = Page(upgraded, "dingshi_minzheng", navigation.ASSESS, row="3.3.2")
    assert "本批次正在换用新规则，内容暂时只能查看，不能修改和办理。请过几分钟再试" in county.text
    screen = Screen(upgraded, ADMINISTRATOR, "rounds")
    (bar,) = screen.app.get("progress")
    assert "件申报，已换 0 件" in bar.proto.text
    assert "换用停在这里" in screen.text
    assert not screen.has("button", "repin-look")
    screen.press("repin-go-on-demo")
    (round_record,) = rounds(upgraded)
    assert upgraded.follows_installed(round_record)
    assert "各批次采用的都是现行规则" in Screen(upgraded, ADMINISTRATOR, "rounds").text


@pytest.mark.day
def test_where_a_county_is_recommended_already_the_page_says_why_not(upgraded):
    recommended_by_prefecture(upgraded)
    screen = Screen(upgraded, ADMINISTRATOR, "rounds")
    screen.press("repin-look")
    assert "不能换用" in screen.text
    assert "新规则请另开批次采用" in screen.text
    assert not screen.has("button", "repin-save")


@pytest.mark.day
def test_where_nothing_differs_there_is_nothing_to_take(office):
    screen = Screen(office, ADMINISTRATOR, "rounds")
    assert "各批次采用的都是现行规则" in screen.text
    assert not screen.has("button", "repin-look")


@pytest.mark.day
def test_after_taking_other_rules_the_county_and_the_reviewer_see_it_where_they_work(upgraded):
    repin_round(upgraded, person(upgraded, ADMINISTRATOR), "demo", "医疗救助比例更正", now())
    record = submission(upgraded, "丁市")
    page = Page(upgraded, "yanshizhou", navigation.APPRAISAL, s=str(record.id))
    assert "换用现行规则（理由：医疗救助比例更正）" in page.text
    page.go(navigation.READING, s=str(record.id))
    assert "换用现行规则（理由：医疗救助比例更正）" in page.text
    county = Page(upgraded, "jiaxian_minzheng", navigation.WORKBENCH)
    assert "批次换用现行规则" in county.text  # 办理经过


@pytest.mark.day
def test_the_row_says_which_threshold_moved_beside_the_countys_figure(upgraded):
    repin_round(upgraded, person(upgraded, ADMINISTRATOR), "demo", "医疗救助比例更正", now())
    page = Page(upgraded, "dingshi_minzheng", navigation.ASSESS, row="3.3.2")
    assert re.search("全国标准：“[^”]+”门槛由“不低于70%”改为“不低于95%”，所填 [0-9.]+%。", page.text)
    assert "本项的结论因规则改动而改变" in page.text


@pytest.mark.day
def test_sent_back_by_its_government_a_county_reads_why_and_what_changed_where_it_works(upgraded):
    repin_round(upgraded, person(upgraded, ADMINISTRATOR), "demo", "医疗救助比例更正", now())
    record = submission(upgraded, "甲县")
    with upgraded.store.write("jiaxian_zhengfu", now()) as tx:
        tx.moves.add(
            record.id, move="hand_back", to_state=record.state, expected_version=record.version, reason="请按95%补报"
        )
    page = Page(upgraded, "jiaxian_minzheng", navigation.WORKBENCH)
    for _ in range(2):
        assert "退回县级民政部门（理由：请按95%补报）" in page.text
        assert "换用现行规则（理由：医疗救助比例更正）" in page.text
        page.go(navigation.ASSESS, row="3.3.2")
    assert "门槛由“不低于70%”改为“不低于95%”" in page.text


@pytest.mark.day
def test_a_figure_whose_meaning_changed_is_pointed_out_before_and_after_where_it_is_filled_in(office):
    other = replace(office, library=with_standards(*map(of_covered_costs, office.library.standards)))
    replace_office(other)
    screen = Screen(other, ADMINISTRATOR, "rounds")
    screen.press("repin-look")
    assert any("编号未变而口径已变的 1 项" in expander.label for expander in screen.app.expander)
    repin_round(other, person(other, ADMINISTRATOR), "demo", "按目录内费用计算", now())
    page = Page(other, "dingshi_minzheng", navigation.ASSESS, row="3.3.2")
    assert "口径已变：分母由“自负费用总额（元）”改为“目录内自负费用总额（元）”。请核对所填数。" in page.text


@pytest.mark.day
def test_a_fact_whose_meaning_changed_is_pointed_out_among_the_facts(office):
    label = "乡镇数（不含街道）"
    other = replace(
        office, library=with_standards(*(with_fact(each, "townships", label) for each in office.library.standards))
    )
    replace_office(other)
    repin_round(other, person(other, ADMINISTRATOR), "demo", "街道不再计入", now())
    page = Page(other, "jiaxian_minzheng", navigation.FACTS)
    assert f"县情“{label}”口径已变" in page.text


@pytest.mark.day
def test_documents_that_changed_are_named_before_the_round_takes_them(office):
    policies = office.library.policies
    policy = next(policy for policy in policies.values() if policy.number)
    other = replace(
        office, library=replace(office.library, policies={**policies, policy.id: replace(policy, issuer="另一机关")})
    )
    replace_office(other)
    screen = Screen(other, ADMINISTRATOR, "rounds")
    assert "批次保存的原规则" in screen.text
    screen.press("repin-look")
    assert f"县里已填的对照请核对，不影响评估结论：{policy.number}" in screen.text
    assert "结论和认定都不受影响" in screen.text
