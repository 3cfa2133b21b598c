"""Papers beside the form, each from its contents: the register, a level's findings, a level's visits."""

from __future__ import annotations

import io
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from indicators import load_library
from scoring.exchange.reading import submission_reader
from scoring.judging.assess import assess_by_round
from templates.documents.contents.about import About
from templates.documents.contents.evidence import UNUSED, VETOES, evidence_contents
from templates.documents.contents.gaps import gaps_of_file
from templates.documents.contents.notice import NoticeContents, NoticeItem, addressed
from templates.documents.contents.record import record_contents
from templates.documents.contents.report import ReportHead
from templates.documents.contents.visit import Sheet, SheetLine, visit_contents
from templates.documents.making import made_document
from tests.templates.documents.test_engine import HOSTILE, docx_words, pdf_words

SAMPLES = Path(__file__).parents[3] / "sample_submissions"
HEAD = ReportHead(round_title="2018年度", place="演示省演示州甲县")
LINE = SheetLine("1.1.1", "原文", "存疑", "看原件", "现场查看")

SHEET = Sheet("2018年8月20日", places="甲县", lines=(LINE,))


@pytest.fixture(scope="module")
def library():
    return load_library()


@pytest.fixture(scope="module")
def submission(library):
    """The whole county, all but its fifth papers in boxes."""
    read = submission_reader(SAMPLES / "01-fully-eligible.yaml")(library)
    boxed = {
        name: item if at % 5 == 4 else replace(item, box=str(12 - at // 10), order=str(at % 10 + 1))
        for at, (name, item) in enumerate(read.evidence.items())
    }
    return replace(read, evidence=boxed)


@pytest.fixture(scope="module")
def made(library, submission):
    judged = assess_by_round(submission, library, "prefecture")
    half = submission_reader(SAMPLES / "09-half-filled.yaml")(library)
    return {
        "evidence": evidence_contents(submission, library, HEAD),
        "record": record_contents(submission, judged, library, "prefecture", HEAD),
        "visit": visit_contents(
            submission, library, "province", HEAD, Sheet("2018年8月20日", places="甲县", lines=(LINE,))
        ),
        "gaps": gaps_of_file(half, assess_by_round(half, library), library, HEAD),
        "notice": NoticeContents(
            **About.of(submission, HEAD).names(),
            **addressed("甲旗", ""),
            level="市级民政部门",
            office="演示州民政局",
            number=1,
            count=2,
            reason="请逐项核对。",
            due="2018年7月25日",
            dated="2018年7月2日",
            items=tuple(NoticeItem(at, f"指标 1.1.{at}", "原文", "花名册与系统相差三人") for at in (1, 2)),
        ),
    }


def test_each_piece_stands_in_one_part_and_in_its_box(made, library, submission):
    contents = made["evidence"]
    assert [part.part[0] for part in contents.parts] == ["1", "2", "3", "4", "5", VETOES[0]]
    listed = [row.id for part in contents.parts for row in part.items]
    assert sorted(listed) == sorted(submission.evidence)
    assert [box.box for box in contents.boxes] == sorted({box.box for box in contents.boxes}, key=int)
    first = contents.boxes[-1]
    assert [row.order for row in first.items] == ["1", "2", "3", "4", "6", "7", "8", "9"]
    assert first.counted == f"8 件，{sum(row.pages for row in first.items)} 页"
    unboxed = [name for name, item in submission.evidence.items() if not item.box]
    assert contents.unboxed == f"没有登记盒号的 {len(unboxed)} 件：{'、'.join(unboxed)}。"
    none = {name: replace(item, box=None) for name, item in submission.evidence.items()}
    whole = evidence_contents(replace(submission, evidence=none), library)
    assert whole.unboxed == f"全部 {len(none)} 件都没有登记盒号。"
    rows = {row.id: row for part in contents.parts for row in part.items}
    assert any("并用于" in row.remark for row in rows.values())


def test_what_no_row_names_and_what_is_not_known_of_a_box_is_told(library, submission):
    item = replace(submission.evidence["E01"], box="甲-2", order=None, pages=None, date=None)
    contents = evidence_contents(replace(submission, evidence={"X1": item}), library)
    assert [part.part for part in contents.parts] == [UNUSED]
    assert contents.boxes[0].lacking == "1 件没有登记页数，1 件没有登记日期，1 件没有登记盒内序号"
    assert contents.boxes[0].span == "X1"


def test_the_register_is_a_sheet_of_numbers_and_days_and_a_paper_for_each_box(made):
    book = load_workbook(io.BytesIO(made_document("evidence", made["evidence"], "xlsx").content))
    assert book.sheetnames == ["目录", "各盒", "说明"]
    head, first = ([cell.value for cell in row] for row in list(book["目录"].iter_rows())[:2])
    told = dict(zip(head, first, strict=True))
    assert (told["件号"], told["页数"], told["日期"].year) == ("E01", 9, 2017)
    assert book["目录"].max_row == len(made["evidence"].items) + 1
    words = pdf_words(made_document("evidence", made["evidence"], "pdf").content)
    assert words.count("归档文件目录盒内序号") == words.count("备考表盒内文件情况") == len(made["evidence"].boxes)
    assert words.count("盒面（沿框剪下）") == words.count("盒脊（沿框剪下，竖贴）") == len(made["evidence"].boxes)


def test_the_record_tells_finding_methods_reason_and_search_row_by_row(made, library, submission):
    rows = {row.id: row for section in made["record"].sections for row in section.rows}
    assert len(rows) == 48
    assert (rows["1.1.1"].finding, rows["1.1.1"].methods) == ("达标", "审阅材料\n听取汇报")
    assert rows["1.1.1"].reason == "查阅机制文件原件，组长为县长，24个成员单位职责清楚"
    assert "检索范围和关键词：" in rows["V1"].reason
    assert (rows["V1"].finding, made["record"].missing) == ("不存在", "")
    assert made["record"].opinion_by == "演示州民政局"
    half = replace(submission, findings={"prefecture": {"1.1.1": submission.findings["prefecture"]["1.1.1"]}})
    told = record_contents(half, assess_by_round(half, library, "prefecture"), library, "prefecture")
    assert told.missing.startswith("尚未认定 47 项：\n1　领导协调机制：1.1.2、")
    nothing = record_contents(replace(half, findings={}), assess_by_round(half, library), library, "prefecture")
    assert (nothing.missing, nothing.with_materials) == ("全部 48 项尚未认定。", False)
    assert told.counts == "达标 1 项"


def test_a_visit_has_what_was_seen_of_each_row_and_another_level_s_is_not_there(made, library, submission):
    (visit,) = made["visit"].visits
    assert (visit.day, [row.id for row in visit.rows]) == ("2018年8月21日", ["4.3.1", "5.2.1"])
    words = docx_words(made_document("visit", made["visit"], "docx").content)
    assert all(part in words for part in (visit.rows[0].seen, "现场核查表", "看原件", "省级实地评估记录"))
    nobody = visit_contents(replace(submission, site_visits=()), library, "prefecture")
    words = pdf_words(made_document("visit", nobody, "pdf").content)
    assert "还没有实地评估的记录" in words
    assert "现场核查表" not in words


def test_each_department_s_page_holds_what_it_owes(made):
    contents = made["gaps"]
    assert len(contents.sheets) > 3
    assert {row.id for row in contents.rows} >= {"1.1.2", "V1"}
    for sheet in contents.sheets:
        assert sorted(row.id for row in (*sheet.alike, *sheet.others)) == sorted(row.id for row in sheet.rows)
        assert len(sheet.alike) != 1
        assert bool(sheet.same) == bool(sheet.alike)
    assert all(len(set(names)) == len(names) for row in contents.rows if (names := row.holders.split("、")))
    assert all(row.wanting and not row.wanting.startswith(f"指标 {row.id}：") for row in contents.rows)
    pages = PdfReader(io.BytesIO(made_document("gaps", contents, "pdf").content)).pages
    begins = ["".join(page.extract_text().split()) for page in pages]
    assert "".join(begins).count("尚未分配") == 1
    for sheet in contents.sheets:
        assert sum("".join(f"{sheet.department}{sheet.counted}".split()) in page for page in begins) == 1
    book = load_workbook(io.BytesIO(made_document("gaps", contents, "xlsx").content))
    assert book["缺项"].max_row == len(contents.rows) + 1


def test_a_notice_numbers_its_items_and_has_a_slip_without_red_head_number_or_seal(made):
    words = pdf_words(made_document("notice", made["notice"], "pdf").content)
    order = ["关于补正农村留守儿童", "甲旗民政部门：你旗“", "补正期限：2018年7月25日", "1．指标1.1.1：花名册与系统",
             "2．指标1.1.2：", "附件：补正回执", "演示州民政局", "附件补正回执", "经办人："]  # fmt: skip
    places = [words.index(part) for part in order[:5]]
    assert places == sorted(places)
    assert all(part in words for part in order)
    assert "〔" not in words.replace("〔演示数据〕", "")


def hostile(value):
    """The same with every text in it replaced."""
    if is_dataclass(value):
        return type(value)(**{field.name: hostile(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return tuple(map(hostile, value[:2]))
    return HOSTILE if isinstance(value, str) and value else value


ENDINGS = {"evidence": "pdf xlsx", "gaps": "pdf xlsx", "notice": "pdf docx", "record": "pdf docx", "visit": "pdf docx"}


@pytest.mark.parametrize(
    ("name", "ending"), [(name, ending) for name, endings in ENDINGS.items() for ending in endings.split()]
)
def test_hostile_text_in_every_field_is_printed_literally_and_the_same_bytes_come_twice(made, name, ending):
    contents = hostile(made[name])
    first = made_document(name, contents, ending)
    assert first == made_document(name, contents, ending)
    if ending == "xlsx":
        cells = [c for sheet in load_workbook(io.BytesIO(first.content)) for row in sheet.iter_rows() for c in row]
        assert not any(cell.data_type == "f" for cell in cells)
        words = "".join(str(cell.value) for cell in cells)
    else:
        words = {"pdf": pdf_words, "docx": docx_words}[ending](first.content)
    assert "".join(words.split()).count("<b>甲</b>&amp;<imgsrc='file:///etc/passwd'/>{office}{x}{{") >= 8
