"""A layout filled and rendered: the same words in every ending, what people typed literally, the same bytes twice."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from indicators.reading.located import read_located
from indicators.reading.problems import ProblemsError
from templates.documents import making
from templates.documents.columns import column_widths
from templates.documents.contents.report import ReportContents
from templates.documents.filling import fill
from templates.documents.keeping import stays_with_next
from templates.documents.layout import (
    LAYOUTS_DIR,
    AboutLayout,
    BarsLayout,
    BlockLayout,
    ColumnLayout,
    DocumentLayout,
    FieldLayout,
    SignatureLayout,
    TableLayout,
    checked_layout,
    layout_file,
)
from templates.documents.model import (
    Column,
    Document,
    Heading,
    PageBreak,
    Prose,
    Signature,
    Signatures,
    Small,
    Table,
)
from templates.documents.pdf import render_pdf
from tests.modules import ROOT

HOSTILE = "<b>甲</b>&amp;<img src='file:///etc/passwd'/>{office}{x}{{\x00\u202e﷐"


@dataclass(frozen=True)
class Item:
    label: str
    pages: int | None
    day: date | None
    share: Decimal
    met: int
    asked: int


@dataclass(frozen=True)
class Contents:
    county: str
    note: str
    lines: tuple[str, ...]
    marked: bool
    code: str
    items: tuple[Item, ...]


LAYOUT = """\
title: "{form}清单"
cover: true
contents: 2
mark: 演示数据
code: code
names: {form: 示范县, office: 民政局}
about:
  - {label: 县, value: "{county}"}
  - {label: 说明, value: "{note}", when: note}
ours: 由{office}编排
blocks:
  - heading: 一、{office}的{county}
  - prose: "{lines}"
  - {prose: "有说明：{note}", when: note}
  - {prose: 没有说明, unless: note}
  - {prose: 特此通知, align: right}
  - fields: [{label: 县名, value: "{county}"}, {label: 签收, lines: 3}]
    across: 2
  - table:
      rows: items
      sheet: 各件
      columns:
        - {heading: 名称, value: "{label}（{county}）", width: 3}
        - {heading: 页数, value: "{pages}", width: 1, kind: number}
        - {heading: 日期, value: "{day}", width: 1, kind: date}
  - {bars: {rows: items, label: "{label}", part: met, whole: asked}}
  - page_break: true
  - each: items
    blocks:
      - {heading: "{label}", level: 2}
      - {small: "占{share}%，{marked}", only: [pdf]}
  - signatures: [{label: 评审人（签名）：, dated: true}]
"""
CONTENTS = Contents(
    county="甲县",
    note="",
    lines=("第一段。", "第二段。"),
    marked=True,
    code="校验码 AB12",
    items=(
        Item("办法", 12, date(2018, 6, 3), Decimal("69.90"), 2, 3),
        Item("=1+1", None, None, Decimal(7), 0, 0),
    ),
)


def layout(text=LAYOUT):
    return checked_layout(read_located(text, "list.yaml", tolerant=True), Contents)


def made(ending, contents=CONTENTS, text=LAYOUT):
    return making.rendered(fill(layout(text), contents, ending), ending)


def pdf_words(content):
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def docx_words(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def test_every_ending_says_the_same_in_the_layout_s_order():
    wanted = [
        "示范县清单",
        "演示数据",
        "县：甲县",
        "由民政局编排",
        "一、民政局的甲县",
        "第一段。第二段。没有说明特此通知",
    ]
    wanted += ["县名甲县签收", "名称页数日期办法（甲县）122018-06-03=1+1（甲县）", "2/3", "0/0", "评审人（签名）："]
    for words in (pdf_words(made("pdf").content), "".join(docx_words(made("docx").content).split())):
        at = 0
        for part in wanted:
            assert part in words[at:], (part, words[at : at + 200])
            at = words.index(part, at)
    assert "校验码AB12" in pdf_words(made("pdf").content)
    assert "占69.9%，是" in pdf_words(made("pdf").content)
    assert "占69.9%" not in docx_words(made("docx").content)


def test_a_spreadsheet_holds_the_tables_as_numbers_and_days_and_what_they_are_about():
    book = load_workbook(io.BytesIO(made("xlsx").content))
    assert book.sheetnames[0] == "各件"
    rows = [tuple(cell.value for cell in row) for row in book["各件"].iter_rows()]
    assert rows[1][0] == "办法（甲县）"
    assert rows[1][1] == 12
    assert rows[1][2] == datetime(2018, 6, 3)  # noqa: DTZ001 - a cell's day, as openpyxl reads it
    assert rows[2] == ("=1+1（甲县）", None, None)
    assert book["各件"]["A3"].data_type == "s"
    assert ("县", "甲县") in [tuple(cell.value for cell in row) for row in book["说明"].iter_rows()]


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_what_people_typed_is_printed_literally_and_the_same_bytes_come_twice(ending):
    hostile = replace(
        CONTENTS, county=HOSTILE, note=HOSTILE, lines=(HOSTILE, "长" * 3000, "x" * 10_000),
        items=tuple(replace(item, label=HOSTILE) for item in CONTENTS.items),
    )  # fmt: skip
    first = made(ending, hostile)
    assert first == made(ending, hostile)
    shown = "<b>甲</b>&amp;<img"
    if ending == "pdf":
        words = pdf_words(first.content)
        assert "﷐" in first.missing_glyphs
        assert "已印作“〓”" in words
    elif ending == "docx":
        words = docx_words(first.content)
    else:
        sheet = load_workbook(io.BytesIO(first.content)).worksheets[0]
        words = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert words.count(shown) >= (2 if ending == "xlsx" else 8)
    assert "{office}{x}{{" in words
    assert "\x00" not in words


def test_every_run_of_a_docx_names_its_chinese_font_and_the_head_of_a_table_repeats():
    document = docx.Document(io.BytesIO(made("docx").content))
    attribute = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
    runs = [run for run in document.element.body.iter() if run.tag.endswith("}r")]
    fonts = {font.get(attribute) for run in runs for font in run.iter() if font.tag.endswith("}rFonts")}
    assert fonts == {"仿宋_GB2312", "方正小标宋简体", "黑体"}
    assert all(any(part.tag.endswith("}rFonts") for part in run.iter()) for run in runs)
    assert sum(node.tag.endswith("}tblHeader") for node in document.element.body.iter()) == 1
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == ["办法", "=1+1"]


def test_what_can_be_edited_bears_no_check_code():
    document = docx.Document(io.BytesIO(made("docx").content))
    words = docx_words(made("docx").content) + document.sections[0].footer.paragraphs[0].text
    assert "AB12" not in words
    assert "第1页" in words
    book = load_workbook(io.BytesIO(made("xlsx").content))
    assert not any("AB12" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_headings_are_the_outline_and_a_page_break_begins_a_page():
    reader = PdfReader(io.BytesIO(made("pdf").content))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["一、民政局的甲县"]
    page = next(page for page in reader.pages if "评审人" in page.extract_text())
    assert "一、民政局的甲县" not in page.extract_text()


@pytest.mark.parametrize("lines", range(24, 34))
def test_what_closes_a_text_never_stands_without_some_of_it(lines):
    """The date, the office and the last lines come onto a page together, wherever the text before them ends."""
    text = Prose("\n".join(["正文"] * lines))
    blocks = (text, Prose("某民政局\n2018年7月2日", "right"), Heading("四、签名"), Signatures((Signature("评审人："),)))
    pages = PdfReader(io.BytesIO(render_pdf(Document(("甲",), "letter", blocks)).content)).pages
    last = pages[-1].extract_text()
    assert all(words in last for words in ("正文", "某民政局", "2018", "四、签名", "评审人"))


def test_what_announces_or_closes_stays_with_its_neighbour():
    table = Table((Column("甲", 1),), (("乙",),))
    opening = (Prose("如下："), table, Prose("完"), Prose("某民政局", "right"), PageBreak())
    blocks = (*opening, Heading("甲"), Small("乙"), table, Heading("签名"), Signatures((Signature("评审人："),)))
    assert stays_with_next(blocks) == (True, False, True, False, False, True, True, True, True, False)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("（{county}）", "（{countyy}）", "columns", "没有名称“countyy”"),
        ("rows: items, label", "rows: itms, label", "bars.rows", "没有名称“itms”；可写：items"),
        ("when: note}\n  - {prose: 没", "when: nte}\n  - {prose: 没", "when", "没有名称“nte”"),
        ('value: "{pages}"', 'value: "{pages}页"', "columns", "number 一栏的 value 只写一个名称"),
        ("prose: 特此通知, align: right", "prose: 特此通知, level: 2", "level", "“level”只用于 heading"),
        ("- page_break: true", "- {page_break: true, small: 甲}", "blocks", "同时有 small、page_break"),
        ("cover: true", "cover: 是", "cover", "应为 true"),
        ("sheet: 各件", "sheets: 各件", "sheets", "是否应为“sheet”"),
        ("由{office}编排", '"由{office编排"', "ours", "花括号里应是一个名称"),
    ],
)
def test_what_is_wrong_with_a_layout_is_told_at_its_place(old, new, place, words):
    assert LAYOUT.count(old) >= 1
    with pytest.raises(ProblemsError) as caught:
        layout(LAYOUT.replace(old, new, 1))
    told = str(caught.value)
    assert told.startswith("list.yaml:")
    assert place in told
    assert words in told


def test_the_documented_example_is_a_layout_and_every_key_is_told():
    page = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    checked_layout(read_located(example, "layouts.md"), ReportContents)
    told = set(re.findall(r"[a-z_]+", page))
    shapes = (DocumentLayout, AboutLayout, BlockLayout, FieldLayout, TableLayout, ColumnLayout, BarsLayout)
    assert {key for shape in (*shapes, SignatureLayout) for key in shape.model_fields} <= told


def test_an_installation_s_own_layout_takes_the_place_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv(LAYOUTS_DIR, str(tmp_path))
    ours = layout_file("report")
    (tmp_path / "report.yaml").write_text("title: 甲\n", encoding="utf-8")
    assert (ours.parent != tmp_path, layout_file("report").parent) == (True, tmp_path)


def test_a_head_is_not_broken_inside_a_word_where_other_columns_can_give():
    columns = (Column("行政区划代码", 1), Column("市（地、州、盟）", 1), Column("看什么", 8))
    widths = column_widths(Table(columns, ()), 200, lambda words: 10.0 * len(words), 4)
    assert widths == pytest.approx([64, 34, 102]), "as wide as the longest word, the rest from the widest"
    assert sum(column_widths(Table(columns, (), whole=20), 200, len, 4)) == 100
    assert column_widths(Table(columns, ()), 50, lambda words: 10.0 * len(words), 4) == [5, 5, 40], "no room: as given"


def test_a_short_row_stands_alone_neither_at_the_foot_nor_at_the_head_of_a_page():
    table = Table((Column("县", 1),), tuple((f"第{at}县",) for at in range(6)))
    for before in range(14, 27):
        blocks = (Prose("\n".join(["段"] * before)), Heading("各县", 2), table)
        pages = PdfReader(io.BytesIO(render_pdf(Document(("题",), "wide", blocks)).content)).pages
        counts = [len(re.findall("第.县", "".join(page.extract_text().split()))) for page in pages]
        assert sum(counts) == 6
        assert 1 not in counts, (before, counts)
