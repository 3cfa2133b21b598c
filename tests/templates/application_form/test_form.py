"""The printed 申报表: the notice's words and nothing of ours on its official pages; nothing a county wrote is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from scoring.submission import FORM_LABELS, Division, Form, Opinion
from templates.application_form.check_sheet import OfficeNames
from templates.application_form.form import render_blank_form, render_form
from templates.application_form.layout import application_form
from tests.templates.conftest import Printed

# 民函〔2018〕4号 附件2, in printed order. Its fields' names were transcribed once more, beside their keys, in the
# page on the file: neither the layout nor `scoring.submission` is asked what the notice says.
FORMAT_PAGE = Path(__file__).parents[3] / "docs" / "submission-format.md"
NOTICE_FIELDS = dict(
    re.findall(
        r"^  (\w+): .*?# (\S+)$",
        FORMAT_PAGE.read_text(encoding="utf-8").partition("\nform: ")[2].partition("\nanswers: ")[0],
        re.MULTILINE,
    )
)
LABELS_1 = [
    "附件2", "全国农村留守儿童关爱保护和困境儿童保障", "示范县（市、区、旗）申报表", *NOTICE_FIELDS.values(), "：",
    "注：本项内容超出可另附页。",
]  # fmt: skip
LABELS_2 = [
    "县级人民政府推荐意见：", "（公章）", "年月日", "地市级民政部门推荐意见：", "（公章）", "年月日",
    "省级民政部门推荐意见：", "（公章）", "年月日", "（本表格一式两份）",
]  # fmt: skip
EMPTY = dict.fromkeys(Form.__dataclass_fields__)
SENTENCE = "县级党委、政府每年至少召开两次会议（2017年4次），研究“农村留守儿童”工作；经费3.5万元，占70%。"


def test_an_empty_form_prints_exactly_the_words_of_the_notice(printed, submission):
    form = printed(submission(EMPTY))
    assert form.words(1) == "".join(LABELS_1)
    assert form.words(2) == "".join(LABELS_2)


def test_every_field_of_the_form_stands_on_paper_beside_its_own_label():
    layout = application_form()
    cells = [cell for row in layout.rows for cell in row.cells]
    pairs = zip(cells[::2], cells[1::2], strict=True)
    printed = {field.field: "".join(label.label) + (label.note or "") for label, field in pairs}
    assert printed | {layout.narrative.key: layout.narrative.name} == FORM_LABELS == NOTICE_FIELDS


def test_a_blank_form_is_the_notices_two_pages(printed, submission, tmp_path):
    blank = render_blank_form()
    path = tmp_path / "blank.pdf"
    path.write_bytes(blank.pdf)
    assert blank.pages == 2
    assert Printed(str(path), blank).words() == "".join(LABELS_1 + LABELS_2)


def test_telephone_numbers_print_half_width_however_they_were_typed(printed, submission):
    typed = {
        "leader_phone": "０８７７－４０１１２３４（办公室）",
        "contact_phones": "＋８６　13900000000",
        "leader_name": "１号",
    }
    words = printed(submission(typed)).words(1)
    for word in ("0877-4011234（办公室）", "+8613900000000", "１号"):
        assert word in words


def test_official_pages_of_a_filled_form_carry_the_countys_words_and_nothing_else(printed, submission, opinions):
    form = printed(submission(opinions=opinions("county_government")))
    left = form.words(1)
    for word in [*LABELS_1, "演示省演示州甲县民政局", "白㛃𬱖", "0877-4011234", "普龚（股长）",
                 "0877-401567813900000000", "一、基本情况。我县辖8个乡镇。",
                 "二、主要工作。建立工作协调机制。"]:  # fmt: skip
        assert word in left
        left = left.replace(word, "", 1)
    assert left == ""
    second = form.words(2)
    assert second.startswith("县级人民政府推荐意见：经审核，申报材料真实、完整，同意推荐。（公章）2018年6月12日")
    assert second.endswith("".join(LABELS_2[3:]))


def test_official_pages_show_no_picture_and_no_code(printed, submission):
    form = printed(submission({"narrative": SENTENCE * 60}))
    reader = PdfReader(BytesIO(form.rendered.pdf))
    for page in reader.pages[:2]:
        assert " Do" not in page.get_contents().get_data().decode("latin-1")
    assert "校验码" not in form.words(1, 2)
    assert " Do" in reader.pages[2].get_contents().get_data().decode("latin-1")


def test_page_is_a4(printed, submission):
    box = PdfReader(BytesIO(printed(submission()).rendered.pdf)).pages[0].mediabox
    assert (round(float(box.width), 1), round(float(box.height), 1)) == (595.3, 841.9)


# --- long texts


def narrative_of(form, plain):
    """The narrative as printed over page 1 and the 附页, running heads and feet taken off."""
    lines = form.text(1).splitlines()
    start = lines.index("基本情况及主要工作：") + 1
    found = [line for line in lines[start:] if not line.startswith("注：")]
    for number in range(3, form.rendered.pages):
        page = form.text(number).splitlines()
        found += [line for line in page[1:] if not line.startswith(("校验码", "附页", "基本情况及主要工作（续）"))]
    return "".join("".join(found).split())


@pytest.mark.parametrize("length", [26_000, 100_000])
def test_a_long_narrative_goes_on_numbered_sheets_and_no_character_is_cut(printed, submission, length):
    text = "".join(f"{number}.{SENTENCE}" + ("\n" if number % 5 == 0 else "") for number in range(length // 50))[
        :length
    ]
    form = printed(submission({"narrative": text}))
    extra = form.rendered.pages - 3
    assert f"（下接附页第1页，共{extra}页）" in form.words(1)
    assert "".join(text.split()) == narrative_of(form, text)
    last = form.words(2 + extra)
    assert f"附页第{extra}页，共{extra}页" in last
    assert "演示省演示州甲县民政局" in last


def test_a_text_that_fits_says_nothing_of_further_pages(printed, submission):
    form = printed(submission())
    assert form.rendered.pages == 3
    assert "下接附页" not in form.words()


CONCLUSION = "同意推荐甲县为示范县，报演示省民政厅。"
REASON = "指标1.1.1未达标（会议没有召开）；指标1.1.2需补正；其余符合标准。"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("经审核，属实。" + REASON * 15 + CONCLUSION, "经审核，属实。" + REASON),
        ("经审核，属实。\n" + REASON * 15 + "\n" + CONCLUSION, "经审核，属实。" + REASON),
        (REASON[:-1] * 15 + "。" + CONCLUSION, "指标1.1.1未达标（会议没有召开）；指标1.1.2需补正；"),
        ("理由" * 150 + "。" + CONCLUSION, ""),
    ],
    ids=["sentences", "paragraphs", "clauses", "one clause"],
)
def test_an_opinion_that_does_not_fit_keeps_its_conclusion_above_the_only_seal(
    printed, submission, opinions, text, begins
):
    given = opinions("county_government") | opinions("prefecture", text=text)
    form = printed(submission(opinions=given), level="prefecture")
    assert form.rendered.pages == 4
    note = "（下接附页第1页，共1页）"
    box = form.words(2).split("地市级民政部门推荐意见：")[1]
    reasons, conclusion = box.split(note)
    assert conclusion.startswith(f"{CONCLUSION}（公章）2018年6月12日省级")
    assert reasons.startswith(begins)
    assert reasons == "" or reasons.endswith(("。", "；"))
    sheet = form.words(3)
    assert "地市级民政部门推荐意见（续）" in sheet
    assert "（公章）" not in sheet
    rest = sheet.split("演示省演示州甲县民政局")[1].split("校验码")[0]
    assert reasons + rest + CONCLUSION == "".join(text.split())


@pytest.mark.parametrize("length", range(60, 1500, 111))
def test_opinions_of_every_length_print_whole(printed, submission, opinions, length):
    text = "".join(chr(0x4E00 + index) for index in range(length))
    form = printed(submission(opinions=opinions("county_government", text=text)))
    on_paper = form.words()
    assert all(ch in on_paper for ch in text)


def test_an_opinion_of_one_endless_sentence_goes_on_without_a_second_seal(printed, submission, opinions):
    form = printed(submission(opinions=opinions("county_government", text="字" * 900)))
    assert form.words(2, 3).count("字") == 900
    assert form.words().count("（公章）") == 3


def test_a_very_long_cell_wraps_and_is_repeated_whole_on_a_further_sheet(printed, submission):
    name = "演示省" + "很长的单位名称" * 60
    form = printed(submission({"unit_name": name}))
    assert "（下接附页第1页）" in form.words(1)
    assert name in form.words(3)


def test_a_cell_of_four_lines_grows_its_row_and_needs_no_further_sheet(printed, submission):
    form = printed(submission({"contact_name_and_title": "普龚（甲县民政局社会事务股股长兼儿童福利科负责人）"}))
    assert form.rendered.pages == 3
    assert "普龚（甲县民政局社会事务股股长兼儿童福利科负责人）" in form.words(1)


# --- hostile text

HOSTILE = [
    '<img src="/etc/passwd">', "<para><b>未闭合", "$x^2$", "{}{0}%s", "&lt;&amp;", "](http://x)", "\\(", "甲\x00\x07乙",
    "甲\u202e乙", "甲\u200b乙", "𬭩𬱖𫖮㑇䶮", "／．．／", "=1+1", "（" * 200, "。" * 200, "x" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_prints_literally_in_every_field_and_opinion(printed, submission, opinions, text):
    form = printed(submission(dict.fromkeys(EMPTY, text), opinions=opinions("county_government", text=text)))
    visible = "".join(ch for ch in text if ch.isprintable() and ch != " ")
    on_paper, times = form.words(), len(EMPTY) + 1
    if len(visible) < 100:
        assert on_paper.count(visible) >= times
    else:
        assert on_paper.count(visible[0]) >= len(visible) * times
    assert "root:" not in on_paper


def test_emoji_print_as_a_visible_sign_and_are_named(printed, submission):
    form = printed(submission({"leader_name": "王😀", "narrative": "😀很好🎉"}))
    assert form.rendered.missing_glyphs == ("😀", "🎉")
    assert "王〓" in form.words(1)
    assert "〓很好〓" in form.words(1)
    assert "U+1F600、U+1F389" in form.words(3)


def test_private_code_points_of_our_fonts_are_not_a_users_characters(printed, submission):
    form = printed(submission({"leader_name": "\ue000"}))
    assert form.rendered.missing_glyphs == ("\ue000",)


# --- draft, levels, dates


def test_a_form_that_is_not_eligible_says_draft_on_every_sheet_but_the_check_sheet(printed, submission, assessment):
    form = printed(submission({"narrative": SENTENCE * 60}), assessment(eligible=False))
    assert all("草稿" in form.words(page) for page in range(1, form.rendered.pages))
    angles = set()
    PdfReader(BytesIO(form.rendered.pdf)).pages[0].extract_text(
        visitor_text=lambda text, matrix, *_: angles.add(round(matrix[1], 2)) if "草稿" in text else None
    )
    assert angles == {0.71}  # across the sheet
    assert "结论尚不符合申报条件，正表印为草稿" in form.words(form.rendered.pages)


@pytest.mark.parametrize(("level", "word"), [("county", "申报"), ("prefecture", "推荐"), ("province", "推荐")])
def test_the_check_sheet_speaks_of_applying_or_recommending_as_its_level_does(printed, submission, level, word):
    assert f"按以上全部标准，符合{word}条件" in printed(submission(), level=level).words(3)


@pytest.mark.parametrize(("code", "invented"), [("990121", True), ("530125", False)])
def test_prints_of_invented_divisions_say_so_but_on_the_official_pages(printed, submission, code, invented):
    made = submission({"narrative": SENTENCE * 60}, division=Division(code, "甲县"))
    form = printed(made)
    assert "演示数据" not in form.words(1, 2)
    assert [("演示数据" in form.words(page)) for page in range(3, form.rendered.pages + 1)] == [invented] * (
        form.rendered.pages - 2
    )
    assert ("核对页演示数据" in form.words(form.rendered.pages)) is invented


def test_an_eligible_form_does_not_say_draft(printed, submission):
    assert "草稿" not in printed(submission()).words()


@pytest.mark.parametrize(
    ("level", "shown"), [("county", 1), ("prefecture", 2), ("province", 3)]
)  # fmt: skip
def test_boxes_above_the_level_stay_empty(printed, submission, opinions, level, shown):
    given = opinions("county_government", "prefecture", "province")
    form = printed(submission(opinions=given), level=level)
    assert form.words(2).count("同意推荐。") == shown
    assert form.words(2).count("年月日") == 3 - shown


def test_opinions_of_a_level_are_never_printed_beside_the_verdict_of_another(submission, assessment, opinions):
    made = submission(opinions=opinions("county_government", "prefecture", "province"))
    for judged, printed_at in (("county", "province"), ("prefecture", "province"), ("province", "county")):
        with pytest.raises(ValueError, match=f"按 {printed_at} 级打印.*按 {judged} 级"):
            render_form(made, assessment(level=judged), printed_at)
    for level in ("county", "prefecture", "province"):
        judged = assessment(level=level)
        assert render_form(made, judged).pdf == render_form(made, judged, level).pdf


def test_a_county_without_prefecture_leaves_the_second_box_empty(printed, submission, opinions):
    words = printed(submission(opinions=opinions("county_government", "province")), level="province").words(2)
    first, rest = words.split("地市级民政部门推荐意见：")
    second, third = rest.split("省级民政部门推荐意见：")
    assert "同意推荐" in first
    assert second == "（公章）年月日"
    assert "同意推荐" in third


def test_an_opinion_without_date_leaves_the_date_to_be_written(printed, submission):
    given = {"county_government": Opinion("同意。", None)}
    assert "同意。（公章）年月日" in printed(submission(opinions=given)).words(2)


# --- check sheet, bytes, file


def test_the_check_sheet_names_round_division_standards_and_fingerprints(printed, submission):
    names = OfficeNames("2018年第一批", {"national-2018": "《指导标准》（民政部，2018年1月）"})
    words = printed(submission(), printed_on=date(2018, 7, 3), names=names).words(3)
    for word in ["核对页", "校验码", "2018年第一批（申报期2017年1月1日至2018年6月30日）", "甲县（990121）",
                 "《指导标准》（民政部，2018年1月）：符合申报条件", "yunnan-2018：符合申报条件", "缺字无",
                 "打印日期2018年7月3日"]:  # fmt: skip
        assert word in words
    above, foot = words.split("不随正表盖章。")
    assert "a" * 64 not in above
    assert foot.endswith(f"标准指纹national-2018{'a' * 64}标准指纹yunnan-2018{'b' * 64}")


def test_the_check_sheet_says_where_its_code_is_checked_where_there_is_such_a_place(printed, submission):
    assert "扫右侧二维码" not in printed(submission()).words(3)
    told = printed(submission(), check_at="https://sfx.example/check").words(3)
    assert "扫右侧二维码，或打开https://sfx.example/check输入校验码和行政区划代码" in told


def test_no_print_date_unless_told(printed, submission):
    assert "打印日期" not in printed(submission()).words()


def test_the_same_submission_gives_the_same_bytes(submission, assessment):
    made = submission({"narrative": SENTENCE * 40})
    assert render_form(made, assessment()).pdf == render_form(made, assessment()).pdf


def test_the_check_code_changes_with_any_content(printed, submission):
    def code(form):
        return form.words(3).split("完整校验码")[1][:64]

    assert code(printed(submission())) != code(printed(submission({"leader_phone": "0877-4011235"})))


def test_every_font_is_embedded_as_a_subset_with_a_unicode_map(printed, submission, assessment):
    form = printed(submission({"narrative": SENTENCE * 60}), assessment(eligible=False))
    rows = form.fonts()
    assert rows
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert "Helvetica" not in row


def test_rare_characters_are_copied_as_they_are(printed, submission):
    names = "㑇㛃䶮𬭩𬱖𫖮𠅤𪟝𫞩𬺓權"
    assert names in printed(submission({"narrative": names})).words(1)


def test_the_file_has_title_language_and_outline(printed, submission):
    reader = PdfReader(BytesIO(printed(submission({"narrative": SENTENCE * 40})).rendered.pdf))
    assert reader.metadata.title == "全国农村留守儿童关爱保护和困境儿童保障示范县（市、区、旗）申报表（甲县）"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    titles = [entry["/Title"] for entry in reader.outline]
    assert titles[:3] == ["申报表", "推荐意见", "附页1 基本情况及主要工作（续）"]
    assert titles[-1] == "核对页"


def test_forms_printed_at_the_same_time_do_not_disturb_each_other(submission, assessment):
    made = [submission({"narrative": f"{number}{SENTENCE}" * 40}) for number in range(8)]
    alone = [render_form(one, assessment()).pdf for one in made]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: render_form(one, assessment()).pdf, made))
    assert together == alone
