"""The box over both pages: what is found is marked, says whose it is and leads to its place."""

from __future__ import annotations

import html
import re

import pytest

from tests.ui.made import LIBRARY
from ui.components import verbatim


def marked(page) -> set[str]:
    return {html.unescape(mark) for mark in re.findall(r"<mark>(.*?)</mark>", page.html)}


def search(page, words: str):
    page.field("text_input", "rules-search-").set_value(words)
    page.run()
    return page


def test_what_is_typed_is_found_marked_and_leads_to_its_place(standards):
    page = search(standards(), "主要领导")
    assert "主要领导" in page.app.query_params["q"]
    assert marked(page) == {"主要领导"}
    assert "/standards?standard=national-2018&row=1.1.1" in page.links()
    assert any(link.startswith("/policies?doc=yunnan-plan-2018&clause=") for link in page.links())
    assert page.places() == [], "the table gives way to what was found"


def test_it_is_the_same_on_the_documents_page_and_as_an_address(policies):
    page = policies(q="国发[2016]３６号")
    assert marked(page) == {"国发〔2016〕36号"}


def test_ours_is_told_from_the_documents_words(policies):
    text = policies(q="会议纪要").html
    ours = text.index("本工具提出，非文件规定")
    assert text.index("指标原文") < text.index("政策条款") < ours < text.index("</section>", ours)


def test_every_kind_of_text_has_its_finds_under_one_heading(standards):
    headings = re.findall(r"<h3>(.*?)<", standards(q="乡镇").html)
    assert headings == ["指标原文", "政策条款", "建议材料", "填报提示", "读法"]


def test_nothing_found_says_so_and_what_to_do(standards):
    page = standards(q="没有这样的词")
    assert "没有找到“没有这样的词”" in page.text
    assert "请减少字数" in page.text


@pytest.mark.parametrize(
    "words", ["<b>儿童</b>", ".*", "(", "\\", '"><script>alert(1)</script>', "[链接](http://a.example)"]
)
def test_what_is_typed_is_only_ever_words(standards, words):
    page = standards(q=words)
    assert verbatim.markup(words) in page.html
    assert "<script" not in page.html
    assert "<b>儿童</b>" not in page.html


def test_ending_the_search_brings_the_page_back(standards):
    page = standards(q="主要领导")
    page.press("rules-search-end")
    assert "q" not in page.app.query_params
    assert len(page.places()) == len(LIBRARY.standards["national-2018"].rows())


def test_an_empty_box_looks_for_nothing(standards):
    page = search(standards(q="主要领导"), "   ")
    assert "q" not in page.app.query_params
    assert page.places()


def test_very_many_finds_are_cut_with_a_word(standards):
    page = standards(q="儿童")
    assert "先列前 60 处" in page.text
    assert page.html.count('class="dc-excerpt') == 60
