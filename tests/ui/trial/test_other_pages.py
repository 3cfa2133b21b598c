"""县情, 佐证材料 and 申报表: edits are checked by the exchange reader and change the verdicts at once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from scoring.submission import EvidenceItem
from storage.clock import local_date, now
from templates.cli import main as print_from_file
from tests.ui.made import FORM, county
from tests.ui.printed import file_of, printed
from ui.components import labels
from ui.components.trial.downloads import file_name
from ui.components.trial.workspace import Workspace

SAMPLES = Path(__file__).parents[3] / "sample_submissions"
MAKE = "trial-print|make"


def test_a_fact_typed_changes_the_verdicts_resting_on_it(loaded):
    loaded.go("screens/trial/county.py")
    loaded.field("text_input", "fact-townships-").set_value("９")
    loaded.run()
    assert "有尚未保存的修改" in loaded.text
    loaded.press("save-facts")
    assert loaded.workspace.submission.facts["townships"] == 9
    assert "结论有变化" in loaded.text


def test_a_fact_that_disagrees_with_a_figure_is_told_under_its_save(loaded):
    loaded.go("screens/trial/county.py")
    loaded.field("text_input", "fact-townships-").set_value("1")
    loaded.run()
    assert "这里所填与别处不符" not in loaded.text
    loaded.press("save-facts")
    assert "这里所填与别处不符" in loaded.text
    assert loaded.text.count("互核提醒") == 1  # once on the page: beside the save


@pytest.mark.parametrize(
    ("typed", "said"), [("八个", "县情“乡镇数”：“八个”不是数字"), ("-1", "县情“乡镇数”：不能为负数（-1）")]
)
def test_a_fact_that_is_no_count_is_refused(loaded, typed, said):
    loaded.go("screens/trial/county.py")
    before = loaded.workspace.submission
    loaded.field("text_input", "fact-townships-").set_value(typed)
    loaded.run()
    loaded.press("save-facts")
    assert said in loaded.html
    assert loaded.workspace.submission == before


def test_saving_untouched_facts_changes_nothing(loaded):
    loaded.go("screens/trial/county.py")
    before = loaded.workspace.submission
    assert "有尚未保存的修改" not in loaded.text
    loaded.press("save-facts")
    assert loaded.workspace.submission == before


def test_a_document_is_registered_under_the_next_number(loaded):
    loaded.go("screens/trial/evidence.py")
    for key, value in {
        "evidence-+-title": "会议纪要",
        "evidence-+-date": "2017年12月1日",
        "evidence-+-pages": "３",
    }.items():
        loaded.field("text_input", key).set_value(value)
    loaded.field("selectbox", "evidence-+-kind").select("minutes")
    loaded.run()
    loaded.press("save-document")
    assert loaded.workspace.submission.evidence["E02"] == EvidenceItem(
        title="会议纪要", kind="minutes", date=date(2017, 12, 1), pages=3
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("evidence-+-date", "2017-02-30", "不是日期"),
        ("evidence-+-pages", "三", "不是数字"),
        ("evidence-+-pages", "1.5", "应为整数"),
        ("evidence-+-title", " ", "不能为空"),
        ("evidence-+-title", "一份材料", "种类：没有选择"),
    ],
)
def test_a_document_with_a_slip_is_not_registered(loaded, key, value, said):
    loaded.go("screens/trial/evidence.py")
    loaded.field("text_input", "evidence-+-title").set_value("会议纪要")
    loaded.field("text_input", key).set_value(value)
    loaded.run()
    loaded.press("save-document")
    assert said in loaded.html
    assert list(loaded.workspace.submission.evidence) == ["E01"]


def test_a_document_in_use_cannot_be_removed(loaded):
    loaded.go("screens/trial/evidence.py")
    loaded.field("selectbox", "document-").select("E01")
    loaded.run()
    loaded.press("remove-document")
    assert "E01" in loaded.html
    assert "没有保存" in loaded.text
    assert "E01" in loaded.workspace.submission.evidence


def test_the_forms_fields_are_kept_as_typed(loaded):
    loaded.go("screens/trial/form.py")
    assert "有尚未保存的修改" not in loaded.text
    loaded.field("text_area", "form-narrative-").set_value("第一行\n  第二行 $x$ <b>\n")
    loaded.run()
    loaded.press("save-form")
    assert loaded.workspace.submission.form.narrative == "第一行\n  第二行 $x$ <b>\n"
    assert loaded.workspace.submission.form.unit_name == FORM.unit_name


@pytest.mark.day
def test_the_form_prints_on_demand_and_a_draft_is_told(screen):
    screen.load(county(answers={}))
    screen.go("screens/trial/form.py")
    assert "草稿" in screen.text
    assert "/papers/made/" not in screen.html
    screen.press(MAKE)
    made = printed(screen)
    assert "甲县民政局" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file_of(made))).pages)
    assert f"共 {made.pages} 页" in screen.text
    assert made.name == "甲县-2018-申报表-县级.pdf"


@pytest.mark.day
@pytest.mark.parametrize("level", ["county", "prefecture", "province"])
def test_the_page_prints_what_the_command_line_prints_at_the_same_level(screen, tmp_path, level):
    text = (SAMPLES / "01-fully-eligible.yaml").read_text(encoding="utf-8")
    file, out = tmp_path / "county.yaml", tmp_path / "form.pdf"
    # 省级认定其中一条未达标：按省级打印的是草稿，县级自评不受影响。
    file.write_text(_not_met_for_the_province(text), encoding="utf-8")
    screen.load(file.read_text(encoding="utf-8"))
    screen.field("selectbox", "level-").select(level)
    screen.run()
    screen.go("screens/trial/form.py")
    screen.press(MAKE)
    assert f"和“{labels.word('levels', level)}”生成" in screen.text
    said, today = io.StringIO(), local_date(now()).isoformat()
    asked = ["form", str(file), "-o", str(out), "--level", level, "--printed-on", today]
    assert print_from_file(asked, said) == 0, said.getvalue()
    assert file_of(printed(screen)) == out.read_bytes()
    assert ("草稿" in pypdf.PdfReader(out).pages[0].extract_text()) is (level == "province")


def _not_met_for_the_province(text: str) -> str:
    before, row, after = text.rpartition('"3.3.2":\n      finding: "met"')
    return before + row.replace('"met"', '"not_met"\n      reason: "抽查与报表不符"') + after


@pytest.mark.day
def test_a_form_made_before_a_save_is_no_longer_offered(loaded):
    loaded.go("screens/trial/form.py")
    loaded.press(MAKE)
    assert "已生成，共" in loaded.text
    loaded.field("text_area", "form-narrative-").set_value("改过的情况")
    loaded.run()
    loaded.press("save-form")
    assert "已生成，共" not in loaded.text
    assert "请重新生成" in loaded.text


@pytest.mark.day
def test_a_character_without_a_font_is_named(screen):
    screen.load(county(form=FORM.__class__(unit_name="甲县\U0002ebf0局")))
    screen.go("screens/trial/form.py")
    screen.press(MAKE)
    assert bool(printed(screen).missing_glyphs) == ("以〓代替" in screen.text)


@pytest.mark.parametrize("name", ["甲县", "../甲 县/", 'a:b*?"<>|', "\u202e甲县", "甲" * 500])
def test_download_names_suit_every_file_system(name):
    submission = county()
    workspace = Workspace(None, submission, "x", "", "", assessment=None)  # type: ignore[arg-type]
    workspace.submission = county(division=type(submission.division)("990121", name))
    name_of_file = file_name(workspace, "申报表.pdf")
    assert name_of_file.endswith("-2018-申报表.pdf")
    assert not set('/\\:*?"<>|\u202e \n') & set(name_of_file)
    assert not name_of_file.startswith(".")
    assert len(name_of_file) < 80
