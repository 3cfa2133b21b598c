"""Files: numbers of persons are refused by place, names are told with the cure, what was not read is said."""

from __future__ import annotations

import pytest

from tests.workflow.file_text.made_files import docx, drawn_words, ofd, paragraph, pdf, repacked, table, xlsx
from tests.workflow.office_room import COORDINATOR, NOW, head, opened_by
from workflow.errors import Refused
from workflow.file_text import reading
from workflow.file_text.extracting import NOT_READABLE, extract
from workflow.file_text.findings import remarks_on, sentences
from workflow.file_text.register import files_told
from workflow.submission.saving import Edit, save
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target

IDENTITY, MOBILE = "11010519491231002X", "13800138000"
ID_WORDS, MOBILE_WORDS = "18位公民身份号码", "11位手机号码"
BOX = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(MOBILE)}</w:txbxContent></w:pict></w:r></w:p>"
REFUSED = {
    "docx paragraph": (docx(paragraph("通知") + paragraph("证号", "110105", "19491231002X")), f"第2段含有{ID_WORDS}"),
    "docx cell": (docx(table(["联系人", "电话"], ["张三", "138 0013 8000"])), f"第1张表第2行第2格含有{MOBILE_WORDS}"),
    "docx header": (docx("", **{"word/header1.xml": paragraph(MOBILE)}), f"页眉含有{MOBILE_WORDS}"),
    "docx footnote": (docx("", **{"word/footnotes.xml": paragraph(IDENTITY)}), f"脚注含有{ID_WORDS}"),
    "docx comment": (docx("", **{"word/comments.xml": paragraph(MOBILE)}), f"批注含有{MOBILE_WORDS}"),
    "docx text box": (docx(BOX), f"第1段含有{MOBILE_WORDS}"),
    "docx full width": (docx(paragraph("１３８－００１３－８０００")), f"第1段含有{MOBILE_WORDS}"),
    "docx deleted": (docx(f"<w:p><w:del><w:r><w:delText>{MOBILE}</w:delText></w:r></w:del></w:p>"), MOBILE_WORDS),
    "xlsx text": (xlsx(["编号", "证号"], [1, IDENTITY]), f"工作表“名册”B2含有{ID_WORDS}"),
    "xlsx figure": (xlsx(["电话"], [13800138000]), f"工作表“名册”A2含有{MOBILE_WORDS}"),
    "xlsx hidden sheet": (xlsx(["空"], hidden=[["x", MOBILE]]), f"工作表“底稿”B1含有{MOBILE_WORDS}"),
    "xlsx comment": (xlsx(["空"], comment=f"打{MOBILE}"), f"批注含有{MOBILE_WORDS}"),
    "xlsx a digit a cell": (xlsx(["证号", *"440308199901101512"]), f"工作表“名册”A1含有{ID_WORDS}"),
    "pdf page": (pdf(["纪要"], [f"联系人 {MOBILE}"]), f"第2页含有{MOBILE_WORDS}"),
    "pdf in groups": (pdf(["证号 110105 19491231 002X"]), f"第1页含有{ID_WORDS}"),
    "ofd page": (ofd(["纪要"], ["联系人", f"电话 {MOBILE}"]), f"第2页含有{MOBILE_WORDS}"),
    "ofd in groups": (ofd(["证号 110105 19491231 002X"]), f"第1页含有{ID_WORDS}"),
    "ofd a character an object": (
        ofd([], **{"Annots/Page_0/Annotation.xml": drawn_words(IDENTITY, 30, each=True)}),
        f"模板、批注等其他文字含有{ID_WORDS}",
    ),
    "ofd remark": (ofd(["纪要"], **{"Annots/a.xml": f"<ofd:Remark>打{MOBILE}</ofd:Remark>"}), MOBILE_WORDS),
    "pdf over two lines": (pdf(["联系电话：138001", "38000，特此通知"]), f"第1页含有{MOBILE_WORDS}"),
}
FIGURES = [
    "统一社会信用代码91530000MA6K5Y5B4X", "甲民发〔2018〕4号", "2018年6月30日 2018-06-30", "1,234,567.89元",
    "电话0871-65731234", "村代码530102001001", "见指标1.1.1、4.1.1、5.3.2", "第1页 共12页",
]  # fmt: skip
COLUMNS = ["大河乡 150 1823 1790", "小河乡 22 1230 1233", "1 3 5 0 2 3 4 5 1 2 2 0"]
HARMLESS = {
    "docx": docx("".join(map(paragraph, FIGURES)) + table(["乡镇", "户数"], ["大河乡", "1823"])),
    "xlsx": xlsx(FIGURES, ["大河乡", 150, 1823, 1790], [1, 3, 5, 0, 2, 3, 4, 5, 1, 2, 2], [4, 4, 0, 3, 0, 8, 1, 9]),
    "pdf": pdf(FIGURES, COLUMNS),
    "ofd": ofd(FIGURES, COLUMNS),
    "docx anonymised": docx(table(["姓名", "年龄"], ["张某某", "8岁"], ["李*", "9岁"])),
    "xlsx townships": xlsx(["序号", "乡镇", "留守儿童人数"], [1, "大河乡", 2], [2, "小河乡", 1]),
    "xlsx villages": xlsx(["序号", "村", "儿童主任人数"], [1, "大河村", 1], [2, "小河村", 2]),
}
TOLD = {
    "children": (
        xlsx(["序号", "姓名", "年龄"], [1, "张小明", 8], [2, "李小红", 9]),
        "工作表“名册”B1有像儿童名册的人名",
    ),
    "sign-in": (docx(table(["姓名", "单位"], ["张三", "民政局"], ["李小四", "教育局"])), "成年人的姓名也请隐去"),
    "sign-in pdf": (
        pdf(["签到表", "姓名 单位", "张三 民政局", "李小四 教育局", "王五一 团委"]),
        "第1页有像名册、签到表",
    ),
    "sign-in ofd": (
        ofd(["签到表", "姓名 单位", "张三 民政局", "李小四 教育局", "王五一 团委"]),
        "第1页有像名册、签到表",
    ),
    "village": (
        xlsx(["序号", "村", "留守儿童人数"], [1, "大河村", 2], [2, "小河村", 12]),
        "工作表“名册”C2有村（社区）一级",
    ),
    "names and ages": (docx(paragraph("留守儿童张小明（8岁）已入学")), "第1段有像是写在一起的人名和年龄"),
    "card": (pdf(["账号 4111 1111 1111 1111"]), "第1页有像银行卡号的数字"),
    "cut off by the program": (xlsx(["证号"], [440308199901101000]), "末几位被表格软件改成了0"),
}
BOMB = repacked(docx(), {"word/document.xml": b"<a>" + b" " * 60_000_000})
ENTITIES = repacked(docx(), {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
HUGE = repacked(xlsx([1]), {"xl/worksheets/sheet1.xml": b'<a><c r="A1"><v>1E999999999</v></c></a>'})
UNREAD = {
    "scan": (pdf([]), ("全文（扫描件，没有文字）",)),
    "some pages": (pdf(["正文"], [], []), ("第2、3页（没有文字，可能是扫描的）",)),
    "too many pages": (pdf(*[["正文"]] * 302), ("第301页以后（共302页）",)),
    "broken pdf": (b"%PDF-1.7\n%%EOF", ("全文（文件打不开，可能已损坏）",)),
    "old doc": (bytes.fromhex("d0cf11e0a1b11ae1"), (NOT_READABLE,)),
    "scanned ofd": (
        ofd([], [], **{"Res/a.jpg": b"x", "Attachs/b.docx": b"x", "Attachs/Attachments.xml": ""}),
        ("全文（扫描件，没有文字）", "其中的 1 幅图片", "其中嵌入的 1 个文件"),
    ),
    "some pages of an ofd": (ofd(["正文"], []), ("第2页（没有文字，可能是扫描的）",)),
    "entities of an ofd": (
        repacked(ofd(["正文"]), {"Doc_0/Pages/Page_0/Content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        ("其中的 Content.xml（读不出来）",),
    ),
    "broken zip": (b"PK\x03\x04broken", ("全文（文件打不开，可能已损坏）",)),
    "bomb": (BOMB, ("展开后超过48MB的部分",)),
    "entities": (ENTITIES, ("其中的 document.xml（读不出来）",)),
    "pictures": (docx("", **{"word/media/a.png": b"x", "word/embeddings/b.xlsx": b"x"}),
                 ("其中的 1 幅图片", "其中嵌入的 1 个文件")),
    "huge figure": (HUGE, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_number_of_a_person_is_refused_by_its_place_and_not_repeated(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(Refused) as caught:
        remarks_on("材料.x", extract(data))
    assert caught.value.code == "personal_identifier"
    assert len(caught.value.reasons) == 1
    told = caught.value.reasons[0]
    assert words in told
    assert told.startswith("文件“材料.x”")
    assert "件数、编号或节录" in told
    assert not any(number in told for number in (IDENTITY, MOBILE))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_official_files_hold_is_let_through(name: str) -> None:
    text = extract(HARMLESS[name])
    assert text.passages
    assert remarks_on("材料.x", text).warnings == ()


@pytest.mark.parametrize("name", TOLD)
def test_names_and_small_counts_are_told_with_the_cure(name: str) -> None:
    data, words = TOLD[name]
    told = remarks_on("材料.x", extract(data)).warnings
    assert len(told) == 1
    assert words in told[0]
    assert not any(person in told[0] for person in ("张三", "张小明"))


@pytest.mark.parametrize("name", UNREAD)
def test_what_was_not_looked_at_is_said(name: str) -> None:
    data, unread = UNREAD[name]
    assert extract(data).unread == unread


def test_reading_in_its_own_process_gives_the_same_and_ends_when_it_takes_too_long(monkeypatch) -> None:
    data = pdf(["会议纪要"], [])
    assert reading.text_of(data) == extract(data)
    monkeypatch.setattr(reading, "_PATIENCE", 0.01)
    assert reading.text_of(data).unread == ("全文（读不出来，或者用时过长）",)


def test_a_file_that_names_somebody_is_kept_and_told_where_it_is_saved_and_registered(office, draft) -> None:
    before = head(office)
    with pytest.raises(Refused):
        attach_file(office, COORDINATOR, draft, Upload("E01", "a.pdf", REFUSED["pdf page"][0]), NOW)
    assert head(office) == before
    for key, name, data in (("E01", "签到.xlsx", TOLD["children"][0]), ("E02", "签到.pdf", pdf([]))):
        kept = attach_file(office, COORDINATOR, draft, Upload(key, name, data), NOW)
        body = {"title": "会议材料", "file": kept.name, "sha256": kept.sha256}
        saved = save(office, COORDINATOR, draft, [Edit(Target.evidence(key), body, 0)], NOW)
        assert saved.warnings == sentences(name, remarks_on(name, extract(data)))
        assert len(saved.warnings) == 1
    assert saved.warnings[0].endswith("名册、签到表请先隐去姓名。")
    snapshot = opened_by(office, COORDINATOR, draft)
    told = files_told(office, snapshot.content.evidence, snapshot.held_files)
    assert [one.partition("。")[0] for one in told] == [
        "E01：文件“签到.xlsx”工作表“名册”B1有像儿童名册的人名",
        "没有文字可查（图片、扫描件等）或读不出来、内容没有检查的文件：E02",
    ]
    renamed = save(office, COORDINATOR, draft, [Edit(Target.evidence("E02"), {**body, "title": "签到表"}, 1)], NOW)
    assert renamed.warnings == ()
