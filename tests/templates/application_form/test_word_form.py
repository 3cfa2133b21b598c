"""The 申报表 as DOCX: the words of the printed one on the same pages, whatever they are; the same bytes each time."""

import io
import zipfile

import docx
import pytest

from templates.application_form.form import render_form
from templates.application_form.word_form import render_blank_word_form, render_word_form
from tests.templates.application_form.test_form import CONCLUSION, LABELS_1, LABELS_2, REASON, SENTENCE


def pages_of(content):
    """The words of each page, in order, without white space."""
    document, pages = docx.Document(io.BytesIO(content)), [""]
    for part in document.element.body.iterchildren():
        pages += [""] * any(child.tag.endswith("}pageBreakBefore") for child in part.iter())
        pages[-1] += "".join(node.text or "" for node in part.iter() if node.tag.endswith("}t"))
    return ["".join(page.split()) for page in pages]


def test_a_blank_form_has_the_words_of_the_notice_on_two_pages():
    assert pages_of(render_blank_word_form()) == ["".join(LABELS_1), "".join(LABELS_2)]


def test_every_page_has_what_the_printed_page_has(printed, submission, assessment, opinions):
    given = opinions("county_government") | opinions("prefecture", text="经审核，属实。" + REASON * 15 + CONCLUSION)
    made = submission({"narrative": f"{SENTENCE} and some words\n" * 40}, opinions=given)
    paper = printed(made, level="prefecture")
    content = render_word_form(made, assessment(level="prefecture"))
    assert content == render_word_form(made, assessment(level="prefecture"))
    pages = pages_of(content)
    assert len(pages) == paper.rendered.pages - 1  # without the check sheet
    for number, page in enumerate(pages, start=1):
        on_paper = paper.words(number)
        if number > 2:  # the foot of a printed 附页 bears a code besides
            on_paper = on_paper.partition("校验码")[0] + "附页第" + on_paper.rpartition("附页第")[2]
            assert sorted(page) == sorted(on_paper)  # running heads stand elsewhere
        else:
            assert page == on_paper
    texts = [p.text for p in docx.Document(io.BytesIO(content)).element.body.iter(docx.oxml.ns.qn("w:p"))]
    assert f"{SENTENCE} and some words" in texts  # spaces at lines' ends too


@pytest.mark.parametrize(("eligible", "marked"), [(False, 1), (True, 0)])
def test_a_draft_says_so_across_every_page_and_nothing_typed_is_markup(submission, assessment, eligible, marked):
    hostile = '<w:br/>&amp;]]>{"x"}\u202e\x00\ud800😀㛃'
    content = render_word_form(
        submission(dict.fromkeys(("unit_name", "narrative", "leader_name"), hostile)), assessment(eligible=eligible)
    )
    shown = '<w:br/>&amp;]]>{"x"}😀㛃'
    assert pages_of(content)[0].count(shown) == 3
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        headers = [packed.read(name).decode() for name in packed.namelist() if "header" in name]
    assert sum('string="草稿"' in header for header in headers) == marked


def test_the_printed_form_and_the_document_have_one_plan(submission, assessment):
    long = submission({"unit_name": "很长的单位名称" * 60})
    assert len(pages_of(render_word_form(long, assessment()))) == render_form(long, assessment()).pages - 1
