"""PDF/A-2b of what is printed: asked of pikepdf's validator, and own assertions.

The validator follows veraPDF's rules, is not veraPDF, and approves only what it knows to conform.
"""

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf.pdfa import validate_written
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from templates.application_form.form import render_blank_form, render_form
from templates.archive.pdf_a import archived
from templates.books.guide import render_guide
from templates.cli import main

SAMPLES = Path(__file__).parents[3] / "sample_submissions"
HOSTILE = "</rdf:li><x>&amp;]]>\u202e王😀㛃𬱖"


@pytest.fixture
def printed_form(submission, assessment, opinions):
    """A draft on several sheets, with what a county may type into what the file tells about itself."""
    made = submission(
        {"unit_name": HOSTILE, "narrative": f"{HOSTILE}县级党委、政府每年至少召开两次会议。" * 60},
        opinions=opinions("county_government", text="字" * 400),
    )
    return lambda day: render_form(made, assessment(eligible=False), printed_on=day).pdf


def broken_rules(pdf):
    report = validate_written(io.BytesIO(pdf), "2b")
    return [] if report.passed else [report.verdict, *report.findings]


def test_the_validator_turns_down_what_the_canvas_alone_writes(printed_form):
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(100, 100, "unembedded")
    canvas.save()
    assert broken_rules(stream.getvalue())


@pytest.mark.parametrize("day", [None, date(2018, 7, 3)])
def test_a_form_is_pdf_a_2b(printed_form, day):
    assert broken_rules(printed_form(day)) == []
    assert printed_form(day) == printed_form(day)


def test_a_blank_form_is_pdf_a_2b():
    assert broken_rules(render_blank_form().pdf) == []


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        (("report", SAMPLES / "12-local-xuchang.yaml", "--printed-on", "2018-07-03"), "D:20180703000000+08'00'"),
        (("local", SAMPLES / "12-local-xuchang.yaml", "--printed-on", "2018-07-03"), "D:20180703000000+08'00'"),
        (("policy", "youyang-2017-24"), None),
    ],
    ids=["report", "local", "policy"],
)
def test_documents_and_books_are_pdf_a_2b_and_tell_nothing_nobody_said(tmp_path, arguments, day):
    out = tmp_path / "out.pdf"
    assert main([*map(str, arguments), "-o", str(out)], io.StringIO()) == 0
    assert broken_rules(out.read_bytes()) == []
    with pikepdf.open(out) as file:
        assert file.docinfo.get("/CreationDate") == day
        assert "/Author" not in file.docinfo
        assert "/Subject" not in file.docinfo or str(file.docinfo["/Subject"]) == "演示数据"


def test_pictures_are_fit_for_an_archive_too(tmp_path):
    Image.new("RGBA", (40, 20), (200, 10, 10, 128)).save(tmp_path / "seen.png")
    (tmp_path / "guide.md").write_text("# 手册\n\n## 一节\n\n![图](seen.png)\n", encoding="utf-8")
    assert broken_rules(render_guide(tmp_path / "guide.md").pdf) == []


def test_a_file_says_of_itself_in_both_places_what_it_is_and_the_day_it_was_told(printed_form):
    with pikepdf.open(io.BytesIO(printed_form(date(2018, 7, 3)))) as file, file.open_metadata() as said:
        assert said["dc:title"] == str(file.docinfo["/Title"])
        assert said["dc:creator"] == [str(file.docinfo["/Author"])]
        assert str(file.docinfo["/Author"]).startswith("</rdf:li><x>&amp;]]>王")
        assert said["dc:description"] == "草稿"
        assert said["xmp:CreateDate"] == "2018-07-03T00:00:00+08:00"
        assert file.docinfo["/CreationDate"] == "D:20180703000000+08'00'"
        assert file.Root.Lang == "zh-CN"
        assert file.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert [page.label for page in file.pages][:3] == ["正表1", "正表2", "附页1"]
        assert file.pages[-1].label == "核对页"
    with pikepdf.open(io.BytesIO(printed_form(None))) as file:
        assert "/CreationDate" not in file.docinfo


def test_a_file_that_tells_nothing_about_itself_is_archived_too():
    stream = io.BytesIO()
    Canvas(stream, invariant=1).save()
    with pikepdf.open(io.BytesIO(archived(stream.getvalue(), None))) as file:
        assert file.docinfo["/Producer"] == "demonstration-county"
